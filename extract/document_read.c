/* Reading the Document's XML. Nothing in the text is trusted: no DOCTYPE, no entities, every number
 * is checked against what it indexes. The element tree is walked once, forwards. */
#include "extract/document.h"
#include <glib/gi18n.h>
#include <libxml/xmlreader.h>
#include <string.h>

enum { DEPTH_MAX = 16 };

typedef struct {
    xmlTextReaderPtr xml;
    Document *document;
    GError **error;
} Reader;

static gboolean fail(Reader *reader, const char *reason) {
    if (reader->error == NULL || *reader->error == NULL)
        g_set_error(reader->error, DOCUMENT_ERROR, DOCUMENT_ERROR_SYNTAX,
                    _("line %d: not a Document: %s"), xmlTextReaderGetParserLineNumber(reader->xml),
                    reason);
    return FALSE;
}

static gboolean is_element(Reader *reader, const char *name) {
    return xmlTextReaderNodeType(reader->xml) == XML_READER_TYPE_ELEMENT &&
           strcmp((const char *)xmlTextReaderConstLocalName(reader->xml), name) == 0;
}

/* Moves to the next node; FALSE with an error at the end of the text, at a DOCTYPE, too deep. */
static gboolean advance(Reader *reader) {
    if (xmlTextReaderRead(reader->xml) != 1)
        return fail(reader, _("the text ends early or is not well-formed"));
    int type = xmlTextReaderNodeType(reader->xml);
    if (type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY_REFERENCE)
        return fail(reader, _("a DOCTYPE or an entity"));
    if (xmlTextReaderDepth(reader->xml) > DEPTH_MAX)
        return fail(reader, _("nested too deeply"));
    return TRUE;
}

/* Steps to the next child element of the element at `depth`; FALSE at its end (`*ended`) or on an
 * error. Stray text is an error, white space is not. */
static gboolean next_child(Reader *reader, int depth, gboolean *ended) {
    *ended = FALSE;
    while (advance(reader)) {
        int type = xmlTextReaderNodeType(reader->xml);
        if (type == XML_READER_TYPE_END_ELEMENT && xmlTextReaderDepth(reader->xml) == depth) {
            *ended = TRUE;
            return FALSE;
        }
        if (type == XML_READER_TYPE_ELEMENT)
            return TRUE;
        if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA)
            return fail(reader, _("text outside of a line"));
    }
    return FALSE;
}

static char *attribute(Reader *reader, const char *name) {
    return (char *)xmlTextReaderGetAttribute(reader->xml, BAD_CAST name);
}

static char *attribute_copy(Reader *reader, const char *name) {
    char *value = attribute(reader, name);
    char *copy = g_strdup(value);
    xmlFree(value);
    return copy;
}

static gboolean read_number(Reader *reader, const char *name, guint minimum, guint maximum,
                            guint fallback, guint *result) {
    char *value = attribute(reader, name);
    guint64 number = fallback;
    gboolean fine = value == NULL
                        ? fallback >= minimum && fallback <= maximum
                        : g_ascii_string_to_unsigned(value, 10, minimum, maximum, &number, NULL);
    xmlFree(value);
    if (!fine)
        return fail(reader, name);
    *result = (guint)number;
    return TRUE;
}

/* A decimal of at most two places, as the writer makes them; no locale, no exponent. */
static gboolean parse_coordinate(const char **cursor, float *result) {
    const char *p = *cursor;
    gboolean negative = *p == '-';
    if (negative)
        p++;
    if (!g_ascii_isdigit(*p))
        return FALSE;
    long whole = 0, hundredths = 0, scale = 10;
    for (; g_ascii_isdigit(*p); p++)
        if ((whole = whole * 10 + (*p - '0')) > 10 * 1000 * 1000)
            return FALSE;
    if (*p == '.')
        for (p++; g_ascii_isdigit(*p) && scale > 0; p++, scale /= 10)
            hundredths += (*p - '0') * scale;
    long total = whole * 100 + hundredths;
    *result = (float)(negative ? -total : total) / 100.0F;
    *cursor = p;
    return TRUE;
}

static gboolean read_coordinates(Reader *reader, const char *name, float *values, guint n) {
    char *text = attribute(reader, name);
    const char *cursor = text;
    gboolean fine = text != NULL;
    for (guint i = 0; fine && i < n; i++) {
        fine = (i == 0 || *cursor++ == ' ') && parse_coordinate(&cursor, &values[i]);
    }
    fine = fine && *cursor == '\0';
    xmlFree(text);
    return fine || fail(reader, name);
}

/* Gives each character of `text` its extent from the tokens of `positions`. */
static gboolean add_characters(Reader *reader, const char *text, const char *positions) {
    GArray *characters = reader->document->characters;
    gboolean open = FALSE; /* the last character still lacks its end */
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        Character character = {.code = g_utf8_get_char(p)};
        if (p != text && *positions++ != ' ')
            return fail(reader, _("fewer positions than characters"));
        if (!parse_coordinate(&positions, &character.start))
            return fail(reader, _("fewer positions than characters"));
        if (open)
            g_array_index(characters, Character, characters->len - 1).end = character.start;
        open = *positions != ':';
        if (!open) {
            positions++;
            if (!parse_coordinate(&positions, &character.end))
                return fail(reader, _("a position is not a number"));
        }
        if (characters->len >= DOCUMENT_CHARACTERS_MAX)
            return fail(reader, _("too many characters"));
        g_array_append_val(characters, character);
    }
    return (!open && *positions == '\0') || fail(reader, _("positions do not fit the text"));
}

static gboolean read_line_text(Reader *reader, gboolean in_attribute, GString *text) {
    if (in_attribute) {
        char *value = attribute(reader, "text");
        g_string_assign(text, value == NULL ? "" : value);
        xmlFree(value);
    }
    if (xmlTextReaderIsEmptyElement(reader->xml))
        return TRUE;
    int depth = xmlTextReaderDepth(reader->xml);
    while (advance(reader)) {
        int type = xmlTextReaderNodeType(reader->xml);
        if (type == XML_READER_TYPE_END_ELEMENT && xmlTextReaderDepth(reader->xml) == depth)
            return TRUE;
        if (in_attribute || type == XML_READER_TYPE_ELEMENT)
            return fail(reader, _("an element inside a line"));
        const xmlChar *value = xmlTextReaderConstValue(reader->xml);
        if (value != NULL)
            g_string_append(text, (const char *)value);
    }
    return FALSE;
}

static gboolean read_line(Reader *reader, gboolean in_attribute) {
    Line line = {.confidence = -1};
    float across[2];
    if (!is_element(reader, "line"))
        return fail(reader, _("expected a line"));
    char *down = attribute(reader, "down");
    char *confidence = attribute(reader, "confidence");
    g_autofree char *positions = down != NULL ? g_strdup(down) : attribute_copy(reader, "x");
    line.vertical = down != NULL;
    gboolean recognised = confidence != NULL;
    xmlFree(down);
    xmlFree(confidence);
    if (!read_number(reader, "page", 1, DOCUMENT_PAGES_MAX, 0, &line.page) ||
        !read_coordinates(reader, line.vertical ? "across" : "y", across, 2) ||
        (recognised && !read_coordinates(reader, "confidence", &line.confidence, 1)))
        return FALSE;
    if (positions == NULL)
        return fail(reader, _("a line without positions"));
    if (line.page > reader->document->pages->len)
        return fail(reader, _("a line on a page that is not there"));
    line.low = across[0];
    line.high = across[1];
    g_autoptr(GString) text = g_string_new(NULL);
    line.characters.start = reader->document->characters->len;
    if (!read_line_text(reader, in_attribute, text) ||
        (text->len > 0 && !add_characters(reader, text->str, positions)))
        return FALSE;
    line.characters.end = reader->document->characters->len;
    document_add_line(reader->document, &line);
    return TRUE;
}

/* The lines that are the children of the element the reader is at. */
static gboolean read_lines(Reader *reader, gboolean in_attribute, LineRun *run) {
    run->first = reader->document->lines->len;
    gboolean ended = xmlTextReaderIsEmptyElement(reader->xml) == 1;
    int depth = xmlTextReaderDepth(reader->xml);
    while (!ended && next_child(reader, depth, &ended))
        if (!read_line(reader, in_attribute))
            return FALSE;
    run->count = reader->document->lines->len - run->first;
    return ended;
}

static gboolean read_box(Reader *reader, Rectangle *box) {
    float values[4];
    if (!read_coordinates(reader, "box", values, 4))
        return FALSE;
    *box = (Rectangle){values[0], values[1], values[2], values[3]};
    return TRUE;
}

static gboolean read_cell(Reader *reader, Table *table) {
    Cell cell = {0};
    if (!read_number(reader, "row", 0, table->rows - 1, G_MAXUINT, &cell.row) ||
        !read_number(reader, "column", 0, table->columns - 1, G_MAXUINT, &cell.column) ||
        !read_number(reader, "rows", 1, table->rows - cell.row, 1, &cell.row_span) ||
        !read_number(reader, "columns", 1, table->columns - cell.column, 1, &cell.column_span) ||
        !read_number(reader, "page", 1, reader->document->pages->len, 0, &cell.page) ||
        !read_box(reader, &cell.box) || !read_lines(reader, FALSE, &cell.lines))
        return FALSE;
    g_array_append_val(table->cells, cell);
    return TRUE;
}

static gboolean read_table_head(Reader *reader, Table *table) {
    char *ruled = attribute(reader, "ruled");
    table->ruled = g_strcmp0(ruled, "yes") == 0;
    xmlFree(ruled);
    guint pages = reader->document->pages->len;
    return read_number(reader, "page", 1, pages, 0, &table->page) &&
           read_number(reader, "last-page", table->page, pages, 0, &table->last_page) &&
           read_number(reader, "rows", 1, DOCUMENT_TABLE_CELLS_MAX, 0, &table->rows) &&
           read_number(reader, "columns", 1, DOCUMENT_TABLE_CELLS_MAX, 0, &table->columns) &&
           read_number(reader, "header-rows", 0, table->rows, 0, &table->header_rows) &&
           read_box(reader, &table->box);
}

static gboolean read_table(Reader *reader, guint *index) {
    *index = document_add_table(reader->document);
    Table *table = document_table(reader->document, *index);
    gboolean ended = xmlTextReaderIsEmptyElement(reader->xml) == 1;
    int depth = xmlTextReaderDepth(reader->xml);
    if (!read_table_head(reader, table))
        return FALSE;
    while (!ended && next_child(reader, depth, &ended)) {
        gboolean fine = is_element(reader, "caption") ? read_lines(reader, FALSE, &table->caption)
                        : is_element(reader, "notes") ? read_lines(reader, FALSE, &table->notes)
                        : is_element(reader, "cell")  ? read_cell(reader, table)
                                                      : fail(reader, _("unknown part of a table"));
        if (!fine)
            return FALSE;
    }
    return ended;
}

static gboolean block_kind_read(Reader *reader, BlockKind *kind) {
    for (guint i = 0; i <= BLOCK_FIELD; i++)
        if (is_element(reader, block_kind_name((BlockKind)i))) {
            *kind = (BlockKind)i;
            return TRUE;
        }
    return fail(reader, _("unknown element"));
}

static gboolean read_block(Reader *reader) {
    Block block = {.table = DOCUMENT_NONE};
    guint level = 0;
    if (!block_kind_read(reader, &block.kind) || !read_number(reader, "level", 0, 9, 0, &level))
        return FALSE;
    block.level = (int)level;
    g_autofree char *number = attribute_copy(reader, "number");
    g_autofree char *name = attribute_copy(reader, block.kind == BLOCK_FURNITURE ? "kind" : "name");
    gboolean fine = block.kind == BLOCK_TABLE
                        ? read_table(reader, &block.table)
                        : read_lines(reader, block.kind == BLOCK_FURNITURE, &block.lines);
    if (!fine)
        return FALSE;
    block.number = g_steal_pointer(&number);
    block.name = g_steal_pointer(&name);
    g_array_append_val(reader->document->blocks, block);
    return TRUE;
}

static gboolean read_page(Reader *reader) {
    Page page;
    guint rotation, n = reader->document->pages->len + 1;
    float size[2];
    if (!read_number(reader, "n", n, n, 0, &n) || !read_coordinates(reader, "size", size, 2) ||
        !read_number(reader, "rotation", 0, 270, 0, &rotation))
        return FALSE;
    if (n > DOCUMENT_PAGES_MAX)
        return fail(reader, _("too many pages"));
    page = (Page){.width = size[0], .height = size[1], .rotation = (int)rotation};
    g_array_append_val(reader->document->pages, page);
    return TRUE;
}

static gboolean read_notice(Reader *reader) {
    NoticeKind kind;
    guint page, count;
    g_autofree char *name = attribute_copy(reader, "kind");
    g_autofree char *text = attribute_copy(reader, "text");
    if (!notice_kind_parse(name, &kind))
        return fail(reader, _("unknown notice"));
    if (!read_number(reader, "page", 0, DOCUMENT_PAGES_MAX, 0, &page) ||
        !read_number(reader, "count", 0, G_MAXUINT, 0, &count))
        return FALSE;
    document_add_notice(reader->document, kind, page, count, text);
    return TRUE;
}

Document *document_read_element(xmlTextReaderPtr xml, GError **error) {
    g_autoptr(Document) document = document_new();
    GError *own = NULL;
    Reader reader = {.xml = xml, .document = document, .error = &own};
    gboolean ended = FALSE, fine = is_element(&reader, "document");
    if (!fine)
        fail(&reader, _("expected <document>"));
    int depth = xmlTextReaderDepth(xml);
    document->file = attribute_copy(&reader, "file");
    document->sha256 = attribute_copy(&reader, "sha256");
    document->producer = attribute_copy(&reader, "producer");
    ended = xmlTextReaderIsEmptyElement(xml) == 1;
    while (fine && !ended && next_child(&reader, depth, &ended))
        fine = is_element(&reader, "page")     ? read_page(&reader)
               : is_element(&reader, "notice") ? read_notice(&reader)
                                               : read_block(&reader);
    if (fine && ended)
        return g_steal_pointer(&document);
    g_propagate_error(error, own);
    return NULL;
}

/* libxml2's own complaints are kept for the error, not printed. */
static void quiet(void *context, const char *message, xmlParserSeverities severity,
                  xmlTextReaderLocatorPtr locator) {
    (void)context, (void)message, (void)severity, (void)locator;
}

Document *document_read(const char *bytes, gsize length, GError **error) {
    if (length > DOCUMENT_BYTES_MAX) {
        g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_LIMIT,
                    _("the Document has %" G_GSIZE_FORMAT " bytes, more than %d"), length,
                    DOCUMENT_BYTES_MAX);
        return NULL;
    }
    xmlTextReaderPtr xml =
        xmlReaderForMemory(bytes, (int)length, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_HUGE);
    xmlTextReaderSetErrorHandler(xml, quiet, NULL);
    Document *document = NULL;
    int state = 1;
    while ((state = xmlTextReaderRead(xml)) == 1 &&
           xmlTextReaderNodeType(xml) == XML_READER_TYPE_COMMENT)
        ;
    if (state == 1 && xmlTextReaderNodeType(xml) == XML_READER_TYPE_ELEMENT)
        document = document_read_element(xml, error);
    else
        g_set_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_SYNTAX, _("not a Document: no element"));
    xmlFreeTextReader(xml);
    return document;
}
