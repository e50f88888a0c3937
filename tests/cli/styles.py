#!/usr/bin/python3
# quick
"""gouji extract: tables typeset here in the styles that reports have, cell by cell against what was set.

A small typesetter breaks the text of cells into lines, places it, and rules or shades the table. What it was
given is the truth; it shares nothing with the program."""
import re
import unicodedata

import pages
import support
from pages import Writer, line

LEFT, TOP, SIZE, LEADING, PAD = 60, 760, 10, 14, 3
LONG = "加强农村饮水安全工程建设，完善农村供水管网，保障农村居民饮水安全，提升供水质量和水平"

# a cell: text, or (text, rows, columns)
WRAPPED = ([60, 240, 60, 60], 1, [
    ["项目名称", "主要内容", "预算（万元）", "执行（万元）"],
    ["农村饮水安全", LONG, "1250.60", "1200.00"],
    ["水库除险加固", "对三座小型病险水库进行除险加固，包括坝体防渗、溢洪道改造和监测设施安装", "386.00", "386.00"],
    ["河道治理", "治理河道十二公里", "98.50", "90.20"],
    ["合计", "", "1735.10", "1676.20"]])
NESTED = ([96, 64, 64, 64, 64, 64], 2, [
    [("项目", 2, 1), ("年初预算", 1, 2), ("决算数", 1, 3)],
    ["基本支出", "项目支出", "合计", "基本支出", "项目支出"],
    ["公共服务支出", "120.00", "30.50", "149.30", "119.30", "30.00"],
    ["教育支出", "1520.00", "230.50", "1749.30", "1519.30", "230.00"],
    ["住房保障支出", "45.20", "", "45.20", "45.20", ""],
    ["合计", "1685.20", "261.00", "1943.80", "1683.80", "260.00"]])
SCORES = ([44, 36, 136, 26, 48, 48, 38, 90], 1, [
    ["一级指标", "二级指标", "三级指标", "分值", "年度指标值", "实际完成值", "得分", "偏差原因分析"],
    [("产出指标（50分）", 4, 1), ("数量指标", 2, 1), "新建供水管网长度", "10", "≥120公里", "125公里", "10", ""],
    ["改造水厂数量", "10", "8座", "7座", "8.75", "征地拆迁进度滞后，一座水厂未按期完工"],
    ["质量指标", "工程验收合格率", "15", "100%", "100%", "15", ""],
    ["时效指标", "资金拨付及时率", "15", "≥95%", "96%", "15", ""],
    [("效益指标（40分）", 2, 1), "社会效益", LONG, "15", "有效提升", "有效提升", "15", ""],
    ["可持续影响", "长效管护机制健全性", "25", "健全", "基本健全", "23", "管护人员培训不足"]])
NARROW = ([60, 60, 60, 60], 1, [
    ["年度", "收入", "支出", "结余"], ["2019", "1234.56", "1200.10", "34.46"],
    ["2020", "2345.67", "2300.00", "45.67"], ["2021", "3456.78", "3400.70", "56.08"]])
TABLES = {"wrapped": WRAPPED, "nested": NESTED, "scores": SCORES, "narrow": NARROW}


def advance(character):
    return SIZE * (.5 if ord(character) < 127 else 1)


def width(text):
    return sum(map(advance, text))


def broken(text, room):
    """Lines of at most `room` points; figures and closing marks are not parted from what is before them."""
    lines = [""]
    for piece in re.findall(r"[!-~]+[，。、；）]*|[^!-~][，。、；）]*", text):
        if width(lines[-1] + piece) > room and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return lines


class Cell:
    def __init__(self, row, column, text, rows=1, columns=1):
        self.row, self.column, self.text, self.rows, self.columns = row, column, text, rows, columns


def cells_of(rows):
    """The cells of rows that leave out what a cell of an earlier row covers."""
    cells, covered = [], set()
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while (r, c) in covered:
                c += 1
            made = Cell(r, c, *(cell if isinstance(cell, tuple) else (cell,)))
            covered |= {(r + i, c + j) for i in range(made.rows) for j in range(made.columns)}
            cells.append(made)
            c += made.columns
    return cells


class Typeset:
    """A table's places: `xs` and `ys` are the edges of its columns and rows, downwards from 0."""

    def __init__(self, table, middle=True):
        widths, self.head, rows = table
        self.cells, self.middle = cells_of(rows), middle
        self.xs = [sum(widths[:i]) for i in range(len(widths) + 1)]
        heights = [0] * len(rows)
        for cell in sorted(self.cells, key=lambda cell: cell.rows):
            cell.lines = broken(cell.text, self.xs[cell.column + cell.columns] - self.xs[cell.column] - 2 * PAD)
            short = len(cell.lines) * LEADING + 2 * PAD - sum(heights[cell.row:cell.row + cell.rows])
            heights[cell.row + cell.rows - 1] += max(0, short)
        self.ys = [sum(heights[:i]) for i in range(len(heights) + 1)]

    def box(self, cell):
        return (self.xs[cell.column], self.ys[cell.row],
                self.xs[cell.column + cell.columns], self.ys[cell.row + cell.rows])

    def text(self, left=LEFT, top=TOP, head_centred=True, first=0, end=1e9):
        """The lines between two heights."""
        drawn = ""
        for cell in self.cells:
            x0, y0, x1, y1 = self.box(cell)
            slack = y1 - y0 - 2 * PAD - len(cell.lines) * LEADING
            for i, text in enumerate(cell.lines):
                room = x1 - x0 - 2 * PAD - width(text)
                figure = re.fullmatch(r"[-\d.,%]+", cell.text)
                part = head_centred / 2 if cell.row < self.head else bool(figure)
                y = y0 + PAD + (slack / 2 if self.middle else 0) + i * LEADING + LEADING - 4
                if text and first < y <= end:
                    drawn += line(text, left + x0 + PAD + room * part, top - y, SIZE)
        return drawn

    def parts(self, cut, closed):
        """Rules of all cells on two pages, the second from `cut` on; with or without rules at the break."""
        pages = []
        for first, end in ((0, cut), (cut, self.ys[-1])):
            drawn = ""
            for cell in self.cells:
                x0, y0, x1, y1 = self.box(cell)
                top, bottom = max(y0, first), min(y1, end)
                if bottom <= top:
                    continue
                for x in (x0, x1):
                    drawn += f"{LEFT + x} {TOP - top} m {LEFT + x} {TOP - bottom} l S\n"
                for y in ((top, bottom) if closed else [y for y in (y0, y1) if top <= y <= bottom]):
                    drawn += f"{LEFT + x0} {TOP - y} m {LEFT + x1} {TOP - y} l S\n"
            pages.append(drawn + self.text(first=first, end=end))
        return pages

    def rules(self, across, down, left=LEFT, top=TOP):
        """Rules where `across(row edge)` and `down(column edge)` say so, none through a cell."""
        drawn = ""
        inner = lambda cell, at, edges, first, span: edges[first] < at < edges[first + span]
        for row, y in enumerate(self.ys):
            for c in range(len(self.xs) - 1):
                if across(row) and not any(inner(cell, y, self.ys, cell.row, cell.rows) and
                                           cell.column <= c < cell.column + cell.columns for cell in self.cells):
                    drawn += f"{left + self.xs[c]} {top - y} m {left + self.xs[c + 1]} {top - y} l S\n"
        for column, x in enumerate(self.xs):
            for r in range(len(self.ys) - 1):
                if down(column) and not any(inner(cell, x, self.xs, cell.column, cell.columns) and
                                            cell.row <= r < cell.row + cell.rows for cell in self.cells):
                    drawn += f"{left + x} {top - self.ys[r]} m {left + x} {top - self.ys[r + 1]} l S\n"
        return drawn

    def truth(self):
        return {(cell.row, cell.column): (cell.text, cell.rows, cell.columns) for cell in self.cells if cell.text}


def folded(text):
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


class Styles(support.Case):
    extract, notices = pages.Pages.extract, pages.Pages.notices

    def found(self):
        return [{(int(cell.get("row")), int(cell.get("column"))):
                 ("".join("".join(cell.itertext()).split()), int(cell.get("rows", 1)), int(cell.get("columns", 1)))
                 for cell in table.iter("cell") if "".join(cell.itertext()).strip()}
                for table in self.root.iter("table")]

    def set_between_prose(self, table, drawing, head_centred=True):
        """One page: a paragraph, the table, a paragraph."""
        prose = "全年共实施项目十二个，资金使用规范，未发现截留、挤占、挪用等问题。"
        bottom = TOP - table.ys[-1]
        content = line(prose, LEFT, TOP + 26) + drawing + table.text(head_centred=head_centred)
        writer = Writer()
        font = writer.font(prose + "".join(cell.text for cell in table.cells))
        writer.page(content + line(prose, LEFT, bottom - 30), [font])
        self.extract(writer)
        self.assertIn(prose, "".join(self.root.itertext()))
        return self.found()

    def check(self, style, names=tuple(TABLES), heads=(True, False), middles=(True, False)):
        """`style`: (across, down) of a table, set to the middle and to the top, heads centred and flush left."""
        for name in names:
            for middle in middles:
                for centred in heads:
                    with self.subTest(table=name, middle=middle, centred=centred):
                        table = Typeset(TABLES[name], middle)
                        found = self.set_between_prose(table, table.rules(*style(table)), centred)
                        self.assertEqual(found, [table.truth()])
                        if name != "wrapped" or style(table)[0](0):
                            self.assertEqual(self.root.find("table").get("header-rows"), str(table.head))

    def test_all_rules(self):
        self.check(lambda table: (lambda row: True, lambda column: True))

    def test_three_lines(self):
        self.check(lambda table: (lambda row: row in (0, table.head, len(table.ys) - 1), lambda column: False),
                   ("wrapped", "narrow"))
        self.check(lambda table: (lambda row: row in (0, table.head, len(table.ys) - 1), lambda column: False),
                   ("nested", "scores"), heads=(True,), middles=(True,))

    def test_rules_across_between_all_rows(self):
        self.check(lambda table: (lambda row: True, lambda column: False), ("wrapped", "narrow", "nested", "scores"))

    def test_no_rules(self):
        self.check(lambda table: (lambda row: False, lambda column: False), ("wrapped", "narrow"))

    def test_columns_with_rules_and_rows_without(self):
        edges = lambda table: (lambda row: row in (0, table.head, len(table.ys) - 1), lambda column: True)
        self.check(edges, ("wrapped", "narrow"))

    ITEMS = [["序号", "项目名称", "绩效目标", "预算（万元）"]] + [
        [str(i), f"第{i}类项目资金", f"目标{i}：" + (LONG + "。") * (1 + i * 3 % 4), f"{i * 13 + 100}.{i}0"] for i in range(1, 13)]

    def test_bands(self):
        """Each second row is shaded, and the head."""
        items = [36, 90, 250, 80], 1, self.ITEMS[:6]
        tables = {"narrow": NARROW, "wrapped": WRAPPED, "nested": NESTED, "items": items}
        for name, table in tables.items():
            with self.subTest(name):
                table = Typeset(table)
                bands = [(0, table.ys[table.head])] + [(table.ys[row], table.ys[row + 1])
                                                       for row in range(table.head + 1, len(table.ys) - 1, 2)]
                shades = "".join(f"0.8 g {LEFT + x0} {TOP - y1} {x1 - x0} {y1 - y0} re f 0 g\n"
                                 for y0, y1 in bands for x0, x1 in zip(table.xs, table.xs[1:]))
                self.assertEqual(self.set_between_prose(table, shades), [table.truth()])

    def cut_rows(self, name, row, after, closed=True, middle=False):
        """What is found of a table that a page break cuts after some lines of a row."""
        table = Typeset(TABLES[name], middle)
        cut = table.ys[row] + PAD + after * LEADING
        writer = Writer()
        font = writer.font("".join(cell.text for cell in table.cells))
        for content in table.parts(cut, closed):
            writer.page(f"1 0 0 1 0 -100 cm\n{content}" if not writer.pages else content, [font])
        self.extract(writer)
        return table.truth(), self.found()

    def test_a_row_that_a_page_break_cuts(self):
        for closed in (True, False):
            for row, after in ((1, 1), (2, 1), (2, 2)):
                with self.subTest(row=row, after=after, closed=closed):
                    truth, found = self.cut_rows("wrapped", row, after, closed)
                    self.assertEqual(found, [truth])

    def test_a_row_of_spanned_cells_that_a_page_break_cuts(self):
        for row, after in ((2, 1), (5, 2), (5, 3)):
            with self.subTest(row=row, after=after):
                truth, found = self.cut_rows("scores", row, after)
                self.assertEqual(found, [truth])

    def test_a_page_break_between_rows_cuts_none(self):
        table = Typeset(TABLES["wrapped"], False)
        for row in (2, 3, 4):
            with self.subTest(row):
                truth, found = self.cut_rows("wrapped", row, -PAD / LEADING)
                self.assertEqual(found, [truth])

    def ruled_pages(self, *parts, names=None):
        """What is found of tables with all rules, a page each with its captions: (rows, captions)."""
        writer = Writer()
        tables = [Typeset(([70, 70, 70, 70], 1, rows)) for rows, _ in parts]
        font = writer.font("".join(cell.text for table in tables for cell in table.cells) +
                           "".join(caption for _, captions in parts for caption in captions))
        for table, (_, captions) in zip(tables, parts):
            drawn = table.rules(lambda _: True, lambda _: True) + table.text()
            for i, caption in enumerate(captions):
                drawn += line(caption, LEFT + (280 - width(caption)) / 2, TOP + 14 * (len(captions) - i))
            writer.page(drawn, [font])
        self.extract(writer)
        return [[cell[0] for _, cell in sorted(table.items())] for table in self.found()]

    def test_tables_that_go_on_under_a_caption_that_says_so(self):
        head, rows = ["年度", "收入", "支出", "结余"], [[str(2010 + i), f"{i}.50", f"{i}.20", "0.30"] for i in range(6)]
        whole = [cell for row in [head] + rows for cell in row]
        for again in ("续表2", "表2　历年收支情况（续）", "续表2　历年收支情况", "表2　历年收支情况(续一)", "表2　历年收支情况（续表）"):
            with self.subTest(again):
                found = self.ruled_pages(([head] + rows[:3], ["表2　历年收支情况"]), ([head] + rows[3:], [again]))
                self.assertEqual(found, [whole])
        found = self.ruled_pages(([head] + rows[:3], ["表2　历年收支情况"]), ([head] + rows[3:], ["表3　后续年度收支情况"]))
        self.assertEqual(len(found), 2)

    def in_a_cell(self, drawing, text):
        """What is found in the first cell of two that are 50 points wide and 80 high, side by side."""
        writer = Writer()
        rules = "".join(f"{x} 600 m {x} 700 l S\n" for x in (60, 110, 160)) + "".join(
            f"60 {y} m 160 {y} l S\n" for y in (600, 680, 700))
        font = writer.font(text + "指标得分甲乙")
        writer.page(rules + line("指标", 65, 685, 10) + line("得分", 115, 685, 10) + line("乙", 115, 640, 10) + drawing, [font])
        self.extract(writer)
        return {place: cell[0] for place, cell in self.found()[0].items()}

    def test_columns_of_upright_characters_are_read_from_the_right(self):
        def stacks(*texts, pitch=10, apart=13.6, top=660):
            return "".join(line(c, 95 - apart * i, top - pitch * j - 5 * i, 10)
                           for i, text in enumerate(texts) for j, c in enumerate(text))
        self.assertEqual(self.in_a_cell(stacks("履职效", "果"), "履职效果")[1, 0], "履职效果")
        self.assertEqual(self.in_a_cell(stacks("部门整体", "支出绩", "效"), "部门整体支出绩效")[1, 0], "部门整体支出绩效")
        figure = stacks("管理", "（") + "".join(
            line(digit, 0, 0, 10, matrix=f"0 -1 1 0 83.5 {652 - 5 * i}") for i, digit in enumerate("20")) + line("分", 81.4, 632, 10)
        self.assertEqual(self.in_a_cell(figure, "管理（20分")[1, 0], "管理（20分")
        across = "".join(line(c, 70 + 14 * (i % 2), 660 - 16 * (i // 2), 10) for i, c in enumerate("总分等级"))
        self.assertEqual(self.in_a_cell(across, "总分等级")[1, 0], "总分等级")

    def test_a_figure_wider_than_its_cell_stays_whole(self):
        self.assertEqual(self.in_a_cell(line("1286.35", 79, 660, 10), "1286.35"),
                         {(0, 0): "指标", (0, 1): "得分", (1, 0): "1286.35", (1, 1): "乙"})
        self.assertEqual(self.in_a_cell(line("286.35", 80, 660, 10) + line("98.5", 112, 660, 10), "0123456789."),
                         {(0, 0): "指标", (0, 1): "得分", (1, 0): "286.35", (1, 1): "98.5乙"})

    def on_pages(self, across, middle, repeats=True, rows=4):
        """What is found of a long table with some rules, so many rows a page, set to the middle of rows or to their top."""
        writer = Writer()
        font = writer.font("".join("".join(row) for row in self.ITEMS) + "第页")
        head, body = self.ITEMS[:1], self.ITEMS[1:]
        for number, first in enumerate(range(0, len(body), rows), 1):
            part = (head if repeats or first == 0 else []) + body[first:first + rows]
            table = Typeset(([36, 90, 250, 80], 1 if repeats or first == 0 else 0, part), middle)
            last = first + rows >= len(body)
            writer.page(table.text(head_centred=False) + line(f"第{number}页", 290, 40, 10) + table.rules(
                lambda row: across(row, table.head, row == len(table.ys) - 1, last), lambda column: False), [font])
        self.extract(writer)
        return self.found()

    def test_long_tables_whose_rows_have_many_lines(self):
        truth = Typeset(([36, 90, 250, 80], 1, self.ITEMS)).truth()
        styles = {"three lines, the last below all": lambda row, head, end, last: row in (0, head) or end and last,
                  "three lines on each page": lambda row, head, end, last: row in (0, head) or end,
                  "a line below each row": lambda row, head, end, last: row > 0}
        for name, across in styles.items():
            for middle in (True, False):
                with self.subTest(style=name, middle=middle):
                    self.assertEqual(self.on_pages(across, middle), [truth])

    # the matrix, and where a point of the upright page (from its top left) is seen
    TURNS = {"upwards": ("0 1 -1 0 842 0", lambda x, y: (y, 842 - x)),
             "downwards": ("0 -1 1 0 -247 842", lambda x, y: (595 - y, x)),
             "upside down": ("-1 0 0 -1 595 842", lambda x, y: (595 - x, 842 - y))}

    def test_pages_whose_text_lies_on_its_side(self):
        for name, (matrix, seen) in self.TURNS.items():
            with self.subTest(name):
                table = Typeset(TABLES["wrapped"])
                caption, number = "项目预算执行情况表", "7"
                middle = LEFT + table.xs[-1] / 2
                content = (f"q {matrix} cm\n" + line(caption, middle - 54, TOP + 20) + table.text() +
                           table.rules(lambda row: True, lambda column: True) + "Q\n" + line(number, 295, 40, 10))
                writer = Writer()
                font = writer.font(caption + number + "".join(cell.text for cell in table.cells))
                writer.page(content, [font])
                self.extract(writer)
                self.assertEqual(self.found(), [table.truth()])
                self.assertEqual("".join("".join(self.root.find("table/caption").itertext()).split()), caption)
                self.assertEqual([block.get("kind") for block in self.root.iter("furniture")], ["page-number"])
                (x0, y0), (x1, y1) = (seen(LEFT + x, 842 - TOP + y) for x, y in ((0, 0), (table.xs[-1], table.ys[-1])))
                box = [float(value) for value in self.root.find("table").get("box").split()]
                for place, want in zip(box, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))):
                    self.assertAlmostEqual(place, want, delta=1)

    def test_fonts_drawn_by_streams_lie_on_their_side_too(self):
        """Poppler takes the direction of text from the font's matrix, whose y may point downwards."""
        for name, (matrix, _) in {"upright": ("1 0 0 1 0 0", None), **self.TURNS}.items():
            for down in (False, True):
                with self.subTest(name, down=down):
                    table, writer = Typeset(TABLES["wrapped"]), Writer()
                    codes, font = writer.type3_font("".join(cell.text for cell in table.cells), down)
                    content = table.text() + table.rules(lambda row: True, lambda column: True)
                    content = re.sub("<([0-9A-F]+)> Tj", lambda text: "<" + "".join(
                        f"{codes[chr(int(code, 16))]:02X}" for code in re.findall("....", text[1])) + "> Tj", content)
                    writer.page(f"q {matrix} cm\n{content}Q\n", [font])
                    self.extract(writer)
                    self.assertEqual(self.found(), [table.truth()])


if __name__ == "__main__":
    support.main()
