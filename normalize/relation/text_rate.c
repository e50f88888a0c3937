/* How much of a budget was spent, where both stand in the same segment and their words say so.
 * Other percentages are claims (text_claim.h) or formulas (text_formula.c). */
#include "normalize/relation/text_relation.h"
#include <string.h>

enum { TOKENS_BACK_MAX = 16 };

static void add_ratio(Flow *flow, const char *rule, guint numerator, guint denominator, guint rate,
                      gboolean certain) {
    Report *report = flow->report;
    guint from = MIN(numerator, MIN(denominator, rate));
    guint to =
        denominator == G_MAXUINT ? MAX(numerator, rate) : MAX(numerator, MAX(denominator, rate));
    guint relation = relation_begin(
        report, rule, flow_span(flow, flow_token(flow, from)->start, flow_token(flow, to)->end));
    report_relation(report, relation)->scope = flow_fact(flow, rate)->label;
    report_relation(report, relation)->certain = certain;
    relation_add(report, relation, flow_token(flow, numerator)->fact, "numerator");
    if (denominator != G_MAXUINT)
        relation_add(report, relation, flow_token(flow, denominator)->fact, "denominator");
    relation_add(report, relation, flow_token(flow, rate)->fact, "rate");
    fact_take_role(report, flow_token(flow, rate)->fact, "rate");
}

void share_relate(Flow *flow, guint part, guint whole, guint rate, gboolean certain) {
    add_ratio(flow, "PCT-04", part, whole, rate, certain);
}

/* The nearest figure before `i` in its segment whose measure is one of the words. */
static guint find_measure(const Flow *flow, guint i, const char *const *measures) {
    guint segment = flow_token(flow, i)->segment;
    for (guint k = i; k > 0 && i - k < TOKENS_BACK_MAX; k--) {
        const Token *token = flow_token(flow, k - 1);
        if (token->kind != TOKEN_FACT)
            continue;
        if (token->segment != segment)
            return G_MAXUINT;
        if (flow_is_exact(flow, k - 1, FIGURE_AMOUNT) && token->measure != NULL && !token->base &&
            token->change == CHANGE_NONE && g_strv_contains(measures, token->measure))
            return k - 1;
    }
    return G_MAXUINT;
}

/* 完成年初预算的 95.45%: the denominator is named. */
static void relate_completion(Flow *flow, guint i) {
    static const char *const ORIGINAL[] = {"original-budget", NULL};
    static const char *const BUDGETS[] = {"adjusted-budget", "budget", "original-budget", NULL};
    static const char *const SPENT[] = {"spending", NULL};
    g_autofree char *words = flow_words(flow, i);
    gsize n;
    const Clues *clues = flow->clues;
    const char *done = clues_is(clues, CLUE_OF_BUDGET, words)
                           ? words
                           : clues_find(clues, CLUE_COMPLETED, words, &n);
    if (done == NULL || clues_find(clues, CLUE_BUDGET, done, &n) == NULL)
        return;
    gboolean original = clues_find(clues, CLUE_ORIGINAL, done, &n) != NULL;
    guint numerator = find_measure(flow, i, SPENT);
    guint denominator = find_measure(flow, i, original ? ORIGINAL : BUDGETS);
    guint other = find_measure(flow, i, BUDGETS);
    if (numerator == G_MAXUINT || denominator == G_MAXUINT)
        return;
    gboolean zero = decimal_sign(flow_fact(flow, denominator)->value) == 0;
    const char *rule = zero ? "EXE-05" : original && other != denominator ? "EXE-02" : "EXE-01";
    add_ratio(flow, rule, numerator, denominator, i, TRUE);
}

void relate_completions(Flow *flow) {
    for (guint i = 0; i < flow->tokens->len; i++)
        if (flow_is_exact(flow, i, FIGURE_PERCENT) && flow_token(flow, i)->operand == NULL &&
            flow_token(flow, i)->change == CHANGE_NONE &&
            g_strcmp0(flow_fact(flow, i)->role, "rate") != 0)
            relate_completion(flow, i);
}
