#!/usr/bin/python3
# quick
"""Reports in the layouts of other places, each consistent: nothing may be said against them. Below
the line ----- of each file stand wrong figures, `RULE old => new`, that must be found by one of the
rules; below ----- missed those that are known not to be found, so that it is said. One that is found
after all moves up."""
import glob
import os
from concurrent.futures import ThreadPoolExecutor

import support
from support import SOURCE, normalize

FOLDER = os.path.join(SOURCE, "tests", "layouts")


def read(path):
    """The text of a report and the changes that break it: (rules, old, new, known to be missed)."""
    with open(path, encoding="utf-8") as file:
        text, *parts = file.read().split("\n-----")
    changes = []
    for part in parts:
        head, *lines = part.strip("\n").split("\n") if part.startswith(" ") else ["", *part.strip("\n").split("\n")]
        for line in lines:
            rules, _, change = line.partition(" ")
            old, _, new = change.partition(" =>")
            changes.append((set(rules.split("|")), old, new[1:], head.strip() == "missed"))
    return text, changes


def alarms(reading):
    return [(f["rule"], f["severity"], f["message"]) for f in reading.findings if f["severity"] != "hint"]


def told(reading, rules):
    """What is said by one of the rules: by itself, or with others of one cause."""
    causes = {int(c["finding"]) for c in reading.checks
              if c["rule"] in rules and c["outcome"] == "fail" and c.get("finding") is not None}
    return {(f["rule"], f["message"]) for i, f in enumerate(reading.findings)
            if f["rule"] in rules or i in causes}


class Layouts(support.Case):
    def check(self, path):
        text, changes = read(path)
        clean = normalize(text)
        yield None, alarms(clean)
        for rules, old, new, missed in changes:
            assert text.count(old) == 1, (path, old, text.count(old))
            found = told(normalize(text.replace(old, new)), rules) - told(clean, rules)
            yield (sorted(rules), old, new), bool(found) != missed

    def test_layouts(self):
        paths = sorted(glob.glob(os.path.join(FOLDER, "*.txt")))
        self.assertGreaterEqual(len(paths), 20)
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda path: (path, list(self.check(path))), paths))
        for path, outcomes in results:
            name = os.path.basename(path)
            for change, right in outcomes:
                with self.subTest(name=name, change=change):
                    if change is None:
                        self.assertEqual(right, [])
                    else:
                        self.assertTrue(right)


if __name__ == "__main__":
    support.main()
