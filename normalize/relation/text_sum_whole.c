/* Whether a list names all of its total's parts. */
#include "normalize/relation/text_sum.h"
#include <string.h>

enum { FORMAL_PARTS_MIN = 3, OTHERS_PARTS_MIN = 2 };

/* 甲局 6 个：… ；乙中心 1 个：… */
static gboolean all_have_heads(const Flow *flow, const List *list) {
    for (guint i = 0; i < list->items->len; i++)
        if (!list_has_group_head(flow, g_array_index(list->items, Run, i)))
            return FALSE;
    return TRUE;
}

/* 其中：甲 120 万元；乙 80 万元 of 1260 万元: the main ones, however they are set out. */
gboolean sum_is_fragment(const Flow *flow, const List *list, const Candidate *candidate) {
    Decimal twice;
    return list->introducer->some && list->kind == FIGURE_AMOUNT &&
           decimal_multiply(candidate->sum, decimal_from_integer(2), &twice) &&
           decimal_compare(twice, flow_fact(flow, candidate->total)->value) < 0;
}

/* 应急保障用车 1 辆、其他用车 4 辆: the last of several kinds that are counted is what is left. */
static gboolean ends_in_others(const Flow *flow, const Candidate *candidate) {
    if (flow_fact(flow, candidate->total)->kind != FIGURE_COUNT ||
        candidate->parts->len < OTHERS_PARTS_MIN)
        return FALSE;
    const char *name =
        flow_fact(flow, g_array_index(candidate->parts, guint, candidate->parts->len - 1))->label;
    return name != NULL && clues_prefix(flow->clues, CLUE_OTHERS, name) > 0;
}

/* Whether the form of the list says that it is whole. */
gboolean sum_is_whole(const Flow *flow, const List *list, const Candidate *candidate) {
    const Introducer *introducer = list->introducer;
    if (candidate->parts->len < 2 || candidate_is_open(flow, candidate) ||
        sum_overlaps(flow, candidate))
        return FALSE;
    if (list->twin == candidate->parts->len)
        return TRUE;
    return candidate->columns || introducer->listed ||
           (candidate->complete && !sum_is_fragment(flow, list, candidate) &&
            (introducer->colon || list->split == SPLIT_MARKERS || !introducer->some ||
             all_have_heads(flow, list))) ||
           (!introducer->some && list->split == SPLIT_FIGURES) ||
           sum_all_have_shares(flow, candidate->parts) || candidate_has_rest(flow, candidate) ||
           ends_in_others(flow, candidate) || candidate_whole(flow, candidate) != NULL;
}

/* 其中：甲 3 万元，乙 4 万元，丙 5 万元: mostly whole, but nothing says so. */
gboolean sum_is_formal(const List *list, const Candidate *candidate) {
    return list->kind == FIGURE_AMOUNT && list->introducer->some && list->introducer->colon &&
           candidate->parts->len >= FORMAL_PARTS_MIN;
}

/* 贴息 2343.3 万元。村级项目 8 个：… — a colon in another sentence, that no word ties to the total.
 */
gboolean sum_is_apart(const Flow *flow, const List *list, const Candidate *candidate) {
    const Introducer *introducer = list->introducer;
    return !introducer->some && !introducer->listed && !candidate->columns &&
           flow_token(flow, candidate->total)->sentence !=
               flow_token(flow, introducer->item)->sentence;
}

/* A colon far behind its total may begin something else. */
gboolean sum_is_loose(const Flow *flow, const List *list, const Candidate *candidate) {
    const Introducer *introducer = list->introducer;
    if (introducer->some || introducer->listed || candidate->columns)
        return FALSE;
    g_autofree char *between = flow_gap(flow, candidate->total, introducer->item);
    return strstr(between, "，") != NULL || strstr(between, "。") != NULL;
}
