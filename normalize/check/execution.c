/* Execution: what was spent of a budget, and what that allows. */
#include "normalize/check/kind.h"
#include "normalize/check/match.h"
#include "normalize/check/quote.h"
#include "normalize/scheme.h"
#include <string.h>

enum { ALIKE_SCORES_MIN = 4 };

/* A budget and what was spent of it; `rate` as printed, or REPORT_NONE. */
typedef struct {
    guint budget, spent, rate;
    const Indicator *row; /* of a form; NULL in text */
} Execution;

static gboolean is_exact(const Fact *fact) {
    return fact->qualifier == QUALIFIER_EXACT && fact->text_high == NULL;
}

/* The first row of money in a form is its total. */
static gboolean execution_of_form(const Indicators *indicators, Execution *execution) {
    for (guint i = 0; i < indicators->rows->len; i++) {
        const Indicator *row = indicators_row(indicators, i);
        if (!row->funds || row->facts[HEAD_ACTUAL] == REPORT_NONE)
            continue;
        *execution = (Execution){row->facts[HEAD_BUDGET], row->facts[HEAD_ACTUAL],
                                 row->facts[HEAD_RATE], row};
        return TRUE;
    }
    return FALSE;
}

/* In the text, exact, the department's own. */
static gboolean states(const Fact *fact, const char *concept) {
    return fact->table == DOCUMENT_NONE && is_exact(fact) && fact->entity == NULL &&
           fact_is(fact, concept);
}

/* The only value of a concept in the text; REPORT_NONE where there are several. */
static guint only_fact(const Report *report, const char *concept) {
    guint only = REPORT_NONE;
    for (guint i = 0; i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i);
        if (!states(fact, concept) || fact->kind != FIGURE_AMOUNT)
            continue;
        if (only != REPORT_NONE &&
            decimal_compare(report_fact(report, only)->value, fact->value) != 0)
            return REPORT_NONE;
        only = only == REPORT_NONE ? i : only;
    }
    return only;
}

static void execution_of_text(const Report *report, Execution *execution) {
    *execution = (Execution){only_fact(report, CONCEPT_BUDGET), only_fact(report, CONCEPT_SPENT),
                             REPORT_NONE, NULL};
    for (guint i = 0; i < report->facts->len && execution->rate == REPORT_NONE; i++)
        if (states(report_fact(report, i), CONCEPT_EXECUTION))
            execution->rate = i;
}

static Execution execution_read(const Examination *examination) {
    Execution execution;
    if (!execution_of_form(examination->indicators, &execution))
        execution_of_text(examination->report, &execution);
    return execution;
}

/* In per cent, at two decimals; FALSE where it is neither printed nor to be computed. */
static gboolean execution_rate(const Report *report, const Execution *execution, Decimal *rate) {
    if (execution->rate != REPORT_NONE) {
        *rate = report_fact(report, execution->rate)->value;
        return TRUE;
    }
    Decimal hundredfold;
    return execution->budget != REPORT_NONE && execution->spent != REPORT_NONE &&
           decimal_multiply(report_fact(report, execution->spent)->value, decimal_from_integer(100),
                            &hundredfold) &&
           decimal_divide(hundredfold, report_fact(report, execution->budget)->value, 2, rate);
}

/* A sentence about spending that has one of the rule's reasons, or the reason of the form's row. */
static gboolean is_explained(Examination *examination, const Rule *rule,
                             const Execution *execution) {
    const Script *script = examination->script;
    if (execution->row != NULL &&
        !indicator_is_blank(examination->indicators, execution->row, HEAD_REASON))
        return TRUE;
    for (guint i = 0; i < rule->matches->len; i++) {
        const RuleMatch *match = &g_array_index(rule->matches, RuleMatch, i);
        const GArray *candidates = script_candidates(script, match);
        guint n = candidates == NULL ? script->sentences->len : candidates->len;
        for (guint k = 0; k < n; k++) {
            const Sentence *sentence = script_sentence(
                script, candidates == NULL ? k : g_array_index(candidates, guint, k));
            if (script_has(script, match->expression, sentence->start, sentence->end) &&
                script_has_any(script, rule->reasons, sentence->start, sentence->end))
                return TRUE;
        }
    }
    return FALSE;
}

static void add_execution(Examination *examination, const Execution *execution) {
    if (execution->spent != REPORT_NONE)
        examination_add(examination, execution->spent, "numerator");
    if (execution->budget != REPORT_NONE)
        examination_add(examination, execution->budget, "denominator");
    if (execution->rate != REPORT_NONE)
        examination_add(examination, execution->rate, "rate");
}

static Span execution_place(const Report *report, const Execution *execution) {
    guint fact = execution->rate != REPORT_NONE ? execution->rate : execution->spent;
    return report_fact(report, fact)->place;
}

/* EXE-04: less than `below` per cent was spent, and no sentence says why. */
void check_low(Examination *examination, const Rule *rule) {
    const Report *report = examination->report;
    Execution execution = execution_read(examination);
    Decimal rate, below = decimal_from_integer(90);
    rule_decimal(rule, "below", &below);
    if (!execution_rate(report, &execution, &rate)) {
        examination_leave(examination, rule, "没有列出执行率");
        return;
    }
    if (decimal_compare(rate, below) >= 0 || is_explained(examination, rule, &execution)) {
        examination_pass(examination, rule);
        add_execution(examination, &execution);
        return;
    }
    g_autofree char *printed = decimal_text(rate), *least = decimal_text(below);
    g_autoptr(GString) text = g_string_new(NULL);
    Span place = execution_place(report, &execution);
    g_string_append_printf(text, "预算执行率%s%%（第%u页）低于%s%%，没有说明原因。", printed,
                           place_page(report, place.start), least);
    examination_fail(examination, rule, rule->certainty, place, text->str);
    add_execution(examination, &execution);
}

/* SCO-11: the rate caps the total score. */
void check_cap(Examination *examination, const Rule *rule) {
    const Report *report = examination->report;
    const Schemes *schemes = patterns_schemes(examination->patterns);
    Execution execution = execution_read(examination);
    guint total = examination_total_score(examination);
    const CapScheme *scheme = schemes_caps(schemes, schemes_region(schemes, report->department),
                                           report->year, report->doc_type);
    Decimal rate;
    if (scheme == NULL || total == REPORT_NONE || !execution_rate(report, &execution, &rate)) {
        examination_leave(examination, rule, "没有同时列出执行率和总得分");
        return;
    }
    const Fact *score = report_fact(report, total);
    for (guint i = 0; i < scheme->caps->len; i++) {
        const Cap *cap = &g_array_index(scheme->caps, Cap, i);
        if (decimal_compare(rate, cap->below) >= 0)
            continue;
        if (decimal_compare(score->value, cap->most) <= 0)
            break;
        g_autofree char *printed = decimal_text(rate), *most = decimal_text(cap->most);
        g_autoptr(GString) text = g_string_new(NULL);
        g_string_append_printf(text, "预算执行率%s%%（第%u页），总得分不宜高于%s分，文中为",
                               printed,
                               place_page(report, execution_place(report, &execution).start), most);
        quote_fact(text, report, total);
        g_string_append(text, "。");
        guint finding =
            examination_fail(examination, rule, rule->certainty, score->place, text->str);
        if (scheme->scope.region == NULL) /* places have caps of their own, or none */
            report_finding(examination->report, finding)->severity = SEVERITY_HINT;
        examination_add(examination, total, "total");
        add_execution(examination, &execution);
        return;
    }
    examination_pass(examination, rule);
}

/* SCO-10: the score without that of execution, in per cent of its full mark, is more than
 * `percent` of itself above the rate. */
void check_ahead(Examination *examination, const Rule *rule) {
    const Report *report = examination->report;
    Execution execution = execution_read(examination);
    guint total = examination_total_score(examination);
    guint own = execution.row == NULL ? REPORT_NONE : execution.row->facts[HEAD_EARNED];
    guint weight = execution.row == NULL ? REPORT_NONE : execution.row->facts[HEAD_WEIGHT];
    Decimal rate, rest, full, share, least;
    if (total == REPORT_NONE || own == REPORT_NONE || weight == REPORT_NONE ||
        !execution_rate(report, &execution, &rate) ||
        !decimal_subtract(report_fact(report, total)->value, report_fact(report, own)->value,
                          &rest) ||
        !decimal_subtract(decimal_from_integer(100), report_fact(report, weight)->value, &full) ||
        decimal_sign(full) <= 0 || !decimal_multiply(rest, decimal_from_integer(100), &rest) ||
        !decimal_divide(rest, full, 4, &share) ||
        !decimal_multiply(share, decimal_from_integer(100 - rule_number(rule, "percent", 5)),
                          &least) ||
        !decimal_divide(least, decimal_from_integer(100), 4, &least)) {
        examination_leave(examination, rule, "没有列出总得分、执行率和执行率得分");
        return;
    }
    if (decimal_compare(rate, least) >= 0) {
        examination_pass(examination, rule);
        return;
    }
    g_autofree char *printed = decimal_text(rate), *points = decimal_text_fixed(share, 2);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append(text, "总得分");
    quote_fact(text, report, total);
    g_string_append_printf(text, "中除执行率外的得分率为%s%%，明显高于预算执行率%s%%（第%u页）",
                           points, printed,
                           place_page(report, execution_place(report, &execution).start));
    g_string_append(text, "。");
    examination_fail(examination, rule, rule->certainty, report_fact(report, total)->place,
                     text->str);
    examination_add(examination, total, "total");
    add_execution(examination, &execution);
}

/* Scores of a list of things without weights: all at least `least`, or all within a point. */
typedef struct {
    guint n, first;
    Decimal low, high;
} Scores;

static void take_score(Scores *scores, guint index, const Fact *fact) {
    if (scores->n == 0) {
        scores->low = scores->high = fact->value;
        scores->first = index;
    }
    if (decimal_compare(fact->value, scores->low) < 0)
        scores->low = fact->value;
    if (decimal_compare(fact->value, scores->high) > 0)
        scores->high = fact->value;
    scores->n++;
}

static gboolean scores_are_alike(const Scores *scores, Decimal least) {
    Decimal spread;
    return decimal_compare(scores->low, least) >= 0 ||
           (decimal_subtract(scores->high, scores->low, &spread) &&
            decimal_compare(spread, decimal_from_integer(1)) <= 0);
}

/* 5个项目的得分在95分至96.5分之间（第2页） */
static void say_alike(const Examination *examination, const Scores *scores, GString *text) {
    g_autofree char *low = decimal_text(scores->low), *high = decimal_text(scores->high);
    Span place = report_fact(examination->report, scores->first)->place;
    g_string_append_printf(text, "%u项得分在%s分至%s分之间（第%u页）", scores->n, low, high,
                           place_page(examination->report, place.start));
}

/* SCO-12: a table of projects and their scores, or a sentence that says it of all. */
void check_spread(Examination *examination, const Rule *rule) {
    const Indicators *indicators = examination->indicators;
    Decimal least = decimal_from_integer(95);
    Evidence evidence = evidence_new();
    Scores scores = {0};
    g_autoptr(GString) alike = g_string_new(NULL);
    match_rule(examination, rule, match_keep_all, &evidence);
    for (guint i = 0; i < indicators->rows->len; i++) {
        const Indicator *row = indicators_row(indicators, i);
        const Fact *score = indicator_fact(indicators, row, HEAD_EARNED);
        if (score != NULL && !row->has[HEAD_WEIGHT] && !row->total && !row->funds &&
            decimal_compare(score->value, decimal_from_integer(60)) >= 0)
            take_score(&scores, row->facts[HEAD_EARNED], score);
    }
    rule_decimal(rule, "least", &least);
    if (scores.n >= ALIKE_SCORES_MIN && scores_are_alike(&scores, least))
        say_alike(examination, &scores, alike);
    if (scores.n < ALIKE_SCORES_MIN && evidence.places->len == 0)
        examination_leave(examination, rule, "没有列出各项目得分");
    else if (alike->len > 0 && evidence.places->len == 0) {
        g_autofree char *message = examination_say(examination, rule, alike->str);
        examination_fail(examination, rule, rule->certainty,
                         report_fact(examination->report, scores.first)->place, message);
    } else
        examination_judge(examination, rule, &evidence);
    evidence_clear(&evidence);
}

/* The first part of a list in the text that has nothing; REPORT_NONE for none. */
static guint empty_part(const Report *report) {
    for (guint i = 0; i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i);
        if (fact->kind == FIGURE_AMOUNT && decimal_sign(fact->value) == 0 &&
            fact->table == DOCUMENT_NONE && g_strcmp0(fact->role, "part") == 0)
            return i;
    }
    return REPORT_NONE;
}

static void fail_total(Examination *examination, const Rule *rule, const Execution *execution,
                       guint total, Decimal rate) {
    g_autofree char *printed = decimal_text(rate);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(
        text, "预算执行率仅%s%%（第%u页），总得分却为", printed,
        place_page(examination->report, execution_place(examination->report, execution).start));
    quote_fact(text, examination->report, total);
    g_string_append(text, "。");
    examination_fail(examination, rule, CERTAINTY_PROVEN,
                     report_fact(examination->report, total)->place, text->str);
    examination_add(examination, total, "total");
    add_execution(examination, execution);
}

static void fail_part(Examination *examination, const Rule *rule, guint part, Span claim) {
    Report *report = examination->report;
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "“%s”支出为", fact_name(report_fact(report, part)));
    quote_fact(text, report, part);
    g_string_append(text, "，文中却称");
    examination_quote(examination, text, claim);
    g_string_append(text, "。");
    guint index = examination_fail(examination, rule, CERTAINTY_SUSPECTED, claim, text->str);
    report_finding(report, index)->severity = SEVERITY_HINT; /* for a person to look at */
    examination_add(examination, part, "actual");
}

/* ACH-06: hardly anything was spent and the score is high — of the form's own project, or, where a
 * sentence says it of all projects, of one that has nothing. */
void check_unspent(Examination *examination, const Rule *rule) {
    const Report *report = examination->report;
    Execution execution = execution_read(examination);
    guint total = examination_total_score(examination), nothing = empty_part(report);
    Decimal rate, most = decimal_from_integer(10), high = decimal_from_integer(90);
    Span all = {0, 0};
    match_rule(examination, rule, match_keep_first, &all);
    rule_decimal(rule, "most", &most);
    gboolean rated = execution_rate(report, &execution, &rate) && total != REPORT_NONE;
    if (rated && decimal_compare(rate, most) < 0 &&
        decimal_compare(report_fact(report, total)->value, high) >= 0)
        fail_total(examination, rule, &execution, total, rate);
    else if (all.end > 0 && nothing != REPORT_NONE)
        fail_part(examination, rule, nothing, all);
    else if (rated)
        examination_pass(examination, rule);
    else
        examination_leave(examination, rule, "没有同时列出执行率和总得分");
}
