#!/usr/bin/python3
"""An archive of many departments and years: reports made by varying what the samples (and the shared
corpora, where they are) read as, loaded batch by batch; then every view and every documented example
is asked, with its time. Prints rate and memory while the archive grows.

    make scale            REPORTS=10000 SCALE_DB=FILE to change how many and to keep the archive;
                          COPIES=9 to make it that many times larger by copying its rows in SQL, with
                          other departments, keys and hashes: 10 GB in minutes

Figures, names, years and words differ from report to report. What the checks would say of them plays
no part: loading writes down what a Report says.
"""
import collections
import glob
import os
import random
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time

GOUJI = os.environ.get("GOUJI", "build/gouji")
SOURCE = os.environ.get("GOUJI_SOURCE", os.getcwd())
SHARED = os.environ.get("GOUJI_SHARED")
REPORTS = int(os.environ.get("REPORTS", 10000))
COPIES = int(os.environ.get("COPIES", 0))
BATCH = 250
YEARS = range(2015, 2025)
TYPES = ["整体自评", "决算", "预算"] + ["项目自评"] * 7  # of each department in each year
DEPARTMENTS = max(100, REPORTS // len(YEARS) // len(TYPES))
FACTS = range(120, 600)  # of the reports that are varied: some 300 on average
ROWS = 1000  # of a report, as the rate is asked for; those above have up to 3,700
SAME = 64  # reports of one text, to see what its rows cost
SECONDS_MAX = 1.0

# Characters and digits take each other's place from report to report, wherever something is said as
# against where it stands: so many of the most frequent ones that no two reports share their text.
CHARACTERS = 250
DIGITS = "123456789"
SAID = re.compile(r'(>|\b(?:label|value|raw|title|message|actual|expected|difference|explanation)=")([^<>"\n]+)')
ROOT = re.compile(r"^<report [^>]*>", re.M)


def sources():
    """Reports of real size, as text."""
    paths = sorted(glob.glob(os.path.join(SOURCE, "samples", "*.pdf")))
    if SHARED:
        paths += sorted(glob.glob(os.path.join(SHARED, "reports", "*.pdf")))
    for path in paths:
        document = subprocess.run([GOUJI, "extract", path], capture_output=True).stdout
        text = subprocess.run([GOUJI, "normalize"], input=document, capture_output=True).stdout.decode()
        if text == "":
            sys.exit(f"gouji cannot read {path}")
        if text.count("<fact ") in FACTS:
            yield text


def swapped(characters, chance):
    others = list(characters)
    chance.shuffle(others)
    return dict(zip(characters, others))


def frequent(texts):
    counts = collections.Counter(c for text in texts for c in text if "\u4e00" <= c <= "\u9fff")
    return "".join(sorted(c for c, _ in counts.most_common(CHARACTERS)))


def varied(text, number, characters):
    """Report `number` of a text: each department has one report of each of TYPES in each year."""
    chance = random.Random(number)
    table = str.maketrans(swapped(characters, chance) | swapped(DIGITS, chance))
    kind = number % len(TYPES)
    year = YEARS[number // len(TYPES) % len(YEARS)]
    department = f"第{number // (len(TYPES) * len(YEARS)) % DEPARTMENTS}局"
    subject = f' subject="项目{kind}"' if TYPES[kind] == "项目自评" else ""
    text = SAID.sub(lambda match: match[1] + match[2].translate(table), text)
    text = ROOT.sub(f'<report version="1" title="{department}{year}年度{TYPES[kind]}报告" department="{department}" '
                    f'year="{year}" doc-type="{TYPES[kind]}"{subject} family="整体自评" patterns="{0:064}">', text, count=1)
    text = re.sub(r' sha256="[^"]*"', f' sha256="{number:064x}"', text, count=1)
    return re.sub(r' file="[^"]*"', f' file="{number:06}.pdf"', text, count=1)


def load(database, paths):
    """CPU and wall seconds and peak memory (MB) of loading them."""
    began = time.monotonic()
    process = subprocess.Popen([GOUJI, "load", "--quiet", "--db", database, *paths])
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"gouji load: status {status}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss / 1024


def fill(database, texts, folder):
    cpu_all = wall_all = 0
    characters = frequent(texts)
    print(f"{REPORTS} reports from {len(texts)}, {sum(t.count('<fact ') for t in texts) / len(texts):.0f} facts and "
          f"{sum(map(len, texts)) / len(texts) / 1000:.0f} k characters of XML on average")
    for start in range(0, REPORTS, BATCH):
        paths = []
        for number in range(start, min(start + BATCH, REPORTS)):
            paths.append(os.path.join(folder, f"{number:06}.xml"))
            with open(paths[-1], "w", encoding="utf-8") as file:
                file.write(varied(texts[number % len(texts)], number, characters))
        cpu, wall, memory = load(database, paths)
        cpu_all, wall_all = cpu_all + cpu, wall_all + wall
        for path in paths:
            os.unlink(path)
        done = start + len(paths)
        if done % (8 * BATCH) == 0 or done == REPORTS:
            print(f"  {done:6} reports, {os.path.getsize(database) / 1e6:6.0f} MB: this batch {len(paths) / cpu:4.0f} "
                  f"a second of CPU ({len(paths) / wall:.0f} of wall), {memory:.0f} MB of memory", flush=True)
    print(f"  all: {REPORTS / cpu_all:.0f} a second of CPU, {REPORTS / wall_all:.0f} of wall")


def costs_of(text, number, characters, folder):
    """Rows that a report of this text has, and the CPU seconds that it takes among many: without the program's start."""
    database = os.path.join(folder, f"one-{number}.db")
    paths = []
    for i in range(SAME):
        paths.append(os.path.join(folder, f"one-{number}-{i}.xml"))
        with open(paths[-1], "w", encoding="utf-8") as file:
            file.write(varied(text, i, characters))
    first = load(database, paths[:1])[0]
    rest = min(load(os.path.join(folder, f"rest-{number}-{turn}.db"), paths)[0] for turn in range(3))
    with sqlite3.connect(database) as connection:
        names = [name for name, in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'")]
        rows = sum(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names
                   if name in COPIED)
    return rows, (rest - first) / (SAME - 1)


def rate_at_size(texts, folder):
    """The line through what each text costs by its rows (least squares), at ROWS."""
    characters = frequent(texts)
    points = [costs_of(text, number, characters, folder) for number, text in enumerate(texts)]
    for rows, seconds in sorted(points):
        print(f"  {rows:5} rows: {1 / seconds:4.0f} a second of CPU")
    mean_rows, mean = (sum(values) / len(points) for values in zip(*points))
    slope = (sum((rows - mean_rows) * (seconds - mean) for rows, seconds in points)
             / sum((rows - mean_rows) ** 2 for rows, _ in points))
    seconds = mean + slope * (ROWS - mean_rows)
    print(f"  a report of {ROWS} rows: {1 / seconds:.0f} a second of CPU ({seconds * 1000:.1f} ms, of these "
          f"{slope * 1e6:.1f} µs for each row)", flush=True)


# Whatever tells reports apart and is no key of a row.
DIFFERENT = {("documents", "file"): "file || ':{copy}'", ("documents", "department"): "department || '第{copy}处'",
             ("documents", "sha256"): "printf('%08x', {copy}) || substr(sha256, 9)",
             ("findings", "fingerprint"): "printf('%08x', {copy}) || substr(fingerprint, 9)",
             ("paragraphs", "sketch"): "sketch + {copy}", ("shingle_bands", "hash"): "hash + {copy}",
             ("files", "file"): "file || ':{copy}'", ("mentions", "name"): "name || '第{copy}处'"}
COPIED = ("documents", "files", "sections", "facts", "fact_places", "numerals", "notices", "findings", "finding_facts",
          "checks", "check_facts", "check_totals", "tables", "cells", "paragraphs", "finding_documents", "shingle_bands",
          "mentions")


def copying(database, table, greatest):
    """The statement that makes a copy of a table's rows."""
    keys = {row[3]: row[2] for row in database.execute(f"PRAGMA foreign_key_list({table})")}
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    keys["id"] = table
    values = [DIFFERENT.get((table, column)) or
              (f"{column} + {{copy}} * {greatest[keys[column]]}" if keys.get(column) in greatest else column)
              for column in columns]
    first = next(column for column in ("document_id", *columns) if keys.get(column) in greatest)
    return (f"INSERT INTO {table}({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} "
            f"WHERE {first} <= {greatest[keys[first]]}")


def pairs(text):
    """Words as the search has them, of text as it is printed."""
    for run in re.findall(r"[\u4e00-\u9fff]+|[0-9A-Za-z]+", text):
        yield from ([run[i:i + 2] for i in range(len(run))] if run[0] > "z" else [run.lower()])


def multiply(name):
    database = sqlite3.connect(name, isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")
    greatest = {table: database.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or 0
                for table in ("documents", "sections", "facts", "findings", "checks", "tables", "cells", "paragraphs",
                              "notices")}
    statements = [copying(database, table, greatest) for table in COPIED]
    words = {id: " ".join(pairs(text)) for id, text in database.execute(
        "SELECT d.id, coalesce((SELECT group_concat(text, '。') FROM paragraphs p WHERE p.document_id = d.id), '') || '。' || "
        "coalesce((SELECT group_concat(c.text, '。') FROM tables t JOIN cells c ON c.table_id = t.id "
        "WHERE t.document_id = d.id), '') FROM documents d")}
    for copy in range(1, COPIES + 1):
        database.execute("BEGIN IMMEDIATE")
        for statement in statements:
            database.execute(statement.format(copy=copy))
        database.executemany("INSERT INTO search(rowid, words) VALUES (?, ?)",
                             ((id + copy * greatest["documents"], text) for id, text in words.items()))
        database.execute("COMMIT")
        print(f"  copy {copy}: {os.path.getsize(name) / 1e9:.1f} GB", flush=True)
    database.close()


def questions(database):
    """Every view whole, and every example of the documentation."""
    for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name").fetchall():
        if name == "facts_numeric":  # has a row for each figure
            yield f"view {name}, one report", f"SELECT * FROM {name} WHERE document_id = 77"
            continue
        yield f"view {name}, whole", f"SELECT * FROM {name}"
        if name != "unknown_departments":
            yield f"view {name}, one year", f"SELECT * FROM {name} WHERE year = 2022"
    with open(os.path.join(SOURCE, "docs", "database.md"), encoding="utf-8") as file:
        for block in re.findall(r"^```sql\n(.*?)^```", file.read(), re.S | re.M):
            yield "example: " + " ".join(block.split())[:64], block


def ask(database):
    slow = 0
    for name, sql in questions(database):
        began, rows = time.process_time(), 0
        for statement in [part for part in sql.split(";") if part.strip()]:
            rows += sum(1 for _ in database.execute(statement))
        seconds = time.process_time() - began  # of CPU: other work on the machine is none of it
        slow += seconds > SECONDS_MAX
        print(f"  {seconds:6.2f} s CPU{' SLOW' if seconds > SECONDS_MAX else '':5} {rows:7} rows  {name}", flush=True)
    return slow


def main():
    with tempfile.TemporaryDirectory() as folder:
        name = os.environ.get("SCALE_DB", os.path.join(folder, "scale.db"))
        if not os.path.exists(name):
            texts = list(sources())
            rate_at_size(texts, folder)
            fill(name, texts, folder)
            if COPIES:
                multiply(name)
        database = sqlite3.connect(f"file:{name}?mode=ro", uri=True)
        counts = [f"{database.execute(f'SELECT count(*) FROM {table}').fetchone()[0]} {table}"
                  for table in ("documents", "facts", "cells", "checks", "check_facts", "paragraphs", "findings")]
        print(f"{os.path.getsize(name) / 1e9:.2f} GB: {', '.join(counts)}")
        slow = ask(database)
        print(f"{slow} questions take longer than {SECONDS_MAX:.0f} s")
        for command in (["findings", "--year", "2022"], ["search", "预算执行率"], ["missing", "--year", "2022"]):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([GOUJI, *command, "--db", name], stdout=subprocess.DEVNULL)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            print(f"  {after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime:6.2f} s CPU       gouji {' '.join(command)}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
