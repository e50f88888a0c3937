#!/usr/bin/python3
"""What each stage makes of the samples, against what it made before (samples/NAME.golden/).

Each stage starts from the golden file of the stage before, so that one bug shows in one place:
document.xml from the PDF, report.xml from document.xml, findings.csv from report.xml. A golden file
proves only that nothing changed; that it is right is what the truth beside it is for (samples.py).

    golden.py            compares, as a test
    golden.py --accept   makes what the stages give now the golden files; read the difference
"""
import difflib
import glob
import os
import re
import sys
import tempfile

import support
from support import SAMPLES, SOURCE, gouji

NAMES = sorted(os.path.basename(path)[:-len(".pdf")] for path in glob.glob(os.path.join(SAMPLES, "*.pdf")))
SHOWN_LINES = 40  # of a difference

DOCUMENT = re.compile(r" <document .*?</document>\n", re.DOTALL)
HASH = re.compile(r'(<report [^>]*patterns=)"[0-9a-f]{64}"')


def golden(name, file):
    return os.path.join(SAMPLES, name + ".golden", file)


def read(name, file):
    with open(golden(name, file), encoding="utf8") as opened:
        return opened.read()


def document_of(name):
    """Of the PDF, named as from the top folder."""
    os.chdir(SOURCE)
    return gouji("extract", f"samples/{name}.pdf").stdout


def whole_report_of(name):
    return gouji("normalize", golden(name, "document.xml")).stdout


def report_of(name):
    """Without its Document, which has its own file, and the hash of the patterns."""
    whole = whole_report_of(name)
    assert len(DOCUMENT.findall(whole)) == 1
    return HASH.sub(r'\1""', DOCUMENT.sub("", whole))


def findings_of(name):
    with tempfile.TemporaryDirectory(prefix="gouji-test-") as folder:
        archive = os.path.join(folder, "archive.db")
        gouji("load", "--db", archive, stdin=whole_report_of(name))
        return gouji("findings", "--db", archive, "--format", "csv").stdout


STAGES = {"document.xml": document_of, "report.xml": report_of, "findings.csv": findings_of}


class Golden(support.Case):
    def compare(self, name, file):
        expected, made = read(name, file), STAGES[file](name)
        if expected != made:
            lines = list(difflib.unified_diff(expected.splitlines(), made.splitlines(), "golden", "made", "", "", 1))
            self.fail(f"{name} {file} (make accept, if it is meant):\n" + "\n".join(lines[:SHOWN_LINES]))


def add(name, file):
    def test(self):
        self.compare(name, file)
    test.__doc__ = f"{name} {file}"
    setattr(Golden, f"test_{name}_{file}".replace("-", "_").replace(".", "_"), test)


def accept():
    for name in NAMES:
        os.makedirs(os.path.dirname(golden(name, "")), exist_ok=True)
        for file, make in STAGES.items():
            made = make(name)
            with open(golden(name, file), "w", encoding="utf8", newline="") as opened:
                opened.write(made)


if __name__ == "__main__":
    if "--accept" in sys.argv:
        accept()
    else:
        for each in NAMES:
            for file in STAGES:
                add(each, file)
        support.main()
