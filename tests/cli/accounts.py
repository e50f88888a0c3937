#!/usr/bin/python3
"""gouji extract on real final accounts: every table's own totals hold, down and across.

科目 nest by their codes: 201 is the sum of 20106, which is the sum of 2010601. So a cell that was
lost, moved or misread shows as a sum that fails. The reports themselves are off by 0.01 in places,
since they were rounded; more than that is ours.
"""
import os
import re
import unittest
import xml.etree.ElementTree as ET
from decimal import Decimal

import support
from support import SHARED, gouji, needs_shared

CENT = Decimal("0.01")
TABLES = ("收入支出决算总表", "收入决算表", "支出决算表", "财政拨款收入支出决算总表",
          "一般公共预算财政拨款支出决算表", "一般公共预算财政拨款基本支出决算表",
          "财政拨款“三公”经费支出决算表", "政府性基金预算财政拨款收入支出决算表",
          "国有资本经营预算财政拨款收入支出决算表")


def text_of(element):
    return "" if element is None else re.sub(r"\s", "", "".join(element.itertext()))


def amount(text):
    return Decimal(text.replace(",", "")) if re.fullmatch(r"-?[\d,]+\.\d\d", text) else None


class Grid:
    def __init__(self, table):
        self.caption = text_of(table.find("caption"))
        self.rows, self.columns = int(table.get("rows")), int(table.get("columns"))
        self.header = int(table.get("header-rows"))
        self.cells = {}
        for cell in table.iter("cell"):
            for row in range(int(cell.get("row")), int(cell.get("row")) + int(cell.get("rows", 1))):
                for column in range(int(cell.get("column")),
                                    int(cell.get("column")) + int(cell.get("columns", 1))):
                    assert (row, column) not in self.cells, f"{self.caption}: two cells at {row}, {column}"
                    self.cells[row, column] = text_of(cell)
        assert len(self.cells) == self.rows * self.columns, f"{self.caption}: cells are missing"

    def column(self, title):
        """The first column whose header has the title."""
        for column in range(self.columns):
            if any(self.cells[row, column] == title for row in range(self.header)):
                return column
        return None

    def coded_rows(self, first=0, last=None):
        """(code, row): the code may stand in one column or in three (类 款 项)."""
        found = []
        for row in range(self.header, self.rows):
            code = ""
            for column in range(first, self.columns if last is None else last):
                if not re.fullmatch(r"\d{2,7}", self.cells[row, column]):
                    break
                code += self.cells[row, column]
            if len(code) in (3, 5, 7):
                found.append((code, row))
        return found


@needs_shared
class Accounts(support.Case):
    def grids(self, department):
        path = os.path.join(SHARED, "reports", f"putuo-{department}-2024-final-accounts.pdf")
        root = ET.fromstring(gouji("extract", path).stdout)
        grids = [Grid(table) for table in root.iter("table")]
        return {grid.caption: grid for grid in grids}

    def agree(self, total, parts, where, slack=CENT):
        self.assertLessEqual(abs(total - sum(parts)), slack * max(1, len(parts) // 2), where)

    def nested(self, grid, first=0, last=None, columns=None):
        """Each code is the sum of the codes right below it; gives the number of sums made."""
        coded, sums = grid.coded_rows(first, last), 0
        self.assertEqual(len(coded), len({code for code, _ in coded}), grid.caption)
        for code, row in coded:
            below = [r for c, r in coded if c.startswith(code) and len(c) == len(code) + 2]
            for column in columns or range(grid.columns):
                total = amount(grid.cells[row, column])
                parts = [amount(grid.cells[r, column]) for r in below]
                if not below or (total is None and not any(parts)):
                    continue
                self.agree(total or 0, [p for p in parts if p is not None],
                           f"{grid.caption} {code} column {column}")
                sums += 1
        return sums

    def grand_total(self, grid):
        """合计 is the sum of the codes of three digits."""
        rows = [row for row in range(grid.rows) if "合计" in
                [grid.cells[row, c] for c in range(4 if grid.columns > 4 else 1)]
                and any(amount(grid.cells[row, c]) for c in range(grid.columns))]
        self.assertEqual(len(rows), 1, grid.caption)
        top = [row for code, row in grid.coded_rows() if len(code) == 3]
        for column in range(grid.columns):
            total = amount(grid.cells[rows[0], column])
            if total is not None:
                parts = [amount(grid.cells[row, column]) for row in top]
                self.agree(total, [p for p in parts if p is not None],
                           f"{grid.caption} 合计 column {column}")

    def across(self, grid, total, parts):
        columns = [grid.column(title) for title in parts]
        self.assertNotIn(None, columns + [grid.column(total)], f"{grid.caption}: {total} {parts}")
        for row in range(grid.header, grid.rows):
            value = amount(grid.cells[row, grid.column(total)])
            if value is not None:
                values = [amount(grid.cells[row, column]) for column in columns]
                self.agree(value, [v for v in values if v is not None], f"{grid.caption} row {row}")

    def test_nine_tables_add_up(self):
        for department in ("planning", "finance"):
            grids = self.grids(department)
            with self.subTest(department):
                for name in TABLES:
                    self.assertIn(name, grids)
                income, spending, general = (grids[TABLES[i]] for i in (1, 2, 4))
                for grid in (income, spending, general):
                    self.assertGreater(self.nested(grid), 15, grid.caption)
                    self.grand_total(grid)
                self.across(income, "本年收入合计", ("财政拨款收入", "上级补助收入", "事业收入", "经营收入",
                                               "附属单位上缴收入", "其他收入"))
                self.across(spending, "本年支出合计", ("基本支出", "项目支出", "上缴上级支出", "经营支出",
                                                 "对附属单位补助支出"))
                self.across(general, "合计", ("基本支出", "项目支出"))

    def test_basic_spending_by_economic_class(self):
        for department in ("planning", "finance"):
            grid = self.grids(department)[TABLES[5]]
            half = grid.columns // 2
            with self.subTest(department):
                sums = self.nested(grid, 0, half, [half - 1])
                sums += self.nested(grid, half, grid.columns, [grid.columns - 1])
                self.assertGreaterEqual(sums, 3)
                last = grid.rows - 1
                for side in (0, half):
                    top = [row for code, row in grid.coded_rows(side, side + half) if len(code) == 3]
                    values = [amount(grid.cells[row, side + half - 1]) for row in top]
                    self.agree(amount(grid.cells[last, side + half - 1]),
                               [v for v in values if v is not None], f"{department} side {side}")

    def test_overall_tables_balance(self):
        for department in ("planning", "finance"):
            grids = self.grids(department)
            with self.subTest(department):
                for name in (TABLES[0], TABLES[3]):
                    grid = grids[name]
                    last = [grid.cells[grid.rows - 1, column] for column in range(grid.columns)]
                    self.assertEqual([text for text in last if text in ("总计", "合计")][:2],
                                     ["总计", "总计"])
                    values = [amount(text) for text in last if amount(text) is not None]
                    self.assertEqual(values[0], values[1], name)


if __name__ == "__main__":
    support.main()
