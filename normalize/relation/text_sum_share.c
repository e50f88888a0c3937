/* Parts with their shares: 甲 7.8 万元，占 46%；乙 9.2 万元，占 54%. */
#include "normalize/relation/fit.h"
#include "normalize/relation/text_sum.h"
#include <string.h>

/* Each part with its share right behind it: the share's token, or G_MAXUINT. In 甲占总数的 it is
 * one of something else, in 分别占 one of several. */
guint sum_share_of(const Flow *flow, guint part) {
    guint next = part + 1;
    if (next >= flow->tokens->len || !flow_is_exact(flow, next, FIGURE_PERCENT) ||
        !flow_token(flow, next)->share)
        return G_MAXUINT;
    g_autofree char *words = flow_words(flow, next);
    return clues_prefix(flow->clues, CLUE_SHARE, words) > 0 ? next : G_MAXUINT;
}

gboolean sum_all_have_shares(const Flow *flow, const GArray *parts) {
    for (guint i = 0; i < parts->len; i++)
        if (sum_share_of(flow, g_array_index(parts, guint, i)) == G_MAXUINT)
            return FALSE;
    return parts->len >= 2;
}

static gboolean is_share_of(const Flow *flow, guint part, guint total, guint share) {
    guint fact = flow_token(flow, part)->fact;
    return fit_ratio(flow->report, &fact, 1, flow_token(flow, total)->fact,
                     flow_token(flow, share)->fact);
}

/* Whether a part's share is one of the total: then those of the others are. */
static gboolean are_shares_of(const Flow *flow, const Candidate *candidate) {
    for (guint i = 0; i < candidate->parts->len; i++) {
        guint part = g_array_index(candidate->parts, guint, i), share = sum_share_of(flow, part);
        if (share != G_MAXUINT && is_share_of(flow, part, candidate->total, share))
            return TRUE;
    }
    return FALSE;
}

static gboolean have_right_shares(const Flow *flow, const Candidate *candidate) {
    for (guint i = 0; i < candidate->parts->len; i++) {
        guint part = g_array_index(candidate->parts, guint, i), share = sum_share_of(flow, part);
        if (share == G_MAXUINT || !is_share_of(flow, part, candidate->total, share))
            return FALSE;
    }
    return TRUE;
}

/* 高级职称 152 人，占 34.7%；硕士 286 人，占 65.3%；“双师型” 324 人，占 73.97%: each is a share of
 * the total, and together they are more: they overlap. */
gboolean sum_overlaps(const Flow *flow, const Candidate *candidate) {
    return decimal_compare(candidate->sum, flow_fact(flow, candidate->total)->value) > 0 &&
           have_right_shares(flow, candidate);
}

/* 受援人 3725 人，其中农民工 1416 人，占 38%；老年人 528 人，占 14.2%: each is a share of the
 * total, and together they are less, which 其中 grants. */
gboolean sum_names_some(const Flow *flow, const List *list, const Candidate *candidate) {
    return list->introducer->some && !list->introducer->colon && !list->introducer->listed &&
           decimal_compare(candidate->sum, flow_fact(flow, candidate->total)->value) < 0 &&
           have_right_shares(flow, candidate);
}

/* 占支出总额的 behind a total that is not called so: it is a share of something else. */
gboolean sum_is_share_of_another(const Flow *flow, const Candidate *candidate, guint part,
                                 guint share) {
    g_autofree char *words = flow_words(flow, share);
    gsize n = clues_prefix(flow->clues, CLUE_SHARE, words);
    return words[n] != '\0' && !is_share_of(flow, part, candidate->total, share);
}

/* Of a list that is not whole what a share is of must show. */
void sum_relate_shares(Flow *flow, const Candidate *candidate, gboolean whole) {
    guint shares = REPORT_NONE;
    gboolean all = whole && sum_all_have_shares(flow, candidate->parts);
    if (!whole && !are_shares_of(flow, candidate))
        return;
    for (guint i = 0; i < candidate->parts->len; i++) {
        guint part = g_array_index(candidate->parts, guint, i), share = sum_share_of(flow, part);
        if (share == G_MAXUINT)
            continue;
        if (!sum_is_share_of_another(flow, candidate, part, share))
            share_relate(flow, part, candidate->total, share, TRUE);
        if (all && shares == REPORT_NONE)
            shares = relation_begin(
                flow->report, "SUM-10",
                flow_span(flow, flow_token(flow, part)->start, flow_token(flow, share)->end));
        if (shares != REPORT_NONE)
            relation_add(flow->report, shares, flow_token(flow, share)->fact, "part");
    }
}
