#include "normalize/check/envelope.h"

/* Exponents of places that are told apart: 10^−30 … 10^29. */
enum { EXPONENT_LOW = -30, EXPONENTS = 60 };

/* Points, though a column 权重(%) prints them as percentages. */
static gboolean is_points(const Fact *fact, const char *role) {
    return fact->kind == FIGURE_SCORE ||
           (fact->kind == FIGURE_PERCENT &&
            (g_strcmp0(role, "weight") == 0 || g_strcmp0(role, "earned") == 0));
}

static gboolean fact_is_exact(const Fact *fact, const char *role) {
    if (is_points(fact, role))
        return TRUE;
    return (fact->kind == FIGURE_COUNT || fact->kind == FIGURE_NUMBER) && fact->decimals == 0 &&
           fact->unit_power == 0;
}

Operand operand_of_member(const Report *report, const Member *member) {
    const Fact *fact = report_fact(report, member->fact);
    return (Operand){.fact = member->fact,
                     .role = member->role,
                     .sign = member->sign < 0 ? -1 : 1,
                     .inferred = member->inferred,
                     .exact = fact_is_exact(fact, member->role),
                     .unitless = fact->kind == FIGURE_NUMBER && fact->unit == NULL,
                     .qualifier = fact->qualifier,
                     .value = fact->value,
                     .value_high = fact->value_high,
                     .exponent = fact->unit_power - fact->decimals};
}

int operands_usual_exponent(const Operand *operands, guint n, int fallback) {
    guint counts[EXPONENTS] = {0};
    int usual = fallback;
    guint most = 0;
    for (guint i = 0; i < n; i++) {
        int place = CLAMP(operands[i].exponent - EXPONENT_LOW, 0, EXPONENTS - 1);
        counts[place] += !operands[i].exact && !g_str_equal(operands[i].role, "rate");
    }
    for (int place = 0; place < EXPONENTS; place++)
        if (counts[place] > most) {
            most = counts[place];
            usual = place + EXPONENT_LOW;
        }
    return usual;
}

Decimal half_unit(int exponent) {
    Decimal half = decimal_from_integer(5);
    if (!decimal_scale(half, exponent - 1, &half))
        return DECIMAL_ZERO;
    return half;
}

gboolean interval_of(const Operand *operand, int exponent, Interval *result) {
    Decimal half = operand->exact ? DECIMAL_ZERO : half_unit(exponent);
    Decimal high = operand->qualifier == QUALIFIER_RANGE ? operand->value_high : operand->value;
    Qualifier q = operand->qualifier;
    result->below = q == QUALIFIER_AT_MOST || q == QUALIFIER_UNDER || q == QUALIFIER_ABOUT;
    result->above = q == QUALIFIER_AT_LEAST || q == QUALIFIER_OVER || q == QUALIFIER_ABOUT;
    return decimal_subtract(operand->value, half, &result->low) &&
           decimal_add(high, half, &result->high);
}

gboolean interval_add(Interval a, Interval b, int sign, Interval *result) {
    if (sign < 0)
        b = (Interval){.low = decimal_negate(b.high),
                       .high = decimal_negate(b.low),
                       .below = b.above,
                       .above = b.below};
    result->below = a.below || b.below;
    result->above = a.above || b.above;
    return decimal_add(a.low, b.low, &result->low) && decimal_add(a.high, b.high, &result->high);
}

/* The ends are quotients of ends: which, depends on the sign. */
gboolean interval_percent(Interval a, Interval b, int decimals, Interval *result) {
    Decimal low, high;
    if (decimal_sign(b.low) <= 0 || !decimal_scale(a.low, 2, &low) ||
        !decimal_scale(a.high, 2, &high))
        return FALSE;
    result->below = a.below || (b.above && decimal_sign(a.low) > 0);
    result->above = a.above || b.below;
    return decimal_divide(low, decimal_sign(low) < 0 ? b.low : b.high, decimals, &result->low) &&
           decimal_divide(high, decimal_sign(high) < 0 ? b.high : b.low, decimals, &result->high);
}

gboolean interval_multiply(Interval a, Interval b, Interval *result) {
    result->below = a.below || b.below;
    result->above = a.above || b.above;
    return decimal_multiply(a.low, decimal_sign(a.low) < 0 ? b.high : b.low, &result->low) &&
           decimal_multiply(a.high, decimal_sign(a.high) < 0 ? b.low : b.high, &result->high);
}

gboolean interval_has(Interval interval, Decimal value) {
    return (interval.below || decimal_compare(interval.low, value) <= 0) &&
           (interval.above || decimal_compare(value, interval.high) <= 0);
}

gboolean intervals_meet(Interval a, Interval b) {
    return (a.below || b.above || decimal_compare(a.low, b.high) <= 0) &&
           (b.below || a.above || decimal_compare(b.low, a.high) <= 0);
}
