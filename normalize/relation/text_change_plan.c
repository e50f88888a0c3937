/* Changes against a plan.
 *
 *   预算 268 万元，实际支出 231.46 万元，较预算减少 36.54 万元，压减 13.63%
 *   比计划的 2700 人次多 174 人次          the plan is what the change is compared with
 *   新增床位 648 张，比目标任务多 48 张     … or stands elsewhere
 *
 * A plan in the sentence is the one that is meant. Of those far away it is the one that the figures
 * fit; where none does, the one that a slip of the hand led away from, or the only one that what
 * was done can be held against, and that is a guess.
 */
#include "normalize/relation/fit.h"
#include "normalize/relation/text_change.h"
#include <string.h>

/* Plans far away that a slip is looked for in; how many times a result may be its plan. */
enum { PLANS_MAX = 24, TIMES_MAX = 2 };

typedef struct {
    Flow *flow;
    const TextReading *reading;
    const Growth *growth;
    guint this, change; /* facts */
    int sign;
} PlanSearch;

static const Fact *fact_at(const PlanSearch *search, guint fact) {
    return report_fact(search->flow->report, fact);
}

gboolean change_is_of_plan(const Flow *flow, guint i) {
    gsize n;
    g_autofree char *words = flow_words(flow, i);
    const char *compare = clues_find(flow->clues, CLUE_COMPARE, words, &n);
    int years = 0;
    if (compare == NULL) /* 采购预算 …，实际采购 …，节约 … */
        return clues_prefix(flow->clues, CLUE_LEFT, words) > 0;
    return !wording_period(flow->wording, compare + n, &years) &&
           clues_plan(flow->clues, compare) != NULL;
}

static gboolean is_like(const PlanSearch *search, guint fact) {
    const Fact *plan = fact_at(search, fact), *this = fact_at(search, search->this);
    return fact != search->this && fact != search->change && plan->kind == this->kind &&
           g_strcmp0(plan->unit, this->unit) == 0 && decimal_sign(plan->value) > 0;
}

/* A plan of the size of what was done. */
static gboolean is_plausible(const PlanSearch *search, guint fact) {
    Decimal twice;
    const Fact *plan = fact_at(search, fact), *this = fact_at(search, search->this);
    return is_like(search, fact) &&
           decimal_multiply(plan->value, decimal_from_integer(TIMES_MAX), &twice) &&
           decimal_compare(this->value, twice) <= 0 &&
           decimal_multiply(this->value, decimal_from_integer(TIMES_MAX), &twice) &&
           decimal_compare(plan->value, twice) <= 0;
}

/* The nearest figure before the change in its sentence whose words say that it is a plan. */
static guint plan_in_sentence(const PlanSearch *search) {
    const Flow *flow = search->flow;
    for (guint k = search->growth->change; k > 0 && !flow_is_end(flow, k - 1); k--) {
        const Token *token = flow_token(flow, k - 1);
        if (token->kind != TOKEN_FACT || token->change != CHANGE_NONE || token->base ||
            !flow_is_exact(flow, k - 1, fact_at(search, search->this)->kind) ||
            !is_like(search, token->fact))
            continue;
        g_autofree char *words = flow_words(flow, k - 1);
        if (clues_plan(flow->clues, words) != NULL)
            return token->fact;
    }
    return REPORT_NONE;
}

/* A figure worth what the plan must have been, the nearest before the change. */
static guint plan_by_value(const PlanSearch *search) {
    Decimal value, change = fact_at(search, search->change)->value;
    if (!decimal_subtract(fact_at(search, search->this)->value,
                          search->sign < 0 ? decimal_negate(change) : change, &value) ||
        decimal_sign(value) <= 0)
        return REPORT_NONE;
    const GArray *facts =
        values_find(search->reading->values, fact_at(search, search->this)->unit, value);
    guint found = REPORT_NONE;
    for (guint i = 0; facts != NULL && i < facts->len; i++) {
        guint fact = g_array_index(facts, guint, i);
        if (is_like(search, fact) && (fact < search->change || found == REPORT_NONE))
            found = fact;
    }
    return found;
}

static guint plan_by_slip(const PlanSearch *search, const GArray *facts) {
    for (guint i = 0; facts != NULL && i < MIN(facts->len, PLANS_MAX); i++) {
        guint fact = g_array_index(facts, guint, i);
        guint more = search->sign > 0 ? search->this : fact;
        guint less = search->sign > 0 ? fact : search->this;
        if (is_like(search, fact) &&
            fit_difference_nearly(search->flow->report, more, less, search->change) != FIT_NONE)
            return fact;
    }
    return REPORT_NONE;
}

/* The one value that plausible plans among the facts have. */
static guint only_plan(const PlanSearch *search, const GArray *facts) {
    guint found = REPORT_NONE;
    for (guint i = 0; facts != NULL && i < facts->len; i++) {
        guint fact = g_array_index(facts, guint, i);
        if (!is_plausible(search, fact))
            continue;
        if (!fit_one_value(search->reading->report, fact, &found))
            return REPORT_NONE;
    }
    return found;
}

static guint find_plan(const PlanSearch *search, gboolean *certain) {
    const Names *names = search->reading->names;
    const char *unit = fact_at(search, search->this)->unit;
    guint plan = plan_in_sentence(search);
    *certain = TRUE;
    if (plan == REPORT_NONE)
        plan = plan_by_value(search);
    if (plan != REPORT_NONE)
        return plan;
    *certain = FALSE;
    if ((plan = plan_by_slip(search, names_like(names, search->this))) == REPORT_NONE)
        plan = plan_by_slip(search, names_planned(names, unit));
    if (plan == REPORT_NONE && fact_at(search, search->this)->kind == FIGURE_COUNT) {
        plan = only_plan(search, names_like(names, search->this));
        if (plan == REPORT_NONE)
            plan = only_plan(search, names_alike(names, search->this));
        if (plan == REPORT_NONE)
            plan = only_plan(search, names_planned(names, unit));
    }
    return plan;
}

static void relate(const PlanSearch *search, guint plan, gboolean certain) {
    Flow *flow = search->flow;
    Report *report = flow->report;
    const Growth *growth = search->growth;
    gboolean amount = fact_at(search, search->this)->kind == FIGURE_AMOUNT;
    guint relation = change_begin(flow, amount ? "BAL-05" : "YOY-01", growth);
    report_relation(report, relation)->certain = certain;
    relation_add(report, relation, amount ? plan : search->this, "this");
    relation_add(report, relation, amount ? search->this : plan, "last");
    relation_add_signed(report, relation, search->change, "change",
                        amount ? -search->sign : search->sign);
    fact_take_role(report, search->change, "change");
    if (growth->rate == G_MAXUINT)
        return;
    relation = change_begin(flow, amount ? "PCT-04" : "CNT-09", growth);
    report_relation(report, relation)->certain = certain;
    relation_add(report, relation, search->change, "numerator");
    relation_add(report, relation, plan, "denominator");
    relation_add(report, relation, flow_token(flow, growth->rate)->fact, "rate");
    fact_take_role(report, flow_token(flow, growth->rate)->fact, "rate");
}

void change_relate_to_plan(Flow *flow, TextReading *reading, const Growth *growth) {
    if (growth->change == G_MAXUINT || growth->this == G_MAXUINT)
        return;
    PlanSearch search = {.flow = flow,
                         .reading = reading,
                         .growth = growth,
                         .this = flow_token(flow, growth->this)->fact,
                         .change = flow_token(flow, growth->change)->fact,
                         .sign = change_sign(flow, growth->change)};
    gboolean certain = !growth->guessed;
    guint plan = growth->last == G_MAXUINT ? find_plan(&search, &certain)
                                           : flow_token(flow, growth->last)->fact;
    if (plan != REPORT_NONE)
        relate(&search, plan, certain && !growth->guessed);
}
