/* Database: the archive's connection and its prepared statements, for the files of `load/`. */
#pragma once
#include "load/archive.h"
#include <sqlite3.h>

struct Archive {
    sqlite3 *db;
    GHashTable *statements; /* SQL text → sqlite3_stmt, prepared once */
    gint64 run;             /* id of the run, 0 before archive_run_start */
    guint loaded, failed, unchanged;
};

/* A prepared statement, reset and without bindings; NULL with `error` set. Owned by the archive. */
sqlite3_stmt *archive_statement(Archive *archive, const char *sql, GError **error);

/* Binds by position from 1: s text (NULL is NULL), i gint64, n guint where G_MAXUINT is NULL,
 * f double, b GBytes (NULL is NULL). */
void statement_bind(sqlite3_stmt *statement, const char *types, ...);

/* Runs a statement that gives no rows. */
gboolean archive_run_statement(Archive *archive, sqlite3_stmt *statement, GError **error);

/* archive_statement, statement_bind and archive_run_statement in one. */
gboolean archive_execute(Archive *archive, GError **error, const char *sql, const char *types, ...);

/* TRUE on a row, FALSE at the end or with `error` set. */
gboolean statement_row(Archive *archive, sqlite3_stmt *statement, GError **error);

gboolean archive_fail(Archive *archive, const char *what, GError **error);

/* UTC, ISO 8601 to the second. */
char *timestamp_now(void);
