/* From rows to lines in reading order.
 *
 *   segments   a row cut at wide gaps                         |left column   |  |right column |
 *   zones      rows in a row with a gutter at one place: read the left side first, then the right
 *   lines      the rows of a column, top to bottom
 *
 * Everything is sorting and one pass over what is sorted: n log n.
 */
#include "extract/lines.h"
#include <math.h>
#include <string.h>

/* A gap wider than this may be a gutter between columns. */
static const float GUTTER_EM = 1.6F;
/* A gutter needs this many rows with text on both sides … */
enum { GUTTER_ROWS_MIN = 4, COLUMNS_DEPTH_MAX = 6 };
/* … and columns at least this wide, or it is a gap inside a form line. */
static const float COLUMN_WIDTH_EM = 8.0F;
/* The height of a line's box: tight around its glyphs, clear of the neighbouring lines. */
static const float LINE_HALF_EM = 0.55F;

typedef struct {
    Rows *rows;
    Lines *lines;
    guint columns;
} Reading;

Lines *lines_new(void) {
    Lines *lines = g_new0(Lines, 1);
    lines->characters = g_array_new(FALSE, FALSE, sizeof(Character));
    lines->drafts = g_array_new(FALSE, TRUE, sizeof(DraftLine));
    return lines;
}

void lines_free(Lines *lines) {
    if (lines == NULL)
        return;
    g_array_unref(lines->characters);
    g_array_unref(lines->drafts);
    g_free(lines);
}

void lines_append_text(const Lines *lines, const DraftLine *draft, GString *text) {
    for (guint i = draft->line.characters.start; i < draft->line.characters.end; i++)
        g_string_append_unichar(text, g_array_index(lines->characters, Character, i).code);
    g_strchomp(text->str);
    g_string_set_size(text, strlen(text->str));
}

typedef struct {
    float x0, x1;
} Gap;

/* The part of `gutter` that stays free in this row; an empty gap where text crosses it. */
static Gap gap_in_row(const Reading *reading, const Row *row, Gap gutter, float least) {
    Gap best = {0, 0};
    float from = -G_MAXFLOAT;
    for (guint i = 0; i <= row->count; i++) {
        float to = i < row->count ? row_word(reading->rows, row, i)->x0 : G_MAXFLOAT;
        Gap gap = {MAX(from, gutter.x0), MIN(to, gutter.x1)};
        if (gap.x1 - gap.x0 > MAX(best.x1 - best.x0, least))
            best = gap;
        if (i < row->count)
            from = MAX(from, row_word(reading->rows, row, i)->x1);
    }
    return best;
}

/* A run of rows that share a gutter, from `rows[0]` on. Gives how many rows; 0 where none. */
static guint zone_length(const Reading *reading, const Row *rows, guint n, Gap *gutter) {
    guint both = 0, last_both = 0;
    float left = G_MAXFLOAT, right = -G_MAXFLOAT;
    Gap shared = {-G_MAXFLOAT, G_MAXFLOAT};
    for (guint i = 0; i < n; i++) {
        float least = rows[i].em * GUTTER_EM;
        Gap inner = {MAX(shared.x0, rows[i].x0), MIN(shared.x1, rows[i].x1)};
        Gap gap = gap_in_row(reading, &rows[i], inner, least);
        if (gap.x1 <= gap.x0) {
            /* The row may lie on one side of the gutter, or it ends the zone. */
            gap = gap_in_row(reading, &rows[i], shared, least);
            if (gap.x1 <= gap.x0 || both == 0)
                break;
        } else {
            both++;
            last_both = i + 1;
            left = MIN(left, rows[i].x0);
            right = MAX(right, rows[i].x1);
        }
        shared = gap;
    }
    if (both < GUTTER_ROWS_MIN)
        return 0;
    float em = rows[0].em;
    if (shared.x0 - left < em * COLUMN_WIDTH_EM || right - shared.x1 < em * COLUMN_WIDTH_EM)
        return 0;
    *gutter = shared;
    /* Rows on one side only, after the last with both, belong to the longer column. */
    for (; last_both < n; last_both++) {
        const Row *row = &rows[last_both];
        gboolean one_side = row->x1 <= shared.x0 || row->x0 >= shared.x1;
        if (!one_side || row->centre - rows[last_both - 1].centre > 3 * em)
            break;
    }
    return last_both;
}

static void append_character(Reading *reading, gunichar code, float start, float end) {
    Character character = {.code = code, .start = start, .end = end};
    g_array_append_val(reading->lines->characters, character);
}

/* Characters of a word; a space that Poppler saw between words is kept between them. */
static void append_word_characters(Reading *reading, const Word *word, DraftLine *draft,
                                   guint *bold) {
    gboolean vertical = word->direction % 2 == 1;
    GArray *characters = reading->lines->characters;
    for (guint i = 0; i < word->count; i++) {
        const Glyph *glyph = rows_glyph(reading->rows, word->first + i);
        float start = vertical ? glyph->box.y0 : glyph->box.x0;
        float end = vertical ? glyph->box.y1 : glyph->box.x1;
        if (i == 0 && characters->len > draft->line.characters.start) {
            float before = g_array_index(characters, Character, characters->len - 1).end;
            if (start > before)
                append_character(reading, ' ', before, start);
        }
        append_character(reading, glyph->code, start, end);
        *bold += glyph->bold ? 1 : 0;
        draft->font = glyph->font;
    }
}

static void append_line(Reading *reading, const Row *row, float left, float right) {
    DraftLine draft = {.em = row->em,
                       .left = left,
                       .right = right,
                       .column = reading->columns,
                       .table = row_word(reading->rows, row, 0)->table};
    guint bold = 0, glyphs = 0;
    draft.line = (Line){.page = reading->rows->ink->number,
                        .confidence = -1,
                        .low = row->centre - row->em * LINE_HALF_EM,
                        .high = row->centre + row->em * LINE_HALF_EM,
                        .vertical = row_word(reading->rows, row, 0)->direction % 2 == 1};
    draft.line.characters.start = reading->lines->characters->len;
    for (guint i = 0; i < row->count; i++) {
        append_word_characters(reading, row_word(reading->rows, row, i), &draft, &bold);
        glyphs += row_word(reading->rows, row, i)->count;
    }
    if (draft.table != DOCUMENT_NONE) {
        draft.line.low = row->centre;
        draft.line.high = row_word(reading->rows, row, 0)->bottom;
    }
    draft.line.characters.end = reading->lines->characters->len;
    draft.bold = bold * 2 > glyphs;
    g_array_append_val(reading->lines->drafts, draft);
}

static void append_column(Reading *reading, const Row *rows, guint n) {
    float left = G_MAXFLOAT, right = -G_MAXFLOAT;
    for (guint i = 0; i < n; i++) {
        if (row_word(reading->rows, &rows[i], 0)->table != DOCUMENT_NONE)
            continue;
        left = MIN(left, rows[i].x0);
        right = MAX(right, rows[i].x1);
    }
    for (guint i = 0; i < n; i++)
        append_line(reading, &rows[i], left, right);
    reading->columns++;
}

/* The words of `row` on one side of the gutter, as a row of their own. */
static gboolean row_side(const Reading *reading, const Row *row, float gutter, gboolean right,
                         Row *side) {
    *side = (Row){.x0 = G_MAXFLOAT, .x1 = -G_MAXFLOAT, .centre = row->centre};
    for (guint i = 0; i < row->count; i++) {
        const Word *word = row_word(reading->rows, row, i);
        if ((word->x0 >= gutter) != right)
            continue;
        if (side->count++ == 0)
            side->first = row->first + i;
        side->x0 = MIN(side->x0, word->x0);
        side->x1 = MAX(side->x1, word->x1);
        side->em = MAX(side->em, word->em);
    }
    return side->count > 0;
}

static void read_rows(Reading *reading, const Row *rows, guint n, guint depth);

static void read_zone(Reading *reading, const Row *rows, guint n, Gap gutter, guint depth) {
    float middle = (gutter.x0 + gutter.x1) / 2;
    for (int right = 0; right <= 1; right++) {
        g_autoptr(GArray) side = g_array_sized_new(FALSE, FALSE, sizeof(Row), n);
        for (guint i = 0; i < n; i++) {
            Row row;
            if (row_side(reading, &rows[i], middle, right, &row))
                g_array_append_val(side, row);
        }
        read_rows(reading, (const Row *)(void *)side->data, side->len, depth + 1);
    }
}

static void read_rows(Reading *reading, const Row *rows, guint n, guint depth) {
    guint plain = 0; /* where the rows that are not in a zone begin */
    for (guint i = 0; i < n && depth < COLUMNS_DEPTH_MAX;) {
        Gap gutter = {0, 0};
        guint length = zone_length(reading, rows + i, n - i, &gutter);
        if (length == 0) {
            i++;
            continue;
        }
        append_column(reading, rows + plain, i - plain);
        read_zone(reading, rows + i, length, gutter, depth);
        i += length;
        plain = i;
    }
    if (plain < n)
        append_column(reading, rows + plain, n - plain);
}

static void read_glyphs(Lines *lines, const Ink *ink, const guint *order, guint n, gboolean columns,
                        const GArray *places) {
    g_autoptr(Rows) rows = rows_find(ink, order, n, places);
    Reading reading = {.rows = rows, .lines = lines};
    read_rows(&reading, (const Row *)(void *)rows->rows->data, rows->rows->len,
              columns ? 0 : COLUMNS_DEPTH_MAX);
}

void lines_find(Lines *lines, const Ink *ink, const guint8 *taken, const GArray *places) {
    g_autoptr(GArray) order = g_array_sized_new(FALSE, FALSE, sizeof(guint), ink->glyphs->len);
    for (guint i = 0; i < ink->glyphs->len; i++)
        if (taken == NULL || !taken[i])
            g_array_append_val(order, i);
    read_glyphs(lines, ink, (const guint *)(void *)order->data, order->len, TRUE, places);
}

void lines_find_in_cell(Lines *lines, const Ink *ink, const guint *glyphs, guint n) {
    read_glyphs(lines, ink, glyphs, n, FALSE, NULL);
}
