/* Align: tables without ruling lines, from text that stands in columns.
 *
 * Geometry and the difference between figures and words; no language.
 */
#pragma once
#include "extract/chunks.h"

typedef struct {
    float x0, x1;
} Gap;

enum { COLUMNS_MAX = 60 }; /* of a table without ruling lines */

/* Rows that share gutters. */
typedef struct {
    guint first, count; /* rows, of those given */
    guint header;       /* leading rows that head the columns */
    Rectangle box;
    GArray *gutters; /* Gap, between the columns, from the left */
    GArray *chunks;  /* Chunk of all its rows, in order */
    GArray *starts;  /* guint: each row's first chunk; one more at the end */
} Alignment;

void alignment_free(Alignment *alignment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Alignment, alignment_free)

/* Whether the row has the marks of a chart's axis: whole figures evenly apart. */
gboolean row_is_axis(const Rows *rows, const Row *row);

/* The tables among `n` rows: Alignment *, in order; none in a drawing (Rectangle; or NULL). Sets
 * `limited` where the search was given up. */
GPtrArray *alignments_find(const Rows *rows, const Row *from, guint n, const GArray *drawings,
                           gboolean *limited);

/* The cells of an alignment: a cell's text is a list of words. */
typedef struct {
    Cell cell;     /* its lines are not set */
    GArray *words; /* guint, in `Rows.words`; NULL in a blank cell */
} AlignedCell;

typedef struct {
    guint rows, columns, header_rows;
    GArray *xs;    /* float: the columns' edges */
    GArray *cells; /* AlignedCell, by row then column, covering the whole table */
} AlignedTable;

/* `across`: the page's horizontal rules, joined (Rule); no row goes on over one. */
AlignedTable *aligned_table_new(const Rows *rows, const Row *from, const Alignment *alignment,
                                const GArray *across);
void aligned_table_free(AlignedTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AlignedTable, aligned_table_free)
