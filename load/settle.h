/* Settle: what depends on several documents, brought up to date before each commit.
 *
 * Versions of the same report, what a new version changes, and the rules between reports. All are
 * made from what is in the archive, not from the order in which it came: the documents of one run
 * are ordered by path, then by hash.
 */
#pragma once
#include "load/archive.h"

gboolean archive_settle(Archive *archive, GError **error);

/* The rules between reports, for all documents of a year (0: all). In a transaction. */
gboolean archive_check(Archive *archive, int year, GError **error);

/* How the rules between reports ended, by Outcome. */
gboolean archive_count_between(Archive *archive, int year, guint *outcomes, GError **error);

/* Before a document's identity or content changes: what depended on it is looked at again. */
gboolean settle_forget(Archive *archive, gint64 document, GError **error);
