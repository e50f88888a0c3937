#!/usr/bin/python3
# quick
"""What the figures of sentences and tables are called, in which unit, of which year, whose report
it is: rows by hand of what a reader would say."""
import os
import re
import unicodedata
from collections import Counter

import support
from support import SOURCE, gouji, normalize

TITLE = "# 安澜市教育局2022年度部门整体自评总结报告\n"

# A sentence, and of its figures in order: raw = label (all of it), or raw ~ words that it has.
LABELS = """
全年新建校舍12栋，改造旧校舍8栋，总面积达3.5万平方米。 | 12栋=全年新建校舍 8栋=改造旧校舍 3.5万平方米=旧校舍总面积
共有各类学校326所，在校学生45.6万人，其中小学生20万人。 | 326所~学校 45.6万人=在校学生 20万人=小学生
受理信访件56件，办结54件，办结率96.4%。 | 56件=受理信访件 54件=信访件办结 96.4%=办结率
检查企业320家，发现隐患126处，已整改120处。 | 320家=检查企业 126处=发现隐患 120处=隐患整改
选派12名教师赴新疆支教，接收8名新疆教师跟岗学习。 | 12名~选派教师 8名~接收新疆教师
争取到上级资金3.2亿元，同比增长15%。 | 3.2亿元=争取到上级资金 15%=争取到上级资金同比增长
固定资产投资完成56.8亿元，占年度计划的102%。 | 56.8亿元=固定资产投资 102%=固定资产投资占年度计划
“三公”经费支出25.6万元，比上年的27.9万元减少2.3万元，下降8.24%。 | 25.6万元=“三公”经费支出 27.9万元=上年“三公”经费支出 2.3万元=“三公”经费支出减少 8.24%=“三公”经费支出下降
收入由上年的3200万元增加到3560万元，增长11.25%。 | 3200万元=上年收入 3560万元=收入 11.25%=收入增长
新能源公交车占比提高12.5个百分点，达到56%。 | 12.5个百分点=新能源公交车占比提高 56%=新能源公交车占比
接待群众来访230批456人次，同比分别下降12%和15%。 | 230批=接待群众来访 456人次=接待群众来访 12%=接待群众来访同比下降 15%=接待群众来访同比下降
甲县、乙县和丙县分别完成3公里、5公里和8公里。 | 3公里~甲县 5公里~乙县 8公里~丙县
社会公众满意度和企业满意度均在90%以上。 | 90%以上=社会公众满意度 90%以上=企业满意度
社会公众和服务对象满意度均达到92%以上。 | 92%以上=社会公众满意度 92%以上=服务对象满意度
安排45.2万元用于病虫害防治，38.5万元用于抗旱浇灌。 | 45.2万元~病虫害防治 38.5万元=抗旱浇灌
制定方案、收集数据、现场核查三个环节依次推进。 | 三个=环节
自评覆盖局机关和3个下属单位。 | 3个=下属单位
高标准农田建设覆盖6个县（区）的42个乡镇。 | 6个~县（区） 42个~乡镇
完成污水治理62个村、水体整治31个村、水源保护47个村。 | 62个~污水治理 31个~水体整治 47个~水源保护
年末在职人员172人，其中局机关38人、市图书馆41人。 | 172人=年末在职人员 38人=局机关在职人员 41人=市图书馆在职人员
过程指标25分，自评得分24分，扣1分。 | 25分=过程指标 24分=过程指标自评得分 1分=过程指标扣分
各指标得分为：投入14分、过程24分。 | 14分=投入得分 24分=过程得分
经评价，自评得分97分，其中：投入15分、过程24分。 | 97分=自评得分 15分=投入得分 24分=过程得分
决策（15分）得14分，过程（25分）得分22.9分。 | 15分=决策 14分=决策得分 25分=过程 22.9分=过程得分
投入（15分）、过程（25分），得分分别为15分、24分。 | 15分=投入 25分=过程 15分=投入得分 24分=过程得分
预算完成率100%，得5分；结转结余率3.1%，得3分，扣2分。 | 100%=预算完成率 5分=预算完成率得分 3.1%=结转结余率 3分=结转结余率得分 2分=结转结余率扣分
对执行率低于80%的项目压减预算。 | 低于80%=执行率
预算调整率9.85%，高于5%的控制目标。 | 9.85%=预算调整率 5%=预算调整率控制目标
自评得分为98分，自评等级为“优”。 | 98分=自评得分
接待游客1200万人次，实现旅游收入85亿元，分别增长15.2%和18.6%。 | 1200万人次=接待游客 85亿元=实现旅游收入 15.2%=接待游客增长 18.6%=实现旅游收入增长
培训500人次（目标值450人次），完成率111%。 | 500人次=培训 450人次=培训目标值 111%=培训完成率
1.教育支出（类）普通教育（款）小学教育（项），主要用于支付教师工资。年初预算为51.5万元，支出决算为51.98万元。 | 51.5万元=教育支出（类）普通教育（款）小学教育（项）年初预算 51.98万元=教育支出（类）普通教育（款）小学教育（项）支出决算
1.“教育支出（类）普通教育（款）小学教育（项）”57.14万元，主要用于：支付工资。年初预算为54.5万元，支出决算为57.14万元。 | 57.14万元=“教育支出（类）普通教育（款）小学教育（项）” 54.5万元=教育支出（类）普通教育（款）小学教育（项）年初预算 57.14万元=教育支出（类）普通教育（款）小学教育（项）支出决算
根据规定（试行），各单位年初预算为54.5万元。 | 54.5万元=单位年初预算
研发投入强度2.3%，位居全省第三。 | 2.3%=研发投入强度 第三=研发投入强度位次
"""

PERIODS = """
2022年收入100万元，比上年的90万元增加10万元。 | 100万元=2022 90万元=2021 10万元=2022
道路由2021年的35公里提高到2022年的62公里。 | 35公里=2021 62公里=2022
截至2022年12月31日，累计支出521万元。 | 521万元=2022
使用上年结转资金20万元。 | 20万元=2022
2023年安排预算80万元。 | 80万元=2023
"""

CONCEPTS = """
年初预算486万元，全年预算534万元，全年支出523万元，预算执行率98%。 | 486万元=年初预算数 534万元=预算数 523万元=执行数 98%=执行率
自评总得分97.5分。 | 97.5分=自评总分
绩效目标总分为100分。 | 100分=目标总分
年初结转和结余30万元，年末结转和结余17万元。 | 30万元=年初结转 17万元=年末结转
支出总计110万元，比上年增加5万元。 | 110万元=支出总计 5万元=
核定编制58人，年末实有在职人员56人。 | 58人=编制数 56人=实有人数
群众满意度96%。 | 96%=满意度
项目预算500万元，项目实际支出480万元。 | 500万元= 480万元=
会议费：年初预算3.5万元，实际支出2.1万元。 | 3.5万元= 2.1万元=
公务接待费支出决算为3.46万元。 | 3.46万元=
政府采购：支出总额862.5万元。 | 862.5万元=
部门预算批复数为520万元，决算支出510万元。 | 520万元=年初预算数 510万元=执行数
收、支总计110万元。 | 110万元=收入总计 110万元=支出总计
本单位自评96分。 | 96分=自评总分
"""

# Title and first-level headings; family, type, department, year, what was guessed.
FAMILIES = (
    ("# 安澜市水利局2022年度部门整体自评总结报告\n一、基本情况\n二、绩效自评工作开展情况\n三、综合评价结论",
     "整体自评", "整体自评", "安澜市水利局", "2022", None),
    ("# 安澜市教育局2023年度部门整体支出绩效评价自评报告\n一、部门（单位）基本概况\n二、部门（单位）整体收支情况",
     "整体自评-湖南", "整体自评", "安澜市教育局", "2023", None),
    ("# 2023年度安澜市教育局部门整体支出绩效自评报告\n一、部门基本情况\n二、绩效自评情况\n三、存在问题",
     "整体自评-广东", "整体自评", "安澜市教育局", "2023", None),
    ("# 安澜市教育局2023年部门整体支出绩效自评报告\n一、部门（单位）概况\n二、部门财政资金收支情况\n"
     "三、部门财政支出管理情况\n四、评价结论及建议", "整体自评-四川", "整体自评", "安澜市教育局", "2023", None),
    ("# 2022年度中央财政林业草原转移支付绩效自评报告\n一、绩效目标分解下达情况\n二、绩效目标完成情况分析\n"
     "三、偏离绩效目标的原因和下一步改进措施", "转移支付绩效自评报告", "项目自评", None, "2022", None),
    ("# 安澜市水利局2022年度部门决算\n一、主要职能", "部门决算", "决算", "安澜市水利局", "2022", None),
    ("# 2024年度安澜市水利局部门预算\n一、主要职能", "部门预算", "预算", "安澜市水利局", "2024", None),
    ("# 2023年度项目支出绩效自评表", "项目支出绩效自评表", "自评表", None, "2023", None),
    ("# 关于上年工作的说明\n一、绩效目标分解下达情况\n二、绩效目标完成情况分析\n"
     "三、偏离绩效目标的原因和下一步改进措施\n四、绩效自评结果拟应用和公开情况",
     "转移支付绩效自评报告", "项目自评", None, None, "doc_type"),
    ("# 关于召开会议的通知\n一、时间\n二、地点", None, None, None, None, None),
)

SCORES = """
| 一级指标 | 二级指标 | 三级指标 | 计量单位 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 产出 | 数量 | 新建书房 | 座 | 9 | 8 | 10 | 8.9 |
| 产出 | 质量 | 合格率 | % | 95 | 96.3 | 10 | 10 |
| 产出 | 成本 | 单座成本 | 万元 | 35 | 34.46 | 10 | 10 |
| 总分 | | | | | | 30 | 28.9 |
"""
FUNDS = """
表 2022年资金情况表
单位：万元
| 项目 | 年初预算数 | 全年执行数 | 执行率 | 惠及人数（人） | 金额（元） |
| 合计 | 120.00 | 118.50 | 98.75 | 350 | 1200 |
| 其中：基本支出 | 80.00 | 79.00 | 98.75 | - | 0.00 |
| 离退休 | 20.00 | 19.50 | 97.5 | / | 300元 |
| 在职人数 | 56 | 58 | | | |
"""


def split(rows):
    for row in rows.strip().splitlines():
        sentence, wanted = row.split(" | ")
        yield sentence, wanted.split(" ")


def figures(reading):
    return [fact for fact in reading.facts if fact["kind"] not in ("year", "date")]


def reports_of(name):
    """Title and rows (sentence, [(raw, label, role, period)]) of each report of a file of truth."""
    title, rows = None, []
    with open(os.path.join(SOURCE, "tests", "facts", name), encoding="utf-8") as file:
        for line in file.read().splitlines():
            if line.startswith("# "):
                if title:
                    yield title, rows
                title, rows = line, []
            elif line and not line.startswith("//"):
                sentence, wanted = line.split(" | ")
                rows.append((sentence, [re.fullmatch(r"(.+?)=([^@#]+)(?:@(\w+))?(?:#(\d+))?", want).groups()
                                        for want in wanted.split(" ")]))
    yield title, rows


def words(text):
    return re.sub(r"[\s“”、，()]", "", unicodedata.normalize("NFKC", text))


def reader_agrees(label, wanted):
    """Nearly all characters of what a reader would say are there, and not a sentence more."""
    label, wanted = words(label), words(wanted)
    common = sum((Counter(label) & Counter(wanted)).values())
    return common >= 0.8 * len(wanted) and len(label) <= 2 * len(wanted) + 8


class Departments(support.Case):
    """Running text of many departments: every figure is found, named, given its part and its year."""
    def test_departments(self):
        self.compare("departments.txt")

    def test_neighbours(self):
        self.compare("neighbours.txt")

    def test_rows(self):
        self.compare("rows.txt")

    def compare(self, name):
        wrong, asked = {"label": [], "role": [], "period": []}, Counter()
        for title, rows in reports_of(name):
            year = re.search(r"20\d\d", title).group()
            text = "\n".join([title, *(sentence for sentence, _ in rows)])
            lines = gouji("parse", "--facts", stdin=text + "\n").stdout.splitlines()
            found = [line.split("\t") for line in lines if line.split("\t")[1] not in ("year", "date")
                     and not line.startswith("report\t")]
            wanted = [want for _, wants in rows for want in wants]
            self.assertEqual([words(fact[0]) for fact in found], [words(want[0]) for want in wanted])
            for fact, (raw, label, role, period) in zip(found, wanted):
                asked.update(["label", "period"] + ["role"] * bool(role))
                if not reader_agrees(fact[4], label):
                    wrong["label"].append(f"{raw}: {fact[4]}, not {label}")
                if role and fact[6] != role:
                    wrong["role"].append(f"{raw}: {fact[6]}, not {role}")
                if fact[7] != (period or year):
                    wrong["period"].append(f"{raw}: {fact[7]}, not {period or year}")
        for what, least in (("label", 0.97), ("role", 0.97), ("period", 1)):
            self.assertGreaterEqual(1 - len(wrong[what]) / asked[what], least, "\n".join(wrong[what]))


class Facts(support.Case):
    def compare(self, rows, attribute):
        wrong = []
        for sentence, wanted in split(rows):
            found = figures(normalize(TITLE + sentence))
            for k, want in enumerate(wanted):
                exact = "=" in want and not want.startswith("=")
                raw, value = want.split("=" if exact else "~", 1)
                fact = found[k] if k < len(found) else {"raw": "", attribute: ""}
                has = fact.get(attribute) or ""
                if fact["raw"] != raw or (has != value if exact else
                                          not set(value) <= set(has) or len(has) > len(value) + 12):
                    wrong.append(f"{sentence}: {raw} is {fact['raw']} “{has}”, not “{value}”")
            if len(found) != len(wanted):
                wrong.append(f"{sentence}: {[fact['raw'] for fact in found]}")
        self.assertEqual(wrong, [])

    def test_labels(self):
        self.compare(LABELS, "label")

    def test_periods(self):
        self.compare(PERIODS, "period")

    def test_concepts(self):
        self.compare(CONCEPTS, "concept")

    def test_families(self):
        for text, *wanted in FAMILIES:
            with self.subTest(text.split("\n")[0]):
                root = normalize(text + "\n本报告用于测试。").root
                self.assertEqual([root.get(key) for key in ("family", "doc-type", "department",
                                                            "year", "inferred")], wanted)

    def cells(self, text):
        return [(fact["raw"], fact["kind"], fact["value"], fact.get("unit"), fact.get("role"),
                 fact.get("concept")) for fact in normalize(TITLE + text).facts if fact.get("table")]

    def test_units_of_a_score_table(self):
        self.assertEqual(self.cells(SCORES), [
            ("9", "count", "9", "座", None, None), ("8", "count", "8", "座", None, None),
            ("10", "score", "10", "分", "weight", None), ("8.9", "score", "8.9", "分", "earned", None),
            ("95", "percent", "95", "%", None, None), ("96.3", "percent", "96.3", "%", None, None),
            ("10", "score", "10", "分", "weight", None), ("10", "score", "10", "分", "earned", None),
            ("35", "amount", "350000", "元", None, None), ("34.46", "amount", "344600", "元", None, None),
            ("10", "score", "10", "分", "weight", None), ("10", "score", "10", "分", "earned", None),
            ("30", "score", "30", "分", "total", "目标总分"),
            ("28.9", "score", "28.9", "分", "total", "自评总分")])

    def test_units_of_a_table_of_funds(self):
        """Cell before head before caption and unit line; a row that counts people."""
        found = [cell[:4] + cell[5:] for cell in self.cells(FUNDS)]
        self.assertEqual(found, [
            ("120.00", "amount", "1200000", "元", "年初预算数"),
            ("118.50", "amount", "1185000", "元", "执行数"),
            ("98.75", "percent", "98.75", "%", "执行率"), ("350", "count", "350", "人", None),
            ("1200", "amount", "1200", "元", None),
            ("80.00", "amount", "800000", "元", None), ("79.00", "amount", "790000", "元", None),
            ("98.75", "percent", "98.75", "%", None), ("0.00", "amount", "0", "元", None),
            ("20.00", "amount", "200000", "元", None), ("19.50", "amount", "195000", "元", None),
            ("97.5", "percent", "97.5", "%", None), ("300元", "amount", "300", "元", None),
            ("56", "count", "56", "人", None), ("58", "count", "58", "人", None)])

    def test_a_year_in_a_head_is_the_period(self):
        text = "| 项目 | 2021年决算数（万元） | 本年数（万元） |\n| 支出 | 5.00 | 6.00 |"
        found = [(f["raw"], f["period"]) for f in normalize(TITLE + text).facts if f.get("table")]
        self.assertEqual(found, [("5.00", "2021"), ("6.00", "2022")])

    def test_a_form_begins_with_names_and_values(self):
        """What a head of the table would hide: the total beside the name; a code before a name is no figure."""
        form = """| 项目名称 | 管网改造 | → | 自评总分（分） | 97.6 |
| 主管部门 | 500112-安澜市水利局 | → | 联系人 | 李明 |
| 项目资金（万元） | 年初预算数 | 全年（调整）预算数 | 全年执行数 | 执行率（%） |
| 年度总金额 | 1200.00 | 1150.00 | 1138.50 | 99.00 |"""
        self.assertEqual(self.cells(form), [
            ("97.6", "score", "97.6", "分", "total", "自评总分"),
            ("1200.00", "amount", "12000000", "元", "budget", "年初预算数"),
            ("1150.00", "amount", "11500000", "元", "budget", "预算数"),
            ("1138.50", "amount", "11385000", "元", "actual", "执行数"),
            ("99.00", "percent", "99", "%", "rate", "执行率")])

    def test_heads_below_a_head_over_two_columns(self):
        table = """| 单位名称 | 编制人数 | 实有人数 | → |
| ↓ | ↓ | 在职 | 临聘 |
| 局机关 | 28 | 26 | 5 |"""
        found = [fact["label"] for fact in normalize(TITLE + table).facts if fact.get("table")]
        self.assertEqual(found, ["编制人数·局机关", "实有人数·在职·局机关", "实有人数·临聘·局机关"])

    def test_layouts_of_tables(self):
        kinds = [reading.get("kind") for reading in
                 normalize(TITLE + SCORES + "中间一段。\n" + FUNDS).root.find("tables")]
        self.assertEqual(kinds[0], "绩效评分表")


if __name__ == "__main__":
    support.main()
