/* What each score of running text is, by the words before it; where they do not say, it is what the
 * total before it is. What one project earned is not what the department did.
 */
#include "normalize/relation/text_list.h"
#include "normalize/relation/text_score.h"
#include <string.h>

/* A heading of this level or below is that of one item: 1. 养老服务体系建设项目. */
enum { ITEM_LEVEL_MIN = 3, PARAGRAPH_CHARACTERS_MAX = 400, FULL_MARK = 100 };

gboolean score_has_clue(const Flow *flow, ClueSet set, const char *text) {
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
    if (fact->qualifier != QUALIFIER_EXACT || fact->text_high != NULL ||
        (ends_in(flow, WORDS_CHANGE, words) && score_has_clue(flow, CLUE_COMPARE, words)))
        return SCORE_BOUND; /* so is 评价得分比自评低 6.4 分 */
    if (ends_in(flow, WORDS_DEDUCTED, words) || score_has_clue(flow, CLUE_LOST, words))
        return SCORE_DEDUCTED;
    if (score_has_clue(flow, CLUE_MEAN, words))
        return SCORE_MEAN;
    if (score_has_clue(flow, CLUE_FULL, words) || fact_is(fact, CONCEPT_FULL_MARK))
        return SCORE_FULL;
    if (score_has_clue(flow, CLUE_OVERALL, words) || fact_is(fact, CONCEPT_SCORE))
        return SCORE_TOTAL;
    return score_has_clue(flow, CLUE_SCORED, words) ? SCORE_EARNED : SCORE_WEIGHT;
}

/* 1.预算编制情况。总分20分，得20分: less than the full mark of everything, unless it says so. */
static gboolean is_mark_of_part(const Flow *flow, guint i, const char *words) {
    g_autofree char *name = clues_without(flow->clues, CLUE_FULL, words);
    if (score_has_clue(flow, CLUE_MARK_OF, name)) /* 部门决策指标满分 */
        return TRUE;
    return decimal_compare(flow_fact(flow, i)->value, decimal_from_integer(FULL_MARK)) < 0 &&
           !score_has_clue(flow, CLUE_OF_ALL, words);
}

/* The list's head says what its wordless scores are: 各指标得分为：, or the total before it. */
static gboolean is_earned_list(const Flow *flow, guint before, guint i) {
    g_autofree char *between = flow_gap(flow, before, i);
    return score_has_clue(flow, CLUE_SCORED, between);
}

static gboolean only_says_scored(const Flow *flow, const char *words) {
    g_autofree char *name = clues_without(flow->clues, CLUE_SCORED, words);
    g_autofree char *rest = clues_without(flow->clues, CLUE_GENERIC, name);
    return *rest == '\0';
}

gboolean score_is_nameless(const Flow *flow, guint i) {
    g_autofree char *words = flow_words(flow, i);
    return only_says_scored(flow, words);
}

/* 投入（15分）得 14 分: right behind the bracket around the figure before. */
static gboolean is_behind_bracket(const Flow *flow, guint before, guint i) {
    g_autofree char *gap = flow_gap(flow, before, i);
    return (g_str_has_prefix(gap, "）") || g_str_has_prefix(gap, ")")) &&
           only_says_scored(flow, g_utf8_next_char(gap));
}

gboolean score_is_in_bracket_behind(const Flow *flow, guint before, guint i) {
    g_autofree char *gap = flow_gap(flow, before, i);
    if (!g_str_has_prefix(gap, "（") && !g_str_has_prefix(gap, "("))
        return FALSE;
    static const ClueSet UNNAMED[] = {CLUE_FULL, CLUE_POINTER, CLUE_THING, CLUE_GENERIC};
    g_autofree char *name = g_strdup(g_utf8_next_char(gap));
    for (guint k = 0; k < G_N_ELEMENTS(UNNAMED); k++) {
        char *rest = clues_without(flow->clues, UNNAMED[k], name);
        g_free(name);
        name = rest;
    }
    return *name == '\0'; /* 96.5 分（其中：预算执行 10 分…: that of a part has a name */
}

/* 产出指标 50 分，自评得分 45 分: a nameless score is what the one before it earned. */
static gboolean is_paired(const Flow *flow, guint i) {
    guint next = i + 1;
    while (next < flow->tokens->len && !flow_is_fact(flow, next, FIGURE_SCORE)) {
        if (flow_token(flow, next)->kind != TOKEN_FACT)
            return FALSE;
        next++;
    }
    if (next >= flow->tokens->len)
        return FALSE;
    ScoreKind kind = own_kind(flow, next);
    gboolean bracketed = is_behind_bracket(flow, i, next); /* 产出（50分）45分 */
    return kind == SCORE_EARNED || kind == SCORE_TOTAL ? bracketed || score_is_nameless(flow, next)
                                                       : bracketed && kind == SCORE_WEIGHT;
}

static gboolean only_says_deducted(const Flow *flow, guint i) {
    g_autofree char *words = flow_words(flow, i);
    gsize length = strlen(words);
    return wording_suffix(flow->wording, WORDS_DEDUCTED, words, length) == length;
}

/* 决策指标 20 分，扣 0.6 分: what is deducted from is a weight. */
static gboolean is_deducted_from(const Flow *flow, guint i) {
    guint next = i + 1;
    return next < flow->tokens->len && flow_is_fact(flow, next, FIGURE_SCORE) &&
           flow_token(flow, next)->segment == flow_token(flow, i)->segment &&
           own_kind(flow, next) == SCORE_DEDUCTED && only_says_deducted(flow, next);
}

/* 自评 96 分，其中资金管理 20 分，自评 19 分: behind it weights and their scores in pairs. */
static gboolean heads_pairs(const Flow *flow, guint i) {
    Introducer introducer;
    guint next = i + 1;
    if (!introducer_read(flow, i, (Run){i, flow->tokens->len}, &introducer))
        return FALSE;
    while (next < introducer.item && flow_token(flow, next)->kind != TOKEN_FACT)
        next++;
    if (!flow_is_fact(flow, next, FIGURE_SCORE) || !is_paired(flow, next))
        return FALSE;
    ScoreKind kind = own_kind(flow, next); /* 满分 50 分 as well */
    return kind == SCORE_WEIGHT || kind == SCORE_FULL;
}

/* 得分 47 分（满分 50 分）: the full mark of one indicator, beside what it earned. */
static gboolean is_remark(const Scores *scores, guint i) {
    const Flow *flow = scores->flow;
    return i > 0 && flow_is_fact(flow, i - 1, FIGURE_SCORE) &&
           score_is_in_bracket_behind(flow, i - 1, i) && scores->kinds[i - 1] == SCORE_EARNED;
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
        gboolean wordless =
            !ends_in(flow, WORDS_WEIGHT, words) || score_has_clue(flow, CLUE_MARK_OF, words);
        if (kind == SCORE_WEIGHT && wordless && !is_paired(flow, i) && !is_deducted_from(flow, i))
            kind = list;
        if (kind == SCORE_FULL && is_remark(scores, i))
            kind = SCORE_WEIGHT;
        /* 自评总分 100 分，得分 95 分 */
        if (kind == SCORE_TOTAL && is_paired(flow, i) && !score_has_clue(flow, CLUE_SCORED, words))
            kind = SCORE_FULL;
        if (kind == SCORE_FULL && is_mark_of_part(flow, i, words))
            kind = SCORE_WEIGHT;
        if (kind == SCORE_EARNED && score_is_nameless(flow, i) && before != G_MAXUINT &&
            scores->kinds[before] == SCORE_FULL)
            kind = SCORE_TOTAL;
        gboolean alone = before == G_MAXUINT ||
                         flow_token(flow, before)->sentence != flow_token(flow, i)->sentence;
        /* 本指标总分 50 分，自评得 48.5 分 */
        if (kind == SCORE_TOTAL && !alone && scores->kinds[before] == SCORE_WEIGHT &&
            score_is_nameless(flow, i))
            kind = SCORE_EARNED;
        if (kind == SCORE_EARNED && (alone || !score_is_nameless(flow, i)) && heads_pairs(flow, i))
            kind = SCORE_TOTAL;
        scores->kinds[i] = kind;
        list = kind == SCORE_TOTAL ? SCORE_EARNED : kind == SCORE_FULL ? SCORE_WEIGHT : list;
        before = i;
    }
}

/* The heading that the score stands below is that of one project. */
static gboolean under_project(const Flow *flow, const Fact *fact) {
    const Report *report = flow->report;
    for (guint s = fact->section; s != REPORT_NONE; s = report_section(report, s)->parent) {
        const Section *section = report_section(report, s);
        if (section->level >= ITEM_LEVEL_MIN && section->title != NULL &&
            score_has_clue(flow, CLUE_ITEM, section->title) &&
            !score_has_clue(flow, CLUE_NOT_ITEM, section->title))
            return TRUE;
    }
    return FALSE;
}

static void read_projects(Scores *scores) {
    const Flow *flow = scores->flow;
    gboolean own = report_is_on_project(flow->report); /* the project is what is scored */
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
        project = !own && (project || score_has_clue(flow, CLUE_PROJECT, before)) &&
                  !score_has_clue(flow, CLUE_ENTIRE, words);
        scores->projects[i] = project || under_project(flow, flow_fact(flow, i));
    }
}

void scores_read_kinds(Scores *scores) {
    read_kinds(scores);
    read_projects(scores);
}
