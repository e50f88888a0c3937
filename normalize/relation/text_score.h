/* Scores: what each score of a flow of running text is — a weight, what was earned, what was lost —
 * and whose. Borrowed: flow, reading; the arrays are of the flow's tokens.
 */
#pragma once
#include "normalize/relation/text_relation.h"

typedef struct {
    Flow *flow;
    TextReading *reading;
    ScoreKind *kinds;   /* of each token */
    gboolean *projects; /* of each token: what one project earned */
    gboolean *listed;   /* of each token: a part of another, without a weight or score beside it */
    guint *owners;      /* the token whose name it has */
} Scores;

/* Fills `kinds` and `projects`. */
void scores_read_kinds(Scores *scores);

/* Notes what the whole report's totals are compared with: ScoreMention. */
void scores_collect_mentions(const Scores *scores);

gboolean score_has_clue(const Flow *flow, ClueSet set, const char *text);

/* Words such as 自评得分 alone, which say nothing of an indicator. */
gboolean score_is_nameless(const Flow *flow, guint token);

/* 得分 14 分（满分 15 分）: in a bracket right behind the figure before. */
gboolean score_is_in_bracket_behind(const Flow *flow, guint before, guint token);

static inline gboolean score_is_kind(const Scores *scores, guint token, ScoreKind kind) {
    return flow_is_fact(scores->flow, token, FIGURE_SCORE) && scores->kinds[token] == kind;
}
/* The token's fact joins the relation. */
void score_add(Flow *flow, guint relation, guint token, const char *role);

/* text_score_tree.c: what is listed as parts is noted in `listed`. */
void scores_relate_trees(Scores *scores);
/* text_score_indicator.c: of what is not listed; a nameless score's owner is noted in `owners`. */
void scores_relate_indicators(Scores *scores);
