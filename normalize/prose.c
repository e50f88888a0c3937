#include "normalize/prose.h"
#include "normalize/text.h"
#include <string.h>

Prose *prose_new(void) {
    Prose *prose = g_new0(Prose, 1);
    prose->codes = g_array_new(FALSE, FALSE, sizeof(gunichar));
    prose->marks = g_array_new(FALSE, TRUE, sizeof(guint8));
    prose->scan = quantity_scan_new();
    return prose;
}

void prose_free(Prose *prose) {
    if (prose == NULL)
        return;
    g_array_unref(prose->codes);
    g_array_unref(prose->marks);
    quantity_scan_free(prose->scan);
    g_free(prose);
}

static Mark mark_of(gunichar code) {
    switch (code) {
    case U'，':
    case ',':
    case U'：':
    case ':':
        return MARK_COMMA;
    case U'。':
    case U'；':
    case ';':
    case U'！':
    case U'？':
    case U'｡':
        return MARK_STOP;
    case U'（':
    case '(':
    case U'【':
    case U'〔':
    case '[':
        return MARK_OPEN;
    case U'）':
    case ')':
    case U'】':
    case U'〕':
    case ']':
        return MARK_CLOSE;
    default:
        return MARK_NONE;
    }
}

static void mark_run(Prose *prose, guint start, guint end, Mark mark) {
    memset(&g_array_index(prose->marks, guint8, start), (int)mark, end - start);
}

/* A list marker with its brackets and its point. */
static void mark_list(Prose *prose, guint start, guint end) {
    if (start > 0 && prose_mark(prose, start - 1) == MARK_OPEN)
        start--;
    if (end < prose->length && prose_mark(prose, end) == MARK_CLOSE)
        end++;
    gunichar code = end < prose->length ? prose_code(prose, end) : 0;
    if (code == '.' || code == U'．' || code == U'、')
        end++;
    mark_run(prose, start, end, MARK_LIST);
}

/* 2021年【度】: part of the year. */
static void mark_quantity(Prose *prose, const Quantity *quantity) {
    guint end = quantity->end;
    if (quantity->kind == FIGURE_YEAR && end < prose->length && prose_code(prose, end) == U'度')
        end++;
    mark_run(prose, quantity->start, end, MARK_QUANTITY);
}

/* The characters, with the marks of punctuation. */
static void read_characters(Prose *prose, const Document *document, Span span) {
    prose->origin = span.start;
    prose->length = span.end - span.start;
    g_array_set_size(prose->codes, prose->length);
    g_array_set_size(prose->marks, prose->length);
    for (guint i = 0; i < prose->length; i++) {
        gunichar code = document_character(document, span.start + i)->code;
        g_array_index(prose->codes, gunichar, i) = code;
        g_array_index(prose->marks, guint8, i) = (guint8)mark_of(code);
    }
}

static void mark_scan(Prose *prose) {
    for (guint i = 0; i < prose->scan->claims->len; i++) {
        const Claim *claim = &g_array_index(prose->scan->claims, Claim, i);
        if (g_strcmp0(claim->kind, "list-marker") == 0)
            mark_list(prose, claim->start, claim->end);
        else
            mark_run(prose, claim->start, claim->end, MARK_CLAIM);
    }
    for (guint i = 0; i < prose->scan->quantities->len; i++)
        mark_quantity(prose, prose_quantity(prose, i));
}

void prose_read(Prose *prose, const Document *document, Span span, const Patterns *patterns) {
    read_characters(prose, document, span);
    quantity_scan(patterns, (const gunichar *)prose->codes->data, prose->length, prose->scan);
    mark_scan(prose);
}

ProseNotes *prose_notes_new(void) {
    ProseNotes *notes = g_new0(ProseNotes, 1);
    notes->quantities = g_array_new(FALSE, FALSE, sizeof(Quantity));
    notes->claims = g_array_new(FALSE, FALSE, sizeof(Claim));
    notes->unread = g_array_new(FALSE, FALSE, sizeof(Unread));
    return notes;
}

void prose_notes_free(ProseNotes *notes) {
    if (notes == NULL)
        return;
    g_array_unref(notes->quantities);
    g_array_unref(notes->claims);
    g_array_unref(notes->unread);
    g_free(notes);
}

ProseMark prose_notes_end(const ProseNotes *notes) {
    return (ProseMark){notes->quantities->len, notes->claims->len, notes->unread->len};
}

static void append_all(GArray *to, const GArray *from) {
    if (from->len > 0)
        g_array_append_vals(to, from->data, from->len);
}

void prose_note(const Prose *prose, ProseNotes *notes) {
    append_all(notes->quantities, prose->scan->quantities);
    append_all(notes->claims, prose->scan->claims);
    append_all(notes->unread, prose->scan->unread);
}

static void copy_part(GArray *to, const GArray *from, guint start, guint end) {
    g_array_set_size(to, 0);
    if (end > start)
        g_array_append_vals(
            to, from->data + (gsize)start * g_array_get_element_size((GArray *)from), end - start);
}

void prose_recall(Prose *prose, const Document *document, Span span, const ProseNotes *notes,
                  ProseMark from, ProseMark to) {
    read_characters(prose, document, span);
    copy_part(prose->scan->quantities, notes->quantities, from.quantities, to.quantities);
    copy_part(prose->scan->claims, notes->claims, from.claims, to.claims);
    copy_part(prose->scan->unread, notes->unread, from.unread, to.unread);
    mark_scan(prose);
}

/* As the fold has it where it is a letter, else as printed. */
static gunichar shown(gunichar folded, gunichar printed) {
    return folded == printed || g_unichar_isalnum(folded) ? folded : printed;
}

char *prose_text(const Prose *prose, guint start, guint end) {
    const gunichar *codes = (const gunichar *)prose->codes->data;
    gsize room = end - start;
    char *text = g_malloc(room * TEXT_BYTES_MAX + 1), *at = text;
    for (guint i = start; i < end; i++) {
        gunichar folded[TEXT_FOLD_MAX];
        guint n = code_fold(codes[i], folded);
        if (n > 1) {
            const gsize written = (gsize)(at - text);
            room += n - 1;
            text = g_realloc(text, room * TEXT_BYTES_MAX + 1);
            at = text + written;
        }
        for (guint k = 0; k < n; k++)
            at = code_write(shown(folded[k], codes[i]), at);
    }
    *at = '\0';
    return text;
}
