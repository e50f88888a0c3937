#!/usr/bin/python3
# quick
"""gouji extract: tables drawn in odd ways, and drawings that are none, cell by cell."""
import re

import support
from pages import Pages as PagesCase, Writer, line

ROW, COLUMN, LEFT, TOP = 24, 90, 80, 700


def rule(x0, y0, x1, y1):
    return f"{x0} {y0} m {x1} {y1} l S\n"


def place(row, column):
    """The corner of a cell."""
    return LEFT + column * COLUMN, TOP - row * ROW


def across(row, first, end):
    (x0, y), (x1, _) = place(row, first), place(row, end)
    return rule(x0, y, x1, y)


def down(column, first, end):
    (x, y0), (_, y1) = place(first, column), place(end, column)
    return rule(x, y0, x, y1)


def words(rows, first=0):
    return "".join(line(text, place(row, column)[0] + 6, place(row, column)[1] - 16, 10)
                   for row, texts in enumerate(rows, first) for column, text in enumerate(texts) if text)


ROWS = [("科目", "年初预算", "全年执行"), ("工资福利", "120.50", "118.20"), ("公用经费", "35.00", "34.10"),
        ("项目支出", "-", "/"), ("合计", "155.50", "152.30")]


class Ruled(support.Case):
    extract, one_page, notices = PagesCase.extract, PagesCase.one_page, PagesCase.notices

    def tables(self):
        found = []
        for table in self.root.iter("table"):
            rows = [[] for _ in range(int(table.get("rows")))]
            for cell in table.iter("cell"):
                text = re.sub(r"\s", "", "".join(cell.itertext()))
                spans = f"{cell.get('rows', 1)}×{cell.get('columns', 1)}"
                rows[int(cell.get("row"))].append(text if spans == "1×1" else (text, spans))
            found.append([tuple(row) for row in rows])
        return found

    def drawn(self, content, rows):
        self.one_page(content + words(rows), "".join(text for row in rows for text in row))
        return self.tables()

    def test_all_rules(self):
        content = "".join(across(row, 0, 3) for row in range(6)) + "".join(down(c, 0, 5) for c in range(4))
        self.assertEqual(self.drawn(content, ROWS), [ROWS])

    def test_only_the_head_has_columns(self):
        content = ("".join(across(row, 0, 3) for row in range(6)) + down(0, 0, 5) + down(3, 0, 5) +
                   down(1, 0, 1) + down(2, 0, 1))
        self.assertEqual(self.drawn(content, ROWS), [ROWS])

    def test_body_rows_without_rules_between(self):
        content = "".join(across(row, 0, 3) for row in (0, 1, 5)) + "".join(down(c, 0, 5) for c in range(4))
        self.assertEqual(self.drawn(content, ROWS), [ROWS])

    def test_rules_across_only(self):
        content = "".join(across(row, 0, 3) for row in (0, 1, 5))
        self.assertEqual(self.drawn(content, ROWS), [ROWS])

    def test_wrapped_lines_of_a_cell_stay_together(self):
        content = "".join(across(row, 0, 2) for row in (0, 1, 4)) + "".join(down(c, 0, 4) for c in range(3))
        rows = [("指标", "说明"), ("预算执行", "按规定在年"), ("率", "度内完成并"), ("", "且公开")]
        self.assertEqual(self.drawn(content, rows), [[("指标", "说明"), ("预算执行率", "按规定在年度内完成并且公开")]])

    def test_spans(self):
        content = ("".join(across(row, 0, 3) for row in (0, 2, 3)) + across(1, 1, 3) +
                   "".join(down(c, 0, 3) for c in (0, 1, 3)) + down(2, 1, 3))
        rows = [("科目", "金额", ""), ("", "预算", "执行"), ("合计", "155.50", "152.30")]
        self.assertEqual(self.drawn(content, rows),
                         [[(("科目", "2×1"), ("金额", "1×2")), ("预算", "执行"), ("合计", "155.50", "152.30")]])

    def test_two_tables_side_by_side(self):
        content = ("".join(across(row, 0, 2) + across(row, 3, 5) for row in range(3)) +
                   "".join(down(c, 0, 2) for c in (0, 1, 2, 3, 4, 5)))
        rows = [("甲", "1.00", "", "乙", "2.00"), ("丙", "3.00", "", "丁", "4.00")]
        self.assertEqual(self.drawn(content, rows),
                         [[("甲", "1.00"), ("丙", "3.00")], [("乙", "2.00"), ("丁", "4.00")]])

    def test_vertical_text_in_a_cell(self):
        content = ("".join(across(row, 1, 3) for row in range(5)) + across(0, 0, 1) + across(4, 0, 1) +
                   "".join(down(c, 0, 4) for c in range(4)))
        rows = [("", "数量指标", "95.00"), ("", "质量指标", "98.00"), ("", "时效指标", "100.00"), ("", "成本指标", "90.00")]
        label = "".join(line(text, place(0, 0)[0] + 40, TOP - 20 - i * 12, 10) for i, text in enumerate("产出指标"))
        self.one_page(content + words(rows) + label, "".join(t for row in rows for t in row) + "产出指标")
        table, = self.tables()
        self.assertEqual(table[0], (("产出指标", "4×1"), "数量指标", "95.00"))

    def test_a_head_that_pages_repeat_stands_once(self):
        grid = "".join(across(row, 0, 3) for row in range(6)) + "".join(down(c, 0, 5) for c in range(4))
        later = [ROWS[0], ("差旅费", "1.50", "1.20"), ("会议费", "2.50", "2.20"), ("培训费", "3.50", "3.20"),
                 ("总计", "163.00", "158.90")]
        writer = Writer()
        font = writer.font("".join(text for row in ROWS + later for text in row))
        writer.page(grid + words(ROWS), [font])
        writer.page(grid + words(later), [font])
        self.extract(writer)
        self.assertEqual(self.tables(), [ROWS + later[1:]])
        table = self.root.find("table")
        self.assertEqual((table.get("page"), table.get("last-page"), table.get("header-rows")), ("1", "2", "1"))
        self.assertEqual({cell.get("page") for cell in table.iter("cell") if int(cell.get("row")) > 4}, {"2"})
        again = [(line.get("page"), line.get("text")) for block in self.root.iter("furniture")
                 if block.get("kind") == "table-head" for line in block]
        self.assertEqual(again, [("2", text) for text in ROWS[0]])

    def test_a_part_with_columns_laid_out_for_itself(self):
        grid = "".join(across(row, 0, 3) for row in range(6)) + "".join(down(c, 0, 5) for c in range(4))
        rows = [("差旅费", "1.50", "1.20"), ("会议费", "2.50", "2.20"), ("总计", "163.00", "158.90")]
        xs = (LEFT, LEFT + 120, LEFT + 170, LEFT + 3 * COLUMN)
        own = ("".join(across(row, 0, 3) for row in range(4)) +
               "".join(rule(x, TOP, x, TOP - 3 * ROW) for x in xs) +
               "".join(line(text, x + 4, TOP - row * ROW - 16, 10)
                       for row, texts in enumerate(rows) for text, x in zip(texts, xs)))
        writer = Writer()
        font = writer.font("".join(text for row in ROWS + rows for text in row))
        writer.page(grid + words(ROWS), [font])
        writer.page(own, [font])
        self.extract(writer)
        self.assertEqual(self.tables(), [ROWS + rows])

    def test_a_chart_is_no_table(self):
        axis = [(str(value), "") for value in range(500, 0, -50)]
        content = "".join(across(row, 0, 4) for row in range(11)) + down(0, 0, 10)
        self.assertEqual(self.drawn(content, axis), [])

    def test_prose_in_two_columns_is_no_table(self):
        left = ["左栏说明部门情况，", "以及人员编制情况，", "并对制度进行说明，", "再对绩效进行说明，", "到此说明完毕。"]
        rows = [(text, "", "", text.replace("左", "右")) for text in left]
        self.assertEqual(self.drawn("", rows), [])

    def test_a_frame_around_text_is_no_table(self):
        content = across(0, 0, 4) + across(3, 0, 4) + down(0, 0, 3) + down(4, 0, 3)
        self.assertEqual(self.drawn(content, [("这是方框之内的一段说明文字，",), ("并不是什么表格。",)]), [])


if __name__ == "__main__":
    support.main()
