#include "normalize/normalize.h"
#include "normalize/check/check.h"
#include "normalize/fact.h"
#include "normalize/fact_role.h"
#include "normalize/identity.h"
#include "normalize/relation/relation.h"
#include "normalize/section.h"

Report *normalize_document(Document *document, const Patterns *patterns, const Identity *identity,
                           GError **error) {
    g_autoptr(Report) report = report_new(document);
    g_array_set_size(report->tables, document->tables->len);
    report->patterns = report_string(report, patterns_hash(patterns));
    identity_read(report, patterns, identity);
    sections_read(report);
    identity_refine(report, patterns);
    facts_read(report, patterns);
    relate_text(report, patterns);
    relate_tables(report, patterns);
    facts_give_roles(report, patterns);
    return check_report(report, patterns, error) ? g_steal_pointer(&report) : NULL;
}
