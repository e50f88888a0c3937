/* From rows and gutters to cells.
 *
 *                2007          2006        a chunk over a gutter spans its columns
 *   Country    N    % Pos    N    % Pos    header lines below each other are one cell
 *   Austria   109    0.9     93    1.1
 *   of which                               a line that only goes on joins the row above
 *
 * The rows come first (`align_rows.h`), then every chunk goes into the cell of its row and columns;
 * a cell whose lines stand in several rows spans them. Labels span the rows that no rule parts, or
 * in whose middle they stand.
 */
#include "extract/align_rows.h"
#include <math.h>

enum { YEAR_CHARACTERS_MAX = 7, LABEL_COLUMNS_MAX = 2 };
static const float CENTRED_EM = 0.25F; /* what stands in the middle of rows is off by less */
static const float FLUSH_EM = 1.0F;    /* texts that begin at one place */

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

/* 2021, 2021年, FY 2021: a year may head a column. */
static gboolean is_year(const AlignedText *text, const Chunk *chunk) {
    gunichar digits[4] = {0};
    guint n = 0;
    if (chunk->characters > YEAR_CHARACTERS_MAX)
        return FALSE;
    for (guint w = 0; w < chunk->count; w++) {
        const Word *word = &g_array_index(text->rows->words, Word, chunk->word + w);
        for (guint i = 0; i < word->count; i++) {
            gunichar code = rows_glyph(text->rows, word->first + i)->code;
            if (g_unichar_isdigit(code) && n < G_N_ELEMENTS(digits))
                digits[n++] = code;
            else if (!g_unichar_isalpha(code))
                return FALSE;
        }
    }
    return n == G_N_ELEMENTS(digits) &&
           ((digits[0] == '1' && digits[1] == '9') || (digits[0] == '2' && digits[1] == '0'));
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

/* The centres of the highest and the lowest text of each row of the table. */
static Gap *row_extents(const AlignedText *text, const AlignedRows *rows) {
    Gap *extents = g_new(Gap, rows->rows + 1);
    for (guint row = 0; row < rows->rows; row++)
        extents[row] = (Gap){G_MAXFLOAT, -G_MAXFLOAT};
    for (guint row = 0; row < text->block->count; row++) {
        Gap *extent = &extents[rows->first[row]];
        if (rows->first[row] != rows->last[row])
            continue;
        extent->x0 = MIN(extent->x0, text->from[row].centre);
        extent->x1 = MAX(extent->x1, text->from[row].centre);
    }
    return extents;
}

/* The edges of the table's rows: halfway between their text. */
static GArray *row_edges(const AlignedText *text, guint rows, const Gap *extents) {
    GArray *ys = g_array_new(FALSE, FALSE, sizeof(float));
    g_array_append_val(ys, text->block->box.y0);
    for (guint row = 1; row < rows; row++) {
        float y = (extents[row - 1].x1 + extents[row].x0) / 2;
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

/* Where a cell's text begins. */
static float text_start(const Placing *placing, guint owner) {
    const GArray *words = g_array_index(placing->table->cells, AlignedCell, owner - 1).words;
    float start = G_MAXFLOAT;
    for (guint i = 0; i < words->len; i++)
        start =
            MIN(start,
                g_array_index(placing->text->rows->words, Word, g_array_index(words, guint, i)).x0);
    return start;
}

/* Whether nothing heads this column but the row of heads below. */
static gboolean lacks_head(const Placing *placing, guint row, guint column) {
    guint below = *square(placing, row + 1, column);
    return *square(placing, row, column) == 0 && below != 0 &&
           g_array_index(placing->table->cells, AlignedCell, below - 1).cell.row == row + 1;
}

/* A head over several columns may be as narrow as one of them: it stands in their middle, or where
 * the first of them begins. (Where the first column has no head above either, heads stand as low as
 * they can, and those above are as wide as they look.) */
static void span_head(Placing *placing, guint owner) {
    Cell *cell = &g_array_index(placing->table->cells, AlignedCell, owner - 1).cell;
    guint row = cell->row, left = 0, right = 0, first = cell->column;
    guint end = first + cell->column_span, below = *square(placing, row + 1, first);
    while (left < first && lacks_head(placing, row, first - left - 1))
        left++;
    while (end + right < placing->table->columns && lacks_head(placing, row, end + right))
        right++;
    if (below == 0 || below == owner || (left == 0 && right == 0))
        return;
    float apart = text_start(placing, below) - text_start(placing, owner);
    if (left > 0 && right > 0)
        left = right = MIN(left, right);
    else if (left > 0 || fabsf(apart) > FLUSH_EM * placing->text->from[0].em)
        return;
    cell->column -= left;
    cell->column_span += left + right;
    take_squares(placing, cell, owner);
}

static void span_heads(Placing *placing) {
    const AlignedTable *table = placing->table;
    for (guint row = 0; row + 1 < table->header_rows; row++)
        for (guint column = 0; column < table->columns && !lacks_head(placing, row, 0); column++) {
            guint owner = *square(placing, row, column);
            if (owner == 0)
                continue;
            const Cell *cell = &g_array_index(table->cells, AlignedCell, owner - 1).cell;
            if (cell->row == row && cell->row_span == 1)
                span_head(placing, owner);
            column = cell->column + cell->column_span - 1;
        }
}

/* Whether the rule between two rows of the table leaves out this column. */
static gboolean is_joined(const Placing *placing, const Gap *extents, guint row, guint column) {
    const GArray *xs = placing->table->xs;
    float x = (g_array_index(xs, float, column) + g_array_index(xs, float, column + 1)) / 2;
    float y0 = extents[row].x1, y1 = extents[row + 1].x0;
    return aligned_has_barrier(placing->text, y0, y1) &&
           !aligned_is_parted(placing->text, x, y0, y1);
}

/* A label stands for all rows that no rule parts in its column. */
static void join_rows(Placing *placing, const Gap *extents) {
    const AlignedTable *table = placing->table;
    guint rows = placing->rows->ruled ? table->rows : MIN(table->header_rows, table->rows);
    for (guint column = 0; column < table->columns; column++)
        for (guint row = 0; row < rows; row++) {
            guint first = row, owner = *square(placing, row, column);
            gboolean only = TRUE;
            while (row + 1 < rows && is_joined(placing, extents, row, column)) {
                guint other = *square(placing, ++row, column);
                only = only && (other == 0 || owner == 0 || other == owner);
                owner = owner == 0 ? other : owner;
            }
            /* Heads that stand low have nothing above. */
            gboolean low = first < table->header_rows && *square(placing, first, column) == 0;
            if (owner == 0 || !only || row == first || low)
                continue;
            Cell *cell = &g_array_index(table->cells, AlignedCell, owner - 1).cell;
            Cell tall = *cell;
            tall.row = MIN(cell->row, first);
            tall.row_span = row + 1 - tall.row;
            if (cell->row >= first && cell->column_span == 1 && are_free(placing, &tall, owner)) {
                *cell = tall;
                take_squares(placing, cell, owner);
            }
        }
}

/* The text of each row of the table right of a column: the centres of its first and last lines. */
static Gap *extents_right_of(const Placing *placing, guint column) {
    const AlignedText *text = placing->text;
    Gap *extents = g_new(Gap, placing->rows->rows + 1);
    for (guint row = 0; row < placing->rows->rows; row++)
        extents[row] = (Gap){G_MAXFLOAT, -G_MAXFLOAT};
    for (guint row = 0; row < text->block->count; row++)
        for (guint i = 0; i < aligned_count(text, row); i++) {
            guint first, end;
            const Chunk *chunk = aligned_chunk(text, aligned_first(text, row) + i);
            aligned_columns(text, chunk, &first, &end);
            if (first <= column || placing->rows->first[row] != placing->rows->last[row])
                continue;
            Gap *extent = &extents[placing->rows->first[row]];
            extent->x0 = MIN(extent->x0, chunk->centre);
            extent->x1 = MAX(extent->x1, chunk->centre);
        }
    return extents;
}

/* The height of the middle of a cell's text. */
static float text_middle(const Placing *placing, guint owner) {
    const GArray *words = g_array_index(placing->table->cells, AlignedCell, owner - 1).words;
    Gap extent = {G_MAXFLOAT, -G_MAXFLOAT};
    for (guint i = 0; i < words->len; i++) {
        const Word *word =
            &g_array_index(placing->text->rows->words, Word, g_array_index(words, guint, i));
        extent = (Gap){MIN(extent.x0, word->centre), MAX(extent.x1, word->centre)};
    }
    return (extent.x0 + extent.x1) / 2;
}

/* The last of the rows from `row` on that the label is in the middle of; DOCUMENT_NONE. */
static guint centred_end(const Placing *placing, const Gap *extents, guint row, float middle) {
    float slack = CENTRED_EM * placing->text->from[0].em;
    for (guint first = row; row < placing->table->rows && extents[row].x0 < G_MAXFLOAT; row++) {
        float centre = (extents[first].x0 + extents[row].x1) / 2;
        if (fabsf(centre - middle) < slack)
            return row;
        if (centre > middle)
            break;
    }
    return DOCUMENT_NONE;
}

/* The labels of a column, from the top: `ends` gets the last row of each. FALSE unless each stands
 * in the middle of rows of its own and these are all rows of the body; a last row may have none. */
static gboolean find_centred(const Placing *placing, guint column, GArray *labels, GArray *ends) {
    const AlignedTable *table = placing->table;
    g_autofree Gap *extents = extents_right_of(placing, column);
    guint row = table->header_rows;
    for (guint at = row, last = 0; at < table->rows; at++) {
        guint owner = *square(placing, at, column);
        if (owner == 0 || owner == last)
            continue;
        const Cell *cell = &g_array_index(table->cells, AlignedCell, owner - 1).cell;
        guint end = centred_end(placing, extents, row, text_middle(placing, owner));
        if (cell->column != column || cell->column_span != 1 || end == DOCUMENT_NONE || end < at)
            return FALSE;
        g_array_append_val(labels, owner);
        g_array_append_val(ends, end);
        row = end + 1;
        last = owner;
    }
    return row == table->rows || (column > 0 && row + 1 == table->rows);
}

/* Where no rule tells, a label in the middle of several rows stands for them, if all labels of its
 * column do so. */
static void span_centred(Placing *placing, guint column) {
    g_autoptr(GArray) labels = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(guint));
    if (!find_centred(placing, column, labels, ends) || labels->len < 2)
        return;
    for (guint i = 0, row = placing->table->header_rows; i < labels->len; i++) {
        guint owner = g_array_index(labels, guint, i), end = g_array_index(ends, guint, i) + 1;
        Cell *cell = &g_array_index(placing->table->cells, AlignedCell, owner - 1).cell;
        Cell tall = *cell;
        tall.row = row;
        tall.row_span = end - row;
        if (are_free(placing, &tall, owner)) {
            *cell = tall;
            take_squares(placing, cell, owner);
        }
        row = end;
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
    span_heads(&placing);
    g_autofree Gap *extents = row_extents(&text, found);
    join_rows(&placing, extents);
    for (guint column = 0; column < MIN(LABEL_COLUMNS_MAX, table->columns) && !found->ruled;
         column++)
        span_centred(&placing, column);
    g_autoptr(GArray) ys = row_edges(&text, table->rows, extents);
    finish_cells(table, owners, ys);
    return table;
}
