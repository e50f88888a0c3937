/* The labeller's memory while it walks one Prose, and how it names a figure.
 * Private to label.c and label_name.c. */
#pragma once
#include "normalize/label.h"
#include "normalize/label_words.h"

/* How far around a figure is looked, in characters, and the longest label;
 * longer ones keep their end, which names the thing. */
enum {
    LABEL_CHARACTERS_MAX = 60,
    PLACING_CHARACTERS_MAX = 10,
    CLAUSE_SUBJECT_CHARACTERS_MAX = 20,
    FOLLOWING_CHARACTERS_MAX = 16,
    SENTENCE_CHARACTERS_MAX = 2000, /* looked back at from a figure */
    ITEM_REST_BYTES_MAX = 24, /* what may follow a figure and be its noun, before the next item */
    TOPIC_CHARACTERS_MAX = 60,
};

struct Labeller {
    const Wording *wording;
    const Prose *prose;
    GPtrArray *names;  /* char *: of the current quantity */
    GPtrArray *shares; /* char *: names still to be handed out, 分别 */
    guint next_share;
    char *topic; /* what the run is about before it says so */
    char *head;  /* what stands before the colon that the figures of the sentence follow */
    GString *subject;
    char *entity;
    char *last; /* the label of the figure before that has a name of its own, and
                   its kind */
    FigureKind last_kind;
    const char *last_unit;
    char *whole; /* the noun of the figure that parts of the sentence belong to,
                    and its unit */
    const char *whole_unit;
    char *outer; /* `last` of what stands before the bracket that the figure is in, and its kind */
    FigureKind outer_kind;
    gboolean whole_earned; /* it is a score that was earned */
    GPtrArray *recent;     /* char *: names of the sentence's figures, but for changes */
    GPtrArray *recent_units;
    char *followed; /* the noun behind the count before: 14 个【乡镇】56 个村 */
    char *change;   /* what the figure before says became of another: 较上年增加 */
    char *kinds; /* what the figure before says one kind of: 【项目】国家级 7 项、省级 52 项 */
    const char *kinds_unit;
    char *funds; /* the thing of the last amount that things were counted behind */
    char *share; /* the name of the percentage before: 【占总数】78.6%，提高 6.4 个百分点 */
    char *earned;      /* the name of the score before that was earned */
    char *own;         /* the thing of the current figure alone */
    char *placed;      /* the ordinal before: 列第 142 位，较上年上升 7 位 */
    gboolean relative; /* the current one says what became of the one before */
    gboolean ratio;    /* the current one is a share or multiple of another year's */
    gboolean base;     /* the current one is a figure of another year */
    char period[16];
};

/* The words of the clause before the quantity; those before a bracket that it
 * stands alone in. */
GString *labeller_core(const Labeller *labeller, const Quantity *quantity);

/* 2021年【的】35 公里: the quantity `index` is that year's, whatever it is
 * compared with. */
gboolean labeller_is_of_year(const Labeller *labeller, guint index, guint year);

/* `name` is that of the figure before for what follows. */
void labeller_remember(Labeller *labeller, const Quantity *quantity, const char *name);

/* label_nouns.c. A、B分别为1、2: hands the nouns out; FALSE where they are not as many as the
 * figures.
 */
gboolean labeller_distribute(Labeller *labeller, guint index, const char *core);
/* Several nouns for one figure: 各, 均, 收、支总计; fills `names`. */
gboolean labeller_share(Labeller *labeller, const Quantity *quantity, const char *core);

/* label_last.c: names made of those of the figures before. `printed`: the words of the clause,
 * `core`: what they are stripped. */
char *labeller_name_of_done(const Labeller *labeller, const char *last, const char *printed);
char *labeller_name_from_last(Labeller *labeller, const Quantity *quantity, CoreKind kind,
                              const char *printed, const char *core);
gboolean labeller_name_ratio(Labeller *labeller, guint index, const Quantity *quantity);
/* Nothing but words stands between the figure before and this one. */
gboolean labeller_stands_behind(const Labeller *labeller, const Quantity *quantity);

char *labeller_name_of_share(Labeller *labeller, guint index, const char *noun);
char *labeller_name_of_kind(const Labeller *labeller, const Quantity *quantity, const char *core);
void labeller_remember_kind(Labeller *labeller, const Quantity *quantity, const char *name);
void labeller_remember_funds(Labeller *labeller, const Quantity *quantity, CoreKind kind);
/* 达标率 93%（【目标】90%）, 决策 14 分（【满分】15 分）: NULL for what stands elsewhere. */
char *labeller_name_in_bracket(const Labeller *labeller, const Quantity *quantity,
                               const char *core);

/* label_score.c: the score of a part that is called by words that elsewhere say nothing. */
gboolean labeller_is_scored_part(const Labeller *labeller, const Quantity *quantity,
                                 const char *printed, const char *core);
/* The name of a score that was lost or earned; FALSE for others. */
gboolean labeller_name_deduction(Labeller *labeller, const Quantity *quantity, const char *printed);
gboolean labeller_name_earned(Labeller *labeller, const Quantity *quantity, const char *core);

/* Fills `names`; then makes scores of what the sentence said of all of them. */
void labeller_find_names(Labeller *labeller, guint index, const Quantity *quantity);
void labeller_name_scores(Labeller *labeller, const Quantity *quantity);
