/* From glyphs to rows.
 *
 *   words   runs of glyphs that Poppler did not part      我部门 2021 年度
 *   rows    words whose centres share a height; each table is a row of its own
 *
 * Everything is sorting and one pass over what is sorted: n log n.
 */
#include "extract/rows.h"
#include <math.h>

/* Words belong to one row while their centres differ by less than this part of an em. */
static const float ROW_SLACK_EM = 0.45F;
/* A jump wider than this inside a run starts another word. */
static const float JUMP_EM = 1.6F;
/* A gap this wide parts words too, unless all characters around it are set apart like that. */
static const float GAP_EM = 0.6F;
/* Captions stand this near above tables side by side. */
static const float ABOVE_TABLES_EM = 6.0F;
/* What a table counts for among the lines around it. */
static const float TABLE_EM = 10.0F;

float glyph_em(const Glyph *glyph) {
    float width =
        glyph->direction % 2 == 0 ? glyph->box.x1 - glyph->box.x0 : glyph->box.y1 - glyph->box.y0;
    float height =
        glyph->direction % 2 == 0 ? glyph->box.y1 - glyph->box.y0 : glyph->box.x1 - glyph->box.x0;
    if (code_is_wide(glyph->code) && width > 1)
        return width;
    if (glyph->size > 1 && glyph->size <= height * 1.05F)
        return glyph->size;
    return MAX(height * 0.8F, 1);
}

static float centre_x(const Glyph *glyph) { return (glyph->box.x0 + glyph->box.x1) / 2; }
static float centre_y(const Glyph *glyph) { return (glyph->box.y0 + glyph->box.y1) / 2; }

/* Which way a run of glyphs advances: 0 right, 1 down, 2 left, 3 up. */
static guint8 run_direction(const Rows *rows, guint first, guint count) {
    const Glyph *from = rows_glyph(rows, first);
    const Glyph *to = rows_glyph(rows, first + count - 1);
    float dx = centre_x(to) - centre_x(from), dy = centre_y(to) - centre_y(from);
    if (count == 1)
        return from->direction < DIRECTION_SLANTED ? from->direction : 0;
    if (fabsf(dx) >= fabsf(dy))
        return dx < 0 ? 2 : 0;
    return dy > 0 ? 1 : 3;
}

static void append_word(Rows *rows, guint first, guint count) {
    Word word = {.first = first,
                 .count = count,
                 .direction = run_direction(rows, first, count),
                 .x0 = G_MAXFLOAT,
                 .table = DOCUMENT_NONE};
    float sum = 0;
    word.x1 = -G_MAXFLOAT;
    for (guint i = first; i < first + count; i++) {
        const Glyph *glyph = rows_glyph(rows, i);
        gboolean across = word.direction % 2 == 0;
        word.x0 = MIN(word.x0, across ? glyph->box.x0 : glyph->box.y0);
        word.x1 = MAX(word.x1, across ? glyph->box.x1 : glyph->box.y1);
        word.em = MAX(word.em, glyph_em(glyph));
        sum += across ? centre_y(glyph) : centre_x(glyph);
    }
    word.centre = sum / (float)count;
    g_array_append_val(rows->words, word);
}

/* A jump back or far away inside Poppler's run starts another word; and so does one upwards where
 * the characters stand upright: those below each other are read from the top. */
static gboolean breaks_word(const Glyph *previous, const Glyph *glyph) {
    float em = MAX(glyph_em(previous), glyph_em(glyph));
    float dx = glyph->box.x0 - previous->box.x1;
    float dy = fabsf(centre_y(glyph) - centre_y(previous));
    if (dy >= em * ROW_SLACK_EM && centre_y(glyph) < centre_y(previous) &&
        glyph->direction % 2 == 0 && code_is_wide(glyph->code))
        return TRUE;
    if (dy < em * ROW_SLACK_EM)
        return fabsf(dx) > em * JUMP_EM && fabsf(centre_x(glyph) - centre_x(previous)) > em * 2;
    return dy > em * 2 || fabsf(centre_x(glyph) - centre_x(previous)) > em * ROW_SLACK_EM;
}

/* The gap behind a glyph, in em; 0 at the end of a line. */
static float gap_behind(const Rows *rows, guint i) {
    const Glyph *glyph = rows_glyph(rows, i), *next = rows_glyph(rows, i + 1);
    float em = MAX(glyph_em(glyph), glyph_em(next));
    if (fabsf(centre_y(next) - centre_y(glyph)) >= em * ROW_SLACK_EM)
        return 0;
    return (next->box.x0 - glyph->box.x1) / em;
}

/* Poppler leaves out spaces that are all alike. In 年度　　收入 the gap parts words; in 合　计 and
 * 总　结　报　告 it does not. `first`: where the word begins; `end`: of all glyphs. */
static gboolean has_gap(const Rows *rows, guint first, guint i, guint end) {
    const Glyph *glyph = rows_glyph(rows, i), *next = rows_glyph(rows, i + 1);
    if (next->box.x0 - glyph->box.x1 < GAP_EM * glyph->size) /* nearly all */
        return FALSE;
    float gap = gap_behind(rows, i);
    if (gap < GAP_EM)
        return FALSE;
    if (!code_is_wide(glyph->code) && !code_is_wide(next->code))
        return TRUE;
    return (i > first && gap_behind(rows, i - 1) < gap / 2) ||
           (i + 2 < end && !next->space_after && !breaks_word(next, rows_glyph(rows, i + 2)) &&
            gap_behind(rows, i + 1) < gap / 2);
}

static void find_words(Rows *rows, guint n) {
    guint first = 0;
    for (guint i = 0; i < n; i++) {
        const Glyph *glyph = rows_glyph(rows, i);
        gboolean last = i + 1 == n || glyph->space_after ||
                        breaks_word(glyph, rows_glyph(rows, i + 1)) || has_gap(rows, first, i, n);
        if (!last)
            continue;
        append_word(rows, first, i + 1 - first);
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

static void find_rows(Rows *rows) {
    g_array_sort(rows->words, compare_words);
    for (guint i = 0; i < rows->words->len;) {
        const Word *head = &g_array_index(rows->words, Word, i);
        Row row = {.first = i, .x0 = G_MAXFLOAT, .x1 = -G_MAXFLOAT};
        float centre = head->centre;
        gboolean table = head->table != DOCUMENT_NONE;
        for (; i < rows->words->len; i++) {
            const Word *word = &g_array_index(rows->words, Word, i);
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
        g_array_append_val(rows->rows, row);
        qsort(&g_array_index(rows->words, Word, row.first), row.count, sizeof(Word), compare_along);
    }
}

static void append_places(Rows *rows, const GArray *places) {
    for (guint i = 0; i < places->len; i++) {
        const TablePlace *place = &g_array_index(places, TablePlace, i);
        Word word = {.x0 = place->box.x0,
                     .x1 = place->box.x1,
                     .centre = place->box.y0,
                     .bottom = place->box.y1,
                     .em = TABLE_EM,
                     .table = place->table};
        g_array_append_val(rows->words, word);
    }
}

/* A row above two tables that stand side by side, with a gap above the gap between them, is two:
 * each has its own caption. Gives the first word of the second; 0 where the row is one. */
static guint row_split(const Rows *rows, const Row *row, const GArray *places) {
    for (guint i = 0; i + 1 < places->len; i++) {
        const Rectangle *a = &g_array_index(places, TablePlace, i).box;
        const Rectangle *b = &g_array_index(places, TablePlace, i + 1).box;
        float top = MIN(a->y0, b->y0), middle = (MIN(a->x1, b->x1) + MAX(a->x0, b->x0)) / 2;
        gboolean beside =
            MAX(a->x0, b->x0) >= MIN(a->x1, b->x1) && MIN(a->y1, b->y1) > MAX(a->y0, b->y0);
        if (!beside || row->centre > top || top - row->centre > ABOVE_TABLES_EM * row->em)
            continue;
        for (guint w = 1; w < row->count; w++)
            if (row_word(rows, row, w - 1)->x1 < middle && row_word(rows, row, w)->x0 > middle)
                return w;
    }
    return 0;
}

static Row row_of_words(const Rows *rows, const Row *row, guint first, guint count) {
    Row part = {.first = row->first + first,
                .count = count,
                .x0 = G_MAXFLOAT,
                .x1 = -G_MAXFLOAT,
                .centre = row->centre};
    for (guint i = 0; i < count; i++) {
        const Word *word = row_word(rows, &part, i);
        part.x0 = MIN(part.x0, word->x0);
        part.x1 = MAX(part.x1, word->x1);
        part.em = MAX(part.em, word->em);
    }
    return part;
}

static void split_rows(Rows *rows, const GArray *places) {
    for (guint i = 0; i < rows->rows->len; i++) {
        Row row = g_array_index(rows->rows, Row, i);
        guint split = row_split(rows, &row, places);
        if (split == 0)
            continue;
        Row rest = row_of_words(rows, &row, split, row.count - split);
        g_array_index(rows->rows, Row, i) = row_of_words(rows, &row, 0, split);
        g_array_insert_val(rows->rows, i + 1, rest);
    }
}

Rows *rows_find(const Ink *ink, const guint *order, guint n, const GArray *places) {
    Rows *rows = g_new0(Rows, 1);
    rows->ink = ink;
    rows->order = g_memdup2(order, n * sizeof *order);
    rows->words = g_array_new(FALSE, FALSE, sizeof(Word));
    rows->rows = g_array_new(FALSE, FALSE, sizeof(Row));
    find_words(rows, n);
    if (places != NULL)
        append_places(rows, places);
    find_rows(rows);
    if (places != NULL && places->len > 1)
        split_rows(rows, places);
    return rows;
}

void rows_free(Rows *rows) {
    if (rows == NULL)
        return;
    g_free(rows->order);
    g_array_unref(rows->words);
    g_array_unref(rows->rows);
    g_free(rows);
}
