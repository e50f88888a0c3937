/* One indicator's weight, score, losses and rate, side by side in a sentence:
 *
 *   过程指标 25 分，自评得分 24 分，扣 1 分，因为 …
 */
#include "normalize/relation/text_score.h"
#include <string.h>

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

/* The rate of what was spent of the budget. */
static gboolean is_execution(const Flow *flow, guint i) {
    return clues_is_anchor(flow->clues, flow_token(flow, i)->operand, "EXE-01");
}

static void add_product(Flow *flow, const Indicator *indicator) {
    const char *rule = is_execution(flow, indicator->rate) ? "SCO-08" : "SCO-04";
    guint relation = begin(flow, rule, indicator, indicator->earned);
    score_add(flow, relation, indicator->earned, "earned");
    score_add(flow, relation, indicator->weight, "weight");
    score_add(flow, relation, indicator->rate, "rate");
}

static void add_indicator(Flow *flow, const Indicator *indicator) {
    guint last = indicator->earned;
    if (indicator->deducted->len > 0)
        last = MAX(last, g_array_index(indicator->deducted, guint, indicator->deducted->len - 1));
    guint bound = begin(flow, "SCO-02", indicator, last);
    score_add(flow, bound, indicator->earned, "earned");
    score_add(flow, bound, indicator->weight, "weight");
    if (indicator->rate != G_MAXUINT)
        add_product(flow, indicator);
    if (indicator->deducted->len == 0)
        return;
    guint relation = begin(flow, "SCO-03", indicator, last);
    score_add(flow, relation, indicator->weight, "weight");
    score_add(flow, relation, indicator->earned, "earned");
    for (guint i = 0; i < indicator->deducted->len; i++)
        score_add(flow, relation, g_array_index(indicator->deducted, guint, i), "deducted");
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
    score_add(flow, relation, head->weight, "weight");
    score_add(flow, relation, head->earned, "earned");
    score_add(flow, relation, lost, "deducted");
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

/* A weight begins an indicator, unless it stands in brackets behind what was earned of it. */
static void take_weight(Scores *scores, Indicator *indicator, guint i) {
    if (indicator->weight == G_MAXUINT && i > 0 && indicator->earned == i - 1 &&
        score_is_in_bracket_behind(scores->flow, i - 1, i)) {
        indicator->weight = i;
        indicator->kind = SCORE_WEIGHT;
        indicator->rate = rate_before(scores->flow, i - 1);
        return;
    }
    finish_indicator(scores, indicator);
    indicator->weight = i;
    indicator->kind = scores->kinds[i];
}

static void take_earned(Scores *scores, Indicator *indicator, guint i) {
    gboolean other = scores->kinds[i] == SCORE_TOTAL && indicator->kind != SCORE_FULL;
    if (other || indicator->earned != G_MAXUINT)
        finish_indicator(scores, indicator);
    indicator->earned = i;
}

static void take_loss(Scores *scores, const Indicator *head, Indicator *indicator, guint i) {
    gboolean of_all = is_of_all(scores, head, indicator, i);
    gboolean own = !of_all && !is_of_whole(scores, indicator, i);
    if (!own || !is_of_paragraph(scores->flow, indicator, i))
        finish_indicator(scores, indicator);
    if (of_all)
        add_loss_of_all(scores->flow, head, i);
    else if (own)
        g_array_append_val(indicator->deducted, i);
}

void scores_relate_indicators(Scores *scores) {
    const Flow *flow = scores->flow;
    Indicator head = {G_MAXUINT, G_MAXUINT, G_MAXUINT, SCORE_WEIGHT, NULL};
    Indicator indicator = {G_MAXUINT, G_MAXUINT, G_MAXUINT, SCORE_WEIGHT,
                           g_array_new(FALSE, FALSE, sizeof(guint))};
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (flow_token(flow, i)->kind == TOKEN_FACT && is_scoring_rate(flow, i, &indicator))
            indicator.rate = i;
        if (!flow_is_fact(flow, i, FIGURE_SCORE) || scores->listed[i])
            continue;
        note_head(flow, &head, &indicator);
        ScoreKind kind = scores->kinds[i];
        if (kind == SCORE_FULL || kind == SCORE_WEIGHT)
            take_weight(scores, &indicator, i);
        else if (kind == SCORE_TOTAL || kind == SCORE_EARNED)
            take_earned(scores, &indicator, i);
        else if (kind == SCORE_DEDUCTED)
            take_loss(scores, &head, &indicator, i);
    }
    finish_indicator(scores, &indicator);
    g_array_unref(indicator.deducted);
}
