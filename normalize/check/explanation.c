/* What would put a finding right, in words: the one repair that is confirmed, else candidates. */
#include "normalize/check/quote.h"
#include "normalize/check/repair.h"
#include <string.h>

enum { CANDIDATES_NAMED = 3 };

/* So many units of the last place off, one digit in ten is a slip of another by chance. */
enum { CHANCE_UNITS = 100 };

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
                 (repair->class != best->class || repair_compare_evidence(best, repair) == 0))
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
    if (!trial_is_equality(trials_at(trials, trial)) ||
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
