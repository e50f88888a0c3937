/* Totals of columns, by the tree of their heads.
 *
 *   合计 | 出国 |      公务用车       | 接待       合计 = 出国 + 小计 + 接待
 *        |      | 小计 | 购置 | 运行 |             小计 = 购置 + 运行
 *
 * A group is represented by its own total, else by all of its columns. Where every group has the
 * same heads below it (预算数, 决算数), the columns of each make a tree of their own.
 */
#include "normalize/relation/table_relation.h"
#include <string.h>

/* Heads above one column. */
enum { DEPTH_MAX = 8, SERIES_MAX = 16 };

typedef struct {
    guint column;
    guint heads[DEPTH_MAX]; /* cells, outermost first */
    guint depth;
} Branch;

/* Neighbouring branches that share a head. */
typedef struct {
    guint first, end;
} Unit;

typedef struct {
    const Outline *outline;
    const Lanes *lanes;
    GArray *branches;  /* Branch */
    GHashTable *names; /* column → its heads in a row */
} Tree;

static const char *head_text(const Tree *tree, guint cell) {
    return tree->outline->grid->content[cell].text;
}

static Branch *branch_at(const Tree *tree, guint i) {
    return &g_array_index(tree->branches, Branch, i);
}

static const char *column_name(gpointer data, guint column) {
    const Tree *tree = data;
    const char *name = g_hash_table_lookup(tree->names, GUINT_TO_POINTER(column));
    return name == NULL ? "" : name;
}

static void read_branch(Tree *tree, guint column) {
    Branch branch = {.column = column};
    GString *name = g_string_new(NULL);
    g_autoptr(GArray) heads = grid_heads(tree->outline->grid, tree->outline->block, column);
    for (guint i = 0; i < heads->len && branch.depth < DEPTH_MAX; i++) {
        branch.heads[branch.depth++] = g_array_index(heads, guint, i);
        g_string_append(name, head_text(tree, g_array_index(heads, guint, i)));
    }
    g_array_append_val(tree->branches, branch);
    g_hash_table_insert(tree->names, GUINT_TO_POINTER(column), g_string_free(name, FALSE));
}

/* Cuts [first, end) into units by the head at `depth`. */
static GArray *units_at(const Tree *tree, guint first, guint end, guint depth) {
    GArray *units = g_array_new(FALSE, FALSE, sizeof(Unit));
    for (guint i = first; i < end;) {
        guint k = i + 1;
        const Branch *branch = branch_at(tree, i);
        while (k < end && branch->depth > depth && branch_at(tree, k)->depth > depth &&
               branch_at(tree, k)->heads[depth] == branch->heads[depth])
            k++;
        Unit unit = {i, k};
        g_array_append_val(units, unit);
        i = k;
    }
    return units;
}

static guint unit_rank(const Tree *tree, const Unit *unit, guint depth) {
    const Branch *branch = branch_at(tree, unit->first);
    gboolean before;
    if (unit->end - unit->first != 1 || branch->depth <= depth)
        return 0;
    return table_words_rank(tree->outline->grid->words,
                            head_text(tree, branch->heads[branch->depth - 1]), &before);
}

/* The columns that stand for a unit: its total, or all of it. */
static void add_unit(const Tree *tree, const Unit *unit, guint depth, GArray *parts) {
    const TableWords *words = tree->outline->grid->words;
    g_autoptr(GArray) units = NULL;
    if (unit->end - unit->first > 1 && depth + 1 < DEPTH_MAX) {
        units = units_at(tree, unit->first, unit->end, depth + 1);
        for (guint i = 0; i < units->len; i++) {
            const Unit *inner = &g_array_index(units, Unit, i);
            if (unit_rank(tree, inner, depth + 1) > 0) {
                add_unit(tree, inner, depth + 1, parts);
                return;
            }
        }
    }
    for (guint i = 0; units != NULL && i < units->len; i++)
        add_unit(tree, &g_array_index(units, Unit, i), depth + 1, parts);
    if (units == NULL) {
        const Branch *branch = branch_at(tree, unit->first);
        gboolean minus = branch->depth > 0 &&
                         table_words_begins(words, TABLE_MINUS,
                                            head_text(tree, branch->heads[branch->depth - 1]));
        Part part = {branch->column, minus ? -1 : 1};
        g_array_append_val(parts, part);
    }
}

static gboolean names_make_whole(const Tree *tree, const Sum *sum) {
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < sum->parts->len; i++)
        g_ptr_array_add(
            names, (gpointer)column_name((gpointer)tree, g_array_index(sum->parts, Part, i).at));
    return table_words_whole(tree->outline->grid->words, NULL, names) != NULL;
}

static gboolean unit_is_some(const Tree *tree, const Unit *unit, guint depth) {
    const Branch *branch = branch_at(tree, unit->first);
    return branch->depth > depth && table_words_begins(tree->outline->grid->words, TABLE_SOME,
                                                       head_text(tree, branch->heads[depth]));
}

/* The units beside the total on one side, nearest last. */
static GArray *side_parts(const Tree *tree, const GArray *units, guint total, guint depth,
                          gboolean after) {
    GArray *parts = g_array_new(FALSE, FALSE, sizeof(Part));
    guint rank = unit_rank(tree, &g_array_index(units, Unit, total), depth);
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = after ? total + 1 : total; after ? i < units->len : i > 0;
         i = after ? i + 1 : i - 1) {
        guint index = after ? i : i - 1;
        if (unit_rank(tree, &g_array_index(units, Unit, index), depth) >= rank)
            break;
        g_array_append_val(order, index);
        if (after && unit_is_some(tree, &g_array_index(units, Unit, index), depth))
            break;
    }
    for (guint i = order->len; i > 0; i--)
        add_unit(tree, &g_array_index(units, Unit, g_array_index(order, guint, i - 1)), depth,
                 parts);
    return parts;
}

/* Tries one side; gives the trust that the words and the rows have in it. */
static Trust try_side(const Tree *tree, const GArray *units, guint total, guint depth,
                      gboolean after, Sum *sum, Vote *vote) {
    g_autoptr(GArray) parts = side_parts(tree, units, total, depth, after);
    if (parts->len < 2)
        return TRUST_NONE;
    guint best = sum_best_tail(tree->lanes, sum->total, parts, parts->len, vote);
    for (guint k = best == 0 ? parts->len : best; k > 0; k--) {
        const Part *part = &g_array_index(parts, Part, parts->len - k);
        sum_add_part(sum, part->at, part->sign);
    }
    gboolean some = after && total + 1 < units->len &&
                    unit_is_some(tree, &g_array_index(units, Unit, total + 1), depth);
    /* a 小计 without a head above it, of a group that the head no longer shows */
    gboolean loose =
        after && depth == 0 && unit_rank(tree, &g_array_index(units, Unit, total), depth) == 1;
    gboolean decisive = (depth > 0 && after) || some || (!loose && names_make_whole(tree, sum));
    return vote_trust(vote, decisive);
}

/* What one group of columns sums to. */
static Sum *sum_of_unit(const Tree *tree, guint total, const Unit *unit, guint depth) {
    Sum *sum = sum_new(total);
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(Part));
    add_unit(tree, unit, depth, parts);
    g_array_append_vals(sum->parts, parts->data, parts->len);
    return sum;
}

static gboolean is_nothing(const Tree *tree, const Sum *sum) {
    for (guint lane = 0; lane < tree->lanes->lanes->len; lane++)
        for (guint i = 0; i < sum->parts->len; i++) {
            guint fact = lanes_fact(tree->lanes, lane, g_array_index(sum->parts, Part, i).at);
            if (fact != REPORT_NONE &&
                decimal_sign(report_fact(tree->outline->grid->report, fact)->value) != 0)
                return FALSE;
        }
    return TRUE;
}

/* A total that is told in two ways, each of which makes all of it:
 *
 *   资金总额 |   按收入性质分    |  按支出性质分
 *            | 财政拨款 | 其他   | 基本 | 项目
 *
 * TRUE where one of the groups is the total in every row, and each of the others in some row, or
 * but for a slip of the hand. */
static gboolean relate_divisions(const Tree *tree, const GArray *units, guint total, guint depth) {
    guint column = branch_at(tree, g_array_index(units, Unit, total).first)->column;
    g_autoptr(GPtrArray) sums = g_ptr_array_new_with_free_func((GDestroyNotify)sum_free);
    gboolean whole = FALSE;
    for (guint i = total + 1; i < units->len; i++) {
        const Unit *unit = &g_array_index(units, Unit, i);
        if (unit->end - unit->first < 2)
            return FALSE;
        Sum *sum = sum_of_unit(tree, column, unit, depth);
        g_ptr_array_add(sums, sum);
        Vote vote = sum_vote(tree->lanes, sum);
        whole |= vote.holds > 0 && vote.fails == 0;
        if (vote.holds == 0 && (is_nothing(tree, sum) || !sum_is_slip(tree->lanes, sum)))
            return FALSE;
    }
    for (guint i = 0; whole && sums->len > 1 && i < sums->len; i++)
        sum_add(tree->lanes, sums->pdata[i], TRUST_CERTAIN, "SUM-01", column_name, (gpointer)tree);
    return whole && sums->len > 1;
}

static void relate_total(const Tree *tree, const GArray *units, guint total, guint depth) {
    if (relate_divisions(tree, units, total, depth))
        return;
    const Branch *branch = branch_at(tree, g_array_index(units, Unit, total).first);
    g_autoptr(Sum) after = sum_new(branch->column);
    g_autoptr(Sum) before = sum_new(branch->column);
    Vote vote_after = {0, 0, 0}, vote_before = {0, 0, 0};
    Trust trust_after = try_side(tree, units, total, depth, TRUE, after, &vote_after);
    Trust trust_before = try_side(tree, units, total, depth, FALSE, before, &vote_before);
    const char *rule = depth > 0 ? "SUM-03" : "SUM-01";
    gboolean both = vote_before.holds > 0 && vote_after.holds > 0;
    if (trust_before != TRUST_NONE && (both || trust_after == TRUST_NONE || vote_before.holds > 0))
        sum_add(tree->lanes, before, trust_before, rule, column_name, (gpointer)tree);
    if (trust_after != TRUST_NONE && (both || trust_before == TRUST_NONE || vote_before.holds == 0))
        sum_add(tree->lanes, after, trust_after, rule, column_name, (gpointer)tree);
}

static void relate_units(const Tree *tree, guint first, guint end, guint depth) {
    g_autoptr(GArray) units = units_at(tree, first, end, depth);
    for (guint i = 0; i < units->len; i++) {
        const Unit *unit = &g_array_index(units, Unit, i);
        if (unit->end - unit->first > 1 && depth + 1 < DEPTH_MAX)
            relate_units(tree, unit->first, unit->end, depth + 1);
        else if (unit_rank(tree, unit, depth) > 0 && units->len > 1)
            relate_total(tree, units, i, depth);
    }
}

/* The number of heads that repeat below every group, or 0. */
static guint series_length(const Tree *tree) {
    guint n = tree->branches->len, k = 1;
    const Branch *first = branch_at(tree, 0);
    if (n < 4 || first->depth < 2)
        return 0;
    while (k < n && branch_at(tree, k)->depth > 1 &&
           branch_at(tree, k)->heads[branch_at(tree, k)->depth - 2] ==
               first->heads[first->depth - 2])
        k++;
    if (k < 2 || k > SERIES_MAX || n % k != 0 || n == k)
        return 0;
    for (guint i = 0; i < n; i++) {
        const Branch *own = branch_at(tree, i), *like = branch_at(tree, i % k);
        const Branch *lead = branch_at(tree, i - i % k);
        if (own->depth < 2 || lead->depth != own->depth ||
            own->heads[own->depth - 2] != lead->heads[lead->depth - 2] ||
            !g_str_equal(head_text(tree, own->heads[own->depth - 1]),
                         head_text(tree, like->heads[like->depth - 1])))
            return 0;
    }
    return k;
}

static void relate_series(const Tree *tree, guint length) {
    for (guint s = 0; s < length; s++) {
        g_autoptr(GArray) branches = g_array_new(FALSE, FALSE, sizeof(Branch));
        for (guint i = s; i < tree->branches->len; i += length) {
            Branch branch = *branch_at(tree, i);
            branch.depth--;
            g_array_append_val(branches, branch);
        }
        Tree own = *tree;
        own.branches = branches;
        relate_units(&own, 0, branches->len, 0);
    }
}

void relate_columns(const Outline *outline) {
    g_autoptr(GArray) columns = outline_additive(outline);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) branches = g_array_new(FALSE, FALSE, sizeof(Branch));
    g_autoptr(GHashTable) names = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    for (guint i = 0; i < outline->entries->len; i++)
        g_array_append_val(rows, outline_entry(outline, i)->row);
    Lanes lanes = {.grid = outline->grid, .across = TRUE, .lanes = rows};
    Tree tree = {.outline = outline, .lanes = &lanes, .branches = branches, .names = names};
    for (guint i = 0; i < columns->len; i++)
        read_branch(&tree, g_array_index(columns, guint, i));
    if (branches->len < 2)
        return;
    guint series = series_length(&tree);
    if (series > 0)
        relate_series(&tree, series);
    else
        relate_units(&tree, 0, branches->len, 0);
}
