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
    gboolean watermark;   /* drawn aslant or faint */
} Glyph;

/* Whether the character is a full em wide; most are plainly so or not. */
static inline gboolean code_is_wide(gunichar code) {
    return code >= 0x4E00 && code <= 0x9FFF ? TRUE : code >= 0x1100 && g_unichar_iswide(code);
}

enum { DIRECTION_SLANTED = 4 };

/* Codes of drawn glyphs beside characters: their font maps them to nothing, or has no map. */
static const gunichar DRAWN_UNMAPPED = 0, DRAWN_UNKNOWN = G_MAXUINT32;

/* 0xRRGGBB; unknown: a pattern, a blend, translucent, or in a group. */
typedef guint32 Colour;
static const Colour COLOUR_UNKNOWN = G_MAXUINT32;

/* A glyph as it was drawn, whether or not it gave a character. */
typedef struct {
    float x, y;       /* its origin, on the baseline */
    float em_x, em_y; /* an em along the baseline */
    guint32 glyph;    /* its number in the font */
    gunichar code;    /* what its font maps it to */
    guint run;        /* the same in all glyphs that are drawn together */
    gsize font;       /* the same in all glyphs of a font */
    guint8 direction; /* of the baseline: that of Glyph, or DIRECTION_SLANTED */
    gboolean faint;
    gboolean type3;   /* its font's glyphs are drawn by content streams */
    gboolean clipped; /* lies outside of what may be painted */
    Colour colour;
    guint order; /* in which the page is painted, over all that leaves paint */
} Drawn;

typedef enum {
    PAINT_AREA,    /* a filled rectangle, larger than a rule */
    PAINT_PICTURE, /* one that cannot be seen through */
    PAINT_OTHER,   /* rules, filled outlines, masks: a box around what may be painted anyhow */
} PaintKind;

/* What was painted beside glyphs, as far as it may lie under or over them. */
typedef struct {
    PaintKind kind;
    Rectangle box;
    Colour colour;
    guint order;
} Paint;

/* A ruling line, or a thin filled rectangle that serves as one; axis-parallel. */
typedef struct {
    gboolean vertical;
    float at;         /* the centre across: y of a horizontal rule, x of a vertical one */
    float start, end; /* along */
    float width;
} Rule;

/* A filled form field whose value is not drawn. */
typedef struct {
    char *name;
    char *value;
    Rectangle box;
} Field;

typedef struct {
    guint number; /* from 1 */
    float width, height;
    int rotation;
    GArray *glyphs;   /* Glyph */
    GArray *drawn;    /* Drawn */
    GArray *rules;    /* Rule */
    GArray *areas;    /* Rectangle: filled, larger than a rule */
    GArray *pictures; /* Rectangle */
    GArray *paints;   /* Paint, in order */
    GArray *fields;   /* Field */
    guint curves;     /* filled outlines that are neither */
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
