/* Rules: what reports are checked for, as `gouji rules` lists them and the archive keeps them. */
#pragma once
#include "normalize/patterns.h"

typedef struct {
    const char *id;            /* SUM-01 */
    const char *title;         /* Chinese */
    const char *title_english; /* */
    const char *severity;      /* error, warning, hint */
    const char *kind;          /* of the check, or NULL: not implemented */
    const char *types;  /* of documents that it is for, “整体自评、决算”; NULL: all */
    const char *source; /* where the rule comes from, or NULL */
} RuleInformation;

/* What a check is to know; a name may come more than once. */
typedef struct {
    const char *name, *value;
} RuleParameter;

guint patterns_rules_count(const Patterns *patterns);
RuleInformation patterns_rule(const Patterns *patterns, guint i);

/* The i-th parameter of a rule of the kind `archive`; FALSE where there is none. */
gboolean patterns_rule_parameter(const Patterns *patterns, guint rule, guint i,
                                 RuleParameter *parameter);
