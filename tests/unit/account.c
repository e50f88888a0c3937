/* What was drawn against what Poppler gave, and what paint hides: rows of small pages.
 *
 * A glyph stands at (x, y) with a size of 10; its drawn twin begins at its left, 8 below its top.
 */
#include "extract/account.h"
#include <string.h>

enum { BLACK = 0, WHITE = 0xFFFFFF, BLUE = 0x0000FF };

static Ink *page(void) {
    Ink *ink = ink_new(1);
    ink->width = 200;
    ink->height = 200;
    g_ptr_array_add(ink->fonts, g_strdup("Song"));
    return ink;
}

static void give(Ink *ink, gunichar code, float x, float y) {
    Glyph glyph = {.code = code, .box = {x, y, x + 10, y + 10}, .size = 10, .space_after = TRUE};
    g_array_append_val(ink->glyphs, glyph);
}

static void draw(Ink *ink, gunichar code, float x, float y, Colour colour, guint order) {
    Drawn drawn = {.x = x,
                   .y = y + 8,
                   .em_x = 10,
                   .glyph = code,
                   .code = code,
                   .run = ink->drawn->len,
                   .colour = colour,
                   .order = order};
    g_array_append_val(ink->drawn, drawn);
}

/* Text that is seen, so that what is hidden is not most of the page. */
static void seen(Ink *ink) {
    for (guint i = 0; i < 5; i++) {
        give(ink, U'正' + i, 10 + 20 * (float)i, 150);
        draw(ink, U'正' + i, 10 + 20 * (float)i, 150, BLACK, 1);
    }
}

static void both(Ink *ink) {
    seen(ink);
    give(ink, U'甲', 50, 50);
    draw(ink, U'甲', 50, 50, BLACK, 1);
}

static void never_drawn(Ink *ink) {
    seen(ink);
    give(ink, U'甲', 50, 50);
}

static void never_drawn_on_picture(Ink *ink) {
    Rectangle box = {40, 40, 80, 80};
    never_drawn(ink);
    g_array_append_val(ink->pictures, box);
}

static void never_given(Ink *ink) {
    seen(ink);
    draw(ink, U'甲', 50, 50, BLACK, 1);
}

static void without_mapping(Ink *ink) {
    seen(ink);
    draw(ink, DRAWN_UNMAPPED, 50, 50, BLACK, 1);
}

static void off_the_page(Ink *ink) {
    seen(ink);
    draw(ink, U'甲', 250, 50, BLACK, 1);
}

static void drawn_twice(Ink *ink) {
    both(ink);
    draw(ink, U'甲', 50.3F, 50, BLACK, 2);
}

static void given_twice(Ink *ink) {
    both(ink);
    give(ink, U'甲', 50.5F, 50);
    draw(ink, U'甲', 50.5F, 50, BLACK, 2);
}

static void two_at_one_place(Ink *ink) {
    both(ink);
    give(ink, U'乙', 50, 50);
    draw(ink, U'乙', 50, 50, BLACK, 2);
}

static void one_for_all(Ink *ink) {
    for (guint i = 0; i < 6; i++) {
        give(ink, U'佛', 10 + 20 * (float)i, 150);
        draw(ink, U'佛', 10 + 20 * (float)i, 150, BLACK, 1);
        g_array_index(ink->drawn, Drawn, i).glyph = i;
    }
}

/* 甲 in a colour, painted in its turn among areas and pictures. */
typedef struct {
    Colour colour;
    guint order;
    Paint paints[2]; /* none: order 0 */
} Hidden;

#define AROUND                                                                                     \
    { 40, 40, 90, 90 }
#define PARTLY                                                                                     \
    { 56, 40, 90, 90 }
#define ALL                                                                                        \
    { 0, 0, 200, 200 }

static void hidden(Ink *ink, const Hidden *row) {
    seen(ink);
    give(ink, U'甲', 50, 50);
    draw(ink, U'甲', 50, 50, row->colour, row->order);
    for (guint i = 0; i < G_N_ELEMENTS(row->paints); i++)
        if (row->paints[i].order > 0)
            g_array_append_val(ink->paints, row->paints[i]);
}

static void all_white(Ink *ink) {
    give(ink, U'甲', 50, 50);
    draw(ink, U'甲', 50, 50, WHITE, 1);
}

typedef struct {
    const char *name;
    void (*make)(Ink *ink); /* NULL: hidden */
    guint left;             /* glyphs */
    const char *notices;
    Hidden hidden;
} Row;

#define GROUND "characters-dropped 1 in the colour of the ground"

static const Row ROWS[] = {
    {"drawn and given", both, 6, "", {}},
    {"never drawn", never_drawn, 5, "characters-dropped 1 invisible", {}},
    {"never drawn, on a picture", never_drawn_on_picture, 6, "text-untrusted 1 invisible", {}},
    {"never given", never_given, 5, "characters-dropped 1 not given", {}},
    {"without mapping", without_mapping, 5, "glyphs-unmapped 1", {}},
    {"off the page", off_the_page, 5, "characters-dropped 1 off the page", {}},
    {"drawn twice", drawn_twice, 6, "characters-dropped 1 doubled", {}},
    {"given twice", given_twice, 6, "characters-dropped 1 doubled", {}},
    {"two at one place", two_at_one_place, 7, "", {}},
    {"one character for all glyphs", one_for_all, 6, "text-untrusted 6 false character map", {}},
    {"white on paper", NULL, 5, GROUND, {WHITE, 1, {}}},
    {"nearly white", NULL, 5, GROUND, {0xFDFEFE, 1, {}}},
    {"grey", NULL, 6, "", {0xE0E0E0, 1, {}}},
    {"white on blue", NULL, 6, "", {WHITE, 2, {{PAINT_AREA, AROUND, BLUE, 1}}}},
    {"blue on blue", NULL, 5, GROUND, {BLUE, 2, {{PAINT_AREA, AROUND, BLUE, 1}}}},
    {"blue on white on blue",
     NULL,
     6,
     "",
     {BLUE, 3, {{PAINT_AREA, AROUND, BLUE, 1}, {PAINT_AREA, AROUND, WHITE, 2}}}},
    {"white on something", NULL, 6, "", {WHITE, 2, {{PAINT_OTHER, AROUND, COLOUR_UNKNOWN, 1}}}},
    {"under an area",
     NULL,
     5,
     "characters-dropped 1 painted over",
     {BLACK, 1, {{PAINT_AREA, AROUND, WHITE, 2}}}},
    {"under part of an area", NULL, 6, "", {BLACK, 1, {{PAINT_AREA, PARTLY, WHITE, 2}}}},
    {"under a glaze", NULL, 6, "", {BLACK, 1, {{PAINT_AREA, AROUND, COLOUR_UNKNOWN, 2}}}},
    {"under a picture",
     NULL,
     6,
     "text-untrusted 6 behind a picture",
     {BLACK, 1, {{PAINT_PICTURE, ALL, COLOUR_UNKNOWN, 2}}}},
    {"under a stamp", NULL, 6, "", {BLACK, 1, {{PAINT_PICTURE, AROUND, COLOUR_UNKNOWN, 2}}}},
    {"all of the page in white", all_white, 1, "text-untrusted 1 in the colour of the ground", {}},
};

static void test_row(gconstpointer data) {
    const Row *row = data;
    g_autoptr(Ink) ink = page();
    g_autoptr(GArray) notices = g_array_new(FALSE, TRUE, sizeof(Notice));
    g_autoptr(GString) text = g_string_new(NULL);
    if (row->make == NULL)
        hidden(ink, &row->hidden);
    else
        row->make(ink);
    ink_account(ink, notices);
    for (guint i = 0; i < notices->len; i++) {
        Notice *notice = &g_array_index(notices, Notice, i);
        g_string_append_printf(
            text, "%s%s %u%s%s", i == 0 ? "" : ", ", notice_kind_name(notice->kind), notice->count,
            notice->text == NULL ? "" : " ", notice->text == NULL ? "" : notice->text);
        g_free(notice->text);
    }
    g_assert_cmpstr(text->str, ==, row->notices);
    g_assert_cmpuint(ink->glyphs->len, ==, row->left);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_autofree char *path = g_strconcat("/account/", ROWS[i].name, NULL);
        g_test_add_data_func(path, &ROWS[i], test_row);
    }
    return g_test_run();
}
