/* Columns: what rows of a table leave free between them.
 *
 * Works on the words themselves, so it sees gutters that are narrower than the gaps between chunks
 * (`align.h`): once it is known where a table is, all of its rows together show them.
 */
#pragma once
#include "extract/align.h"

/* The gutters (Gap) between the columns of `n` rows, from the left, the first `head` of which head
 * them. One piece of text of every six rows may lie across a gutter. */
GArray *columns_find(const Rows *rows, const Row *from, guint n, guint head);

/* The chunks of a row, appended, parted at the gutters too. */
void row_chunks_between(const Rows *rows, const Row *row, const GArray *gutters, GArray *chunks);
