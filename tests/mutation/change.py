"""The eight ways in which a figure is changed. Each gives an edit of the document and what the figure
would then be worth, or nothing where the way does not apply. What is chosen is drawn from the figure
itself, so every run changes the same."""
import hashlib
import re
from decimal import Decimal

from figure import NUMERALS, read
from relation import INEQUALITIES

NAMES = {"digit": "another digit", "transposed": "two digits transposed", "point": "decimal point moved",
         "unit": "元 for 万元", "sign": "minus", "dropped": "item dropped", "count": "count off by one",
         "copied": "copied from a neighbour"}


class Change:
    """`value` None: the figure is gone."""

    def __init__(self, way, figure, start, end, text, value, decimals, power=None):
        self.way, self.figure = way, figure
        self.start, self.end, self.text = start, end, text
        self.value, self.decimals, self.power = value, decimals, power

    def xml(self):
        return self.figure.document.edited(self.start, self.end, self.text)

    def tried(self):
        """What Relation.judge tries: in the figure's own unit."""
        return self.figure, self.value, self.decimals

    def __repr__(self):
        if self.way == "unit":
            return f"{self.figure.text}{self.figure.unit} → {self.text} {self.figure.where}"
        return f"{self.figure.text} → {self.text or 'nothing'} {self.figure.where}"


def draw(figure, way, n):
    """A number below n that is always the same for this figure and way."""
    key = f"{figure.document.name} {figure.start} {figure.text} {way}".encode()
    return int.from_bytes(hashlib.sha256(key).digest()[:8], "big") % n


def with_text(way, figure, text):
    if text == figure.text:
        return None
    value, decimals = read(text)
    if value == figure.value:
        return None
    return Change(way, figure, figure.start, figure.end, text, value, decimals)


def digit(figure):
    if figure.text in NUMERALS:
        return None
    places = [i for i, c in enumerate(figure.text) if c.isdigit()]
    i = places[draw(figure, "digit", len(places))]
    old = int(figure.text[i])
    lowest = 1 if i == places[0] and len(places) > 1 and figure.text[i + 1:i + 2] != "." else 0
    others = [d for d in range(lowest, 10) if d != old]
    return with_text("digit", figure, figure.text[:i] + str(others[draw(figure, "which", len(others))]) + figure.text[i + 1:])


def transposed(figure):
    pairs = [(i, j) for i, j in zip(range(len(figure.text)), range(1, len(figure.text)))
             if figure.text[i].isdigit() and figure.text[j].isdigit() and figure.text[i] != figure.text[j]
             and not (i == 0 and figure.text[j] == "0")]
    if not pairs:
        return None
    i, j = pairs[draw(figure, "transposed", len(pairs))]
    text = list(figure.text)
    text[i], text[j] = text[j], text[i]
    return with_text("transposed", figure, "".join(text))


def point(figure):
    plain = figure.text.replace(",", "").replace("，", "")
    if "." not in plain or figure.value == 0:
        return None
    whole, part = plain.split(".")
    if draw(figure, "point", 2) and len(whole) > 1 and whole != "0":
        text = f"{whole[:-1]}.{whole[-1]}{part}"
    elif len(part) > 1:
        text = f"{whole}{part[0]}.{part[1:]}"
    else:
        text = whole + part
    text = re.sub(r"^(-?)0+(?=\d)", r"\1", text)
    return with_text("point", figure, grouped(text) if "," in figure.text else text)


def grouped(text):
    whole, dot, part = text.partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return sign + f"{int(whole):,}" + dot + part


def unit(figure):
    """元 for 万元 and the other way about; in a table, where the unit stands above, the number that the
    other unit has."""
    if figure.kind != "amount" or figure.value == 0:
        return None
    document = figure.document
    if hasattr(figure, "grid"):
        value = figure.value * 10000 if figure.power == 4 else figure.value / 10000
        decimals = 2 if figure.power == 4 else figure.decimals
        text = f"{value:.{decimals}f}"
        return with_text("unit", figure, grouped(text) if "," in figure.text else text)
    start = figure.end
    while document.characters[start].isspace():
        start += 1
    if figure.unit.startswith("万元") and document.characters[start] == "万":
        end, text, scale = start + 1, "", Decimal("0.0001")
    elif figure.unit.startswith("元"):
        end, text, scale = start, "万", Decimal(10000)
    else:
        return None
    value = figure.value * scale
    change = Change("unit", figure, start, end, text, value, figure.decimals + 4 if scale < 1 else 0)
    change.decimals = max(0, change.decimals)
    return change


def sign(figure):
    if figure.value == 0 or figure.kind not in ("amount", "score", "count") or figure.text in NUMERALS:
        return None
    if not hasattr(figure, "grid") and figure.kind != "amount":
        return None  # in prose nobody writes −5个
    text = figure.text[1:] if figure.value < 0 else "-" + figure.text
    return with_text("sign", figure, text)


def count(figure):
    if figure.kind != "count" or figure.decimals or figure.power:
        return None
    step = 1 if draw(figure, "count", 2) or figure.value < 2 else -1
    if figure.text in NUMERALS:
        after = int(figure.value) + step
        return with_text("count", figure, NUMERALS[after]) if 0 < after < len(NUMERALS) else None
    return with_text("count", figure, str(int(figure.value) + step))


def copied(figure, neighbours):
    for other in neighbours:
        if other.value != figure.value and other.kind == figure.kind and other.text not in NUMERALS:
            return with_text("copied", figure, other.text)
    return None


def dropped(figure):
    """An item of a sum is gone: its cell is blank, or its clause is out of the sentence. Not where 其中
    alone leads a list, which then says less but nothing wrong."""
    lists = [r for r in figure.relations if r.kind == "sum" and len(r.figures) > 2
             and any(f is figure and role == "part" for f, role, _ in r.members)]
    if not lists or figure.value == 0 or all(relation.partial for relation in lists):
        return None
    if hasattr(figure, "grid"):
        return Change("dropped", figure, figure.start, figure.end, "", None, 0)
    relation = next(r for r in lists if not r.partial)
    if len(relation.figures) < 4:
        return None
    return clause_dropped(figure, relation)


def clause_dropped(figure, relation):
    """Out goes the stretch from the mark before the item to the mark behind it."""
    characters = figure.document.characters
    first = max(characters.rfind(mark, 0, figure.start) for mark in "，、；。：,;:")
    ends = [i for i in (characters.find(mark, figure.end) for mark in "，、；。,;") if i >= 0]
    if not ends or min(ends) - first > 60:
        return None
    last = min(ends)
    if any(first < other.start < last and other is not figure for other in relation.figures):
        return None
    return Change("dropped", figure, first, last, "", None, 0)


def neighbours(figure, figures):
    """Figures that stand near: in a table the cells around, in text those before and behind."""
    if hasattr(figure, "grid"):
        row, column = figure.cell.row, figure.cell.column
        around = [(row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)]
        return [f for f in (figure.grid.figure(*place) for place in around) if f is not None]
    text = sorted((f for f in figures if not hasattr(f, "grid")), key=lambda f: abs(f.start - figure.start))
    return [f for f in text if f is not figure][:4]


def changes(figure, figures):
    """All the ways that apply."""
    found = [digit(figure), transposed(figure), point(figure), unit(figure), sign(figure), dropped(figure),
             count(figure), copied(figure, neighbours(figure, figures))]
    return [change for change in found if change is not None]


def expected(change):
    """fail, rounding or None (nothing that an auditor could see) by the figure's relations, and those
    that fail."""
    outcomes = []
    for relation in change.figure.relations:
        if change.value is None and relation.kind != "sum":
            continue
        if change.value is None and relation.members[0][0] is change.figure:
            continue
        outcomes.append((relation.judge(change.tried()), relation))
    failing = [relation for outcome, relation in outcomes if outcome == "fail"]
    if failing:
        return "fail", failing
    inside = [r for outcome, r in outcomes if outcome == "rounding" and r.kind not in INEQUALITIES]
    return ("rounding", inside) if inside else (None, [])
