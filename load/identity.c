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
            fact->section == REPORT_NONE ? NULL : report_section(report, fact->section)->code;
        const char *const words[] = {member->role, section, fact->label, fact->text, fact->unit};
        for (gsize k = 0; k < G_N_ELEMENTS(words); k++)
            add(checksum, words[k]);
    }
    return g_strdup(g_checksum_get_string(checksum));
}

gboolean document_supersede(Archive *archive, gint64 document, GError **error) {
    static const char SAME[] =
        "SELECT old.id FROM documents old, documents new WHERE new.id = ?1 AND old.id <> ?1 "
        "AND old.status = 'ok' AND old.superseded_by IS NULL AND old.inferred IS NULL "
        "AND new.inferred IS NULL AND old.department = new.department AND old.year = new.year "
        "AND old.doc_type = new.doc_type AND old.subject IS new.subject";
    g_autofree char *supersede =
        g_strdup_printf("UPDATE documents SET superseded_by = ?1 WHERE id IN (%s)", SAME);
    g_autofree char *number = g_strdup_printf(
        "UPDATE documents SET version = 1 + (SELECT max(version) FROM documents WHERE id IN (%s)) "
        "WHERE id = ?1 AND EXISTS (%s)",
        SAME, SAME);
    return archive_execute(archive, error, number, "i", document) &&
           archive_execute(archive, error, supersede, "i", document);
}
