/* Trial: the relations of a report under judgement, and what would become of them if a figure had
 * another value.
 *
 * Facts that are one figure — equal in a relation of sameness, or at one place — form a class; a
 * trial value replaces all of a class.
 */
#pragma once
#include "normalize/check/judge.h"

typedef struct {
    const Rule *rule;
    guint relation;
    guint check; /* index into the report's checks */
    Judgement judgement;
} Trial;

typedef struct {
    Report *report;
    const Rules *rules;
    GArray *trials;        /* Trial, one for each relation whose rule is known */
    GArray *classes;       /* guint: of each fact, the least fact of its class */
    GHashTable *trials_of; /* class → GArray of indices into trials */
    GArray *operands;      /* Operand: of the relation at hand */
} Trials;

/* Judges every relation and appends its check to the report. */
Trials *trials_new(Report *report, const Rules *rules);
void trials_free(Trials *trials);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Trials, trials_free)

static inline Trial *trials_at(const Trials *trials, guint i) {
    return &g_array_index(trials->trials, Trial, i);
}
static inline guint trials_class(const Trials *trials, guint fact) {
    return g_array_index(trials->classes, guint, fact);
}

/* Indices of the trials that a class takes part in; lent; NULL for none. */
const GArray *trials_with(const Trials *trials, guint class);

/* The judgement of trial `i` with `value` in place of every fact of `class`; CLASS_NONE: as it
 * stands. */
#define CLASS_NONE REPORT_NONE
Judgement trials_judge(Trials *trials, guint i, guint class, Decimal value);

/* The values of operand `member` of trial `i` that would make it hold, all else as printed:
 * appends Decimals. */
void trials_solve(Trials *trials, guint i, guint member, GArray *values);
