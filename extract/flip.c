/* Where a glyph was drawn is certain, which way up Poppler is not.
 *
 *      ┌──┐
 *      │绩│  ← drawn: above the baseline
 *   ───┴──┴───
 *      │  │  ← Poppler's box, where the matrix of the font points downwards and the text does not
 *      └──┘    run to the right
 *
 * For each glyph that is drawn like that its character is looked for on both sides of the baseline,
 * in squares of the page. What stands on the wrong side gets the box of the glyph.
 */
#include "extract/flip.h"
#include <math.h>

static const float SQUARE_POINTS = 16.0F;
static const float MIDDLE_EM = 0.38F; /* of a glyph above the baseline */
static const float NEAR_EM = 0.3F;    /* a character is this near to where it is looked for */
static const float REACH_EM = 0.6F;   /* from its start to its middle at most */
static const float DESCENT_EM = 0.12F;
static const float SPACE_EM = 0.2F;   /* glyphs further apart have white space between them */
enum { LOOK_MAX = 64, ANY_CODE = 0 }; /* characters looked at in one square */

typedef struct {
    gunichar code;
    int column, row;
} Square;

static guint square_hash(gconstpointer key) {
    const Square *square = key;
    return square->code * 31U + (guint)square->column * 7919U + (guint)square->row * 104729U;
}

static gboolean square_equal(gconstpointer a, gconstpointer b) {
    const Square *p = a, *q = b;
    return p->code == q->code && p->column == q->column && p->row == q->row;
}

/* The characters by their codes and squares, and again by their squares alone: /ActualText may give
 * others than those that were drawn. */
typedef struct {
    Ink *ink;
    GHashTable *heads; /* Square → entry + 1; that of a glyph is twice its index, and one more */
    guint *nexts;      /* of each entry: the next in its square, + 1 */
    guint8 *flipped;   /* of each glyph */
    GArray *found;     /* guint: glyphs, as they were drawn */
} Flip;

static Square square_at(gunichar code, float x, float y) {
    return (Square){code, (int)floorf(x / SQUARE_POINTS), (int)floorf(y / SQUARE_POINTS)};
}

/* Poppler gives some characters as those that they stand for: 目 for the radical ⽬. */
static gunichar folded(gunichar code) {
    gunichar plain[2];
    return g_unichar_fully_decompose(code, TRUE, plain, G_N_ELEMENTS(plain)) == 1 ? plain[0] : code;
}

static void add_entry(Flip *flip, guint entry, Square square) {
    flip->nexts[entry] = GPOINTER_TO_UINT(g_hash_table_lookup(flip->heads, &square));
    g_hash_table_insert(flip->heads, g_memdup2(&square, sizeof square),
                        GUINT_TO_POINTER(entry + 1));
}

static void fill_squares(Flip *flip) {
    for (guint i = 0; i < flip->ink->glyphs->len; i++) {
        const Glyph *glyph = ink_glyph(flip->ink, i);
        Square square = square_at(folded(glyph->code), (glyph->box.x0 + glyph->box.x1) / 2,
                                  (glyph->box.y0 + glyph->box.y1) / 2);
        add_entry(flip, 2 * i, square);
        square.code = ANY_CODE;
        add_entry(flip, 2 * i + 1, square);
    }
}

/* How far the box is from beginning at a place, in a direction that is not to the right; across,
 * its middle counts. */
static float start_distance(Rectangle box, guint8 direction, float x, float y) {
    if (direction == 2)
        return hypotf(box.x1 - x, (box.y0 + box.y1) / 2 - y);
    return hypotf((box.x0 + box.x1) / 2 - x, (direction == 1 ? box.y0 : box.y1) - y);
}

/* The character that begins near a place, which is above the baseline or below; DOCUMENT_NONE. */
static guint glyph_near(const Flip *flip, const Drawn *drawn, gunichar code, float side) {
    guint found = DOCUMENT_NONE;
    float em = hypotf(drawn->em_x, drawn->em_y);
    float x = drawn->x + side * MIDDLE_EM * drawn->em_y;
    float y = drawn->y - side * MIDDLE_EM * drawn->em_x;
    float near = NEAR_EM * em, reach = near + REACH_EM * em;
    Square first = square_at(code, x - reach, y - reach);
    Square last = square_at(code, x + reach, y + reach);
    for (int row = first.row; row <= last.row; row++)
        for (int column = first.column; column <= last.column; column++) {
            Square square = {code, column, row};
            guint next = GPOINTER_TO_UINT(g_hash_table_lookup(flip->heads, &square));
            for (guint n = 0; next > 0 && n < LOOK_MAX; next = flip->nexts[next - 1], n++) {
                guint glyph = (next - 1) / 2;
                float distance =
                    start_distance(ink_glyph(flip->ink, glyph)->box, drawn->direction, x, y);
                if (distance <= near) {
                    near = distance;
                    found = glyph;
                }
            }
        }
    return found;
}

/* The box with its sides along the line where the glyph is drawn. */
static Rectangle flipped_box(Rectangle box, const Drawn *drawn) {
    float low_x = drawn->x - DESCENT_EM * drawn->em_y, low_y = drawn->y + DESCENT_EM * drawn->em_x;
    float high_x = low_x + drawn->em_y, high_y = low_y - drawn->em_x;
    if (drawn->direction == 2)
        return (Rectangle){box.x0, MIN(low_y, high_y), box.x1, MAX(low_y, high_y)};
    return (Rectangle){MIN(low_x, high_x), box.y0, MAX(low_x, high_x), box.y1};
}

/* Looks on both sides of the baseline for the glyph's character. */
static void flip_glyph(Flip *flip, const Drawn *drawn) {
    gunichar codes[] = {folded(drawn->code), ANY_CODE};
    for (guint i = 0; i < G_N_ELEMENTS(codes); i++) {
        if (glyph_near(flip, drawn, codes[i], 1) != DOCUMENT_NONE)
            return;
        guint found = glyph_near(flip, drawn, codes[i], -1);
        if (found == DOCUMENT_NONE || flip->flipped[found])
            continue;
        Glyph *glyph = &g_array_index(flip->ink->glyphs, Glyph, found);
        glyph->box = flipped_box(glyph->box, drawn);
        glyph->direction = drawn->direction;
        flip->flipped[found] = 1;
        g_array_append_val(flip->found, found);
        return;
    }
}

/* Whether white space parts two glyphs that follow each other. */
static gboolean are_apart(const Glyph *glyph, const Glyph *next) {
    Rectangle a = glyph->box, b = next->box;
    float x = MAX(a.x0, b.x0) - MIN(a.x1, b.x1), y = MAX(a.y0, b.y0) - MIN(a.y1, b.y1);
    float em = glyph->direction == 2 ? a.y1 - a.y0 : a.x1 - a.x0;
    return MAX(x, y) > SPACE_EM * em;
}

/* Poppler has mixed their lines: they stand in the order in which they were drawn. */
static void order_found(Flip *flip) {
    GArray *glyphs = flip->ink->glyphs;
    guint n = flip->found->len;
    g_autofree Glyph *ordered = g_new(Glyph, n + 1);
    for (guint i = 0; i < n; i++)
        ordered[i] = *ink_glyph(flip->ink, g_array_index(flip->found, guint, i));
    for (guint i = 0, k = 0; i < glyphs->len && k < n; i++) {
        if (!flip->flipped[i])
            continue;
        Glyph *glyph = &g_array_index(glyphs, Glyph, i);
        *glyph = ordered[k];
        glyph->space_after = k + 1 == n || are_apart(&ordered[k], &ordered[k + 1]);
        k++;
    }
}

static gboolean is_flippable(const Drawn *drawn) {
    return drawn->type3 && drawn->direction % DIRECTION_SLANTED != 0 &&
           drawn->code != DRAWN_UNKNOWN && drawn->code != DRAWN_UNMAPPED;
}

void ink_flip(Ink *ink) {
    guint i = 0;
    while (i < ink->drawn->len && !is_flippable(&g_array_index(ink->drawn, Drawn, i)))
        i++;
    if (i == ink->drawn->len)
        return;
    g_autoptr(GHashTable) heads = g_hash_table_new_full(square_hash, square_equal, g_free, NULL);
    g_autofree guint *nexts = g_new0(guint, 2 * (gsize)ink->glyphs->len + 1);
    g_autofree guint8 *flipped = g_malloc0(ink->glyphs->len + 1);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(guint));
    Flip flip = {ink, heads, nexts, flipped, found};
    fill_squares(&flip);
    for (; i < ink->drawn->len; i++) {
        const Drawn *drawn = &g_array_index(ink->drawn, Drawn, i);
        if (is_flippable(drawn))
            flip_glyph(&flip, drawn);
    }
    order_found(&flip);
}
