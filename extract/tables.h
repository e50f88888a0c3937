/* Tables: the tables of each page, before they are joined over pages.
 *
 * Knows the ink of one page at a time. What a table is called and whether it goes on on the next
 * page is decided when all pages are there (`table_flow.h`).
 */
#pragma once
#include "extract/align.h"
#include "extract/lines.h"

typedef struct {
    guint page, last_page;
    Rectangle box; /* on `page` */
    guint rows, columns;
    guint header_rows;
    gboolean ruled;
    GArray *xs;    /* float: the columns' edges */
    GArray *cells; /* Cell, by row then column; their lines are drafts of `Tables.lines` */
} PageTable;

typedef struct {
    GArray *tables; /* PageTable, by page, then from the top */
    Lines *lines;   /* of all cells */
} Tables;

Tables *tables_new(void);
void tables_free(Tables *tables);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tables, tables_free)

static inline PageTable *tables_table(const Tables *tables, guint i) {
    return &g_array_index(tables->tables, PageTable, i);
}

/* Appends the ruled tables of the page and marks the glyphs in them in `taken` (a byte a glyph).
 * Remarks go to `notices`. Gives the places (Rectangle) of grids that are charts. */
GArray *tables_find(Tables *tables, const Ink *ink, guint8 *taken, GArray *notices);

/* Appends a table that alignment showed and gives its index. */
guint tables_add_aligned(Tables *tables, const Rows *rows, const Alignment *alignment,
                         const AlignedTable *aligned);

/* A cell's text without white space, appended. */
void table_cell_text(const Tables *tables, const Cell *cell, GString *text);
