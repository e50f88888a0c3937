/* Which percentages claim to be how much one figure is of another, and what each may be of.
 *
 *   问题 165 个，已整改 161 个，整改率 97.58%          a rate: the deed that it names of what is
 * before 项目支出 13.07 万元，占支出总额的 34.90%           a share: what is before it of what is
 * named 实际 6180 批次，完成年度计划的 103%               a completion: what is before it of a plan
 *   一般反应 386 例，异常反应 32 例，分别占 92.34% 和 7.66%
 */
#include "normalize/relation/text_claim_read.h"
#include <string.h>

static void claim_clear(gpointer data) {
    Claim *claim = data;
    g_free(claim->name);
    g_free(claim->whole);
    g_array_unref(claim->above);
    g_array_unref(claim->below);
}

GArray *claims_new(void) {
    GArray *claims = g_array_new(FALSE, TRUE, sizeof(Claim));
    g_array_set_clear_func(claims, claim_clear);
    return claims;
}

void claim_read_completion(const Flow *flow, Claim *claim, guint i, const GArray *levels) {
    if (i > 0 && flow_token(flow, i - 1)->kind == TOKEN_FACT && flow_token(flow, i - 1)->reference)
        claim->pointed = flow_token(flow, i - 1)->fact;
    for (guint k = 0; k < levels->len; k++) {
        guint at = g_array_index(levels, guint, k);
        if (flow_token(flow, at)->sentence != flow_token(flow, i)->sentence)
            break;
        if (!flow_token(flow, at)->reference && flow_token(flow, at)->fact != claim->pointed)
            claim_add_above(flow, claim, at, claim->above->len == 0);
    }
}

static gboolean joins_several(const Flow *flow, const char *part) {
    gsize n;
    return clues_find(flow->clues, CLUE_JOINER, part, &n) != NULL ||
           wording_suffix(flow->wording, WORDS_TOTAL, part, strlen(part)) > 0;
}

/* Of the sentence those whose names the part of the share joins. */
static void add_joined(const Flow *flow, Claim *claim, guint i, const char *part,
                       const GArray *levels) {
    Above above = {.named = TRUE};
    for (guint k = 0; k < levels->len && above.n < ABOVE_MAX; k++) {
        guint at = g_array_index(levels, guint, k);
        g_autofree char *words = flow_words(flow, at);
        if (flow_token(flow, at)->sentence == flow_token(flow, i)->sentence &&
            g_utf8_strlen(words, -1) >= STEM_CHARACTERS && strstr(part, words) != NULL)
            above.facts[above.n++] = flow_token(flow, at)->fact;
    }
    if (above.n >= 2)
        g_array_append_val(claim->above, above);
}

/* 金牌占奖牌总数的 33.33%: what stands before 占 is the part; else the figure before it is. */
static void read_share(const Flow *flow, Claim *claim, guint i, const char *words, const char *at,
                       gsize length, const GArray *levels) {
    g_autofree char *part = g_strndup(words, (gsize)(at - words));
    g_autofree char *own = clues_without(flow->clues, CLUE_GENERIC, part);
    claim->whole = claim_whole_of(flow, at + length);
    if (*claim->whole == '\0' && i > 0) { /* 在支出总额中，…占 34.55% */
        char *head = names_head(flow, i);
        g_free(claim->whole);
        claim->whole = head == NULL ? g_strdup("") : head;
    }
    if (joins_several(flow, part)) { /* 满意和基本满意合计占 */
        add_joined(flow, claim, i, part, levels);
        return;
    }
    for (guint k = 0; *own != '\0' && k < levels->len; k++) {
        g_autofree char *deed = claim_deed_of(flow, g_array_index(levels, guint, k));
        if (strstr(deed, part) != NULL || claim_names_deed(own, deed) ||
            (g_utf8_strlen(own, -1) <= STEM_CHARACTERS && strstr(deed, own) != NULL))
            claim_add_above(flow, claim, g_array_index(levels, guint, k), TRUE);
    }
    if (i > 0 && claim_is_level(flow, i - 1))
        claim_add_above(flow, claim, i - 1, *own == '\0');
}

/* 占资助预算 1935 万元的 99.56%, 为目标 12 亿元的 114%: the figure that the share is of is before
 * it. */
static gboolean is_of_figure(const Flow *flow, guint i) { /* 9000 卷（件）的 */
    gsize n;
    if (i == 0 ||
        !(flow_is_exact(flow, i - 1, FIGURE_AMOUNT) || flow_is_exact(flow, i - 1, FIGURE_COUNT)))
        return FALSE;
    g_autofree char *between = flow_gap(flow, i - 1, i);
    g_autofree char *words = flow_words(flow, i - 1);
    if (g_str_has_suffix(between, "的") && clues_find(flow->clues, CLUE_SHARE, words, &n) != NULL &&
        strstr(between, "，") == NULL && strstr(between, "；") == NULL &&
        strstr(between, "。") == NULL && g_utf8_strlen(between, -1) <= BEHIND_CHARACTERS_MAX)
        return TRUE; /* 占全县 241 个行政村（社区）的 */
    gboolean bracketed = g_str_has_prefix(between, "（") && g_str_has_suffix(between, "）的") &&
                         strchr(between, ',') == NULL && strstr(between, "，") == NULL;
    return (g_str_equal(between, "的") || bracketed) &&
           (flow_token(flow, i - 1)->reference || g_str_has_prefix(words, "为") ||
            (bracketed && clues_plan(flow->clues, words) != NULL) ||
            clues_find(flow->clues, CLUE_SHARE, words, &n) != NULL);
}

static gboolean is_completion(const Flow *flow, const char *words) {
    const char *plan = clues_plan(flow->clues, words);
    gsize n;
    const char *reached = clues_find(flow->clues, CLUE_REACH, words, &n);
    return plan != NULL && reached != NULL && reached < plan;
}

/* The rule of the formula that a rate is the anchor of. */
static const char *rule_of_operand(const Flow *flow, const char *operand) {
    const GArray *formulas = clues_formulas(flow->clues);
    for (guint i = 0; i < formulas->len; i++) {
        const Formula *formula = &g_array_index(formulas, Formula, i);
        const FormulaMember *anchor = &g_array_index(formula->members, FormulaMember, 0);
        if (g_str_equal(anchor->role, "rate") && g_ptr_array_find(anchor->operands, operand, NULL))
            return formula->rule;
    }
    return NULL;
}

static gboolean read_kind(const Flow *flow, Claim *claim, guint i) {
    gsize n;
    g_autofree char *words = flow_words(flow, i);
    g_autoptr(GArray) levels = claim_levels_before(flow, i);
    const char *share = clues_find(flow->clues, CLUE_SHARE, words, &n);
    claim->name = g_strdup(words);
    if (is_of_figure(flow, i)) {
        claim->kind = CLAIM_COMPLETION;
        claim_read_completion(flow, claim, i, levels);
        claim->pointed = flow_token(flow, i - 1)->fact;
        if (claim->above->len > 0 && /* itself is no numerator */
            g_array_index(claim->above, Above, 0).facts[0] == claim->pointed)
            g_array_remove_index(claim->above, 0);
    } else if (share != NULL) {
        claim->kind = CLAIM_SHARE;
        claim->rule = "PCT-04";
        read_share(flow, claim, i, words, share, n, levels);
    } else if (is_completion(flow, words)) {
        claim->kind = CLAIM_COMPLETION;
        if (clues_find(flow->clues, CLUE_BUDGET, words, &n) != NULL)
            claim->rule =
                clues_find(flow->clues, CLUE_ORIGINAL, words, &n) != NULL ? "EXE-02" : "EXE-01";
        claim_read_completion(flow, claim, i, levels);
    } else if (clues_suffix(flow->clues, CLUE_RATE, words, strlen(words)) > 0) {
        claim->kind = CLAIM_RATE;
        claim_read_rate(flow, claim, i, words, levels);
    } else
        return FALSE;
    for (guint k = 0; k < levels->len; k++) {
        const Token *token = flow_token(flow, g_array_index(levels, guint, k));
        g_array_append_val(claim->below, token->fact);
        claim->own += token->sentence == flow_token(flow, i)->sentence ? 1 : 0;
        claim->near += token->segment == flow_token(flow, i)->segment ? 1 : 0;
    }
    if (claim->rule == NULL && flow_token(flow, i)->operand != NULL)
        claim->rule = rule_of_operand(flow, flow_token(flow, i)->operand);
    return TRUE;
}

void claims_collect(Flow *flow, TextReading *reading) {
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (!claim_is_percent(flow, i))
            continue;
        guint row = claims_collect_respective(flow, reading, i);
        if (row > 0) {
            i += row - 1;
            continue;
        }
        Claim claim = claim_begin(flow, i);
        if (!read_kind(flow, &claim, i)) {
            claim_clear(&claim);
            continue;
        }
        if (claim.whole == NULL)
            claim.whole = g_strdup("");
        g_array_append_val(reading->claims, claim);
    }
}
