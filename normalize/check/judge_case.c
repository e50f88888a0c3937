#include "normalize/check/judge_case.h"

Judgement judge_refuse(const char *reason) {
    return (Judgement){.outcome = OUTCOME_NOT_CHECKABLE, .reason = reason};
}

gboolean case_find(const Case *c, const char *role, guint *index) {
    for (guint i = 0; i < c->n; i++)
        if (g_str_equal(c->operands[i].role, role)) {
            *index = i;
            return TRUE;
        }
    return FALSE;
}

gboolean case_interval(const Case *c, guint i, Interval *result) {
    const Operand *operand = &c->operands[i];
    int exponent = c->padded ? MIN(operand->exponent, c->usual) : operand->exponent;
    Operand as_read = *operand;
    as_read.exact = operand->exact && !(c->rounded && operand->unitless);
    return interval_of(&as_read, exponent, result);
}

/* Signed sum of the operands of a role: interval and exact value. */
gboolean case_sum(const Case *c, const char *role, Interval *sum, Decimal *value, guint *terms) {
    for (guint i = 0; i < c->n; i++) {
        const Operand *operand = &c->operands[i];
        Interval term;
        Decimal signed_value = operand->sign < 0 ? decimal_negate(operand->value) : operand->value;
        if (!g_str_equal(operand->role, role))
            continue;
        if (!case_interval(c, i, &term) || !interval_add(*sum, term, operand->sign, sum) ||
            !decimal_add(*value, signed_value, value))
            return FALSE;
        (*terms)++;
    }
    return TRUE;
}

/* actual − expected: its interval, and the judgement that follows. */
Judgement judge_difference(guint subject, Interval actual, Decimal actual_value, Interval expected,
                           Decimal expected_value) {
    Interval gap;
    Judgement result = {.subject = subject, .has_expected = TRUE};
    Decimal width;
    if (!interval_add(actual, expected, -1, &gap) ||
        !decimal_subtract(actual_value, expected_value, &result.difference) ||
        !decimal_subtract(gap.high, gap.low, &width) ||
        !decimal_multiply(width, (Decimal){5, 1}, &result.envelope))
        return judge_refuse(REASON_TOO_LARGE);
    if (gap.below && gap.above)
        return judge_refuse(REASON_ESTIMATE);
    result.expected = expected_value;
    result.actual = actual_value;
    if (!interval_has(gap, DECIMAL_ZERO))
        result.outcome = OUTCOME_FAIL;
    else if (!interval_closed(gap))
        result.reason = REASON_BY_BOUND;
    else if (decimal_sign(result.difference) != 0)
        result.outcome = OUTCOME_ROUNDING;
    return result;
}

/* What is printed against a computed value, at the decimals printed. */
Judgement judge_computed(const Case *c, guint subject, Interval range, Decimal value) {
    const Operand *printed = &c->operands[subject];
    Judgement result = {.subject = subject, .has_expected = TRUE, .actual = printed->value};
    int decimals = MAX(-printed->exponent, 0);
    Decimal unit = {.coefficient = 1, .decimals = decimals}, low, high, below, above;
    if (range.below && range.above)
        return judge_refuse(REASON_ESTIMATE);
    if (!decimal_round(value, decimals, &result.expected) ||
        !decimal_round(range.low, decimals, &low) || !decimal_round(range.high, decimals, &high) ||
        !decimal_subtract(low, unit, &low) || !decimal_add(high, unit, &high) ||
        !decimal_subtract(printed->value, result.expected, &result.difference) ||
        !decimal_subtract(result.expected, low, &below) ||
        !decimal_subtract(high, result.expected, &above))
        return judge_refuse(REASON_TOO_LARGE);
    result.envelope = decimal_compare(below, above) > 0 ? below : above;
    if (decimal_sign(result.difference) == 0)
        return result;
    Interval stated = {.low = printed->value, .high = printed->value};
    Qualifier q = printed->qualifier;
    stated.below = q == QUALIFIER_AT_MOST || q == QUALIFIER_UNDER;
    stated.above = q == QUALIFIER_AT_LEAST || q == QUALIFIER_OVER;
    if (q == QUALIFIER_ABOUT)
        return judge_refuse(REASON_ESTIMATE);
    if (q == QUALIFIER_RANGE)
        stated.high = printed->value_high;
    Interval allowed = {.low = low, .high = high, .below = range.below, .above = range.above};
    gboolean meets = intervals_meet(stated, allowed);
    result.outcome = !meets                                              ? OUTCOME_FAIL
                     : q != QUALIFIER_EXACT || !interval_closed(allowed) ? OUTCOME_PASS
                                                                         : OUTCOME_ROUNDING;
    return result;
}
