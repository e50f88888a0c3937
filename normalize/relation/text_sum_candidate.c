/* Totals that may be those of a list, and the parts that the list gives each: of one unit, level
 * with level, change with change, 决算 with 决算 where the items say so. */
#include "normalize/relation/text_sum.h"
#include <string.h>

/* Parts of one total; sentences and tokens back to it. */
enum { PARTS_MAX = 512, SENTENCES_BACK_MAX = 2, SENTENCES_BACK_COLUMNS_MAX = 4 };
enum { TOKENS_BACK_MAX = 200, CANDIDATES_MAX = 8 };

/* The parts that an item gives; whether by words of the total's own measure. */
static gboolean item_parts(const Flow *flow, Run item, guint total, int depth, GArray *parts) {
    const char *measure = flow_token(flow, total)->measure;
    gboolean all = flow_fact(flow, total)->kind == FIGURE_AMOUNT && list_has_group_head(flow, item);
    guint first = G_MAXUINT, other = 0;
    for (guint i = item.first; i < item.end && parts->len < PARTS_MAX; i++) {
        if (flow_token(flow, i)->depth != depth || !total_takes(flow, i, total))
            continue;
        const char *own = flow_token(flow, i)->measure;
        if (!all && own != NULL && own == measure) {
            g_array_append_val(parts, i);
            return TRUE;
        }
        other += own != NULL && measure != NULL ? 1 : 0;
        if (all)
            g_array_append_val(parts, i);
        first = MIN(first, i);
    }
    if (!all && first != G_MAXUINT && other == 0)
        g_array_append_val(parts, first);
    return FALSE;
}

/* A list of figures ends before words that begin something else: another total, another year, or
 * another kind of separator than the first two had. */
static void cut_figures(const Flow *flow, GArray *parts) {
    gboolean commas = FALSE;
    for (guint i = 1; i < parts->len; i++) {
        guint before = g_array_index(parts, guint, i - 1), at = g_array_index(parts, guint, i);
        g_autofree char *between = flow_gap(flow, before, at);
        g_autofree char *words = flow_words(flow, at);
        gboolean total = wording_prefix(flow->wording, WORDS_TOTAL, words) > 0 ||
                         wording_suffix(flow->wording, WORDS_TOTAL, words, strlen(words)) > 0;
        gboolean comma = strstr(between, "，") != NULL || strstr(between, ",") != NULL;
        if (at > before + 1) /* 公办 92 家、床位 11480 张，民办 76 家 … */
            comma = commas;
        if (total || strstr(between, "：") != NULL ||
            flow_fact(flow, at)->period != flow_fact(flow, before)->period ||
            (i > 1 && comma && !commas)) {
            g_array_set_size(parts, i);
            return;
        }
        commas = comma;
    }
}

/* 甲 113 人、乙 75 人、丙 10 人，丁 5 人: another separator, but what it leads belongs to them. */
static gboolean adds_up_uncut(const Flow *flow, Candidate *candidate) {
    return candidate->parts->len > 2 &&
           candidate_sum(flow, candidate->total, candidate->parts, &candidate->sum) &&
           decimal_compare(candidate->sum, flow_fact(flow, candidate->total)->value) == 0;
}

/* 分为三类，合计 80 万元：…  — the total of the list stands in it. */
static gboolean begins_with_total(const Flow *flow, const GArray *parts) {
    if (parts->len == 0)
        return FALSE;
    const Token *token = flow_token(flow, g_array_index(parts, guint, 0));
    g_autofree char *words = flow_text(flow, token->lead, token->start);
    return wording_suffix(flow->wording, WORDS_TOTAL, words, strlen(words)) > 0;
}

/* A figure that stands in the list under its own name is no total of it. */
static gboolean stands_among(const Flow *flow, guint total, const GArray *parts) {
    const Fact *own = flow_fact(flow, total);
    for (guint i = 0; i < parts->len; i++) {
        const Fact *part = flow_fact(flow, g_array_index(parts, guint, i));
        if (own->label != NULL && g_strcmp0(own->label, part->label) == 0 &&
            strcmp(own->text, part->text) == 0)
            return TRUE;
    }
    return FALSE;
}

/* 人员经费 2.34 亿元，占 40.98%；药品 1.42 亿元，材料 0.96 亿元，其他 0.99 亿元: points of both
 * kinds part the items. All figures of the items are parts where that makes the total, or nearly.
 */
static void read_flat(const Flow *flow, const List *list, Candidate *candidate, int depth) {
    Candidate flat = *candidate;
    flat.parts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < list->items->len; i++) {
        Run item = g_array_index(list->items, Run, i);
        for (guint k = item.first; k < item.end && flat.parts->len < PARTS_MAX; k++)
            if (flow_token(flow, k)->depth == depth && total_takes(flow, k, flat.total))
                g_array_append_val(flat.parts, k);
    }
    if (flat.parts->len > candidate->parts->len &&
        candidate_sum(flow, flat.total, flat.parts, &flat.sum) &&
        (candidate_adds_up(flow, &flat) ||
         (candidate_is_slip(flow, &flat) && !candidate_is_slip(flow, candidate)))) {
        GArray *parts = candidate->parts;
        candidate->parts = g_steal_pointer(&flat.parts);
        flat.parts = parts;
        candidate->sum = flat.sum;
    }
    g_array_unref(flat.parts);
}

static gboolean candidate_read(const Flow *flow, const List *list, guint total,
                               Candidate *candidate) {
    int depth = flow_token(flow, list->introducer->item)->depth;
    guint gave = 0, columns = 0;
    *candidate = (Candidate){.total = total, .parts = g_array_new(FALSE, FALSE, sizeof(guint))};
    for (guint i = 0; i < list->items->len; i++) {
        guint before = candidate->parts->len;
        if (item_parts(flow, g_array_index(list->items, Run, i), total, depth, candidate->parts))
            columns++;
        gave += candidate->parts->len > before ? 1 : 0;
    }
    if (list->split == SPLIT_FIGURES && !adds_up_uncut(flow, candidate))
        cut_figures(flow, candidate->parts);
    if (begins_with_total(flow, candidate->parts))
        g_array_set_size(candidate->parts, 0);
    candidate->complete = list->split != SPLIT_FIGURES && gave >= 2 && gave == list->items->len;
    candidate->columns = candidate->complete && columns == gave;
    if (candidate->parts->len == 0 || stands_among(flow, total, candidate->parts) ||
        !candidate_sum(flow, total, candidate->parts, &candidate->sum))
        return FALSE;
    if (list->split == SPLIT_GROUPS && !candidate->columns && !candidate_adds_up(flow, candidate))
        read_flat(flow, list, candidate, depth);
    return TRUE;
}

/* 实际使用资金中：, 支出包括： take up the name of their total. */
static gboolean is_within(const Flow *flow, const Introducer *introducer, guint total) {
    g_autofree char *between = flow_gap(flow, introducer->after, introducer->item);
    const char *stop = g_strrstr(between, "。");
    g_autofree char *name = g_strdup(stop == NULL ? between : stop + strlen("。"));
    gsize n;
    const char *end = clues_find(flow->clues, CLUE_TAKEN_UP, name, &n);
    if (end != NULL)
        name[end - name] = '\0';
    g_autofree char *words = flow_words(flow, total);
    g_strstrip(name);
    return *name != '\0' && *words != '\0' &&
           (strstr(words, name) != NULL || strstr(name, words) != NULL);
}

/* 甲 7.8 万元，占 46%；乙 9.2 万元，占 54%。具体情况如下：  — parts of a sentence before have no
 * parts behind it. */
static gboolean is_enumerated(const Flow *flow, guint i, guint item) {
    guint sentence = flow_token(flow, i)->sentence;
    if (sentence == flow_token(flow, item)->sentence || sum_share_of(flow, i) == G_MAXUINT)
        return FALSE;
    for (guint k = i; k > 0 && flow_token(flow, k - 1)->sentence == sentence; k--)
        if (flow_token(flow, k - 1)->kind == TOKEN_FACT && sum_share_of(flow, k - 1) != G_MAXUINT)
            return TRUE;
    return FALSE;
}

/* 260.4 万元（其中…: what stands in the brackets is of the figure right before them. */
static gboolean opens_bracket(const Flow *flow, guint i) {
    guint end = flow_token(flow, i)->end;
    gunichar code = end < flow->codes->len ? g_array_index(flow->codes, gunichar, end) : 0;
    return code == U'（' || code == '(';
}

/* The figures before the introducer that may be a total of its list, nearest first. */
GArray *sum_find_candidates(const Flow *flow, const List *list) {
    GArray *candidates = g_array_new(FALSE, TRUE, sizeof(Candidate));
    guint stops = 0, after = list->introducer->after;
    guint floor = after > TOKENS_BACK_MAX ? after - TOKENS_BACK_MAX : 0;
    int depth = flow_token(flow, list->introducer->item)->depth;
    g_array_set_clear_func(candidates, candidate_clear);
    for (guint i = after + 1; i > MAX(floor, list->first); i--) {
        const Token *token = flow_token(flow, i - 1);
        stops += token->kind == TOKEN_STOP ? 1 : 0;
        if ((token->kind == TOKEN_BREAK && !token->soft) ||
            (token->kind == TOKEN_GROUP && !list->introducer->within) ||
            token->kind == TOKEN_MARKER || stops > SENTENCES_BACK_COLUMNS_MAX ||
            candidates->len == CANDIDATES_MAX)
            break;
        if (!flow_is_exact(flow, i - 1, list->kind) || token->base || token->reference ||
            token->depth > depth || is_enumerated(flow, i - 1, list->introducer->item))
            continue;
        if (list->introducer->within && !is_within(flow, list->introducer, i - 1))
            continue;
        Candidate candidate;
        gboolean read = candidate_read(flow, list, i - 1, &candidate);
        if (read && (stops <= SENTENCES_BACK_MAX || candidate.columns))
            g_array_append_val(candidates, candidate);
        else
            candidate_clear(&candidate);
        if (token->depth < depth && opens_bracket(flow, i - 1))
            break;
    }
    return candidates;
}

/* No total: one of the parts alone is more. */
static gboolean is_exceeded(const Flow *flow, const Candidate *candidate) {
    const Fact *total = flow_fact(flow, candidate->total);
    for (guint i = 0; i < candidate->parts->len; i++)
        if (decimal_compare(flow_fact(flow, g_array_index(candidate->parts, guint, i))->value,
                            total->value) > 0)
            return TRUE;
    return FALSE;
}

const Candidate *sum_choose(const Flow *flow, const List *list, const GArray *candidates) {
    const Candidate *chosen = NULL;
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *candidate = &g_array_index(candidates, Candidate, i);
        gboolean better = chosen != NULL && !candidate_adds_up(flow, chosen) &&
                          (candidate_adds_up(flow, candidate) ||
                           (is_exceeded(flow, chosen) && !is_exceeded(flow, candidate) &&
                            !(list->introducer->some && candidate_is_slip(flow, chosen))));
        if (chosen == NULL || better)
            chosen = candidate;
    }
    return chosen;
}
