/* Names: the figures of a whole text by what they are called, to find what a figure far away is
 * held against: the whole of a share, the plan of a result. Lists are lent.
 */
#pragma once
#include "normalize/relation/flow.h"

typedef struct Names Names;

Names *names_new(const Clues *clues); /* lent */
void names_free(Names *names);

/* Notes the amounts and counts of a flow. */
void names_collect(Names *names, const Flow *flow);

/* What the sentence of a figure says that its figures are of, by name alone: 【基本支出】中，…,
 * 【基本支出】主要包括…; NULL where it does not. The caller frees it. */
char *names_head(const Flow *flow, guint token);

/* What the words name beyond 预算, 支出 and the department itself: 资助 of 资助预算. The caller frees
 * it. */
char *names_own(const Flow *flow, const char *words);

/* Whether the sentence of the figure begins, before all figures, with money that has a name of its
 * own: 县级配套资金未足额到位，应到位 750 万元. */
gboolean names_lead_is_fund(const Flow *flow, guint token);

/* 市级公益金安排项目 31 个，支出 4862 万元: the words of the figure name nothing of their own, but
 * its label has what they belong to. */
gboolean names_label_adds(const Flow *flow, guint token);

/* A plan: its own words say so, those of its sentence up to it, or its heading. */
gboolean names_is_plan(const Flow *flow, guint token);

/* Each gives an array of facts, or NULL. */
const GArray *names_called(const Names *names, const char *words); /* 支出总额: 本年支出 too */
const GArray *names_like(const Names *names,
                         guint fact); /* of its name and unit, itself among them */
const GArray *names_alike(const Names *names,
                          guint fact); /* of its unit and the end of its label, itself too */
const GArray *names_counted(const Names *names, const char *unit); /* all of the unit */
const GArray *names_planned(const Names *names, const char *unit); /* plans, targets, tasks */
