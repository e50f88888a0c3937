/* Contents: the pages that list the headings of the others. */
#pragma once
#include "extract/lines.h"

/* Names the drafts that are entries of a table of contents, and its title, “contents” in `names`
 * (of furniture: char *, one a draft, NULL where a draft is none). */
void contents_find(const Lines *lines, GPtrArray *names);
