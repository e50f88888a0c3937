/* From rows and gutters to cells.
 *
 *                2007          2006        a chunk over a gutter spans its columns
 *   Country    N    % Pos    N    % Pos    header lines below each other are one cell
 *   Austria   109    0.9     93    1.1
 *   of which                               a line that only goes on joins the row above
 *
 * Rows are merged first (each row of text gets the number of its table row), then every chunk goes
 * into the cell of its row and columns.
 */
#include "extract/align.h"
#include <math.h>

static const float TIGHT = 1.15F; /* wrapped lines are no further apart than the closest rows */
static const float BARRIER_PART = 0.5F; /* a rule this much of the table's width parts rows */

void aligned_table_free(AlignedTable *table) {
    if (table == NULL)
        return;
    for (guint i = 0; i < table->cells->len; i++) {
        GArray *words = g_array_index(table->cells, AlignedCell, i).words;
        if (words != NULL)
            g_array_unref(words);
    }
    g_array_unref(table->cells);
    g_array_unref(table->xs);
    g_free(table);
}

typedef struct {
    const Rows *rows;
    const Row *from; /* the block's rows */
    const Alignment *block;
    const GArray *across;
    guint columns, header; /* leading rows of text that head the columns */
    guint *numbers;        /* the table row of each row of text */
} Build;

static const Chunk *row_chunk(const Build *build, guint row, guint i) {
    return &g_array_index(build->block->chunks, Chunk,
                          g_array_index(build->block->starts, guint, row) + i);
}

static guint row_count(const Build *build, guint row) {
    return g_array_index(build->block->starts, guint, row + 1) -
           g_array_index(build->block->starts, guint, row);
}

static float gutter_middle(const Build *build, guint i) {
    Gap gap = g_array_index(build->block->gutters, Gap, i);
    return (gap.x0 + gap.x1) / 2;
}

static guint column_of(const Build *build, float x) {
    guint low = 0, high = build->block->gutters->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (gutter_middle(build, middle) < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The columns that a chunk covers. */
static void chunk_columns(const Build *build, const Chunk *chunk, guint *first, guint *end) {
    *first = column_of(build, chunk->x0);
    *end = MAX(*first, column_of(build, chunk->x1)) + 1;
}

static gboolean has_barrier(const Build *build, guint row) {
    float from = build->from[row].centre, to = build->from[row + 1].centre;
    Rectangle box = build->block->box;
    guint low = 0, high = build->across->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(build->across, Rule, middle).at < from)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < build->across->len; low++) {
        const Rule *rule = &g_array_index(build->across, Rule, low);
        if (rule->at > to)
            return FALSE;
        if (MIN(rule->end, box.x1) - MAX(rule->start, box.x0) > (box.x1 - box.x0) * BARRIER_PART)
            return TRUE;
    }
    return FALSE;
}

static gboolean is_year(const Build *build, const Chunk *chunk) {
    const Word *word = &g_array_index(build->rows->words, Word, chunk->word);
    if (chunk->count != 1 || word->count != 4)
        return FALSE;
    gunichar first = rows_glyph(build->rows, word->first)->code;
    gunichar second = rows_glyph(build->rows, word->first + 1)->code;
    return (first == '1' && second == '9') || (first == '2' && second == '0');
}

/* Rows before the first whose chunks right of the first column are mostly figures. */
static guint header_length(const Build *build) {
    for (guint row = 0; row < build->block->count; row++) {
        guint figures = 0, others = 0;
        for (guint i = 0; i < row_count(build, row); i++) {
            const Chunk *chunk = row_chunk(build, row, i);
            guint first, end;
            chunk_columns(build, chunk, &first, &end);
            if (first == 0)
                continue;
            if (chunk->figure && !is_year(build, chunk))
                figures++;
            else
                others++;
        }
        if (figures > 0 && figures >= others)
            return row;
    }
    return 0;
}

/* The closest distance of two rows of the body. */
static float tight_pitch(const Build *build) {
    float pitch = G_MAXFLOAT;
    for (guint i = build->header; i + 1 < build->block->count; i++)
        pitch = MIN(pitch, build->from[i + 1].centre - build->from[i].centre);
    return pitch * TIGHT;
}

static gboolean has_chunk_in(const Build *build, guint row, guint column, gboolean words_only) {
    for (guint i = 0; i < row_count(build, row); i++) {
        guint first, end;
        chunk_columns(build, row_chunk(build, row, i), &first, &end);
        if (first <= column && column < end)
            return !words_only || !row_chunk(build, row, i)->figure;
    }
    return FALSE;
}

/* Whether the row only goes on with the one above: words under words, and no label of its own, or
 * a label alone that begins in lower case. */
static gboolean goes_on(const Build *build, guint row) {
    guint n = row_count(build, row);
    if (n == 1 && has_chunk_in(build, row, 0, TRUE))
        return row_chunk(build, row, 0)->lowercase && has_chunk_in(build, row - 1, 0, TRUE);
    for (guint i = 0; i < n; i++) {
        const Chunk *chunk = row_chunk(build, row, i);
        guint first, end;
        chunk_columns(build, chunk, &first, &end);
        if (first == 0 || chunk->figure || !has_chunk_in(build, row - 1, first, TRUE))
            return FALSE;
    }
    return n > 0;
}

/* Whether the label above, alone in its row, is the first line of this row's label. */
static gboolean completes(const Build *build, guint row) {
    return row_count(build, row - 1) == 1 && has_chunk_in(build, row - 1, 0, TRUE) &&
           row_count(build, row) > 1 && has_chunk_in(build, row, 0, TRUE) &&
           row_chunk(build, row, 0)->lowercase;
}

static gboolean has_span(const Build *build, guint row) {
    for (guint i = 0; i < row_count(build, row); i++) {
        guint first, end;
        chunk_columns(build, row_chunk(build, row, i), &first, &end);
        if (end - first > 1)
            return TRUE;
    }
    return FALSE;
}

/* Numbers the table rows: header lines below the last row that spans are one. */
static guint number_rows(Build *build) {
    float tight = tight_pitch(build);
    guint number = 0;
    build->numbers[0] = 0;
    for (guint row = 1; row < build->block->count; row++) {
        gboolean merged, barrier = has_barrier(build, row - 1);
        if (row < build->header)
            merged = !barrier && !has_span(build, row - 1) && !has_span(build, row);
        else
            merged = row > build->header && !barrier &&
                     build->from[row].centre - build->from[row - 1].centre <= tight &&
                     (goes_on(build, row) || completes(build, row));
        number += merged ? 0 : 1;
        build->numbers[row] = number;
    }
    return number + 1;
}

/* The edges of the table's rows: halfway between the text. */
static GArray *row_edges(const Build *build) {
    GArray *ys = g_array_new(FALSE, FALSE, sizeof(float));
    g_array_append_val(ys, build->block->box.y0);
    for (guint row = 1; row < build->block->count; row++) {
        float y = (build->from[row - 1].centre + build->from[row].centre) / 2;
        if (build->numbers[row] != build->numbers[row - 1])
            g_array_append_val(ys, y);
    }
    g_array_append_val(ys, build->block->box.y1);
    return ys;
}

static GArray *column_edges(const Build *build) {
    GArray *xs = g_array_new(FALSE, FALSE, sizeof(float));
    g_array_append_val(xs, build->block->box.x0);
    for (guint i = 0; i < build->block->gutters->len; i++) {
        float x = gutter_middle(build, i);
        g_array_append_val(xs, x);
    }
    g_array_append_val(xs, build->block->box.x1);
    return xs;
}

/* The cell over each unit square, by index + 1; cells are made as chunks come. */
static void place_chunk(const Build *build, AlignedTable *table, guint *owners, guint row,
                        const Chunk *chunk) {
    guint first, end;
    chunk_columns(build, chunk, &first, &end);
    guint at = row * table->columns, owner = owners[at + first];
    for (guint c = first; c < end; c++)
        if (owners[at + c] != 0)
            owner = owners[at + c];
    if (owner == 0) {
        AlignedCell cell = {.cell = {.row = row, .column = first, .row_span = 1, .column_span = 1}};
        cell.words = g_array_new(FALSE, FALSE, sizeof(guint));
        g_array_append_val(table->cells, cell);
        owner = table->cells->len;
    }
    AlignedCell *cell = &g_array_index(table->cells, AlignedCell, owner - 1);
    guint left = MIN(cell->cell.column, first);
    guint right = MAX(cell->cell.column + cell->cell.column_span, end);
    for (guint c = left; c < right; c++)
        if (owners[at + c] != 0 && owners[at + c] != owner)
            right = MIN(right, MAX(c, left + 1));
    cell->cell.column = left;
    cell->cell.column_span = right - left;
    for (guint c = left; c < right; c++)
        owners[at + c] = owner;
    for (guint w = 0; w < chunk->count; w++) {
        guint word = chunk->word + w;
        g_array_append_val(cell->words, word);
    }
}

static int compare_cells(gconstpointer a, gconstpointer b) {
    const Cell *p = &((const AlignedCell *)a)->cell, *q = &((const AlignedCell *)b)->cell;
    if (p->row != q->row)
        return p->row < q->row ? -1 : 1;
    return (p->column > q->column) - (p->column < q->column);
}

/* Blank cells where nothing stands; boxes; order. */
static void finish_cells(AlignedTable *table, const guint *owners, const GArray *ys) {
    for (guint row = 0; row < table->rows; row++)
        for (guint column = 0; column < table->columns; column++)
            if (owners[row * table->columns + column] == 0) {
                AlignedCell blank = {
                    .cell = {.row = row, .column = column, .row_span = 1, .column_span = 1}};
                g_array_append_val(table->cells, blank);
            }
    g_array_sort(table->cells, compare_cells);
    for (guint i = 0; i < table->cells->len; i++) {
        Cell *cell = &g_array_index(table->cells, AlignedCell, i).cell;
        cell->box = (Rectangle){g_array_index(table->xs, float, cell->column),
                                g_array_index(ys, float, cell->row),
                                g_array_index(table->xs, float, cell->column + cell->column_span),
                                g_array_index(ys, float, cell->row + cell->row_span)};
    }
}

AlignedTable *aligned_table_new(const Rows *rows, const Row *from, const Alignment *alignment,
                                const GArray *across) {
    g_autofree guint *numbers = g_new0(guint, alignment->count + 1);
    Build build = {
        rows, from + alignment->first, alignment, across, alignment->gutters->len + 1, 0, numbers};
    AlignedTable *table = g_new0(AlignedTable, 1);
    build.header = alignment->header > 0 ? alignment->header : header_length(&build);
    table->rows = number_rows(&build);
    table->columns = build.columns;
    table->header_rows = build.header == 0 ? 0 : numbers[build.header];
    table->xs = column_edges(&build);
    table->cells = g_array_new(FALSE, TRUE, sizeof(AlignedCell));
    g_autofree guint *owners = g_new0(guint, (gsize)table->rows * table->columns);
    for (guint row = 0; row < alignment->count; row++)
        for (guint i = 0; i < row_count(&build, row); i++)
            place_chunk(&build, table, owners, numbers[row], row_chunk(&build, row, i));
    g_autoptr(GArray) ys = row_edges(&build);
    finish_cells(table, owners, ys);
    return table;
}
