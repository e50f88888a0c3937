/* Weights: mandated ones, none of zero, none that is nearly all, each with its score. */
#include "normalize/check/kind.h"
#include "normalize/check/match.h"
#include "normalize/check/quote.h"
#include "normalize/scheme.h"
#include <string.h>

enum { FULL_MARK = 100, SCORED_MIN = 2 };

static gboolean is_leaf(const Indicators *indicators, const Indicator *row) {
    return !row->total && indicator_fact(indicators, row, HEAD_WEIGHT) != NULL;
}

/* Rows of one table, or, where `table` is DOCUMENT_NONE, of all: one form may go on in another. */
static gboolean is_of(const Indicator *row, guint table) {
    return table == DOCUMENT_NONE || row->table == table;
}

/* The weights of the rows that are about the scheme's indicator, added. */
static guint weight_named(const Indicators *indicators, guint table, const char *name,
                          Decimal *sum) {
    guint n = 0;
    *sum = DECIMAL_ZERO;
    for (guint i = 0; i < indicators->rows->len; i++) {
        const Indicator *row = indicators_row(indicators, i);
        if (!is_of(row, table) || !is_leaf(indicators, row))
            continue;
        gboolean execution = table_words_has(indicators->words, TABLE_EXECUTION, name);
        gboolean own = row->funds
                           ? execution
                           : !execution && row->group != NULL && strstr(row->group, name) != NULL;
        if (own && decimal_add(*sum, indicator_fact(indicators, row, HEAD_WEIGHT)->value, sum))
            n++;
    }
    return n;
}

/* Whether the table has first-level indicators that the scheme does not know. */
static gboolean has_others(const Indicators *indicators, guint table, const WeightScheme *scheme) {
    for (guint i = 0; i < indicators->rows->len; i++) {
        const Indicator *row = indicators_row(indicators, i);
        gboolean known =
            !is_of(row, table) || row->funds || row->group == NULL || !is_leaf(indicators, row);
        for (guint k = 0; k < scheme->weights->len && !known; k++)
            known = strstr(row->group, g_array_index(scheme->weights, Weight, k).name) != NULL;
        if (!known)
            return TRUE;
    }
    return FALSE;
}

static Span place_of_weights(const Indicators *indicators, guint table) {
    for (guint i = 0; i < indicators->rows->len; i++) {
        const Indicator *row = indicators_row(indicators, i);
        if (is_of(row, table) && is_leaf(indicators, row))
            return indicator_place(indicators, row, HEAD_WEIGHT);
    }
    return (Span){0, 0};
}

/* One form against the scheme; FALSE where it is not for it. */
static gboolean judge_mandate(Examination *examination, const Rule *rule, guint table,
                              const WeightScheme *scheme) {
    const Indicators *indicators = examination->indicators;
    g_autoptr(GString) text = g_string_new(NULL);
    Span place = place_of_weights(indicators, table);
    guint found = 0;
    for (guint i = 0; i < scheme->weights->len; i++) {
        const Weight *weight = &g_array_index(scheme->weights, Weight, i);
        Decimal sum;
        if (weight_named(indicators, table, weight->name, &sum) == 0)
            continue;
        found++;
        if (decimal_compare(sum, weight->points) == 0)
            continue;
        g_autofree char *points = decimal_text(sum), *due = decimal_text(weight->points);
        g_string_append_printf(text, "%s“%s”%s分（规定%s分）", text->len > 0 ? "、" : "",
                               weight->name, points, due);
    }
    if (found < SCORED_MIN || has_others(indicators, table, scheme))
        return FALSE;
    if (text->len == 0) {
        examination_pass(examination, rule);
        return TRUE;
    }
    if (place.end > 0)
        g_string_append_printf(text, "（第%u页）", place_page(examination->report, place.start));
    g_autofree char *message = examination_say(examination, rule, text->str);
    guint finding = examination_fail(examination, rule, rule->certainty, (Span){0, 0}, message);
    if (scheme->scope.region == NULL) /* the ministry's, which places may depart from */
        report_finding(examination->report, finding)->severity = SEVERITY_HINT;
    return TRUE;
}

/* The next table with a row of money that is scored, as each form has one; DOCUMENT_NONE. */
static guint next_form(const Indicators *indicators, guint after) {
    for (guint i = 0; i < indicators->rows->len; i++) {
        const Indicator *row = indicators_row(indicators, i);
        if (row->funds && is_leaf(indicators, row) &&
            (after == DOCUMENT_NONE || row->table > after))
            return row->table;
    }
    return DOCUMENT_NONE;
}

void check_mandate(Examination *examination, const Rule *rule) {
    const Report *report = examination->report;
    const Indicators *indicators = examination->indicators;
    const Schemes *schemes = patterns_schemes(examination->patterns);
    const WeightScheme *scheme =
        report->subject == NULL
            ? NULL
            : schemes_weights(schemes, schemes_region(schemes, report->department), report->year,
                              report->doc_type);
    guint form = next_form(indicators, DOCUMENT_NONE), n = 0;
    if (form == DOCUMENT_NONE || next_form(indicators, form) == DOCUMENT_NONE) {
        n += scheme != NULL && judge_mandate(examination, rule, DOCUMENT_NONE, scheme) ? 1 : 0;
        form = DOCUMENT_NONE;
    }
    for (; scheme != NULL && form != DOCUMENT_NONE; form = next_form(indicators, form))
        n += judge_mandate(examination, rule, form, scheme) ? 1 : 0;
    if (n == 0)
        examination_leave(examination, rule, "没有适用的分值规定");
}

/* Rows whose weight is zero; by parameter `percent` those with scores whose weight is that much of
 * the full mark. */
void check_weight(Examination *examination, const Rule *rule) {
    const Indicators *indicators = examination->indicators;
    int percent = rule_number(rule, "percent", 0);
    g_autoptr(GString) names = g_string_new(NULL);
    Span first = {0, 0};
    guint n = 0;
    for (guint i = 0; i < indicators->rows->len; i++) {
        const Indicator *row = indicators_row(indicators, i);
        if (!is_leaf(indicators, row) || (percent > 0 && !row->has[HEAD_EARNED]))
            continue;
        const Fact *weight = indicator_fact(indicators, row, HEAD_WEIGHT);
        n++;
        gboolean wrong = percent > 0
                             ? decimal_compare(weight->value, decimal_from_integer(percent)) >= 0
                             : decimal_sign(weight->value) <= 0;
        if (!wrong || (percent > 0 && row->funds))
            continue;
        Span place = indicator_place(indicators, row, HEAD_WEIGHT);
        g_string_append_printf(names, "%s“%s”分值%s分（第%u页）", names->len > 0 ? "、" : "",
                               row->name, weight->text,
                               place_page(examination->report, place.start));
        first = first.end == 0 ? place : first;
    }
    if (n == 0)
        examination_leave(examination, rule, "没有列出分值和得分的指标");
    else if (first.end == 0)
        examination_pass(examination, rule);
    else {
        g_autofree char *message = examination_say(examination, rule, names->str);
        examination_fail(examination, rule, rule->certainty, first, message);
    }
}

/* A weight beside an empty score, or a score beside an empty weight. */
void check_paired(Examination *examination, const Rule *rule) {
    const Indicators *indicators = examination->indicators;
    g_autoptr(GString) names = g_string_new(NULL);
    guint pairs = 0;
    Span first = {0, 0};
    for (guint i = 0; i < indicators->rows->len; i++) {
        const Indicator *row = indicators_row(indicators, i);
        const Fact *weight = indicator_fact(indicators, row, HEAD_WEIGHT);
        const Fact *score = indicator_fact(indicators, row, HEAD_EARNED);
        pairs += weight != NULL && score != NULL;
        gboolean unscored =
            row->blank[HEAD_EARNED] || (!row->funds && row->has[HEAD_EARNED] && score == NULL &&
                                        indicator_is_blank(indicators, row, HEAD_EARNED));
        gboolean lone = (weight != NULL && unscored) || (score != NULL && row->blank[HEAD_WEIGHT]);
        if (!lone || row->total)
            continue;
        Span place = indicator_place(indicators, row, weight != NULL ? HEAD_WEIGHT : HEAD_EARNED);
        g_string_append_printf(
            names, "%s“%s”%s%s分（第%u页）而没有%s", names->len > 0 ? "、" : "", row->name,
            weight != NULL ? "有分值" : "有得分", weight != NULL ? weight->text : score->text,
            place_page(examination->report, place.start), weight != NULL ? "得分" : "分值");
        first = first.end == 0 ? place : first;
    }
    if (pairs < SCORED_MIN)
        examination_leave(examination, rule, "没有同时列出分值和得分的指标");
    else if (names->len == 0)
        examination_pass(examination, rule);
    else {
        g_autofree char *message = examination_say(examination, rule, names->str);
        examination_fail(examination, rule, rule->certainty, first, message);
    }
}

/* What names an indicator, before the first of the rule's words: 投入 of 投入指标自评得分. */
static char *label_stem(const Rule *rule, const char *label) {
    char *stem = g_strdup(label == NULL ? "" : label);
    for (guint i = 0; i < rule->words->len; i++) {
        char *at = strstr(stem, rule->words->pdata[i]);
        if (at != NULL && at > stem)
            *at = '\0';
    }
    return stem;
}

/* Whether a score of the indicator is stated under a name that its own has in it. */
static gboolean is_stated(const Report *report, const Rule *rule, const GArray *members,
                          const Fact *weight) {
    for (guint i = 0; weight->label != NULL && i < members->len; i++) {
        const Member *member = &g_array_index(members, Member, i);
        if (member->inferred || strcmp(member->role, "earned") != 0)
            continue;
        g_autofree char *stem = label_stem(rule, report_fact(report, member->fact)->label);
        if (*stem != '\0' && strstr(weight->label, stem) != NULL)
            return TRUE;
    }
    return FALSE;
}

/* Weights of the first level whose scores the total needs and nobody states: what the relation of
 * the total had to infer. */
void check_scored(Examination *examination, const Rule *rule) {
    const Report *report = examination->report;
    guint n = 0;
    for (guint i = 0; i < report->relations->len; i++) {
        const Relation *relation = report_relation(report, i);
        g_autoptr(GString) text = g_string_new(NULL);
        guint missing = REPORT_NONE, earned = 0;
        if (strcmp(relation->rule, rule_parameter(rule, "relation")) != 0)
            continue;
        for (guint k = 0; k < relation->members->len; k++) {
            const Member *member = &g_array_index(relation->members, Member, k);
            gboolean score = strcmp(member->role, "earned") == 0;
            earned += score && !member->inferred;
            const Fact *fact = report_fact(report, member->fact);
            if (!score || !member->inferred || is_stated(report, rule, relation->members, fact))
                continue;
            g_string_append_printf(text, "%s“%s”", text->len > 0 ? "、" : "", fact_name(fact));
            quote_fact(text, report, member->fact);
            missing = missing == REPORT_NONE ? member->fact : missing;
        }
        n++;
        if (missing == REPORT_NONE || earned < SCORED_MIN) {
            examination_pass(examination, rule);
            continue;
        }
        g_autofree char *message = examination_say(examination, rule, text->str);
        examination_fail(examination, rule, rule->certainty, report_fact(report, missing)->place,
                         message);
        for (guint k = 0; k < relation->members->len; k++)
            examination_add(examination, g_array_index(relation->members, Member, k).fact,
                            g_array_index(relation->members, Member, k).role);
    }
    if (n == 0)
        examination_leave(examination, rule, "没有列出总得分和各项得分");
}
