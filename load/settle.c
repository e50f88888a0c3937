#include "load/settle.h"
#include "load/between.h"
#include "load/changes.h"
#include "load/identity.h"
#include "load/shingle.h"

/* Ids of a query with one parameter; newest meaning of “affected” in one place. */
static gboolean collect(Archive *archive, const char *sql, gint64 document, gint64 limit,
                        GHashTable *into, GError **error) {
    g_autoptr(GError) failure = NULL;
    sqlite3_stmt *select = archive_statement(archive, sql, error);
    if (select == NULL)
        return FALSE;
    statement_bind(select, "ii", document, limit);
    while (statement_row(archive, select, &failure)) {
        gint64 *id = g_new(gint64, 1);
        *id = sqlite3_column_int64(select, 0);
        g_hash_table_add(into, id);
    }
    sqlite3_reset(select);
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return failure == NULL;
}

/* The reports whose checks look at this one: of its department in this year and its neighbours,
 * those that a finding ties to it, those that share its words, and those that name it. What more
 * than `limit` documents share is and was template. */
static gboolean collect_affected(Archive *archive, gint64 document, gint64 limit, GHashTable *into,
                                 GError **error) {
    static const char *const AFFECTED[] = {
        "SELECT o.id FROM documents d JOIN documents o "
        "ON coalesce(o.department_code, o.department) = coalesce(d.department_code, d.department) "
        "AND o.year BETWEEN d.year - 1 AND d.year + 1 WHERE d.id = ?1",
        "SELECT f.document_id FROM finding_documents x JOIN findings f ON f.id = x.finding_id "
        "WHERE x.document_id = ?1",
        "SELECT o.document_id FROM shingle_bands b JOIN shingle_bands o "
        "ON o.hash = b.hash AND o.band = b.band WHERE b.document_id = ?1 "
        "AND (SELECT count(*) FROM (SELECT 1 FROM shingle_bands c WHERE c.hash = b.hash "
        "AND c.band = b.band LIMIT ?2 + 1)) <= ?2",
        /* a paragraph that has just become template, or has ceased to be */
        "SELECT o.document_id FROM paragraphs p JOIN paragraphs o ON o.sketch = p.sketch "
        "WHERE p.document_id = ?1 AND p.sketch IS NOT NULL "
        "AND (SELECT count(*) FROM (SELECT 1 FROM paragraphs c WHERE c.sketch = p.sketch "
        "LIMIT ?2 + 1)) <= ?2",
        /* whole, or without the place that it stands before: 市教育局 */
        "WITH RECURSIVE start(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM start WHERE n < 40) "
        "SELECT m.document_id FROM documents d JOIN start s JOIN mentions m "
        "ON m.name = substr(d.department, s.n) WHERE d.id = ?1 "
        "AND length(d.department) - s.n >= 2",
        "SELECT m.document_id FROM documents d JOIN department_names n ON n.code = "
        "d.department_code JOIN mentions m ON m.name = n.name WHERE d.id = ?1"};
    for (gsize i = 0; i < G_N_ELEMENTS(AFFECTED); i++)
        if (!collect(archive, AFFECTED[i], document, limit, into, error))
            return FALSE;
    return TRUE;
}

static gint compare_ids(gconstpointer a, gconstpointer b) {
    gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
    return x < y ? -1 : x > y;
}

/* The keys of a set, in order: rows are written in an order of their own, not of a hash table. */
static GArray *sorted_ids(GHashTable *set) {
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    GHashTableIter iterator;
    gpointer key;
    g_hash_table_iter_init(&iterator, set);
    while (g_hash_table_iter_next(&iterator, &key, NULL))
        g_array_append_val(ids, *(gint64 *)key);
    g_array_sort(ids, compare_ids);
    return ids;
}

static gboolean number_versions(Archive *archive, const GArray *ids, GError **error) {
    for (guint i = 0; i < ids->len; i++)
        if (!document_number_versions(archive, g_array_index(ids, gint64, i), error))
            return FALSE;
    return TRUE;
}

/* A version is compared with the one before: where either of them is another. */
static gboolean compare_versions(Archive *archive, GError **error) {
    g_autoptr(GHashTable) versions =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GArray) content = sorted_ids(archive->content);
    for (guint i = 0; i < content->len; i++)
        if (!collect(archive,
                     "SELECT ?1 UNION SELECT superseded_by FROM documents WHERE id = ?1 "
                     "AND superseded_by IS NOT NULL",
                     g_array_index(content, gint64, i), 0, versions, error))
            return FALSE;
    g_autoptr(GArray) ids = sorted_ids(versions);
    for (guint i = 0; i < ids->len; i++)
        if (!changes_between_versions(archive, g_array_index(ids, gint64, i), error))
            return FALSE;
    return TRUE;
}

static gboolean check_all(Archive *archive, GHashTable *affected, GError **error) {
    g_autoptr(GPtrArray) rules = between_rules_read(archive, error);
    g_autoptr(GArray) ids = sorted_ids(affected);
    if (rules == NULL)
        return FALSE;
    for (guint i = 0; i < ids->len; i++)
        if (!between_check(archive, rules, g_array_index(ids, gint64, i), error))
            return FALSE;
    return TRUE;
}

gboolean archive_settle(Archive *archive, GError **error) {
    if (g_hash_table_size(archive->dirty) == 0)
        return TRUE;
    g_autoptr(GArray) dirty = sorted_ids(archive->dirty);
    g_autoptr(GHashTable) affected =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    if (!number_versions(archive, dirty, error) || !compare_versions(archive, error))
        return FALSE;
    for (guint i = 0; i < dirty->len; i++) {
        gint64 id = g_array_index(dirty, gint64, i), *own = g_new(gint64, 1);
        *own = id;
        g_hash_table_add(affected, own);
        if (!collect_affected(archive, id, dirty->len + SHINGLE_SHARED_MAX, affected, error))
            return FALSE;
    }
    return check_all(archive, affected, error);
}

gboolean settle_forget(Archive *archive, gint64 document, GError **error) {
    return collect_affected(archive, document, SHINGLE_SHARED_MAX, archive->dirty, error);
}

gboolean archive_check(Archive *archive, int year, GError **error) {
    g_autoptr(GHashTable) all = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    return collect(archive,
                   "SELECT id FROM documents WHERE status = 'ok' AND (?1 = 0 OR year = ?1)", year,
                   0, all, error) &&
           check_all(archive, all, error);
}

gboolean archive_count_between(Archive *archive, int year, guint *outcomes, GError **error) {
    g_autoptr(GError) failure = NULL;
    sqlite3_stmt *select = archive_statement(
        archive,
        "SELECT sum(t.passed), sum(t.rounding), sum(t.failed), sum(t.not_checkable) "
        "FROM documents d JOIN check_totals t ON t.document_id = d.id "
        "WHERE t.rule IN (SELECT rule FROM rule_parameters) AND (?1 = 0 OR d.year = ?1)",
        error);
    if (select == NULL)
        return FALSE;
    statement_bind(select, "i", (gint64)year);
    if (statement_row(archive, select, &failure))
        for (int i = OUTCOME_PASS; i <= OUTCOME_NOT_CHECKABLE; i++)
            outcomes[i] = (guint)sqlite3_column_int(select, i - OUTCOME_PASS);
    sqlite3_reset(select);
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return failure == NULL;
}
