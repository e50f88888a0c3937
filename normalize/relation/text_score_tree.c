/* Weights and scores that are parts of others, level below level:
 *
 *   总分 100 分，其中投入 15 分（目标 5 分、预算 10 分），过程 25 分 …     weights
 *   综合得分 96 分，其中投入 14 分，过程 24 分 …                            scores
 */
#include "normalize/relation/text_list.h"
#include "normalize/relation/text_score.h"
#include <string.h>

enum { LEVELS_MAX = 4 };

/* The end of what may be children of a score: its bracket, else its group. */
static guint children_end(const Scores *scores, guint i, guint end, guint *first) {
    const Flow *flow = scores->flow;
    int depth = flow_token(flow, i)->depth;
    guint to = i + 1;
    while (to < end && flow_token(flow, to)->depth > depth)
        to++;
    if (to > i + 1) {
        *first = i + 1;
        return to;
    }
    Introducer introducer;
    while (to < end && flow_token(flow, to)->kind != TOKEN_GROUP && !flow_is_end(flow, to))
        to++;
    if (!introducer_read(flow, i, (Run){i, to}, &introducer))
        return i;
    *first = introducer.item;
    return to;
}

static const char *tree_rule(ScoreKind root, ScoreKind child) {
    if (child == SCORE_EARNED)
        return "SCO-01";
    return root == SCORE_FULL ? "WGT-01" : "WGT-02";
}

static void add_tree(Scores *scores, guint root, const GArray *children, ScoreKind child,
                     gboolean paired) {
    Flow *flow = scores->flow;
    guint last = g_array_index(children, guint, children->len - 1);
    guint relation =
        relation_begin(flow->report, tree_rule(scores->kinds[root], child),
                       flow_span(flow, flow_token(flow, root)->start, flow_token(flow, last)->end));
    const char *role = child == SCORE_EARNED ? "earned" : "weight";
    report_relation(flow->report, relation)->scope = flow_fact(flow, root)->label;
    relation_add(flow->report, relation, flow_token(flow, root)->fact, "total");
    if (scores->kinds[root] == SCORE_FULL || scores->kinds[root] == SCORE_TOTAL)
        fact_take_role(flow->report, flow_token(flow, root)->fact, "total");
    for (guint i = 0; i < children->len; i++) {
        guint token = g_array_index(children, guint, i);
        relation_add(flow->report, relation, flow_token(flow, token)->fact, role);
        fact_take_role(flow->report, flow_token(flow, token)->fact, role);
        scores->listed[token] = !paired;
    }
}

/* 社会效益指标 30 分，即受益人数 30 分: one weight by two names. */
static gboolean is_restated(const Flow *flow, guint before, guint i) {
    g_autofree char *gap = flow_gap(flow, before, i);
    return score_has_clue(flow, CLUE_RESTATED, gap);
}

/* The children of `root` among the tokens [first, end): scores of one kind, level with each other;
 * what stands below one of them is read in turn. */
static void relate_tree(Scores *scores, guint root, guint first, guint end, ScoreKind child,
                        guint level) {
    const Flow *flow = scores->flow;
    g_autoptr(GArray) children = g_array_new(FALSE, FALSE, sizeof(guint));
    gboolean paired = FALSE;
    int depth = -1;
    for (guint i = first; i < end; i++) {
        if (!flow_is_fact(flow, i, FIGURE_SCORE))
            continue;
        if (scores->kinds[i] == SCORE_FULL || scores->kinds[i] == SCORE_TOTAL)
            break;
        if (scores->kinds[i] != child) { /* beside its weight, its score or what it lost */
            if (child == SCORE_WEIGHT && children->len == 0)
                break;
            paired = TRUE;
            continue;
        }
        if (depth < 0)
            depth = flow_token(flow, i)->depth;
        if (flow_token(flow, i)->depth != depth ||
            (children->len > 0 &&
             is_restated(flow, g_array_index(children, guint, children->len - 1), i)))
            continue;
        g_array_append_val(children, i);
        guint below = i, to = level < LEVELS_MAX ? children_end(scores, i, end, &below) : i;
        if (to <= i)
            continue;
        guint before = flow->report->relations->len;
        relate_tree(scores, i, below, to, child, level + 1);
        if (flow->report->relations->len > before)
            i = to - 1;
        else if (child == SCORE_WEIGHT)
            return; /* a list in it that goes on behind ；: which are whose nobody can tell */
    }
    /* What the department's indicators earned beside their weights is for the whole report. */
    if (children->len >= 2 && !(paired && child == SCORE_EARNED && !scores->projects[root]))
        add_tree(scores, root, children, child, paired);
}

static guint paragraph_end(const Flow *flow, guint i) {
    while (i < flow->tokens->len &&
           !(flow_token(flow, i)->kind == TOKEN_BREAK && !flow_token(flow, i)->soft))
        i++;
    return i;
}

static void relate_trees(Scores *scores) {
    const Flow *flow = scores->flow;
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (score_is_kind(scores, i, SCORE_FULL))
            relate_tree(scores, i, i + 1, paragraph_end(flow, i), SCORE_WEIGHT, 1);
        else if (score_is_kind(scores, i, SCORE_TOTAL))
            relate_tree(scores, i, i + 1, paragraph_end(flow, i), SCORE_EARNED, 1);
    }
}

/* 投入指标15分，其中目标设定5分、预算配置10分: a tree without a full mark above it. */
static void relate_branches(Scores *scores) {
    const Flow *flow = scores->flow;
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (scores->listed[i] ||
            (!score_is_kind(scores, i, SCORE_WEIGHT) && !score_is_kind(scores, i, SCORE_EARNED)))
            continue;
        guint first = i, end = paragraph_end(flow, i), to = children_end(scores, i, end, &first);
        if (to > i)
            relate_tree(scores, i, first, to, scores->kinds[i], 1);
    }
}

void scores_relate_trees(Scores *scores) {
    relate_trees(scores);
    relate_branches(scores);
}
