/* Relations: finding which facts of a report must agree, and how.
 *
 * `relate_*` append to the report's relations; nothing is compared here (see check/check.h). A
 * relation names the rule that it is an application of, and every member plays a role in it. The
 * roles of each kind of check (rules.xml says the kind of a rule):
 *
 *   kind        roles                                   holds when
 *   sum         total, part …        (sign ±1)          total = Σ ± part
 *   some        total, part …                           Σ part ≤ total
 *   weights     total, weight …                         total = Σ weight, exactly
 *   scores      total, earned …                         total = Σ earned, exactly
 *   count       total, and item … or `counted`          total = number of items, or = counted
 *   bound       earned, weight                          0 ≤ earned ≤ weight
 *   deduction   weight, earned, deducted …              earned = weight − Σ deducted, exactly;
 *                                                       without weight: of a hundred
 *   ratio       numerator, denominator, rate            rate = numerator ÷ denominator × 100 %
 *   product     earned, weight, rate                    earned = weight × rate
 *   difference  this, last, change   (sign of change)   this − last = change
 *   growth      change, last, rate   (sign of change)   rate = change ÷ last × 100 %
 *   same        same …                                  all are one figure
 *   order       smaller, larger                         smaller ≤ larger
 *   mean        total, part …                           total = Σ part ÷ n
 *
 * A `growth` without `change` has `this` and `last`. In `difference` and `growth` the member
 * `change` (or `rate`, where there is no change) has sign −1 where the words say that it fell.
 */
#pragma once
#include "normalize/patterns.h"
#include "normalize/report.h"

/* Relations found in tables: totals of columns and rows, trees of weights and scores, rates. */
void relate_tables(Report *report, const Patterns *patterns);

/* Relations found in running text. */
void relate_text(Report *report, const Patterns *patterns);

/* Building. `place` is the span of characters that the relation was read from. */
guint relation_begin(Report *report, const char *rule, Span place);
void relation_add(Report *report, guint relation, guint fact, const char *role);
void relation_add_signed(Report *report, guint relation, guint fact, const char *role, int sign);
void relation_add_inferred(Report *report, guint relation, guint fact, const char *role);

/* What is enumerated is no fact: `n` things at `place`. */
void relation_count(Report *report, guint relation, gint64 n, Span place);
