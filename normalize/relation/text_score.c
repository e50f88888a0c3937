/* Weights and scores in running text.
 *
 *   总分 100 分，其中投入 15 分（目标 5 分、预算 10 分），过程 25 分 …     weights, a tree
 *   综合得分 96 分，其中投入 14 分，过程 24 分 …                            scores, a tree
 *   过程指标 25 分，自评得分 24 分，扣 1 分，因为 …                         one indicator
 */
#include "normalize/relation/text_score.h"
#include "normalize/relation/text_list.h"
#include <string.h>

enum { LEVELS_MAX = 4 };

static gboolean is_kind(const Scores *scores, guint i, ScoreKind kind) {
    return flow_is_fact(scores->flow, i, FIGURE_SCORE) && scores->kinds[i] == kind;
}

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
        if (is_kind(scores, i, SCORE_FULL))
            relate_tree(scores, i, i + 1, paragraph_end(flow, i), SCORE_WEIGHT, 1);
        else if (is_kind(scores, i, SCORE_TOTAL))
            relate_tree(scores, i, i + 1, paragraph_end(flow, i), SCORE_EARNED, 1);
    }
}

/* 投入指标15分，其中目标设定5分、预算配置10分: a tree without a full mark above it. */
static void relate_branches(Scores *scores) {
    const Flow *flow = scores->flow;
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (scores->listed[i] ||
            (!is_kind(scores, i, SCORE_WEIGHT) && !is_kind(scores, i, SCORE_EARNED)))
            continue;
        guint first = i, end = paragraph_end(flow, i), to = children_end(scores, i, end, &first);
        if (to > i)
            relate_tree(scores, i, first, to, scores->kinds[i], 1);
    }
}

/* An indicator's scores: its weight, what it earned, what it lost, and the rate it earned by. */
typedef struct {
    guint weight, earned, rate; /* tokens; G_MAXUINT for none */
    ScoreKind kind;             /* of the weight */
    GArray *deducted;           /* tokens */
} Indicator;

static guint begin(Flow *flow, const char *rule, const Indicator *indicator, guint last) {
    guint relation = relation_begin(
        flow->report, rule,
        flow_span(flow, flow_token(flow, indicator->weight)->start, flow_token(flow, last)->end));
    report_relation(flow->report, relation)->scope = flow_fact(flow, indicator->weight)->label;
    return relation;
}

static void add(Flow *flow, guint relation, guint token, const char *role) {
    relation_add(flow->report, relation, flow_token(flow, token)->fact, role);
}

/* The rate of what was spent of the budget. */
static gboolean is_execution(const Flow *flow, guint i) {
    return clues_is_anchor(flow->clues, flow_token(flow, i)->operand, "EXE-01");
}

static void add_product(Flow *flow, const Indicator *indicator) {
    const char *rule = is_execution(flow, indicator->rate) ? "SCO-08" : "SCO-04";
    guint relation = begin(flow, rule, indicator, indicator->earned);
    add(flow, relation, indicator->earned, "earned");
    add(flow, relation, indicator->weight, "weight");
    add(flow, relation, indicator->rate, "rate");
}

static void add_indicator(Flow *flow, const Indicator *indicator) {
    guint last = indicator->earned;
    if (indicator->deducted->len > 0)
        last = MAX(last, g_array_index(indicator->deducted, guint, indicator->deducted->len - 1));
    guint bound = begin(flow, "SCO-02", indicator, last);
    add(flow, bound, indicator->earned, "earned");
    add(flow, bound, indicator->weight, "weight");
    if (indicator->rate != G_MAXUINT)
        add_product(flow, indicator);
    if (indicator->deducted->len == 0)
        return;
    guint relation = begin(flow, "SCO-03", indicator, last);
    add(flow, relation, indicator->weight, "weight");
    add(flow, relation, indicator->earned, "earned");
    for (guint i = 0; i < indicator->deducted->len; i++)
        add(flow, relation, g_array_index(indicator->deducted, guint, i), "deducted");
}

/* Of a weight and its score the nameless one has the other's name. */
static void name_by(Scores *scores, guint weight, guint earned) {
    if (score_is_nameless(scores->flow, earned))
        scores->owners[earned] = weight;
    else if (flow_token(scores->flow, weight)->depth > 0)
        scores->owners[weight] = earned;
}

static void finish_indicator(Scores *scores, Indicator *indicator) {
    Flow *flow = scores->flow;
    for (guint i = 0; i < indicator->deducted->len; i++)
        fact_take_role(flow->report,
                       flow_token(flow, g_array_index(indicator->deducted, guint, i))->fact,
                       "deducted");
    if (indicator->weight != G_MAXUINT && indicator->earned != G_MAXUINT) {
        add_indicator(flow, indicator);
        fact_take_role(flow->report, flow_token(flow, indicator->weight)->fact,
                       indicator->kind == SCORE_FULL ? "total" : "weight");
    }
    if (indicator->earned != G_MAXUINT)
        fact_take_role(flow->report, flow_token(flow, indicator->earned)->fact,
                       scores->kinds[indicator->earned] == SCORE_TOTAL ? "total" : "earned");
    if (indicator->weight != G_MAXUINT && indicator->earned != G_MAXUINT)
        name_by(scores, indicator->weight, indicator->earned);
    indicator->weight = indicator->earned = indicator->rate = G_MAXUINT;
    g_array_set_size(indicator->deducted, 0);
}

/* A rate between a weight and its score, by which the score was made; or right behind both, what
 * the score is of the weight. */
static gboolean is_scoring_rate(const Flow *flow, guint i, const Indicator *indicator) {
    if (!flow_is_exact(flow, i, FIGURE_PERCENT) || indicator->weight == G_MAXUINT)
        return FALSE;
    g_autofree char *words = flow_words(flow, i);
    g_autofree char *name = flow_words(flow, indicator->weight);
    gboolean rate = score_has_clue(flow, CLUE_EARNED_BY, words);
    if (indicator->earned != G_MAXUINT)
        return rate && indicator->rate == G_MAXUINT && indicator->earned + 1 == i;
    if (rate)
        return TRUE;
    return is_execution(flow, i) && score_has_clue(flow, CLUE_EXECUTION, name);
}

/* 预算执行率97.60%，得分19.5分（满分20分）: the rate that a nameless score stands behind. */
static guint rate_before(const Flow *flow, guint earned) {
    gboolean rate = earned > 0 && flow_is_exact(flow, earned - 1, FIGURE_PERCENT) &&
                    is_execution(flow, earned - 1) && score_is_nameless(flow, earned);
    return rate ? earned - 1 : G_MAXUINT;
}

/* What another paragraph says was lost may be of all indicators. */
static gboolean is_of_paragraph(const Flow *flow, const Indicator *indicator, guint i) {
    guint last = indicator->earned != G_MAXUINT ? indicator->earned : indicator->weight;
    return last == G_MAXUINT || flow_token(flow, last)->paragraph == flow_token(flow, i)->paragraph;
}

/* 其中 right behind what the head earned: the others are its parts. */
static gboolean has_parts(const Flow *flow, const Indicator *head) {
    gsize n;
    guint next = head->earned + 1;
    while (next < flow->tokens->len && !flow_is_fact(flow, next, FIGURE_SCORE))
        next++;
    if (next >= flow->tokens->len)
        return FALSE;
    g_autofree char *between = flow_gap(flow, head->earned, next);
    return wording_find(flow->wording, WORDS_PARTS, between, &n) != NULL;
}

/* 甲15分，得15分；乙30分，得29分。失分1分: of the whole, in a sentence of its own. */
static gboolean is_of_whole(const Scores *scores, const Indicator *indicator, guint i) {
    const Flow *flow = scores->flow;
    g_autofree char *words = flow_words(flow, i);
    return indicator->earned != G_MAXUINT && score_has_clue(flow, CLUE_LOST, words) &&
           flow_token(flow, indicator->earned)->sentence != flow_token(flow, i)->sentence;
}

/* …20分，得16分。其中：甲12分，得10分；乙8分，得6分。两项合计扣4分: said of all, behind the last.
 */
static gboolean is_of_all(const Scores *scores, const Indicator *head, const Indicator *indicator,
                          guint i) {
    const Flow *flow = scores->flow;
    g_autofree char *words = flow_words(flow, i);
    return head->weight != G_MAXUINT && indicator->earned != G_MAXUINT &&
           head->earned != indicator->earned && has_parts(flow, head) &&
           score_has_clue(flow, CLUE_LOST, words) &&
           flow_token(flow, head->weight)->paragraph == flow_token(flow, i)->paragraph &&
           flow_token(flow, indicator->earned)->sentence != flow_token(flow, i)->sentence;
}

static void add_loss_of_all(Flow *flow, const Indicator *head, guint lost) {
    guint relation = begin(flow, "SCO-03", head, lost);
    add(flow, relation, head->weight, "weight");
    add(flow, relation, head->earned, "earned");
    add(flow, relation, lost, "deducted");
    fact_take_role(flow->report, flow_token(flow, lost)->fact, "deducted");
}

static void note_head(const Flow *flow, Indicator *head, const Indicator *indicator) {
    if (indicator->weight == G_MAXUINT || indicator->earned == G_MAXUINT ||
        (head->weight != G_MAXUINT && flow_token(flow, head->weight)->paragraph ==
                                          flow_token(flow, indicator->weight)->paragraph))
        return;
    head->weight = indicator->weight;
    head->earned = indicator->earned;
}

static void relate_indicators(Scores *scores) {
    Flow *flow = scores->flow;
    Indicator head = {G_MAXUINT, G_MAXUINT, G_MAXUINT, SCORE_WEIGHT, NULL};
    Indicator indicator = {G_MAXUINT, G_MAXUINT, G_MAXUINT, SCORE_WEIGHT,
                           g_array_new(FALSE, FALSE, sizeof(guint))};
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (flow_token(flow, i)->kind == TOKEN_FACT && is_scoring_rate(flow, i, &indicator))
            indicator.rate = i;
        if (!flow_is_fact(flow, i, FIGURE_SCORE) || scores->listed[i])
            continue;
        note_head(flow, &head, &indicator);
        switch (scores->kinds[i]) {
        case SCORE_FULL:
        case SCORE_WEIGHT:
            if (indicator.weight == G_MAXUINT && i > 0 && indicator.earned == i - 1 &&
                score_is_in_bracket_behind(flow, i - 1, i)) {
                indicator.weight = i; /* in brackets behind what was earned */
                indicator.kind = SCORE_WEIGHT;
                indicator.rate = rate_before(flow, i - 1);
                break;
            }
            finish_indicator(scores, &indicator);
            indicator.weight = i;
            indicator.kind = scores->kinds[i];
            break;
        case SCORE_TOTAL:
            if (indicator.kind != SCORE_FULL)
                finish_indicator(scores, &indicator);
            /* fall through */
        case SCORE_EARNED:
            if (indicator.earned != G_MAXUINT)
                finish_indicator(scores, &indicator);
            indicator.earned = i;
            break;
        case SCORE_DEDUCTED:
            if (is_of_all(scores, &head, &indicator, i)) {
                finish_indicator(scores, &indicator);
                add_loss_of_all(flow, &head, i);
                break;
            }
            if (is_of_whole(scores, &indicator, i)) {
                finish_indicator(scores, &indicator);
                break;
            }
            if (!is_of_paragraph(flow, &indicator, i))
                finish_indicator(scores, &indicator);
            g_array_append_val(indicator.deducted, i);
            break;
        default:
            break;
        }
    }
    finish_indicator(scores, &indicator);
    g_array_unref(indicator.deducted);
}

/* 各项目得分为 99 分、98 分，平均得分 98.5 分. Without the scores nothing can be said. */
static void relate_mean(Scores *scores, guint mean) {
    Flow *flow = scores->flow;
    guint relation =
        relation_begin(flow->report, "SCO-07",
                       flow_span(flow, flow_token(flow, mean)->start, flow_token(flow, mean)->end));
    report_relation(flow->report, relation)->scope = flow_fact(flow, mean)->label;
    add(flow, relation, mean, "total");
    guint first = mean;
    while (first > 0 && !flow_is_end(flow, first - 1))
        first--;
    for (guint i = first; i < mean; i++)
        if (is_kind(scores, i, SCORE_EARNED) || is_kind(scores, i, SCORE_TOTAL))
            add(flow, relation, i, "part");
}

/* The deductions that `total` is the sum of: behind it in its sentence, else before it in its
 * paragraph. */
static GArray *parts_of_loss(const Scores *scores, guint total) {
    const Flow *flow = scores->flow;
    GArray *parts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = total + 1; i < flow->tokens->len && !flow_is_end(flow, i); i++)
        if (is_kind(scores, i, SCORE_DEDUCTED))
            g_array_append_val(parts, i);
    if (parts->len > 0)
        return parts;
    guint first = total;
    while (first > 0 &&
           flow_token(flow, first - 1)->paragraph == flow_token(flow, total)->paragraph)
        first--;
    for (guint i = first; i < total; i++)
        if (is_kind(scores, i, SCORE_DEDUCTED))
            g_array_append_val(parts, i);
    if (parts->len < 2)
        g_array_set_size(parts, 0);
    return parts;
}

/* 失分 3.6 分，其中甲扣 1.2 分、乙扣 2.4 分; 甲扣 1.2 分，乙扣 2.4 分，合计扣 3.6 分. */
static void relate_losses(Scores *scores) {
    Flow *flow = scores->flow;
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (!is_kind(scores, i, SCORE_DEDUCTED))
            continue;
        g_autofree char *words = flow_words(flow, i);
        if (!score_has_clue(flow, CLUE_LOST, words))
            continue;
        g_autoptr(GArray) parts = parts_of_loss(scores, i);
        if (parts->len == 0)
            continue;
        guint last = g_array_index(parts, guint, parts->len - 1);
        guint start = MIN(i, g_array_index(parts, guint, 0));
        guint relation = relation_begin(
            flow->report, "SUM-01",
            flow_span(flow, flow_token(flow, start)->start, flow_token(flow, MAX(i, last))->end));
        report_relation(flow->report, relation)->scope = flow_fact(flow, i)->label;
        add(flow, relation, i, "total");
        scores->kinds[i] = SCORE_BOUND; /* no deduction of its own */
        for (guint k = 0; k < parts->len; k++) {
            guint part = g_array_index(parts, guint, k);
            add(flow, relation, part, "part");
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
    relate_trees(&scores);
    relate_branches(&scores);
    relate_indicators(&scores);
    for (guint i = 0; i < n; i++)
        if (is_kind(&scores, i, SCORE_MEAN))
            relate_mean(&scores, i);
    scores_collect_mentions(&scores);
}
