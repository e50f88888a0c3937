/* The same amount in several tables.
 *
 * Columns of two tables that measure the same have rows of one name; most of them agree, or the
 * heads did not say all, and nothing is asked.
 */
#include "normalize/relation/relation.h"
#include "normalize/relation/table_index.h"

/* Rows that agree for each one that does not. */
enum { AGREE_FOR_ONE = 2 };

typedef struct {
    guint equal, unequal;
} Agreement;

static Indexed *amount_at(const TableIndex *index, guint i) {
    return &g_array_index(index->amounts, Indexed, i);
}

static void array_free(gpointer data) { g_array_unref(data); }

/* Amounts of one measure, unit, period and row; guint arrays. */
static GHashTable *group_amounts(const TableIndex *index, GPtrArray *order) {
    GHashTable *groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, array_free);
    for (guint i = 0; i < index->amounts->len; i++) {
        const Indexed *amount = amount_at(index, i);
        const Fact *fact = report_fact(index->report, amount->fact);
        if (amount->measure == NULL || *amount->key == '\0')
            continue;
        char *key = g_strdup_printf("%s %s %s %s", amount->measure, amount->key,
                                    fact->unit == NULL ? "" : fact->unit,
                                    fact->period == NULL ? "" : fact->period);
        GArray *group = g_hash_table_lookup(groups, key);
        if (group == NULL) {
            group = g_array_new(FALSE, FALSE, sizeof(guint));
            g_hash_table_insert(groups, key, group);
            g_ptr_array_add(order, group);
        } else
            g_free(key);
        g_array_append_val(group, i);
    }
    return groups;
}

/* Two rows of one table with this name: neither is known to be the other table's. */
static gboolean is_ambiguous(const TableIndex *index, const GArray *group) {
    for (guint i = 1; i < group->len; i++)
        if (amount_at(index, g_array_index(group, guint, i))->table ==
            amount_at(index, g_array_index(group, guint, i - 1))->table)
            return TRUE;
    return group->len < 2;
}

static gboolean facts_meet(const Fact *a, const Fact *b) {
    Decimal gap, slack = {.coefficient = 5}, other = {.coefficient = 5};
    return decimal_subtract(a->value, b->value, &gap) &&
           decimal_scale(slack, a->unit_power - a->decimals - 1, &slack) &&
           decimal_scale(other, b->unit_power - b->decimals - 1, &other) &&
           decimal_add(slack, other, &slack) && decimal_compare(decimal_absolute(gap), slack) <= 0;
}

static char *pair_key(const Indexed *a, const Indexed *b) {
    return g_strdup_printf("%u %u %u %u", a->table, a->column, b->table, b->column);
}

/* How far the columns of each pair of tables agree. */
static void count_group(const TableIndex *index, const GArray *group, GHashTable *agreements) {
    const Indexed *first = amount_at(index, g_array_index(group, guint, 0));
    const Fact *own = report_fact(index->report, first->fact);
    for (guint i = 1; i < group->len; i++) {
        const Indexed *other = amount_at(index, g_array_index(group, guint, i));
        const Fact *fact = report_fact(index->report, other->fact);
        if (decimal_sign(own->value) == 0 && decimal_sign(fact->value) == 0)
            continue;
        char *key = pair_key(first, other);
        Agreement *agreement = g_hash_table_lookup(agreements, key);
        if (agreement == NULL) {
            agreement = g_new0(Agreement, 1);
            g_hash_table_insert(agreements, key, agreement);
        } else
            g_free(key);
        if (facts_meet(own, fact))
            agreement->equal++;
        else
            agreement->unequal++;
    }
}

static void relate_group(const TableIndex *index, const GArray *group, GHashTable *agreements) {
    const Indexed *first = amount_at(index, g_array_index(group, guint, 0));
    g_autoptr(GArray) facts = g_array_new(FALSE, FALSE, sizeof(guint));
    gboolean certain = TRUE;
    for (guint i = 1; i < group->len; i++) {
        const Indexed *other = amount_at(index, g_array_index(group, guint, i));
        g_autofree char *key = pair_key(first, other);
        const Agreement *agreement = g_hash_table_lookup(agreements, key);
        if (agreement == NULL || agreement->equal == 0 ||
            agreement->equal < agreement->unequal * AGREE_FOR_ONE)
            continue;
        certain &= document_table(index->report->document, other->table)->ruled;
        g_array_append_val(facts, other->fact);
    }
    if (facts->len == 0)
        return;
    guint relation =
        relation_begin(index->report, "XSC-05", report_fact(index->report, first->fact)->place);
    report_relation(index->report, relation)->certain =
        certain && document_table(index->report->document, first->table)->ruled;
    report_relation(index->report, relation)->scope =
        report_fact(index->report, first->fact)->label;
    relation_add(index->report, relation, first->fact, "same");
    for (guint i = 0; i < facts->len; i++)
        relation_add(index->report, relation, g_array_index(facts, guint, i), "same");
}

/* The total of a column of this measure in another table. */
static guint find_total(const TableIndex *index, const Indexed *part, const char *key) {
    for (guint i = 0; i < index->amounts->len; i++) {
        const Indexed *amount = amount_at(index, i);
        if (amount->total && amount->table != part->table &&
            g_strcmp0(amount->measure, part->measure) == 0 && g_str_equal(amount->key, key))
            return amount->fact;
    }
    return REPORT_NONE;
}

/* 人员经费合计 and 公用经费合计, side by side, make the total of another table's column. */
static void relate_halves(const TableIndex *index, const Indexed *a, const Indexed *b) {
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_ptr_array_add(names, (gpointer)a->name);
    g_ptr_array_add(names, (gpointer)b->name);
    const char *rule = table_words_whole(index->words, NULL, names);
    guint total = rule == NULL ? REPORT_NONE : find_total(index, a, "=2");
    if (total == REPORT_NONE ||
        !facts_add_up(report_fact(index->report, total), report_fact(index->report, a->fact)))
        return;
    guint relation = relation_begin(index->report, rule, report_fact(index->report, total)->place);
    report_relation(index->report, relation)->scope = report_fact(index->report, total)->label;
    relation_add(index->report, relation, total, "total");
    relation_add(index->report, relation, a->fact, "part");
    relation_add(index->report, relation, b->fact, "part");
}

static void relate_all_halves(const TableIndex *index) {
    const Indexed *before = NULL;
    for (guint i = 0; i < index->amounts->len; i++) {
        const Indexed *amount = amount_at(index, i);
        if (!amount->total || amount->measure == NULL || *amount->key == '=')
            continue;
        if (before != NULL && before->table == amount->table && before->column != amount->column &&
            g_str_equal(before->measure, amount->measure))
            relate_halves(index, before, amount);
        before = amount;
    }
}

void relate_between_tables(TableIndex *index) {
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    G_GNUC_UNUSED g_autoptr(GHashTable) groups = group_amounts(index, order); /* owns them */
    g_autoptr(GHashTable) agreements =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < order->len; i++)
        if (!is_ambiguous(index, order->pdata[i]))
            count_group(index, order->pdata[i], agreements);
    for (guint i = 0; i < order->len; i++)
        if (!is_ambiguous(index, order->pdata[i]))
            relate_group(index, order->pdata[i], agreements);
    relate_all_halves(index);
}
