#!/usr/bin/python3
# quick
"""The grammars extract/document.rng and normalize/report.rng: they hold for what the program writes,
and they refuse what it would not write."""
import glob
import os
import re
import subprocess
import unittest

import support
from support import SAMPLES, SHARED, SOURCE, gouji, needs_shared

DOCUMENT = os.path.join(SOURCE, "extract", "document.rng")
REPORT = os.path.join(SOURCE, "normalize", "report.rng")

# What is wrong, as a replacement in a Document of the samples.
WRONG_DOCUMENTS = [
    ("another version", 'version="1"', 'version="2"'),
    ("a page without a number", '<page n="1"', '<page'),
    ("a line without positions", r' x="[^"]*"', ""),
    ("three decimals", r'<line page="1" y="\d', r'<line page="1" y="1.234 9'),
    ("a position that is no number", r' x="\d', ' x="nan '),
    ("a heading without a level", r'<heading level="\d"', "<heading"),
    ("an unknown block", r"<paragraph>(.*?)</paragraph>", r"<aside>\1</aside>"),
    ("a notice of no known kind", r"(<page [^>]*/>\s*)(<heading)", r'\1<notice kind="odd" page="1" count="1"/>\2'),
    ("half a line", r' y="[\d. ]*" x=', " x="),
    ("text between blocks", "</paragraph>", "</paragraph>one"),
]
WRONG_REPORTS = [
    ("a fact without a place", r'(<fact [^>]*?) place="[^"]*"', r"\1"),
    ("an exponent", r'(<fact [^>]*?value=)"[^"]*"', r'\1"1e3"'),
    ("trailing zeros", r'(<fact [^>]*?value=)"[^"]*"', r'\1"1.50"'),
    ("a kind that is none", r'<fact kind="[^"]*"', '<fact kind="money"'),
    ("an outcome that is none", r'outcome="[^"]*"', 'outcome="maybe"'),
    ("a negative index", r'member fact="', 'member fact="-1'),
    ("no Document", r"<document .*</document>", ""),
    ("lists in another order", r"(<facts>.*</facts>)\s*(<numerals>.*</numerals>)", r"\2\1"),
]


def validate(grammar, path):
    """The complaints about the file; nothing where it is valid."""
    done = subprocess.run(["xmllint", "--huge", "--noout", "--relaxng", grammar, path],
                          capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stderr[:2000] or "invalid"


def has(command):
    """Whether the program already knows the command."""
    return "not in this version" not in gouji(command, "--help", status=None).stderr


class Grammar(support.Case):
    def write(self, name, text):
        path = self.path(name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def check_pdf(self, pdf):
        name = os.path.basename(pdf)
        document = gouji("extract", pdf).stdout
        self.assertEqual(validate(DOCUMENT, self.write("document.xml", document)), "", name)
        if has("normalize"):
            report = gouji("normalize", stdin=document).stdout
            self.assertEqual(validate(REPORT, self.write("report.xml", report)), "", name)

    def check_wrong(self, grammar, text, rows):
        for what, pattern, replacement in rows:
            with self.subTest(what):
                changed, n = re.subn(pattern, replacement, text, count=1, flags=re.S)
                self.assertEqual(n, 1, "the sample has nothing to change")
                self.assertNotEqual(validate(grammar, self.write("wrong.xml", changed)), "")

    def test_samples(self):
        for pdf in sorted(glob.glob(os.path.join(SAMPLES, "*.pdf"))):
            with self.subTest(os.path.basename(pdf)):
                self.check_pdf(pdf)

    @needs_shared
    def test_reports(self):
        for pdf in sorted(glob.glob(os.path.join(SHARED, "reports", "*.pdf"))):
            with self.subTest(os.path.basename(pdf)):
                self.check_pdf(pdf)

    def test_wrong_documents(self):
        text = gouji("extract", os.path.join(SAMPLES, "culture-2022.pdf")).stdout
        self.check_wrong(DOCUMENT, text, WRONG_DOCUMENTS)

    def test_wrong_reports(self):
        if not has("normalize"):
            raise unittest.SkipTest("gouji normalize is not there yet")
        text = gouji("normalize", stdin=gouji(
            "extract", os.path.join(SAMPLES, "culture-2022.pdf")).stdout).stdout
        self.check_wrong(REPORT, text, WRONG_REPORTS)


if __name__ == "__main__":
    support.main()
