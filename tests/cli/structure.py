#!/usr/bin/python3
# quick
"""gouji extract: headings, contents pages, paragraphs and running heads, on pages made for them."""
import support
from support import gouji
from pages import BODY, Pages as PagesCase, Writer, line, lines

LEFT, RIGHT, TOP, PITCH = 72, 522, 760, 20
FILL = "本单位按照年度工作任务统筹安排各项资金并且合理制定绩效目标保障履职"


def full(text=FILL):
    """A line that fills the column."""
    return (text * 3)[:(RIGHT - LEFT) // BODY]


class Structure(support.Case):
    extract, one_page, body = PagesCase.extract, PagesCase.one_page, PagesCase.body
    furniture, notices = PagesCase.furniture, PagesCase.notices

    def headings(self):
        return [(int(one.get("level")), one.get("number"), "".join("".join(one.itertext()).split()))
                for one in self.root.iter("heading")]

    def document(self, *pages, rotation=0, size=(595, 842)):
        """Pages of (text, x, y, size, font) lines; font 1 is bold."""
        writer = Writer()
        text = "".join(entry[0] for page in pages for entry in page)
        fonts = [writer.font(text), writer.font(text, name=b"SongBold")]
        for page in pages:
            writer.page("".join(line(text, x, y, *rest) for text, x, y, *rest in page), fonts,
                        b"/Rotate %d" % rotation if rotation else b"", size=size)
        return self.extract(writer)

    def paragraph(self, y, n=2):
        """n lines of a paragraph, the first indented, and where the next may stand."""
        rows = [(full()[2:], LEFT + 2 * BODY, y)] + [(full(), LEFT, y - PITCH * i) for i in range(1, n)]
        return rows + [("到此为止。", LEFT, y - PITCH * n)], y - PITCH * (n + 1)

    ENTRIES = ["一、部门基本情况", "二、预算执行情况", "（一）收入预算执行", "（二）支出预算执行", "三、绩效自评结论", "四、存在的问题"]

    def text_of_entries(self, y=TOP):
        rows = []
        for entry in self.ENTRIES:
            rows.append((entry, LEFT + 2 * BODY, y, BODY))
            more, y = self.paragraph(y - PITCH, 1)
            rows += more
        return rows

    def test_contents_pages_are_no_headings(self):
        wanted = [(2 if entry[0] == "（" else 1, entry[:3] if entry[0] == "（" else entry[:2], entry)
                  for entry in self.ENTRIES]
        for name, end in (("alone", lambda i: ""), ("dotted", lambda i: "…" * 8 + str(i + 2)),
                          ("points", lambda i: "." * 30 + str(i + 2))):
            with self.subTest(name):
                contents = [("目录", 280, TOP, 16)] + [
                    (entry + end(i), LEFT, TOP - 40 - i * PITCH) for i, entry in enumerate(self.ENTRIES)]
                self.document(contents, self.text_of_entries())
                self.assertEqual(self.headings(), wanted)
                self.assertGreaterEqual(len(self.furniture("contents")), len(self.ENTRIES))

    def test_contents_with_page_numbers_at_the_right(self):
        contents = [("目录", 280, TOP, 16)]
        for i, entry in enumerate(self.ENTRIES):
            y = TOP - 40 - i * PITCH
            contents += [(entry, LEFT, y), (str(i + 2), RIGHT - 6, y)]
        root = self.document(contents, self.text_of_entries())
        self.assertEqual([number for _, number, _ in self.headings()],
                         ["一、", "二、", "（一）", "（二）", "三、", "四、"])
        self.assertEqual(root.findall("table"), [])

    def test_headings_in_a_row_that_are_no_contents(self):
        """Nothing of these comes again."""
        rows = [(entry, LEFT + 2 * BODY, TOP - i * PITCH) for i, entry in enumerate(self.ENTRIES)]
        more, _ = self.paragraph(TOP - 6 * PITCH)
        self.document(rows + more)
        self.assertEqual(self.furniture("contents"), [])
        self.assertEqual(len(self.headings()), len(self.ENTRIES))

    def test_numbers_of_all_styles(self):
        styles = [("一、基本情况", 1), ("（一）人员情况", 2), ("(二)资产情况", 2), ("1．编制人数", 3), ("2、实有人数", 3),
                  ("（1）在职人员", 4), ("⑴离休人员", 4), ("①退休人员", 5), ("第二部分情况说明", 1)]
        rows, y = [], TOP
        for text, _ in styles:
            rows.append((text, LEFT + 2 * BODY, y, BODY, 1))
            more, y = self.paragraph(y - PITCH, 1)
            rows += more
        self.document(rows)
        self.assertEqual([(text, level) for level, _, text in self.headings()], styles)

    def test_headings_that_are_only_bold(self):
        rows = [("年度工作总结报告", 240, TOP, 18)]
        more, y = self.paragraph(TOP - 40)
        rows += more + [("主要工作完成情况", LEFT, y, BODY, 1)]
        more, y = self.paragraph(y - PITCH)
        rows += more + [("下一步打算", LEFT + 2 * BODY, y, BODY, 1)]
        more, y = self.paragraph(y - PITCH)
        self.document(rows + more)
        self.assertEqual([text for level, _, text in self.headings() if level], ["主要工作完成情况", "下一步打算"])

    def test_a_sentence_that_begins_in_bold(self):
        """一是 and its kin lead a sentence: no heading."""
        rows, y = [], TOP
        for lead in ("一是加强管理。", "二是强化监督。", "三是注重实效。"):
            rows.append((lead, LEFT + 2 * BODY, y, BODY, 1))
            rows.append((full()[len(lead) + 2:], LEFT + (len(lead) + 2) * BODY, y))
            rows.append(("到此为止。", LEFT, y - PITCH))
            y -= 2 * PITCH
        self.document(rows)
        self.assertEqual([text for level, _, text in self.headings() if level], [])
        self.assertEqual(len(self.body()), 3)

    def test_a_heading_in_the_middle_of_two_lines(self):
        first, rest = "第三部分某某市某某区财政局二〇二四年度部门决算情况", "说明"
        middle = (LEFT + RIGHT) / 2
        rows = [(first, middle - len(first) * 8, TOP, 16), (rest, middle - 16, TOP - 24, 16)]
        more, _ = self.paragraph(TOP - 60, 3)
        self.document([("封面标题在此", 200, 500, 24)], rows + more)
        self.assertIn((1, "第三部分", first + rest), self.headings())

    def centred(self, text, y, size, *rest):
        wide = sum(size * (.5 if ord(character) < 127 else 1) for character in text)
        return (text, (595 - wide) / 2, y, size, *rest)

    def test_the_title_of_an_official_document_stands_below_its_head(self):
        title = ["城北区农业农村局", "关于报送部门整体支出绩效自评报告的函"]
        heads = {"head and number": [("城北区农业农村局文件", 760, 40), ("城农〔2023〕15号", 720, 12)],
                 "who signs": [("城北区农业农村局文件", 760, 40), ("城农字[2023]第15号　签发人：某某", 720, 12)],
                 "a letter": [("城北区农业农村局", 760, 36), ("城农函（2023）15号", 720, 12)],
                 "an issue": [("绩效管理简报", 760, 36), ("第6期", 730, 12), ("城北区财政局编　2023年7月5日", 712, 12)],
                 "an issue in Han": [("绩效管理简报", 760, 36), ("第十六期（总第118期）", 720, 12)]}
        for name, head in heads.items():
            with self.subTest(name):
                body, y = self.paragraph(590)
                rows = ([self.centred(*one) for one in head] +
                        [self.centred(text, 660 - 30 * i, 20) for i, text in enumerate(title)] + body +
                        [("一、部门基本情况", LEFT + 24, y)] + self.paragraph(y - PITCH)[0])
                self.document(rows)
                self.assertEqual(self.headings(), [(0, None, "".join(title)), (1, "一、", "一、部门基本情况")])

    def test_the_title_of_a_cover_stands_above_its_number(self):
        cover = [self.centred("农村饮水安全项目绩效评价报告", 600, 26), self.centred("某绩评〔2023〕12号", 560, 14),
                 self.centred("二〇二三年八月", 200, 18)]
        self.document(cover, self.text_of_entries())
        self.assertEqual(self.headings()[0], (0, None, "农村饮水安全项目绩效评价报告"))

    def test_a_title_as_wide_as_the_text(self):
        title = ["城北区二〇二二年度部门整体支出绩效自评情况的", "报告"]
        self.document([self.centred(title[0], 760, 20), self.centred(title[1], 730, 20)] + self.text_of_entries(680))
        self.assertEqual(self.headings()[0], (0, None, "".join(title)))

    def test_a_list_of_attachments_and_who_signs(self):
        body, y = self.paragraph(TOP)
        end = ["附件：1. 部门整体支出绩效自评表", "2. 项目支出绩效自评汇总表", "3. 评分说明", "城北区农业农村局",
               "2023年3月28日", "（联系人：某某，电话：036000）"]
        places = [LEFT + 24, LEFT + 60, LEFT + 60, RIGHT - 150, RIGHT - 130, LEFT + 24]
        rows = [(text, x, y - 40 - PITCH * i) for i, (text, x) in enumerate(zip(end, places))]
        self.document(body + [("一、部门基本情况", LEFT + 24, y)] + self.paragraph(y - PITCH)[0],
                      self.paragraph(TOP)[0] + rows)
        self.assertEqual(self.headings(), [(1, "一、", "一、部门基本情况")])
        self.assertEqual(self.body()[-len(end):], ["".join(text.split()) for text in end])

    def test_uneven_distances_of_lines_part_no_paragraph(self):
        rows, y, texts = [], TOP, []
        for i in range(6):
            rows += [(full()[2:], LEFT + 2 * BODY, y), (full(), LEFT, y - 18), (full(), LEFT, y - 46),
                     ("完毕。", LEFT, y - 64)]
            texts.append(full()[2:] + full() * 2 + "完毕。")
            y -= 84
        self.document(rows)
        self.assertEqual(self.body(), texts)

    def test_running_heads_and_page_numbers(self):
        numbers = {"dashes": lambda n, all: f"- {n} -", "long dashes": lambda n, all: f"—{n}—",
                   "of all": lambda n, all: f"第{n}页共{all}页", "alone": lambda n, all: f"{n}", "slash": lambda n, all: f"{n}/{all}"}
        for name, number in numbers.items():
            with self.subTest(name):
                pages = []
                for n in range(1, 7):
                    head = [] if n == 1 else [("某某市财政局年度报告" if n % 2 else "部门决算公开文本", LEFT, 800, 9)]
                    body, _ = self.paragraph(TOP - 40, 4)
                    pages.append(head + body + [(number(n, 6), 290 if n % 2 else 280, 30, 9)])
                self.document(*pages)
                self.assertEqual(len(self.body()), 6)
                self.assertEqual(len(self.furniture("page-number")), 6)
                self.assertEqual(len(self.furniture("head")), 5)

    def test_running_heads_of_two_pages(self):
        def page(head):
            return [(head, 220, 800, 9)] + self.paragraph(TOP - 20, 4)[0]
        self.document(page("城北区绩效自评报告"), page("城北区绩效自评报告"))
        self.assertEqual(self.furniture("head"), ["城北区绩效自评报告"] * 2)
        self.document(page("附件1"), page("附件2"))
        self.assertEqual(self.furniture("head"), [])

    def test_a_page_whose_text_is_half_as_wide(self):
        """The rest of a text in two columns."""
        narrow = full()[:18]
        rows = [(narrow, LEFT, TOP - i * PITCH) for i in range(4)] + [("到此完毕。", LEFT, TOP - 4 * PITCH)]
        rows += [("　　" + narrow[2:-2] + "共", LEFT, TOP - 5 * PITCH)] + [("元，" + narrow[2:], LEFT, TOP - (6 + i) * PITCH)
                                                                       for i in range(4)]
        self.document(self.paragraph(TOP, 4)[0], rows)
        self.assertEqual(self.body()[-1], narrow[2:-2] + "共" + ("元，" + narrow[2:]) * 4)

    def test_a_justified_line_reads_without_gaps(self):
        """For people: a line that is spread to the column's width; words that are set apart stay so."""
        words = ["预", "算", "执", "行", "率", "达", "到", "百", "分", "之", "九", "十", "八"]
        spread = [(word, LEFT + i * 30, TOP) for i, word in enumerate(words)]
        self.document(spread + [("支出合计。", LEFT, TOP - PITCH), ("单位名称　某局", LEFT, TOP - 3 * PITCH)])
        text = gouji("extract", "--text", self.path("page.pdf")).stdout
        self.assertIn("".join(words) + "支出合计。", text)
        self.assertIn("单位名称 某局", text)

    def test_a_sidebar_is_read_on_its_own(self):
        side = ["本期要点一览供读者参考", "预算执行良好进度符合要求", "绩效目标基本实现效益明显", "公众满意度高投诉有所减少", "制度逐步健全管理更加规范", "问题及时整改成效得到巩固"]
        main = [FILL[:22]] * 5 + ["正文到此为止。"]
        rows = [(text, LEFT, TOP - i * PITCH, 10) for i, text in enumerate(side)]
        rows += [(text, 240, TOP - i * PITCH) for i, text in enumerate(main)]
        self.document(rows)
        text = "".join(self.body())
        self.assertIn("".join(side), text)
        self.assertIn("".join(main), text)

    def test_landscape_pages(self):
        rows = [(full("横向页面的文字也按行读") + FILL[:10], LEFT, 500 - i * PITCH) for i in range(3)] + [("完。", LEFT, 440)]
        self.document(rows, size=(842, 595))
        self.assertEqual(self.body(), ["".join(text for text, *_ in rows)])


if __name__ == "__main__":
    support.main()
