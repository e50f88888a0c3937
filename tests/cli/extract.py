#!/usr/bin/python3
# quick
"""gouji extract: the Document of real files, its text form, and what cannot be read."""
import difflib
import os
import re
import subprocess
import xml.etree.ElementTree as ET

import support
from support import SHARED, gouji, needs_shared

XINXIANG = ("libreoffice", "chromium", "xetex", "weasyprint")


def report(producer):
    return os.path.join(SHARED, "reports", f"xinxiang-2021-{producer}.pdf")


class Extract(support.Case):
    @needs_shared
    def test_text_is_complete_and_in_order(self):
        with open(os.path.join(SHARED, "reports/xinxiang-2021.md"), encoding="utf8") as file:
            want = re.sub(r"[#\s]", "", file.read())
        for producer in XINXIANG:
            with self.subTest(producer):
                root = ET.fromstring(gouji("extract", report(producer)).stdout)
                got = re.sub(r"\s", "", "".join(root.itertext()))
                matcher = difflib.SequenceMatcher(None, want, got, autojunk=False)
                same = sum(block.size for block in matcher.get_matching_blocks())
                self.assertGreaterEqual(same / max(len(want), len(got)), 0.999)

    @needs_shared
    def test_headings_by_their_numbering(self):
        for producer in XINXIANG:
            with self.subTest(producer):
                root = ET.fromstring(gouji("extract", report(producer)).stdout)
                levels = [int(h.get("level")) for h in root.iter("heading")]
                self.assertEqual(levels, [0, 1, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 1, 1, 1, 1])

    @needs_shared
    def test_words_split_by_a_page_come_together(self):
        for producer in XINXIANG:
            root = ET.fromstring(gouji("extract", report(producer)).stdout)
            paragraphs = [re.sub(r"\s", "", "".join(p.itertext())) for p in root.iter("paragraph")]
            for words in ("研发投入强度", "技术转移体系", "法定职责和年度工作", "科技信贷", "培育，高标准"):
                self.assertTrue(any(words in p for p in paragraphs), f"{producer}: {words}")

    def test_as_plain_text(self):
        """Every character of the Document, in its order; no XML, no control characters."""
        for name in ("culture-2022", "water-accounts-2022", "library-project-2022"):
            path = os.path.join(support.SAMPLES, name + ".pdf")
            plain = gouji("extract", "--text", path).stdout
            root = ET.fromstring(gouji("extract", path).stdout)
            got = re.sub(r"^─+ \d+ ─+$|^!.*$|\[[a-z-]+\]|[\s│─#]", "", plain, flags=re.M)
            want = sorted(re.sub(r"\s", "", "".join(line.get("text") or line.text or "" for line in root.iter("line"))))
            self.assertEqual(sorted(got), want)
            self.assertEqual(re.findall(r"[\x00-\x08\x0b-\x1f<>]", plain), [])
            pages = [int(n) for n in re.findall(r"^─+ (\d+) ─+$", plain, flags=re.M)]
            self.assertEqual(pages, list(range(1, len(root.findall("page")) + 1)))
            for heading in root.iter("heading"):
                text = re.sub(r"\s", "", "".join(heading.itertext()))
                marks = "#" * (int(heading.get("level")) + 1)
                self.assertIn(marks + text, re.sub(r"[^\S\n]", "", plain))

    def test_what_cannot_be_read_says_so_in_one_line(self):
        cases = {"empty.pdf": (b"", "empty"), "text.pdf": (b"hello\n", "not a PDF"),
                 "cut.pdf": (b"%PDF-1.4\n1 0 obj", "damaged")}
        for name, (content, reason) in cases.items():
            path = self.path(name)
            with open(path, "wb") as file:
                file.write(content)
            done = gouji("extract", path, status=1)
            self.assertEqual(done.stdout, "")
            self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
            self.assertIn(reason, done.stderr)
        gouji("extract", self.path("absent.pdf"), status=1)
        gouji("extract", status=2)


if __name__ == "__main__":
    support.main()
