/* check: evaluates every relation of a report, and the rules that need no relation.
 *
 * Appends a Check for each application of a rule (pass, rounding, fail, not_checkable with its
 * reason) and a Finding for each cause of a failure. Nothing else in the report is changed.
 */
#pragma once
#include "normalize/patterns.h"
#include "normalize/report.h"

gboolean check_report(Report *report, const Patterns *patterns, GError **error);
