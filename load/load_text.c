/* Running text, for searching and for what two reports have in common. */
#include "load/load_text.h"
#include "load/bigram.h"
#include "load/loading.h"
#include "load/shingle.h"
#include <string.h>

/* Index of the section that a block belongs to; blocks and sections stand in order. */
static guint section_of(const Report *report, guint block, guint from) {
    while (from + 1 < report->sections->len && report_section(report, from + 1)->block <= block)
        from++;
    return from;
}

static gboolean insert_paragraph(Loading *loading, const Block *block, guint section, guint page,
                                 const char *text) {
    gint64 sketch;
    sqlite3_stmt *insert = archive_statement(
        loading->archive,
        "INSERT INTO paragraphs(document_id, kind, page, text, section_id, sketch) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        loading->error);
    if (insert == NULL)
        return FALSE;
    statement_bind(insert, "isns", loading->document,
                   block->kind == BLOCK_HEADING ? "heading" : "paragraph", page, text);
    if (section < loading->report->sections->len &&
        report_section(loading->report, section)->block <=
            (guint)(block - document_block(loading->report->document, 0)))
        loading_bind_id(insert, 5, loading->sections, section);
    if (shingle_paragraph(text, &sketch))
        sqlite3_bind_int64(insert, 6, sketch);
    return archive_run_statement(loading->archive, insert, loading->error);
}

static guint page_of(const Document *document, const Block *block) {
    return block->lines.count == 0 ? 1 : document_line(document, block->lines.first)->page;
}

static gboolean is_text(const Block *block) {
    return block->kind == BLOCK_HEADING || block->kind == BLOCK_PARAGRAPH ||
           block->kind == BLOCK_FIELD;
}

static gboolean load_paragraphs(Loading *loading) {
    const Document *document = loading->report->document;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0, section = 0; i < document->blocks->len; i++) {
        const Block *block = document_block(document, i);
        section = section_of(loading->report, i, section);
        if (!is_text(block))
            continue;
        g_string_truncate(text, 0);
        document_append_text(document, document_lines_span(document, block->lines), text);
        g_strstrip(text->str);
        if (*text->str != '\0' &&
            !insert_paragraph(loading, block, section, page_of(document, block), text->str))
            return FALSE;
    }
    return TRUE;
}

/* The words of a document, from its rows: the same when they are put in and taken out. */
static GString *document_words(Archive *archive, gint64 document, GError **error) {
    static const char *const TEXTS[] = {
        "SELECT text FROM paragraphs WHERE document_id = ? ORDER BY id",
        ("SELECT c.text FROM tables t JOIN cells c ON c.table_id = t.id "
         "WHERE t.document_id = ? AND c.text <> '' ORDER BY c.table_id, c.id"),
        "SELECT caption FROM tables WHERE document_id = ? AND caption IS NOT NULL ORDER BY id"};
    g_autoptr(GError) failure = NULL;
    g_autoptr(GString) words = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        sqlite3_stmt *select = archive_statement(archive, TEXTS[i], error);
        if (select == NULL)
            return NULL;
        statement_bind(select, "i", document);
        while (statement_row(archive, select, &failure))
            bigram_append(words, (const char *)sqlite3_column_text(select, 0));
        sqlite3_reset(select);
        if (failure != NULL) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return NULL;
        }
    }
    return g_steal_pointer(&words);
}

gboolean index_document(Archive *archive, gint64 document, GError **error) {
    g_autoptr(GString) words = document_words(archive, document, error);
    return words != NULL &&
           archive_execute(archive, error, "INSERT INTO search(rowid, words) VALUES (?, ?)", "is",
                           document, words->str);
}

gboolean load_text(Loading *loading) {
    return load_paragraphs(loading) &&
           index_document(loading->archive, loading->document, loading->error) &&
           shingle_write(loading->archive, loading->document, loading->error);
}

gboolean unload_text(Archive *archive, gint64 document, GError **error) {
    g_autoptr(GString) words = document_words(archive, document, error);
    if (words == NULL || words->len == 0)
        return words != NULL;
    return archive_execute(archive, error,
                           "INSERT INTO search(search, rowid, words) VALUES ('delete', ?, ?)", "is",
                           document, words->str);
}
