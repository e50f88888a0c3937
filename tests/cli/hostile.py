#!/usr/bin/python3
"""A batch of damaged and hostile PDFs: every input ends in one recorded state, no worker asks the kernel
for what it may not, the parent stays small, and the time is bounded by the limits.

`make check` takes every tenth file of the corpus; `make hostile` all of it, and what its maker of hostile
files writes: bombs, loops, deep nesting, lies about counts."""
import glob
import hashlib
import json
import os
import subprocess
import sys
import time
from collections import Counter

import support
from support import GOUJI, SANITIZED, SHARED, needs_shared

ALL = os.environ.get("HOSTILE") == "all"
EVERY = 1 if ALL else 10
CPU_SECONDS, WALL_SECONDS = (30, 60) if ALL else (4, 30)
JOBS = 2
PARENT_MIB_MAX = 64
STATES = {"loaded", "unchanged", "failed", "left_out"}
# Beside what a file may take itself: starting its worker and storing it, on a busy machine.
SECONDS_A_FILE = 2


def peak_mib(pid):
    """The most memory that the process had until now; 0 when it is gone."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as file:
            return next((int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM")), 0)
    except OSError:
        return 0


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


@needs_shared
class Hostile(support.Case):
    def corpus(self):
        paths = sorted(glob.glob(os.path.join(SHARED, "bad/**/*.pdf"), recursive=True), key=digest)[::EVERY]
        if ALL:
            made = self.path("made")
            subprocess.run([sys.executable, os.path.join(SHARED, "bad/mkhostile.py"), made], check=True,
                           stdout=subprocess.DEVNULL)
            paths += sorted(glob.glob(made + "/*.pdf"))
        return paths

    def batch(self, paths):
        """The events of the documents, the parent's peak and the time."""
        listed, said = self.path("list"), self.path("said")
        with open(listed, "w", encoding="utf-8") as file:
            file.writelines(path + "\n" for path in paths)
        began, peak = time.monotonic(), 0
        with open(said, "w", encoding="utf-8") as out:
            process = subprocess.Popen(
                [GOUJI, "ingest", "--db", self.path("a.db"), "--progress", "json", "--jobs", str(JOBS),
                 "--cpu-seconds", str(CPU_SECONDS), "--wall-seconds", str(WALL_SECONDS), "--list", listed],
                stderr=out, stdout=subprocess.DEVNULL)
            while process.poll() is None:
                peak = max(peak, peak_mib(process.pid))
                time.sleep(0.05)
        self.assertIn(process.returncode, (0, 1))
        with open(said, encoding="utf-8") as file:
            events = [json.loads(line) for line in file]
        return [event for event in events if event["event"] == "document"], peak, time.monotonic() - began

    def test_every_input_ends_in_one_state(self):
        paths = self.corpus()
        self.assertGreater(len(paths), 50)
        events, peak, seconds = self.batch(paths)
        self.assertEqual(Counter(event["file"] for event in events), Counter(paths))
        self.assertEqual({event["status"] for event in events} - STATES, set())
        self.assertEqual([event["file"] for event in events
                          if event["status"] == "failed" and not event.get("reason")], [])
        archive = self.database(self.path("a.db"))
        rows = archive.execute("SELECT sha256, status, error, pages FROM documents").fetchall()
        self.assertEqual({row[0] for row in rows if row[1] == "ok"},
                         {digest(event["file"]) for event in events if event["status"] in ("loaded", "unchanged")})
        self.assertEqual([row[0] for row in rows if row[1] == "ok" and not row[3]], [], "silently empty")
        self.assertEqual([row[2] for row in rows if row[2] and "signal 31" in row[2]], [], "forbidden calls")
        self.assertEqual(archive.execute("PRAGMA integrity_check").fetchone()[0], "ok")
        slow = sum("time:" in event.get("reason", "") for event in events)
        self.assertLessEqual(seconds, slow * WALL_SECONDS + len(paths) * SECONDS_A_FILE)
        if not SANITIZED:
            self.assertLessEqual(peak, PARENT_MIB_MAX)
        print(f"# {len(paths)} files in {seconds:.0f} s: {dict(Counter(e['status'] for e in events))}, "
              f"{slow} out of time; the parent had {peak:.0f} MiB at most")


if __name__ == "__main__":
    support.main()
