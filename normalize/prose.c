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

void prose_read(Prose *prose, const Document *document, Span span, const Patterns *patterns) {
    prose->origin = span.start;
    prose->length = span.end - span.start;
    g_array_set_size(prose->codes, prose->length);
    g_array_set_size(prose->marks, prose->length);
    for (guint i = 0; i < prose->length; i++) {
        gunichar code = document_character(document, span.start + i)->code;
        g_array_index(prose->codes, gunichar, i) = code;
        g_array_index(prose->marks, guint8, i) = (guint8)mark_of(code);
    }
    quantity_scan(patterns, (const gunichar *)prose->codes->data, prose->length, prose->scan);
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

char *prose_text(const Prose *prose, guint start, guint end) {
    const gunichar *codes = (const gunichar *)prose->codes->data;
    NormalText folded = {0};
    normal_text_read(&folded, codes + start, end - start);
    GString *text = g_string_sized_new((folded.length + 1) * 3);
    for (guint i = 0; i < folded.length; i++) {
        gunichar printed = codes[start + folded.origins[i]];
        gunichar code = folded.codes[i];
        g_string_append_unichar(text, g_unichar_isalnum(code) ? code : printed);
    }
    normal_text_clear(&folded);
    return g_string_free(text, FALSE);
}
