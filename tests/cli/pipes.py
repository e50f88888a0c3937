#!/usr/bin/python3
"""The stages through pipes give what ingest gives, and ingest gives the same whatever the number of
jobs and the order of the files."""
import glob
import os
import subprocess

import support
from support import GOUJI, SAMPLES, gouji

# What tells of the run, not of the report.
OF_THE_RUN = {"runs": None, "documents": {"ingested_at", "run_id"}, "originals": None}


class Pipes(support.Case):
    def rows(self, name):
        """Every row of every table as text, keys of documents replaced by their content's hash."""
        database = self.database(name)
        tables = [row[0] for row in database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'search%' ORDER BY name")]
        found = {}
        for table in tables:
            without = OF_THE_RUN.get(table, set())
            if without is None:
                continue
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")
                       if row[1] not in without]
            found[table] = database.execute(
                f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2").fetchall()
        return {table: [tuple(row) for row in rows] for table, rows in found.items()}

    def pipe(self, name, paths):
        for path in paths:
            done = subprocess.run(["bash", "-o", "pipefail", "-c",
                                   '"$0" extract "$1" | "$0" normalize | "$0" load --db "$2"', GOUJI, path, name],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)

    def compare(self, one, two):
        left, right = self.rows(one), self.rows(two)
        self.assertEqual(sorted(left), sorted(right))
        self.assertTrue(left["facts"] and left["documents"])
        for table, rows in left.items():
            self.assertEqual(len(rows), len(right[table]), table)
            for mine, other in zip(rows, right[table]):
                self.assertEqual(mine, other, table)

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
        """Keys may differ; the content may not."""
        def content(jobs, paths):
            name = self.path(f"{jobs}.db")
            gouji("ingest", "--quiet", "--jobs", str(jobs), "--db", name, *paths)
            return sorted(tuple(row) for row in self.database(name).execute(
                "SELECT d.sha256, d.department, d.year, f.kind, f.label, f.value, f.raw, f.page, f.x0, f.y0"
                " FROM facts f JOIN documents d ON d.id = f.document_id"))
        paths = sorted(glob.glob(os.path.join(SAMPLES, "*.pdf")))
        self.assertEqual(content(1, paths), content(2, paths[::-1]))

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
