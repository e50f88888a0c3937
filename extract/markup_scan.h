/* MarkupScan: an XML text, one tag or piece of text at a time; beneath `markup.h`.
 *
 * XML 1.0 as the boundaries need it: elements, attributes, text, CDATA, comments, processing
 * instructions, the five entities and character references. A text must be UTF-8 and well-formed
 * to its last byte; a DOCTYPE, other entities, names that are not plain ASCII, and what goes over
 * a limit are refused. Whatever is accepted libxml2 accepts too, with the same content.
 */
#pragma once
#include <glib.h>

enum { MARKUP_DEPTH_MAX = 32, MARKUP_ATTRIBUTES_MAX = 64, MARKUP_TEXT_BYTES_MAX = 1 << 30 };

/* A part of the text that is not ended by NUL. */
typedef struct {
    const char *start;
    guint length;
} MarkupName;

/* One bit: names with other bits are different. */
static inline guint64 markup_name_mark(MarkupName name) {
    const guint first = (guchar)name.start[0], last = (guchar)name.start[name.length - 1];
    return G_GUINT64_CONSTANT(1) << ((23 * first + 10 * last + 7 * name.length) % 64);
}

typedef struct {
    MarkupName name;
    gsize value; /* where it starts in `values`; ended by NUL */
} MarkupAttribute;

typedef enum {
    MARKUP_START,    /* a start tag or an empty element: `name`, `attributes`, `empty` */
    MARKUP_END,      /* an end tag; none comes for an empty element */
    MARKUP_TEXT,     /* what stands before the next tag: `text` */
    MARKUP_FINISHED, /* after the root element, at the end of the text */
    MARKUP_BROKEN,   /* `reason` says why; for good */
} MarkupToken;

typedef struct {
    const char *begin, *at, *end;
    const char *reason;
    MarkupName open[MARKUP_DEPTH_MAX]; /* elements around */
    guint depth;                       /* how many */
    gboolean rooted;                   /* the root has begun */
    MarkupName name;
    gboolean empty;
    MarkupAttribute attributes[MARKUP_ATTRIBUTES_MAX];
    guint attributes_count;
    guint64 marks;   /* of their names, see markup_name_mark */
    GString *values; /* of the last start tag's attributes */
    GString *text;   /* the last one */
} MarkupScan;

/* The bytes must outlive it. */
void markup_scan_begin(MarkupScan *scan, const char *bytes, gsize length);
void markup_scan_clear(MarkupScan *scan);

MarkupToken markup_scan_next(MarkupScan *scan);

/* Where no text is expected: steps over white space that a tag follows, which would be a text. */
void markup_scan_skip_blanks(MarkupScan *scan);

/* That it is at, from 1. */
guint markup_scan_line(const MarkupScan *scan);
