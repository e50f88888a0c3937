#include "load/finding_ids.h"
#include "load/database.h"

static char *key_of(gint64 document, const char *fingerprint) {
    return g_strdup_printf("%" G_GINT64_FORMAT " %s", document, fingerprint);
}

/* Above all that were there when the transaction began, so that none is given away that another
 * finding may get back. */
static gboolean know_next(Archive *archive, GError **error) {
    if (archive->next_finding > 0)
        return TRUE;
    if (!archive_lookup(archive, error, &archive->next_finding, 0, "SELECT max(id) FROM findings",
                        ""))
        return FALSE;
    archive->next_finding++;
    return TRUE;
}

static void remember_one(Archive *archive, gint64 document, const char *fingerprint, gint64 id) {
    g_autofree char *key = key_of(document, fingerprint);
    GArray *ids = g_hash_table_lookup(archive->finding_ids, key);
    if (ids == NULL) {
        ids = g_array_new(FALSE, FALSE, sizeof(gint64));
        g_hash_table_insert(archive->finding_ids, g_steal_pointer(&key), ids);
    }
    g_array_append_val(ids, id);
}

gboolean finding_ids_remember(Archive *archive, gint64 document, const char *rule, GError **error) {
    g_autoptr(GError) failure = NULL;
    sqlite3_stmt *select =
        rule == NULL
            ? archive_statement(archive,
                                "SELECT id, fingerprint FROM findings WHERE document_id = ?1 "
                                "ORDER BY id",
                                error)
            : archive_statement(archive,
                                "SELECT id, fingerprint FROM findings WHERE document_id = ?1 "
                                "AND rule = ?2 ORDER BY id",
                                error);
    if (select == NULL || !know_next(archive, error))
        return FALSE;
    statement_bind(select, rule == NULL ? "i" : "is", document, rule);
    while (statement_row(archive, select, &failure))
        remember_one(archive, document, (const char *)sqlite3_column_text(select, 1),
                     sqlite3_column_int64(select, 0));
    sqlite3_reset(select);
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return failure == NULL;
}

gboolean finding_ids_take(Archive *archive, gint64 document, const char *fingerprint, gint64 *id,
                          GError **error) {
    g_autofree char *key = key_of(document, fingerprint);
    GArray *ids = g_hash_table_lookup(archive->finding_ids, key);
    if (ids != NULL && ids->len > 0) {
        *id = g_array_index(ids, gint64, 0);
        g_array_remove_index(ids, 0);
        return TRUE;
    }
    if (!know_next(archive, error))
        return FALSE;
    *id = archive->next_finding++;
    return TRUE;
}

void finding_ids_forget(Archive *archive) {
    g_hash_table_remove_all(archive->finding_ids);
    archive->next_finding = 0;
}
