/* Drawn: the glyphs of a page as they are drawn, whether or not they gave a character.
 *
 * Poppler's text leaves out without a word what has no mapping, what lies off the page and what
 * stands twice, and it gives characters that nobody can see. Beside what was drawn all of these
 * show (`account.h`).
 */
#pragma once
#include "extract/ink.h"
#include <cairo.h>

enum { DRAWN_MAX = 400 * 1000 }; /* glyphs kept of one page */

/* What a font's own map says of the drawn glyphs, as Cairo has it. */
typedef struct {
    const char *utf8;
    const cairo_text_cluster_t *clusters;
    int n_clusters;
} DrawnText;

/* How the context paints. */
typedef struct {
    double scale; /* device units in a point */
    Colour colour;
    guint order;
    Rectangle clip; /* in points */
} DrawnPaint;

/* The colour that the context paints with. */
Colour drawn_colour(cairo_t *cairo);

/* Appends `n` glyphs that are drawn together to the ink's; `text` may be NULL. */
void drawn_add(Ink *ink, cairo_t *cairo, const DrawnPaint *paint, const cairo_glyph_t *glyphs,
               int n, const DrawnText *text);

/* Whether the last glyph drawn is this one: its outline is stroked after it was filled, and its run
 * has more than one colour. */
gboolean drawn_is_outlined(Ink *ink, cairo_t *cairo, double scale, const cairo_glyph_t *glyph);
