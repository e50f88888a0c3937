#!/usr/bin/python3
"""What is changed in clean reports is found: a part of the changes of `make bench`, which has them all,
always the same part. The unchanged reports give no error and no warning but those known to be right."""
import os
import subprocess
import sys

import support
from support import SHARED, SOURCE, gouji

sys.path.insert(0, os.path.join(SOURCE, "tests", "mutation"))
import harness  # noqa: E402
from change import changes  # noqa: E402

CHANGES_ONE_OF = 41  # prime, so that it meets every way
RELATIONS_MIN = 300
# Of changes found, and of those that another place confirms named. Plain texts are in other wordings than the
# program was made for; their floors are a little below what they have.
FLOORS = {"typeset": (0.97, 0.9), "text": (0.89, 0.6)}


class Mutation(support.Case):
    @classmethod
    def setUpClass(cls):
        cls.cleans = [*harness.samples(), *harness.real(), *harness.texts()]
        cls.normalizer = harness.Normalizer()
        for clean in cls.cleans:
            clean.start(cls.normalizer)

    @classmethod
    def tearDownClass(cls):
        cls.normalizer.close()

    def test_relations_are_enough(self):
        relations = {clean.name: len(clean.relations) for clean in self.cleans if clean.producer != harness.TEXT}
        self.assertGreaterEqual(sum(relations.values()), RELATIONS_MIN, relations)
        self.assertGreaterEqual(len({clean.producer.split()[0] for clean in self.cleans}), 3)
        if SHARED:
            self.assertGreaterEqual(len(relations), 8)
            theirs = sum(n for name, n in relations.items() if name.startswith("putuo"))
            self.assertGreaterEqual(2 * theirs, sum(relations.values()), relations)

    def test_changed_documents_are_documents(self):
        grammar = os.path.join(SOURCE, "extract", "document.rng")
        for clean in self.cleans[:2]:
            ways = {change.way: change for figure in clean.changed for change in changes(figure, clean.figures)}
            for way, change in ways.items():
                path = self.path(f"{way}.xml")
                with open(path, "w", encoding="utf8") as written:
                    written.write(change.xml())
                done = subprocess.run(["xmllint", "--noout", "--relaxng", grammar, path], capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, done.stderr[-500:])

    def test_the_driver_reads_as_the_program_does(self):
        clean = self.cleans[0]
        own = harness.Reading(gouji("normalize", stdin=clean.document.xml).stdout)
        self.assertEqual([(f.key(), f.places) for f in own.findings],
                         [(f.key(), f.places) for f in clean.base.findings])
        self.assertEqual(own.checks, clean.base.checks)

    def test_clean_reports_raise_no_alarm(self):
        for clean in self.cleans:
            with self.subTest(clean.name):
                self.assertEqual([(f.rule, f.message) for f in clean.alarms()], [])

    def test_changes_are_found(self):
        results = harness.run(self.cleans, self.normalizer, lambda i: i % CHANGES_ONE_OF == 0)
        told = []
        harness.misses(results, told.append)
        self.assertGreater(sum(r.want == "fail" for r in results), 300)
        self.assertEqual([repr(r.change) for r in results if r.want == "rounding" and r.loud], [], told)
        for kind, (found_min, named_min) in FLOORS.items():
            beyond = [r for r in results if r.want == "fail" and (r.clean.producer == harness.TEXT) == (kind == "text")]
            confirmed = [r for r in beyond if r.confirmed and r.found]
            named = sum(r.named == "right" for r in confirmed)
            with self.subTest(kind):
                self.assertGreaterEqual(sum(r.found for r in beyond) / len(beyond), found_min, "\n".join(told))
                self.assertGreaterEqual(named / len(confirmed), named_min)


if __name__ == "__main__":
    support.main()
