#!/usr/bin/python3
"""gouji ingest as its users meet it: what becomes of every file, odd names, lists, the manifest,
progress, limits, and a batch that is cut off."""
import fcntl
import json
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import termios
import time
import unittest
import zlib

import support
from support import GOUJI, SAMPLES, gouji, needs_memory_limit

REPORT = os.path.join(SAMPLES, "transport-2021.pdf")
OTHER = os.path.join(SAMPLES, "culture-2022.pdf")


FLATE = "/Filter/FlateDecode"


def compressed(content):
    return zlib.compress(content.encode())


def pdf(content, how=""):
    """A PDF of one page, without a cross-reference table: readers rebuild it."""
    stream = content.encode() if isinstance(content, str) else content
    return (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 5 0 R>>>>"
            b"/Contents 4 0 R>>endobj\n4 0 obj<</Length " + str(len(stream)).encode() + how.encode() +
            b">>stream\n" + stream + b"\nendstream endobj\n"
            b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n")


def text_pdf(text):
    return pdf(f"BT /F 12 Tf 72 700 Td ({text}) Tj ET")


class Ingest(support.Case):
    def write(self, name, data):
        path = os.path.join(os.fsencode(self.folder), name if isinstance(name, bytes) else os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
        return os.fsdecode(path)

    def run_ingest(self, *arguments, status=0, **more):
        return gouji("ingest", "--db", self.path("a.db"), *arguments, status=status, **more)

    def documents(self):
        return {os.path.basename(row["file"]): row for row in
                self.database(self.path("a.db")).execute("SELECT * FROM documents")}

    def events(self, *arguments, status=0):
        done = self.run_ingest("--progress", "json", *arguments, status=status)
        return [json.loads(line) for line in done.stderr.splitlines()]


class Files(Ingest):
    def test_each_failure_is_one_line_and_one_row(self):
        with open(REPORT, "rb") as file:
            report = file.read()
        bad = {"text.pdf": (b"no PDF at all\n", "not a PDF"),
               "empty.pdf": (b"", "empty file"),
               "truncated.pdf": (report[:3000], "damaged or truncated"),
               "encrypted.pdf": (pdf("").replace(
                   b"trailer<<", b"trailer<</Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 +
                   b">/U<" + b"42" * 32 + b">>>/ID[<41><41>]"), "encrypted"),
               "no-pages.pdf": (pdf("").replace(b"/Kids[3 0 R]/Count 1", b"/Kids[]/Count 0"), "without pages")}
        paths = [self.write(name, data) for name, (data, _) in bad.items()]
        done = self.run_ingest(*paths, self.path("absent.pdf"), REPORT, status=1)
        for name, (_, reason) in [*bad.items(), ("absent.pdf", (None, "No such file"))]:
            lines = [line for line in done.stderr.splitlines() if name in line]
            self.assertEqual(len(lines), 1, done.stderr)
            self.assertIn(reason, lines[0])
        rows = self.documents()
        self.assertEqual({name: row["status"] for name, row in rows.items()},
                         {**{name: "failed" for name in bad}, "transport-2021.pdf": "ok"})
        for name, (_, reason) in bad.items():
            self.assertIn(reason, rows[name]["error"])
        self.assertRegex(done.stderr, r"loaded 1, unchanged 0, failed 6, left out 0")

    def test_quiet_names_failures_and_sums_up(self):
        path = self.write("x.pdf", b"nothing")
        done = self.run_ingest("--quiet", path, REPORT, status=1)
        self.assertEqual(len(done.stderr.splitlines()), 2)
        self.assertEqual(done.stdout, "")

    def test_folders(self):
        """Recursively; by content, not by name; what is no PDF is left out and said."""
        shutil.copy(REPORT, self.write("in/deep/er/report", b""))
        shutil.copy(OTHER, self.write("in/UPPER.PDF", b""))
        self.write("in/notes.txt", b"notes")
        self.write("in/report.docx", b"PK\x03\x04")
        self.write("in/wrong.pdf", b"PK\x03\x04")
        os.mkdir(self.path("in/folder.pdf"))
        os.symlink(REPORT, self.path("in/link.pdf"))
        os.symlink("..", self.path("in/loop"))
        os.mkfifo(self.path("in/fifo.pdf"))
        states = {os.path.basename(e["file"]): (e["status"], e.get("reason", "")) for e in
                  self.events(self.path("in"), status=1) if e["event"] == "document"}
        self.assertEqual({name: state for name, (state, _) in states.items()},
                         {"report": "loaded", "UPPER.PDF": "loaded", "notes.txt": "left_out",
                          "report.docx": "left_out", "wrong.pdf": "failed", "link.pdf": "failed",
                          "loop": "failed", "fifo.pdf": "failed"})
        self.assertIn("link", states["link.pdf"][1])
        self.assertIn("regular", states["fifo.pdf"][1])
        self.assertEqual(sorted(self.documents()), ["UPPER.PDF", "report", "wrong.pdf"])

    def test_named_link_is_followed(self):
        os.symlink(REPORT, self.path("link.pdf"))
        self.run_ingest(self.path("link.pdf"))
        self.assertEqual(self.documents()["link.pdf"]["status"], "ok")

    def test_named_fifo_does_not_hang(self):
        os.mkfifo(self.path("fifo"))
        self.assertIn("regular", self.run_ingest(self.path("fifo"), status=1).stderr)

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_unreadable(self):
        path = self.write("x.pdf", text_pdf("a"))
        os.chmod(path, 0)
        self.assertIn("denied", self.run_ingest(path, status=1).stderr)

    def test_odd_names(self):
        names = [b"-rf.pdf", b"new\nline.pdf", b"esc\x1b[31mape.pdf", b"not\xffutf8.pdf",
                 "\u202efdp.exe.pdf".encode(), b"<img src=x onerror=1>.pdf", b"quo\"te'.pdf", b"%s%n.pdf",
                 "caf\u00e9.pdf".encode(), "cafe\u0301.pdf".encode(), "报告（定稿）.pdf".encode(),
                 b"x" * 251 + b".pdf", b"\x9b31m.pdf", b"back\\slash.pdf", b"a&b<c>.pdf"]
        for number, name in enumerate(names):
            self.write(b"in/" + name, text_pdf(f"number {number}"))
        done = self.run_ingest(self.path("in"))
        self.assertEqual(len(done.stderr.splitlines()), len(names) + 1, done.stderr)
        self.assertNotRegex(done.stderr, "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
        database = self.database(self.path("a.db"))
        rows = [row[0] for row in database.execute("SELECT file FROM documents WHERE status = 'ok'")]
        self.assertEqual(len(set(rows)), len(names))
        self.assertIn(self.path("in/new\\x0aline.pdf"), rows)
        self.assertIn(self.path("in/not\\xffutf8.pdf"), rows)
        self.assertIn(self.path("in/\\u{202e}fdp.exe.pdf"), rows)

    def test_a_leading_dash_after_dashes(self):
        self.write("-x.pdf", text_pdf("a"))
        done = subprocess.run([GOUJI, "ingest", "--db", "a.db", "--", "-x.pdf"], cwd=self.folder, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_lists(self):
        paths = [self.write(f"{i}.pdf", text_pdf(f"number {i}")) for i in range(6)]
        lines = self.write("lines.txt", ("\r\n".join(paths[:2]) + "\n\n").encode())
        self.run_ingest("--list", lines)
        self.run_ingest("--list", "-", stdin="\n".join(paths[2:4]))
        self.run_ingest("-", stdin="\0".join(paths[4:]) + "\0")
        self.assertEqual(len(self.documents()), 6)
        self.run_ingest("--list", self.path("absent"), status=2)

    def test_same_bytes_twice(self):
        shutil.copy(REPORT, self.path("copy.pdf"))
        events = self.events("--jobs", "4", REPORT, self.path("copy.pdf"), REPORT)
        self.assertEqual(events[-1]["loaded"], 1)
        self.assertEqual(events[-1]["unchanged"], 2)
        self.assertEqual(self.events(REPORT)[-1]["unchanged"], 1)

    def test_same_bytes_under_other_names(self):
        """Whatever run or worker comes first, every name is kept; two names in one run are told (DUP-03)."""
        for name in ("one.pdf", "two.pdf"):
            shutil.copy(REPORT, self.path(name))
        names = "SELECT group_concat(file, ' ') FROM (SELECT replace(file, ?, '') AS file FROM files ORDER BY file)"
        for jobs in ("1", "2"):
            with self.subTest(jobs=jobs):
                self.run_ingest("--jobs", jobs, "--quiet", self.path("two.pdf"), self.path("one.pdf"))
                database = self.database(self.path("a.db"))
                self.assertEqual(database.execute(names, (self.folder + "/",)).fetchone()[0], "one.pdf two.pdf")
                found = database.execute("SELECT message FROM findings WHERE rule = 'DUP-03'").fetchall()
                self.assertEqual(len(found), 1)
                self.assertRegex(found[0][0], "one.pdf.*two.pdf")
                os.unlink(self.path("a.db"))
        self.run_ingest("--quiet", self.path("one.pdf"))
        self.run_ingest("--quiet", self.path("two.pdf"))
        database = self.database(self.path("a.db"))
        self.assertEqual(database.execute(names, (self.folder + "/",)).fetchone()[0], "one.pdf two.pdf")
        self.assertEqual(database.execute("SELECT count(*) FROM findings WHERE rule = 'DUP-03'").fetchone()[0], 0)

    def test_again_needs_no_pdf(self):
        """Other patterns, and every Document read anew: what changed is said, nothing is lost."""
        folder = self.path("patterns")
        shutil.copytree(os.path.join(support.SOURCE, "patterns"), folder)
        shutil.copy(REPORT, self.path("gone.pdf"))
        self.run_ingest("--patterns", folder, self.path("gone.pdf"))
        os.remove(self.path("gone.pdf"))
        count = "SELECT COUNT(*) FROM facts WHERE kind = 'percent'"
        before = self.database(self.path("a.db")).execute(count).fetchone()[0]
        done = self.run_ingest("--patterns", folder, "--again")
        self.assertIn("changed documents 0", done.stderr)
        units = os.path.join(folder, "units.xml")
        with open(units, encoding="utf-8") as file:
            text = file.read()
        changed = text.replace(">% ％ 个% 个百分比<", ">个百分比<")
        self.assertNotEqual(text, changed)
        with open(units, "w", encoding="utf-8") as file:
            file.write(changed)
        done = self.run_ingest("--patterns", folder, "--again")
        self.assertIn("changed documents 1", done.stderr)
        self.assertLess(self.database(self.path("a.db")).execute(count).fetchone()[0], before)
        gouji("ingest", "--again", "--db", self.path("absent.db"), status=2)

    def test_keep(self):
        self.run_ingest("--keep", REPORT)
        with open(REPORT, "rb") as file:
            self.assertEqual(self.database(self.path("a.db")).execute(
                "SELECT pdf FROM originals").fetchone()[0], file.read())

    def test_wrong_usage(self):
        for arguments in ([], ["--jobs", "0x"], ["--jobs", "-1", REPORT], ["--jobs", "1000", REPORT],
                          ["--memory", "1", REPORT], ["--reply", "-1", REPORT], ["--reply", "4000", REPORT], ["--progress", "dots", REPORT],
                          ["--cpu-seconds", "-5", REPORT], ["--patterns", "/nonexistent", REPORT],
                          ["--manifest", "/nonexistent", REPORT]):
            with self.subTest(arguments):
                done = self.run_ingest(*arguments, status=2)
                self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
                self.assertFalse(os.path.exists(self.path("a.db")))

    def test_no_place_for_the_archive(self):
        for name in ("no/such/folder.db", "."):
            done = gouji("ingest", "--db", self.path(name), REPORT, status=2)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)


class Manifest(Ingest):
    def rows(self):
        return {name: (row["department"], row["year"], row["doc_type"], row["subject"])
                for name, row in self.documents().items()}

    def manifest(self, text, name="in/manifest.csv"):
        return self.write(name, text if isinstance(text, bytes) else text.encode())

    def setUp(self):
        super().setUp()
        for i in range(4):
            self.write(f"in/{i}.pdf", text_pdf(f"number {i}"))

    def test_overrides(self):
        path = self.manifest('\ufefffile,year,department,type,subject\r\n0.pdf,2020,"财政局, 本级",整体自评,\r\n'
                             f"{self.path('in/1.pdf')},2021年,教育局,项目自评,\"校舍\"\"维修\"\"\"\r\n")
        self.run_ingest("--manifest", path, self.path("in"))
        rows = self.rows()
        self.assertEqual(rows["0.pdf"], ("财政局, 本级", 2020, "整体自评", None))
        self.assertEqual(rows["1.pdf"], ("教育局", 2021, "项目自评", '校舍"维修"'))

    def test_chinese_heads_and_gb18030(self):
        path = self.manifest("文件,部门,年度\n2.pdf,卫生健康委员会,2022\n".encode("gb18030"))
        self.run_ingest("--manifest", path, self.path("in"))
        self.assertEqual(self.rows()["2.pdf"][:2], ("卫生健康委员会", 2022))

    def test_rows_that_fit_nothing_are_told(self):
        path = self.manifest("file,department\n0.pdf,甲局\nabsent.pdf,乙局\n")
        self.assertIn("absent.pdf: in the manifest", self.run_ingest("--manifest", path, self.path("in")).stderr)

    def test_a_later_manifest_takes_effect(self):
        self.run_ingest(self.path("in"))
        path = self.manifest("file,department,year\n0.pdf,甲局,2020\n")
        events = self.events("--manifest", path, self.path("in"))
        self.assertEqual((events[-1]["loaded"], events[-1]["unchanged"]), (1, 3))
        self.assertEqual(self.rows()["0.pdf"][:2], ("甲局", 2020))
        self.assertEqual(self.events("--manifest", path, self.path("in"))[-1]["unchanged"], 4)
        self.assertEqual(self.events("--again")[-1]["loaded"], 4)
        self.assertEqual(self.rows()["0.pdf"][:2], ("甲局", 2020))

    def test_what_is_wrong_is_said_with_its_line(self):
        for text, line in (("department\n甲局\n", 1), ("file,year\n0.pdf,soon\n", 2), ("", 1),
                           ("file,type\n\n0.pdf,总结\n", 3), ('file\n0.pdf\n"1.pdf\n', 3), (b"file\n\x00\n", 1),
                           ("file,year\n,2021\n", 2), ("file,department\n0.pdf," + "x" * 2000, 2),
                           ("file,department\n0.pdf,财政局,本级\n", 2), ("file,部门,Department\n0.pdf,甲局,乙局\n", 1),
                           ("file,year,year\n0.pdf,2020,2021\n", 1)):
            with self.subTest(text[:30]):
                path = self.manifest(text)
                done = self.run_ingest("--manifest", path, self.path("in"), status=2)
                self.assertIn(f"manifest.csv:{line}:", done.stderr)

    def test_as_spreadsheets_save_it(self):
        """Whatever they write between fields, at the ends of lines and before the text; years as text."""
        table = [["文件", "部门", "年度"], ["0.pdf", '财政局，"本级"', "2021年度"], ["1.pdf", "教育局", "２０２２"],
                 ["2.pdf", "", "2023.0"], [r"sub\4.pdf", "卫健委", ""]]
        self.write("in/sub/4.pdf", text_pdf("number 4"))
        def quoted(separator, end):
            return end.join(separator.join('"' + field.replace('"', '""') + '"' for field in row) for row in table)
        def plain(separator, end):
            return end.join(separator.join(field if '"' not in field else '"' + field.replace('"', '""') + '"'
                                           for field in row) for row in table) + end
        for number, data in enumerate((
                quoted(",", "\r\n").encode(), ("\ufeff" + plain(",", "\n")).encode(), plain(";", "\r\n").encode("gb18030"),
                plain("\t", "\r\n").encode("utf-16"), plain("\t", "\r").encode("gbk"),
                (plain(",", "\n") + ",,\n\n , ,\n").encode(), b"\xfe\xff" + plain("\t", "\n").encode("utf-16-be"))):
            with self.subTest(number):
                self.run_ingest("--manifest", self.manifest(data), self.path("in"))
                rows = self.rows()
                self.assertEqual([rows[name][:2] for name in ("0.pdf", "1.pdf", "2.pdf", "4.pdf")],
                                 [('财政局，"本级"', 2021), ("教育局", 2022), (None, 2023), ("卫健委", None)])
                os.unlink(self.path("a.db"))

    def test_accents_composed_otherwise(self):
        """As macOS writes them; not where a file has that very name."""
        for name, year in (("Caf\u00e9.pdf", 2019), ("Re\u0301sume\u0301.pdf", 2020), ("twin\u00e9.pdf", 2021)):
            self.write(f"in/{name}", text_pdf(f"accent {year}"))
        self.write("in/twine\u0301.pdf", text_pdf("the other twin"))
        path = self.manifest("file,year\nCafe\u0301.pdf,2019\nR\u00e9sum\u00e9.pdf,2020\ntwin\u00e9.pdf,2021\n")
        done = self.run_ingest("--manifest", path, self.path("in"))
        rows = self.rows()
        self.assertEqual([rows[name][1] for name in ("Caf\u00e9.pdf", "Re\u0301sume\u0301.pdf", "twin\u00e9.pdf", "twine\u0301.pdf")],
                         [2019, 2020, 2021, None])
        self.assertNotIn("in the manifest", done.stderr)

    def test_columns_in_any_order_and_others(self):
        path = self.manifest("序号, Year ,备注,FILE,\n1, 2020 ,好, 0.pdf ,\n2\n3,2021,\"两行\n备注\",./1.pdf,\n")
        done = self.run_ingest("--manifest", path, self.path("in"), status=2)
        self.assertIn("manifest.csv:3: a row without a file", done.stderr)
        path = self.manifest("序号, Year ,备注,FILE,\n1, 2020 ,好, 0.pdf ,\n3,2021,\"两行\n备注\",./1.pdf,\n")
        self.run_ingest("--manifest", path, self.path("in"))
        self.assertEqual([self.rows()[name][1] for name in ("0.pdf", "1.pdf", "2.pdf")], [2020, 2021, None])

    def test_a_file_in_two_rows(self):
        for text in ("file,year\n0.pdf,2020\n1.pdf,2020\n0.pdf,2021\n", f"file\n0.pdf\n1.pdf\n{self.path('in/0.pdf')}\n",
                     "file,year\nabsent.pdf,2020\n1.pdf,2020\nabsent.pdf,2020\n"):
            with self.subTest(text):
                done = self.run_ingest("--manifest", self.manifest(text), self.path("in"), status=2)
                self.assertIn("manifest.csv:4: an earlier row", done.stderr)

    def test_a_name_in_two_rows_fits_neither(self):
        for folder in ("a", "b"):
            self.write(f"in/{folder}/same.pdf", text_pdf("folder " + folder))
        path = self.manifest("file,department\na/same.pdf,甲局\nb/same.pdf,乙局\n")
        self.run_ingest("--manifest", path, self.path("in"))
        rows = self.database(self.path("a.db")).execute(
            "SELECT file, department FROM documents WHERE file LIKE '%same.pdf' ORDER BY file").fetchall()
        self.assertEqual([row[1] for row in rows], ["甲局", "乙局"])


class Limits(Ingest):
    def test_time(self):
        path = self.write("slow.pdf", pdf(compressed("1 0 0 1 0 0 cm\n" * 8_000_000), FLATE))
        done = self.run_ingest("--cpu-seconds", "1", path, REPORT, status=1)
        self.assertRegex(done.stderr, r"slow\.pdf: failed: time: more than 1 s of CPU")
        self.assertEqual(self.documents()["transport-2021.pdf"]["status"], "ok")

    @needs_memory_limit
    def test_memory(self):
        path = self.write("large.pdf", pdf(compressed("q\n" * 2_000_000), FLATE))
        done = self.run_ingest("--memory", "32", path, REPORT, status=1)
        self.assertRegex(done.stderr, r"large\.pdf: failed: memory: more than 32 MiB")
        self.assertEqual(self.documents()["transport-2021.pdf"]["status"], "ok")


    PARENT_KB_MAX = 64000

    def parent_peak(self, *arguments):
        """The most memory that the process which writes the archive took, in KB; its lines."""
        process = subprocess.Popen([GOUJI, "ingest", "--db", self.path("a.db"), *arguments],
                                   stderr=subprocess.PIPE, text=True)
        peak = 0
        while process.poll() is None:
            try:
                with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
                    peak = max([peak, *(int(line.split()[1]) for line in file if line.startswith("VmHWM"))])
            except OSError:
                pass
            time.sleep(0.002)
        return peak, process.communicate()[1]

    @needs_memory_limit
    def test_a_book(self):
        """As much as a reply may hold: the parent stays small. More of it: refused, or as the user says."""
        lines = "".join(f"1 0 0 1 40 {760 - 14 * i} Tm (Some words of a line that is much longer than what it has to "
                        f"tell of its own number, {i}, and of no other) Tj " for i in range(52))
        page = pdf(f"BT /F 9 Tf {lines} ET")
        leaf = page[page.index(b"<</Type/Page/"):page.index(b"endobj\n4 0 obj")]
        def book(pages):
            numbers = range(10, 10 + pages)
            return self.write(f"{pages}.pdf", page.replace(
                b"/Kids[3 0 R]/Count 1", b"/Kids[%s]/Count %d" % (b"\n".join(b"%d 0 R" % n for n in numbers), pages)).replace(
                b"trailer", b"".join(b"%d 0 obj%sendobj\n" % (n, leaf) for n in numbers) + b"trailer"))
        peak, said = self.parent_peak(book(200))  # 10.5 of 11 MiB
        self.assertIn("loaded 1", said)
        self.assertLess(peak, self.PARENT_KB_MAX)
        done = self.run_ingest("--reply", "1", book(30), status=1)
        self.assertIn("failed: flood: a reply of more than 1 MiB (--reply)", done.stderr)
        self.run_ingest(self.path("30.pdf"))
        self.assertEqual(self.documents()["30.pdf"]["status"], "ok")


class Course(Ingest):
    """Progress, and batches that are cut off."""

    def batch(self, n):
        with open(REPORT, "rb") as file:
            report = file.read()
        for i in range(n):
            self.write(f"in/{i:03}.pdf", report + b"%% %d\n" % i)
        return self.path("in")

    def test_json_adds_up(self):
        folder = self.batch(5)
        self.write("in/x.pdf", b"\x1b[2J")
        events = self.events(folder, status=1)
        documents = [e for e in events if e["event"] == "document"]
        summary = events[-1]
        self.assertEqual((summary["event"], summary["files"], summary["loaded"], summary["failed"]), ("summary", 6, 5, 1))
        self.assertEqual(sum(e.get("pages", 0) for e in documents), summary["pages"])
        self.assertEqual(sum(e.get("errors", 0) for e in documents), summary["errors"])
        self.assertEqual(len(summary["failures"]), 1)
        rows = self.database(self.path("a.db"))
        self.assertEqual(rows.execute("SELECT COUNT(*) FROM findings WHERE severity = 'error'").fetchone()[0], summary["errors"])
        self.assertEqual(rows.execute("SELECT loaded, failed FROM runs").fetchall()[0][:], (5, 1))

    def on_terminal(self, columns, *arguments):
        """What a terminal of so many columns is sent."""
        main, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        process = subprocess.Popen([GOUJI, "ingest", "--db", self.path("a.db"), *arguments], stderr=other)
        os.close(other)
        shown = b""
        while True:
            try:
                chunk = os.read(main, 65536)
            except OSError:
                break
            if not chunk:
                break
            shown += chunk
        process.wait()
        os.close(main)
        return shown.decode()

    @support.needs_terminal
    def test_bar_on_a_terminal(self):
        folder = self.batch(6)
        self.write("in/x.pdf", b"no")
        text = self.on_terminal(80, folder)
        self.assertRegex(text, r"\[#+\.*\] \d/7, failed \d, findings \d+, \d+ pages/s, left \d+:\d\d")
        self.assertRegex(text, r"x\.pdf: failed: not a PDF\r\n")
        self.assertNotIn("000.pdf", text)
        self.assertRegex(text.splitlines()[-1], r"loaded 6, unchanged 0, failed 1")

    @support.needs_terminal
    def test_bar_on_a_narrow_terminal(self):
        """It never takes two lines; what is wanted most is kept, and whole."""
        folder = self.batch(3)
        for columns, last in ((44, ", failed 0, findings 18, left 0:00"), (30, ", failed 0, left 0:00"), (12, "")):
            with self.subTest(columns):
                drawn = re.findall(r"\r([^\r\n]+)\x1b\[K", self.on_terminal(columns, folder, "--again"))
                for line in drawn:
                    self.assertLess(len(line), columns)
                    self.assertRegex(line, r"^(\[[#.]{4,}\] )?\d/3(, failed \d)?(, findings \d+)?(, \d+ pages/s)?(, left \d:\d\d)?$")
                self.assertRegex(drawn[-1], f"3/3{last}$")

    def interrupted(self, signals):
        """Starts a batch and sends it signals once it has loaded something."""
        folder = self.batch(60)
        process = subprocess.Popen([GOUJI, "ingest", "--jobs", "2", "--progress", "json", "--db", self.path("a.db"),
                                    folder], stderr=subprocess.PIPE, text=True, start_new_session=True)
        process.stderr.readline()
        for i in range(signals):
            process.send_signal(signal.SIGINT)
            time.sleep(0.02)
        return process, process.stderr.read()

    def check_goes_on(self):
        self.run_ingest("--quiet", self.path("in"))
        self.assertEqual(len(self.documents()), 60)
        self.assertTrue(all(row["status"] == "ok" for row in self.documents().values()))
        self.assertEqual(self.database(self.path("a.db")).execute("PRAGMA integrity_check").fetchone()[0], "ok")

    def test_interrupt_finishes_what_it_has_begun(self):
        process, text = self.interrupted(1)
        self.assertEqual(process.wait(), 130)
        self.assertEqual(text.count("a second Ctrl-C ends at once"), 1)
        summary = json.loads(text.splitlines()[-1])
        self.assertTrue(summary["interrupted"])
        self.assertEqual(summary["failed"], 0)
        self.assertEqual(len(self.documents()), summary["loaded"])
        self.assertLess(summary["loaded"], 60)
        self.check_goes_on()

    def test_second_interrupt_ends_at_once(self):
        process, _ = self.interrupted(2)
        self.assertEqual(process.wait(), 130)
        self.check_goes_on()

    def test_other_ends(self):
        """SIGTERM, and a terminal that is closed, end a batch as Ctrl-C does; who reads the progress may leave."""
        for sent in (signal.SIGTERM, signal.SIGHUP):
            with self.subTest(sent):
                folder = self.batch(60)
                process = subprocess.Popen([GOUJI, "ingest", "--progress", "json", "--db", self.path("a.db"), folder],
                                           stderr=subprocess.PIPE, text=True, start_new_session=True)
                process.stderr.readline()
                process.send_signal(sent)
                summary = json.loads(process.communicate()[1].splitlines()[-1])
                self.assertEqual(process.returncode, 130)
                self.assertEqual(len(self.documents()), summary["loaded"])
                os.unlink(self.path("a.db"))
        process = subprocess.Popen([GOUJI, "ingest", "--db", self.path("a.db"), self.batch(60)], stderr=subprocess.PIPE)
        process.stderr.readline()
        process.stderr.close()
        self.assertEqual(process.wait(), 0)
        self.assertEqual(len(self.documents()), 60)

    def test_closed_streams(self):
        """No file of ours becomes the standard output of a program without one."""
        done = subprocess.run(["sh", "-c", '"$0" ingest --db "$1" "$2" <&- >&- 2>&-', GOUJI, self.path("a.db"), REPORT])
        self.assertEqual(done.returncode, 0)
        self.assertEqual(len(self.documents()), 1)
        for command in ("findings", "doctor", "rules", "patterns", "search 预算", "--help"):
            name, *more = command.split()
            more += ["--db", self.path("a.db")] if name in ("findings", "doctor", "search") else []
            for redirection in (">&-", ">/dev/full"):
                with self.subTest(command, to=redirection):
                    done = subprocess.run(["sh", "-c", f'"$@" {redirection}', "sh", GOUJI, name, *more],
                                          stderr=subprocess.PIPE, text=True)
                    self.assertEqual(done.returncode, 1, done.stderr)
                    self.assertEqual(done.stderr.count("cannot write to standard output"), 1, done.stderr)

    def test_killed_workers_die_too(self):
        folder = self.batch(3)
        path = self.write("in/slow.pdf", pdf(compressed("1 0 0 1 0 0 cm\n" * 8_000_000), FLATE))
        process = subprocess.Popen([GOUJI, "ingest", "--quiet", "--db", self.path("a.db"), path, folder],
                                   stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        children = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True).stdout.split()
        process.kill()
        process.wait()
        time.sleep(0.3)
        for child in children:
            self.assertFalse(os.path.exists(f"/proc/{child}/fd/0"), "a child outlived the program")


if __name__ == "__main__":
    support.main()
