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

/* Weights and scores of a block: WGT-01, WGT-02, SCO-01, SCO-02, SCO-03, SCO-07. */
void relate_block_scores(const TableGrid *grid, const GridBlock *block);

/* Rates and changes of its rows: EXE-01, EXE-05, BAL-04, BAL-05, SCO-04, SCO-08, YOY-01, YOY-02,
 * YOY-04. */
void relate_block_rates(const TableGrid *grid, const GridBlock *block);

/* The figure that stands there if the cell to its left is words, and what those say it is; else
 * REPORT_NONE. */
guint grid_pair(const TableGrid *grid, guint row, guint column, HeadRole *role);

/* The only total score that the cell to its left names, in rows before `end`; else REPORT_NONE. */
guint grid_paired_score(const TableGrid *grid, guint end);

/* Budget, spending and rate that are named by the cells to their left: EXE-01, SCO-08. */
void relate_pairs(const TableGrid *grid);

/* Amounts that cells tell beside their names, below their total: SUM-01, SUM-05, SUM-08. */
void relate_told(const TableGrid *grid);

/* Weights, scores and rates as rows of a block: WGT-01, SCO-01, SCO-02, SCO-04. */
void relate_scores_side_by_side(const TableGrid *grid, const GridBlock *block);

/* Shares of a panel's total: PCT-04, SUM-10. */
void relate_shares(const Outline *outline);

/* Income against spending in the panels of a block, budgets and their changes: BAL-01, BAL-02,
 * BAL-06. */
void relate_balance(const GPtrArray *outlines);
