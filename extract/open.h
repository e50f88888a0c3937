/* Open cells: what rules leave to the eye.
 *
 * Some tables rule only their heads, or only between some of their rows and columns. Where the text
 * shows the missing edges the cells are split, or the grid is given up for the alignment of its
 * text (`align.h`), which needs no rules.
 */
#pragma once
#include "extract/align.h"
#include "extract/grid.h"

/* A glyph and the cell of a grid that it stands in. */
typedef struct {
    guint cell, glyph;
} Placed;

/* Splits the cells over several columns whose text leaves the edges between these columns free, if
 * the table has enough of them. `placed` is sorted by cell. TRUE where it split any: the cells are
 * others then. */
gboolean open_cells_split(Grid *grid, const Ink *ink, const GArray *placed);

/* Whether the text of the grid stands in more rows and columns than the rules have, so that its
 * alignment tells more. */
gboolean open_grid_is_better_aligned(const Grid *grid, const Ink *ink, const GArray *placed);

/* The rows of text of a grid whose columns all have rules, but whose rows have not; NULL where the
 * grid is none such. `rows` receives what the alignment counts in. */
Alignment *open_grid_alignment(const Grid *grid, const Ink *ink, const GArray *placed, Rows **rows);
