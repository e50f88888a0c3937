#include "extract/document.h"

G_DEFINE_QUARK(gouji - document - error - quark, document_error)

static void block_clear(gpointer data) {
    Block *block = data;
    g_free(block->number);
    g_free(block->name);
}

static void table_clear(gpointer data) {
    Table *table = data;
    g_array_unref(table->cells);
}

static void notice_clear(gpointer data) {
    Notice *notice = data;
    g_free(notice->text);
}

static GArray *array_new_cleared(guint size, GDestroyNotify clear) {
    GArray *array = g_array_new(FALSE, TRUE, size);
    g_array_set_clear_func(array, clear);
    return array;
}

Document *document_new(void) {
    Document *document = g_new0(Document, 1);
    document->characters = g_array_new(FALSE, TRUE, sizeof(Character));
    document->lines = g_array_new(FALSE, TRUE, sizeof(Line));
    document->blocks = array_new_cleared(sizeof(Block), block_clear);
    document->tables = array_new_cleared(sizeof(Table), table_clear);
    document->pages = g_array_new(FALSE, TRUE, sizeof(Page));
    document->notices = array_new_cleared(sizeof(Notice), notice_clear);
    return document;
}

void document_free(Document *document) {
    if (document == NULL)
        return;
    g_free(document->file);
    g_free(document->sha256);
    g_free(document->producer);
    g_array_unref(document->characters);
    g_array_unref(document->lines);
    g_array_unref(document->blocks);
    g_array_unref(document->tables);
    g_array_unref(document->pages);
    g_array_unref(document->notices);
    g_free(document);
}

guint document_add_line(Document *document, const Line *line) {
    g_array_append_vals(document->lines, line, 1);
    return document->lines->len - 1;
}

guint document_add_block(Document *document, BlockKind kind, LineRun lines) {
    Block block = {.kind = kind, .lines = lines, .table = DOCUMENT_NONE};
    g_array_append_val(document->blocks, block);
    return document->blocks->len - 1;
}

guint document_add_table(Document *document) {
    Table table = {.cells = g_array_new(FALSE, TRUE, sizeof(Cell))};
    g_array_append_val(document->tables, table);
    return document->tables->len - 1;
}

void document_add_notice(Document *document, NoticeKind kind, guint page, guint count,
                         const char *text) {
    Notice notice = {.kind = kind, .page = page, .count = count, .text = g_strdup(text)};
    g_array_append_val(document->notices, notice);
}

Span document_lines_span(const Document *document, LineRun lines) {
    if (lines.count == 0)
        return (Span){0, 0};
    return (Span){document_line(document, lines.first)->characters.start,
                  document_line(document, lines.first + lines.count - 1)->characters.end};
}

/* As g_unichar_to_utf8 may write. */
enum { CHARACTER_BYTES_MAX = 6 };

void document_append_text(const Document *document, Span span, GString *text) {
    const gsize before = text->len;
    const guint n = span.end > span.start ? span.end - span.start : 0;
    g_string_set_size(text, before + CHARACTER_BYTES_MAX * (gsize)n);
    char *to = text->str + before;
    for (guint i = span.start; i < span.end; i++) {
        const gunichar code = document_character(document, i)->code;
        if (code < 0x80)
            *to++ = (char)code;
        else
            to += g_unichar_to_utf8(code, to);
    }
    g_string_set_size(text, (gsize)(to - text->str));
}

guint document_line_of(const Document *document, guint i) {
    guint low = 0, high = document->lines->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (document_line(document, middle)->characters.end <= i)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == document->lines->len || document_line(document, low)->characters.start > i)
        return DOCUMENT_NONE;
    return low;
}

static gboolean piece_in_line(const Document *document, const Line *line, Span span, Piece *piece) {
    guint start = MAX(span.start, line->characters.start);
    guint end = MIN(span.end, line->characters.end);
    while (start < end && g_unichar_isspace(document_character(document, start)->code))
        start++;
    while (start < end && g_unichar_isspace(document_character(document, end - 1)->code))
        end--;
    if (start >= end)
        return FALSE;
    float from = document_character(document, start)->start;
    float to = document_character(document, end - 1)->end;
    piece->page = line->page;
    piece->box = line->vertical ? (Rectangle){line->low, from, line->high, to}
                                : (Rectangle){from, line->low, to, line->high};
    return TRUE;
}

GArray *document_pieces(const Document *document, Span span) {
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    guint first = span.start < span.end ? document_line_of(document, span.start) : DOCUMENT_NONE;
    for (guint i = first; i < document->lines->len; i++) {
        const Line *line = document_line(document, i);
        Piece piece;
        if (line->characters.start >= span.end)
            break;
        if (piece_in_line(document, line, span, &piece))
            g_array_append_val(pieces, piece);
    }
    return pieces;
}

static const char *const BLOCK_KINDS[] = {"heading", "paragraph", "table", "furniture", "field"};

const char *block_kind_name(BlockKind kind) { return BLOCK_KINDS[kind]; }

static const char *const NOTICE_KINDS[] = {
    [NOTICE_PAGE_MISSING] = "page-missing",
    [NOTICE_PAGE_WITHOUT_TEXT] = "page-without-text",
    [NOTICE_PICTURE_ONLY] = "picture-only",
    [NOTICE_GLYPHS_UNMAPPED] = "glyphs-unmapped",
    [NOTICE_TEXT_UNTRUSTED] = "text-untrusted",
    [NOTICE_TEXT_REPAIRED] = "text-repaired",
    [NOTICE_CHARACTERS_REPLACED] = "characters-replaced",
    [NOTICE_PRIVATE_USE] = "private-use",
    [NOTICE_CHARACTERS_DROPPED] = "characters-dropped",
    [NOTICE_FIELD_UNREAD] = "field-unread",
    [NOTICE_LIMIT] = "limit",
    [NOTICE_OCR] = "ocr",
    [NOTICE_LAYER_HIDDEN] = "layer-hidden",
};

const char *notice_kind_name(NoticeKind kind) { return NOTICE_KINDS[kind]; }

gboolean notice_kind_parse(const char *name, NoticeKind *kind) {
    for (guint i = 0; i < G_N_ELEMENTS(NOTICE_KINDS); i++)
        if (g_strcmp0(name, NOTICE_KINDS[i]) == 0) {
            *kind = (NoticeKind)i;
            return TRUE;
        }
    return FALSE;
}
