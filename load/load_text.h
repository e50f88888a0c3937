/* The search index of a document whose rows are there. */
#pragma once
#include "load/archive.h"

gboolean index_document(Archive *archive, gint64 document, GError **error);
