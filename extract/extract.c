#include "extract/extract.h"
#include "extract/blocks.h"
#include "extract/layout.h"
#include "extract/pdf.h"

void extract_warm(void) { pdf_warm(); }

static void read_page(Pdf *pdf, Document *document, Lines *lines, Tables *tables, guint number) {
    g_autoptr(Ink) ink = pdf_page_ink(pdf, number, document->notices);
    Page page = {0};
    if (ink == NULL) {
        document_add_notice(document, NOTICE_PAGE_MISSING, number, 1, NULL);
        g_array_append_val(document->pages, page);
        return;
    }
    page = (Page){.width = ink->width, .height = ink->height, .rotation = ink->rotation};
    g_array_append_val(document->pages, page);
    if (ink->glyphs->len == 0)
        document_add_notice(document, NOTICE_PAGE_WITHOUT_TEXT, number, 1, NULL);
    layout_page(lines, tables, ink, document->notices);
}

Document *extract_document(GBytes *bytes, const char *file, GError **error) {
    g_autoptr(Pdf) pdf = pdf_open(bytes, error);
    if (pdf == NULL)
        return NULL;
    g_autoptr(Lines) lines = lines_new();
    g_autoptr(Tables) tables = tables_new();
    Document *document = document_new();
    document->file = g_strdup(file);
    document->sha256 = extract_digest(bytes);
    document->producer = pdf_producer(pdf);
    for (guint i = 1; i <= pdf_pages(pdf); i++)
        read_page(pdf, document, lines, tables, i);
    blocks_build(document, lines, tables);
    return document;
}
