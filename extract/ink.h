/* Ink: what is drawn on one page, before it has any structure.
 *
 * Made by `pdf.c` from one interpretation of the page, in the page's drawing order; read by
 * layout and table finding, which never change it. Points from the top left of the crop box after
 * rotation, y downwards.
 */
#pragma once
#include "extract/document.h"

typedef struct {
    gunichar code; /* as Poppler maps it, repaired where repair.c could; never white space */
    Rectangle box;
    float size;       /* of the font, in points */
    guint16 font;     /* index into fonts */
    guint8 direction; /* of writing: 0 left to right, 1 downwards, 2 right to left, 3 upwards */
    gboolean bold;
    gboolean space_after; /* Poppler saw white space between this glyph and the next */
} Glyph;

/* A ruling line, or a thin filled rectangle that serves as one; axis-parallel. */
typedef struct {
    gboolean vertical;
    float at;         /* the centre across: y of a horizontal rule, x of a vertical one */
    float start, end; /* along */
    float width;
} Rule;

typedef struct {
    guint number; /* from 1 */
    float width, height;
    int rotation;
    GArray *glyphs;   /* Glyph */
    GArray *rules;    /* Rule */
    GArray *areas;    /* Rectangle: filled, larger than a rule */
    GArray *pictures; /* Rectangle */
    GPtrArray *fonts; /* char *, names */
} Ink;

Ink *ink_new(guint number);
void ink_free(Ink *ink);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ink, ink_free)

static inline const Glyph *ink_glyph(const Ink *ink, guint i) {
    return &g_array_index(ink->glyphs, Glyph, i);
}
static inline const Rule *ink_rule(const Ink *ink, guint i) {
    return &g_array_index(ink->rules, Rule, i);
}
