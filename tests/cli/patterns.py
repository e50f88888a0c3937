#!/usr/bin/python3
# quick
"""gouji patterns: what is wrong in a pattern file is refused with file, line and reason; what a user
adds takes effect; the examples of patterns/README.md work."""
import glob
import hashlib
import os
import re
import shutil
import subprocess

import support
from support import GOUJI, SOURCE, gouji

SAMPLE = os.path.join(SOURCE, "samples", "culture-2022.pdf")
PATTERNS = os.path.join(SOURCE, "patterns")

# What is put before the end of the root element, and what the complaint must say.
BROKEN = [
    ("measures.xml", "<measur id='x'>巢</measur>", ""),
    ("measures.xml", "<measure>巢</measure>", ""),
    ("measures.xml", "<measure id='nest'/>", ""),
    ("fixed-terms.xml", "<term>七强化</term>", ""),
    ("claims.xml", "<expression id='x' kind='code' literals='A'>(</expression>", "character"),
    ("claims.xml", "<expression id='x' kind='code' literals='1'>(\\d+)+x</expression>", ""),
    ("claims.xml", "<expression id='x' kind='code' literals='A'>.*</expression>", ""),
    ("rules.xml", "<rule id='NEW-01' severity='grave' zh='一' en='one'/>", ""),
    ("rules.xml", "<rule id='NEW-01' severity='hint' kind='phrase' zh='一' en='one'><match>(a+)+$</match></rule>", "steps"),
    ("concepts.xml", "<concept name='x' kind='percent'><label>(率|率)*c+</label></concept>", "steps"),
    ("concepts.xml", "<concept name='x' kind='count'><label>^(年末|截至.*)*(实有|在职)+$</label></concept>", "steps"),
    ("concepts.xml", "<concept name='x' kind='percent'><label>(b|b)*c+</label></concept>", "steps"),
    ("rules.xml", "<rule id='SUM-01' severity='error' zh='一' en='one'/>", "twice"),
]


def readme_examples():
    """Each example: the file, what is added to it, and the console lines that follow."""
    path = os.path.join(PATTERNS, "README.md")
    with open(path, encoding="utf-8") as file:
        return re.findall(r"^```xml ([\w.-]+)\n((?:(?!^```).)*?)^```\n((?:(?!^```xml).)*?)^```console\n(.*?)^```", file.read(), re.S | re.M)


class Patterns(support.Case):
    def setUp(self):
        super().setUp()
        self.patterns = self.path("patterns")
        shutil.copytree(PATTERNS, self.patterns)

    def add(self, name, element):
        """Puts the element at the end of the file; returns its first line."""
        path = os.path.join(self.patterns, name)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        head, end, tail = text.rpartition("</")
        with open(path, "w", encoding="utf-8") as file:
            file.write(head + "\n" + element + "\n" + end + tail)
        return head.count("\n") + 2

    def refusal(self):
        done = gouji("patterns", "--patterns", self.patterns, status=2)
        self.assertEqual(done.stdout, "")
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        return done.stderr

    def test_all_files_are_listed(self):
        lines = gouji("patterns", "--patterns", self.patterns).stdout.splitlines()
        names = [line.split("\t")[0] for line in lines[:-1]]
        self.assertEqual(names, sorted(map(os.path.basename, glob.glob(PATTERNS + "/*.xml"))))
        self.assertRegex(lines[-1], r"\t[0-9a-f]{64}$")

    def test_digests_are_those_of_the_files(self):
        for line in gouji("patterns", "--patterns", self.patterns).stdout.splitlines()[:-1]:
            name, _, _, digest = line.split("\t")
            with open(os.path.join(PATTERNS, name), "rb") as file:
                self.assertEqual(digest, hashlib.sha256(file.read()).hexdigest(), name)

    def test_only_files_with_the_very_bytes_are_believed(self):
        """A grammar that allows nothing: what was checked when the program was built needs none."""
        with open(os.path.join(self.patterns, "measures.rng"), "w", encoding="utf-8") as file:
            file.write("<element name='measures' xmlns='http://relaxng.org/ns/structure/1.0'><empty/></element>")
        self.assertIn("measures.xml", self.refusal())
        self.assertIn('"家"', gouji("parse", "--patterns", self.patterns, stdin="5家\n").stdout)
        self.add("measures.xml", "<!-- other bytes -->")
        self.assertIn("measures.xml", gouji("parse", "--patterns", self.patterns, stdin="5家\n", status=2).stderr)

    def test_every_command_refuses_evil_expressions(self):
        for name, element, _ in [row for row in BROKEN if "+" in row[1]]:
            line = self.add(name, element)
            for command in (["parse"], ["normalize"], ["ingest", "--db", self.path("a.db")], ["rules"]):
                with self.subTest(f"{command[0]} {element}"):
                    words = [SAMPLE] if command[0] == "ingest" else []
                    done = gouji(*command, "--patterns", self.patterns, *words, stdin="5家\n", status=2)
                    self.assertIn(f"{name}:{line}: ", done.stderr)
            shutil.copy(os.path.join(PATTERNS, name), self.patterns)

    def test_broken_files(self):
        for name, element, reason in BROKEN:
            with self.subTest(element):
                line = self.add(name, element)
                refused = self.refusal()
                self.assertIn(f"{name}:{line}: ", refused)
                self.assertIn(reason, refused)
                shutil.copy(os.path.join(PATTERNS, name), self.patterns)

    def test_what_is_no_file_is_refused(self):
        """A FIFO would be waited for; a folder and a dangling link have nothing to read."""
        path = os.path.join(self.patterns, "odd.xml")
        for make, remove in ((os.mkfifo, os.unlink), (os.mkdir, os.rmdir),
                             (lambda link: os.symlink("nowhere", link), os.unlink)):
            make(path)
            self.assertRegex(self.refusal(), r"odd\.xml:1: not a regular file")
            remove(path)

    def test_files_that_are_no_patterns(self):
        for what, text in (("not well-formed", "<measures>\n<measure"),
                           ("another root", "<nests/>"),
                           ("a DOCTYPE", "<!DOCTYPE measures [<!ENTITY a 'b'>]><measures/>"),
                           ("empty", "")):
            with self.subTest(what):
                with open(os.path.join(self.patterns, "odd.xml"), "w", encoding="utf-8") as file:
                    file.write(text)
                self.assertRegex(self.refusal(), r"odd\.xml:[1-9]\d*: \S")

    def test_folders_that_are_none(self):
        self.patterns = self.path("empty")
        os.mkdir(self.patterns)
        self.refusal()
        self.patterns = self.path("absent")
        self.refusal()

    def test_the_hash_is_of_every_file(self):
        def listed():
            return gouji("patterns", "--patterns", self.patterns).stdout.splitlines()[-1].split("\t")[1]
        before = listed()
        self.assertEqual(before, listed())
        self.add("measures.xml", "<!-- a word -->")
        self.assertNotEqual(before, listed())

    def test_every_example_is_a_pattern(self):
        with open(os.path.join(PATTERNS, "README.md"), encoding="utf-8") as file:
            text = file.read()
        blocks = re.findall(r"^```xml ([\w.-]+)\n(.*?)^```", text, re.S | re.M)
        self.assertEqual(len(blocks), text.count("```xml"), "an example does not say whose file it is")
        for name, element in blocks:
            self.add(name, element)
        gouji("patterns", "--patterns", self.patterns)

    def test_a_whole_makes_parts_behind_some_all(self):
        text = "# 安澜镇2023年度部门整体支出绩效自评报告\n一、基本情况\n全镇耕地96亩，其中水田50亩，旱地36亩。\n"
        before = support.normalize(text, "--patterns", self.patterns)
        self.add("relations.xml", '<whole rule="SUM-01" words="水田 旱地 梯田"/>')
        reading = support.normalize(text, "--patterns", self.patterns)
        self.assertEqual((before.rules("error"), reading.rules("error")), ([], ["SUM-01"]))
        fits = support.normalize(text.replace("36亩", "46亩"), "--patterns", self.patterns)
        self.assertEqual((fits.outcomes("SUM-01"), fits.rules("error")), (["pass"], []))

    def test_readme(self):
        examples = readme_examples()
        self.assertGreater(len(examples), 2)
        environment = {**os.environ, "PATH": os.path.dirname(GOUJI) + ":" + os.environ["PATH"]}
        for name, element, _, console in examples:
            with self.subTest(element.strip()[:60]):
                def run(command):
                    return subprocess.run(["bash", "-c", command], cwd=self.folder, env=environment,
                                          capture_output=True, text=True)
                steps = re.findall(r"^\$ ([^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", console, re.M)
                self.assertTrue(steps)
                before = [run(command).stdout for command, _ in steps]
                self.add(name, element)
                for (command, expected), old in zip(steps, before):
                    done = run(command)
                    self.assertEqual((done.returncode, done.stdout.split()), (0, expected.split()), done.stderr)
                    self.assertNotEqual(old.split(), expected.split(), "it was so without the new pattern")


if __name__ == "__main__":
    support.main()
