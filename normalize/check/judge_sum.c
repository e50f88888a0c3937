/* Sums, counts, means and differences: what is printed against what the members add up to. */
#include "normalize/check/judge_case.h"

/* Of points that are lost of no weight that is printed: all there are. */
enum { FULL_MARK = 100 };

Judgement judge_total(const Case *c, const char *part_role) {
    guint total, terms = 0;
    Interval actual, expected = INTERVAL_ZERO;
    Decimal value = DECIMAL_ZERO;
    if (!case_find(c, "total", &total))
        return judge_refuse(REASON_NO_TOTAL);
    if (!case_sum(c, part_role, &expected, &value, &terms) || !case_interval(c, total, &actual))
        return judge_refuse(REASON_TOO_LARGE);
    if (terms == 0)
        return judge_refuse(REASON_NO_PARTS);
    return judge_difference(total, actual, c->operands[total].value, expected, value);
}

/* Parts that are only some: what matters is that they do not exceed. */
Judgement judge_some(const Case *c) {
    Judgement result = judge_total(c, "part");
    if (result.outcome == OUTCOME_FAIL && decimal_sign(result.difference) > 0)
        result.outcome = OUTCOME_PASS;
    else if (result.outcome == OUTCOME_ROUNDING && decimal_sign(result.difference) > 0)
        result.outcome = OUTCOME_PASS;
    result.has_expected = FALSE;
    return result;
}

Judgement judge_count(const Case *c, gint64 counted) {
    guint total;
    gint64 items = 0;
    if (!case_find(c, "total", &total))
        return judge_refuse(REASON_NO_TOTAL);
    for (guint i = 0; i < c->n; i++)
        items += g_str_equal(c->operands[i].role, "item");
    if (counted < 0 && items == 0)
        return judge_refuse("没有列举");
    Decimal value = decimal_from_integer(counted >= 0 ? counted : items);
    Interval actual;
    if (!case_interval(c, total, &actual))
        return judge_refuse(REASON_TOO_LARGE);
    return judge_difference(total, actual, c->operands[total].value, (Interval){value, value, 0, 0},
                            value);
}

Judgement judge_mean(const Case *c) {
    guint total, terms = 0;
    Interval sum = INTERVAL_ZERO;
    Decimal value = DECIMAL_ZERO;
    if (!case_find(c, "total", &total))
        return judge_refuse(REASON_NO_TOTAL);
    if (!case_sum(c, "part", &sum, &value, &terms))
        return judge_refuse(REASON_TOO_LARGE);
    if (terms == 0)
        return judge_refuse(REASON_NO_PARTS);
    Decimal count = decimal_from_integer(terms);
    int decimals = MAX(-c->operands[total].exponent, 0) + EXTRA_DECIMALS;
    if (!decimal_divide(sum.low, count, decimals, &sum.low) ||
        !decimal_divide(sum.high, count, decimals, &sum.high) ||
        !decimal_divide(value, count, decimals, &value))
        return judge_refuse(REASON_TOO_LARGE);
    return judge_computed(c, total, sum, value);
}

/* Shares of one whole; nothing is printed that says 100 %. */
Judgement judge_shares(const Case *c) {
    guint terms = 0;
    Interval hundred = {.low = decimal_from_integer(100), .high = decimal_from_integer(100)};
    Interval sum = INTERVAL_ZERO;
    Decimal value = DECIMAL_ZERO;
    if (!case_sum(c, "part", &sum, &value, &terms))
        return judge_refuse(REASON_TOO_LARGE);
    if (terms < 2)
        return judge_refuse(REASON_NO_PARTS);
    return judge_difference(0, sum, value, hundred, hundred.low);
}

Judgement judge_deduction(const Case *c) {
    guint weight, earned, terms = 0;
    Interval expected, actual, lost = INTERVAL_ZERO;
    Decimal value = DECIMAL_ZERO, full = decimal_from_integer(FULL_MARK);
    if (!case_find(c, "earned", &earned))
        return judge_refuse(REASON_NO_OPERAND);
    expected = (Interval){.low = full, .high = full};
    if (case_find(c, "weight", &weight)) {
        if (!case_interval(c, weight, &expected))
            return judge_refuse(REASON_TOO_LARGE);
        full = c->operands[weight].value;
    }
    if (!case_sum(c, "deducted", &lost, &value, &terms) || !case_interval(c, earned, &actual) ||
        !interval_add(expected, lost, -1, &expected) || !decimal_subtract(full, value, &value))
        return judge_refuse(REASON_TOO_LARGE);
    if (terms == 0)
        return judge_refuse("没有说明扣分");
    return judge_difference(earned, actual, c->operands[earned].value, expected, value);
}

Judgement judge_change(const Case *c) {
    guint now, last, change;
    Interval a, b, actual;
    Decimal value;
    if (!case_find(c, "this", &now) || !case_find(c, "last", &last) ||
        !case_find(c, "change", &change))
        return judge_refuse(REASON_NO_OPERAND);
    if (!case_interval(c, now, &a) || !case_interval(c, last, &b) ||
        !case_interval(c, change, &actual) || !interval_add(a, b, -1, &a) ||
        !decimal_subtract(c->operands[now].value, c->operands[last].value, &value))
        return judge_refuse(REASON_TOO_LARGE);
    if (c->operands[change].sign < 0) { /* “fell by”: last − this is expected */
        if (!interval_add(INTERVAL_ZERO, a, -1, &a))
            return judge_refuse(REASON_TOO_LARGE);
        value = decimal_negate(value);
    }
    return judge_difference(change, actual, c->operands[change].value, a, value);
}
