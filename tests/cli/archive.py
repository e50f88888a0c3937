#!/usr/bin/python3
"""The archive of many departments and years: versions and what they change, the registry, decisions,
and the rules between reports. The reports are written by the test, figure by figure."""
import glob
import json
import os
import random
import re
import resource
import sqlite3

import support
from reports import Fact, report
from support import SOURCE, gouji


TARGETS = """
# 2024年项目支出绩效目标批复表
| 项目名称 | 城区燃气管网更新改造 | → | → | → |
| 主管部门 | 安澜市城市管理局 | → | 实施单位 | 安澜市燃气服务中心 |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值 |
| 成本指标 | 经济成本指标 | 单位改造成本 | ≤62万元 | 10 |
| 产出指标 | 数量指标 | 改造管网长度 | ≥42公里 | 30 |
| ↓ | 质量指标 | 工程验收合格率 | =100% | 20 |
| 效益指标 | 社会效益指标 | 受益户数 | ≥1.8万户 | 20 |
| 满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥92% | 10 |
"""
EVALUATION = """
# 2024年度项目支出绩效自评表
| 项目名称 | 城区燃气管网更新改造 | → | → | → | → | → | → |
| 主管部门 | 安澜市城市管理局 | → | → | 实施单位 | 安澜市燃气服务中心 | → | → |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 |
| 成本指标 | 经济成本指标 | 指标1：单位改造成本 | ≤62万元 | 60万元 | 10 | 10 | |
| 产出指标 | 数量指标 | 改造管网长度 | ≥42公里 | 43公里 | 30 | 30 | |
| ↓ | 质量指标 | 工程验收合格率 | =100% | 100% | 20 | 20 | |
| 效益指标 | 社会效益指标 | 受益户数 | ≥1.8万户 | 1.9万户 | 20 | 20 | |
| 满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥92% | 93% | 10 | 10 | |
"""


class Archive(support.Case):
    def load(self, *reports, name="archive.db", options=()):
        """Loads Reports in one run, in this order."""
        paths = []
        for i, text in enumerate(reports):
            path = self.path(f"{name}-{random.random()}-{i}.xml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            paths.append(path)
        gouji("load", "--quiet", "--db", self.path(name), *options, *paths)
        return self.database(self.path(name))

    def rows(self, sql, *parameters, name="archive.db"):
        return [tuple(row) for row in self.database(self.path(name)).execute(sql, parameters)]

    def outcomes(self, rule, name="archive.db"):
        """(department, year, outcome) of a rule, sorted."""
        return sorted(self.rows("SELECT d.department, d.year, c.outcome FROM checks c JOIN documents d"
                                " ON d.id = c.document_id WHERE c.rule = ?", rule, name=name))

    def exported(self, name):
        gouji("export", "--db", self.path(name), "--json", self.path("export.json"))
        with open(self.path("export.json"), encoding="utf-8") as file:
            return file.read()


class Versions(Archive):
    OLD = report("甲局", 2021, [Fact("预算数", "预算数", "100.00万元"), Fact("执行数", "执行数", "90.00万元")],
                 name="old.pdf", findings=[("SUM-01", "error", "甲", 0)])
    NEW = report("甲局", 2021, [Fact("预算数", "预算数", "120.00万元"), Fact("执行数", "执行数", "90.00万元"),
                              Fact("执行率", "执行率", "75.00%")], name="new.pdf")

    def test_a_changed_report_supersedes(self):
        self.load(self.OLD)
        self.load(self.NEW)
        self.assertEqual(self.rows("SELECT file, version, superseded_by FROM documents ORDER BY id"),
                         [("old.pdf", 1, 2), ("new.pdf", 2, None)])
        self.assertEqual(self.rows("SELECT year, department, document_id FROM yearbook"), [(2021, "甲局", 2)])

    def test_what_a_version_changed(self):
        self.load(self.OLD)
        self.load(self.NEW)
        changes = json.loads(gouji("changes", "--db", self.path("archive.db"), "--format", "json").stdout)
        self.assertEqual([(c["what"], c["change"], c["label"], c["before"], c["after"]) for c in changes],
                         [("finding", "removed", "SUM-01", "甲", None),
                          ("fact", "changed", "预算数", "100.00万元", "120.00万元"),
                          ("fact", "added", "执行率", None, "75.00%")])
        self.assertEqual({(c["previous"], c["version"]) for c in changes}, {("old.pdf", 2)})

    def test_three_versions_in_any_order_of_one_run(self):
        """Versions of one run stand by path, whatever the order of loading."""
        newest = report("甲局", 2021, [Fact("预算数", "预算数", "130.00万元")], name="z.pdf")
        expected = [("new.pdf", 1), ("old.pdf", 2), ("z.pdf", 3)]
        texts = []
        for i, order in enumerate(([self.OLD, self.NEW, newest], [newest, self.NEW, self.OLD])):
            self.load(*order, name=f"{i}.db")
            self.assertEqual(self.rows("SELECT file, version FROM documents ORDER BY version", name=f"{i}.db"),
                             expected)
            self.assertEqual(self.rows("SELECT n.file FROM documents d JOIN documents n ON n.id = d.superseded_by"
                                       " ORDER BY d.version", name=f"{i}.db"), [("old.pdf",), ("z.pdf",)])
            texts.append(self.exported(f"{i}.db"))
        self.assertEqual(*texts)

    def test_what_supersedes_nothing(self):
        """Another project, another type, another year, what is guessed or not known."""
        facts = [Fact("预算数", "预算数", "100.00万元")]
        self.load(report("甲局", 2021, facts, doc_type="自评表", subject="一号项目"),
                  report("甲局", 2021, facts, doc_type="自评表", subject="二号项目"),
                  report("甲局", 2021, facts), report("甲局", 2022, facts),
                  report("甲局", 2021, facts, inferred="year", salt="1"),
                  report("甲局", 2021, facts, inferred="department,year", salt="2"),
                  report("甲局", 0, facts), report("甲局", 0, facts, salt="3"),
                  report("甲局", 2021, facts, doc_type=None), report("甲局", 2021, facts, doc_type=None, salt="4"),
                  report("甲局", 2021, facts, doc_type="决算"))
        self.assertEqual(self.rows("SELECT count(*), max(version), count(superseded_by) FROM documents"),
                         [(11, 1, 0)])

    def test_reading_again_keeps_the_document(self):
        """Its key, its time and its first run stay; what changed is recorded."""
        self.load(self.OLD, options=("--again",))
        before = self.rows("SELECT id, ingested_at, run_id FROM documents")
        again = self.OLD.replace('concept="执行数"', 'concept="支出总计"').replace("<finding ", "<finding evidence='x' ")
        self.load(again, options=("--again",))
        self.assertEqual(self.rows("SELECT id, ingested_at, run_id FROM documents"), before)
        self.assertEqual(self.rows("SELECT read_run_id FROM documents"), [(2,)])
        self.assertEqual(self.rows("SELECT concept FROM facts ORDER BY id"), [("预算数",), ("支出总计",)])
        self.assertEqual(self.rows("SELECT what, change, previous_id, run_id FROM changes ORDER BY id"),
                         [("finding", "removed", None, 2), ("finding", "added", None, 2)])

    def check_changes(self):
        """Each version has exactly what it changed against the one before, and nothing else."""
        for document, previous, raw, before in self.rows(
                "SELECT d.id, p.id, f.raw, g.raw FROM documents d JOIN facts f ON f.document_id = d.id"
                " LEFT JOIN documents p ON p.superseded_by = d.id LEFT JOIN facts g ON g.document_id = p.id"):
            expected = [(previous, "changed", before, raw)] if previous and raw != before else []
            self.assertEqual(self.rows("SELECT previous_id, change, before, after FROM changes"
                                       " WHERE document_id = ? AND previous_id IS NOT NULL", document), expected)

    def test_changes_follow_versions(self):
        """However versions come, move and are read anew, in many runs."""
        chance = random.Random(7)
        texts = [report("甲局", 2021, [Fact("预算数", "预算数", f"{chance.randrange(3)}.00万元")], name=f"{i}.pdf", salt=str(i))
                 for i in range(12)]
        for step in range(14):
            text = chance.choice(texts)
            if chance.random() < 0.5:
                text = text.replace('year="2021"', 'year="2020"')
            self.load(text, chance.choice(texts), options=("--again",))
            self.check_changes()
        with open(self.path("registry.csv"), "w", encoding="utf-8") as file:
            file.write("code,name\n01,甲局\n")
        gouji("departments", "--db", self.path("archive.db"), "import", self.path("registry.csv"))
        self.check_changes()
        self.assertGreater(self.rows("SELECT count(*) FROM changes WHERE previous_id IS NOT NULL")[0][0], 1)

    def test_many_versions_are_read_again_in_time(self):
        """The work grows with their number, not with its square."""
        def seconds(n):
            texts = [report("甲局", 2021, [Fact("预算数", "预算数", f"{i}.00万元")] * 40, name=f"{i:03}.pdf") for i in range(n)]
            self.load(*texts, name=f"{n}.db")
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            self.load(*texts, name=f"{n}.db", options=("--again",))
            return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        few, many = seconds(32), seconds(128)
        self.assertLess(many, 12 * few)

    def test_reading_again_moves_versions(self):
        """A report whose year turns out to be another leaves its versions."""
        self.load(self.OLD)
        self.load(self.NEW)
        self.load(self.OLD.replace('year="2021"', 'year="2020"'), options=("--again",))
        self.assertEqual(self.rows("SELECT file, year, version, superseded_by FROM documents ORDER BY id"),
                         [("old.pdf", 2020, 1, None), ("new.pdf", 2021, 1, None)])
        self.assertEqual(self.rows("SELECT count(*) FROM changes WHERE previous_id IS NOT NULL"), [(0,)])

    def test_without_again_nothing_changes(self):
        self.load(self.OLD)
        before = self.exported("archive.db")
        self.load(self.OLD)
        self.assertEqual(self.exported("archive.db"), before)


class Decisions(Archive):
    REPORT = report("甲局", 2021, [Fact("预算数", "预算数", "100.00万元"), Fact("执行数", "执行数", "90.00万元")],
                    findings=[("SUM-01", "error", "一", 0), ("SUM-01", "warning", "二", 1)])

    def review(self, *arguments, status=0):
        return gouji("review", "--db", self.path("archive.db"), *arguments, status=status)

    def statuses(self):
        return self.rows("SELECT d.version, f.message, f.status FROM findings f JOIN documents d"
                         " ON d.id = f.document_id ORDER BY 1, 2")

    def test_survive_new_versions_and_new_readings(self):
        self.load(self.REPORT)
        self.review("1", "--status", "dismissed", "--note", "两种口径", "--reviewer", "王")
        self.load(self.REPORT, options=("--again",))
        self.assertEqual(self.statuses(), [(1, "一", "dismissed"), (1, "二", "open")])
        self.load(report("甲局", 2021, [Fact("执行率", "执行率", "90%"), Fact("预算数", "预算数", "100.00万元"),
                                      Fact("执行数", "执行数", "91.00万元")], name="new.pdf",
                         findings=[("SUM-01", "error", "一（第2页）", 1), ("SUM-01", "warning", "二", 2)]))
        self.assertEqual(self.statuses()[2:], [(2, "一（第2页）", "dismissed"), (2, "二", "open")])

    def test_the_same_finding_keeps_its_id(self):
        """Of a report's own rules and of those between reports, whatever is read again with it, in any order."""
        earlier = report("甲局", 2020, [Fact("年末结转", "年末结转", "130.00万元")], findings=[("SUM-01", "error", "一", 0)])
        later = report("甲局", 2021, [Fact("年初结转", "年初结转", "131.00万元")],
                       findings=[("SUM-01", "error", "二", 0), ("SUM-01", "error", "二", 0), ("SUM-02", "warning", "三", 0)])
        new = report("乙局", 2021, [Fact("预算数", "预算数", "1.00万元")], findings=[("SUM-01", "error", "四", 0)])

        def ids():
            return self.rows("SELECT id, rule, message FROM findings ORDER BY id")

        self.load(earlier, later)
        before = ids()
        self.assertEqual([row[1] for row in before], ["SUM-01", "SUM-01", "SUM-01", "SUM-02", "XDC-02"])
        for order in ((later,), (later, earlier), (earlier, later, later)):
            self.load(*order, options=("--again",))
            self.assertEqual(ids(), before)
        gouji("check", "--db", self.path("archive.db"))
        self.assertEqual(ids(), before)
        self.load(new, later, options=("--again",))  # the greatest ids are free while the new report is read
        self.assertEqual(ids()[:5], before)
        self.assertEqual([row[2] for row in ids()[5:]], ["四"])
        self.load(later.replace('rule="SUM-02"', 'rule="SUM-03"'), options=("--again",))
        self.assertEqual([row[0] for row in ids()], [1, 2, 3, 5, 6, 7])
        gouji("doctor", "--db", self.path("archive.db"))

    def test_who_when_and_all_of_them(self):
        self.load(self.REPORT)
        self.review("2", "--status", "confirmed", "--reviewer", "王")
        self.review("2", "--status", "corrected", "--note", "已整改", "--reviewer", "李")
        rows = self.rows("SELECT status, note, reviewer, reviewed_at FROM reviews ORDER BY id")
        self.assertEqual([row[:3] for row in rows], [("confirmed", None, "王"), ("corrected", "已整改", "李")])
        for row in rows:
            self.assertRegex(row[3], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        listed = json.loads(self.review("--format", "json").stdout)
        self.assertEqual([(row["finding"], row["status"], row["note"], row["reviewer"]) for row in listed],
                         [(2, "corrected", "已整改", "李")])

    def test_by_fingerprint(self):
        self.load(self.REPORT)
        fingerprint, = self.rows("SELECT fingerprint FROM findings WHERE id = 1")[0]
        self.review(fingerprint[:16], "--status", "explained")
        self.assertEqual(self.statuses()[0][2], "explained")

    def test_a_few_letters_are_no_finding(self):
        self.load(report("甲局", 2021, [Fact("预算数", "预算数", "100.00万元")], findings=[("SUM-01", "error", "一", 0)]))
        fingerprint = self.rows("SELECT fingerprint FROM findings")[0][0]
        for name in ("", "0", fingerprint[:1] + "x", "f" + fingerprint[:7].lstrip("0123456789"), "-1"):
            done = gouji("review", "--db", self.path("archive.db"), "--status", "dismissed", "--", name, status=1)
            self.assertIn("no such finding", done.stderr)
        for options in (("review", "1", "--status", "finished"), ("findings", "--status", "finished")):
            gouji(options[0], "--db", self.path("archive.db"), *options[1:], status=2)
        self.assertEqual(self.rows("SELECT count(*) FROM reviews"), [(0,)])

    def test_refusals(self):
        self.load(self.REPORT)
        self.assertIn("no such finding", self.review("77", "--status", "open", status=1).stderr)
        self.assertIn("status", self.review("1", "--status", "fine", status=2).stderr)
        self.assertIn("status", self.review("1", status=2).stderr)
        gouji("review", "--db", self.path("none.db"), "1", "--status", "open", status=2)
        self.assertFalse(os.path.exists(self.path("none.db")))

    def test_rules_by_name(self):
        self.load(self.REPORT)
        self.assertIn("2 findings", gouji("findings", "--db", self.path("archive.db"), "--rule", "sum-01").stderr)
        self.assertIn("no such rule", gouji("findings", "--db", self.path("archive.db"), "--rule", "SUM-1", status=2).stderr)

    def test_fail_on_leaves_out_what_is_settled(self):
        self.load(self.REPORT)
        gouji("findings", "--db", self.path("archive.db"), "--fail-on", "error", status=3)
        self.review("1", "--status", "explained")
        gouji("findings", "--db", self.path("archive.db"), "--fail-on", "error", status=0)
        gouji("findings", "--db", self.path("archive.db"), "--fail-on", "warning", status=3)


class Departments(Archive):
    REGISTRY = ("编码,名称,别名,上级,起始年度,终止年度\n"
                "01,甲市科技局,,,2000,2018\n01,甲市科学技术局,市科技局；科技局,,2019,\n"
                "0101,甲市科技服务中心,,01,,\n02,甲市财政局,,,,\n03,甲市机构（新）,,,2023,\n")

    def registry(self, text=None, encoding="utf-8", status=0):
        path = self.path("registry.csv")
        with open(path, "w", encoding=encoding, newline="") as file:
            file.write(text or self.REGISTRY)
        return gouji("departments", "--db", self.path("archive.db"), "import", path, status=status)

    def codes(self):
        return self.rows("SELECT department, year, department_code FROM documents ORDER BY id")

    def test_names_lead_to_codes(self):
        reports = [report("甲市科技局", 2017), report("甲市科学技术局", 2021), report("市科技局", 2022),
                   report("甲市科技局", 2021), report("甲市 机构(新)", 2024), report("乙局", 2021)]
        expected = [("甲市科技局", 2017, "01"), ("甲市科学技术局", 2021, "01"), ("市科技局", 2022, "01"),
                    ("甲市科技局", 2021, None), ("甲市 机构(新)", 2024, "03"), ("乙局", 2021, None)]
        self.load(*reports)
        self.registry()
        self.assertEqual(self.codes(), expected)
        gouji("departments", "--db", self.path("before.db"), "import", self.path("registry.csv"))
        self.load(*reports, name="before.db")
        self.assertEqual(self.exported("archive.db"), self.exported("before.db"))
        unknown = json.loads(gouji("departments", "--db", self.path("archive.db"), "--unknown", "--format",
                                   "json").stdout)
        self.assertEqual([row["department"] for row in unknown], ["乙局", "甲市科技局"])

    def test_a_renamed_department_is_one(self):
        """Two names in one year are versions of one report; years are compared through the renaming."""
        self.load(report("甲市科学技术局", 2021, [Fact("执行数", "执行数", "110.00万元")]),
                  report("市科技局", 2021, [Fact("执行数", "执行数", "121.00万元")]),
                  report("科技局", 2022, [Fact("执行数", "执行数", "110.00万元")]))
        self.assertEqual(self.rows("SELECT count(*) FROM documents WHERE superseded_by IS NOT NULL"), [(0,)])
        self.registry()
        self.assertEqual(self.rows("SELECT count(*) FROM documents WHERE superseded_by IS NOT NULL"), [(1,)])
        self.assertEqual(self.rows("SELECT year, actual, actual_before, actual_change FROM year_on_year"
                                   " ORDER BY year"), [(2021, "1100000", None, None),
                                                       (2022, "1100000", "1100000", 0.0)])

    def test_missing(self):
        self.registry(encoding="gb18030")
        self.load(report("市科技局", 2021), report("甲市财政局", 2021, doc_type="决算"))
        def missing(*options):
            return [row["code"] for row in json.loads(gouji(
                "missing", "--db", self.path("archive.db"), "--format", "json", *options).stdout)]
        self.assertEqual(missing("--year", "2021"), ["02"])
        self.assertEqual(missing("--year", "2021", "--sub-units"), ["0101", "02"])
        self.assertEqual(missing("--year", "2021", "--type", "决算"), ["01"])
        self.assertEqual(missing("--year", "2023"), ["01", "02", "03"])
        self.assertEqual(missing("--year", "1999"), ["02"])
        self.assertIn("整体自评", gouji("missing", "--db", self.path("archive.db"), "--year", "2021", "--type", "自评",
                                    status=2).stderr)

    def test_missing_are_called_as_they_were(self):
        """By the name of that year; where two overlap by the later; a gap has the present one. Found by either."""
        self.registry("code,name,aliases,valid_from,valid_to\n1,经贸委,,2000,2009\n1,工信委,经信委,2010,2018\n"
                      "1,工信局,,2018,\n2,旅游局,,2000,2010\n2,文旅局,,2019,\n")
        self.load(report("丙局", 2021))
        def names(year, *options):
            return [row["name"] for row in json.loads(gouji("missing", "--db", self.path("archive.db"), "--year", str(year),
                                                            "--format", "json", *options).stdout or "[]")]
        self.assertEqual([names(year)[0] for year in (2005, 2009, 2010, 2017, 2018, 2019, 2030)],
                         ["经贸委", "经贸委", "工信委", "工信委", "工信局", "工信局", "工信局"])
        self.assertEqual([names(year)[1] for year in (2005, 2015, 2019)], ["旅游局", "文旅局", "文旅局"])
        self.assertEqual(names(2015, "--department", "工信委"), ["工信委"])
        self.assertEqual(names(2015, "--department", "工信局"), ["工信委"])
        self.assertEqual(names(2015, "--department", "经信"), [])

    def test_nobody_is_registered(self):
        """Then nobody can be missing, which is not to be taken for that all have come."""
        self.load(report("甲局", 2021))
        done = gouji("missing", "--db", self.path("archive.db"), "--year", "2021", status=2)
        self.assertIn("departments import", done.stderr)
        self.registry()
        done = gouji("missing", "--db", self.path("archive.db"), "--year", "2021", "--department", "没有")
        self.assertEqual((done.stdout, done.stderr), ("", "there is nothing to list\n"))

    def test_years_as_people_write_them(self):
        self.registry("code,name,valid_from,valid_to\n1,甲局,2019-01-01,2020年\n2,乙局,２０１８,2021.0\n"
                      "3,丙局,2019年3月,2021/12/31\n")
        self.assertEqual(self.rows("SELECT code, valid_from, valid_to FROM departments ORDER BY code"),
                         [("1", "2019", "2020"), ("2", "2018", "2021"), ("3", "2019", "2021")])

    def test_twice_the_same_name(self):
        """A name of two departments in one year leads to neither; in different years to each."""
        self.registry("code,name,aliases,valid_from,valid_to\n1,甲局,服务中心,,2020\n2,乙局,服务中心,2021,\n3,丙局,综合科,,\n"
                      "4,丁局,综合科,,\n")
        self.load(report("服务中心", 2020), report("服务中心", 2022), report("综合科", 2022))
        self.assertEqual([code for _, _, code in self.codes()], ["1", "2", None])

    def test_broken_tables(self):
        for text, reason in (("name\n甲\n", "registry.csv:1"), ("code,name\n01,\n", "registry.csv:2"),
                             ("code,name,parent\n01,甲,99\n", "99"), ("code,name\n\"01,甲\n", "quote"),
                             ("code,name,valid_from\n01,甲,上古\n", "registry.csv:2"),
                             ("code,name,valid_from,valid_to\n01,甲,2021,2019\n", "registry.csv:2"),
                             ("code,name,parent\n01,甲,01\n", "01 is below itself"), ("code,name\n01,甲\x00\n", "registry.csv:1"),
                             ("code,name,parent\n1,甲,3\n2,乙,1\n3,丙,2\n", "1 is below itself")):
            with self.subTest(text):
                self.assertIn(reason, self.registry(text, status=2).stderr)
        self.assertFalse(os.path.exists(self.path("archive.db")))


class Between(Archive):
    """The rules that need more than one report."""

    def test_opening_is_last_closing(self):
        last = report("甲局", 2020, [Fact("年末结转", "年末财政拨款结转", "130.00万元", period="2020")])
        for raw, outcome in (("130.00万元", "pass"), ("130万元", "pass"), ("0.0130亿元", "pass"),
                             ("0.013亿元", "pass"), ("129.60万元", "fail"), ("1300000.40元", "rounding")):
            with self.subTest(raw):
                name = f"{raw}.db"
                self.load(last, report("甲局", 2021, [Fact("年初结转", "年初财政拨款结转", raw)]), name=name)
                self.assertEqual(self.outcomes("XDC-02", name), [("甲局", 2021, outcome)])
        row = self.rows("SELECT f.certainty, f.severity, f.expected, f.actual, f.difference, f.unit, f.message"
                        " FROM findings f", name="129.60万元.db")
        self.assertEqual(row[0][:6], ("proven", "error", "1300000", "1296000", "-4000", "元"))
        self.assertIn("相差0.4万元", row[0][6])
        self.assertEqual(self.rows("SELECT f.raw, d.year FROM finding_facts x JOIN facts f ON f.id = x.fact_id"
                                   " JOIN documents d ON d.id = f.document_id ORDER BY x.seq",
                                   name="129.60万元.db"), [("129.60万元", 2021), ("130.00万元", 2020)])

    def test_the_order_of_loading_makes_no_difference(self):
        """Also when a new version repairs what disagreed, and when it comes before or after."""
        reports = [report("甲局", 2020, [Fact("年末结转", "年末结转", "130.00万元")], name="a.pdf"),
                   report("甲局", 2021, [Fact("年初结转", "年初结转", "13.00万元"),
                                       Fact("执行数", "上年执行数", "80.00万元", period="2020")], name="b.pdf"),
                   report("甲局", 2021, [Fact("年初结转", "年初结转", "131.00万元")], name="c.pdf"),
                   report("乙局", 2021, [Fact("年初结转", "年初结转", "7.00万元")], name="d.pdf")]
        texts = set()
        for i in range(6):
            order = reports[:]
            random.Random(i).shuffle(order)
            self.load(*order, name=f"{i}.db")
            texts.add(self.exported(f"{i}.db"))
        self.assertEqual(len(texts), 1)
        self.assertEqual(self.outcomes("XDC-02", "0.db"),
                         [("乙局", 2021, "not_checkable"), ("甲局", 2021, "fail")])
        self.assertEqual(self.rows("SELECT d.file FROM findings f JOIN documents d ON d.id = f.document_id"
                                   " WHERE f.rule = 'XDC-02'", name="0.db"), [("c.pdf",)])

    def test_a_new_version_of_last_year_is_looked_at(self):
        self.load(report("甲局", 2020, [Fact("年末结转", "年末结转", "130.00万元")], name="a.pdf"),
                  report("甲局", 2021, [Fact("年初结转", "年初结转", "131.00万元")]))
        self.assertEqual(self.outcomes("XDC-02"), [("甲局", 2021, "fail")])
        self.load(report("甲局", 2020, [Fact("年末结转", "年末结转", "131.00万元")], name="b.pdf"))
        self.assertEqual(self.outcomes("XDC-02"), [("甲局", 2021, "pass")])
        self.assertEqual(self.rows("SELECT count(*) FROM findings"), [(0,)])

    def test_labels_that_do_not_correspond(self):
        """Figures of two kinds are not compared; the only ones of their concept are, as suspected."""
        last = report("甲局", 2020, [Fact("年末结转", "年末项目结转", "5.00万元"),
                                    Fact("年末结转", "年末基本支出结转", "6.00万元")])
        self.load(last, report("甲局", 2021, [Fact("年初结转", "年初财政拨款结转", "9.00万元")]))
        self.assertEqual(self.outcomes("XDC-02"), [("甲局", 2021, "not_checkable")])
        self.load(report("甲局", 2020, [Fact("年末结转", "年末项目结转", "5.00万元")]),
                  report("甲局", 2021, [Fact("年初结转", "年初财政拨款结转", "9.00万元")]), name="one.db")
        self.assertEqual(self.rows("SELECT certainty FROM findings", name="one.db"), [("suspected",)])

    def test_guessed_identity_is_suspected(self):
        self.load(report("甲局", 2020, [Fact("年末结转", "年末结转", "130.00万元")], inferred="year"),
                  report("甲局", 2021, [Fact("年初结转", "年初结转", "131.00万元")]))
        self.assertEqual(self.rows("SELECT certainty FROM findings"), [("suspected",)])

    def test_last_year_quoted(self):
        def outcome(name, quoted, label="上年执行数"):
            self.load(report("甲局", 2020, [Fact("执行数", "执行数", "80.00万元")]),
                      report("甲局", 2021, [Fact("执行数", label, quoted, period="2020"),
                                          Fact("执行数", "执行数", "95.00万元", period="2021")]), name=name)
            return [row[2] for row in self.outcomes("XDC-03", name)]
        self.assertEqual(outcome("a.db", "80.00万元"), ["pass"])
        self.assertEqual(outcome("b.db", "80.50万元"), ["fail"])
        self.assertEqual(outcome("c.db", "80万元", "2020年度执行数"), ["pass"])

    def test_final_accounts(self):
        accounts = report("甲局", 2021, [Fact("支出总计", "支出总计", "96.10万元"), Fact("执行数", "本年支出合计", "95.00万元")],
                          doc_type="决算")
        for raw, outcome in (("95.00万元", "pass"), ("96.1万元", "pass"), ("94.00万元", "fail")):
            with self.subTest(raw):
                self.load(accounts, report("甲局", 2021, [Fact("执行数", "全年执行数", raw)]), name=raw)
                self.assertEqual(self.outcomes("XDC-04", raw), [("甲局", 2021, outcome)])
        self.assertEqual(self.rows("SELECT certainty FROM findings", name="94.00万元"), [("suspected",)])

    def form(self, name, *changes):
        """A Report of one of the tables below, with changes (old, new)."""
        text = TARGETS if name == "targets" else EVALUATION
        for old, new in changes:
            self.assertEqual(text.count(old), 1, old)
            text = text.replace(old, new)
        document = support.document(text).replace(
            "<document ", f'<document file="{name}.pdf" sha256="{random.getrandbits(256):064x}" ', 1)
        return gouji("normalize", stdin=document).stdout

    def test_approved_targets(self):
        """XDC-05: indicators, targets and weights as they were approved, or what is not."""
        cases = (("same", [], []),
                 ("target", [("≥42公里", "≥40公里")], ["≥40公里", "≥42公里"]),
                 ("weight", [("93% | 10 | 10", "93% | 5 | 5")], ["5分", "10分"]),
                 ("name", [("受益户数", "惠及群众")], ["受益户数"]),
                 ("other", [("≥42公里", "≥4公里"), ("≥1.8万户", "≥3万户"), ("≥92%", "≥80%"),
                            ("≤62万元", "≤70万元"), ("=100%", "=90%")], []))
        for name, changes, words in cases:
            with self.subTest(name):
                self.load(self.form("targets"), self.form("evaluation", *changes), name=name)
                found = self.rows("SELECT message FROM findings WHERE rule = 'XDC-05'", name=name)
                self.assertEqual(len(found), 1 if words else 0)
                for word in words:
                    self.assertIn(word, found[0][0])
        self.assertEqual({row[2] for row in self.outcomes("XDC-05", "same")}, {"pass"})
        self.assertIn("fail", {row[2] for row in self.outcomes("XDC-05", "target")})

    def test_projects_forms(self):
        def form(subject, raw):
            return report("甲局", 2021, [Fact("预算数", "年度资金总额·全年预算数", raw)], doc_type="自评表", subject=subject)
        whole = report("甲局", 2021, [Fact("预算数", "全年预算数", "100.00万元")])
        for second, outcome in (("60.00万元", "pass"), ("70.00万元", "fail"), ("50.00万元", "not_checkable")):
            with self.subTest(second):
                self.load(whole, form("一", "40.00万元"), form("二", second), name=second)
                self.assertEqual(self.outcomes("XDC-01", second), [("甲局", 2021, outcome)])
        self.assertEqual(self.rows("SELECT count(*) FROM finding_facts", name="70.00万元"), [(3,)])

    def test_summary_of_the_bureau(self):
        def summary(raw):
            return report("财政局", 2021, [Fact("自评总分", "甲局·自评总分", raw, source="table"),
                                        Fact("自评总分", "乙局·自评总分", "90分", source="table")], doc_type=None)
        for raw, outcomes in (("95分", ["pass", "pass"]), ("96分", ["fail", "pass"])):
            for order in (0, 1):
                with self.subTest(raw, order=order):
                    name = f"{raw}{order}"
                    reports = [summary(raw), report("甲局", 2021, [Fact("自评总分", "自评总分", "95分")]),
                               report("乙局", 2021, [Fact("自评总分", "自评总分", "90分")])]
                    self.load(*(reports[::-1] if order else reports), name=name)
                    self.assertEqual(sorted(row[2] for row in self.outcomes("XDC-06", name)), outcomes)

    SUMMARY = """
# 安澜市2023年度部门整体绩效自评结果汇总情况
一、总体情况
自评结果为“优”的1个，“良”的1个。
表 2023年度部门整体绩效自评结果汇总表
单位：万元
| 序号 | 部门名称 | 预算数 | 执行数 | 执行率 | 自评得分 | 等级 |
| 1 | 市教育局 | 1,000.00 | 980.00 | 98.00% | 96.2 | 优 |
| 2 | 市民政局 | 500.00 | 485.00 | 97.00% | 88.5 | 良 |
| 合计 | → | 1,500.00 | 1,465.00 | 97.67% | — | — |
"""
    DEPARTMENT = """
# 安澜{0}2023年度部门整体支出绩效自评报告
一、基本情况
2023年全年预算数{1}万元，全年执行数{2}万元，预算执行率{3}%。
二、自评结论
2023年度部门整体支出绩效自评总分{4}分，评价等级为“{5}”。
三、存在的问题
支出进度不均衡。
"""

    def test_summary_by_grade(self):
        """XDC-06: rows of a summary without a place before their names, and how many have which grade."""
        def read(text, name):
            document = support.document(text).replace(
                "<document ", f'<document file="{name}.pdf" sha256="{random.getrandbits(256):064x}" ', 1)
            return gouji("normalize", stdin=document).stdout
        departments = [read(self.DEPARTMENT.format(*row), row[0]) for row in
                       (("市教育局", "1,000.00", "980.00", "98.00", "96.2", "优"),
                        ("市民政局", "500.00", "485.00", "97.00", "88.5", "良"))]
        for name, old, new, words in (("holds", "", "", []), ("grade", "“优”的1个", "“优”的2个", ["2个", "1个"]),
                                      ("score", "88.5", "85.8", ["85.8分", "88.5分"])):
            with self.subTest(name):
                self.load(read(self.SUMMARY.replace(old, new) if old else self.SUMMARY, "s"), *departments, name=name)
                found = self.rows("SELECT message FROM findings WHERE rule = 'XDC-06'", name=name)
                self.assertEqual(len(found), 1 if words else 0)
                for word in words:
                    self.assertIn(word, found[0][0])
        self.assertEqual({row[2] for row in self.outcomes("XDC-06", "holds")}, {"pass"})

    WORDS = ["我局围绕年度重点任务，组织开展了农村道路养护和桥梁加固，全年完成县乡道路大修若干公里，群众出行条件明显改善。",
             "在资金管理上严格执行国库集中支付制度，项目资金专款专用，没有发现截留挪用的情况，绩效监控按季度进行。",
             "存在的主要问题是部分项目前期准备不足，招标时间偏晚，影响了支付进度，下一步将提前谋划，压实科室责任。",
             "今后将把绩效评价结果作为编制预算的重要依据，对效益不明显的项目予以调整，并在门户网站公开自评情况接受监督。"]
    OTHER = ["本单位承担全市文物保护和图书借阅服务，全年接待读者数十万人次，新购图书数万册，开展阅读活动百余场。",
             "舞台艺术精品创作取得突破，两台剧目入选省级展演，送戏下乡场次超过计划，基层反响良好，媒体多次报道。",
             "预算执行中因疫情影响部分演出推迟，经批准调整用途，剩余资金结转下年继续使用，不存在闲置沉淀的问题。",
             "我们将继续完善公共文化服务考核办法，推动场馆错时开放，提高设施利用率，努力让群众享有更多文化成果。"]

    def similar(self, name="archive.db"):
        return sorted(self.rows("SELECT d.department, o.department FROM findings f JOIN documents d"
                                " ON d.id = f.document_id JOIN finding_documents x ON x.finding_id = f.id"
                                " JOIN documents o ON o.id = x.document_id WHERE f.rule = 'DUP-01'", name=name))

    def test_copied_text(self):
        """DUP-01: figures and a few words may differ; who wrote something else (丙局) is not named."""
        copied = [self.WORDS[0].replace("若干", "120"), self.WORDS[1], self.WORDS[2].replace("科室", "各科"), self.WORDS[3]]
        self.load(report("甲局", 2021, paragraphs=self.WORDS), report("乙局", 2021, paragraphs=copied),
                  report("丙局", 2021, paragraphs=self.OTHER))
        self.assertEqual(self.similar(), [("乙局", "甲局"), ("甲局", "乙局")])
        self.assertEqual(self.rows("SELECT DISTINCT severity, certainty, page FROM findings"),
                         [("hint", "suspected", 1)])

    def test_copied_from_last_year(self):
        self.load(report("甲局", 2020, paragraphs=self.WORDS), report("甲局", 2021, paragraphs=self.WORDS))
        self.assertEqual(self.rows("SELECT d.year FROM findings f JOIN documents d ON d.id = f.document_id"),
                         [(2021,)])

    def test_duties_are_not_copied(self):
        """What stands under duties is the same for every such department."""
        self.load(*(report(f"{name}局", 2021, paragraphs=[("单位主要职能", words), *(own,)])
                    for name in "甲乙" for words in ["".join(self.WORDS)] for own in ["本年度工作顺利完成。"]))
        self.assertEqual(self.similar(), [])

    def test_template_is_not_copied(self):
        """Four departments with one text copied; with the fifth it is the bureau's template, in any order."""
        reports = [report(f"{name}局", 2021, paragraphs=self.WORDS, name=f"{name}.pdf") for name in "甲乙丙丁戊"]
        self.load(*reports[:4])
        self.assertEqual(len(self.similar()), 12)
        self.load(reports[4])
        self.assertEqual(self.similar(), [])
        self.load(*reports[::-1], name="all.db")
        self.assertEqual(self.similar("all.db"), [])

    def test_one_file_under_two_names(self):
        """DUP-03"""
        text = report("甲局", 2021, name="一.pdf")
        self.load(text, text.replace("一.pdf", "二.pdf"))
        self.assertEqual(self.rows("SELECT f.message, d.file FROM findings f JOIN documents d ON d.id = f.document_id"),
                         [("同一文件以2个名称报送：一.pdf、二.pdf。", "一.pdf")])
        self.load(text.replace("一.pdf", "三.pdf"))
        self.assertEqual(self.rows("SELECT count(*) FROM findings"), [(1,)])

    def test_check_runs_them_again(self):
        self.load(report("甲局", 2020, [Fact("年末结转", "年末结转", "130.00万元")]),
                  report("甲局", 2021, [Fact("年初结转", "年初结转", "131.00万元")]))
        before = self.exported("archive.db")
        done = gouji("check", "--db", self.path("archive.db"))
        self.assertIn("1 failed", done.stderr)
        self.assertEqual(self.exported("archive.db"), before)

    def test_decisions_hold(self):
        reports = [report("甲局", 2020, [Fact("年末结转", "年末结转", "130.00万元")]),
                   report("甲局", 2021, [Fact("年初结转", "年初结转", "131.00万元")])]
        self.load(*reports)
        gouji("review", "--db", self.path("archive.db"), "1", "--status", "explained")
        gouji("check", "--db", self.path("archive.db"))
        self.load(*reports, options=("--again",))
        self.assertEqual(self.rows("SELECT status FROM findings"), [("explained",)])


class Yearbook(Archive):
    def test_a_row(self):
        facts = [Fact("预算数", "全年预算数", "1250.00万元"), Fact("执行数", "全年执行数", "1200.00万元"),
                 Fact("执行率", "预算执行率", "96.00%"), Fact("自评总分", "自评总分", "88.5分"),
                 Fact("满意度", "社会公众满意度", "93%"), Fact("执行数", "上年执行数", "9000.00万元", period="2020"),
                 Fact("预算数", "某公司预算数", "99999.00万元", entity="某公司")]
        self.load(report("甲局", 2021, facts, checks=[("EXE-01", "pass", [(1, "numerator"), (0, "denominator"),
                                                                         (2, "rate")]),
                                                    ("SUM-01", "not_checkable", [])],
                         findings=[("SUM-01", "error", "甲", 0), ("SUM-01", "hint", "乙", 1)]))
        columns = ("year", "department", "budget", "actual", "execution_rate", "score", "grade_computed",
                   "satisfaction", "errors", "warnings", "hints", "not_checkable")
        self.assertEqual(self.rows(f"SELECT {', '.join(columns)} FROM yearbook"),
                         [(2021, "甲局", "12500000", "12000000", "96", "88.5", "良", "93", 1, 0, 1, 3)])  # and two between reports

    def test_stated_grade(self):
        """The grade that stands beside the total score, by the name of the scale; beside another score none."""
        for i, (text, stated) in enumerate((
                ("本次自评总得分92分，评价等级为“优秀”。", "优"), ("自评总得分85分，等级为良。", "良"),
                ("自评总得分85分。道路项目得分95分，等级为优。", None), ("自评总得分85分。", None))):
            with self.subTest(text):
                xml = gouji("normalize", "--department", "甲局", "--year", "2021", "--type", "整体自评",
                            stdin=support.document("# 甲局2021年度部门整体支出绩效自评报告\n" + text)).stdout
                xml = xml.replace("<document ", f'<document sha256="{i:064}" file="{i}.pdf" ', 1)
                self.load(xml, name=f"{i}.db")
                self.assertEqual(self.rows("SELECT grade FROM yearbook", name=f"{i}.db"), [(stated,)])

    def test_without_a_rate(self):
        """The largest amount of the concept: a part is never larger than its whole."""
        self.load(report("甲局", 2021, [Fact("执行数", "接待费实际支出", "1.20万元"), Fact("执行数", "全年支出", "80.00万元")]))
        self.assertEqual(self.rows("SELECT budget, actual, score, grade_computed FROM yearbook"),
                         [(None, "800000", None, None)])

    def test_ranking(self):
        self.load(*(report(f"{name}局", 2021, [Fact("自评总分", "自评总分", score)])
                    for name, score in (("甲", "95分"), ("乙", "98.5分"), ("丙", "95.0分"), ("丁", "100分"))))
        self.assertEqual(self.rows("SELECT rank, department FROM ranking ORDER BY rank, department"),
                         [(1, "丁局"), (2, "乙局"), (3, "丙局"), (3, "甲局")])

    def test_rule_totals(self):
        self.load(report("甲局", 2021, [Fact("预算数", "预算数", "1万元")], checks=[
            ("SUM-01", "pass", [(0, "total")]), ("SUM-01", "rounding", []), ("CNT-01", "not_checkable", [])]))
        self.assertEqual(self.rows("SELECT rule, passed, rounding, failed, not_checkable, documents FROM rule_totals"
                                   " WHERE rule IN ('SUM-01', 'CNT-01') ORDER BY rule"),
                         [("CNT-01", 0, 0, 0, 1, 1), ("SUM-01", 1, 1, 0, 0, 1)])


class Totals(Archive):
    """What is kept counted is what there is to count, whatever happens to reports."""
    SUMS = ("SELECT coalesce(d.year, 0), t.rule, sum(t.passed), sum(t.rounding), sum(t.failed), sum(t.not_checkable), count(*)"
            " FROM documents d JOIN check_totals t ON t.document_id = d.id WHERE d.superseded_by IS NULL GROUP BY 1, 2")
    RULES = ("SUM-01", "EXE-01", "WGT-01")

    def made(self, chance):
        """A report of one of few departments and years, so that versions, moves and new readings happen."""
        checks = [(chance.choice(self.RULES), chance.choice(("pass", "rounding", "not_checkable")), [(0, "total")])
                  for _ in range(chance.randrange(6))]
        return report(f"{chance.choice('甲乙')}局", chance.choice((0, 2020, 2021, 2022)),
                      [Fact("预算数", "预算数", "100.00万元"), Fact("年初结转", "年初结转", "1.00万元")],
                      doc_type=chance.choice(("整体自评", "决算", None)), checks=checks, salt=str(chance.random()),
                      name=f"{chance.randrange(100)}.pdf")

    def check(self):
        kept = set(self.rows("SELECT * FROM year_totals WHERE documents <> 0"))
        self.assertEqual(kept, set(self.rows(self.SUMS)))
        self.assertEqual(self.rows("SELECT count(*) FROM year_totals WHERE documents = 0 AND"
                                   " (passed OR rounding OR failed OR not_checkable)"), [(0,)])
        gouji("doctor", "--db", self.path("archive.db"))

    def test_of_years(self):
        chance, texts = random.Random(3), []
        for _ in range(6):
            texts += [self.made(chance) for _ in range(4)]
            self.load(*texts[-4:])
            self.check()
        for text in texts[::3]:  # read anew: of another year, with other checks
            moved = text.replace('year="2021"', 'year="2020"').replace('outcome="pass"', 'outcome="rounding"')
            self.load(moved, options=("--again",))
        self.check()
        self.assertGreater(self.rows("SELECT count(*) FROM documents WHERE superseded_by IS NOT NULL")[0][0], 0)

    def test_of_what_is_deleted(self):
        """By whoever: the archive is open to other programs."""
        chance = random.Random(4)
        self.load(*(self.made(chance) for _ in range(16)))
        with sqlite3.connect(self.path("archive.db")) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("DELETE FROM documents WHERE id % 3 = 0")
        connection.close()
        self.assertEqual(set(self.rows("SELECT * FROM year_totals WHERE documents <> 0")), set(self.rows(self.SUMS)))

    def test_a_wrong_one_is_told(self):
        self.load(self.made(random.Random(5)), self.made(random.Random(6)))
        with sqlite3.connect(self.path("archive.db")) as connection:
            connection.execute("UPDATE year_totals SET passed = passed + 1 WHERE rule = (SELECT min(rule) FROM year_totals)")
        connection.close()
        self.assertIn("totals of years", gouji("doctor", "--db", self.path("archive.db"), status=1).stdout)


class Search(Archive):
    def found(self, words, *options):
        rows = json.loads(gouji("search", "--db", self.path("archive.db"), words, "--format", "json", *options).stdout)
        return [(row["department"], row["kind"], row["text"]) for row in rows]

    def test_words(self):
        self.load(report("甲局", 2021, paragraphs=[("资金情况", "全年预算执行率98.45%，ＡＢＣ系统上线。"), "财政 资金拨付"]),
                  report("乙局", 2022, paragraphs=["编制预算草案", "算盘"]))
        one = ("甲局", "paragraph", "全年预算执行率98.45%，ＡＢＣ系统上线。")
        for words, expected in (("预算执行率", [one]), ("执行", [one]), ("98.45", [one]), ("abc", [one]), ("ABC系统", [one]),
                                ("资金", [("甲局", "heading", "一、资金情况"), ("甲局", "paragraph", "财政 资金拨付")]),
                                ("财政资金", [("甲局", "paragraph", "财政 资金拨付")]),
                                ("盘", [("乙局", "paragraph", "算盘")]), ("算盘", [("乙局", "paragraph", "算盘")]),
                                ("执预", []), ("没有这个", [])):
            with self.subTest(words):
                self.assertEqual(self.found(words), expected)
        self.assertEqual([row[0] for row in self.found("预算")], ["乙局", "甲局"])
        self.assertEqual([row[0] for row in self.found("预算", "--year", "2022")], ["乙局"])

    def test_several_words(self):
        """All of them, in whatever order, in one paragraph or cell."""
        self.load(report("甲局", 2021, paragraphs=["执行率偏低，预算编制不细。", "预算草案", "执行率高"]))
        done = gouji("search", "--db", self.path("archive.db"), "预算", "执行率", "--format", "csv")
        self.assertEqual(done.stdout.splitlines()[1:], ["甲局,2021,甲局-2021-整体自评.pdf,1,paragraph,执行率偏低，预算编制不细。"])
        done = gouji("search", "--db", self.path("archive.db"), "预算", "，", status=2)
        self.assertIn("“，” has no words", done.stderr)
        gouji("search", "--db", self.path("archive.db"), status=2)

    def test_long_paragraphs_are_shortened_about_the_word(self):
        """With a mark at each end where something was left out."""
        for text, shown in (("前" * 90 + "预算" + "后" * 90, r"^…前{30}预算后{48}…$"), ("预算" + "后" * 90, r"^预算后{78}…$"),
                            ("前" * 90 + "预算", r"^…前{30}预算$")):
            with self.subTest(shown):
                self.load(report(f"{len(shown)}{text[0]}局", 2021, paragraphs=[text]))
                self.assertIn(True, [bool(re.search(shown, row[2])) for row in self.found("预算")])

    def test_strange_words(self):
        self.load(report("甲局", 2021, paragraphs=["预算\"执行"]))
        for words in ("\"", "预算\"", "NEAR(", "预算 OR 执行", "*", "-预算", "😀"):
            with self.subTest(words):
                done = gouji("search", "--db", self.path("archive.db"), "--", words, status=None)
                self.assertIn(done.returncode, (0, 2), done.stderr)
                self.assertNotIn("syntax", done.stderr)

    def test_again_leaves_no_old_words(self):
        text = report("甲局", 2021, paragraphs=["水利工程"])
        self.load(text)
        self.load(text.replace("水利工程", "林业工程"), options=("--again",))
        self.assertEqual(self.found("水利"), [])
        self.assertEqual(len(self.found("林业")), 1)
        gouji("doctor", "--db", self.path("archive.db"))


class Schema(Archive):
    def test_an_older_archive_is_brought_up_to_date(self):
        """Made by the first migration alone, with a document in it."""
        name = self.path("archive.db")
        connection = sqlite3.connect(name)
        with open(os.path.join(SOURCE, "load", "schema", "001.sql"), encoding="utf-8") as file:
            connection.executescript(file.read())
        connection.executescript(
            "PRAGMA application_id = 1735357802; PRAGMA user_version = 1;"
            "INSERT INTO documents(file, sha256, status, ingested_at, department, year, doc_type)"
            " VALUES ('old.pdf', 'aa', 'ok', '2022-01-01T00:00:00Z', '甲局', 2020, '整体自评');"
            "INSERT INTO rules VALUES ('SUM-01', '一', 'one', 'error', 1);"
            "INSERT INTO checks(document_id, rule, outcome) VALUES (1, 'SUM-01', 'pass');")
        connection.close()
        done = gouji("findings", "--db", name, status=2)
        self.assertIn("another version", done.stderr)
        self.load(report("甲局", 2021))
        self.assertEqual(self.rows("PRAGMA user_version"), [(len(glob.glob(os.path.join(SOURCE, "load", "schema", "0*.sql"))),)])
        self.assertEqual(self.rows("SELECT file FROM documents ORDER BY id"), [("old.pdf",), ("甲局-2021-整体自评.pdf",)])
        self.assertEqual(self.rows("SELECT passed FROM check_totals WHERE document_id = 1 AND rule = 'SUM-01'"), [(1,)])
        done = gouji("doctor", "--db", name, status=1)
        self.assertIn("old.pdf", done.stdout)

    def test_a_new_archive_is_what_the_migrations_make(self):
        """Tables with their columns, keys and references, indices, triggers, views, and the rows of a new archive."""
        self.load(report("甲局", 2021))
        folder = os.path.join(SOURCE, "load", "schema")
        migrated = sqlite3.connect(":memory:")
        for name in sorted(name for name in os.listdir(folder) if name[0].isdigit()):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                migrated.executescript(file.read())

        def words(sql):
            return re.findall(r"\w+|[^\s\w]", re.sub(r"--.*", "", sql).replace('"', ""))

        def schema(database):
            return {(kind, name): words(sql) for kind, name, sql in database.execute(
                "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'search_%'")}

        made = sqlite3.connect(self.path("archive.db"))
        self.assertGreater(len(schema(made)), 60)
        self.assertEqual(schema(made), schema(migrated))
        for rows in ("SELECT * FROM grades ORDER BY 1", "SELECT * FROM search_config ORDER BY 1"):
            self.assertEqual(made.execute(rows).fetchall(), migrated.execute(rows).fetchall())
        made.close()

    def test_foreign_files(self):
        other = self.path("other.db")
        connection = sqlite3.connect(other)
        connection.execute("CREATE TABLE t(x)")
        connection.close()
        text = self.path("text.db")
        with open(text, "w", encoding="utf-8") as file:
            file.write("no database at all, but long enough to be looked at " * 40)
        for name in (other, text, self.folder, self.path("none/x.db")):
            with self.subTest(name):
                done = gouji("load", "--db", name, stdin=report("甲局", 2021), status=2)
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)

    def test_a_newer_archive_is_left_alone(self):
        self.load(report("甲局", 2021))
        connection = sqlite3.connect(self.path("archive.db"))
        connection.execute("PRAGMA user_version = 99")
        connection.close()
        for command in ("load", "findings", "check"):
            with self.subTest(command):
                gouji(command, "--db", self.path("archive.db"), stdin="", status=2)

    # What each documented view or question looks rows up by; nothing large is read from end to end.
    QUESTIONS = [
        "SELECT * FROM yearbook WHERE year = 2021",
        "SELECT * FROM year_on_year WHERE year = 2021",
        "SELECT * FROM ranking WHERE year = 2021",
        "SELECT * FROM facts_numeric WHERE document_id = 1",
        "SELECT * FROM facts_numeric WHERE concept = '预算数'",
        "SELECT * FROM unknown_departments",
        "SELECT * FROM rule_totals",
        "SELECT * FROM year_on_year",
        "SELECT * FROM yearbook",
        "SELECT * FROM ranking",
        "SELECT * FROM findings WHERE document_id = 1",
        "SELECT * FROM findings WHERE rule = 'SUM-01'",
        "SELECT * FROM findings WHERE fingerprint = 'x'",
        "SELECT * FROM checks WHERE document_id = 1 AND outcome = 'not_checkable'",
        "SELECT * FROM cells WHERE table_id = 1",
        "SELECT * FROM paragraphs WHERE document_id = 1",
        "SELECT * FROM finding_facts WHERE fact_id = 1",
        "SELECT * FROM changes WHERE document_id = 1",
        "SELECT d.file FROM search s JOIN documents d ON d.id = s.rowid WHERE s.words MATCH '预算'",
    ]

    LARGE = {"facts", "fact_places", "numerals", "cells", "tables", "sections", "paragraphs", "checks", "check_facts",
             "findings", "finding_facts", "shingle_bands", "changes"}

    def read_whole(self, database, sql):
        """Tables that the statement's program goes through from the first row on, or by one of their indices."""
        tables = {row[0]: row[1] for row in database.execute("SELECT rootpage, tbl_name FROM sqlite_schema WHERE rootpage > 0")}
        cursors, whole = {}, set()
        for step in database.execute("EXPLAIN " + sql).fetchall():
            if step["opcode"] in ("OpenRead", "ReopenIdx"):
                cursors[step["p1"]] = tables.get(step["p2"])
            elif step["opcode"].startswith("Open"):
                cursors.pop(step["p1"], None)
            elif step["opcode"] in ("Rewind", "Last"):
                whole.add(cursors.get(step["p1"]))
        return whole

    def documented(self, database):
        """Every view whole, and every example."""
        for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'view' AND name <> 'facts_numeric'"):
            yield f"SELECT * FROM {name}"
        with open(os.path.join(SOURCE, "docs", "database.md"), encoding="utf-8") as file:
            for block in re.findall(r"^```sql\n(.*?)^```", file.read(), re.S | re.M):
                # the least of a key is its first row
                block = re.sub(r"\(SELECT MIN\((\w*id)\) FROM \w+\)", "1", re.sub(r"--.*", "", block))
                yield from (part for part in block.split(";") if part.strip())

    def test_questions_use_indices(self):
        database = self.load(report("甲局", 2021))
        self.assertEqual(self.read_whole(database, "SELECT count(*) FROM facts WHERE label = 'x'"), {"facts"})
        questions = list(self.documented(database))
        self.assertGreater(len(questions), 20)
        for question in [*self.QUESTIONS, *questions]:
            with self.subTest(question):
                self.assertFalse(self.read_whole(database, question) & self.LARGE)

    def test_deleting_uses_indices(self):
        """Every foreign key has an index on its side that refers."""
        database = self.load(report("甲局", 2021))
        tables = [row[0] for row in database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%'")]
        for table in tables:
            for key in database.execute(f"PRAGMA foreign_key_list({table})").fetchall():
                if key["table"] in ("runs", "rules"):  # never deleted from
                    continue
                plan = [row[3] for row in database.execute(
                    f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {key['from']} = 1")]
                self.assertTrue(plan[0].startswith("SEARCH"), f"{table}.{key['from']}: {plan}")

    def test_durability(self):
        """WAL; every reader sees a whole archive; no function or collation of ours in the schema."""
        database = self.load(report("甲局", 2021))
        self.assertEqual(database.execute("PRAGMA journal_mode").fetchone()[0], "wal")
        for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall():
            database.execute(f"SELECT * FROM {name}").fetchall()


if __name__ == "__main__":
    support.main()
