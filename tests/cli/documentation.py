#!/usr/bin/python3
"""The documentation says what is there: every table, view and column, every command and option; and
its examples run."""
import glob
import os
import re
import sqlite3
import subprocess

import support
from support import GOUJI, SAMPLES, SOURCE, gouji

DATABASE = os.path.join(SOURCE, "docs", "database.md")
COMMANDS = os.path.join(SOURCE, "docs", "commands.md")
MANUAL = os.path.join(SOURCE, "docs", "gouji.1")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def blocks(text, language):
    """The fenced blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.S | re.M)


def chapters(text, level):
    """Heading and text of each chapter of this level."""
    mark = "#" * level
    return dict(re.findall(rf"^{mark} `?(?:gouji )?([\w-]+)`?[^\n]*\n(.*?)(?=^#{{1,{level}}} |\Z)", text, re.S | re.M))


def documented_columns(chapter):
    """The names in the first column of the chapter's table."""
    first = re.findall(r"^\| ([^|]*) \|", chapter, re.M)
    return [name for cell in first for name in re.findall(r"`(\w+)`", cell)]


def options_of(command, *more):
    """The long options that the program's own help lists."""
    text = gouji(command, *more, "--help").stdout
    return set(re.findall(r"^\s+(?:-\w, )?--([\w-]+)", text, re.M)) - {"help", "help-all"}


def commands():
    return re.findall(r"^  ([a-z]+) ", gouji("--help").stdout, re.M)


class Database(support.Case):
    def schema(self):
        """The schema's tables and views with their columns, from the migrations alone."""
        connection = sqlite3.connect(":memory:")
        for path in sorted(glob.glob(os.path.join(SOURCE, "load", "schema", "[0-9]*.sql"))):
            connection.executescript(read(path))
        names = connection.execute("SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')"
                                   " AND name NOT LIKE 'sqlite_%'").fetchall()
        virtual = [name for name, in connection.execute(
            "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%'")]
        return {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
                for name, _ in names
                if not any(name.startswith(table + "_") for table in virtual)}

    def test_every_table_and_column(self):
        documented = chapters(read(DATABASE), 3)
        schema = self.schema()
        self.assertEqual(sorted(documented), sorted(schema))
        for name, columns in schema.items():
            with self.subTest(name):
                said = documented_columns(documented[name])
                if name == "facts_numeric":
                    columns = [column for column in columns if column.startswith("number")]
                    said.remove("facts")
                if name != "yearbook_documents":
                    self.assertEqual(sorted(said), sorted(columns))

    def test_examples_run(self):
        database = self.ingest(SAMPLES)
        examples = blocks(read(DATABASE), "sql")
        self.assertGreater(len(examples), 5)
        for example in examples:
            with self.subTest(example[:60]):
                rows = database.execute(example).fetchall()
                if "may be empty" not in example:
                    self.assertTrue(rows, "the example finds nothing in the samples")


class Commands(support.Case):
    def test_every_command_and_option(self):
        documented = chapters(read(COMMANDS), 2)
        manual = read(MANUAL).replace("\\-", "-")
        for command in commands():
            with self.subTest(command):
                self.assertIn(command, documented)
                options = options_of(command)
                said = set(re.findall(r"`(?:-\w, )?--([\w-]+)", documented[command])) - {"help"}
                self.assertFalse(options - said, "options that are not documented")
                self.assertFalse(said - options, "documented options that are not there")
                self.assertEqual(set(re.findall(r"^\.BI? --([\w-]+)", self.section(manual, command), re.M)), options)

    def section(self, manual, command):
        """What the manual page says of a command."""
        found = re.findall(rf"^\.SS {command}\b.*?(?=^\.S[SH] )", manual, re.M | re.S)
        self.assertEqual(len(found), 1, "sections of the manual page")
        return found[0]

    def test_nothing_else_is_promised(self):
        self.assertFalse(set(chapters(read(COMMANDS), 2)) - set(commands()))
        self.assertEqual(set(re.findall(r"^\.SS (\w+)", read(MANUAL), re.M)), set(commands()))

    def test_manual_page_is_whole(self):
        manual = read(MANUAL).replace("\\-", "-")
        self.assertEqual(re.findall(r"^\.SH (.*)", manual, re.M),
                         ["NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES",
                          "SEE ALSO"])
        told = set(re.findall(r"\b(\d+)\b", re.search(r"\*\*Exit status\*\*(.*?)\n- ", read(COMMANDS), re.S)[1]))
        self.assertEqual(set(re.findall(r"^\.B (\d+)$", manual, re.M)), told)
        examples = re.findall(r"^\.EX\n(.*?)^\.EE", manual, re.M | re.S)
        used = [words.split() for block in examples for words in re.findall(r"\bgouji ([^|\n]*)", block)]
        self.assertGreater(len(used), 10)
        for command, *words in used:
            self.assertLessEqual({word[2:] for word in words if word.startswith("--")}, options_of(command), command)

    def test_usage_errors(self):
        for command in commands():
            with self.subTest(command):
                done = gouji(command, "--no-such-option", status=2)
                self.assertEqual(done.stdout, "")
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)

    def test_manual_page(self):
        done = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", MANUAL],
                              capture_output=True, text=True, env={**os.environ, "MANWIDTH": "80"})
        self.assertEqual((done.returncode, done.stderr), (0, ""))


class Examples(support.Case):
    """The ```console blocks: each line after “$ ” is run, in one folder, where samples/ is; what follows
    is what it prints, “…” standing for anything, “# exit N” telling the exit status."""

    def run_block(self, block, folder):
        environment = {**os.environ, "PATH": os.path.dirname(GOUJI) + ":" + os.environ["PATH"]}
        for command, expected in re.findall(r"^\$ ([^\n]*(?:\\\n[^\n]*)*)\n((?:(?!\$ )[^\n]*\n)*)", block, re.M):
            done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment,
                                  capture_output=True, text=True)
            status = re.search(r"# exit (\d)\s*$", command)
            self.assertEqual(done.returncode, int(status[1]) if status else 0, command + "\n" + done.stderr)
            pattern = re.escape(expected.rstrip("\n")).replace("…", ".*?")
            if expected:
                self.assertRegex(done.stdout + done.stderr, re.compile(r"\A" + pattern + r"\s*\Z", re.S), command)

    def check_file(self, name):
        folder = self.path(os.path.basename(name))
        os.makedirs(os.path.join(folder, "build"))
        os.symlink(SAMPLES, os.path.join(folder, "samples"))
        os.symlink(os.path.join(SOURCE, "patterns"), os.path.join(folder, "patterns"))
        os.symlink(GOUJI, os.path.join(folder, "build", "gouji"))
        examples = blocks(read(os.path.join(SOURCE, name)), "console")
        self.assertTrue(examples)
        for block in examples:
            with self.subTest(name + ": " + block.splitlines()[0]):
                self.run_block(block, folder)

    def test_commands(self):
        self.check_file("docs/commands.md")

    def test_readme(self):
        self.check_file("README.md")

    def test_chinese_readme(self):
        self.check_file("README.zh-CN.md")

    def test_links(self):
        """Every file that the documentation names in a link is there."""
        for name in ("README.md", "README.zh-CN.md", "ARCHITECTURE.md", "docs/commands.md", "docs/database.md",
                     "samples/README.md"):
            text = read(os.path.join(SOURCE, name))
            for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
                path = os.path.join(SOURCE, os.path.dirname(name), link)
                self.assertTrue(os.path.exists(path), f"{name}: {link}")


class Installation(support.Case):
    def test_install(self):
        """Everything that a package needs, in its place; the grammars find one another."""
        done = subprocess.run(["make", "-s", "-C", SOURCE, "install", "PREFIX=/usr", "DESTDIR=" + self.folder,
                               "BUILD=" + os.path.relpath(os.path.dirname(GOUJI), SOURCE), "V=1"],
                              capture_output=True, text=True,
                              env={k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS")})
        self.assertEqual(done.returncode, 0, done.stderr)
        for name in ("bin/gouji", "share/gouji/patterns/units.xml", "share/gouji/patterns/units.rng",
                     "share/gouji/schema/report.rng", "share/man/man1/gouji.1", "share/doc/gouji/README.md",
                     "share/doc/gouji/database.md", "share/locale/zh_CN/LC_MESSAGES/gouji.mo"):
            self.assertTrue(os.path.exists(os.path.join(self.folder, "usr", name)), name)
        schema = os.path.join(self.folder, "usr/share/gouji/schema")
        seed = os.path.join(SOURCE, "tests/fuzz/corpus/report/small.xml")
        done = subprocess.run(["xmllint", "--noout", "--relaxng", schema + "/report.rng", seed],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    support.main()
