/* What claims are read from: the figures before a percentage, and their names. */
#include "normalize/relation/text_claim_read.h"
#include <string.h>

enum { TOKENS_BACK_MAX = 24, SPREAD_CHARACTERS_MAX = 3 };

gboolean claim_is_level(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i);
    return (flow_is_exact(flow, i, FIGURE_AMOUNT) || flow_is_exact(flow, i, FIGURE_COUNT)) &&
           token->change == CHANGE_NONE && !token->base && !token->each;
}

gboolean claim_is_percent(const Flow *flow, guint i) {
    return flow_is_exact(flow, i, FIGURE_PERCENT) && flow_token(flow, i)->change == CHANGE_NONE &&
           !flow_token(flow, i)->base && !flow_token(flow, i)->selects &&
           g_strcmp0(flow_fact(flow, i)->role, "rate") != 0;
}

/* 16 个标段【按合同工期完工】: the words behind a figure, up to the next mark. */
static char *words_behind(const Flow *flow, guint i) {
    guint from = flow_token(flow, i)->end, to = from;
    while (to < MIN(from + BEHIND_CHARACTERS_MAX, flow->codes->len) &&
           !g_unichar_ispunct(g_array_index(flow->codes, gunichar, to)) &&
           g_array_index(flow->codes, gunichar, to) != '\n' &&
           !g_unichar_isdigit(g_array_index(flow->codes, gunichar, to)))
        to++;
    return flow_text(flow, from, to);
}

/* What the figure is called: the words around it and its label. */
char *claim_deed_of(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i);
    g_autofree char *words = flow_text(flow, token->lead, token->start);
    g_autofree char *behind = words_behind(flow, i);
    const char *label = flow_fact(flow, i)->label;
    return g_strconcat(words, "|", behind, "|", label == NULL ? "" : label, NULL);
}

/* The two characters close to each other in the text. */
static const char *spread_out(const char *stem, const char *text) {
    const char *second = g_utf8_next_char(stem);
    g_autofree char *first = g_strndup(stem, (gsize)(second - stem));
    const char *at = strstr(text, first), *behind = at == NULL ? NULL : strstr(at, second);
    return behind != NULL && g_utf8_pointer_to_offset(at, behind) <= SPREAD_CHARACTERS_MAX ? at
                                                                                           : NULL;
}

static gboolean is_negated(const char *words, const char *at) {
    gsize n = strlen("不");
    return (gsize)(at - words) >= n && strncmp(at - n, "不", n) == 0;
}

/* 整改率 after 已整改 57 个: the rate's name is in what was done; 不满意 is not 满意率's, nor 合格
 * 不合格产品处置率's. */
gboolean claim_names_deed(const char *rate, const char *deed) {
    for (const char *p = rate; *p != '\0'; p = g_utf8_next_char(p)) {
        if (g_utf8_strlen(p, -1) <= STEM_CHARACTERS)
            break;
        const char *end = g_utf8_offset_to_pointer(p, STEM_CHARACTERS);
        g_autofree char *stem = g_strndup(p, (gsize)(end - p));
        const char *at = strstr(deed, stem);
        if (at == NULL && g_utf8_strlen(end, -1) == 1) /* 取证率: 取得证书 */
            at = spread_out(stem, deed);
        if (at == NULL && p == rate) { /* 收回 288 份，回收率 96% */
            const char *second = g_utf8_next_char(stem);
            g_autofree char *first = g_strndup(stem, (gsize)(second - stem));
            g_autofree char *turned = g_strconcat(second, first, NULL);
            at = strstr(deed, turned);
        }
        gboolean own = at != NULL && p == rate && g_str_has_prefix(at, rate); /* 满意度调查表 */
        if (at != NULL && !own && is_negated(deed, at) == is_negated(rate, p))
            return TRUE;
    }
    return FALSE;
}

static gboolean ends_paragraph(const Flow *flow, guint i) {
    return flow_token(flow, i)->kind == TOKEN_BREAK && !flow_token(flow, i)->soft;
}

/* Amounts and counts before the percentage in its paragraph, nearest first: tokens. */
GArray *claim_levels_before(const Flow *flow, guint i) {
    GArray *levels = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint k = i; k > 0 && i - k < TOKENS_BACK_MAX && levels->len < CLAIM_FIGURES_MAX; k--) {
        if (ends_paragraph(flow, k - 1))
            break;
        guint at = k - 1;
        if (claim_is_level(flow, at) && g_strcmp0(flow_fact(flow, at)->role, "change") != 0)
            g_array_append_val(levels, at);
    }
    return levels;
}

void claim_add_above(const Flow *flow, Claim *claim, guint token, gboolean named) {
    Above above = {.facts = {flow_token(flow, token)->fact}, .n = 1, .named = named};
    for (guint i = 0; i < claim->above->len; i++)
        if (g_array_index(claim->above, Above, i).facts[0] == above.facts[0] &&
            g_array_index(claim->above, Above, i).n == 1)
            return;
    g_array_append_val(claim->above, above);
}

/* 奖牌总数 of 奖牌总数的. */
char *claim_whole_of(const Flow *flow, const char *words) {
    char *whole = g_strdup(words);
    for (gsize n; (n = clues_suffix(flow->clues, CLUE_OF_WHOLE, whole, strlen(whole))) > 0;)
        whole[strlen(whole) - n] = '\0';
    return whole;
}

Claim claim_begin(const Flow *flow, guint i) {
    return (Claim){.rate = flow_token(flow, i)->fact,
                   .paragraph = flow_token(flow, i)->paragraph,
                   .pointed = REPORT_NONE,
                   .settled = REPORT_NONE,
                   .numerator = REPORT_NONE,
                   .above = g_array_new(FALSE, FALSE, sizeof(Above)),
                   .below = g_array_new(FALSE, FALSE, sizeof(guint))};
}
