/* The Document's text form: what is written is read back, and what is not a Document is refused. */
#include "extract/document.h"
#include <string.h>

static guint add_text(Document *document, guint page, const char *text) {
    Line line = {.page = page, .low = 10, .high = 22, .confidence = -1};
    float x = 72;
    line.characters.start = document->characters->len;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p), x += 12.25F) {
        Character character = {.code = g_utf8_get_char(p), .start = x, .end = x + 12};
        g_array_append_val(document->characters, character);
    }
    line.characters.end = document->characters->len;
    return document_add_line(document, &line);
}

static Document *small_document(void) {
    Document *document = document_new();
    Page page = {595.28F, 841.89F, 90};
    g_array_append_val(document->pages, page);
    document->file = g_strdup("a&b.pdf");
    document_add_notice(document, NOTICE_PRIVATE_USE, 1, 3, "U+E000");
    guint line = add_text(document, 1, "一、基本 <情况>");
    guint heading = document_add_block(document, BLOCK_HEADING, (LineRun){line, 1});
    document_block(document, heading)->level = 1;
    document_block(document, heading)->number = g_strdup("一、");
    guint index = document_add_table(document);
    Table *table = document_table(document, index);
    *table = (Table){.page = 1, .last_page = 1, .rows = 1, .columns = 2, .cells = table->cells};
    Cell cell = {
        .row_span = 1, .column_span = 2, .page = 1, .lines = {add_text(document, 1, "3"), 1}};
    g_array_append_val(table->cells, cell);
    guint block = document_add_block(document, BLOCK_TABLE, (LineRun){0, 0});
    document_block(document, block)->table = index;
    guint foot = add_text(document, 1, "- 1 -");
    block = document_add_block(document, BLOCK_FURNITURE, (LineRun){foot, 1});
    document_block(document, block)->name = g_strdup("page-number");
    return document;
}

static void test_round_trip(void) {
    g_autoptr(Document) document = small_document();
    g_autoptr(GError) error = NULL;
    GString *first = document_write(document, &error);
    g_assert_no_error(error);
    g_autoptr(Document) back = document_read(first->str, first->len, &error);
    g_assert_no_error(error);
    GString *second = document_write(back, &error);
    g_assert_cmpstr(first->str, ==, second->str);
    g_assert_cmpuint(back->tables->len, ==, 1);
    g_assert_cmpint(document_block(back, 0)->level, ==, 1);
    g_string_free(first, TRUE);
    g_string_free(second, TRUE);
}

static void test_refusals(void) {
    static const char *const WRONG[] = {
        "",
        "not xml",
        "<report/>",
        "<document",
        "<!DOCTYPE document [<!ENTITY a 'b'>]><document/>",
        "<document>words</document>",
        "<document><page n='2' size='1 1'/></document>",
        "<document><page n='1' size='1'/></document>",
        "<document><page n='1' size='1 1'/><chapter/></document>",
        "<document><paragraph><line page='1' y='1 2' x='1:2'>a</line></paragraph></document>",
        "<document><page n='1' size='9 9'/><paragraph>"
        "<line page='1' y='1 2' x='1 2:3'>a</line></paragraph></document>",
        "<document><page n='1' size='9 9'/><paragraph>"
        "<line page='1' y='1 2' x='1'>a</line></paragraph></document>",
        "<document><page n='1' size='9 9'/><paragraph>"
        "<line page='1' y='1 b' x='1:2'>a</line></paragraph></document>",
        "<document><page n='1' size='9 9'/><table page='1' last-page='1' box='0 0 1 1' rows='1' "
        "columns='1' header-rows='2'/></document>",
        "<document><page n='1' size='9 9'/><table page='1' last-page='1' box='0 0 1 1' rows='1' "
        "columns='1' header-rows='0'><cell row='1' column='0' page='1' box='0 0 1 "
        "1'/></table></document>",
        "<document><notice kind='nonsense' page='0' count='1'/></document>",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(WRONG); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Document) document = document_read(WRONG[i], strlen(WRONG[i]), &error);
        g_test_message("%s", WRONG[i]);
        g_assert_null(document);
        g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_SYNTAX);
    }
}

static void test_pieces(void) {
    g_autoptr(Document) document = document_new();
    guint first = add_text(document, 1, "共 12");
    add_text(document, 2, "34 万元");
    (void)first;
    g_autoptr(GArray) pieces = document_pieces(document, (Span){1, 6});
    g_assert_cmpuint(pieces->len, ==, 2);
    const Piece *piece = &g_array_index(pieces, Piece, 0);
    g_assert_cmpfloat(piece->box.x0, ==, 72 + 2 * 12.25F);
    g_assert_cmpuint(piece[1].page, ==, 2);
    g_assert_cmpuint(document_line_of(document, 4), ==, 1);
    g_assert_cmpuint(document_line_of(document, 99), ==, DOCUMENT_NONE);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/document/round-trip", test_round_trip);
    g_test_add_func("/document/refusals", test_refusals);
    g_test_add_func("/document/pieces", test_pieces);
    return g_test_run();
}
