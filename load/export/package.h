/* Package: the tables of an archive as CSV, with a Frictionless description.
 *
 * Columns as in the archive, RFC 4180, UTF-8 with a byte order mark; exact numbers are text in the
 * archive and stay what they are. Bytes (document_xml, originals) are left out.
 */
#pragma once
#include "load/archive.h"

/* `folder` must exist. */
gboolean package_write(Archive *archive, const char *folder, const char *title, GError **error);
