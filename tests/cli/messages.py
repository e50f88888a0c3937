#!/usr/bin/python3
"""Messages follow the locale: every message of the sources is translated, and the program shows it
in a Chinese locale, which is made for the test where the machine has none."""
import glob
import json
import os
import re
import subprocess

import support
from reports import Fact, report
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

    def test_words_that_it_shows_it_takes(self):
        name = self.path("a.db")
        gouji("load", "--db", name, stdin=report("甲局", 2021, [Fact("预算数", "预算数", "1.00万元"), Fact("执行数", "执行数", "2.00万元")],
                                                findings=[("SUM-01", "error", "一", 0), ("SUM-01", "warning", "二", 1)]))
        gouji("review", "--db", name, "1", "--status", "误报", environment=self.chinese)
        for option, word, count in (("--severity", "严重", 1), ("--severity", "一般", 1), ("--status", "误报", 1),
                                    ("--severity", "warning", 1), ("--status", "待核", 1), ("--severity", "提示", 0)):
            done = gouji("findings", "--db", name, option, word, "--format", "json", environment=self.chinese)
            self.assertEqual(len(json.loads(done.stdout)), count, word)
        gouji("findings", "--db", name, "--severity", "误报", status=2, environment=self.chinese)

    def test_names_in_a_locale_without_them(self):
        """A job of cron runs in the locale C: what failed is still named."""
        path = self.path("科技局报告.pdf")
        with open(path, "wb") as file:
            file.write(b"no")
        done = gouji("ingest", "--db", self.path("a.db"), path, status=1, environment={"LC_ALL": "C", "LANGUAGE": ""})
        self.assertIn("科技局报告.pdf: failed: not a PDF", done.stderr)

    def test_arguments_in_a_locale_without_them(self):
        name, environment = self.path("a.db"), {"LC_ALL": "C", "LANGUAGE": ""}
        gouji("load", "--db", name, environment=environment,
              stdin=report("甲局", 2021, [Fact("预算数", "预算数", "1.00万元")], findings=[("SUM-01", "error", "不符", 0)]))
        gouji("review", "--db", name, "1", "--status", "explained", "--note", "已核实", "--reviewer", "张三",
              environment=environment)
        self.assertIn("甲局", gouji("findings", "--db", name, "--department", "甲局", environment=environment).stdout)
        self.assertIn("已核实  张三", gouji("review", "--db", name, environment=environment).stdout)

    def test_progress_has_no_english(self):
        """The lines of a batch, in Chinese with Chinese punctuation."""
        for name, text in (("坏.pdf", b"%PDF-1.4 broken"), ("无关.txt", b"no"), ("空.pdf", b"")):
            with open(self.path(name), "wb") as file:
                file.write(text)
        done = gouji("ingest", "--db", self.path("a.db"), self.path("坏.pdf"), self.path("空.pdf"), self.folder,
                     os.path.join(SOURCE, "samples", "print.css"), status=1, environment=self.chinese)
        told = done.stderr.replace(self.folder + "/", "").splitlines()
        self.assertIn("坏.pdf：失败：PDF 已损坏或不完整", told)
        self.assertIn("空.pdf：失败：文件为空", told)
        self.assertIn("无关.txt：略过：不是 PDF", told)

    def test_help_of_every_command(self):
        self.assertTrue(commands())
        for command in commands():
            with self.subTest(command):
                text = gouji(command, "--help", environment=self.chinese).stdout
                self.assertIn(f"gouji {command} [", text)
                ours = [line for line in text.splitlines() if line.strip().startswith("--")]
                self.assertRegex(text, HAN)
                for line in ours:
                    self.assertRegex(line, HAN, "an option without translation")
                self.assertNotRegex(gouji(command, "--help").stdout, HAN)

    def test_what_sqlite_says(self):
        name = self.path("a.db")
        gouji("load", "--db", name, stdin=report("甲局", 2021, [Fact("预算数", "预算数", "1.00万元")]))
        with open(name, "r+b") as file:
            file.seek(100)
            file.write(b"\xff" * 3000)
        for environment, words in ((self.chinese, "文件已损坏"), ({}, "malformed")):
            said = gouji("findings", "--db", name, status=2, environment=environment).stderr
            self.assertIn(words, said)
            self.assertEqual(len(said.splitlines()), 1)

    def test_errors(self):
        done = gouji("extract", self.path("absent.pdf"), status=1, environment=self.chinese)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1)
        empty = self.path("empty.pdf")
        open(empty, "wb").close()
        self.assertIn("文件为空", gouji("extract", empty, status=1, environment=self.chinese).stderr)


if __name__ == "__main__":
    support.main()
