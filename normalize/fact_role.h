/* Roles that the words of a figure tell by themselves: what an indicator weighs, earned or lost, a
 * rate, a change, a budget and what was spent of it. */
#pragma once
#include "normalize/patterns.h"
#include "normalize/report.h"

/* Gives a role to every fact that no relation gave one: relations know more. */
void facts_give_roles(Report *report, const Patterns *patterns);
