/* Weights and scores of a table of indicators.
 *
 *   一级   分值  二级   分值  三级  分值  得分
 *   投入   15    配置   15    甲    5     5         15 = 15 = 5 + 10
 *                             乙    10    9         0 ≤ 9 ≤ 10
 *   过程   85    执行   85    丙    85    85
 *   总分   100          100         100   99        100 = 15 + 85, 99 = 5 + 9 + 85
 *
 * A merged weight is the sum of the weights of the next column beside it; it may stand in brackets
 * behind the indicator's name. The form of a project scores its execution among the funds: a total
 * below may count that score or not.
 */
#include "normalize/relation/table_relation.h"
#include "normalize/relation/text_relation.h"
#include <string.h>

/* Weights without a total that are worth saying so. */
enum { UNTOTALLED_MIN = 3, FULL_MARK = 100 };

static const char HEAD_MARK[] = "·"; /* between the heads of a cell, in its label */

typedef struct {
    const TableGrid *grid;
    const GridBlock *block;
    GArray *weights, *earned, *deducted; /* guint: columns */
    GArray *named;                       /* guint: columns of names that have weights within */
    int execution;                       /* ExecutionPlace that a total has shown */
    gboolean dry;                        /* only looks at the last total */
    guint last;                          /* row of the last total */
    int decided;                         /* its ExecutionPlace, by weights and scores together */
    gboolean full;                       /* it is the full mark */
} Scores;

static guint score_at(const Scores *scores, guint row, guint column) {
    if (!grid_starts(scores->grid, row, column))
        return REPORT_NONE;
    const GridCell *cell = grid_cell(scores->grid, row, column);
    guint fact = cell->fact == REPORT_NONE ? cell->inner : cell->fact;
    if (fact == REPORT_NONE)
        return REPORT_NONE;
    const Fact *own = report_fact(scores->grid->report, fact);
    gboolean kind =
        own->kind == FIGURE_SCORE || (own->kind == FIGURE_PERCENT && cell->kind == GRID_FIGURE);
    return kind && own->qualifier == QUALIFIER_EXACT ? fact : REPORT_NONE;
}

static guint span_of(const Scores *scores, guint row, guint column) {
    const Cell *cell = table_cell(scores->grid->shape, grid_at(scores->grid, row, column));
    return MIN(cell->row_span, scores->block->end - row);
}

/* The rank of a row of totals: what its first cell says. */
static guint total_rank(const Scores *scores, guint row) {
    gboolean before = FALSE;
    for (guint column = 0; column < scores->grid->shape->columns; column++) {
        if (!grid_starts(scores->grid, row, column))
            continue;
        const GridCell *cell = grid_cell(scores->grid, row, column);
        if (cell->kind == GRID_BLANK)
            continue;
        guint rank = cell->kind == GRID_WORDS
                         ? table_words_rank(scores->grid->words, cell->text, &before)
                         : 0;
        return before ? 0 : rank;
    }
    return 0;
}

static guint begin(const Scores *scores, const char *rule, guint fact, gboolean certain) {
    Report *report = scores->grid->report;
    guint relation = relation_begin(report, rule, report_fact(report, fact)->place);
    report_relation(report, relation)->certain = certain && scores->grid->shape->ruled;
    report_relation(report, relation)->scope = report_fact(report, fact)->label;
    return relation;
}

static void add(const Scores *scores, guint relation, guint fact, const char *role) {
    relation_add(scores->grid->report, relation, fact, role);
    fact_take_role(scores->grid->report, fact, role);
}

/* A merged weight against what stands beside it in the next column. */
static void relate_branch(const Scores *scores, guint row, guint upper, guint lower,
                          const char *rule, const char *role) {
    guint total = score_at(scores, row, upper), end = row + span_of(scores, row, upper),
          covered = 0;
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = row; i < end; i++) {
        guint fact = score_at(scores, i, lower);
        if (fact == REPORT_NONE)
            continue;
        covered += span_of(scores, i, lower);
        g_array_append_val(parts, fact);
    }
    if (parts->len == 0)
        return;
    guint relation = begin(scores, rule, total, covered >= end - row);
    add(scores, relation, total, "total");
    for (guint i = 0; i < parts->len; i++)
        add(scores, relation, g_array_index(parts, guint, i), role);
}

/* Whether a cell of the upper column spans more rows than one beside it in the lower. */
static gboolean is_above(const Scores *scores, guint upper, guint lower) {
    for (guint row = scores->block->first; row < scores->block->end; row++) {
        if (score_at(scores, row, upper) == REPORT_NONE ||
            score_at(scores, row, lower) == REPORT_NONE)
            continue;
        if (span_of(scores, row, upper) > span_of(scores, row, lower))
            return TRUE;
    }
    return FALSE;
}

static void relate_levels(const Scores *scores, const GArray *columns, const char *rule,
                          const char *role) {
    for (guint i = 0; i + 1 < columns->len; i++) {
        guint upper = g_array_index(columns, guint, i),
              lower = g_array_index(columns, guint, i + 1);
        if (!is_above(scores, upper, lower))
            continue;
        for (guint row = scores->block->first; row < scores->block->end; row++)
            if (score_at(scores, row, upper) != REPORT_NONE && total_rank(scores, row) == 0)
                relate_branch(scores, row, upper, lower, rule, role);
    }
}

/* Above the block: what the cell to its left names. A score so named tells that a weight, though
 * not printed, is counted. */
static guint paired_score(const Scores *scores, HeadRole role, gboolean *unread) {
    for (guint row = 0; row < scores->block->first; row++)
        for (guint column = 1; column < scores->grid->shape->columns; column++) {
            HeadRole named = HEAD_NONE;
            guint fact = grid_pair(scores->grid, row, column, &named);
            if (fact == REPORT_NONE || (named != HEAD_WEIGHT && named != HEAD_EARNED) ||
                report_fact(scores->grid->report, fact)->kind != FIGURE_SCORE)
                continue;
            if (named == role)
                return fact;
            *unread = TRUE;
        }
    return REPORT_NONE;
}

/* The score of execution: one that stands in a column of the same kind, above the block. `unread`:
 * there is such a column, and what stands in it is no score. */
static guint execution_score(const Scores *scores, HeadRole role, gboolean *unread) {
    const TableGrid *grid = scores->grid;
    for (guint i = 0; i < grid->blocks->len; i++) {
        const GridBlock *block = &g_array_index(grid->blocks, GridBlock, i);
        if (block->first >= scores->block->first)
            break;
        for (guint column = 0; column < grid->shape->columns; column++) {
            if (grid_column_role(grid, block, column) != role)
                continue;
            for (guint row = block->first; row < block->end; row++) {
                if (score_at(scores, row, column) != REPORT_NONE)
                    return score_at(scores, row, column);
                *unread |= grid_fact(grid, row, column) != REPORT_NONE;
            }
        }
    }
    return *unread ? REPORT_NONE : paired_score(scores, role, unread);
}

static gboolean sum_facts(const Report *report, const GArray *facts, Decimal *sum) {
    *sum = DECIMAL_ZERO;
    for (guint i = 0; i < facts->len; i++)
        if (!decimal_add(*sum, report_fact(report, g_array_index(facts, guint, i))->value, sum))
            return FALSE;
    return TRUE;
}

typedef enum { EXECUTION_UNKNOWN, EXECUTION_IN, EXECUTION_OUT } ExecutionPlace;

/* Whether the total counts the score of execution; where neither fits, what comes nearer. */
static ExecutionPlace execution_place(const Scores *scores, guint execution, guint total,
                                      const GArray *parts, gboolean nearer) {
    const Report *report = scores->grid->report;
    Decimal sum, without, with;
    if (execution == REPORT_NONE || !sum_facts(report, parts, &sum) ||
        !decimal_subtract(report_fact(report, total)->value, sum, &without) ||
        !decimal_subtract(without, report_fact(report, execution)->value, &with))
        return EXECUTION_OUT;
    if (decimal_sign(with) == 0)
        return EXECUTION_IN;
    if (decimal_sign(without) == 0)
        return EXECUTION_OUT;
    if (!nearer)
        return EXECUTION_UNKNOWN;
    return decimal_compare(decimal_absolute(with), decimal_absolute(without)) < 0 ? EXECUTION_IN
                                                                                  : EXECUTION_OUT;
}

static gboolean fits(const Report *report, guint total, const GArray *parts) {
    Decimal sum;
    return sum_facts(report, parts, &sum) &&
           decimal_compare(report_fact(report, total)->value, sum) == 0;
}

/* The columns of weights and of scores count it alike: the first that fits says it for all. FALSE
 * where the total may count a score that could not be read. */
static gboolean take_execution(Scores *scores, HeadRole role, guint row, guint total,
                               GArray *parts) {
    gboolean unread = FALSE;
    guint execution = execution_score(scores, role, &unread);
    if (execution == REPORT_NONE)
        return !unread || fits(scores->grid->report, total, parts);
    ExecutionPlace place = execution_place(scores, execution, total, parts, FALSE);
    if (scores->dry) {
        scores->last = row;
        scores->decided = (int)place;
        scores->full = decimal_compare(report_fact(scores->grid->report, total)->value,
                                       decimal_from_integer(FULL_MARK)) == 0;
        return TRUE;
    }
    if (row == scores->last && scores->decided != (int)EXECUTION_UNKNOWN)
        place = (ExecutionPlace)scores->decided;
    else if (place == EXECUTION_UNKNOWN)
        place = scores->execution != (int)EXECUTION_UNKNOWN
                    ? (ExecutionPlace)scores->execution
                    : execution_place(scores, execution, total, parts, TRUE);
    else
        scores->execution = (int)place;
    if (place == EXECUTION_IN)
        g_array_append_val(parts, execution);
    return TRUE;
}

static void add_total(const Scores *scores, HeadRole role, guint total, const GArray *parts,
                      gboolean complete) {
    if (scores->dry)
        return;
    gboolean earned = role == HEAD_EARNED;
    guint first = total == REPORT_NONE ? g_array_index(parts, guint, 0) : total;
    guint relation = begin(scores, earned ? "SCO-01" : "WGT-01", first, complete);
    if (total != REPORT_NONE)
        add(scores, relation, total, "total");
    for (guint i = 0; i < parts->len; i++)
        add(scores, relation, g_array_index(parts, guint, i), earned ? "earned" : "weight");
}

/* The weight that a score belongs to: in the nearest column of weights, over the same rows. */
static guint weight_of(const Scores *scores, guint row, guint column) {
    const GArray *columns = scores->weights->len > 0 ? scores->weights : scores->named;
    guint span = span_of(scores, row, column), nearest = REPORT_NONE, distance = G_MAXUINT;
    for (guint i = 0; i < columns->len; i++) {
        guint other = g_array_index(columns, guint, i);
        guint fact = score_at(scores, row, other);
        guint apart = other < column ? column - other : other - column;
        if (fact != REPORT_NONE && span_of(scores, row, other) == span && apart < distance &&
            facts_add_up(report_fact(scores->grid->report, fact),
                         report_fact(scores->grid->report, score_at(scores, row, column)))) {
            nearest = fact;
            distance = apart;
        }
    }
    return nearest;
}

/* 平均得分 below scores: their mean. */
static gboolean relate_mean(const Scores *scores, guint row, guint score_column, guint fact,
                            const GArray *open, guint since) {
    guint column = 0;
    while (column < scores->grid->shape->columns && !grid_starts(scores->grid, row, column))
        column++;
    if (column == scores->grid->shape->columns || fact == REPORT_NONE || open->len < since + 2 ||
        weight_of(scores, row, score_column) != REPORT_NONE ||
        !table_words_begins(scores->grid->words, TABLE_MEAN,
                            grid_cell(scores->grid, row, column)->text))
        return FALSE;
    guint relation = begin(scores, "SCO-07", fact, TRUE);
    add(scores, relation, fact, "total");
    for (guint i = since; i < open->len; i++)
        add(scores, relation, g_array_index(open, guint, i), "part");
    return TRUE;
}

/* Rows of totals take what is open above them, a higher rank the totals of a lower one. Gives the
 * last total. */
static guint relate_totals(Scores *scores, guint column, HeadRole role, guint borrowed) {
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(guint));
    guint since = 0, lowest = G_MAXUINT, last = REPORT_NONE;
    gboolean complete = TRUE;
    for (guint row = scores->block->first; row < scores->block->end; row++) {
        guint fact = score_at(scores, row, column), rank = total_rank(scores, row);
        if (rank == 0 && role == HEAD_EARNED && !scores->dry &&
            relate_mean(scores, row, column, fact, open, since))
            continue;
        if (rank == 0 && fact != REPORT_NONE)
            g_array_append_val(open, fact);
        if (rank == 0) {
            complete &= fact != REPORT_NONE || !grid_starts(scores->grid, row, column);
            continue;
        }
        if (fact == REPORT_NONE || open->len == 0)
            continue;
        guint from = MIN(rank > lowest ? 0 : since, open->len - 1);
        g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(guint));
        g_array_append_vals(parts, &g_array_index(open, guint, from), open->len - from);
        gboolean read = take_execution(scores, role, row, fact, parts);
        add_total(scores, role, read ? fact : REPORT_NONE, parts, complete || role == HEAD_WEIGHT);
        g_array_set_size(open, from);
        g_array_append_val(open, fact);
        since = open->len;
        lowest = MIN(lowest, rank);
        last = fact;
    }
    if (last == REPORT_NONE && borrowed != REPORT_NONE && open->len > 1) {
        gboolean read = take_execution(scores, role, DOCUMENT_NONE, borrowed, open);
        add_total(scores, role, read ? borrowed : REPORT_NONE, open, complete);
    } else if (last == REPORT_NONE && role == HEAD_WEIGHT && open->len >= UNTOTALLED_MIN)
        add_total(scores, role, REPORT_NONE, open, TRUE);
    return last;
}

/* From the last level back: a level without a total of its own has that of the one beside it. */
static void relate_weight_totals(Scores *scores, const GArray *levels) {
    guint total = REPORT_NONE;
    for (guint i = levels->len; i > 0; i--) {
        guint column = g_array_index(levels, guint, i - 1);
        if (i < levels->len && !is_above(scores, column, g_array_index(levels, guint, i)))
            total = REPORT_NONE;
        else if (i < levels->len && total == REPORT_NONE)
            break;
        guint own = relate_totals(scores, column, HEAD_WEIGHT, total);
        total = own == REPORT_NONE ? total : own;
    }
}

/* Points lost that a cell of reasons tells, “追加偏多，扣1分”: all the scores in it, where each is
 * one. Gives their sum. */
static Decimal losses_told(const Scores *scores, guint row, guint column, GArray *losses) {
    const Report *report = scores->grid->report;
    Decimal sum = DECIMAL_ZERO;
    guint first = grid_starts(scores->grid, row, column)
                      ? grid_cell(scores->grid, row, column)->inner
                      : REPORT_NONE;
    for (guint i = first; first != REPORT_NONE && i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i), *own = report_fact(report, first);
        if (fact->table != own->table || fact->row != own->row || fact->column != own->column)
            break;
        if (fact->kind != FIGURE_SCORE)
            continue;
        const char *name = fact->label == NULL ? NULL : g_strrstr(fact->label, HEAD_MARK);
        if (name == NULL ||
            table_words_column(scores->grid->words, name + strlen(HEAD_MARK), NULL) !=
                HEAD_DEDUCTED ||
            fact->qualifier != QUALIFIER_EXACT || !decimal_add(sum, fact->value, &sum)) {
            g_array_set_size(losses, 0);
            return DECIMAL_ZERO;
        }
        g_array_append_val(losses, i);
    }
    return sum;
}

/* Reasons may tell less than was lost, but not more. */
static void relate_reasons(const Scores *scores, guint row, guint weight, guint earned) {
    const Report *report = scores->grid->report;
    for (guint column = 0; column < scores->grid->shape->columns; column++) {
        if (grid_column_role(scores->grid, scores->block, column) != HEAD_REASON)
            continue;
        g_autoptr(GArray) losses = g_array_new(FALSE, FALSE, sizeof(guint));
        Decimal told = losses_told(scores, row, column, losses), lost;
        if (losses->len == 0 || !decimal_subtract(report_fact(report, weight)->value,
                                                  report_fact(report, earned)->value, &lost))
            continue;
        guint relation = begin(scores, "SCO-03", earned, decimal_compare(told, lost) >= 0);
        add(scores, relation, weight, "weight");
        add(scores, relation, earned, "earned");
        for (guint i = 0; i < losses->len; i++)
            add(scores, relation, g_array_index(losses, guint, i), "deducted");
    }
}

static void relate_row(const Scores *scores, guint row, guint column) {
    guint earned = score_at(scores, row, column), weight;
    if (earned == REPORT_NONE || (weight = weight_of(scores, row, column)) == REPORT_NONE)
        return;
    guint bound = begin(scores, "SCO-02", earned, TRUE);
    add(scores, bound, earned, "earned");
    add(scores, bound, weight, "weight");
    relate_reasons(scores, row, weight, earned);
    for (guint i = 0; i < scores->deducted->len; i++) {
        guint lost = score_at(scores, row, g_array_index(scores->deducted, guint, i));
        if (lost == REPORT_NONE)
            continue;
        guint relation = begin(scores, "SCO-03", earned, TRUE);
        add(scores, relation, weight, "weight");
        add(scores, relation, earned, "earned");
        add(scores, relation, lost, "deducted");
    }
}

static gboolean has_column(const Scores *scores, HeadRole role) {
    for (guint column = 0; column < scores->grid->shape->columns; column++)
        if (grid_column_role(scores->grid, scores->block, column) == role)
            return TRUE;
    return FALSE;
}

static void find_columns(Scores *scores) {
    const TableGrid *grid = scores->grid;
    gboolean weighted = has_column(scores, HEAD_WEIGHT);
    for (guint column = 0; column < grid->shape->columns; column++) {
        HeadRole role = grid_column_role(grid, scores->block, column);
        GArray *kind = role == HEAD_WEIGHT     ? scores->weights
                       : role == HEAD_EARNED   ? scores->earned
                       : role == HEAD_DEDUCTED ? scores->deducted
                                               : NULL;
        gboolean scored = FALSE, named = FALSE;
        guint names = 0;
        for (guint row = scores->block->first; row < scores->block->end; row++) {
            guint fact = score_at(scores, row, column);
            scored |= fact != REPORT_NONE;
            gboolean name = fact != REPORT_NONE && grid_cell(grid, row, column)->kind == GRID_WORDS;
            names += name ? 1 : 0;
            named |= name && (span_of(scores, row, column) > 1 || (!weighted && names > 1));
        }
        if (kind != NULL && scored)
            g_array_append_val(kind, column);
        else if (named)
            g_array_append_val(scores->named, column);
    }
}

/* Names with weights within, then the columns of weights, from the left. */
static GArray *weight_levels(const Scores *scores) {
    GArray *levels = g_array_new(FALSE, FALSE, sizeof(guint));
    guint named = 0, weights = 0;
    while (named < scores->named->len || weights < scores->weights->len) {
        guint a =
            named < scores->named->len ? g_array_index(scores->named, guint, named) : G_MAXUINT;
        guint b = weights < scores->weights->len ? g_array_index(scores->weights, guint, weights)
                                                 : G_MAXUINT;
        guint least = MIN(a, b);
        named += least == a ? 1 : 0;
        weights += least == b ? 1 : 0;
        g_array_append_val(levels, least);
    }
    return levels;
}

/* Whether the last total counts the score of execution: weights say it that sum to the full mark,
 * else the scores do. A total that fits the other way alone is wrong. */
static void decide_execution(Scores *scores) {
    int by_weight = (int)EXECUTION_UNKNOWN;
    gboolean full = FALSE;
    scores->dry = TRUE;
    if (scores->weights->len > 0) {
        relate_totals(scores, g_array_index(scores->weights, guint, scores->weights->len - 1),
                      HEAD_WEIGHT, REPORT_NONE);
        by_weight = scores->decided;
        full = scores->full;
    }
    scores->decided = (int)EXECUTION_UNKNOWN;
    for (guint i = 0; i < scores->earned->len && scores->decided == (int)EXECUTION_UNKNOWN; i++)
        relate_totals(scores, g_array_index(scores->earned, guint, i), HEAD_EARNED, REPORT_NONE);
    if (by_weight != (int)EXECUTION_UNKNOWN && (full || scores->decided == (int)EXECUTION_UNKNOWN))
        scores->decided = by_weight;
    scores->dry = FALSE;
}

static void relate_scores_of(Scores *scores) {
    const TableGrid *grid = scores->grid;
    find_columns(scores);
    g_autoptr(GArray) levels = weight_levels(scores);
    decide_execution(scores);
    relate_levels(scores, levels, "WGT-02", "weight");
    relate_levels(scores, scores->earned, "SCO-01", "earned");
    relate_weight_totals(scores, levels);
    for (guint i = 0; i < scores->earned->len; i++) {
        guint column = g_array_index(scores->earned, guint, i);
        relate_totals(scores, column, HEAD_EARNED,
                      scores->earned->len == 1 ? grid_paired_score(grid, scores->block->first)
                                               : REPORT_NONE);
        for (guint row = scores->block->first; row < scores->block->end; row++)
            relate_row(scores, row, column);
    }
}

void relate_block_scores(const TableGrid *grid, const GridBlock *block) {
    Scores scores = {.grid = grid,
                     .block = block,
                     .last = DOCUMENT_NONE,
                     .weights = g_array_new(FALSE, FALSE, sizeof(guint)),
                     .earned = g_array_new(FALSE, FALSE, sizeof(guint)),
                     .deducted = g_array_new(FALSE, FALSE, sizeof(guint)),
                     .named = g_array_new(FALSE, FALSE, sizeof(guint))};
    relate_scores_of(&scores);
    g_array_unref(scores.weights);
    g_array_unref(scores.earned);
    g_array_unref(scores.deducted);
    g_array_unref(scores.named);
}
