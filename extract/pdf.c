#include "extract/pdf.h"
#include "extract/account.h"
#include "extract/bytes.h"
#include "extract/flip.h"
#include "extract/fonts.h"
#include "extract/repair.h"
#include "extract/rulings.h"
#include "extract/strip.h"
#include <glib/gi18n.h>
#include <poppler.h>
#include <string.h>

G_DEFINE_QUARK(gouji - extract - error - quark, extract_error)

struct Pdf {
    PopplerDocument *document;
    guint pages;
    gboolean has_xfa; /* a form that its own program lays out; the pages may hold a placeholder */
};

/* Stands for a character that XML forbids. */
static const gunichar REPLACEMENT = 0xFFFD;
static const gunichar PRIVATE_USE_FIRST = 0xE000;

/* Fields of a page and layers beyond these are not looked at. */
enum { FIELDS_MAX = 2000, LAYERS_MAX = 50, LAYERS_DEPTH_MAX = 20 };

/* The header may stand a little into the file; readers search this far. */
enum { HEADER_SEARCH_BYTES = 1024 };

/* Full-width characters narrower than this part of their font's size show that the size is wrong;
 * condensed type is wider. */
static const float NARROW_PART = 0.7F;

/* The smallest PDF with a page: opened once and never closed, since Poppler drops its global
 * parameters with its last document and opening the next then costs six times as much. */
static const char WARM_PDF[] = "%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                               "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                               "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
                               "trailer<</Root 1 0 R>>\n";

/* Strings of PDFs are UTF-16, old fonts hold GBK (extract/repair.c); the C library loads the code
 * for it when it is first wanted, which a confined process may not, and keeps it as long as a
 * conversion is open. */
static void warm_conversions(void) {
    static const char *const ENCODINGS[] = {"UTF-16BE", "UTF-16LE", "UTF-16", "ISO-8859-1",
                                            "GB18030"};
    static GPtrArray *kept = NULL;
    kept = g_ptr_array_new();
    for (gsize i = 0; i < G_N_ELEMENTS(ENCODINGS); i++) {
        g_ptr_array_add(kept, g_iconv_open("UTF-8", ENCODINGS[i]));
        g_ptr_array_add(kept, g_iconv_open(ENCODINGS[i], "UTF-8"));
    }
}

void pdf_warm(void) {
    static PopplerDocument *kept = NULL;
    fonts_forget();
    if (kept != NULL)
        return;
    g_autoptr(GBytes) bytes = g_bytes_new_static(WARM_PDF, sizeof WARM_PDF - 1);
    kept = poppler_document_new_from_bytes(bytes, NULL, NULL);
    warm_conversions();
}

gboolean extract_is_pdf(const char *bytes, gsize length) {
    return memmem(bytes, MIN(length, HEADER_SEARCH_BYTES), "%PDF-", 5) != NULL;
}

static void set_open_error(GError **error, const GError *reason) {
    if (g_error_matches(reason, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
        g_set_error_literal(error, EXTRACT_ERROR, EXTRACT_ERROR_ENCRYPTED,
                            _("encrypted: a password is needed"));
    else if (g_error_matches(reason, POPPLER_ERROR, POPPLER_ERROR_DAMAGED) ||
             g_error_matches(reason, POPPLER_ERROR, POPPLER_ERROR_BAD_CATALOG))
        g_set_error_literal(error, EXTRACT_ERROR, EXTRACT_ERROR_DAMAGED,
                            _("damaged or truncated PDF"));
    else
        g_set_error(error, EXTRACT_ERROR, EXTRACT_ERROR_DAMAGED, _("damaged or truncated PDF (%s)"),
                    reason == NULL ? "?" : reason->message);
}

Pdf *pdf_open(char *data, gsize length, GError **error) {
    g_autoptr(GError) reason = NULL;
    if (length == 0) {
        g_set_error_literal(error, EXTRACT_ERROR, EXTRACT_ERROR_EMPTY, _("empty file"));
        return NULL;
    }
    if (!extract_is_pdf(data, length)) {
        g_set_error_literal(error, EXTRACT_ERROR, EXTRACT_ERROR_NOT_PDF, _("not a PDF"));
        return NULL;
    }
    fonts_forget();
    strip_programs(data, length);
    g_autoptr(GBytes) bytes = g_bytes_new_static(data, length);
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, &reason);
    if (document == NULL) {
        set_open_error(error, reason);
        return NULL;
    }
    int pages = poppler_document_get_n_pages(document);
    if (pages <= 0 || pages > DOCUMENT_PAGES_MAX) {
        g_object_unref(document);
        if (pages <= 0)
            g_set_error_literal(error, EXTRACT_ERROR, EXTRACT_ERROR_NO_PAGES,
                                _("a PDF without pages"));
        else
            g_set_error(error, EXTRACT_ERROR, EXTRACT_ERROR_LIMIT, _("%d pages, more than %d"),
                        pages, DOCUMENT_PAGES_MAX);
        return NULL;
    }
    Pdf *pdf = g_new0(Pdf, 1);
    pdf->document = document;
    pdf->pages = (guint)pages;
    pdf->has_xfa = bytes_find(data, data + length, "/XFA", 4) != NULL;
    return pdf;
}

void pdf_free(Pdf *pdf) {
    if (pdf == NULL)
        return;
    g_object_unref(pdf->document);
    g_free(pdf);
}

guint pdf_pages(const Pdf *pdf) { return pdf->pages; }

char *pdf_producer(const Pdf *pdf) { return poppler_document_get_producer(pdf->document); }

static guint16 font_index(Ink *ink, const char *name) {
    const char *known = name == NULL ? "" : name;
    for (guint i = ink->fonts->len; i > 0; i--)
        if (g_str_equal(ink->fonts->pdata[i - 1], known))
            return (guint16)(i - 1);
    if (ink->fonts->len > G_MAXUINT16)
        return 0;
    g_ptr_array_add(ink->fonts, g_strdup(known));
    return (guint16)(ink->fonts->len - 1);
}

static gboolean font_is_bold(const char *name) {
    return name != NULL && (strstr(name, "Bold") != NULL || strstr(name, "bold") != NULL ||
                            strstr(name, "Black") != NULL || strstr(name, "Heavy") != NULL);
}

/* What Poppler says of the page's text, each array for itself. */
typedef struct {
    char *text;
    PopplerRectangle *boxes;
    guint n_boxes;
    GList *attributes;
} PageText;

static void page_text_clear(PageText *text) {
    g_free(text->text);
    g_free(text->boxes);
    poppler_page_free_text_attributes(text->attributes);
}

static void pdf_notice(GArray *notices, NoticeKind kind, guint page, guint count,
                       const char *text) {
    Notice notice = {.kind = kind, .page = page, .count = count, .text = g_strdup(text)};
    g_array_append_val(notices, notice);
}

/* Layers that are switched off, those below `layers` too. */
static void remark_layers(PopplerLayersIter *layers, guint depth, guint *n, GArray *notices) {
    if (layers == NULL || depth > LAYERS_DEPTH_MAX)
        return;
    do {
        PopplerLayer *layer = poppler_layers_iter_get_layer(layers);
        if (layer != NULL && !poppler_layer_is_visible(layer) && (*n)++ < LAYERS_MAX)
            pdf_notice(notices, NOTICE_LAYER_HIDDEN, 0, 1, poppler_layer_get_title(layer));
        g_clear_object(&layer);
        PopplerLayersIter *below = poppler_layers_iter_get_child(layers);
        remark_layers(below, depth + 1, n, notices);
        poppler_layers_iter_free(below);
    } while (poppler_layers_iter_next(layers));
}

void pdf_remark(Pdf *pdf, GArray *notices) {
    guint n = 0;
    PopplerLayersIter *layers = poppler_layers_iter_new(pdf->document);
    remark_layers(layers, 0, &n, notices);
    poppler_layers_iter_free(layers);
    if (pdf->has_xfa)
        pdf_notice(notices, NOTICE_FIELD_UNREAD, 0, 1, "XFA");
}

/* Characters that XML forbids. */
static gboolean is_forbidden(gunichar code) {
    return (code < 0x20 && code != '\t' && code != '\n' && code != '\r') ||
           (code >= 0xD800 && code <= 0xDFFF) || code == 0xFFFE || code == 0xFFFF ||
           code > 0x10FFFF;
}

/* Poppler puts these around words that run right to left, and gives them no box. */
static gboolean is_embedding(gunichar code) { return code >= 0x202A && code <= 0x202E; }

/* How many characters of the text have no box. Where these are not just the embeddings, characters
 * and boxes do not belong together, and the page says so. */
static guint count_boxless(const Ink *ink, const PageText *text, GArray *notices) {
    guint characters = 0, embeddings = 0;
    for (const char *p = text->text; *p != '\0'; p = g_utf8_next_char(p)) {
        characters++;
        embeddings += is_embedding(g_utf8_get_char(p)) ? 1 : 0;
    }
    guint boxless = characters > text->n_boxes ? characters - text->n_boxes : 0;
    if (boxless > embeddings)
        pdf_notice(notices, NOTICE_TEXT_UNTRUSTED, ink->number, boxless - embeddings, "places");
    return boxless;
}

/* A glyph of this run, without its character and place. */
static Glyph run_style(Ink *ink, const PopplerTextAttributes *run) {
    Glyph style = {0};
    if (run != NULL) {
        style.size = (float)run->font_size;
        style.font = font_index(ink, run->font_name);
        style.bold = font_is_bold(run->font_name);
    }
    return style;
}

/* Walks text, boxes and attributes side by side; white space becomes `space_after`. */
static void append_glyphs(Ink *ink, const PageText *text, GArray *notices) {
    const GList *run = text->attributes;
    Glyph style = {0};
    gboolean style_known = FALSE;
    guint i = 0, n = 0, replaced = 0, private = 0, boxless = count_boxless(ink, text, notices);
    g_array_set_size(ink->glyphs, text->n_boxes);
    for (const char *p = text->text; *p != '\0' && i < text->n_boxes;
         p = g_utf8_next_char(p), i++) {
        gunichar code = g_utf8_get_char(p);
        for (; boxless > 0 && is_embedding(code); boxless--) {
            p = g_utf8_next_char(p);
            code = g_utf8_get_char(p);
        }
        if (code == 0)
            break;
        const PopplerRectangle *box = &text->boxes[i];
        for (; run != NULL && ((const PopplerTextAttributes *)run->data)->end_index < (int)i;
             run = run->next)
            style_known = FALSE;
        if (!style_known) {
            style = run_style(ink, run == NULL ? NULL : run->data);
            style_known = TRUE;
        }
        if (g_unichar_isspace(code)) {
            if (n > 0)
                g_array_index(ink->glyphs, Glyph, n - 1).space_after = TRUE;
            continue;
        }
        if (is_forbidden(code)) {
            code = REPLACEMENT;
            replaced++;
        }
        private += code >= PRIVATE_USE_FIRST && g_unichar_type(code) == G_UNICODE_PRIVATE_USE;
        style.code = code;
        style.box = (Rectangle){(float)box->x1, (float)box->y1, (float)box->x2, (float)box->y2};
        g_array_index(ink->glyphs, Glyph, n++) = style;
    }
    g_array_set_size(ink->glyphs, n);
    if (replaced > 0)
        pdf_notice(notices, NOTICE_CHARACTERS_REPLACED, ink->number, replaced, NULL);
    if (private > 0)
        pdf_notice(notices, NOTICE_PRIVATE_USE, ink->number, private, NULL);
}

/* Poppler guesses the size of Type 3 fonts from the outline of one letter and is off by two and
 * more. A full-width character is as wide as its font is large: where these of one font are much
 * narrower, all its sizes shrink with them. */
static void correct_sizes(Ink *ink) {
    g_autofree float *widths = g_new0(float, ink->fonts->len + 1);
    g_autofree float *sizes = g_new0(float, ink->fonts->len + 1);
    for (guint i = 0; i < ink->glyphs->len; i++) {
        const Glyph *glyph = ink_glyph(ink, i);
        if (!code_is_wide(glyph->code))
            continue;
        widths[glyph->font] +=
            MAX(glyph->box.x1 - glyph->box.x0, glyph->direction % 2 == 1 ? glyph->size : 0);
        sizes[glyph->font] += glyph->size;
    }
    for (guint i = 0; i < ink->glyphs->len; i++) {
        Glyph *glyph = &g_array_index(ink->glyphs, Glyph, i);
        float width = widths[glyph->font], size = sizes[glyph->font];
        if (width > 0 && width < size * NARROW_PART)
            glyph->size *= width / size;
    }
}

/* From the page's own coordinates, upwards and before rotation, to the ink's. */
static Rectangle page_box(const Ink *ink, const PopplerRectangle *area) {
    float x0 = (float)area->x1, x1 = (float)area->x2, y0 = (float)area->y1, y1 = (float)area->y2;
    switch (ink->rotation) {
    case 90:
        return (Rectangle){y0, x0, y1, x1};
    case 180:
        return (Rectangle){ink->width - x1, y0, ink->width - x0, y1};
    case 270:
        return (Rectangle){ink->width - y1, ink->height - x1, ink->width - y0, ink->height - x0};
    default:
        return (Rectangle){x0, ink->height - y1, x1, ink->height - y0};
    }
}

static char *field_value(PopplerFormField *field) {
    switch (poppler_form_field_get_field_type(field)) {
    case POPPLER_FORM_FIELD_TEXT:
        return poppler_form_field_text_get_text(field);
    case POPPLER_FORM_FIELD_CHOICE:
        return poppler_form_field_choice_get_text(field);
    default:
        return NULL;
    }
}

/* Whether most of the value's characters stand in the box: other text may too, as the underscores
 * below an empty field. */
static gboolean is_drawn(const Ink *ink, Rectangle box, const char *value) {
    g_autoptr(GHashTable) codes = g_hash_table_new(NULL, NULL);
    guint found = 0, all = 0;
    for (guint i = 0; i < ink->glyphs->len; i++) {
        const Glyph *glyph = ink_glyph(ink, i);
        float x = (glyph->box.x0 + glyph->box.x1) / 2, y = (glyph->box.y0 + glyph->box.y1) / 2;
        if (x > box.x0 && x < box.x1 && y > box.y0 && y < box.y1)
            g_hash_table_add(codes, GUINT_TO_POINTER(glyph->code));
    }
    for (const char *p = value; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar code = g_utf8_get_char(p);
        all += g_unichar_isgraph(code) ? 1 : 0;
        found += g_hash_table_contains(codes, GUINT_TO_POINTER(code)) ? 1 : 0;
    }
    return 2 * found > all || all == 0;
}

/* Where a field has an appearance its value is on the page like all text; here are the others. */
static void append_fields(Ink *ink, PopplerPage *page, GArray *notices) {
    GList *fields = poppler_page_get_form_field_mapping(page);
    guint n = 0;
    for (const GList *link = fields; link != NULL && n < FIELDS_MAX; link = link->next, n++) {
        const PopplerFormFieldMapping *mapping = link->data;
        Field field = {.value = field_value(mapping->field), .box = page_box(ink, &mapping->area)};
        if (field.value == NULL || *field.value == '\0' || is_drawn(ink, field.box, field.value)) {
            g_free(field.value);
            continue;
        }
        field.name = poppler_form_field_get_name(mapping->field);
        g_array_append_val(ink->fields, field);
    }
    guint unread = g_list_length(fields) - n;
    if (unread > 0)
        pdf_notice(notices, NOTICE_FIELD_UNREAD, ink->number, unread, NULL);
    poppler_page_free_form_field_mapping(fields);
}

Ink *pdf_page_ink(Pdf *pdf, guint number, GArray *notices) {
    PopplerPage *page = poppler_document_get_page(pdf->document, (int)number - 1);
    if (page == NULL)
        return NULL;
    Ink *ink = ink_new(number);
    double width = 0, height = 0;
    PageText text = {0};
    poppler_page_get_size(page, &width, &height);
    ink->width = (float)width;
    ink->height = (float)height;
    /* Rendering fills Poppler's text page too; the other way round would interpret it twice. */
    cairo_t *cairo = rulings_begin(ink);
    poppler_page_render(page, cairo);
    guint dropped = rulings_end(cairo);
    if (dropped > 0)
        pdf_notice(notices, NOTICE_LIMIT, number, dropped, "rules");
    text.text = poppler_page_get_text(page);
    if (text.text != NULL && *text.text != '\0' &&
        poppler_page_get_text_layout(page, &text.boxes, &text.n_boxes)) {
        text.attributes = poppler_page_get_text_attributes(page);
        append_glyphs(ink, &text, notices);
        correct_sizes(ink);
    }
    ink_flip(ink);
    ink_account(ink, notices);
    ink_repair(ink, notices);
    append_fields(ink, page, notices);
    page_text_clear(&text);
    g_object_unref(page);
    return ink;
}
