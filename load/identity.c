#include "load/identity.h"
#include "load/database.h"

static void add(GChecksum *checksum, const char *text) {
    if (text != NULL)
        g_checksum_update(checksum, (const guchar *)text, -1);
    g_checksum_update(checksum, (const guchar *)"\n", 1);
}

char *finding_fingerprint(const Report *report, const Finding *finding) {
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *year = g_strdup_printf("%d", report->year);
    const char *const parts[] = {finding->rule,    report->department, year,
                                 report->doc_type, report->subject,    finding->evidence};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        add(checksum, parts[i]);
    for (guint i = 0; i < finding->members->len; i++) {
        const Member *member = &g_array_index(finding->members, Member, i);
        const Fact *fact = report_fact(report, member->fact);
        const char *section =
            fact->section == REPORT_NONE ? NULL : report_section(report, fact->section)->title;
        const char *const words[] = {member->role, section, fact->label, fact->text, fact->unit};
        for (gsize k = 0; k < G_N_ELEMENTS(words); k++)
            add(checksum, words[k]);
    }
    return g_strdup(g_checksum_get_string(checksum));
}

gboolean document_number_versions(Archive *archive, gint64 document, GError **error) {
    static const char SQL[] =
        "UPDATE documents SET version = r.version, superseded_by = r.next FROM "
        "(SELECT o.id, row_number() OVER w AS version, lead(o.id) OVER w AS next "
        "FROM documents d JOIN documents o "
        "ON coalesce(o.department_code, o.department) = coalesce(d.department_code, d.department) "
        "AND o.year = d.year AND o.doc_type = d.doc_type AND o.subject IS d.subject "
        "WHERE d.id = ?1 AND d.inferred IS NULL AND o.inferred IS NULL AND o.status = 'ok' "
        "WINDOW w AS (ORDER BY o.run_id, o.file, o.sha256)) r "
        "WHERE r.id = documents.id "
        "AND (documents.version <> r.version OR documents.superseded_by IS NOT r.next) "
        "RETURNING id, superseded_by";
    g_autoptr(GError) failure = NULL;
    sqlite3_stmt *update = archive_statement(archive, SQL, error);
    if (update == NULL)
        return FALSE;
    statement_bind(update, "i", document);
    while (statement_row(archive, update, &failure)) {
        archive_mark_content(archive, sqlite3_column_int64(update, 0));
        if (sqlite3_column_type(update, 1) != SQLITE_NULL)
            archive_mark_content(archive, sqlite3_column_int64(update, 1));
    }
    sqlite3_reset(update);
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return failure == NULL;
}
