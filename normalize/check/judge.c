/* Every comparison comes down to one of two questions. Sums: does the interval of actual − expected
 * hold zero? Quotients and products: is what is printed what the interval of the computed value
 * rounds to, give or take one unit of the last place? Both are asked with the figures read at the
 * usual precision; where that fails, once more as printed, to know whether only padding failed. */
#include "normalize/check/judge.h"
#include "normalize/check/judge_case.h"

static Judgement judge_kind(CheckKind kind, const Case *c, gint64 counted) {
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
        return judge_refuse("规则尚未实现");
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
    Judgement result = judge_kind(kind, &c, counted);
    if (result.outcome <= OUTCOME_ROUNDING && any_inferred(operands, n))
        return judge_refuse(
            REASON_IMPLIED); /* that a figure fits which nobody printed proves nothing */
    if (result.outcome != OUTCOME_FAIL)
        return result;
    c.padded = FALSE;
    c.rounded = TRUE;
    result.padded = judge_kind(kind, &c, counted).outcome != OUTCOME_FAIL;
    return result;
}
