/* CSV: RFC 4180, UTF-8 with a byte order mark, safe to open in a spreadsheet.
 *
 * Text that a spreadsheet would take for a formula gets an apostrophe before it; our own numbers
 * stay numbers.
 */
#pragma once
#include "load/query.h"

#define CSV_START "\xEF\xBB\xBF"

/* One field, without comma; `number`: printed by us, not by a report. */
void csv_append_field(GString *line, const char *text, gboolean number);

/* The heading and the row at hand, each with its line end. */
void csv_append_heading(GString *line, const Query *query);
void csv_append_row(GString *line, const Query *query);
