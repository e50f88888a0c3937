#include "load/query.h"
#include "load/database.h"
#include <glib/gi18n.h>
#include <string.h>

struct Query {
    Archive *archive;
    sqlite3_stmt *statement;
    GPtrArray *names; /* without suffixes */
    GArray *declared; /* ValueKind: VALUE_NULL where SQLite's own type decides */
};

static ValueKind declared_kind(const char *suffix) {
    if (suffix == NULL)
        return VALUE_NULL;
    g_assert(g_str_equal(suffix, ":decimal") || g_str_equal(suffix, ":json"));
    return g_str_equal(suffix, ":json") ? VALUE_JSON : VALUE_DECIMAL;
}

Query *archive_query(Archive *archive, const char *sql, GError **error) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(archive->db, sql, -1, &statement, NULL) != SQLITE_OK) {
        archive_fail(archive, _("reading the archive"), error);
        return NULL;
    }
    Query *query = g_new0(Query, 1);
    query->archive = archive;
    query->statement = statement;
    query->names = g_ptr_array_new_with_free_func(g_free);
    query->declared = g_array_new(FALSE, FALSE, sizeof(ValueKind));
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        const char *name = sqlite3_column_name(statement, i);
        const char *suffix = strchr(name, ':');
        ValueKind kind = declared_kind(suffix);
        g_ptr_array_add(query->names,
                        suffix == NULL ? g_strdup(name) : g_strndup(name, (gsize)(suffix - name)));
        g_array_append_val(query->declared, kind);
    }
    return query;
}

void query_free(Query *query) {
    if (query == NULL)
        return;
    sqlite3_finalize(query->statement);
    g_ptr_array_unref(query->names);
    g_array_unref(query->declared);
    g_free(query);
}

void query_bind_text(Query *query, const char *parameter, const char *value) {
    int i = sqlite3_bind_parameter_index(query->statement, parameter);
    if (i > 0)
        sqlite3_bind_text(query->statement, i, value, -1, SQLITE_TRANSIENT);
}

void query_bind_integer(Query *query, const char *parameter, gint64 value) {
    int i = sqlite3_bind_parameter_index(query->statement, parameter);
    if (i > 0)
        sqlite3_bind_int64(query->statement, i, value);
}

void query_restart(Query *query) { sqlite3_reset(query->statement); }

gboolean query_next(Query *query, GError **error) {
    return statement_row(query->archive, query->statement, error);
}

int query_columns(const Query *query) { return (int)query->names->len; }

const char *query_name(const Query *query, int column) { return query->names->pdata[column]; }

ValueKind query_kind(const Query *query, int column) {
    int type = sqlite3_column_type(query->statement, column);
    if (type == SQLITE_NULL)
        return VALUE_NULL;
    ValueKind declared = g_array_index(query->declared, ValueKind, column);
    if (declared != VALUE_NULL)
        return declared;
    return type == SQLITE_INTEGER ? VALUE_INTEGER : type == SQLITE_FLOAT ? VALUE_REAL : VALUE_TEXT;
}

const char *query_text(const Query *query, int column) {
    return (const char *)sqlite3_column_text(query->statement, column);
}

gint64 query_integer(const Query *query, int column) {
    return sqlite3_column_int64(query->statement, column);
}

GBytes *query_blob(const Query *query, int column) {
    const void *data = sqlite3_column_blob(query->statement, column);
    return g_bytes_new(data, (gsize)sqlite3_column_bytes(query->statement, column));
}
