#include "extract/extract.h"
#include "extract/blocks.h"
#include "extract/fonts.h"
#include "extract/layout.h"
#include "extract/pdf.h"
#include "extract/turn.h"

enum {
    PICTURE_PAGE_GLYPHS_MAX = 40, /* a page number and a stamp on a scan */
    OUTLINES_MIN = 100,           /* fewer are a drawing */
};
static const float PICTURE_PAGE_PART = 0.5F;

void extract_warm(void) { pdf_warm(); }

const char *extract_font_file(void) { return fonts_file(); }

/* The part of the page that its largest picture covers. */
static float picture_part(const Ink *ink) {
    float part = 0;
    for (guint i = 0; i < ink->pictures->len; i++) {
        const Rectangle *box = &g_array_index(ink->pictures, Rectangle, i);
        float width = MIN(box->x1, ink->width) - MAX(box->x0, 0);
        float height = MIN(box->y1, ink->height) - MAX(box->y0, 0);
        if (width > 0 && height > 0)
            part += width * height / (ink->width * ink->height);
    }
    return part;
}

/* A page that a picture fills, scans cut into strips too, or letters drawn as outlines, says that
 * it was not read; so does one where nothing at all is printed. */
static void remark_pictures(Document *document, const Ink *ink) {
    guint glyphs = ink->glyphs->len;
    if (glyphs < PICTURE_PAGE_GLYPHS_MAX && picture_part(ink) > PICTURE_PAGE_PART)
        document_add_notice(document, NOTICE_PICTURE_ONLY, ink->number, 1, "picture");
    else if (glyphs < PICTURE_PAGE_GLYPHS_MAX && ink->curves > OUTLINES_MIN)
        document_add_notice(document, NOTICE_PICTURE_ONLY, ink->number, ink->curves, "outlines");
    else if (glyphs == 0)
        document_add_notice(document, NOTICE_PAGE_WITHOUT_TEXT, ink->number, 1, NULL);
}

/* Gives how the page was turned to be read. */
static guint8 read_page(Pdf *pdf, Document *document, Lines *lines, Tables *tables, guint number) {
    g_autoptr(Ink) ink = pdf_page_ink(pdf, number, document->notices);
    Page page = {0};
    if (ink == NULL) {
        document_add_notice(document, NOTICE_PAGE_MISSING, number, 1, NULL);
        g_array_append_val(document->pages, page);
        return 0;
    }
    guint8 turn = ink_turn(ink);
    page = (Page){.width = ink->width, .height = ink->height, .rotation = ink->rotation};
    g_array_append_val(document->pages, page);
    remark_pictures(document, ink);
    layout_page(lines, tables, ink, document->notices);
    return turn;
}

static char *digest_of(const char *data, gsize length) {
    Digest *digest = digest_new();
    digest_add(digest, (const guint8 *)data, length);
    return digest_end(digest);
}

Document *extract_document(char *data, gsize length, const char *file, const char *sha256,
                           GError **error) {
    g_autofree char *digest = sha256 == NULL ? digest_of(data, length) : g_strdup(sha256);
    g_autoptr(Pdf) pdf = pdf_open(data, length, error);
    if (pdf == NULL)
        return NULL;
    g_autoptr(Lines) lines = lines_new();
    g_autoptr(Tables) tables = tables_new();
    g_autoptr(GArray) turns = g_array_new(FALSE, FALSE, sizeof(guint8));
    Document *document = document_new();
    document->file = g_strdup(file);
    document->sha256 = g_steal_pointer(&digest);
    document->producer = pdf_producer(pdf);
    pdf_remark(pdf, document->notices);
    for (guint i = 1; i <= pdf_pages(pdf); i++) {
        guint8 turn = read_page(pdf, document, lines, tables, i);
        g_array_append_val(turns, turn);
    }
    blocks_build(document, lines, tables);
    document_turn_back(document, turns);
    return document;
}
