#!/usr/bin/python3
"""The stages through pipes give what ingest gives, and ingest gives the same whatever the number of
jobs and the order of the files."""
import glob
import gzip
import os
import re
import stat
import subprocess

import support
from support import GOUJI, SAMPLES, gouji


class Pipes(support.Case):
    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return file.name

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

    def test_results_that_do_not_arrive(self):
        """Whatever writes to standard output says, once, that it could not, and is no success."""
        name, document = self.path("a.db"), self.path("document.xml")
        path = os.path.join(SAMPLES, "transport-2021.pdf")
        gouji("ingest", "--quiet", "--db", name, path)
        gouji("departments", "import", self.write("d.csv", "编码,名称\n01,甲局\n"), "--db", name)
        self.write("document.xml", gouji("extract", path).stdout)
        commands = re.findall(r"^  ([a-z]+) ", gouji("--help").stdout, re.M)
        self.assertGreater(len(commands), 15)
        results = [["--version"], ["--help"], ["help"], ["rules"], ["patterns"], ["extract", path],
                   ["extract", "--text", path], ["normalize", document],
                   *([command, "--help"] for command in commands),
                   *([*words.split(), "--db", name] for words in (
                       "findings", "findings --format csv", "findings --format json", "findings --unchecked",
                       "search 交通", "departments", "missing --year 2021", "doctor", "export --json -")),
                   ["parse"], ["parse", "--format", "table"]]
        for words in results:
            with self.subTest(words):
                with open("/dev/full", "w") as full:
                    done = subprocess.run([GOUJI, *words], input="预算12万元\n" * 9, stdout=full, timeout=60,
                                          stderr=subprocess.PIPE, text=True)
                self.assertEqual(done.returncode, 2 if "export" in words and "-" in words else 1, done.stderr)
                self.assertIn("No space left" if "-" in words else "cannot write to standard output", done.stderr)

    def test_exports_to_other_than_files(self):
        name, pipe = self.path("a.db"), self.path("pipe")
        gouji("ingest", "--quiet", "--db", name, os.path.join(SAMPLES, "transport-2021.pdf"))
        os.mkfifo(pipe)
        for option in ("--json", "--xlsx", "--csv"):
            done = gouji("export", "--db", name, option, pipe, status=2)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
            self.assertTrue(stat.S_ISFIFO(os.stat(pipe).st_mode), option)
        gouji("export", "--db", name, "--json", self.path("a.json"))
        with open(self.path("a.json"), encoding="utf-8") as file:
            self.assertEqual(gouji("export", "--db", name, "--json", "-").stdout, file.read())


if __name__ == "__main__":
    support.main()
