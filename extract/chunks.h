/* Chunks: pieces of a row of text that wide gaps part.
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

/* Whether the word is a row of points, …… or ....... */
gboolean word_is_leader(const Rows *rows, const Word *word);

/* Fills in all of a chunk from its words. */
void chunk_describe(const Rows *rows, Chunk *chunk);

/* The chunks of a row, appended. */
void row_chunks(const Rows *rows, const Row *row, GArray *chunks);

/* How many of `count` rows stand above the first that has as many figures as words right of its
 * first chunk; 0 where none soon has. `starts`: each row's first chunk, one more at the end. */
guint head_length(const GArray *chunks, const GArray *starts, guint first, guint count);

/* Whether the chunk is a label with its value, 单位：万元, as stands above tables. */
gboolean chunk_is_note(const Rows *rows, const Chunk *chunk);
