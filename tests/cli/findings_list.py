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

    def on_terminal(self, columns):
        controller, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        program = subprocess.Popen([GOUJI, "findings", "--db", self.archive], stdout=terminal,
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
