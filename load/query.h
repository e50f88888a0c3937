/* Query: rows of the archive for commands and exports, one at a time, memory flat.
 *
 * A column's name may end in what its text is: `difference:decimal` is an exact number as text,
 * `facts:json` is JSON. The suffix is not part of the name that readers see.
 */
#pragma once
#include "load/archive.h"

typedef struct Query Query;

typedef enum {
    VALUE_NULL,
    VALUE_TEXT,
    VALUE_INTEGER,
    VALUE_REAL,
    VALUE_DECIMAL, /* an exact number, as text */
    VALUE_JSON,
} ValueKind;

Query *archive_query(Archive *archive, const char *sql, GError **error);
void query_free(Query *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Query, query_free)

/* Parameters by name, “:year”; one that the SQL does not have is ignored. NULL is NULL. */
void query_bind_text(Query *query, const char *parameter, const char *value);
void query_bind_integer(Query *query, const char *parameter, gint64 value);

/* Back to the first row, with the parameters as they are bound. */
void query_restart(Query *query);

/* TRUE on a row; FALSE at the end, or with `error` set. */
gboolean query_next(Query *query, GError **error);

int query_columns(const Query *query);
const char *query_name(const Query *query, int column);

/* Of the row at hand; text is valid until the next row, NULL where it is NULL. */
ValueKind query_kind(const Query *query, int column);
const char *query_text(const Query *query, int column);
gint64 query_integer(const Query *query, int column);
GBytes *query_blob(const Query *query, int column);
