/* Lists of figures in running text: what introduces them, how they are cut into items.
 *
 *   共 120 万元。其中甲局 2 个：1. … 80 万元，2. … 25 万元；乙中心 1 个：… 15 万元。
 *              introducer      items by marker              items by ；
 *
 * An introducer (其中, 包括, a colon …) stands between the total and its parts. What follows it is
 * cut at its list markers, else at ；, else every figure is an item.
 */
#pragma once
#include "normalize/relation/flow.h"

typedef struct {
    guint first, end; /* tokens */
} Run;

typedef struct {
    guint after;     /* token of the figure before the introducer */
    guint item;      /* token of the first item */
    gboolean some;   /* 其中: may name some parts only */
    gboolean colon;  /* ends in a colon */
    gboolean within; /* 总支出中：, in a sentence of its own: the total must have this name */
    gboolean listed; /* words say that all of the list follows */
} Introducer;

/* Whether an introducer stands between token `i` and the next figure or marker. */
gboolean introducer_read(const Flow *flow, guint i, Run run, Introducer *introducer);

typedef enum { SPLIT_MARKERS, SPLIT_GROUPS, SPLIT_FIGURES } Split;

/* Cuts what follows the introducer into items (Run); gives how, and where the list ends. */
Split list_split(const Flow *flow, guint first, guint end, FigureKind kind, GArray *items,
                 guint *list_end);

/* A figure and, right behind it, a colon: the head of a group (N 个：). */
gboolean list_has_group_head(const Flow *flow, Run run);
