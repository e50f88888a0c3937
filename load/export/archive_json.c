#include "load/export/archive_json.h"
#include "load/export/json.h"

enum { JSON_CHUNK_BYTES = 262144 };

/* What a document has; facts are numbered from :first, the key of its first one. */
static const struct {
    const char *name, *sql;
} PARTS[] = {
    {"files", "SELECT file FROM files WHERE document_id = :document ORDER BY file"},
    {"sections", "SELECT number, title, level, page, code FROM sections "
                 "WHERE document_id = :document ORDER BY id"},
    {"facts",
     "SELECT kind, concept, label, role, value, value_high, unit, qualifier, decimals, "
     "printed_unit, raw, period, entity, section, page, x0, y0, x1, y1, source, confidence, "
     "pattern, (SELECT json_group_array(json_array(page, x0, y0, x1, y1)) FROM (SELECT * FROM "
     "fact_places p WHERE p.fact_id = facts.id AND seq > 0 ORDER BY seq)) AS 'places:json' "
     "FROM facts WHERE document_id = :document ORDER BY id"},
    {"findings",
     "SELECT rule, severity, certainty, message, expected, actual, difference, envelope, unit, "
     "explanation, evidence, status, page, fingerprint, "
     "(SELECT json_group_array(json(t)) FROM (SELECT json_object('role', x.role, 'fact', "
     "CASE WHEN f.document_id = :document THEN x.fact_id - :first END, 'document', "
     "CASE WHEN f.document_id <> :document THEN (SELECT sha256 FROM documents d "
     "WHERE d.id = f.document_id) END, 'raw', f.raw) AS t FROM finding_facts x "
     "JOIN facts f ON f.id = x.fact_id WHERE x.finding_id = findings.id ORDER BY x.seq)) "
     "AS 'facts:json', (SELECT json_group_array(sha256) FROM (SELECT d.sha256 FROM "
     "finding_documents y JOIN documents d ON d.id = y.document_id "
     "WHERE y.finding_id = findings.id ORDER BY d.sha256)) AS 'documents:json' "
     "FROM findings WHERE document_id = :document "
     "ORDER BY rule IN (SELECT rule FROM rule_parameters), id"},
    {"checks",
     "SELECT rule, outcome, reason, (SELECT fingerprint FROM findings f WHERE f.id = finding_id) "
     "AS finding, (SELECT json_group_array(json(t)) FROM (SELECT json_array(x.role, "
     "CASE WHEN f.document_id = :document THEN x.fact_id - :first ELSE f.raw END) AS t "
     "FROM check_facts x JOIN facts f ON f.id = x.fact_id WHERE x.check_id = checks.id "
     "ORDER BY x.seq)) AS 'facts:json' FROM checks WHERE document_id = :document "
     "ORDER BY rule IN (SELECT rule FROM rule_parameters), id"},
    {"numerals", "SELECT state, kind, text, page, x0, y0, x1, y1 FROM numerals "
                 "WHERE document_id = :document ORDER BY seq"},
    {"notices", "SELECT kind, page, count, text FROM notices WHERE document_id = :document "
                "ORDER BY id"},
    {"tables",
     "SELECT page, last_page, x0, y0, x1, y1, rows, columns, caption, unit, "
     "(SELECT json_group_array(json_array(row, col, row_span, col_span, text, page, x0, y0, x1, "
     "y1)) FROM (SELECT * FROM cells c WHERE c.table_id = tables.id ORDER BY id)) AS 'cells:json' "
     "FROM tables WHERE document_id = :document ORDER BY id"},
    {"paragraphs", "SELECT kind, page, text FROM paragraphs WHERE document_id = :document "
                   "ORDER BY id"},
    {"changes", "SELECT what, change, label, before, after, page FROM changes "
                "WHERE document_id = :document AND previous_id IS NOT NULL ORDER BY id"},
};

static const char DOCUMENTS[] =
    "SELECT d.id, coalesce((SELECT min(f.id) FROM facts f WHERE f.document_id = d.id), 0), "
    "d.file, d.sha256, d.title, d.department, d.department_code, d.year, d.doc_type, d.subject, "
    "d.inferred, d.grade, d.pages, d.ocr_pages, d.status, d.error, d.version, "
    "(SELECT n.sha256 FROM documents n WHERE n.id = d.superseded_by) AS superseded_by, "
    "d.family, d.producer, d.patterns, d.numerals_facts, d.numerals_claimed, d.numerals_unread "
    "FROM documents d WHERE :year = 0 OR d.year = :year "
    "ORDER BY d.department, d.year, d.doc_type, d.subject, d.sha256";

/* Lists that stand before the documents. */
static const struct {
    const char *name, *sql;
} LISTS[] = {
    {"rules", "SELECT id, title_zh, title_en, severity, implemented FROM rules ORDER BY id"},
    {"grades", "SELECT grade, from_score FROM grades ORDER BY from_score DESC"},
    {"departments", "SELECT code, name, parent, valid_from, valid_to, (SELECT json_group_array("
                    "json_array(name, kind, valid_from, valid_to)) FROM (SELECT * FROM "
                    "department_names n WHERE n.code = departments.code ORDER BY name, kind, "
                    "valid_from, valid_to)) AS 'names:json' FROM departments ORDER BY code"},
    {"reviews", "SELECT fingerprint, status, note, reviewer FROM reviews ORDER BY fingerprint, id"},
};

/* Lists that stand after them. */
static const char YEARBOOK[] =
    "SELECT year, department, department_code, budget, actual, execution_rate, score, grade, "
    "grade_computed, satisfaction, errors, warnings, hints, not_checkable, "
    "(SELECT sha256 FROM documents d WHERE d.id = document_id) AS document FROM yearbook "
    "WHERE :year = 0 OR year = :year ORDER BY year, department, document";

typedef struct {
    GOutputStream *stream;
    GString *text; /* waiting to be written */
    Query *parts[G_N_ELEMENTS(PARTS)];
} Exporter;

static gboolean drain(Exporter *exporter, gsize above, GError **error) {
    if (exporter->text->len <= above)
        return TRUE;
    gboolean written = g_output_stream_write_all(exporter->stream, exporter->text->str,
                                                 exporter->text->len, NULL, NULL, error);
    g_string_truncate(exporter->text, 0);
    return written;
}

/* "name":[rows] */
static gboolean append_list(Exporter *exporter, const char *name, Query *query, GError **error) {
    g_autoptr(GError) failure = NULL;
    const char *separator = "";
    json_append_string(exporter->text, name);
    g_string_append(exporter->text, ":[");
    while (query_next(query, &failure)) {
        g_string_append(exporter->text, separator);
        g_string_append_c(exporter->text, '\n');
        json_append_row(exporter->text, query);
        separator = ",";
        if (!drain(exporter, JSON_CHUNK_BYTES, error))
            return FALSE;
    }
    g_string_append_c(exporter->text, ']');
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return failure == NULL;
}

static gboolean append_query(Exporter *exporter, Archive *archive, const char *name,
                             const char *sql, int year, GError **error) {
    g_autoptr(Query) query = archive_query(archive, sql, error);
    if (query == NULL)
        return FALSE;
    query_bind_integer(query, ":year", year);
    return append_list(exporter, name, query, error);
}

static gboolean append_document(Exporter *exporter, const Query *document, GError **error) {
    g_string_append(exporter->text, "\n{");
    json_append_columns(exporter->text, document, 2);
    for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++) {
        Query *part = exporter->parts[i];
        query_restart(part);
        query_bind_integer(part, ":document", query_integer(document, 0));
        query_bind_integer(part, ":first", query_integer(document, 1));
        g_string_append_c(exporter->text, ',');
        if (!append_list(exporter, PARTS[i].name, part, error))
            return FALSE;
    }
    g_string_append_c(exporter->text, '}');
    return drain(exporter, JSON_CHUNK_BYTES, error);
}

static gboolean append_documents(Exporter *exporter, Archive *archive, int year, GError **error) {
    g_autoptr(GError) failure = NULL;
    g_autoptr(Query) documents = archive_query(archive, DOCUMENTS, error);
    if (documents == NULL)
        return FALSE;
    query_bind_integer(documents, ":year", year);
    for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++)
        if ((exporter->parts[i] = archive_query(archive, PARTS[i].sql, error)) == NULL)
            return FALSE;
    g_string_append(exporter->text, "\"documents\":[");
    for (const char *separator = ""; query_next(documents, &failure); separator = ",") {
        g_string_append(exporter->text, separator);
        if (!append_document(exporter, documents, error))
            return FALSE;
    }
    g_string_append(exporter->text, "],\n");
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return failure == NULL;
}

static gboolean write_all(Exporter *exporter, Archive *archive, int year, GError **error) {
    g_string_append(exporter->text, "{\"version\":1,\n");
    for (gsize i = 0; i < G_N_ELEMENTS(LISTS); i++) {
        if (!append_query(exporter, archive, LISTS[i].name, LISTS[i].sql, year, error))
            return FALSE;
        g_string_append(exporter->text, ",\n");
    }
    if (!append_documents(exporter, archive, year, error) ||
        !append_query(exporter, archive, "yearbook", YEARBOOK, year, error))
        return FALSE;
    g_string_append(exporter->text, "}\n");
    return drain(exporter, 0, error);
}

gboolean export_json(Archive *archive, GOutputStream *stream, int year, GError **error) {
    Exporter exporter = {.stream = stream, .text = g_string_new(NULL)};
    gboolean written = write_all(&exporter, archive, year, error);
    for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++)
        query_free(exporter.parts[i]);
    g_string_free(exporter.text, TRUE);
    return written;
}
