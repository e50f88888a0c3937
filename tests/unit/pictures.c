/* Tables found on pages drawn as pictures in characters: without rules, and grids that leave cells
 * to the eye.
 *
 * A character is 10 points wide, a line of text 20 points high; two blanks and more part chunks. |
 * is a rule down through its line. A line of + and - has rules across that end at its +, “=====” is
 * one rule, “===_==” one that begins at the _; such lines take no room. */
#include "extract/layout.h"
#include <string.h>

enum { WIDTH = 10, HEIGHT = 20, TOP = 100, LEFT = 60 };

static void add_rule(Ink *ink, gboolean vertical, float at, float start, float end) {
    Rule rule = {vertical, at, start, end, 0.5F};
    g_array_append_val(ink->rules, rule);
}

static float column(gsize n) { return LEFT + (float)n * WIDTH; }

static void add_rules_across(Ink *ink, const char *line, float y) {
    const char *gap = strchr(line, '_');
    if (line[0] == '=')
        add_rule(ink, FALSE, y, column(gap == NULL ? 0 : (gsize)(gap - line)),
                 column(strlen(line)));
    for (gsize i = 0; line[0] == '+' && line[i + 1] != '\0'; i++)
        if (line[i] != ' ' && line[i + 1] != ' ')
            add_rule(ink, FALSE, y, column(i) + WIDTH / 2, column(i + 1) + WIDTH / 2);
}

static void add_text(Ink *ink, const char *line, float y) {
    g_autofree gunichar *codes = g_utf8_to_ucs4_fast(line, -1, NULL);
    for (guint i = 0; codes[i] != 0; i++) {
        float x = column(i);
        gunichar next = codes[i + 1];
        if (codes[i] == '|')
            add_rule(ink, TRUE, x + WIDTH / 2, y, y + HEIGHT);
        if (codes[i] == '|' || codes[i] == ' ')
            continue;
        Glyph glyph = {.code = codes[i],
                       .box = {x, y + 5, x + WIDTH, y + 5 + WIDTH},
                       .size = WIDTH,
                       .space_after = next == ' ' || next == '|' || next == 0};
        g_array_append_val(ink->glyphs, glyph);
    }
}

static Ink *ink_of(const char *const *picture) {
    Ink *ink = ink_new(1);
    float y = TOP;
    ink->width = 700;
    ink->height = 800;
    g_ptr_array_add(ink->fonts, g_strdup("Song"));
    for (guint row = 0; picture[row] != NULL; row++)
        if (strchr("+=", picture[row][0]) != NULL)
            add_rules_across(ink, picture[row], y);
        else {
            add_text(ink, picture[row], y);
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
            if (cell->column_span > 1 || cell->row_span > 1)
                g_string_append_printf(text, "(%u×%u)", cell->row_span, cell->column_span);
        }
    }
}

typedef struct {
    const char *name;
    const char *picture[16];
    const char *cells; /* header rows that layout knows, then cells by row */
} Case;

static const Case WITHOUT_RULES[] = {
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
     "2:|预算执行(1×2)/项目|年初|年末/甲乙|1.50|1.20/丙丁|2.50|2.20"},
    {"two levels of heads over figures at the right",
     {"===========================", "         预算执行",
      "====_==============", "项目   年初数    年末数     比率",
      "===========================", "甲乙     1.50    1.20    80.0",
      "丙丁     2.50    2.20    88.0", "==========================="},
     "2:|预算执行(1×2)|/项目|年初数|年末数|比率/甲乙|1.50|1.20|80.0/丙丁|2.50|2.20|88.0"},
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

static const Case OPEN_GRIDS[] = {
    {"only the head has columns",
     {"+------+------+------+", "|科目    |预算    |执行    |", "+------+------+------+",
      "|甲乙     1.50   1.20  |", "+--------------------+", "|丙丁     2.50   2.20  |",
      "+--------------------+", "|合计     4.00   3.40  |", "+--------------------+"},
     "0:科目|预算|执行/甲乙|1.50|1.20/丙丁|2.50|2.20/合计|4.00|3.40"},
    {"one open cell is a heading",
     {"+------+------+------+", "|科目    |预算    |执行    |", "+------+------+------+",
      "|一、       本级         |", "+------+------+------+", "|甲乙    |1.50  |1.20  |",
      "+------+------+------+", "|丙丁    |2.50  |2.20  |", "+------+------+------+"},
     "0:科目|预算|执行/一、本级(1×3)/甲乙|1.50|1.20/丙丁|2.50|2.20"},
    {"words over the edges stay in one cell",
     {"+------+------+------+", "|科目    |预算    |执行    |", "+------+------+------+",
      "|甲乙项目的说明文字           |", "+--------------------+",
      "|丙丁项目的说明文字           |", "+--------------------+",
      "|戊己项目的说明文字           |", "+--------------------+"},
     "0:科目|预算|执行/甲乙项目的说明文字(1×3)/丙丁项目的说明文字(1×3)/戊己项目的说明文字(1×3)"},
    {"columns with rules, rows without",
     {"+------+------+------+", "|科目    |预算    |执行    |", "+------+------+------+",
      "|甲乙    |1.50  |1.20  |", "|丙丁    |2.50  |2.20  |", "|合计    |4.00  |3.40  |",
      "+------+------+------+"},
     "1:科目|预算|执行/甲乙|1.50|1.20/丙丁|2.50|2.20/合计|4.00|3.40"},
    {"columns with rules that text nearly touches",
     {"+---+----+----+----+", "|科目 |预算  |执行  |结余  |", "+---+----+----+----+",
      "|甲乙 |1.50|1.20|0.30|", "|丙丁 |2.50|2.20|0.30|", "|合计 |4.00|3.40|0.60|",
      "+---+----+----+----+"},
     "1:科目|预算|执行|结余/甲乙|1.50|1.20|0.30/丙丁|2.50|2.20|0.30/合计|4.00|3.40|0.60"},
    {"lines of words in a cell are its text",
     {"+----+----+", "|指标  |说明  |", "+----+----+", "|预算  |按规定 |", "|执行率 |完成  |",
      "|    |公开  |", "+----+----+"},
     "0:指标|说明/预算执行率|按规定完成公开"},
    {"two rows of figures only may be one cell",
     {"+----+----+", "|指标  |说明  |", "+----+----+", "|预算  |1.50|", "|执行  |2.50|",
      "+----+----+"},
     "0:指标|说明/预算执行|1.502.50"},
    {"a frame around figures in columns",
     {"+------------+", "|甲乙    1.50|", "|丙丁    2.50|", "+------------+"},
     "0:甲乙|1.50/丙丁|2.50"},
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

static void add_cases(const char *folder, const Case *cases, gsize n) {
    for (gsize i = 0; i < n; i++) {
        g_autofree char *path = g_strdup_printf("/pictures/%s/%s", folder, cases[i].name);
        g_test_add_data_func(path, &cases[i], test_case);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    add_cases("without rules", WITHOUT_RULES, G_N_ELEMENTS(WITHOUT_RULES));
    add_cases("open grid", OPEN_GRIDS, G_N_ELEMENTS(OPEN_GRIDS));
    return g_test_run();
}
