/* Figures side by side: not more than another, the same, later, in the direction that the words
 * say. */
#include "normalize/check/judge_case.h"

/* smaller ≤ larger, for two operands. */
Judgement judge_order(const Case *c, const char *smaller, const char *larger) {
    guint low, terms = 0;
    Interval less, more = INTERVAL_ZERO, gap;
    Judgement result = {.outcome = OUTCOME_PASS, .expected = DECIMAL_ZERO};
    if (!case_sum(c, larger, &more, &result.expected, &terms))
        return judge_refuse(REASON_TOO_LARGE);
    if (!case_find(c, smaller, &low) || terms == 0)
        return judge_refuse(REASON_NO_OPERAND);
    if (!case_interval(c, low, &less) || !interval_add(less, more, -1, &gap) ||
        !decimal_subtract(c->operands[low].value, result.expected, &result.difference))
        return judge_refuse(REASON_TOO_LARGE);
    result.subject = low;
    result.actual = c->operands[low].value;
    if (gap.below && gap.above)
        return judge_refuse(REASON_ESTIMATE);
    if (!gap.below && decimal_sign(gap.low) > 0)
        result.outcome = OUTCOME_FAIL;
    return result;
}

Judgement judge_bound(const Case *c) {
    Judgement result = judge_order(c, "earned", "weight");
    guint earned;
    if (result.outcome == OUTCOME_PASS && case_find(c, "earned", &earned) &&
        decimal_sign(c->operands[earned].value) < 0) {
        result.outcome = OUTCOME_FAIL;
        result.expected = DECIMAL_ZERO;
        result.difference = c->operands[earned].value;
    }
    return result;
}

/* What the words say of two changes, or of a change and its two years. */
Judgement judge_direction(const Case *c) {
    guint change, rate, now, last;
    Judgement result = {.outcome = OUTCOME_PASS};
    if (!case_find(c, "change", &change))
        return judge_refuse(REASON_NO_OPERAND);
    result.subject = change;
    result.actual = c->operands[change].value;
    if (case_find(c, "rate", &rate)) {
        gboolean zero = decimal_sign(c->operands[change].value) == 0 ||
                        decimal_sign(c->operands[rate].value) == 0;
        if (!zero && c->operands[change].sign != c->operands[rate].sign)
            result.outcome = OUTCOME_FAIL;
        return result;
    }
    if (!case_find(c, "this", &now) || !case_find(c, "last", &last))
        return judge_refuse(REASON_NO_OPERAND);
    int moved = decimal_compare(c->operands[now].value, c->operands[last].value);
    if (moved != 0 && (moved < 0) != (c->operands[change].sign < 0))
        result.outcome = OUTCOME_FAIL;
    return result;
}

Judgement judge_following(const Case *c) {
    guint now, last;
    Decimal next;
    if (!case_find(c, "this", &now) || !case_find(c, "last", &last))
        return judge_refuse(REASON_NO_OPERAND);
    if (!decimal_subtract(c->operands[now].value, decimal_from_integer(1), &next))
        return judge_refuse(REASON_TOO_LARGE);
    Interval actual = {.low = c->operands[last].value, .high = c->operands[last].value};
    return judge_difference(last, actual, c->operands[last].value,
                            (Interval){.low = next, .high = next}, next);
}

/* All are one figure, each read as it is printed. The value that most have is expected. */
Judgement judge_same(const Case *c) {
    Judgement result = {.outcome = OUTCOME_PASS};
    guint best = 0, best_votes = 0, odd = c->n;
    if (c->n < 2)
        return judge_refuse(REASON_NO_OPERAND);
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
        return judge_refuse(REASON_TOO_LARGE);
    for (guint i = 0; i < c->n; i++) {
        if (!interval_of(&c->operands[i], c->operands[i].exponent, &other))
            return judge_refuse(REASON_TOO_LARGE);
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
        return judge_refuse(REASON_TOO_LARGE);
    return result;
}
