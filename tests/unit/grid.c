/* From rules to cells, step by step: pictures of rules, and the cells that they enclose. */
#include "extract/grid.h"
#include <string.h>

enum { STEP = 20 }; /* points between two characters of a picture */

/* A picture: + - | as one draws them, other characters are blank. */
static GArray *rules_of(const char *const *picture) {
    GArray *rules = g_array_new(FALSE, FALSE, sizeof(Rule));
    for (guint y = 0; picture[y] != NULL; y++)
        for (guint x = 0; picture[y][x] != '\0'; x++) {
            char here = picture[y][x], right = picture[y][x + 1];
            gboolean below = picture[y + 1] != NULL && strlen(picture[y + 1]) > x &&
                             strchr("|+", picture[y + 1][x]) != NULL;
            if (strchr("-+", here) != NULL && (right == '-' || right == '+')) {
                Rule rule = {FALSE, (float)(y * STEP), (float)(x * STEP), (float)((x + 1) * STEP),
                             0.5F};
                g_array_append_val(rules, rule);
            }
            if (strchr("|+", here) != NULL && below) {
                Rule rule = {TRUE, (float)(x * STEP), (float)(y * STEP), (float)((y + 1) * STEP),
                             0.5F};
                g_array_append_val(rules, rule);
            }
        }
    return rules;
}

/* “row,column rows×columns” of each cell, with a space between. */
static char *cells_text(const Grid *grid) {
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < grid->cells->len; i++) {
        const Cell *cell = &g_array_index(grid->cells, Cell, i);
        g_string_append_printf(text, "%s%u,%u", i == 0 ? "" : " ", cell->row, cell->column);
        if (cell->row_span > 1 || cell->column_span > 1)
            g_string_append_printf(text, "(%ux%u)", cell->row_span, cell->column_span);
    }
    return g_string_free(text, FALSE);
}

typedef struct {
    const char *name;
    const char *picture[12];
    guint grids;
    const char *cells; /* of the first grid */
} Row;

static const Row ROWS[] = {
    {"plain", {"+--+--+", "|  |  |", "+--+--+", "|  |  |", "+--+--+"}, 1, "0,0 0,1 1,0 1,1"},
    {"column span", {"+--+--+", "|     |", "+--+--+", "|  |  |", "+--+--+"}, 1, "0,0(1x2) 1,0 1,1"},
    {"row span", {"+--+--+", "|  |  |", "|  +--+", "|  |  |", "+--+--+"}, 1, "0,0(2x1) 0,1 1,1"},
    {"open sides", {"---+---", "   |   ", "---+---", "   |   ", "---+---"}, 1, "0,0 0,1 1,0 1,1"},
    {"two side by side",
     {"+--+--+    +--+--+", "|  |  |    |  |  |", "+--+--+    +--+--+"},
     2,
     "0,0 0,1"},
    {"table in a cell",
     {"+---------+--+", "|         |  |", "|  +-+-+  |  |", "|  | | |  |  |", "|  +-+-+  |  |",
      "|         |  |", "+---------+--+"},
     1,
     "0,0 0,1"},
    {"nested header",
     {"+--+-----+", "|  |     |", "|  +--+--+", "|  |  |  |", "+--+--+--+"},
     1,
     "0,0(2x1) 0,1(1x2) 1,1 1,2"},
    {"one line", {"-------"}, 0, NULL},
    {"lines that do not meet", {"------", "", "------"}, 0, NULL},
};

static void test_cells(void) {
    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        gboolean limited = FALSE;
        g_autoptr(GArray) rules = rules_of(ROWS[i].picture);
        g_autoptr(GPtrArray) grids = grids_find(rules, &limited);
        g_test_message("%s", ROWS[i].name);
        g_assert_cmpuint(grids->len, ==, ROWS[i].grids);
        g_assert_false(limited);
        if (grids->len == 0)
            continue;
        g_autofree char *text = cells_text(grids->pdata[0]);
        g_assert_cmpstr(text, ==, ROWS[i].cells);
    }
}

/* Pieces of a line drawn twice, a hair apart, with gaps, are one line; others stay apart. */
static void test_joining(void) {
    static const Rule PIECES[] = {{FALSE, 100, 10, 50, 0.5F}, {FALSE, 100.6F, 51, 90, 0.5F},
                                  {FALSE, 101.5F, 40, 60, 1}, {FALSE, 100, 120, 160, 0.5F},
                                  {FALSE, 140, 10, 50, 0.5F}, {TRUE, 10, 100, 140, 0.5F},
                                  {FALSE, 180, 10, 12, 0.5F}};
    g_autoptr(GArray) rules = g_array_new(FALSE, FALSE, sizeof(Rule));
    g_array_append_vals(rules, PIECES, G_N_ELEMENTS(PIECES));
    g_autoptr(GArray) across = rules_join(rules, FALSE);
    g_autoptr(GArray) down = rules_join(rules, TRUE);
    g_assert_cmpuint(across->len, ==, 3);
    g_assert_cmpuint(down->len, ==, 1);
    const Rule *first = &g_array_index(across, Rule, 0);
    g_assert_cmpfloat(first->start, ==, 10);
    g_assert_cmpfloat(first->end, ==, 90);
}

static void test_edges(void) {
    static const float PLACES[] = {0, 10, 30};
    static const struct {
        float at;
        guint edge;
    } FOUND[] = {{-1, DOCUMENT_NONE}, {0, 0}, {9.9F, 0}, {10, 1}, {29, 1}, {30, DOCUMENT_NONE}};
    g_autoptr(GArray) edges = g_array_new(FALSE, FALSE, sizeof(float));
    g_array_append_vals(edges, PLACES, G_N_ELEMENTS(PLACES));
    for (guint i = 0; i < G_N_ELEMENTS(FOUND); i++)
        g_assert_cmpuint(edges_find(edges, FOUND[i].at), ==, FOUND[i].edge);
}

/* A page full of lines reaches a limit, says so, and costs no more than a second. */
static void test_limit(void) {
    gboolean limited = FALSE;
    g_autoptr(GArray) rules = g_array_new(FALSE, FALSE, sizeof(Rule));
    for (guint i = 0; i < 2 * GRID_RULES_MAX; i++) {
        Rule rule = {i % 2 == 1, (float)(i * 5), 0, 2 * GRID_RULES_MAX * 5.0F, 0.5F};
        g_array_append_val(rules, rule);
    }
    g_autoptr(GPtrArray) grids = grids_find(rules, &limited);
    g_assert_true(limited);
    g_assert_cmpuint(grids->len, ==, 0);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/grid/cells", test_cells);
    g_test_add_func("/grid/joining", test_joining);
    g_test_add_func("/grid/edges", test_edges);
    g_test_add_func("/grid/limit", test_limit);
    return g_test_run();
}
