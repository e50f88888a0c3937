/* Rule: a row of rules.xml — a name, a severity, the kind of check, and what the check is to know.
 *
 * Kinds are C, rules are data. The first kinds compare the facts of a relation; the others read
 * the report itself. Strings live as long as the Patterns.
 */
#pragma once
#include "normalize/expression.h"
#include "normalize/pattern_file.h"
#include "normalize/report.h"
#include "normalize/rules.h"

typedef enum {
    CHECK_NONE, /* not implemented */
    /* of relations; see relation/relation.h */
    CHECK_SUM,
    CHECK_SOME,
    CHECK_WEIGHTS,
    CHECK_SCORES,
    CHECK_COUNT,
    CHECK_BOUND,
    CHECK_DEDUCTION,
    CHECK_RATIO,
    CHECK_PRODUCT,
    CHECK_DIFFERENCE,
    CHECK_GROWTH,
    CHECK_SAME,
    CHECK_ORDER,
    CHECK_MEAN,
    CHECK_SHARES,    /* parts of 100 % */
    CHECK_DIRECTION, /* words of increase and decrease */
    CHECK_FOLLOWING, /* one year after the other */
    CHECK_OVERSPENT, /* numerator above denominator, without one of the `unless` words */
    /* of the report */
    CHECK_PHRASE,      /* words that must not stand there */
    CHECK_PAIR,        /* two statements that contradict each other */
    CHECK_PRESENCE,    /* something that must stand there */
    CHECK_SECTIONS,    /* the headings of the family's template */
    CHECK_TOPICS,      /* topics that a heading promises */
    CHECK_NUMBERING,   /* 1, 2, 3 … */
    CHECK_YEARS,       /* years outside of the report's period */
    CHECK_COVER,       /* the year of the title against that of the body */
    CHECK_SCORED,      /* weights without scores */
    CHECK_REASON,      /* deductions without a reason */
    CHECK_BAND,        /* a grade against its score */
    CHECK_GRADE,       /* a grade word against the scale */
    CHECK_UNITS,       /* units of one list */
    CHECK_NAMES,       /* one amount under two names */
    CHECK_SETS,        /* items of two lists of the same projects */
    CHECK_COPY,        /* results that repeat the targets */
    CHECK_STYLE,       /* numbers of headings in one style */
    CHECK_PLACED,      /* content under a heading of its own topic */
    CHECK_ANSWERS,     /* required answers that say nothing */
    CHECK_GRADED,      /* a score without a grade, or a grade without a score */
    CHECK_DATES,       /* events in their order */
    CHECK_ENTITY,      /* other departments' names */
    CHECK_SELF,        /* one name for oneself */
    CHECK_CODE,        /* codes of the unit */
    CHECK_PROPORTION,  /* a score from its target and result */
    CHECK_UNDESERVED,  /* full marks below target; points for nothing */
    CHECK_BEATEN,      /* targets beaten by far */
    CHECK_NUMERIC,     /* numbers for numbers */
    CHECK_UNEXPLAINED, /* points lost without a reason */
    CHECK_QUALITATIVE, /* points of qualitative results */
    CHECK_EQUAL,       /* results that all equal their targets */
    CHECK_MANDATE,     /* mandated weights */
    CHECK_WEIGHT,      /* weights of nothing or of nearly all */
    CHECK_PAIRED,      /* weights and scores in pairs */
    CHECK_LOW,         /* little spent */
    CHECK_CAP,         /* scores that execution caps */
    CHECK_AHEAD,       /* scores far above execution */
    CHECK_SPREAD,      /* scores that are all alike */
    CHECK_UNSPENT,     /* high scores for nothing spent */
    CHECK_PRECISION,   /* one precision for one figure */
    CHECK_UNPAID,      /* unpaid though all is spent */
    CHECK_COLUMNS,     /* columns that repeat */
    CHECK_MAGNITUDE,   /* the unit of a table */
    CHECK_MISREAD,     /* digits that look misread */
    CHECK_RANGE,       /* percentages that can be */
    CHECK_EXPLANATION, /* of findings: the one change that repairs them; leaves no check of its own */
    CHECK_ARCHIVE,     /* of several reports: made by the archive, from the parameters */
    CHECK_COVERAGE,    /* all of them, not some */
    CHECK_DEADLINE,    /* filed in time */
    CHECK_KINDS
} CheckKind;

/* An expression and the words one of which its text must have: it is tried where they stand only.
 * `slot` numbers the words of all rules; see triggers. */
typedef struct {
    Expression *expression;
    guint slot;
    const char *name; /* what it is about, for messages; or NULL */
    const char *in;   /* where it is tried: text, cells, body; NULL: everywhere */
} RuleMatch;

/* Two statements; either may stand first. */
typedef struct {
    RuleMatch first, second;
} RulePair;

typedef struct {
    const char *id, *title, *title_english, *source;
    Severity severity;
    Certainty certainty; /* of what it finds; suspected where a person must look */
    CheckKind kind;
    const char *type_names; /* of `types`, joined; NULL for all */
    const char *says;       /* the message; {} stands for the evidence; or NULL */
    GArray *matches;        /* RuleMatch: on a sentence; the group `evidence` or all of it */
    GArray *when;           /* RuleMatch: the rule asks for nothing where none of them is */
    GPtrArray *reasons;     /* Expression: what explains a match */
    GPtrArray *heads;       /* Expression: before it in its paragraph, what heads reasons; of
                               presence, what says that it stands in another file */
    GPtrArray *unless;      /* Expression: on a sentence, or on the paragraphs of a
                               relation's facts; takes it out */
    GPtrArray *outside;     /* Expression: on titles of sections; takes them out */
    GPtrArray *types;       /* document types that it is for; empty: all */
    GPtrArray *words;       /* words that its kind looks for */
    GArray *pairs;          /* RulePair */
    GHashTable *parameters; /* name → text */
    GArray *ordered;        /* RuleParameter: all of them, in order */
} Rule;

typedef struct Rules Rules;

/* The one that was read with these patterns. */
const Rules *patterns_rules(const Patterns *patterns);

Rules *rules_new(void);
void rules_free(Rules *rules);
gboolean rules_read(Rules *rules, const PatternFile *file, const xmlNode *root, GError **error);

const Rule *rules_find(const Rules *rules, const char *id); /* NULL: no such rule */
guint rules_count(const Rules *rules);
const Rule *rules_at(const Rules *rules, guint i);

/* Whether the rule is for documents of the type; a type that is not known is of no rule's. */
gboolean rule_is_for(const Rule *rule, const char *type);

/* NULL where the rule has no such parameter. */
const char *rule_parameter(const Rule *rule, const char *name);
/* A number; `fallback` where there is no such parameter. */
int rule_number(const Rule *rule, const char *name, int fallback);
/* An exact number; FALSE where there is none. */
gboolean rule_decimal(const Rule *rule, const char *name, Decimal *value);

struct Triggers;
const struct Triggers *rules_triggers(const Rules *rules);
