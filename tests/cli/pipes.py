#!/usr/bin/python3
"""The stages through pipes give what ingest gives, and ingest gives the same whatever the number of
jobs and the order of the files."""
import glob
import gzip
import os
import subprocess

import support
from support import GOUJI, SAMPLES, gouji


class Pipes(support.Case):
    def counts(self, name):
        """The number of rows of every table; runs are the run's own."""
        database = self.database(name)
        tables = [row[0] for row in database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'search%' AND name <> 'runs' ORDER BY name")]
        return {table: database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables}

    def documents(self, name):
        """The stored Documents by hash."""
        return {row[0]: gzip.decompress(row[1]).decode() for row in self.database(name).execute(
            "SELECT sha256, document_xml FROM documents WHERE document_xml IS NOT NULL")}

    def exported(self, name):
        """Everything that is in an archive, without keys, times and runs, a line a row."""
        gouji("export", "--db", name, "--json", name + ".json")
        with open(name + ".json", encoding="utf-8") as file:
            return file.read().splitlines()

    def pipe(self, name, paths):
        for path in paths:
            done = subprocess.run(["bash", "-o", "pipefail", "-c",
                                   '"$0" extract "$1" | "$0" normalize | "$0" load --db "$2"', GOUJI, path, name],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)

    def compare(self, one, two):
        self.assertTrue(self.counts(one)["facts"])
        for left, right in zip(self.exported(one), self.exported(two)):
            self.assertEqual(left, right)
        self.assertEqual(self.counts(one), self.counts(two))
        self.assertEqual(self.documents(one), self.documents(two))

    def test_one_report(self):
        path = os.path.join(SAMPLES, "transport-2021.pdf")
        gouji("ingest", "--quiet", "--db", self.path("ingest.db"), path)
        self.pipe(self.path("pipe.db"), [path])
        self.compare(self.path("ingest.db"), self.path("pipe.db"))

    def test_several_reports(self):
        paths = sorted(glob.glob(os.path.join(SAMPLES, "*.pdf")))
        gouji("ingest", "--quiet", "--jobs", "1", "--db", self.path("ingest.db"), *paths)
        self.pipe(self.path("pipe.db"), paths)
        self.compare(self.path("ingest.db"), self.path("pipe.db"))

    @support.needs_shared
    def test_real_reports(self):
        """Fonts that are not embedded, character maps, form fields: a worker may open what it needs."""
        paths = sorted(glob.glob(os.path.join(support.SHARED, "reports", "*.pdf")))
        gouji("ingest", "--quiet", "--jobs", "1", "--db", self.path("ingest.db"), *paths)
        self.pipe(self.path("pipe.db"), paths)
        self.compare(self.path("ingest.db"), self.path("pipe.db"))

    def test_jobs_make_no_difference(self):
        paths = sorted(glob.glob(os.path.join(SAMPLES, "*.pdf")))
        for jobs, order in ((1, paths), (2, paths[::-1])):
            gouji("ingest", "--quiet", "--jobs", str(jobs), "--db", self.path(f"{jobs}.db"), *order)
        self.compare(self.path("1.db"), self.path("2.db"))

    def test_twice_is_once(self):
        name = self.path("twice.db")
        for _ in range(2):
            gouji("ingest", "--quiet", "--db", name, SAMPLES)
        database = self.database(name)
        files = len(glob.glob(os.path.join(SAMPLES, "*.pdf")))
        self.assertEqual(database.execute("SELECT COUNT(*) FROM documents").fetchone()[0], files)

    def test_a_broken_pipe_says_so(self):
        for text in ("", "<document", "not XML", "<report version='1'/>"):
            with self.subTest(text):
                done = gouji("normalize", stdin=text, status=1)
                self.assertEqual((done.stdout, len(done.stderr.strip().splitlines())), ("", 1))
                done = gouji("load", "--db", self.path("none.db"), stdin=text, status=1)
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)


if __name__ == "__main__":
    support.main()
