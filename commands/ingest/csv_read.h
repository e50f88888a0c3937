/* CSV as RFC 4180 has it, read whole: records of fields, quotes undone. */
#pragma once
#include <glib.h>

typedef struct {
    guint line;        /* that it begins on, from 1 */
    GPtrArray *fields; /* char *, owned */
} CsvRecord;

/* Records with at least one field that is not empty; free with g_ptr_array_unref. NULL with the
 * line of a quote that never ends. `text` ends with NUL. */
GPtrArray *csv_read(const char *text, guint *bad_line);
