/* Stream: the whole of a file, or of standard input, with a limit. */
#pragma once
#include <glib.h>

/* Larger inputs are refused: a Report of 20,000 pages stays below it. */
enum { STREAM_BYTES_MAX = 1024 * 1024 * 1024 };

/* `path` NULL or “-” is standard input. */
GBytes *stream_read(const char *path, GError **error);

/* Writes all of `text` to standard output; FALSE where it cannot, which the end of the program
 * says. */
gboolean stream_print(const GString *text);
