#include "normalize/check/repair.h"
#include "normalize/check/quote.h"
#include <string.h>

/* Beyond these a report is broken in other ways, and trying every figure would take long. */
enum {
    ITEM_LEVEL_MIN = 3,
    FAILING_MAX = 300,
    MEMBERS_MAX = 400,
    SLIP_MEMBERS_MAX = 60,
    CANDIDATES_NAMED = 3
};

/* What was printed whole was meant with as many decimals, if not more than one less than printed.
 */
enum { SLIP_DECIMALS_MAX = 2 };

/* A slip is tried within this part of the value asked for: rates leave no more room. */
enum { SLIP_NEARNESS = 100 };

/* So many units of the last place off, one digit in ten is a slip of another by chance. */
enum { CHANCE_UNITS = 100 };

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
static gboolean is_equality(const Trial *trial) {
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
        if (!is_equality(trials_at(trials, g_array_index(repaired, guint, i))))
            continue;
        guint64 own = trial_signature(trials, g_array_index(repaired, guint, i));
        gboolean seen = FALSE;
        for (guint j = 0; j < i && !seen; j++)
            seen = is_equality(trials_at(trials, g_array_index(repaired, guint, j))) &&
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
static int compare_evidence(const Repair *x, const Repair *y) {
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
    int evidence = compare_evidence(x, y);
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

static gboolean repairs_trial(const Repair *repair, guint trial) {
    for (guint i = 0; i < repair->repaired->len; i++)
        if (g_array_index(repair->repaired, guint, i) == trial)
            return TRUE;
    return FALSE;
}

/* A figure that prints its numbers as this one should: in the unit that was meant, to the last
 * place of those that it belongs to. */
static const Fact *printed_like(const Trials *trials, const Repair *repair) {
    const Fact *fact = report_fact(trials->report, repair->fact), *like = fact;
    guint trial = g_array_index(repair->repaired, guint, 0);
    const GArray *members =
        report_relation(trials->report, trials_at(trials, trial)->relation)->members;
    if (repair->elsewhere != REPORT_NONE)
        like = report_fact(trials->report, repair->elsewhere);
    for (guint i = 0; i < members->len && repair->elsewhere == REPORT_NONE; i++) {
        const Fact *other = report_fact(trials->report, g_array_index(members, Member, i).fact);
        gboolean fits = repair->slip == SLIP_UNIT ? other->unit_power != fact->unit_power
                                                  : other->unit_power == fact->unit_power;
        if (fits && other->kind == fact->kind &&
            (like->unit_power != other->unit_power || other->decimals > like->decimals))
            like = other;
    }
    return repair->slip == SLIP_UNIT || like->unit_power == fact->unit_power ? like : fact;
}

/* Digits behind the point of a number in the unit that it is printed in, zeros at the end left out.
 */
static int bare_decimals(Decimal value, int unit_power) {
    Decimal printed;
    return decimal_scale(value, -unit_power, &printed) ? decimal_trim(printed).decimals : G_MAXINT;
}

/* 6.84 beside 15.3 and 4: whoever writes so drops zeros at the end. */
static gboolean drops_zeros(const Trials *trials, const Repair *repair, const Fact *like) {
    guint trial = g_array_index(repair->repaired, guint, 0);
    const GArray *members =
        report_relation(trials->report, trials_at(trials, trial)->relation)->members;
    gboolean differ = FALSE;
    for (guint i = 0; i < members->len; i++) {
        const Fact *fact = report_fact(trials->report, g_array_index(members, Member, i).fact);
        if (fact->kind != like->kind || fact->unit_power != like->unit_power)
            continue;
        differ |= fact->decimals != like->decimals;
        if (bare_decimals(fact->value, fact->unit_power) < fact->decimals)
            return FALSE;
    }
    return differ;
}

static void append_repair(GString *text, const Trials *trials, const Repair *repair) {
    quote_fact(text, trials->report, repair->fact);
    g_string_append(text, "应为");
    Fact like = *printed_like(trials, repair);
    if (repair->elsewhere == REPORT_NONE && drops_zeros(trials, repair, &like))
        like.decimals = MIN(like.decimals, bare_decimals(repair->value, like.unit_power));
    quote_printed(text, &like, repair->value);
    const char *words = slip_words(repair->slip);
    if (words != NULL)
        g_string_append_printf(text, "（疑为%s）", words);
}

static char *explain_confirmed(const Trials *trials, const Repair *repair) {
    GString *text = g_string_new(NULL);
    append_repair(text, trials, repair);
    if (repair->independent >= 2)
        g_string_append_printf(text, "，更正后%u处关系均成立", repair->repaired->len);
    if (repair->elsewhere != REPORT_NONE)
        g_string_append_printf(text, "，第%u页同一数据即为该数",
                               fact_page(trials->report, repair->elsewhere));
    g_string_append(text, "。");
    return g_string_free(text, FALSE);
}

/* An item of this very amount that stands elsewhere, or that stands twice among the parts. */
static void append_items(GString *text, const Trials *trials, guint index, guint *n) {
    const Trial *trial = trials_at(trials, index);
    const Report *report = trials->report;
    const GArray *members = report_relation(report, trial->relation)->members;
    if (trial->rule->kind != CHECK_SUM || !trial->judgement.has_expected)
        return;
    Decimal missing = trial->judgement.difference;
    guint total = g_array_index(members, Member, trial->judgement.subject).fact;
    for (guint i = 0; i < members->len && decimal_sign(missing) < 0; i++) {
        guint part = g_array_index(members, Member, i).fact;
        if (part == total ||
            decimal_compare(report_fact(report, part)->value, decimal_negate(missing)) != 0)
            continue;
        g_string_append(text, (*n)++ > 0 ? "；或" : "");
        quote_fact(text, report, part);
        g_string_append(text, "重复计列");
        return;
    }
    for (guint i = 0; i < report->facts->len && decimal_sign(missing) > 0; i++) {
        const Fact *fact = report_fact(report, i);
        if (g_strcmp0(fact->unit, report_fact(report, total)->unit) != 0 ||
            decimal_compare(fact->value, missing) != 0)
            continue;
        g_string_append(text, (*n)++ > 0 ? "；或" : "");
        g_string_append(text, "漏列");
        quote_fact(text, report, i);
        return;
    }
}

/* The one confirmed repair of the trial; NULL where there is none, or another as well confirmed. */
static const Repair *find_confirmed(guint trial, const GArray *repairs) {
    const Repair *best = NULL;
    for (guint i = 0; i < repairs->len; i++) {
        const Repair *repair = &g_array_index(repairs, Repair, i);
        if (!repairs_trial(repair, trial) || !repair_is_confirmed(repair))
            continue;
        if (best == NULL)
            best = repair;
        else if (repair->independent == best->independent &&
                 (repair->class != best->class || compare_evidence(best, repair) == 0))
            return NULL;
    }
    return best;
}

/* The figure that is judged, or one that a slip of the hand or another place explains. */
static gboolean is_plausible(const Trials *trials, guint index, const Repair *repair) {
    const Trial *trial = trials_at(trials, index);
    const GArray *members = report_relation(trials->report, trial->relation)->members;
    guint subject = g_array_index(members, Member, trial->judgement.subject).fact;
    return repair->slip != SLIP_NONE || repair->elsewhere != REPORT_NONE ||
           repair->class == trials_class(trials, subject);
}

static gboolean is_named(const GArray *named, guint class) {
    for (guint i = 0; i < named->len; i++)
        if (g_array_index(named, guint, i) == class)
            return TRUE;
    return FALSE;
}

/* Whether another value for the figure repairs as much, breaks as little, and fits to the last
 * digit as often: but for the one relation that the repair's own value was solved from. */
static gboolean fits_as_well(Trials *trials, const Repair *repair, Decimal value) {
    const GArray *with = trials_with(trials, repair->class);
    guint exact = 1;
    for (guint i = 0; with != NULL && i < with->len; i++) {
        guint trial = g_array_index(with, guint, i);
        gboolean failed = trials_at(trials, trial)->judgement.outcome == OUTCOME_FAIL;
        Outcome outcome = trials_judge(trials, trial, repair->class, value).outcome;
        if ((!failed || repairs_trial(repair, trial)) && outcome == OUTCOME_FAIL)
            return FALSE;
        exact += outcome == OUTCOME_PASS ? 1 : 0;
    }
    return exact >= repair->exact;
}

/* Whether the repair is so near to what is printed that its slip may be chance. */
static gboolean is_close(const Fact *own, Decimal value) {
    Decimal gap, room = decimal_from_integer(CHANCE_UNITS);
    return decimal_subtract(own->value, value, &gap) &&
           decimal_scale(room, own->unit_power - own->decimals, &room) &&
           decimal_compare(decimal_absolute(gap), room) < 0;
}

/* What a rate or a rounded sum asks for is known to the last digit but one only: the repairs by a
 * value just below and above it that fit as well, and that a slip explains if one, that is no
 * chance, explains it. */
static GArray *find_neighbours(Trials *trials, const Repair *repair) {
    GArray *neighbours = g_array_new(FALSE, FALSE, sizeof(Repair));
    const Fact *own = report_fact(trials->report, repair->fact);
    for (int step = -1; step <= 1 && repair->elsewhere == REPORT_NONE; step += 2) {
        Repair other = *repair;
        Decimal unit = decimal_from_integer(step);
        if (!decimal_scale(unit, own->unit_power - own->decimals, &unit) ||
            !decimal_add(repair->value, unit, &other.value) ||
            decimal_compare(own->value, other.value) == 0)
            continue;
        other.slip = fact_slip(own, other.value);
        if ((repair->slip == SLIP_NONE || other.slip == repair->slip ||
             is_close(own, repair->value)) &&
            fits_as_well(trials, repair, other.value))
            g_array_append_val(neighbours, other);
    }
    return neighbours;
}

static char *explain_rounded(const Trials *trials, const Repair *repair, const GArray *neighbours) {
    GString *text = g_string_new("可能的更正：");
    append_repair(text, trials, repair);
    for (guint i = 0; i < neighbours->len; i++) {
        g_string_append(text, "；或");
        append_repair(text, trials, &g_array_index(neighbours, Repair, i));
    }
    g_string_append(text, "。");
    return g_string_free(text, FALSE);
}

char *repairs_explain(Trials *trials, guint trial, const GArray *repairs) {
    const Repair *confirmed = find_confirmed(trial, repairs);
    if (confirmed != NULL) {
        g_autoptr(GArray) neighbours = find_neighbours(trials, confirmed);
        return neighbours->len > 0 ? explain_rounded(trials, confirmed, neighbours)
                                   : explain_confirmed(trials, confirmed);
    }
    if (!is_equality(trials_at(trials, trial)) ||
        trials_at(trials, trial)->rule->kind == CHECK_FOLLOWING)
        return NULL;
    GString *text = g_string_new(NULL);
    g_autoptr(GArray) named = g_array_new(FALSE, FALSE, sizeof(guint));
    guint n = 0;
    append_items(text, trials, trial, &n);
    for (guint i = 0; i < repairs->len && n < CANDIDATES_NAMED; i++) {
        const Repair *repair = &g_array_index(repairs, Repair, i);
        if (!repairs_trial(repair, trial) || !is_plausible(trials, trial, repair) ||
            is_named(named, repair->class)) /* the best of each figure is enough */
            continue;
        g_array_append_val(named, repair->class);
        g_string_append(text, n++ > 0 ? "；或" : "");
        append_repair(text, trials, repair);
    }
    if (n < 2) {
        g_string_free(text, TRUE);
        return NULL;
    }
    g_string_prepend(text, "可能的更正：");
    g_string_append(text, "。");
    return g_string_free(text, FALSE);
}
