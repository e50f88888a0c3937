/* The scanner of XML beside libxml2: whatever it accepts libxml2 accepts too, with the same
 * elements, attributes and text. */
#include "extract/markup_scan.h"
#include "tests/fuzz/fuzz.h"
#include <libxml/parser.h>
#include <string.h>

static void quiet(void *context, const char *message, ...) { (void)context, (void)message; }

static void say(GString *said, char what, const char *text) {
    g_string_append_c(said, what);
    g_string_append(said, text);
    g_string_append_c(said, '\n');
}

static void say_node(GString *said, const xmlNode *node, GString *text) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        g_string_append(text, node->content == NULL ? "" : (const char *)node->content);
    if (node->type != XML_ELEMENT_NODE)
        return;
    if (text->len > 0)
        say(said, 'T', text->str);
    g_string_truncate(text, 0);
    say(said, 'S', (const char *)node->name);
    for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next) {
        xmlChar *value = xmlNodeListGetString(node->doc, attribute->children, 1);
        say(said, 'A', (const char *)attribute->name);
        say(said, 'V', value == NULL ? "" : (const char *)value);
        xmlFree(value);
    }
    for (const xmlNode *child = node->children; child != NULL; child = child->next)
        say_node(said, child, text);
    if (text->len > 0)
        say(said, 'T', text->str);
    g_string_truncate(text, 0);
    say(said, 'E', "");
}

/* NULL where it is refused. */
static GString *by_libxml(const char *bytes, size_t length) {
    const int options =
        XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_SAX1 | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlDoc *document = xmlReadMemory(bytes, (int)length, NULL, "UTF-8", options);
    if (document == NULL)
        return NULL;
    GString *said = g_string_new(NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    say_node(said, xmlDocGetRootElement(document), text);
    xmlFreeDoc(document);
    return said;
}

static void say_start(GString *said, const MarkupScan *scan) {
    g_string_append_printf(said, "S%.*s\n", (int)scan->name.length, scan->name.start);
    for (guint i = 0; i < scan->attributes_count; i++) {
        const MarkupAttribute *attribute = &scan->attributes[i];
        g_string_append_printf(said, "A%.*s\n", (int)attribute->name.length, attribute->name.start);
        say(said, 'V', scan->values->str + attribute->value);
    }
    if (scan->empty)
        say(said, 'E', "");
}

static GString *by_scan(const char *bytes, size_t length) {
    MarkupScan scan;
    MarkupToken token;
    g_autoptr(GString) said = g_string_new(NULL);
    markup_scan_begin(&scan, bytes, length);
    while ((token = markup_scan_next(&scan)) < MARKUP_FINISHED)
        if (token == MARKUP_START)
            say_start(said, &scan);
        else if (token == MARKUP_END)
            say(said, 'E', "");
        else if (scan.text->len > 0)
            say(said, 'T', scan.text->str);
    FUZZ_DEMAND(markup_scan_line(&scan) >= 1);
    markup_scan_clear(&scan);
    return token == MARKUP_FINISHED ? g_steal_pointer(&said) : NULL;
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, size_t length) {
    g_autoptr(GString) ours = by_scan((const char *)bytes, length);
    if (ours == NULL)
        return 0;
    xmlSetGenericErrorFunc(NULL, quiet);
    g_autoptr(GString) theirs = by_libxml((const char *)bytes, length);
    FUZZ_DEMAND(theirs != NULL);
    FUZZ_DEMAND(g_string_equal(ours, theirs));
    return 0;
}
