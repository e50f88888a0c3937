/* Output: the rows of a query on standard output, as a table for people, CSV or JSON. */
#pragma once
#include "load/query.h"

typedef enum { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON } Format;

/* NULL is the table. */
gboolean format_parse(const char *name, Format *format);

/* Called for each row after it was printed; may be NULL. */
typedef void (*RowSeen)(const Query *query, gpointer data);

/* Prints all rows; FALSE with a line on standard error where that fails. The table leaves out
 * columns of JSON, shows what is not printable escaped — one row, one line — and has headings on a
 * terminal. */
gboolean output_print(Query *query, Format format, RowSeen seen, gpointer data);

/* A word of the archive (error, suspected, open …) in the language of the reader. */
const char *output_word(const char *value);

/* The word of the archive that a reader means who writes it in the language of the reader; others
 * and NULL stay as they are. */
const char *output_word_meant(const char *word);
