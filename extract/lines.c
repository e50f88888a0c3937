/* From glyphs to lines in reading order.
 *
 *   words      runs of glyphs that Poppler did not part      我部门 2021 年度
 *   rows       words whose centres share a height
 *   segments   a row cut at wide gaps                         |left column   |  |right column |
 *   zones      rows in a row with a gutter at one place: read the left side first, then the right
 *   lines      the rows of a column, top to bottom
 *
 * Everything is sorting and one pass over what is sorted: n log n.
 */
#include "extract/lines.h"
#include <math.h>
#include <string.h>

/* Words belong to one row while their centres differ by less than this part of an em. */
static const float ROW_SLACK_EM = 0.45F;
/* A gap wider than this may be a gutter between columns. */
static const float GUTTER_EM = 1.6F;
/* A gutter needs this many rows with text on both sides … */
enum { GUTTER_ROWS_MIN = 4, COLUMNS_DEPTH_MAX = 6 };
/* … and columns at least this wide, or it is a gap inside a form line. */
static const float COLUMN_WIDTH_EM = 8.0F;
/* Captions stand this near above tables side by side. */
static const float ABOVE_TABLES_EM = 6.0F;
/* What a table counts for among the lines around it. */
static const float TABLE_EM = 10.0F;
/* The height of a line's box: tight around its glyphs, clear of the neighbouring lines. */
static const float LINE_HALF_EM = 0.55F;

typedef struct {
    guint first, count; /* glyphs, consecutive in the ink's (or the order's) sequence */
    float x0, x1, centre, em;
    guint8 direction;
    guint table; /* a whole table, read as one word; else DOCUMENT_NONE */
    float bottom;
} Word;

typedef struct {
    guint first, count; /* words, in `Page.words` */
    float x0, x1, centre, em;
} Row;

typedef struct {
    const Ink *ink;
    const guint *order; /* glyph indices the words count in */
    GArray *words;      /* Word */
    GArray *rows;       /* Row */
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

float glyph_em(const Glyph *glyph) {
    float width =
        glyph->direction % 2 == 0 ? glyph->box.x1 - glyph->box.x0 : glyph->box.y1 - glyph->box.y0;
    float height =
        glyph->direction % 2 == 0 ? glyph->box.y1 - glyph->box.y0 : glyph->box.x1 - glyph->box.x0;
    if (g_unichar_iswide(glyph->code) && width > 1)
        return width;
    if (glyph->size > 1 && glyph->size <= height * 1.05F)
        return glyph->size;
    return MAX(height * 0.8F, 1);
}

static float centre_x(const Glyph *glyph) { return (glyph->box.x0 + glyph->box.x1) / 2; }
static float centre_y(const Glyph *glyph) { return (glyph->box.y0 + glyph->box.y1) / 2; }

static const Glyph *ordered_glyph(const Reading *reading, guint i) {
    return ink_glyph(reading->ink, reading->order[i]);
}

/* Which way a run of glyphs advances: 0 right, 1 down, 2 left, 3 up. */
static guint8 run_direction(const Reading *reading, guint first, guint count) {
    const Glyph *from = ordered_glyph(reading, first);
    const Glyph *to = ordered_glyph(reading, first + count - 1);
    float dx = centre_x(to) - centre_x(from), dy = centre_y(to) - centre_y(from);
    if (count < 2 || fabsf(dx) >= fabsf(dy))
        return count > 1 && dx < 0 ? 2 : 0;
    return dy > 0 ? 1 : 3;
}

static void append_word(Reading *reading, guint first, guint count) {
    Word word = {.first = first,
                 .count = count,
                 .direction = run_direction(reading, first, count),
                 .x0 = G_MAXFLOAT,
                 .table = DOCUMENT_NONE};
    float sum = 0;
    word.x1 = -G_MAXFLOAT;
    for (guint i = first; i < first + count; i++) {
        const Glyph *glyph = ordered_glyph(reading, i);
        gboolean across = word.direction % 2 == 0;
        word.x0 = MIN(word.x0, across ? glyph->box.x0 : glyph->box.y0);
        word.x1 = MAX(word.x1, across ? glyph->box.x1 : glyph->box.y1);
        word.em = MAX(word.em, glyph_em(glyph));
        sum += across ? centre_y(glyph) : centre_x(glyph);
    }
    word.centre = sum / (float)count;
    g_array_append_val(reading->words, word);
}

/* A jump back or far away inside Poppler's run starts another word. */
static gboolean breaks_word(const Glyph *previous, const Glyph *glyph) {
    float em = MAX(glyph_em(previous), glyph_em(glyph));
    float dx = glyph->box.x0 - previous->box.x1;
    float dy = fabsf(centre_y(glyph) - centre_y(previous));
    if (dy < em * ROW_SLACK_EM)
        return fabsf(dx) > em * GUTTER_EM && fabsf(centre_x(glyph) - centre_x(previous)) > em * 2;
    return dy > em * 2 || fabsf(centre_x(glyph) - centre_x(previous)) > em * ROW_SLACK_EM;
}

static void find_words(Reading *reading, guint n) {
    guint first = 0;
    for (guint i = 0; i < n; i++) {
        const Glyph *glyph = ordered_glyph(reading, i);
        gboolean last =
            i + 1 == n || glyph->space_after || breaks_word(glyph, ordered_glyph(reading, i + 1));
        if (!last)
            continue;
        append_word(reading, first, i + 1 - first);
        first = i + 1;
    }
}

static int compare_float(float a, float b) { return (a > b) - (a < b); }

/* Horizontal words first, by height; then each other direction in its own reading order. */
static int compare_words(gconstpointer a, gconstpointer b) {
    const Word *p = a, *q = b;
    if (p->direction != q->direction)
        return p->direction - q->direction;
    int order = compare_float(p->centre, q->centre);
    /* Columns of vertical writing go from right to left. */
    return p->direction == 1 ? -order : p->direction == 2 ? -order : order;
}

static int compare_along(gconstpointer a, gconstpointer b) {
    const Word *p = a, *q = b;
    int order = compare_float(p->x0, q->x0);
    return p->direction >= 2 ? -order : order;
}

static void find_rows(Reading *reading) {
    g_array_sort(reading->words, compare_words);
    for (guint i = 0; i < reading->words->len;) {
        const Word *head = &g_array_index(reading->words, Word, i);
        Row row = {.first = i, .x0 = G_MAXFLOAT, .x1 = -G_MAXFLOAT};
        float centre = head->centre;
        gboolean table = head->table != DOCUMENT_NONE;
        for (; i < reading->words->len; i++) {
            const Word *word = &g_array_index(reading->words, Word, i);
            float em =
                MIN(MAX(word->em, row.em), 2 * MIN(word->em, row.em > 0 ? row.em : word->em));
            if (word->direction != head->direction || (row.count > 0 && table) ||
                (row.count > 0 && word->table != DOCUMENT_NONE) ||
                fabsf(word->centre - centre) > em * ROW_SLACK_EM)
                break;
            /* The row's height is that of its longest word so far. */
            if (word->x1 - word->x0 > row.x1 - row.x0 || row.count == 0)
                centre = word->centre;
            row.x0 = MIN(row.x0, word->x0);
            row.x1 = MAX(row.x1, word->x1);
            row.em = MAX(row.em, word->em);
            row.count++;
        }
        row.centre = centre;
        g_array_append_val(reading->rows, row);
        qsort(&g_array_index(reading->words, Word, row.first), row.count, sizeof(Word),
              compare_along);
    }
}

static const Word *row_word(const Reading *reading, const Row *row, guint i) {
    return &g_array_index(reading->words, Word, row->first + i);
}

typedef struct {
    float x0, x1;
} Gap;

/* The part of `gutter` that stays free in this row; an empty gap where text crosses it. */
static Gap gap_in_row(const Reading *reading, const Row *row, Gap gutter, float least) {
    Gap best = {0, 0};
    float from = -G_MAXFLOAT;
    for (guint i = 0; i <= row->count; i++) {
        float to = i < row->count ? row_word(reading, row, i)->x0 : G_MAXFLOAT;
        Gap gap = {MAX(from, gutter.x0), MIN(to, gutter.x1)};
        if (gap.x1 - gap.x0 > MAX(best.x1 - best.x0, least))
            best = gap;
        if (i < row->count)
            from = MAX(from, row_word(reading, row, i)->x1);
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
        const Glyph *glyph = ordered_glyph(reading, word->first + i);
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
                       .table = row_word(reading, row, 0)->table};
    guint bold = 0, glyphs = 0;
    draft.line = (Line){.page = reading->ink->number,
                        .confidence = -1,
                        .low = row->centre - row->em * LINE_HALF_EM,
                        .high = row->centre + row->em * LINE_HALF_EM,
                        .vertical = row_word(reading, row, 0)->direction % 2 == 1};
    draft.line.characters.start = reading->lines->characters->len;
    for (guint i = 0; i < row->count; i++) {
        append_word_characters(reading, row_word(reading, row, i), &draft, &bold);
        glyphs += row_word(reading, row, i)->count;
    }
    if (draft.table != DOCUMENT_NONE) {
        draft.line.low = row->centre;
        draft.line.high = row_word(reading, row, 0)->bottom;
    }
    draft.line.characters.end = reading->lines->characters->len;
    draft.bold = bold * 2 > glyphs;
    g_array_append_val(reading->lines->drafts, draft);
}

static void append_column(Reading *reading, const Row *rows, guint n) {
    float left = G_MAXFLOAT, right = -G_MAXFLOAT;
    for (guint i = 0; i < n; i++) {
        if (row_word(reading, &rows[i], 0)->table != DOCUMENT_NONE)
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
        const Word *word = row_word(reading, row, i);
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

static void append_places(Reading *reading, const GArray *places) {
    for (guint i = 0; i < places->len; i++) {
        const TablePlace *place = &g_array_index(places, TablePlace, i);
        Word word = {.x0 = place->box.x0,
                     .x1 = place->box.x1,
                     .centre = place->box.y0,
                     .bottom = place->box.y1,
                     .em = TABLE_EM,
                     .table = place->table};
        g_array_append_val(reading->words, word);
    }
}

/* A row above two tables that stand side by side, with a gap above the gap between them, is two:
 * each has its own caption. Gives the first word of the second; 0 where the row is one. */
static guint row_split(const Reading *reading, const Row *row, const GArray *places) {
    for (guint i = 0; i + 1 < places->len; i++) {
        const Rectangle *a = &g_array_index(places, TablePlace, i).box;
        const Rectangle *b = &g_array_index(places, TablePlace, i + 1).box;
        float top = MIN(a->y0, b->y0), middle = (MIN(a->x1, b->x1) + MAX(a->x0, b->x0)) / 2;
        gboolean beside =
            MAX(a->x0, b->x0) >= MIN(a->x1, b->x1) && MIN(a->y1, b->y1) > MAX(a->y0, b->y0);
        if (!beside || row->centre > top || top - row->centre > ABOVE_TABLES_EM * row->em)
            continue;
        for (guint w = 1; w < row->count; w++)
            if (row_word(reading, row, w - 1)->x1 < middle &&
                row_word(reading, row, w)->x0 > middle)
                return w;
    }
    return 0;
}

static Row row_of_words(const Reading *reading, const Row *row, guint first, guint count) {
    Row part = {.first = row->first + first,
                .count = count,
                .x0 = G_MAXFLOAT,
                .x1 = -G_MAXFLOAT,
                .centre = row->centre};
    for (guint i = 0; i < count; i++) {
        const Word *word = row_word(reading, &part, i);
        part.x0 = MIN(part.x0, word->x0);
        part.x1 = MAX(part.x1, word->x1);
        part.em = MAX(part.em, word->em);
    }
    return part;
}

static void split_rows(Reading *reading, const GArray *places) {
    for (guint i = 0; i < reading->rows->len; i++) {
        Row row = g_array_index(reading->rows, Row, i);
        guint split = row_split(reading, &row, places);
        if (split == 0)
            continue;
        Row rest = row_of_words(reading, &row, split, row.count - split);
        g_array_index(reading->rows, Row, i) = row_of_words(reading, &row, 0, split);
        g_array_insert_val(reading->rows, i + 1, rest);
    }
}

static void read_glyphs(Lines *lines, const Ink *ink, const guint *order, guint n, gboolean columns,
                        const GArray *places) {
    Reading reading = {.ink = ink,
                       .order = order,
                       .lines = lines,
                       .words = g_array_new(FALSE, FALSE, sizeof(Word)),
                       .rows = g_array_new(FALSE, FALSE, sizeof(Row))};
    find_words(&reading, n);
    if (places != NULL)
        append_places(&reading, places);
    find_rows(&reading);
    if (places != NULL && places->len > 1)
        split_rows(&reading, places);
    read_rows(&reading, (const Row *)(void *)reading.rows->data, reading.rows->len,
              columns ? 0 : COLUMNS_DEPTH_MAX);
    g_array_unref(reading.words);
    g_array_unref(reading.rows);
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
