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
#include "extract/align.h"
#include <math.h>

static const float CHUNK_GAP_EM = 0.8F;    /* a wider gap parts two chunks */
static const float SEED_GUTTER_EM = 1.0F;  /* a gutter is this wide in the first row */
static const float GUTTER_EM = 0.4F;       /* and this wide in all */
static const float ROW_DISTANCE_EM = 3.2F; /* rows further apart are not of one block */
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
    LEADER_CHARACTERS_MIN = 3, /* of ...... */
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

gboolean word_is_leader(const Rows *rows, const Word *word) {
    for (guint i = 0; i < word->count; i++) {
        gunichar code = rows_glyph(rows, word->first + i)->code;
        if (code != '.' && code != U'…' && code != U'·' && code != '_' && code != U'⋯')
            return FALSE;
    }
    return word->count >= LEADER_CHARACTERS_MIN;
}

void chunk_describe(const Rows *rows, Chunk *chunk) {
    guint digits = 0, letters = 0, others = 0;
    gunichar first = 0, last = 0;
    chunk->x0 = G_MAXFLOAT;
    chunk->x1 = -G_MAXFLOAT;
    chunk->centre = 0;
    chunk->characters = 0;
    for (guint w = 0; w < chunk->count; w++) {
        const Word *word = &g_array_index(rows->words, Word, chunk->word + w);
        chunk->x0 = MIN(chunk->x0, word->x0);
        chunk->x1 = MAX(chunk->x1, word->x1);
        chunk->centre += word->centre / (float)chunk->count;
        for (guint i = 0; i < word->count; i++) {
            last = rows_glyph(rows, word->first + i)->code;
            first = first == 0 ? last : first;
            chunk->characters++;
            if (g_unichar_isdigit(last))
                digits++;
            else if (g_unichar_isalpha(last))
                letters++;
            else
                others++;
        }
    }
    chunk->figure =
        (digits > 0 && letters <= 2 && letters < digits) || (digits + letters == 0 && others <= 3);
    chunk->lowercase = g_unichar_islower(first);
    chunk->colon = last == ':' || last == U'：';
}

void row_chunks(const Rows *rows, const Row *row, GArray *chunks) {
    gboolean open = FALSE;
    guint from = chunks->len;
    for (guint i = 0; i < row->count; i++) {
        const Word *word = row_word(rows, row, i);
        Chunk *last = open ? &g_array_index(chunks, Chunk, chunks->len - 1) : NULL;
        if (word_is_leader(rows, word)) {
            open = FALSE;
        } else if (last != NULL && word->x0 - last->x1 < CHUNK_GAP_EM * row->em) {
            last->x1 = MAX(last->x1, word->x1);
            last->count++;
        } else {
            Chunk chunk = {.x0 = word->x0, .x1 = word->x1, .word = row->first + i, .count = 1};
            g_array_append_val(chunks, chunk);
            open = TRUE;
        }
    }
    for (guint i = from; i < chunks->len; i++)
        chunk_describe(rows, &g_array_index(chunks, Chunk, i));
}

gboolean chunk_is_note(const Rows *rows, const Chunk *chunk) {
    guint at = 0;
    for (guint w = 0; w < chunk->count; w++) {
        const Word *word = &g_array_index(rows->words, Word, chunk->word + w);
        for (guint i = 0; i < word->count; i++, at++) {
            gunichar code = rows_glyph(rows, word->first + i)->code;
            if (code == U'：' || code == ':')
                return at > 1 && at + 1 < chunk->characters;
        }
    }
    return FALSE;
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

/* Grows a block from `first`; `gaps` becomes its gutters with the outer gaps. Gives its rows. */
static guint grow(const Search *search, guint first, GArray **gaps) {
    g_autoptr(GArray) left = g_array_new(FALSE, FALSE, sizeof(Gap));
    guint end = first + 1, tabular = 1, singles = 0, spans = 0;
    seed_gaps(search, first, *gaps);
    for (guint i = first + 1; i < search->n && is_text_row(search, i); i++) {
        guint n;
        const Chunk *chunks = search_chunks(search, i, &n);
        float em = MAX(search->from[i].em, search->from[first].em);
        if (search->from[i].centre - search->from[i - 1].centre > ROW_DISTANCE_EM * em ||
            (*gaps)->len > COLUMNS_MAX)
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

/* Whether the row above the block heads its columns. */
static gboolean is_header(const Search *search, const Alignment *block, guint row) {
    guint n;
    const Chunk *chunks = search_chunks(search, row, &n);
    float em = search->from[row].em;
    if (!is_text_row(search, row) || n == 0 || is_note_row(search, row) ||
        search->from[row + 1].centre - search->from[row].centre > HEADER_DISTANCE_EM * em)
        return FALSE;
    for (guint i = 0; i < n; i++)
        if (chunks[i].characters > HEADER_CHARACTERS_MAX || chunks[i].x0 < block->box.x0 - 2 * em ||
            chunks[i].x1 > block->box.x1 + 2 * em)
            return FALSE;
    if (n >= 2)
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

static void copy_chunks(const Search *search, Alignment *block) {
    for (guint row = block->first; row <= block->first + block->count; row++) {
        guint n;
        g_array_append_val(block->starts, block->chunks->len);
        if (row == block->first + block->count)
            break;
        const Chunk *chunks = search_chunks(search, row, &n);
        if (n > 0)
            g_array_append_vals(block->chunks, chunks, n);
    }
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
    copy_chunks(search, block);
    return g_steal_pointer(&block);
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
        Alignment *block = seed ? alignment_at(&search, i, lowest, &end) : NULL;
        if (block == NULL) {
            i = seed ? next_start(&refusal, i, end) : i + 1;
            continue;
        }
        g_ptr_array_add(found, block);
        i = lowest = block->first + block->count;
    }
    return found;
}
