/* Amounts that cells of a form tell beside their names, below the total that they divide.
 *
 *   年度资金总额                   | 18650.20 | 19320.60 | 18740.98
 *   按收入性质分：                 | 按支出性质分：
 *   其中：一般公共预算：16820.60   | 其中：基本支出：8420.60
 *   其他资金：2500.00              | 项目支出：10900.00
 *
 * Of which of the totals above them nothing says: it is the one that a division makes; the others
 * are its parts too, but for a slip of the hand.
 */
#include "normalize/check/slip.h"
#include "normalize/relation/table_relation.h"
#include <string.h>

/* Rows above a division in which its total may stand; digits of totals that are met by no chance;
 * divisions of one table. */
enum { TOTAL_ROWS_MAX = 4, TOTAL_DIGITS_MIN = 4, DIVISIONS_MAX = 16 };

static const char HEAD_MARK[] = "·"; /* between the heads of a cell, in its label */

/* Cells below each other in one column. */
typedef struct {
    guint first_row;
    GArray *facts; /* guint */
    Decimal sum;
} Division;

static void division_clear(gpointer data) { g_array_unref(((Division *)data)->facts); }

static void take_division(const TableGrid *grid, guint row, guint column, GArray *divisions) {
    Division division = {row, g_array_new(FALSE, FALSE, sizeof(guint)), DECIMAL_ZERO};
    gboolean added = TRUE;
    for (; row < grid->shape->rows && grid_starts(grid, row, column); row++) {
        guint fact = grid_cell(grid, row, column)->told;
        if (fact == REPORT_NONE || !fact_is_addend(report_fact(grid->report, fact)))
            break;
        added &= decimal_add(division.sum, report_fact(grid->report, fact)->value, &division.sum);
        g_array_append_val(division.facts, fact);
    }
    if (added && division.facts->len > 1 && divisions->len < DIVISIONS_MAX)
        g_array_append_val(divisions, division);
    else
        division_clear(&division);
}

static GArray *find_divisions(const TableGrid *grid) {
    GArray *divisions = g_array_new(FALSE, FALSE, sizeof(Division));
    g_array_set_clear_func(divisions, division_clear);
    for (guint column = 0; column < grid->shape->columns; column++)
        for (guint row = 0; row < grid->shape->rows; row++) {
            gboolean above = row > 0 && grid_starts(grid, row - 1, column) &&
                             grid_cell(grid, row - 1, column)->told != REPORT_NONE;
            if (!above && grid_starts(grid, row, column) &&
                grid_cell(grid, row, column)->told != REPORT_NONE)
                take_division(grid, row, column, divisions);
        }
    return divisions;
}

/* Whether the figure is the sum, or would be but for a slip in it or in one of the parts. */
static gboolean is_total(const TableGrid *grid, const Division *division, guint total,
                         gboolean slip) {
    const Fact *fact = report_fact(grid->report, total);
    Decimal gap;
    if (!fact_is_addend(fact) || slip_digits(fact->value) < TOTAL_DIGITS_MIN ||
        !facts_add_up(fact, report_fact(grid->report, g_array_index(division->facts, guint, 0))) ||
        !decimal_subtract(division->sum, fact->value, &gap))
        return FALSE;
    if (!slip)
        return decimal_sign(gap) == 0;
    gboolean slips = fact_slips_by(fact, gap);
    for (guint i = 0; i < division->facts->len; i++)
        slips |= fact_slips_by(report_fact(grid->report, g_array_index(division->facts, guint, i)),
                               decimal_negate(gap));
    return slips;
}

/* A figure of its own cell above the division that is its total; REPORT_NONE. */
static guint find_total(const TableGrid *grid, const Division *division, gboolean slip) {
    guint end = division->first_row;
    for (guint row = end; row > 0 && end - row < TOTAL_ROWS_MAX; row--)
        for (guint column = 0; column < grid->shape->columns; column++) {
            guint fact = grid_fact(grid, row - 1, column);
            if (fact != REPORT_NONE && is_total(grid, division, fact, slip))
                return fact;
        }
    return REPORT_NONE;
}

static void relate(const TableGrid *grid, const Division *division, guint total) {
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    Report *report = grid->report;
    for (guint i = 0; i < division->facts->len; i++) {
        const char *label = report_fact(report, g_array_index(division->facts, guint, i))->label;
        const char *own = g_strrstr(label, HEAD_MARK); /* behind its heads */
        g_ptr_array_add(names, (gpointer)(own == NULL ? label : own + strlen(HEAD_MARK)));
    }
    const Fact *fact = report_fact(report, total);
    const char *rule = table_words_whole(grid->words, fact->label, names);
    guint relation = relation_begin(report, rule == NULL ? "SUM-01" : rule, fact->place);
    report_relation(report, relation)->certain = grid->shape->ruled;
    report_relation(report, relation)->scope = fact->label;
    relation_add(report, relation, total, "total");
    for (guint i = 0; i < division->facts->len; i++)
        relation_add(report, relation, g_array_index(division->facts, guint, i), "part");
}

void relate_told(const TableGrid *grid) {
    g_autoptr(GArray) divisions = find_divisions(grid);
    guint told = REPORT_NONE;
    for (guint i = 0; i < divisions->len && told == REPORT_NONE; i++)
        told = find_total(grid, &g_array_index(divisions, Division, i), FALSE);
    for (guint i = 0; i < divisions->len; i++) {
        const Division *division = &g_array_index(divisions, Division, i);
        guint total = find_total(grid, division, FALSE);
        if (total == REPORT_NONE && told != REPORT_NONE && is_total(grid, division, told, TRUE))
            total = told;
        if (total == REPORT_NONE)
            total = find_total(grid, division, TRUE);
        if (total != REPORT_NONE)
            relate(grid, division, total);
    }
}
