/* The Document as XML: a line is one element with its text and a list of positions.
 *
 *   <paragraph>
 *    <line page="1" y="100.2 112.2" x="72 84 96.5:108 …">一、基本情况</line>
 *   </paragraph>
 *
 * `x` has a token for each character, `start` or `start:end`; a token without an end ends where
 * the next one starts. Furniture keeps its text in an attribute, so the text nodes of the file, in
 * order, are the body text.
 */
#include "extract/document.h"
#include "extract/markup.h"
#include <glib/gi18n.h>
#include <math.h>

/* A character whose end is this near to the next start needs no end of its own, in points. */
static const float END_SLACK = 0.25F;

static void append_positions(const Document *document, const Line *line, GString *text) {
    for (guint i = line->characters.start; i < line->characters.end; i++) {
        const Character *character = document_character(document, i);
        gboolean last = i + 1 == line->characters.end;
        if (i > line->characters.start)
            g_string_append_c(text, ' ');
        if (!last && fabsf(character[1].start - character->end) <= END_SLACK)
            markup_append_coordinate(text, character->start);
        else
            markup_append_range(text, character->start, character->end);
    }
}

/* Opens the element and leaves the line's text in `text`. */
static void start_line(MarkupWriter *writer, const Document *document, const Line *line,
                       GString *text) {
    markup_start(writer, "line");
    markup_write_number(writer, "page", line->page);
    markup_write_coordinates(writer, line->vertical ? "across" : "y",
                             (float[]){line->low, line->high}, 2);
    append_positions(document, line, markup_begin_text(writer, line->vertical ? "down" : "x"));
    markup_end_text(writer);
    if (line->confidence >= 0)
        markup_write_coordinates(writer, "confidence", &line->confidence, 1);
    g_string_truncate(text, 0);
    document_append_text(document, line->characters, text);
}

static void write_line(MarkupWriter *writer, const Document *document, const Line *line) {
    g_autoptr(GString) text = g_string_new(NULL);
    start_line(writer, document, line, text);
    markup_content(writer, text->str);
    markup_end(writer);
}

static void write_lines(MarkupWriter *writer, const Document *document, LineRun lines) {
    for (guint i = 0; i < lines.count; i++)
        write_line(writer, document, document_line(document, lines.first + i));
}

static void write_run(MarkupWriter *writer, const Document *document, const char *name,
                      LineRun lines) {
    if (lines.count == 0)
        return;
    markup_start(writer, name);
    write_lines(writer, document, lines);
    markup_end(writer);
}

static void write_box(MarkupWriter *writer, Rectangle box) {
    markup_write_coordinates(writer, "box", (float[]){box.x0, box.y0, box.x1, box.y1}, 4);
}

static void write_cell(MarkupWriter *writer, const Document *document, const Cell *cell) {
    markup_start(writer, "cell");
    markup_write_number(writer, "row", cell->row);
    markup_write_number(writer, "column", cell->column);
    if (cell->row_span != 1)
        markup_write_number(writer, "rows", cell->row_span);
    if (cell->column_span != 1)
        markup_write_number(writer, "columns", cell->column_span);
    markup_write_number(writer, "page", cell->page);
    write_box(writer, cell->box);
    write_lines(writer, document, cell->lines);
    markup_end(writer);
}

static void write_table(MarkupWriter *writer, const Document *document, const Table *table) {
    markup_write_number(writer, "page", table->page);
    markup_write_number(writer, "last-page", table->last_page);
    write_box(writer, table->box);
    markup_write_number(writer, "rows", table->rows);
    markup_write_number(writer, "columns", table->columns);
    markup_write_number(writer, "header-rows", table->header_rows);
    markup_write_text(writer, "ruled", table->ruled ? "yes" : "no");
    write_run(writer, document, "caption", table->caption);
    write_run(writer, document, "notes", table->notes);
    for (guint i = 0; i < table->cells->len; i++)
        write_cell(writer, document, table_cell(table, i));
}

/* Furniture keeps its lines' texts in attributes, out of the body text. */
static void write_furniture(MarkupWriter *writer, const Document *document, const Block *block) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < block->lines.count; i++) {
        start_line(writer, document, document_line(document, block->lines.first + i), text);
        markup_write_text(writer, "text", text->str);
        markup_end(writer);
    }
}

static void write_block(MarkupWriter *writer, const Document *document, const Block *block) {
    markup_start(writer, block_kind_name(block->kind));
    if (block->kind == BLOCK_HEADING)
        markup_write_number(writer, "level", (guint)block->level);
    markup_write_text(writer, "number", block->number);
    markup_write_text(writer, block->kind == BLOCK_FURNITURE ? "kind" : "name", block->name);
    if (block->kind == BLOCK_TABLE)
        write_table(writer, document, document_table(document, block->table));
    else if (block->kind == BLOCK_FURNITURE)
        write_furniture(writer, document, block);
    else
        write_lines(writer, document, block->lines);
    markup_end(writer);
}

static void write_pages(MarkupWriter *writer, const Document *document) {
    for (guint i = 0; i < document->pages->len; i++) {
        const Page *page = &g_array_index(document->pages, Page, i);
        markup_start(writer, "page");
        markup_write_number(writer, "n", i + 1);
        markup_write_coordinates(writer, "size", (float[]){page->width, page->height}, 2);
        if (page->rotation != 0)
            markup_write_number(writer, "rotation", (guint)page->rotation);
        markup_end(writer);
    }
}

static void write_notices(MarkupWriter *writer, const Document *document) {
    for (guint i = 0; i < document->notices->len; i++) {
        const Notice *notice = &g_array_index(document->notices, Notice, i);
        markup_start(writer, "notice");
        markup_write_text(writer, "kind", notice_kind_name(notice->kind));
        markup_write_number(writer, "page", notice->page);
        markup_write_number(writer, "count", notice->count);
        markup_write_text(writer, "text", notice->text);
        markup_end(writer);
    }
}

void document_write_element(const Document *document, MarkupWriter *writer) {
    markup_start(writer, "document");
    markup_write_text(writer, "version", "1");
    markup_write_text(writer, "file", document->file);
    markup_write_text(writer, "sha256", document->sha256);
    markup_write_text(writer, "producer", document->producer);
    write_pages(writer, document);
    write_notices(writer, document);
    for (guint i = 0; i < document->blocks->len; i++)
        write_block(writer, document, document_block(document, i));
    markup_end(writer);
}

static void write_body(MarkupWriter *writer, const void *document) {
    document_write_element(document, writer);
}

GString *document_write(const Document *document, GError **error) {
    (void)error;
    return markup_write(write_body, document);
}
