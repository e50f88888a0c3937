/* Changes: what another version or another reading of a report changed in its facts and findings.
 */
#pragma once
#include "load/archive.h"

/* The facts and findings of a document at one time, as they are compared. */
typedef struct Snapshot Snapshot;
Snapshot *snapshot_read(Archive *archive, gint64 document, GError **error);
void snapshot_free(Snapshot *snapshot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Snapshot, snapshot_free)

/* Rows of `changes`; `previous` 0: the same document, read again. */
gboolean changes_write(Archive *archive, gint64 document, gint64 previous, const Snapshot *before,
                       const Snapshot *after, GError **error);

/* The changes from the version before, made anew. */
gboolean changes_between_versions(Archive *archive, gint64 document, GError **error);
