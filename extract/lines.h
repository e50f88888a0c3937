/* Lines: rows of glyphs → lines of text on their way into the Document.
 *
 * Knows geometry only: rows, columns, writing directions. What a line is for (heading, page
 * number …) is decided later, when all pages are there.
 */
#pragma once
#include "extract/rows.h"

/* A line on its way into the Document. Its characters stand in `Lines.characters`. */
typedef struct {
    Line line;
    float em;                /* width of a full-width character, in points */
    float first_em, last_em; /* of its first and last words */
    float left, right;       /* of the column it stands in */
    guint column;            /* serial number of the column on the page */
    gboolean bold;
    guint16 font;
    guint table; /* stands for this one of the document's page tables; else DOCUMENT_NONE */
    gboolean watermark;
    const char *field; /* the name of the form field that the line is the value of; else NULL */
} DraftLine;

typedef struct {
    GArray *characters; /* Character */
    GArray *drafts;     /* DraftLine */
    GStringChunk *names;
} Lines;

Lines *lines_new(void);
void lines_free(Lines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lines, lines_free)

static inline DraftLine *lines_draft(const Lines *lines, guint i) {
    return &g_array_index(lines->drafts, DraftLine, i);
}

typedef struct {
    float left, right;
    guint number; /* on its page */
} LineColumn;

/* Appends a row as a line of the column. */
void lines_add_row(Lines *lines, const Rows *rows, const Row *row, const LineColumn *column);

/* Appends the watermarks among the glyphs, a line for those that stand in a row in the ink. */
void lines_add_watermarks(Lines *lines, const Ink *ink);

/* Appends the value of a form field; its characters share its box. */
void lines_add_field(Lines *lines, const Ink *ink, const Field *field);

/* Appends the lines of the glyphs whose indices are given, as one column (a table cell). */
void lines_find_in_cell(Lines *lines, const Ink *ink, const guint *glyphs, guint n);

/* The line's text, white space at its ends left out. */
void lines_append_text(const Lines *lines, const DraftLine *draft, GString *text);
