#!/usr/bin/python3
# quick
"""The rules of the house: what may include what, one library in one place, sizes, exact numbers,
valid patterns. Each complaint names file and line; each rule is shown a breach that it must see."""
import glob
import os
import re
import subprocess
import xml.etree.ElementTree as ET

import support
from support import SOURCE

STAGES = ("extract", "normalize", "load", "commands")
LINES_MAX = 600

# What a folder may include of the others.
BOUNDARIES = {
    "extract": (),
    "normalize": ("extract/document.h", "extract/markup.h", "extract/digest.h"),
    "load": ("extract/document.h", "extract/markup.h", "normalize/report.h", "normalize/decimal.h",
             "normalize/figure.h"),
    "commands": ("extract/document.h", "extract/markup.h", "extract/extract.h",
                 "normalize/report.h", "normalize/decimal.h", "normalize/figure.h",
                 "normalize/normalize.h", "normalize/patterns.h", "normalize/rules.h",
                 "normalize/quantity.h", "normalize/numerals.h", "load/[a-z_]+.h", "load/export/[a-z_]+.h"),
    "main.c": ("commands/commands.h",),
}

# A library's headers, and the files that may include them.
LIBRARIES = {
    r"poppler.*": r"extract/pdf\.[ch]",
    r"cairo.*": r"extract/(rulings|drawn|pdf)\.[ch]",
    r"fontconfig/.*": r"extract/fonts\.c",
    r"nettle/.*": r"extract/digest\.c",
    r"(tesseract|leptonica)/.*": r"extract/ocr\.[ch]",
    r"sqlite3\.h": r"load/.*",
    r"libdeflate\.h": r"load/packed\.c",
    r"xlsxwriter.*": r"load/export/xlsx\.[ch]",
    r"unicode/.*": r"(normalize/.*|load/(bigram|text_search|search)\.[ch])",
    r"libxml/.*": r"(normalize/.*)\.[ch]",
    r"(seccomp|linux/.*|sys/prctl)\.?h?": r"commands/ingest.*",
}

PRINTS = re.compile(r"\b(g_print|g_printerr|printf|puts|putchar|fprintf|exit|_exit|abort|perror)\s*\(")
FLOATING = re.compile(r"\b(double|float|strtod|g_ascii_strtod|atof|g_strtod)\b")
# The names of people's machines; in parts, so that this file does not hold them itself.
MACHINE_PATHS = re.compile("|".join("/" + name + "/" for name in ("work", "home", "root", "Users")))


def without_comments(text):
    """The code with comments and literals blanked, line by line as it was."""
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\''
    return re.sub(pattern, lambda m: re.sub(r"[^\n]", " ", m.group()), text, flags=re.S)


def check_includes(path, text):
    own = path.split("/")[0]
    for number, line in enumerate(text.splitlines(), 1):
        included = re.match(r'#\s*include\s+(["<])([^">]+)', line)
        if included is None:
            continue
        kind, name = included.groups()
        if kind == '"':
            if not name.startswith(own + "/") and not any(
                    re.fullmatch(allowed, name) for allowed in BOUNDARIES[own]):
                yield number, f"includes {name}, which is no boundary header that it may see"
        for library, places in LIBRARIES.items():
            if kind == "<" and re.fullmatch(library, name) and not re.fullmatch(places, path):
                yield number, f"includes <{name}>, whose one place is {places}"


def check_size(path, text):
    lines = text.count("\n")
    if lines >= LINES_MAX:
        yield lines, f"has {lines} lines; past {LINES_MAX} a file has found a second noun"


def check_printing(path, text):
    if path.split("/")[0] in ("commands", "main.c"):
        return
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        if PRINTS.search(line):
            yield number, "prints or exits; only commands do"


def check_exact(path, text):
    if not path.startswith("normalize/"):
        return
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        if FLOATING.search(line) and "confidence" not in line:
            yield number, "binary floating point in normalize; figures are Decimals"


def check_header(path, text):
    if not path.endswith(".h"):
        return
    if not text.startswith("/*"):
        yield 1, "a header begins with what it is for"
    if "\n#pragma once\n" not in text:
        yield 1, "lacks #pragma once"


def check_flow(path, text):
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        if re.search(r"\bgoto\b", line):
            yield number, "goto; scopes clean up (g_autoptr)"


CODE_RULES = (check_includes, check_size, check_printing, check_exact, check_header, check_flow)

# For each rule a file that breaks it.
BREACHES = [
    (check_includes, "extract/ink.c", '#include "normalize/report.h"\n'),
    (check_includes, "normalize/prose.c", '#include "extract/ink.h"\n'),
    (check_includes, "load/archive.c", '#include "normalize/patterns.h"\n'),
    (check_includes, "commands/parse.c", '#include "normalize/trie.h"\n'),
    (check_includes, "main.c", '#include "load/archive.h"\n'),
    (check_includes, "extract/lines.c", "#include <poppler.h>\n"),
    (check_includes, "commands/findings.c", "#include <sqlite3.h>\n"),
    (check_includes, "extract/heading.c", "#include <unicode/uregex.h>\n"),
    (check_includes, "load/export/csv.c", "#include <xlsxwriter.h>\n"),
    (check_includes, "load/archive.c", "#include <seccomp.h>\n"),
    (check_size, "load/archive.c", "\n" * LINES_MAX),
    (check_printing, "load/archive.c", "g_printerr(_(\"no\"));\n"),
    (check_exact, "normalize/decimal.c", "double value;\n"),
    (check_header, "load/archive.h", "#include <glib.h>\n"),
    (check_flow, "load/archive.c", "goto cleanup;\n"),
]


def code_files():
    for folder in STAGES:
        for pattern in ("*.[ch]", "*/*.[ch]"):
            for path in sorted(glob.glob(os.path.join(SOURCE, folder, pattern))):
                yield os.path.relpath(path, SOURCE)
    yield "main.c"


def text_files():
    """All files of the project but what it builds and its binaries."""
    for folder, folders, names in os.walk(SOURCE):
        folders[:] = sorted(set(folders) - {".git", "build", "__pycache__"})
        for name in sorted(names):
            if name != ".git" and not name.endswith((".pdf", ".png", ".pyc", ".mo", ".db", ".log")):
                yield os.path.relpath(os.path.join(folder, name), SOURCE)


def read(path):
    with open(os.path.join(SOURCE, path), encoding="utf-8", errors="replace") as file:
        return file.read()


class House(support.Case):
    def refuse(self, complaints):
        self.assertFalse(complaints, "\n" + "\n".join(complaints))

    def check_code(self, rule):
        self.refuse([f"{path}:{number}: {complaint}" for path in code_files()
                     for number, complaint in rule(path, read(path))])

    def test_every_rule_sees_its_breach(self):
        for rule, path, text in BREACHES:
            with self.subTest(f"{rule.__name__} {path} {text.strip()[:40]}"):
                self.assertTrue(list(rule(path, text)))

    def test_comments_and_literals_are_no_code(self):
        text = 'a /* goto\ndouble */ "exit(" \'"\' b // goto\n'
        self.assertEqual(without_comments(text).split(), ["a", "b"])
        self.assertEqual(without_comments(text).count("\n"), text.count("\n"))

    def test_no_machine_paths(self):
        self.refuse([f"{path}:{number}: the path of a machine" for path in text_files()
                     for number, line in enumerate(read(path).splitlines(), 1)
                     if MACHINE_PATHS.search(line)])

    def test_the_project_stands_alone(self):
        """Only tests, the build and CI know of the shared corpora."""
        shared = re.compile(r"\.\./" + "shared|GOUJI_" + "SHARED")
        self.refuse([f"{path}:{number}: what is beside the checkout" for path in text_files()
                     if not path.startswith(("tests/", "Makefile", ".ci/"))
                     for number, line in enumerate(read(path).splitlines(), 1)
                     if shared.search(line)])

    def test_tests_can_be_run(self):
        """One that is not executable ends the runner before its time."""
        paths = sorted(glob.glob(os.path.join(SOURCE, "tests", "cli", "*.py")))
        self.assertTrue(paths)
        self.refuse([f"{os.path.relpath(path, SOURCE)}: not executable" for path in paths
                     if "support.main()" in read(os.path.relpath(path, SOURCE)) and not os.access(path, os.X_OK)])

    def test_patterns_are_valid(self):
        paths = sorted(glob.glob(os.path.join(SOURCE, "patterns", "*.xml")))
        self.assertTrue(paths)
        for path in paths:
            grammar = os.path.join(SOURCE, "patterns", ET.parse(path).getroot().tag + ".rng")
            done = subprocess.run(["xmllint", "--noout", "--relaxng", grammar, path],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)


for rule in CODE_RULES:
    setattr(House, "test_" + rule.__name__[6:], lambda self, rule=rule: self.check_code(rule))


if __name__ == "__main__":
    support.main()
