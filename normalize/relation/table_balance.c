/* Income against spending.
 *
 *   收入                      支出
 *   本年收入合计    100       本年支出合计    90       100 + 5 = 90 + 15
 *   年初结转和结余  5         年末结转和结余  15
 *   总计            105       总计            105      equal
 *
 * The same in one row: 年初结转 | 本年收入 | 本年支出 | 年末结转.
 */
#include "normalize/relation/table_relation.h"
#include "normalize/relation/text_relation.h"

/* The amount of an entry in the first column of figures of its panel. */
static guint entry_fact(const Outline *outline, const Entry *entry) {
    guint column = g_array_index(outline->figures, guint, 0);
    guint fact = grid_fact(outline->grid, entry->row, column);
    if (fact == REPORT_NONE)
        return REPORT_NONE;
    const Fact *own = report_fact(outline->grid->report, fact);
    return fact_is_addend(own) && own->kind != FIGURE_SCORE ? fact : REPORT_NONE;
}

static const Entry *find_entry(const Outline *outline, TableSet set) {
    for (guint i = 0; i < outline->entries->len; i++) {
        const Entry *entry = outline_entry(outline, i);
        if (entry->parent == ENTRY_NONE && table_words_has(outline->grid->words, set, entry->name))
            return entry;
    }
    return NULL;
}

static const Entry *last_total(const Outline *outline) {
    for (guint i = outline->entries->len; i > 0; i--) {
        const Entry *entry = outline_entry(outline, i - 1);
        if (entry->rank > 2 && !entry->before)
            return entry;
    }
    return NULL;
}

static guint begin(const TableGrid *grid, const char *rule, guint fact) {
    guint relation = relation_begin(grid->report, rule, report_fact(grid->report, fact)->place);
    report_relation(grid->report, relation)->certain = grid->shape->ruled;
    report_relation(grid->report, relation)->scope = report_fact(grid->report, fact)->label;
    return relation;
}

static void relate_totals(const TableGrid *grid, guint income, guint spending) {
    if (income == REPORT_NONE || spending == REPORT_NONE)
        return;
    guint relation = begin(grid, "BAL-01", income);
    relation_add(grid->report, relation, income, "same");
    relation_add(grid->report, relation, spending, "same");
}

static void add_carried(const Outline *outline, TableSet set, guint relation, int sign) {
    for (guint i = 0; i < outline->entries->len; i++) {
        const Entry *entry = outline_entry(outline, i);
        if (entry->parent != ENTRY_NONE || !table_words_has(outline->grid->words, set, entry->name))
            continue;
        guint fact = entry_fact(outline, entry);
        if (fact != REPORT_NONE)
            relation_add_signed(outline->grid->report, relation, fact, "part", sign);
    }
}

static void relate_sides(const Outline *left, const Outline *right) {
    const TableGrid *grid = left->grid;
    const Entry *income = find_entry(left, TABLE_INCOME),
                *spending = find_entry(right, TABLE_SPENDING);
    if (income == NULL || spending == NULL)
        return;
    const Entry *total = last_total(left), *other = last_total(right);
    if (total != NULL && other != NULL && total->row == other->row)
        relate_totals(grid, entry_fact(left, total), entry_fact(right, other));
    guint received = entry_fact(left, income), spent = entry_fact(right, spending);
    if (received == REPORT_NONE || spent == REPORT_NONE)
        return;
    guint relation = begin(grid, "BAL-02", received);
    relation_add(grid->report, relation, received, "total");
    relation_add(grid->report, relation, spent, "part");
    add_carried(right, TABLE_CLOSING, relation, 1);
    add_carried(left, TABLE_OPENING, relation, -1);
}

/* 收入总计 and 支出总计 as rows of one panel. */
static void relate_rows_of_totals(const Outline *outline) {
    const Entry *income = find_entry(outline, TABLE_ALL_INCOME),
                *spending = find_entry(outline, TABLE_ALL_SPENDING);
    if (income == NULL || spending == NULL || income == spending)
        return;
    g_autoptr(GArray) columns = outline_additive(outline);
    for (guint i = 0; i < columns->len; i++) {
        guint column = g_array_index(columns, guint, i);
        relate_totals(outline->grid, grid_fact(outline->grid, income->row, column),
                      grid_fact(outline->grid, spending->row, column));
    }
}

/* The first column of figures one of whose heads has a word of the set. */
static guint find_column(const Outline *outline, TableSet set) {
    const TableGrid *grid = outline->grid;
    for (guint i = 0; i < outline->figures->len; i++) {
        guint column = g_array_index(outline->figures, guint, i);
        g_autoptr(GArray) heads = grid_heads(grid, outline->block, column);
        for (guint k = 0; k < heads->len; k++)
            if (table_words_has(grid->words, set,
                                grid->content[g_array_index(heads, guint, k)].text))
                return column;
    }
    return DOCUMENT_NONE;
}

static void add_row(const Outline *outline, guint row, const guint *columns) {
    const TableGrid *grid = outline->grid;
    guint facts[4];
    for (guint i = 0; i < G_N_ELEMENTS(facts); i++)
        if ((facts[i] = grid_fact(grid, row, columns[i])) == REPORT_NONE ||
            !fact_is_addend(report_fact(grid->report, facts[i])))
            return;
    guint relation = begin(grid, "BAL-02", facts[3]);
    relation_add(grid->report, relation, facts[3], "total");
    relation_add(grid->report, relation, facts[0], "part");
    relation_add(grid->report, relation, facts[1], "part");
    relation_add_signed(grid->report, relation, facts[2], "part", -1);
}

static void relate_carried_columns(const Outline *outline) {
    static const TableSet SETS[] = {TABLE_OPENING, TABLE_INCOME, TABLE_SPENDING, TABLE_CLOSING};
    guint columns[G_N_ELEMENTS(SETS)];
    for (guint i = 0; i < G_N_ELEMENTS(SETS); i++) {
        columns[i] = find_column(outline, SETS[i]);
        for (guint k = 0; k < i; k++)
            if (columns[k] == columns[i])
                return;
        if (columns[i] == DOCUMENT_NONE)
            return;
    }
    for (guint i = 0; i < outline->entries->len; i++)
        add_row(outline, outline_entry(outline, i)->row, columns);
}

/* The adjusted budget is the original, what was added and what was cut. */
static void add_adjusted(const Outline *outline, guint row, const guint *columns) {
    static const int SIGNS[] = {1, 1, 1, -1};
    const TableGrid *grid = outline->grid;
    guint facts[4], parts = 0;
    for (guint i = 0; i < G_N_ELEMENTS(facts); i++) {
        facts[i] = columns[i] == DOCUMENT_NONE ? REPORT_NONE : grid_fact(grid, row, columns[i]);
        if (facts[i] != REPORT_NONE && !fact_is_addend(report_fact(grid->report, facts[i])))
            facts[i] = REPORT_NONE;
        parts += i > 0 && facts[i] != REPORT_NONE ? 1 : 0;
    }
    if (facts[0] == REPORT_NONE || facts[1] == REPORT_NONE || parts < 2)
        return;
    guint relation = begin(grid, "BAL-06", facts[0]);
    relation_add(grid->report, relation, facts[0], "total");
    for (guint i = 1; i < G_N_ELEMENTS(facts); i++)
        if (facts[i] != REPORT_NONE)
            relation_add_signed(grid->report, relation, facts[i], "part", SIGNS[i]);
}

static void relate_adjusted(const Outline *outline) {
    static const HeadRole ROLES[] = {HEAD_BUDGET, HEAD_ORIGINAL, HEAD_ADDED, HEAD_CUT};
    guint columns[G_N_ELEMENTS(ROLES)];
    for (guint i = 0; i < G_N_ELEMENTS(ROLES); i++) {
        columns[i] = DOCUMENT_NONE;
        for (guint k = outline->figures->len; k > 0; k--) {
            guint column = g_array_index(outline->figures, guint, k - 1);
            if (grid_column_role(outline->grid, outline->block, column) == ROLES[i])
                columns[i] = column;
        }
    }
    if (columns[2] == DOCUMENT_NONE && columns[3] == DOCUMENT_NONE)
        return;
    for (guint i = 0; i < outline->entries->len; i++)
        add_adjusted(outline, outline_entry(outline, i)->row, columns);
}

void relate_balance(const GPtrArray *outlines) {
    for (guint i = 0; i < outlines->len; i++) {
        const Outline *outline = outlines->pdata[i];
        if (outline->figures->len == 0)
            continue;
        relate_rows_of_totals(outline);
        relate_carried_columns(outline);
        relate_adjusted(outline);
        for (guint k = i + 1; k < outlines->len; k++)
            if (((const Outline *)outlines->pdata[k])->figures->len > 0)
                relate_sides(outline, outlines->pdata[k]);
    }
}
