/* Repair: the one change that would make failing relations hold.
 *
 * For each failing relation every operand is solved for; the value is tried in all relations of
 * the figure. A change that breaks a relation that held is out. It is confirmed when it repairs two
 * relations that are not the same figures over again, or when the value stands elsewhere in the
 * report under the same name; only then is it named alone. Values of one figure that differ by
 * rounding are one repair: what stands elsewhere, or fits to the last digit, is the one meant.
 */
#pragma once
#include "normalize/check/slip.h"
#include "normalize/check/trial.h"

typedef struct {
    guint class, fact; /* the figure to change; `fact` is where the trial has it */
    Decimal value;     /* what it would be */
    Slip slip;
    guint elsewhere;   /* another fact of that value and name, or REPORT_NONE */
    GArray *repaired;  /* guint: failing trials that would hold */
    guint independent; /* how many of them are not the same figures over again */
    guint exact;       /* how many of the figure's trials would then hold to the last digit */
} Repair;

/* Every change that repairs at least one of `failing` and breaks nothing, best first. */
GArray *repairs_find(Trials *trials, const GArray *failing);

/* Repairs two relations, or stands elsewhere. */
gboolean repair_is_confirmed(const Repair *repair);
/* Negative where the evidence for `x` is the stronger, 0 where both have as much. */
int repair_compare_evidence(const Repair *x, const Repair *y);
/* Whether the trial's rule asks for one value, not for a bound or an order. */
gboolean trial_is_equality(const Trial *trial);

/* explanation.c: the explanation of a finding about `trial`: the confirmed repair named alone, or
 * candidates, or NULL. `repairs` may belong to other trials too. The caller frees it. */
char *repairs_explain(Trials *trials, guint trial, const GArray *repairs);
