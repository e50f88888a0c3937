/* Finding the rows of a table among its lines of text.
 *
 *   农村饮水   加强农村饮水安全工程              pairs: lines of a column below each other
 *   安全       建设，提升供水质量和    1250.60
 *              水平                              lines nearer than two figures ever are, and than
 *   水库加固   三座水库                 386.00   any that a rule parts, are of one cell; the rows
 *                                                of text that a cell covers are one
 *   ───────────────────────────────────────────
 *   合计                               1636.60   where each row has a rule, that is all
 *
 * Where lines are nowhere nearer, words tell: a line goes on that has words under words and no
 * label. No row has two figures in one column: a cell that would make one is spread over several
 * rows.
 */
#include "extract/align_rows.h"
#include "extract/grid.h"
#include <math.h>

static const float TIGHT = 1.15F; /* wrapped lines are no further apart than the closest rows */
static const float BARRIER_PART = 0.5F; /* a rule this much of the table's width parts rows */
static const float NEARER = 0.93F;      /* than figures: lines of one cell */
static const float SAME_PITCH = 1.08F;  /* lines of cells are set alike */
static const float BESIDE = 0.8F;       /* of the pitch: nearer lines stand beside each other */
static const float HEAD_LINE_EM = 1.7F; /* lines of a head are no further apart */
enum {
    RULED_ROWS_MIN = 2,       /* parts of the body between rules, with figures … */
    RULED_ROWS_WORDS_MIN = 3, /* … and of words only */
};

/* Two lines of the same columns with nothing between them. */
typedef struct {
    guint upper, lower;         /* chunks */
    guint upper_row, lower_row; /* of text */
    guint column;
    float distance; /* in em */
    gboolean figures, parted;
} LinePair;

typedef struct {
    const AlignedText *text;
    GArray *pairs;    /* LinePair, from the top */
    guint *parents;   /* union and find over the rows of text */
    guint64 *figures; /* of each root: the columns that have one */
    float pitch;      /* of lines in cells, in em; G_MAXFLOAT where no cell has several */
    float row_pitch;  /* the nearest that two rows are known to be */
} Search;

float aligned_edge(const AlignedText *text, guint column) {
    Gap gap = g_array_index(text->block->gutters, Gap, column);
    return (gap.x0 + gap.x1) / 2;
}

static guint column_of(const AlignedText *text, float x) {
    guint low = 0, high = text->block->gutters->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (aligned_edge(text, middle) < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void aligned_columns(const AlignedText *text, const Chunk *chunk, guint *first, guint *end) {
    *first = column_of(text, chunk->x0);
    *end = MAX(*first, column_of(text, chunk->x1)) + 1;
}

gboolean aligned_is_parted(const AlignedText *text, float x, float y0, float y1) {
    for (guint i = rules_first_from(text->across, y0); i < text->across->len; i++) {
        const Rule *rule = &g_array_index(text->across, Rule, i);
        if (rule->at > y1)
            return FALSE;
        if (rule->start <= x && x <= rule->end)
            return TRUE;
    }
    return FALSE;
}

gboolean aligned_has_barrier(const AlignedText *text, float y0, float y1) {
    Rectangle box = text->block->box;
    for (guint i = rules_first_from(text->across, y0); i < text->across->len; i++) {
        const Rule *rule = &g_array_index(text->across, Rule, i);
        if (rule->at > y1)
            return FALSE;
        if (MIN(rule->end, box.x1) - MAX(rule->start, box.x0) > (box.x1 - box.x0) * BARRIER_PART)
            return TRUE;
    }
    return FALSE;
}

/* Whether a rule parts the row of text from the next. */
static gboolean has_barrier(const AlignedText *text, guint row) {
    return aligned_has_barrier(text, text->from[row].centre, text->from[row + 1].centre);
}

static guint set_find(guint *parents, guint i) {
    while (parents[i] != i) {
        parents[i] = parents[parents[i]];
        i = parents[i];
    }
    return i;
}

/* Makes two rows of text one row of the table, unless it would have two figures in a column. */
static gboolean unite(Search *search, guint a, guint b) {
    guint p = set_find(search->parents, a), q = set_find(search->parents, b);
    if (p == q)
        return TRUE;
    if ((search->figures[p] & search->figures[q]) != 0)
        return FALSE;
    search->parents[MAX(p, q)] = MIN(p, q);
    search->figures[MIN(p, q)] |= search->figures[MAX(p, q)];
    return TRUE;
}

static void add_pair(Search *search, guint upper, guint upper_row, guint lower, guint lower_row,
                     guint column) {
    const AlignedText *text = search->text;
    const Chunk *a = aligned_chunk(text, upper), *b = aligned_chunk(text, lower);
    float y0 = a->centre, y1 = b->centre;
    LinePair pair = {.upper = upper,
                     .lower = lower,
                     .upper_row = upper_row,
                     .lower_row = lower_row,
                     .column = column};
    pair.distance = (y1 - y0) / MAX(text->from[upper_row].em, text->from[lower_row].em);
    pair.figures = a->figure && b->figure;
    pair.parted = aligned_is_parted(text, (b->x0 + b->x1) / 2, y0, y1);
    g_array_append_val(search->pairs, pair);
}

typedef struct {
    guint chunk, row, first, end;
} LastLine;

static void find_pairs(Search *search) {
    const AlignedText *text = search->text;
    g_autofree LastLine *last = g_new0(LastLine, text->columns);
    for (guint c = 0; c < text->columns; c++)
        last[c].chunk = DOCUMENT_NONE;
    for (guint row = 0; row < text->block->count; row++)
        for (guint i = 0; i < aligned_count(text, row); i++) {
            LastLine line = {.chunk = aligned_first(text, row) + i, .row = row};
            const Chunk *chunk = aligned_chunk(text, line.chunk);
            aligned_columns(text, chunk, &line.first, &line.end);
            const LastLine *above = &last[line.first];
            if (above->chunk != DOCUMENT_NONE && above->first == line.first &&
                above->end == line.end && above->row < row)
                add_pair(search, above->chunk, above->row, line.chunk, row, line.first);
            for (guint c = line.first; c < line.end; c++)
                last[c] = line;
            if (chunk->figure && row >= text->header && line.first < 64)
                search->figures[row] |= G_GUINT64_CONSTANT(1) << line.first;
        }
}

/* How near lines of cells and rows are. */
static void measure_pitch(Search *search) {
    float lines = G_MAXFLOAT, rows = G_MAXFLOAT;
    for (guint i = 0; i < search->pairs->len; i++) {
        const LinePair *pair = &g_array_index(search->pairs, LinePair, i);
        if (pair->figures || pair->parted)
            rows = MIN(rows, pair->distance);
        else
            lines = MIN(lines, pair->distance);
    }
    search->row_pitch = MIN(rows, lines);
    search->pitch = rows < G_MAXFLOAT && lines < rows * NEARER ? lines : G_MAXFLOAT;
}

/* Unites the rows of text of cells with several lines; those on the right first, since the labels
 * on the left may stand for several rows. */
static void unite_cells(Search *search, AlignedRows *rows) {
    for (guint column = search->text->columns; column > 0; column--)
        for (guint i = 0; i < search->pairs->len; i++) {
            const LinePair *pair = &g_array_index(search->pairs, LinePair, i);
            if (pair->column + 1 != column || pair->figures || pair->parted ||
                pair->distance > search->pitch * SAME_PITCH)
                continue;
            rows->upper[pair->lower] = pair->upper;
            for (guint row = pair->upper_row; row < pair->lower_row; row++)
                unite(search, row, row + 1);
        }
}

/* Whether the chunks of two rows of text stand in other columns. */
static gboolean are_beside(const AlignedText *text, guint a, guint b) {
    for (guint i = 0; i < aligned_count(text, a); i++)
        for (guint j = 0; j < aligned_count(text, b); j++) {
            guint first, end, other_first, other_end;
            aligned_columns(text, aligned_chunk(text, aligned_first(text, a) + i), &first, &end);
            aligned_columns(text, aligned_chunk(text, aligned_first(text, b) + j), &other_first,
                            &other_end);
            if (first < other_end && other_first < end)
                return FALSE;
        }
    return TRUE;
}

/* Whether a rule between two rows of text crosses some chunk of the first of them. */
static gboolean crosses(const AlignedText *text, guint row, float y0, float y1) {
    for (guint i = 0; i < aligned_count(text, row); i++) {
        const Chunk *chunk = aligned_chunk(text, aligned_first(text, row) + i);
        if (aligned_is_parted(text, (chunk->x0 + chunk->x1) / 2, y0, y1))
            return TRUE;
    }
    return FALSE;
}

/* Whether a rule parts a row of text from the one above; a label may stand beside its end. */
static gboolean is_parted(const AlignedText *text, guint row) {
    float y0 = text->from[row - 1].centre, y1 = text->from[row].centre;
    return has_barrier(text, row - 1) && crosses(text, row - 1, y0, y1) &&
           crosses(text, row, y0, y1);
}

/* Whether the row of text stands so near to the one above that both are of one row, or that a cell
 * stands between two. */
static gboolean is_beside_above(const Search *search, guint row) {
    const AlignedText *text = search->text;
    if (row == 0 || row >= text->block->count)
        return FALSE;
    float pitch = MIN(search->pitch, search->row_pitch);
    float distance = text->from[row].centre - text->from[row - 1].centre;
    return pitch < G_MAXFLOAT &&
           distance < BESIDE * pitch * MAX(text->from[row].em, text->from[row - 1].em) &&
           are_beside(text, row, row - 1) && !is_parted(text, row);
}

/* Rows of text that are no rows of the table: beside another, or between two. */
static void place_beside(Search *search, guint8 *between) {
    guint n = search->text->block->count;
    g_autofree guint *sizes = g_new0(guint, n + 1);
    for (guint row = 0; row < n; row++)
        sizes[set_find(search->parents, row)]++;
    for (guint row = 0; row < n; row++) {
        gboolean above = is_beside_above(search, row), below = is_beside_above(search, row + 1);
        between[row] = above && below && sizes[set_find(search->parents, row)] == 1 &&
                       set_find(search->parents, row - 1) != set_find(search->parents, row + 1);
        if (above && !between[row] && !between[row - 1])
            unite(search, row - 1, row);
    }
}

static gboolean has_words_in(const AlignedText *text, guint row, guint column) {
    for (guint i = 0; i < aligned_count(text, row); i++) {
        guint first, end;
        const Chunk *chunk = aligned_chunk(text, aligned_first(text, row) + i);
        aligned_columns(text, chunk, &first, &end);
        if (first <= column && column < end)
            return !chunk->figure;
    }
    return FALSE;
}

/* Whether the row only goes on with the one above: words under words, and no label of its own, or
 * a label alone that begins in lower case. */
static gboolean goes_on(const AlignedText *text, guint row) {
    guint n = aligned_count(text, row), from = aligned_first(text, row);
    if (n == 1 && has_words_in(text, row, 0))
        return aligned_chunk(text, from)->lowercase && has_words_in(text, row - 1, 0);
    for (guint i = 0; i < n; i++) {
        const Chunk *chunk = aligned_chunk(text, from + i);
        guint first, end;
        aligned_columns(text, chunk, &first, &end);
        if (first == 0 || chunk->figure || !has_words_in(text, row - 1, first))
            return FALSE;
    }
    return n > 0;
}

/* Whether the label above, alone in its row, is the first line of this row's label. */
static gboolean completes(const AlignedText *text, guint row) {
    return aligned_count(text, row - 1) == 1 && has_words_in(text, row - 1, 0) &&
           aligned_count(text, row) > 1 && has_words_in(text, row, 0) &&
           aligned_chunk(text, aligned_first(text, row))->lowercase;
}

static gboolean has_span(const AlignedText *text, guint row) {
    for (guint i = 0; i < aligned_count(text, row); i++) {
        guint first, end;
        aligned_columns(text, aligned_chunk(text, aligned_first(text, row) + i), &first, &end);
        if (end - first > 1)
            return TRUE;
    }
    return FALSE;
}

/* The closest distance of two rows of the body. */
static float tight_pitch(const AlignedText *text) {
    float pitch = G_MAXFLOAT;
    for (guint i = text->header; i + 1 < text->block->count; i++)
        pitch = MIN(pitch, text->from[i + 1].centre - text->from[i].centre);
    return pitch * TIGHT;
}

/* Where no distance tells: header lines below the last row that spans are one. */
static void unite_by_words(Search *search, const guint8 *between) {
    const AlignedText *text = search->text;
    float tight = tight_pitch(text);
    for (guint row = 1; row < text->block->count; row++) {
        gboolean merged, barrier = has_barrier(text, row - 1);
        if (between[row] || between[row - 1])
            continue;
        if (row < text->header)
            merged = !barrier && !has_span(text, row - 1) && !has_span(text, row) &&
                     text->from[row].centre - text->from[row - 1].centre <=
                         HEAD_LINE_EM * text->from[row].em;
        else
            merged = row > text->header && !barrier &&
                     text->from[row].centre - text->from[row - 1].centre <= tight &&
                     (goes_on(text, row) || completes(text, row));
        if (merged)
            unite(search, row - 1, row);
    }
}

/* Whether rules part all rows of the body: no two figures of a column between two of them, and
 * lines nowhere further apart than those of one cell. */
static gboolean is_ruled(const Search *search) {
    const AlignedText *text = search->text;
    guint64 seen = 0, any = 0;
    guint parts = 1;
    float nearest = G_MAXFLOAT, furthest = 0;
    for (guint row = text->header; row < text->block->count; row++) {
        if (row > text->header && has_barrier(text, row - 1)) {
            parts++;
            seen = 0;
        }
        if ((seen & search->figures[row]) != 0)
            return FALSE;
        seen |= search->figures[row];
        any |= seen;
    }
    for (guint i = 0; i < search->pairs->len; i++) {
        const LinePair *pair = &g_array_index(search->pairs, LinePair, i);
        if (pair->parted || pair->upper_row < text->header)
            continue;
        nearest = MIN(nearest, pair->distance);
        furthest = MAX(furthest, pair->distance);
    }
    return parts >= (any != 0 ? RULED_ROWS_MIN : RULED_ROWS_WORDS_MIN) &&
           furthest <= nearest * TIGHT;
}

static void unite_ruled(Search *search) {
    const AlignedText *text = search->text;
    for (guint row = text->header + 1; row < text->block->count; row++)
        if (!has_barrier(text, row - 1))
            unite(search, row - 1, row);
}

/* Numbers the rows of the table from the top. */
static void number_rows(Search *search, AlignedRows *rows, const guint8 *between) {
    guint n = search->text->block->count;
    g_autofree guint *numbers = g_new0(guint, n + 1);
    for (guint row = 0; row < n; row++) {
        guint root = set_find(search->parents, row);
        if (between[row])
            continue;
        if (numbers[root] == 0)
            numbers[root] = ++rows->rows;
        rows->first[row] = rows->last[row] = numbers[root] - 1;
    }
    for (guint row = 0; row < n; row++)
        if (between[row]) {
            rows->first[row] = MIN(rows->first[row - 1], rows->first[row + 1]);
            rows->last[row] = MAX(rows->last[row - 1], rows->last[row + 1]);
        }
}

AlignedRows *aligned_rows_new(const AlignedText *text) {
    guint n = text->block->count, chunks = text->block->chunks->len;
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(LinePair));
    g_autofree guint *parents = g_new(guint, n + 1);
    g_autofree guint64 *figures = g_new0(guint64, n + 1);
    g_autofree guint8 *between = g_malloc0(n + 1);
    Search search = {text, pairs, parents, figures, 0, 0};
    AlignedRows *rows = g_new0(AlignedRows, 1);
    rows->first = g_new0(guint, n + 1);
    rows->last = g_new0(guint, n + 1);
    rows->upper = g_new(guint, chunks + 1);
    for (guint i = 0; i < chunks; i++)
        rows->upper[i] = DOCUMENT_NONE;
    for (guint i = 0; i < n; i++)
        parents[i] = i;
    find_pairs(&search);
    measure_pitch(&search);
    rows->ruled = is_ruled(&search);
    if (rows->ruled)
        unite_ruled(&search);
    if (search.pitch < G_MAXFLOAT)
        unite_cells(&search, rows);
    place_beside(&search, between);
    if (search.pitch == G_MAXFLOAT)
        unite_by_words(&search, between);
    number_rows(&search, rows, between);
    return rows;
}

void aligned_rows_free(AlignedRows *rows) {
    if (rows == NULL)
        return;
    g_free(rows->first);
    g_free(rows->last);
    g_free(rows->upper);
    g_free(rows);
}
