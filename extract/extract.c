#include "extract/extract.h"
#include "extract/blocks.h"
#include "extract/lines.h"
#include "extract/pdf.h"

void extract_warm(void) { pdf_warm(); }

static void read_page(Pdf *pdf, Document *document, Lines *lines, guint number) {
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
    lines_find(lines, ink, NULL);
}

Document *extract_document(GBytes *bytes, const char *file, GError **error) {
    g_autoptr(Pdf) pdf = pdf_open(bytes, error);
    if (pdf == NULL)
        return NULL;
    g_autoptr(Lines) lines = lines_new();
    Document *document = document_new();
    document->file = g_strdup(file);
    document->sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    document->producer = pdf_producer(pdf);
    for (guint i = 1; i <= pdf_pages(pdf); i++)
        read_page(pdf, document, lines, i);
    blocks_build(document, lines);
    return document;
}
