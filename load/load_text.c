/* Running text, for searching and for what two reports have in common. */
#include "load/bigram.h"
#include "load/loading.h"
#include "load/rows.h"
#include "load/shingle.h"
#include <string.h>

/* Index of the section that a block belongs to; blocks and sections stand in order. */
static guint section_of(const Report *report, guint block, guint from) {
    while (from + 1 < report->sections->len && report_section(report, from + 1)->block <= block)
        from++;
    return from;
}

static guint page_of(const Document *document, const Block *block) {
    return block->lines.count == 0 ? 1 : document_line(document, block->lines.first)->page;
}

static gboolean is_text(const Block *block) {
    return block->kind == BLOCK_HEADING || block->kind == BLOCK_PARAGRAPH ||
           block->kind == BLOCK_FIELD;
}

typedef struct {
    const Block *block;
    guint section; /* or REPORT_NONE */
    gsize text;    /* where it starts in `texts`; ended by NUL */
} Paragraph;

typedef struct {
    Loading *loading;
    GArray *paragraphs;
    GString *texts;
    const GPtrArray *left_out;
    Sketch sketch;
} Drawing;

static void collect(Drawing *drawing, const Block *block, guint section) {
    const Document *document = drawing->loading->report->document;
    g_autoptr(GString) text = g_string_new(NULL);
    document_append_text(document, document_lines_span(document, block->lines), text);
    const Paragraph paragraph = {block, section, drawing->texts->len};
    if (*g_strstrip(text->str) == '\0')
        return;
    g_string_append_len(drawing->texts, text->str, (gssize)strlen(text->str) + 1);
    g_array_append_val(drawing->paragraphs, paragraph);
}

static gboolean names_any(const char *title, const GPtrArray *words) {
    for (guint i = 0; title != NULL && i < words->len; i++)
        if (strstr(title, words->pdata[i]) != NULL)
            return TRUE;
    return FALSE;
}

/* Neither a heading, nor of a section that the sketch leaves out or that lies in one. */
static gboolean is_own_words(const Drawing *drawing, const Paragraph *paragraph) {
    const Report *report = drawing->loading->report;
    guint section = paragraph->section;
    if (paragraph->block->kind == BLOCK_HEADING)
        return FALSE;
    for (guint i = 0; i < 2 && section != REPORT_NONE; i++) {
        if (names_any(report_section(report, section)->title, drawing->left_out))
            return FALSE;
        section = report_section(report, section)->parent;
    }
    return TRUE;
}

static void give_paragraph(Rows *rows, guint i, gpointer data) {
    Drawing *drawing = data;
    const Loading *loading = drawing->loading;
    const Paragraph *paragraph = &g_array_index(drawing->paragraphs, Paragraph, i);
    const char *text = drawing->texts->str + paragraph->text;
    Sketch *sketch = is_own_words(drawing, paragraph) ? &drawing->sketch : NULL;
    const gint64 hash = shingle_paragraph(text, sketch);
    bigram_append(loading->words, text);
    rows_give(rows, "iksnsk", loading->document, loading_id(loading->sections, paragraph->section),
              paragraph->block->kind == BLOCK_HEADING ? "heading" : "paragraph",
              page_of(loading->report->document, paragraph->block), text, hash);
}

static void collect_all(Drawing *drawing) {
    const Report *report = drawing->loading->report;
    for (guint i = 0, section = 0; i < report->document->blocks->len; i++) {
        section = section_of(report, i, section);
        const gboolean within =
            section < report->sections->len && report_section(report, section)->block <= i;
        if (is_text(document_block(report->document, i)))
            collect(drawing, document_block(report->document, i), within ? section : REPORT_NONE);
    }
}

gboolean load_text(Loading *loading) {
    g_autoptr(GPtrArray) left_out = shingle_left_out(loading->archive, loading->error);
    g_autoptr(GArray) paragraphs = g_array_new(FALSE, FALSE, sizeof(Paragraph));
    g_autoptr(GString) texts = g_string_new(NULL);
    Drawing drawing = {loading, paragraphs, texts, left_out, sketch_of_nothing()};
    if (left_out == NULL)
        return FALSE;
    collect_all(&drawing);
    return archive_insert_rows(
               loading->archive, loading->error,
               "INSERT OR FAIL INTO paragraphs(document_id, section_id, kind, page, text, sketch) "
               "SELECT c1, c2, c3, c4, c5, c6 FROM drawn",
               paragraphs->len, give_paragraph, &drawing) &&
           sketch_write(loading->archive, loading->document, &drawing.sketch, loading->error);
}
