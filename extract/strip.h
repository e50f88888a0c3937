/* Strip: a PDF's bytes without what only drawing needs.
 *
 * Poppler inflates and parses embedded font programs, though text needs no outlines. Their keys are
 * renamed in a copy of the bytes, so that they are not found; every offset stays what it was. Where
 * a program says which characters its codes are (8-bit fonts of Type 1), it is left in place.
 */
#pragma once
#include <glib.h>

/* The bytes themselves where there is nothing to strip. */
GBytes *strip_programs(GBytes *bytes);
