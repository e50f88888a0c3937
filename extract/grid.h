/* Grid: ruling lines → cells with their spans. Knows geometry only, no text. */
#pragma once
#include "extract/ink.h"

typedef struct {
    Rectangle box;
    GArray *xs;    /* float: the columns' edges, one more than there are columns */
    GArray *ys;    /* float: the rows' edges */
    GArray *cells; /* Cell, by row then column, covering the whole grid; boxes set */
} Grid;

void grid_free(Grid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Grid, grid_free)

static inline guint grid_rows(const Grid *grid) { return grid->ys->len - 1; }
static inline guint grid_columns(const Grid *grid) { return grid->xs->len - 1; }

/* The row (column) that holds `at`; DOCUMENT_NONE outside. */
guint edges_find(const GArray *edges, float at);

enum {
    GRID_RULES_MAX = 6000,  /* joined rules of one direction on a page; beyond, no grids */
    GRID_CELLS_MAX = 60000, /* rows by columns of one grid; larger ones are no tables */
};

/* The grids that the rules form, those inside a cell of another left out; Grid *, from the top.
 * Sets `limited` where a limit was reached. */
GPtrArray *grids_find(const GArray *rules, gboolean *limited);

/* Rules (Rule) along the edges of filled areas (Rectangle). */
GArray *rules_from_areas(const GArray *areas);

/* Vertical rules where one area ends and the next beside it begins, as shaded cells do. (Areas
 * below each other may be the shaded lines of one cell.) */
GArray *rules_between_areas(const GArray *areas);

/* Rules of one direction: those at one height snapped together, pieces joined. Rule, sorted by
 * place, then start. */
GArray *rules_join(const GArray *rules, gboolean vertical);

/* Of such rules the first that stands at `at` or behind; their number for none. */
guint rules_first_from(const GArray *rules, float at);
