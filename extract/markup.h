/* Markup: the manner in which the XML forms of the boundaries are written and read.
 *
 * Shared by Document and Report (a stage may include it beside the boundary header). Reading trusts
 * nothing: no DOCTYPE, no entities, a limited depth, every number within its bounds. The first
 * error stays; every function returns FALSE once there is one.
 */
#pragma once
#include <glib.h>

typedef struct Markup Markup;

/* Reading. `what` names the expected text in errors: “Document”. The bytes must outlive it. */
Markup *markup_new(const char *bytes, gsize length, const char *what, GQuark domain, int code);
void markup_free(Markup *markup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Markup, markup_free)

/* Sees that nothing follows the root element, if it was read whole, and moves the first error into
 * `error`; FALSE where there was one. */
gboolean markup_finish(Markup *markup, GError **error);

/* Steps onto the root element; FALSE unless it has this name. */
gboolean markup_root(Markup *markup, const char *name);

/* Records an error at this line; always FALSE. */
gboolean markup_fail(Markup *markup, const char *reason);

gboolean markup_is(const Markup *markup, const char *name);

/* Walks the children of the element that the reader is at:
 *   MarkupChildren children = markup_children(markup);
 *   while (markup_next(markup, &children)) …each child must be read or skipped whole…
 * Afterwards `children.ended` tells whether the element ended or an error stopped the walk. */
typedef struct {
    guint depth;
    gboolean ended;
} MarkupChildren;
MarkupChildren markup_children(Markup *markup);
gboolean markup_next(Markup *markup, MarkupChildren *children);

/* The element's text, when it has only text; NULL with an error. Lent until more is read. */
const char *markup_text(Markup *markup);

/* The attribute; NULL where there is none. Lent until the next element; the element's own text and
 * end leave it. */
const char *markup_attribute(Markup *markup, const char *name);
gboolean markup_has(Markup *markup, const char *name);

/* A number within bounds; the fallback where there is none (out of bounds: required). */
gboolean markup_number(Markup *markup, const char *name, guint minimum, guint maximum,
                       guint fallback, guint *result);

/* `n` coordinates, separated by single spaces. */
gboolean markup_coordinates(Markup *markup, const char *name, float *values, guint n);

/* Reads digits up to a maximum and steps over them. */
gboolean markup_parse_number(const char **cursor, guint maximum, guint *result);

/* Reads a coordinate as `markup_append_coordinate` writes it and steps over it. */
gboolean markup_parse_coordinate(const char **cursor, float *value);
void markup_append_coordinate(GString *text, float value);
void markup_append_range(GString *text, float low, float high); /* low:high */

/* Writing. Elements are started and ended; attributes follow their start tag, a NULL value writes
 * none. Control
 * characters, which XML forbids, become U+FFFD. */
typedef struct MarkupWriter MarkupWriter;
void markup_start(MarkupWriter *writer, const char *name); /* lent until its end */
void markup_end(MarkupWriter *writer);
void markup_content(MarkupWriter *writer, const char *text); /* of an element without elements */
void markup_write_text(MarkupWriter *writer, const char *name, const char *value);

/* An attribute whose value, which needs no escapes, the caller appends to the text that is lent. */
GString *markup_begin_text(MarkupWriter *writer, const char *name);
void markup_end_text(MarkupWriter *writer);

void markup_write_number(MarkupWriter *writer, const char *name, guint value);
void markup_write_coordinates(MarkupWriter *writer, const char *name, const float *values, guint n);

/* Runs `body` on a new writer and gives the bytes. */
typedef void (*MarkupBody)(MarkupWriter *writer, const void *data);
GString *markup_write(MarkupBody body, const void *data);
