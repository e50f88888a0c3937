/* Percentages in a row, of figures in a row.
 *
 *   一般反应 386 例，异常反应 32 例，分别占 92.34% 和 7.66%
 */
#include "normalize/relation/text_claim_read.h"
#include <string.h>

enum { RESPECTIVE_MAX = 8 };

/* The percentages in a row from `i` on, joined by 、 or 和; their number. */
static guint row_of_percents(const Flow *flow, guint i) {
    guint n = 1;
    while (n < RESPECTIVE_MAX && i + n < flow->tokens->len && claim_is_percent(flow, i + n)) {
        g_autofree char *between = flow_gap(flow, i + n - 1, i + n);
        if (!wording_has(flow->wording, WORDS_JOIN, between))
            break;
        n++;
    }
    return n;
}

/* 病例总数 of 占病例总数的比重依次为 and of 占病例总数的; nothing of 分别占. */
static char *respective_whole(const Flow *flow, const char *behind, const char *told) {
    g_autofree char *words = told == NULL || told < behind
                                 ? g_strdup(behind)
                                 : g_strndup(behind, (gsize)(told - behind));
    return claim_whole_of(flow, told != NULL && told < behind && *words == '\0' ? "" : words);
}

/* 分别完成计划的, 完成率分别为. */
static gboolean is_of_plans(const Flow *flow, const char *words) {
    gsize n;
    return (clues_find(flow->clues, CLUE_REACH, words, &n) != NULL &&
            clues_plan(flow->clues, words) != NULL) ||
           clues_find(flow->clues, CLUE_RATE, words, &n) != NULL;
}

/* 甲 386 例、乙 32 例，分别占 92.34% 和 7.66%: as many figures as percentages, in their order; so
 * in 分别为 386 例和 32 例，占病例总数的 92.34% 和 7.66%. How many percentages that settles. */
guint claims_collect_respective(Flow *flow, TextReading *reading, guint i) {
    guint n = row_of_percents(flow, i);
    gsize m;
    g_autofree char *words = flow_text(flow, flow_token(flow, i)->lead, flow_token(flow, i)->start);
    const char *share = clues_find(flow->clues, CLUE_SHARE, words, &m);
    gsize length;
    const char *told = wording_find(flow->wording, WORDS_DISTRIBUTE, words, &length);
    gboolean reached = share == NULL && told != NULL && is_of_plans(flow, words);
    if (n < 2 || (share == NULL && !reached))
        return 0;
    g_autoptr(GArray) levels = claim_levels_before(flow, i);
    if (levels->len < n)
        return 0;
    guint first = g_array_index(levels, guint, n - 1);
    if (flow_token(flow, first)->sentence != flow_token(flow, i)->sentence)
        return n; /* fewer figures than percentages */
    g_autofree char *before =
        flow_text(flow, flow_token(flow, first)->lead, flow_token(flow, first)->start);
    if (told == NULL && wording_find(flow->wording, WORDS_DISTRIBUTE, before, &length) == NULL)
        return n; /* which is whose nobody says */
    const char *unit = flow_fact(flow, g_array_index(levels, guint, 0))->unit;
    for (guint k = 1; k < n; k++)
        if (g_strcmp0(unit, flow_fact(flow, g_array_index(levels, guint, k))->unit) != 0)
            return 0;
    for (guint k = 0; k < n; k++) {
        Claim claim = claim_begin(flow, i + k);
        claim.kind = reached ? CLAIM_RATE : CLAIM_SHARE;
        claim.rule = "PCT-04";
        claim.placed = TRUE;
        claim.name = g_strdup(words);
        claim.whole = reached ? g_strdup("") : respective_whole(flow, share + m, told);
        claim_add_above(flow, &claim, g_array_index(levels, guint, n - 1 - k), TRUE);
        for (guint b = n; b < levels->len; b++)
            g_array_append_val(claim.below,
                               flow_token(flow, g_array_index(levels, guint, b))->fact);
        g_array_append_val(reading->claims, claim);
    }
    return n;
}
