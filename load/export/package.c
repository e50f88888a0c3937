#include "load/export/package.h"
#include "load/database.h"
#include "load/export/csv.h"
#include "load/export/json.h"
#include <gio/gio.h>
#include <string.h>

enum { PACKAGE_CHUNK_BYTES = 262144 };

/* Tables and views, as the archive lists them; the index and its shadows are for SQLite alone. */
static const char RESOURCES[] =
    "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' "
    "AND name NOT LIKE 'search%' AND name NOT IN ('originals', 'shingle_bands', 'mentions', "
    "'facts_numeric', 'yearbook_documents') ORDER BY name";

static gboolean write_rows(Query *query, const char *path, GError **error) {
    g_autoptr(GError) failure = NULL;
    g_autoptr(GFile) file = g_file_new_for_path(path);
    g_autoptr(GFileOutputStream) stream =
        g_file_create(file, G_FILE_CREATE_REPLACE_DESTINATION, NULL, error);
    g_autoptr(GString) text = g_string_new(CSV_START);
    if (stream == NULL)
        return FALSE;
    csv_append_heading(text, query);
    while (query_next(query, &failure)) {
        csv_append_row(text, query);
        if (text->len < PACKAGE_CHUNK_BYTES)
            continue;
        if (!g_output_stream_write_all(G_OUTPUT_STREAM(stream), text->str, text->len, NULL, NULL,
                                       error))
            return FALSE;
        g_string_truncate(text, 0);
    }
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    return g_output_stream_write_all(G_OUTPUT_STREAM(stream), text->str, text->len, NULL, NULL,
                                     error) &&
           g_output_stream_close(G_OUTPUT_STREAM(stream), NULL, error);
}

/* Values are exact numbers in text: marked, so that they are written as numbers. */
static const char *selected(const char *column) {
    static const char *const EXACT[] = {"value",      "value_high",  "expected", "actual",
                                        "difference", "envelope",    "budget",   "execution_rate",
                                        "score",      "satisfaction"};
    for (gsize i = 0; i < G_N_ELEMENTS(EXACT); i++)
        if (g_str_equal(column, EXACT[i]))
            return ":decimal";
    return "";
}

static const char *frictionless_type(const char *declared) {
    return g_str_has_prefix(declared, "INT")    ? "integer"
           : g_str_has_prefix(declared, "REAL") ? "number"
                                                : "string";
}

/* Appends the fields of a table's description, and the columns to select. */
static gboolean describe(Archive *archive, const char *table, GString *json, GString *columns,
                         GError **error) {
    g_autoptr(GError) failure = NULL;
    g_autoptr(Query) info =
        archive_query(archive, "SELECT name, type FROM pragma_table_info(:table)", error);
    if (info == NULL)
        return FALSE;
    query_bind_text(info, ":table", table);
    for (const char *separator = ""; query_next(info, &failure);) {
        const char *name = query_text(info, 0), *type = query_text(info, 1);
        if (g_str_equal(type, "BLOB"))
            continue;
        g_string_append_printf(columns, "%s\"%s\" AS '%s%s'", separator, name, name,
                               selected(name));
        g_string_append_printf(json, "%s{\"name\":\"%s\",\"type\":\"%s\"}", separator, name,
                               frictionless_type(type));
        separator = ",";
    }
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return failure == NULL;
}

static gboolean write_table(Archive *archive, const char *folder, const char *table, GString *json,
                            GError **error) {
    g_autoptr(GString) columns = g_string_new(NULL);
    g_autofree char *name = g_strconcat(table, ".csv", NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_string_append_printf(json,
                           "{\"name\":\"%s\",\"path\":\"%s\",\"format\":\"csv\","
                           "\"mediatype\":\"text/csv\",\"encoding\":\"utf-8-sig\","
                           "\"profile\":\"tabular-data-resource\",\"schema\":{\"fields\":[",
                           table, name);
    if (!describe(archive, table, json, columns, error))
        return FALSE;
    g_string_append(json, "],\"missingValues\":[\"\"]}}");
    g_autofree char *sql = g_strdup_printf("SELECT %s FROM \"%s\"", columns->str, table);
    g_autoptr(Query) query = archive_query(archive, sql, error);
    return query != NULL && write_rows(query, path, error);
}

gboolean package_write(Archive *archive, const char *folder, const char *title, GError **error) {
    g_autoptr(GError) failure = NULL;
    g_autoptr(GString) json =
        g_string_new("{\"profile\":\"tabular-data-package\",\"name\":\"gouji-archive\",\"title\":");
    g_autofree char *path = g_build_filename(folder, "datapackage.json", NULL);
    g_autoptr(Query) tables = archive_query(archive, RESOURCES, error);
    if (tables == NULL)
        return FALSE;
    json_append_string(json, title);
    g_string_append(json, ",\"resources\":[");
    for (const char *separator = "\n"; query_next(tables, &failure); separator = ",\n") {
        g_string_append(json, separator);
        if (!write_table(archive, folder, query_text(tables, 0), json, error))
            return FALSE;
    }
    g_string_append(json, "]}\n");
    if (failure == NULL)
        return g_file_set_contents(path, json->str, (gssize)json->len, error);
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}
