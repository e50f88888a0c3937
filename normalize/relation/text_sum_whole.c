/* Whether a list names all of its total's parts. */
#include "normalize/relation/text_sum.h"
#include <string.h>

enum { FORMAL_PARTS_MIN = 3, OTHERS_PARTS_MIN = 2, PARALLEL_CHARACTERS_MAX = 8 };

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
        sum_overlaps(flow, candidate) ||
        (sum_names_some(flow, list, candidate) && candidate_whole(flow, candidate) == NULL))
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

/* Characters that two names share at their beginning and their end. */
static guint shared_ends(const char *a, const char *b, glong length) {
    g_autofree gunichar *x = g_utf8_to_ucs4_fast(a, -1, NULL);
    g_autofree gunichar *y = g_utf8_to_ucs4_fast(b, -1, NULL);
    glong first = 0, last = 0;
    while (first < length && x[first] == y[first])
        first++;
    while (last < length - first && x[length - 1 - last] == y[length - 1 - last])
        last++;
    return (guint)(first + last);
}

/* The words before a part, behind what introduces it: 集中式 of 其中集中式. */
static char *part_name(const Flow *flow, const Candidate *candidate, guint i) {
    gsize n;
    g_autofree char *words = flow_words(flow, g_array_index(candidate->parts, guint, i));
    const char *word = wording_find(flow->wording, WORDS_PARTS, words, &n);
    const char *name = word == NULL ? words : word + n;
    while (*name != '\0' && g_unichar_ispunct(g_utf8_get_char(name)))
        name = g_utf8_next_char(name);
    return g_strdup(name);
}

/* 集中供养 and 分散供养, 国控断面 and 省控断面, 续聘 and 新聘: names of one length that differ in
 * some of their characters are two kinds of one thing. */
static gboolean are_parallel(const Flow *flow, const Candidate *candidate) {
    g_autofree char *first = part_name(flow, candidate, 0);
    glong length = g_utf8_strlen(first, -1);
    if (length < 2 || length > PARALLEL_CHARACTERS_MAX)
        return FALSE;
    for (guint i = 1; i < candidate->parts->len; i++) {
        g_autofree char *other = part_name(flow, candidate, i);
        guint shared = g_utf8_strlen(other, -1) == length ? shared_ends(first, other, length) : 0;
        if (shared == 0 || (glong)shared == length)
            return FALSE;
    }
    return TRUE;
}

/* Of three kinds that are counted, or two that are named alike, 其中 mostly names all: what nearly
 * makes the total is a slip. */
gboolean sum_is_likely(const Flow *flow, const List *list, const Candidate *candidate) {
    gsize n;
    gboolean more = decimal_compare(candidate->sum, flow_fact(flow, candidate->total)->value) > 0;
    if (!list->introducer->some || sum_names_some(flow, list, candidate) ||
        (more && list->kind == FIGURE_COUNT)) /* what is counted twice is another rule's */
        return FALSE;
    guint last = g_array_index(candidate->parts, guint, candidate->parts->len - 1);
    g_autofree char *words = flow_words(flow, last);
    gboolean several = candidate->parts->len >= FORMAL_PARTS_MIN;
    if (several && clues_find(flow->clues, CLUE_LAST_STEP, words, &n) == words)
        return candidate_covers(flow, candidate);
    return ((several && list->kind == FIGURE_COUNT) || are_parallel(flow, candidate)) &&
           candidate_is_near(flow, candidate); /* but 甲镇 60 万元、乙镇 20 万元 of 120 are some */
}

/* A colon far behind its total may begin something else. */
gboolean sum_is_loose(const Flow *flow, const List *list, const Candidate *candidate) {
    const Introducer *introducer = list->introducer;
    if (introducer->some || introducer->listed || candidate->columns)
        return FALSE;
    g_autofree char *between = flow_gap(flow, candidate->total, introducer->item);
    return strstr(between, "，") != NULL || strstr(between, "。") != NULL;
}
