/* Year copy: an archive of one year, in a file of its own.
 *
 * It holds the documents of the year, every version, and those of other years that findings of the
 * year refer to; with all of their rows, the registry, the rules and the decisions. It is one file
 * without a journal beside it (VACUUM INTO), readable like the archive itself.
 */
#pragma once
#include "load/archive.h"

/* `file` must not exist; a scratch file beside it is used and removed. */
gboolean archive_copy_year(Archive *archive, int year, const char *file, GError **error);
