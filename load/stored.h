/* Stored: the Documents that the archive keeps, so that other patterns need no PDF.
 *
 * To read everything again: for each of `archive_stored`, normalize the Document of
 * `archive_stored_xml` with what was given, and `archive_load` the Report with `again`. What
 * that changes is in the table `changes`, by run.
 */
#pragma once
#include "load/archive.h"

typedef struct {
    char *sha256, *file;
    Given given; /* what a manifest said when it came; owned */
} StoredDocument;

/* All that were read well, in the order in which they came. StoredDocument; free with
 * g_ptr_array_unref. */
GPtrArray *archive_stored(Archive *archive, GError **error);

/* The Document's XML, no longer compressed. */
GBytes *archive_stored_xml(Archive *archive, const char *sha256, GError **error);

/* How much a run changed. */
typedef struct {
    guint documents; /* with a change */
    guint facts_added, facts_removed, facts_changed;
    guint findings_added, findings_removed;
} RunChanges;

/* Of this run so far. */
gboolean archive_run_changes(Archive *archive, RunChanges *changes, GError **error);
