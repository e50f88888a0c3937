/* Figures that are named by the cell to their left, and scores of indicators that stand side by
 * side.
 *
 *   预算执行情况 | 年初预算数 | 126.00 | 全年预算数 | 118.00
 *                | 全年执行数 | 112.10 | 预算执行率 | 95.00%  | 得分 | 9.5
 *
 *   一级指标     | 决策 | 过程 | 产出 | 合计
 *   分值         | 20   | 30   | 50   | 100
 *   得分         | 18   | 27   | 45   | 90
 *   得分率       | 90%  | 90%  | 90%  | 90%
 */
#include "normalize/relation/table_relation.h"
#include "normalize/relation/text_relation.h"

guint grid_pair(const TableGrid *grid, guint row, guint column, HeadRole *role) {
    if (column == 0 || !grid_starts(grid, row, column))
        return REPORT_NONE;
    guint fact = grid_fact(grid, row, column), left = column - 1;
    while (left > 0 && !grid_starts(grid, row, left) &&
           grid_at(grid, row, left) == grid_at(grid, row, left - 1))
        left--;
    const GridCell *name = grid_cell(grid, row, left);
    if (fact == REPORT_NONE || name->kind != GRID_WORDS || !grid_starts(grid, row, left))
        return REPORT_NONE;
    *role = grid_role(grid, grid_at(grid, row, left), NULL);
    return fact;
}

/* 自评总分 | 97.6 */
guint grid_paired_score(const TableGrid *grid, guint end) {
    guint found = REPORT_NONE;
    for (guint row = 0; row < end; row++)
        for (guint column = 1; column < grid->shape->columns; column++) {
            HeadRole role = HEAD_NONE;
            guint fact = grid_pair(grid, row, column, &role);
            if (fact == REPORT_NONE || report_fact(grid->report, fact)->kind == FIGURE_PERCENT ||
                report_fact(grid->report, fact)->kind == FIGURE_AMOUNT)
                continue;
            const char *name = grid_cell(grid, row, column - 1)->text;
            if (table_words_ends(grid->words, TABLE_SCORED, name, strlen(name)) == 0)
                continue;
            if (found != REPORT_NONE)
                return REPORT_NONE;
            found = fact;
        }
    return found;
}

/* What one group of rows has, each role once. */
typedef struct {
    guint facts[HEAD_ROLES];
    gboolean twice;
} Pairs;

static void pairs_clear(Pairs *pairs) {
    for (guint i = 0; i < HEAD_ROLES; i++)
        pairs->facts[i] = REPORT_NONE;
    pairs->twice = FALSE;
}

static guint begin(const TableGrid *grid, const char *rule, guint fact) {
    guint relation = relation_begin(grid->report, rule, report_fact(grid->report, fact)->place);
    report_relation(grid->report, relation)->certain = grid->shape->ruled;
    report_relation(grid->report, relation)->scope = report_fact(grid->report, fact)->label;
    return relation;
}

static void add(const TableGrid *grid, guint relation, guint fact, const char *role) {
    relation_add(grid->report, relation, fact, role);
    fact_take_role(grid->report, fact, role);
}

static gboolean is_exact(const TableGrid *grid, guint fact, FigureKind kind) {
    return fact != REPORT_NONE && report_fact(grid->report, fact)->kind == kind &&
           report_fact(grid->report, fact)->qualifier == QUALIFIER_EXACT;
}

static void add_product(const TableGrid *grid, const char *rule, guint earned, guint weight,
                        guint rate) {
    guint relation = begin(grid, rule, earned);
    add(grid, relation, earned, "earned");
    add(grid, relation, weight, "weight");
    add(grid, relation, rate, "rate");
}

/* Budget, spending and rate of one group. */
static void relate_group(const TableGrid *grid, const Pairs *pairs) {
    guint budget = pairs->facts[HEAD_BUDGET], actual = pairs->facts[HEAD_ACTUAL],
          rate = pairs->facts[HEAD_RATE], earned = pairs->facts[HEAD_EARNED],
          weight = pairs->facts[HEAD_WEIGHT];
    if (pairs->twice || !is_exact(grid, rate, FIGURE_PERCENT))
        return;
    if (budget == REPORT_NONE)
        budget = pairs->facts[HEAD_ORIGINAL];
    if (is_exact(grid, budget, FIGURE_AMOUNT) && is_exact(grid, actual, FIGURE_AMOUNT) &&
        decimal_sign(report_fact(grid->report, budget)->value) > 0) {
        guint relation = begin(grid, "EXE-01", rate);
        add(grid, relation, actual, "numerator");
        add(grid, relation, budget, "denominator");
        add(grid, relation, rate, "rate");
    }
    if (is_exact(grid, earned, FIGURE_SCORE) && is_exact(grid, weight, FIGURE_SCORE))
        add_product(grid, "SCO-08", earned, weight, rate);
}

/* The cell that a row's pairs stand beside: one that spans rows, or DOCUMENT_NONE. */
static guint group_of(const TableGrid *grid, guint row) {
    guint cell = grid_at(grid, row, 0);
    return cell != DOCUMENT_NONE && table_cell(grid->shape, cell)->row_span > 1 ? cell
                                                                                : DOCUMENT_NONE;
}

static const GridBlock *block_of(const TableGrid *grid, guint row) {
    for (guint i = 0; i < grid->blocks->len; i++) {
        const GridBlock *block = &g_array_index(grid->blocks, GridBlock, i);
        if (row >= block->first && row < block->end)
            return block;
    }
    return NULL;
}

static gboolean is_money(HeadRole role) {
    return role == HEAD_BUDGET || role == HEAD_ORIGINAL || role == HEAD_ACTUAL;
}

/* The figure stands below a head of its own: what is left of it does not name it. A rate or a score
 * below a head of money does not. */
static gboolean is_headed(const TableGrid *grid, guint row, guint column, guint fact) {
    const GridBlock *block = block_of(grid, row);
    HeadRole role = block == NULL ? HEAD_NONE : grid_column_role(grid, block, column);
    FigureKind kind = report_fact(grid->report, fact)->kind;
    return role != HEAD_NONE &&
           !(is_money(role) && (kind == FIGURE_PERCENT || kind == FIGURE_SCORE));
}

/* A rate below the money that it is of:
 *
 *   预算资金（万元） | 年初预算数 | 全年预算数 | 全年执行数
 *                    | 360.00     | 352.00     | 344.96
 *   预算执行率       | 98.00%     | 自评得分   | 97.6
 */
static void take_money_above(const TableGrid *grid, guint row, Pairs *pairs) {
    const GridBlock *block = block_of(grid, row);
    if (block == NULL || pairs->facts[HEAD_RATE] == REPORT_NONE || row != block->first + 1)
        return;
    for (guint column = 1; column < grid->shape->columns; column++) {
        HeadRole role = grid_column_role(grid, block, column);
        guint fact = grid_fact(grid, block->first, column);
        if (!is_money(role) || !is_exact(grid, fact, FIGURE_AMOUNT))
            continue;
        pairs->twice |= pairs->facts[role] != REPORT_NONE;
        pairs->facts[role] = fact;
    }
}

void relate_pairs(const TableGrid *grid) {
    Pairs pairs;
    guint group = DOCUMENT_NONE;
    pairs_clear(&pairs);
    for (guint row = 0; row < grid->shape->rows; row++) {
        guint own = group_of(grid, row);
        if (row > 0 && (own == DOCUMENT_NONE || own != group)) {
            relate_group(grid, &pairs);
            pairs_clear(&pairs);
        }
        group = own;
        for (guint column = 1; column < grid->shape->columns; column++) {
            HeadRole role = HEAD_NONE;
            guint fact = grid_pair(grid, row, column, &role);
            if (fact == REPORT_NONE || role == HEAD_NONE || is_headed(grid, row, column, fact))
                continue;
            pairs.twice |= pairs.facts[role] != REPORT_NONE;
            pairs.facts[role] = fact;
        }
        take_money_above(grid, row, &pairs);
    }
    relate_group(grid, &pairs);
}

/* Rows of weights, scores and rates of a block, by their names. */
typedef struct {
    const TableGrid *grid;
    const GridBlock *block;
    guint weights, earned, rates; /* rows; DOCUMENT_NONE for none */
    guint total;                  /* column; DOCUMENT_NONE for none */
} SideBySide;

static gboolean find_rows(SideBySide *side) {
    const TableGrid *grid = side->grid;
    for (guint row = side->block->first; row < side->block->end; row++) {
        const GridCell *name = grid_cell(grid, row, 0);
        if (name->kind != GRID_WORDS || !grid_starts(grid, row, 0))
            continue;
        HeadRole role = grid_role(grid, grid_at(grid, row, 0), NULL);
        guint *place = role == HEAD_WEIGHT   ? &side->weights
                       : role == HEAD_EARNED ? &side->earned
                       : role == HEAD_SCORED ? &side->rates
                                             : NULL;
        if (place == NULL)
            continue;
        if (*place != DOCUMENT_NONE)
            return FALSE;
        *place = row;
    }
    return side->weights != DOCUMENT_NONE && side->earned != DOCUMENT_NONE;
}

static void find_total(SideBySide *side) {
    for (guint column = 1; column < side->grid->shape->columns; column++) {
        g_autoptr(GArray) heads = grid_heads(side->grid, side->block, column);
        gboolean before = FALSE;
        for (guint i = 0; i < heads->len; i++) {
            const char *text = side->grid->content[g_array_index(heads, guint, i)].text;
            if (table_words_rank(side->grid->words, text, &before) > 0 && !before)
                side->total = column;
        }
    }
}

static void add_sum(const SideBySide *side, guint row, const char *rule, const char *role) {
    const TableGrid *grid = side->grid;
    guint total = side->total == DOCUMENT_NONE ? REPORT_NONE : grid_fact(grid, row, side->total);
    if (!is_exact(grid, total, FIGURE_SCORE))
        return;
    guint relation = begin(grid, rule, total);
    add(grid, relation, total, "total");
    for (guint column = 1; column < grid->shape->columns; column++)
        if (column != side->total && is_exact(grid, grid_fact(grid, row, column), FIGURE_SCORE))
            add(grid, relation, grid_fact(grid, row, column), role);
}

void relate_scores_side_by_side(const TableGrid *grid, const GridBlock *block) {
    SideBySide side = {grid, block, DOCUMENT_NONE, DOCUMENT_NONE, DOCUMENT_NONE, DOCUMENT_NONE};
    if (!find_rows(&side))
        return;
    find_total(&side);
    add_sum(&side, side.weights, "WGT-01", "weight");
    add_sum(&side, side.earned, "SCO-01", "earned");
    for (guint column = 1; column < grid->shape->columns; column++) {
        guint weight = grid_fact(grid, side.weights, column),
              earned = grid_fact(grid, side.earned, column);
        if (!is_exact(grid, weight, FIGURE_SCORE) || !is_exact(grid, earned, FIGURE_SCORE))
            continue;
        guint relation = begin(grid, "SCO-02", earned);
        add(grid, relation, earned, "earned");
        add(grid, relation, weight, "weight");
        guint rate =
            side.rates == DOCUMENT_NONE ? REPORT_NONE : grid_fact(grid, side.rates, column);
        if (is_exact(grid, rate, FIGURE_PERCENT))
            add_product(grid, "SCO-04", earned, weight, rate);
    }
}
