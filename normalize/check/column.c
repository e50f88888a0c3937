/* Columns: values that stand in several columns, the unit of a table, digits that look misread,
 * percentages that cannot be. */
#include "normalize/check/kind.h"
#include "normalize/check/match.h"
#include "normalize/check/quote.h"
#include "normalize/check/slip.h"
#include <string.h>

enum { REPEATED_ROWS_MIN = 2, SLIPPED_FIGURES_MIN = 2, SIGNIFICANT_DIGITS_MIN = 4 };

/* XSC-06: the three columns of money are one and the same in every row. */
void check_columns(Examination *examination, const Rule *rule) {
    const Indicators *indicators = examination->indicators;
    guint n = 0, repeated = 0;
    Span first = {0, 0};
    for (guint i = 0; i < indicators->rows->len; i++) {
        const Indicator *row = indicators_row(indicators, i);
        const Fact *original = indicator_fact(indicators, row, HEAD_ORIGINAL),
                   *budget = indicator_fact(indicators, row, HEAD_BUDGET),
                   *spent = indicator_fact(indicators, row, HEAD_ACTUAL);
        if (original == NULL || budget == NULL || spent == NULL || decimal_sign(spent->value) == 0)
            continue;
        if (n++ == 0)
            first = original->place;
        repeated += decimal_compare(original->value, budget->value) == 0 &&
                    decimal_compare(budget->value, spent->value) == 0;
    }
    if (n < REPEATED_ROWS_MIN)
        examination_leave(examination, rule, "没有年初预算、全年预算、执行数三列");
    else if (repeated < n)
        examination_pass(examination, rule);
    else {
        g_autofree char *count = g_strdup_printf("%u", n);
        g_autofree char *message = examination_say(examination, rule, count);
        examination_fail(examination, rule, rule->certainty, first, message);
    }
}

/* The number as printed, without its unit. */
static char *printed_number(const Fact *fact) {
    Decimal number;
    return decimal_scale(fact->value, -fact->unit_power, &number) ? decimal_text(number) : NULL;
}

/* Amounts of the text by their printed numbers. */
static GHashTable *text_amounts(const Report *report) {
    GHashTable *amounts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i);
        if (fact->kind != FIGURE_AMOUNT || fact->table != DOCUMENT_NONE ||
            slip_digits(fact->value) < SIGNIFICANT_DIGITS_MIN)
            continue;
        char *number = printed_number(fact);
        if (number != NULL)
            g_hash_table_insert(amounts, number, GUINT_TO_POINTER(i + 1));
    }
    return amounts;
}

typedef struct {
    guint table, alike, slipped, first, text;
} Slipping;

static void judge_slips(Examination *examination, const Rule *rule, const Slipping *slipping,
                        guint *n) {
    const Report *report = examination->report;
    if (slipping->alike + slipping->slipped < SLIPPED_FIGURES_MIN)
        return;
    (*n)++;
    if (slipping->slipped < SLIPPED_FIGURES_MIN || slipping->alike > 0) {
        examination_pass(examination, rule);
        return;
    }
    g_autoptr(GString) text = g_string_new("表格中的");
    quote_fact(text, report, slipping->first);
    g_string_append(text, "与正文");
    quote_fact(text, report, slipping->text);
    g_autofree char *more = g_strdup_printf("等%u个数据数字相同而单位不同", slipping->slipped);
    g_string_append(text, more);
    g_autofree char *message = examination_say(examination, rule, text->str);
    examination_fail(examination, rule, rule->certainty,
                     report_fact(report, slipping->first)->place, message);
    examination_add(examination, slipping->first, "same");
    examination_add(examination, slipping->text, "same");
}

/* UNT-04: numbers of a table that the text prints with another unit, and none with the same. */
void check_magnitude(Examination *examination, const Rule *rule) {
    const Report *report = examination->report;
    g_autoptr(GHashTable) amounts = text_amounts(report);
    Slipping slipping = {.table = DOCUMENT_NONE};
    guint n = 0;
    for (guint i = 0; i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i);
        if (fact->table == DOCUMENT_NONE || fact->kind != FIGURE_AMOUNT ||
            slip_digits(fact->value) < SIGNIFICANT_DIGITS_MIN)
            continue;
        if (fact->table != slipping.table) {
            judge_slips(examination, rule, &slipping, &n);
            slipping = (Slipping){.table = fact->table};
        }
        g_autofree char *number = printed_number(fact);
        guint found = number == NULL ? 0 : GPOINTER_TO_UINT(g_hash_table_lookup(amounts, number));
        if (found == 0)
            continue;
        const Fact *same = report_fact(report, found - 1);
        slipping.alike += same->unit_power == fact->unit_power;
        if (same->unit_power != fact->unit_power && slipping.slipped++ == 0) {
            slipping.first = i;
            slipping.text = found - 1;
        }
    }
    judge_slips(examination, rule, &slipping, &n);
    if (n == 0)
        examination_leave(examination, rule, "没有正文与表格都列出的金额");
}

/* Whether the target is the result behind a 2, as ≥ is read: 26次 for ≥6次. */
static gboolean looks_misread(const Fact *target, const Fact *actual) {
    const char *text = target->text;
    return target->qualifier == QUALIFIER_EXACT && *text == '2' && strlen(text) > 1 &&
           strcmp(text + 1, actual->text) == 0 && g_strcmp0(target->unit, actual->unit) == 0;
}

/* UNT-05: such targets, and by the rule's matches letters among digits. */
void check_misread(Examination *examination, const Rule *rule) {
    const Indicators *indicators = examination->indicators;
    Evidence evidence = evidence_new();
    match_rule(examination, rule, match_keep_all, &evidence);
    for (guint i = 0; i < indicators->rows->len; i++) {
        const Indicator *row = indicators_row(indicators, i);
        const Fact *target = indicator_fact(indicators, row, HEAD_TARGET),
                   *actual = indicator_fact(indicators, row, HEAD_RESULT);
        if (target != NULL && actual != NULL && looks_misread(target, actual))
            evidence_add(&evidence, target->place);
    }
    evidence_sort(&evidence);
    examination_judge(examination, rule, &evidence);
    evidence_clear(&evidence);
}

/* PCT-01: a percentage whose label one of `reason` matches lies between 0 and 100. */
void check_range(Examination *examination, const Rule *rule) {
    const Report *report = examination->report;
    g_autoptr(GString) text = g_string_new(NULL);
    Span first = {0, 0};
    guint n = 0;
    for (guint i = 0; i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i);
        const char *label = fact_name(fact);
        gboolean bounded = FALSE;
        if (fact->kind != FIGURE_PERCENT || *label == '\0')
            continue;
        for (guint k = 0; k < rule->reasons->len && !bounded; k++)
            bounded = expression_find(rule->reasons->pdata[k], label);
        for (guint k = 0; k < rule->unless->len && bounded; k++)
            bounded = !expression_find(rule->unless->pdata[k], label);
        if (!bounded)
            continue;
        n++;
        if (decimal_sign(fact->value) >= 0 &&
            decimal_compare(fact->value_high, decimal_from_integer(100)) <= 0)
            continue;
        if (text->len > 0)
            g_string_append(text, "、");
        quote_named(text, report, i);
        first = first.end == 0 ? fact->place : first;
    }
    if (n == 0)
        examination_leave(examination, rule, "没有占比、满意度等百分比");
    else if (first.end == 0)
        examination_pass(examination, rule);
    else {
        g_autofree char *message = examination_say(examination, rule, text->str);
        examination_fail(examination, rule, rule->certainty, first, message);
    }
}
