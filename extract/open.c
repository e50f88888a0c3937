/* Finding the edges that are not drawn.
 *
 *   ┌───────┬──────┬──────┐            ┌──────┬──────┐
 *   │ State │ 2007 │ 2006 │  ruled     │ Fund │ Euro │
 *   ├───────┴──────┴──────┤            ├──────┼──────┤
 *   │ Malta   0.28   0.44 │  open      │ A    │  2.3 │  one ruled row,
 *   ├─────────────────────┤            │ B    │  8.8 │  many rows of text
 *   │ Italy   1.50   2.40 │  open      │ C    │  1.1 │
 *   └─────────────────────┘            └──────┴──────┘
 *
 * The first kind has all edges somewhere: the words of an open cell must leave them free. The
 * second has text rows that rules do not part; there the alignment of figures is the better
 * witness.
 */
#include "extract/open.h"
#include "extract/columns.h"

enum {
    SPLIT_CELLS_MIN = 3,     /* fewer open cells may be headings */
    SPLIT_ROWS_PART = 3,     /* one row of so many has an open cell */
    HIDDEN_ROWS_MIN = 2,     /* rows of figures that no rule parts from the one above */
    GLYPHS_MAX = 200 * 1000, /* of a grid, beyond which nothing is split */
};
static const float EDGE_SLACK = 1.0F;   /* a word may reach this far over an edge, in points */
static const float ALIGNED_PART = 0.7F; /* of the grid's rows of text that align */

/* The glyphs of one cell. */
typedef struct {
    const Placed *placed;
    guint count;
} CellGlyphs;

static CellGlyphs cell_glyphs(const GArray *placed, guint cell, guint *at) {
    guint first = *at;
    while (*at < placed->len && g_array_index(placed, Placed, *at).cell == cell)
        (*at)++;
    return (CellGlyphs){&g_array_index(placed, Placed, first), *at - first};
}

static Rows *glyph_rows(const Ink *ink, CellGlyphs glyphs) {
    g_autofree guint *order = g_new(guint, glyphs.count + 1);
    for (guint i = 0; i < glyphs.count; i++)
        order[i] = glyphs.placed[i].glyph;
    return rows_find(ink, order, glyphs.count, NULL);
}

/* The columns that a chunk covers. */
static void chunk_columns(const Grid *grid, const Chunk *chunk, guint *first, guint *last) {
    *first = edges_find(grid->xs, MIN(chunk->x0 + EDGE_SLACK, chunk->x1));
    *last = edges_find(grid->xs, MAX(chunk->x1 - EDGE_SLACK, chunk->x0));
}

typedef struct {
    guint columns; /* with text */
    guint figures, others;
} OpenCell;

/* Whether the cell's one line of text leaves every edge under it free. */
static gboolean is_open_cell(const Grid *grid, const Ink *ink, CellGlyphs glyphs, OpenCell *open) {
    g_autoptr(Rows) rows = glyph_rows(ink, glyphs);
    g_autoptr(GArray) chunks = g_array_new(FALSE, TRUE, sizeof(Chunk));
    guint previous = DOCUMENT_NONE;
    *open = (OpenCell){0};
    if (rows->rows->len != 1)
        return FALSE;
    row_chunks(rows, &g_array_index(rows->rows, Row, 0), chunks);
    for (guint i = 0; i < chunks->len; i++) {
        const Chunk *chunk = &g_array_index(chunks, Chunk, i);
        guint first, last;
        chunk_columns(grid, chunk, &first, &last);
        if (first == DOCUMENT_NONE || first != last)
            return FALSE;
        open->columns += first != previous ? 1 : 0;
        open->figures += i > 0 && chunk->figure ? 1 : 0;
        open->others += i > 0 && !chunk->figure ? 1 : 0;
        previous = first;
    }
    return open->columns >= 2;
}

/* The unit cells of a row of one open cell. */
static void append_parts(const Grid *grid, const Cell *cell, GArray *cells) {
    for (guint i = 0; i < cell->column_span; i++) {
        Cell part = *cell;
        part.column = cell->column + i;
        part.column_span = 1;
        part.box.x0 = g_array_index(grid->xs, float, part.column);
        part.box.x1 = g_array_index(grid->xs, float, part.column + 1);
        g_array_append_val(cells, part);
    }
}

gboolean open_cells_split(Grid *grid, const Ink *ink, const GArray *placed) {
    g_autofree guint8 *split = g_malloc0(grid->cells->len + 1);
    guint found = 0, figures = 0, others = 0;
    if (placed->len > GLYPHS_MAX)
        return FALSE;
    for (guint i = 0, at = 0; i < grid->cells->len; i++) {
        const Cell *cell = &g_array_index(grid->cells, Cell, i);
        CellGlyphs glyphs = cell_glyphs(placed, i, &at);
        OpenCell open;
        if (cell->column_span < 2 || glyphs.count == 0 || !is_open_cell(grid, ink, glyphs, &open))
            continue;
        split[i] = 1;
        found++;
        figures += open.figures;
        others += open.others;
    }
    if (found < SPLIT_CELLS_MIN || found * SPLIT_ROWS_PART < grid_rows(grid) || figures <= others)
        return FALSE;
    GArray *cells = g_array_sized_new(FALSE, FALSE, sizeof(Cell), grid->cells->len);
    for (guint i = 0; i < grid->cells->len; i++) {
        const Cell *cell = &g_array_index(grid->cells, Cell, i);
        if (split[i])
            append_parts(grid, cell, cells);
        else
            g_array_append_vals(cells, cell, 1);
    }
    g_array_unref(grid->cells);
    grid->cells = cells;
    return TRUE;
}

/* Whether a figure stands right of the row's first chunk. */
static gboolean has_figures(const Rows *rows, const Row *row) {
    g_autoptr(GArray) chunks = g_array_new(FALSE, TRUE, sizeof(Chunk));
    row_chunks(rows, row, chunks);
    for (guint i = 1; i < chunks->len; i++)
        if (g_array_index(chunks, Chunk, i).figure)
            return TRUE;
    return FALSE;
}

/* Rows of text with figures, and how many of them follow another such in the same ruled row. */
static guint rows_within(const Grid *grid, const Rows *rows, guint *with_figures) {
    guint within = 0, last = DOCUMENT_NONE;
    *with_figures = 0;
    for (guint i = 0; i < rows->rows->len; i++) {
        const Row *text = &g_array_index(rows->rows, Row, i);
        if (!has_figures(rows, text))
            continue;
        guint row = edges_find(grid->ys, text->centre);
        within += row != DOCUMENT_NONE && row == last ? 1 : 0;
        last = row;
        (*with_figures)++;
    }
    return within;
}

/* A frame around everything is a chart's. */
static gboolean has_columns(const Grid *grid, const GArray *placed) {
    for (guint i = 0; i < placed->len; i++) {
        guint cell = g_array_index(placed, Placed, i).cell;
        if (g_array_index(grid->cells, Cell, cell).column_span == grid_columns(grid) &&
            g_array_index(grid->cells, Cell, cell).row_span * 2 > grid_rows(grid))
            return FALSE;
    }
    return TRUE;
}

gboolean open_grid_is_better_aligned(const Grid *grid, const Ink *ink, const GArray *placed) {
    if (placed->len > GLYPHS_MAX || placed->len == 0 || !has_columns(grid, placed))
        return FALSE;
    g_autoptr(Rows) rows =
        glyph_rows(ink, (CellGlyphs){(const Placed *)(void *)placed->data, placed->len});
    guint figures, within = rows_within(grid, rows, &figures), all = rows->rows->len;
    if (within < HIDDEN_ROWS_MIN || within * 2 < figures)
        return FALSE;
    gboolean limited = FALSE;
    g_autoptr(GPtrArray) found =
        alignments_find(rows, (const Row *)(void *)rows->rows->data, all, NULL, &limited);
    for (guint i = 0; i < found->len; i++) {
        const Alignment *alignment = found->pdata[i];
        if ((float)alignment->count >= ALIGNED_PART * (float)all &&
            alignment->gutters->len + 1 >= grid_columns(grid))
            return TRUE;
    }
    return FALSE;
}

/* Whether each cell with several rows of figures is one column wide. */
static gboolean has_plain_columns(const Grid *grid, const Rows *rows, const GArray *placed) {
    g_autofree guint *heights = g_new0(guint, grid_rows(grid) + 1);
    for (guint i = 0; i < rows->rows->len; i++) {
        guint row = edges_find(grid->ys, g_array_index(rows->rows, Row, i).centre);
        if (row != DOCUMENT_NONE && has_figures(rows, &g_array_index(rows->rows, Row, i)))
            heights[row]++;
    }
    for (guint i = 0; i < placed->len; i++) {
        const Cell *cell = &g_array_index(grid->cells, Cell, g_array_index(placed, Placed, i).cell);
        if (heights[cell->row] >= HIDDEN_ROWS_MIN && cell->column_span > 1)
            return FALSE;
    }
    return TRUE;
}

/* The rules of the columns, as gutters. */
static GArray *ruled_gutters(const Grid *grid) {
    GArray *gutters = g_array_new(FALSE, FALSE, sizeof(Gap));
    for (guint i = 1; i < grid_columns(grid); i++) {
        float x = g_array_index(grid->xs, float, i);
        Gap gutter = {x - EDGE_SLACK / 2, x + EDGE_SLACK / 2};
        g_array_append_val(gutters, gutter);
    }
    return gutters;
}

Alignment *open_grid_alignment(const Grid *grid, const Ink *ink, const GArray *placed,
                               Rows **rows) {
    if (placed->len > GLYPHS_MAX || placed->len == 0 || grid_columns(grid) > COLUMNS_MAX ||
        !has_columns(grid, placed))
        return NULL;
    g_autoptr(Rows) all =
        glyph_rows(ink, (CellGlyphs){(const Placed *)(void *)placed->data, placed->len});
    guint figures, within = rows_within(grid, all, &figures);
    if (within < HIDDEN_ROWS_MIN || within * 2 < figures || !has_plain_columns(grid, all, placed))
        return NULL;
    Alignment *alignment = g_new0(Alignment, 1);
    alignment->count = all->rows->len;
    alignment->box = grid->box;
    alignment->gutters = ruled_gutters(grid);
    alignment->chunks = g_array_new(FALSE, TRUE, sizeof(Chunk));
    alignment->starts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i <= all->rows->len; i++) {
        g_array_append_val(alignment->starts, alignment->chunks->len);
        if (i < all->rows->len)
            row_chunks_between(all, &g_array_index(all->rows, Row, i), alignment->gutters,
                               alignment->chunks);
    }
    *rows = g_steal_pointer(&all);
    return alignment;
}
