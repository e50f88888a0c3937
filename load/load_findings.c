/* Findings and checks, with the facts in their roles. */
#include "load/finding_ids.h"
#include "load/identity.h"
#include "load/loading.h"
#include "load/rows.h"
#include <string.h>

static gboolean load_members(Loading *loading, const char *sql, gint64 owner,
                             const GArray *members) {
    for (guint i = 0; i < members->len; i++) {
        const Member *member = &g_array_index(members, Member, i);
        if (!archive_execute(loading->archive, loading->error, sql, "inis", owner, i,
                             loading->facts[member->fact], member->role))
            return FALSE;
    }
    return TRUE;
}

/* A rule that the patterns did not name still gets its row: findings refer to it. */
static gboolean know_rule(Loading *loading, const char *rule, Severity severity) {
    if (g_hash_table_contains(loading->archive->rules, rule))
        return TRUE;
    g_hash_table_add(loading->archive->rules, g_strdup(rule));
    return archive_execute(loading->archive, loading->error,
                           "INSERT OR IGNORE INTO rules(id, title_zh, title_en, severity) "
                           "VALUES (?1, ?1, ?1, ?2)",
                           "ss", rule, severity_name(severity));
}

static guint finding_page(const Loading *loading, const Finding *finding) {
    Span place = finding->place;
    if (place.start == place.end && finding->members->len > 0)
        place =
            report_fact(loading->report, g_array_index(finding->members, Member, 0).fact)->place;
    guint line = place.start < place.end ? document_line_of(loading->report->document, place.start)
                                         : DOCUMENT_NONE;
    return line == DOCUMENT_NONE ? G_MAXUINT : document_line(loading->report->document, line)->page;
}

gboolean load_findings(Loading *loading) {
    for (guint i = 0; i < loading->report->findings->len; i++) {
        const Finding *finding = report_finding(loading->report, i);
        g_autofree char *fingerprint = finding_fingerprint(loading->report, finding);
        gint64 *id = &loading->findings[i];
        if (!know_rule(loading, finding->rule, finding->severity) ||
            !finding_ids_take(loading->archive, loading->document, fingerprint, id,
                              loading->error) ||
            !archive_execute(
                loading->archive, loading->error,
                "INSERT INTO findings(document_id, rule, severity, certainty, message, expected, "
                "actual, difference, envelope, unit, explanation, fingerprint, evidence, page, "
                "id, status) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
                "?15, "
                "coalesce((SELECT status FROM reviews WHERE fingerprint = ?12 ORDER BY id DESC "
                "LIMIT 1), 'open'))",
                "issssssssssssni", loading->document, finding->rule,
                severity_name(finding->severity), certainty_name(finding->certainty),
                finding->message, finding->expected, finding->actual, finding->difference,
                finding->envelope, finding->unit, finding->explanation, fingerprint,
                finding->evidence, finding_page(loading, finding), *id))
            return FALSE;
        if (!load_members(loading, "INSERT INTO finding_facts VALUES (?, ?, ?, ?)", *id,
                          finding->members))
            return FALSE;
    }
    return TRUE;
}

/* Where the drawing of the members of all checks stands. */
typedef struct {
    const Loading *loading;
    gint64 first; /* id of the first check */
    guint check, member;
} Drawing;

static void give_check(Rows *rows, guint i, gpointer data) {
    const Drawing *drawing = data;
    const Check *check = report_check(drawing->loading->report, i);
    rows_give(rows, "iissks", drawing->first + i, drawing->loading->document, check->rule,
              outcome_name(check->outcome), loading_id(drawing->loading->findings, check->finding),
              check->reason);
}

static void give_member(Rows *rows, guint row, gpointer data) {
    Drawing *drawing = data;
    const Report *report = drawing->loading->report;
    (void)row;
    while (drawing->member == report_check(report, drawing->check)->members->len) {
        drawing->check++;
        drawing->member = 0;
    }
    const GArray *members = report_check(report, drawing->check)->members;
    const Member *member = &g_array_index(members, Member, drawing->member);
    rows_give(rows, "inis", drawing->first + drawing->check, drawing->member++,
              drawing->loading->facts[member->fact], member->role);
}

static gboolean insert_checks(Loading *loading, guint members) {
    Drawing drawing = {.loading = loading};
    return archive_next_key(loading->archive, loading->error, "SELECT max(id) FROM checks",
                            &drawing.first) &&
           archive_insert_rows(
               loading->archive, loading->error,
               "INSERT OR FAIL INTO checks(id, document_id, rule, outcome, finding_id, reason) "
               "SELECT c1, c2, c3, c4, c5, c6 FROM drawn",
               loading->report->checks->len, give_check, &drawing) &&
           archive_insert_rows(loading->archive, loading->error,
                               "INSERT OR FAIL INTO check_facts(check_id, seq, fact_id, role) "
                               "SELECT c1, c2, c3, c4 FROM drawn",
                               members, give_member, &drawing);
}

/* The outcomes of a rule. */
typedef struct {
    const char *rule;
    guint counts[OUTCOME_NOT_CHECKABLE + 1];
} Total;

static gint compare_rules(gconstpointer a, gconstpointer b) {
    return strcmp(((const Total *)a)->rule, ((const Total *)b)->rule);
}

/* A row for each rule, in order. */
static GArray *count_checks(const Report *report) {
    GArray *totals = g_array_new(FALSE, FALSE, sizeof(Total));
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < report->checks->len; i++) {
        const Check *check = report_check(report, i);
        guint at = GPOINTER_TO_UINT(g_hash_table_lookup(known, check->rule));
        if (at == 0) {
            const Total total = {.rule = check->rule};
            g_array_append_val(totals, total);
            at = totals->len;
            g_hash_table_insert(known, (gpointer)(guintptr)check->rule, GUINT_TO_POINTER(at));
        }
        g_array_index(totals, Total, at - 1).counts[check->outcome]++;
    }
    g_array_sort(totals, compare_rules);
    return totals;
}

typedef struct {
    gint64 document;
    const GArray *totals;
} Counting;

static void give_total(Rows *rows, guint i, gpointer data) {
    const Counting *counting = data;
    const Total *total = &g_array_index(counting->totals, Total, i);
    rows_give(rows, "isnnnn", counting->document, total->rule, total->counts[OUTCOME_PASS],
              total->counts[OUTCOME_ROUNDING], total->counts[OUTCOME_FAIL],
              total->counts[OUTCOME_NOT_CHECKABLE]);
}

static gboolean insert_totals(Loading *loading) {
    g_autoptr(GArray) totals = count_checks(loading->report);
    Counting counting = {loading->document, totals};
    return archive_insert_rows(
        loading->archive, loading->error,
        "INSERT OR FAIL INTO check_totals(document_id, rule, passed, rounding, failed, "
        "not_checkable) SELECT c1, c2, c3, c4, c5, c6 FROM drawn",
        totals->len, give_total, &counting);
}

gboolean load_checks(Loading *loading) {
    guint members = 0;
    for (guint i = 0; i < loading->report->checks->len; i++) {
        const Check *check = report_check(loading->report, i);
        members += check->members->len;
        if (!know_rule(loading, check->rule, SEVERITY_WARNING))
            return FALSE;
    }
    return insert_checks(loading, members) && insert_totals(loading);
}
