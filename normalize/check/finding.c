/* One cause, one finding. The change that repairs most failing relations takes them all; what is
 * left is searched again, until every failing relation that shares no cause stands alone. */
#include "normalize/check/finding.h"
#include "normalize/check/message.h"
#include "normalize/check/quote.h"
#include "normalize/check/repair.h"
#include <string.h>

static GArray *failing_trials(const Trials *trials) {
    GArray *failing = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < trials->trials->len; i++)
        if (trials_at(trials, i)->judgement.outcome == OUTCOME_FAIL)
            g_array_append_val(failing, i);
    return failing;
}

/* How well a trial tells its cause, the less the better: a rule that only follows from others last,
 * what was read with certainty before a guess, places that differ first, then the graver rule, then
 * the smaller relation. */
typedef struct {
    guint ranks[5];
} Telling;

static Telling telling_of(const Report *report, const Trial *trial) {
    const Relation *relation = report_relation(report, trial->relation);
    gboolean last = g_strcmp0(rule_parameter(trial->rule, "tells"), "last") == 0;
    return (Telling){{(guint)last, !relation->certain, trial->rule->kind != CHECK_SAME,
                      (guint)trial->rule->severity, relation->members->len}};
}

static gboolean tells_better(const Report *report, const Trial *a, const Trial *b) {
    Telling x = telling_of(report, a), y = telling_of(report, b);
    for (guint i = 0; i < G_N_ELEMENTS(x.ranks); i++)
        if (x.ranks[i] != y.ranks[i])
            return x.ranks[i] < y.ranks[i];
    return strcmp(a->rule->id, b->rule->id) < 0;
}

static gboolean has_member(const GArray *members, const Member *member) {
    for (guint i = 0; i < members->len; i++)
        if (g_array_index(members, Member, i).fact == member->fact)
            return TRUE;
    return FALSE;
}

static void add_members(Finding *finding, const GArray *members) {
    for (guint i = 0; i < members->len; i++) {
        const Member *member = &g_array_index(members, Member, i);
        if (!has_member(finding->members, member))
            g_array_append_vals(finding->members, member, 1);
    }
}

/* Proven only where every operand is printed, read with certainty and as printed. */
static gboolean trial_is_proven(const Report *report, const Trial *trial) {
    const Relation *relation = report_relation(report, trial->relation);
    if (!relation->certain || trial->judgement.padded)
        return FALSE;
    for (guint i = 0; i < relation->members->len; i++) {
        const Member *member = &g_array_index(relation->members, Member, i);
        if (member->inferred || g_str_equal(report_fact(report, member->fact)->source, "ocr"))
            return FALSE;
    }
    return TRUE;
}

/* A computed figure that is this part of the greater of the two off is far from what is printed. */
enum { FAR_PART = 3 };

static gboolean is_far(const Trial *trial) {
    const Judgement *judgement = &trial->judgement;
    Decimal expected = decimal_absolute(judgement->expected), off;
    Decimal actual = decimal_absolute(judgement->actual);
    Decimal greater = decimal_compare(expected, actual) > 0 ? expected : actual;
    gboolean compared = trial->rule->kind == CHECK_OVERSPENT ? decimal_sign(expected) != 0
                                                             : judgement->has_expected;
    return compared &&
           decimal_multiply(decimal_absolute(judgement->difference), decimal_from_integer(FAR_PART),
                            &off) &&
           decimal_compare(off, greater) > 0;
}

/* What is computed from, or compared with, figures that stand elsewhere. */
static gboolean is_computed(const Trial *trial) {
    CheckKind kind = trial->rule->kind;
    return kind == CHECK_RATIO || kind == CHECK_GROWTH || kind == CHECK_DIFFERENCE ||
           kind == CHECK_DEDUCTION || kind == CHECK_OVERSPENT;
}

static gboolean is_prose(const Report *report, const Relation *relation) {
    for (guint i = 0; i < relation->members->len; i++)
        if (report_fact(report, g_array_index(relation->members, Member, i).fact)->table !=
            DOCUMENT_NONE)
            return FALSE;
    return TRUE;
}

/* Of running text, what stands in a sentence may belong to another: a figure that is far from what
 * was computed, and that no slip of the hand leads to, was more likely misread than miscalculated.
 */
static gboolean is_credible(const Report *report, const Trial *trial, guint index,
                            const GArray *repairs) {
    if (!is_computed(trial) || !is_far(trial) ||
        !is_prose(report, report_relation(report, trial->relation)))
        return TRUE;
    for (guint i = 0; i < repairs->len; i++) {
        const Repair *repair = &g_array_index(repairs, Repair, i);
        if (repair->slip == SLIP_NONE && !repair_is_confirmed(repair))
            continue;
        for (guint k = 0; k < repair->repaired->len; k++)
            if (g_array_index(repair->repaired, guint, k) == index)
                return TRUE;
    }
    return FALSE;
}

static const char *value_string(Report *report, Decimal value) {
    g_autofree char *text = decimal_text(value);
    return report_string(report, text);
}

static void write_figures(Report *report, Finding *finding, const Trial *trial) {
    const Judgement *judgement = &trial->judgement;
    const GArray *members = report_relation(report, trial->relation)->members;
    const Fact *subject =
        report_fact(report, g_array_index(members, Member, judgement->subject).fact);
    finding->unit = subject->unit;
    if (judgement->has_expected) {
        finding->expected = value_string(report, judgement->expected);
        finding->actual = value_string(report, judgement->actual);
        finding->envelope = value_string(report, judgement->envelope);
    }
    if (judgement->reason == NULL)
        finding->difference = value_string(report, judgement->difference);
}

/* `group`: indices of trials of one cause, the one that tells it first. */
static void add_finding(Trials *trials, const GArray *group, const GArray *repairs) {
    Report *report = trials->report;
    guint first = g_array_index(group, guint, 0);
    const Trial *teller = trials_at(trials, first);
    gboolean proven = FALSE, guess = group->len == 1;
    for (guint i = 0; i < group->len; i++) {
        guint trial = g_array_index(group, guint, i);
        gboolean credible = is_credible(report, trials_at(trials, trial), trial, repairs);
        proven |= credible && trial_is_proven(report, trials_at(trials, trial));
        guess &= !credible || !report_relation(report, teller->relation)->certain;
    }
    const Rule *rule = rules_find(trials->rules, report_check(report, teller->check)->rule);
    guint index = report_add_finding(report, rule->id, rule->severity,
                                     proven ? CERTAINTY_PROVEN : CERTAINTY_SUSPECTED);
    Finding *finding = report_finding(report, index);
    const Relation *relation = report_relation(report, teller->relation);
    g_autofree char *message = message_of_trial(trials, teller);
    g_autofree char *explanation = repairs_explain(trials, first, repairs);
    finding->message = report_string(report, message);
    finding->explanation = report_string(report, explanation);
    finding->place = (Span){relation->first_item, relation->first_item};
    if (guess) /* for a person to look at */
        finding->severity = SEVERITY_HINT;
    write_figures(report, finding, teller);
    for (guint i = 0; i < group->len; i++) {
        const Trial *trial = trials_at(trials, g_array_index(group, guint, i));
        add_members(finding, report_relation(report, trial->relation)->members);
        report_check(report, trial->check)->finding = index;
    }
}

static void remove_trial(GArray *failing, guint trial) {
    for (guint i = 0; i < failing->len; i++)
        if (g_array_index(failing, guint, i) == trial) {
            g_array_remove_index(failing, i);
            return;
        }
}

static void put_teller_first(const Trials *trials, GArray *group) {
    for (guint i = 1; i < group->len; i++) {
        guint *first = &g_array_index(group, guint, 0), *other = &g_array_index(group, guint, i);
        if (tells_better(trials->report, trials_at(trials, *other), trials_at(trials, *first))) {
            guint kept = *first;
            *first = *other;
            *other = kept;
        }
    }
}

static gboolean all_failing(const GArray *repaired, const GArray *failing) {
    for (guint i = 0; i < repaired->len; i++) {
        gboolean found = FALSE;
        for (guint k = 0; k < failing->len && !found; k++)
            found = g_array_index(failing, guint, k) == g_array_index(repaired, guint, i);
        if (!found)
            return FALSE;
    }
    return TRUE;
}

/* The repair that takes the most of what is still failing, two at least. */
static const Repair *widest_repair(const GArray *repairs, const GArray *failing) {
    const Repair *widest = NULL;
    for (guint i = 0; i < repairs->len; i++) {
        const Repair *repair = &g_array_index(repairs, Repair, i);
        if (repair->repaired->len >= 2 && all_failing(repair->repaired, failing) &&
            (widest == NULL || repair->repaired->len > widest->repaired->len))
            widest = repair;
    }
    return widest;
}

static const Fact *member_fact(const Trials *trials, const Trial *trial, guint i) {
    const GArray *members = report_relation(trials->report, trial->relation)->members;
    return report_fact(trials->report, g_array_index(members, Member, i).fact);
}

/* Whether both compare the same values by one rule: one cause, told by the first. */
static gboolean is_told_by(const Trials *trials, const Trial *trial, const Trial *other) {
    guint n = report_relation(trials->report, trial->relation)->members->len;
    if (other->rule != trial->rule || !is_computed(trial) ||
        report_relation(trials->report, other->relation)->members->len != n)
        return FALSE;
    for (guint i = 0; i < n; i++) {
        const Fact *a = member_fact(trials, trial, i), *b = member_fact(trials, other, i);
        if (decimal_compare(a->value, b->value) != 0 || g_strcmp0(a->unit, b->unit) != 0)
            return FALSE;
    }
    return TRUE;
}

/* The first failing trial with those that tell the same; they leave `failing`. */
static GArray *take_told_alike(const Trials *trials, GArray *failing) {
    GArray *group = g_array_new(FALSE, FALSE, sizeof(guint));
    const Trial *first = trials_at(trials, g_array_index(failing, guint, 0));
    guint kept = 0;
    for (guint i = 0; i < failing->len; i++) {
        guint trial = g_array_index(failing, guint, i);
        if (i == 0 || is_told_by(trials, trials_at(trials, trial), first))
            g_array_append_val(group, trial);
        else
            g_array_index(failing, guint, kept++) = trial;
    }
    g_array_set_size(failing, kept);
    return group;
}

void findings_add(Trials *trials) {
    g_autoptr(GArray) failing = failing_trials(trials);
    g_autoptr(GArray) repairs = repairs_find(trials, failing);
    const Repair *widest;
    while ((widest = widest_repair(repairs, failing)) != NULL) {
        g_autoptr(GArray) group = g_array_copy(widest->repaired);
        put_teller_first(trials, group);
        add_finding(trials, group, repairs);
        for (guint i = 0; i < group->len; i++)
            remove_trial(failing, g_array_index(group, guint, i));
    }
    while (failing->len > 0) {
        g_autoptr(GArray) alike = take_told_alike(trials, failing);
        add_finding(trials, alike, repairs);
    }
}
