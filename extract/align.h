/* Align: tables without ruling lines, from text that stands in columns.
 *
 * Geometry and the difference between figures and words; no language.
 */
#pragma once
#include "extract/rows.h"

/* A piece of a row: words that no wide gap parts. */
typedef struct {
    float x0, x1;
    guint word, count; /* words, in `Rows.words` */
    float centre;      /* across the line, of the words */
    guint characters;
    gboolean figure;    /* digits with signs and units, or a lone dash */
    gboolean lowercase; /* begins with a lower-case letter: a wrapped line goes on */
    gboolean colon;     /* ends with one: a form's label */
} Chunk;

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

/* Whether the word is a row of points, …… or ....... */
gboolean word_is_leader(const Rows *rows, const Word *word);

/* Fills in all of a chunk from its words. */
void chunk_describe(const Rows *rows, Chunk *chunk);

/* The chunks of a row, appended. */
void row_chunks(const Rows *rows, const Row *row, GArray *chunks);

/* Whether the chunk is a label with its value, 单位：万元, as stands above tables. */
gboolean chunk_is_note(const Rows *rows, const Chunk *chunk);

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
