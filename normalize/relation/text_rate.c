/* Rates and changes in running text, with what they were computed from in the same sentence. */
#include "normalize/relation/text_relation.h"
#include <string.h>

/* Sentences over which a rate looks for its operands: its own and the one before. */
enum { SENTENCES_BACK_MAX = 1, TEXT_BEFORE = 16 };

static gboolean has_concept(const Flow *flow, guint i, const char *const *concepts) {
    const Fact *fact = flow_fact(flow, i);
    return fact->kind == FIGURE_AMOUNT && fact->qualifier == QUALIFIER_EXACT &&
           fact->concept != NULL && g_strv_contains(concepts, fact->concept);
}

/* The nearest figure before `i` that means one of the concepts. */
static guint find_before(const Flow *flow, guint i, const char *const *concepts) {
    guint stops = 0;
    for (; i > 0; i--) {
        const Token *token = flow_token(flow, i - 1);
        stops += token->kind == TOKEN_STOP ? 1 : 0;
        if (token->kind == TOKEN_BREAK || stops > SENTENCES_BACK_MAX)
            break;
        if (token->kind == TOKEN_FACT && has_concept(flow, i - 1, concepts))
            return i - 1;
    }
    return G_MAXUINT;
}

static void relate_execution(Flow *flow, guint i) {
    static const char *const SPENT[] = {"执行数", "支出总计", NULL};
    static const char *const BUDGET[] = {"预算数", "年初预算数", NULL};
    guint numerator = find_before(flow, i, SPENT), denominator = find_before(flow, i, BUDGET);
    if (numerator == G_MAXUINT || denominator == G_MAXUINT)
        return;
    guint from = MIN(numerator, denominator);
    guint relation =
        relation_begin(flow->report, "EXE-01",
                       flow_span(flow, flow_token(flow, from)->start, flow_token(flow, i)->end));
    report_relation(flow->report, relation)->scope = flow_fact(flow, i)->label;
    relation_add(flow->report, relation, flow_token(flow, numerator)->fact, "numerator");
    relation_add(flow->report, relation, flow_token(flow, denominator)->fact, "denominator");
    relation_add(flow->report, relation, flow_token(flow, i)->fact, "rate");
    fact_take_role(flow->report, flow_token(flow, i)->fact, "rate");
    fact_take_role(flow->report, flow_token(flow, numerator)->fact, "actual");
    fact_take_role(flow->report, flow_token(flow, denominator)->fact, "budget");
}

typedef enum { CHANGE_NONE, CHANGE_UP, CHANGE_DOWN } Change;

/* 比上年增加, 减少, 下降 right before the figure. */
static Change change_of(const Flow *flow, guint i) {
    static const char *const UP[] = {"增加", "增长", "上升", "提高", "增幅", NULL};
    static const char *const DOWN[] = {"减少", "下降", "降低", "降幅", "压减", NULL};
    guint at = flow_token(flow, i)->start, from = at > TEXT_BEFORE ? at - TEXT_BEFORE : 0;
    if (i > 0 && flow_token(flow, i - 1)->end > from)
        from = flow_token(flow, i - 1)->end;
    g_autofree char *text = flow_text(flow, from, at);
    for (guint k = 0; UP[k] != NULL; k++)
        if (g_str_has_suffix(text, UP[k]))
            return CHANGE_UP;
    for (guint k = 0; DOWN[k] != NULL; k++)
        if (g_str_has_suffix(text, DOWN[k]))
            return CHANGE_DOWN;
    return CHANGE_NONE;
}

static gboolean is_exact(const Flow *flow, guint i, FigureKind kind) {
    return i < flow->tokens->len && flow_token(flow, i)->kind == TOKEN_FACT &&
           flow_fact(flow, i)->kind == kind && flow_fact(flow, i)->qualifier == QUALIFIER_EXACT &&
           flow_fact(flow, i)->text_high == NULL;
}

/* The figure of the year before among the figures of the sentence: its period says so. */
static guint find_last(const Flow *flow, guint i, guint this) {
    const Fact *now = flow_fact(flow, this);
    for (guint k = i; k > 0; k--) {
        const Token *token = flow_token(flow, k - 1);
        if (token->kind == TOKEN_STOP || token->kind == TOKEN_BREAK)
            break;
        if (k - 1 == this || !is_exact(flow, k - 1, now->kind) ||
            change_of(flow, k - 1) != CHANGE_NONE)
            continue;
        const Fact *fact = flow_fact(flow, k - 1);
        if (fact->period != NULL && now->period != NULL && g_strcmp0(fact->unit, now->unit) == 0 &&
            atoi(fact->period) == atoi(now->period) - 1)
            return k - 1;
    }
    return G_MAXUINT;
}

static guint find_this(const Flow *flow, guint i, FigureKind kind) {
    for (guint k = i; k > 0; k--) {
        const Token *token = flow_token(flow, k - 1);
        if (token->kind == TOKEN_STOP || token->kind == TOKEN_BREAK)
            break;
        if (!is_exact(flow, k - 1, kind) || change_of(flow, k - 1) != CHANGE_NONE)
            continue;
        const Fact *fact = flow_fact(flow, k - 1);
        int year = flow->report->year;
        if (fact->period == NULL || year == 0 || atoi(fact->period) == year)
            return k - 1;
    }
    return G_MAXUINT;
}

static void add_growth(Flow *flow, guint this, guint last, guint change, guint rate) {
    Report *report = flow->report;
    Change direction = change_of(flow, change != G_MAXUINT ? change : rate);
    int sign = direction == CHANGE_DOWN ? -1 : 1;
    guint end = rate != G_MAXUINT ? rate : change;
    Span place =
        flow_span(flow, flow_token(flow, MIN(this, last))->start, flow_token(flow, end)->end);
    if (change != G_MAXUINT) {
        guint relation = relation_begin(report, "YOY-01", place);
        relation_add(report, relation, flow_token(flow, this)->fact, "this");
        relation_add(report, relation, flow_token(flow, last)->fact, "last");
        relation_add_signed(report, relation, flow_token(flow, change)->fact, "change", sign);
        fact_take_role(report, flow_token(flow, change)->fact, "change");
    }
    if (rate == G_MAXUINT)
        return;
    guint relation = relation_begin(report, "YOY-02", place);
    relation_add(report, relation, flow_token(flow, this)->fact, "this");
    relation_add(report, relation, flow_token(flow, last)->fact, "last");
    relation_add_signed(report, relation, flow_token(flow, rate)->fact, "rate",
                        change_of(flow, rate) == CHANGE_DOWN ? -1 : 1);
    fact_take_role(report, flow_token(flow, rate)->fact, "change");
}

/* Words and signs: 减少0.04万元，增长0.01% contradict each other whatever the base. */
static void relate_change(Flow *flow, guint i) {
    gboolean amount = is_exact(flow, i, FIGURE_AMOUNT) || is_exact(flow, i, FIGURE_COUNT);
    guint change = amount ? i : G_MAXUINT;
    guint rate = amount ? i + 1 : i;
    if (!is_exact(flow, rate, FIGURE_PERCENT) || change_of(flow, rate) == CHANGE_NONE)
        rate = G_MAXUINT;
    if (change == G_MAXUINT && rate == G_MAXUINT)
        return;
    FigureKind kind = amount ? flow_fact(flow, i)->kind : FIGURE_AMOUNT;
    guint this = find_this(flow, i, kind);
    guint last = this == G_MAXUINT ? G_MAXUINT : find_last(flow, i, this);
    if (last != G_MAXUINT)
        add_growth(flow, this, last, change, rate);
}

void relate_rates(Flow *flow) {
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (flow_token(flow, i)->kind != TOKEN_FACT)
            continue;
        if (is_exact(flow, i, FIGURE_PERCENT) &&
            g_strcmp0(flow_fact(flow, i)->concept, "执行率") == 0)
            relate_execution(flow, i);
        else if (change_of(flow, i) != CHANGE_NONE &&
                 (i == 0 || change_of(flow, i - 1) == CHANGE_NONE ||
                  flow_token(flow, i - 1)->kind != TOKEN_FACT))
            relate_change(flow, i);
    }
}
