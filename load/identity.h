/* Identity: what makes two findings the same finding, and two documents versions of one. */
#pragma once
#include "load/archive.h"

/* The same for the same finding in a later run or version: rule, department, year, type, subject
 * and the labels, sections' titles and values of its facts; not pages, not ids. Hex. */
char *finding_fingerprint(const Report *report, const Finding *finding);

/* Numbers the versions of the same report as this document is, by run, path and hash, each
 * superseded by the next; where the document's identity is unknown or guessed it stands alone.
 * Those whose place is another are marked (archive_mark_content). */
gboolean document_number_versions(Archive *archive, gint64 document, GError **error);
