/* The rules of the patterns, as rows of the archive: what findings and checks refer to. */
#pragma once
#include "load/archive.h"
#include "normalize/patterns.h"

/* In a transaction of its own. */
gboolean archive_rules_put(Archive *archive, const Patterns *patterns, GError **error);
