/* Rows: many rows for one INSERT, drawn one by one while SQLite runs it.
 *
 * Running a statement anew for each row costs as much again as writing the row. Here one statement
 * selects from the table-valued `drawn`, whose columns are c1, c2 …:
 *
 *   INSERT INTO check_facts(…) SELECT c1, c2, c3, c4 FROM drawn
 *
 * Where the columns are named in the table's order SQLite writes them from where they were drawn.
 * `drawn` exists on this connection only and is no part of the schema.
 */
#pragma once
#include "load/database.h"

enum { ROWS_COLUMNS_MAX = 26 };

typedef struct Rows Rows;

/* Gives the next row by one call of `rows_give`; called once for each row, in order. */
typedef void (*RowFunction)(Rows *rows, guint row, gpointer data);

/* Types as those of `statement_bind`, but for bytes, and: k gint64 key where 0 is NULL, c double
 * where a negative one is NULL. Columns that are not given are NULL. Texts must live until the next
 * row is asked for. */
void rows_give(Rows *rows, const char *types, ...);

/* Runs `sql`, a literal, with `n` rows; 0: does nothing. */
gboolean archive_insert_rows(Archive *archive, GError **error, const char *sql, guint n,
                             RowFunction function, gpointer data);

/* The key that SQLite would give to the next row; `sql` selects the greatest there is. */
gboolean archive_next_key(Archive *archive, GError **error, const char *sql, gint64 *key);

/* Makes `drawn` known to the connection. */
gboolean rows_register(Archive *archive, GError **error);
