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


if __name__ == "__main__":
    support.main()
