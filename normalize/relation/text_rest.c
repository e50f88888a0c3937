/* What is left of something: 结余, 尚未支付, 其余, 超额完成.
 *
 *   批复 3480.00 万元 … 实际支付 3361.68 万元，尚有 118.32 万元未支付      of the whole, less a
 * part 完成 1206 辆，超额完成 86 辆，为年度目标 1120 辆的 …                   beyond a plan
 *
 * Words say only that it is a difference. Of what, the figures say: the part before it in its
 * paragraph and a whole that is both together. Where none is, one slip of the hand must lead to
 * one, and that is a guess.
 */
#include "normalize/check/slip.h"
#include "normalize/relation/fit.h"
#include "normalize/relation/text_relation.h"
#include "normalize/relation/text_total.h"
#include <string.h>

/* Parts before the rest that are tried; digits that a whole far away must have; letters behind the
 * figure that may say that it is a rest. */
enum {
    PARTS_MAX = 6,
    COUNTS_MAX = 3,
    WHOLES_MAX = 3,
    TOKENS_BACK_MAX = 32,
    FAR_DIGITS_MIN = 5,
    NEAR_DIGITS_MIN = 2
};
enum { AFTER_CHARACTERS_MAX = 8 };

typedef struct {
    Flow *flow;
    TextReading *reading;
    guint rest;                          /* token */
    gboolean beyond;                     /* above a whole, */
    gboolean left;                       /* or below it */
    guint parts[PARTS_MAX + WHOLES_MAX]; /* tokens, nearest first */
    guint n, behind;                     /* of them, those behind the rest, in its sentence */
} Rest;

static const Fact *fact_of(const Rest *rest, guint token) { return flow_fact(rest->flow, token); }

static gboolean is_level(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i);
    return (flow_is_exact(flow, i, FIGURE_AMOUNT) || flow_is_exact(flow, i, FIGURE_COUNT)) &&
           token->change == CHANGE_NONE && !token->base && !token->each;
}

/* 尚有 118.32 万元未支付, 420 万元系自筹部分未到位: the words behind, up to the next mark. */
static char *words_behind(const Flow *flow, guint i) {
    guint from = flow_token(flow, i)->end, to = from;
    while (to < MIN(from + AFTER_CHARACTERS_MAX, flow->codes->len) &&
           !g_unichar_ispunct(g_array_index(flow->codes, gunichar, to)) &&
           g_array_index(flow->codes, gunichar, to) != '\n')
        to++;
    return flow_text(flow, from, to);
}

/* A second figure right behind the first. */
static gboolean is_pair(const Rest *rest, guint i) {
    return i > 0 && flow_token(rest->flow, i - 1)->kind == TOKEN_FACT &&
           flow_token(rest->flow, i - 1)->end == flow_token(rest->flow, i)->start;
}

static gboolean read_rest(Rest *rest, guint i) {
    const Flow *flow = rest->flow;
    gsize n;
    g_autofree char *words = flow_words(flow, i);
    g_autofree char *behind = words_behind(flow, i);
    rest->rest = i;
    rest->n = 0;
    if (*words == '\0' && is_pair(rest, i)) /* 其余 804 户 2459 人 */
        return rest->beyond || rest->left;
    rest->beyond = clues_find(flow->clues, CLUE_BEYOND, words, &n) != NULL;
    rest->left = clues_find(flow->clues, CLUE_LEFT, words, &n) != NULL ||
                 clues_prefix(flow->clues, CLUE_LEFT, behind) > 0 ||
                 clues_find(flow->clues, CLUE_CUT, words, &n) != NULL;
    return rest->beyond || rest->left;
}

static gboolean is_like(const Rest *rest, guint i) {
    const Fact *own = fact_of(rest, rest->rest);
    return is_level(rest->flow, i) && fact_of(rest, i)->kind == own->kind &&
           facts_share_unit(rest->flow->clues, fact_of(rest, i), own);
}

/* Figures of its unit before it in its paragraph, nearest first; then those behind it in its
 * sentence, which may be its whole. */
static void find_parts(Rest *rest) {
    const Flow *flow = rest->flow;
    for (guint k = rest->rest; k > 0 && rest->rest - k < TOKENS_BACK_MAX && rest->n < PARTS_MAX;
         k--) {
        if (flow_token(flow, k - 1)->kind == TOKEN_BREAK && !flow_token(flow, k - 1)->soft)
            break;
        if (is_like(rest, k - 1))
            rest->parts[rest->n++] = k - 1;
    }
    rest->behind = rest->n;
    for (guint k = rest->rest + 1;
         k < flow->tokens->len && !flow_is_end(flow, k) && rest->behind < G_N_ELEMENTS(rest->parts);
         k++)
        if (is_like(rest, k))
            rest->parts[rest->behind++] = k;
}

static gboolean in_paragraph(const Rest *rest, guint fact) {
    for (guint i = 0; i < rest->behind; i++)
        if (flow_token(rest->flow, rest->parts[i])->fact == fact)
            return TRUE;
    return FALSE;
}

/* Digits of the value down to the last place that the figures print: 3480.00 of hundredths has 6.
 */
static guint digits_of(const Rest *rest, guint part, Decimal value) {
    const Fact *a = fact_of(rest, part), *b = fact_of(rest, rest->rest);
    int places = MAX(a->decimals - a->unit_power, b->decimals - b->unit_power);
    Decimal scaled;
    if (!decimal_scale(decimal_absolute(value), places, &scaled) ||
        !decimal_round(scaled, 0, &scaled))
        return 0;
    g_autofree char *text = decimal_text(scaled);
    return (guint)strlen(text);
}

/* A figure worth `value`: one of the paragraph, else, with digits enough, the one nearest before
 * the rest, else behind. */
static guint find_whole(const Rest *rest, guint part, Decimal value) {
    const Fact *own = fact_of(rest, rest->rest);
    guint self = flow_token(rest->flow, rest->rest)->fact;
    guint other = flow_token(rest->flow, part)->fact, found = REPORT_NONE;
    const GArray *facts = values_find(rest->reading->values, own->unit, value);
    for (guint i = 0; facts != NULL && i < facts->len; i++) {
        guint fact = g_array_index(facts, guint, i);
        if (fact == self || fact == other)
            continue;
        if (in_paragraph(rest, fact))
            return fact;
        if (digits_of(rest, part, value) >= FAR_DIGITS_MIN && (fact < self || found == REPORT_NONE))
            found = fact;
    }
    return found;
}

/* What the whole is worth: part + rest, or, beyond a plan, part − rest. */
static gboolean whole_value(const Rest *rest, Decimal part, Decimal left, Decimal *value) {
    return (rest->beyond ? decimal_subtract(part, left, value) : decimal_add(part, left, value)) &&
           decimal_sign(*value) > 0;
}

static void relate(Rest *rest, guint whole, guint part, gboolean certain) {
    Flow *flow = rest->flow;
    Report *report = flow->report;
    const Fact *own = fact_of(rest, rest->rest);
    guint left = flow_token(flow, rest->rest)->fact, used = flow_token(flow, part)->fact;
    Span place = flow_span(flow, flow_token(flow, MIN(part, rest->rest))->start,
                           flow_token(flow, rest->rest)->end);
    gboolean amount = own->kind == FIGURE_AMOUNT;
    guint relation = relation_begin(report,
                                    rest->beyond ? "YOY-01"
                                    : amount     ? "BAL-05"
                                                 : "SUM-12",
                                    place);
    report_relation(report, relation)->scope = own->label;
    report_relation(report, relation)->certain = certain;
    if (rest->beyond || amount) {
        relation_add(report, relation, rest->beyond ? used : whole, "this");
        relation_add(report, relation, rest->beyond ? whole : used, "last");
        relation_add(report, relation, left, "change");
        fact_take_role(report, left, "change");
        return;
    }
    relation_add(report, relation, whole, "total");
    relation_add(report, relation, used, "part");
    relation_add(report, relation, left, "part");
    fact_take_role(report, left, "part");
}

static gboolean relate_exact(Rest *rest) {
    Decimal value;
    for (guint i = 0; i < rest->n; i++) {
        if (!whole_value(rest, fact_of(rest, rest->parts[i])->value,
                         fact_of(rest, rest->rest)->value, &value))
            continue;
        guint whole = find_whole(rest, rest->parts[i], value);
        if (whole == REPORT_NONE)
            continue;
        relate(rest, whole, rest->parts[i], TRUE);
        return TRUE;
    }
    return FALSE;
}

/* A whole that part and rest, one of them as it was before a slip of the hand, make. */
static guint whole_by_slip(const Rest *rest, guint part) {
    const Fact *used = fact_of(rest, part), *left = fact_of(rest, rest->rest);
    g_autoptr(GArray) parts = fact_origins(used);
    g_autoptr(GArray) lefts = fact_origins(left);
    Decimal value;
    guint whole = REPORT_NONE;
    for (guint i = 0; i < lefts->len && whole == REPORT_NONE; i++)
        if (decimal_sign(g_array_index(lefts, Decimal, i)) > 0 &&
            whole_value(rest, used->value, g_array_index(lefts, Decimal, i), &value))
            whole = find_whole(rest, part, value);
    for (guint i = 0; i < parts->len && whole == REPORT_NONE; i++)
        if (decimal_sign(g_array_index(parts, Decimal, i)) > 0 &&
            whole_value(rest, g_array_index(parts, Decimal, i), left->value, &value))
            whole = find_whole(rest, part, value);
    return whole;
}

/* The whole before the part, as it was before a slip of the hand. */
static guint slipped_whole(const Rest *rest, guint index) {
    Decimal value;
    const Fact *used = fact_of(rest, rest->parts[index]);
    if (!whole_value(rest, used->value, fact_of(rest, rest->rest)->value, &value))
        return REPORT_NONE;
    for (guint i = 0; i < rest->behind; i++) {
        const Fact *whole = fact_of(rest, rest->parts[i]);
        if (i == index)
            continue;
        g_autoptr(GArray) origins = fact_origins(whole);
        for (guint k = 0; k < origins->len; k++)
            if (decimal_compare(g_array_index(origins, Decimal, k), value) == 0)
                return flow_token(rest->flow, rest->parts[i])->fact;
    }
    return REPORT_NONE;
}

static gboolean relate_nearly(Rest *rest) {
    if (slip_digits(fact_of(rest, rest->rest)->value) < NEAR_DIGITS_MIN)
        return FALSE;
    guint few = fact_of(rest, rest->rest)->kind == FIGURE_AMOUNT ? PARTS_MAX : COUNTS_MAX;
    for (guint i = 0; i < MIN(rest->n, few); i++) {
        guint whole = slipped_whole(rest, i);
        if (whole == REPORT_NONE)
            whole = whole_by_slip(rest, rest->parts[i]);
        if (whole == REPORT_NONE)
            continue;
        relate(rest, whole, rest->parts[i], FALSE);
        return TRUE;
    }
    return FALSE;
}

/* Of the size of the result: no plan of something else. */
static gboolean is_plan_of(const Rest *rest, guint part, const Fact *plan) {
    const Fact *used = fact_of(rest, part);
    Decimal twice;
    return plan->kind == used->kind && g_strcmp0(plan->unit, used->unit) == 0 &&
           decimal_multiply(plan->value, decimal_from_integer(2), &twice) &&
           decimal_compare(used->value, twice) <= 0 &&
           decimal_multiply(used->value, decimal_from_integer(2), &twice) &&
           decimal_compare(plan->value, twice) <= 0;
}

/* 举办 43 场次 …，超过年度目标 3 场次: the one plan in the unit; REPORT_NONE for several. */
static guint only_plan(const Rest *rest, guint part) {
    const GArray *plans = names_alike(rest->reading->names, flow_token(rest->flow, part)->fact);
    if (plans == NULL || plans->len < 2) /* itself only */
        plans = names_planned(rest->reading->names, fact_of(rest, part)->unit);
    const Report *report = rest->flow->report;
    guint found = REPORT_NONE;
    for (guint i = 0; plans != NULL && i < plans->len; i++) {
        guint fact = g_array_index(plans, guint, i);
        if (fact == flow_token(rest->flow, part)->fact ||
            fact == flow_token(rest->flow, rest->rest)->fact ||
            !is_plan_of(rest, part, report_fact(report, fact)))
            continue;
        if (!fit_one_value(report, fact, &found))
            return REPORT_NONE;
    }
    return found;
}

/* Figures before the rest that its sentence has. */
static guint own_parts(const Rest *rest) {
    guint n = 0;
    while (n < rest->n && flow_token(rest->flow, rest->parts[n])->sentence ==
                              flow_token(rest->flow, rest->rest)->sentence)
        n++;
    return n;
}

static gboolean has_word(const Rest *rest, guint token, ClueSet set) {
    gsize n;
    g_autofree char *words = flow_words(rest->flow, token);
    g_autofree char *behind = words_behind(rest->flow, token);
    return clues_find(rest->flow->clues, set, words, &n) != NULL ||
           clues_find(rest->flow->clues, set, behind, &n) != NULL;
}

/* 20 个站点中，18 个按时完工，另有 2 个 …: said to be divided. */
static gboolean is_divided(const Rest *rest, guint whole) {
    const Flow *flow = rest->flow;
    guint next = whole + 1;
    while (next < flow->tokens->len && flow_token(flow, next)->kind != TOKEN_FACT)
        next++;
    if (next >= flow->tokens->len)
        return FALSE;
    g_autofree char *between = flow_gap(flow, whole, next);
    gsize n;
    return clues_find(flow->clues, CLUE_DIVIDED, between, &n) != NULL;
}

/* 年初预算 100 万元，追加 20 万元，收回 5 万元: what a budget is adjusted by is nothing spent of
 * it.
 */
static gboolean is_adjustment(const Flow *flow, guint token) {
    const char *operand = flow_token(flow, token)->operand;
    const GArray *formulas = clues_formulas(flow->clues);
    for (guint i = 0; operand != NULL && i < formulas->len; i++) {
        const Formula *formula = &g_array_index(formulas, Formula, i);
        for (guint k = 2; strcmp(formula->rule, "BAL-06") == 0 && k < formula->members->len; k++)
            if (g_ptr_array_find(g_array_index(formula->members, FormulaMember, k).operands,
                                 operand, NULL))
                return TRUE;
    }
    return FALSE;
}

/* What the words make the whole of the part before the rest: 32 个标段，已完工 29 个；采购预算 412
 * 万元，合同金额 389 万元. */
static gboolean is_whole(const Rest *rest, guint whole, guint part) {
    const Fact *all = fact_of(rest, whole), *used = fact_of(rest, part);
    g_autofree char *words = flow_words(rest->flow, whole);
    if (decimal_compare(all->value, used->value) <= 0)
        return FALSE;
    if (has_word(rest, rest->rest, CLUE_CUT))
        return TRUE; /* 送审 8640.55 万元，审定 8208.52 万元，核减 432.03 万元 */
    if (all->kind == FIGURE_COUNT)
        return is_divided(rest, whole) || has_word(rest, part, CLUE_NARROW);
    return clues_plan(rest->flow->clues, words) != NULL || has_word(rest, part, CLUE_SPENT);
}

/* What words favour, whatever its figures: whole, part and rest of one unit in one sentence; a
 * result, the plan of its unit, and what is beyond it. */
static gboolean relate_likely(Rest *rest) {
    guint own = own_parts(rest);
    const Flow *flow = rest->flow;
    if (own == 0 || is_adjustment(flow, rest->parts[0]))
        return FALSE;
    guint part = rest->parts[0];
    if (rest->beyond) {
        guint plan = own == 1 && fact_of(rest, part)->kind == FIGURE_COUNT ? only_plan(rest, part)
                                                                           : REPORT_NONE;
        if (plan == REPORT_NONE || flow_token(flow, part)->fact == plan)
            return FALSE;
        relate(rest, plan, part, FALSE);
        return TRUE;
    }
    if (own == 2 && is_whole(rest, rest->parts[1], part)) {
        relate(rest, flow_token(flow, rest->parts[1])->fact, part, FALSE);
        return TRUE;
    }
    /* 完成治理 30 处，剩余 2 处: of the one plan of the unit */
    guint plan =
        own == 1 && fact_of(rest, part)->kind == FIGURE_COUNT && has_word(rest, part, CLUE_NARROW)
            ? only_plan(rest, part)
            : REPORT_NONE;
    if (plan != REPORT_NONE)
        relate(rest, plan, part, FALSE);
    return plan != REPORT_NONE;
}

/* Left to what a rate may say of it. */
static void note_rest(const Rest *rest) {
    const Flow *flow = rest->flow;
    gsize n;
    g_autofree char *words = flow_words(flow, rest->rest);
    g_autofree char *behind = words_behind(flow, rest->rest);
    if (!rest->beyond && clues_find(flow->clues, CLUE_REMAINDER, words, &n) == NULL &&
        clues_prefix(flow->clues, CLUE_REMAINDER, behind) == 0)
        return;
    RestMention mention = {.fact = flow_token(flow, rest->rest)->fact, .beyond = rest->beyond};
    for (guint i = 0; i < rest->behind && mention.n < REST_FIGURES_MAX; i++)
        mention.around[mention.n++] = flow_token(flow, rest->parts[i])->fact;
    g_array_append_val(rest->reading->rests, mention);
}

void relate_rests(Flow *flow, TextReading *reading) {
    Rest rest = {.flow = flow, .reading = reading};
    for (guint i = 0; i < flow->tokens->len; i++) {
        rest.rest = i;
        if (!is_level(flow, i) || flow_token(flow, i)->reference ||
            flow_fact(flow, i)->role != NULL || !read_rest(&rest, i))
            continue;
        find_parts(&rest);
        if (!relate_exact(&rest) && !relate_nearly(&rest) && !relate_likely(&rest))
            note_rest(&rest);
    }
}
