/* Reviews: what people decided about findings. Kept by fingerprint, so that the decision holds for
 * the same finding in every later run and version. */
#pragma once
#include "load/archive.h"

/* `finding`: its number, or the first eight or more digits of its fingerprint. `reviewer` and
 * `note` as people write them. A transaction of its own. */
gboolean archive_review(Archive *archive, const char *finding, const char *status, const char *note,
                        const char *reviewer, GError **error);

/* open, confirmed, explained, corrected or dismissed */
gboolean review_status_valid(const char *status);
