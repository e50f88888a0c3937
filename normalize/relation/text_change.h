/* Changes: the figures that one change of running text ties together, and which they are.
 *
 *   全年执行数 12306.45 万元，比上年的 11890.30 万元增加 416.15 万元，增长 3.5%
 *             └ this ┘               └ last ┘          └change┘      └rate┘
 *
 * Tokens; G_MAXUINT for one that is not there.
 */
#pragma once
#include "normalize/relation/text_relation.h"

typedef struct {
    guint this, last, change, rate; /* tokens; G_MAXUINT for none */
    gboolean guessed;               /* which figure changed is only told by a slip */
} Growth;

gboolean change_is(const Flow *flow, guint i);
gboolean change_ends_group(const Flow *flow, guint i);
int change_sign(const Flow *flow, guint i);

/* The figure that changed: before the change in its group, … */
guint change_find_this(const Flow *flow, guint i, FigureKind kind);
/* … in the sentence before, where the change names it, … */
guint change_find_named(const Flow *flow, guint i);
/* … the whole of what stands beside it, where the rate or the name says so, … */
guint change_find_whole(const Flow *flow, guint i, guint rate, guint nearest);
/* … or any of the paragraph that the change fits, exactly or but for a slip. */
guint change_find_fitting(const Flow *flow, const Growth *growth, gboolean nearly);
/* What it is compared with. */
guint change_find_last(const Flow *flow, guint i, guint this);

/* Begins a relation of the figures that are there; adds one of them. */
guint change_begin(Flow *flow, const char *rule, const Growth *growth);
void change_add(Flow *flow, guint relation, guint token, const char *role);

/* Compared with a plan and no year: 比年初预算增加, 比目标多. */
gboolean change_is_of_plan(const Flow *flow, guint i);
/* What is left of a plan, or beats it: BAL-05, YOY-01, and its share of the plan. */
void change_relate_to_plan(Flow *flow, TextReading *reading, const Growth *growth);
