#include "load/rows.h"
#include <stdarg.h>

typedef struct {
    char type;
    union {
        const char *text;
        gint64 integer;
        double real;
    };
} Value;

struct Rows {
    sqlite3_vtab table; /* first: SQLite's view of it */
    guint row, count;
    RowFunction function;
    gpointer data;
    Value values[ROWS_COLUMNS_MAX];
    guint given;
};

enum { TYPE_NULL = '\0' };

static Value null_or(Value value, gboolean null) {
    if (null)
        value.type = TYPE_NULL;
    return value;
}

static Value next_value(char type, va_list *arguments) {
    Value value = {.type = type};
    if (type == 's') {
        value.text = va_arg(*arguments, const char *);
        return null_or(value, value.text == NULL);
    }
    if (type == 'f' || type == 'c') {
        value.real = va_arg(*arguments, double);
        return null_or(value, type == 'c' && value.real < 0);
    }
    g_assert(type == 'i' || type == 'n' || type == 'k');
    if (type != 'n') {
        value.integer = va_arg(*arguments, gint64);
        return null_or(value, type == 'k' && value.integer == 0);
    }
    value.integer = va_arg(*arguments, guint);
    return null_or(value, value.integer == G_MAXUINT);
}

void rows_give(Rows *rows, const char *types, ...) {
    va_list arguments;
    va_start(arguments, types);
    for (rows->given = 0; types[rows->given] != '\0'; rows->given++) {
        g_assert(rows->given < ROWS_COLUMNS_MAX);
        rows->values[rows->given] = next_value(types[rows->given], &arguments);
    }
    va_end(arguments);
}

static void draw(Rows *rows) {
    rows->given = 0;
    if (rows->row < rows->count)
        rows->function(rows, rows->row, rows->data);
}

static int table_connect(sqlite3 *db, void *context, int argc, const char *const *argv,
                         sqlite3_vtab **table, char **message) {
    (void)argc, (void)argv, (void)message;
    Archive *archive = context;
    archive->rows = g_new0(Rows, 1);
    *table = &archive->rows->table;
    sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    return sqlite3_declare_vtab(
        db, "CREATE TABLE drawn(c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, "
            "c16, c17, c18, c19, c20, c21, c22, c23, c24, c25, c26)");
}

static int table_disconnect(sqlite3_vtab *table) {
    g_free(table);
    return SQLITE_OK;
}

static int table_plan(sqlite3_vtab *table, sqlite3_index_info *plan) {
    (void)table;
    plan->estimatedCost = 1;
    return SQLITE_OK;
}

static int cursor_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor) {
    (void)table;
    *cursor = g_new0(sqlite3_vtab_cursor, 1);
    return SQLITE_OK;
}

static int cursor_close(sqlite3_vtab_cursor *cursor) {
    g_free(cursor);
    return SQLITE_OK;
}

static Rows *rows_of(sqlite3_vtab_cursor *cursor) { return (Rows *)cursor->pVtab; }

static int cursor_start(sqlite3_vtab_cursor *cursor, int plan, const char *name, int argc,
                        sqlite3_value **argv) {
    (void)plan, (void)name, (void)argc, (void)argv;
    Rows *rows = rows_of(cursor);
    rows->row = 0;
    draw(rows);
    return SQLITE_OK;
}

static int cursor_next(sqlite3_vtab_cursor *cursor) {
    Rows *rows = rows_of(cursor);
    rows->row++;
    draw(rows);
    return SQLITE_OK;
}

static int cursor_at_end(sqlite3_vtab_cursor *cursor) {
    const Rows *rows = rows_of(cursor);
    return rows->row >= rows->count;
}

static int cursor_column(sqlite3_vtab_cursor *cursor, sqlite3_context *result, int column) {
    const Rows *rows = rows_of(cursor);
    const Value *value = &rows->values[column];
    if ((guint)column >= rows->given || value->type == TYPE_NULL)
        sqlite3_result_null(result);
    else if (value->type == 's')
        sqlite3_result_text(result, value->text, -1, SQLITE_STATIC);
    else if (value->type == 'f' || value->type == 'c')
        sqlite3_result_double(result, value->real);
    else
        sqlite3_result_int64(result, value->integer);
    return SQLITE_OK;
}

static int cursor_key(sqlite3_vtab_cursor *cursor, sqlite3_int64 *key) {
    *key = rows_of(cursor)->row;
    return SQLITE_OK;
}

gboolean rows_register(Archive *archive, GError **error) {
    /* Without xCreate it is there by itself, and nobody can make another one. */
    static const sqlite3_module MODULE = {.xConnect = table_connect,
                                          .xDisconnect = table_disconnect,
                                          .xBestIndex = table_plan,
                                          .xOpen = cursor_open,
                                          .xClose = cursor_close,
                                          .xFilter = cursor_start,
                                          .xNext = cursor_next,
                                          .xEof = cursor_at_end,
                                          .xColumn = cursor_column,
                                          .xRowid = cursor_key};
    return sqlite3_create_module(archive->db, "drawn", &MODULE, archive) == SQLITE_OK ||
           archive_fail(archive, "drawn", error);
}

gboolean archive_insert_rows(Archive *archive, GError **error, const char *sql, guint n,
                             RowFunction function, gpointer data) {
    if (n == 0)
        return TRUE;
    sqlite3_stmt *insert = archive_statement(archive, sql, error);
    if (insert == NULL)
        return FALSE;
    archive->rows->count = n;
    archive->rows->function = function;
    archive->rows->data = data;
    return archive_run_statement(archive, insert, error);
}

gboolean archive_next_key(Archive *archive, GError **error, const char *sql, gint64 *key) {
    if (!archive_lookup(archive, error, key, 0, sql, ""))
        return FALSE;
    ++*key;
    return TRUE;
}
