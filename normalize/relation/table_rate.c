/* Figures that are computed from others in their row: rates, growth, changes, what is left.
 *
 *   全年预算  全年执行  执行率       本年   上年   增减   增减(%)
 *   200       190       95%          120    100    20     20%
 *
 * The same stands on its side: 执行率 as the last of three rows.
 *
 * From which columns, the heads may say; the rows have the last word: of all pairs of columns near
 * the result the one that most rows hold for. Where no row holds, the heads must say it.
 */
#include "normalize/relation/table_relation.h"
#include "normalize/relation/text_relation.h"

/* Lines that a result may be computed from, counted from it. */
enum { OPERANDS_MAX = 8, RATIO_DECIMALS = 12 };

typedef enum { COMPUTE_RATIO, COMPUTE_GROWTH, COMPUTE_CHANGE } Computation;

/* No column has this role. */
static const HeadRole HEAD_NAMELESS = HEAD_ROLES;

typedef struct {
    const TableGrid *grid;
    const GridBlock *block;
    gboolean down; /* the result and its operands are rows; else columns: its lines */
    guint result;  /* line */
    Computation computation;
    HeadRole above, below; /* the heads of the operands that the words name */
} Computed;

typedef struct {
    guint above, below; /* lines; DOCUMENT_NONE: none */
    gboolean named;     /* by the heads */
    guint holds, fails;
} Pair;

/* Lanes are what lines are compared in: rows, or, down, columns. */
static guint lane_first(const Computed *computed) {
    return computed->down ? 0 : computed->block->first;
}

static guint lane_end(const Computed *computed) {
    return computed->down ? computed->grid->shape->columns : computed->block->end;
}

static guint figure_at(const Computed *computed, guint lane, guint line) {
    return computed->down ? grid_fact(computed->grid, line, lane)
                          : grid_fact(computed->grid, lane, line);
}

static guint amount_at(const Computed *computed, guint lane, guint line) {
    guint fact = figure_at(computed, lane, line);
    if (fact == REPORT_NONE)
        return REPORT_NONE;
    const Fact *own = report_fact(computed->grid->report, fact);
    return fact_is_addend(own) && own->kind != FIGURE_SCORE ? fact : REPORT_NONE;
}

static guint result_at(const Computed *computed, guint lane) {
    guint fact = figure_at(computed, lane, computed->result);
    if (fact == REPORT_NONE || computed->computation == COMPUTE_CHANGE)
        return fact == REPORT_NONE ? fact : amount_at(computed, lane, computed->result);
    const Fact *own = report_fact(computed->grid->report, fact);
    return own->kind == FIGURE_PERCENT && own->qualifier == QUALIFIER_EXACT ? fact : REPORT_NONE;
}

static gboolean has_percents(const Computed *computed) {
    for (guint lane = lane_first(computed); lane < lane_end(computed); lane++) {
        guint fact = figure_at(computed, lane, computed->result);
        if (fact != REPORT_NONE &&
            report_fact(computed->grid->report, fact)->kind == FIGURE_PERCENT)
            return TRUE;
    }
    return FALSE;
}

/* Half a unit of a figure's last place, as printed. */
static gboolean last_place(const Fact *fact, Decimal *unit) {
    return decimal_scale(decimal_from_integer(1), fact->unit_power - fact->decimals, unit);
}

/* Within one unit of the last place printed, or what the operands' own last places allow. */
static gboolean is_near(const Fact *result, Decimal value, Decimal slack) {
    Decimal gap, unit;
    return last_place(result, &unit) && decimal_subtract(result->value, value, &gap) &&
           decimal_add(unit, slack, &unit) && decimal_compare(decimal_absolute(gap), unit) <= 0;
}

static gboolean change_holds(const Fact *a, const Fact *b, const Fact *result) {
    Decimal value;
    return decimal_subtract(a->value, b->value, &value) && is_near(result, value, DECIMAL_ZERO);
}

/* (a or a − b) ÷ b × 100. */
static gboolean ratio_holds(const Fact *a, const Fact *b, const Fact *result, gboolean growth) {
    Decimal above = a->value, value, unit, slack;
    if ((growth && !decimal_subtract(a->value, b->value, &above)) ||
        !decimal_scale(above, 2, &above) ||
        !decimal_divide(above, b->value, RATIO_DECIMALS, &value) || !last_place(a, &unit) ||
        !decimal_scale(unit, 2, &unit) ||
        !decimal_divide(unit, decimal_absolute(b->value), RATIO_DECIMALS, &slack))
        return FALSE;
    return is_near(result, value, slack);
}

typedef enum { LANE_NOTHING, LANE_HOLDS, LANE_FAILS } LaneState;

static LaneState lane_state(const Computed *computed, guint lane, guint above, guint below) {
    const Report *report = computed->grid->report;
    guint result = result_at(computed, lane), a = amount_at(computed, lane, above),
          b = amount_at(computed, lane, below);
    if (result == REPORT_NONE || a == REPORT_NONE || b == REPORT_NONE)
        return LANE_NOTHING;
    const Fact *x = report_fact(report, a), *y = report_fact(report, b),
               *own = report_fact(report, result);
    if (!facts_add_up(x, y) || (computed->computation == COMPUTE_CHANGE && !facts_add_up(x, own)))
        return LANE_NOTHING;
    gboolean trivial = decimal_sign(y->value) == 0 ||
                       (computed->computation == COMPUTE_CHANGE && decimal_sign(x->value) == 0);
    if (trivial)
        return LANE_NOTHING;
    gboolean holds = computed->computation == COMPUTE_CHANGE
                         ? change_holds(x, y, own)
                         : ratio_holds(x, y, own, computed->computation == COMPUTE_GROWTH);
    return holds ? LANE_HOLDS : LANE_FAILS;
}

static void count_lanes(const Computed *computed, Pair *pair) {
    for (guint lane = lane_first(computed); lane < lane_end(computed); lane++) {
        LaneState state = lane_state(computed, lane, pair->above, pair->below);
        pair->holds += state == LANE_HOLDS ? 1 : 0;
        pair->fails += state == LANE_FAILS ? 1 : 0;
    }
}

static gboolean has_amounts(const Computed *computed, guint line) {
    for (guint lane = lane_first(computed); lane < lane_end(computed); lane++)
        if (amount_at(computed, lane, line) != REPORT_NONE)
            return TRUE;
    return FALSE;
}

/* Lines of amounts near the result, nearest first: before it, then behind it. */
static guint find_operands(const Computed *computed, guint *lines) {
    guint n = 0, first = computed->down ? computed->block->first : 0;
    guint end = computed->down ? computed->block->end : computed->grid->shape->columns;
    for (guint line = computed->result; line > first && n < OPERANDS_MAX; line--)
        if (has_amounts(computed, line - 1))
            lines[n++] = line - 1;
    for (guint line = computed->result + 1; line < end && n < OPERANDS_MAX; line++)
        if (has_amounts(computed, line))
            lines[n++] = line;
    return n;
}

/* What the line's head, or, of a row, its name says of it. */
static HeadRole line_role(const TableGrid *grid, const GridBlock *block, gboolean down, guint line,
                          const char **rule) {
    if (!down)
        return grid_column_rule(grid, block, line, rule);
    for (guint column = 0; column < grid->shape->columns; column++) {
        const GridCell *cell = grid_cell(grid, line, column);
        if (cell->kind == GRID_FIGURE)
            break;
        if (cell->kind == GRID_WORDS && grid_starts(grid, line, column))
            return grid_role(grid, grid_at(grid, line, column), rule);
    }
    return HEAD_NONE;
}

static gboolean pair_is_better(const Pair *a, const Pair *b) {
    if (a->holds != b->holds)
        return a->holds > b->holds;
    if (a->named != b->named)
        return a->named;
    return a->fails < b->fails;
}

static gboolean role_fits(const Computed *computed, guint line, HeadRole wanted) {
    HeadRole role = line_role(computed->grid, computed->block, computed->down, line, NULL);
    return role == wanted || (wanted == HEAD_BUDGET && role == HEAD_ORIGINAL);
}

/* The lines that the result is computed from. Named ones are believed against one lane that
 * fails, others need lanes that hold, two for each that fails. */
static Pair find_pair(const Computed *computed) {
    guint lines[OPERANDS_MAX], n = find_operands(computed, lines);
    Pair best = {.above = DOCUMENT_NONE};
    for (guint i = 0; i < n; i++)
        for (guint k = 0; k < n; k++) {
            if (i == k)
                continue;
            Pair pair = {.above = lines[i], .below = lines[k]};
            pair.named = role_fits(computed, lines[i], computed->above) &&
                         role_fits(computed, lines[k], computed->below);
            count_lanes(computed, &pair);
            if ((pair.holds + pair.fails > 0 || pair.named) &&
                (best.above == DOCUMENT_NONE || pair_is_better(&pair, &best)))
                best = pair;
        }
    gboolean believed = best.named ? best.holds > 0 || best.fails <= 1
                                   : best.holds > 0 && best.holds >= best.fails * 2;
    if (best.above != DOCUMENT_NONE && !believed)
        best.above = DOCUMENT_NONE;
    return best;
}

typedef struct {
    const char *rule, *zero;            /* the rule where the denominator is zero; NULL: none */
    const char *above, *below, *result; /* roles */
} Roles;

static gboolean is_zero(const Report *report, guint fact) {
    return decimal_sign(report_fact(report, fact)->value) == 0;
}

static void add_lane(const Computed *computed, const Pair *pair, const Roles *roles, guint lane) {
    Report *report = computed->grid->report;
    guint result = result_at(computed, lane), a = amount_at(computed, lane, pair->above),
          b = amount_at(computed, lane, pair->below);
    if (result == REPORT_NONE)
        return;
    if (a != REPORT_NONE && b != REPORT_NONE &&
        !facts_add_up(report_fact(report, a), report_fact(report, b)))
        return;
    gboolean zero = b != REPORT_NONE && is_zero(report, b);
    gboolean counts = b != REPORT_NONE && report_fact(report, b)->kind == FIGURE_COUNT &&
                      computed->computation == COMPUTE_RATIO;
    if (zero && is_zero(report, result) && (a == REPORT_NONE || is_zero(report, a)))
        return; /* what forms fill in by themselves: nothing of nothing, 0.00% */
    const char *rule = zero && roles->zero != NULL ? roles->zero : counts ? "CNT-09" : roles->rule;
    guint relation = relation_begin(report, rule, report_fact(report, result)->place);
    report_relation(report, relation)->certain =
        computed->grid->shape->ruled && (pair->holds > pair->fails || pair->named);
    report_relation(report, relation)->scope = report_fact(report, result)->label;
    if (a != REPORT_NONE)
        relation_add(report, relation, a, roles->above);
    if (b != REPORT_NONE)
        relation_add(report, relation, b, roles->below);
    relation_add(report, relation, result, roles->result);
    fact_take_role(report, result, g_str_equal(roles->result, "rate") ? "rate" : "change");
}

static gboolean relate_computed(const Computed *computed, const Roles *roles, Pair *found) {
    Pair pair = find_pair(computed);
    if (pair.above == DOCUMENT_NONE)
        return FALSE;
    for (guint lane = lane_first(computed); lane < lane_end(computed); lane++)
        add_lane(computed, &pair, roles, lane);
    if (found != NULL)
        *found = pair;
    return TRUE;
}

/* The fact of a row in the first column of a role. */
static guint fact_of_role(const TableGrid *grid, const GridBlock *block, guint row, HeadRole role) {
    for (guint column = 0; column < grid->shape->columns; column++)
        if (grid_column_role(grid, block, column) == role &&
            grid_fact(grid, row, column) != REPORT_NONE)
            return grid_fact(grid, row, column);
    return REPORT_NONE;
}

/* A score is its weight times the rate: of execution, or of what was earned. */
static void relate_product(const Computed *computed, guint row, const char *rule) {
    Report *report = computed->grid->report;
    guint rate = result_at(computed, row),
          weight = fact_of_role(computed->grid, computed->block, row, HEAD_WEIGHT),
          earned = fact_of_role(computed->grid, computed->block, row, HEAD_EARNED);
    if (rate == REPORT_NONE || weight == REPORT_NONE || earned == REPORT_NONE ||
        report_fact(report, weight)->kind != FIGURE_SCORE ||
        report_fact(report, earned)->kind != FIGURE_SCORE)
        return;
    guint relation = relation_begin(report, rule, report_fact(report, earned)->place);
    report_relation(report, relation)->certain = computed->grid->shape->ruled;
    report_relation(report, relation)->scope = report_fact(report, earned)->label;
    relation_add(report, relation, earned, "earned");
    relation_add(report, relation, weight, "weight");
    relation_add(report, relation, rate, "rate");
}

/* Rows that spend more than the adjusted budget. */
static void relate_overspent(const Computed *computed, const Pair *pair) {
    const TableGrid *grid = computed->grid;
    Report *report = grid->report;
    if (grid_column_role(grid, computed->block, pair->above) != HEAD_ACTUAL ||
        grid_column_role(grid, computed->block, pair->below) != HEAD_BUDGET)
        return;
    for (guint row = computed->block->first; row < computed->block->end; row++) {
        guint spent = amount_at(computed, row, pair->above),
              budget = amount_at(computed, row, pair->below);
        if (spent == REPORT_NONE || budget == REPORT_NONE || is_zero(report, budget) ||
            !facts_add_up(report_fact(report, spent), report_fact(report, budget)) ||
            decimal_compare(report_fact(report, spent)->value,
                            report_fact(report, budget)->value) <= 0)
            continue;
        guint relation = relation_begin(report, "EXE-03", report_fact(report, spent)->place);
        report_relation(report, relation)->certain = grid->shape->ruled;
        report_relation(report, relation)->scope = report_fact(report, spent)->label;
        relation_add(report, relation, spent, "numerator");
        relation_add(report, relation, budget, "denominator");
    }
}

/* A rate with a rule of its own is of what the rows say; that of funds received has its head. */
static void relate_rate(Computed *computed, const char *rule) {
    Roles roles = {rule == NULL ? "EXE-01" : rule, "EXE-05", "numerator", "denominator", "rate"};
    gboolean received = g_strcmp0(rule, "BAL-04") == 0;
    Pair pair;
    computed->computation = COMPUTE_RATIO;
    computed->above = received ? HEAD_RECEIVED : rule == NULL ? HEAD_ACTUAL : HEAD_NAMELESS;
    computed->below = HEAD_BUDGET;
    if (!relate_computed(computed, &roles, &pair) || rule != NULL || computed->down)
        return;
    for (guint row = computed->block->first; row < computed->block->end; row++)
        relate_product(computed, row, "SCO-08");
    relate_overspent(computed, &pair);
}

static void relate_scored(Computed *computed) {
    computed->computation = COMPUTE_RATIO;
    for (guint row = computed->block->first; row < computed->block->end; row++)
        relate_product(computed, row, "SCO-04");
}

static void relate_growth(Computed *computed) {
    Roles roles = {"YOY-02", "YOY-04", "this", "last", "rate"};
    computed->computation = COMPUTE_GROWTH;
    computed->above = HEAD_THIS;
    computed->below = HEAD_LAST;
    relate_computed(computed, &roles, NULL);
}

static void relate_change(Computed *computed, HeadRole role) {
    gboolean left = role == HEAD_LEFT;
    Roles roles = {left ? "BAL-05" : "YOY-01", NULL, "this", "last", "change"};
    computed->computation = COMPUTE_CHANGE;
    computed->above = left ? HEAD_BUDGET : HEAD_THIS;
    computed->below = left ? HEAD_ACTUAL : HEAD_LAST;
    relate_computed(computed, &roles, NULL);
}

static void relate_line(Computed *computed) {
    const char *rule = NULL;
    HeadRole role =
        line_role(computed->grid, computed->block, computed->down, computed->result, &rule);
    if (role == HEAD_CHANGE && has_percents(computed))
        role = HEAD_GROWTH;
    if (role == HEAD_RATE)
        relate_rate(computed, rule);
    else if (role == HEAD_SCORED && !computed->down)
        relate_scored(computed);
    else if (role == HEAD_GROWTH)
        relate_growth(computed);
    else if (role == HEAD_CHANGE || role == HEAD_LEFT)
        relate_change(computed, role);
}

void relate_block_rates(const TableGrid *grid, const GridBlock *block) {
    for (guint column = 0; column < grid->shape->columns; column++) {
        Computed computed = {.grid = grid, .block = block, .result = column};
        relate_line(&computed);
    }
    for (guint row = block->first; row < block->end; row++) {
        Computed computed = {.grid = grid, .block = block, .result = row, .down = TRUE};
        relate_line(&computed);
    }
}
