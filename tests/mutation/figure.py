"""Figures as printed: where they stand, what they are worth, to which last place."""
import re
from decimal import Decimal

from document import folded

NUMBER = re.compile(r"[-−－—]?\d[\d,，]*(?:\.\d+)?")
POWERS = {"亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3, "": 0}
UNIT = re.compile(r"(亿|千万|百万|万|千|)(元|%|个百分点|分|[^\d\s]*)")
NUMERALS = "零一二三四五六七八九十"


class Figure:
    """A printed number: `start`, `end` are its characters, unit and sign words apart."""

    def __init__(self, document, start, end, unit, kind, power, where):
        self.document, self.start, self.end = document, start, end
        self.unit, self.kind, self.power, self.where = unit, kind, power, where
        self.text = folded(document.characters[start:end])
        self.page = document.page_of(start)
        self.value, self.decimals = read(self.text)
        self.relations = []

    @property
    def worth(self):
        return self.value.scaleb(self.power)

    @property
    def exponent(self):
        return self.power - self.decimals

    @property
    def exact(self):
        return self.kind == "score" or (self.kind == "count" and self.exponent >= 0 and self.power == 0)

    def __repr__(self):
        return f"{self.text}{self.unit} ({self.where})"


def read(text):
    """Value and printed decimals of a number."""
    if text in NUMERALS:
        return Decimal(NUMERALS.index(text)), 0
    plain = re.sub("[,，]", "", text).replace("−", "-").replace("－", "-").replace("—", "-")
    value = Decimal(plain)
    return value, max(0, -value.as_tuple().exponent)


def kind_of(unit):
    power, word = UNIT.match(unit).groups()
    if word == "元":
        return "amount", POWERS[power]
    if word in ("%", "个百分点"):
        return "percent", 0
    if word == "分" and not power:
        return "score", 0
    return "count", POWERS[power]


def figure_at(document, start, end, where):
    """The figure printed within a stretch of folded prose (its number, with the unit behind it)."""
    raw = document.prose.text[start:end]
    match = NUMBER.search(raw)
    if match:
        unit = raw[match.end():]
        first, last = match.span()
    else:
        match = re.search(f"[{NUMERALS}]", raw)
        if not match:
            return None
        first, last, unit = match.start(), match.end(), raw[match.end():]
    kind, power = kind_of(unit)
    a, b = document.prose.span(start + first, start + last)
    return Figure(document, a, b, unit, kind, power, where)
