/* Identity: what makes two findings the same finding, and two documents versions of one. */
#pragma once
#include "load/archive.h"

/* The same for the same finding in a later run or version: rule, department, year, type, subject
 * and the labels, sections and values of its facts; not pages, not ids. Hex. */
char *finding_fingerprint(const Report *report, const Finding *finding);

/* Gives the document its version and supersedes the earlier one of the same department, year,
 * type and subject, where none of these is unknown or guessed. */
gboolean document_supersede(Archive *archive, gint64 document, GError **error);
