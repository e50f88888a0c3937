#!/usr/bin/python3
"""Messages follow the locale: every message of the sources is translated, and the program shows it
in a Chinese locale, which is made for the test where the machine has none."""
import glob
import os
import re
import subprocess

import support
from support import SOURCE, gouji

HAN = re.compile(r"[\u4e00-\u9fff]")
LOCALE = "zh_CN.UTF-8"


def sources():
    found = ["main.c"]
    for stage in ("extract", "normalize", "load", "commands"):
        found += glob.glob(os.path.join(SOURCE, stage, "**", "*.c"), recursive=True)
    return sorted(os.path.join(SOURCE, path) for path in found)


def commands():
    """The commands that the program names."""
    return re.findall(r"^  ([a-z]+) ", gouji("--help").stdout, re.M)


class Messages(support.Case):
    def setUp(self):
        super().setUp()
        subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", self.path(LOCALE)],
                       capture_output=True, check=False)
        self.assertTrue(os.path.exists(self.path(LOCALE + "/LC_CTYPE")), "localedef made no locale")
        self.chinese = {"LOCPATH": self.folder, "LC_ALL": LOCALE, "LANGUAGE": ""}

    def test_every_message_is_translated(self):
        template = self.path("gouji.pot")
        subprocess.run(["xgettext", "--from-code=UTF-8", "--keyword=_", "--keyword=N_",
                        "-o", template, *sources()], check=True)
        for catalogue in glob.glob(os.path.join(SOURCE, "po", "*.po")):
            done = subprocess.run(["msgcmp", catalogue, template], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr + "(make messages, then translate)")

    def test_translations_fit_their_formats(self):
        for catalogue in glob.glob(os.path.join(SOURCE, "po", "*.po")):
            done = subprocess.run(["msgfmt", "--check", "-o", os.devnull, catalogue],
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_locale_decides(self):
        self.assertRegex(gouji("--help", environment=self.chinese).stdout, HAN)
        self.assertNotRegex(gouji("--help").stdout, HAN)

    def test_help_of_every_command(self):
        self.assertTrue(commands())
        for command in commands():
            with self.subTest(command):
                text = gouji(command, "--help", environment=self.chinese).stdout
                ours = [line for line in text.splitlines() if line.strip().startswith("--")]
                self.assertRegex(text, HAN)
                for line in ours:
                    self.assertRegex(line, HAN, "an option without translation")
                self.assertNotRegex(gouji(command, "--help").stdout, HAN)

    def test_errors(self):
        done = gouji("extract", self.path("absent.pdf"), status=1, environment=self.chinese)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1)
        empty = self.path("empty.pdf")
        open(empty, "wb").close()
        self.assertIn("文件为空", gouji("extract", empty, status=1, environment=self.chinese).stderr)


if __name__ == "__main__":
    support.main()
