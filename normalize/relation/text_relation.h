/* The kinds of relations of running text. Most are found in the flow of one section; what may stand
 * far apart is collected from all flows first. */
#pragma once
#include "normalize/relation/flow.h"
#include "normalize/relation/relation.h"
#include "normalize/relation/text_names.h"
#include "normalize/relation/values.h"
#include "normalize/table_words.h"

/* What was read of a text over all its flows. */
typedef struct {
    Report *report;
    const Clues *clues;
    GArray *places;       /* Place: figures that may be operands of formulas, in order */
    GHashTable *operands; /* operand → GArray of places of the department */
    GArray *claims;       /* Claim; see text_claim.h */
    Names *names;         /* figures by what they are called */
    Values *values;       /* … and by what they are worth */
    GArray *scores;       /* ScoreMention */
    GArray *same;         /* SameMention; see text_same.c */
    GArray *rests;        /* RestMention; see text_rest_claim.c */
} TextReading;

typedef struct {
    guint fact;
    const char *operand, *topic;
    guint segment, sentence, paragraph, flow;
    gboolean item;  /* of one project */
    gboolean fund;  /* its sentence begins with money that has a name of its own */
    gboolean table; /* the result of an indicator, in a table */
    gboolean dated; /* the operand's name says of which year */
} Place;

enum { REST_FIGURES_MAX = 9 };

/* What is left of something that no figures say. */
typedef struct {
    guint fact;
    gboolean beyond;                /* above a plan, not below it */
    guint around[REST_FIGURES_MAX]; /* facts of its unit around it */
    guint n;
} RestMention;

typedef enum {
    SCORE_BOUND, /* not one value */
    SCORE_WEIGHT,
    SCORE_FULL, /* the weight of everything */
    SCORE_EARNED,
    SCORE_TOTAL, /* what everything earned */
    SCORE_DEDUCTED,
    SCORE_MEAN,
} ScoreKind;

/* A score in running text. */
typedef struct {
    guint fact;
    ScoreKind kind;
    gboolean project; /* of one project, not of the department */
    gboolean listed;  /* among the parts of a total, not beside its own weight */
    guint paragraph;
    char *stem; /* the indicator without 指标, 得分: 投入 */
} ScoreMention;

void relate_sums(Flow *flow); /* SUM-01 … SUM-12, CNT-04, CNT-06, CNT-07 */
void relate_plain_sums(Flow *flow);
void relate_counts(Flow *flow);                        /* CNT-02, CNT-03, CNT-05 */
void relate_grades(Flow *flow);                        /* CNT-07 */
void relate_changes(Flow *flow, TextReading *reading); /* YOY-01 … YOY-05, YOY-07 */
void relate_points(Flow *flow);                        /* YOY-01 against a goal */
void relate_scores(Flow *flow, TextReading *reading); /* WGT-01, WGT-02, SCO-01 … SCO-04, SCO-08 */
void relate_completions(Flow *flow);                  /* EXE-01, EXE-02, EXE-05 */

void relate_rests(Flow *flow, TextReading *reading); /* BAL-05, SUM-12, YOY-01 */
void relate_runs(Flow *flow, TextReading *reading);  /* SUM-01, CNT-04 */

/* Notes what formulas may need. */
void collect_places(Flow *flow, TextReading *reading);
void collect_same(Flow *flow, TextReading *reading);
/* … of results in tables. */
void collect_table_places(TextReading *reading, const TableWords *words);

/* Over all sections. */
void relate_formulas(TextReading *reading);     /* those of relations.xml */
void relate_score_totals(TextReading *reading); /* SCO-01, SCO-05, SCO-07, DED-02 */
void relate_same(TextReading *reading);         /* XSC-01 */

GArray *score_mentions_new(void);

/* The indicator that a label names, without 指标, 得分; the caller frees it. */
char *score_stem(const Clues *clues, const char *label);

GArray *same_mentions_new(void);

/* PCT-04 of tokens. */
void share_relate(Flow *flow, guint part, guint whole, guint rate, gboolean certain);

/* Of what a rate says: 问题 34 个，已整改 31 个，整改率 91.18%，其余 2 个. */
void relate_claimed_rests(TextReading *reading);

/* Gives the fact its role unless it has one. */
void fact_take_role(Report *report, guint fact, const char *role);
