#!/usr/bin/python3
"""Nothing acknowledged is lost, nothing is there twice: killed at random moments, on a full disk, two at
once; and finishing the run gives the archive of an undisturbed one."""
import glob
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest

import support
from ingest import text_pdf
from reports import Fact, report
from support import GOUJI, gouji

KILLS = int(os.environ.get("GOUJI_KILLS", "12"))  # a campaign asks for 200


needs_mount = unittest.skipUnless(os.geteuid() == 0 and shutil.which("mount"), "only root can make a small file system")


class Durability(support.Case):
    def setUp(self):
        super().setUp()
        self.reports = []
        for i in range(240):
            path = self.path(f"{i:03}.xml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(report(f"第{i // 4}局", 2018 + i % 4, [
                    Fact("年初结转", "年初结转", f"{i}.00万元"), Fact("年末结转", "年末结转", f"{i + 1}.00万元"),
                    *(Fact("预算数", f"项目{k}预算数", f"{i + k}.5万元") for k in range(20))],
                    paragraphs=[f"第{i}号报告，本年度各项工作按计划完成，资金使用合规。"], name=f"{i:03}.pdf"))
            self.reports.append(path)

    def exported(self, name):
        gouji("export", "--db", name, "--json", name + ".json")
        with open(name + ".json", encoding="utf-8") as file:
            return file.read()

    def whole(self, name):
        """SQLite and the program find nothing wrong."""
        self.assertEqual(self.database(name).execute("PRAGMA integrity_check").fetchone()[0], "ok")
        gouji("doctor", "--db", name)

    def count(self, name):
        try:
            with sqlite3.connect(name) as connection:
                return connection.execute("SELECT count(*), count(DISTINCT sha256) FROM documents").fetchone()
        except sqlite3.OperationalError:
            return (0, 0)

    def undisturbed(self):
        name = self.path("undisturbed.db")
        gouji("load", "--quiet", "--db", name, *self.reports)
        return self.exported(name)

    def test_killed(self):
        """With -9 at random moments of one archive's making; each run goes on where the last was killed."""
        name, chance, seen = self.path("killed.db"), random.Random(1), 0
        begun = time.monotonic()
        gouji("load", "--quiet", "--db", self.path("timed.db"), *self.reports)
        whole_seconds = time.monotonic() - begun
        for _ in range(KILLS):
            process = subprocess.Popen([GOUJI, "load", "--quiet", "--db", name, *self.reports],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0, whole_seconds))
            process.send_signal(signal.SIGKILL)
            process.wait()
            documents, different = self.count(name)
            self.assertEqual(documents, different)
            self.assertGreaterEqual(documents, seen, "what was committed is gone")
            seen = documents
        gouji("load", "--quiet", "--db", name, *self.reports)
        self.whole(name)
        self.assertEqual(self.count(name), (240, 240))
        self.assertEqual(self.exported(name), self.exported(self.path("timed.db")))

    def test_ingest_killed(self):
        """With -9, both processes that read and the one that writes; what it said to have loaded is there."""
        os.mkdir(self.path("pdf"))
        for i in range(60):
            with open(self.path(f"pdf/{i:03}.pdf"), "wb") as file:
                file.write(text_pdf(f"number {i}"))
        name, whole, chance, said = self.path("killed.db"), self.path("whole.db"), random.Random(2), set()
        begun = time.monotonic()
        gouji("ingest", "--quiet", "--jobs", "2", "--db", whole, self.path("pdf"))
        whole_seconds = time.monotonic() - begun
        for _ in range(KILLS):
            process = subprocess.Popen([GOUJI, "ingest", "--progress", "json", "--jobs", "2", "--db", name,
                                        self.path("pdf")], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            time.sleep(chance.uniform(0, whole_seconds))
            process.send_signal(signal.SIGKILL)
            for line in process.communicate()[1].decode().splitlines():
                event = json.loads(line) if line.endswith("}") else {}
                if event.get("status") == "loaded":
                    self.assertNotIn(event["file"], said, "it was loaded before, and is not there")
                    said.add(event["file"])
            there = self.files(name)
            self.assertLessEqual(said, there, "what was said to be loaded is not there")
        gouji("ingest", "--quiet", "--jobs", "2", "--db", name, self.path("pdf"))
        self.whole(name)
        self.assertEqual(self.count(name), (60, 60))
        self.assertEqual(self.exported(name), self.exported(whole))

    def files(self, name):
        try:
            with sqlite3.connect(name) as connection:
                return {file for file, in connection.execute("SELECT file FROM documents WHERE status = 'ok'")}
        except sqlite3.OperationalError:
            return set()

    def test_two_at_once(self):
        name = self.path("two.db")
        orders = [self.reports, self.reports[::-1]]
        processes = [subprocess.Popen([GOUJI, "load", "--quiet", "--db", name, *order], stderr=subprocess.PIPE)
                     for order in orders]
        for process in processes:
            _, said = process.communicate(timeout=300)
            self.assertEqual(process.returncode, 0, said)
        self.assertEqual(self.count(name), (240, 240))
        self.whole(name)
        self.assertEqual(self.exported(name), self.undisturbed())

    def test_two_ingests_at_once(self):
        """Each reads most of the files, real reports among them; both have the end that they would have alone."""
        os.mkdir(self.path("pdf"))
        for i in range(60):
            with open(self.path(f"pdf/{i:03}.pdf"), "wb") as file:
                file.write(text_pdf(f"number {i}"))
        with open(self.path("pdf/broken.pdf"), "wb") as file:
            file.write(b"%PDF-1.7\nnothing more")
        paths = sorted(glob.glob(self.path("pdf/*.pdf")) + glob.glob(os.path.join(support.SAMPLES, "*2022.pdf")))
        random.Random(3).shuffle(paths)
        broken, third = self.path("pdf/broken.pdf"), len(paths) // 3
        halves = [[path for path in paths[:-third] if path != broken], [*paths[third:], broken]]
        name, alone = self.path("two.db"), self.path("alone.db")
        processes = [subprocess.Popen([GOUJI, "ingest", "--quiet", "--jobs", "2", "--db", name, *half],
                                      stderr=subprocess.PIPE, text=True) for half in halves]
        for process, status in zip(processes, (0, 1)):
            _, said = process.communicate(timeout=300)
            self.assertEqual(process.returncode, status, said)
            self.assertEqual("broken.pdf" in said, status == 1, said)
        self.whole(name)
        self.assertEqual(self.count(name), (len(set(paths)), len(set(paths))))
        self.assertEqual(self.database(name).execute("SELECT count(*), count(finished_at) FROM runs").fetchone()[:], (2, 2))
        gouji("ingest", "--quiet", "--db", alone, *paths, status=1)
        self.assertEqual(self.exported(name), self.exported(alone))
        again = gouji("ingest", "--db", name, *paths, status=1)
        self.assertIn("loaded 0, unchanged", again.stderr)

    def mount(self, size):
        """A file system of its own."""
        place = self.path("small")
        os.mkdir(place)
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], capture_output=True)
        if made.returncode != 0:
            self.skipTest("no mounting here")
        self.addCleanup(subprocess.run, ["umount", place], capture_output=True)
        return place

    @needs_mount
    def test_read_only(self):
        """On a disk that nobody can write to everything that only reads works, and leaves nothing; what writes says so."""
        place = self.mount("64m")
        name = os.path.join(place, "archive?1%20.db")
        gouji("load", "--quiet", "--db", name, *self.reports[:40])
        expected = gouji("findings", "--db", name, "--format", "csv").stdout
        gouji("departments", "--db", name, "import", self.write("r.csv", "code,name\n1,第1局\n9,第99局\n"))
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        self.assertEqual(gouji("findings", "--db", name, "--format", "csv").stdout.replace("第1局", ""), expected.replace("第1局", ""))
        gouji("search", "--db", name, "合规")
        self.assertIn("第99局", gouji("missing", "--db", name, "--year", "2020").stdout)
        gouji("export", "--db", name, "--json", self.path("read-only.json"))
        gouji("archive", "--db", name, "--year", "2020", "--out", self.path("bag"))
        gouji("archive", "verify", self.path("bag"))
        for command in (("review", "1", "--status", "open"), ("check",), ("load", self.reports[50])):
            done = gouji(command[0], "--db", name, *command[1:], status=2)
            self.assertIn("cannot be written: Read-only file system", done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertEqual(os.listdir(place), [os.path.basename(name)])

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def test_vanished(self):
        """An archive that somebody deletes while it is written takes nothing more, and no success is told."""
        os.mkdir(self.path("place"))
        name = self.path("place/archive.db")
        process = subprocess.Popen([GOUJI, "load", "--db", name, *self.reports * 20], stderr=subprocess.PIPE, text=True)
        while self.count(name)[0] == 0:
            time.sleep(0.005)
        shutil.rmtree(self.path("place"))
        said = process.communicate()[1]
        self.assertEqual(process.returncode, 2, said)
        self.assertRegex(said, "moved or deleted|disk I/O")

    @needs_mount
    def test_full_disk(self):
        place = self.mount("3m")
        name = os.path.join(place, "archive.db")
        done = gouji("load", "--db", name, *self.reports, status=2)
        self.assertRegex(done.stderr, "full|I/O|disk")
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        documents, different = self.count(name)
        self.assertEqual(documents, different)
        subprocess.run(["mount", "-o", "remount,size=64m", place], check=True)
        self.whole(name)
        gouji("load", "--quiet", "--db", name, *self.reports)
        self.assertEqual(self.count(name), (240, 240))
        self.whole(name)
        self.database(name).execute("VACUUM INTO ?", (self.path("filled.db"),))
        self.assertEqual(self.exported(self.path("filled.db")), self.undisturbed())


if __name__ == "__main__":
    support.main()
