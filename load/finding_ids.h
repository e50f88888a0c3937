/* FindingIds: a finding that is made anew is the same row as before.
 *
 * Findings are deleted and written again when a report is read again, and those between reports
 * whenever one of them changes. People speak of them by their ids, so what has the same fingerprint
 * in the same document gets back its id. Within one transaction.
 */
#pragma once
#include "load/archive.h"

/* Before they are deleted: of all rules, or of one. */
gboolean finding_ids_remember(Archive *archive, gint64 document, const char *rule, GError **error);

/* The id for a finding that is about to be written: each of those remembered once, else a new one.
 */
gboolean finding_ids_take(Archive *archive, gint64 document, const char *fingerprint, gint64 *id,
                          GError **error);

/* At the end of a transaction. */
void finding_ids_forget(Archive *archive);
