#!/usr/bin/python3
"""The yearly bag: BagIt by an independent reading, whole or told what is wrong, and readable without us."""
import csv
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess

import support
from reports import Fact, report
from support import SAMPLES, gouji


class Bag(support.Case):
    def setUp(self):
        super().setUp()
        self.bag = self.path("bag")
        pdf = self.path("kept.pdf")
        shutil.copy(os.path.join(SAMPLES, "transport-2021.pdf"), pdf)
        gouji("ingest", "--quiet", "--keep", "--db", self.path("a.db"), pdf)
        os.remove(pdf)
        for i, text in enumerate((report("甲局", 2020, [Fact("年末结转", "年末结转", "2.00万元")]),
                                  report("甲局", 2021, [Fact("年初结转", "年初结转", "1.00万元")], name="gone.pdf"),
                                  report("乙局", 2022))):
            gouji("load", "--db", self.path("a.db"), stdin=text)
        gouji("archive", "--db", self.path("a.db"), "--year", "2021", "--out", self.bag, "--operator", "王")

    def file(self, *names):
        return os.path.join(self.bag, *names)

    def read(self, *names):
        with open(self.file(*names), encoding="utf-8") as file:
            return file.read()

    def verify(self, status):
        return gouji("archive", "verify", self.bag, status=status)

    def test_whole(self):
        self.verify(0)
        self.assertEqual(self.read("bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        subprocess.run(["sha256sum", "--check", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt"],
                       cwd=self.bag, check=True)
        payload = [os.path.relpath(os.path.join(folder, name), self.bag)
                   for folder, _, names in os.walk(self.file("data")) for name in names]
        listed = [line.split("  ", 1)[1] for line in self.read("manifest-sha256.txt").splitlines()]
        self.assertEqual(sorted(payload), listed)
        size = sum(os.path.getsize(self.file(path)) for path in payload)
        self.assertIn(f"Payload-Oxum: {size}.{len(payload)}\n", self.read("bag-info.txt"))
        self.assertIn("Contact-Name: 王\n", self.read("bag-info.txt"))

    def test_originals(self):
        with open(os.path.join(SAMPLES, "transport-2021.pdf"), "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        self.assertEqual(sorted(os.listdir(self.file("data", "originals"))), sorted([digest + ".pdf", "absent.csv"]))
        with open(self.file("data", "originals", "absent.csv"), encoding="utf-8-sig", newline="") as file:
            absent = list(csv.DictReader(file))
        self.assertEqual([row["file"] for row in absent], ["gone.pdf"])
        self.assertTrue(absent[0]["reason"])

    def test_database(self):
        """The year, and what its findings refer to; whole, without a journal."""
        database = sqlite3.connect(f"file:{self.file('data', 'archive.db')}?mode=ro&immutable=1", uri=True)
        self.addCleanup(database.close)
        self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        self.assertEqual(database.execute("PRAGMA foreign_key_check").fetchall(), [])
        self.assertEqual(database.execute("PRAGMA journal_mode").fetchone(), ("delete",))
        self.assertEqual(sorted(database.execute("SELECT department, year FROM documents")),
                         [("安澜市交通运输局", 2021), ("甲局", 2020), ("甲局", 2021)])
        self.assertEqual(database.execute("SELECT count(*) FROM finding_facts x JOIN findings f ON f.id = x.finding_id"
                                          " WHERE f.rule = 'XDC-02'").fetchone(), (2,))
        self.assertTrue(database.execute("SELECT 1 FROM search WHERE search MATCH '预算'").fetchone())
        whole = self.database(self.path("a.db"))
        for table in ("facts", "cells", "checks", "check_facts", "paragraphs", "numerals", "sections"):
            here = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            self.assertLessEqual(here, whole.execute(f"SELECT count(*) FROM {table}").fetchone()[0], table)
        self.assertEqual(sorted(os.listdir(self.file("data"))), ["README.txt", "archive.db", "csv", "findings.xlsx",
                                                                 "originals", "patterns"])

    def test_package(self):
        """Every table has its CSV with the columns and the number of rows that are described."""
        package = json.loads(self.read("data", "csv", "datapackage.json"))
        database = sqlite3.connect(f"file:{self.file('data', 'archive.db')}?mode=ro&immutable=1", uri=True)
        self.addCleanup(database.close)
        csv.field_size_limit(1 << 24)
        names = [resource["name"] for resource in package["resources"]]
        self.assertTrue({"documents", "facts", "findings", "finding_facts", "checks", "cells", "yearbook"} <= set(names))
        for resource in package["resources"]:
            with self.subTest(resource["name"]), open(self.file("data", "csv", resource["path"]), encoding="utf-8-sig",
                                                      newline="") as file:
                rows = list(csv.reader(file))
                fields = resource["schema"]["fields"]
                self.assertEqual(rows[0], [field["name"] for field in fields])
                self.assertEqual(len(rows) - 1,
                                 database.execute(f"SELECT count(*) FROM {resource['name']}").fetchone()[0])
                for row in rows[1:]:
                    for field, value in zip(fields, row):
                        if value and field["type"] != "string":
                            (int if field["type"] == "integer" else float)(value)

    def test_what_is_wrong_is_told(self):
        def changed():
            with open(self.file("data", "README.txt"), "a", encoding="utf-8") as file:
                file.write("x")
        def removed():
            os.remove(self.file("data", "findings.xlsx"))
        def added():
            with open(self.file("data", "more.txt"), "w", encoding="utf-8") as file:
                file.write("x")
        def linked():
            os.remove(self.file("data", "README.txt"))
            os.symlink("/etc/passwd", self.file("data", "README.txt"))
        def tag():
            with open(self.file("bag-info.txt"), "a", encoding="utf-8") as file:
                file.write("Note: x\n")
        def outside():
            with open(self.file("manifest-sha256.txt"), "a", encoding="utf-8") as file:
                file.write("0" * 64 + "  ../../etc/passwd\n")
        for harm, name in ((changed, "data/README.txt"), (removed, "data/findings.xlsx"), (added, "data/more.txt"),
                           (linked, "data/README.txt"), (tag, "bag-info.txt"), (outside, "../../etc/passwd")):
            with self.subTest(harm.__name__):
                shutil.copytree(self.bag, self.path("kept"), symlinks=True)
                harm()
                self.assertIn(name, self.verify(1).stdout)
                shutil.rmtree(self.bag)
                os.rename(self.path("kept"), self.bag)
        self.verify(0)

    def test_a_year_without_reports(self):
        done = gouji("archive", "--db", self.path("a.db"), "--year", "1999", "--out", self.path("empty"), status=2)
        self.assertIn("no report on 1999", done.stderr)
        self.assertFalse(os.path.exists(self.path("empty")))

    def test_no_bag(self):
        for folder in (self.path("absent"), self.folder):
            done = gouji("archive", "verify", folder, status=2)
            self.assertIn(folder + ": no bag", done.stderr)
            self.assertEqual(done.stdout, "")

    def test_refusals(self):
        gouji("archive", "--db", self.path("a.db"), "--year", "2021", "--out", self.bag, status=2)
        gouji("archive", "--db", self.path("a.db"), "--year", "2021", status=2)
        gouji("archive", "verify", self.folder, status=2)
        gouji("archive", "verify", self.path("none"), status=2)


if __name__ == "__main__":
    support.main()
