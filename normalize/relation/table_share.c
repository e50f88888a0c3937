/* Shares: what each row is of the total, in per cent.
 *
 *            金额   占比
 *   甲       60     60%      60 ÷ 100
 *   乙       40     40%
 *   合计     100    100%     60 % + 40 %
 */
#include "normalize/relation/table_relation.h"
#include "normalize/relation/text_relation.h"

enum { RATIO_DECIMALS = 12 };

static guint percent_at(const TableGrid *grid, guint row, guint column) {
    guint fact = grid_fact(grid, row, column);
    if (fact == REPORT_NONE)
        return REPORT_NONE;
    const Fact *own = report_fact(grid->report, fact);
    return own->kind == FIGURE_PERCENT && own->qualifier == QUALIFIER_EXACT ? fact : REPORT_NONE;
}

static guint amount_at(const TableGrid *grid, guint row, guint column) {
    guint fact = grid_fact(grid, row, column);
    return fact != REPORT_NONE && fact_is_addend(report_fact(grid->report, fact)) ? fact
                                                                                  : REPORT_NONE;
}

typedef struct {
    const Outline *outline;
    guint column, amounts; /* columns of shares and of what they are shares of */
    guint total;           /* row */
} Shares;

static gboolean share_holds(const Report *report, guint part, guint whole, guint share) {
    const Fact *a = report_fact(report, part), *b = report_fact(report, whole),
               *own = report_fact(report, share);
    Decimal value, gap, unit;
    return decimal_scale(a->value, 2, &value) &&
           decimal_divide(value, b->value, RATIO_DECIMALS, &value) &&
           decimal_subtract(own->value, value, &gap) &&
           decimal_scale(decimal_from_integer(1), -own->decimals, &unit) &&
           decimal_compare(decimal_absolute(gap), unit) <= 0;
}

/* Rows that are shares of the total: holds minus fails. */
static int count_rows(const Shares *shares) {
    const TableGrid *grid = shares->outline->grid;
    guint whole = amount_at(grid, shares->total, shares->amounts);
    int n = 0;
    for (guint i = 0; whole != REPORT_NONE && i < shares->outline->entries->len; i++) {
        guint row = outline_entry(shares->outline, i)->row;
        guint part = amount_at(grid, row, shares->amounts),
              share = percent_at(grid, row, shares->column);
        if (part == REPORT_NONE || share == REPORT_NONE || row == shares->total ||
            decimal_sign(report_fact(grid->report, part)->value) == 0)
            continue;
        n += share_holds(grid->report, part, whole, share) ? 1 : -1;
    }
    return n;
}

/* The column and the row of a total that most shares fit. */
static gboolean find_whole(Shares *shares) {
    const Outline *outline = shares->outline;
    int best = 0;
    guint columns = 0, amounts = 0, total = 0;
    for (guint i = outline->figures->len; i > 0 && columns < 4; i--) {
        guint column = g_array_index(outline->figures, guint, i - 1);
        if (column >= shares->column)
            continue;
        shares->amounts = column;
        columns++;
        for (guint k = 0; k < outline->entries->len; k++) {
            const Entry *entry = outline_entry(outline, k);
            if (entry->rank == 0 || amount_at(outline->grid, entry->row, column) == REPORT_NONE)
                continue;
            shares->total = entry->row;
            int n = count_rows(shares);
            if (n > best) {
                best = n;
                amounts = column;
                total = entry->row;
            }
        }
    }
    shares->amounts = amounts;
    shares->total = total;
    return best > 0;
}

static guint begin(const Shares *shares, const char *rule, guint fact) {
    Report *report = shares->outline->grid->report;
    guint relation = relation_begin(report, rule, report_fact(report, fact)->place);
    report_relation(report, relation)->certain = shares->outline->grid->shape->ruled;
    report_relation(report, relation)->scope = report_fact(report, fact)->label;
    return relation;
}

static void add_shares(const Shares *shares) {
    const TableGrid *grid = shares->outline->grid;
    Report *report = grid->report;
    guint whole = amount_at(grid, shares->total, shares->amounts);
    for (guint i = 0; i < shares->outline->entries->len; i++) {
        guint row = outline_entry(shares->outline, i)->row;
        guint part = amount_at(grid, row, shares->amounts),
              share = percent_at(grid, row, shares->column);
        if (share == REPORT_NONE || part == REPORT_NONE)
            continue;
        guint relation = begin(shares, "PCT-04", share);
        relation_add(report, relation, part, "numerator");
        relation_add(report, relation, whole, "denominator");
        relation_add(report, relation, share, "rate");
        fact_take_role(report, share, "rate");
    }
}

/* All shares of rows that no other row has within, where there is a share of the total. */
static void add_sum(const Shares *shares) {
    const TableGrid *grid = shares->outline->grid;
    guint total = percent_at(grid, shares->total, shares->column);
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(guint));
    Decimal sum = DECIMAL_ZERO;
    for (guint i = 0; i < shares->outline->entries->len; i++) {
        const Entry *entry = outline_entry(shares->outline, i);
        guint share = percent_at(grid, entry->row, shares->column);
        if (share == REPORT_NONE || entry->row == shares->total || entry->parent != ENTRY_NONE)
            continue;
        if (entry->rank > 0 || !decimal_add(sum, report_fact(grid->report, share)->value, &sum))
            return;
        g_array_append_val(parts, share);
    }
    if (total == REPORT_NONE || parts->len < 2)
        return;
    guint relation = begin(shares, "SUM-10", total);
    relation_add(grid->report, relation, total, "total");
    for (guint i = 0; i < parts->len; i++)
        relation_add(grid->report, relation, g_array_index(parts, guint, i), "part");
}

void relate_shares(const Outline *outline) {
    for (guint i = 0; i < outline->figures->len; i++) {
        guint column = g_array_index(outline->figures, guint, i);
        if (grid_column_role(outline->grid, outline->block, column) != HEAD_SHARE)
            continue;
        Shares shares = {.outline = outline, .column = column};
        if (!find_whole(&shares))
            continue;
        add_shares(&shares);
        add_sum(&shares);
    }
}
