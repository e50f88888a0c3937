/* Finding rows that share gutters.
 *
 *   Variable        Mean    Max      chunks: words that no wide gap parts
 *   Age             50.8     90
 *   Rural            0.15     1      gutters: what all rows leave free
 *           ↑             ↑
 *
 * A block starts at a row of two chunks or more with the gaps between them as gutters. Each row
 * that follows takes its own chunks out of them: what is left are the gutters of the block. A row
 * that covers a gutter is a line of prose, which ends the block, or a heading across columns, which
 * may stand in it. Prose in two columns has gutters too, but its chunks are long; a list has
 * marks in its first column; a contents page has page numbers in its second.
 */
#include "extract/columns.h"
#include <math.h>

static const float SEED_GUTTER_EM = 1.0F;   /* a gutter is this wide in the first row */
static const float GUTTER_EM = 0.4F;        /* and this wide in all */
static const float ROW_DISTANCE_EM = 3.2F;  /* rows further apart are not of one block … */
static const float AIRY_DISTANCE_EM = 5.0F; /* … unless all are, by the same distance */
static const float AIRY_SLACK = 1.15F;
static const float BESIDE = 0.8F; /* of the distance of rows: nearer text stands beside them */
static const float HEADER_DISTANCE_EM = 2.4F;
static const float LARGER_POINTS = 0.8F, APART_EM = 1.7F; /* of captions */
static const float NOTE_DISTANCE_EM = 1.4F;
static const float POPULATED = 0.15F; /* part of the rows in which a column has text */
enum {
    ROWS_MIN = 3,
    ROWS_TWO_COLUMNS_MIN = 4,
    SINGLES_MAX = 3,       /* rows with one chunk, in a row */
    PROSE_CHARACTERS = 28, /* a column whose chunks are longer on average is prose */
    MARK_CHARACTERS = 3,   /* of a list's marks */
    HEADER_ROWS_MAX = 5,
    HEADER_CHARACTERS_MAX = 48,
    ROW_WORK = 1000,  /* steps for each row of a page; beyond them nothing more is looked for */
    ROWS_FREE = 200,  /* that every page has to spend */
    REFUSED_ROWS = 8, /* as many are tried one by one, twice as many by twos … */
    NOTES_MAX = 3,    /* in a row */
    AXIS_VALUES_MIN = 4,
    COLUMN_CHUNKS_MAX = 2, /* in a row of one column, on average */
};

void alignment_free(Alignment *alignment) {
    if (alignment == NULL)
        return;
    g_array_unref(alignment->gutters);
    g_array_unref(alignment->chunks);
    g_array_unref(alignment->starts);
    g_free(alignment);
}

static Gap gap_at(const GArray *gaps, guint i) { return g_array_index(gaps, Gap, i); }

/* Takes the chunks out of the gaps, outer ones too; gives how many gaps nothing is left of. Both
 * are sorted. */
static guint subtract(const GArray *gaps, const Chunk *chunks, guint n, float least, GArray *left) {
    guint killed = 0, c = 0;
    g_array_set_size(left, 0);
    for (guint i = 0; i < gaps->len; i++) {
        Gap gap = gap_at(gaps, i);
        guint before = left->len;
        gboolean outer = i == 0 || i + 1 == gaps->len;
        while (c > 0 && chunks[c - 1].x1 > gap.x0)
            c--;
        for (; c < n && chunks[c].x1 <= gap.x0; c++)
            ;
        float from = gap.x0;
        for (; c < n && chunks[c].x0 < gap.x1; c++) {
            Gap piece = {from, chunks[c].x0};
            if (piece.x1 - piece.x0 >= least || (outer && i == 0 && from == gap.x0))
                g_array_append_val(left, piece);
            from = MAX(from, chunks[c].x1);
        }
        Gap rest = {from, gap.x1};
        if (rest.x1 - rest.x0 >= least)
            g_array_append_val(left, rest);
        killed += left->len == before ? 1 : 0;
    }
    return killed;
}

typedef struct {
    const Rows *rows;
    const Row *from;
    guint n;
    const GArray *drawings; /* Rectangle, or NULL */
    GArray *chunks;         /* of all rows */
    GArray *starts;
    guint64 *work; /* steps so far: chunks and gutters looked at */
} Search;

static const Chunk *search_chunks(const Search *search, guint row, guint *n) {
    guint first = g_array_index(search->starts, guint, row);
    *n = g_array_index(search->starts, guint, row + 1) - first;
    return &g_array_index(search->chunks, Chunk, first);
}

static gboolean is_in_drawing(const Search *search, const Row *row) {
    for (guint i = 0; search->drawings != NULL && i < search->drawings->len; i++) {
        const Rectangle *box = &g_array_index(search->drawings, Rectangle, i);
        if (row->centre > box->y0 && row->centre < box->y1 && row->x1 > box->x0 &&
            row->x0 < box->x1)
            return TRUE;
    }
    return FALSE;
}

static gboolean is_text_row(const Search *search, guint row) {
    const Word *word = row_word(search->rows, &search->from[row], 0);
    return word->table == DOCUMENT_NONE && word->direction == 0 &&
           !is_in_drawing(search, &search->from[row]);
}

static void seed_gaps(const Search *search, guint row, GArray *gaps) {
    guint n;
    const Chunk *chunks = search_chunks(search, row, &n);
    float from = -G_MAXFLOAT;
    g_array_set_size(gaps, 0);
    for (guint i = 0; i <= n; i++) {
        Gap gap = {from, i < n ? chunks[i].x0 : G_MAXFLOAT};
        if (i == 0 || i == n || gap.x1 - gap.x0 >= SEED_GUTTER_EM * search->from[row].em)
            g_array_append_val(gaps, gap);
        from = i < n ? chunks[i].x1 : from;
    }
}

/* A row that covers gutters may head columns; a line of prose may not. */
static gboolean may_span(const Search *search, guint row, guint killed, guint gutters) {
    guint n;
    const Chunk *chunks = search_chunks(search, row, &n);
    if (n >= 2)
        return killed < gutters;
    return n == 1 && chunks[0].characters <= HEADER_CHARACTERS_MAX;
}

/* Whether the row is too far below the one above for both to be of one block. */
static gboolean is_apart(const Search *search, guint first, guint row) {
    const Row *from = search->from;
    float em = MAX(from[row].em, from[first].em),
          distance = from[row].centre - from[row - 1].centre;
    if (distance <= ROW_DISTANCE_EM * em)
        return FALSE;
    return distance > AIRY_DISTANCE_EM * em ||
           distance > AIRY_SLACK * (from[first + 1].centre - from[first].centre);
}

/* Grows a block from `first`; `gaps` becomes its gutters with the outer gaps. Gives its rows. */
static guint grow(const Search *search, guint first, GArray **gaps) {
    g_autoptr(GArray) left = g_array_new(FALSE, FALSE, sizeof(Gap));
    guint end = first + 1, tabular = 1, singles = 0, spans = 0;
    seed_gaps(search, first, *gaps);
    for (guint i = first + 1; i < search->n && is_text_row(search, i); i++) {
        guint n;
        const Chunk *chunks = search_chunks(search, i, &n);
        float em = MAX(search->from[i].em, search->from[first].em);
        if (is_apart(search, first, i) || (*gaps)->len > COLUMNS_MAX)
            break;
        *search->work += n + (*gaps)->len;
        guint killed = subtract(*gaps, chunks, n, GUTTER_EM * em, left);
        if (killed > 0) {
            spans++;
            if (!may_span(search, i, killed, (*gaps)->len - 2) || spans > 1 + tabular / 6)
                break;
            continue;
        }
        if (n < 2 && ++singles > SINGLES_MAX)
            break;
        GArray *old = *gaps;
        *gaps = g_steal_pointer(&left);
        left = old;
        if (n >= 2) {
            singles = 0;
            tabular++;
            end = i + 1;
        }
    }
    return end - first;
}

/* The column of a chunk's middle, or of any place. */
static guint column_at(const GArray *gutters, float x) {
    guint column = 0;
    while (column < gutters->len &&
           x > (gap_at(gutters, column).x0 + gap_at(gutters, column).x1) / 2)
        column++;
    return column;
}

typedef struct {
    guint rows, chunks, characters, figures, colons, marks;
    guint values, even; /* whole figures; those as far from the last as that from its last */
    gint64 value, step;
} ColumnSummary;

/* Whether the word is a whole number, with a sign or a percent sign. */
static gboolean word_value(const Rows *rows, const Word *word, gint64 *value) {
    gboolean negative = FALSE;
    *value = 0;
    if (word->count > 9)
        return FALSE;
    for (guint i = 0; i < word->count; i++) {
        gunichar code = rows_glyph(rows, word->first + i)->code;
        if (g_unichar_isdigit(code))
            *value = *value * 10 + g_unichar_digit_value(code);
        else if (i == 0 && (code == '-' || code == U'−' || code == U'–'))
            negative = TRUE;
        else if (code != '%' && code != ',')
            return FALSE;
    }
    *value = negative ? -*value : *value;
    return TRUE;
}

/* The marks of a chart's axis are evenly apart, in a column … */
static void count_step(const Search *search, const Chunk *chunk, ColumnSummary *column) {
    gint64 value;
    if (chunk->count != 1 ||
        !word_value(search->rows, &g_array_index(search->rows->words, Word, chunk->word), &value))
        return;
    gint64 step = value - column->value;
    column->even += column->values > 1 && step == column->step && step != 0 ? 1 : 0;
    column->value = value;
    column->step = step;
    column->values++;
}

static gboolean is_axis(const ColumnSummary *column) {
    return column->values >= AXIS_VALUES_MIN && column->even * 2 > column->values;
}

/* … or in a row, below everything; years are counted one by one. */
gboolean row_is_axis(const Rows *rows, const Row *text) {
    gint64 last = 0, step = 0;
    for (guint i = 0; i < text->count; i++) {
        gint64 value;
        if (!word_value(rows, row_word(rows, text, i), &value) || (i > 1 && value - last != step))
            return FALSE;
        step = value - last;
        last = value;
    }
    return text->count > AXIS_VALUES_MIN && step != 0 && ABS(step) != 1;
}

static void summarize(const Search *search, const Alignment *block, ColumnSummary *columns,
                      guint *tabular) {
    *tabular = 0;
    for (guint row = block->first; row < block->first + block->count; row++) {
        guint n, last = DOCUMENT_NONE;
        const Chunk *chunks = search_chunks(search, row, &n);
        *tabular += n >= 2 ? 1 : 0;
        *search->work += n;
        for (guint i = 0; i < n; i++) {
            ColumnSummary *column =
                &columns[column_at(block->gutters, (chunks[i].x0 + chunks[i].x1) / 2)];
            guint index = (guint)(column - columns);
            column->rows += index != last ? 1 : 0;
            column->chunks++;
            column->characters += chunks[i].characters;
            column->figures += chunks[i].figure ? 1 : 0;
            count_step(search, &chunks[i], column);
            column->colons += chunks[i].colon ? 1 : 0;
            column->marks += chunks[i].characters <= MARK_CHARACTERS ? 1 : 0;
            last = index;
        }
    }
}

/* Columns with next to nothing in them join their nearer neighbour. */
static void drop_empty_columns(const Search *search, Alignment *block) {
    for (gboolean changed = TRUE; changed && block->gutters->len > 0;) {
        g_autofree ColumnSummary *columns = g_new0(ColumnSummary, block->gutters->len + 1);
        guint tabular;
        changed = FALSE;
        summarize(search, block, columns, &tabular);
        for (guint i = 0; i <= block->gutters->len && !changed; i++) {
            if ((float)columns[i].rows >= MAX(2, (float)tabular * POPULATED))
                continue;
            guint gutters = block->gutters->len, drop = i == gutters ? i - 1 : i;
            if (i > 0 && i < gutters &&
                gap_at(block->gutters, i - 1).x1 - gap_at(block->gutters, i - 1).x0 <
                    gap_at(block->gutters, i).x1 - gap_at(block->gutters, i).x0)
                drop = i - 1;
            g_array_remove_index(block->gutters, drop);
            changed = TRUE;
        }
    }
}

/* Page numbers: whole figures that never fall. */
static gboolean is_contents(const Search *search, const Alignment *block) {
    guint64 last = 0;
    for (guint row = block->first; row < block->first + block->count; row++) {
        guint n;
        const Chunk *chunks = search_chunks(search, row, &n);
        if (n < 2)
            continue;
        guint64 value = 0;
        const Word *word = &g_array_index(search->rows->words, Word, chunks[n - 1].word);
        for (guint i = 0; i < word->count; i++) {
            gunichar code = rows_glyph(search->rows, word->first + i)->code;
            if (!g_unichar_isdigit(code) || word->count > 4)
                return FALSE;
            value = value * 10 + (guint64)g_unichar_digit_value(code);
        }
        if (value < last)
            return FALSE;
        last = value;
    }
    return TRUE;
}

static gboolean is_table(const Search *search, const Alignment *block) {
    guint n = block->gutters->len + 1, tabular, figures = 0, chunks = 0, colons = 0;
    g_autofree ColumnSummary *columns = g_new0(ColumnSummary, n);
    if (n < 2)
        return FALSE;
    summarize(search, block, columns, &tabular);
    for (guint i = 0; i < n; i++) {
        if (columns[i].characters > columns[i].chunks * PROSE_CHARACTERS ||
            columns[i].chunks > columns[i].rows * COLUMN_CHUNKS_MAX)
            return FALSE;
        figures += i > 0 && !is_axis(&columns[i]) ? columns[i].figures : 0;
        chunks += i > 0 ? columns[i].chunks : 0;
        colons += columns[i].colons;
    }
    guint end = block->first + block->count;
    if ((columns[0].marks == columns[0].chunks && n == 2) ||
        row_is_axis(search->rows, &search->from[end - 1]) ||
        (end < search->n && is_text_row(search, end) &&
         row_is_axis(search->rows, &search->from[end])))
        return FALSE;
    if (colons * 3 > tabular)
        return FALSE;
    if (n == 2)
        return tabular >= ROWS_TWO_COLUMNS_MIN && figures * 2 > chunks &&
               !is_contents(search, block);
    return tabular >= ROWS_MIN && figures * 3 > chunks;
}

static Rectangle block_box(const Search *search, const Alignment *block) {
    Rectangle box = {G_MAXFLOAT, 0, -G_MAXFLOAT, 0};
    const Row *rows = &search->from[block->first];
    for (guint i = 0; i < block->count; i++) {
        box.x0 = MIN(box.x0, rows[i].x0);
        box.x1 = MAX(box.x1, rows[i].x1);
    }
    box.y0 = rows[0].centre - rows[0].em * 0.6F;
    box.y1 = rows[block->count - 1].centre + rows[block->count - 1].em * 0.6F;
    return box;
}

/* Rows above a table that say whose it is and in which unit. */
static gboolean is_note_row(const Search *search, guint row) {
    guint n;
    const Chunk *chunks = search_chunks(search, row, &n);
    const Row *text = &search->from[row];
    if (row + 1 < search->n && text[1].centre - text->centre < NOTE_DISTANCE_EM * text->em)
        return FALSE; /* lines of a head are nearer */
    for (guint i = 0; i < n && n <= NOTES_MAX; i++)
        if (chunk_is_note(search->rows, &chunks[i]))
            return TRUE;
    return FALSE;
}

/* Whether the row is too far above the block to head its columns. */
static gboolean is_head_apart(const Search *search, const Alignment *block, guint row) {
    const Row *from = search->from;
    guint last = block->first + block->count - 1;
    float distance = from[row + 1].centre - from[row].centre;
    if (distance <= HEADER_DISTANCE_EM * from[row].em)
        return FALSE;
    return distance > AIRY_DISTANCE_EM * from[row].em || block->count < 2 ||
           distance > AIRY_SLACK * (from[last].centre - from[last - 1].centre);
}

/* Whether a head stands beside two rows of heads, as 项目 does. */
static gboolean is_between(const Search *search, const Alignment *block, guint row) {
    const Row *from = search->from;
    guint last = block->first + block->count - 1, n;
    if (row == 0 || block->count < 2 || !is_text_row(search, row - 1))
        return FALSE;
    search_chunks(search, row - 1, &n);
    float pitch = (from[last].centre - from[last - 1].centre) * BESIDE;
    return n > 1 && from[row].centre - from[row - 1].centre < pitch &&
           from[row + 1].centre - from[row].centre < pitch;
}

/* Whether the row above the block heads its columns. */
static gboolean is_header(const Search *search, const Alignment *block, guint row) {
    guint n;
    const Chunk *chunks = search_chunks(search, row, &n);
    float em = search->from[row].em;
    if (!is_text_row(search, row) || n == 0 || is_note_row(search, row) ||
        is_head_apart(search, block, row))
        return FALSE;
    for (guint i = 0; i < n; i++)
        if (chunks[i].characters > HEADER_CHARACTERS_MAX || chunks[i].x0 < block->box.x0 - 2 * em ||
            chunks[i].x1 > block->box.x1 + 2 * em)
            return FALSE;
    if (n >= 2 || is_between(search, block, row))
        return TRUE;
    /* A caption stands in the middle of all columns, larger or further away than a head. */
    float off = (chunks[0].x0 + chunks[0].x1 - block->box.x0 - block->box.x1) / 2;
    gboolean apart = em - search->from[row + 1].em > LARGER_POINTS ||
                     search->from[row + 1].centre - search->from[row].centre > APART_EM * em;
    return chunks[0].x0 > gap_at(block->gutters, 0).x0 - em / 2 && (fabsf(off) > em || !apart);
}

static void extend_header(const Search *search, Alignment *block, guint lowest) {
    for (guint i = 0; i < HEADER_ROWS_MAX && block->first > lowest; i++) {
        if (!is_header(search, block, block->first - 1))
            break;
        block->first--;
        block->count++;
    }
    block->box = block_box(search, block);
}

/* The chunks of the block's rows, parted at its gutters too where these are `refined`. */
static void copy_chunks(const Search *search, Alignment *block, gboolean refined) {
    for (guint row = block->first; row <= block->first + block->count; row++) {
        guint n;
        g_array_append_val(block->starts, block->chunks->len);
        if (row == block->first + block->count)
            break;
        const Chunk *chunks = search_chunks(search, row, &n);
        if (refined)
            row_chunks_between(search->rows, &search->from[row], block->gutters, block->chunks);
        else if (n > 0)
            g_array_append_vals(block->chunks, chunks, n);
    }
}

static guint block_head(const Search *search, const Alignment *block) {
    return head_length(search->chunks, search->starts, block->first, block->count);
}

/* All rows together may show more columns than the gaps between chunks do. */
static gboolean refine_columns(const Search *search, Alignment *block) {
    g_autoptr(GArray) gutters = columns_find(search->rows, &search->from[block->first],
                                             block->count, block_head(search, block));
    *search->work += block->count * (guint64)gutters->len;
    if (gutters->len < 1)
        return FALSE;
    g_array_unref(block->gutters);
    block->gutters = g_steal_pointer(&gutters);
    return TRUE;
}

/* The table that starts at a row, or NULL; `end` is behind the last row that shares its gutters. */
static Alignment *alignment_at(const Search *search, guint first, guint lowest, guint *end) {
    g_autoptr(Alignment) block = g_new0(Alignment, 1);
    GArray *gaps = g_array_new(FALSE, FALSE, sizeof(Gap));
    block->chunks = g_array_new(FALSE, FALSE, sizeof(Chunk));
    block->starts = g_array_new(FALSE, FALSE, sizeof(guint));
    block->first = first;
    block->count = grow(search, first, &gaps);
    *end = first + block->count;
    block->gutters = gaps;
    g_array_remove_index(gaps, gaps->len - 1);
    if (gaps->len > 0)
        g_array_remove_index(gaps, 0);
    drop_empty_columns(search, block);
    if (!is_table(search, block))
        return NULL;
    block->box = block_box(search, block);
    extend_header(search, block, lowest);
    copy_chunks(search, block, refine_columns(search, block));
    return g_steal_pointer(&block);
}

/* The table that starts at a row, or at the first row of its figures where that reaches further:
 * gaps between heads are not those between columns. */
static Alignment *longest_at(const Search *search, guint first, guint lowest, guint *end) {
    Alignment *block = alignment_at(search, first, lowest, end);
    guint head = block == NULL ? 0 : block_head(search, block), other_end;
    if (head == 0 || block->first + head <= first)
        return block;
    Alignment *other = alignment_at(search, block->first + head, lowest, &other_end);
    if (other == NULL || other->first + other->count <= block->first + block->count) {
        alignment_free(other);
        return block;
    }
    alignment_free(block);
    *end = MAX(*end, other_end);
    return other;
}

typedef struct {
    guint first, end; /* rows that share gutters and are no table, from the first refusal on */
} Refusal;

/* Rows that were refused may still end in a table. They are tried again ever further apart, as long
 * as they share gutters: trying all would cost the square of a page of prose in columns. */
static guint next_start(Refusal *refusal, guint refused, guint end) {
    if (refused >= refusal->end)
        refusal->first = refused;
    refusal->end = MAX(refusal->end, end);
    return refused + 1 + (refused - refusal->first) / REFUSED_ROWS;
}

GPtrArray *alignments_find(const Rows *rows, const Row *from, guint n, const GArray *drawings,
                           gboolean *limited) {
    GPtrArray *found = g_ptr_array_new_with_free_func((GDestroyNotify)alignment_free);
    g_autoptr(GArray) chunks = g_array_new(FALSE, TRUE, sizeof(Chunk));
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(guint));
    guint64 work = 0, most = ((guint64)n + ROWS_FREE) * ROW_WORK;
    Search search = {rows, from, n, drawings, chunks, starts, &work};
    for (guint i = 0; i <= n; i++) {
        g_array_append_val(starts, chunks->len);
        if (i < n)
            row_chunks(rows, &from[i], chunks);
    }
    guint lowest = 0;
    Refusal refusal = {0};
    for (guint i = 0; i + 1 < n;) {
        guint count, end;
        if (work > most) {
            *limited = TRUE;
            break;
        }
        search_chunks(&search, i, &count);
        gboolean seed = count >= 2 && is_text_row(&search, i) && !is_note_row(&search, i);
        Alignment *block = seed ? longest_at(&search, i, lowest, &end) : NULL;
        if (block == NULL) {
            i = seed ? next_start(&refusal, i, end) : i + 1;
            continue;
        }
        g_ptr_array_add(found, block);
        i = lowest = block->first + block->count;
    }
    return found;
}
