#!/usr/bin/python3
"""What gouji costs beside other programs: CPU time, pair by pair in one run, so that the load of the
machine falls on both. Uses the reports of the shared corpora where they are there, else samples/.

    make bench        or, with other files:  tests/bench/costs.py PDF…
"""
import glob
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

GOUJI = os.environ.get("GOUJI", "build/gouji")
SOURCE = os.environ.get("GOUJI_SOURCE", os.getcwd())
SHARED = os.environ.get("GOUJI_SHARED")
PARTS = os.path.join(os.path.dirname(os.path.abspath(GOUJI)), "tests", "parts")
PEER = os.path.join(SOURCE, "tests", "bench", "script.py")
ROUNDS = 3
BATCH = 200
PARSE_MEGABYTES = 20
FITZ = """import fitz, sys
for page in fitz.open(sys.argv[1]): page.get_text("dict"); page.get_drawings()"""


def cpu_seconds(commands, stdin=None):
    """CPU and wall seconds of the commands, one after the other."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    for command in commands:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=stdin)
        if command[0] == GOUJI and done.returncode > 1:
            sys.exit(f"gouji cannot work: {done.stderr.decode()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
            time.monotonic() - began)


def peak_megabytes(command):
    """Peak memory of one command, in a process that has no other children."""
    code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL,"
            " stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True)
    return int(done.stdout) / 1024


def row(what, figure, note=""):
    print(f"  {what:<58} {figure:>9}  {note}".rstrip(), flush=True)


def has_fitz():
    return subprocess.run(["/usr/bin/python3", "-c", "import fitz"], capture_output=True).returncode == 0


def readers(pdfs):
    """Other programs that read pages, as name and command lines."""
    found = {}
    if shutil.which("pdftotext"):
        found["pdftotext -bbox-layout"] = [["pdftotext", "-bbox-layout", p, "/dev/null"] for p in pdfs]
    if shutil.which("mutool"):
        found["mutool draw -F stext"] = [["mutool", "draw", "-q", "-F", "stext", "-o", "/dev/null", p] for p in pdfs]
    if has_fitz():
        found["PyMuPDF text and drawings"] = [["/usr/bin/python3", "-c", FITZ, p] for p in pdfs]
    return found


def median_ratio(mine, other):
    """Median over the rounds of CPU(mine) / CPU(other); `mine` makes its commands anew each round."""
    ratios = []
    for _ in range(ROUNDS):
        base = cpu_seconds(other)[0]
        ratios.append(cpu_seconds(mine())[0] / base)
    return statistics.median(ratios)


def bench_extract(pdfs):
    print(f"gouji extract, {len(pdfs)} files, one process a file (CPU, median of {ROUNDS}):")
    for name, commands in readers(pdfs).items():
        row(f"against {name}", f"{median_ratio(lambda: [[GOUJI, 'extract', p] for p in pdfs], commands):.2f} ×")
    largest = max(pdfs, key=os.path.getsize)
    row("peak memory, the largest file", f"{peak_megabytes([GOUJI, 'extract', largest]):.0f} MB",
        os.path.basename(largest))


def ingest(folder, paths, jobs):
    """One fresh archive of the paths."""
    name = tempfile.mktemp(suffix=".db", dir=folder)
    return [[GOUJI, "ingest", "--quiet", "--jobs", str(jobs), "--db", name, *paths]]


def copies(pdfs, folder):
    """So many files of different bytes: a comment after the end of a PDF changes nothing else."""
    for i in range(BATCH):
        path = os.path.join(folder, f"{i:04}.pdf")
        shutil.copy(pdfs[i % len(pdfs)], path)
        with open(path, "ab") as file:
            file.write(f"\n% {i}\n".encode())
        yield path


def peers(folder, batch):
    """What else one would run over the batch: name and commands, None where it is not installed."""
    script = [["/usr/bin/python3", PEER, os.path.join(folder, "peer.db"), *batch]]
    yield "the script one would write (tests/bench/script.py)", script if has_fitz() else None
    for name, command in (("pdftotext -bbox-layout, one process a file", ["pdftotext", "-bbox-layout"]),
                          ("mutool draw -F stext, one process a file", ["mutool", "draw", "-q", "-F", "stext", "-o", "/dev/null"])):
        behind = ["/dev/null"] if command[0] == "pdftotext" else []
        yield name, [[*command, p, *behind] for p in batch] if shutil.which(command[0]) else None


def bench_ingest(pdfs):
    with tempfile.TemporaryDirectory() as folder:
        print(f"gouji ingest --jobs 1, the same {len(pdfs)} files (CPU, median of {ROUNDS}):")
        for name, commands in readers(pdfs).items():
            row(f"against {name}", f"{median_ratio(lambda: ingest(folder, pdfs, 1), commands):.2f} ×")
        batch = list(copies(pdfs, folder))
        print(f"a batch of {BATCH} files:")
        one, wall_one = cpu_seconds(ingest(folder, batch, 1))
        two, wall_two = cpu_seconds(ingest(folder, batch, 2))
        row("gouji ingest --jobs 1", f"{BATCH / wall_one:.0f} /s", f"{one:.1f} s CPU, {wall_one:.1f} s wall")
        row("gouji ingest --jobs 2", f"{BATCH / wall_two:.0f} /s", f"{two:.1f} s CPU, {wall_two:.1f} s wall, {two / one:.2f} × the CPU of one job")
        for name, commands in peers(folder, batch):
            if commands is None:
                row(name, "skipped", "not installed")
                continue
            cpu, wall = cpu_seconds(commands)
            row(name, f"{BATCH / wall:.0f} /s", f"{cpu:.1f} s CPU, {wall:.1f} s wall; of these gouji takes "
                f"{one / cpu:.2f} × (one job) and {wall_two / wall:.2f} × (two jobs)")
        row("peak memory of the largest process", f"{peak_megabytes(ingest(folder, batch, 2)[0]):.0f} MB")


def bench_parse(pdfs):
    """Report text, again and again."""
    text = b"".join(subprocess.run(["pdftotext", "-raw", p, "-"], capture_output=True).stdout for p in pdfs)
    with tempfile.TemporaryFile() as file:
        size = 0
        while text and size < PARSE_MEGABYTES * 1e6:
            size += file.write(text)
        file.seek(0)
        seconds = cpu_seconds([[GOUJI, "parse"]], stdin=file)[0]
    print("gouji parse:")
    row(f"{size / 1e6:.0f} MB of report text", f"{size / 1e6 / seconds:.1f} MB/s")


def bench_stages(pdfs):
    """What extract, normalize and load cost of the whole, through pipes' texts."""
    with tempfile.TemporaryDirectory() as folder:
        extract = normalize = load = 0.0
        for i, pdf in enumerate(pdfs):
            document, report = os.path.join(folder, "document.xml"), os.path.join(folder, "report.xml")
            with open(document, "wb") as out:
                began = resource.getrusage(resource.RUSAGE_CHILDREN)
                subprocess.run([GOUJI, "extract", pdf], stdout=out)
            middle = resource.getrusage(resource.RUSAGE_CHILDREN)
            with open(report, "wb") as out:
                subprocess.run([GOUJI, "normalize", document], stdout=out)
            end = resource.getrusage(resource.RUSAGE_CHILDREN)
            extract += middle.ru_utime + middle.ru_stime - began.ru_utime - began.ru_stime
            normalize += end.ru_utime + end.ru_stime - middle.ru_utime - middle.ru_stime
            load += cpu_seconds([[GOUJI, "load", "--db", os.path.join(folder, "a.db"), report]])[0]
        print("the stages, one process each, XML written and read between them:")
        for name, seconds in (("extract", extract), ("normalize", normalize), ("load", load)):
            row(f"gouji {name}", f"{seconds:.2f} s", f"{seconds / (extract + normalize + load):.0%}")


def bench_parts(pdfs):
    """What the parts of reading cost of the extraction of the same report, in a worker's process."""
    done = subprocess.run([PARTS, *pdfs], stdout=subprocess.PIPE, text=True, check=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    times = {os.path.basename(path): [float(t) for t in found] for path, *found in rows}
    times["all together"] = [sum(column) for column in zip(*times.values())]
    print("the parts of reading, each of the extraction of the same report (CPU, least of several, in a worker's process);")
    print("patterns: all that reads the text by them, that is sections with identity, and facts (numbers, labels, concepts):")
    print(f"  {'':<40} {'extract':>9}" + "".join(f"{name:>11}" for name in
          ("patterns", "(sections", "facts)", "relations", "checks", "writing")))
    for name, (extract, sections, facts, relations, checks, writing) in times.items():
        shares = (sections + facts, sections, facts, relations, checks, writing)
        print(f"  {name:<40} {extract:>6.1f} ms" + "".join(f"{share / extract:>11.1%}" for share in shares))


def main(paths):
    if not paths and SHARED:
        paths = [p for p in glob.glob(os.path.join(SHARED, "reports", "*.pdf")) if "scan" not in p]
    pdfs = sorted(paths or glob.glob(os.path.join(SOURCE, "samples", "*.pdf")))
    bench_extract(pdfs)
    bench_ingest(pdfs)
    bench_stages(pdfs)
    bench_parts(pdfs)
    bench_parse(pdfs)


if __name__ == "__main__":
    main(sys.argv[1:])
