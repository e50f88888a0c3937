/* Reading the Document's XML. Nothing in the text is trusted: no DOCTYPE, no entities, every number
 * is checked against what it indexes. The element tree is walked once, forwards. */
#include "extract/document.h"
#include "extract/markup.h"
#include <glib/gi18n.h>

typedef struct {
    Markup *markup;
    Document *document;
} Reader;

static gboolean fail(Reader *reader, const char *reason) {
    return markup_fail(reader->markup, reason);
}

/* Gives each character of `text` its extent from the tokens of `positions`. */
static gboolean add_characters(Reader *reader, const char *text, const char *positions) {
    GArray *characters = reader->document->characters;
    const gsize before = characters->len, n = (gsize)g_utf8_strlen(text, -1);
    gboolean open = FALSE; /* the last character still lacks its end */
    if (before + n > DOCUMENT_CHARACTERS_MAX)
        return fail(reader, _("too many characters"));
    g_array_set_size(characters, (guint)(before + n));
    Character *character = &g_array_index(characters, Character, before);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p), character++) {
        character->code = g_utf8_get_char(p);
        if (p != text && *positions++ != ' ')
            return fail(reader, _("fewer positions than characters"));
        if (!markup_parse_coordinate(&positions, &character->start))
            return fail(reader, _("fewer positions than characters"));
        if (open)
            character[-1].end = character->start;
        open = *positions != ':';
        if (!open) {
            positions++;
            if (!markup_parse_coordinate(&positions, &character->end))
                return fail(reader, _("a position is not a number"));
        }
    }
    return (!open && *positions == '\0') || fail(reader, _("positions do not fit the text"));
}

/* The line's text and its end; NULL with an error. */
static const char *read_line_text(Reader *reader, gboolean in_attribute) {
    if (!in_attribute)
        return markup_text(reader->markup);
    const char *text = markup_attribute(reader->markup, "text");
    MarkupChildren children = markup_children(reader->markup);
    if (markup_next(reader->markup, &children))
        fail(reader, _("an element inside of text"));
    return !children.ended ? NULL : text == NULL ? "" : text;
}

static gboolean read_line(Reader *reader, gboolean in_attribute) {
    Line line = {.confidence = -1};
    float across[2];
    if (!markup_is(reader->markup, "line"))
        return fail(reader, _("expected a line"));
    line.vertical = markup_has(reader->markup, "down");
    gboolean recognised = markup_has(reader->markup, "confidence");
    const char *positions = markup_attribute(reader->markup, line.vertical ? "down" : "x");
    if (!markup_number(reader->markup, "page", 1, DOCUMENT_PAGES_MAX, 0, &line.page) ||
        !markup_coordinates(reader->markup, line.vertical ? "across" : "y", across, 2) ||
        (recognised && !markup_coordinates(reader->markup, "confidence", &line.confidence, 1)))
        return FALSE;
    if (positions == NULL)
        return fail(reader, _("a line without positions"));
    if (line.page > reader->document->pages->len)
        return fail(reader, _("a line on a page that is not there"));
    line.low = across[0];
    line.high = across[1];
    line.characters.start = reader->document->characters->len;
    const char *text = read_line_text(reader, in_attribute);
    if (text == NULL || (*text != '\0' && !add_characters(reader, text, positions)))
        return FALSE;
    line.characters.end = reader->document->characters->len;
    document_add_line(reader->document, &line);
    return TRUE;
}

/* The lines that are the children of the element the reader is at. */
static gboolean read_lines(Reader *reader, gboolean in_attribute, LineRun *run) {
    run->first = reader->document->lines->len;
    MarkupChildren children = markup_children(reader->markup);
    while (markup_next(reader->markup, &children))
        if (!read_line(reader, in_attribute))
            return FALSE;
    run->count = reader->document->lines->len - run->first;
    return children.ended;
}

static gboolean read_box(Reader *reader, Rectangle *box) {
    float values[4];
    if (!markup_coordinates(reader->markup, "box", values, 4))
        return FALSE;
    *box = (Rectangle){values[0], values[1], values[2], values[3]};
    return TRUE;
}

static gboolean read_cell(Reader *reader, Table *table) {
    Cell cell = {0};
    if (!markup_number(reader->markup, "row", 0, table->rows - 1, G_MAXUINT, &cell.row) ||
        !markup_number(reader->markup, "column", 0, table->columns - 1, G_MAXUINT, &cell.column) ||
        !markup_number(reader->markup, "rows", 1, table->rows - cell.row, 1, &cell.row_span) ||
        !markup_number(reader->markup, "columns", 1, table->columns - cell.column, 1,
                       &cell.column_span) ||
        !markup_number(reader->markup, "page", 1, reader->document->pages->len, 0, &cell.page) ||
        !read_box(reader, &cell.box) || !read_lines(reader, FALSE, &cell.lines))
        return FALSE;
    g_array_append_val(table->cells, cell);
    return TRUE;
}

static gboolean read_table_head(Reader *reader, Table *table) {
    const char *ruled = markup_attribute(reader->markup, "ruled");
    table->ruled = g_strcmp0(ruled, "yes") == 0;
    guint pages = reader->document->pages->len;
    return markup_number(reader->markup, "page", 1, pages, 0, &table->page) &&
           markup_number(reader->markup, "last-page", table->page, pages, 0, &table->last_page) &&
           markup_number(reader->markup, "rows", 1, DOCUMENT_TABLE_CELLS_MAX, 0, &table->rows) &&
           markup_number(reader->markup, "columns", 1, DOCUMENT_TABLE_CELLS_MAX, 0,
                         &table->columns) &&
           markup_number(reader->markup, "header-rows", 0, table->rows, 0, &table->header_rows) &&
           read_box(reader, &table->box);
}

static gboolean read_table(Reader *reader, guint *index) {
    *index = document_add_table(reader->document);
    Table *table = document_table(reader->document, *index);
    MarkupChildren children = markup_children(reader->markup);
    if (!read_table_head(reader, table))
        return FALSE;
    while (markup_next(reader->markup, &children)) {
        gboolean fine =
            markup_is(reader->markup, "caption") ? read_lines(reader, FALSE, &table->caption)
            : markup_is(reader->markup, "notes") ? read_lines(reader, FALSE, &table->notes)
            : markup_is(reader->markup, "cell")  ? read_cell(reader, table)
                                                 : fail(reader, _("unknown part of a table"));
        if (!fine)
            return FALSE;
    }
    return children.ended;
}

static gboolean block_kind_read(Reader *reader, BlockKind *kind) {
    for (guint i = 0; i <= BLOCK_FIELD; i++)
        if (markup_is(reader->markup, block_kind_name((BlockKind)i))) {
            *kind = (BlockKind)i;
            return TRUE;
        }
    return fail(reader, _("unknown element"));
}

static gboolean read_block(Reader *reader) {
    Block block = {.table = DOCUMENT_NONE};
    guint level = 0;
    if (!block_kind_read(reader, &block.kind) ||
        !markup_number(reader->markup, "level", 0, 9, 0, &level))
        return FALSE;
    block.level = (int)level;
    g_autofree char *number = g_strdup(markup_attribute(reader->markup, "number"));
    g_autofree char *name =
        g_strdup(markup_attribute(reader->markup, block.kind == BLOCK_FURNITURE ? "kind" : "name"));
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
    if (!markup_number(reader->markup, "n", n, n, 0, &n) ||
        !markup_coordinates(reader->markup, "size", size, 2) ||
        !markup_number(reader->markup, "rotation", 0, 270, 0, &rotation))
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
    const char *name = markup_attribute(reader->markup, "kind");
    const char *text = markup_attribute(reader->markup, "text");
    if (!notice_kind_parse(name, &kind))
        return fail(reader, _("unknown notice"));
    if (!markup_number(reader->markup, "page", 0, DOCUMENT_PAGES_MAX, 0, &page) ||
        !markup_number(reader->markup, "count", 0, G_MAXUINT, 0, &count))
        return FALSE;
    document_add_notice(reader->document, kind, page, count, text);
    return TRUE;
}

Document *document_read_element(Markup *markup) {
    g_autoptr(Document) document = document_new();
    Reader reader = {.markup = markup, .document = document};
    gboolean fine = markup_is(markup, "document") || fail(&reader, _("expected <document>"));
    document->file = g_strdup(markup_attribute(markup, "file"));
    document->sha256 = g_strdup(markup_attribute(markup, "sha256"));
    document->producer = g_strdup(markup_attribute(markup, "producer"));
    MarkupChildren children = markup_children(markup);
    while (fine && markup_next(markup, &children))
        fine = markup_is(markup, "page")     ? read_page(&reader)
               : markup_is(markup, "notice") ? read_notice(&reader)
                                             : read_block(&reader);
    return fine && children.ended ? g_steal_pointer(&document) : NULL;
}

Document *document_read(const char *bytes, gsize length, GError **error) {
    g_autoptr(Markup) markup =
        markup_new(bytes, length, "Document", DOCUMENT_ERROR, DOCUMENT_ERROR_SYNTAX);
    g_autoptr(Document) document =
        markup_root(markup, "document") ? document_read_element(markup) : NULL;
    return markup_finish(markup, error) ? g_steal_pointer(&document) : NULL;
}
