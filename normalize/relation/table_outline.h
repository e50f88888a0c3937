/* TableOutline: the rows of one panel of a block — the columns of its names and of its figures —
 * with what their names say of their place among each other.
 *
 *   项目            决算数  项目            决算数
 *   一、财政拨款    100     一、教育支出    40        two panels, side by side
 *   合计            100     合计            40
 */
#pragma once
#include "normalize/relation/table_grid.h"

#define ENTRY_NONE G_MAXUINT

enum { STYLE_DASH = 6, STYLES };

typedef struct {
    guint row;
    const char *name;     /* the last words before the figures; never NULL */
    char *code;           /* digits of the codes before the name; empty where there is none */
    guint style, number;  /* numbering: 1 一、, 2 (一), 3 1., 4 (1), 5 ①, 6 -; 0 without */
    guint rank;           /* of a total; 0 */
    gboolean before;      /* a total whose parts can only follow */
    gboolean some;        /* begins with 其中 */
    gboolean minus, plus; /* begins with 减: */
    gboolean blank;       /* has no figure */
    gboolean title;       /* names what follows, has no figure */
    guint group;          /* cell of names that spans this row and others; or DOCUMENT_NONE */
    int start;            /* of the name, in tenths of a point */
    guint parent;         /* entry that it is a part of by codes, numbering or 其中 */
} Entry;

typedef struct {
    const TableGrid *grid;
    const GridBlock *block;
    guint first, end; /* columns */
    GArray *names;    /* guint: columns of names before the figures */
    GArray *figures;  /* guint: columns of figures */
    GArray *entries;  /* Entry, those of rows with a name or a figure */
    gboolean coded;   /* rows have codes that nest */
    gboolean titled;  /* most rows that others are parts of have no figures of their own */
} Outline;

/* The panels of a block; Outline *. The caller unrefs. */
GPtrArray *outlines_find(const TableGrid *grid, const GridBlock *block);

static inline Entry *outline_entry(const Outline *outline, guint i) {
    return &g_array_index(outline->entries, Entry, i);
}
