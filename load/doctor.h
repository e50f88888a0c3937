/* Doctor: whether an archive is whole. */
#pragma once
#include "load/archive.h"

/* Called for each examination; `trouble` NULL: all is well. */
typedef void (*Examined)(const char *name, const char *trouble, gpointer data);

/* SQLite's own integrity_check and foreign_key_check, the full-text index, what is counted beside
 * what is there, versions, and documents that were loaded before their text was kept. Reads only,
 * but for the check of the index. FALSE where the archive cannot be read at all. */
gboolean archive_examine(Archive *archive, Examined examined, gpointer data, GError **error);
