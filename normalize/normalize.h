/* normalize: a Document → a Report.
 *
 * The stage's one entry: reads facts out of the document by the patterns, finds their relations
 * and applies every rule that one report can decide.
 */
#pragma once
#include "normalize/patterns.h"
#include "normalize/report.h"

/* What a manifest says of a report; overrides what is read from it. NULL or 0: not said. */
typedef struct {
    const char *department;
    int year;
    const char *doc_type;
    const char *subject;
} Identity;

/* Takes the document. `identity` may be NULL. */
Report *normalize_document(Document *document, const Patterns *patterns, const Identity *identity,
                           GError **error);
