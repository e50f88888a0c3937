#include "load/doctor.h"
#include "load/database.h"
#include <glib/gi18n.h>

/* Each finds trouble: a row is one, its first column tells it. */
static const struct {
    const char *name, *sql;
} EXAMINATIONS[] = {
    {N_("integrity"), "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'"},
    {N_("foreign keys"),
     "SELECT printf('%s %s → %s', \"table\", rowid, parent) FROM pragma_foreign_key_check"},
    {N_("journal"), "SELECT journal_mode FROM pragma_journal_mode WHERE journal_mode <> 'wal'"},
    {N_("numerals"),
     "SELECT printf('%s: %d', file, id) FROM documents d WHERE status = 'ok' AND "
     "numerals_unread <> (SELECT count(*) FROM numerals n WHERE n.document_id = d.id "
     "AND n.state = 'unread')"},
    {N_("totals of checks"),
     "SELECT printf('%d %s', document_id, rule) FROM (SELECT document_id, rule, "
     "sum(outcome = 'pass') AS a, sum(outcome = 'rounding') AS b, sum(outcome = 'fail') AS c, "
     "sum(outcome = 'not_checkable') AS d FROM checks GROUP BY document_id, rule EXCEPT "
     "SELECT * FROM check_totals)"},
    {N_("totals of years"),
     "SELECT printf('%d %s', a, rule) FROM (SELECT * FROM (SELECT coalesce(d.year, 0) AS a, "
     "t.rule, "
     "sum(t.passed), sum(t.rounding), sum(t.failed), sum(t.not_checkable), count(*) "
     "FROM documents d JOIN check_totals t ON t.document_id = d.id WHERE d.superseded_by IS NULL "
     "GROUP BY 1, 2 EXCEPT SELECT * FROM year_totals) UNION "
     "SELECT * FROM (SELECT * FROM year_totals WHERE documents <> 0 EXCEPT "
     "SELECT coalesce(d.year, 0), t.rule, sum(t.passed), sum(t.rounding), sum(t.failed), "
     "sum(t.not_checkable), count(*) FROM documents d JOIN check_totals t ON t.document_id = d.id "
     "WHERE d.superseded_by IS NULL GROUP BY 1, 2))"},
    {N_("failed checks have findings"), "SELECT printf('%d %s', document_id, rule) FROM checks "
                                        "WHERE outcome = 'fail' AND finding_id IS NULL"},
    {N_("versions"), "SELECT printf('%s: %d', o.file, o.version) FROM documents o JOIN documents n "
                     "ON n.id = o.superseded_by WHERE n.version <> o.version + 1"},
    {N_("decisions"),
     "SELECT printf('%d', f.id) FROM findings f WHERE f.status <> coalesce((SELECT r.status FROM "
     "reviews r WHERE r.fingerprint = f.fingerprint ORDER BY r.id DESC LIMIT 1), 'open')"},
    {N_("text for searching"),
     "SELECT file FROM documents WHERE status = 'ok' AND patterns IS NULL"},
};

enum { TROUBLES_SHOWN = 5 };

static gboolean examine(Archive *archive, const char *sql, GString *trouble, GError **error) {
    g_autoptr(GError) failure = NULL;
    sqlite3_stmt *select = archive_statement(archive, sql, error);
    if (select == NULL)
        return FALSE;
    guint n = 0;
    for (; statement_row(archive, select, &failure); n++)
        if (n < TROUBLES_SHOWN)
            g_string_append_printf(trouble, "%s%s", n == 0 ? "" : "; ",
                                   (const char *)sqlite3_column_text(select, 0));
    if (n > TROUBLES_SHOWN)
        g_string_append_printf(trouble, "; … (%u)", n);
    sqlite3_reset(select);
    if (failure != NULL)
        g_string_append(trouble, failure->message);
    return TRUE;
}

/* FTS5 checks itself where it is asked to by a write. */
static void examine_index(Archive *archive, Examined examined, gpointer data) {
    g_autoptr(GError) failure = NULL;
    archive_execute(archive, &failure, "INSERT INTO search(search) VALUES ('integrity-check')", "");
    examined(_("search index"), failure == NULL ? NULL : failure->message, data);
}

gboolean archive_examine(Archive *archive, Examined examined, gpointer data, GError **error) {
    for (gsize i = 0; i < G_N_ELEMENTS(EXAMINATIONS); i++) {
        g_autoptr(GString) trouble = g_string_new(NULL);
        if (!examine(archive, EXAMINATIONS[i].sql, trouble, error))
            return FALSE;
        examined(_(EXAMINATIONS[i].name), trouble->len == 0 ? NULL : trouble->str, data);
    }
    examine_index(archive, examined, data);
    return TRUE;
}
