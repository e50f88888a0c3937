/* Between: the rules that need more than one report (group 11 of the catalogue).
 *
 * What a rule compares are parameters of the patterns, kept in `rule_parameters`: `compare` names
 * the way (equal, any, forms, summary, text, file, targets), the others select facts and reports.
 * Outcomes and findings are rows like those of one report; a finding holds facts of both documents,
 * and the other documents are in `finding_documents`. Figures are compared by their envelopes, half
 * a unit of the last printed place, as everywhere.
 */
#pragma once
#include "load/database.h"
#include "normalize/decimal.h"

typedef struct {
    char *id, *severity;
    GPtrArray *names, *values; /* parameters, in order */
} BetweenRule;

/* A document that takes part. */
typedef struct {
    gint64 id;
    char *department, *key, *doc_type, *subject, *inferred;
    int year;
} Party;

/* A figure as it is compared. */
typedef struct {
    gint64 fact;
    char *label, *raw, *value, *unit, *printed_unit, *section, *concept;
    Decimal number,
        half; /* half a unit of the last printed place; 0: counts and scores are exact */
    int unit_power;
    gint64 page;
    gboolean recognised;
} Operand;

typedef struct {
    Archive *archive;
    const BetweenRule *rule;
    const Party *party; /* whose report it is */
    GError **error;
} Between;

GPtrArray *between_rules_read(Archive *archive, GError **error); /* BetweenRule */

/* Applies all rules to one document, in place of what stands there. */
gboolean between_check(Archive *archive, const GPtrArray *rules, gint64 document, GError **error);

/* The first value of a parameter, or `otherwise`. */
const char *between_parameter(const BetweenRule *rule, const char *name, const char *otherwise);

void operand_clear(gpointer operand);

/* Rows of SELECT id, department, key, doc_type, subject, inferred, year …; rows of OPERAND_COLUMNS.
 */
GArray *parties_read(Between *between, sqlite3_stmt *select);

/* The newest reports of our department and subject, of the rule's other type and year. */
GArray *between_others(Between *between);
GArray *operands_read(Between *between, sqlite3_stmt *select);
#define PARTY_COLUMNS                                                                              \
    "d.id, d.department, coalesce(d.department_code, d.department), d.doc_type, d.subject, "       \
    "d.inferred, d.year "
#define OPERAND_COLUMNS                                                                            \
    "f.id, f.label, f.raw, f.value, f.unit, f.printed_unit, f.section, f.decimals, "               \
    "coalesce(f.unit_power, 0), f.page, f.source = 'ocr', f.kind IN ('score', 'count'), "          \
    "f.concept "

/* How two figures agree: pass, rounding or fail; `difference` is ours − theirs. */
Outcome operands_agree(const Operand *ours, const Operand *theirs, Decimal *difference,
                       Decimal *envelope);

/* What a rule found. */
typedef struct {
    gboolean suspected;
    const char *message, *explanation, *evidence;
    const Operand *ours, *theirs; /* or NULL */
    const GArray *more;           /* Operand: further parts; or NULL */
    const char *expected, *actual, *difference, *envelope, *unit;
    gint64 page;
    const Party *others;
    guint others_count;
} BetweenFinding;

gboolean between_write_finding(Between *between, const BetweenFinding *finding);
gboolean between_write_check(Between *between, Outcome outcome, const char *reason,
                             const Operand *ours, const Operand *theirs);

/* The ways to compare. */
gboolean between_equal(Between *between);
gboolean between_any(Between *between);
gboolean between_forms(Between *between);
gboolean between_summary(Between *between);
gboolean between_text(Between *between);
gboolean between_file(Between *between);
gboolean between_targets(Between *between);

/* A failed comparison of two figures. */
gboolean between_fail(Between *between, const Operand *ours, const Operand *theirs,
                      const Party *other, gboolean suspected);
