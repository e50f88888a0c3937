/* The whole archive as one JSON text: the same inputs give the same bytes, whatever the order in
 * which they came and the number of jobs. It has no keys of rows, no times and no runs; documents
 * stand by department, year, type, subject and hash, and refer to each other by their hash, to
 * their facts by position. */
#pragma once
#include "load/query.h"
#include <gio/gio.h>

gboolean export_json(Archive *archive, GOutputStream *stream, int year, GError **error);
