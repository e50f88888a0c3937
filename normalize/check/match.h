/* Match: where the expressions of a rule match the sentences of a report. */
#pragma once
#include "normalize/check/examination.h"

/* A match; the groups of `match->expression` may be asked for until it returns. */
typedef void (*MatchFound)(Examination *examination, const RuleMatch *match, guint sentence,
                           Span place, gpointer data);

/* Calls `found` for every match in a sentence that the rule reads: one that stands in the part of
 * the report that the match is for, under no title of `outside`, and that no `unless` matches.
 * `place` is the group `evidence`, or all of the match. */
void match_all(Examination *examination, const Rule *rule, const RuleMatch *match, MatchFound found,
               gpointer data);
/* The same for every match of the rule. */
void match_rule(Examination *examination, const Rule *rule, MatchFound found, gpointer data);

/* A `found` that keeps the first place (a Span, zero before). */
void match_keep_first(Examination *examination, const RuleMatch *match, guint sentence, Span place,
                      gpointer data);

/* A `found` that keeps every place (an Evidence). */
void match_keep_all(Examination *examination, const RuleMatch *match, guint sentence, Span place,
                    gpointer data);

/* The number that a group of the match prints; FALSE for none. */
gboolean match_number(const RuleMatch *match, const char *group, Decimal *value);
