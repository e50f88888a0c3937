#!/usr/bin/python3
# quick
"""gouji parse, as a pattern author uses it."""
import json
import os
import re
import shutil
import subprocess
import unittest

from support import Case, GOUJI, SHARED, SOURCE, gouji, main, needs_shared, processor_seconds


def parse(*lines, options=()):
    out = gouji("parse", *options, stdin="".join(line + "\n" for line in lines)).stdout
    return [json.loads(line) for line in out.splitlines()]


class Parse(Case):
    def test_one_array_a_line(self):
        self.assertEqual(parse("共14640.83万元", "", "没有数字"), [
            [{"start": 1, "end": 11, "kind": "amount", "value": "146408300", "value_high": None,
              "unit": "元", "qualifier": "exact", "raw": "14640.83万元"}], [], []])

    def test_last_line_without_newline_and_carriage_return(self):
        out = gouji("parse", stdin="3家\r\n5项").stdout.splitlines()
        self.assertEqual([json.loads(o)[0]["raw"] for o in out], ["3家", "5项"])

    def test_positions_count_code_points(self):
        found = parse("𠀀　３　家")[0]
        self.assertEqual([(q["start"], q["end"], q["raw"]) for q in found], [(2, 5, "３家")])

    def test_range_has_both_ends(self):
        found = parse("5-10万元")[0][0]
        self.assertEqual((found["value"], found["value_high"], found["qualifier"]),
                         ("50000", "100000", "range"))

    def test_bytes_that_are_no_utf8(self):
        done = gouji("parse", stdin=b"\xff\xfe3\xe5\xae\xb6\n", text=False)
        self.assertEqual(json.loads(done.stdout)[0]["start"], 2)

    def test_table(self):
        out = gouji("parse", "--format", "table", stdin="共12.5万元\n约3家\n").stdout.splitlines()
        self.assertEqual(out[0].split("\t")[:5], ["1", "1", "7", "amount", "125000"])
        self.assertEqual(out[1].split("\t")[0], "2")

    def test_explain_shows_what_took_every_numeral(self):
        found = parse("豫财预〔2021〕5号，一级指标4个，1,23,456元", options=["--explain"])[0]
        self.assertEqual([(q.get("claim") or q.get("unread") or q["kind"], q["raw"]) for q in found],
                         [("document-number", "豫财预〔2021〕5号"), ("level", "一级指标"),
                          ("count", "4个"), ("malformed", "1,23,456")])
        self.assertTrue(all(q.get("pattern") for q in found if "unread" not in q))

    def test_wrong_usage(self):
        gouji("parse", "--format", "xml", status=2)
        gouji("parse", "file.txt", status=2)
        self.assertIn("--explain", gouji("parse", "--help").stdout)

    def test_a_long_line_takes_linear_time(self):
        for piece in ("一", "1,", "三四", "百分之", "〔2021〕", "1万", "GB "):
            times = [processor_seconds("parse", stdin=piece * (n // len(piece)) + "\n")[0]
                     for n in (100_000, 400_000)]
            self.assertLess(times[1], 8 * times[0] + 0.3, piece)


class Expressions(Case):
    def test_evil_expressions_are_refused(self):
        for expression, reason in (("(\\d+[,.]?)+x", "too long"), ("(a|aa)+$", "too long"),
                                   ("([甲乙]*)*丙", "too long"), ("[0-9", "not valid"),
                                   ("\\d*", "nothing at all")):
            folder = self.path("patterns")
            shutil.copytree(os.path.join(SOURCE, "patterns"), folder)
            with open(os.path.join(folder, "evil.xml"), "w", encoding="utf8") as file:
                file.write(f"<claims>\n<expression id='evil' kind='code' literals='万元'>{expression}"
                           "</expression></claims>")
            said = gouji("patterns", "--patterns", folder, status=2).stderr
            self.assertRegex(said, rf"evil\.xml:2: .*{reason}", expression)
            shutil.rmtree(folder)


class Measured(Case):
    @needs_shared
    def test_cases_of_other_recognisers(self):
        for name, value, full in (("peer-cases.tsv", 99.0, 93.0), ("hard-cases.tsv", 100.0, 100.0)):
            folder = os.path.join(SHARED, "quantities")
            out = subprocess.run([os.path.join(folder, "score.py"), GOUJI, os.path.join(folder, name)],
                                 capture_output=True, text=True, check=True).stdout
            found = re.search(r"^all .*value +\d+ +([\d.]+)%.*full +\d+ +([\d.]+)%", out, re.M)
            self.assertGreaterEqual(float(found[1]), value, out)
            self.assertGreaterEqual(float(found[2]), full, out)


if __name__ == "__main__":
    main()
