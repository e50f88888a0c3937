/* Blocks: lines of all pages → headings, paragraphs and furniture of the Document, in order. */
#pragma once
#include "extract/lines.h"

/* Appends the lines and blocks to the document, whose pages are known. */
void blocks_build(Document *document, const Lines *lines);
