/* Rulings: the ruling lines of a page, read off what Poppler draws on Cairo.
 *
 * Poppler has no call for them. Between `rulings_begin` and `rulings_end` this file stands in for
 * the Cairo functions that paint: it reads the paths that come by and paints nothing. Everything
 * else in the process, and every other time, gets Cairo itself.
 */
#pragma once
#include "extract/ink.h"
#include <cairo.h>

enum {
    RULINGS_MAX = 20000, /* rules kept of one page; more are counted, not kept */
    AREAS_MAX = 4000,    /* filled rectangles, likewise */
    PAINTS_MAX = 20000,  /* of what may lie under or over glyphs; more is not looked at */
};

/* A context the size of the ink's page to render on; one at a time in a process. The ink receives
 * the rules and areas and must outlive it. */
cairo_t *rulings_begin(Ink *ink);

/* Ends watching and frees the context; gives how many rules were beyond the limit. */
guint rulings_end(cairo_t *cairo);
