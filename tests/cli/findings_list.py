#!/usr/bin/python3
# quick
"""What people see of findings: the report, its findings, sentences folded at the terminal's width."""
import fcntl
import os
import pty
import struct
import subprocess
import termios
import unicodedata

import support
from support import GOUJI, SAMPLES, gouji


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


class FindingsList(support.Case):
    def setUp(self):
        super().setUp()
        self.archive = self.path("archive.db")
        gouji("ingest", "--quiet", "--db", self.archive, os.path.join(SAMPLES, "transport-2021.pdf"))

    def on_terminal(self, columns, *arguments):
        controller, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        program = subprocess.Popen([GOUJI, *(arguments or ["findings"]), "--db", self.archive], stdout=terminal,
                                   stderr=subprocess.DEVNULL)
        os.close(terminal)
        shown = b""
        try:
            while chunk := os.read(controller, 65536):
                shown += chunk
        except OSError:  # the terminal is closed when the program ends
            pass
        os.close(controller)
        self.assertEqual(program.wait(), 0)
        return shown.decode().splitlines()

    def sentences(self, lines):
        """Each finding's text, folding undone."""
        return "\n".join(line.strip() for line in lines).replace(" ", "")

    def test_report_stands_once(self):
        lines = gouji("findings", "--db", self.archive).stdout.splitlines()
        self.assertIn("安澜市交通运输局  2021  整体自评", lines[0])
        self.assertEqual(sum("安澜市交通运输局  2021" in line for line in lines), 1)
        self.assertTrue(any("SUM-01" in line for line in lines))

    def test_one_line_a_sentence_elsewhere(self):
        shown = gouji("findings", "--db", self.archive).stdout
        for (message,) in self.database(self.archive).execute("SELECT message FROM findings"):
            self.assertIn("        " + message + "\n", shown)

    @support.needs_terminal
    def test_headings_on_a_terminal_only(self):
        """Above columns in which something stands; who reads a pipe gets rows alone."""
        lines = self.on_terminal(200, "search", "预算")
        self.assertRegex(lines[0], r"^department +year  file +page  kind +text$")
        self.assertEqual([line.split() for line in lines[1:]],
                         [line.split() for line in gouji("search", "预算", "--db", self.archive).stdout.splitlines()])
        self.assertEqual(self.on_terminal(200, "search", "没有这个词"), [])
        gouji("review", "1", "--status", "confirmed", "--reviewer", "王", "--db", self.archive)
        self.assertRegex(self.on_terminal(200, "review")[0], r"^finding .*  status +reviewer  reviewed at$")

    def test_what_was_not_checked_by_reason(self):
        """One line for a reason, however many rules it stopped; CSV names each."""
        rows = self.database(self.archive).execute(
            "SELECT reason, count(*), count(DISTINCT rule) FROM checks WHERE outcome = 'not_checkable' GROUP BY 1").fetchall()
        lines = gouji("findings", "--unchecked", "--db", self.archive).stdout.splitlines()
        self.assertEqual(len(lines), len(rows))
        for reason, times, rules in rows:
            (line,) = [line for line in lines if f"  {reason}  " in line]
            self.assertRegex(line, rf"  {times} +[A-Z]{{3}}-\d\d ")
            self.assertEqual(f"等{rules}条规则" in line, rules > 3)
        named = gouji("findings", "--unchecked", "--format", "csv", "--db", self.archive).stdout.splitlines()
        self.assertEqual(len(named) - 1, sum(row[2] for row in rows))

    def test_a_decision_is_repeated(self):
        done = gouji("review", "1", "999", "--status", "dismissed", "--db", self.archive, status=1)
        self.assertEqual(done.stderr.splitlines(), ["finding 1: dismissed", "gouji review: 999: no such finding"])

    @support.needs_terminal
    def test_folded_on_a_terminal(self):
        whole = gouji("findings", "--db", self.archive).stdout.splitlines()
        lines = self.on_terminal(80)
        self.assertGreater(len(lines), len(whole))
        self.assertLessEqual(max(width(line) for line in lines if line.startswith("        ")), 80)
        self.assertEqual(self.sentences(lines).replace("\n", ""), self.sentences(whole).replace("\n", ""))
        for line in lines:
            self.assertFalse(line.strip()[:1] in "，。；、）”" and line.strip(), line)


if __name__ == "__main__":
    support.main()
