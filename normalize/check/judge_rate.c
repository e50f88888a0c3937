/* Quotients and products: what is printed against the interval of what is computed. */
#include "normalize/check/judge_case.h"

static Interval interval_negate(Interval range) {
    return (Interval){.low = decimal_negate(range.high),
                      .high = decimal_negate(range.low),
                      .below = range.above,
                      .above = range.below};
}

static Judgement judge_quotient(const Case *c, guint rate, Interval above, Decimal above_value,
                                Interval below, Decimal below_value) {
    int decimals = MIN(MAX(-c->operands[rate].exponent, 0) + EXTRA_DECIMALS, 16);
    Interval range;
    Decimal value;
    if (decimal_sign(below_value) == 0)
        return (Judgement){.outcome = OUTCOME_FAIL,
                           .subject = rate,
                           .actual = c->operands[rate].value,
                           .reason = "分母为零"};
    if (decimal_sign(below_value) < 0) {
        above_value = decimal_negate(above_value);
        below_value = decimal_negate(below_value);
        above = interval_negate(above);
        below = interval_negate(below);
    }
    if (decimal_sign(below.low) <= 0) /* too coarse a denominator: only its value */
        below = (Interval){.low = below_value, .high = below_value};
    if (!interval_percent(above, below, decimals, &range) ||
        !decimal_scale(above_value, 2, &above_value) ||
        !decimal_divide(above_value, below_value, decimals, &value))
        return judge_refuse(REASON_TOO_LARGE);
    return judge_computed(c, rate, range, value);
}

/* Numerators add up with their signs; what remains is taken without its own (追加 − 调减). So do
 * denominators (到位 + 上年结转). */
Judgement judge_ratio(const Case *c) {
    guint rate, terms = 0, bases = 0;
    Interval numerator = INTERVAL_ZERO, denominator = numerator;
    Decimal value = DECIMAL_ZERO, base = DECIMAL_ZERO;
    if (!case_find(c, "rate", &rate))
        return judge_refuse(REASON_NO_OPERAND);
    if (!case_sum(c, "numerator", &numerator, &value, &terms))
        return judge_refuse(REASON_TOO_LARGE);
    if (!case_sum(c, "denominator", &denominator, &base, &bases))
        return judge_refuse(REASON_TOO_LARGE);
    if (bases == 0)
        return judge_refuse(REASON_NO_BASE);
    if (terms == 0)
        return judge_refuse(REASON_NO_NUMERATOR);
    if (terms > 1 && decimal_sign(value) < 0) {
        numerator = interval_negate(numerator);
        value = decimal_negate(value);
    }
    return judge_quotient(c, rate, numerator, value, denominator, base);
}

/* A figure that stands, or follows from two that do: total = left + right. */
static gboolean implied(const Case *c, const char *role, const char *left, const char *right,
                        int sign, Interval *range, Decimal *value) {
    guint own, a, b;
    Interval other;
    if (case_find(c, role, &own)) {
        *value = c->operands[own].value;
        return case_interval(c, own, range);
    }
    if (!case_find(c, left, &a) || !case_find(c, right, &b))
        return FALSE;
    Decimal second = sign < 0 ? decimal_negate(c->operands[b].value) : c->operands[b].value;
    return case_interval(c, a, range) && case_interval(c, b, &other) &&
           interval_add(*range, other, sign, range) &&
           decimal_add(c->operands[a].value, second, value);
}

/* rate = change ÷ last; change and last may follow from the others. */
Judgement judge_growth(const Case *c) {
    guint rate, change;
    Interval moved, base;
    Decimal moved_value, base_value;
    if (!case_find(c, "rate", &rate))
        return judge_refuse(REASON_NO_OPERAND);
    gboolean printed = case_find(c, "change", &change);
    int fell = printed ? c->operands[change].sign : c->operands[rate].sign;
    if (!implied(c, "change", "this", "last", -1, &moved, &moved_value) ||
        !implied(c, "last", "this", "change", -fell, &base, &base_value))
        return judge_refuse(REASON_NO_OPERAND);
    if (!printed && fell < 0) { /* “fell by x %”: last − this */
        moved = interval_negate(moved);
        moved_value = decimal_negate(moved_value);
    }
    if (decimal_sign(base_value) < 0) {
        /* of a loss growth has no rate; printed nowhere, it is none */
        Judgement negative = judge_refuse("分母为负");
        negative.outcome = case_find(c, "last", &change) ? OUTCOME_NOT_CHECKABLE : OUTCOME_FAIL;
        negative.subject = rate;
        negative.actual = c->operands[rate].value;
        return negative;
    }
    return judge_quotient(c, rate, moved, moved_value, base, base_value);
}

/* A score is a product at its printed decimals, rounded or, where it prints any, cut off. */
static Judgement judge_score(const Case *c, guint subject, Interval range, Decimal value) {
    Judgement result = judge_computed(c, subject, range, value);
    int decimals = MAX(-c->operands[subject].exponent, 0);
    Decimal low, high, unit = {.coefficient = 1, .decimals = decimals};
    if (result.outcome != OUTCOME_ROUNDING)
        return result;
    if (!decimal_round(range.low, decimals, &low) || !decimal_round(range.high, decimals, &high) ||
        (decimals > 0 && decimal_compare(low, range.low) > 0 && !decimal_subtract(low, unit, &low)))
        return judge_refuse(REASON_TOO_LARGE);
    if (decimal_compare(result.actual, low) < 0 || decimal_compare(result.actual, high) > 0)
        result.outcome = OUTCOME_FAIL;
    return result;
}

Judgement judge_product(const Case *c) {
    static const Decimal HUNDRED = {.coefficient = 100};
    guint earned, weight, rate;
    Interval left, right, range;
    Decimal value;
    if (!case_find(c, "earned", &earned) || !case_find(c, "weight", &weight) ||
        !case_find(c, "rate", &rate))
        return judge_refuse(REASON_NO_OPERAND);
    Decimal share = c->operands[rate].value;
    if (!case_interval(c, weight, &left) || !case_interval(c, rate, &right))
        return judge_refuse(REASON_TOO_LARGE);
    if (decimal_compare(share, HUNDRED) > 0) { /* more than all earns no more */
        share = HUNDRED;
        right = (Interval){.low = HUNDRED, .high = HUNDRED};
    }
    if (decimal_sign(right.low) < 0)
        right.low = DECIMAL_ZERO;
    if (!interval_multiply(left, right, &range) || !decimal_scale(range.low, -2, &range.low) ||
        !decimal_scale(range.high, -2, &range.high) ||
        !decimal_multiply(c->operands[weight].value, share, &value) ||
        !decimal_scale(value, -2, &value))
        return judge_refuse(REASON_TOO_LARGE);
    return judge_score(c, earned, range, value);
}
