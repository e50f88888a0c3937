/* Sections: the headings of a document as a tree, each with its path of ordinals (4.1). */
#pragma once
#include "normalize/report.h"

void sections_read(Report *report);

/* The section that each block of the document stands in (REPORT_NONE before the first heading);
 * the caller frees the array. */
guint *sections_of_blocks(const Report *report);
