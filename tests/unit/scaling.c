/* Pages made to be slow: finding out what is where costs at most n log n, or reaches a limit.
 *
 * Each page is read with n and with eight times n pieces; processor time is taken several times
 * and the least counts. A doubling may cost 2.3 ×. */
#include "extract/account.h"
#include "extract/layout.h"
#include <time.h>

static const double GROWTH_MAX = 2.3 * 2.3 * 2.3;
static const double SECONDS_MIN = 0.0005; /* what takes less is not compared */
enum { ROUNDS = 3, TRIES = 8, PIECES = 1500, GROWTH = 8 };

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

static double seconds(void (*draw)(Ink *ink, guint n), guint n) {
    double least = G_MAXDOUBLE;
    for (guint i = 0; i < ROUNDS; i++) {
        struct timespec from, to;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
        read_page(draw, n);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
        least = MIN(least,
                    (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9);
    }
    return least;
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
    double growth = 0;
    for (guint i = 0; i < TRIES; i++) { /* another process may disturb a measurement */
        double some = seconds(one->draw, PIECES), more = seconds(one->draw, GROWTH * PIECES);
        growth = more / MAX(some, SECONDS_MIN);
        g_test_message("%s: %.1f ms, then %.1f ms: %.1f ×", one->name, some * 1e3, more * 1e3,
                       growth);
        if (growth <= GROWTH_MAX)
            return;
    }
    g_test_fail_printf("%s: %u times as much costs %.1f ×", one->name, (guint)GROWTH, growth);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *path = g_strconcat("/scaling/", CASES[i].name, NULL);
        g_test_add_data_func(path, &CASES[i], test_case);
    }
    return g_test_run();
}
