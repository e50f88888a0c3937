#include "normalize/fact_role.h"
#include "normalize/wording.h"
#include <string.h>

typedef struct {
    const char *concept, *role;
} ConceptRole;

static const char *concept_role(const char *concept) {
    static const ConceptRole ROLES[] = {
        {"自评总分", "total"},    {"目标总分", "total"}, {"预算数", "budget"},
        {"年初预算数", "budget"}, {"执行数", "actual"},  {"执行率", "rate"},
        {"到位率", "rate"},
    };
    for (guint i = 0; concept != NULL && i < G_N_ELEMENTS(ROLES); i++)
        if (g_str_equal(ROLES[i].concept, concept))
            return ROLES[i].role;
    return NULL;
}

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
    const char *by_concept = concept_role(fact->concept), *label = fact->label;
    if (by_concept != NULL || label == NULL)
        return by_concept;
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
    for (guint i = 0; i < report->facts->len; i++) {
        Fact *fact = report_fact(report, i);
        gboolean whole =
            g_strcmp0(fact->concept, "自评总分") == 0 || g_strcmp0(fact->concept, "目标总分") == 0;
        if (fact->role == NULL || whole) /* what the whole earned or weighs is the total */
            fact->role = report_string(report, role_of(wording, fact));
    }
}
