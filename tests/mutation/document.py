"""A Document as gouji extract prints it: its characters in order, its tables as grids, and edits that
leave every line a position for each character."""
import re
import unicodedata
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

LINE = re.compile(r"<line\b[^>]*?(?:/>|>[^<]*</line>)")

# Kangxi radicals fold under NFKC; these supplement radicals do not.
RADICALS = str.maketrans("⻔⻋⻅⻆⻓⻘⻚⻛⻜⻢⻣⻥⻦⻨⻩⻬⻮⻰⺠⻉⺟⻄⻝⻒⻙⻤⻶⻗⻑⺫",
                         "门车见角长青页风飞马骨鱼鸟麦黄齐齿龙民贝母西食镸韦鬼瓜雨長目")


def folded(text):
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(RADICALS))


class Folded:
    """Text without white space and compatibility forms, with the way back to the characters."""

    def __init__(self, document, lines):
        self.text, self.back = "", []
        pieces = []
        for line in lines:
            for offset, character in enumerate(line.text):
                for form in folded(character):
                    pieces.append(form)
                    self.back.append(line.start + offset)
        self.text = "".join(pieces)

    def span(self, start, end):
        """The characters from the first to the last of a stretch of the text, as (start, end)."""
        return self.back[start], self.back[end - 1] + 1


class Line:
    def __init__(self, element, index, start):
        self.index, self.start = index, start
        self.attribute = element.get("text")
        self.text = (element.text or "") if self.attribute is None else self.attribute
        self.axis = "x" if element.get("x") is not None else "down"
        self.positions = element.get(self.axis).split()
        self.others = {k: v for k, v in element.attrib.items() if k not in ("text", self.axis)}
        self.page = int(element.get("page"))
        assert len(self.positions) == len(self.text), (self.text, self.positions)

    @property
    def end(self):
        return self.start + len(self.text)

    def edited(self, start, end, text):
        """The line's XML with `text` in place of its characters from start to end; none if empty."""
        whole = self.text[:start] + text + self.text[end:]
        if not whole:
            return ""
        positions = self.positions
        if len(text) != end - start:
            first = float(positions[start].split(":")[0]) if start < len(positions) else self.extent(start - 1)[1]
            last = self.extent(end - 1)[1] if end > start else first
            step = (last - first) / len(text) if text else 0
            middle = [f"{first + i * step:.2f}:{first + (i + 1) * step:.2f}" for i in range(len(text))]
            before = positions[:start]
            if before:
                before = before[:-1] + ["%.2f:%.2f" % self.extent(start - 1)]
            positions = before + middle + positions[end:]
        attributes = "".join(f" {k}={quoteattr(v)}" for k, v in self.others.items())
        attributes += f' {self.axis}="{" ".join(positions)}"'
        if self.attribute is not None:
            return f"<line{attributes} text={quoteattr(whole)}/>"
        return f"<line{attributes}>{escape(whole)}</line>"

    def extent(self, i):
        """Where character `i` starts and ends along the line."""
        start, _, end = self.positions[i].partition(":")
        if not end:
            end = self.positions[i + 1].split(":")[0] if i + 1 < len(self.positions) else start
        return float(start), float(end)


class Cell:
    def __init__(self, element, lines):
        self.row, self.column = int(element.get("row")), int(element.get("column"))
        self.rows, self.columns = int(element.get("rows", 1)), int(element.get("columns", 1))
        self.lines = lines
        self.text = folded("".join(line.text for line in lines))

    @property
    def start(self):
        return self.lines[0].start if self.lines else None


class Table:
    """A grid: every place has a cell; merged cells stand at all of theirs."""

    def __init__(self, element, index, run):
        self.index = index
        self.rows, self.columns = int(element.get("rows")), int(element.get("columns"))
        caption, notes = element.find("caption"), element.find("notes")
        self.caption = "" if caption is None else folded("".join(line.text for line in run(caption)))
        self.notes = "" if notes is None else folded("".join(line.text for line in run(notes)))
        self.page = int(element.get("page"))
        self.cells, self.at = [], {}
        for child in element.findall("cell"):
            cell = Cell(child, run(child))
            self.cells.append(cell)
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    self.at[row, column] = cell


class Document:
    def __init__(self, name, xml):
        self.name, self.xml = name, xml
        root = ET.fromstring(xml)
        self.segments = [match.span() for match in LINE.finditer(xml)]
        self.lines, start, known = [], 0, {}
        for index, element in enumerate(root.iter("line")):
            line = Line(element, index, start)
            self.lines.append(line)
            known[element] = line
            start = line.end
        assert len(self.segments) == len(self.lines), name
        self.length = start
        self.tables, self.body = [], []

        def run(element):
            return [known[line] for line in element.iter("line")]
        for element in root:
            if element.tag == "table":
                self.tables.append(Table(element, len(self.tables), run))
            elif element.tag in ("heading", "paragraph", "field"):
                self.body += run(element)
        self.prose = Folded(self, self.body)
        self.characters = "".join(line.text for line in self.lines)

    def line_of(self, character):
        low, high = 0, len(self.lines)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.lines[middle].start <= character else (low, middle)
        return self.lines[low]

    def page_of(self, character):
        return self.line_of(character).page

    def edited(self, start, end, text):
        """The document's XML with `text` in place of the characters from start to end: the text goes to
        the line of the first of them, white space within the stretch stays."""
        changes, rest = [], text
        line = self.line_of(start)
        while line.start < end or not changes:
            a, b = max(start, line.start) - line.start, min(end, line.end) - line.start
            last = line.end >= end
            # what stays on this line: as many characters as it had, the last line takes what is left
            piece = rest if last else rest[:b - a]
            rest = "" if last else rest[b - a:]
            changes.append((self.segments[line.index], line.edited(a, b, piece)))
            if last:
                break
            line = self.lines[line.index + 1]
        pieces, at = [], 0
        for (first, last), replacement in changes:
            pieces += [self.xml[at:first], replacement]
            at = last
        return "".join(pieces) + self.xml[at:]
