#include "load/export/year_copy.h"
#include "load/database.h"
#include "load/words.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* The tables in the order of their references, and which of their rows go along. */
static const struct {
    const char *name, *where;
} TABLES[] = {
    {"runs", NULL},
    {"rules", NULL},
    {"rule_parameters", NULL},
    {"grades", NULL},
    {"departments", NULL},
    {"department_names", NULL},
    {"documents", "id IN chosen"},
    {"manifest", "document_id IN chosen"},
    {"files", "document_id IN chosen"},
    {"originals", "document_id IN chosen"},
    {"sections", "document_id IN chosen"},
    {"facts", "document_id IN chosen"},
    {"fact_places", "fact_id IN (SELECT id FROM source.facts WHERE document_id IN chosen)"},
    {"numerals", "document_id IN chosen"},
    {"notices", "document_id IN chosen"},
    {"findings", "document_id IN chosen"},
    {"finding_facts", "finding_id IN (SELECT id FROM source.findings WHERE document_id IN chosen) "
                      "AND fact_id IN (SELECT id FROM source.facts WHERE document_id IN chosen)"},
    {"finding_documents",
     "finding_id IN (SELECT id FROM source.findings WHERE document_id IN chosen) "
     "AND document_id IN chosen"},
    {"checks", "document_id IN chosen"},
    {"check_facts", "check_id IN (SELECT id FROM source.checks WHERE document_id IN chosen) "
                    "AND fact_id IN (SELECT id FROM source.facts WHERE document_id IN chosen)"},
    {"check_totals", "document_id IN chosen"},
    {"tables", "document_id IN chosen"},
    {"cells", "table_id IN (SELECT id FROM source.tables WHERE document_id IN chosen)"},
    {"paragraphs", "document_id IN chosen"},
    {"shingle_bands", "document_id IN chosen"},
    {"mentions", "document_id IN chosen"},
    {"changes", "document_id IN chosen AND (previous_id IS NULL OR previous_id IN chosen)"},
    {"reviews", "fingerprint IN (SELECT fingerprint FROM source.findings "
                "WHERE document_id IN chosen)"},
};

static gboolean run(Archive *archive, GError **error, const char *sql) {
    if (sqlite3_exec(archive->db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return TRUE;
    return archive_fail(archive, _("the copy of the year"), error);
}

static gboolean choose(Archive *copy, int year, GError **error) {
    g_autofree char *sql = g_strdup_printf(
        "CREATE TEMP TABLE chosen(id INTEGER PRIMARY KEY); "
        "INSERT INTO chosen SELECT id FROM source.documents WHERE year = %d; "
        "INSERT OR IGNORE INTO chosen SELECT x.document_id FROM source.findings f "
        "JOIN source.finding_documents x ON x.finding_id = f.id WHERE f.document_id IN chosen",
        year);
    return run(copy, error, sql);
}

static gboolean copy_tables(Archive *copy, GError **error) {
    for (gsize i = 0; i < G_N_ELEMENTS(TABLES); i++) {
        g_autofree char *sql = g_strdup_printf(
            "DELETE FROM main.%s; INSERT INTO main.%s SELECT * FROM source.%s%s%s", TABLES[i].name,
            TABLES[i].name, TABLES[i].name, TABLES[i].where == NULL ? "" : " WHERE ",
            TABLES[i].where == NULL ? "" : TABLES[i].where);
        if (!run(copy, error, sql))
            return FALSE;
    }
    return run(copy, error,
               "UPDATE documents SET superseded_by = NULL WHERE superseded_by NOT IN chosen");
}

static gboolean index_text(Archive *copy, GError **error) {
    g_autoptr(GError) failure = NULL;
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    sqlite3_stmt *select =
        archive_statement(copy, "SELECT id FROM documents WHERE status = 'ok'", error);
    if (select == NULL)
        return FALSE;
    while (statement_row(copy, select, &failure)) {
        gint64 id = sqlite3_column_int64(select, 0);
        g_array_append_val(ids, id);
    }
    sqlite3_reset(select);
    for (guint i = 0; i < ids->len && failure == NULL; i++)
        words_add_stored(copy, g_array_index(ids, gint64, i), &failure);
    if (failure == NULL)
        words_write(copy, &failure);
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return failure == NULL;
}

static gboolean fill(Archive *archive, Archive *copy, int year, GError **error) {
    const char *source =
        archive->uri != NULL ? archive->uri : sqlite3_db_filename(archive->db, "main");
    if (!archive_execute(copy, error, "ATTACH ? AS source", "s", source) ||
        !run(copy, error, "PRAGMA foreign_keys = OFF") || !choose(copy, year, error) ||
        !run(copy, error, "BEGIN"))
        return FALSE;
    if (copy_tables(copy, error) && index_text(copy, error) && run(copy, error, "COMMIT"))
        return run(copy, error, "DETACH source");
    archive_rollback(copy);
    return FALSE;
}

static void remove_scratch(const char *scratch) {
    static const char *const ENDS[] = {"", "-wal", "-shm", "-journal"};
    for (gsize i = 0; i < G_N_ELEMENTS(ENDS); i++) {
        g_autofree char *path = g_strconcat(scratch, ENDS[i], NULL);
        g_unlink(path);
    }
}

gboolean archive_copy_year(Archive *archive, int year, const char *file, GError **error) {
    g_autofree char *scratch = g_strconcat(file, ".part", NULL);
    remove_scratch(scratch);
    Archive *copy = archive_open(scratch, ARCHIVE_WRITE, error);
    gboolean fine = copy != NULL && fill(archive, copy, year, error) &&
                    archive_execute(copy, error, "VACUUM INTO ?", "s", file);
    archive_close(copy);
    remove_scratch(scratch);
    return fine;
}
