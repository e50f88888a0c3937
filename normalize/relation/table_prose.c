/* Amounts of the text that stand in a table too.
 *
 * A text says 社会保障和就业支出 754.75 万元; five columns have a row of that name. Where one of
 * them has the amount, they are one figure. Where none has it, a slip of the hand away from one of
 * them makes it suspicious, and so does a name that all tables give one other amount.
 */
#include "normalize/check/slip.h"
#include "normalize/relation/relation.h"
#include "normalize/relation/table_index.h"
#include <string.h>

/* Places that one figure of the text is compared with; digits below which amounts agree by
 * chance; characters of a name that means one thing. */
enum { PLACES_MAX = 8, DIGITS_MIN = 3, NAME_CHARACTERS_MIN = 4 };

static void array_free(gpointer data) { g_array_unref(data); }

static void index_name(GHashTable *names, const char *name, guint i) {
    if (name == NULL || *name == '\0')
        return;
    GArray *list = g_hash_table_lookup(names, name);
    if (list == NULL) {
        list = g_array_new(FALSE, FALSE, sizeof(guint));
        g_hash_table_insert(names, (gpointer)name, list);
    }
    if (list->len == 0 || g_array_index(list, guint, list->len - 1) != i)
        g_array_append_val(list, i);
}

/* What a total of a column measures, as a name: of the year, or of all with what was carried. */
static void index_measure(GHashTable *names, TableIndex *index, guint i) {
    const Indexed *amount = &g_array_index(index->amounts, Indexed, i);
    if (amount->measure == NULL || *amount->key != '=')
        return;
    g_autofree char *name = g_strconcat(amount->measure, amount->key, NULL);
    index_name(names, g_string_chunk_insert_const(index->strings, name), i);
}

/* The name of what a label of the text measures, or NULL. */
static char *measure_name(const TableIndex *index, const char *label, const char *name) {
    gboolean before;
    g_autofree char *folded = table_index_fold(label);
    guint rank = table_words_rank(index->words, folded, &before);
    g_autofree char *measure = table_words_measure_name(index->words, name, rank > 2);
    return measure == NULL ? NULL : g_strdup_printf("%s=%u", measure, rank > 2 ? rank : 2);
}

static GHashTable *names_of(TableIndex *index) {
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, array_free);
    for (guint i = 0; i < index->amounts->len; i++) {
        const Indexed *amount = &g_array_index(index->amounts, Indexed, i);
        index_name(names, amount->name, i);
        index_name(names, amount->alias, i);
        index_measure(names, index, i);
    }
    return names;
}

static guint significant_digits(Decimal value) {
    g_autofree char *text = decimal_text(decimal_absolute(decimal_trim(value)));
    g_strdelimit(text, ".", '0');
    char *end = text + strlen(text);
    while (end > text && end[-1] == '0')
        *--end = '\0';
    return (guint)strlen(text + strspn(text, "0"));
}

static gboolean is_stated(const Fact *fact) {
    return fact->table == DOCUMENT_NONE && fact->kind == FIGURE_AMOUNT &&
           fact->qualifier == QUALIFIER_EXACT && fact->text_high == NULL && fact->label != NULL &&
           fact->entity == NULL;
}

static gboolean is_comparable(const Fact *text, const Fact *cell) {
    return g_strcmp0(text->unit, cell->unit) == 0 && g_strcmp0(text->period, cell->period) == 0;
}

/* Equal at the coarser of the two precisions. */
static gboolean is_equal(const Fact *a, const Fact *b) {
    Decimal gap, slack = {.coefficient = 5};
    int exponent = MAX(a->unit_power - a->decimals, b->unit_power - b->decimals);
    return decimal_subtract(a->value, b->value, &gap) &&
           decimal_scale(slack, exponent - 1, &slack) &&
           decimal_compare(decimal_absolute(gap), slack) <= 0;
}

typedef struct {
    TableIndex *index;
    guint fact;        /* of the text */
    GArray *equal;     /* guint: facts of cells */
    guint slip;        /* a fact of a cell that a slip leads to, or REPORT_NONE */
    guint only;        /* the first fact of a cell … */
    gboolean single;   /* … whose value all have */
    gboolean total;    /* … a row of totals */
    gboolean measured; /* the name says what a column measures, and no more */
} Comparison;

static void compare_with(Comparison *comparison, const Indexed *amount) {
    guint cell = amount->fact;
    const Report *report = comparison->index->report;
    const Fact *text = report_fact(report, comparison->fact), *own = report_fact(report, cell);
    Decimal printed, meant;
    if (!is_comparable(text, own))
        return;
    if (is_equal(text, own)) {
        if (comparison->equal->len < PLACES_MAX)
            g_array_append_val(comparison->equal, cell);
        return;
    }
    if (comparison->only == REPORT_NONE) {
        comparison->only = cell;
        comparison->total = amount->total;
    }
    comparison->single &=
        decimal_compare(report_fact(report, comparison->only)->value, own->value) == 0;
    if (comparison->slip == REPORT_NONE && significant_digits(own->value) > DIGITS_MIN &&
        decimal_scale(text->value, -text->unit_power, &printed) &&
        decimal_scale(own->value, -text->unit_power, &meant) &&
        slip_of(printed, meant, text->decimals) != SLIP_NONE)
        comparison->slip = cell;
}

static guint begin(const Comparison *comparison, gboolean certain) {
    Report *report = comparison->index->report;
    const Fact *fact = report_fact(report, comparison->fact);
    guint relation = relation_begin(report, "XSC-02", fact->place);
    report_relation(report, relation)->certain = certain;
    report_relation(report, relation)->scope = fact->label;
    relation_add(report, relation, comparison->fact, "same");
    return relation;
}

/* `clear`: the name means one thing. */
static void conclude(const Comparison *comparison, gboolean clear) {
    Report *report = comparison->index->report;
    const Fact *fact = report_fact(report, comparison->fact);
    if (comparison->equal->len > 0) {
        if (!clear && significant_digits(fact->value) < DIGITS_MIN)
            return;
        guint relation = begin(comparison, TRUE);
        for (guint i = 0; i < comparison->equal->len; i++)
            relation_add(report, relation, g_array_index(comparison->equal, guint, i), "same");
        return;
    }
    gboolean only = comparison->only != REPORT_NONE && comparison->single && clear;
    guint cell = only ? comparison->only : comparison->slip;
    if (cell == REPORT_NONE)
        return;
    const Fact *own = report_fact(report, cell);
    gboolean concept = fact->concept != NULL && g_strcmp0(fact->concept, own->concept) == 0;
    guint relation =
        begin(comparison, only && (concept || comparison->measured || comparison->total));
    relation_add(report, relation, cell, "same");
}

static void relate_stated(TableIndex *index, GHashTable *names, guint fact) {
    g_autofree char *name = table_index_label(index, report_fact(index->report, fact)->label);
    g_autofree char *measure = measure_name(index, report_fact(index->report, fact)->label, name);
    g_autoptr(GArray) equal = g_array_new(FALSE, FALSE, sizeof(guint));
    Comparison comparison = {.index = index,
                             .fact = fact,
                             .equal = equal,
                             .slip = REPORT_NONE,
                             .only = REPORT_NONE,
                             .single = TRUE,
                             .measured = measure != NULL};
    const char *const keys[] = {name, measure};
    for (guint k = 0; k < G_N_ELEMENTS(keys); k++) {
        const GArray *list = keys[k] == NULL ? NULL : g_hash_table_lookup(names, keys[k]);
        for (guint i = 0; list != NULL && i < list->len; i++)
            compare_with(&comparison,
                         &g_array_index(index->amounts, Indexed, g_array_index(list, guint, i)));
    }
    conclude(&comparison, g_utf8_strlen(name, -1) >= NAME_CHARACTERS_MIN);
}

/* The total of a column of scores whose weights are a hundred. */
static guint find_score_total(const Report *report) {
    for (guint i = 0; i < report->relations->len; i++) {
        const Relation *relation = report_relation(report, i);
        if (strcmp(relation->rule, "SCO-02") != 0 || relation->members->len != 2)
            continue;
        guint earned = g_array_index(relation->members, Member, 0).fact,
              weight = g_array_index(relation->members, Member, 1).fact;
        if (report_fact(report, earned)->table != DOCUMENT_NONE &&
            g_strcmp0(report_fact(report, earned)->role, "total") == 0 &&
            decimal_compare(report_fact(report, weight)->value, decimal_from_integer(100)) == 0)
            return earned;
    }
    return REPORT_NONE;
}

/* “自评总分100分，得分95.8分”: a hundred beside another total is what could be had. */
static gboolean is_full_mark(const Report *report, guint fact, guint total) {
    Decimal hundred = decimal_from_integer(100);
    return decimal_compare(report_fact(report, fact)->value, hundred) == 0 &&
           decimal_compare(report_fact(report, total)->value, hundred) != 0;
}

static void relate_score(Report *report) {
    guint total = find_score_total(report), relation = REPORT_NONE;
    for (guint i = 0; total != REPORT_NONE && i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i);
        if (fact->table != DOCUMENT_NONE || fact->kind != FIGURE_SCORE ||
            fact->qualifier != QUALIFIER_EXACT || g_strcmp0(fact->concept, "自评总分") != 0)
            continue;
        if (is_full_mark(report, i, total))
            continue;
        if (relation == REPORT_NONE) {
            relation = relation_begin(report, "SCO-05", fact->place);
            report_relation(report, relation)->scope = fact->label;
            report_relation(report, relation)->certain =
                document_table(report->document, report_fact(report, total)->table)->ruled;
            relation_add(report, relation, total, "same");
        }
        relation_add(report, relation, i, "same");
    }
}

void relate_tables_with_text(TableIndex *index) {
    g_autoptr(GHashTable) names = names_of(index);
    guint facts = index->report->facts->len;
    for (guint i = 0; i < facts; i++)
        if (is_stated(report_fact(index->report, i)))
            relate_stated(index, names, i);
    relate_score(index->report);
}
