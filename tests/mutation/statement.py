"""Relations that running text states: from the truth of the samples, written by hand, and from lists
of figures by hand for reports that are not ours. A list has a line for each relation: its kind, the
figures as printed, in the order of ROLES, and words. Figures of one relation stand near each other;
`CAPTION|ROW|COLUMN` is a cell, `~` before a part takes it off, and `-` in a kind says that words tell a
decrease."""
import csv
import os
import re
from decimal import Decimal

from document import folded
from figure import figure_at
from grid import find, lookup
from relation import FAIL, Relation, sums

ROLES = {"ratio": ("denominator", "numerator", "rate"), "difference": ("this", "last", "change"),
         "deduction": ("weight", "earned", "deducted"), "order": ("larger", "smaller"),
         "growth": ("this", "change", "rate"), "increase": ("this", "last", "rate")}
SUMS = ("SUM-01", "SUM-03", "SUM-04", "SUM-05", "SUM-06", "SUM-07", "SUM-08", "SUM-09", "CNT-04", "WGT-01",
        "WGT-02", "SCO-01", "BAL-02", "CNT-07")
KINDS = {"EXE-01": "ratio", "EXE-08": "ratio", "CNT-09": "ratio", "PCT-04": "ratio", "BAL-04": "ratio",
         "YOY-01": "difference", "SCO-03": "deduction", "DED-02": "deduction", "CNT-05": "order",
         "XSC-01": "same", "SUM-02": "some", "BAL-01": "same"}
TABLE_WORDS = re.compile("表|一列|一行|逐级")
REACH = 2500  # characters that one relation of text may span
WHOLE = ("收入支出决算总表", "支出决算表")  # tables that have a namesake for 财政拨款


def nearest(choices):
    """One figure for each list of choices, all different, as near together as possible."""
    best = None
    for first in choices[0]:
        chosen = [first]
        for options in choices[1:]:
            free = [f for f in options if all(f.start != c.start for c in chosen)]
            if not free:
                break
            chosen.append(min(free, key=lambda f: (min(abs(f.start - c.start) for c in chosen[:1] + chosen[-1:]),
                                                   f.start)))
        else:
            span = max(f.start for f in chosen) - min(f.start for f in chosen)
            if best is None or span < best[0]:
                best = span, chosen
    return best[1] if best and best[0] <= REACH else None


def with_roles(kind, figures, sign, what, rule, less=None):
    if kind == "sum":
        return sums(figures[0], list(zip(figures, less))[1:] if less else figures[1:], what, rule)
    if kind == "some":
        roles = ["total"] + ["part"] * (len(figures) - 1)
    elif kind == "same":
        roles = ["same"] * len(figures)
    else:
        roles = list(ROLES[kind]) + [ROLES[kind][-1]] * (len(figures) - len(ROLES[kind]))
    signs = [sign if role in ("change", "rate") and kind in ("growth", "difference", "increase") else 1 for role in roles]
    return Relation("growth" if kind == "increase" else kind, list(zip(figures, roles, signs)), what, rule)


class Statements:
    def __init__(self, document, grids):
        self.document, self.grids = document, grids
        self.relations, self.missing, self.places = [], [], {}

    def at(self, start, end, where):
        """The figure printed at a stretch of the folded prose, once for each place."""
        figure = figure_at(self.document, start, end, where)
        return figure and self.places.setdefault(figure.start, figure)

    def add(self, kind, choices, sign, what, rule, less=None):
        figures = nearest(choices) if all(choices) else None
        if figures is None:
            self.missing.append(what)
            return
        relation = with_roles(kind, figures, sign, what, rule, less)
        relation.partial = kind == "sum" and self.is_partial(figures)
        (self.missing.append(f"does not hold: {what}") if relation.judge() == FAIL
         else self.relations.append(relation))

    def is_partial(self, figures):
        """Whether 其中 alone leads the parts: it may list only some."""
        between = self.document.characters[figures[0].end:max(figures[1].start, figures[0].end)]
        return "其中" in between and not re.search("包括|分别|共|由", between)

    # Samples

    def sample(self, folder):
        rows = table(folder, "facts")
        facts = self.facts([row for row in rows if row["source"] == "text"])
        for hold in table(folder, "holds"):
            if not TABLE_WORDS.search(hold["note"]):
                self.hold(hold, facts)

    def facts(self, rows):
        """(row, figure): the places of the facts, found in order."""
        found, at, text = [], 0, self.document.prose.text
        for row in rows:
            raw = folded(row["raw"])
            again = found[-1][2] if found and found[-1][0]["raw"] == row["raw"] else None
            place = place_of(text, raw, at)
            if place < 0 or (again is not None and place - at > 200):
                place = again if again is not None else place_of(text, raw, 0)
            if place < 0:
                self.missing.append(f"no fact {row['raw']}")
                continue
            at = max(at, place + len(raw))
            found.append((row, self.at(place, place + len(raw), f"text, {row['label']}"), place))
        return [(row, figure) for row, figure, _ in found if figure is not None]

    def hold(self, hold, facts):
        values = [Decimal(v.split("..")[0]) for v in hold["values"].split()]
        rule = hold["rule"].split("|")[0]
        named = [(row, f) for row, f in facts if hold["id"] in row["relation"].split()]
        choices = []
        for value in values:
            pool = [f for row, f in named if row["value"] and same_value(row, value)]
            pool = pool or [f for row, f in facts if row["value"] and same_value(row, value)]
            if rule[:3] in ("SCO", "DED", "WGT"):
                pool = [f for f in pool if f.kind == "score"]
            choices.append(list(dict.fromkeys(pool)))
        what = f"{hold['id']} {hold['note']}"
        if rule in ("CNT-02", "CNT-03"):
            if len(values) == 1 and choices[0]:
                self.relations.append(Relation("count", [(choices[0][0], "total", 1)], what, rule,
                                               counted=choices[0][0].value))
        elif rule in SUMS:
            self.add("sum", choices, 1, what, rule)
        elif rule == "BAL-05":
            self.add("sum", choices, 1, what, rule)
        elif rule == "BAL-06":
            self.balance(choices, what, rule)
        elif rule == "YOY-02":
            self.growth(choices, values, what)
        elif rule in KINDS:
            sign = -1 if rule == "YOY-01" and values[0] < values[1] else 1
            self.add(KINDS[rule], choices, sign, what, rule)

    def balance(self, choices, what, rule):
        figures = nearest(choices) if all(choices) else None
        if figures:
            self.relations.append(sums(figures[3], [figures[0], figures[1], (figures[2], -1)], what, rule))

    def growth(self, choices, values, what):
        """last, change, rate; or this, last, rate; or this, change, rate: what holds."""
        figures = nearest(choices) if all(choices) else None
        for roles in (("last", "change", "rate"), ("this", "last", "rate"), ("this", "change", "rate")):
            for sign in (1, -1):
                relation = figures and Relation("growth", list(zip(figures, roles, (1, 1, sign) if "change" not in
                                                                   roles else (1, sign, sign))), what, "YOY-02")
                if relation and relation.judge() != FAIL:
                    self.relations.append(relation)
                    return
        self.missing.append(what)

    # Lists by hand

    def listed(self, text):
        for line in text.splitlines():
            if line.strip() and not line.startswith("#"):
                kind, figures, *words = line.split("\t")
                self.line(kind, figures.split(), " ".join(words) or figures)

    def line(self, kind, printed, words):
        sign = -1 if kind.endswith("-") else 1
        choices = []
        for raw in printed:
            if "|" in raw:
                caption, row, title = raw.split("|")
                cell = lookup(find(self.grids, caption, without=("财政拨款",) if caption in WHOLE else ()),
                              row, title)
                choices.append([cell] if cell else [])
            else:
                choices.append(self.printed(raw.lstrip("~")))
        kind = kind.rstrip("+-")
        if kind == "same":
            cells = [c[0] for raw, c in zip(printed, choices) if "|" in raw and c]
            for raw, options in zip(printed, choices):
                if "|" not in raw and options and cells:
                    self.relations.append(Relation("same", [(options[0], "same", 1)] +
                                                   [(cell, "same", 1) for cell in cells], words, "text and table"))
            if not cells and all(choices):
                self.add("same", choices, 1, words, "text")
            elif not cells or not all(choices):
                self.missing.append(words)
            return
        if kind == "count" and choices[0]:
            self.relations.append(Relation("count", [(choices[0][0], "total", 1)], words, "text",
                                           counted=choices[0][0].value))
            return
        self.add(kind, choices, sign, words, "text", [-1 if raw.startswith("~") else 1 for raw in printed])

    def printed(self, raw):
        """Every place of a figure as printed; after `@` words of the sentence that it must follow."""
        raw, _, after = raw.partition("@")
        text, found, at = self.document.prose.text, [], 0
        if after:
            at = max(0, text.find(folded(after)))
            place = place_of(text, folded(raw), at)
            return [] if place < 0 else [self.at(place, place + len(folded(raw)), f"text, {after}")]
        while True:
            place = place_of(text, folded(raw), at)
            if place < 0:
                return found
            found.append(self.at(place, place + len(folded(raw)), f"text, {text[max(0, place - 8):place]}"))
            at = place + len(folded(raw))


def place_of(text, raw, at):
    """Where a figure is printed by itself, from `at` on, or −1."""
    while True:
        at = text.find(raw, at)
        if at <= 0 or not raw[0].isdigit() or not re.search(r"\d[.,]?$", text[max(0, at - 2):at]):
            return at
        at += 1


def same_value(row, value):
    try:
        return Decimal(row["value"].split("..")[0]) == value
    except ArithmeticError:
        return False


def table(folder, name):
    with open(os.path.join(folder, name + ".tsv"), encoding="utf8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))
