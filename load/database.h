/* Database: the archive's connection and its prepared statements, for the files of `load/`. */
#pragma once
#include "load/archive.h"
#include <sqlite3.h>

struct Archive {
    sqlite3 *db;
    char *uri;              /* NULL where it was opened by its path */
    GHashTable *statements; /* address of the SQL text → sqlite3_stmt, prepared once */
    gint64 run;             /* id of the run, 0 before archive_run_start */
    guint loaded, failed, unchanged;
    GHashTable *dirty; /* ids (gint64) of documents that this transaction wrote or may have moved */
    GHashTable *content;     /* of those whose facts, findings or place among versions are others */
    GHashTable *words;       /* ids of documents → GString: to be indexed before the commit */
    gsize words_bytes;       /* of all of them */
    GHashTable *finding_ids; /* see load/finding_ids.h */
    gint64 next_finding;     /* id of the next new finding; 0: not known */
    GHashTable *rules;       /* ids of rules that have their row */
    struct Rows *rows;       /* see load/rows.h; the connection's */
};

/* A prepared statement, reset and without bindings; NULL with `error` set. Owned by the archive.
 * `sql` is a literal: statements are found by its address. */
sqlite3_stmt *archive_statement(Archive *archive, const char *sql, GError **error);

/* Binds by position from 1: s text (NULL is NULL), i gint64, n guint where G_MAXUINT is NULL,
 * f double, b GBytes (NULL is NULL). Texts and bytes must live until the statement has run. */
void statement_bind(sqlite3_stmt *statement, const char *types, ...);

/* Runs a statement that gives no rows. */
gboolean archive_run_statement(Archive *archive, sqlite3_stmt *statement, GError **error);

/* archive_statement, statement_bind and archive_run_statement in one. */
gboolean archive_execute(Archive *archive, GError **error, const char *sql, const char *types, ...);

/* The first column of the first row as an integer; `missing` where there is no row or NULL. */
gboolean archive_lookup(Archive *archive, GError **error, gint64 *result, gint64 missing,
                        const char *sql, const char *types, ...);

/* Text of a column of the row at hand, copied; NULL is NULL. */
char *statement_text(sqlite3_stmt *statement, int column);

/* TRUE on a row, FALSE at the end or with `error` set. */
gboolean statement_row(Archive *archive, sqlite3_stmt *statement, GError **error);

gboolean archive_fail(Archive *archive, const char *what, GError **error);

/* Whether SQLite looks at each reference that is written, as it does unless told otherwise; also
 * within a transaction, and then all statements are prepared anew. To be switched off only for rows
 * that refer to rows which the same load has just written, and before which nothing is deleted: it
 * took as long as writing the rows. */
void archive_enforce_references(Archive *archive, gboolean enforced);

/* Something of the document is another: `archive_commit` looks at what depends on it. */
void archive_mark_dirty(Archive *archive, gint64 document);

/* Its facts and findings are: what it changes against other versions is made anew. */
void archive_mark_content(Archive *archive, gint64 document);

/* UTC, ISO 8601 to the second. */
char *timestamp_now(void);
