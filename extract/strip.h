/* Strip: takes out of a PDF's bytes what only drawing needs.
 *
 * Poppler inflates and parses embedded font programs, though text needs no outlines. Their keys are
 * renamed where they stand, so that they are not found; every offset stays what it was. Where
 * a program says which characters its codes are (8-bit fonts of Type 1), it is left in place.
 */
#pragma once
#include <glib.h>

void strip_programs(char *data, gsize length);
