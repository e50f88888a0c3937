/* Labels: what the figures of running text count or measure, for which period, and whose they are.
 *
 * A labeller walks the quantities of one Prose in their order and remembers what the clauses
 * before were about. It reads words only; values are not looked at.
 */
#pragma once
#include "normalize/prose.h"
#include "normalize/wording.h"

typedef struct Labeller Labeller;

/* What is known of one quantity. Strings belong to the labeller until its next call. */
typedef struct {
    const GPtrArray *names; /* char *: one, or one for each noun that shares the figure */
    const char *subject;    /* the noun that governs it, or NULL */
    const char *entity;     /* whose figure, or NULL: the report's own */
    const char *period;     /* explicit: “2020”, “2021-06”; or NULL */
    int years;              /* relative to the report's year, where `relative` */
    gboolean relative;
    gboolean placing; /* ordinals: a placing, not a name */
} Label;

Labeller *labeller_new(const Wording *wording);
void labeller_free(Labeller *labeller);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Labeller, labeller_free)

/* Begins a new run; `subject` is what it is about before it says so (a list's head), or NULL. */
void labeller_start(Labeller *labeller, const Prose *prose, const char *subject);

void labeller_read(Labeller *labeller, guint quantity, Label *label);

/* Where the clause of the quantity begins and where what follows it ends. */
guint clause_start(const Prose *prose, guint at);
guint clause_end(const Prose *prose, guint at);
guint sentence_start(const Prose *prose, guint at);
