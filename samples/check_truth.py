#!/usr/bin/python3
"""Proves that the truth of the samples is true, without the program, by decimals and pdftotext.

    samples/check_truth.py [NAME…]

For each sample: the columns are there; every `raw` and every heading is printed in the PDF; every
amount, count, score and percentage of the text is a fact or listed in `spared.tsv`; the values that
findings and holds name are facts; the arithmetic of findings and holds is as they say; tables have
the cells that their spans claim. Prints what is wrong and exits 1.
"""
import csv
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from decimal import Decimal as D
from fractions import Fraction

FOLDER = os.path.dirname(os.path.abspath(__file__))
COLUMNS = {
    "document": "title department year doc_type subject",
    "headings": "level number title",
    "facts": "kind value unit qualifier role section label raw relation source",
    "findings": "id rule severity certainty values expected actual difference unit presence note",
    "holds": "id rule outcome values note",
}
KINDS = "amount count score percent points rank ratio year date number".split()
QUALIFIERS = "exact about at_least over at_most under range".split()
MAGNITUDES = {"": 1, "百": 100, "千": 1000, "万": 10 ** 4, "亿": 10 ** 8}
# what RULES.md calls error, warning, hint, for the rules that samples use
SEVERITIES = {"CNT-01": "hint", "DED-01": "warning", "SCO-06": "warning", "TPL-06": "warning"}

FIGURE = re.compile(r"\d[\d,.]*(?:[万亿]*(?:元|人次|个百分点|平方米|公里|[家个项人份名座件场册次户张亩吨辆条处类天分"
                    r"万亿])|%)")

# Kangxi radicals fold under NFKC; these supplement radicals do not
RADICALS = str.maketrans("⻔⻋⻅⻆⻓⻘⻚⻛⻜⻢⻣⻥⻦⻨⻩⻬⻮⻰⺠⻉⺟⻄⻝⻒⻙⻤⻶⻗⻑⺫",
                         "门车见角长青页风飞马骨鱼鸟麦黄齐齿龙民贝母西食镸韦鬼瓜雨長目")


def folded(text):
    """Without white space and compatibility forms, so that producers compare."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(RADICALS))


def read(name, table):
    path = os.path.join(FOLDER, name + ".truth", table + ".tsv")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))


def printed(name):
    """The text of the PDF without page numbers, folded; what a break splits is joined."""
    done = subprocess.run(["pdftotext", "-raw", os.path.join(FOLDER, name + ".pdf"), "-"],
                          capture_output=True, text=True, check=True)
    pages = done.stdout.split("\f")
    lines = [line for page in pages for line in page.splitlines()
             if not re.fullmatch(r"[—\-\s第页]*\d+[—\-\s第页共]*\d*[—\-\s页]*", line) or "." in line]
    return folded("\n".join(lines))


def value_of(raw):
    """The value that a printed figure stands for, or None where it takes more than arithmetic."""
    found = re.search(r"([-−]?[\d,]+(?:\.\d+)?)\s*([百千万亿]*)", raw)
    if not found:
        return None
    value = D(found[1].replace(",", "").replace("−", "-"))
    for magnitude in found[2]:
        value *= MAGNITUDES[magnitude]
    return value


class Sample:
    def __init__(self, name):
        self.name, self.wrong = name, []
        self.tables = {t: read(name, t) for t in COLUMNS}
        self.text = printed(name)

    def expect(self, truth, *message):
        if not truth:
            self.wrong.append(" ".join(map(str, message)))

    def columns(self):
        for table, names in COLUMNS.items():
            path = os.path.join(FOLDER, self.name + ".truth", table + ".tsv")
            with open(path, encoding="utf8") as opened:
                lines = opened.read().split("\n")
            want = names.split()
            self.expect(lines[0].split("\t")[:len(want)] == want, table, "columns", lines[0])
            width = len(lines[0].split("\t"))
            for line in lines[1:]:
                self.expect(not line or len(line.split("\t")) == width, table, "fields:", line)

    def facts(self):
        for fact in self.tables["facts"]:
            raw, low = fact["raw"], fact["value"].split("..")[0]
            self.expect(fact["kind"] in KINDS and fact["qualifier"] in QUALIFIERS, "words", fact)
            self.expect(folded(raw) in self.text, "not printed:", raw)
            if fact["kind"] in ("amount", "count", "score", "percent", "points"):
                value = value_of(raw)
                if fact["source"] == "text" and ".." not in fact["value"] and value is not None:
                    self.expect(value == D(low), "value", raw, low)
                self.expect(plain(D(low)) == low, "not canonical", low)

    def completeness(self):
        """Counts each printed figure against the facts and what the sample spares."""
        body = re.sub(r"<table.*?</table>", "\n", self.source(), flags=re.S)
        body = re.sub(r"<h1>.*?</h1>|<head>.*?</head>", "\n", body, flags=re.S)
        text = folded(re.sub(r"<[^>]+>", "", body))
        figures = FIGURE.findall(text)
        have = Counter(figure for f in self.tables["facts"] if f["source"] == "text"
                       for figure in FIGURE.findall(folded(f["raw"])))
        spared = Counter(folded(row["raw"]) for row in read(self.name, "spared"))
        for figure, n in (Counter(figures) - have - spared).items():
            self.expect(False, "no fact for", n, "×", figure)

    def source(self):
        with open(os.path.join(FOLDER, self.name + ".html"), encoding="utf8") as opened:
            return opened.read()

    def headings(self):
        at = 0
        for heading in self.tables["headings"]:
            words = folded(heading["number"] + heading["title"])
            found = self.text.find(words, at)
            self.expect(found >= 0, "heading not printed in order:", words)
            at = max(at, found)

    def rules(self):
        known = Counter(f["value"] for f in self.tables["facts"]) + self.cell_values()
        for row in self.tables["findings"] + self.tables["holds"]:
            values = row["values"].split()
            for value, n in Counter(values).items():
                self.expect(known[value] >= n, row["id"], "value is no fact:", value)
            problem = arithmetic(row, [D(v.split("..")[0]) for v in values])
            self.expect(not problem, row["id"], row["rule"], problem)
            severity = SEVERITIES.get(row["rule"].split("|")[0], "error")
            self.expect(row.get("severity", severity) == severity, row["id"], "severity")

    def grids(self):
        path = os.path.join(FOLDER, self.name + ".truth", "tables.json")
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf8") as opened:
            return json.load(opened)

    def cell_values(self):
        """The figures in the cells, as they stand and as 万元."""
        found = Counter()
        for table in self.grids():
            for cell in table["cells"]:
                number = re.fullmatch(r"[≥≤＝=]?(\d[\d,]*(?:\.\d+)?)\D*", cell["text"])
                if number:
                    value = D(number[1].replace(",", ""))
                    found.update({plain(value), plain(value * 10 ** 4)})
        return found

    def cells(self):
        for table in self.grids():
            taken = Counter((r, c) for cell in table["cells"]
                            for r in range(cell["row"], cell["row"] + cell["row_span"])
                            for c in range(cell["col"], cell["col"] + cell["col_span"]))
            tiled = len(taken) == table["rows"] * table["columns"] and set(taken.values()) == {1}
            self.expect(tiled, "cells do not tile the table", table["caption"])
            self.expect(folded(table["caption"]) in self.text, "caption", table["caption"])


def plain(value):
    return format(value.normalize(), "f")


def half_unit(rate):
    return Fraction(1, 2 * 10 ** max(0, -rate.as_tuple().exponent))


def sums(row, v):
    """total = Σ parts; a rounding may miss by half a unit (0.01 万元) for each operand."""
    total, parts = v[0], sum(v[1:], D(0))
    difference = abs(total - parts)
    if row.get("outcome") == "rounding":
        return None if 0 < difference <= D(50) * len(v) else f"{total} − {parts}"
    if row.get("outcome"):
        return None if difference == 0 else f"{total} ≠ {parts}"
    want = plain(parts), plain(total), plain(total - parts)
    have = tuple(row[k] for k in ("expected", "actual", "difference"))
    return None if difference and want == have else f"{want} instead of {have}"


def rate(row, v, numerator, denominator):
    quotient = Fraction(numerator) / Fraction(denominator) * 100
    miss = abs(quotient - Fraction(v[-1]))
    limit = half_unit(v[-1]) * (2 if row.get("outcome") == "rounding" else 1)
    return agree(row, miss <= limit, f"{float(quotient)} % and {v[-1]} %")


def agree(row, truth, words):
    return None if truth == bool(row.get("outcome")) else words


def arithmetic(row, v):
    """What is wrong with the figures of a finding or hold; None where they prove what it says."""
    rule = row["rule"].split("|")[0]
    if len(v) < 2 or row.get("outcome") == "not_checkable":
        return None
    if rule in ("SUM-01", "SUM-03", "SUM-04", "SUM-05", "SUM-06", "SUM-07", "SUM-08", "SUM-09",
                "CNT-04", "WGT-01", "WGT-02", "SCO-01"):
        return sums(row, v)
    if rule == "SUM-02":
        return agree(row, sum(v[1:]) <= v[0], "parts and total")
    if rule in ("SCO-03", "BAL-05", "YOY-01"):
        # weight earned deducted; budget spent left; this last increase
        want = v[0] - v[2] if rule == "SCO-03" else v[0] - v[1]
        have = v[1] if rule == "SCO-03" else v[2]
        return agree(row, abs(want) == abs(have), f"{want} and {have}")
    if rule == "SCO-02":
        return agree(row, v[1] <= v[0], "score and weight")
    if rule == "DED-02":
        return agree(row, v[0] - v[1] == sum(v[2:]), "points lost and deducted")
    if rule == "BAL-06":
        return agree(row, v[0] + v[1] - v[2] == v[3], "budget")
    if rule == "BAL-01":
        return agree(row, v[0] == v[1], "both totals")
    if rule == "SCO-08":
        return agree(row, abs(v[0] * v[1] / 100 - v[2]) <= D("0.05"), "points for execution")
    if rule in ("ACH-01", "ACH-02"):
        weight, target, actual, score = v
        share = min(D(1), actual / target if rule == "ACH-01" else target / actual)
        return agree(row, abs(weight * share - score) <= D("0.005"), "points for the result")
    if rule in ("EXE-01", "EXE-08", "CNT-09", "PCT-04", "BAL-04"):
        return rate(row, v, v[1], v[0])
    if rule == "YOY-02":
        # last, change; this, last; or this, change, and last is their difference
        readings = ((v[1], v[0]), (v[0] - v[1], v[1]), (v[1], v[0] - v[1]))
        wrong = [rate(row, v, abs(change), base) for change, base in readings]
        if row.get("outcome"):
            return None if None in wrong else wrong[0]
        return next(filter(None, wrong), None)
    if rule == "CNT-05":
        return agree(row, v[1] <= v[0], "funnel")
    if rule == "XSC-01":
        return agree(row, len(set(v)) == 1, "places")
    return None


def main():
    names = sys.argv[1:] or sorted(f[:-6] for f in os.listdir(FOLDER) if f.endswith(".truth"))
    failed = False
    for name in names:
        sample = Sample(name)
        for step in (sample.columns, sample.facts, sample.completeness, sample.headings,
                     sample.rules, sample.cells):
            step()
        counts = ", ".join(f"{len(rows)} {table}" for table, rows in sample.tables.items())
        print(f"{name}: {counts}: {'wrong' if sample.wrong else 'proven'}")
        for line in sample.wrong:
            print("   ", line)
        failed |= bool(sample.wrong)
    sys.exit(failed)


if __name__ == "__main__":
    main()
