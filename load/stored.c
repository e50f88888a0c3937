#include "load/stored.h"
#include "load/database.h"
#include "load/packed.h"

static void stored_free(gpointer data) {
    StoredDocument *stored = data;
    g_free(stored->sha256);
    g_free(stored->file);
    g_free((char *)stored->given.department);
    g_free((char *)stored->given.doc_type);
    g_free((char *)stored->given.subject);
    g_free(stored);
}

GPtrArray *archive_stored(Archive *archive, GError **error) {
    g_autoptr(GError) failure = NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(stored_free);
    sqlite3_stmt *select = archive_statement(
        archive,
        "SELECT d.sha256, d.file, m.department, coalesce(m.year, 0), m.doc_type, m.subject "
        "FROM documents d LEFT JOIN manifest m ON m.document_id = d.id WHERE d.status = 'ok' "
        "ORDER BY d.id",
        error);
    if (select == NULL)
        return NULL;
    while (statement_row(archive, select, &failure)) {
        StoredDocument *stored = g_new0(StoredDocument, 1);
        stored->sha256 = statement_text(select, 0);
        stored->file = statement_text(select, 1);
        stored->given.department = statement_text(select, 2);
        stored->given.year = sqlite3_column_int(select, 3);
        stored->given.doc_type = statement_text(select, 4);
        stored->given.subject = statement_text(select, 5);
        g_ptr_array_add(all, stored);
    }
    sqlite3_reset(select);
    if (failure == NULL)
        return g_steal_pointer(&all);
    g_propagate_error(error, g_steal_pointer(&failure));
    return NULL;
}

GBytes *archive_stored_xml(Archive *archive, const char *sha256, GError **error) {
    g_autoptr(GError) failure = NULL;
    GBytes *xml = NULL;
    sqlite3_stmt *select =
        archive_statement(archive, "SELECT document_xml FROM documents WHERE sha256 = ?", error);
    if (select == NULL)
        return NULL;
    statement_bind(select, "s", sha256);
    if (statement_row(archive, select, &failure))
        xml = packed_open(sqlite3_column_blob(select, 0), (gsize)sqlite3_column_bytes(select, 0),
                          &failure);
    sqlite3_reset(select);
    if (xml == NULL && failure == NULL)
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_SQL, "%s: no such document", sha256);
    else if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return xml;
}

gboolean archive_run_changes(Archive *archive, RunChanges *changes, GError **error) {
    g_autoptr(GError) failure = NULL;
    *changes = (RunChanges){0};
    guint *const counts[] = {&changes->documents,      &changes->facts_added,
                             &changes->facts_removed,  &changes->facts_changed,
                             &changes->findings_added, &changes->findings_removed};
    sqlite3_stmt *select = archive_statement(
        archive,
        "SELECT count(DISTINCT document_id), sum(what = 'fact' AND change = 'added'), "
        "sum(what = 'fact' AND change = 'removed'), sum(what = 'fact' AND change = 'changed'), "
        "sum(what = 'finding' AND change = 'added'), sum(what = 'finding' AND change = 'removed') "
        "FROM changes WHERE run_id = ? AND previous_id IS NULL",
        error);
    if (select == NULL)
        return FALSE;
    statement_bind(select, "i", archive->run);
    if (statement_row(archive, select, &failure))
        for (gsize i = 0; i < G_N_ELEMENTS(counts); i++)
            *counts[i] = (guint)sqlite3_column_int(select, (int)i);
    sqlite3_reset(select);
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return failure == NULL;
}
