/* Rows: the glyphs of a page (or a cell) → words, and words that share a height.
 *
 * Geometry only. Words of a row stand in the order they are read.
 */
#pragma once
#include "extract/ink.h"

/* Where a table stands on the page that is read. */
typedef struct {
    Rectangle box;
    guint table;
} TablePlace;

typedef struct {
    guint first, count; /* glyphs, consecutive in `Rows.order` */
    float x0, x1, centre, em;
    guint8 direction;
    guint table; /* a whole table, read as one word; else DOCUMENT_NONE */
    float bottom;
} Word;

typedef struct {
    guint first, count; /* words, in `Rows.words` */
    float x0, x1, centre, em;
} Row;

typedef struct {
    const Ink *ink;
    guint *order;  /* glyph indices that the words count in */
    GArray *words; /* Word */
    GArray *rows;  /* Row, from the top */
} Rows;

/* The rows of the `n` glyphs whose indices are given; the indices are copied. Each of `places`
 * (TablePlace, or NULL) becomes a row of one word without glyphs. */
Rows *rows_find(const Ink *ink, const guint *order, guint n, const GArray *places);
void rows_free(Rows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rows, rows_free)

static inline const Word *row_word(const Rows *rows, const Row *row, guint i) {
    return &g_array_index(rows->words, Word, row->first + i);
}
static inline const Glyph *rows_glyph(const Rows *rows, guint i) {
    return ink_glyph(rows->ink, rows->order[i]);
}

/* The width of a full-width character of this glyph's font. */
float glyph_em(const Glyph *glyph);
