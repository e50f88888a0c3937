/* What a claim is likeliest of where no figures fit: a hint for a person to look at.
 *
 *   投放 31.2 万张，核销 29.328 万张，核销率 49%          the figure before the deed in its
 * sentence 甲县 2640 万元 … 甲县支出 2534.40 万元，执行率 69%     the plan of the same name 完成
 * 6180 批次，完成率 130%                            the only plan in the unit
 *
 * The denominator must be as near to what was done as plans and results are, so that a figure of
 * something else is not taken for it.
 */
#include "normalize/relation/text_claim.h"
#include <string.h>

/* A result is no more than so many times its plan, nor less than its part of it. */
enum { TIMES_MAX = 2 };

typedef struct {
    const TextReading *reading;
    const Claim *claim;
    const Above *above;
} Guess;

static const Fact *fact_at(const Guess *guess, guint fact) {
    return report_fact(guess->reading->report, fact);
}

/* Of the unit of what was done, and of its size. */
static gboolean is_plausible(const Guess *guess, guint below) {
    const Fact *part = fact_at(guess, guess->above->facts[0]), *whole = fact_at(guess, below);
    Decimal twice_part, twice_whole;
    return claim_may_be_of(guess->reading, guess->above, below) &&
           decimal_multiply(part->value, decimal_from_integer(TIMES_MAX), &twice_part) &&
           decimal_multiply(whole->value, decimal_from_integer(TIMES_MAX), &twice_whole) &&
           decimal_compare(whole->value, twice_part) <= 0 &&
           decimal_compare(part->value, twice_whole) <= 0;
}

/* The one value that the figures have that may be the denominator. */
static guint only_plausible(const Guess *guess, const GArray *facts) {
    guint found = REPORT_NONE;
    for (guint i = 0; facts != NULL && i < facts->len; i++) {
        guint fact = g_array_index(facts, guint, i);
        if (!is_plausible(guess, fact))
            continue;
        if (found != REPORT_NONE &&
            decimal_compare(fact_at(guess, found)->value, fact_at(guess, fact)->value) != 0)
            return REPORT_NONE;
        found = found == REPORT_NONE ? fact : found;
    }
    return found;
}

/* Right before the deed in the sentence of its rate. */
static guint before_deed(const Guess *guess) {
    const Claim *claim = guess->claim;
    gboolean behind = FALSE;
    for (guint i = 0; i < claim->own; i++) {
        guint fact = g_array_index(claim->below, guint, i);
        if (behind && claim_may_be_of(guess->reading, guess->above, fact))
            return is_plausible(guess, fact) ? fact : REPORT_NONE;
        behind |= fact == guess->above->facts[0];
    }
    return REPORT_NONE;
}

/* 甲支出 1990.56 万元，执行率 94.25%，执行率 92.66%: a figure has one rate of a kind; another's own
 * figure is not there. */
static gboolean has_rate(const Guess *guess) {
    for (guint i = 0; i < guess->reading->claims->len; i++) {
        const Claim *other = &g_array_index(guess->reading->claims, Claim, i);
        if (other != guess->claim && other->settled != REPORT_NONE &&
            other->kind == guess->claim->kind && other->numerator == guess->above->facts[0] &&
            g_strcmp0(other->rule, guess->claim->rule) == 0)
            return TRUE;
    }
    return FALSE;
}

static guint guess_below(const Guess *guess) {
    const Names *names = guess->reading->names;
    const Claim *claim = guess->claim;
    guint first = guess->above->facts[0];
    if (claim->kind == CLAIM_SHARE || has_rate(guess)) /* of what, its words must say */
        return REPORT_NONE;
    if (claim->pointed != REPORT_NONE)
        return is_plausible(guess, claim->pointed) ? claim->pointed : REPORT_NONE;
    guint below = claim->kind == CLAIM_RATE && guess->above->named && claim->rule == NULL
                      ? before_deed(guess)
                      : REPORT_NONE;
    if (below == REPORT_NONE && guess->above->named)
        below = only_plausible(guess, names_like(names, first));
    if (below == REPORT_NONE && guess->above->named && claim->kind == CLAIM_COMPLETION)
        below = only_plausible(guess, names_planned(names, fact_at(guess, first)->unit));
    return below;
}

gboolean claim_guess(TextReading *reading, Claim *claim) {
    for (guint i = 0; i < claim->above->len; i++) {
        Guess guess = {reading, claim, &g_array_index(claim->above, Above, i)};
        guint below = guess.above->n == 1 ? guess_below(&guess) : REPORT_NONE;
        if (below == REPORT_NONE)
            continue;
        claim_relate(reading, claim, guess.above, below, FALSE);
        return TRUE;
    }
    return FALSE;
}
