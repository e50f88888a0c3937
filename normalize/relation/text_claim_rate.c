/* Rates: 整改率, 满意度, 执行率. What was done stands before them under their own name, or right
 * before them. */
#include "normalize/relation/text_claim_read.h"
#include <string.h>

/* 执行率, 支付率, 支出进度 behind what was spent. */
static gboolean names_spending(const Flow *flow, const char *rate, const char *deed) {
    gsize n;
    return clues_find(flow->clues, CLUE_SPENT, rate, &n) != NULL &&
           clues_find(flow->clues, CLUE_SPENT, deed, &n) != NULL;
}

/* 非常满意 612 人、满意 271 人、基本满意 68 人、不满意 49 人，满意度 95.1%: those that the rate
 * names count together. */
static void add_several(const Flow *flow, Claim *claim, guint i, const char *rate,
                        const GArray *levels) {
    Above above = {.named = TRUE};
    const char *unit = NULL;
    for (guint k = 0; k < levels->len && above.n < ABOVE_MAX; k++) {
        guint at = g_array_index(levels, guint, k);
        g_autofree char *words = flow_words(flow, at);
        const Fact *fact = flow_fact(flow, at);
        if (flow_token(flow, at)->sentence != flow_token(flow, i)->sentence)
            break;
        if (!claim_names_deed(rate, words) || (unit != NULL && g_strcmp0(unit, fact->unit) != 0))
            continue;
        unit = fact->unit;
        above.facts[above.n++] = flow_token(flow, at)->fact;
    }
    if (above.n >= 2)
        g_array_append_val(claim->above, above);
    if (above.n < 3)
        return;
    above.n--; /* the last of them is the least, and may not count: 基本满意 */
    memmove(above.facts, above.facts + 1, above.n * sizeof above.facts[0]);
    g_array_append_val(claim->above, above);
}

/* 节约资金 23.24 万元，资金节约率 5.63%: what was saved is no level. */
static void add_change(const Flow *flow, Claim *claim, guint i, const char *words) {
    gsize n;
    if (i == 0 || flow_token(flow, i - 1)->kind != TOKEN_FACT ||
        flow_token(flow, i - 1)->change == CHANGE_NONE ||
        flow_token(flow, i - 1)->segment != flow_token(flow, i)->segment ||
        clues_find(flow->clues, CLUE_LEFT, words, &n) == NULL ||
        !(flow_is_exact(flow, i - 1, FIGURE_AMOUNT) || flow_is_exact(flow, i - 1, FIGURE_COUNT)))
        return;
    g_autofree char *deed = claim_deed_of(flow, i - 1);
    if (claim_names_deed(words, deed))
        claim_add_above(flow, claim, i - 1, TRUE);
}

/* 满意度 98.15%（满意和较满意合计 477 份）: what the rate counts, in brackets behind it. */
static void add_in_bracket(const Flow *flow, Claim *claim, guint i) {
    guint next = i + 1;
    if (next < flow->tokens->len && flow_token(flow, next)->kind == TOKEN_FACT &&
        flow_token(flow, next)->depth > flow_token(flow, i)->depth && claim_is_level(flow, next))
        claim_add_above(flow, claim, next, TRUE);
}

/* 不合格 4 件 before 合格率: the step of a scale that does not count; its place among the levels,
 * or their number. */
static guint negated_step(const Flow *flow, guint i, const char *rate, const GArray *levels) {
    g_autofree char *stem =
        g_utf8_substring(rate, 0, MIN(STEM_CHARACTERS, g_utf8_strlen(rate, -1)));
    g_autofree char *negated = g_strconcat("不", stem, NULL);
    for (guint k = 0; k < levels->len; k++) {
        guint at = g_array_index(levels, guint, k);
        g_autofree char *words = flow_words(flow, at);
        if (flow_token(flow, at)->sentence != flow_token(flow, i)->sentence)
            break;
        if (strstr(words, negated) != NULL)
            return k;
    }
    return levels->len;
}

/* 优秀 112 件、良好 204 件、合格 80 件、不合格 4 件，合格率 99%: what stands before the step that
 * does not count, but for the figure that the scale divides. */
static void add_all_but(const Flow *flow, Claim *claim, guint i, const char *rate,
                        const GArray *levels) {
    guint from = negated_step(flow, i, rate, levels), k = from + 1;
    Above above = {.named = TRUE};
    if (from >= levels->len)
        return;
    const char *unit = flow_fact(flow, g_array_index(levels, guint, from))->unit;
    for (; k < levels->len && above.n < ABOVE_MAX; k++) {
        guint at = g_array_index(levels, guint, k);
        if (flow_token(flow, at)->sentence != flow_token(flow, i)->sentence ||
            g_strcmp0(unit, flow_fact(flow, at)->unit) != 0)
            break;
        above.facts[above.n++] = flow_token(flow, at)->fact;
    }
    above.n -= above.n > 0 ? 1 : 0; /* the whole */
    if (above.n < 2)
        return;
    g_array_prepend_val(claim->above, above);
    claim->scaled = TRUE;
}

void claim_read_rate(const Flow *flow, Claim *claim, guint i, const char *words,
                     const GArray *levels) {
    gsize n;
    add_change(flow, claim, i, words);
    for (guint k = 0; k < levels->len; k++) {
        guint at = g_array_index(levels, guint, k);
        g_autofree char *deed = claim_deed_of(flow, at);
        if (flow_token(flow, at)->sentence != flow_token(flow, i)->sentence)
            break;
        if (flow_token(flow, at)->reference)
            continue; /* 比预算 12 万元节约 …，预算控制率 78% */
        gboolean near = flow_token(flow, at)->segment == flow_token(flow, i)->segment;
        gboolean narrow = k == 0 && clues_find(flow->clues, CLUE_NARROW, deed, &n) != NULL &&
                          strstr(deed, "不") == NULL;
        if (near && (claim_names_deed(words, deed) || names_spending(flow, words, deed)))
            claim_add_above(flow, claim, at, TRUE);
        else if (near && narrow)
            claim_add_above(flow, claim, at, FALSE);
    }
    add_in_bracket(flow, claim, i);
    add_all_but(flow, claim, i, words, levels);
    add_several(flow, claim, i, words, levels);
    guint before = claim->above->len;
    gboolean completed = clues_find(flow->clues, CLUE_COMPLETED, words, &n) != NULL;
    if (completed)
        claim_read_completion(flow, claim, i, levels);
    if (levels->len > 0 && flow_token(flow, g_array_index(levels, guint, 0))->sentence ==
                               flow_token(flow, i)->sentence)
        claim_add_above(flow, claim, g_array_index(levels, guint, 0), FALSE);
    if (claim->above->len > before)
        g_array_index(claim->above, Above, claim->above->len - 1).bare = !completed;
}
