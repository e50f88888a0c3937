/* Align rows: which lines of text are one row of a table. */
#pragma once
#include "extract/align.h"

/* An alignment on its way to cells. */
typedef struct {
    const Rows *rows;
    const Row *from; /* the block's rows */
    const Alignment *block;
    const GArray *across;  /* Rule: the page's horizontal rules, joined */
    guint columns, header; /* leading rows of text that head the columns */
} AlignedText;

static inline guint aligned_first(const AlignedText *text, guint row) {
    return g_array_index(text->block->starts, guint, row);
}
static inline guint aligned_count(const AlignedText *text, guint row) {
    return aligned_first(text, row + 1) - aligned_first(text, row);
}
static inline const Chunk *aligned_chunk(const AlignedText *text, guint i) {
    return &g_array_index(text->block->chunks, Chunk, i);
}

/* The middle of the gutter right of a column. */
float aligned_edge(const AlignedText *text, guint column);

/* The columns that a chunk covers. */
void aligned_columns(const AlignedText *text, const Chunk *chunk, guint *first, guint *end);

/* Where the text stands in the table, by rows of text and by chunks. */
typedef struct {
    guint rows;   /* of the table */
    guint *first; /* the table row of each row of text, or the first where it stands between … */
    guint *last;  /* … two, and the last of these */
    guint *upper; /* of each chunk: the one whose text it goes on with, or DOCUMENT_NONE */
    gboolean ruled; /* a rule parts each row of the body from the next */
} AlignedRows;

AlignedRows *aligned_rows_new(const AlignedText *text);
void aligned_rows_free(AlignedRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AlignedRows, aligned_rows_free)

/* Whether a rule crosses `x` between two heights. */
gboolean aligned_is_parted(const AlignedText *text, float x, float y0, float y1);

/* Whether a rule between two heights is so wide that it parts rows. */
gboolean aligned_has_barrier(const AlignedText *text, float y0, float y1);
