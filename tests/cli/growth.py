#!/usr/bin/python3
"""Cost that grows as the pages do, and memory that documents leave behind: reports typeset here, of prose and tables."""
import os
import resource
import subprocess
import sys

import support
from pages import Writer, line, lines
from styles import LEFT, TABLES, Typeset
from support import GOUJI

PEAK = ("import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        " print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(done.returncode)")
PROSE = "全年共实施项目十二个，资金使用规范，未发现截留、挤占、挪用等问题，"


def report(pages, mark=0):
    """So many pages: a ruled table, one without rules, prose with running heads; `mark` makes the bytes differ."""
    writer, names = Writer(), sorted(TABLES)
    head = f"第{mark}号部门绩效报告"
    text = PROSE + head + "".join(cell for name in names for row in TABLES[name][2]
                                  for cell in (one[0] if isinstance(one, tuple) else one for one in row))
    font = writer.font(text + "0123456789、。")
    for i in range(pages):
        content = line(head, 250, 800, 9) + line(str(i + 1), 295, 40, 9)
        for top, ruled in ((760, True), (420, False)):
            table = Typeset(TABLES[names[(i + ruled) % len(names)]])
            content += table.text(top=top) + (table.rules(lambda _: True, lambda _: True, LEFT, top) if ruled else "")
        writer.page(content + lines([PROSE] * 6 + ["。"], LEFT, 180), [font])
    return writer.bytes()


def peak_megabytes(*arguments):
    """Peak memory of the largest process of a run of the program."""
    done = subprocess.run([sys.executable, "-c", PEAK, GOUJI, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode > 1:
        raise AssertionError(done.stderr)
    return int(done.stdout) / 1024


def cpu_seconds(*arguments, rounds=3):
    """Of a processor, the least of some runs."""
    seconds = []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run([GOUJI, *map(str, arguments)], stdout=subprocess.DEVNULL, check=True)
        seconds.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    return min(seconds)


def write(folder, name, data):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(data)
    return path


class Growth(support.Case):
    PAGES = 25, 100, 200
    MEGABYTES_30_PAGES = 64

    def test_pages_cost_alike(self):
        """As much for each page of many as of few."""
        few, some, many = (cpu_seconds("extract", write(self.folder, f"{n}.pdf", report(n))) for n in self.PAGES)
        self.assertLess((many - some) / (self.PAGES[2] - self.PAGES[1]), 1.5 * (some - few) / (self.PAGES[1] - self.PAGES[0]))

    @support.needs_memory_limit
    def test_memory_of_pages(self):
        """30 pages fit; of more each takes as much as its XML, and not ever more."""
        few, some, many = (peak_megabytes("extract", write(self.folder, f"{n}.pdf", report(n))) for n in self.PAGES)
        self.assertLess(peak_megabytes("extract", write(self.folder, "30.pdf", report(30))), self.MEGABYTES_30_PAGES)
        self.assertLess((many - some) / (self.PAGES[2] - self.PAGES[1]), 1.5 * (some - few) / (self.PAGES[1] - self.PAGES[0]))

    @support.needs_memory_limit
    def test_memory_of_documents(self):
        """The largest process of a batch takes no more for many documents than for some."""
        os.mkdir(self.path("in"))
        peaks = []
        for n in (10, 60):
            for i in range(n):
                write(self.path("in"), f"{i}.pdf", report(2, i))
            peaks.append(peak_megabytes("ingest", "--quiet", "--jobs", 1, "--db", self.path(f"{n}.db"), self.path("in")))
        self.assertLess(peaks[1], peaks[0] + 8)


if __name__ == "__main__":
    support.main()
