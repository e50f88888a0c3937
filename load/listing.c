#include "load/listing.h"

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
        "WHERE n.state = 'unread' AND" OF_DOCUMENTS "ORDER BY" BY_DOCUMENT "n.id";
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
