/* Prose: a run of characters that is read for figures — a paragraph, a heading, a cell of words —
 * with what the scan found in it and where its clauses end.
 *
 * Positions count characters from the start of the run; `origin` leads to the document's own
 * index. Reused from run to run.
 */
#pragma once
#include "normalize/quantity.h"
#include "normalize/report.h"

typedef enum {
    MARK_NONE,
    MARK_COMMA, /* ends a clause: ， ： 、 after a figure is decided by the reader */
    MARK_STOP,  /* ends a sentence or a group: 。 ； ？ ！ */
    MARK_OPEN,  /* brackets */
    MARK_CLOSE,
    MARK_QUANTITY, /* inside a quantity … */
    MARK_LIST,     /* … or a list marker … */
    MARK_CLAIM,    /* … or another claim */
} Mark;

typedef struct {
    guint origin; /* document index of the first character */
    guint length;
    GArray *codes; /* gunichar */
    GArray *marks; /* guint8: Mark of each character */
    QuantityScan *scan;
} Prose;

Prose *prose_new(void);
void prose_free(Prose *prose);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Prose, prose_free)

/* Reads the characters of `span`, scans them and marks them. */
void prose_read(Prose *prose, const Document *document, Span span, const Patterns *patterns);

static inline gunichar prose_code(const Prose *prose, guint i) {
    return g_array_index(prose->codes, gunichar, i);
}
static inline Mark prose_mark(const Prose *prose, guint i) {
    return (Mark)g_array_index(prose->marks, guint8, i);
}
static inline const Quantity *prose_quantity(const Prose *prose, guint i) {
    return &g_array_index(prose->scan->quantities, Quantity, i);
}

/* What was found in many runs, so that a run that is read again need not be scanned again. */
typedef struct {
    GArray *quantities, *claims, *unread; /* as QuantityScan has them, of one run after the other */
} ProseNotes;

/* Where the notes of one run begin. */
typedef struct {
    guint quantities, claims, unread;
} ProseMark;

ProseNotes *prose_notes_new(void);
void prose_notes_free(ProseNotes *notes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ProseNotes, prose_notes_free)

/* Adds those of the run that was read last. */
void prose_note(const Prose *prose, ProseNotes *notes);

/* The mark of the run that comes next. */
ProseMark prose_notes_end(const ProseNotes *notes);

/* Reads the characters of `span` again; `from` and `to`: its own mark and that of the next run. */
void prose_recall(Prose *prose, const Document *document, Span span, const ProseNotes *notes,
                  ProseMark from, ProseMark to);

/* The characters [start, end) as UTF-8: without white space, compatibility forms of letters and
 * radicals folded, punctuation as printed. */
char *prose_text(const Prose *prose, guint start, guint end);
