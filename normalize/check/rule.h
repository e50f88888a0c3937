/* Rule: a row of rules.xml — a name, a severity, the kind of check, and what the check is to know.
 *
 * Kinds are C, rules are data. The first kinds compare the facts of a relation; the others read
 * the report itself. Strings live as long as the Patterns.
 */
#pragma once
#include "normalize/expression.h"
#include "normalize/pattern_file.h"
#include "normalize/report.h"

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
    CHECK_OVERSPENT, /* numerator above denominator, without one of the `unless` words */
    /* of the report */
    CHECK_PHRASE,    /* words that must not stand there */
    CHECK_PAIR,      /* two statements that contradict each other */
    CHECK_PRESENCE,  /* something that must stand there */
    CHECK_SECTIONS,  /* the headings of the family's template */
    CHECK_TOPICS,    /* topics that a heading promises */
    CHECK_NUMBERING, /* 1, 2, 3 … */
    CHECK_YEARS,     /* years outside of the report's period */
    CHECK_COVER,     /* the year of the title against that of the body */
    CHECK_SCORED,    /* weights without scores */
    CHECK_REASON,    /* deductions without a reason */
    CHECK_BAND,      /* a grade against its score */
    CHECK_GRADE,     /* a grade word against the scale */
    CHECK_UNITS,     /* units of one list */
    CHECK_NAMES,     /* one amount under two names */
    CHECK_SETS,      /* items of two lists of the same projects */
    CHECK_COPY,      /* results that repeat the targets */
    CHECK_KINDS
} CheckKind;

/* Two statements; either may stand first. */
typedef struct {
    Expression *first, *second;
} RulePair;

typedef struct {
    const char *id, *title, *title_english, *source;
    Severity severity;
    CheckKind kind;
    const char *says;       /* the message; {} stands for the evidence; or NULL */
    GPtrArray *matches;     /* Expression: on a sentence; the group `evidence` or all of it */
    GPtrArray *unless;      /* Expression: on a sentence; takes it out */
    GPtrArray *outside;     /* Expression: on titles of sections; takes them out */
    GPtrArray *types;       /* document types that it is for; empty: all */
    GArray *pairs;          /* RulePair */
    GHashTable *parameters; /* name → text */
} Rule;

typedef struct Rules Rules;

Rules *rules_new(void);
void rules_free(Rules *rules);
gboolean rules_read(Rules *rules, const PatternFile *file, const xmlNode *root, GError **error);

const Rule *rules_find(const Rules *rules, const char *id); /* NULL: no such rule */
guint rules_count(const Rules *rules);
const Rule *rules_at(const Rules *rules, guint i);

/* NULL where the rule has no such parameter. */
const char *rule_parameter(const Rule *rule, const char *name);
const char *check_kind_name(CheckKind kind);
