/* The kinds of relations of running text, each found in the flow of one section. */
#pragma once
#include "normalize/relation/flow.h"
#include "normalize/relation/relation.h"

void relate_sums(Flow *flow);   /* SUM-01 … SUM-04, CNT-04 */
void relate_counts(Flow *flow); /* CNT-02, CNT-03, CNT-05 */
void relate_scores(Flow *flow); /* WGT-01, SCO-02, SCO-03 */
void relate_rates(Flow *flow);  /* EXE-01, YOY-01, YOY-02 */

/* Over all sections. */
void relate_score_totals(Report *report); /* SCO-01, DED-02 */
void relate_same(Report *report);         /* XSC-01 */

/* Gives the fact its role unless it has one. */
void fact_take_role(Report *report, guint fact, const char *role);
