#!/usr/bin/python3
# quick
"""Reports in the layouts of other places, each consistent: nothing may be said against them. Below
the line ----- of each file stand wrong figures, `RULE old => new`, that must be found."""
import glob
import os
from concurrent.futures import ThreadPoolExecutor

import support
from support import SOURCE, normalize

FOLDER = os.path.join(SOURCE, "tests", "layouts")


def read(path):
    """The text of a report and the changes that break it: (rules, old, new)."""
    with open(path, encoding="utf-8") as file:
        text, _, rest = file.read().partition("\n-----\n")
    changes = []
    for line in rest.splitlines():
        rules, _, change = line.partition(" ")
        old, _, new = change.partition(" => ")
        changes.append((set(rules.split("|")), old, new))
    return text, changes


def alarms(reading):
    return [(f["rule"], f["severity"], f["message"]) for f in reading.findings if f["severity"] != "hint"]


class Layouts(support.Case):
    def check(self, path):
        text, changes = read(path)
        clean = normalize(text)
        yield None, alarms(clean)
        for rules, old, new in changes:
            assert text.count(old) == 1, (path, old, text.count(old))
            found = normalize(text.replace(old, new)).findings
            yield (rules, old, new), [f["message"] for f in found if f["rule"] in rules]

    def test_layouts(self):
        paths = sorted(glob.glob(os.path.join(FOLDER, "*.txt")))
        self.assertGreaterEqual(len(paths), 20)
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda path: (path, list(self.check(path))), paths))
        for path, outcomes in results:
            name = os.path.basename(path)
            for change, messages in outcomes:
                if change is None:
                    with self.subTest(name=name):
                        self.assertEqual(messages, [])
                else:
                    with self.subTest(name=name, change=change):
                        self.assertTrue(messages)


if __name__ == "__main__":
    support.main()
