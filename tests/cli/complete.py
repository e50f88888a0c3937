#!/usr/bin/python3
"""gouji extract: no character that pdftotext finds is missing, page by page, unless a notice says so."""
import glob
import os
import re
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor

import support
from support import GOUJI, SAMPLES, SANITIZED, SHARED, needs_shared

JOBS, SECONDS = 2, 200 if SANITIZED else 20
# A character that was read back from Latin letters stands for two, which compatibility forms make more.
LETTERS_A_REPAIR = 3
HOSTILE = "hostile"


def folded(text):
    return [c for c in unicodedata.normalize("NFKC", text)
            if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf")]


def pages_of_pdftotext(path):
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], capture_output=True,
                          timeout=SECONDS)
    return done.stdout.decode("utf8", "replace").split("\f")


def read(path):
    done = subprocess.run([GOUJI, "extract", path], capture_output=True, timeout=SECONDS)
    if done.returncode:
        return None, done.stderr.decode("utf8", "replace")
    return ET.fromstring(done.stdout), ""


def excused(root, page):
    """How many characters the notices of a page tell of."""
    return sum(int(notice.get("count", 1)) * (LETTERS_A_REPAIR if notice.get("kind") == "text-repaired" else 1)
               for notice in root.iter("notice") if notice.get("page") in (str(page), "0", None))


def missing(path):
    """Of each page with more missing than its notices tell of, what and how much."""
    root, reason = read(path)
    if root is None:
        return [] if re.search(r": .+", reason) else ["nothing read, and no reason"]
    found, short = defaultdict(list), []
    for line in root.iter("line"):
        found[int(line.get("page"))].append(line.get("text") or line.text or "")
    for page, text in enumerate(pages_of_pdftotext(path), 1):
        lost = Counter(folded(text)) - Counter(folded("".join(found[page])))
        told = excused(root, page)
        if lost.total() > told:
            short.append(f"page {page}: {lost.total()} missing, {told} told: {''.join(lost.elements())[:60]}")
    return short


class Complete(support.Case):
    def check(self, paths):
        self.assertTrue(paths)
        with ThreadPoolExecutor(JOBS) as pool:
            for path, short in zip(paths, pool.map(missing, paths)):
                with self.subTest(os.path.basename(path)):
                    self.assertEqual(short, [])

    def test_samples(self):
        self.check(sorted(glob.glob(os.path.join(SAMPLES, "*.pdf"))))

    @needs_shared
    def test_reports(self):
        self.check(sorted(glob.glob(os.path.join(SHARED, "reports/*.pdf"))))

    @needs_shared
    def test_odd_files(self):
        """Those that were made to take for ever or to tell lies are the ingest tests'."""
        self.check(sorted(path for path in glob.glob(os.path.join(SHARED, "bad/*/*.pdf"))
                          if os.path.basename(os.path.dirname(path)) != HOSTILE))


if __name__ == "__main__":
    support.main()
