/* A total with the parts that a list gives it: whether the figures, or the names of the parts, say
 * that these are all of them. */
#pragma once
#include "normalize/relation/flow.h"

typedef struct {
    guint total;
    GArray *parts; /* guint: tokens */
    Decimal sum;
    gboolean complete; /* every item gave one */
    gboolean columns;  /* … with words of the total's own measure */
} Candidate;

void candidate_clear(gpointer candidate);

gboolean fact_is_people(const Clues *clues, const Fact *fact);
/* One unit, or both count people. */
gboolean facts_share_unit(const Clues *clues, const Fact *a, const Fact *b);

/* Whether a figure may be a part of the total, by what it is: unit, level or change, one or all. */
gboolean total_takes(const Flow *flow, guint part, guint total);

/* FALSE: too large a number. */
gboolean candidate_sum(const Flow *flow, guint total, const GArray *parts, Decimal *sum);

gboolean candidate_adds_up(const Flow *flow, const Candidate *candidate);
/* The difference is what rounding of the parts leaves. */
/* Parts that make most of the total, or little more than it. */
gboolean candidate_covers(const Flow *flow, const Candidate *candidate);
/* … nearly all of it. */
gboolean candidate_is_near(const Flow *flow, const Candidate *candidate);
gboolean candidate_nearly_adds_up(const Flow *flow, const Candidate *candidate);
/* One slip in the total or in a part, or a part that repeats its neighbour, explains the gap … */
gboolean candidate_is_slip(const Flow *flow, const Candidate *candidate);
/* … and there are so many digits and parts that it hardly does so by chance. */
gboolean candidate_slip_proves(const Flow *flow, const Candidate *candidate);

/* The rule of the whole that the parts make by their names, where it fits their kind; or NULL. */
const char *candidate_whole(const Flow *flow, const Candidate *candidate);
/* Whether the name of a part has a word of the set. */
gboolean candidate_has(const Flow *flow, const Candidate *candidate, ClueSet set);
/* Whether a part is what is left of the total. */
gboolean candidate_has_rest(const Flow *flow, const Candidate *candidate);
/* 甲、乙等: the list says that it is not all. */
gboolean candidate_is_open(const Flow *flow, const Candidate *candidate);

/* The rule of the sum; `nested` for lists in lists. */
const char *candidate_rule(const Flow *flow, const Candidate *candidate, gboolean nested);

void candidate_relate(Flow *flow, const char *rule, const Candidate *candidate, gboolean certain);
