/* Summaries, texts and files: what several reports say of each other, or have in common. */
#include "load/between.h"
#include "load/department.h"
#include "load/shingle.h"
#include <stdlib.h>
#include <string.h>

/* --- summaries --- */

/* The report of a department that a summary names, in its year, with the place before it or
 * without: 市教育局. */
static GArray *named_report(Between *between, const char *name) {
    static const char SQL[] =
        "SELECT " PARTY_COLUMNS "FROM yearbook_documents d "
        "WHERE (coalesce(d.department_code, d.department) = ?1 OR (length(?1) >= 3 "
        "AND substr(d.department, -length(?1)) = ?1)) AND d.year = ?2 AND d.id <> ?3";
    g_autofree char *code = NULL;
    if (!department_resolve(between->archive, name, between->party->year, &code, between->error))
        return NULL;
    sqlite3_stmt *select = archive_statement(between->archive, SQL, between->error);
    if (select == NULL)
        return NULL;
    statement_bind(select, "sii", code != NULL ? code : name, (gint64)between->party->year,
                   between->party->id);
    return parties_read(between, select);
}

/* The department that a figure is about: its entity, or a part of its label that has a report. */
static GArray *owner_of(Between *between, const Operand *operand, GHashTable *known) {
    g_auto(GStrv) parts = g_strsplit(operand->label == NULL ? "" : operand->label, "·", -1);
    for (guint i = 0; parts[i] != NULL; i++) {
        GArray *found = g_hash_table_lookup(known, parts[i]);
        if (found == NULL) {
            found = named_report(between, parts[i]);
            if (found == NULL)
                return NULL;
            g_hash_table_insert(known, g_strdup(parts[i]), found);
        }
        if (found->len == 1 &&
            g_strcmp0(g_array_index(found, Party, 0).key, between->party->key) != 0)
            return found;
    }
    return g_hash_table_lookup(known, "");
}

/* The figures of a summary's tables. */
static GArray *table_figures(Between *between) {
    sqlite3_stmt *select =
        archive_statement(between->archive,
                          "SELECT " OPERAND_COLUMNS "FROM facts f WHERE f.document_id = ?1 "
                          "AND f.qualifier = 'exact' AND f.source <> 'text' ORDER BY f.id",
                          between->error);
    if (select == NULL)
        return NULL;
    statement_bind(select, "i", between->party->id);
    return operands_read(between, select);
}

/* Of the concept, or below a head that the rule's parameter of the concept's name lists. */
static gboolean is_of_concept(const Operand *figure, const char *concept, char **heads) {
    if (g_strcmp0(figure->concept, concept) == 0)
        return TRUE;
    const char *end = figure->label == NULL ? NULL : strstr(figure->label, "·");
    const gsize length = end == NULL ? 0 : (gsize)(end - figure->label);
    for (char **head = heads; length > 0 && *head != NULL; head++)
        if (strlen(*head) == length && memcmp(*head, figure->label, length) == 0)
            return TRUE;
    return FALSE;
}

/* A report's own figure of a concept. */
static GArray *main_figures(Between *between, gint64 document, const char *concept) {
    sqlite3_stmt *select = archive_statement(
        between->archive,
        "SELECT " OPERAND_COLUMNS "FROM facts f JOIN documents d ON d.id = f.document_id "
        "WHERE f.document_id = ?1 AND f.concept = ?2 AND f.qualifier = 'exact' "
        "AND f.entity IS NULL AND (f.period IS NULL OR f.period = CAST(d.year AS TEXT)) "
        "ORDER BY f.role IS 'total' DESC, f.id LIMIT 1",
        between->error);
    if (select == NULL)
        return NULL;
    statement_bind(select, "is", document, concept);
    return operands_read(between, select);
}

static gboolean compare_named(Between *between, const Operand *ours, const Party *other,
                              const char *concept) {
    Decimal difference, envelope;
    g_autoptr(GArray) theirs = main_figures(between, other->id, concept);
    if (theirs == NULL)
        return FALSE;
    if (theirs->len == 0)
        return between_write_check(between, OUTCOME_NOT_CHECKABLE, "部门报告中没有这一数据", ours,
                                   NULL);
    const Operand *figure = &g_array_index(theirs, Operand, 0);
    Outcome outcome = operands_agree(ours, figure, &difference, &envelope);
    if (outcome == OUTCOME_FAIL)
        return between_fail(between, ours, figure, other, FALSE);
    return between_write_check(between, outcome, NULL, ours, figure);
}

/* What a summary lists: the departments that have a report, and rows that have none. */
typedef struct {
    const GArray *figures; /* Operand, of its tables */
    GHashTable *known;     /* a part of a label → GArray of Party */
    GHashTable *listed;    /* const Party * */
    GHashTable *unlisted;  /* name of a row */
} Summary;

/* 合计 is no department. */
static void note_unlisted(Between *between, Summary *summary, const char *label) {
    const char *row = label == NULL ? NULL : g_strrstr(label, "·");
    g_auto(GStrv) totals = g_strsplit(between_parameter(between->rule, "total", ""), " ", -1);
    if (row != NULL && !g_strv_contains((const char *const *)totals, row + strlen("·")))
        g_hash_table_add(summary->unlisted, g_strdup(row + strlen("·")));
}

static gboolean compare_summary(Between *between, const char *concept, Summary *summary) {
    g_auto(GStrv) heads = g_strsplit(between_parameter(between->rule, concept, ""), " ", -1);
    for (guint i = 0; i < summary->figures->len; i++) {
        const Operand *operand = &g_array_index(summary->figures, Operand, i);
        if (!is_of_concept(operand, concept, heads))
            continue;
        GArray *owner = owner_of(between, operand, summary->known);
        if (owner == NULL)
            return FALSE;
        if (owner->len != 1) {
            note_unlisted(between, summary, operand->label);
            continue;
        }
        g_hash_table_add(summary->listed, &g_array_index(owner, Party, 0));
        if (!compare_named(between, operand, &g_array_index(owner, Party, 0), concept))
            return FALSE;
    }
    return TRUE;
}

/* How many of the listed departments' reports have the grade; `open` counts those without one. */
static gboolean count_grades(Between *between, const Summary *summary, const char *grade, guint *n,
                             guint *open) {
    GHashTableIter iterator;
    gpointer party;
    *n = *open = 0;
    g_hash_table_iter_init(&iterator, summary->listed);
    while (g_hash_table_iter_next(&iterator, &party, NULL)) {
        sqlite3_stmt *select = archive_statement(
            between->archive, "SELECT grade FROM documents WHERE id = ?", between->error);
        if (select == NULL)
            return FALSE;
        statement_bind(select, "i", ((const Party *)party)->id);
        gboolean row = statement_row(between->archive, select, between->error);
        const char *own = row ? (const char *)sqlite3_column_text(select, 0) : NULL;
        *n += g_strcmp0(own, grade) == 0;
        *open += own == NULL;
        sqlite3_reset(select);
    }
    return between->error == NULL || *between->error == NULL;
}

/* 自评结果为“优” ends with a name of the grade. */
static gboolean names_grade(const char *label, char **names) {
    g_autoptr(GString) bare = g_string_new(label == NULL ? "" : label);
    g_string_replace(bare, "“", "", 0);
    g_string_replace(bare, "”", "", 0);
    for (char **name = names; *name != NULL; name++)
        if (g_str_has_suffix(bare->str, *name))
            return TRUE;
    return FALSE;
}

static gboolean compare_grade(Between *between, const Summary *summary, const Operand *stated,
                              const char *grade) {
    guint n, open;
    if (!count_grades(between, summary, grade, &n, &open))
        return FALSE;
    if (open > 0 || g_hash_table_size(summary->unlisted) > 0)
        return between_write_check(between, OUTCOME_NOT_CHECKABLE, "有的部门没有等级或报告", stated,
                                   NULL);
    if (decimal_compare(stated->number, decimal_from_integer(n)) == 0)
        return between_write_check(between, OUTCOME_PASS, NULL, stated, NULL);
    g_autofree char *expected = g_strdup_printf("%u", n);
    g_autofree char *message = g_strdup_printf("汇总称等级为“%s”的%s（第%" G_GINT64_FORMAT
                                               "页），所列部门的报告中等级为“%s”的有%u个。",
                                               grade, stated->raw, stated->page, grade, n);
    const BetweenFinding finding = {.message = message,
                                    .ours = stated,
                                    .expected = expected,
                                    .actual = stated->value,
                                    .unit = stated->unit,
                                    .page = stated->page};
    return between_write_finding(between, &finding);
}

/* Counts of the text by grade, each against the reports of the departments listed. `words`: the
 * grade, and how labels name it. */
static gboolean compare_grades(Between *between, const Summary *summary, const char *words) {
    sqlite3_stmt *select = archive_statement(
        between->archive,
        "SELECT " OPERAND_COLUMNS "FROM facts f WHERE f.document_id = ?1 AND f.kind = 'count' "
        "AND f.qualifier = 'exact' AND f.source = 'text' ORDER BY f.id",
        between->error);
    if (select == NULL)
        return FALSE;
    statement_bind(select, "i", between->party->id);
    g_autoptr(GArray) counts = operands_read(between, select);
    g_auto(GStrv) names = g_strsplit(words, " ", -1);
    for (guint i = 0; counts != NULL && i < counts->len; i++) {
        const Operand *stated = &g_array_index(counts, Operand, i);
        if (names_grade(stated->label, names) && !compare_grade(between, summary, stated, names[0]))
            return FALSE;
    }
    return counts != NULL;
}

gboolean between_summary(Between *between) {
    const BetweenRule *rule = between->rule;
    g_autoptr(GHashTable) known =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    g_autoptr(GHashTable) listed = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) unlisted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gboolean whole = between->party->doc_type != NULL && between->party->department != NULL;
    if (between->party->year == 0 || whole)
        return TRUE;
    g_autoptr(GArray) figures = table_figures(between);
    Summary summary = {figures, known, listed, unlisted};
    if (figures == NULL)
        return FALSE;
    g_hash_table_insert(known, g_strdup(""), g_array_new(FALSE, FALSE, sizeof(Party)));
    for (guint i = 0; i < rule->names->len; i++)
        if (g_str_equal(rule->names->pdata[i], "concept") &&
            !compare_summary(between, rule->values->pdata[i], &summary))
            return FALSE;
    for (guint i = 0; g_hash_table_size(listed) > 1 && i < rule->names->len; i++)
        if (g_str_equal(rule->names->pdata[i], "grade") &&
            !compare_grades(between, &summary, rule->values->pdata[i]))
            return FALSE;
    return TRUE;
}

/* --- texts --- */

/* Reports of the same year of other departments, and any of the year before, whose sketch meets. */
static GArray *text_candidates(Between *between) {
    static const char SQL[] =
        "SELECT DISTINCT " PARTY_COLUMNS "FROM shingle_bands b "
        "JOIN shingle_bands o ON o.hash = b.hash AND o.band = b.band "
        "AND o.document_id <> b.document_id "
        "JOIN documents d ON d.id = o.document_id "
        "WHERE b.document_id = ?1 AND (SELECT count(*) FROM (SELECT 1 FROM shingle_bands c "
        "WHERE c.hash = b.hash AND c.band = b.band LIMIT ?5 + 1)) <= ?5 "
        "AND d.status = 'ok' AND d.superseded_by IS NULL "
        "AND d.doc_type IS ?4 AND (d.year = ?3 - 1 OR (d.year = ?3 "
        "AND coalesce(d.department_code, d.department) <> ?2)) "
        "ORDER BY d.year DESC, d.sha256 LIMIT 20";
    sqlite3_stmt *select = archive_statement(between->archive, SQL, between->error);
    if (select == NULL)
        return NULL;
    statement_bind(select, "isisi", between->party->id, between->party->key,
                   (gint64)between->party->year, between->party->doc_type,
                   (gint64)SHINGLE_SHARED_MAX);
    return parties_read(between, select);
}

/* The longest paragraph that stands in both: what a reader can compare. */
static gboolean common_paragraph(Between *between, const Party *other, char **text, gint64 *page) {
    static const char SQL[] =
        "SELECT p.text, p.page FROM paragraphs p JOIN paragraphs o ON o.sketch = p.sketch "
        "WHERE p.document_id = ?1 AND o.document_id = ?2 AND p.kind = 'paragraph' "
        "ORDER BY length(p.text) DESC, p.id LIMIT 1";
    g_autoptr(GError) failure = NULL;
    sqlite3_stmt *select = archive_statement(between->archive, SQL, between->error);
    if (select == NULL)
        return FALSE;
    statement_bind(select, "ii", between->party->id, other->id);
    if (statement_row(between->archive, select, &failure)) {
        *text = statement_text(select, 0);
        *page = sqlite3_column_int64(select, 1);
    }
    sqlite3_reset(select);
    if (failure != NULL)
        g_propagate_error(between->error, g_steal_pointer(&failure));
    return failure == NULL;
}

static gboolean write_similar(Between *between, const Party *other, double similarity) {
    g_autofree char *text = NULL;
    gint64 page = 0;
    if (!common_paragraph(between, other, &text, &page))
        return FALSE;
    gboolean own = g_strcmp0(other->key, between->party->key) == 0;
    g_autofree char *message = g_strdup_printf(
        "除模板和职能外，全文与%s%d年度%s文字雷同，相似度%d%%。",
        own ? "本部门" : other->department, other->year,
        other->doc_type == NULL ? "报告" : other->doc_type, (int)(similarity * 100));
    const BetweenFinding finding = {.suspected = TRUE,
                                    .message = message,
                                    .evidence = text,
                                    .page = page,
                                    .others = other,
                                    .others_count = 1};
    return between_write_finding(between, &finding);
}

gboolean between_text(Between *between) {
    double at_least = atof(between_parameter(between->rule, "similarity", "0.8"));
    gboolean similar = FALSE;
    if (between->party->key == NULL || between->party->year == 0)
        return TRUE;
    g_autoptr(GArray) candidates = text_candidates(between);
    if (candidates == NULL)
        return FALSE;
    for (guint i = 0; i < candidates->len; i++) {
        const Party *other = &g_array_index(candidates, Party, i);
        double similarity;
        if (!shingle_similarity(between->archive, between->party->id, other->id, &similarity,
                                between->error))
            return FALSE;
        if (similarity < at_least)
            continue;
        similar = TRUE;
        if (!write_similar(between, other, similarity))
            return FALSE;
    }
    return similar || between_write_check(between, OUTCOME_PASS, NULL, NULL, NULL);
}

/* --- files --- */

/* The same bytes under several paths in one run. */
gboolean between_file(Between *between) {
    static const char SQL[] =
        "SELECT count(*), group_concat(file, '、') FROM (SELECT f.file FROM files f "
        "JOIN documents d ON d.id = f.document_id WHERE d.id = ? AND f.run_id IS d.run_id "
        "ORDER BY f.file)";
    g_autoptr(GError) failure = NULL;
    g_autofree char *names = NULL;
    int n = 0;
    sqlite3_stmt *select = archive_statement(between->archive, SQL, between->error);
    if (select == NULL)
        return FALSE;
    statement_bind(select, "i", between->party->id);
    if (statement_row(between->archive, select, &failure)) {
        n = sqlite3_column_int(select, 0);
        names = statement_text(select, 1);
    }
    sqlite3_reset(select);
    if (failure != NULL) {
        g_propagate_error(between->error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (n < 2)
        return TRUE;
    g_autofree char *message = g_strdup_printf("同一文件以%d个名称报送：%s。", n, names);
    const BetweenFinding finding = {.message = message, .evidence = names, .page = 1};
    return between_write_finding(between, &finding);
}
