#include "load/listing.h"
#include "load/bigram.h"
#include "load/database.h"
#include "load/export/json.h"
#include <glib/gi18n.h>
#include <string.h>

/* What every listing of parts of documents filters by. */
#define OF_DOCUMENTS                                                                               \
    " (:year = 0 OR d.year = :year) AND (:department IS NULL OR "                                  \
    "instr(d.department, :department) > 0) AND (:superseded OR d.superseded_by IS NULL) "

#define BY_DOCUMENT " d.department, d.year, d.doc_type, d.subject, d.file, d.sha256, "

static Query *list(Archive *archive, const char *sql, const ListingFilter *filter, GError **error) {
    Query *query = archive_query(archive, sql, error);
    if (query == NULL)
        return NULL;
    query_bind_integer(query, ":year", filter->year);
    query_bind_text(query, ":department", filter->department);
    query_bind_text(query, ":severity", filter->severity);
    query_bind_text(query, ":rule", filter->rule);
    query_bind_text(query, ":status", filter->status);
    query_bind_integer(query, ":superseded", filter->superseded);
    return query;
}

Query *list_findings(Archive *archive, const ListingFilter *filter, GError **error) {
    static const char SQL[] =
        "SELECT f.id, d.department, d.year, d.doc_type, d.subject, d.file, f.page, f.rule, "
        "r.title_zh AS title, f.severity, f.certainty, f.message, "
        "f.expected AS 'expected:decimal', f.actual AS 'actual:decimal', "
        "f.difference AS 'difference:decimal', f.envelope AS 'envelope:decimal', f.unit, "
        "f.explanation, f.evidence, f.status, "
        "(SELECT json_group_array(json_object('role', role, 'label', label, 'raw', raw, "
        "'value', value, 'unit', unit, 'section', section, 'page', page, 'x0', x0, 'y0', y0, "
        "'x1', x1, 'y1', y1)) FROM (SELECT x.role, t.label, t.raw, t.value, t.unit, t.section, "
        "t.page, t.x0, t.y0, t.x1, t.y1 FROM finding_facts x JOIN facts t ON t.id = x.fact_id "
        "WHERE x.finding_id = f.id ORDER BY x.seq)) AS 'facts:json' "
        "FROM findings f JOIN documents d ON d.id = f.document_id JOIN rules r ON r.id = f.rule "
        "WHERE" OF_DOCUMENTS "AND (:severity IS NULL OR f.severity = :severity) "
        "AND (:rule IS NULL OR f.rule = :rule) AND (:status IS NULL OR f.status = :status) "
        "ORDER BY" BY_DOCUMENT "f.severity = 'error' DESC, f.severity = 'warning' DESC, "
        "f.certainty, f.page, f.rule, f.message, f.fingerprint";
    return list(archive, SQL, filter, error);
}

Query *list_unread(Archive *archive, const ListingFilter *filter, GError **error) {
    static const char SQL[] =
        "SELECT d.department, d.year, d.file, n.page, n.kind AS reason, n.text "
        "FROM numerals n JOIN documents d ON d.id = n.document_id "
        "WHERE n.state = 'unread' AND" OF_DOCUMENTS "ORDER BY" BY_DOCUMENT "n.seq";
    return list(archive, SQL, filter, error);
}

Query *list_unchecked(Archive *archive, const ListingFilter *filter, GError **error) {
    static const char SQL[] =
        "SELECT d.department, d.year, d.file, c.rule, r.title_zh AS title, c.reason, "
        "count(*) AS times "
        "FROM checks c JOIN documents d ON d.id = c.document_id JOIN rules r ON r.id = c.rule "
        "WHERE c.outcome = 'not_checkable' AND (:rule IS NULL OR c.rule = :rule) AND" OF_DOCUMENTS
        "GROUP BY d.id, c.rule, c.reason ORDER BY" BY_DOCUMENT "c.rule, c.reason";
    return list(archive, SQL, filter, error);
}

Query *list_unchecked_by_reason(Archive *archive, const ListingFilter *filter, GError **error) {
    static const char SQL[] =
        "SELECT d.department, d.year, d.file, e.reason, sum(e.times) AS times, "
        "group_concat(CASE WHEN e.place <= 3 THEN e.rule || ' ' || e.title END, '；') || "
        "CASE WHEN count(*) > 3 THEN printf('等%d条规则', count(*)) ELSE '' END AS rules "
        "FROM (SELECT c.document_id, c.rule, r.title_zh AS title, c.reason, count(*) AS times, "
        "row_number() OVER (PARTITION BY c.document_id, c.reason ORDER BY c.rule) AS place "
        "FROM checks c JOIN documents d ON d.id = c.document_id JOIN rules r ON r.id = c.rule "
        "WHERE c.outcome = 'not_checkable' AND (:rule IS NULL OR c.rule = :rule) AND" OF_DOCUMENTS
        "GROUP BY c.document_id, c.reason, c.rule ORDER BY c.document_id, c.reason, c.rule) e "
        "JOIN documents d ON d.id = e.document_id "
        "GROUP BY d.id, e.reason ORDER BY" BY_DOCUMENT "sum(e.times) DESC, e.reason";
    return list(archive, SQL, filter, error);
}

Query *list_reviews(Archive *archive, const ListingFilter *filter, GError **error) {
    static const char SQL[] =
        "SELECT f.id AS finding, d.department, d.year, d.file, f.rule, f.message, f.status, "
        "v.note, v.reviewer, v.reviewed_at "
        "FROM findings f JOIN documents d ON d.id = f.document_id "
        "JOIN reviews v ON v.id = (SELECT max(id) FROM reviews r WHERE r.fingerprint = "
        "f.fingerprint) WHERE" OF_DOCUMENTS "AND (:status IS NULL OR f.status = :status) "
        "ORDER BY" BY_DOCUMENT "f.id";
    return list(archive, SQL, filter, error);
}

Query *list_departments(Archive *archive, GError **error) {
    return archive_query(archive,
                         "SELECT code, name, (SELECT group_concat(name, '；') FROM (SELECT "
                         "DISTINCT n.name FROM department_names n WHERE n.code = departments.code "
                         "AND n.name <> departments.name ORDER BY n.name)) AS aliases, parent, "
                         "valid_from, valid_to FROM departments ORDER BY code",
                         error);
}

Query *list_unknown_departments(Archive *archive, GError **error) {
    return archive_query(archive, "SELECT * FROM unknown_departments ORDER BY department", error);
}

gboolean rule_known(Archive *archive, const char *rule, gboolean *known, GError **error) {
    gint64 any;
    if (!archive_lookup(archive, error, &any, 0, "SELECT EXISTS (SELECT 1 FROM rules WHERE id = ?)",
                        "s", rule))
        return FALSE;
    *known = any != 0;
    return TRUE;
}

gboolean departments_registered(Archive *archive, gboolean *registered, GError **error) {
    gint64 any;
    if (!archive_lookup(archive, error, &any, 0, "SELECT EXISTS (SELECT 1 FROM departments)", ""))
        return FALSE;
    *registered = any != 0;
    return TRUE;
}

/* As a department was called in that year; found by that name and by its present one. */
Query *list_missing(Archive *archive, const ListingFilter *filter, const char *type,
                    gboolean sub_units, GError **error) {
    static const char SQL[] =
        "SELECT code, name, parent FROM (SELECT p.code, p.parent, p.name AS present, "
        "coalesce((SELECT n.name FROM department_names n WHERE n.code = p.code AND n.kind = 'name' "
        "AND coalesce(n.valid_from, 0) <= :year AND coalesce(n.valid_to, 9999) >= :year "
        "ORDER BY coalesce(n.valid_from, 0) DESC, n.id DESC LIMIT 1), p.name) AS name "
        "FROM departments p WHERE (:sub_units OR p.parent IS NULL) "
        "AND CAST(coalesce(p.valid_from, 0) AS INTEGER) <= :year "
        "AND CAST(coalesce(p.valid_to, 9999) AS INTEGER) >= :year "
        "AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.department_code = p.code "
        "AND d.year = :year AND d.status = 'ok' AND d.doc_type = :type AND d.subject IS NULL)) "
        "WHERE :department IS NULL OR instr(name, :department) > 0 "
        "OR instr(present, :department) > 0 ORDER BY code";
    Query *query = list(archive, SQL, filter, error);
    if (query == NULL)
        return NULL;
    query_bind_text(query, ":type", type);
    query_bind_integer(query, ":sub_units", sub_units);
    return query;
}

Query *list_changes(Archive *archive, const ListingFilter *filter, gint64 run, GError **error) {
    static const char SQL[] =
        "SELECT d.department, d.year, d.file, d.version, "
        "(SELECT file FROM documents p WHERE p.id = c.previous_id) AS previous, c.run_id AS run, "
        "c.what, c.change, c.label, c.before, c.after, c.page "
        "FROM changes c JOIN documents d ON d.id = c.document_id "
        "WHERE (:year = 0 OR d.year = :year) AND (:department IS NULL OR "
        "instr(d.department, :department) > 0) AND (:run = 0 OR c.run_id = :run) "
        "ORDER BY" BY_DOCUMENT "c.what DESC, c.id";
    Query *query = list(archive, SQL, filter, error);
    if (query != NULL)
        query_bind_integer(query, ":run", run);
    return query;
}

/* Only for our own queries: no schema refers to it. */
static void folded_function(sqlite3_context *context, int count, sqlite3_value **values) {
    const char *text = (const char *)sqlite3_value_text(values[0]);
    g_assert(count == 1);
    if (text != NULL)
        sqlite3_result_text(context, bigram_folded(text), -1, g_free);
}

/* What full-text search is asked for, and the texts that a place must hold, as JSON. */
static gboolean read_words(const char *const *words, GString *match, GString *folded,
                           GError **error) {
    for (guint i = 0; words[i] != NULL; i++) {
        g_autofree char *query = bigram_query(words[i]), *text = bigram_folded(words[i]);
        if (query == NULL) {
            g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_SQL,
                        _("“%s” has no words to search for"), words[i]);
            return FALSE;
        }
        g_string_append_printf(match, "%s%s", i == 0 ? "" : " AND ", query);
        g_string_append_c(folded, i == 0 ? '[' : ',');
        json_append_string(folded, text);
    }
    g_string_append_c(folded, ']');
    return TRUE;
}

Query *list_search(Archive *archive, const ListingFilter *filter, const char *const *words,
                   GError **error) {
    static const char SQL[] =
        "WITH found AS MATERIALIZED (SELECT d.* FROM search s JOIN documents d ON d.id = s.rowid "
        "WHERE search MATCH :query AND" OF_DOCUMENTS "), places AS ("
        "SELECT d.id, p.page, 0 AS part, p.id AS place, p.kind, p.text FROM found d "
        "JOIN paragraphs p ON p.document_id = d.id UNION ALL "
        "SELECT d.id, c.page, 1, c.id, 'cell', c.text FROM found d "
        "JOIN tables t ON t.document_id = d.id JOIN cells c ON c.table_id = t.id "
        "WHERE c.text <> '' UNION ALL "
        "SELECT d.id, t.page, 2, t.id, 'caption', t.caption FROM found d "
        "JOIN tables t ON t.document_id = d.id WHERE t.caption IS NOT NULL) "
        "SELECT d.department, d.year, d.file, p.page, p.kind, "
        "CASE WHEN length(p.text) <= 80 THEN p.text ELSE "
        "CASE WHEN instr(p.text, :word) > 31 THEN '…' ELSE '' END || "
        "substr(p.text, max(1, instr(p.text, :word) - 30), 80) || "
        "CASE WHEN instr(p.text, :word) + 49 < length(p.text) THEN '…' ELSE '' END END AS text "
        "FROM places p JOIN found d ON d.id = p.id "
        "WHERE NOT EXISTS (SELECT 1 FROM json_each(:folded) WHERE instr(folded(p.text), value) = "
        "0) ORDER BY" BY_DOCUMENT "p.page, p.part, p.place";
    g_autoptr(GString) match = g_string_new(NULL), folded = g_string_new(NULL);
    if (!read_words(words, match, folded, error))
        return NULL;
    sqlite3_create_function(archive->db, "folded", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                            folded_function, NULL, NULL);
    Query *query = list(archive, SQL, filter, error);
    if (query == NULL)
        return NULL;
    query_bind_text(query, ":query", match->str);
    query_bind_text(query, ":word", words[0]);
    query_bind_text(query, ":folded", folded->str);
    return query;
}
