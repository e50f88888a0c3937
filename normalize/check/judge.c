/* Every comparison comes down to one of two questions. Sums: does the interval of actual − expected
 * hold zero? Quotients and products: is what is printed what the interval of the computed value
 * rounds to, give or take one unit of the last place? Both are asked with the figures read at the
 * usual precision; where that fails, once more as printed, to know whether only padding failed. */
#include "normalize/check/judge.h"
#include <string.h>

static const char TOO_LARGE[] = "数值超出计算范围";
static const char ESTIMATE[] = "含约数，只能作估计";
static const char NO_OPERAND[] = "缺少参与计算的数据";
static const char NO_TOTAL[] = "缺少合计数";
static const char NO_PARTS[] = "缺少分项数";
static const char NO_BASE[] = "缺少分母";
static const char NO_NUMERATOR[] = "缺少分子";
static const char IMPLIED[] = "有数据未在文中列明，只能推算";
static const char BY_BOUND[] = "按上下限比较";

enum { EXTRA_DECIMALS = 8 };

typedef struct {
    const Operand *operands;
    guint n;
    gboolean padded;  /* read at the usual precision */
    gboolean rounded; /* whole figures without a unit may have been rounded to one */
    int usual;
} Case;

static Judgement refuse(const char *reason) {
    return (Judgement){.outcome = OUTCOME_NOT_CHECKABLE, .reason = reason};
}

static gboolean find_role(const Case *c, const char *role, guint *index) {
    for (guint i = 0; i < c->n; i++)
        if (g_str_equal(c->operands[i].role, role)) {
            *index = i;
            return TRUE;
        }
    return FALSE;
}

static gboolean interval_at(const Case *c, guint i, Interval *result) {
    const Operand *operand = &c->operands[i];
    int exponent = c->padded ? MIN(operand->exponent, c->usual) : operand->exponent;
    Operand as_read = *operand;
    as_read.exact = operand->exact && !(c->rounded && operand->unitless);
    return interval_of(&as_read, exponent, result);
}

/* Signed sum of the operands of a role: interval and exact value. */
static gboolean sum_role(const Case *c, const char *role, Interval *sum, Decimal *value,
                         guint *terms) {
    for (guint i = 0; i < c->n; i++) {
        const Operand *operand = &c->operands[i];
        Interval term;
        Decimal signed_value = operand->sign < 0 ? decimal_negate(operand->value) : operand->value;
        if (!g_str_equal(operand->role, role))
            continue;
        if (!interval_at(c, i, &term) || !interval_add(*sum, term, operand->sign, sum) ||
            !decimal_add(*value, signed_value, value))
            return FALSE;
        (*terms)++;
    }
    return TRUE;
}

/* actual − expected: its interval, and the judgement that follows. */
static Judgement judge_difference(guint subject, Interval actual, Decimal actual_value,
                                  Interval expected, Decimal expected_value) {
    Interval gap;
    Judgement result = {.subject = subject, .has_expected = TRUE};
    Decimal width;
    if (!interval_add(actual, expected, -1, &gap) ||
        !decimal_subtract(actual_value, expected_value, &result.difference) ||
        !decimal_subtract(gap.high, gap.low, &width) ||
        !decimal_multiply(width, (Decimal){5, 1}, &result.envelope))
        return refuse(TOO_LARGE);
    if (gap.below && gap.above)
        return refuse(ESTIMATE);
    result.expected = expected_value;
    result.actual = actual_value;
    if (!interval_has(gap, DECIMAL_ZERO))
        result.outcome = OUTCOME_FAIL;
    else if (!interval_closed(gap))
        result.reason = BY_BOUND;
    else if (decimal_sign(result.difference) != 0)
        result.outcome = OUTCOME_ROUNDING;
    return result;
}

static Judgement judge_total(const Case *c, const char *part_role) {
    guint total, terms = 0;
    Interval actual, expected = {.low = DECIMAL_ZERO, .high = DECIMAL_ZERO};
    Decimal value = DECIMAL_ZERO;
    if (!find_role(c, "total", &total))
        return refuse(NO_TOTAL);
    if (!sum_role(c, part_role, &expected, &value, &terms) || !interval_at(c, total, &actual))
        return refuse(TOO_LARGE);
    if (terms == 0)
        return refuse(NO_PARTS);
    return judge_difference(total, actual, c->operands[total].value, expected, value);
}

/* Parts that are only some: what matters is that they do not exceed. */
static Judgement judge_some(const Case *c) {
    Judgement result = judge_total(c, "part");
    if (result.outcome == OUTCOME_FAIL && decimal_sign(result.difference) > 0)
        result.outcome = OUTCOME_PASS;
    else if (result.outcome == OUTCOME_ROUNDING && decimal_sign(result.difference) > 0)
        result.outcome = OUTCOME_PASS;
    result.has_expected = FALSE;
    return result;
}

static Judgement judge_count(const Case *c, gint64 counted) {
    guint total;
    gint64 items = 0;
    if (!find_role(c, "total", &total))
        return refuse(NO_TOTAL);
    for (guint i = 0; i < c->n; i++)
        items += g_str_equal(c->operands[i].role, "item");
    if (counted < 0 && items == 0)
        return refuse("没有列举");
    Decimal value = decimal_from_integer(counted >= 0 ? counted : items);
    Interval actual;
    if (!interval_at(c, total, &actual))
        return refuse(TOO_LARGE);
    return judge_difference(total, actual, c->operands[total].value, (Interval){value, value, 0, 0},
                            value);
}

/* smaller ≤ larger, for two operands. */
static Judgement judge_order(const Case *c, const char *smaller, const char *larger) {
    guint low, terms = 0;
    Interval less, more = {.low = DECIMAL_ZERO, .high = DECIMAL_ZERO}, gap;
    Judgement result = {.outcome = OUTCOME_PASS, .expected = DECIMAL_ZERO};
    if (!sum_role(c, larger, &more, &result.expected, &terms))
        return refuse(TOO_LARGE);
    if (!find_role(c, smaller, &low) || terms == 0)
        return refuse(NO_OPERAND);
    if (!interval_at(c, low, &less) || !interval_add(less, more, -1, &gap) ||
        !decimal_subtract(c->operands[low].value, result.expected, &result.difference))
        return refuse(TOO_LARGE);
    result.subject = low;
    result.actual = c->operands[low].value;
    if (gap.below && gap.above)
        return refuse(ESTIMATE);
    if (!gap.below && decimal_sign(gap.low) > 0)
        result.outcome = OUTCOME_FAIL;
    return result;
}

static Judgement judge_bound(const Case *c) {
    Judgement result = judge_order(c, "earned", "weight");
    guint earned;
    if (result.outcome == OUTCOME_PASS && find_role(c, "earned", &earned) &&
        decimal_sign(c->operands[earned].value) < 0) {
        result.outcome = OUTCOME_FAIL;
        result.expected = DECIMAL_ZERO;
        result.difference = c->operands[earned].value;
    }
    return result;
}

/* Of points that are lost of no weight that is printed: all there are. */
enum { FULL_MARK = 100 };

static Judgement judge_deduction(const Case *c) {
    guint weight, earned, terms = 0;
    Interval expected, actual, lost = {.low = DECIMAL_ZERO, .high = DECIMAL_ZERO};
    Decimal value = DECIMAL_ZERO, full = decimal_from_integer(FULL_MARK);
    if (!find_role(c, "earned", &earned))
        return refuse(NO_OPERAND);
    expected = (Interval){.low = full, .high = full};
    if (find_role(c, "weight", &weight)) {
        if (!interval_at(c, weight, &expected))
            return refuse(TOO_LARGE);
        full = c->operands[weight].value;
    }
    if (!sum_role(c, "deducted", &lost, &value, &terms) || !interval_at(c, earned, &actual) ||
        !interval_add(expected, lost, -1, &expected) || !decimal_subtract(full, value, &value))
        return refuse(TOO_LARGE);
    if (terms == 0)
        return refuse("没有说明扣分");
    return judge_difference(earned, actual, c->operands[earned].value, expected, value);
}

static Judgement judge_change(const Case *c) {
    guint now, last, change;
    Interval a, b, actual;
    Decimal value;
    if (!find_role(c, "this", &now) || !find_role(c, "last", &last) ||
        !find_role(c, "change", &change))
        return refuse(NO_OPERAND);
    if (!interval_at(c, now, &a) || !interval_at(c, last, &b) || !interval_at(c, change, &actual) ||
        !interval_add(a, b, -1, &a) ||
        !decimal_subtract(c->operands[now].value, c->operands[last].value, &value))
        return refuse(TOO_LARGE);
    if (c->operands[change].sign < 0) { /* “fell by”: last − this is expected */
        if (!interval_add((Interval){.low = DECIMAL_ZERO, .high = DECIMAL_ZERO}, a, -1, &a))
            return refuse(TOO_LARGE);
        value = decimal_negate(value);
    }
    return judge_difference(change, actual, c->operands[change].value, a, value);
}

/* What is printed against a computed value, at the decimals printed. */
static Judgement judge_computed(const Case *c, guint subject, Interval range, Decimal value) {
    const Operand *printed = &c->operands[subject];
    Judgement result = {.subject = subject, .has_expected = TRUE, .actual = printed->value};
    int decimals = MAX(-printed->exponent, 0);
    Decimal unit = {.coefficient = 1, .decimals = decimals}, low, high, below, above;
    if (range.below && range.above)
        return refuse(ESTIMATE);
    if (!decimal_round(value, decimals, &result.expected) ||
        !decimal_round(range.low, decimals, &low) || !decimal_round(range.high, decimals, &high) ||
        !decimal_subtract(low, unit, &low) || !decimal_add(high, unit, &high) ||
        !decimal_subtract(printed->value, result.expected, &result.difference) ||
        !decimal_subtract(result.expected, low, &below) ||
        !decimal_subtract(high, result.expected, &above))
        return refuse(TOO_LARGE);
    result.envelope = decimal_compare(below, above) > 0 ? below : above;
    if (decimal_sign(result.difference) == 0)
        return result;
    Interval stated = {.low = printed->value, .high = printed->value};
    Qualifier q = printed->qualifier;
    stated.below = q == QUALIFIER_AT_MOST || q == QUALIFIER_UNDER;
    stated.above = q == QUALIFIER_AT_LEAST || q == QUALIFIER_OVER;
    if (q == QUALIFIER_ABOUT)
        return refuse(ESTIMATE);
    if (q == QUALIFIER_RANGE)
        stated.high = printed->value_high;
    Interval allowed = {.low = low, .high = high, .below = range.below, .above = range.above};
    gboolean meets = intervals_meet(stated, allowed);
    result.outcome = !meets                                              ? OUTCOME_FAIL
                     : q != QUALIFIER_EXACT || !interval_closed(allowed) ? OUTCOME_PASS
                                                                         : OUTCOME_ROUNDING;
    return result;
}

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
        return refuse(TOO_LARGE);
    return judge_computed(c, rate, range, value);
}

/* Numerators add up with their signs; what remains is taken without its own (追加 − 调减). So do
 * denominators (到位 + 上年结转). */
static Judgement judge_ratio(const Case *c) {
    guint rate, terms = 0, bases = 0;
    Interval numerator = {.low = DECIMAL_ZERO, .high = DECIMAL_ZERO}, denominator = numerator;
    Decimal value = DECIMAL_ZERO, base = DECIMAL_ZERO;
    if (!find_role(c, "rate", &rate))
        return refuse(NO_OPERAND);
    if (!sum_role(c, "numerator", &numerator, &value, &terms))
        return refuse(TOO_LARGE);
    if (!sum_role(c, "denominator", &denominator, &base, &bases))
        return refuse(TOO_LARGE);
    if (bases == 0)
        return refuse(NO_BASE);
    if (terms == 0)
        return refuse(NO_NUMERATOR);
    if (terms > 1 && decimal_sign(value) < 0) {
        Interval zero = {.low = DECIMAL_ZERO, .high = DECIMAL_ZERO};
        if (!interval_add(zero, numerator, -1, &numerator))
            return refuse(TOO_LARGE);
        value = decimal_negate(value);
    }
    return judge_quotient(c, rate, numerator, value, denominator, base);
}

/* A figure that stands, or follows from two that do: total = left + right. */
static gboolean implied(const Case *c, const char *role, const char *left, const char *right,
                        int sign, Interval *range, Decimal *value) {
    guint own, a, b;
    Interval other;
    if (find_role(c, role, &own)) {
        *value = c->operands[own].value;
        return interval_at(c, own, range);
    }
    if (!find_role(c, left, &a) || !find_role(c, right, &b))
        return FALSE;
    Decimal second = sign < 0 ? decimal_negate(c->operands[b].value) : c->operands[b].value;
    return interval_at(c, a, range) && interval_at(c, b, &other) &&
           interval_add(*range, other, sign, range) &&
           decimal_add(c->operands[a].value, second, value);
}

/* rate = change ÷ last; change and last may follow from the others. */
static Judgement judge_growth(const Case *c) {
    guint rate, change;
    Interval moved, base;
    Decimal moved_value, base_value;
    if (!find_role(c, "rate", &rate))
        return refuse(NO_OPERAND);
    gboolean printed = find_role(c, "change", &change);
    int fell = printed ? c->operands[change].sign : c->operands[rate].sign;
    if (!implied(c, "change", "this", "last", -1, &moved, &moved_value) ||
        !implied(c, "last", "this", "change", -fell, &base, &base_value))
        return refuse(NO_OPERAND);
    if (!printed && fell < 0) { /* “fell by x %”: last − this */
        Interval zero = {.low = DECIMAL_ZERO, .high = DECIMAL_ZERO};
        if (!interval_add(zero, moved, -1, &moved))
            return refuse(TOO_LARGE);
        moved_value = decimal_negate(moved_value);
    }
    if (decimal_sign(base_value) <
        0) { /* of a loss growth has no rate; printed nowhere, it is none */
        Judgement negative = refuse("分母为负");
        negative.outcome = find_role(c, "last", &change) ? OUTCOME_NOT_CHECKABLE : OUTCOME_FAIL;
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
        return refuse(TOO_LARGE);
    if (decimal_compare(result.actual, low) < 0 || decimal_compare(result.actual, high) > 0)
        result.outcome = OUTCOME_FAIL;
    return result;
}

static Judgement judge_product(const Case *c) {
    static const Decimal HUNDRED = {.coefficient = 100};
    guint earned, weight, rate;
    Interval left, right, range;
    Decimal value;
    if (!find_role(c, "earned", &earned) || !find_role(c, "weight", &weight) ||
        !find_role(c, "rate", &rate))
        return refuse(NO_OPERAND);
    Decimal share = c->operands[rate].value;
    if (!interval_at(c, weight, &left) || !interval_at(c, rate, &right))
        return refuse(TOO_LARGE);
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
        return refuse(TOO_LARGE);
    return judge_score(c, earned, range, value);
}

static Judgement judge_mean(const Case *c) {
    guint total, terms = 0;
    Interval sum = {.low = DECIMAL_ZERO, .high = DECIMAL_ZERO};
    Decimal value = DECIMAL_ZERO;
    if (!find_role(c, "total", &total))
        return refuse(NO_TOTAL);
    if (!sum_role(c, "part", &sum, &value, &terms))
        return refuse(TOO_LARGE);
    if (terms == 0)
        return refuse(NO_PARTS);
    Decimal count = decimal_from_integer(terms);
    int decimals = MAX(-c->operands[total].exponent, 0) + EXTRA_DECIMALS;
    if (!decimal_divide(sum.low, count, decimals, &sum.low) ||
        !decimal_divide(sum.high, count, decimals, &sum.high) ||
        !decimal_divide(value, count, decimals, &value))
        return refuse(TOO_LARGE);
    return judge_computed(c, total, sum, value);
}

/* Shares of one whole; nothing is printed that says 100 %. */
static Judgement judge_shares(const Case *c) {
    guint terms = 0;
    Interval hundred = {.low = decimal_from_integer(100), .high = decimal_from_integer(100)};
    Interval sum = {.low = DECIMAL_ZERO, .high = DECIMAL_ZERO};
    Decimal value = DECIMAL_ZERO;
    if (!sum_role(c, "part", &sum, &value, &terms))
        return refuse(TOO_LARGE);
    if (terms < 2)
        return refuse(NO_PARTS);
    return judge_difference(0, sum, value, hundred, hundred.low);
}

/* What the words say of two changes, or of a change and its two years. */
static Judgement judge_direction(const Case *c) {
    guint change, rate, now, last;
    Judgement result = {.outcome = OUTCOME_PASS};
    if (!find_role(c, "change", &change))
        return refuse(NO_OPERAND);
    result.subject = change;
    result.actual = c->operands[change].value;
    if (find_role(c, "rate", &rate)) {
        gboolean zero = decimal_sign(c->operands[change].value) == 0 ||
                        decimal_sign(c->operands[rate].value) == 0;
        if (!zero && c->operands[change].sign != c->operands[rate].sign)
            result.outcome = OUTCOME_FAIL;
        return result;
    }
    if (!find_role(c, "this", &now) || !find_role(c, "last", &last))
        return refuse(NO_OPERAND);
    int moved = decimal_compare(c->operands[now].value, c->operands[last].value);
    if (moved != 0 && (moved < 0) != (c->operands[change].sign < 0))
        result.outcome = OUTCOME_FAIL;
    return result;
}

static Judgement judge_following(const Case *c) {
    guint now, last;
    Decimal next;
    if (!find_role(c, "this", &now) || !find_role(c, "last", &last))
        return refuse(NO_OPERAND);
    if (!decimal_subtract(c->operands[now].value, decimal_from_integer(1), &next))
        return refuse(TOO_LARGE);
    Interval actual = {.low = c->operands[last].value, .high = c->operands[last].value};
    return judge_difference(last, actual, c->operands[last].value,
                            (Interval){.low = next, .high = next}, next);
}

/* All are one figure, each read as it is printed. The value that most have is expected. */
static Judgement judge_same(const Case *c) {
    Judgement result = {.outcome = OUTCOME_PASS};
    guint best = 0, best_votes = 0, odd = c->n;
    if (c->n < 2)
        return refuse(NO_OPERAND);
    for (guint i = 0; i < c->n; i++) {
        guint votes = 0;
        for (guint j = 0; j < c->n; j++)
            votes += decimal_compare(c->operands[i].value, c->operands[j].value) == 0;
        if (votes > best_votes) {
            best_votes = votes;
            best = i;
        }
    }
    Interval expected, other;
    if (!interval_of(&c->operands[best], c->operands[best].exponent, &expected))
        return refuse(TOO_LARGE);
    for (guint i = 0; i < c->n; i++) {
        if (!interval_of(&c->operands[i], c->operands[i].exponent, &other))
            return refuse(TOO_LARGE);
        gboolean equal = decimal_compare(c->operands[i].value, c->operands[best].value) == 0;
        Outcome outcome = equal                             ? OUTCOME_PASS
                          : intervals_meet(expected, other) ? OUTCOME_ROUNDING
                                                            : OUTCOME_FAIL;
        if (outcome > result.outcome) {
            result.outcome = outcome;
            odd = i;
        }
    }
    if (odd == c->n)
        return result;
    result.subject = odd;
    result.has_expected = best_votes * 2 > c->n;
    result.expected = c->operands[best].value;
    result.actual = c->operands[odd].value;
    if (!decimal_subtract(result.actual, result.expected, &result.difference))
        return refuse(TOO_LARGE);
    return result;
}

static Judgement judge_case(CheckKind kind, const Case *c, gint64 counted) {
    switch (kind) {
    case CHECK_SUM:
        return judge_total(c, "part");
    case CHECK_WEIGHTS:
        return judge_total(c, "weight");
    case CHECK_SCORES:
        return judge_total(c, "earned");
    case CHECK_SOME:
        return judge_some(c);
    case CHECK_COUNT:
        return judge_count(c, counted);
    case CHECK_BOUND:
        return judge_bound(c);
    case CHECK_DEDUCTION:
        return judge_deduction(c);
    case CHECK_RATIO:
        return judge_ratio(c);
    case CHECK_PRODUCT:
        return judge_product(c);
    case CHECK_DIFFERENCE:
        return judge_change(c);
    case CHECK_GROWTH:
        return judge_growth(c);
    case CHECK_SAME:
        return judge_same(c);
    case CHECK_ORDER:
        return judge_order(c, "smaller", "larger");
    case CHECK_OVERSPENT:
        return judge_order(c, "numerator", "denominator");
    case CHECK_MEAN:
        return judge_mean(c);
    case CHECK_SHARES:
        return judge_shares(c);
    case CHECK_DIRECTION:
        return judge_direction(c);
    case CHECK_FOLLOWING:
        return judge_following(c);
    default:
        return refuse("规则尚未实现");
    }
}

static gboolean any_inferred(const Operand *operands, guint n) {
    for (guint i = 0; i < n; i++)
        if (operands[i].inferred)
            return TRUE;
    return FALSE;
}

Judgement judge(CheckKind kind, const Operand *operands, guint n, gint64 counted) {
    Case c = {.operands = operands, .n = n, .padded = TRUE};
    c.usual = operands_usual_exponent(operands, n, G_MAXINT);
    Judgement result = judge_case(kind, &c, counted);
    if (result.outcome <= OUTCOME_ROUNDING && any_inferred(operands, n))
        return refuse(IMPLIED); /* that a figure fits which nobody printed proves nothing */
    if (result.outcome != OUTCOME_FAIL)
        return result;
    c.padded = FALSE;
    c.rounded = TRUE;
    result.padded = judge_case(kind, &c, counted).outcome != OUTCOME_FAIL;
    return result;
}
