/* What `gouji parse --facts` does. */
#pragma once
#include "normalize/patterns.h"

/* Reads standard input; a line is a paragraph, one that “# ” begins the report's title. Prints the
 * report's family, type, department and year, if its title tells them, then a line for each fact:
 * raw, kind, value, unit, label, concept, role, period, with tabs between. */
gboolean parse_facts(const Patterns *patterns, GError **error);
