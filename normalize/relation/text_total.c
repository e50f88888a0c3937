#include "normalize/relation/text_total.h"
#include "normalize/check/slip.h"
#include "normalize/relation/text_relation.h"
#include <string.h>

/* Amounts with fewer digits agree with a slip by chance; with these, hardly ever. */
enum {
    SLIP_COUNT_DIGITS_MIN = 2,
    SLIP_PAIR_DIGITS_MIN = 3,
    COPY_TOKENS_MAX = 3,
    COPY_TIMES_MAX = 2
};
enum { COVERED_PERCENT_MIN = 50, NEAR_PERCENT_MIN = 75 };
enum { SLIP_DIGITS_MIN = 4, SLIP_DIGITS_PROVE = 5, SLIP_PARTS_PROVE = 3 };

static const char ANY_SUM[] = "SUM-01"; /* of amounts as of counts */

gboolean fact_is_people(const Clues *clues, const Fact *fact) {
    return fact->kind == FIGURE_COUNT && clues_is(clues, CLUE_PEOPLE, fact->unit);
}

gboolean facts_share_unit(const Clues *clues, const Fact *a, const Fact *b) {
    return g_strcmp0(a->unit, b->unit) == 0 ||
           (fact_is_people(clues, a) && fact_is_people(clues, b));
}

/* Whether a figure may be a part of the total, by what it is. */
gboolean total_takes(const Flow *flow, guint i, guint total) {
    const Token *part = flow_token(flow, i), *whole = flow_token(flow, total);
    return flow_is_exact(flow, i, flow_fact(flow, total)->kind) && !part->base &&
           part->each == whole->each &&
           facts_share_unit(flow->clues, flow_fact(flow, i), flow_fact(flow, total)) &&
           (part->change != CHANGE_NONE) == (whole->change != CHANGE_NONE);
}

/* −1 where a part fell while the total grew, or the other way. */
static int part_sign(const Flow *flow, guint part, guint total) {
    return flow_token(flow, part)->change == flow_token(flow, total)->change ? 1 : -1;
}

gboolean candidate_sum(const Flow *flow, guint total, const GArray *parts, Decimal *sum) {
    *sum = DECIMAL_ZERO;
    for (guint i = 0; i < parts->len; i++) {
        guint part = g_array_index(parts, guint, i);
        Decimal value = flow_fact(flow, part)->value;
        if (!decimal_add(*sum, part_sign(flow, part, total) < 0 ? decimal_negate(value) : value,
                         sum))
            return FALSE;
    }
    return TRUE;
}

void candidate_clear(gpointer data) { g_array_unref(((Candidate *)data)->parts); }

gboolean candidate_adds_up(const Flow *flow, const Candidate *candidate) {
    return candidate->parts->len >= 2 &&
           decimal_compare(flow_fact(flow, candidate->total)->value, candidate->sum) == 0;
}

/* Digits of the total down to the last place that any of the figures prints: 6600 beside 2534.40
 * has six. */
static guint digits_of(const Flow *flow, const Candidate *candidate) {
    const Fact *total = flow_fact(flow, candidate->total);
    int places = total->decimals - total->unit_power;
    Decimal scaled;
    for (guint i = 0; i < candidate->parts->len; i++) {
        const Fact *part = flow_fact(flow, g_array_index(candidate->parts, guint, i));
        places = MAX(places, part->decimals - part->unit_power);
    }
    if (!decimal_scale(decimal_absolute(total->value), places, &scaled))
        return slip_digits(total->value);
    g_autofree char *text = decimal_text(scaled);
    return (guint)strcspn(text, ".");
}

/* A figure that stands nearby once more was copied from there, or there from it. */
static gboolean is_copied(const Flow *flow, guint token) {
    const Fact *own = flow_fact(flow, token);
    guint from = token > COPY_TOKENS_MAX ? token - COPY_TOKENS_MAX : 0;
    for (guint i = from; i < MIN(token + COPY_TOKENS_MAX + 1, flow->tokens->len); i++)
        if (i != token && flow_is_fact(flow, i, own->kind) && decimal_sign(own->value) != 0 &&
            strcmp(flow_fact(flow, i)->text, own->text) == 0)
            return TRUE;
    return FALSE;
}

/* One slip in the total or in a part, or one that repeats its neighbour, explains the gap. */
/* A part that stands for its neighbour's: what it was before is no more than the others are. Equal
 * parts of a list that names some only leave far more. */
static gboolean is_copy_of(const Flow *flow, const Candidate *candidate, guint part, Decimal gap) {
    Decimal was, most = DECIMAL_ZERO;
    if (!is_copied(flow, part) || !decimal_subtract(flow_fact(flow, part)->value, gap, &was) ||
        decimal_sign(was) <= 0)
        return FALSE;
    for (guint i = 0; i < candidate->parts->len; i++) {
        guint other = g_array_index(candidate->parts, guint, i);
        if (other != part && decimal_compare(flow_fact(flow, other)->value, most) > 0)
            most = flow_fact(flow, other)->value;
    }
    return decimal_multiply(most, decimal_from_integer(COPY_TIMES_MAX), &most) &&
           decimal_compare(was, most) <= 0;
}

/* One slip of the hand makes the list whole; `copies`: or one figure copied from its neighbour. */
static gboolean has_slip(const Flow *flow, const Candidate *candidate, gboolean copies) {
    const Fact *total = flow_fact(flow, candidate->total);
    Decimal gap;
    guint digits = digits_of(flow, candidate);
    gboolean few = digits < SLIP_DIGITS_MIN - (candidate->parts->len >= SLIP_PARTS_PROVE ? 1 : 0);
    if (total->kind == FIGURE_COUNT) /* whole things: with more parts fewer digits will do */
        few = digits < (candidate->parts->len < SLIP_PARTS_PROVE ? SLIP_PAIR_DIGITS_MIN
                                                                 : SLIP_COUNT_DIGITS_MIN);
    if (few || !decimal_subtract(candidate->sum, total->value, &gap))
        return FALSE;
    if (fact_slips_by(total, gap) || (copies && is_copied(flow, candidate->total)))
        return TRUE;
    for (guint i = 0; i < candidate->parts->len; i++) {
        guint part = g_array_index(candidate->parts, guint, i);
        gboolean less = part_sign(flow, part, candidate->total) < 0;
        const Fact *fact = flow_fact(flow, part);
        if (fact_slips_by(fact, less ? gap : decimal_negate(gap)))
            return TRUE;
        if (copies && is_copy_of(flow, candidate, part, less ? decimal_negate(gap) : gap))
            return TRUE;
    }
    return FALSE;
}

gboolean candidate_is_slip(const Flow *flow, const Candidate *candidate) {
    return has_slip(flow, candidate, TRUE);
}

/* The difference is what rounding of the parts leaves. */
gboolean candidate_nearly_adds_up(const Flow *flow, const Candidate *candidate) {
    const Fact *total = flow_fact(flow, candidate->total);
    Decimal gap, unit = {.coefficient = (gint128)candidate->parts->len + 1};
    int exponent = total->unit_power - total->decimals;
    for (guint i = 0; i < candidate->parts->len; i++) {
        const Fact *part = flow_fact(flow, g_array_index(candidate->parts, guint, i));
        exponent = MIN(exponent, part->unit_power - part->decimals);
    }
    return candidate->parts->len >= 2 && exponent < total->unit_power &&
           decimal_subtract(candidate->sum, total->value, &gap) &&
           decimal_scale(unit, exponent, &unit) && decimal_multiply(unit, (Decimal){5, 1}, &unit) &&
           decimal_compare(decimal_absolute(gap), unit) <= 0;
}

static gboolean is_within_percent(const Flow *flow, const Candidate *candidate, int percent) {
    Decimal most, whole;
    Decimal total = flow_fact(flow, candidate->total)->value;
    return decimal_multiply(total, (Decimal){percent, 2}, &most) &&
           decimal_multiply(total, (Decimal){200 - percent, 2}, &whole) &&
           decimal_compare(candidate->sum, most) >= 0 &&
           decimal_compare(candidate->sum, whole) <= 0;
}

gboolean candidate_covers(const Flow *flow, const Candidate *candidate) {
    return is_within_percent(flow, candidate, COVERED_PERCENT_MIN);
}

gboolean candidate_is_near(const Flow *flow, const Candidate *candidate) {
    return is_within_percent(flow, candidate, NEAR_PERCENT_MIN);
}

/* What the figure is called: its label and the words before it. */
static char *full_name(const Flow *flow, guint i) {
    g_autofree char *words = flow_words(flow, i);
    const char *label = flow_fact(flow, i)->label;
    return g_strconcat(words, " ", label == NULL ? "" : label, NULL);
}

/* The rule of the whole that the parts make by their names, where it fits their kind. */
const char *candidate_whole(const Flow *flow, const Candidate *candidate) {
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < candidate->parts->len; i++)
        g_ptr_array_add(names, full_name(flow, g_array_index(candidate->parts, guint, i)));
    const char *rule = clues_whole(flow->clues, names);
    gboolean counts = rule != NULL && g_str_has_prefix(rule, "CNT");
    gboolean count = flow_fact(flow, candidate->total)->kind == FIGURE_COUNT;
    return counts == count || g_strcmp0(rule, ANY_SUM) == 0 ? rule : NULL;
}

gboolean candidate_has(const Flow *flow, const Candidate *candidate, ClueSet set) {
    gsize n;
    for (guint i = 0; i < candidate->parts->len; i++) {
        g_autofree char *name = full_name(flow, g_array_index(candidate->parts, guint, i));
        if (clues_find(flow->clues, set, name, &n) != NULL)
            return TRUE;
    }
    return FALSE;
}

gboolean candidate_has_rest(const Flow *flow, const Candidate *candidate) {
    return candidate->parts->len >= 2 && candidate_has(flow, candidate, CLUE_REST);
}

gboolean candidate_slip_proves(const Flow *flow, const Candidate *candidate) {
    return flow_fact(flow, candidate->total)->kind == FIGURE_AMOUNT &&
           candidate->parts->len >= SLIP_PARTS_PROVE &&
           slip_digits(flow_fact(flow, candidate->total)->value) >= SLIP_DIGITS_PROVE &&
           !is_copied(flow, candidate->total) && has_slip(flow, candidate, FALSE);
}

/* 甲、乙等: the list says that it is not all. */
gboolean candidate_is_open(const Flow *flow, const Candidate *candidate) {
    guint last = g_array_index(candidate->parts, guint, candidate->parts->len - 1);
    guint end = flow_token(flow, last)->end;
    g_autofree char *after = flow_text(flow, end, end + 1);
    return clues_is(flow->clues, CLUE_AND_SO_ON, after);
}

const char *candidate_rule(const Flow *flow, const Candidate *candidate, gboolean nested) {
    const char *whole = candidate_whole(flow, candidate);
    if (flow_token(flow, candidate->total)->change != CHANGE_NONE)
        return "SUM-11";
    if (candidate_has_rest(flow, candidate))
        return "SUM-12";
    if (whole != NULL && !g_str_equal(whole, ANY_SUM))
        return whole;
    if (fact_is_people(flow->clues, flow_fact(flow, candidate->total)))
        return "CNT-04";
    nested = nested && g_strcmp0(flow_fact(flow, candidate->total)->role, "part") == 0;
    return nested ? "SUM-03" : ANY_SUM;
}

void candidate_relate(Flow *flow, const char *rule, const Candidate *candidate, gboolean certain) {
    Report *report = flow->report;
    const GArray *parts = candidate->parts;
    guint total = candidate->total, last = g_array_index(parts, guint, parts->len - 1);
    guint from = MIN(total, g_array_index(parts, guint, 0)), to = MAX(total, last);
    guint relation = relation_begin(
        report, rule, flow_span(flow, flow_token(flow, from)->start, flow_token(flow, to)->end));
    report_relation(report, relation)->certain = certain;
    report_relation(report, relation)->scope = flow_fact(flow, total)->label;
    relation_add(report, relation, flow_token(flow, total)->fact, "total");
    fact_take_role(report, flow_token(flow, total)->fact, "total");
    for (guint i = 0; i < parts->len; i++) {
        guint part = g_array_index(parts, guint, i), fact = flow_token(flow, part)->fact;
        relation_add_signed(report, relation, fact, "part", part_sign(flow, part, total));
        fact_take_role(report, fact, "part");
    }
}
