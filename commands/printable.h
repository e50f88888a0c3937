/* Printable: foreign text — file names, messages — as one harmless line of a terminal or a log. */
#pragma once
#include <glib.h>

/* A copy in which control characters, characters that turn the direction of writing, line and
 * paragraph separators, and bytes that are no UTF-8 are written as \x1b or \u{202e}. Text without
 * any of these is copied as it is. */
char *printable_text(const char *text);

/* Columns that `text` takes on a terminal: two for a Han character. */
guint printable_width(const char *text);
