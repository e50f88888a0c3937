#include "normalize/fact_role.h"
#include "normalize/concept.h"
#include "normalize/wording.h"
#include <string.h>

static gboolean ends_in(const Wording *wording, WordSet set, const char *text, gsize length) {
    return wording_suffix(wording, set, text, length) > 0;
}

static const char *score_role(const Wording *wording, const char *label, gsize length) {
    if (ends_in(wording, WORDS_DEDUCTED, label, length))
        return "deducted";
    if (ends_in(wording, WORDS_EARNED, label, length))
        return "earned";
    return ends_in(wording, WORDS_WEIGHT, label, length) ? "weight" : NULL;
}

/* What a head of a column says its figures are. */
static const char *head_role(const Wording *wording, FigureKind kind, const char *head) {
    gsize n = strlen(head);
    if (wording_has(wording, WORDS_INDICATOR, head))
        return NULL;
    if (kind == FIGURE_SCORE)
        return score_role(wording, head, n);
    if (kind == FIGURE_AMOUNT)
        return ends_in(wording, WORDS_BUDGET_HEAD, head, n)   ? "budget"
               : ends_in(wording, WORDS_ACTUAL_HEAD, head, n) ? "actual"
                                                              : NULL;
    return kind == FIGURE_PERCENT && ends_in(wording, WORDS_RATE_HEAD, head, n) ? "rate" : NULL;
}

/* The heads of the column stand before those of the row: the first that says something. */
static const char *table_role(const Wording *wording, const Fact *fact) {
    g_auto(GStrv) heads = g_strsplit(fact->label, "·", -1);
    for (char **head = heads; *head != NULL; head++) {
        const char *role = head_role(wording, fact->kind, *head);
        if (role != NULL)
            return role;
    }
    return NULL;
}

static const char *role_of(const Wording *wording, const Fact *fact) {
    const char *label = fact->label;
    if (label == NULL)
        return NULL;
    gsize length = strlen(label);
    if (fact->table != DOCUMENT_NONE)
        return table_role(wording, fact);
    if (fact->kind == FIGURE_SCORE)
        return score_role(wording, label, length);
    if (fact->kind == FIGURE_PERCENT && ends_in(wording, WORDS_CHANGE, label, length) &&
        strstr(label, "占") == NULL)
        return "change";
    return NULL;
}

void facts_give_roles(Report *report, const Patterns *patterns) {
    const Wording *wording = patterns_wording(patterns);
    const Concepts *concepts = patterns_concepts(patterns);
    for (guint i = 0; i < report->facts->len; i++) {
        Fact *fact = report_fact(report, i);
        const char *own = concepts_role(concepts, fact->concept);
        gboolean whole = fact->kind == FIGURE_SCORE && g_strcmp0(own, "total") == 0;
        if (fact->role == NULL || whole) /* what the whole earned or weighs is the total */
            fact->role = report_string(report, own != NULL ? own : role_of(wording, fact));
    }
}
