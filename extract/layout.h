/* Layout: the ink of a page → its tables and its lines in reading order. */
#pragma once
#include "extract/tables.h"

/* Appends the page's tables and lines; each table has a draft without characters in its place among
 * the lines. Remarks go to `notices`. */
void layout_page(Lines *lines, Tables *tables, const Ink *ink, GArray *notices);
