/* Envelope: what a printed figure may stand for, as an interval of exact decimals.
 *
 * A figure is read at its own printed decimals or, if it prints fewer, at those usual in its group
 * (the mode, the finer of two), and stands for its value ± half a unit in that last place. Counts
 * of whole things, scores and figures of one kind with them are exact. A bound (以上, 不超过 …) is
 * an interval without an end, an estimate (约) one without both.
 *
 * The place of a last digit is an exponent of ten in the canonical unit: 14640.83 万元 has 2.
 */
#pragma once
#include "normalize/report.h"

typedef struct {
    Decimal low, high;
    gboolean below, above; /* no low, no high end */
} Interval;

/* One figure of a comparison. Copied from a fact, so that another value can be tried in it. */
typedef struct {
    guint fact;
    const char *role;
    int sign;
    gboolean inferred;
    gboolean exact;    /* stands for its value alone */
    gboolean unitless; /* … unless its table leaves out that it counts 万元 */
    Qualifier qualifier;
    Decimal value, value_high;
    int exponent; /* of the last printed place */
} Operand;

Operand operand_of_member(const Report *report, const Member *member);

/* The exponent usual among the operands that are not exact, rates aside; `fallback` where there is
 * none. */
int operands_usual_exponent(const Operand *operands, guint n, int fallback);

/* Half a unit of the last place. */
Decimal half_unit(int exponent);

/* The interval of an operand whose last place is `exponent`. FALSE: too large a number. */
gboolean interval_of(const Operand *operand, int exponent, Interval *result);
gboolean interval_add(Interval a, Interval b, int sign, Interval *result);
/* a ÷ b × 100 to `decimals`; `b` must be positive. */
gboolean interval_percent(Interval a, Interval b, int decimals, Interval *result);
gboolean interval_multiply(Interval a, Interval b, Interval *result); /* b not negative */
gboolean interval_has(Interval interval, Decimal value);
gboolean intervals_meet(Interval a, Interval b);
static inline gboolean interval_closed(Interval interval) {
    return !interval.below && !interval.above;
}
