/* From rules to the rows between them.
 *
 *   group     rules of one extent, from the top
 *   regions   the rows between two rules of a group; prose, captions and unit lines end a table
 *             a head between two rules may have its table below, to the end of the page, and the
 * rules below each row may have the head above the first columns   the chunks of the widest row,
 * widened by those of the others in their order; or what all rows leave free, which shows narrower
 * gutters and cells of several lines
 */
#include "extract/frames.h"
#include "extract/columns.h"
#include <math.h>
#include <stdlib.h>

static const float EXTENT_SLACK = 4.0F; /* of the ends of rules of one table, in points */
static const float WIDTH_MIN = 90.0F;   /* of a table, in points */
static const float OUTSIDE_EM = 1.0F;   /* text may leave the rules by this much */
static const float GUTTER_EM = 0.4F;    /* the least width */
static const float APART_EM = 2.5F;     /* heads of two columns are apart by this much */
static const float NEAR_EM = 2.4F;      /* rows of a table are this near */
static const float STRIPE_EM = 5.0F;    /* and in bands this near */
static const float WIDE_PART = 0.85F;   /* of the table: a wider chunk alone in its row is prose */
static const float LOOSE_EM = 3.2F;     /* for each row of single chunks between two rules */
static const float BELOW_EM = 1.6F;     /* a head's own rule is this near below it */
static const float PARTIAL_PART = 0.9F; /* of the table's width: longer rules are under all */
static const float TABULAR_PART = 0.6F; /* of the rows have several chunks … */
static const float WRAPPED_TABULAR_PART =
    0.2F; /* … or of those where cells of three columns have many lines */
enum {
    HEAD_ROWS_MAX = 4,         /* of text, above the first rule */
    FOOT_ROWS_MAX = 2,         /* below an open table: the page's number and foot … */
    FOOT_CHARACTERS_MAX = 40,  /* … of one chunk */
    RULES_MAX = 400,           /* on a page; more are a drawing */
    CHUNK_CHARACTERS = 30,     /* longer ones on average are prose */
    RULES_WITHOUT_FIGURES = 3, /* top, below the head, bottom: these make a table of words only */
    CONFLICT_PART = 6,         /* one row of so many of the body may cover a gutter */
};

typedef struct {
    const Rows *rows;
    const Row *from;
    guint n;
    GArray *chunks; /* Chunk of all rows */
    GArray *starts; /* guint: each row's first; one more at the end */
} Search;

/* Rules of one table, and its rows. */
typedef struct {
    float x0, x1;
    guint first, end; /* rows */
    guint head_end;   /* the first row below the second rule */
    guint rules;
    gboolean striped; /* the first is the edge of a shaded row */
    gboolean open;    /* only the head stands between rules; the rows below it end with the page */
} Frame;

static const Chunk *row_first(const Search *search, guint row, guint *n) {
    guint first = g_array_index(search->starts, guint, row);
    *n = g_array_index(search->starts, guint, row + 1) - first;
    return &g_array_index(search->chunks, Chunk, first);
}

/* The first row below a height. */
static guint row_below(const Search *search, float y) {
    guint low = 0, high = search->n;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (search->from[middle].centre <= y)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static gboolean row_fits(const Search *search, guint row, float x0, float x1) {
    guint n;
    const Row *text = &search->from[row];
    const Word *word = row_word(search->rows, text, 0);
    const Chunk *chunks = row_first(search, row, &n);
    float slack = text->em * OUTSIDE_EM;
    if (word->table != DOCUMENT_NONE || word->direction != 0 || text->x0 < x0 - slack ||
        text->x1 > x1 + slack || n == 0)
        return FALSE;
    if (n == 1 && chunks[0].x1 - chunks[0].x0 > WIDE_PART * (x1 - x0))
        return FALSE;
    for (guint i = 0; i < n && n <= 2; i++)
        if (chunk_is_note(search->rows, &chunks[i]))
            return FALSE;
    return TRUE;
}

/* Whether what stands between two rules may be rows of a table. */
static gboolean is_region(const Search *search, const Rule *top, const Rule *bottom) {
    guint first = row_below(search, top->at), end = row_below(search, bottom->at), n;
    gboolean several = FALSE;
    float em = 0;
    for (guint row = first; row < end; row++) {
        if (!row_fits(search, row, top->start, top->end))
            return FALSE;
        row_first(search, row, &n);
        several = several || n > 1;
        em += search->from[row].em;
    }
    return first < end && (several || bottom->at - top->at < LOOSE_EM * em);
}

static gboolean same_extent(const Rule *a, const Rule *b) {
    return fabsf(a->start - b->start) <= EXTENT_SLACK && fabsf(a->end - b->end) <= EXTENT_SLACK;
}

/* Whether the row has several chunks, all of words. */
static gboolean is_head(const Search *search, guint row) {
    guint n;
    const Chunk *chunks = row_first(search, row, &n);
    for (guint i = 0; i < n; i++)
        if (chunks[i].figure)
            return FALSE;
    return n > 1;
}

static float distance(const Search *search, guint upper, guint lower) {
    return (search->from[lower].centre - search->from[upper].centre) /
           MAX(search->from[upper].em, search->from[lower].em);
}

/* Rows of heads above the first of many rules belong to them, where nothing above goes on. */
static void take_head_above(const Search *search, Frame *frame) {
    guint first = frame->first;
    while (first > 0 && frame->first - first < HEAD_ROWS_MAX && is_head(search, first - 1) &&
           row_fits(search, first - 1, frame->x0, frame->x1) &&
           distance(search, first - 1, first) < NEAR_EM)
        first--;
    gboolean goes_on = first > 0 && row_fits(search, first - 1, frame->x0, frame->x1) &&
                       distance(search, first - 1, first) < NEAR_EM;
    if (first == frame->first || goes_on)
        return;
    frame->head_end = frame->first;
    frame->first = first;
    frame->rules++;
}

/* Whether nothing but a foot and a number stands on the page from `row` on. */
static gboolean is_foot(const Search *search, guint row) {
    guint n;
    if (search->n - row > FOOT_ROWS_MAX)
        return FALSE;
    for (; row < search->n; row++) {
        const Chunk *chunks = row_first(search, row, &n);
        if (n > 1 || (n == 1 && chunks[0].characters > FOOT_CHARACTERS_MAX))
            return FALSE;
    }
    return TRUE;
}

/* A head between two rules, and rows below it to the end of the page. */
static void open_below(const Search *search, Frame *frame) {
    guint end = frame->end;
    while (end < search->n && row_fits(search, end, frame->x0, frame->x1) &&
           distance(search, end - 1, end) < LOOSE_EM)
        end++;
    for (guint row = frame->first; row < frame->end; row++)
        if (!is_head(search, row))
            return;
    if (end < frame->end + 2 || !is_foot(search, end))
        return;
    frame->end = end;
    frame->open = TRUE;
}

/* The last row of a table in bands may be the one without a shade: rows of three chunks or more,
 * and what does not begin as the table does. */
static void take_row_below(const Search *search, Frame *frame) {
    guint end = frame->end, n;
    gboolean tabular = FALSE;
    while (end < search->n && row_fits(search, end, frame->x0, frame->x1) &&
           distance(search, end - 1, end) < NEAR_EM) {
        const Chunk *chunks = row_first(search, end, &n);
        if (n == 1 && chunks[0].x0 < frame->x0 + APART_EM * search->from[end].em)
            break;
        tabular = tabular || n > 1;
        end++;
    }
    frame->end = tabular ? end : frame->end;
}

/* The frames of a group of rules, appended. */
static void add_frames(const Search *search, const GArray *group, GArray *frames) {
    for (guint i = 0; i + 1 < group->len;) {
        const Rule *top = &g_array_index(group, Rule, i);
        guint last = i;
        while (last + 1 < group->len && is_region(search, &g_array_index(group, Rule, last),
                                                  &g_array_index(group, Rule, last + 1)))
            last++;
        Frame frame = {
            .x0 = top->start, .x1 = top->end, .rules = last - i + 1, .striped = top->width <= 0};
        frame.first = row_below(search, top->at);
        frame.end = row_below(search, g_array_index(group, Rule, last).at);
        if (last > i)
            frame.head_end = row_below(search, g_array_index(group, Rule, i + 1).at);
        if (last == i + 1)
            open_below(search, &frame);
        if (frame.rules >= RULES_WITHOUT_FIGURES)
            take_head_above(search, &frame);
        if (last > i + 1 && g_array_index(group, Rule, last).width <= 0)
            take_row_below(search, &frame);
        if (frame.end - frame.first >= 2)
            g_array_append_val(frames, frame);
        i = MAX(last, i + 1);
    }
}

static GArray *find_frames(const Search *search, const GArray *across) {
    GArray *frames = g_array_new(FALSE, TRUE, sizeof(Frame));
    g_autoptr(GArray) group = g_array_new(FALSE, FALSE, sizeof(Rule));
    g_autofree gboolean *used = g_new0(gboolean, across->len + 1);
    for (guint i = 0; i < across->len && across->len <= RULES_MAX; i++) {
        const Rule *rule = &g_array_index(across, Rule, i);
        if (used[i] || rule->end - rule->start < WIDTH_MIN)
            continue;
        g_array_set_size(group, 0);
        for (guint j = i; j < across->len; j++) {
            const Rule *other = &g_array_index(across, Rule, j);
            if (used[j] || !same_extent(rule, other))
                continue;
            used[j] = TRUE;
            g_array_append_vals(group, other, 1);
        }
        add_frames(search, group, frames);
    }
    return frames;
}

/* The row of the body with the most chunks; one of the head where this has more that stand well
 * apart: columns may be blank. */
static guint widest_row(const Search *search, const Frame *frame) {
    guint best = frame->first, most = 0, n;
    for (guint row = frame->head_end; row < frame->end; row++) {
        row_first(search, row, &n);
        best = n > most ? row : best;
        most = MAX(most, n);
    }
    for (guint row = frame->first; row < frame->head_end; row++) {
        const Chunk *chunks = row_first(search, row, &n);
        gboolean apart = n > most;
        for (guint i = 0; i + 1 < n; i++)
            apart = apart && chunks[i + 1].x0 - chunks[i].x1 > APART_EM * search->from[row].em;
        best = apart ? row : best;
        most = apart ? n : most;
    }
    return best;
}

/* Widens each column by the chunk of its place in the row, where all stay apart. */
static gboolean widen_in_order(Gap *columns, const Chunk *chunks, guint n, float least) {
    for (guint i = 0; i + 1 < n; i++)
        if (MAX(columns[i].x1, chunks[i].x1) + least > MIN(columns[i + 1].x0, chunks[i + 1].x0))
            return FALSE;
    for (guint i = 0; i < n; i++)
        columns[i] = (Gap){MIN(columns[i].x0, chunks[i].x0), MAX(columns[i].x1, chunks[i].x1)};
    return TRUE;
}

/* Widens the one column that the chunk overlaps, or the nearer of those that it stands between.
 * FALSE where it overlaps several. */
static gboolean widen_under(Gap *columns, guint n, const Chunk *chunk, float least) {
    guint first = 0, end;
    while (first < n && columns[first].x1 <= chunk->x0)
        first++;
    for (end = first; end < n && columns[end].x0 < chunk->x1; end++)
        ;
    if (end > first + 1)
        return FALSE;
    if (end == first) {
        gboolean left = first == n || (first > 0 && chunk->x0 - columns[first - 1].x1 <
                                                        columns[first].x0 - chunk->x1);
        first = left ? first - 1 : first;
        end = first + 1;
    }
    Gap wide = {MIN(columns[first].x0, chunk->x0), MAX(columns[first].x1, chunk->x1)};
    if ((first == 0 || columns[first - 1].x1 + least <= wide.x0) &&
        (end == n || wide.x1 + least <= columns[end].x0))
        columns[first] = wide;
    return TRUE;
}

/* The body's rows, then those of the head from the lowest up: a heading across columns meets these
 * when they are as wide as their own heads. */
static guint nth_row(const Frame *frame, guint i) {
    guint body = frame->end - frame->head_end;
    return i < body ? frame->head_end + i : frame->head_end - 1 - (i - body);
}

/* The gutters between the columns that the rows agree on; NULL where they share none. */
static GArray *frame_gutters(const Search *search, const Frame *frame) {
    guint n, conflicts = 0, count, rows = frame->end - frame->first;
    guint widest = widest_row(search, frame);
    const Chunk *chunks = row_first(search, widest, &n);
    g_autofree Gap *columns = g_new(Gap, n + 1);
    for (guint i = 0; i < n; i++)
        columns[i] = (Gap){chunks[i].x0, chunks[i].x1};
    for (guint at = 0; at < 2 * rows; at++) {
        guint row = nth_row(frame, at % rows);
        float least = GUTTER_EM * search->from[row].em;
        chunks = row_first(search, row, &count);
        gboolean fits = TRUE, others = at >= rows;
        if (!others && count == n)
            fits = widen_in_order(columns, chunks, n, least);
        for (guint i = 0; others && count != n && i < count; i++)
            fits = widen_under(columns, n, &chunks[i], least) && fits;
        conflicts += !fits && row >= frame->head_end && count > 1 ? 1 : 0;
    }
    if (n < 2 || conflicts * CONFLICT_PART > rows)
        return NULL;
    GArray *gutters = g_array_new(FALSE, FALSE, sizeof(Gap));
    for (guint i = 0; i + 1 < n; i++) {
        Gap gutter = {columns[i].x1, columns[i + 1].x0};
        g_array_append_val(gutters, gutter);
    }
    return gutters;
}

/* A row outside the rules, next to row `inside`, that goes on with the table: then the rules are
 * only some of its lines. */
static gboolean goes_on(const Search *search, const Frame *frame, guint row, guint inside) {
    guint n;
    if (row >= search->n || !row_fits(search, row, frame->x0, frame->x1))
        return FALSE;
    row_first(search, row, &n);
    float apart = fabsf(search->from[row].centre - search->from[inside].centre);
    return n > 1 && apart < (frame->striped ? STRIPE_EM : NEAR_EM) * search->from[row].em;
}

/* Whether the rules are those of a table whose rows they do not enclose, or a chart's axis. */
static gboolean is_other(const Search *search, const Frame *frame) {
    return goes_on(search, frame, frame->first - 1, frame->first) ||
           goes_on(search, frame, frame->end, frame->end - 1) ||
           row_is_axis(search->rows, &search->from[frame->end - 1]) ||
           (frame->end - frame->first > 1 &&
            row_is_axis(search->rows, &search->from[frame->end - 2]));
}

/* Lines that only go on with a cell have one chunk. `tabular_part` of the rows must have more. */
static gboolean is_table(const Search *search, const Frame *frame, float tabular_part) {
    guint tabular = 0, chunks = 0, figures = 0, characters = 0;
    for (guint row = frame->first; row < frame->end; row++) {
        guint n;
        const Chunk *first = row_first(search, row, &n);
        tabular += n > 1 ? 1 : 0;
        for (guint i = 0; i < n; i++) {
            chunks++;
            characters += first[i].characters;
            figures += first[i].figure ? 1 : 0;
        }
    }
    guint rows = frame->end - frame->first;
    if ((float)tabular < tabular_part * (float)rows || characters > chunks * CHUNK_CHARACTERS)
        return FALSE;
    return frame->rules >= RULES_WITHOUT_FIGURES || frame->open || figures * 3 > chunks;
}

/* A rule below some columns only shows which of them the head above it spans. */
static void widen_heads(const Search *search, const Frame *frame, const GArray *across) {
    for (guint row = frame->first; row < frame->head_end; row++) {
        guint n, first = g_array_index(search->starts, guint, row);
        row_first(search, row, &n);
        const Row *text = &search->from[row];
        for (guint i = 0; i < across->len && across->len <= RULES_MAX; i++) {
            const Rule *rule = &g_array_index(across, Rule, i);
            if (rule->at <= text->centre || rule->at > text->centre + BELOW_EM * text->em ||
                rule->end - rule->start > PARTIAL_PART * (frame->x1 - frame->x0))
                continue;
            Chunk *under = NULL;
            guint within = 0;
            for (guint c = first; c < first + n; c++) {
                Chunk *chunk = &g_array_index(search->chunks, Chunk, c);
                float middle = (chunk->x0 + chunk->x1) / 2;
                if (middle > rule->start && middle < rule->end) {
                    under = chunk;
                    within++;
                }
            }
            if (within != 1)
                continue;
            under->x0 = MIN(under->x0, rule->start + EXTENT_SLACK);
            under->x1 = MAX(under->x1, rule->end - EXTENT_SLACK);
        }
    }
}

/* The frame's rows with the gutters given, which it owns then. */
static Alignment *alignment_new(const Search *search, const Frame *frame, GArray *gutters) {
    Alignment *block = g_new0(Alignment, 1);
    block->first = frame->first;
    block->count = frame->end - frame->first;
    block->header =
        frame->rules >= RULES_WITHOUT_FIGURES || frame->open ? frame->head_end - frame->first : 0;
    block->gutters = gutters;
    block->chunks = g_array_new(FALSE, FALSE, sizeof(Chunk));
    block->starts = g_array_new(FALSE, FALSE, sizeof(guint));
    block->box = (Rectangle){frame->x0, G_MAXFLOAT, frame->x1, -G_MAXFLOAT};
    for (guint row = frame->first; row < frame->end; row++) {
        guint n;
        const Chunk *chunks = row_first(search, row, &n);
        const Row *text = &search->from[row];
        g_array_append_val(block->starts, block->chunks->len);
        g_array_append_vals(block->chunks, chunks, n);
        block->box.y0 = MIN(block->box.y0, text->centre - text->em * 0.6F);
        block->box.y1 = MAX(block->box.y1, text->centre + text->em * 0.6F);
        block->box.x0 = MIN(block->box.x0, text->x0);
        block->box.x1 = MAX(block->box.x1, text->x1);
    }
    g_array_append_val(block->starts, block->chunks->len);
    return block;
}

/* Whether one row of the head has a text above each of three columns or more: then rows of the body
 * may have ever so many lines. */
static gboolean heads_all(const Search *search, const Frame *frame, const GArray *gutters) {
    for (guint row = frame->first; row < frame->head_end && gutters->len > 1; row++) {
        guint n, i = 0;
        const Chunk *chunks = row_first(search, row, &n);
        if (n != gutters->len + 1)
            continue;
        while (i < gutters->len && chunks[i].x1 <= g_array_index(gutters, Gap, i).x1 &&
               chunks[i + 1].x0 >= g_array_index(gutters, Gap, i).x0)
            i++;
        if (i == gutters->len)
            return TRUE;
    }
    return FALSE;
}

/* The frame by the gutters that all its rows together leave free, where these are more than
 * `least`: narrower ones, and cells of several lines. */
static Alignment *narrow_alignment(const Search *search, const Frame *frame, const GArray *across,
                                   guint least) {
    guint body = frame->head_end < frame->end ? frame->head_end : frame->first;
    body = MAX(body, frame->first + head_length(search->chunks, search->starts, frame->first,
                                                frame->end - frame->first));
    g_autoptr(GArray) gutters = columns_find(search->rows, &search->from[frame->first],
                                             frame->end - frame->first, body - frame->first);
    if (gutters->len < least || gutters->len == 0)
        return NULL;
    g_autoptr(GArray) chunks = g_array_new(FALSE, TRUE, sizeof(Chunk));
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(guint));
    Frame own = *frame;
    own.first = 0;
    own.head_end -= frame->first;
    own.end -= frame->first;
    Search narrow = {search->rows, &search->from[frame->first], own.end, chunks, starts};
    for (guint row = 0; row <= own.end; row++) {
        g_array_append_val(starts, chunks->len);
        if (row < own.end)
            row_chunks_between(search->rows, &narrow.from[row], gutters, chunks);
    }
    widen_heads(&narrow, &own, across);
    float tabular_part = heads_all(&narrow, &own, gutters)  ? 0
                         : gutters->len > 1 && !frame->open ? WRAPPED_TABULAR_PART
                                                            : TABULAR_PART;
    if (!is_table(&narrow, &own, tabular_part))
        return NULL;
    Alignment *block = alignment_new(&narrow, &own, g_steal_pointer(&gutters));
    block->first = frame->first;
    if (block->header > 0)
        block->header = body - frame->first;
    return block;
}

static Alignment *frame_alignment(const Search *search, const Frame *frame, const GArray *across) {
    if (is_other(search, frame))
        return NULL;
    widen_heads(search, frame, across);
    GArray *gutters =
        !frame->open && is_table(search, frame, TABULAR_PART) ? frame_gutters(search, frame) : NULL;
    Alignment *narrow = narrow_alignment(search, frame, across, gutters == NULL ? 0 : gutters->len);
    if (narrow == NULL)
        return gutters == NULL ? NULL : alignment_new(search, frame, gutters);
    if (gutters != NULL)
        g_array_unref(gutters);
    return narrow;
}

static int compare_frames(gconstpointer a, gconstpointer b) {
    guint p = ((const Frame *)a)->first, q = ((const Frame *)b)->first;
    return (p > q) - (p < q);
}

GPtrArray *frames_find(const Rows *rows, const Row *from, guint n, const GArray *across) {
    GPtrArray *found = g_ptr_array_new_with_free_func((GDestroyNotify)alignment_free);
    if (across->len < 2 || n < 2)
        return found;
    g_autoptr(GArray) chunks = g_array_new(FALSE, TRUE, sizeof(Chunk));
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(guint));
    Search search = {rows, from, n, chunks, starts};
    for (guint i = 0; i <= n; i++) {
        g_array_append_val(starts, chunks->len);
        if (i < n)
            row_chunks(rows, &from[i], chunks);
    }
    g_autoptr(GArray) frames = find_frames(&search, across);
    g_array_sort(frames, compare_frames);
    for (guint i = 0, lowest = 0; i < frames->len; i++) {
        const Frame *frame = &g_array_index(frames, Frame, i);
        Alignment *block = frame->first < lowest ? NULL : frame_alignment(&search, frame, across);
        if (block == NULL)
            continue;
        g_ptr_array_add(found, block);
        lowest = frame->end;
    }
    return found;
}
