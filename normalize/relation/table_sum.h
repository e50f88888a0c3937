/* TableSum: sums in the lanes of a table — down the columns or across the rows — as hypotheses
 * that are voted for by the lanes before any of them is believed.
 */
#pragma once
#include "normalize/relation/relation.h"
#include "normalize/relation/table_grid.h"

/* The lines of a table in which one sum is made many times: its columns, or, `across`, its rows. */
typedef struct {
    const TableGrid *grid;
    gboolean across;
    gboolean scores; /* scores, instead of amounts and counts */
    GArray *lanes;   /* guint: columns, or rows */
} Lanes;

typedef struct {
    guint at; /* row, or across column */
    int sign;
} Part;

typedef struct {
    guint total;   /* row, or across column */
    GArray *parts; /* Part */
} Sum;

typedef struct {
    guint holds, fails, open; /* open: the total or all parts are blank */
} Vote;

typedef enum { TRUST_NONE, TRUST_GUESS, TRUST_CERTAIN } Trust;

/* The figure at a place of a lane that may take part in a sum, or REPORT_NONE. */
guint lanes_fact(const Lanes *lanes, guint lane, guint at);

/* How many lanes the sum holds in. */
Vote sum_vote(const Lanes *lanes, const Sum *sum);

/* Every sum of the last k of `open` (Part), k from 1: gives the best k, or 0 where none is better
 * than `usual`, and its vote. */
guint sum_best_tail(const Lanes *lanes, guint total, const GArray *open, guint usual, Vote *vote);

/* Whether what the lanes say and what the words say make a sum. `decisive`: the words alone do. */
Trust vote_trust(const Vote *vote, gboolean decisive);

/* In how many lanes the parts are more than the total. */
guint sum_overflows(const Lanes *lanes, const Sum *sum);

/* Whether each lane holds, or would but for a slip of the hand in one of its figures. */
gboolean sum_is_slip(const Lanes *lanes, const Sum *sum);

/* Adds the relation of each lane. `name_of` gives the words of a row or column. */
typedef const char *(*NameOf)(gpointer data, guint at);
void sum_add(const Lanes *lanes, const Sum *sum, Trust trust, const char *rule, NameOf name_of,
             gpointer data);

Sum *sum_new(guint total);
void sum_free(Sum *sum);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sum, sum_free)
void sum_add_part(Sum *sum, guint at, int sign);
