#!/usr/bin/python3
# quick
"""gouji normalize: whose report it is, of which year and of which kind, from titles, covers and forms."""
import unittest
import xml.etree.ElementTree as ET

from support import document, gouji, main

# title (and further lines) : department, year, kind
TITLES = """
# 安澜市水利局2022年度部门决算 : 安澜市水利局 2022 决算
# 2022年度安澜市水利局部门决算 : 安澜市水利局 2022 决算
# 安澜市水利局2024年部门预算 : 安澜市水利局 2024 预算
# 2024年安澜市水利局单位预算 : 安澜市水利局 2024 预算
# 安澜市城北区2026年区级部门预算¶预算主管部门：安澜市城北区水务局 : 安澜市城北区水务局 2026 预算
# 安澜市2023年市级部门预算¶编制部门：安澜市民政局 : 安澜市民政局 2023 预算
# 2023年安澜市市级部门决算¶编制部门：安澜市民政局 : 安澜市民政局 2023 决算
# 安澜市民政局2023年度市级部门决算 : 安澜市民政局 2023 决算
# 安澜市2023年度部门决算公开¶安澜市教育局 : 安澜市教育局 2023 决算
# 安澜市城北区人民政府办公室2025年部门预算 : 安澜市城北区人民政府办公室 2025 预算
# 2022年度安澜市教育局部门整体支出绩效自评报告 : 安澜市教育局 2022 整体自评
# 安澜市2022年度部门整体支出绩效自评报告¶部门名称：安澜市教育局 : 安澜市教育局 2022 整体自评
# 2022年度安澜县部门整体支出绩效评价自评报告¶部门（单位）名称：安澜县水利局 : 安澜县水利局 2022 整体自评
# 2022年度部门整体支出绩效自评报告¶填报单位：安澜县水利局 : 安澜县水利局 2022 整体自评
# 安澜市水利局2022年度部门整体支出绩效自评报告 : 安澜市水利局 2022 整体自评
# 安澜市水利局2021年部门决算情况说明 : 安澜市水利局 2021 决算
# 2021年度部门决算情况说明 : - 2021 决算
# 2023年单位预算公开 : - 2023 预算
# 安澜市卫生健康委员会（本级）2022年度部门决算 : 安澜市卫生健康委员会 2022 决算
# 安澜市统计局(汇总)2021年度部门决算 : 安澜市统计局 2021 决算
# 安澜市综合行政执法局（安澜市城市管理局） 2021 年度部门决算 : 安澜市综合行政执法局 2021 决算
# 2023年度安澜市卫生健康委员会（本级）部门决算 : 安澜市卫生健康委员会 2023 决算
# 安澜市公安局城北分局2019年决算公开报告 : 安澜市公安局城北分局 2019 决算
# 安澜市河道堤防管理处2021年度决算公开说明 : 安澜市河道堤防管理处 2021 决算
# 二〇二二年度¶安澜市水利局部门决算 : 安澜市水利局 2022 决算
# 安澜市水利局二○二三年部门预算 : 安澜市水利局 2023 预算
# 安澜市水务局2023年部门综合预算说明 : 安澜市水务局 2023 预算
# 2023年安澜市水务局部门综合预算 : 安澜市水务局 2023 预算
# 安澜县雨山区2022年度部门（单位）整体支出绩效自评报告¶部门（单位）名称：安澜县档案馆 : 安澜县档案馆 2022 整体自评
# 关于2022年度部门整体支出绩效自评情况的报告¶填报单位：安澜县档案馆 : 安澜县档案馆 2022 整体自评
# 安澜市交通运输局关于2022年度部门整体支出绩效自评情况的报告 : 安澜市交通运输局 2022 整体自评
# 安澜州数据中心2024年度项目支出绩效单位自评报告 : 安澜州数据中心 2024 项目自评
"""

# title : department, year, kind, subject
SUBJECTS = """
# 2019年度安澜县“三公”经费支出决算情况 : - 2019 决算 “三公”经费
# 2023年一般公共预算“三公”经费预算情况说明 : - 2023 预算 “三公”经费
# 安澜县文学艺术界联合会2015年“三公”经费决算情况说明 : 安澜县文学艺术界联合会 2015 决算 “三公”经费
# 四川省安澜县2021年中央食品监管专项转移支付绩效自评报告 : - 2021 项目自评 中央食品监管专项转移支付
# 安澜县大气污染防治资金2020年度绩效自评报告 : - 2020 项目自评 大气污染防治资金
# 安澜县2022年农村饮水安全工程项目支出绩效自评报告 : - 2022 项目自评 农村饮水安全工程
# 农村饮水安全工程项目绩效自评报告¶（2022年度） : - 2022 项目自评 农村饮水安全工程
# 财政衔接资金绩效自评报告¶（2022年度） : - 2022 项目自评 财政衔接资金
# 2020年度县级专项资金绩效目标自评表¶（2020年度） : - 2020 自评表 -
# 项目支出绩效自评报告¶项目名称：老旧小区改造¶2022年度 : - 2022 项目自评 老旧小区改造
"""

# Of no kind that is known: no name is made of what stands there; the year is the title's.
UNKNOWN = """
# 2023年度收支情况公开¶较2022年度增加，较2022年度减少，与2022年度持平 : - 2023 -
# 2023年一般公共预算收支情况 : - 2023 -
# 收支情况公开¶2021年部门决算收支完成情况。 : - 2021 -
"""


def identity(text):
    """Department, year, kind and subject that are read from the beginning of a report."""
    body = text.replace("¶", "\n") + "\n一、基本情况\n本部门有下属单位3家。\n"
    root = ET.fromstring(gouji("normalize", stdin=document(body)).stdout)
    return [root.get(name) or "-" for name in ("department", "year", "doc-type", "subject")]


class Identity(unittest.TestCase):
    def hold(self, rows, fields):
        for row in filter(None, rows.splitlines()):
            text, _, truth = row.partition(" : ")
            with self.subTest(text=text):
                self.assertEqual(identity(text)[:fields], truth.split())

    def test_titles(self):
        self.hold(TITLES, 3)

    def test_subjects(self):
        self.hold(SUBJECTS, 4)

    def test_titles_of_no_known_kind(self):
        self.hold(UNKNOWN, 3)

    def test_the_department_is_named_before_its_units(self):
        form = """# 2020年度县级专项资金绩效目标自评表
| 县级主管部门 | 安澜县粮食局 |
| 实施单位 | 储备股 |
"""
        self.assertEqual(identity(form)[0], "安澜县粮食局")

    def test_codes_are_no_part_of_a_name(self):
        form = """# 项目支出绩效自评表
（2022年度）
| 项目名称 | 委托业务 |
| 主管部门 | 219-安澜市青溪镇人民政府 |
| 实施单位 | 219001-安澜市青溪镇人民政府 |
"""
        self.assertEqual(identity(form)[0], "安澜市青溪镇人民政府")


if __name__ == "__main__":
    main()
