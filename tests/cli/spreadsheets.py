#!/usr/bin/python3
"""The workbook and the CSV files: the same text in both, numbers as numbers, nothing that a spreadsheet
would run. What LibreOffice makes of them is looked at where it is installed."""
import csv
import io
import json
import os
import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree as ET
import zipfile

import support
from reports import Fact, report
from support import gouji

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = ["=1+1", "+86", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "＋1", "－1", "＠A1", "−1", " =1", "\"=1", "\u00a0=1",
           "=HYPERLINK(\"http://example.org\")", "http://example.org/", "mailto:a@example.org", "a\"b,c", "逗号，“引号”",
           "<b>&amp;</b>", "_x0041_", "ordinary"]
SHEETS = {"findings": "问题清单", "yearbook": "年鉴", "facts": "数据", "unchecked": "未核实", "rules": "规则统计", "documents": "报告"}
COLUMNS = ("序号 部门编码 部门名称 年度 文件名 页码 章节 规则编号 问题类型 严重程度 确定/疑似 原文A 原文B 应为 实为 差额 单位 处理意见 状态 责任人 日期"
           " 问题说明 可能的更正").split()


class Spreadsheets(support.Case):
    def setUp(self):
        super().setUp()
        facts = [Fact("预算数", text, "-12.50万元") for text in HOSTILE] + [
            Fact("执行数", "执行数", "123456789012345.67万元"), Fact("自评总分", "自评总分", "95.5分")]
        findings = [("SUM-01", "error", text, i) for i, text in enumerate(HOSTILE)]
        for i, text in enumerate((report("甲局", 2021, facts, findings=findings, name="=cmd|' /C calc'!A0.pdf",
                                         paragraphs=[("章节", "本年度工作正常开展。")]),
                                  report("乙局", 2022, facts[-1:], checks=[("SUM-01", "not_checkable", [])]))):
            with open(self.path(f"{i}.xml"), "w", encoding="utf-8") as file:
                file.write(text)
        gouji("load", "--db", self.path("a.db"), self.path("0.xml"), self.path("1.xml"))
        gouji("review", "--db", self.path("a.db"), "1", "--status", "corrected", "--note", "=note", "--reviewer", "+王")
        gouji("export", "--db", self.path("a.db"), "--xlsx", self.path("a.xlsx"), "--csv", self.path("csv"))

    def table(self, name):
        with open(os.path.join(self.path("csv"), name + ".csv"), encoding="utf-8", newline="") as file:
            text = file.read()
        self.assertTrue(text.startswith("\ufeff"))
        self.assertNotRegex(text.replace("\r\n", ""), r"[\r\n]")
        return list(csv.reader(io.StringIO(text[1:])))

    def sheets(self):
        """Rows of (kind, text) of each sheet; kind n is a number."""
        with zipfile.ZipFile(self.path("a.xlsx")) as book:
            names = [sheet.get("name") for sheet in ET.fromstring(book.read("xl/workbook.xml")).iter(S + "sheet")]
            for i, name in enumerate(names, 1):
                root = ET.fromstring(book.read(f"xl/worksheets/sheet{i}.xml"))
                rows = [[("n", cell.findtext(S + "v")) if cell.get("t") is None else
                         ("s", "".join(cell.find(S + "is").itertext())) for cell in row.iter(S + "c")]
                        for row in root.iter(S + "row")]
                yield name, root, rows

    @staticmethod
    def unguarded(text):
        return text[1:] if text.startswith("'") else text

    def test_columns(self):
        self.assertEqual(self.table("findings")[0], COLUMNS)
        self.assertEqual({name: title for name, title in SHEETS.items()},
                         dict(zip(SHEETS, [name for name, _, _ in self.sheets()])))

    def test_codes_stand_in_words(self):
        """Who reads Chinese headings reads Chinese values; what the archive tells by codes is told in words."""
        rows = self.table("facts")
        columns = [rows[0].index(name) for name in ("限定", "种类", "来源")]
        self.assertEqual({tuple(row[i] for i in columns) for row in rows[1:]}, {("等于", "金额", "正文"), ("等于", "分数", "正文")})
        for name in SHEETS:
            for row in self.table(name)[1:]:
                for heading, text in zip(self.table(name)[0], row):
                    if text not in HOSTILE and heading not in ("规则编号", "文件名", "SHA256"):
                        self.assertNotRegex(text, r"^[a-z_]{3,}$", heading)

    def test_the_same_text_in_both(self):
        for (file, _), (name, _, rows) in zip(SHEETS.items(), self.sheets()):
            with self.subTest(name):
                expected = self.table(file)
                self.assertEqual(len(rows), len(expected))
                self.assertGreater(len(rows), 1)
                for row, line in zip(rows, expected):
                    self.assertEqual(len(row), len(line))
                    for (kind, text), field in zip(row, line):
                        if kind == "n" and text is not None:
                            self.assertAlmostEqual(float(text), float(field))
                        else:
                            self.assertEqual((text or "").replace("_x005F_", "_"), self.unguarded(field))

    def test_numbers_are_numbers(self):
        sheet = {name: rows for name, _, rows in self.sheets()}["数据"]
        heading = [text for _, text in sheet[0]]
        value = heading.index("数值")
        kinds = {row[heading.index("原文")][1]: row[value] for row in sheet[1:]}
        self.assertEqual(kinds["-12.50万元"], ("n", "-125000"))
        self.assertEqual(kinds["95.5分"], ("n", "95.5"))
        self.assertEqual(kinds["123456789012345.67万元"], ("s", "1234567890123456700"))

    def test_nothing_runs(self):
        """No formula and no link in the workbook; in the CSV an apostrophe before what looks like one."""
        with zipfile.ZipFile(self.path("a.xlsx")) as book:
            for part in book.namelist():
                text = book.read(part).decode("utf-8", "replace")
                self.assertNotRegex(text, r"<f>|<hyperlink|relationships/hyperlink|vbaProject|externalLink", part)
        starts = re.compile("^[\\s\"\u00a0\ufeff]*[=+\\-@\t\r\n＝＋－＠−]")
        for name in SHEETS:
            for row in self.table(name)[1:]:
                for field in row:
                    if starts.match(field):
                        self.assertRegex(field, r"\A-\d+(\.\d+)?\Z", "neither our own number nor guarded")

    def test_for_people(self):
        """The heading is frozen, filtered, repeated on paper; columns have widths."""
        for name, root, rows in self.sheets():
            with self.subTest(name):
                self.assertEqual(root.find(f".//{S}pane").get("state"), "frozen")
                self.assertEqual(root.find(f".//{S}pane").get("ySplit"), "1")
                self.assertTrue(root.find(f".//{S}autoFilter").get("ref").endswith(str(len(rows))))
                widths = [float(column.get("width")) for column in root.iter(S + "col")]
                self.assertGreaterEqual(min(widths), 6)
                self.assertLess(max(widths), 50)

    def test_findings_as_csv_and_json(self):
        """The same guard for `gouji findings`; JSON is as it is."""
        text = gouji("findings", "--db", self.path("a.db"), "--format", "csv").stdout
        rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
        found = json.loads(gouji("findings", "--db", self.path("a.db"), "--format", "json").stdout)
        self.assertEqual([self.unguarded(row["message"]) for row in rows], [one["message"] for one in found])
        self.assertEqual(sorted(one["message"] for one in found), sorted(HOSTILE))

    def test_no_such_folder(self):
        for option in ("--xlsx", "--json"):
            done = gouji("export", "--db", self.path("a.db"), option, self.path("no/such.file"), status=2)
            self.assertEqual(done.stderr, f"gouji export: {self.path('no')}: no such folder\n")

    def test_a_failed_export_leaves_nothing(self):
        os.mkdir(self.path("full"))
        done = gouji("export", "--db", self.path("a.db"), "--xlsx", self.path("none/a.xlsx"), status=2)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        gouji("export", "--db", self.path("a.db"), "--json", self.path("none/a.json"), status=2)
        gouji("export", "--db", self.path("a.db"), status=2)

    @unittest.skipUnless(shutil.which("soffice"), "LibreOffice is not installed")
    def test_libreoffice(self):
        """It opens both and finds the same text in them."""
        def opened(path, *filters):
            out = self.path("out-" + os.path.basename(path))
            subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{self.path('profile')}", *filters,
                            "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false", "--outdir", out,
                            path], check=True, capture_output=True, timeout=240)
            with open(os.path.join(out, os.listdir(out)[0]), encoding="utf-8", newline="") as file:
                return list(csv.reader(io.StringIO(file.read().lstrip("\ufeff"))))
        book = opened(self.path("a.xlsx"))
        table = opened(os.path.join(self.path("csv"), "findings.csv"), "--infilter=CSV:44,34,76,1,,0,false,false")
        self.assertEqual(len(book), len(HOSTILE) + 1)
        for left, right in zip(book, table):
            self.assertEqual(left, [self.unguarded(field) for field in right])


if __name__ == "__main__":
    support.main()
