/* Two bounds of one thing are a range: “大于等于0并小于230.4”. Only where they are in order.
 * “比四分之一大” is a bound too. */
#include "normalize/scanner.h"

enum { BETWEEN_MAX = 4 };

static gboolean is_lower(const Quantity *quantity) {
    return quantity->qualifier == QUALIFIER_AT_LEAST || quantity->qualifier == QUALIFIER_OVER;
}

static gboolean is_upper(const Quantity *quantity) {
    return quantity->qualifier == QUALIFIER_AT_MOST || quantity->qualifier == QUALIFIER_UNDER;
}

/* 90%≤【X】<100%: what is compared stands between the signs. */
static gboolean variable_between(const Scanner *scanner, guint from, guint until) {
    static const gunichar *const SIGNS[] = {U"≤", U"<", U"≦", U"⩽", NULL};
    gboolean before = FALSE, after = FALSE;
    for (gsize i = 0; SIGNS[i] != NULL; i++) {
        before |= from > 0 && scanner_is(scanner, from - 1, SIGNS[i]);
        after |= scanner_is(scanner, until, SIGNS[i]);
    }
    for (guint at = from; at < until && before && after; at++)
        if (!code_is_latin(scanner_code(scanner, at)) && !code_is_han(scanner_code(scanner, at)))
            return FALSE;
    return before && after;
}

static gboolean joins(const Scanner *scanner, guint from, guint until) {
    static const gunichar *const JOINERS[] = {U"并", U"并且", U"且",   U"而", U"但",
                                              U",",  U"、",   U"同时", NULL};
    if (from == until || variable_between(scanner, from, until))
        return TRUE;
    for (gsize i = 0; JOINERS[i] != NULL; i++)
        if (scanner_word(scanner, from, JOINERS[i]) == until - from)
            return TRUE;
    return FALSE;
}

/* [80,90): the ends of an interval, of which one is closed. */
static gboolean is_interval(const Scanner *scanner, const Quantity *held, const Quantity *next) {
    if (held->start == 0 || next->start != held->end + 1 ||
        scanner_code(scanner, held->end) != ',' || held->qualifier != QUALIFIER_EXACT ||
        next->qualifier != QUALIFIER_EXACT)
        return FALSE;
    gunichar open = scanner_code(scanner, held->start - 1);
    gunichar close = scanner_code(scanner, next->end);
    return (open == '[' && (close == ')' || close == ']')) || (open == '(' && close == ']');
}

static gboolean same_measure(const Quantity *a, const Quantity *b) {
    Decimal left, right;
    return a->kind == b->kind && g_strcmp0(a->unit, b->unit) == 0 &&
           decimal_multiply(a->value, b->divisor, &left) &&
           decimal_multiply(b->value, a->divisor, &right) && decimal_compare(left, right) < 0;
}

/* The lower bound first, or the upper one with a word between: 不超过100人但不少于50人. */
static gboolean bounds_join(const Scanner *scanner, Quantity *held, const Quantity *next) {
    Decimal scaled;
    if (held->unit == NULL && next->unit != NULL && held->kind == FIGURE_NUMBER &&
        variable_between(scanner, held->end, next->start) && /* 80≤得分<90分 */
        decimal_scale(held->value, next->unit_power, &scaled)) {
        held->value = held->value_high = scaled;
        held->kind = next->kind;
        held->unit = next->unit;
        held->unit_power = next->unit_power;
        held->pattern = next->pattern;
    }
    if (is_lower(held) && is_upper(next) && same_measure(held, next)) {
        held->value_high = next->value;
        held->high_divisor = next->divisor;
    } else if (is_upper(held) && is_lower(next) && next->start > held->end &&
               same_measure(next, held)) {
        held->value_high = held->value;
        held->high_divisor = held->divisor;
        held->value = next->value;
        held->divisor = next->divisor;
    } else
        return FALSE;
    held->qualifier = QUALIFIER_RANGE;
    held->end = next->end;
    return TRUE;
}

static gboolean interval_join(const Scanner *scanner, Quantity *held, const Quantity *next) {
    if (!is_interval(scanner, held, next) || !same_measure(held, next))
        return FALSE;
    held->qualifier = QUALIFIER_RANGE;
    held->value_high = next->value;
    held->high_divisor = next->divisor;
    held->start--;
    held->end = next->end + 1;
    if (held->kind == FIGURE_NUMBER && scanner_is(scanner, held->end, U"分") &&
        !scanner_is(scanner, held->end, U"分钟")) { /* [60,70)分 */
        const UnitWord *score = vocabulary_unit(scanner->vocabulary, scanner->vocabulary->score);
        held->kind = score->kind;
        held->unit = score->unit;
        held->unit_start = held->end;
        held->unit_end = ++held->end;
    }
    return TRUE;
}

void scanner_join_bounds(Scanner *scanner) {
    GArray *quantities = scanner->scan->quantities;
    guint n = 0;
    for (guint i = 0; i < quantities->len; i++) {
        Quantity *next = &g_array_index(quantities, Quantity, i);
        Quantity *held = n == 0 ? NULL : &g_array_index(quantities, Quantity, n - 1);
        if (held != NULL && interval_join(scanner, held, next))
            continue;
        if (held != NULL && next->start - held->end <= BETWEEN_MAX &&
            joins(scanner, held->end, next->start) && bounds_join(scanner, held, next))
            continue;
        g_array_index(quantities, Quantity, n) = *next;
        n++;
    }
    g_array_set_size(quantities, n);
}
