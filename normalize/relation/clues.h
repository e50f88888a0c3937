/* Clues: the words that tell how the figures of running text relate, from relations.xml — words of
 * increase and decrease, of comparison, of shares; what makes a whole; what operands are called;
 * and the formulas that operands must satisfy.
 *
 * Words are plain text; `^` before one and `$` behind it hold it to the ends of the text.
 */
#pragma once
#include "normalize/figure.h"
#include "normalize/pattern_file.h"

typedef enum {
    CLUE_UP,        /* 增加 */
    CLUE_RAISE,     /* 提升: a change of rates, else a deed */
    CLUE_DOWN,      /* 减少 */
    CLUE_FLAT,      /* 持平 */
    CLUE_NEARLY,    /* makes 持平 no equality: 基本 */
    CLUE_YEARLY,    /* compares with the year before: 同比, 同期 */
    CLUE_ASIDE,     /* begins a remark about something else: 含 */
    CLUE_COMPARE,   /* 比 较 与 */
    CLUE_SHARE,     /* 占 */
    CLUE_LIST,      /* says that the whole list follows: 包括, 分别为 */
    CLUE_BREAKDOWN, /* all of something before, divided: 分季度看 */
    CLUE_CARRY,     /* begins a sentence about the figure before: 其中, 主要 */
    CLUE_NAMELY,    /* between a count and what it counts: 分别为 */
    CLUE_REST,      /* 其余 */
    CLUE_COPULA,    /* between a name and its figure: 为 */
    CLUE_GENERIC,   /* words that name nothing of their own: 项目, 资金 */
    CLUE_WIDE,      /* applied for, planned */
    CLUE_NARROW,    /* granted, done */
    CLUE_OVERLAP,   /* groups that overlap: 党员 */
    CLUE_REPEAT,    /* says that groups overlap: 重复 */
    CLUE_EACH,      /* a figure for one of many: 人均, 每 */
    CLUE_PROJECT,   /* a score or weight of one project, not of the department */
    CLUE_MEAN,      /* 平均得分 */
    CLUE_MONEY,     /* of the accounts: 支出, 收入 */
    CLUE_FULL,      /* a full mark: 满分 */
    CLUE_SCORED,    /* a score: 得分 */
    CLUE_OVERALL,   /* the score of everything: 总得分 */
    CLUE_LOST,      /* what was lost in all: 失分 */
    CLUE_GRADE,     /* a grade behind a count: 评为优 */
    CLUE_RESTATED,  /* before a figure that is the one before by another name: ，即 */
    CLUE_EARNED_BY, /* a rate of a weight that was earned: 得分率 */
    CLUE_EXECUTION, /* in the name of the indicator that scores the spending: 执行 */
    CLUE_MARK_OF,   /* ends the name of an indicator: 指标, 满意度 */
    CLUE_OF_ALL,    /* in the name of a full mark that is everything's: 部门 */
    CLUE_ITEM,      /* in the title of what is about one project: 项目 */
    CLUE_NOT_ITEM,  /* …, unless it is an indicator: 指标 */
    CLUE_ENTIRE,    /* of the department as a whole: 部门, 整体 */
    CLUE_PLAN,      /* what was meant to be: 计划, 目标, 预算 */
    CLUE_SPENT,     /* of what was paid: 支出, 执行 */
    CLUE_LEFT,      /* what is left: 结余, 未支付, 其余 */
    CLUE_REMAINDER, /* … and all that is left: 其余, 未支付 */
    CLUE_CUT,       /* what was taken off: 核减 */
    CLUE_BEYOND,    /* what goes beyond a plan: 超额完成 */
    CLUE_COMPLETED, /* says that a plan was met, how far: 完成 */
    CLUE_OF_BUDGET, /* all that is said before a rate of the budget: 占预算 */
    CLUE_BUDGET,    /* the plan is the budget: 预算 */
    CLUE_ORIGINAL,  /* …, as it was at first: 年初 */
    CLUE_CARRIED,   /* this year's, though it names another: 结转 */
    CLUE_FROM,      /* before what something was: 由, 从 */
    CLUE_SPECIAL,   /* of one project or several: 项目, 专项 */
    CLUE_ALL_ITEMS, /* of all of them, an account: 项目支出 */
    CLUE_FUND,      /* names of accounts with a word of plan in them: 公共预算收入 */
    CLUE_POINTER,   /* points at what was named before: 本 */
    CLUE_THING,     /* what a pointer may point at: 项, 部分 */
    CLUE_LAST_STEP, /* ends a scale: 不满意 */
    CLUE_OTHERS,    /* the last of several kinds: 其他 */
    CLUE_NAME_HEAD, /* before a name, no part of it: 全年, 实际 */
    CLUE_NAME_TAIL, /* behind a name: 总额, 合计 */
    CLUE_OPENING,   /* behind the name of a whole, before its parts: 中，, 包括 */
    CLUE_TAKEN_UP,  /* behind the name of a total that is taken up: 中： */
    CLUE_AMONG,     /* behind a whole that is divided: 中， */
    CLUE_DIVIDED,   /* … by its rest: 中有 */
    CLUE_AND_SO_ON, /* ends an enumeration that is not all: 等 */
    CLUE_KINDS,     /* measure words that things of any kind are counted by: 个, 项 */
    CLUE_FIRST,     /* indicators that carry the weights: 一级指标 */
    CLUE_JOINER,    /* joins the last of an enumeration: 和 */
    CLUE_PEOPLE,    /* measure words of people */
    CLUE_OF_WHOLE,  /* behind the name of what a share is of: 的比重 */
    CLUE_REACH,     /* how far a plan was met: 完成, 达到 */
    CLUE_INDICATOR, /* behind the name of an indicator: 指标, 得分 */
    CLUE_EARLIER,   /* when something is compared with: 年初 */
    CLUE_ABOVE,     /* more than a goal: 高于 */
    CLUE_BELOW,     /* less than it: 低于 */
    CLUE_RATE,      /* the end of a rate's name: 率, 进度 */
    CLUE_WHOSE,     /* whose account, or when: 本单位, 全年 */
    CLUE_ACCOUNT,   /* behind the name of an indicator in a title: 完成情况 */
    CLUE_SETS
} ClueSet;

typedef enum { REACH_SEGMENT, REACH_SENTENCE, REACH_PARAGRAPH, REACH_SECTION, REACH_REPORT } Reach;

typedef struct {
    const char *role;
    GPtrArray *operands; /* const char *: names, the first that is found */
    GPtrArray *also;     /* …, only where the figures fit */
    int sign;
    gboolean optional;
    gboolean fits; /* taken only where the relation fails without it and holds with it */
} FormulaMember;

/* Figures that must agree; the first member is the anchor, around which the others are sought. */
typedef struct {
    const char *rule;
    Reach scope;       /* how far from the anchor */
    gboolean explains; /* where an operand is missing it is not_checkable, not silent */
    gboolean guessed;  /* where optional members are missing it may not be the whole formula */
    const char
        *unless; /* an operand that, where the report has it, makes it another formula's; or NULL */
    GArray *members; /* FormulaMember */
} Formula;

typedef struct Clues Clues;

/* The one that was read with these patterns. */
const Clues *patterns_clues(const Patterns *patterns);

Clues *clues_new(void);
void clues_free(Clues *clues);
gboolean clues_read(Clues *clues, const PatternFile *file, const xmlNode *root, GError **error);
gboolean clues_finish(Clues *clues, GError **error); /* every set must be there */

/* Bytes of the longest word of the set that `text` ends with; 0 for none. */
gsize clues_suffix(const Clues *clues, ClueSet set, const char *text, gsize length);
/* Bytes of the longest word of the set that `text` begins with; 0 for none. */
gsize clues_prefix(const Clues *clues, ClueSet set, const char *text);
/* Whether the text is a word of the set. */
gboolean clues_is(const Clues *clues, ClueSet set, const char *text);
/* The first place where a word of the set stands, and how long it is; NULL for none. */
const char *clues_find(const Clues *clues, ClueSet set, const char *text, gsize *length);

/* `text` without words of the set: “项目资金” gives “”. The caller frees it. */
char *clues_without(const Clues *clues, ClueSet set, const char *text);

/* `text` up to the first word of the set that does not begin it. The caller frees it. */
char *clues_before(const Clues *clues, ClueSet set, const char *text);

/* What kind of amount the words end in: the name of a <measure>, budget for 预算安排; NULL where
 * they say none. */
const char *clues_measure(const Clues *clues, const char *text);

/* The first word of a plan that is no part of the name of an account; NULL for none. */
const char *clues_plan(const Clues *clues, const char *text);
/* The last topic that is named: 三公, 政府采购; NULL for none. */
const char *clues_topic(const Clues *clues, const char *text);

/* The operand that a figure of this kind with these words is; NULL for none. */
const char *clues_operand(const Clues *clues, FigureKind kind, const char *text);

/* The rule of the whole that the labels are the parts of (each has another word of it); NULL for
 * none. */
const char *clues_whole(const Clues *clues, const GPtrArray *labels);

const GArray *clues_formulas(const Clues *clues); /* Formula */
/* Whether a formula of the rule is sought around this operand; NULL is none. */
gboolean clues_is_anchor(const Clues *clues, const char *operand, const char *rule);
