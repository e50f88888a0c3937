#include "normalize/check/examination.h"
#include "normalize/check/kind.h"
#include "normalize/check/quote.h"
#include <string.h>

/* More of the same is counted, not quoted. */
enum { QUOTED_MAX = 5, QUOTED_CHARACTERS_MAX = 40 };

void examination_pass(Examination *examination, const Rule *rule) {
    report_add_check(examination->report, rule->id, OUTCOME_PASS);
}

void examination_leave(Examination *examination, const Rule *rule, const char *reason) {
    Report *report = examination->report;
    guint check = report_add_check(report, rule->id, OUTCOME_NOT_CHECKABLE);
    report_check(report, check)->reason = report_string(report, reason);
}

static char *printed(const Report *report, Span place) {
    g_autoptr(GString) raw = g_string_new(NULL);
    document_append_text(report->document, place, raw);
    GString *text = g_string_new(NULL);
    glong n = 0;
    for (const char *p = raw->str; *p != '\0'; p = g_utf8_next_char(p)) {
        if (g_unichar_isspace(g_utf8_get_char(p)))
            continue;
        if (n++ == QUOTED_CHARACTERS_MAX) {
            g_string_append(text, "…");
            break;
        }
        g_string_append_unichar(text, g_utf8_get_char(p));
    }
    return g_string_free(text, FALSE);
}

guint examination_fail(Examination *examination, const Rule *rule, Certainty certainty, Span place,
                       const char *message) {
    Report *report = examination->report;
    guint check = report_add_check(report, rule->id, OUTCOME_FAIL);
    guint index = report_add_finding(report, rule->id, rule->severity, certainty);
    Finding *finding = report_finding(report, index);
    finding->message = report_string(report, message);
    finding->place = place;
    if (place.end > place.start) {
        g_autofree char *evidence = printed(report, place);
        finding->evidence = report_string(report, evidence);
    }
    report_check(report, check)->finding = index;
    return index;
}

void examination_add(Examination *examination, guint fact, const char *role) {
    Report *report = examination->report;
    Member member = {.fact = fact, .role = role, .sign = 1};
    const Check *check = report_check(report, report->checks->len - 1);
    g_array_append_val(check->members, member);
    if (check->outcome == OUTCOME_FAIL)
        g_array_append_val(report_finding(report, check->finding)->members, member);
}

Evidence evidence_new(void) { return (Evidence){g_array_new(FALSE, FALSE, sizeof(Span))}; }

void evidence_add(Evidence *evidence, Span place) { g_array_append_val(evidence->places, place); }

static int compare_places(gconstpointer a, gconstpointer b) {
    const Span *p = a, *q = b;
    if (p->start != q->start)
        return p->start < q->start ? -1 : 1;
    return (p->end < q->end) - (p->end > q->end);
}

void evidence_sort(Evidence *evidence) {
    guint kept = 0;
    g_array_sort(evidence->places, compare_places);
    for (guint i = 0; i < evidence->places->len; i++) {
        Span place = g_array_index(evidence->places, Span, i);
        if (kept == 0 || place.end > g_array_index(evidence->places, Span, kept - 1).end)
            g_array_index(evidence->places, Span, kept++) = place;
    }
    g_array_set_size(evidence->places, kept);
}

void evidence_clear(Evidence *evidence) { g_array_unref(evidence->places); }

/* Quotes of the words themselves become single ones; one without its pair goes. */
static void append_quoted(GString *text, const char *words) {
    g_autoptr(GString) inner = g_string_new(words);
    g_string_replace(inner, "“", "‘", 0);
    guint closed = g_string_replace(inner, "”", "’", 0), opened = 0;
    for (const char *p = strstr(inner->str, "‘"); p != NULL; p = strstr(p + 1, "‘"))
        opened++;
    if (opened > closed && g_str_has_suffix(inner->str, "‘") == FALSE)
        g_string_append(inner, "’");
    g_string_append_printf(text, "“%s”", inner->str);
}

void examination_quote(const Examination *examination, GString *text, Span place) {
    g_autofree char *words = printed(examination->report, place);
    guint page = place_page(examination->report, place.start);
    append_quoted(text, words);
    if (page != 0)
        g_string_append_printf(text, "（第%u页）", page);
}

char *examination_say(const Examination *examination, const Rule *rule, const char *evidence) {
    const Report *report = examination->report;
    GString *text = g_string_new(rule->says == NULL ? "{}。" : rule->says);
    g_autofree char *year = g_strdup_printf("%d", report->year);
    g_string_replace(text, "{year}", year, 0);
    g_string_replace(text, "{department}", report->department == NULL ? "" : report->department, 0);
    g_string_replace(text, "{}", evidence, 1);
    return g_string_free(text, FALSE);
}

/* Pages on which the same words stand, once each. */
static void quote_pages(const Examination *examination, GString *text, const GArray *places,
                        guint first, gboolean *quoted) {
    const Report *report = examination->report;
    g_autofree char *words = printed(report, g_array_index(places, Span, first));
    guint last = 0;
    append_quoted(text, words);
    g_string_append(text, "（第");
    for (guint i = first; i < places->len; i++) {
        g_autofree char *other = printed(report, g_array_index(places, Span, i));
        guint page = place_page(report, g_array_index(places, Span, i).start);
        if (quoted[i] || strcmp(words, other) != 0)
            continue;
        quoted[i] = TRUE;
        if (page != last)
            g_string_append_printf(text, last == 0 ? "%u" : "、%u", page);
        last = page;
    }
    g_string_append(text, "页）");
}

static char *quote_all(const Examination *examination, const GArray *places) {
    GString *text = g_string_new(NULL);
    g_autofree gboolean *quoted = g_new0(gboolean, places->len + 1);
    guint n = 0;
    for (guint i = 0; i < places->len && n < QUOTED_MAX; i++) {
        if (quoted[i])
            continue;
        if (n++ > 0)
            g_string_append(text, "、");
        quote_pages(examination, text, places, i, quoted);
    }
    guint left = 0;
    for (guint i = 0; i < places->len; i++)
        left += !quoted[i];
    if (left > 0)
        g_string_append_printf(text, "等%u处", places->len);
    return g_string_free(text, FALSE);
}

void examination_judge(Examination *examination, const Rule *rule, const Evidence *evidence) {
    if (evidence->places->len == 0) {
        examination_pass(examination, rule);
        return;
    }
    g_autofree char *quotes = quote_all(examination, evidence->places);
    g_autofree char *message = examination_say(examination, rule, quotes);
    examination_fail(examination, rule, rule->certainty, g_array_index(evidence->places, Span, 0),
                     message);
}

gboolean examination_outside(const Examination *examination, const Rule *rule, guint passage) {
    const Report *report = examination->report;
    guint section = script_passage(examination->script, passage)->section;
    for (; section != REPORT_NONE; section = report_section(report, section)->parent)
        for (guint i = 0; i < rule->outside->len; i++)
            if (expression_find(rule->outside->pdata[i], report_section(report, section)->title))
                return TRUE;
    return FALSE;
}

/* Whether a score is that of execution, among the money of a form, or one that a total counts. */
static gboolean is_part_of_score(const Examination *examination, const Fact *fact) {
    if (g_strcmp0(fact->role, "earned") == 0 || g_strcmp0(fact->role, "weight") == 0)
        return TRUE;
    const Indicators *indicators = examination->indicators;
    for (guint i = 0; fact->table != DOCUMENT_NONE && i < indicators->rows->len; i++) {
        const Indicator *row = indicators_row(indicators, i);
        if (row->funds && row->table == fact->table && row->row == fact->row)
            return TRUE;
    }
    return FALSE;
}

gboolean examination_is_total_score(const Examination *examination, guint index) {
    const Fact *fact = report_fact(examination->report, index);
    return fact->kind == FIGURE_SCORE && fact_is(fact, CONCEPT_SCORE) &&
           fact->qualifier == QUALIFIER_EXACT &&
           decimal_compare(fact->value, decimal_from_integer(100)) <= 0 &&
           !is_part_of_score(examination, fact);
}

guint examination_total_score(const Examination *examination) {
    for (guint i = 0; i < examination->report->facts->len; i++)
        if (examination_is_total_score(examination, i))
            return i;
    return REPORT_NONE;
}

static void run_rule(Examination *examination, const Rule *rule) {
    KindReader reader = kind_reader(rule->kind);
    if (reader == NULL)
        return;
    if (examination->script->sentences->len == 0)
        examination_leave(examination, rule, "没有可读的文字");
    else if (rule->types->len > 0 && examination->report->doc_type == NULL)
        examination_leave(examination, rule, "报告类型不明");
    else if (rule_is_for(rule, examination->report->doc_type))
        reader(examination, rule);
}

void examination_run(Report *report, const Patterns *patterns) {
    const Rules *rules = patterns_rules(patterns);
    Examination examination = {.report = report,
                               .patterns = patterns,
                               .script = script_new(report, rules),
                               .indicators = indicators_new(report, patterns)};
    for (guint i = 0; i < rules_count(rules); i++)
        run_rule(&examination, rules_at(rules, i));
    script_free(examination.script);
    indicators_free(examination.indicators);
}
