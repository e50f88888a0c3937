/* What of what: a claim is settled where its figures fit. Where none do, words must be plain for it
 * to be wrong — the denominator is named or pointed to, others of its paragraph are shares of it,
 * or the rate names the deed right before it — or one slip of the hand must explain it, which is a
 * guess. */
#include "normalize/relation/fit.h"
#include "normalize/relation/text_claim.h"
#include "normalize/relation/text_total.h"
#include <string.h>

/* Far figures that are tried. */
enum { TIMES_MAX = 20, FAR_MAX = 24, RELATIONS_BACK_MAX = 256 };

typedef struct {
    TextReading *reading;
    Claim *claim;
    const Above *above;
    gboolean nearly; /* a slip of the hand will do */
} Search;

static const Fact *fact_at(const TextReading *reading, guint fact) {
    return report_fact(reading->report, fact);
}

gboolean claim_is_settled(const TextReading *reading, const Claim *claim) {
    return g_strcmp0(fact_at(reading, claim->rate)->role, "rate") == 0;
}

static gboolean is_above(const Above *above, guint fact) {
    for (guint i = 0; i < above->n; i++)
        if (above->facts[i] == fact)
            return TRUE;
    return FALSE;
}

/* A figure of another unit or period, or the numerator itself, is no denominator. */
gboolean claim_may_be_of(const TextReading *reading, const Above *above, guint below) {
    const Fact *part = fact_at(reading, above->facts[0]);
    const Fact *whole = fact_at(reading, below);
    return !is_above(above, below) && part->kind == whole->kind &&
           g_strcmp0(part->period, whole->period) == 0 &&
           facts_share_unit(reading->clues, part, whole) && decimal_sign(whole->value) != 0;
}

static gboolean may_be_below(const Search *search, guint below) {
    return claim_may_be_of(search->reading, search->above, below);
}

gboolean claim_is_again(const TextReading *reading, const Above *above, guint below) {
    const Fact *part = fact_at(reading, above->facts[0]), *other = fact_at(reading, below);
    return g_strcmp0(part->label, other->label) == 0 &&
           decimal_compare(part->value, other->value) == 0;
}

/* No slip of the hand leaves so little done of a plan. */
static gboolean is_giant(const Search *search, guint whole) {
    Decimal most;
    return decimal_multiply(fact_at(search->reading, search->above->facts[0])->value,
                            decimal_from_integer(TIMES_MAX), &most) &&
           decimal_compare(fact_at(search->reading, whole)->value, most) > 0;
}

static gboolean fits(const Search *search, guint below) {
    const Report *report = search->reading->report;
    const Above *above = search->above;
    guint rate = search->claim->rate;
    if (!may_be_below(search, below))
        return FALSE;
    if (search->nearly && search->claim->kind == CLAIM_SHARE &&
        decimal_compare(fact_at(search->reading, below)->value,
                        fact_at(search->reading, above->facts[0])->value) < 0)
        return FALSE; /* nothing is a share of less */
    if (search->nearly && search->claim->kind != CLAIM_SHARE &&
        (is_giant(search, below) || claim_is_again(search->reading, above, below)))
        return FALSE;
    return search->nearly
               ? fit_ratio_nearly(report, above->facts, above->n, below, rate) != FIT_NONE
               : fit_ratio(report, above->facts, above->n, below, rate);
}

static guint first_fitting(const Search *search, const GArray *facts, guint n) {
    for (guint i = 0; facts != NULL && i < MIN(facts->len, n); i++)
        if (fits(search, g_array_index(facts, guint, i)))
            return g_array_index(facts, guint, i);
    return REPORT_NONE;
}

/* Of the figures of a name those before the rate, nearest first, then the others. */
static guint first_fitting_around(const Search *search, const GArray *facts) {
    guint at = 0;
    while (facts != NULL && at < facts->len &&
           g_array_index(facts, guint, at) < search->claim->rate)
        at++;
    for (guint i = at; i > 0 && at - i < FAR_MAX; i--)
        if (fits(search, g_array_index(facts, guint, i - 1)))
            return g_array_index(facts, guint, i - 1);
    for (guint i = at; facts != NULL && i < facts->len && i - at < FAR_MAX; i++)
        if (fits(search, g_array_index(facts, guint, i)))
            return g_array_index(facts, guint, i);
    return REPORT_NONE;
}

/* 100%: any two that are equal fit. */
static gboolean is_all(const Search *search) {
    return decimal_compare(fact_at(search->reading, search->claim->rate)->value,
                           decimal_from_integer(100)) == 0;
}

/* The total of a list, or a plan: what money was spent of. */
static gboolean is_sum(const Fact *fact) {
    return g_strcmp0(fact->role, "total") == 0 || fact_is(fact, CONCEPT_BUDGET);
}

/* Of an execution rate whose budget is not called so: a figure of the report that fits. */
static guint first_fitting_sum(const Search *search, const char *unit) {
    const GArray *facts = names_counted(search->reading->names, unit);
    if (fact_at(search->reading, search->claim->rate)->decimals == 0)
        return REPORT_NONE;
    for (guint i = 0; facts != NULL && i < facts->len; i++) {
        guint fact = g_array_index(facts, guint, i);
        if ((!search->nearly || is_sum(fact_at(search->reading, fact))) && fits(search, fact))
            return fact;
    }
    return REPORT_NONE;
}

/* Far from the rate: what is called like the numerator, then plans. */
static guint find_far(const Search *search) {
    const Names *names = search->reading->names;
    guint first = search->above->facts[0];
    const char *unit = fact_at(search->reading, first)->unit;
    guint found = first_fitting_around(search, names_like(names, first));
    guint labelled = claim_below_by_label(search->reading, first);
    if (found == REPORT_NONE && labelled != REPORT_NONE && fits(search, labelled))
        found = labelled;
    if (found == REPORT_NONE && !(search->nearly && search->above->bare))
        found = first_fitting_around(search, names_planned(names, unit));
    gboolean guess = search->nearly && search->claim->kind == CLAIM_COMPLETION;
    gboolean money = g_strcmp0(search->claim->rule, "EXE-01") == 0 || search->claim->placed;
    if (found == REPORT_NONE && !guess && money)
        found = first_fitting_sum(search, unit);
    return found;
}

/* 强制免疫补助支付 1420 万元，支付率 100%: of the figure that has its name. */
static guint all_of_label(const Search *search) {
    guint below = claim_below_by_label(search->reading, search->above->facts[0]);
    return below != REPORT_NONE && fits(search, below) ? below : REPORT_NONE;
}

/* The denominator that fits the numerator, the likeliest first. */
static guint find_below(const Search *search) {
    const Claim *claim = search->claim;
    if (claim->pointed != REPORT_NONE)
        return fits(search, claim->pointed) ? claim->pointed : REPORT_NONE;
    if (search->nearly && claim->kind == CLAIM_COMPLETION) /* of a plan, not of any figure */
        return find_far(search);
    guint found = REPORT_NONE;
    if (*claim->whole != '\0')
        found = first_fitting_around(search, names_called(search->reading->names, claim->whole));
    if (found == REPORT_NONE && !(search->nearly && (search->above->bare || *claim->whole != '\0')))
        found = first_fitting(search, claim->below,
                              search->nearly && !search->above->named ? claim->own : G_MAXUINT);
    if (found != REPORT_NONE || claim->kind == CLAIM_SHARE)
        return found;
    return is_all(search) ? all_of_label(search) : find_far(search);
}

static const char *rule_of(const TextReading *reading, const Claim *claim, const Above *above) {
    if (claim->rule != NULL)
        return claim->rule;
    return fact_at(reading, above->facts[0])->kind == FIGURE_COUNT ? "CNT-09" : "PCT-04";
}

void claim_relate(TextReading *reading, Claim *claim, const Above *above, guint below,
                  gboolean certain) {
    Report *report = reading->report;
    guint rate = claim->rate;
    guint relation =
        relation_begin(report, rule_of(reading, claim, above), report_fact(report, rate)->place);
    report_relation(report, relation)->scope = *claim->whole != '\0'
                                                   ? report_string(report, claim->whole)
                                                   : report_fact(report, rate)->label;
    report_relation(report, relation)->certain = certain;
    for (guint i = 0; i < above->n; i++)
        relation_add(report, relation, above->facts[i], "numerator");
    if (below != REPORT_NONE)
        relation_add(report, relation, below, "denominator");
    relation_add(report, relation, rate, "rate");
    fact_take_role(report, rate, "rate");
    claim->settled = certain ? below : REPORT_NONE;
    claim->numerator = above->facts[0];
}

static void relate(Search *search, guint below, gboolean certain) {
    claim_relate(search->reading, search->claim, search->above, below, certain);
}

static Claim *claim_at(const TextReading *reading, guint i) {
    return &g_array_index(reading->claims, Claim, i);
}

/* Whether the figures of the claim settle it, exactly or but for a slip: of few digits only where
 * words say of what it is. */
static gboolean settle_by_figures(TextReading *reading, Claim *claim, gboolean nearly) {
    gboolean told =
        claim->pointed != REPORT_NONE || *claim->whole != '\0' || claim->kind == CLAIM_COMPLETION;
    if (nearly && !told && fact_at(reading, claim->rate)->decimals == 0)
        return FALSE;
    for (guint i = 0; i < claim->above->len; i++) {
        Search search = {reading, claim, &g_array_index(claim->above, Above, i), nearly};
        if (nearly && claim->kind == CLAIM_COMPLETION && !search.above->named)
            continue;
        guint below = find_below(&search);
        if (below == REPORT_NONE)
            continue;
        relate(&search, below, !nearly);
        return TRUE;
    }
    return FALSE;
}

void claims_settle_exact(TextReading *reading) {
    claims_settle_shares(reading);
    for (guint i = 0; i < reading->claims->len; i++)
        if (!claim_is_settled(reading, claim_at(reading, i)))
            settle_by_figures(reading, claim_at(reading, i), FALSE);
}

/* The whole that other shares of the paragraph are of. */
static guint whole_of_others(const TextReading *reading, guint index) {
    const Claim *claim = claim_at(reading, index);
    for (int step = -1; step <= 1; step += 2)
        for (guint i = index + (guint)step; i < reading->claims->len; i += (guint)step) {
            const Claim *other = claim_at(reading, i);
            if (other->paragraph != claim->paragraph)
                break;
            if (other->kind == CLAIM_SHARE && other->settled != REPORT_NONE &&
                (g_str_equal(other->whole, claim->whole) || *other->whole == '\0' ||
                 *claim->whole == '\0'))
                return other->settled;
        }
    return REPORT_NONE;
}

/* The total that a list gives the part; REPORT_NONE where none does. */
static guint total_of(const Report *report, guint part) {
    const GArray *relations = report->relations;
    for (guint i = relations->len; i > 0 && relations->len - i < RELATIONS_BACK_MAX; i--) {
        const Relation *relation = &g_array_index(relations, Relation, i - 1);
        const Member *total = &g_array_index(relation->members, Member, 0);
        if (!g_str_equal(total->role, "total"))
            continue;
        for (guint k = 1; k < relation->members->len; k++)
            if (g_array_index(relation->members, Member, k).fact == part)
                return total->fact;
    }
    return REPORT_NONE;
}

/* No slip of the hand makes a whole this small: another figure has its name. */
static gboolean is_dwarf(const Search *search, guint whole) {
    Decimal tenfold;
    return decimal_scale(fact_at(search->reading, whole)->value, 1, &tenfold) &&
           decimal_compare(tenfold, fact_at(search->reading, search->above->facts[0])->value) < 0;
}

/* The one value that figures of this name have; REPORT_NONE for several, or none. */
static guint only_called(const Search *search) {
    const GArray *facts = names_called(search->reading->names, search->claim->whole);
    guint found = REPORT_NONE;
    for (guint i = 0; facts != NULL && i < facts->len; i++) {
        guint fact = g_array_index(facts, guint, i);
        if (!may_be_below(search, fact) || is_dwarf(search, fact) ||
            g_strcmp0(fact_at(search->reading, fact)->period,
                      fact_at(search->reading, search->above->facts[0])->period) != 0)
            continue;
        if (found != REPORT_NONE && decimal_compare(fact_at(search->reading, found)->value,
                                                    fact_at(search->reading, fact)->value) != 0)
            return REPORT_NONE;
        if (found == REPORT_NONE || fact < search->claim->rate)
            found = fact;
    }
    return found;
}

/* 满意 397 份、基本满意 58 份: the rate names both, and neither is of the other. */
static gboolean is_named_too(const Claim *claim, guint fact) {
    for (guint i = 0; i < claim->above->len; i++) {
        const Above *above = &g_array_index(claim->above, Above, i);
        if (above->named && above->facts[0] == fact)
            return TRUE;
    }
    return FALSE;
}

/* Right before what was done, in its sentence, and no less: 问题 165 个，已整改 161 个. */
static guint before_deed(const Search *search) {
    const Claim *claim = search->claim;
    gboolean behind = FALSE;
    for (guint i = 0; i < claim->near; i++) {
        guint fact = g_array_index(claim->below, guint, i);
        if (behind && may_be_below(search, fact))
            return !is_named_too(claim, fact) &&
                           decimal_compare(
                               fact_at(search->reading, fact)->value,
                               fact_at(search->reading, search->above->facts[0])->value) >= 0
                       ? fact
                       : REPORT_NONE;
        behind |= fact == search->above->facts[0];
    }
    return REPORT_NONE;
}

/* 结婚登记 2863 对，离婚登记 1052 对，登记合格率 100%: all of each, and neither of the other. */
static gboolean are_siblings(const Search *search, guint below) {
    Decimal twice;
    return is_all(search) &&
           decimal_multiply(fact_at(search->reading, search->above->facts[0])->value,
                            decimal_from_integer(2), &twice) &&
           decimal_compare(fact_at(search->reading, below)->value, twice) > 0;
}

/* The denominator that the words leave no doubt of. */
static guint by_words(const TextReading *reading, guint index, const Search *search) {
    const Claim *claim = search->claim;
    if (!search->above->named || search->above->n > 1)
        return REPORT_NONE;
    guint below = REPORT_NONE;
    switch (claim->kind) {
    case CLAIM_SHARE:
        below = whole_of_others(reading, index);
        if (below == REPORT_NONE && *claim->whole != '\0')
            below = only_called(search);
        if (below == REPORT_NONE && *claim->whole == '\0')
            below = total_of(reading->report, search->above->facts[0]);
        break;
    case CLAIM_COMPLETION:
        below = claim->above->len == 1 ? claim->pointed : REPORT_NONE;
        if (below != REPORT_NONE && is_giant(search, below))
            below = REPORT_NONE;
        break;
    case CLAIM_RATE:
        if (claim->rule == NULL && !claim->scaled) /* else the formula's */
            below = before_deed(search);
        if (below != REPORT_NONE && are_siblings(search, below))
            below = REPORT_NONE;
        break;
    }
    return below != REPORT_NONE && may_be_below(search, below) ? below : REPORT_NONE;
}

static void settle(TextReading *reading, guint index) {
    Claim *claim = claim_at(reading, index);
    for (guint i = 0; i < claim->above->len; i++) {
        Search search = {reading, claim, &g_array_index(claim->above, Above, i), FALSE};
        guint below = by_words(reading, index, &search);
        if (below == REPORT_NONE)
            continue;
        relate(&search, below, TRUE);
        return;
    }
    if (settle_by_figures(reading, claim, TRUE) || claim_guess(reading, claim) ||
        claim->kind == CLAIM_RATE || claim->above->len == 0)
        return;
    Search search = {reading, claim, &g_array_index(claim->above, Above, 0), FALSE};
    relate(&search, REPORT_NONE, TRUE); /* of what is not said: not checkable */
}

/* A formula took the rate and found an operand missing: it says what is missing, no more. */
static gboolean is_incomplete(const TextReading *reading, const Claim *claim) {
    const GArray *relations = reading->report->relations;
    if (claim->kind != CLAIM_RATE || claim->rule == NULL || claim->numerator != REPORT_NONE)
        return FALSE;
    for (guint i = 0; i < relations->len; i++) {
        const GArray *members = g_array_index(relations, Relation, i).members;
        for (guint k = 0; k < members->len; k++)
            if (g_array_index(members, Member, k).fact == claim->rate && members->len > 2)
                return FALSE;
    }
    return TRUE;
}

void claims_settle(TextReading *reading) {
    claims_settle_rows(reading);
    for (guint i = 0; i < reading->claims->len; i++) {
        Claim *claim = claim_at(reading, i);
        if (!claim_is_settled(reading, claim))
            settle(reading, i);
        else if (is_incomplete(reading, claim))
            claim_guess(reading, claim);
    }
}
