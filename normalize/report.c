#include "normalize/report.h"
#include <string.h>

G_DEFINE_QUARK(gouji - report - error - quark, report_error)

static void relation_clear(gpointer data) { g_array_unref(((Relation *)data)->members); }
static void check_clear(gpointer data) { g_array_unref(((Check *)data)->members); }
static void finding_clear(gpointer data) { g_array_unref(((Finding *)data)->members); }

static GArray *array_new_cleared(guint size, GDestroyNotify clear) {
    GArray *array = g_array_new(FALSE, TRUE, size);
    g_array_set_clear_func(array, clear);
    return array;
}

Report *report_new(Document *document) {
    Report *report = g_new0(Report, 1);
    report->document = document;
    report->sections = g_array_new(FALSE, TRUE, sizeof(Section));
    report->facts = g_array_new(FALSE, TRUE, sizeof(Fact));
    report->numerals = g_array_new(FALSE, TRUE, sizeof(Numeral));
    report->tables = g_array_new(FALSE, TRUE, sizeof(TableReading));
    report->relations = array_new_cleared(sizeof(Relation), relation_clear);
    report->checks = array_new_cleared(sizeof(Check), check_clear);
    report->findings = array_new_cleared(sizeof(Finding), finding_clear);
    report->strings = g_string_chunk_new(4096);
    return report;
}

void report_free(Report *report) {
    if (report == NULL)
        return;
    document_free(report->document);
    g_array_unref(report->sections);
    g_array_unref(report->facts);
    g_array_unref(report->numerals);
    g_array_unref(report->tables);
    g_array_unref(report->relations);
    g_array_unref(report->checks);
    g_array_unref(report->findings);
    g_string_chunk_free(report->strings);
    g_free(report);
}

const char *report_string(Report *report, const char *text) {
    if (text == NULL)
        return NULL;
    const gsize length = strlen(text), last = length == 0 ? 0 : (guchar)text[length - 1];
    const gsize slot = ((guchar)*text + 31 * last + 7 * length) % REPORT_RECENT_STRINGS;
    const char **recent = &report->recent_strings[slot];
    if (*recent == NULL || strcmp(*recent, text) != 0)
        *recent = g_string_chunk_insert_const(report->strings, text);
    return *recent;
}

/* Room for those that most have. */
static GArray *members_new(void) { return g_array_sized_new(FALSE, TRUE, sizeof(Member), 5); }

guint report_add_relation(Report *report, const char *rule) {
    Relation relation = {.rule = report_string(report, rule),
                         .certain = TRUE,
                         .counted = -1,
                         .members = members_new()};
    g_array_append_val(report->relations, relation);
    return report->relations->len - 1;
}

gboolean report_is(const Report *report, const char *type) {
    return g_strcmp0(report->doc_type, type) == 0;
}

gboolean report_is_on_project(const Report *report) {
    return report->subject != NULL &&
           (report_is(report, TYPE_PROJECT) || report_is(report, TYPE_FORM) ||
            report_is(report, TYPE_EVALUATION));
}

gboolean fact_is(const Fact *fact, const char *concept) {
    return g_strcmp0(fact->concept, concept) == 0;
}

guint report_add_check(Report *report, const char *rule, Outcome outcome) {
    Check check = {.rule = report_string(report, rule),
                   .outcome = outcome,
                   .finding = REPORT_NONE,
                   .members = members_new()};
    g_array_append_val(report->checks, check);
    return report->checks->len - 1;
}

guint report_add_finding(Report *report, const char *rule, Severity severity, Certainty certainty) {
    Finding finding = {.rule = report_string(report, rule),
                       .severity = severity,
                       .certainty = certainty,
                       .members = members_new()};
    g_array_append_val(report->findings, finding);
    return report->findings->len - 1;
}

static const char *const OUTCOMES[] = {"pass", "rounding", "fail", "not_checkable"};
static const char *const SEVERITIES[] = {"error", "warning", "hint"};
static const char *const CERTAINTIES[] = {"proven", "suspected"};

const char *outcome_name(Outcome outcome) { return OUTCOMES[outcome]; }
const char *severity_name(Severity severity) { return SEVERITIES[severity]; }
const char *certainty_name(Certainty certainty) { return CERTAINTIES[certainty]; }

static gboolean name_index(const char *const *names, guint n, const char *name, guint *index) {
    for (guint i = 0; i < n; i++)
        if (g_strcmp0(name, names[i]) == 0) {
            *index = i;
            return TRUE;
        }
    return FALSE;
}

gboolean outcome_parse(const char *name, Outcome *outcome) {
    guint i;
    if (!name_index(OUTCOMES, G_N_ELEMENTS(OUTCOMES), name, &i))
        return FALSE;
    *outcome = (Outcome)i;
    return TRUE;
}

gboolean doc_type_valid(const char *name) {
    static const char *const TYPES[] = {TYPE_DEPARTMENT, TYPE_PROJECT, TYPE_FORM,
                                        TYPE_EVALUATION, TYPE_TARGETS, TYPE_ACCOUNTS,
                                        TYPE_BUDGET,     NULL};
    return g_strv_contains(TYPES, name);
}

gboolean severity_parse(const char *name, Severity *severity) {
    guint i;
    if (!name_index(SEVERITIES, G_N_ELEMENTS(SEVERITIES), name, &i))
        return FALSE;
    *severity = (Severity)i;
    return TRUE;
}

gboolean certainty_parse(const char *name, Certainty *certainty) {
    guint i;
    if (!name_index(CERTAINTIES, G_N_ELEMENTS(CERTAINTIES), name, &i))
        return FALSE;
    *certainty = (Certainty)i;
    return TRUE;
}
