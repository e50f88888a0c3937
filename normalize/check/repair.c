#include "normalize/check/repair.h"
#include <string.h>

/* Beyond these a report is broken in other ways, and trying every figure would take long. */
enum { ITEM_LEVEL_MIN = 3, FAILING_MAX = 300, MEMBERS_MAX = 400, SLIP_MEMBERS_MAX = 60 };

/* What was printed whole was meant with as many decimals, if not more than one less than printed.
 */
enum { SLIP_DECIMALS_MAX = 2 };

/* A slip is tried within this part of the value asked for: rates leave no more room. */
enum { SLIP_NEARNESS = 100 };

typedef struct {
    Trials *trials;
    const GArray *failing; /* guint */
    GHashTable *printed;   /* “unit text” → GArray of facts */
    GArray *repairs;
} Search;

static void repair_clear(gpointer data) { g_array_unref(((Repair *)data)->repaired); }

static char *value_key(const Fact *fact, Decimal value) {
    g_autofree char *text = decimal_text(value);
    return g_strconcat(fact->unit == NULL ? "" : fact->unit, " ", text, NULL);
}

static GHashTable *index_values(const Report *report) {
    GHashTable *printed =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    for (guint i = 0; i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i);
        char *key = value_key(fact, fact->value);
        GArray *list = g_hash_table_lookup(printed, key);
        if (list == NULL) {
            list = g_array_new(FALSE, FALSE, sizeof(guint));
            g_hash_table_insert(printed, g_strdup(key), list);
        }
        g_array_append_val(list, i);
        g_free(key);
    }
    return printed;
}

static gboolean same_name(const Fact *a, const Fact *b) {
    if (g_strcmp0(a->entity, b->entity) != 0 ||
        (a->period != NULL && b->period != NULL && !g_str_equal(a->period, b->period)))
        return FALSE;
    return (a->label != NULL && g_strcmp0(a->label, b->label) == 0) ||
           (a->concept != NULL && g_strcmp0(a->concept, b->concept) == 0);
}

static gboolean has_member(const Relation *relation, guint fact) {
    for (guint i = 0; i < relation->members->len; i++)
        if (g_array_index(relation->members, Member, i).fact == fact)
            return TRUE;
    return FALSE;
}

/* Scores of one name may be those of several projects: two are of one thing where a relation says
 * that they are the same. */
static gboolean is_same_score(const Search *search, guint fact, guint other) {
    const Report *report = search->trials->report;
    if (report_fact(report, fact)->kind != FIGURE_SCORE)
        return TRUE;
    for (guint i = 0; i < search->failing->len; i++) {
        const Trial *trial = trials_at(search->trials, g_array_index(search->failing, guint, i));
        const Relation *relation = report_relation(report, trial->relation);
        if (trial->rule->kind == CHECK_SAME && has_member(relation, fact) &&
            has_member(relation, other))
            return TRUE;
    }
    return FALSE;
}

/* Another place where a figure of this name has this value. */
static guint find_elsewhere(const Search *search, guint class, guint fact, Decimal value) {
    const Report *report = search->trials->report;
    const Fact *own = report_fact(report, fact);
    g_autofree char *key = value_key(own, value);
    const GArray *list = g_hash_table_lookup(search->printed, key);
    for (guint i = 0; list != NULL && i < list->len; i++) {
        guint other = g_array_index(list, guint, i);
        if (trials_class(search->trials, other) != class &&
            same_name(own, report_fact(report, other)) && is_same_score(search, fact, other))
            return other;
    }
    return REPORT_NONE;
}

/* The figures of a trial, whatever its rule: relations over the same figures confirm nothing. */
static guint64 trial_signature(const Trials *trials, guint trial) {
    const GArray *members =
        report_relation(trials->report, trials_at(trials, trial)->relation)->members;
    guint64 signature = members->len;
    for (guint i = 0; i < members->len; i++) {
        guint64 class = trials_class(trials, g_array_index(members, Member, i).fact);
        signature += (class + 1) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    }
    return signature;
}

/* An inequality that comes to hold says nothing of the value. */
gboolean trial_is_equality(const Trial *trial) {
    switch (trial->rule->kind) {
    case CHECK_BOUND:
    case CHECK_ORDER:
    case CHECK_SOME:
    case CHECK_OVERSPENT:
    case CHECK_DIRECTION:
    case CHECK_COUNT:
        return FALSE;
    default:
        return TRUE;
    }
}

static guint count_independent(const Trials *trials, const GArray *repaired) {
    guint n = 0;
    for (guint i = 0; i < repaired->len; i++) {
        if (!trial_is_equality(trials_at(trials, g_array_index(repaired, guint, i))))
            continue;
        guint64 own = trial_signature(trials, g_array_index(repaired, guint, i));
        gboolean seen = FALSE;
        for (guint j = 0; j < i && !seen; j++)
            seen = trial_is_equality(trials_at(trials, g_array_index(repaired, guint, j))) &&
                   trial_signature(trials, g_array_index(repaired, guint, j)) == own;
        n += !seen;
    }
    return n;
}

static gboolean is_failing(const Search *search, guint trial) {
    for (guint i = 0; i < search->failing->len; i++)
        if (g_array_index(search->failing, guint, i) == trial)
            return TRUE;
    return FALSE;
}

/* Tries the value everywhere the figure stands. NULL where it breaks something or repairs none. */
static GArray *try_value(const Search *search, guint class, Decimal value, guint *exact) {
    const GArray *with = trials_with(search->trials, class);
    g_autoptr(GArray) repaired = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; with != NULL && i < with->len; i++) {
        guint trial = g_array_index(with, guint, i);
        Outcome before = trials_at(search->trials, trial)->judgement.outcome;
        Outcome after = trials_judge(search->trials, trial, class, value).outcome;
        if (after == OUTCOME_FAIL && before != OUTCOME_FAIL)
            return NULL;
        *exact += after == OUTCOME_PASS;
        if (before == OUTCOME_FAIL && after != OUTCOME_FAIL && is_failing(search, trial))
            g_array_append_val(repaired, trial);
    }
    return repaired->len == 0 ? NULL : g_steal_pointer(&repaired);
}

static gboolean already_there(const Search *search, guint class, Decimal value) {
    for (guint i = 0; i < search->repairs->len; i++) {
        const Repair *repair = &g_array_index(search->repairs, Repair, i);
        if (repair->class == class && decimal_compare(repair->value, value) == 0)
            return TRUE;
    }
    return FALSE;
}

static void consider(Search *search, guint fact, Decimal value) {
    guint class = trials_class(search->trials, fact);
    const Fact *own = report_fact(search->trials->report, fact);
    if (decimal_compare(own->value, value) == 0 || already_there(search, class, value))
        return;
    guint exact = 0;
    GArray *repaired = try_value(search, class, value, &exact);
    if (repaired == NULL)
        return;
    Repair repair = {.class = class,
                     .fact = fact,
                     .value = value,
                     .slip = fact_slip(own, value),
                     .elsewhere = find_elsewhere(search, class, fact, value),
                     .repaired = repaired,
                     .independent = count_independent(search->trials, repaired),
                     .exact = exact};
    g_array_append_val(search->repairs, repair);
}

/* What a sum or a rate asks for is known to its envelope only. A number that one slip of the hand
 * made into the printed one, and that lies as near, is worth a try too. */
static void consider_slips(Search *search, guint fact, Decimal value, Decimal envelope) {
    const Fact *own = report_fact(search->trials->report, fact);
    Decimal printed, distance, hundred = decimal_from_integer(SLIP_NEARNESS);
    if (!decimal_scale(own->value, -own->unit_power, &printed))
        return;
    g_autoptr(GArray) origins = g_array_new(FALSE, FALSE, sizeof(Decimal));
    slip_append_origins(printed, own->decimals, origins);
    for (guint i = 0; i < origins->len; i++) {
        Decimal origin = g_array_index(origins, Decimal, i);
        if (decimal_trim(origin).decimals > MAX(own->decimals + 1, SLIP_DECIMALS_MAX))
            continue;
        if (!decimal_scale(origin, own->unit_power, &origin) ||
            !decimal_subtract(origin, value, &distance))
            continue;
        gboolean near = decimal_compare(decimal_absolute(distance), envelope) <= 0;
        if (near || (decimal_multiply(decimal_absolute(distance), hundred, &distance) &&
                     decimal_compare(distance, decimal_absolute(value)) <= 0))
            consider(search, fact, origin);
    }
}

static void search_trial(Search *search, guint trial) {
    const Trials *trials = search->trials;
    const Relation *relation = report_relation(trials->report, trials_at(trials, trial)->relation);
    Decimal envelope = decimal_absolute(trials_at(trials, trial)->judgement.envelope);
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(Decimal));
    for (guint i = 0; i < relation->members->len && i < MEMBERS_MAX; i++) {
        guint fact = g_array_index(relation->members, Member, i).fact;
        g_array_set_size(values, 0);
        trials_solve(search->trials, trial, i, values);
        for (guint k = 0; k < values->len; k++) {
            consider(search, fact, g_array_index(values, Decimal, k));
            if (relation->members->len <= SLIP_MEMBERS_MAX)
                consider_slips(search, fact, g_array_index(values, Decimal, k), envelope);
        }
    }
}

static guint slip_rank(Slip slip) { return slip == SLIP_NONE ? G_MAXUINT : (guint)slip; }

/* A digit too few or too many fits too many numbers to speak for one. */
static gboolean is_plain_slip(Slip slip) { return slip != SLIP_NONE && slip != SLIP_MISSING; }

/* What speaks for a repair; 0: nothing sets the two apart. */
int repair_compare_evidence(const Repair *x, const Repair *y) {
    gboolean confirmed_x = repair_is_confirmed(x), confirmed_y = repair_is_confirmed(y);
    if (confirmed_x != confirmed_y)
        return confirmed_x ? -1 : 1;
    if (x->independent != y->independent)
        return x->independent > y->independent ? -1 : 1;
    if ((x->elsewhere == REPORT_NONE) != (y->elsewhere == REPORT_NONE))
        return x->elsewhere != REPORT_NONE ? -1 : 1;
    if (is_plain_slip(x->slip) != is_plain_slip(y->slip))
        return is_plain_slip(x->slip) ? -1 : 1;
    if (x->class == y->class && x->exact != y->exact)
        return x->exact > y->exact ? -1 : 1;
    guint rank_x = slip_rank(x->slip), rank_y = slip_rank(y->slip);
    if (rank_x != rank_y)
        return rank_x < rank_y ? -1 : 1;
    return 0;
}

static int compare_repairs(gconstpointer a, gconstpointer b) {
    const Repair *x = a, *y = b;
    int evidence = repair_compare_evidence(x, y);
    return evidence != 0 ? evidence : (x->fact > y->fact) - (x->fact < y->fact);
}

GArray *repairs_find(Trials *trials, const GArray *failing) {
    Search search = {.trials = trials, .failing = failing};
    search.repairs = g_array_new(FALSE, TRUE, sizeof(Repair));
    g_array_set_clear_func(search.repairs, repair_clear);
    if (failing->len == 0 || failing->len > FAILING_MAX)
        return search.repairs;
    search.printed = index_values(trials->report);
    for (guint i = 0; i < failing->len; i++)
        search_trial(&search, g_array_index(failing, guint, i));
    g_hash_table_unref(search.printed);
    g_array_sort(search.repairs, compare_repairs);
    return search.repairs;
}

gboolean repair_is_confirmed(const Repair *repair) {
    return repair->independent >= 2 || repair->elsewhere != REPORT_NONE;
}
