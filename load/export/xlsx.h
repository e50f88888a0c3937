/* XLSX: the sheets as one workbook. The one place of libxlsxwriter.
 *
 * The first row is frozen, filtered and repeated on every printed page; columns are as wide as
 * their text. Exact numbers are numbers (text beyond the 15 digits that a spreadsheet keeps); all
 * text is text: no formulas, no links. Memory is flat; what a sheet cannot hold goes on in another.
 */
#pragma once
#include "load/archive.h"

gboolean export_xlsx(Archive *archive, const char *file, int year, GError **error);
