/* Examination: a report under the rules that read the report itself, not its relations.
 *
 * Holds what they share — the script, the score tables — and writes down what they find: a check
 * for each application of a rule, a finding for each cause.
 */
#pragma once
#include "normalize/check/indicator.h"
#include "normalize/check/script.h"

typedef struct {
    Report *report;
    const Patterns *patterns;
    Script *script;
    Indicators *indicators; /* rows of score tables */
} Examination;

/* Runs every rule whose kind reads the report itself. */
void examination_run(Report *report, const Patterns *patterns);

/* Outcomes. `reason` is Chinese. */
void examination_pass(Examination *examination, const Rule *rule);
void examination_leave(Examination *examination, const Rule *rule, const char *reason);
/* A failed check and its finding; returns the finding's index. `place` gives the evidence. */
guint examination_fail(Examination *examination, const Rule *rule, Certainty certainty, Span place,
                       const char *message);
/* Adds a fact to the check that was made last and, where it failed, to its finding. */
void examination_add(Examination *examination, guint fact, const char *role);

/* Whether the fact states a total score out of 100, and the first that does; REPORT_NONE. */
gboolean examination_is_total_score(const Examination *examination, guint fact);
guint examination_total_score(const Examination *examination);

/* What was found in several places and is one cause. */
typedef struct {
    GArray *places; /* Span */
} Evidence;
Evidence evidence_new(void);
void evidence_add(Evidence *evidence, Span place);
void evidence_sort(Evidence *evidence); /* by place; what lies in another goes */
void evidence_clear(Evidence *evidence);

/* Fails with all the evidence — the rule's `says`, {} for the evidence and its pages — or passes
 * where there is none. */
void examination_judge(Examination *examination, const Rule *rule, const Evidence *evidence);

/* The rule's `says` with `evidence` for {}, the report's year for {year} and its department for
 * {department}; the caller frees it. */
char *examination_say(const Examination *examination, const Rule *rule, const char *evidence);
/* “增加（减少）”（第3页）; quotes within quotes are single, and come in pairs. */
void examination_quote(const Examination *examination, GString *text, Span place);

/* Whether a title above the passage, or its own, matches one of `outside`. */
gboolean examination_outside(const Examination *examination, const Rule *rule, guint passage);
