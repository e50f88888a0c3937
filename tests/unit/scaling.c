/* Pages made to be slow: finding out what is where costs at most n log n, or reaches a limit.
 *
 * Each page is read with n and with eight times n pieces under callgrind, which counts
 * instructions: no other process disturbs them. A doubling may cost 2.3 ×. */
#include "extract/account.h"
#include "extract/layout.h"
#include <glib/gstdio.h>
#include <unistd.h>
#include <valgrind/callgrind.h>

static const double GROWTH_MAX = 2.3 * 2.3 * 2.3;
static const char *const COUNTS = "GOUJI_COUNTS"; /* the file that callgrind writes */
enum { PIECES = 1000, GROWTH = 8 };

static void add_glyph(Ink *ink, gunichar code, float x, float y, gboolean space) {
    Glyph glyph = {.code = code, .box = {x, y, x + 6, y + 6}, .size = 6, .space_after = space};
    Drawn drawn = {.x = x,
                   .y = y + 5,
                   .em_x = 6,
                   .glyph = code,
                   .code = code,
                   .run = ink->drawn->len,
                   .order = ink->drawn->len};
    g_array_append_val(ink->glyphs, glyph);
    g_array_append_val(ink->drawn, drawn);
}

static void add_rule(Ink *ink, gboolean vertical, float at, float start, float end) {
    Rule rule = {.vertical = vertical, .at = at, .start = start, .end = end, .width = 0.5F};
    g_array_append_val(ink->rules, rule);
}

static guint next_random(guint *state) {
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

static void scatter(Ink *ink, guint n) {
    guint state = 1;
    for (guint i = 0; i < n; i++) {
        float x = (float)(next_random(&state) % 5900) / 10,
              y = (float)(next_random(&state) % 8400) / 10;
        add_glyph(ink, U'文' + i % 50, x, y, TRUE);
    }
}

/* Rows of words that share gutters, a few with figures. */
static void columns(Ink *ink, guint n) {
    for (guint i = 0; i < n; i++)
        add_glyph(ink, i % 5 == 0 ? U'文' : '0' + i % 10, (float)(i % 20) * 30,
                  (float)(i / 20) * 12, TRUE);
}

/* As tall as its text: beyond the page all would be one crowd. */
static void two_columns_of_prose(Ink *ink, guint n) {
    ink->height = MAX(ink->height, (float)(n / 60 + 1) * 10);
    for (guint i = 0; i < n; i++)
        add_glyph(ink, U'文', (float)(i % 60) * 6 + (i % 60 < 30 ? 0 : 40), (float)(i / 60) * 10,
                  i % 30 == 29);
}

static void one_row(Ink *ink, guint n) {
    for (guint i = 0; i < n; i++)
        add_glyph(ink, '0' + i % 10, (float)i * 12, 100, TRUE);
}

static void one_place(Ink *ink, guint n) {
    for (guint i = 0; i < n; i++)
        add_glyph(ink, U'文', 100, 100, i % 2 == 0);
}

/* Gutters that end row by row, so that zones begin again and again. */
static void staircase(Ink *ink, guint n) {
    for (guint i = 0; i < n; i += 2) {
        add_glyph(ink, U'文', (float)(i % 97) * 5, (float)i * 4, TRUE);
        add_glyph(ink, U'字', (float)(i % 97) * 5 + 30, (float)i * 4, TRUE);
    }
}

static void ruled(Ink *ink, guint n) {
    guint rows = n / 20;
    for (guint row = 0; row <= rows; row++)
        add_rule(ink, FALSE, (float)row * 10, 0, 200);
    for (guint column = 0; column <= 20; column++)
        add_rule(ink, TRUE, (float)column * 10, 0, (float)rows * 10);
    for (guint i = 0; i < n; i++)
        add_glyph(ink, '0' + i % 10, (float)(i % 20) * 10 + 2, (float)(i / 20) * 10 + 2, TRUE);
}

/* Many small grids, none within another. */
static void small_grids(Ink *ink, guint n) {
    for (guint i = 0; i < n; i++) {
        float x = (float)(i % 30) * 20, y = (float)(i / 30) * 20;
        add_rule(ink, FALSE, y + (float)(i % 3) * 5, x, x + 15);
        add_rule(ink, TRUE, x + (float)(i % 2) * 10, y, y + 15);
    }
}

static void areas(Ink *ink, guint n) {
    for (guint i = 0; i < n; i++) {
        Rectangle box = {(float)(i % 10) * 50, (float)(i / 10) * 12, (float)(i % 10) * 50 + 49,
                         (float)(i / 10) * 12 + 12};
        Paint paint = {.kind = PAINT_AREA, .box = box, .order = i};
        g_array_append_val(ink->areas, box);
        g_array_append_val(ink->paints, paint);
        add_glyph(ink, '0' + i % 10, box.x0 + 2, box.y0 + 2, TRUE);
    }
}

static void read_page(void (*draw)(Ink *ink, guint n), guint n) {
    g_autoptr(Ink) ink = ink_new(1);
    g_autoptr(Lines) lines = lines_new();
    g_autoptr(Tables) tables = tables_new();
    g_autoptr(GArray) notices = g_array_new(FALSE, TRUE, sizeof(Notice));
    ink->width = 595;
    ink->height = 842;
    g_ptr_array_add(ink->fonts, g_strdup("Song"));
    draw(ink, n);
    ink_account(ink, notices);
    layout_page(lines, tables, ink, notices);
    for (guint i = 0; i < notices->len; i++)
        g_free(g_array_index(notices, Notice, i).text);
}

/* What callgrind counted since its numbers were last set to zero: it writes them into the next
 * file. */
static guint64 instructions_counted(void) {
    static guint dumps = 0;
    CALLGRIND_DUMP_STATS;
    g_autofree char *path = g_strdup_printf("%s.%u", g_getenv(COUNTS), ++dumps), *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    const char *totals = strstr(text, "\ntotals:");
    g_assert_nonnull(totals);
    g_assert_no_errno(g_remove(path));
    return g_ascii_strtoull(totals + strlen("\ntotals:"), NULL, 10);
}

static guint64 instructions(void (*draw)(Ink *ink, guint n), guint n) {
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
    read_page(draw, n);
    guint64 count = instructions_counted();
    CALLGRIND_STOP_INSTRUMENTATION;
    return count;
}

typedef struct {
    const char *name;
    void (*draw)(Ink *ink, guint n);
} Case;

static const Case CASES[] = {
    {"scattered glyphs", scatter},
    {"columns of figures", columns},
    {"two columns of prose", two_columns_of_prose},
    {"one endless row", one_row},
    {"all glyphs at one place", one_place},
    {"gutters like a staircase", staircase},
    {"a ruled table", ruled},
    {"small grids", small_grids},
    {"shaded cells", areas},
};

static void test_case(gconstpointer data) {
    const Case *one = data;
    if (RUNNING_ON_VALGRIND == 0) {
        g_test_skip("valgrind is not here, or this is a build that it cannot run");
        return;
    }
    guint64 some = instructions(one->draw, PIECES), more = instructions(one->draw, GROWTH * PIECES);
    double growth = (double)more / (double)some;
    g_test_message("%s: %.1f, then %.1f million instructions: %.1f times", one->name,
                   (double)some / 1e6, (double)more / 1e6, growth);
    if (growth > GROWTH_MAX)
        g_test_fail();
}

/* Runs this program again as callgrind runs it; FALSE where that cannot be. */
static gboolean run_under_callgrind(char **argv, int *status) {
#ifdef __SANITIZE_ADDRESS__
    return FALSE;
#endif
    g_autofree char *folder = g_dir_make_tmp("gouji-test-XXXXXX", NULL);
    g_autofree char *counts = g_build_filename(folder, "counts", NULL),
                    *file = g_strconcat("--callgrind-out-file=", counts, NULL);
    g_autoptr(GPtrArray) command = g_ptr_array_new();
    for (char *const *word = (char *[]){"valgrind", "--quiet", "--tool=callgrind",
                                        "--instr-atstart=no", file, NULL};
         *word != NULL; word++)
        g_ptr_array_add(command, *word);
    for (char **word = argv; *word != NULL; word++)
        g_ptr_array_add(command, *word);
    g_ptr_array_add(command, NULL);
    g_setenv(COUNTS, counts, TRUE);
    gboolean ran = g_spawn_sync(NULL, (char **)command->pdata, NULL,
                                G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL,
                                NULL, NULL, status, NULL);
    g_remove(counts);
    g_rmdir(folder);
    return ran;
}

int main(int argc, char **argv) {
    int status;
    if (RUNNING_ON_VALGRIND == 0 && run_under_callgrind(argv, &status))
        return status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *path = g_strconcat("/scaling/", CASES[i].name, NULL);
        g_test_add_data_func(path, &CASES[i], test_case);
    }
    return g_test_run();
}
