#!/usr/bin/python3
"""A real report, typeset by four producers, against its figures as a person read them."""
import csv
import functools
import os

import support
from samples import LABELS_AGREE, compare, facts, pairs, wrong_labels, wrong_roles
from support import SHARED, needs_shared

# “获批省级以上人才项目5项”: 以上 bounds the level, not the count, which is exactly five.
QUALIFIERS = {"F033": "exact"}
# What is wrong with it, by rule, with the figure that must be among the finding's.
WRONG = {"SUM-01": "14640.83万元", "CNT-03": "4个", "EXE-03": "14673.19万元", "XSC-04": None,
         "PER-01": None, "SCO-06": "10分", "TPL-04": None, "TPL-05": None, "TPL-06": None,
         "TPL-07": None}
# What is for a person to look at, and what is only said differently in two places.
DOUBTFUL = {"XSC-03", "UNT-02", "UNT-03", "ACH-06", "ACH-07", "TXT-04", "SCO-09", "GRD-01", "DUP-02",
            "PER-03", "FCT-01", "TPL-03", "DED-03", "FMT-01", "FMT-03"}
PRODUCERS = ("libreoffice", "chromium", "xetex", "weasyprint")


@functools.cache
def truth():
    path = os.path.join(SHARED, "reports/xinxiang-2021.truth.tsv")
    with open(path, encoding="utf8", newline="") as opened:
        return [{**row, "raw": row["context"],
                 "qualifier": QUALIFIERS.get(row["id"], row["qualifier"])} for row in
                csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE)]


@functools.cache
def report(producer):
    return support.report(os.path.join(SHARED, f"reports/xinxiang-2021-{producer}.pdf"))


@needs_shared
class Xinxiang(support.Case):
    def none(self, of):
        self.assertEqual([f"{producer}: {line}" for producer in PRODUCERS
                          for line in of(report(producer))], [])

    def test_whose_it_is(self):
        self.none(lambda root: [key for key, value in
                                (("title", "新乡市科学技术局整体自评总结报告"), ("doc-type", "整体自评"),
                                 ("department", "新乡市科学技术局"), ("year", "2021"), ("subject", None))
                                if root.get(key) != value])

    def test_figures(self):
        self.none(lambda root: compare(facts(root, "text"), truth()) +
                  compare(facts(root, "text"), truth(), nameless=True))

    def test_sections(self):
        def wrong(root):
            wanted = [row for row in truth() if row["section"] != "X"]
            return [f"{row['context']}: {fact['section']}, not {row['section']}" for fact, row in
                    pairs(facts(root, "text"), wanted) if fact["section"] != row["section"]]
        self.none(wrong)

    def test_roles(self):
        self.none(lambda root: wrong_roles(facts(root, "text"), truth()))

    def test_labels(self):
        for producer in PRODUCERS:
            wrong, asked = wrong_labels(facts(report(producer), "text"), truth())
            self.assertGreater(asked, 60)
            self.assertGreaterEqual(1 - len(wrong) / asked, LABELS_AGREE, "\n".join(wrong))

    def test_what_is_wrong(self):
        for producer in PRODUCERS:
            with self.subTest(producer):
                root = report(producer)
                printed = [fact.get("raw") for fact in root.iter("fact")]
                found = {finding.get("rule"): [printed[int(member.get("fact"))]
                                               for member in finding.iter("member")]
                         for finding in root.iter("finding")
                         if finding.get("severity") in ("error", "warning")}
                self.assertEqual(set(found), set(WRONG))
                for rule, figure in WRONG.items():
                    if figure is not None:
                        self.assertIn(figure, found[rule])

    def test_what_is_doubtful(self):
        for producer in PRODUCERS:
            with self.subTest(producer):
                hints = {finding.get("rule") for finding in report(producer).iter("finding")
                         if finding.get("severity") == "hint"}
                self.assertEqual(DOUBTFUL - hints, set())

    def test_what_holds(self):
        for producer in PRODUCERS:
            with self.subTest(producer):
                held = {check.get("rule") for check in report(producer).iter("check")
                        if check.get("outcome") in ("pass", "rounding")}
                self.assertEqual({"BAL-02", "WGT-01", "SCO-02", "SCO-03", "CNT-05", "XSC-01", "SUM-01",
                                  "PCT-01", "TPL-01", "DED-01", "DSC-01"} - held, set())


if __name__ == "__main__":
    support.main()
