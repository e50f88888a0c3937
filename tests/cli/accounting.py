#!/usr/bin/python3
# quick
"""Every numeral of a Document ends in exactly one state: a fact, claimed by a kind, or unread.

The numerals are counted here again, from the Document's own characters: runs of digits, Chinese
numerals before common measure words, and ordinals.
"""
import csv
import glob
import hashlib
import io
import json
import os
import re
import xml.etree.ElementTree as ET
from collections import Counter

import support
from support import SAMPLES, SHARED, gouji, needs_shared

DIGITS = re.compile(r"\d+")
ORDINAL = re.compile(r"第[一二三四五六七八九十百]+")
COUNTED = re.compile(r"[一二三四五六七八九十百千万亿两]+(?=[个项家名人次件条户亩米元座处所台套场])")
UNREAD_MAX = 0.005
KINDS = {"address", "bound", "caption", "code", "contents", "document-number", "event", "fixed-term", "foot", "furniture",
         "grade", "head", "identity", "label", "level", "list-marker", "number-of", "ordinal",
         "page", "page-number", "period", "phase", "place", "session", "slogan", "standard",
         "table-head", "telephone", "time", "title", "unit", "watermark", "word", "day", "section"}


def characters(document):
    """The Document's characters in order; what places count."""
    return "".join(line.get("text") or line.text or "" for line in document.iter("line"))


def states(report, length):
    """Of each character the state of the numeral that it is part of, or None; and conflicts."""
    found, conflicts = [None] * length, []
    for entry in [*report.find("facts"), *report.find("numerals")]:
        start, end = map(int, entry.get("place").split())
        for i in range(start, end):
            if found[i] not in (None, entry.tag):
                conflicts.append(entry.attrib)
            found[i] = entry.tag
    return found, conflicts


class Accounting(support.Case):
    def account(self, path):
        report = ET.fromstring(gouji("normalize", stdin=gouji("extract", path).stdout).stdout)
        text = characters(report.find("document"))
        found, conflicts = states(report, len(text))
        self.assertEqual(conflicts, [])
        numerals = [m for pattern in (DIGITS, ORDINAL, COUNTED) for m in pattern.finditer(text)]
        self.assertEqual([text[max(0, m.start() - 6):m.end() + 6] for m in numerals
                          if any(found[i] is None for i in range(m.end() - 1, m.end()))], [])
        kinds = Counter(claim.get("kind") for claim in report.find("numerals").iter("claimed"))
        self.assertEqual(set(kinds) - KINDS, set())
        unread = [m.group() for m in numerals if found[m.end() - 1] == "unread"]
        self.assertLessEqual(len(unread), UNREAD_MAX * len(numerals), unread)
        return len(numerals)

    def test_samples(self):
        for path in sorted(glob.glob(os.path.join(SAMPLES, "*.pdf"))):
            with self.subTest(os.path.basename(path)):
                self.assertGreater(self.account(path), 50)

    def test_unread_has_its_place_and_reason(self):
        """A numeral that no grammar reads is left, and says so."""
        report = ET.fromstring(gouji("normalize", stdin=document_of(["经费12.34.56万元，共5家"])).stdout)
        unread = list(report.find("numerals").iter("unread"))
        self.assertEqual([(u.get("place"), u.get("kind") or u.get("reason")) for u in unread],
                         [("2 11", "malformed")])


LINES = ["2022年支出12.34.56万元，共5家", "预算1,23万元、决算1,234.5万元", "经费五百亿万元", "项目编号12345"]
UNREAD = ["12.34.56万", "1,23万", "五百亿万"]


def document_of(lines):
    """A Document with a line a paragraph."""
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return (f"<?xml version='1.0' encoding='UTF-8'?><document version='1' file='{digest[:8]}.pdf' "
            f"sha256='{digest}'><page n='1' size='595 842'/>" +
            "".join(f"<paragraph><line page='1' y='{100 + 20 * i} {110 + 20 * i}' x='" +
                    " ".join(str(10 * k) for k in range(len(line))) +
                    f":{10 * len(line)}'>{line}</line></paragraph>" for i, line in enumerate(lines)) +
            "</document>")


class Listed(support.Case):
    """What was left unread is listed with its report, page and reason, and counted on the document."""
    def setUp(self):
        super().setUp()
        self.archive = self.path("a.db")
        for lines in (LINES, ["2021年支出12.50万元"]):
            report = gouji("normalize", stdin=document_of(lines)).stdout
            gouji("load", "--db", self.archive, stdin=report)

    def unread(self, *options):
        return gouji("findings", "--unread", "--db", self.archive, *options).stdout

    def test_each_is_listed_once_with_its_reason(self):
        rows = json.loads(self.unread("--format", "json"))
        self.assertEqual([(row["text"], row["reason"], row["page"]) for row in rows],
                         [(text, "malformed", 1) for text in UNREAD])
        table = self.unread()
        self.assertEqual([text for text in UNREAD if table.count(text) != 1], [])
        self.assertEqual(len(list(csv.DictReader(io.StringIO(self.unread("--format", "csv").lstrip("\ufeff"))))),
                         len(UNREAD))

    def test_documents_count_them(self):
        rows = self.database(self.archive).execute(
            "SELECT numerals_facts, numerals_claimed, numerals_unread FROM documents ORDER BY id").fetchall()
        self.assertEqual([row[2] for row in rows], [len(UNREAD), 0])
        self.assertTrue(all(row[0] > 0 for row in rows) and rows[0][1] > 0)


@needs_shared
class Reports(Accounting):
    def test_samples(self):
        """Real reports with text."""
        reports = sorted(glob.glob(os.path.join(SHARED, "reports/*.pdf")))
        for path in reports:
            if "xinxiang-2021-scan" not in path:
                with self.subTest(os.path.basename(path)):
                    self.account(path)


if __name__ == "__main__":
    support.main()
