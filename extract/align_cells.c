/* From rows and gutters to cells.
 *
 *                2007          2006        a chunk over a gutter spans its columns
 *   Country    N    % Pos    N    % Pos    header lines below each other are one cell
 *   Austria   109    0.9     93    1.1
 *   of which                               a line that only goes on joins the row above
 *
 * The rows come first (`align_rows.h`), then every chunk goes into the cell of its row and columns;
 * a cell whose lines stand in several rows spans them.
 */
#include "extract/align_rows.h"

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

static gboolean is_year(const AlignedText *text, const Chunk *chunk) {
    const Word *word = &g_array_index(text->rows->words, Word, chunk->word);
    if (chunk->count != 1 || word->count != 4)
        return FALSE;
    gunichar first = rows_glyph(text->rows, word->first)->code;
    gunichar second = rows_glyph(text->rows, word->first + 1)->code;
    return (first == '1' && second == '9') || (first == '2' && second == '0');
}

/* Rows before the first whose chunks right of the first column are mostly figures. */
static guint header_length(const AlignedText *text) {
    for (guint row = 0; row < text->block->count; row++) {
        guint figures = 0, others = 0;
        for (guint i = 0; i < aligned_count(text, row); i++) {
            const Chunk *chunk = aligned_chunk(text, aligned_first(text, row) + i);
            guint first, end;
            aligned_columns(text, chunk, &first, &end);
            if (first == 0)
                continue;
            if (chunk->figure && !is_year(text, chunk))
                figures++;
            else
                others++;
        }
        if (figures > 0 && figures >= others)
            return row;
    }
    return 0;
}

/* The edges of the table's rows: halfway between the lowest text of one and the highest of the
 * next. */
static GArray *row_edges(const AlignedText *text, const AlignedRows *rows) {
    GArray *ys = g_array_new(FALSE, FALSE, sizeof(float));
    g_autofree float *tops = g_new(float, rows->rows + 1);
    g_autofree float *bottoms = g_new(float, rows->rows + 1);
    for (guint row = 0; row < rows->rows; row++) {
        tops[row] = G_MAXFLOAT;
        bottoms[row] = -G_MAXFLOAT;
    }
    for (guint row = 0; row < text->block->count; row++) {
        guint at = rows->first[row];
        if (at != rows->last[row])
            continue;
        tops[at] = MIN(tops[at], text->from[row].centre);
        bottoms[at] = MAX(bottoms[at], text->from[row].centre);
    }
    g_array_append_val(ys, text->block->box.y0);
    for (guint row = 1; row < rows->rows; row++) {
        float y = (bottoms[row - 1] + tops[row]) / 2;
        y = MAX(y, g_array_index(ys, float, row - 1));
        g_array_append_val(ys, y);
    }
    g_array_append_val(ys, text->block->box.y1);
    return ys;
}

static GArray *column_edges(const AlignedText *text) {
    GArray *xs = g_array_new(FALSE, FALSE, sizeof(float));
    g_array_append_val(xs, text->block->box.x0);
    for (guint i = 0; i < text->block->gutters->len; i++) {
        float x = aligned_edge(text, i);
        g_array_append_val(xs, x);
    }
    g_array_append_val(xs, text->block->box.x1);
    return xs;
}

typedef struct {
    const AlignedText *text;
    const AlignedRows *rows;
    AlignedTable *table;
    guint *owners; /* the cell over each unit square, by index + 1; made as chunks come */
    guint *cells;  /* of each chunk, by index + 1 */
} Placing;

static guint *square(const Placing *placing, guint row, guint column) {
    return &placing->owners[row * placing->table->columns + column];
}

/* Whether nothing but `owner` stands on the squares. */
static gboolean are_free(const Placing *placing, const Cell *cell, guint owner) {
    for (guint row = cell->row; row < cell->row + cell->row_span; row++)
        for (guint c = cell->column; c < cell->column + cell->column_span; c++)
            if (*square(placing, row, c) != 0 && *square(placing, row, c) != owner)
                return FALSE;
    return TRUE;
}

static void take_squares(const Placing *placing, const Cell *cell, guint owner) {
    for (guint row = cell->row; row < cell->row + cell->row_span; row++)
        for (guint c = cell->column; c < cell->column + cell->column_span; c++)
            *square(placing, row, c) = owner;
}

/* The cell that a chunk goes on with, in its row or above; else a new one. */
static guint owner_of(Placing *placing, guint chunk, guint row, guint first, guint end) {
    guint owner = *square(placing, row, first), upper = placing->rows->upper[chunk];
    for (guint c = first; c < end; c++)
        if (*square(placing, row, c) != 0)
            owner = *square(placing, row, c);
    if (owner == 0 && upper != DOCUMENT_NONE)
        owner = placing->cells[upper];
    if (owner != 0)
        return owner;
    AlignedCell cell = {.cell = {.row = row, .column = first, .row_span = 1, .column_span = 1}};
    cell.words = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_val(placing->table->cells, cell);
    return placing->table->cells->len;
}

/* A cell grows over what its text covers, as far as others leave room. */
static void grow_cell(const Placing *placing, guint owner, guint row, guint last, guint first,
                      guint end) {
    Cell *cell = &g_array_index(placing->table->cells, AlignedCell, owner - 1).cell;
    Cell larger = *cell, wider = *cell;
    guint bottom = MAX(cell->row + cell->row_span, last + 1);
    guint right = MAX(cell->column + cell->column_span, end);
    larger.row = MIN(cell->row, row);
    larger.row_span = bottom - larger.row;
    if (are_free(placing, &larger, owner))
        wider = larger;
    larger = wider;
    larger.column = MIN(cell->column, first);
    for (; right > larger.column + wider.column_span || right > cell->column; right--) {
        larger.column_span = right - larger.column;
        if (are_free(placing, &larger, owner)) {
            wider = larger;
            break;
        }
    }
    *cell = wider;
    take_squares(placing, cell, owner);
}

static void place_chunk(Placing *placing, guint row, guint i) {
    const Chunk *chunk = aligned_chunk(placing->text, i);
    guint first, end, at = placing->rows->first[row], last = placing->rows->last[row];
    aligned_columns(placing->text, chunk, &first, &end);
    guint owner = owner_of(placing, i, at, first, end);
    placing->cells[i] = owner;
    grow_cell(placing, owner, at, last, first, end);
    for (guint w = 0; w < chunk->count; w++) {
        guint word = chunk->word + w;
        g_array_append_val(g_array_index(placing->table->cells, AlignedCell, owner - 1).words,
                           word);
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
    AlignedText text = {rows,   from + alignment->first,     alignment,
                        across, alignment->gutters->len + 1, 0};
    AlignedTable *table = g_new0(AlignedTable, 1);
    text.header = alignment->header > 0 ? alignment->header : header_length(&text);
    g_autoptr(AlignedRows) found = aligned_rows_new(&text);
    table->rows = found->rows;
    table->columns = text.columns;
    table->header_rows = text.header == 0 ? 0 : found->first[text.header];
    table->xs = column_edges(&text);
    table->cells = g_array_new(FALSE, TRUE, sizeof(AlignedCell));
    g_autofree guint *owners = g_new0(guint, (gsize)table->rows * table->columns);
    g_autofree guint *cells = g_new0(guint, alignment->chunks->len + 1);
    Placing placing = {&text, found, table, owners, cells};
    for (guint row = 0; row < alignment->count; row++)
        for (guint i = 0; i < aligned_count(&text, row); i++)
            place_chunk(&placing, row, aligned_first(&text, row) + i);
    g_autoptr(GArray) ys = row_edges(&text, found);
    finish_cells(table, owners, ys);
    return table;
}
