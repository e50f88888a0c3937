#!/usr/bin/python3
# quick
"""gouji rules: the whole catalogue is there, each rule once, what is not written says so."""
import os
import re
import shutil

import rule_texts
import support


ROW = re.compile(r"^([A-Z]{3}-\d\d) +([^ ]+) ", re.M)
RULES = r"([A-Z]{3}-\d\d(?:\|[A-Z]{3}-\d\d)*)"
CALL = re.compile(r"self\.(holds|breaks)\((?:(?!self\.)[^#])*?\"" + RULES + '"')
OUTCOME = re.compile(r"\"([A-Z]{3}-\d\d)\"\), \"(fail|pass|-)\"")
TEST = re.compile(r"    def test_.*?(?=\n    def |\nclass |\Z)", re.S)


def source(name):
    with open(os.path.join(support.SOURCE, "tests", "cli", name), encoding="utf-8") as file:
        return file.read()


def examples():
    """The rules that the tests show firing, and those that they show silent: texts with the outcomes of their
    checks, tables that hold and break, archives whose outcomes and findings are told."""
    fires, silent = set(), set()
    rows = [(rule, outcome) for rule, outcome, _ in rule_texts.cases()]
    rows += ROW.findall(source("relations.py")) + OUTCOME.findall(source("rule_texts.py"))
    for rule, outcome in rows:
        (fires if "fail" in outcome else silent).add(rule)
    for call, rules in CALL.findall(source("table_relations.py")):
        (fires if call == "breaks" else silent).update(rules.split("|"))
    for test in TEST.findall(source("archive.py")):
        for rule in re.findall(r"XDC-\d\d|DUP-\d\d", test):
            fires.update([rule] if re.search(r"\"fail\"|similar\(\), \[\(|报送", test) else [])
            silent.update([rule] if re.search(r"\"pass\"|\[\]\)|丙局|三\.pdf", test) else [])
    return fires, silent


class Rules(support.Case):
    def rules(self):
        text = support.gouji("rules", "--patterns", os.path.join(support.SOURCE, "patterns")).stdout
        return [re.split(r" {2,}", line, maxsplit=3) for line in text.splitlines()]

    def test_catalogue(self):
        rows = self.rules()
        self.assertEqual(len(rows), 130)
        self.assertEqual(len({row[0] for row in rows}), 130)
        for row in rows:
            self.assertEqual(len(row), 4, row)
            self.assertIn(row[1], ("error", "warning", "hint"))
            self.assertTrue(row[3])
        kinds = {row[0]: row[2] for row in rows}
        self.assertEqual(kinds["SUM-01"], "sum")
        self.assertEqual(kinds["YOY-08"], "explanation")

    def test_every_rule_fires_and_does_not(self):
        """Each rule has a sample on which it fires and one on which it must not, in the tests that run them."""
        fires, silent = examples()
        written = {row[0] for row in self.rules() if row[2] != "explanation"}
        self.assertEqual((sorted(written - fires), sorted(written - silent)), ([], []))

    def refused(self, rules):
        folder = self.path("patterns")
        os.mkdir(folder)
        shutil.copy(os.path.join(support.SOURCE, "patterns", "rules.rng"), folder)
        with open(os.path.join(folder, "rules.xml"), "w", encoding="utf-8") as file:
            file.write("<rules>\n" + rules + "\n</rules>\n")
        return support.gouji("rules", "--patterns", folder, status=2).stderr

    def test_unknown_kind(self):
        self.assertIn("rules.xml:2: no such kind of check", self.refused(
            '<rule id="SUM-01" severity="error" kind="magic" zh="一" en="one"/>'))

    def test_twice(self):
        rule = '<rule id="SUM-01" severity="error" zh="一" en="one"/>'
        self.assertIn("rules.xml:3: the rule stands there twice", self.refused(rule + "\n" + rule))

    def test_broken_expression(self):
        self.assertIn("rules.xml:2:", self.refused(
            '<rule id="TXT-05" severity="hint" kind="phrase" zh="一" en="one"><match>(</match></rule>'))

    def test_grammar(self):
        self.assertIn("rules.xml:2:", self.refused('<rule id="SUM-1" severity="error" zh="一" en="one"/>'))


if __name__ == "__main__":
    support.main()
