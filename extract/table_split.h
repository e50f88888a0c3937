/* Table split: a row that a page break cuts in two. */
#pragma once
#include "extract/tables.h"

/* Whether the row of the later part goes on with the last row of the first. Both have the same
 * columns. */
gboolean table_row_goes_on(const Tables *tables, const PageTable *first, const PageTable *later,
                           guint row);

/* The cell of the last row that covers exactly the columns of `cell`; NULL where none does. */
Cell *table_cell_above(const PageTable *first, const Cell *cell);

/* Appends the lines of a cell to those of the one above. */
void table_cell_append(Tables *tables, Cell *above, const Cell *cell);
