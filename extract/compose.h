/* Compose: drafts → the Document's lines and tables, in the order of the calls. */
#pragma once
#include "extract/tables.h"

/* Appends the drafts, given by their indices, as the lines of one block. */
LineRun compose_lines(Document *document, const Lines *lines, const guint *drafts, guint n);

/* Appends the table with its caption and notes (guint, drafts of `lines`) and its block. */
void compose_table(Document *document, const Lines *lines, const Tables *tables, guint table,
                   const GArray *caption, const GArray *notes);
