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

    def dotted(self, dot, pitch):
        """The table's rules as rows of marks, each painted by `dot`."""
        marks = []
        for row in range(6):
            (x0, y), (x1, _) = place(row, 0), place(row, 3)
            marks += [(x0 + i * pitch, y) for i in range(int((x1 - x0) / pitch) + 1)]
        for column in range(4):
            (x, y0), (_, y1) = place(0, column), place(5, column)
            marks += [(x, y1 + i * pitch) for i in range(int((y0 - y1) / pitch) + 1)]
        return self.drawn("".join(dot(x, y) for x, y in marks), ROWS)

    def test_dotted_rules_of_squares(self):
        self.assertEqual(self.dotted(lambda x, y: f"{x - .4} {y - .4} .8 .8 re f\n", 1.5), [ROWS])
        self.assertEqual(self.dotted(lambda x, y: f"{x - 1.1} {y - 1.1} 2.2 2.2 re f\n", 4.5), [ROWS])

    def test_dotted_rules_of_round_ends(self):
        self.assertEqual(self.dotted(lambda x, y: f"1 J 1 w {x} {y} m {x} {y} l S\n", 3), [ROWS])

    def test_dotted_rules_of_circles(self):
        def circle(x, y):
            r = .6
            return (f"{x - r} {y} m {x - r} {y + r} {x + r} {y + r} {x + r} {y} c "
                    f"{x + r} {y - r} {x - r} {y - r} {x - r} {y} c f\n")
        self.assertEqual(self.dotted(circle, 2.4), [ROWS])

    def test_a_shade_of_dots_rules_nothing(self):
        content = "".join(f"{80 + 3 * i} {580 + 3 * j} .8 .8 re f\n" for i in range(90) for j in range(40))
        plain, dotted = self.drawn("", ROWS), self.drawn(content, ROWS)
        self.assertEqual(dotted, plain)

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

    THREE_LINES = [("序号", "绩效指标", "完成情况"), ("1", "制度健全性", "已建立"), ("2", "资金拨付", "按季拨付"), ("3", "群众满意", "基本满意")]

    def test_three_lines_around_words(self):
        content = "".join(across(row, 0, 3) for row in (0, 1, 4))
        self.assertEqual(self.drawn(content, self.THREE_LINES), [self.THREE_LINES])
        self.assertEqual(self.root.find("table").get("header-rows"), "1")

    def test_heads_centred_over_columns_that_are_not(self):
        """No word of the head stands above a word of the body."""
        head = "".join(line(text, place(0, column)[0] + 50, TOP - 16, 10) for column, text in enumerate(ROWS[0]))
        content = "".join(across(row, 0, 3) for row in (0, 1, 5)) + words(ROWS[1:], 1) + head
        self.one_page(content, "".join(text for row in ROWS for text in row))
        self.assertEqual(self.tables(), [ROWS])

    def bound(self, above, rows=ROWS, rules=(0, 1, 5)):
        """Caption and notes of a table below lines of (text, x)."""
        content = "".join(across(row, 0, 3) for row in rules) + words(rows)
        content += "".join(line(text, x, TOP + 8 + 18 * i, size) for i, (text, x, size) in enumerate(reversed(above)))
        self.one_page(content, "".join(text for row in rows for text in row) + "".join(a[0] for a in above))
        table, = self.root.iter("table")
        self.assertEqual(self.tables(), [rows])
        return ["".join("".join(part.itertext()).split()) if part is not None else ""
                for part in (table.find("caption"), table.find("notes"))]

    def test_captions_and_units_stand_outside_of_the_lines(self):
        middle, right = LEFT + 1.5 * COLUMN, LEFT + 3 * COLUMN
        caption = ("部门收支情况表", middle - 42, 12)
        for unit in (("单位：万元", right - 50, 10), ("金额单位：元", right - 60, 10)):
            for rules in ((0, 1, 5), ()):
                with self.subTest(unit=unit[0], rules=rules):
                    self.assertEqual(self.bound([caption, unit], rules=rules), [caption[0], unit[0]])
        whose = ("编制单位：某局", LEFT, 10)
        content = "".join(across(row, 0, 3) for row in (0, 1, 5)) + words(ROWS) + line(caption[0], caption[1], TOP + 26)
        content += line(whose[0], LEFT, TOP + 8, 10) + line("单位：万元", right - 50, TOP + 8, 10)
        self.one_page(content, "".join(t for row in ROWS for t in row) + caption[0] + whose[0] + "单位：万元")
        table, = self.root.iter("table")
        self.assertEqual(self.tables(), [ROWS])
        self.assertEqual("".join("".join(table.find("notes").itertext()).split()), "编制单位：某局单位：万元")

    def test_two_tables_with_lines_of_one_width_are_two(self):
        second = [(text, a, b) for text, a, b in ROWS]
        content = "".join(across(row, 0, 3) for row in (0, 1, 5, 8, 9, 13)) + words(ROWS) + words(second, 8)
        content += line("这是两个表格之间的一段说明文字。", LEFT + 20, place(6, 0)[1] - 16)
        self.one_page(content, "".join(t for row in ROWS for t in row) + "这是两个表格之间的一段说明文字。")
        self.assertEqual(self.tables(), [ROWS, second])

    def test_lines_above_and_below_prose_are_no_table(self):
        content = across(0, 0, 4) + across(6, 0, 4)
        prose = [("本段文字上下各有一条横线，是版面的装饰，",), ("文字之间没有什么栏目，也没有需要比较的",), ("数字，所以不是表格。",)]
        self.assertEqual(self.drawn(content, prose), [])

    def test_an_empty_row(self):
        rows = ROWS[:3] + [("", "", "")] + ROWS[3:]
        content = "".join(across(row, 0, 3) for row in range(7)) + "".join(down(c, 0, 6) for c in range(4))
        self.assertEqual(self.drawn(content, rows), [rows])

    def test_a_table_in_a_cell_is_flattened(self):
        """Every text once, in its row."""
        inner_x, inner_y = place(1, 1)
        inner = "".join(rule(inner_x + 5, inner_y - 4 - 18 * i, inner_x + 85, inner_y - 4 - 18 * i) for i in range(3))
        inner += "".join(rule(inner_x + 5 + 40 * i, inner_y - 4, inner_x + 5 + 40 * i, inner_y - 40) for i in range(3))
        content = "".join(across(row, 0, 2) for row in (0, 1, 3, 4)) + "".join(down(c, 0, 4) for c in range(3)) + inner
        for i, (a, b) in enumerate((("在职", "43"), ("退休", "12"))):
            content += line(a, inner_x + 10, inner_y - 18 - 18 * i, 10) + line(b, inner_x + 50, inner_y - 18 - 18 * i, 10)
        outer = [("项目", "内容"), ("基本情况", ""), ("", ""), ("结论", "优")]
        self.one_page(content + words(outer), "项目内容基本情况结论优在职退休4312")
        table, = self.tables()
        text = "".join(t if isinstance(t, str) else t[0] for row in table for t in row)
        self.assertEqual(text, "项目内容基本情况在职43退休12结论优")

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

    def test_two_characters_below_each_other_are_read_from_the_top(self):
        """In whatever order they are drawn."""
        grid = "".join(across(row, 0, 3) for row in range(6)) + "".join(down(c, 0, 5) for c in range(4))
        rows = [("科目", "", "全年执行")] + ROWS[1:]
        x, y = place(0, 1)
        for order in ((0, 1), (1, 0)):
            with self.subTest(order):
                head = "".join(line("分值"[i], x + 40, y - 10 - 11 * i, 10) for i in order)
                self.one_page(grid + words(rows) + head, "".join(t for row in rows for t in row) + "分值")
                self.assertEqual(self.tables()[0][0], ("科目", "分值", "全年执行"))

    def test_striped_rows_are_one_table(self):
        stripes = "".join(f"0.9 g {LEFT + c * COLUMN} {TOP - (r + 1) * ROW} {COLUMN} {ROW} re f 0 g\n"
                          for r in (1, 3) for c in range(3))
        self.assertEqual(self.drawn(stripes, ROWS), [ROWS])

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
