#!/usr/bin/python3
"""What gouji takes as reports grow and as they become many: CPU time and peak memory, on reports made here.

    make bench        or:  tests/bench/growth.py
"""
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ.get("GOUJI_SOURCE", os.getcwd()), "tests", "cli"))
from growth import cpu_seconds, peak_megabytes, report, write

PAGES = 10, 30, 100, 200, 300
DOCUMENTS = 1, 10, 100, 300, 1000
PAGES_EACH = 2


def row(what, *figures):
    print(f"  {what:<20}" + "".join(f"{figure:>16}" for figure in figures), flush=True)


def bench_pages(folder):
    print("gouji extract, one report:")
    for n in PAGES:
        path = write(folder, f"{n}.pdf", report(n))
        seconds = cpu_seconds("extract", path)
        row(f"{n} pages", f"{seconds / n * 1000:.2f} ms a page", f"{peak_megabytes('extract', path):.1f} MB")


def bench_documents(folder):
    print(f"gouji ingest --jobs 1, reports of {PAGES_EACH} pages, the largest process:")
    reports, made = os.path.join(folder, "reports"), 0
    os.mkdir(reports)
    for n in DOCUMENTS:
        for made in range(made, n):
            write(reports, f"{made}.pdf", report(PAGES_EACH, made))
        made = n
        peak = peak_megabytes("ingest", "--quiet", "--jobs", 1, "--db", os.path.join(folder, f"{n}.db"), reports)
        row(f"{n} documents", f"{peak:.1f} MB")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        bench_pages(scratch)
        bench_documents(scratch)
