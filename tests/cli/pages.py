#!/usr/bin/python3
# quick
"""gouji extract: pages made for one trap each; what is printed is read once, the rest is told."""
import re
import xml.etree.ElementTree as ET

import support
from support import gouji

WIDTH, HEIGHT = 595, 842
BODY = 12


def stream(data, entries=b""):
    return b"<<" + entries + b"/Length %d>>\nstream\n" % len(data) + data + b"\nendstream"


def to_unicode(pairs):
    """A font's own map: (code, character)."""
    rows = b"\n".join(b"<%04X> <%04X>" % (code, ord(character)) for code, character in pairs)
    return (b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            b"%d beginbfchar\n%s\nendbfchar\nendcmap end end" % (len(pairs), rows))


class Writer:
    """The smallest PDF writer that these tests need: text with a font whose map they choose."""

    def __init__(self):
        self.objects = [None, None]  # catalogue and pages come last
        self.pages = []
        self.fields = []
        self.catalogue = b""

    def add(self, body):
        self.objects.append(body)
        return len(self.objects)

    def font(self, characters, pairs=None, name=b"Song"):
        """Two-byte codes are the characters' own; ASCII is half as wide as Han."""
        if pairs is None:
            pairs = [(ord(character), character) for character in sorted(set(characters))]
        mapping = self.add(stream(to_unicode(pairs)))
        descriptor = self.add(b"<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[0 -200 1000 800]"
                              b"/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>" % name)
        child = self.add(b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)"
                         b"/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/DW 1000/W[32 126 500]>>"
                         % (name, descriptor))
        return self.add(b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]"
                        b"/ToUnicode %d 0 R>>" % (name, child, mapping))

    def type3_font(self, characters, down=False):
        """A font whose glyphs are drawn by content streams, its matrix upright or with y downwards, and the codes of
        its characters."""
        codes = {character: i for i, character in enumerate(sorted(set(characters), reverse=True), 1)}
        widths = [b"500" if ord(character) < 127 else b"1000" for character in codes]
        shape = b"%s 0 0 -880 1000 120 d1 100 -700 700 700 re f" if down else b"%s 0 0 -120 1000 880 d1 100 0 700 700 re f"
        procedures = [self.add(stream(shape % width)) for width in widths]
        pairs = to_unicode([(i, character) for character, i in codes.items()])
        mapping = self.add(stream(re.sub(b"<00(..)>", br"<\1>", pairs).replace(b"<FFFF>", b"<FF>")))
        return codes, self.add(
            b"<</Type/Font/Subtype/Type3/FontBBox[%s]/FontMatrix[.001 0 0 %s 0 0]/CharProcs<<%s>>/Encoding<</Type"
            b"/Encoding/Differences[1 %s]>>/FirstChar 1/LastChar %d/Widths[%s]/ToUnicode %d 0 R/Resources<<>>>>"
            % (b"0 120 1000 -880" if down else b"0 -120 1000 880", b"-.001" if down else b".001", b"".join(b"/c%d %d 0 R" % pair for pair in enumerate(procedures, 1)),
               b"".join(b"/c%d" % i for i in codes.values()), len(codes), b" ".join(widths), mapping))

    def latin_font(self):
        return self.add(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")

    def page(self, content, fonts, entries=b"", resources=b"", size=(WIDTH, HEIGHT)):
        names = b"".join(b"/F%d %d 0 R" % (i, font) for i, font in enumerate(fonts))
        body = self.add(stream(content.encode("latin1")))
        self.pages.append(self.add(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</Font<<%s>>%s>>"
                                   b"/Contents %d 0 R%s>>" % (*size, names, resources, body, entries)))

    def bytes(self):
        form = (b"/AcroForm<</Fields[%s]>>" % b" ".join(b"%d 0 R" % f for f in self.fields)
                if self.fields else b"")
        self.objects[0] = b"<</Type/Catalog/Pages 2 0 R%s%s>>" % (form, self.catalogue)
        self.objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (
            b" ".join(b"%d 0 R" % page for page in self.pages), len(self.pages))
        out, places = bytearray(b"%PDF-1.7\n"), []
        for i, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n" % i + body + b"\nendobj\n"
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start)
        return bytes(out)


def code(text):
    return "<" + "".join(f"{ord(character):04X}" for character in text) + ">"


def line(text, x, y, size=BODY, font=0, matrix=None, mode=0):
    """y counts from the bottom, as in PDF."""
    matrix = matrix or f"1 0 0 1 {x} {y}"
    return f"BT /F{font} {size} Tf {mode} Tr {matrix} Tm {code(text)} Tj ET\n"


def lines(texts, x, top, size=BODY, pitch=20):
    return "".join(line(text, x, top - i * pitch, size) for i, text in enumerate(texts))


SENTENCES = ("我部门二〇二二年度部门预算支出共计若干万元其中基本支出占大部分，",
             "项目支出占小部分，各项支出均已经按照规定完成审批程序并且公开，",
             "年末没有结转和结余资金。")


class Pages(support.Case):
    def extract(self, writer):
        path = self.path("page.pdf")
        with open(path, "wb") as file:
            file.write(writer.bytes())
        done = gouji("extract", path)
        self.assertEqual(done.stderr, "")
        self.root = ET.fromstring(done.stdout)
        return self.root

    def one_page(self, content, characters, entries=b"", resources=b"", size=(WIDTH, HEIGHT), fonts=None):
        writer = Writer()
        writer.page(content, fonts(writer) if fonts else [writer.font(characters)], entries, resources, size)
        return self.extract(writer)

    def body(self):
        return [re.sub(r"\s", "", "".join(block.itertext())) for block in self.root
                if block.tag in ("heading", "paragraph")]

    def furniture(self, kind):
        return [one.get("text") for block in self.root.iter("furniture") if block.get("kind") == kind
                for one in block.iter("line")]

    def notices(self):
        return {(notice.get("kind"), notice.get("text")): int(notice.get("count"))
                for notice in self.root.iter("notice")}

    def test_rotated_pages_read_as_they_are_seen(self):
        text = "".join(SENTENCES)
        turned = {0: lines(SENTENCES, 90, 700),
                  90: "".join(line(s, 0, 0, matrix=f"0 1 -1 0 {100 + i * 20} 90") for i, s in enumerate(SENTENCES)),
                  180: "".join(line(s, 0, 0, matrix=f"-1 0 0 -1 505 {142 + i * 20}") for i, s in enumerate(SENTENCES)),
                  270: "".join(line(s, 0, 0, matrix=f"0 -1 1 0 {495 - i * 20} 752") for i, s in enumerate(SENTENCES))}
        for rotation, content in turned.items():
            with self.subTest(rotation):
                root = self.one_page(content, text, b"/Rotate %d" % rotation)
                self.assertEqual(self.body(), [text])
                page = root.find("page")
                self.assertEqual(page.get("rotation", "0"), str(rotation))
                width, height = map(float, page.get("size").split())
                self.assertEqual(width > height, rotation in (90, 270))
                for one in root.iter("line"):
                    low, high = map(float, one.get("y").split())
                    self.assertTrue(0 < low < high < height)
                self.assertEqual(self.notices(), {})

    def test_columns_are_read_one_after_the_other(self):
        left = ["左栏第一行说明部门基本情况", "左栏第二行说明人员编制情况", "左栏第三行说明资产配置情况",
                "左栏第四行说明制度建设情况", "左栏第五行说明完毕。"]
        right = [text.replace("左", "右") for text in left]
        self.one_page(lines(left, 72, 700) + lines(right, 320, 700), "".join(left + right))
        self.assertEqual("".join(self.body()), "".join(left + right))

    def test_a_heading_of_two_lines_set_wider_than_the_body(self):
        long = "（三）工作目标完成情况和预算财务管理完成情况以及绩效管理制度建设和资产"
        body = "按照年度工作任务统筹安排资金，合理制定目标，较好保证了履职需求和工作任务，"
        content = (lines([body, body, body[:-1] + "。"], 72, 760) + line(long, 96, 690) + line("完成情况等", 72, 658)
                   + line(body[2:], 96, 630) + lines([body, "完毕。"], 72, 610))
        root = self.one_page(content, long + body + "完成情况等。完毕")
        headings = ["".join(one.itertext()).split() for one in root.iter("heading")]
        self.assertEqual(["".join(words) for words in headings], [long + "完成情况等"])

    def test_glyphs_without_a_character_are_counted(self):
        text = "共有325个项目"
        pairs = [(ord(c), c) for c in set(text) if not c.isdigit()]
        self.one_page(line(text, 90, 700), text, fonts=lambda w: [w.font(text, pairs)])
        self.assertEqual(self.notices(), {("glyphs-unmapped", None): 3})

    def test_a_false_map_is_not_trusted(self):
        text = "一二三四五六七八九十"
        self.one_page(line(text, 90, 700), text, fonts=lambda w: [w.font(text, [(ord(c), "佛") for c in text])])
        self.assertEqual(self.notices(), {("text-untrusted", "false character map"): len(text)})

    def test_doubled_glyphs_count_once(self):
        for offset in (0, 0.3, 0.6):
            with self.subTest(offset):
                text = "绩效自评报告"
                self.one_page(line(text, 200, 700, 20) + line(text, 200 + offset, 700, 20), text)
                self.assertEqual(self.body(), [text])
                self.assertEqual(self.notices(), {("characters-dropped", "doubled"): len(text)})

    def test_repeated_letters_are_not_doubled(self):
        text = "合计1111111.00和lllll及ＩＩＩＩ元"
        self.one_page(line(text, 90, 700), text)
        self.assertEqual(self.body(), [text])
        self.assertEqual(self.notices(), {})

    def test_invisible_text_is_left_out(self):
        seen, hidden = "看得见的文字在这一页上面", "看不见"
        self.one_page(line(seen, 90, 700) + line(hidden, 90, 600, mode=3), seen + hidden)
        self.assertEqual(self.body(), [seen])
        self.assertEqual(self.notices(), {("characters-dropped", "invisible"): len(hidden)})

    def test_text_that_paint_hides_is_left_out(self):
        seen, hidden = "看得见的文字在这一页上面", "看不见"
        box, white = "85 590 100 30 re f\n", "1 g "
        cases = {"white on paper": (white + line(hidden, 90, 600) + "0 g\n", "in the colour of the ground"),
                 "blue on blue": ("0 0 1 rg " + box + line(hidden, 90, 600) + "0 g\n", "in the colour of the ground"),
                 "under a black bar": (line(hidden, 90, 600) + box, "painted over")}
        for name, (content, told) in cases.items():
            with self.subTest(name):
                self.one_page(line(seen, 90, 700) + content, seen + hidden)
                self.assertEqual(self.body(), [seen])
                self.assertEqual(self.notices(), {("characters-dropped", told): len(hidden)})

    def test_text_outside_of_the_clip_is_left_out(self):
        """The last line of a cell that is too low, the end of one too narrow; what is cut in half is still read."""
        seen, hidden = "单元格的第一行文字还看得见", "第二行看不见"
        one = line(seen, 90, 600) + line(hidden, 90, 584)
        for name, y, dropped in (("a line below", 596, len(hidden)), ("half a line", 588, 0)):
            with self.subTest(name):
                self.one_page(f"q 85 {y} 300 30 re W n\n{one}Q\n", seen + hidden)
                self.assertEqual(self.body(), [seen if dropped else seen + hidden])
                self.assertEqual(self.notices(), {("characters-dropped", "clipped"): dropped} if dropped else {})
        self.one_page("q 85 590 99 30 re W n\n" + line(seen, 90, 600) + "Q\n", seen)
        self.assertEqual(self.body(), [seen[:8]])
        self.one_page("q 85 590 99 30 re W n\n" + line("收入合计共1286.35", 90, 600) + "Q\n", "收入合计共1286.35")
        self.assertEqual(self.body(), ["收入合计共1286.35"])

    def test_text_that_paint_shows_stays(self):
        seen, other = "看得见的文字在这一页上面", "另一段"
        box, white = "85 590 100 30 re f\n", "1 g "
        ring = "85 590 100 30 re 86 591 98 28 re f*\n"
        round_box = "85 600 m 85 590 185 590 185 600 c 185 625 85 625 85 600 c f\n"
        cases = {"white on black": box + white + line(other, 90, 600),
                 "white on an outline": round_box + white + line(other, 90, 600),
                 "white with a black edge": white + line(other, 90, 600, mode=2),
                 "within a frame painted later": line(other, 90, 600) + ring,
                 "under a glaze": line(other, 90, 600) + "/G gs 1 1 0 rg " + box,
                 "painted anew above": line(other, 90, 600) + white + box + "0 g " + line(other, 90, 600),
                 "struck through": line(other, 90, 600) + "85 604 100 1.5 re f\n"}
        for name, content in cases.items():
            with self.subTest(name):
                self.one_page(line(seen, 90, 700) + content + " 0 g\n", seen + other,
                              resources=b"/ExtGState<</G<</ca 0.4>>>>")
                self.assertEqual("".join(self.body()), seen + other)
                self.assertEqual({kind for kind in self.notices() if kind[1] != "doubled"}, set())

    def test_layers_that_are_off_are_told(self):
        seen, hidden = "看得见的文字在这一页上面", "看不见"
        writer = Writer()
        font = writer.font(seen + hidden)
        layer = writer.add(b"<</Type/OCG/Name<FEFF83497A3F>>>")
        writer.catalogue = b"/OCProperties<</OCGs[%d 0 R]/D<</OFF[%d 0 R]/Order[%d 0 R]>>>>" % (layer, layer, layer)
        writer.page(line(seen, 90, 700) + "/OC /L BDC\n" + line(hidden, 90, 600) + "EMC\n", [font],
                    resources=b"/Properties<</L %d 0 R>>" % layer)
        self.extract(writer)
        self.assertEqual(self.body(), [seen])
        self.assertEqual(self.notices(), {("layer-hidden", "草稿"): 1})

    def test_text_under_a_scan_is_not_trusted(self):
        text = "识别出来的文字"
        image = stream(b"\x80" * 64 * 64 * 3, b"/Type/XObject/Subtype/Image/Width 64/Height 64/ColorSpace/DeviceRGB"
                                              b"/BitsPerComponent 8")
        writer = Writer()
        font, picture = writer.font(text), writer.add(image)
        writer.page(line(text, 90, 700) + f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q\n", [font],
                    resources=b"/XObject<</I %d 0 R>>" % picture)
        self.extract(writer)
        self.assertEqual(self.body(), [text])
        self.assertEqual(self.notices()["text-untrusted", "behind a picture"], len(text))

    def test_text_behind_a_picture_is_not_trusted(self):
        text = "识别出来的文字"
        image = stream(b"\x80" * 64 * 64, b"/Type/XObject/Subtype/Image/Width 64/Height 64/ColorSpace/DeviceGray"
                                          b"/BitsPerComponent 8")
        writer = Writer()
        font, picture = writer.font(text), writer.add(image)
        writer.page(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q\n" + line(text, 90, 700, mode=3), [font],
                    resources=b"/XObject<</I %d 0 R>>" % picture)
        writer.page(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q\n", [font],
                    resources=b"/XObject<</I %d 0 R>>" % picture)
        writer.page("", [font])
        self.extract(writer)
        self.assertEqual(self.body(), [text])
        kinds = [(notice.get("page"), notice.get("kind")) for notice in self.root.iter("notice")]
        self.assertEqual(kinds, [("1", "text-untrusted"), ("1", "picture-only"), ("2", "picture-only"),
                                 ("3", "page-without-text")])

    def test_text_off_the_page_is_told(self):
        text, off = "页面之内的文字", "页外"
        self.one_page(line(text, 90, 700) + line(off, 90, 900), text + off)
        self.assertEqual(self.body(), [text])
        self.assertEqual(self.notices(), {("characters-dropped", "off the page"): len(off)})

    def test_watermarks_are_no_text(self):
        mark = "内部资料"
        text = "".join(SENTENCES)
        slanted = line(mark, 0, 0, 60, matrix="0.7071 0.7071 -0.7071 0.7071 200 300")
        faint = "q /G gs " + line(mark, 150, 400, 60) + "Q "
        for name, content in (("slanted", slanted), ("faint", faint)):
            with self.subTest(name):
                self.one_page(lines(SENTENCES, 90, 700) + content, text + mark,
                              resources=b"/ExtGState<</G<</ca 0.2>>>>")
                self.assertEqual(self.body(), [text])
                self.assertEqual("".join(self.furniture("watermark")), mark)

    def test_a_slanted_mark_of_narrow_letters(self):
        text, mark = "正文在此", "till"
        slanted = "".join(line(one, 0, 0, 10, matrix=f"0.7071 0.7071 -0.7071 0.7071 {200 + i * 2} {300 + i * 2}")
                          for i, one in enumerate(mark))
        self.one_page(line(text, 90, 700) + slanted, text + mark)
        self.assertEqual(self.body(), [text])
        self.assertEqual(sorted("".join(self.furniture("watermark"))), sorted(mark))

    def test_words_that_run_right_to_left_move_nothing_else(self):
        """Poppler marks their ends by characters without a place."""
        arabic, text = "\u0645\u0631\u062d\u0628\u0627", "预算执行率百分之九十八"
        root = self.one_page(line(arabic, 90, 740) + line(text, 90, 700), arabic + text)
        self.assertEqual(self.body()[-1], text)
        xs = [float(x.split(":")[0]) for x in list(root.iter("line"))[-1].get("x").split()]
        self.assertEqual(xs, [90 + BODY * i for i in range(len(text))])

    def test_characters_that_xml_forbids_and_private_ones(self):
        text = "甲乙丙丁"
        pairs = [(ord("甲"), "甲"), (ord("乙"), "\x01"), (ord("丙"), "\ue123"), (ord("丁"), "丁")]
        self.one_page(line(text, 90, 700), text, fonts=lambda w: [w.font(text, pairs)])
        self.assertEqual(self.body(), ["甲\ufffd\ue123丁"])
        self.assertEqual(self.notices(), {("characters-replaced", None): 1, ("private-use", None): 1})

    def test_gbk_bytes_behind_latin_letters(self):
        text = "项目支出决算表明细共一千二百万元"
        raw = "".join(f"{byte:02X}" for byte in text.encode("gbk"))
        self.one_page(f"BT /F0 12 Tf 90 700 Td <{raw}> Tj ET\n", "", fonts=lambda w: [w.latin_font()])
        self.assertEqual(self.body(), [text])
        self.assertEqual(self.notices(), {("text-repaired", "GBK bytes"): len(text)})

    def test_latin_text_with_accents_stays(self):
        text = "Château, Müller & Söhne: élève à l’école, Ærøskøbing"
        raw = "".join(f"{byte:02X}" for byte in text.encode("cp1252"))
        self.one_page(f"BT /F0 12 Tf 90 700 Td <{raw}> Tj ET\n", "", fonts=lambda w: [w.latin_font()])
        self.assertEqual(self.body(), [text.replace(" ", "")])
        self.assertEqual(self.notices(), {})

    def test_letters_with_lead_byte_a0(self):
        self.one_page(line("依据犌犅／犜的规定由牛犇执行", 90, 700), "依据犌犅／犜的规定由牛犇执行")
        self.assertEqual(self.body(), ["依据GB／T的规定由牛犇执行"])
        self.assertEqual(self.notices(), {("text-repaired", "lead byte A0"): 3})

    def test_values_of_fields_without_an_appearance(self):
        writer = Writer()
        font = writer.font("项目名称")
        for rotation, box in ((0, "150 690 400 720"), (90, "150 690 400 720")):
            field = writer.add(b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name%d)/V<FEFF65704FE1>/F 4"
                               b"/Rect[%s]>>" % (rotation, box.encode()))
            writer.fields.append(field)
            writer.page(line("项目名称", 90, 700), [font], b"/Annots[%d 0 R]/Rotate %d" % (field, rotation))
        root = self.extract(writer)
        fields = [(f.get("name"), "".join(f.itertext()).strip()) for f in root.iter("field")]
        self.assertEqual(fields, [("name0", "数信"), ("name90", "数信")])
        places = [list(map(float, one.get("y").split())) for f in root.iter("field") for one in f.iter("line")]
        self.assertEqual(places, [[HEIGHT - 720, HEIGHT - 690], [150, 400]])

    def test_a_field_over_a_line_of_underscores(self):
        writer = Writer()
        font = writer.font("预算数_")
        field = writer.add(b"<</Type/Annot/Subtype/Widget/FT/Tx/T(budget)/V(1,200.50)/F 4/Rect[150 690 400 720]>>")
        writer.fields.append(field)
        writer.page(line("预算数", 90, 700) + line("________", 160, 700), [font], b"/Annots[%d 0 R]" % field)
        root = self.extract(writer)
        self.assertEqual(["".join(f.itertext()).strip() for f in root.iter("field")], ["1,200.50"])


if __name__ == "__main__":
    support.main()
