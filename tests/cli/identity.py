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
"""


class Identity(unittest.TestCase):
    def test_titles(self):
        for row in filter(None, TITLES.splitlines()):
            text, _, truth = row.partition(" : ")
            with self.subTest(text=text):
                body = text.replace("¶", "\n") + "\n一、基本情况\n本部门有下属单位3家。\n"
                root = ET.fromstring(gouji("normalize", stdin=document(body)).stdout)
                self.assertEqual([root.get("department"), root.get("year"), root.get("doc-type")],
                                 truth.split())


if __name__ == "__main__":
    main()
