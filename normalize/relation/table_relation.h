/* The kinds of relations of tables, each found in a panel, a block or a whole table. */
#pragma once
#include "normalize/relation/table_outline.h"
#include "normalize/relation/table_sum.h"

/* Totals of the rows of a panel in the given lanes: SUM-01 … SUM-09, CNT-04, CNT-07; of scores
 * the rule is given. */
void relate_rows(const Outline *outline, const Lanes *lanes, const char *rule);

/* Totals of its columns. */
void relate_columns(const Outline *outline);

/* Columns of a panel whose figures may be added down, and across. The caller unrefs. */
GArray *outline_additive(const Outline *outline);
