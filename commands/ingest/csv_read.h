/* CSV as RFC 4180 has it and as spreadsheets write it, read whole: records of fields, quotes
 * undone.
 *
 * UTF-8 with or without mark, UTF-16 with mark, else GB 18030; fields stand between commas, tabs or
 * semicolons, whichever the first line has most of; lines end as they like.
 */
#pragma once
#include <glib.h>

enum { CSV_BYTES_MAX = 64 << 20 };

typedef struct {
    guint line;        /* that it begins on, from 1 */
    GPtrArray *fields; /* char *, owned, without white space around */
} CsvRecord;

/* Records with at least one field that is not empty, at least one, no longer than the first; free with g_ptr_array_unref.
 * What is wrong is said with file and line. */
GPtrArray *csv_read(const char *path, GError **error);

/* Says what is wrong in a line; FALSE. */
gboolean csv_fail(GError **error, const char *path, guint line, const char *reason);

/* 2021 as people and programs write it: 2021年, 2021年度, ２０２１, 2021.0. */
gboolean csv_year(const char *text, int *year);
