/* Grids that leave cells to the eye: pictures of pages in characters, and the cells that are found.
 *
 * A character is 10 points wide, a line of text 20 points high; two blanks and more part chunks. |
 * is a rule down through its line, a line of + and - rules across and takes no room. */
#include "extract/layout.h"
#include <string.h>

enum { WIDTH = 10, HEIGHT = 20, TOP = 100, LEFT = 60 };

static void add_rule(Ink *ink, gboolean vertical, float at, float start, float end) {
    Rule rule = {vertical, at, start, end, 0.5F};
    g_array_append_val(ink->rules, rule);
}

static void add_rules_across(Ink *ink, const char *line, float y) {
    for (guint i = 0; line[i] != '\0'; i++)
        if (line[i] != ' ' && line[i + 1] != '\0' && line[i + 1] != ' ')
            add_rule(ink, FALSE, y, LEFT + ((float)i + 0.5F) * WIDTH,
                     LEFT + ((float)i + 1.5F) * WIDTH);
}

static void add_text(Ink *ink, const char *line, float y) {
    g_autofree gunichar *codes = g_utf8_to_ucs4_fast(line, -1, NULL);
    for (guint i = 0; codes[i] != 0; i++) {
        float x = LEFT + (float)i * WIDTH;
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
        if (picture[row][0] == '+')
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
        g_string_append(text, t == 0 ? "" : " ; ");
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
    const char *cells;
} Case;

static const Case CASES[] = {
    {"only the head has columns",
     {"+------+------+------+", "|科目    |预算    |执行    |", "+------+------+------+",
      "|甲乙     1.50   1.20  |", "+--------------------+", "|丙丁     2.50   2.20  |",
      "+--------------------+", "|合计     4.00   3.40  |", "+--------------------+"},
     "科目|预算|执行/甲乙|1.50|1.20/丙丁|2.50|2.20/合计|4.00|3.40"},
    {"one open cell is a heading",
     {"+------+------+------+", "|科目    |预算    |执行    |", "+------+------+------+",
      "|一、       本级         |", "+------+------+------+", "|甲乙    |1.50  |1.20  |",
      "+------+------+------+", "|丙丁    |2.50  |2.20  |", "+------+------+------+"},
     "科目|预算|执行/一、本级(1×3)/甲乙|1.50|1.20/丙丁|2.50|2.20"},
    {"words over the edges stay in one cell",
     {"+------+------+------+", "|科目    |预算    |执行    |", "+------+------+------+",
      "|甲乙项目的说明文字           |", "+--------------------+",
      "|丙丁项目的说明文字           |", "+--------------------+",
      "|戊己项目的说明文字           |", "+--------------------+"},
     "科目|预算|执行/甲乙项目的说明文字(1×3)/丙丁项目的说明文字(1×3)/戊己项目的说明文字(1×3)"},
    {"columns with rules, rows without",
     {"+------+------+------+", "|科目    |预算    |执行    |", "+------+------+------+",
      "|甲乙    |1.50  |1.20  |", "|丙丁    |2.50  |2.20  |", "|合计    |4.00  |3.40  |",
      "+------+------+------+"},
     "科目|预算|执行/甲乙|1.50|1.20/丙丁|2.50|2.20/合计|4.00|3.40"},
    {"columns with rules that text nearly touches",
     {"+---+----+----+----+", "|科目 |预算  |执行  |结余  |", "+---+----+----+----+",
      "|甲乙 |1.50|1.20|0.30|", "|丙丁 |2.50|2.20|0.30|", "|合计 |4.00|3.40|0.60|",
      "+---+----+----+----+"},
     "科目|预算|执行|结余/甲乙|1.50|1.20|0.30/丙丁|2.50|2.20|0.30/合计|4.00|3.40|0.60"},
    {"lines of words in a cell are its text",
     {"+----+----+", "|指标  |说明  |", "+----+----+", "|预算  |按规定 |", "|执行率 |完成  |",
      "|    |公开  |", "+----+----+"},
     "指标|说明/预算执行率|按规定完成公开"},
    {"two rows of figures only may be one cell",
     {"+----+----+", "|指标  |说明  |", "+----+----+", "|预算  |1.50|", "|执行  |2.50|",
      "+----+----+"},
     "指标|说明/预算执行|1.502.50"},
    {"a frame around figures in columns",
     {"+------------+", "|甲乙    1.50|", "|丙丁    2.50|", "+------------+"},
     "甲乙|1.50/丙丁|2.50"},
};

static void check_case(gconstpointer data) {
    const Case *one = data;
    g_autoptr(Ink) ink = ink_of(one->picture);
    g_autoptr(Lines) lines = lines_new();
    g_autoptr(Tables) tables = tables_new();
    g_autoptr(GArray) notices = g_array_new(FALSE, TRUE, sizeof(Notice));
    g_autoptr(GString) cells = g_string_new(NULL);
    layout_page(lines, tables, ink, notices);
    append_cells(tables, cells);
    g_assert_cmpstr(cells->str, ==, one->cells);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *path = g_strdup_printf("/open/%s", CASES[i].name);
        g_test_add_data_func(path, &CASES[i], check_case);
    }
    return g_test_run();
}
