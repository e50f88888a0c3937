/* Weights and scores in running text.
 *
 *   总分 100 分，其中投入 15 分（目标 5 分、预算 10 分），过程 25 分 …     weights, a tree
 *   综合得分 96 分，其中投入 14 分，过程 24 分 …                            scores, a tree
 *   过程指标 25 分，自评得分 24 分，扣 1 分，因为 …                         one indicator
 *
 * The words before a score say what it is; where they do not, it is what the total before it is.
 * What one project earned is not what the department did.
 */
#include "normalize/relation/text_list.h"
#include "normalize/relation/text_relation.h"
#include <string.h>

/* A heading of this level or below is that of one item: 1. 养老服务体系建设项目. */
enum {
    ITEM_LEVEL_MIN = 3,
    LEVELS_MAX = 4,
    PARAGRAPH_CHARACTERS_MAX = 400,
    FULL_MARK = 100,
    ITEM_CHARACTERS_MAX = 20
};

typedef struct {
    Flow *flow;
    TextReading *reading;
    ScoreKind *kinds;   /* of each token */
    gboolean *projects; /* of each token */
    gboolean *listed;
    guint *owners; /* the token whose name it has */
} Scores;

static gboolean has(const Flow *flow, ClueSet set, const char *text) {
    gsize n;
    return text != NULL && clues_find(flow->clues, set, text, &n) != NULL;
}

static gboolean ends_in(const Flow *flow, WordSet set, const char *text) {
    return wording_suffix(flow->wording, set, text, strlen(text)) > 0;
}

/* What the words of the score itself say; SCORE_WEIGHT where they say nothing. */
static ScoreKind own_kind(const Flow *flow, guint i) {
    const Fact *fact = flow_fact(flow, i);
    g_autofree char *words = flow_words(flow, i);
    if (fact->qualifier != QUALIFIER_EXACT || fact->text_high != NULL)
        return SCORE_BOUND;
    if (ends_in(flow, WORDS_DEDUCTED, words) || has(flow, CLUE_LOST, words))
        return SCORE_DEDUCTED;
    if (has(flow, CLUE_MEAN, words))
        return SCORE_MEAN;
    if (has(flow, CLUE_FULL, words) || g_strcmp0(fact->concept, "目标总分") == 0)
        return SCORE_FULL;
    if (has(flow, CLUE_OVERALL, words) || g_strcmp0(fact->concept, "自评总分") == 0)
        return SCORE_TOTAL;
    return has(flow, CLUE_SCORED, words) ? SCORE_EARNED : SCORE_WEIGHT;
}

/* 1.预算编制情况。总分20分，得20分: less than the full mark of everything, unless it says so. */
static gboolean is_mark_of_part(const Flow *flow, guint i, const char *words) {
    return decimal_compare(flow_fact(flow, i)->value, decimal_from_integer(FULL_MARK)) < 0 &&
           strstr(words, "部门") == NULL && strstr(words, "自评") == NULL &&
           strstr(words, "目标") == NULL;
}

/* The list's head says what its wordless scores are: 各指标得分为：, or the total before it. */
static gboolean is_earned_list(const Flow *flow, guint before, guint i) {
    g_autofree char *between = flow_gap(flow, before, i);
    return has(flow, CLUE_SCORED, between);
}

/* Words such as 自评得分 alone, which say nothing of an indicator. */
static gboolean is_nameless(const Flow *flow, guint i) {
    g_autofree char *words = flow_words(flow, i);
    g_autofree char *name = clues_without(flow->clues, CLUE_SCORED, words);
    g_autofree char *rest = clues_without(flow->clues, CLUE_GENERIC, name);
    return *rest == '\0';
}

/* 产出指标 50 分，自评得分 45 分: a nameless score is what the one before it earned. */
static gboolean is_paired(const Flow *flow, guint i) {
    guint next = i + 1;
    while (next < flow->tokens->len && !flow_is_fact(flow, next, FIGURE_SCORE)) {
        if (flow_token(flow, next)->kind != TOKEN_FACT)
            return FALSE;
        next++;
    }
    if (next >= flow->tokens->len || !is_nameless(flow, next))
        return FALSE;
    ScoreKind kind = own_kind(flow, next);
    return kind == SCORE_EARNED || kind == SCORE_TOTAL;
}

/* 自评 96 分，其中资金管理 20 分，自评 19 分: behind it weights and their scores in pairs. */
static gboolean heads_pairs(const Flow *flow, guint i) {
    Introducer introducer;
    guint next = i + 1;
    if (!introducer_read(flow, i, (Run){i, flow->tokens->len}, &introducer))
        return FALSE;
    while (next < introducer.item && flow_token(flow, next)->kind != TOKEN_FACT)
        next++;
    return flow_is_fact(flow, next, FIGURE_SCORE) && own_kind(flow, next) == SCORE_WEIGHT &&
           is_paired(flow, next);
}

/* 得分 47 分（满分 50 分）: the full mark of one indicator, beside what it earned. */
static gboolean is_remark(const Scores *scores, guint i) {
    const Flow *flow = scores->flow;
    return i > 0 && flow_token(flow, i)->depth > flow_token(flow, i - 1)->depth &&
           flow_is_fact(flow, i - 1, FIGURE_SCORE) && scores->kinds[i - 1] == SCORE_EARNED;
}

static void read_kinds(Scores *scores) {
    const Flow *flow = scores->flow;
    ScoreKind list = SCORE_WEIGHT; /* of wordless scores */
    guint before = G_MAXUINT;
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (flow_token(flow, i)->kind == TOKEN_BREAK && !flow_token(flow, i)->soft)
            list = SCORE_WEIGHT;
        if (!flow_is_fact(flow, i, FIGURE_SCORE))
            continue;
        ScoreKind kind = own_kind(flow, i);
        if (kind == SCORE_WEIGHT && i > 0 && is_earned_list(flow, i - 1, i))
            list = SCORE_EARNED;
        g_autofree char *words = flow_words(flow, i);
        gboolean wordless = !ends_in(flow, WORDS_WEIGHT, words) ||
                            g_str_has_suffix(words, "指标") || g_str_has_suffix(words, "满意度");
        if (kind == SCORE_WEIGHT && wordless && !is_paired(flow, i))
            kind = list;
        if (kind == SCORE_FULL && is_remark(scores, i))
            kind = SCORE_WEIGHT;
        /* 自评总分 100 分，得分 95 分 */
        if (kind == SCORE_TOTAL && is_paired(flow, i) && !has(flow, CLUE_SCORED, words))
            kind = SCORE_FULL;
        if (kind == SCORE_FULL && is_mark_of_part(flow, i, words))
            kind = SCORE_WEIGHT;
        if (kind == SCORE_EARNED && is_nameless(flow, i) && before != G_MAXUINT &&
            scores->kinds[before] == SCORE_FULL)
            kind = SCORE_TOTAL;
        gboolean alone = before == G_MAXUINT ||
                         flow_token(flow, before)->sentence != flow_token(flow, i)->sentence;
        if (kind == SCORE_EARNED && (alone || !is_nameless(flow, i)) && heads_pairs(flow, i))
            kind = SCORE_TOTAL;
        scores->kinds[i] = kind;
        list = kind == SCORE_TOTAL ? SCORE_EARNED : kind == SCORE_FULL ? SCORE_WEIGHT : list;
        before = i;
    }
}

/* The heading that the score stands below is that of one project. */
static gboolean under_project(const Report *report, const Fact *fact) {
    for (guint s = fact->section; s != REPORT_NONE; s = report_section(report, s)->parent) {
        const Section *section = report_section(report, s);
        if (section->level >= ITEM_LEVEL_MIN && section->title != NULL &&
            strstr(section->title, "项目") != NULL && strstr(section->title, "指标") == NULL)
            return TRUE;
    }
    return FALSE;
}

static gboolean of_department(const char *words) {
    return strstr(words, "部门") != NULL || strstr(words, "整体") != NULL;
}

static void read_projects(Scores *scores) {
    const Flow *flow = scores->flow;
    guint start = 0;
    gboolean project = FALSE;
    for (guint i = 0; i < flow->tokens->len; i++) {
        const Token *token = flow_token(flow, i);
        if (token->kind == TOKEN_BREAK && !token->soft) {
            start = token->end;
            project = FALSE;
        }
        if (!flow_is_fact(flow, i, FIGURE_SCORE))
            continue;
        guint from = MAX(start, token->start > PARAGRAPH_CHARACTERS_MAX
                                    ? token->start - PARAGRAPH_CHARACTERS_MAX
                                    : 0);
        g_autofree char *before = flow_text(flow, from, token->start);
        g_autofree char *words = flow_words(flow, i);
        project = (project || has(flow, CLUE_PROJECT, before)) && !of_department(words);
        scores->projects[i] = project || under_project(flow->report, flow_fact(flow, i));
    }
}

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
        if (flow_token(flow, i)->depth != depth)
            continue;
        g_array_append_val(children, i);
        guint below = i, to = level < LEVELS_MAX ? children_end(scores, i, end, &below) : i;
        if (to <= i)
            continue;
        guint before = flow->report->relations->len;
        relate_tree(scores, i, below, to, child, level + 1);
        if (flow->report->relations->len > before)
            i = to - 1;
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

static void add_product(Flow *flow, const Indicator *indicator) {
    gboolean execution = g_strcmp0(flow_token(flow, indicator->rate)->operand, "执行率") == 0;
    guint relation = begin(flow, execution ? "SCO-08" : "SCO-04", indicator, indicator->earned);
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
    if (is_nameless(scores->flow, earned))
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

/* A rate between a weight and its score, by which the score was made. */
static gboolean is_scoring_rate(const Flow *flow, guint i, const Indicator *indicator) {
    if (!flow_is_exact(flow, i, FIGURE_PERCENT) || indicator->weight == G_MAXUINT ||
        indicator->earned != G_MAXUINT)
        return FALSE;
    g_autofree char *words = flow_words(flow, i);
    g_autofree char *name = flow_words(flow, indicator->weight);
    if (g_str_has_suffix(words, "得分率") || g_str_has_suffix(words, "得分系数"))
        return TRUE;
    return g_strcmp0(flow_token(flow, i)->operand, "执行率") == 0 && strstr(name, "执行") != NULL;
}

static void relate_indicators(Scores *scores) {
    Flow *flow = scores->flow;
    Indicator indicator = {G_MAXUINT, G_MAXUINT, G_MAXUINT, SCORE_WEIGHT,
                           g_array_new(FALSE, FALSE, sizeof(guint))};
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (flow_token(flow, i)->kind == TOKEN_FACT && is_scoring_rate(flow, i, &indicator))
            indicator.rate = i;
        if (!flow_is_fact(flow, i, FIGURE_SCORE) || scores->listed[i])
            continue;
        switch (scores->kinds[i]) {
        case SCORE_FULL:
        case SCORE_WEIGHT:
            if (indicator.weight == G_MAXUINT && i > 0 && indicator.earned == i - 1 &&
                flow_token(flow, i)->depth > flow_token(flow, i - 1)->depth) {
                indicator.weight = i; /* in brackets behind what was earned */
                indicator.kind = SCORE_WEIGHT;
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

char *score_stem(const char *label) {
    static const char *const ENDS[] = {"指标", "自评", "得分", "实际", "分值", "权重"};
    char *stem = g_strdup(label == NULL ? "" : label);
    for (guint i = 0; i < G_N_ELEMENTS(ENDS); i++) {
        char *at = strstr(stem, ENDS[i]);
        if (at != NULL && at > stem)
            *at = '\0';
    }
    return stem;
}

static void mention_clear(gpointer data) { g_free(((ScoreMention *)data)->stem); }

GArray *score_mentions_new(void) {
    GArray *mentions = g_array_new(FALSE, TRUE, sizeof(ScoreMention));
    g_array_set_clear_func(mentions, mention_clear);
    return mentions;
}

/* What the paragraph of a score is about: its words up to the first stop; "" where they are many.
 */
static char *item_name(const Flow *flow, guint i) {
    static const gunichar STOPS[] = {0x3002, 0xff0c, 0xff1a, 0xff1b, ',', ':', ';'};
    guint from = 0;
    for (guint k = i; k > 0 && from == 0; k--) {
        const Token *token = flow_token(flow, k - 1);
        if (token->kind == TOKEN_MARKER || (token->kind == TOKEN_BREAK && !token->soft))
            from = token->end;
    }
    for (guint end = from; end < flow->codes->len && end - from <= ITEM_CHARACTERS_MAX; end++)
        for (guint k = 0; k < G_N_ELEMENTS(STOPS); k++)
            if (g_array_index(flow->codes, gunichar, end) == STOPS[k])
                return flow_text(flow, from, end);
    return g_strdup("");
}

/* The indicator of a score; where its own words only say what kind of score it is, its item's. */
static char *mention_stem(const Scores *scores, guint i) {
    const Flow *flow = scores->flow;
    char *stem = score_stem(flow_fact(flow, scores->owners[i])->label);
    g_autofree char *full = clues_without(flow->clues, CLUE_FULL, stem);
    g_autofree char *overall = clues_without(flow->clues, CLUE_OVERALL, full);
    g_autofree char *name = clues_without(flow->clues, CLUE_SCORED, overall);
    if (*name != '\0' || *stem == '\0')
        return stem;
    g_free(stem);
    return item_name(flow, i);
}

static void collect_mentions(const Scores *scores) {
    const Flow *flow = scores->flow;
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (!flow_is_fact(flow, i, FIGURE_SCORE) || scores->kinds[i] == SCORE_BOUND)
            continue;
        ScoreMention mention = {.fact = flow_token(flow, i)->fact,
                                .kind = scores->kinds[i],
                                .project = scores->projects[i],
                                .listed = scores->listed[i],
                                .paragraph = flow_token(flow, i)->paragraph,
                                .stem = mention_stem(scores, i)};
        g_array_append_val(scores->reading->scores, mention);
        if (mention.kind == SCORE_WEIGHT && *mention.stem != '\0')
            fact_take_role(flow->report, mention.fact, "weight");
    }
}

/* 失分 3.6 分，其中甲扣 1.2 分、乙扣 2.4 分: what was lost in all, before its parts. */
static void relate_losses(Scores *scores) {
    Flow *flow = scores->flow;
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (!is_kind(scores, i, SCORE_DEDUCTED))
            continue;
        g_autofree char *words = flow_words(flow, i);
        if (!has(flow, CLUE_LOST, words))
            continue;
        guint relation = REPORT_NONE;
        for (guint k = i + 1; k < flow->tokens->len && !flow_is_end(flow, k); k++) {
            if (!is_kind(scores, k, SCORE_DEDUCTED))
                continue;
            if (relation == REPORT_NONE) {
                relation = relation_begin(
                    flow->report, "SUM-01",
                    flow_span(flow, flow_token(flow, i)->start, flow_token(flow, k)->end));
                report_relation(flow->report, relation)->scope = flow_fact(flow, i)->label;
                add(flow, relation, i, "total");
                scores->kinds[i] = SCORE_BOUND; /* no deduction of its own */
            }
            add(flow, relation, k, "part");
            scores->listed[k] = TRUE;
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
    read_kinds(&scores);
    read_projects(&scores);
    relate_losses(&scores);
    relate_trees(&scores);
    relate_branches(&scores);
    relate_indicators(&scores);
    for (guint i = 0; i < n; i++)
        if (is_kind(&scores, i, SCORE_MEAN))
            relate_mean(&scores, i);
    collect_mentions(&scores);
}
