/* Amounts of the text that stand in a table too.
 *
 * A text says 社会保障和就业支出 754.75 万元; five columns have a row of that name. Where one of
 * them has the amount, they are one figure. Where none has it, the column that the other items of
 * its list were taken from tells which it should be; else a slip of the hand away from one of them
 * makes it suspicious, and so does a name that all tables give one other amount.
 */
#include "normalize/check/slip.h"
#include "normalize/relation/fit.h"
#include "normalize/relation/relation.h"
#include "normalize/relation/table_index.h"
#include "normalize/text.h"
#include <string.h>

/* Places that one figure of the text is compared with; digits below which amounts agree by
 * chance; characters of a name that means one thing. */
enum { PLACES_MAX = 8, DIGITS_MIN = 3, NAME_CHARACTERS_MIN = 4 };
/* Items of a list before and after one that are looked at; those that must stand in a column; of
 * how many others to one that does not. */
enum { SIBLINGS_MAX = 40, SIBLINGS_MIN = 4, SIBLINGS_TO_ONE = 5 };

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
    g_autofree char *folded = folded_utf8(label);
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

static gboolean is_stated(const Fact *fact) {
    return fact->table == DOCUMENT_NONE && fact->kind == FIGURE_AMOUNT &&
           fact->qualifier == QUALIFIER_EXACT && fact->text_high == NULL && fact->label != NULL &&
           fact->entity == NULL;
}

static gboolean is_comparable(const Fact *text, const Fact *cell) {
    return g_strcmp0(text->unit, cell->unit) == 0 && g_strcmp0(text->period, cell->period) == 0;
}

/* A figure of the text and what the tables have under its name. */
typedef struct {
    guint fact;
    char *name;        /* as a row may be called; owned */
    char *tail;        /* what its label says behind the name: 支出决算; owned */
    GArray *places;    /* guint: comparable amounts of the index; owned */
    gboolean equal;    /* one of them is the figure */
    gboolean measured; /* the name says what a column measures, and no more */
} Stated;

static void stated_clear(gpointer data) {
    Stated *stated = data;
    g_free(stated->name);
    g_free(stated->tail);
    g_array_unref(stated->places);
}

static const Indexed *place_at(const TableIndex *index, const Stated *stated, guint i) {
    return &g_array_index(index->amounts, Indexed, g_array_index(stated->places, guint, i));
}

static const Fact *cell_at(const TableIndex *index, const Stated *stated, guint i) {
    return report_fact(index->report, place_at(index, stated, i)->fact);
}

static void take_places(const TableIndex *index, Stated *stated, const GArray *list) {
    const Fact *text = report_fact(index->report, stated->fact);
    for (guint i = 0; list != NULL && i < list->len; i++) {
        guint place = g_array_index(list, guint, i);
        const Indexed *amount = &g_array_index(index->amounts, Indexed, place);
        const Fact *cell = report_fact(index->report, amount->fact);
        if (!is_comparable(text, cell) ||
            (amount->measure != NULL &&
             table_words_narrows(index->words, amount->measure, text->label)))
            continue;
        g_array_append_val(stated->places, place);
        stated->equal |= fit_same(text, cell);
    }
}

/* What the label says behind the name. */
static char *label_tail(const char *label, const char *name) {
    g_autofree char *folded = folded_utf8(label);
    const char *found = *name == '\0' ? NULL : g_strrstr(folded, name);
    return g_strdup(found == NULL ? "" : found + strlen(name));
}

static void add_stated(TableIndex *index, GHashTable *names, GArray *all, guint fact) {
    const char *label = report_fact(index->report, fact)->label;
    Stated stated = {.fact = fact, .name = table_index_label(index, label)};
    stated.tail = label_tail(label, stated.name);
    stated.places = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autofree char *measure = measure_name(index, label, stated.name);
    stated.measured = measure != NULL;
    take_places(index, &stated, g_hash_table_lookup(names, stated.name));
    if (measure != NULL)
        take_places(index, &stated, g_hash_table_lookup(names, measure));
    g_array_append_val(all, stated);
}

/* The place of `stated` in a column, if its name has but one amount there; DOCUMENT_NONE. */
static guint place_in_column(const TableIndex *index, const Stated *stated, guint table,
                             guint column) {
    guint found = DOCUMENT_NONE;
    for (guint i = 0; i < stated->places->len; i++) {
        const Indexed *place = place_at(index, stated, i);
        if (place->table != table || place->column != column)
            continue;
        if (found != DOCUMENT_NONE)
            return DOCUMENT_NONE;
        found = i;
    }
    return found;
}

/* How many items of the list that `at` is in have their figures from a column; how many do not. */
static void count_siblings(const TableIndex *index, const GArray *all, guint at,
                           const Indexed *column, guint *with, guint *without) {
    const Stated *own = &g_array_index(all, Stated, at);
    guint section = report_fact(index->report, own->fact)->section;
    guint first = at > SIBLINGS_MAX ? at - SIBLINGS_MAX : 0;
    *with = *without = 0;
    for (guint i = first; i < all->len && i <= at + SIBLINGS_MAX; i++) {
        const Stated *other = &g_array_index(all, Stated, i);
        const Fact *fact = report_fact(index->report, other->fact);
        if (i == at || fact->section != section || strcmp(other->tail, own->tail) != 0)
            continue;
        guint place = place_in_column(index, other, column->table, column->column);
        if (place == DOCUMENT_NONE)
            continue;
        if (fit_same(fact, cell_at(index, other, place)))
            ++*with;
        else
            ++*without;
    }
}

/* The cell that the figure should have been taken from, as the items beside it were; REPORT_NONE.
 */
static guint sibling_cell(const TableIndex *index, const GArray *all, guint at) {
    const Stated *stated = &g_array_index(all, Stated, at);
    guint best = SIBLINGS_MIN, cell = REPORT_NONE;
    for (guint i = 0; i < stated->places->len && i < SIBLINGS_MAX; i++) {
        const Indexed *place = place_at(index, stated, i);
        guint with, without;
        if (place_in_column(index, stated, place->table, place->column) != i)
            continue;
        count_siblings(index, all, at, place, &with, &without);
        if (with >= best && without * SIBLINGS_TO_ONE <= with) {
            best = with;
            cell = place->fact;
        }
    }
    return cell;
}

static gboolean is_slip(const Fact *text, const Fact *cell) {
    Decimal meant;
    return slip_digits(cell->value) > DIGITS_MIN &&
           decimal_scale(cell->value, -text->unit_power, &meant) &&
           decimal_round(meant, text->decimals, &meant) &&
           decimal_scale(meant, text->unit_power, &meant) && fact_slip(text, meant) != SLIP_NONE;
}

static guint begin(Report *report, guint fact, gboolean certain) {
    guint relation = relation_begin(report, "XSC-02", report_fact(report, fact)->place);
    report_relation(report, relation)->certain = certain;
    report_relation(report, relation)->scope = report_fact(report, fact)->label;
    relation_add(report, relation, fact, "same");
    return relation;
}

static void relate_equal(const TableIndex *index, const Stated *stated) {
    const Fact *text = report_fact(index->report, stated->fact);
    guint relation = begin(index->report, stated->fact, TRUE), n = 0;
    for (guint i = 0; i < stated->places->len && n < PLACES_MAX; i++)
        if (fit_same(text, cell_at(index, stated, i))) {
            relation_add(index->report, relation, place_at(index, stated, i)->fact, "same");
            n++;
        }
}

/* Another column of a place's row has the figure: what the heads tell apart the text did not. */
static gboolean stands_beside(const TableIndex *index, const Stated *stated) {
    const Fact *text = report_fact(index->report, stated->fact);
    for (guint i = 0; i < stated->places->len; i++) {
        const Fact *own = cell_at(index, stated, i);
        for (guint k = 0; k < index->amounts->len; k++) {
            const Fact *other =
                report_fact(index->report, g_array_index(index->amounts, Indexed, k).fact);
            if (other->table == own->table && other->row == own->row && fit_same(text, other) &&
                g_strcmp0(text->unit, other->unit) == 0)
                return TRUE;
        }
    }
    return FALSE;
}

/* No table has the figure: with what it is compared, where anything tells. */
static void relate_unequal(const TableIndex *index, const GArray *all, guint at, gboolean clear) {
    const Stated *stated = &g_array_index(all, Stated, at);
    const Fact *text = report_fact(index->report, stated->fact);
    guint cell = sibling_cell(index, all, at), relation;
    if (cell != REPORT_NONE) {
        relation = begin(index->report, stated->fact, TRUE);
        relation_add(index->report, relation, cell, "same");
        return;
    }
    gboolean single = clear;
    guint slip = REPORT_NONE;
    for (guint i = 0; i < stated->places->len; i++) {
        const Fact *own = cell_at(index, stated, i);
        single &= decimal_compare(cell_at(index, stated, 0)->value, own->value) == 0;
        if (slip == REPORT_NONE && is_slip(text, own))
            slip = place_at(index, stated, i)->fact;
    }
    cell = single ? place_at(index, stated, 0)->fact : slip;
    if (cell == REPORT_NONE || stands_beside(index, stated))
        return;
    gboolean concept = text->concept != NULL &&
                       g_strcmp0(text->concept, report_fact(index->report, cell)->concept) == 0;
    relation = begin(index->report, stated->fact,
                     single && (concept || stated->measured || place_at(index, stated, 0)->total));
    relation_add(index->report, relation, cell, "same");
}

/* Whether an equal amount is no chance: of a name that means one thing, of many digits, or in the
 * column of the items beside it. */
static gboolean is_no_chance(const TableIndex *index, const GArray *all, guint at, gboolean clear) {
    const Fact *fact = report_fact(index->report, g_array_index(all, Stated, at).fact);
    if (clear || slip_digits(fact->value) >= DIGITS_MIN)
        return TRUE;
    guint cell = sibling_cell(index, all, at);
    return cell != REPORT_NONE && fit_same(fact, report_fact(index->report, cell));
}

static void relate_stated(const TableIndex *index, const GArray *all, guint at) {
    const Stated *stated = &g_array_index(all, Stated, at);
    gboolean clear = g_utf8_strlen(stated->name, -1) >= NAME_CHARACTERS_MIN;
    if (stated->places->len == 0)
        return;
    if (!stated->equal)
        relate_unequal(index, all, at, clear);
    else if (is_no_chance(index, all, at, clear))
        relate_equal(index, stated);
}

/* The totals of columns of scores whose weights are a hundred: guint. */
static GArray *find_score_totals(const Report *report) {
    GArray *totals = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < report->relations->len; i++) {
        const Relation *relation = report_relation(report, i);
        if (strcmp(relation->rule, "SCO-02") != 0 || relation->members->len != 2)
            continue;
        guint earned = g_array_index(relation->members, Member, 0).fact,
              weight = g_array_index(relation->members, Member, 1).fact;
        if (report_fact(report, earned)->table != DOCUMENT_NONE &&
            g_strcmp0(report_fact(report, earned)->role, "total") == 0 &&
            decimal_compare(report_fact(report, weight)->value, decimal_from_integer(100)) == 0)
            g_array_append_val(totals, earned);
    }
    return totals;
}

/* “自评总分100分，得分95.8分”: a hundred beside another total is what could be had. */
static gboolean is_full_mark(const Report *report, guint fact, guint total) {
    Decimal hundred = decimal_from_integer(100);
    return decimal_compare(report_fact(report, fact)->value, hundred) == 0 &&
           decimal_compare(report_fact(report, total)->value, hundred) != 0;
}

/* What one indicator earned of less than a hundred. */
static gboolean is_of_indicator(const Report *report, guint fact) {
    for (guint i = 0; i < report->relations->len; i++) {
        const Relation *relation = report_relation(report, i);
        if (strcmp(relation->rule, "SCO-02") == 0 && relation->members->len == 2 &&
            g_array_index(relation->members, Member, 0).fact == fact &&
            decimal_compare(
                report_fact(report, g_array_index(relation->members, Member, 1).fact)->value,
                decimal_from_integer(100)) != 0)
            return TRUE;
    }
    return FALSE;
}

/* Beside the figure itself, not in a head. */
static gboolean prints_unit(const Fact *fact) {
    return fact->unit != NULL && g_str_has_suffix(fact->raw, fact->unit);
}

/* A sentence, in the text or in a cell, that states the total score. */
static gboolean states_total(const TableIndex *index, const Fact *fact) {
    if (fact->kind != FIGURE_SCORE || fact->qualifier != QUALIFIER_EXACT ||
        fact->text_high != NULL || fact->label == NULL || fact->entity != NULL)
        return FALSE;
    if (fact->table == DOCUMENT_NONE && fact_is(fact, CONCEPT_SCORE))
        return TRUE;
    if (fact->table != DOCUMENT_NONE && !prints_unit(fact))
        return FALSE;
    g_autofree char *label = folded_utf8(fact->label);
    return report_is_on_project(index->report) &&
           !table_words_has(index->words, TABLE_MEAN, label) &&
           table_words_ends(index->words, TABLE_SCORED, label, strlen(label)) > 0;
}

/* The one score that the head of a form has in a table of its own. */
static gboolean is_score_of_head(const TableIndex *index, guint fact) {
    return index->scores->len == 1 && g_array_index(index->scores, guint, 0) == fact;
}

/* What a text calls the total is the total of the one table, as is what a form's head calls so;
 * what a sentence in a cell does, that of its own. */
static void relate_score(const TableIndex *index, const GArray *totals, guint at) {
    Report *report = index->report;
    guint total = g_array_index(totals, guint, at), relation = REPORT_NONE;
    guint table = report_fact(report, total)->table;
    for (guint i = 0; i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i);
        gboolean near = fact->table == DOCUMENT_NONE ? totals->len == 1 : fact->table == table;
        gboolean headed = totals->len == 1 && fact->table != table && is_score_of_head(index, i);
        if ((!headed && (!near || !states_total(index, fact))) || i == total ||
            is_full_mark(report, i, total) || is_of_indicator(report, i))
            continue;
        if (relation == REPORT_NONE) {
            relation = relation_begin(report, "SCO-05", fact->place);
            report_relation(report, relation)->scope = fact->label;
            report_relation(report, relation)->certain =
                document_table(report->document, table)->ruled;
            relation_add(report, relation, total, "same");
        }
        relation_add(report, relation, i, "same");
    }
}

void relate_tables_with_text(TableIndex *index) {
    g_autoptr(GHashTable) names = names_of(index);
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Stated));
    g_array_set_clear_func(all, stated_clear);
    for (guint i = 0; i < index->report->facts->len; i++)
        if (is_stated(report_fact(index->report, i)))
            add_stated(index, names, all, i);
    for (guint i = 0; i < all->len; i++)
        relate_stated(index, all, i);
    g_autoptr(GArray) totals = find_score_totals(index->report);
    for (guint i = 0; i < totals->len; i++)
        relate_score(index, totals, i);
    relate_forms_with_lists(index, totals);
}
