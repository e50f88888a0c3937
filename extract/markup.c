#include "extract/markup.h"
#include <glib/gi18n.h>
#include <libxml/xmlreader.h>
#include <string.h>

enum { DEPTH_MAX = 32 };

struct Markup {
    xmlTextReaderPtr xml;
    const char *what;
    GQuark domain;
    int code;
    GError *error;
};

/* libxml2's own complaints become our error, they are not printed. */
static void quiet(void *context, const char *message, xmlParserSeverities severity,
                  xmlTextReaderLocatorPtr locator) {
    (void)context, (void)message, (void)severity, (void)locator;
}

Markup *markup_new(const char *bytes, gsize length, const char *what, GQuark domain, int code) {
    Markup *markup = g_new0(Markup, 1);
    markup->what = what;
    markup->domain = domain;
    markup->code = code;
    if (length <= G_MAXINT)
        markup->xml =
            xmlReaderForMemory(bytes, (int)length, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_HUGE);
    if (markup->xml != NULL)
        xmlTextReaderSetErrorHandler(markup->xml, quiet, NULL);
    return markup;
}

void markup_free(Markup *markup) {
    if (markup == NULL)
        return;
    xmlFreeTextReader(markup->xml);
    g_clear_error(&markup->error);
    g_free(markup);
}

gboolean markup_finish(Markup *markup, GError **error) {
    if (markup->error == NULL)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&markup->error));
    return FALSE;
}

gboolean markup_fail(Markup *markup, const char *reason) {
    if (markup->error == NULL)
        markup->error =
            g_error_new(markup->domain, markup->code, _("line %d: not a %s: %s"),
                        markup->xml == NULL ? 0 : xmlTextReaderGetParserLineNumber(markup->xml),
                        markup->what, reason);
    return FALSE;
}

static gboolean advance(Markup *markup) {
    if (markup->error != NULL)
        return FALSE;
    if (xmlTextReaderRead(markup->xml) != 1)
        return markup_fail(markup, _("the text ends early or is not well-formed"));
    int type = xmlTextReaderNodeType(markup->xml);
    if (type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY_REFERENCE)
        return markup_fail(markup, _("a DOCTYPE or an entity"));
    if (xmlTextReaderDepth(markup->xml) > DEPTH_MAX)
        return markup_fail(markup, _("nested too deeply"));
    return TRUE;
}

gboolean markup_root(Markup *markup, const char *name) {
    if (markup->xml == NULL)
        return markup_fail(markup, _("empty or too large"));
    do {
        if (!advance(markup))
            return FALSE;
    } while (xmlTextReaderNodeType(markup->xml) != XML_READER_TYPE_ELEMENT);
    return markup_is(markup, name) || markup_fail(markup, _("another root element"));
}

gboolean markup_is(const Markup *markup, const char *name) {
    const xmlChar *local = xmlTextReaderConstLocalName(markup->xml);
    return local != NULL && strcmp((const char *)local, name) == 0;
}

int markup_depth(const Markup *markup) { return xmlTextReaderDepth(markup->xml); }

MarkupChildren markup_children(Markup *markup) {
    return (MarkupChildren){.depth = xmlTextReaderDepth(markup->xml),
                            .ended = xmlTextReaderIsEmptyElement(markup->xml) == 1};
}

gboolean markup_next(Markup *markup, MarkupChildren *children) {
    while (!children->ended && advance(markup)) {
        int type = xmlTextReaderNodeType(markup->xml);
        if (type == XML_READER_TYPE_END_ELEMENT &&
            xmlTextReaderDepth(markup->xml) == children->depth)
            children->ended = TRUE;
        else if (type == XML_READER_TYPE_ELEMENT)
            return TRUE;
        else if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA)
            return markup_fail(markup, _("text where none belongs"));
    }
    return FALSE;
}

gboolean markup_text(Markup *markup, GString *text) {
    if (xmlTextReaderIsEmptyElement(markup->xml) == 1)
        return TRUE;
    int depth = xmlTextReaderDepth(markup->xml);
    while (advance(markup)) {
        int type = xmlTextReaderNodeType(markup->xml);
        if (type == XML_READER_TYPE_END_ELEMENT && xmlTextReaderDepth(markup->xml) == depth)
            return TRUE;
        if (type == XML_READER_TYPE_ELEMENT)
            return markup_fail(markup, _("an element inside of text"));
        const xmlChar *value = xmlTextReaderConstValue(markup->xml);
        if (value != NULL)
            g_string_append(text, (const char *)value);
    }
    return FALSE;
}

char *markup_attribute(Markup *markup, const char *name) {
    xmlChar *value = xmlTextReaderGetAttribute(markup->xml, BAD_CAST name);
    char *copy = g_strdup((const char *)value);
    xmlFree(value);
    return copy;
}

gboolean markup_has(Markup *markup, const char *name) {
    g_autofree char *value = markup_attribute(markup, name);
    return value != NULL;
}

gboolean markup_number(Markup *markup, const char *name, guint minimum, guint maximum,
                       guint fallback, guint *result) {
    g_autofree char *value = markup_attribute(markup, name);
    guint64 number = fallback;
    gboolean fine =
        value == NULL ? fallback >= minimum && fallback <= maximum
                      : minimum <= maximum &&
                            g_ascii_string_to_unsigned(value, 10, minimum, maximum, &number, NULL);
    if (!fine)
        return markup_fail(markup, name);
    *result = (guint)number;
    return TRUE;
}

gboolean markup_parse_coordinate(const char **cursor, float *value) {
    const char *p = *cursor;
    gboolean negative = *p == '-';
    long whole = 0, hundredths = 0, scale = 10;
    if (negative)
        p++;
    if (!g_ascii_isdigit(*p))
        return FALSE;
    for (; g_ascii_isdigit(*p); p++)
        if ((whole = whole * 10 + (*p - '0')) > 10 * 1000 * 1000)
            return FALSE;
    if (*p == '.')
        for (p++; g_ascii_isdigit(*p) && scale > 0; p++, scale /= 10)
            hundredths += (*p - '0') * scale;
    long total = whole * 100 + hundredths;
    *value = (float)(negative ? -total : total) / 100.0F;
    *cursor = p;
    return TRUE;
}

gboolean markup_coordinates(Markup *markup, const char *name, float *values, guint n) {
    g_autofree char *text = markup_attribute(markup, name);
    const char *cursor = text;
    gboolean fine = text != NULL;
    for (guint i = 0; fine && i < n; i++)
        fine = (i == 0 || *cursor++ == ' ') && markup_parse_coordinate(&cursor, &values[i]);
    return (fine && *cursor == '\0') || markup_fail(markup, name);
}
