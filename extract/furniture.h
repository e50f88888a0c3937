/* Furniture: lines that belong to the pages, not to the text. */
#pragma once
#include "extract/lines.h"

/* Names the running heads (`head`), feet (`foot`), page numbers (`page-number`) and lines of a
 * table of contents (`contents`) among the drafts. `pages` are the document's (Page). The result
 * has a string for each draft, NULL for body text. */
GPtrArray *furniture_find(const Lines *lines, const GArray *pages);
