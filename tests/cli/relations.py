#!/usr/bin/python3
# quick
"""gouji normalize: figures of running text that must agree. Each rule on texts where it must fire and
on others, as near as possible, where it must not: rule, the outcomes of its checks, the text."""
import re
import subprocess
import sys

import support
from support import GOUJI, document, Reading

TITLE = "# 安澜市水利局2022年度部门整体支出绩效自评报告\n一、基本情况\n"

SUMS = """
SUM-01 fail     项目资金共57.55万元，包括：设备购置12.50万元、房屋维修45.20万元。
SUM-01 pass     项目资金共57.70万元，包括：设备购置12.50万元、房屋维修45.20万元。
SUM-01 rounding 项目资金共57.71万元，包括：设备购置12.50万元、房屋维修45.20万元。
SUM-01 pass     全年投入补助资金1260.50万元，其中：甲县820.30万元；乙县440.20万元。
SUM-01 fail     全年投入补助资金1260.50万元，其中：甲县820.30万元；乙县430.20万元。
SUM-01 fail     补助资金共126.5万元：（1）甲镇80.3万元，用于修路；（2）乙镇36.2万元，用于建桥。
SUM-01 pass     补助资金共126.5万元：（1）甲镇80.3万元，用于修路；（2）乙镇46.2万元，用于建桥。
SUM-01 fail     补助资金共126.5万元，分别用于甲镇80.3万元、乙镇36.2万元。
SUM-01 -        补助资金126.5万元，包括甲镇80.3万元、乙镇36.2万元等。
SUM-02 pass     补助资金126.5万元，包括甲镇80.3万元、乙镇36.2万元等。
SUM-01 -        安排资金120万元，其中甲镇60万元、乙镇20万元。
SUM-02 pass     安排资金120万元，其中甲镇60万元、乙镇20万元。
SUM-02 fail     安排资金86.4万元，其中甲镇90万元。
SUM-02 pass     安排资金86.4万元，其中甲镇80万元；新建水库投资90万元。
SUM-01 pass     购置水泵20.5万元，维修闸门30.2万元，合计50.7万元。
SUM-01 pass     年初下达资金800万元，实际使用700.5万元。实际使用资金中：甲县300.2万元，乙县400.3万元。
SUM-01 pass     资金总额4100万元，全部分解下达至4个县：甲县1260万元、乙县985.5万元、丙县1120.3万元、丁县734.2万元。
SUM-01 fail     资金总额4100万元，全部分解下达至4个县：甲县1260万元、乙县985.5万元、丙县1120.3万元、丁县743.2万元。
SUM-01 -        全年支出500万元，主要做了以下工作：一是投入120万元建设水库；二是安排80万元维修渠道。
SUM-01 -        农民人均收入21865元，扶持合作社132家，其中省级41家、市级6家；水产品销售18.6亿元。
SUM-03 fail     安排资金100.13万元，包括：甲类62.53万元，其中育苗30.21万元、造林30.24万元、管护1.98万元；乙类37.60万元。
SUM-03 pass     安排资金100.13万元，包括：甲类62.53万元，其中育苗30.21万元、造林30.34万元、管护1.98万元；乙类37.60万元。
SUM-04 fail     下达资金89.96万元，30万元用于甲村，30万元用于乙村，29.99万元用于丙村。
SUM-04 pass     下达资金89.99万元，30万元用于甲村，30万元用于乙村，29.99万元用于丙村。
SUM-05 fail     本年支出合计9859.38万元，其中：基本支出5377.64万元，占54.54%；项目支出4381.74万元，占44.44%。
SUM-05 pass     本年支出合计9759.38万元，其中：基本支出5377.64万元，项目支出4381.74万元。
SUM-05 pass     全年支出3154.55万元。基本支出1817.50万元，其中人员经费1512.70万元、公用经费304.80万元；项目支出1337.05万元。
SUM-05 fail     全年支出3154.55万元。基本支出1817.50万元，其中人员经费1512.70万元、公用经费304.80万元；项目支出1373.05万元。
SUM-06 rounding 基本支出105.58万元，其中：人员经费95.36万元，公用经费10.23万元。
SUM-06 fail     基本支出105.58万元，其中：人员经费95.36万元，公用经费12.03万元。
SUM-07 fail     “三公”经费支出57.55万元，其中公务接待费12.50万元，公务用车运行维护费45.20万元。
SUM-07 pass     “三公”经费支出57.55万元，其中公务接待费12.35万元，公务用车运行维护费45.20万元。
SUM-08 fail     项目资金总额672.5万元，其中：财政拨款420万元，上年结转196.5万元，其他资金65万元。
SUM-08 pass     项目资金总额672.5万元，其中：财政拨款420万元，上年结转196.5万元，其他资金56万元。
SUM-09 rounding 政府采购支出251.25万元，其中：货物支出4.79万元、工程支出0万元、服务支出246.47万元。
SUM-09 fail     政府采购支出251.25万元，其中：货物支出4.97万元、工程支出0万元、服务支出246.47万元。
SUM-10 fail     本年支出1000.00万元，其中：甲类400.00万元，占40.00%；乙类350.00万元，占35.00%；丙类250.00万元，占26.00%。
SUM-10 pass     本年支出1000.00万元，其中：甲类400.00万元，占40.00%；乙类350.00万元，占35.00%；丙类250.00万元，占25.00%。
SUM-11 fail     “三公”经费支出比上年增加15.15万元，其中：公务接待费减少0.26万元，公务用车购置增加14.79万元。
SUM-11 pass     “三公”经费支出比上年增加14.53万元，其中：公务接待费减少0.26万元，公务用车购置增加14.79万元。
SUM-12 fail     总投资525.39万元，其中：500万元用于水库加固，剩余35.39万元用于管护。
SUM-12 pass     总投资525.39万元，其中：500万元用于水库加固，剩余25.39万元用于管护。
"""

COLUMNS = """
支出年初预算为250.00万元，支出决算为240.50万元，完成年初预算的96.20%。其中：
1、水利支出。主要用于水库维修。年初预算为150.00万元，支出决算为145.20万元。
2、农业支出。主要用于灌溉。年初预算为100.00万元，支出决算为95.30万元。
"""

BALANCES = """
BAL-01 fail 2022年度收入总计11054.96万元，支出总计11054.69万元。
BAL-01 pass 2022年度收入总计11054.96万元，支出总计11054.96万元。
BAL-01 -    2022年度收入总计11054.96万元，2021年度支出总计10321.45万元。
BAL-02 fail 收入总计11054.96万元，其中：本年收入10749.46万元，年初结转和结余350.50万元。
BAL-02 pass 收入总计11054.96万元，其中：本年收入10749.46万元，年初结转和结余305.50万元。
BAL-04 fail 应到位资金861.46万元，实际到位334.67万元，资金到位率83.85%。
BAL-04 pass 应到位资金861.46万元，实际到位334.67万元，资金到位率38.85%。
BAL-04 not_checkable 项目资金按计划拨付，资金到位率100%。
BAL-05 fail 全年预算780.00万元，全年支出457.37万元，年末结余232.63万元。
BAL-05 pass 全年预算780.00万元，全年支出457.37万元，年末结余322.63万元。
BAL-06 fail 年初预算4865.20万元，年中追加512.36万元，调减33.16万元，全年预算5434.40万元。
BAL-06 pass 年初预算4865.20万元，年中追加512.36万元，调减33.16万元，全年预算5344.40万元。
BAL-06 pass 年初预算500万元，调减30万元，调整后预算470万元。
BAL-06 -    年初预算500万元，全年预算530万元。
"""

COUNTS = """
CNT-02 fail 下属事业单位5个，分别为市河道处、市水库站、市水文站和市灌溉中心。
CNT-02 pass 下属事业单位4个，分别为市河道处、市水库站、市水文站和市灌溉中心。
CNT-02 -    下属事业单位5个，分别为市河道处、市水库站、市水文站等。
CNT-02 fail 全年实施重点项目3个：水库加固、渠道维修。
CNT-03 fail 设一级指标4个，其中：投入指标15分，过程指标25分，产出指标30分，效益指标20分，满意度指标10分。
CNT-03 pass 设一级指标5个，其中：投入指标15分，过程指标25分，产出指标30分，效益指标20分，满意度指标10分。
CNT-04 fail 实有在职人员78人，其中行政人员51人，事业人员26人。
CNT-04 pass 实有在职人员78人，其中行政人员52人，事业人员26人。
CNT-04 fail 实有人数82人，其中局机关41人、水库站24人、水文站19人。
CNT-04 -    实有人数82人，其中党员41人、本科以上学历52人。
CNT-06 fail 实有人数82人，其中党员41人、本科以上学历52人。
CNT-06 fail 评选先进村15个，其中生态村8个、文明村9个。
CNT-06 pass 评选先进村15个，其中生态村8个、文明村9个（2个村重复）。
CNT-05 fail 申报高效节水项目199家，通过验收298家。
CNT-05 pass 申报高效节水项目298家，通过验收199家。
CNT-07 fail 绩效自评的项目39个，其中：评为“优”的项目36个、评为“良”的项目2个、评为“中”的项目0个、评为“差”的项目0个。
CNT-07 pass 绩效自评的项目39个，其中：评为“优”的项目37个、评为“良”的项目2个、评为“中”的项目0个、评为“差”的项目0个。
CNT-08 fail 核定编制55名，实有在职人员96人。
CNT-08 pass 核定编制55名，实有在职人员96人，超编人员为借调。
CNT-08 pass 核定编制96名，实有在职人员55人。
CNT-09 fail 检查发现问题58个，已整改57个，整改率92.28%。
CNT-09 pass 检查发现问题58个，已整改57个，整改率98.28%。
CNT-09 pass 抽检样品396批次，合格388批次，合格率98%。
CNT-09 -    新建水池58个，铺设管道57个，水质达标率92.28%。
"""

SCORES = """
WGT-01 fail 部门整体绩效目标总分100分，其中，决策指标20分，过程指标30分，产出指标30分，效益指标25分。
WGT-01 pass 部门整体绩效目标总分100分，其中，决策指标20分，过程指标25分，产出指标30分，效益指标25分。
WGT-01 pass 满分100分，其中投入15分（目标设定5分、预算配置10分），过程25分（执行15分、管理10分），产出60分。
WGT-02 pass pass 满分100分，其中投入15分（目标设定5分、预算配置10分），过程25分（执行15分、管理10分），产出60分。
WGT-02 fail pass 满分100分，其中投入15分（目标设定5分、预算配置9分），过程25分（执行15分、管理10分），产出60分。
WGT-02 fail 投入指标15分，其中目标设定5分、预算配置9分；过程指标25分。
SCO-01 fail 部门整体支出绩效自评总得分96分，其中，投入指标14分，过程指标24分，产出指标29分，效益指标30分。
SCO-01 pass 部门整体支出绩效自评总得分97分，其中，投入指标14分，过程指标24分，产出指标29分，效益指标30分。
SCO-02 fail 产出指标30分，自评得分31分。
SCO-02 pass 产出指标30分，自评得分30分。
SCO-03 fail 过程指标25分，自评得分24分，扣2分，原因是执行偏慢。
SCO-03 pass 过程指标25分，自评得分23分，扣2分，原因是执行偏慢。
SCO-04 fail 重点工作完成分值24分，得分率95.83%，得22分。
SCO-04 pass 重点工作完成分值24分，得分率95.83%，得23分。
SCO-07 fail 各项目得分分别为：甲项目得分99分、乙项目得分98分、丙项目得分97分，平均得分98.5分。
SCO-07 pass 各项目得分分别为：甲项目得分99分、乙项目得分98分、丙项目得分97分，平均得分98分。
SCO-07 not_checkable 绩效自评的项目39个，平均得分99.33分。
SCO-08 fail 预算执行率分值10分，预算执行率76%，得8.6分。
SCO-08 pass 预算执行率分值10分，预算执行率76%，得7.6分。
"""

RATES = """
EXE-01 fail 全年预算3268.90万元，实际支出3154.55万元，预算执行率95.60%。
EXE-01 pass 全年预算3268.90万元，实际支出3154.55万元，预算执行率96.50%。
EXE-01 rounding 支出年初预算为10210.34万元，支出决算为9746.50万元，完成年初预算的95.45%。
EXE-01 not_checkable 项目进展顺利，预算执行率98%。
EXE-01 not_checkable 公务接待费支出决算为0.39万元，完成预算的13.68%。
EXE-02 fail 年初预算2000.00万元，全年预算2100.00万元，支出决算2013.69万元，完成年初预算的95.89%。
EXE-02 pass 年初预算2000.00万元，全年预算2100.00万元，支出决算2013.69万元，完成年初预算的100.68%。
EXE-03 fail 全年预算500.00万元，全年支出532.36万元。
EXE-03 pass 全年预算500.00万元，全年支出532.36万元，超出预算部分为应急抢险支出。
EXE-03 pass 全年预算532.36万元，全年支出500.00万元。
EXE-05 fail 全年预算0万元，全年支出0万元，预算执行率100%。
EXE-06 fail 年初预算4865.20万元，年中追加512.36万元，调减33.16万元，预算调整率8.95%。
EXE-06 pass 年初预算4865.20万元，年中追加512.36万元，调减33.16万元，预算调整率9.85%。
EXE-06 not_checkable 预算管理较好，预算调整率9.85%。
EXE-07 fail 全年预算5344.40万元，年末结转结余106.89万元，结转结余率2.5%。
EXE-07 pass 全年预算5344.40万元，年末结转结余106.89万元，结转结余率2%。
EXE-08 fail “三公”经费预算24万元，实际支出18.62万元，“三公”经费控制率78.57%。
EXE-08 pass “三公”经费预算24万元，实际支出18.62万元，“三公”经费控制率77.58%。
EXE-10 fail 核定编制96名，实有在职人员91人，在职人员控制率97.49%。
EXE-10 pass 核定编制96名，实有在职人员91人，在职人员控制率94.79%。
PCT-03 fail 接待支出比上年的4.15万元减少0.09万元，下降0.02%。
PCT-04 fail 本年支出合计10879.05万元。水利支出10442.72万元，占本年支出合计的95.59%。
PCT-04 pass 本年支出合计10879.05万元。水利支出10442.72万元，占本年支出合计的95.99%。
PCT-04 not_checkable 水利支出10442.72万元，占全市水利支出的5.99%。
"""

CHANGES = """
YOY-01 fail 公务接待费12.50万元，比上年的8.00万元增加4.35万元。
YOY-01 pass 公务接待费12.50万元，比上年的8.00万元增加4.50万元。
YOY-01 pass “三公”经费支出9.6万元，比上年的10.2万元减少0.6万元，下降5.88%。
YOY-01 pass 上年支出8.00万元，本年支出12.50万元，增加4.50万元。
YOY-01 -    公务接待费12.50万元，比年初预算增加4.35万元。
YOY-02 fail 机关运行经费142.80万元，比上年减少13.52万元，下降6.85%。
YOY-02 pass 机关运行经费142.80万元，比上年减少13.52万元，下降8.65%。
YOY-02 pass 2022年度收入支出总计2995.39万元。与2021年度相比，收入支出总计减少56.95万元，下降1.87%。
YOY-02 fail 2022年度收入支出总计2995.39万元。与2021年度相比，收入支出总计减少56.95万元，下降1.78%。
YOY-02 pass 接待游客1286.5万人次，比上年的1144.6万人次增长12.4%。
YOY-02 pass 灌溉面积由上年的8.0万亩增加到10.0万亩，增长25%。
YOY-02 -    项目支出增加，较上年度增加1133.95万元，主要是维修增加。
YOY-03 fail 公务接待费2.16万元，比上年减少0.04万元，增长1.82%。
YOY-03 fail 公务接待费12.50万元，比上年的8.00万元减少4.50万元。
YOY-03 -    公务接待费2.16万元，比上年减少0.04万元，下降1.82%。
YOY-04 fail 培训费307.82万元，比上年的0万元增加307.82万元，增长100%。
YOY-04 fail 培训费307.82万元，比上年增加307.82万元，增长100%。
YOY-04 -    培训费307.82万元，比上年的0万元增加307.82万元，增长率无可比性。
YOY-05 fail 培训费支出3.50万元，上年支出3.20万元，与上年持平。
YOY-05 pass 培训费支出3.50万元，上年支出3.50万元，与上年持平。
YOY-05 -    培训费支出3.50万元，上年支出3.48万元，与上年基本持平。
YOY-07 fail 2022年度机关运行经费支出142.80万元，比2020年度减少13.52万元。
YOY-07 pass 2022年度机关运行经费支出142.80万元，比2021年度减少13.52万元。
"""

PLACES = r"""
XSC-01 fail 全年执行数12360.45万元，任务完成。\n二、资金情况\n全年执行数12306.45万元，进度正常。
XSC-01 pass 全年执行数12306.45万元，任务完成。\n二、资金情况\n全年执行数12306.45万元，进度正常。
XSC-01 -    全年执行数12306.45万元，任务完成。\n二、资金情况\n三公经费全年执行数12.45万元，进度正常。
XSC-01 -    全年执行数12306.45万元，任务完成。\n二、资金情况\n上年执行数11306.45万元，进度正常。
XSC-01 rounding 水库除险加固经费8.1437万元，已到位。\n二、资金情况\n水库除险加固经费8.14万元，已支付。
XSC-01 -    甲县河道治理经费85.31万元，已到位。\n二、资金情况\n乙县河道治理建设经费354.57万元，已支付。
XSC-07 fail 全年执行数12360.45万元。\n二、综合评价结论\n全年执行数12306.45万元，任务完成。
UNT-01 fail 水库除险加固经费812.45元，已到位。\n二、资金情况\n水库除险加固经费812.45万元，已支付。
SCO-05 fail 部门整体支出绩效自评总得分97分。\n二、结论\n部门整体支出绩效自评总得分98分。
SCO-05 pass 部门整体支出绩效自评总得分97分。\n二、结论\n部门整体支出绩效自评总得分97分。
DED-02 fail 部门整体绩效目标总分100分，自评总得分97分。\n二、扣分\n过程指标25分，自评得分23分，扣2分，因为执行偏慢。
DED-02 pass 部门整体绩效目标总分100分，自评总得分98分。\n二、扣分\n过程指标25分，自评得分23分，扣2分，因为执行偏慢。
"""


# Groups of the catalogue that are about figures.
RULES = ("SUM", "BAL", "CNT", "WGT", "SCO", "DED", "EXE", "PCT", "YOY", "XSC", "UNT")


def readings(texts):
    """The Reports of several texts; the programs run side by side."""
    running = [subprocess.Popen([GOUJI, "normalize"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                text=True) for _ in texts]
    return [Reading(one.communicate(document(text))[0]) for one, text in zip(running, texts)]


def wanted(block):
    rows = []
    for line in block.strip().splitlines():
        rule, outcomes, text = re.fullmatch(r"(\w+-\d+) +([a-z_ -]+?) +([^a-z ].*)", line).groups()
        rows.append((rule, [o for o in outcomes.split() if o != "-"], text.replace("\\n", "\n")))
    return rows


class Relations(support.Case):
    def check(self, block):
        rows = wanted(block)
        for (rule, outcomes, text), reading in zip(rows, readings([TITLE + row[2] for row in rows])):
            with self.subTest(rule, text=text):
                self.assertEqual(reading.outcomes(rule), outcomes)
                if "fail" not in outcomes:
                    self.assertNotIn(rule, reading.rules())

    def test_sums(self):
        self.check(SUMS)

    def test_balances(self):
        self.check(BALANCES)

    def test_counts(self):
        self.check(COUNTS)

    def test_scores(self):
        self.check(SCORES)

    def test_rates(self):
        self.check(RATES)

    def test_changes(self):
        self.check(CHANGES)

    def test_places(self):
        self.check(PLACES)


class Causes(support.Case):
    """One wrong figure is one finding, and is named where a second relation or place says what it was."""
    def only(self, text, *rules):
        reading = readings([TITLE + text])[0]
        findings = [f for f in reading.findings if f["rule"][:3] in RULES]
        self.assertEqual([f["rule"] for f in findings], list(rules), findings)
        return reading, findings

    def test_one_figure_breaks_three_relations(self):
        reading, (finding,) = self.only(
            "“三公”经费支出57.55万元，其中：公务用车运行维护费45.20万元；公务接待费12.50万元，"
            "比上年的8.00万元增加4.35万元。上年公务接待费8.00万元。", "SUM-07")
        self.assertEqual((reading.outcomes("SUM-07"), reading.outcomes("YOY-01")), (["fail"], ["fail"]))
        self.assertEqual({c["finding"] for c in reading.checks if c["rule"] in ("SUM-07", "YOY-01")}, {"0"})
        self.assertIn("12.50万元（第1页）应为12.35万元", finding["explanation"])
        self.assertNotIn("可能", finding["explanation"])
        self.assertEqual(set(finding["raws"]), {"57.55万元", "45.20万元", "12.50万元", "8.00万元", "4.35万元"})

    def test_nothing_confirms(self):
        _, (finding,) = self.only("补助资金共1260.50万元，包括：甲县820.30万元、乙县430.20万元。", "SUM-01")
        self.assertTrue(finding["explanation"].startswith("可能的更正："))
        self.assertIn("；或", finding["explanation"])

    def test_another_place_confirms(self):
        _, (finding,) = self.only(
            "全年预算1320.00万元，全年支出1260.50万元，预算执行率95.49%。\n二、资金情况\n"
            "全年支出1206.50万元，任务完成。", "XSC-01")
        self.assertIn("1206.50万元（第1页）应为1260.50万元（疑为数字颠倒）", finding["explanation"])

    def test_unit_slip(self):
        _, findings = self.only("补助资金共1260.50万元，包括：甲县820.30元、乙县440.20万元。", "SUM-01")
        self.assertIn("820.30元（第1页）应为820.30万元（疑为单位误写）", findings[0]["explanation"])

    def test_messages_are_one_sentence(self):
        for block in (SUMS, BALANCES, COUNTS, SCORES, RATES, CHANGES, PLACES):
            texts = [TITLE + text for _, outcomes, text in wanted(block) if "fail" in outcomes]
            for reading in readings(texts):
                for finding in reading.findings:
                    self.assertRegex(finding["message"], r"^[^。]+。$")
                    self.assertNotIn("““", finding["message"])
                    if finding["members"]:
                        self.assertRegex(finding["message"], r"（第\d+页）")


if __name__ == "__main__":
    support.main()
