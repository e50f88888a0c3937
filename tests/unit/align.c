/* Tables without rules across and down: pictures of pages in characters, and the cells that are
 * found.
 *
 * A character is 10 points wide, a line 20 points high; two blanks and more part chunks. “=====” is
 * a rule over the line's place and takes no room, “===_==” one that begins at the _. */
#include "extract/layout.h"
#include <string.h>

enum { WIDTH = 10, HEIGHT = 20, TOP = 100, LEFT = 60 };

static Ink *ink_of(const char *const *picture) {
    Ink *ink = ink_new(1);
    float y = TOP;
    ink->width = 700;
    ink->height = 800;
    g_ptr_array_add(ink->fonts, g_strdup("Song"));
    for (guint row = 0; picture[row] != NULL; row++) {
        g_autofree gunichar *codes = g_utf8_to_ucs4_fast(picture[row], -1, NULL);
        if (codes[0] == '=') {
            glong n = g_utf8_strlen(picture[row], -1);
            const char *gap = strchr(picture[row], '_');
            float start = gap == NULL ? 0 : (float)(gap - picture[row]) * WIDTH;
            Rule rule = {FALSE, y - 4, LEFT + start, LEFT + (float)n * WIDTH, 0.5F};
            g_array_append_val(ink->rules, rule);
            continue;
        }
        for (guint i = 0; codes[i] != 0; i++) {
            float x = LEFT + (float)i * WIDTH;
            Glyph glyph = {.code = codes[i],
                           .box = {x, y, x + WIDTH, y + WIDTH},
                           .size = WIDTH,
                           .space_after = codes[i + 1] == ' ' || codes[i + 1] == 0};
            if (codes[i] != ' ')
                g_array_append_val(ink->glyphs, glyph);
        }
        y += HEIGHT;
    }
    return ink;
}

static void append_cells(const Tables *tables, GString *text) {
    for (guint t = 0; t < tables->tables->len; t++) {
        const PageTable *table = tables_table(tables, t);
        guint row = 0;
        g_string_append_printf(text, "%s%u:", t == 0 ? "" : " ; ", table->header_rows);
        for (guint i = 0; i < table->cells->len; i++) {
            const Cell *cell = &g_array_index(table->cells, Cell, i);
            g_string_append(text, cell->row != row ? "/" : i == 0 ? "" : "|");
            row = cell->row;
            table_cell_text(tables, cell, text);
            if (cell->column_span > 1)
                g_string_append_printf(text, "(%u)", cell->column_span);
        }
    }
}

typedef struct {
    const char *name;
    const char *picture[12];
    const char *cells; /* header rows, then cells by row */
} Case;

static const Case CASES[] = {
    {"figures in columns",
     {"项目   预算   执行", "甲乙   1.50   1.20", "丙丁   2.50   2.20", "合计   4.00   3.40"},
     "1:项目|预算|执行/甲乙|1.50|1.20/丙丁|2.50|2.20/合计|4.00|3.40"},
    {"words in columns are a list", {"甲乙   丙丁", "戊己   庚辛", "壬癸   子丑"}, ""},
    {"three lines around words",
     {"==================", "项目   目标   结果", "==================", "甲乙   健全   已建",
      "丙丁   及时   按季", "=================="},
     "1:项目|目标|结果/甲乙|健全|已建/丙丁|及时|按季"},
    {"two lines around words are a decoration",
     {"=============", "项目   目标", "甲乙   健全", "============="},
     ""},
    {"two lines around figures",
     {"=============", "项目     1.50", "甲乙     2.50", "============="},
     "0:项目|1.50/甲乙|2.50"},
    {"a unit line above is none of its rows",
     {"         单位：万元", "==================", "项目   预算   执行", "甲乙   1.50   1.20",
      "丙丁   2.50   2.20"},
     "1:项目|预算|执行/甲乙|1.50|1.20/丙丁|2.50|2.20"},
    {"a head over two columns",
     {"==================", "       预算执行", "项目   年初   年末",
      "==================", "甲乙   1.50   1.20", "丙丁   2.50   2.20", "=================="},
     "2:|预算执行(2)/项目|年初|年末/甲乙|1.50|1.20/丙丁|2.50|2.20"},
    {"two levels of heads over figures at the right",
     {"===========================", "         预算执行",
      "====_==============", "项目   年初数    年末数     比率",
      "===========================", "甲乙     1.50    1.20    80.0",
      "丙丁     2.50    2.20    88.0", "==========================="},
     "2:|预算执行(2)|/项目|年初数|年末数|比率/甲乙|1.50|1.20|80.0/丙丁|2.50|2.20|88.0"},
    {"heads that stand above no word of their column",
     {"========================", "    项目      预算    执行", "========================",
      "甲            1.50    1.2", "丙            2.50    2.2", "========================"},
     "1:项目|预算|执行/甲|1.50|1.2/丙|2.50|2.2"},
    {"a blank column",
     {"==================", "项目   预算   备注", "==================", "甲乙   1.50",
      "丙丁   2.50", "=================="},
     "1:项目|预算|备注/甲乙|1.50|/丙丁|2.50|"},
    {"rows that go on below the last line",
     {"项目   预算   执行", "==================", "甲乙   1.50   1.20", "丙丁   2.50   2.20",
      "==================", "合计   4.00   3.40"},
     "1:项目|预算|执行/甲乙|1.50|1.20/丙丁|2.50|2.20/合计|4.00|3.40"},
    {"prose between lines",
     {"====================", "这是横线之间的一段文字没有栏目", "也没有数字因此不是表格",
      "===================="},
     ""},
    {"marks of an axis",
     {"       1.5   1.2", "       2.5   2.2", "       3.5   3.2", "10  20  30  40  50  60"},
     ""},
};

static void test_case(gconstpointer data) {
    const Case *one = data;
    g_autoptr(Ink) ink = ink_of(one->picture);
    g_autoptr(Lines) lines = lines_new();
    g_autoptr(Tables) tables = tables_new();
    g_autoptr(GArray) notices = g_array_new(FALSE, TRUE, sizeof(Notice));
    g_autoptr(GString) text = g_string_new(NULL);
    layout_page(lines, tables, ink, notices);
    append_cells(tables, text);
    g_assert_cmpstr(text->str, ==, one->cells);
    g_assert_cmpuint(notices->len, ==, 0);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *path = g_strconcat("/align/", CASES[i].name, NULL);
        g_test_add_data_func(path, &CASES[i], test_case);
    }
    return g_test_run();
}
