/* Blocks: lines of all pages → headings, paragraphs and furniture of the Document, in order. */
#pragma once
#include "extract/tables.h"

/* Appends the lines, tables and blocks to the document, whose pages are known. Tables that go on
 * over pages are joined in `tables`. */
void blocks_build(Document *document, const Lines *lines, Tables *tables);
