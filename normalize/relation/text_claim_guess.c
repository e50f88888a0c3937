/* What a claim is likeliest of where no figures fit: a hint for a person to look at.
 *
 *   投放 31.2 万张，核销 29.328 万张，核销率 49%        the figure before the deed in its sentence
 *   甲县 2640 万元 … 甲县支出 2534.40 万元，执行率 69%  the plan of the same name
 *   完成 6180 批次，完成率 130%                         the only plan in the unit
 *
 * The denominator must be as near to what was done as plans and results are, so that a figure of
 * something else is not taken for it.
 */
#include "normalize/relation/fit.h"
#include "normalize/relation/text_claim.h"
#include <string.h>

/* A result is no more than so many times its plan, nor less than its part of it. */
enum { TIMES_MAX = 2, NAME_CHARACTERS_MIN = 3, STEM_CHARACTERS = 2 };
/* Relations that are looked at for what tells the whole. */
enum { RELATIONS_BACK_MAX = 256 };

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

/* The characters of the name in their order: 新增床位 of 新增养老床位. */
static gboolean is_within(const char *name, const char *label) {
    for (const char *p = name; *p != '\0'; p = g_utf8_next_char(p)) {
        while (*label != '\0' && g_utf8_get_char(label) != g_utf8_get_char(p))
            label = g_utf8_next_char(label);
        if (*label == '\0')
            return FALSE;
        label = g_utf8_next_char(label);
    }
    return TRUE;
}

/* Amounts have one unit whatever they are of, so that their names must begin alike. */
static gboolean is_kin(const Guess *guess, guint fact) {
    const Fact *part = fact_at(guess, guess->above->facts[0]);
    const char *label = fact_at(guess, fact)->label;
    if (part->kind != FIGURE_AMOUNT)
        return TRUE;
    if (part->label == NULL || label == NULL || g_utf8_strlen(part->label, -1) < STEM_CHARACTERS)
        return FALSE;
    g_autofree char *stem = g_utf8_substring(part->label, 0, STEM_CHARACTERS);
    return is_within(stem, label);
}

/* The one value that the figures have that may be the denominator. */
static guint only_plausible(const Guess *guess, const GArray *facts) {
    guint found = REPORT_NONE;
    for (guint i = 0; facts != NULL && i < facts->len; i++) {
        guint fact = g_array_index(facts, guint, i);
        if (!is_plausible(guess, fact) || !is_kin(guess, fact) ||
            claim_is_again(guess->reading, guess->above, fact))
            continue;
        if (!fit_one_value(guess->reading->report, fact, &found))
            return REPORT_NONE;
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

/* No less than its part. */
static gboolean may_be_whole(const Guess *guess, guint fact) {
    return claim_may_be_of(guess->reading, guess->above, fact) &&
           decimal_compare(fact_at(guess, fact)->value,
                           fact_at(guess, guess->above->facts[0])->value) >= 0;
}

/* Of the figures before the share in its paragraph the nearest that is called nearly so. */
static guint called_nearly(const Guess *guess) {
    const Claim *claim = guess->claim;
    if (g_utf8_strlen(claim->whole, -1) < NAME_CHARACTERS_MIN)
        return REPORT_NONE;
    g_autofree char *stem = g_utf8_substring(claim->whole, 0, STEM_CHARACTERS); /* 取证人数 */
    for (guint i = 0; i < claim->below->len; i++) {
        guint fact = g_array_index(claim->below, guint, i);
        const char *label = fact_at(guess, fact)->label;
        if (label != NULL && (is_within(claim->whole, label) || is_within(stem, label)) &&
            may_be_whole(guess, fact))
            return fact;
    }
    return REPORT_NONE;
}

/* 占预算安排的 97.18%: the one value that totals and budgets of the report have which may be the
 * whole. */
static guint only_total(const Guess *guess) {
    guint found = REPORT_NONE;
    const GArray *facts =
        names_counted(guess->reading->names, fact_at(guess, guess->above->facts[0])->unit);
    for (guint i = 0; facts != NULL && i < facts->len; i++) {
        guint fact = g_array_index(facts, guint, i);
        const Fact *total = fact_at(guess, fact);
        gboolean is_total = g_strcmp0(total->role, "total") == 0 || fact_is(total, CONCEPT_BUDGET);
        if (!is_total || !is_plausible(guess, fact) || !may_be_whole(guess, fact))
            continue;
        if (!fit_one_value(guess->reading->report, fact, &found))
            return REPORT_NONE;
    }
    return found;
}

/* 占全年支出的: the one value that the department's figures of this operand have. */
static guint only_operand(const Guess *guess) {
    const char *operand = clues_operand(guess->reading->clues, FIGURE_AMOUNT, guess->claim->whole);
    const GArray *places =
        operand == NULL ? NULL : g_hash_table_lookup(guess->reading->operands, operand);
    guint found = REPORT_NONE;
    for (guint i = 0; places != NULL && i < places->len; i++) {
        guint fact =
            g_array_index(guess->reading->places, Place, g_array_index(places, guint, i)).fact;
        if (!may_be_whole(guess, fact))
            continue;
        if (!fit_one_value(guess->reading->report, fact, &found))
            return REPORT_NONE;
    }
    return found;
}

static guint guess_whole(const Guess *guess) {
    guint whole = called_nearly(guess);
    if (whole == REPORT_NONE)
        whole = only_operand(guess);
    if (whole == REPORT_NONE && clues_plan(guess->reading->clues, guess->claim->whole) != NULL)
        whole = only_total(guess);
    return whole;
}

/* A plan by its label: 涉及预算. */
static gboolean is_plan(const Guess *guess, guint fact) {
    const char *label = fact_at(guess, fact)->label;
    return label != NULL && clues_plan(guess->reading->clues, label) != NULL;
}

/* 100%: of what need not be said. */
static gboolean is_all(const Guess *guess) {
    return decimal_compare(fact_at(guess, guess->claim->rate)->value, decimal_from_integer(100)) ==
           0;
}

/* 支付进度 of what was paid. */
static gboolean is_of_money(const Guess *guess) {
    gsize n;
    const char *name = guess->claim->name;
    return guess->claim->kind == CLAIM_RATE && name != NULL && !is_all(guess) &&
           fact_at(guess, guess->above->facts[0])->kind == FIGURE_AMOUNT &&
           clues_find(guess->reading->clues, CLUE_SPENT, name, &n) != NULL;
}

static gboolean is_of_completion(const Guess *guess) {
    gsize n;
    const Claim *claim = guess->claim;
    return claim->kind == CLAIM_COMPLETION ||
           (claim->name != NULL &&
            clues_find(guess->reading->clues, CLUE_COMPLETED, claim->name, &n) != NULL);
}

static guint member_in(const Relation *relation, const char *role) {
    for (guint i = 0; i < relation->members->len; i++) {
        const Member *member = &g_array_index(relation->members, Member, i);
        if (g_str_equal(member->role, role))
            return member->fact;
    }
    return REPORT_NONE;
}

/* 应拨 4800 万元，拨付 4636.80 万元，未使用 163.20 万元: what is left tells the whole. */
static guint whole_of_rest(const Guess *guess) {
    const GArray *relations = guess->reading->report->relations;
    guint used = guess->above->facts[0];
    for (guint i = relations->len; i > 0 && relations->len - i < RELATIONS_BACK_MAX; i--) {
        const Relation *relation = &g_array_index(relations, Relation, i - 1);
        gboolean money = g_str_equal(relation->rule, "BAL-05");
        if (!relation->certain || !(money || g_str_equal(relation->rule, "SUM-12")) ||
            member_in(relation, money ? "last" : "part") != used)
            continue;
        guint whole = member_in(relation, money ? "this" : "total");
        return whole != REPORT_NONE && is_plausible(guess, whole) ? whole : REPORT_NONE;
    }
    return REPORT_NONE;
}

static guint guess_below(const Guess *guess) {
    const Names *names = guess->reading->names;
    const Claim *claim = guess->claim;
    guint first = guess->above->facts[0];
    if (claim->kind == CLAIM_SHARE) /* of what, its words must say */
        return guess->above->named || guess->claim->above->len == 1 ? guess_whole(guess)
                                                                    : REPORT_NONE;
    if (has_rate(guess))
        return REPORT_NONE;
    if (claim->pointed != REPORT_NONE)
        return is_plausible(guess, claim->pointed) ? claim->pointed : REPORT_NONE;
    guint below = is_all(guess) ? REPORT_NONE : whole_of_rest(guess);
    if (below != REPORT_NONE && guess->above->named)
        return below;
    below = claim->kind == CLAIM_RATE && guess->above->named && !claim->scaled ? before_deed(guess)
                                                                               : REPORT_NONE;
    if (below != REPORT_NONE && claim->rule != NULL && !is_plan(guess, below))
        below = REPORT_NONE; /* the formula's */
    if (below == REPORT_NONE && guess->above->named)
        below = only_plausible(guess, names_like(names, first));
    guint labelled = claim_below_by_label(guess->reading, first);
    if (below == REPORT_NONE && guess->above->named && labelled != REPORT_NONE && !is_all(guess) &&
        is_plausible(guess, labelled))
        below = labelled;
    if (below == REPORT_NONE && guess->above->named)
        below = only_plausible(guess, names_alike(names, first));
    if (below == REPORT_NONE && guess->above->named && is_of_money(guess))
        below = only_total(guess);
    if (below == REPORT_NONE && guess->above->named && is_of_completion(guess))
        below = only_plausible(guess, names_planned(names, fact_at(guess, first)->unit));
    return below;
}

gboolean claim_guess(TextReading *reading, Claim *claim) {
    for (guint i = 0; i < claim->above->len; i++) {
        Guess guess = {reading, claim, &g_array_index(claim->above, Above, i)};
        gboolean some = g_strcmp0(fact_at(&guess, guess.above->facts[0])->role, "part") == 0;
        guint below = guess.above->n == 1 && !(some && is_all(&guess)) /* 优的 10 个: not all */
                          ? guess_below(&guess)
                          : REPORT_NONE;
        if (below == REPORT_NONE)
            continue;
        claim_relate(reading, claim, guess.above, below, FALSE);
        return TRUE;
    }
    return FALSE;
}
