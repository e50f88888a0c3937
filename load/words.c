#include "load/words.h"
#include "load/bigram.h"
#include "load/database.h"

/* More words than that wait for no commit. */
enum { WORDS_BYTES_MAX = 8 << 20 };

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

static gint compare_ids(gconstpointer a, gconstpointer b) {
    gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
    return x < y ? -1 : x > y;
}

static void forget_all(Archive *archive) {
    g_hash_table_remove_all(archive->words);
    archive->words_bytes = 0;
}

gboolean words_write(Archive *archive, GError **error) {
    g_autoptr(GList) ids = g_list_sort(g_hash_table_get_keys(archive->words), compare_ids);
    gboolean fine = TRUE;
    for (const GList *at = ids; fine && at != NULL; at = at->next) {
        const GString *words = g_hash_table_lookup(archive->words, at->data);
        fine = archive_execute(archive, error, "INSERT INTO search(rowid, words) VALUES (?, ?)",
                               "is", *(const gint64 *)at->data, words->str);
    }
    forget_all(archive);
    return fine;
}

gboolean words_add(Archive *archive, gint64 document, GString *words, GError **error) {
    gint64 *id = g_new(gint64, 1);
    *id = document;
    archive->words_bytes += words->len;
    g_hash_table_insert(archive->words, id, words);
    return archive->words_bytes < WORDS_BYTES_MAX || words_write(archive, error);
}

gboolean words_add_stored(Archive *archive, gint64 document, GError **error) {
    GString *words = document_words(archive, document, error);
    return words != NULL && words_add(archive, document, words, error);
}

gboolean words_remove(Archive *archive, gint64 document, GError **error) {
    if (g_hash_table_remove(archive->words, &document))
        return TRUE;
    g_autoptr(GString) words = document_words(archive, document, error);
    if (words == NULL || words->len == 0)
        return words != NULL;
    return archive_execute(archive, error,
                           "INSERT INTO search(search, rowid, words) VALUES ('delete', ?, ?)", "is",
                           document, words->str);
}
