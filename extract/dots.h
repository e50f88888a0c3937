/* Dots: ruling lines that are drawn as rows of dots, each a mark of its own. */
#pragma once
#include "extract/ink.h"

enum { DOTS_MAX = 40000 }; /* kept of one page */

/* Appends to `rules` those that the dots, small boxes in points, form. */
void dots_join(GArray *dots, GArray *rules);
