#!/usr/bin/python3
"""What one would write today without gouji: PyMuPDF for text and drawings, a regular expression for
amounts, SQLite for the result. The peer of the throughput bench; script.py DATABASE PDF…"""
import re
import sqlite3
import sys

import fitz

AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(亿元|万元|元|%|家|个|项|人次|人|分)")


def main(database, paths):
    db = sqlite3.connect(database)
    db.execute("CREATE TABLE facts(file, page, value, unit, x0, y0, x1, y1)")
    db.execute("CREATE TABLE rulings(file, page, x0, y0, x1, y1)")
    for path in paths:
        for page in fitz.open(path):
            for drawing in page.get_drawings():
                db.execute("INSERT INTO rulings VALUES (?,?,?,?,?,?)", (path, page.number, *drawing["rect"]))
            for block in page.get_text("dict")["blocks"]:
                for line in block.get("lines", []):
                    text = "".join(span["text"] for span in line["spans"])
                    for match in AMOUNT.finditer(text):
                        db.execute("INSERT INTO facts VALUES (?,?,?,?,?,?,?,?)",
                                   (path, page.number, *match.groups(), *line["bbox"]))
    db.commit()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
