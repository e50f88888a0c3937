#!/usr/bin/python3
# quick
"""The samples: what the program makes of each PDF against the truth written beside it by hand.

One function a truth file; samples/README.md describes them.
"""
import csv
import functools
import glob
import json
import os
import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher

import support
from support import SAMPLES

# Years and dates are named by what they lead in, which truth does not spell out.
NAMELESS = ("year", "date")
LABELS_AGREE = 0.98
DATES_RIGHT = 0.95
ROLES_RIGHT = 0.99
HOLDS_FOUND = 0.99
TOLD = 0.95


def rows(name, table):
    path = os.path.join(SAMPLES, name + ".truth", table + ".tsv")
    with open(path, encoding="utf8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))


def names():
    return sorted(os.path.basename(path).removesuffix(".truth")
                  for path in glob.glob(os.path.join(SAMPLES, "*.truth")))


@functools.cache
def report(name):
    return support.report(os.path.join(SAMPLES, name + ".pdf"))


def folded(text):
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text or ""))


def facts(root, source):
    """Facts as dictionaries, with the code of their section."""
    codes = [section.get("code") for section in root.find("sections")]
    found = []
    for fact in root.find("facts"):
        if fact.get("source") == source:
            section = fact.get("section")
            found.append({**fact.attrib, "section": codes[int(section)] if section else ""})
    return found


def figure(fact):
    """What two rows must share to be the same figure."""
    value = fact["value"]
    if fact.get("value-high"):
        value += ".." + fact["value-high"]
    return fact["kind"], value, fact.get("unit") or "", fact["qualifier"]


def pairs(found, wanted):
    """Facts of the program beside those of the truth, in the order of the text."""
    matcher = SequenceMatcher(None, [figure(f) for f in found], [figure(w) for w in wanted], False)
    for block in matcher.get_matching_blocks():
        for k in range(block.size):
            yield found[block.a + k], wanted[block.b + k]


def names_the_same(label, truth):
    """A reader would say so: the words of the truth are there, in any order, and not a sentence
    more; or the end of it, which names the thing, where the rest is said by the text around it."""
    label = folded(label)
    truth = re.sub(r"\(.*?\)|[数额值]$", "", folded(truth))
    common = sum((Counter(label) & Counter(truth)).values())
    return (common >= 0.6 * len(truth) and len(label) <= 3 * len(truth) + 8) or \
        (len(label) >= 2 and truth.endswith(label))


def compare(found, wanted, nameless=False):
    """Figures that are missing and that are too many: years and dates, or all others."""
    found, wanted = (Counter(figure(f) for f in facts if (f["kind"] in NAMELESS) == nameless)
                     for facts in (found, wanted))
    return ([f"missing {key} x{n}" for key, n in (wanted - found).items()] +
            [f"extra {key} x{n}" for key, n in (found - wanted).items()])


def wrong_labels(found, wanted):
    """Labels that a reader would not give, and how many were asked for."""
    asked = [pair for pair in pairs(found, wanted) if pair[1]["kind"] not in NAMELESS]
    return [f"{truth['label']} {truth['raw']}: {fact.get('label')}" for fact, truth in asked
            if not names_the_same(fact.get("label"), truth["label"])], len(asked)


def wrong_roles(found, wanted):
    return [f"{truth['label']} {truth['raw']}: {fact.get('role')}, not {truth['role']}"
            for fact, truth in pairs(found, wanted)
            if truth["role"] and truth["role"] != fact.get("role")]


def judged(root, name):
    """Checks or findings as dictionaries, with the values of their facts."""
    values = [fact.get("value") for fact in root.find("facts")]
    return [{**element.attrib, "values": Counter(values[int(member.get("fact"))] for member in element)}
            for element in root.find(name)]


def is_asked(row, one, columns):
    """Whether a check or a finding is the one that a row of the truth names: its rule, or one of them,
    with the values of its facts, and what else the row says."""
    values = Counter() if not one["values"] else Counter(row["values"].split()) - one["values"]
    return one["rule"] in row["rule"].split("|") and not values and \
        all(not row[column] or row[column] == one.get(column) for column in columns)


def missing_checks(name, root):
    checks = judged(root, "checks")
    return [f"{row['id']} {row['rule']} {row['outcome']} {row['values']}: {row['note']}"
            for row in rows(name, "holds") if not any(is_asked(row, one, ["outcome"]) for one in checks)]


FINDING = ["severity", "certainty", "expected", "actual", "difference", "unit"]


def missing_findings(name, root):
    findings = judged(root, "findings")
    return [f"{row['id']} {row['rule']} {row['values']}: {row['note']}" for row in rows(name, "findings")
            if row["presence"] == "must" and not any(is_asked(row, one, FINDING) for one in findings)]


def false_alarms(name, root):
    """Errors and warnings that the truth does not know."""
    known = rows(name, "findings")
    return [f"{one['rule']} {one['message']}" for one in judged(root, "findings")
            if one["severity"] != "hint" and not any(is_asked(row, one, []) for row in known)]


class Samples(support.Case):
    def none(self, of, names=names()):
        """Nothing is wrong with any sample: `of` gives what is, a line each."""
        self.assertEqual([f"{name}: {line}" for name in names for line in of(name, report(name))], [])

    def text(self, name, root):
        return facts(root, "text"), [row for row in rows(name, "facts") if row["source"] == "text"]

    def test_document(self):
        def wrong(name, root):
            (wanted,) = rows(name, "document")
            return [f"{key}: {root.get(key.replace('_', '-'))}, not {value}"
                    for key, value in wanted.items()
                    if folded(root.get(key.replace("_", "-"))) != folded(value)]
        self.none(wrong)

    def test_headings(self):
        def wrong(name, root):
            wanted, found = rows(name, "headings"), list(root.find("sections"))
            if len(found) != len(wanted):
                return [f"{len(found)} headings, not {len(wanted)}"]
            return [f"{folded(section.get('title'))}: not as {row}"
                    for section, row in zip(found, wanted)
                    if folded(section.get("number")) != folded(row["number"]) or
                    folded(section.get("title")) != folded(row["title"]) or
                    (all(row["level"] for row in wanted) and section.get("level") != row["level"])]
        self.none(wrong)

    def test_figures_of_the_text(self):
        self.none(lambda name, root: compare(*self.text(name, root)))

    def test_years_and_dates(self):
        wrong, total = [], 0
        for name in names():
            found, wanted = self.text(name, report(name))
            wrong += [f"{name}: {line}" for line in compare(found, wanted, nameless=True)]
            total += sum(row["kind"] in NAMELESS for row in wanted)
        self.assertGreaterEqual(1 - len(wrong) / total, DATES_RIGHT, "\n".join(wrong))

    def test_where_and_as_what_they_stand(self):
        self.none(lambda name, root: [
            f"{truth['raw']} in {truth['section']}: {fact['raw']} in {fact['section']}"
            for fact, truth in pairs(*self.text(name, root))
            if folded(fact["raw"]) != folded(truth["raw"]) or
            (truth["section"] and fact["section"] != truth["section"])])

    def test_roles(self):
        wrong, total = [], 0
        for name in names():
            found, wanted = self.text(name, report(name))
            wrong += [f"{name}: {line}" for line in wrong_roles(found, wanted)]
            total += sum(bool(row["role"]) for row in wanted)
        self.assertGreaterEqual(1 - len(wrong) / total, ROLES_RIGHT, "\n".join(wrong))

    def test_labels(self):
        wrong, total = [], 0
        for name in names():
            lines, asked = wrong_labels(*self.text(name, report(name)))
            wrong += [f"{name}: {line}" for line in lines]
            total += asked
        self.assertGreaterEqual(1 - len(wrong) / total, LABELS_AGREE, "\n".join(wrong))

    def most(self, least, of, truth):
        """At least so large a part of the rows of the truth is met; `of` gives those that are not."""
        wrong, total = [], 0
        for name in names():
            wrong += [f"{name}: {line}" for line in of(name, report(name))]
            total += sum(row.get("presence") != "may" for row in rows(name, truth))
        self.assertGreaterEqual(1 - len(wrong) / total, least, "\n".join(wrong))

    def test_what_holds_is_checked(self):
        self.most(HOLDS_FOUND, missing_checks, "holds")

    def test_what_is_wrong_is_told(self):
        self.most(TOLD, missing_findings, "findings")

    def test_no_false_alarm(self):
        self.none(false_alarms)

    def test_figures_of_tables(self):
        def wrong(name, root):
            found = facts(root, "table")
            for row in rows(name, "facts"):
                if row["source"] == "table" and not any(
                        figure(fact) == figure(row) and folded(fact["raw"]) == folded(row["raw"]) and
                        all(word in folded(fact["label"]) for word in row["label"].split())
                        for fact in found):
                    yield f"{row['label']} {row['raw']}"
        self.none(wrong)

    def test_every_number_of_a_cell_is_a_fact(self):
        def wrong(name, root):
            path = os.path.join(SAMPLES, name + ".truth/tables.json")
            if not os.path.exists(path):
                return
            with open(path, encoding="utf8") as opened:
                tables = json.load(opened)
            places = {(f["table"], f["row"], f["column"]) for f in facts(root, "table")}
            for index, table in enumerate(tables):
                for cell in table["cells"]:
                    if re.fullmatch(r"-?[\d,]+\.\d+%?", cell["text"]) and \
                            (str(index), str(cell["row"]), str(cell["col"])) not in places:
                        yield f"table {index}: {cell}"
        self.none(wrong)


if __name__ == "__main__":
    support.main()
