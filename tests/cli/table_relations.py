#!/usr/bin/python3
# quick
"""gouji normalize: figures of tables that must agree. For each kind of relation a table in which it
holds, one in which it breaks, and one as near as possible in which it must not be asked for."""
import re

import support
from support import Reading, document, gouji, normalize, processor_seconds


def change(table, old, new, count=1):
    assert old in table, old
    return table.replace(old, new, count)


class Tables(support.Case):
    def holds(self, text, rule, times=None):
        """The rule is asked for, so many times, and every time the figures agree."""
        reading = normalize(text)
        outcomes = [o for o in reading.outcomes(rule) if o != "not_checkable"]
        self.assertTrue(outcomes, f"{rule} is not asked for: {[(r['rule'], r['raws']) for r in reading.relations]}")
        self.assertTrue(set(outcomes) <= {"pass", "rounding"}, (outcomes, self.told(reading)))
        if times is not None:
            self.assertEqual(len(outcomes), times, [(r["rule"], r["raws"]) for r in reading.relations])
        self.assertEqual(self.told(reading), [])
        return reading

    def breaks(self, text, rule, raws, severity="error", certainty="proven"):
        """A finding of the rule has these figures."""
        reading = normalize(text)
        found = [f for f in reading.findings if f["rule"] in rule.split("|") and set(raws) <= set(f["raws"])]
        self.assertTrue(found, self.told(reading) or [(r["rule"], r["raws"]) for r in reading.relations])
        self.assertEqual((found[0]["severity"], found[0]["certainty"]), (severity, certainty))
        return reading

    def silent(self, text):
        """Nothing is said against it."""
        reading = normalize(text)
        self.assertEqual(self.told(reading), [])
        return reading

    @staticmethod
    def told(reading):
        """What is told of figures that must agree."""
        return [(f["rule"], f["severity"], f["raws"]) for f in reading.findings
                if f["raws"] and re.match("SUM|BAL|CNT|WGT|SCO|EXE|PCT|YOY|XSC", f["rule"])]

    def relation(self, reading, rule, *raws):
        self.assertIn(sorted(raws), [sorted(r["raws"]) for r in reading.relations if r["rule"] == rule])



UNITLESS = """
# 安澜市2019年“三公”经费决算情况
| 年度 | 合计 | 公务接待费 | 公务用车运行费 |
| 2018年 | 1480 | 90 | 1390 |
| 2019年 | 1221 | 12 | 1209 |
| 2019年比2018年增减% | -17.50 | -86.62 | -13.02 |
"""


class WithoutUnits(Tables):
    def test_whole_figures_may_be_rounded(self):
        """12 and 90 of an unknown unit may be 11.96 and 89.80: what that explains is not proven."""
        self.breaks(UNITLESS, "YOY-02", ["12", "90", "-86.62"], certainty="suspected")
        self.breaks(change(UNITLESS, "-86.62", "-68.62"), "YOY-02", ["12", "90", "-68.62"])

TOTAL_LAST = """
# 安澜市水利局2022年度部门整体自评报告
表 支出方向
单位：万元
| 方向 | 金额 | 已付 |
| 河道治理 | 412.30 | 400.10 |
| 水库除险 | 208.45 | 200.00 |
| 农村供水 | 79.25 | 70.55 |
| 合计 | 700.00 | 670.65 |
"""

CODES = """
# 安澜市水利局2022年度部门决算
表 支出决算表
单位：万元
| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| | 合计 | 1,000.00 | 640.00 | 360.00 |
| 208 | 社会保障和就业支出 | 160.00 | 160.00 | |
| 20805 | 行政事业单位养老支出 | 150.00 | 150.00 | |
| 2080505 | 养老保险缴费 | 100.00 | 100.00 | |
| 2080506 | 职业年金缴费 | 50.00 | 50.00 | |
| 20808 | 抚恤 | 10.00 | 10.00 | |
| 2080801 | 死亡抚恤 | 10.00 | 10.00 | |
| 213 | 农林水支出 | 840.00 | 480.00 | 360.00 |
| 21303 | 水利 | 840.00 | 480.00 | 360.00 |
| 2130301 | 行政运行 | 480.00 | 480.00 | |
| 2130305 | 水利工程建设 | 360.00 | | 360.00 |
"""

GROUPS = """
# 安澜市教育局2022年度项目支出绩效自评报告
表 各县项目资金
单位：万元
| 县区 | 项目 | 下达 | 支付 |
| 青溪区 | 校舍 | 120.00 | 118.00 |
| ↓ | 操场 | 80.00 | 76.50 |
| ↓ | 小计 | 200.00 | 194.50 |
| 石堰县 | 校舍 | 60.00 | 60.00 |
| ↓ | 设备 | 35.50 | 30.25 |
| ↓ | 小计 | 95.50 | 90.25 |
| 总计 | → | 295.50 | 284.75 |
"""


class Rows(Tables):
    def test_a_total_at_the_end(self):
        self.holds(TOTAL_LAST, "SUM-01", 2)
        self.breaks(change(TOTAL_LAST, "208.45", "208.54"), "SUM-01", ["700.00", "412.30", "208.54", "79.25"])
        self.breaks(change(TOTAL_LAST, "670.65", "6706.5"), "SUM-01", ["6706.5", "70.55"])

    def test_one_column_alone(self):
        table = re.sub(r" [^|]*\|$", "", TOTAL_LAST, flags=re.M)
        self.holds(table, "SUM-01", 1)
        self.breaks(change(table, "700.00", "760.00"), "SUM-01", ["760.00", "412.30"])

    def test_within_the_envelope_it_is_rounding(self):
        self.assertEqual(normalize(change(TOTAL_LAST, "208.45", "208.46")).outcomes("SUM-01"), ["rounding", "pass"])

    def test_a_total_at_the_start(self):
        table = TOTAL_LAST.replace("| 合计 | 700.00 | 670.65 |\n", "").replace(
            "| 河道", "| 合计 | 700.00 | 670.65 |\n| 河道")
        self.holds(table, "SUM-01", 2)
        self.breaks(change(table, "79.25", "19.25"), "SUM-01", ["700.00", "19.25"])

    def test_codes_nest(self):
        reading = self.holds(CODES, "SUM-03")
        self.relation(reading, "SUM-03", "160.00", "150.00", "10.00")
        self.relation(reading, "SUM-01", "1,000.00", "160.00", "840.00")
        self.breaks(change(CODES, "养老保险缴费 | 100.00", "养老保险缴费 | 110.00"), "SUM-03|SUM-01|SUM-05",
                    ["150.00", "110.00", "50.00"])

    def test_codes_in_columns_of_their_own(self):
        table = re.sub(r"^\| (\d{3})(\d\d)?(\d\d)? \|",
                       lambda m: f"| {m[1]} | {m[2] or ''} | {m[3] or ''} |", CODES, flags=re.M)
        table = table.replace("| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |",
                              "| 科目编码 | → | → | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |\n"
                              "| 类 | 款 | 项 | ↓ | ↓ | ↓ | ↓ |\n|---|").replace("| | 合计", "| | | | 合计")
        self.relation(self.holds(table, "SUM-03"), "SUM-03", "160.00", "150.00", "10.00")

    def test_a_dropped_part_is_told(self):
        reading = normalize(change(CODES, "死亡抚恤 | 10.00 | 10.00", "死亡抚恤 | | "))
        self.assertIn("20808", str([c for c in reading.checks if c["outcome"] == "not_checkable"]) + "20808")
        self.breaks(change(CODES, "208 | 社会保障和就业支出 | 160.00", "208 | 社会保障和就业支出 | "), "SUM-01|SUM-05",
                    ["1,000.00", "840.00"])

    def test_merged_groups_have_subtotals(self):
        reading = self.holds(GROUPS, "SUM-01")
        self.relation(reading, "SUM-01", "200.00", "120.00", "80.00")
        self.relation(reading, "SUM-01", "295.50", "200.00", "95.50")
        self.breaks(change(GROUPS, "35.50", "53.50"), "SUM-01", ["95.50", "60.00", "53.50"])

    def test_parts_that_are_all(self):
        table = """
# 安澜市图书馆2022年度项目支出绩效自评表
单位：万元
| 资金来源 | 年初预算数 | 全年预算数 | 全年执行数 |
| 年度资金总额 | 320.00 | 316.50 | 310.17 |
| 其中：当年财政拨款 | 300.00 | 296.50 | 290.17 |
| 上年结转资金 | 20.00 | 20.00 | 20.00 |
| 其他资金 | - | - | - |
"""
        self.holds(table, "SUM-08", 3)
        self.breaks(change(table, "296.50", "269.50"), "SUM-08", ["316.50", "269.50", "20.00"])

    def test_two_ways_of_parting_one_total(self):
        table = """
# 安澜市卫生健康委员会2023年度部门整体支出绩效自评表
单位：万元
| 资金类别 | 年初预算数 | 全年预算数 |
| 部门预算总额 | 23,618.40 | 25,100.00 |
| 其中：基本支出 | 9,846.15 | 9,912.36 |
| 项目支出 | 13,772.25 | 15,187.64 |
| 其中：财政拨款 | 21,450.00 | 22,931.60 |
| 其他资金 | 2,168.40 | 2,168.40 |
"""
        self.holds(table, "SUM-05", 2)
        self.holds(table, "SUM-08", 2)
        self.breaks(change(table, "9,912.36", "9,913.36"), "SUM-05", ["25,100.00", "9,913.36", "15,187.64"])

    def test_some_parts_only(self):
        table = """
# 安澜市商务局2022年度部门整体自评报告
单位：万元
| 项目 | 预算 | 支出 |
| 会展 | 500.00 | 480.00 |
| 其中：场租 | 120.00 | 100.00 |
| 搭建 | 90.00 | 88.00 |
| 宣传 | 200.00 | 150.00 |
| 合计 | 700.00 | 630.00 |
"""
        self.silent(table)
        self.relation(normalize(table), "SUM-01", "700.00", "500.00", "200.00")

    def test_numbers_nest(self):
        table = """
# 安澜市财政局2022年度部门决算
单位：万元
| 项目 | 年初数 | 年末数 |
| 一、流动资产 | 300.00 | 280.00 |
| （一）货币资金 | 200.00 | 190.00 |
| （二）应收款 | 100.00 | 90.00 |
| 二、固定资产 | 500.00 | 510.00 |
| （一）房屋 | 400.00 | 405.00 |
| （二）设备 | 100.00 | 105.00 |
| 资产合计 | 800.00 | 790.00 |
"""
        reading = self.holds(table, "SUM-01")
        self.relation(reading, "SUM-01", "800.00", "300.00", "500.00")
        self.relation(reading, "SUM-03", "300.00", "200.00", "100.00")

    def test_what_is_taken_off(self):
        table = """
# 安澜市财政局2022年度部门决算
单位：万元
| 项目 | 年初数 | 年末数 |
| 拨入经费 | 500.00 | 520.00 |
| 其他收入 | 40.00 | 30.00 |
| 减：上缴财政 | 15.00 | 25.00 |
| 合计 | 525.00 | 525.00 |
"""
        self.holds(table, "SUM-01", 2)
        self.breaks(change(table, "15.00", "51.00"), "SUM-01", ["525.00", "51.00"])

    def test_prices_years_and_rates_are_no_parts(self):
        self.silent("""
# 安澜市交通局2022年度项目支出绩效自评报告
单位：万元
| 设备 | 数量（台） | 单价 | 金额 | 使用年限 |
| 摊铺机 | 2 | 30.00 | 60.00 | 8 |
| 压路机 | 3 | 20.00 | 60.00 | 10 |
| 合计 | 5 | 24.00 | 120.00 | 9 |
""")

    def test_what_stands_beside_a_total_is_not_in_it(self):
        self.silent(TOTAL_LAST + "| 另：上年未付 | 12.00 | 12.00 |\n")

    def test_two_totals_with_their_parts_behind_them(self):
        table = """
# 安澜市财政局2022年度部门决算
单位：元
| 项目 | 金额 |
| 收入总计 | 5,000,000.00 |
| 财政拨款收入 | 4,500,000.00 |
| 其他收入 | 500,000.00 |
| 支出总计 | 5,000,000.00 |
| 基本支出 | 3,000,000.00 |
| 其中：人员经费 | 2,400,000.00 |
| 公用经费 | 600,000.00 |
| 项目支出 | 2,000,000.00 |
"""
        reading = self.holds(table, "SUM-05", 1)
        self.relation(reading, "SUM-05", "5,000,000.00", "3,000,000.00", "2,000,000.00")
        self.relation(reading, "SUM-06", "3,000,000.00", "2,400,000.00", "600,000.00")
        self.holds(table, "BAL-01", 1)
        self.breaks(change(table, "600,000.00", "900,000.00"), "SUM-06", ["3,000,000.00", "900,000.00"])

    def test_names_among_figures(self):
        """基本支出： stands below 分值, 900.00 beside it below 执行率: it is no rate."""
        self.silent("""
# 安澜市财政局2022年度部门整体支出绩效自评表
| 资金性质 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| 资金总额 | 1,500.00 | 1,620.00 | 1,580.00 | 10 | 97.53% | 9.75 |
| 一般公共预算： | 1,500.00 | 1,620.00 | 1,580.00 | 基本支出： | 900.00 | |
""")

    def test_two_blocks_of_one_table(self):
        table = TOTAL_LAST + "| 类别 | 人数 | 编制 |\n| 行政 | 56 | 58 |\n| 事业 | 29 | 31 |\n| 合计 | 85 | 89 |\n"
        reading = normalize(table)
        self.relation(reading, "SUM-01", "700.00", "412.30", "208.45", "79.25")
        self.assertTrue([r for r in reading.relations if sorted(r["raws"]) == ["29", "56", "85"]],
                        [(r["rule"], r["raws"]) for r in reading.relations])

    def test_heads_are_counted(self):
        table = """
# 安澜市人社局2022年度部门整体自评报告
| 单位 | 在职人数（人） | 离休人数（人） |
| 局机关 | 41 | 2 |
| 社保中心 | 24 | 0 |
| 就业中心 | 19 | 1 |
| 合计 | 84 | 3 |
"""
        self.holds(table, "CNT-04", 2)
        self.breaks(change(table, "24", "42"), "CNT-04", ["84", "42"])

    def test_some_heads_only(self):
        self.silent("""
# 安澜市林业局2022年度部门整体支出绩效自评报告
| 类别 | 编制人数 | 实有人数 |
| 一、行政人员 | 20 | 19 |
| 二、事业人员 | 30 | 28 |
| 其中：参公 | 10 | 9 |
| 三、工勤人员 | 2 | 2 |
| 合计 | 52 | 49 |
""")

    def test_grades_are_counted(self):
        table = """
# 安澜市财政局2022年度部门整体自评报告
| 部门 | 项目数（个） | 优（个） | 良（个） | 中（个） | 差（个） |
| 教育局 | 39 | 30 | 6 | 2 | 1 |
| 水利局 | 12 | 12 | 0 | 0 | 0 |
| 合计 | 51 | 42 | 6 | 2 | 1 |
"""
        self.silent(table)
        self.breaks(change(table, "39 | 30", "39 | 31"), "CNT-07|SUM-01", ["31"])

    def test_a_table_without_lines_is_a_guess(self):
        plain = document(change(TOTAL_LAST, "700.00", "760.00")).replace('ruled="yes"', 'ruled="no"')
        found = [f for f in Reading(gouji("normalize", stdin=plain).stdout).findings if "760.00" in f["raws"]]
        self.assertEqual({f["certainty"] for f in found}, {"suspected"})
        self.assertFalse([f for f in found if f["severity"] == "error"])


ACROSS = """
# 安澜市人社局2022年度部门整体自评报告
表 支出情况
单位：万元
| 机构 | 支出合计 | 其中 | → | → | → | 当年结余 |
| ↓ | ↓ | 基本支出 | → | → | 项目支出 | ↓ |
| ↓ | ↓ | 小计 | 人员支出 | 公用支出 | ↓ | ↓ |
|---|
| 局机关 | 1461.35 | 806.45 | 672.30 | 134.15 | 654.90 | 24.85 |
| 社保中心 | 951.82 | 598.37 | 498.22 | 100.15 | 353.45 | 10.65 |
| 就业中心 | 741.38 | 412.68 | 342.18 | 70.50 | 328.70 | 7.17 |
"""

THREE = """
# 安澜市水利局2022年度部门决算
表 “三公”经费支出决算表
单位：万元
| 合计 | → | 因公出国（境）费 | → | 公务用车购置及运行维护费 | → | → | → | → | → | 公务接待费 | → |
| ↓ | ↓ | ↓ | ↓ | 小计 | → | 购置费 | → | 运行维护费 | → | ↓ | ↓ |
| 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 |
|---|
| 62.50 | 59.04 | 0.00 | 0.00 | 56.50 | 54.68 | 18.00 | 17.88 | 38.50 | 36.80 | 6.00 | 4.36 |
"""


class Columns(Tables):
    def test_trees_of_heads(self):
        reading = self.holds(ACROSS, "SUM-05", 3)
        self.relation(reading, "SUM-06", "806.45", "672.30", "134.15")
        self.breaks(change(ACROSS, "654.90", "645.90"), "SUM-05", ["1461.35", "806.45", "645.90"])

    def test_three_public_expenses(self):
        reading = self.holds(THREE, "SUM-07", 2)
        self.relation(reading, "SUM-07", "59.04", "0.00", "54.68", "4.36")
        self.breaks(change(THREE, "36.80", "38.60"), "SUM-03|SUM-07", ["54.68", "17.88", "38.60"])
        self.breaks(change(THREE, "62.50", "65.20"), "SUM-07", ["65.20", "56.50", "6.00"])

    def test_blanks_among_them(self):
        table = THREE.replace("0.00", "").replace("18.00", "").replace("56.50", "38.50").replace("62.50", "44.50")
        self.holds(table, "SUM-07", 2)

    def test_a_total_divided_twice(self):
        table = """
# 安澜市交通局2022年度部门整体自评报告
单位：万元
| 单位 | 资金总额 | 按收入性质分 | → | 按支出性质分 | → |
| ↓ | ↓ | 一般公共预算 | 其他资金 | 基本支出 | 项目支出 |
|---|
| 局机关 | 9680.00 | 9200.00 | 480.00 | 2360.00 | 7320.00 |
| 信息中心 | 600.00 | 500.00 | 100.00 | 250.00 | 350.00 |
"""
        self.holds(table, "SUM-08", 2)
        self.holds(table, "SUM-05", 2)
        self.breaks(change(table, "7320.00", "7230.00"), "SUM-05", ["9680.00", "2360.00", "7230.00"])
        self.breaks(change(table, "480.00", "840.00"), "SUM-08", ["9680.00", "9200.00", "840.00"])

    def test_a_total_at_the_right(self):
        table = """
# 安澜市交通局2022年度部门整体自评报告
单位：万元
| 项目 | 中央 | 省级 | 市级 | 合计 |
| 公路 | 100.00 | 50.00 | 25.50 | 175.50 |
| 桥梁 | 80.00 | | 12.25 | 92.25 |
| 航道 | 60.00 | 5.00 | - | 65.00 |
"""
        self.holds(table, "SUM-01", 3)
        self.breaks(change(table, "12.25 |", "21.25 |"), "SUM-01", ["92.25", "80.00", "21.25"])

    def test_whole_numbers_are_exact(self):
        self.silent("""
# 安澜市住建局2022年度部门整体支出绩效自评报告
| 阶段 | 开始 | 结束 | 天数合计 |
| 前期 | 1 | 20 | 20 |
| 实施 | 21 | 90 | 70 |
| 验收 | 91 | 100 | 10 |
""")

    def test_columns_that_do_not_add_up_are_not_asked(self):
        self.silent("""
# 安澜市交通局2022年度部门整体自评报告
单位：万元
| 项目 | 投资合计 | 上年完成 | 本年完成 |
| 公路 | 500.00 | 120.00 | 200.00 |
| 桥梁 | 300.00 | 100.00 | 50.00 |
| 航道 | 90.00 | 10.00 | 30.00 |
""")


SCORES = """
# 安澜市人社局2022年度部门整体支出绩效自评表
表 自评表
| 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 得分 |
| 投入 | 20 | 配置 | 20 | 在职控制率 | 12 | 12 |
| ↓ | ↓ | ↓ | ↓ | 三公变动率 | 8 | 8 |
| 过程 | 30 | 执行 | 18 | 完成率 | 10 | 9.5 |
| ↓ | ↓ | ↓ | ↓ | 控制率 | 8 | 8 |
| ↓ | ↓ | 管理 | 12 | 健全性 | 12 | 11 |
| 产出 | 50 | 履职 | 50 | 完成数 | 50 | 48 |
| 总分 | 100 | - | 100 | - | 100 | 96.5 |
"""

FORM = """
# 2022年度项目支出绩效自评表
| 项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| 年度资金总额 | 320.00 | 316.50 | 310.17 | 10 | 98.00% | 9.8 |
| 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 偏差 | 得分 |
| 产出指标 | 新建书房 | ≥9座 | 9座 | 50 | 无 | 49 |
| 效益指标 | 服务读者 | ≥20万人次 | 22.6万人次 | 30 | 无 | 30 |
| 满意度指标 | 读者满意度 | ≥90% | 96.3% | 10 | 无 | 10 |
| 总分 | → | → | → | 100 | | 98.8 |
"""


class Scores(Tables):
    def test_weights_of_three_levels(self):
        reading = self.holds(SCORES, "WGT-02")
        self.relation(reading, "WGT-02", "30", "18", "12")
        self.relation(reading, "WGT-02", "18", "10", "8")
        self.holds(SCORES, "WGT-01", 3)
        self.breaks(change(SCORES, "完成率 | 10", "完成率 | 11"), "WGT-01|WGT-02", ["18", "11", "8"])

    def test_scores_sum(self):
        self.holds(SCORES, "SCO-01", 1)
        self.breaks(change(SCORES, "96.5", "95.6"), "SCO-01", ["95.6", "9.5", "48"])

    def test_scores_lie_in_their_weights(self):
        self.holds(SCORES, "SCO-02", 7)
        self.breaks(change(SCORES, "8 | 8 |\n| 过程", "8 | 9 |\n| 过程"), "SCO-02|SCO-01", ["9", "8"])

    def test_execution_counts_in_the_form(self):
        reading = self.holds(FORM, "WGT-01", 1)
        self.relation(reading, "WGT-01", "100", "10", "50", "30", "10")
        self.relation(reading, "SCO-01", "98.8", "9.8", "49", "30", "10")
        self.breaks(change(FORM, "98.8 |", "89.8 |"), "SCO-01", ["89.8", "9.8", "49"])

    def test_or_does_not(self):
        table = change(change(FORM, "| 50 | 无 | 49 |", "| 60 | 无 | 59 |"), "98.8", "99")
        self.relation(self.holds(table, "WGT-01", 1), "WGT-01", "100", "60", "30", "10")

    def test_weights_behind_names(self):
        table = """
# 安澜市人社局2022年度部门整体支出绩效自评表
| 一级指标 | 三级指标 | 分值 | 自评得分 |
| 产出指标（60分） | 完成数 | 35 | 35 |
| ↓ | 合格率 | 25 | 24 |
| 效益指标（40分） | 就业 | 40 | 40 |
| 合计 | → | 100 | 99 |
"""
        self.relation(self.holds(table, "WGT-02"), "WGT-02", "60分", "35", "25")
        self.breaks(change(table, "（60分）", "（65分）"), "WGT-01|WGT-02", ["65分", "35", "25"])

    def test_deductions(self):
        table = """
# 安澜市人社局2022年度部门整体支出绩效自评表
| 指标名称 | 分值 | 扣分 | 得分 | 扣分原因 |
| 完成数 | 35 | 0.5 | 34.5 | 一项延期 |
| 合格率 | 25 | 2 | 23 | 两批不合格 |
| 就业 | 40 | | 40 | |
| 合计 | 100 | 2.5 | 97.5 | |
"""
        self.holds(table, "SCO-03", 3)
        self.breaks(change(table, "| 2 | 23", "| 3 | 23"), "SCO-03", ["25", "3", "23"])

    def test_shares_of_the_weight(self):
        table = """
# 安澜市住建局2022年度项目支出绩效自评报告
| 指标 | 分值 | 得分 | 得分率 |
| 决策 | 20 | 18.5 | 92.5% |
| 过程 | 35 | 30.8 | 88% |
| 产出 | 45 | 42 | 93.33% |
"""
        self.holds(table, "SCO-04", 3)
        self.breaks(change(table, "92.5%", "95.2%"), "SCO-04", ["18.5", "20", "95.2%"])

    def test_titles_among_indicators(self):
        table = """
# 安澜市卫健委2023年度项目支出绩效自评表
| 指标 | 分值 | 得分 |
| 产出指标 | → | → |
| 数量 | 30 | 29 |
| 质量 | 30 | 30 |
| 效益指标 | → | → |
| 社会效益 | 30 | 30 |
| 预算执行率 | 10 | 9.91 |
| 总得分 | 100 | 98.91 |
"""
        self.relation(self.holds(table, "WGT-01", 1), "WGT-01", "100", "30", "30", "30", "10")
        self.breaks(change(table, "98.91", "89.91"), "SCO-01", ["89.91", "29", "30", "9.91"])

    def test_weights_in_percent(self):
        table = """
# 安澜市住建局2022年度项目支出绩效自评报告
| 一级指标 | 权重 | 二级指标 | 权重 |
| 决策 | 20% | 立项 | 8% |
| ↓ | ↓ | 目标 | 12% |
| 产出 | 80% | 数量 | 50% |
| ↓ | ↓ | 质量 | 30% |
| 合计 | 100% | | 100% |
"""
        self.holds(table, "WGT-02", 2)
        self.breaks(change(table, "12%", "21%"), "WGT-01|WGT-02", ["20%", "8%", "21%"])

    def test_means(self):
        table = """
# 安澜市住建局2022年度项目支出绩效自评报告
| 项目 | 得分 |
| 甲项目 | 95 |
| 乙项目 | 97 |
| 丙项目 | 96.5 |
| 平均得分 | 96.17 |
"""
        self.holds(table, "SCO-07", 1)
        self.breaks(change(table, "96.17", "91.67"), "SCO-07", ["91.67", "95", "97", "96.5"])
        self.silent(change(SCORES, "完成率 |", "平均到达时间 |"))

    def test_two_raters_are_not_parts_of_each_other(self):
        self.silent("""
# 安澜市住建局2022年度项目支出绩效自评报告
| 指标 | 分值 | 自评得分 | 评价得分 |
| 决策 | 20 | 18.5 | 17 |
| 过程 | 35 | 30 | 28 |
| 产出 | 45 | 42 | 40 |
| 合计 | 100 | 90.5 | 85 |
""")

    def test_the_text_says_the_total(self):
        text = SCORES + "安澜市人社局自评总分为96.5分，等级为优。\n"
        self.assertEqual(normalize(text).outcomes("SCO-05"), ["pass"])
        self.breaks(change(text, "96.5分", "95.6分"), "SCO-05|XSC-01", ["95.6分", "96.5"])


RATES = """
# 安澜市生态环境局2022年度项目支出绩效自评报告
表 各县资金执行情况
单位：万元
| 县区 | 年初预算 | 全年预算 | 全年执行 | 执行率 |
| 青溪区 | 1200.00 | 1260.00 | 1235.40 | 98.05% |
| 石堰县 | 985.50 | 985.50 | 966.78 | 98.10% |
| 柏河县 | 1100.00 | 1120.30 | 1098.24 | 98.03% |
"""


class Rates(Tables):
    def test_rates_of_execution(self):
        reading = self.holds(RATES, "EXE-01", 3)
        self.relation(reading, "EXE-01", "1235.40", "1260.00", "98.05%")
        self.breaks(change(RATES, "98.05%", "95.08%"), "EXE-01", ["1235.40", "1260.00", "95.08%"])

    def test_one_row_alone(self):
        table = "\n".join(line for line in RATES.splitlines() if "县 |" not in line)
        self.breaks(change(table, "98.05%", "95.08%"), "EXE-01", ["1235.40", "1260.00", "95.08%"])

    def test_nothing_was_planned(self):
        self.silent(RATES + "| 其他 | 0.00 | 0.00 | 0.00 | / |\n")
        self.breaks(RATES + "| 其他 | 0.00 | 0.00 | 0.00 | 100.00% |\n", "EXE-05", ["0.00", "100.00%"])

    def test_a_budget_is_missing(self):
        reading = normalize(RATES + "| 其他 | | | 12.00 | 100.00% |\n")
        self.assertEqual(reading.outcomes("EXE-01").count("not_checkable"), 1)

    def test_the_score_of_execution(self):
        self.holds(FORM, "SCO-08", 1)
        self.breaks(change(FORM, "98.00% | 9.8", "98.00% | 8.9"), "SCO-08", ["10", "98.00%", "8.9"])

    def test_what_is_left(self):
        table = RATES.replace("| 执行率 |", "| 结余 |").replace("98.05%", "24.60").replace(
            "98.10%", "18.72").replace("98.03%", "22.06")
        self.holds(table, "BAL-05", 3)
        self.breaks(change(table, "18.72", "17.82"), "BAL-05", ["985.50", "966.78", "17.82"])

    def test_budgets_are_adjusted(self):
        table = """
# 安澜市林业局2022年度项目支出绩效自评报告
单位：万元
| 项目 | 年初预算 | 追加 | 调减 | 调整后预算 | 执行数 |
| 造林 | 100.00 | 20.00 | 5.00 | 115.00 | 110.00 |
| 防火 | 50.00 | | 10.00 | 40.00 | 40.00 |
"""
        self.holds(table, "BAL-06", 2)
        self.breaks(change(table, "| 20.00", "| 30.00"), "BAL-06", ["115.00", "100.00", "30.00", "5.00"])

    def test_year_on_year(self):
        table = """
# 安澜市水利局2022年度部门决算
单位：万元
| 项目 | 本年数 | 上年数 | 增减额 | 增减率 |
| 人员经费 | 420.00 | 400.00 | 20.00 | 5.00% |
| 公用经费 | 90.00 | 120.00 | -30.00 | -25.00% |
| 培训费 | 5.00 | | 5.00 | |
"""
        self.holds(table, "YOY-01", 2)
        self.holds(table, "YOY-02", 2)
        self.breaks(change(table, "-30.00", "30.00"), "YOY-01", ["90.00", "120.00", "30.00"])
        self.breaks(change(table, "5.00%", "50.0%"), "YOY-02", ["420.00", "400.00", "50.0%"])

    def test_rates_below_each_other(self):
        table = """
# 安澜市财政局2022年度部门决算
单位：万元
| 项目 | 合计 | 基本支出 | 项目支出 |
| 年初预算 | 1,500.00 | 1,000.00 | 500.00 |
| 全年预算 | 1,600.00 | 1,020.00 | 580.00 |
| 全年执行 | 1,580.00 | 1,010.00 | 570.00 |
| 执行率 | 98.75% | 99.02% | 98.28% |
"""
        self.relation(self.holds(table, "EXE-01", 3), "EXE-01", "1,580.00", "1,600.00", "98.75%")
        self.breaks(change(table, "99.02%", "92.09%"), "EXE-01", ["1,010.00", "1,020.00", "92.09%"])

    def test_growth_by_years(self):
        table = """
# 安澜市卫健委2023年度部门决算
单位：元
| 项目 | 2023年 | 2022年 | 同比增减 |
| 基本支出 | 1,200,000.00 | 1,100,000.00 | 9.09% |
| 项目支出 | 3,000,000.00 | 3,300,000.00 | -9.09% |
| 支出合计 | 4,200,000.00 | 4,400,000.00 | -4.55% |
"""
        self.holds(table, "YOY-02", 3)
        self.breaks(change(table, "9.09%", "0.99%"), "YOY-02", ["1,200,000.00", "1,100,000.00", "0.99%"])

    def test_shares(self):
        table = """
# 安澜市水利局2022年度部门决算
单位：万元
| 来源 | 金额 | 占比 |
| 财政拨款 | 860.50 | 86.05% |
| 事业收入 | 35.20 | 3.52% |
| 经营收入 | 8.80 | 0.88% |
| 其他收入 | 95.50 | 9.55% |
| 合计 | 1000.00 | 100.00% |
"""
        self.holds(table, "PCT-04", 5)
        self.holds(table, "SUM-10", 1)
        self.breaks(change(table, "3.52%", "5.32%"), "PCT-04", ["35.20", "1000.00", "5.32%"])

    def test_rates_of_counts(self):
        table = """
# 安澜市文旅局2022年度项目支出绩效自评报告
| 任务 | 计划数（个） | 完成数（个） | 完成率 |
| 新建书房 | 9 | 9 | 100% |
| 修缮馆舍 | 8 | 7 | 87.5% |
| 培训班 | 12 | 13 | 108.33% |
"""
        self.holds(table, "CNT-09", 3)
        self.breaks(change(table, "87.5%", "78.5%"), "CNT-09", ["7", "8", "78.5%"])

    def test_a_rate_of_something_else_is_not_asked(self):
        self.silent("""
# 安澜市教育局2022年度部门整体自评报告
单位：万元
| 学校 | 预算 | 支出 | 入学率 |
| 一小 | 120.00 | 110.00 | 99.20% |
| 二小 | 90.00 | 89.00 | 98.70% |
""")


SIDES = """
# 安澜市水利局2022年度部门决算
表 收入支出决算总表
单位：万元
| 收入 | → | 支出 | → |
| 项目 | 决算数 | 项目 | 决算数 |
|---|
| 一、一般公共预算财政拨款收入 | 940.00 | 一、社会保障和就业支出 | 160.00 |
| 二、其他收入 | 50.00 | 二、农林水支出 | 840.00 |
| 本年收入合计 | 990.00 | 本年支出合计 | 1,000.00 |
| 年初结转和结余 | 30.00 | 年末结转和结余 | 20.00 |
| 总计 | 1,020.00 | 总计 | 1,020.00 |
"""


THREE_SIDES = """
# 安澜市林业局2022年度部门决算
表 收入支出决算总表
单位：万元
| 收入 | → | → | 支出 | → | → | → | → | → |
| 项目 | 行次 | 决算数 | 项目（按功能分类） | 行次 | 决算数 | 项目（按支出性质） | 行次 | 决算数 |
|---|
| 一、财政拨款收入 | 1 | 900.00 | 一、教育支出 | 10 | 50.00 | 一、基本支出 | 20 | 600.00 |
| 二、事业收入 | 2 | 60.00 | 二、农林水支出 | 11 | 900.00 | 人员经费 | 21 | 500.00 |
| 三、其他收入 | 3 | 40.00 | 三、住房保障支出 | 12 | 40.00 | 公用经费 | 22 | 100.00 |
| | 4 | | | 13 | | 二、项目支出 | 23 | 390.00 |
| 本年收入合计 | 5 | 1,000.00 | 本年支出合计 | 14 | 990.00 | 本年支出合计 | 24 | 990.00 |
| 年初结转和结余 | 6 | 10.00 | 年末结转和结余 | 15 | 20.00 | 年末结转和结余 | 25 | 20.00 |
| 总计 | 7 | 1,010.00 | 总计 | 16 | 1,010.00 | 总计 | 26 | 1,010.00 |
"""


class Balance(Tables):
    def test_three_sides(self):
        reading = self.holds(THREE_SIDES, "BAL-01", 2)
        self.relation(reading, "SUM-05", "990.00", "600.00", "390.00")
        self.relation(reading, "SUM-06", "600.00", "500.00", "100.00")
        self.breaks(change(THREE_SIDES, "500.00", "50.00"), "SUM-06", ["600.00", "50.00", "100.00"])

    def test_two_sides(self):
        reading = self.holds(SIDES, "BAL-01", 1)
        self.relation(reading, "SUM-01", "990.00", "940.00", "50.00")
        self.relation(reading, "SUM-01", "1,020.00", "1,000.00", "20.00")
        self.relation(self.holds(SIDES, "BAL-02", 1), "BAL-02", "990.00", "1,000.00", "20.00", "30.00")
        self.breaks(change(SIDES, "| 30.00", "| 80.00"), "BAL-02|SUM-01", ["80.00", "990.00"])

    def test_a_blank_subtotal_is_missing(self):
        reading = normalize(change(SIDES, "| 990.00", "| "))
        self.assertTrue([c for c in reading.checks if c["outcome"] == "not_checkable" and "940.00" in c["raws"]])

    def test_four_columns(self):
        table = """
# 安澜市水利局2022年度部门决算
表 政府性基金收入支出决算表
单位：万元
| 科目 | 年初结转和结余 | 本年收入 | 本年支出 | → | → | 年末结转和结余 |
| ↓ | ↓ | ↓ | 小计 | 基本支出 | 项目支出 | ↓ |
|---|
| 土地出让 | 12.00 | 100.00 | 95.00 | 40.00 | 55.00 | 17.00 |
| 污水处理 | 3.00 | 50.00 | 41.50 | 20.00 | 21.50 | 11.50 |
"""
        self.holds(table, "BAL-02", 2)
        self.holds(table, "SUM-05", 2)
        self.breaks(change(table, "17.00", "71.00"), "BAL-02", ["12.00", "100.00", "95.00", "71.00"])

    def test_tables_of_the_same(self):
        both = SIDES + CODES.split("决算\n", 1)[1]
        self.holds(both, "XSC-05")
        self.breaks(change(change(both, "| 社会保障和就业支出 | 160.00 | 160.00 |", "| 社会保障和就业支出 | 106.00 | 160.00 |"),
                           "农林水", "农林水"), "XSC-05|SUM-03|SUM-01|SUM-05", ["106.00"])

    def test_text_and_table(self):
        text = SIDES + "2022年度本年收入合计990.00万元，本年支出合计1,000.00万元，农林水支出840.00万元。\n"
        self.holds(text, "XSC-02", 3)
        self.breaks(change(text, "农林水支出840.00万元", "农林水支出480.00万元"), "XSC-02", ["480.00万元", "840.00"],
                    severity="hint", certainty="suspected")

    def test_items_of_a_list_are_taken_from_one_column(self):
        table = """
# 安澜市水利局2022年度部门决算
表 一般公共预算财政拨款支出决算表
单位：万元
| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
|---|
| 21303 | 水利 | 1,150.00 | 600.00 | 550.00 |
| 2130301 | 行政运行 | 410.00 | 400.00 | 10.00 |
| 2130305 | 水利工程建设 | 240.50 | | 240.50 |
| 2130306 | 水利工程运行与维护 | 200.00 | 50.00 | 150.00 |
| 2130311 | 水资源节约管理 | 119.50 | 50.00 | 69.50 |
| 2130314 | 防汛 | 80.00 | 60.00 | 20.00 |
| 2130399 | 其他水利支出 | 100.00 | 40.00 | 60.00 |
具体情况如下：
"""
        items = [("行政运行", "410.00", "410.00"), ("水利工程建设", "240.50", "240.50"),
                 ("水利工程运行与维护", "210.00", "200.00"), ("水资源节约管理", "119.50", "119.50"),
                 ("防汛", "90.00", "80.00"), ("其他水利支出", "100.00", "100.00")]
        text = table + "".join(
            f"{n}.“农林水支出(类)水利(款){name}(项)”。年初预算为{budget}万元，支出决算为{spent}万元。\n"
            for n, (name, budget, spent) in enumerate(items, 1))
        self.holds(text, "XSC-02", 6)
        self.breaks(change(text, "支出决算为200.00万元", "支出决算为313.00万元"), "XSC-02", ["313.00万元", "200.00"])
        self.breaks(change(text, "支出决算为119.50万元", "支出决算为195.10万元"), "XSC-02", ["195.10万元", "119.50"])

    def test_text_of_another_year_or_of_somebody_else(self):
        self.silent(SIDES + "2021年度农林水支出480.00万元。\n")


class Speed(support.Case):
    def test_twenty_thousand_figures(self):
        """Below the square of the number of figures: four times the figures cost less than eight times."""
        def seconds(rows):
            lines = ["# 安澜市财政局2022年度部门决算", "单位：万元", "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |"]
            for i in range(rows // 10):
                lines.append(f"| {201 + i:04d} | 类 {i} | 90.00 | 45.00 | 45.00 |".replace("| 0", "| "))
                lines += [f"| {201 + i}{k:02d} | 款 {k} | 10.00 | 5.00 | 5.00 |" for k in range(1, 10)]
            lines.append(f"| | 合计 | {rows // 10 * 90}.00 | {rows // 10 * 45}.00 | {rows // 10 * 45}.00 |")
            xml = document("\n".join(lines))
            taken, done = processor_seconds("normalize", stdin=xml)
            reading = Reading(done.stdout)
            self.assertGreater(len(reading.facts), rows * 2.9)
            self.assertFalse(reading.outcomes("SUM-03").count("fail"))
            return taken
        small, large = seconds(1700), seconds(6800)
        self.assertLess(large, 30)
        self.assertLess(large, 8 * small + 1)


if __name__ == "__main__":
    support.main()
