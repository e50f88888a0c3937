/* Weights and scores in running text: 总分100分，其中投入15分 …;
 * 过程指标25分，自评得分24分，扣1分，因为 … */
#include "normalize/relation/text_relation.h"
#include <string.h>

/* Characters before a score in which words tell what it is. */
enum { WORDS_BEFORE = 8 };

typedef enum { SCORE_WEIGHT, SCORE_EARNED, SCORE_DEDUCTED, SCORE_TOTAL, SCORE_BOUND } ScoreKind;

static gboolean ends_in(const Flow *flow, WordSet set, const char *text) {
    return wording_suffix(flow->wording, set, text, strlen(text)) > 0;
}

/* The words right before a score, without those that only lead to it (为, 达到). */
static char *words_before(const Flow *flow, guint i) {
    guint at = flow_token(flow, i)->start;
    guint from = at > WORDS_BEFORE ? at - WORDS_BEFORE : 0;
    if (i > 0 && flow_token(flow, i - 1)->end > from)
        from = flow_token(flow, i - 1)->end;
    char *text = flow_text(flow, from, at);
    static const char *const COPULAS[] = {"为", "是", "达到", "达", "：", ":"};
    for (guint k = 0; k < G_N_ELEMENTS(COPULAS); k++)
        if (g_str_has_suffix(text, COPULAS[k]))
            text[strlen(text) - strlen(COPULAS[k])] = '\0';
    return text;
}

static ScoreKind score_kind(const Flow *flow, guint i) {
    const Fact *fact = flow_fact(flow, i);
    g_autofree char *before = words_before(flow, i);
    if (fact->qualifier != QUALIFIER_EXACT || fact->text_high != NULL)
        return SCORE_BOUND;
    if (ends_in(flow, WORDS_DEDUCTED, before))
        return SCORE_DEDUCTED;
    if (g_strcmp0(fact->concept, "自评总分") == 0 || g_strcmp0(fact->concept, "目标总分") == 0)
        return SCORE_TOTAL;
    if (ends_in(flow, WORDS_EARNED, before) ||
        (fact->label != NULL && strstr(fact->label, "得分") != NULL))
        return SCORE_EARNED;
    return SCORE_WEIGHT;
}

static gboolean is_score(const Flow *flow, guint i) {
    return flow_token(flow, i)->kind == TOKEN_FACT && flow_fact(flow, i)->kind == FIGURE_SCORE;
}

/* 总分为100分 … 投入15分，过程25分 …: two weights or more in the paragraph behind a full mark. */
static void relate_weights(Flow *flow, guint total) {
    g_autoptr(GArray) weights = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = total + 1; i < flow->tokens->len; i++) {
        if (flow_token(flow, i)->kind == TOKEN_BREAK)
            break;
        if (!is_score(flow, i))
            continue;
        if (score_kind(flow, i) != SCORE_WEIGHT)
            break;
        g_array_append_val(weights, i);
    }
    if (weights->len < 2)
        return;
    guint last = g_array_index(weights, guint, weights->len - 1);
    guint relation = relation_begin(
        flow->report, "WGT-01",
        flow_span(flow, flow_token(flow, total)->start, flow_token(flow, last)->end));
    report_relation(flow->report, relation)->scope = flow_fact(flow, total)->label;
    relation_add(flow->report, relation, flow_token(flow, total)->fact, "total");
    fact_take_role(flow->report, flow_token(flow, total)->fact, "total");
    for (guint i = 0; i < weights->len; i++) {
        guint fact = flow_token(flow, g_array_index(weights, guint, i))->fact;
        relation_add(flow->report, relation, fact, "weight");
        fact_take_role(flow->report, fact, "weight");
    }
}

/* An indicator's scores: its weight, what it earned, what it lost. */
typedef struct {
    guint weight, earned; /* tokens; G_MAXUINT for none */
    GArray *deducted;     /* tokens */
} Indicator;

static void add_bound(Flow *flow, const Indicator *indicator, Span place) {
    guint relation = relation_begin(flow->report, "SCO-02", place);
    guint weight = flow_token(flow, indicator->weight)->fact;
    guint earned = flow_token(flow, indicator->earned)->fact;
    report_relation(flow->report, relation)->scope = report_fact(flow->report, weight)->label;
    relation_add(flow->report, relation, earned, "earned");
    relation_add(flow->report, relation, weight, "weight");
    fact_take_role(flow->report, weight, "weight");
    fact_take_role(flow->report, earned, "earned");
}

static void add_deduction(Flow *flow, const Indicator *indicator, Span place) {
    guint relation = relation_begin(flow->report, "SCO-03", place);
    guint weight = flow_token(flow, indicator->weight)->fact;
    report_relation(flow->report, relation)->scope = report_fact(flow->report, weight)->label;
    relation_add(flow->report, relation, weight, "weight");
    relation_add(flow->report, relation, flow_token(flow, indicator->earned)->fact, "earned");
    for (guint i = 0; i < indicator->deducted->len; i++)
        relation_add(flow->report, relation,
                     flow_token(flow, g_array_index(indicator->deducted, guint, i))->fact,
                     "deducted");
}

static void finish_indicator(Flow *flow, Indicator *indicator) {
    for (guint i = 0; i < indicator->deducted->len; i++)
        fact_take_role(flow->report,
                       flow_token(flow, g_array_index(indicator->deducted, guint, i))->fact,
                       "deducted");
    if (indicator->weight != G_MAXUINT && indicator->earned != G_MAXUINT) {
        guint last = indicator->deducted->len > 0
                         ? g_array_index(indicator->deducted, guint, indicator->deducted->len - 1)
                         : indicator->earned;
        Span place = flow_span(flow, flow_token(flow, indicator->weight)->start,
                               flow_token(flow, MAX(last, indicator->earned))->end);
        add_bound(flow, indicator, place);
        if (indicator->deducted->len > 0)
            add_deduction(flow, indicator, place);
    }
    indicator->weight = indicator->earned = G_MAXUINT;
    g_array_set_size(indicator->deducted, 0);
}

static void relate_indicators(Flow *flow) {
    Indicator indicator = {G_MAXUINT, G_MAXUINT, g_array_new(FALSE, FALSE, sizeof(guint))};
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (!is_score(flow, i))
            continue;
        switch (score_kind(flow, i)) {
        case SCORE_WEIGHT:
            finish_indicator(flow, &indicator);
            indicator.weight = i;
            break;
        case SCORE_EARNED:
            if (indicator.earned != G_MAXUINT)
                finish_indicator(flow, &indicator);
            indicator.earned = i;
            break;
        case SCORE_DEDUCTED:
            g_array_append_val(indicator.deducted, i);
            break;
        case SCORE_TOTAL:
            finish_indicator(flow, &indicator);
            break;
        default:
            break;
        }
    }
    finish_indicator(flow, &indicator);
    g_array_unref(indicator.deducted);
}

void relate_scores(Flow *flow) {
    for (guint i = 0; i < flow->tokens->len; i++)
        if (is_score(flow, i) && score_kind(flow, i) == SCORE_TOTAL)
            relate_weights(flow, i);
    relate_indicators(flow);
}

/* Scores of indicators by their names, over the whole report. */
typedef struct {
    Report *report;
    GArray *earned, *deducted, *weights; /* facts */
    guint total, full;
} ScoreTotals;

static void collect(ScoreTotals *totals) {
    for (guint i = 0; i < totals->report->facts->len; i++) {
        const Fact *fact = report_fact(totals->report, i);
        if (fact->kind != FIGURE_SCORE || fact->table != DOCUMENT_NONE ||
            fact->qualifier != QUALIFIER_EXACT)
            continue;
        if (g_strcmp0(fact->concept, "自评总分") == 0 && totals->total == REPORT_NONE)
            totals->total = i;
        else if (g_strcmp0(fact->concept, "目标总分") == 0 && totals->full == REPORT_NONE)
            totals->full = i;
        else if (g_strcmp0(fact->role, "earned") == 0)
            g_array_append_val(totals->earned, i);
        else if (g_strcmp0(fact->role, "deducted") == 0)
            g_array_append_val(totals->deducted, i);
    }
    for (guint i = 0; i < totals->report->relations->len; i++) {
        const Relation *relation = report_relation(totals->report, i);
        if (strcmp(relation->rule, "WGT-01") != 0 || totals->weights->len > 0)
            continue;
        for (guint k = 0; k < relation->members->len; k++) {
            const Member *member = &g_array_index(relation->members, Member, k);
            if (strcmp(member->role, "weight") == 0)
                g_array_append_val(totals->weights, member->fact);
        }
    }
}

/* The first word of an indicator's name: 投入 of 投入指标, 投入管理指标自评得分. */
static char *indicator_stem(const char *label) {
    static const char *const ENDS[] = {"指标", "自评", "得分", "实际"};
    char *stem = g_strdup(label == NULL ? "" : label);
    for (guint i = 0; i < G_N_ELEMENTS(ENDS); i++) {
        char *at = strstr(stem, ENDS[i]);
        if (at != NULL && at > stem)
            *at = '\0';
    }
    return stem;
}

static gboolean same_indicator(const Fact *a, const Fact *b) {
    g_autofree char *p = indicator_stem(a->label), *q = indicator_stem(b->label);
    return g_str_equal(p, q);
}

static gboolean is_scored(const ScoreTotals *totals, guint weight) {
    for (guint i = 0; i < totals->earned->len; i++)
        if (same_indicator(report_fact(totals->report, g_array_index(totals->earned, guint, i)),
                           report_fact(totals->report, weight)))
            return TRUE;
    return FALSE;
}

/* An indicator with a weight and no score takes part as what is implied. */
static void add_total(ScoreTotals *totals) {
    Report *report = totals->report;
    guint relation = relation_begin(report, "SCO-01", report_fact(report, totals->total)->place);
    report_relation(report, relation)->scope = report_fact(report, totals->total)->label;
    relation_add(report, relation, totals->total, "total");
    fact_take_role(report, totals->total, "total");
    for (guint i = 0; i < totals->earned->len; i++)
        relation_add(report, relation, g_array_index(totals->earned, guint, i), "earned");
    for (guint i = 0; i < totals->weights->len; i++)
        if (!is_scored(totals, g_array_index(totals->weights, guint, i)))
            relation_add_inferred(report, relation, g_array_index(totals->weights, guint, i),
                                  "earned");
}

static void add_losses(ScoreTotals *totals) {
    Report *report = totals->report;
    guint relation = relation_begin(report, "DED-02", report_fact(report, totals->total)->place);
    report_relation(report, relation)->scope = report_fact(report, totals->total)->label;
    relation_add(report, relation, totals->full, "weight");
    relation_add(report, relation, totals->total, "earned");
    for (guint i = 0; i < totals->deducted->len; i++)
        relation_add(report, relation, g_array_index(totals->deducted, guint, i), "deducted");
}

void relate_score_totals(Report *report) {
    ScoreTotals totals = {.report = report,
                          .earned = g_array_new(FALSE, FALSE, sizeof(guint)),
                          .deducted = g_array_new(FALSE, FALSE, sizeof(guint)),
                          .weights = g_array_new(FALSE, FALSE, sizeof(guint)),
                          .total = REPORT_NONE,
                          .full = REPORT_NONE};
    collect(&totals);
    if (totals.total != REPORT_NONE && totals.earned->len >= 2)
        add_total(&totals);
    if (totals.total != REPORT_NONE && totals.full != REPORT_NONE && totals.deducted->len > 0)
        add_losses(&totals);
    g_array_unref(totals.earned);
    g_array_unref(totals.deducted);
    g_array_unref(totals.weights);
}
