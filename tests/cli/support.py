"""What the command-line tests share: running the program, scratch folders, the archive, TAP."""
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET

GOUJI = os.environ.get("GOUJI", os.path.abspath("build/gouji"))
SOURCE = os.environ.get("GOUJI_SOURCE", os.getcwd())
SHARED = os.environ.get("GOUJI_SHARED")
SAMPLES = os.path.join(SOURCE, "samples")

with open(GOUJI, "rb") as program:
    SANITIZED = b"__asan_init" in program.read()
needs_memory_limit = unittest.skipIf(SANITIZED, "the memory limit is off under a sanitizer")
needs_shared = unittest.skipUnless(SHARED, "the shared corpora are not beside the checkout")


def _has_terminals():
    try:
        for end in os.openpty():
            os.close(end)
        return True
    except OSError:
        return False


needs_terminal = unittest.skipUnless(_has_terminals(), "this system gives no pseudo-terminals")


def gouji(*arguments, stdin=None, status=0, text=True, environment=None):
    """Runs the program; fails the test where the exit status is not the expected one."""
    done = subprocess.run([GOUJI, *map(str, arguments)], input=stdin, capture_output=True, text=text,
                          env={**os.environ, **(environment or {})}, timeout=300)
    if status is not None and done.returncode != status:
        raise AssertionError(f"gouji {' '.join(map(str, arguments))}: exit {done.returncode}, "
                             f"expected {status}: {done.stderr[-2000:]}")
    return done


def processor_seconds(*arguments, stdin):
    """What a run took of a processor, and the run: less disturbed by others than time on the wall."""
    began = os.times().children_user
    done = gouji(*arguments, stdin=stdin)
    return os.times().children_user - began, done


def report(pdf):
    """The Report of a PDF, as parsed XML."""
    document = gouji("extract", pdf).stdout
    return ET.fromstring(gouji("normalize", stdin=document).stdout)


class Case(unittest.TestCase):
    """A test case with a scratch folder of its own."""
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="gouji-test-")
        self.addCleanup(shutil.rmtree, self.folder, True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def ingest(self, *paths, status=0, options=()):
        """A new archive of the given PDFs, opened for reading."""
        name = self.path("archive.db")
        gouji("ingest", "--quiet", "--db", name, *options, *paths, status=status)
        return self.database(name)

    def database(self, name):
        connection = sqlite3.connect(f"file:{name}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        self.addCleanup(connection.close)
        return connection


NUMBERED = re.compile(r"([一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])(?!.*[。；：]$)")
CHARACTER_POINTS, LINE_POINTS, LINES_A_PAGE = 12, 20, 36


class _Page:
    """Where the next line goes: down the page, then on to the next one."""
    def __init__(self):
        self.number, self.lines = 1, 0

    def turn(self):
        self.number, self.lines = self.number + 1, 0

    def line(self, parent, text, left=72):
        if self.lines == LINES_A_PAGE:
            self.turn()
        top = 72 + self.lines * LINE_POINTS
        self.lines += 1
        places = [str(left + i * CHARACTER_POINTS) for i in range(len(text) + 1)]
        if places[1:]:
            places[-2:] = [places[-2] + ":" + places[-1]]
        line = ET.SubElement(parent, "line", page=str(self.number), y=f"{top} {top + 12}",
                             x=" ".join(places))
        line.text = text

    def table(self, root, rows, caption, notes, header):
        cells = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]
        columns = max(map(len, cells))
        table = ET.SubElement(root, "table", page=str(self.number), box="72 72 540 700",
                              rows=str(len(cells)), columns=str(columns), ruled="yes")
        table.set("header-rows", str(header))
        for name, text in (("caption", caption), ("notes", notes)):
            if text:
                self.line(ET.SubElement(table, name), text)
        placed = {}
        for row, texts in enumerate(cells):
            for column, text in enumerate(texts + [""] * (columns - len(texts))):
                if text in ("→", "↓"):
                    cell, first = placed[(row, column - 1) if text == "→" else (row - 1, column)]
                    placed[row, column] = cell, first
                    if column - first[1]:
                        cell.set("columns", str(column - first[1] + 1))
                    if row - first[0]:
                        cell.set("rows", str(row - first[0] + 1))
                    continue
                cell = ET.SubElement(table, "cell", row=str(row), column=str(column),
                                     page=str(self.number), box="72 72 540 700")
                placed[row, column] = cell, (row, column)
                if text:
                    self.line(cell, text, 72 + 40 * column)
        table.set("last-page", str(self.number))


def document(text):
    """A Document, as XML, of plain text; a line is a paragraph.

    “# 标题” is the title, a line that 一、 or （一） numbers and no point ends is a heading, “=====”
    begins a page. Lines in | a | b | are the rows of a table; before them may stand “表 …” (its
    caption) and “单位：…”; a row |---| ends its header, which is else the first row. A cell → is one
    with the cell to its left, ↓ one with the cell above.
    """
    root, page, rows, caption, notes, header = ET.Element("document", version="1"), _Page(), [], "", "", 1

    def finish():
        nonlocal rows, caption, notes, header
        if rows:
            page.table(root, rows, caption, notes, header)
            rows, caption, notes, header = [], "", "", 1

    for line in text.strip().splitlines():
        line = line.strip()
        if line.startswith("|"):
            if set(line) <= set("|- "):
                header = len(rows)
            else:
                rows.append(line)
            continue
        finish()
        if line.startswith("表 "):
            caption = line[2:]
        elif line.startswith("单位：") and len(line) < 12:
            notes = line
        elif line.startswith("# "):
            page.line(ET.SubElement(root, "heading", level="0"), line[2:])
        elif line and set(line) == {"="}:
            page.turn()
        elif NUMBERED.match(line):
            number = NUMBERED.match(line)[1]
            page.line(ET.SubElement(root, "heading", level="1" if number[-1] == "、" else "2",
                                    number=number), line)
        elif line:
            page.line(ET.SubElement(root, "paragraph"), line)
    finish()
    for n in range(page.number, 0, -1):
        root.insert(0, ET.Element("page", n=str(n), size="595 842"))
    return ET.tostring(root, encoding="unicode")


class Reading:
    """The Report that `gouji normalize` makes of a Document, as lists.

    facts: attributes, with `raw`; checks and findings: attributes, with `members` as (role, raw) and
    `raws` as the printed figures.
    """
    def __init__(self, xml):
        self.root = ET.fromstring(xml)
        self.facts = [dict(fact.attrib) for fact in self.root.iter("fact")]
        self.relations = self._with_members("relation")
        self.checks = self._with_members("check")
        self.findings = self._with_members("finding")

    def _with_members(self, name):
        found = []
        for element in self.root.iter(name):
            one = dict(element.attrib)
            one["members"] = [(member.get("role"), self.facts[int(member.get("fact"))]["raw"])
                              for member in element.iter("member")]
            one["raws"] = [raw for _, raw in one["members"]]
            found.append(one)
        return found

    def outcomes(self, rule):
        """The outcomes of a rule, in order: ["pass", "fail"]."""
        return [check["outcome"] for check in self.checks if check["rule"] == rule]

    def rules(self, severity=None):
        """The rules of the findings, of one severity or all."""
        return [finding["rule"] for finding in self.findings
                if severity is None or finding["severity"] == severity]


def normalize(text, *options):
    """The Reading of plain text: see `document`."""
    return Reading(gouji("normalize", *options, stdin=document(text)).stdout)


def main():
    """Runs the calling module's tests, as TAP."""
    from tap import TAPTestRunner
    runner = TAPTestRunner()
    runner.set_stream(True)
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = runner.run(suite)
    sys.exit(0 if result.wasSuccessful() else 1)
