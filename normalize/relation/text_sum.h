/* Sums: what stands behind an introducer as the parts of a total before it. */
#pragma once
#include "normalize/relation/text_list.h"
#include "normalize/relation/text_relation.h"
#include "normalize/relation/text_total.h"

typedef struct {
    const Introducer *introducer;
    const GArray *items; /* Run */
    Split split;
    FigureKind kind;
    guint twin; /* parts of the other kind that are whole: 甲 6 个 448 万元，乙 3 个 268 万元 */
    guint first; /* where totals may begin */
    guint end;
} List;

/* The figures before the introducer that may be a total of its list (Candidate), nearest first; the
 * caller unrefs. */
GArray *sum_find_candidates(const Flow *flow, const List *list);
/* The likeliest of them; NULL where there is none. */
const Candidate *sum_choose(const Flow *flow, const List *list, const GArray *candidates);

/* Whether the form of the list says that it is whole. */
gboolean sum_is_whole(const Flow *flow, const List *list, const Candidate *candidate);
/* The main ones only, however they are set out. */
gboolean sum_is_fragment(const Flow *flow, const List *list, const Candidate *candidate);
/* Mostly whole, but nothing says so. */
gboolean sum_is_formal(const List *list, const Candidate *candidate);
/* Nothing says so, but the names of its parts, or their number, make it likely. */
gboolean sum_is_likely(const Flow *flow, const List *list, const Candidate *candidate);
/* A colon in another sentence that no word ties to the total; one far behind it. */
gboolean sum_is_apart(const Flow *flow, const List *list, const Candidate *candidate);
gboolean sum_is_loose(const Flow *flow, const List *list, const Candidate *candidate);

/* The token of the share right behind a part; G_MAXUINT for none. */
guint sum_share_of(const Flow *flow, guint part);
gboolean sum_all_have_shares(const Flow *flow, const GArray *parts);
/* Each is a share of the total, and together they are more. */
gboolean sum_overlaps(const Flow *flow, const Candidate *candidate);
/* … and together they are less, as 其中 grants. */
gboolean sum_names_some(const Flow *flow, const List *list, const Candidate *candidate);
/* The share names what it is of, and that is not the total. */
gboolean sum_is_share_of_another(const Flow *flow, const Candidate *candidate, guint part,
                                 guint share);
/* PCT-04 and SUM-10 of the parts. */
void sum_relate_shares(Flow *flow, const Candidate *candidate, gboolean whole);
