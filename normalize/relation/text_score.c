/* Weights and scores in running text: what is lost and the mean of several here, parts of parts in
 * text_score_tree.c, single indicators in text_score_indicator.c. */
#include "normalize/relation/text_score.h"
#include <string.h>

void score_add(Flow *flow, guint relation, guint token, const char *role) {
    relation_add(flow->report, relation, flow_token(flow, token)->fact, role);
}

/* 各项目得分为 99 分、98 分，平均得分 98.5 分. Without the scores nothing can be said. */
static void relate_mean(Scores *scores, guint mean) {
    Flow *flow = scores->flow;
    guint relation =
        relation_begin(flow->report, "SCO-07",
                       flow_span(flow, flow_token(flow, mean)->start, flow_token(flow, mean)->end));
    report_relation(flow->report, relation)->scope = flow_fact(flow, mean)->label;
    score_add(flow, relation, mean, "total");
    guint first = mean;
    while (first > 0 && !flow_is_end(flow, first - 1))
        first--;
    for (guint i = first; i < mean; i++)
        if (score_is_kind(scores, i, SCORE_EARNED) || score_is_kind(scores, i, SCORE_TOTAL))
            score_add(flow, relation, i, "part");
}

/* The deductions that `total` is the sum of: behind it in its sentence, else before it in its
 * paragraph. */
static GArray *parts_of_loss(const Scores *scores, guint total) {
    const Flow *flow = scores->flow;
    GArray *parts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = total + 1; i < flow->tokens->len && !flow_is_end(flow, i); i++)
        if (score_is_kind(scores, i, SCORE_DEDUCTED))
            g_array_append_val(parts, i);
    if (parts->len > 0)
        return parts;
    guint first = total;
    while (first > 0 &&
           flow_token(flow, first - 1)->paragraph == flow_token(flow, total)->paragraph)
        first--;
    for (guint i = first; i < total; i++)
        if (score_is_kind(scores, i, SCORE_DEDUCTED))
            g_array_append_val(parts, i);
    if (parts->len < 2)
        g_array_set_size(parts, 0);
    return parts;
}

static gboolean opens_list(const Flow *flow, guint i) {
    guint end = flow_token(flow, i)->end;
    gunichar code = end < flow->codes->len ? g_array_index(flow->codes, gunichar, end) : 0;
    return code == U'：' || code == ':';
}

static gboolean is_sum_of(const Flow *flow, guint total, const GArray *parts) {
    Decimal sum = DECIMAL_ZERO;
    for (guint i = 0; i < parts->len; i++)
        if (!decimal_add(sum, flow_fact(flow, g_array_index(parts, guint, i))->value, &sum))
            return FALSE;
    return decimal_compare(sum, flow_fact(flow, total)->value) == 0;
}

/* 失分 3.6 分, or 扣 3.6 分：with the losses behind the colon, and no indicator's name. */
static gboolean is_lost_in_all(const Flow *flow, guint i, const GArray *parts) {
    g_autofree char *words = flow_words(flow, i);
    return score_has_clue(flow, CLUE_LOST, words) ||
           (opens_list(flow, i) && parts->len >= 2 &&
            (g_utf8_strlen(words, -1) <= 1 || is_sum_of(flow, i, parts)));
}

/* 失分 3.6 分，其中甲扣 1.2 分、乙扣 2.4 分; 甲扣 1.2 分，乙扣 2.4 分，合计扣 3.6 分. */
static void relate_losses(Scores *scores) {
    Flow *flow = scores->flow;
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (!score_is_kind(scores, i, SCORE_DEDUCTED))
            continue;
        g_autoptr(GArray) parts = parts_of_loss(scores, i);
        if (parts->len == 0 || !is_lost_in_all(flow, i, parts))
            continue;
        guint last = g_array_index(parts, guint, parts->len - 1);
        guint start = MIN(i, g_array_index(parts, guint, 0));
        guint relation = relation_begin(
            flow->report, "SUM-01",
            flow_span(flow, flow_token(flow, start)->start, flow_token(flow, MAX(i, last))->end));
        report_relation(flow->report, relation)->scope = flow_fact(flow, i)->label;
        score_add(flow, relation, i, "total");
        scores->kinds[i] = SCORE_BOUND; /* no deduction of its own */
        for (guint k = 0; k < parts->len; k++) {
            guint part = g_array_index(parts, guint, k);
            score_add(flow, relation, part, "part");
            scores->listed[part] |= last > i;
        }
    }
}

void relate_scores(Flow *flow, TextReading *reading) {
    guint n = flow->tokens->len;
    g_autofree ScoreKind *kinds = g_new0(ScoreKind, n + 1);
    g_autofree gboolean *projects = g_new0(gboolean, n + 1);
    g_autofree gboolean *listed = g_new0(gboolean, n + 1);
    g_autofree guint *owners = g_new(guint, n + 1);
    for (guint i = 0; i < n; i++)
        owners[i] = i;
    Scores scores = {flow, reading, kinds, projects, listed, owners};
    scores_read_kinds(&scores);
    relate_losses(&scores);
    scores_relate_trees(&scores);
    scores_relate_indicators(&scores);
    for (guint i = 0; i < n; i++)
        if (score_is_kind(&scores, i, SCORE_MEAN))
            relate_mean(&scores, i);
    scores_collect_mentions(&scores);
}
