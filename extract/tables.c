/* Grids with text in them are tables.
 *
 * Each glyph goes to the cell that holds its centre; the glyphs of a cell become its lines in
 * their own reading order. A frame, a rule under a heading and the axes of a chart are grids too:
 * what has one column or next to nothing in its cells is none.
 */
#include "extract/tables.h"
#include "extract/grid.h"
#include <string.h>

/* A grid with fewer cells that have text is a drawing. */
enum { FILLED_CELLS_MIN = 2 };
/* Outer edges of the parts of one table agree this well, in points. */
static const float EDGE_SLACK = 3.0F;

static void page_table_clear(gpointer data) {
    PageTable *table = data;
    g_array_unref(table->xs);
    g_array_unref(table->cells);
}

Tables *tables_new(void) {
    Tables *tables = g_new0(Tables, 1);
    tables->tables = g_array_new(FALSE, TRUE, sizeof(PageTable));
    g_array_set_clear_func(tables->tables, page_table_clear);
    tables->lines = lines_new();
    return tables;
}

void tables_free(Tables *tables) {
    if (tables == NULL)
        return;
    g_array_unref(tables->tables);
    lines_free(tables->lines);
    g_free(tables);
}

void table_cell_text(const Tables *tables, const Cell *cell, GString *text) {
    for (guint i = 0; i < cell->lines.count; i++) {
        Span span = lines_draft(tables->lines, cell->lines.first + i)->line.characters;
        for (guint c = span.start; c < span.end; c++) {
            gunichar code = g_array_index(tables->lines->characters, Character, c).code;
            if (!g_unichar_isspace(code))
                g_string_append_unichar(text, code);
        }
    }
}

/* A glyph and the cell it stands in. */
typedef struct {
    guint cell, glyph;
} Placed;

static int compare_placed(gconstpointer a, gconstpointer b) {
    const Placed *p = a, *q = b;
    if (p->cell != q->cell)
        return p->cell < q->cell ? -1 : 1;
    return (p->glyph > q->glyph) - (p->glyph < q->glyph);
}

/* The index of the cell over each unit square. */
static guint *cell_owners(const Grid *grid) {
    guint columns = grid_columns(grid);
    guint *owners = g_new0(guint, (gsize)grid_rows(grid) * columns);
    for (guint i = 0; i < grid->cells->len; i++) {
        const Cell *cell = &g_array_index(grid->cells, Cell, i);
        for (guint r = 0; r < cell->row_span; r++)
            for (guint c = 0; c < cell->column_span; c++)
                owners[(cell->row + r) * columns + cell->column + c] = i;
    }
    return owners;
}

static GArray *place_glyphs(const Grid *grid, const Ink *ink, const guint8 *taken) {
    GArray *placed = g_array_new(FALSE, FALSE, sizeof(Placed));
    g_autofree guint *owners = cell_owners(grid);
    for (guint i = 0; i < ink->glyphs->len; i++) {
        const Glyph *glyph = ink_glyph(ink, i);
        guint column = edges_find(grid->xs, (glyph->box.x0 + glyph->box.x1) / 2);
        guint row = edges_find(grid->ys, (glyph->box.y0 + glyph->box.y1) / 2);
        if (taken[i] || column == DOCUMENT_NONE || row == DOCUMENT_NONE)
            continue;
        Placed one = {owners[row * grid_columns(grid) + column], i};
        g_array_append_val(placed, one);
    }
    g_array_sort(placed, compare_placed);
    return placed;
}

static guint filled_cells(const GArray *placed) {
    guint filled = 0;
    for (guint i = 0; i < placed->len; i++)
        if (i == 0 ||
            g_array_index(placed, Placed, i).cell != g_array_index(placed, Placed, i - 1).cell)
            filled++;
    return filled;
}

/* The last part of a form may have one wide column only. */
static gboolean goes_on(const Tables *tables, const Grid *grid, guint page) {
    if (tables->tables->len == 0)
        return FALSE;
    const PageTable *last = tables_table(tables, tables->tables->len - 1);
    return last->page + 1 == page && ABS(last->box.x0 - grid->box.x0) < EDGE_SLACK &&
           ABS(last->box.x1 - grid->box.x1) < EDGE_SLACK;
}

static gboolean is_table(const Tables *tables, const Grid *grid, const GArray *placed, guint page) {
    if (grid_columns(grid) < 2)
        return placed->len > 0 && goes_on(tables, grid, page);
    return filled_cells(placed) >= FILLED_CELLS_MIN && grid->cells->len >= 2;
}

static void fill_cells(Tables *tables, const Ink *ink, GArray *cells, const GArray *placed) {
    g_autoptr(GArray) glyphs = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0, at = 0; i < cells->len; i++) {
        Cell *cell = &g_array_index(cells, Cell, i);
        cell->page = ink->number;
        cell->lines.first = tables->lines->drafts->len;
        g_array_set_size(glyphs, 0);
        for (; at < placed->len && g_array_index(placed, Placed, at).cell == i; at++)
            g_array_append_val(glyphs, g_array_index(placed, Placed, at).glyph);
        if (glyphs->len > 0)
            lines_find_in_cell(tables->lines, ink, (const guint *)(void *)glyphs->data,
                               glyphs->len);
        cell->lines.count = tables->lines->drafts->len - cell->lines.first;
    }
}

static void add_grid(Tables *tables, const Ink *ink, Grid *grid, guint8 *taken) {
    g_autoptr(GArray) placed = place_glyphs(grid, ink, taken);
    if (!is_table(tables, grid, placed, ink->number))
        return;
    for (guint i = 0; i < placed->len; i++)
        taken[g_array_index(placed, Placed, i).glyph] = 1;
    PageTable table = {.page = ink->number,
                       .last_page = ink->number,
                       .box = grid->box,
                       .rows = grid_rows(grid),
                       .columns = grid_columns(grid),
                       .ruled = TRUE,
                       .xs = g_array_ref(grid->xs),
                       .cells = g_array_ref(grid->cells)};
    fill_cells(tables, ink, table.cells, placed);
    g_array_append_val(tables->tables, table);
}

void tables_find(Tables *tables, const Ink *ink, guint8 *taken, GArray *notices) {
    gboolean limited = FALSE;
    g_autoptr(GPtrArray) grids = grids_find(ink->rules, &limited);
    for (guint i = 0; i < grids->len; i++)
        add_grid(tables, ink, grids->pdata[i], taken);
    if (limited) {
        Notice notice = {NOTICE_LIMIT, ink->number, 1, g_strdup("table")};
        g_array_append_val(notices, notice);
    }
}
