#include "commands/registry.h"
#include "commands/ingest/csv_read.h"
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

typedef enum {
    COLUMN_CODE,
    COLUMN_NAME,
    COLUMN_ALIASES,
    COLUMN_PARENT,
    COLUMN_FROM,
    COLUMN_TO,
    COLUMNS
} Column;

static const char *const NAMES[COLUMNS][4] = {
    {"code", "编码", "部门编码", "代码"},     {"name", "名称", "部门名称", "部门"},
    {"aliases", "别名", "简称", "曾用名"},    {"parent", "上级", "上级编码", "主管部门编码"},
    {"valid_from", "起始年度", "起", "from"}, {"valid_to", "终止年度", "止", "to"}};

static gboolean fail(GError **error, const char *path, guint line, const char *reason) {
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s:%u: %s", path, line, reason);
    return FALSE;
}

static void row_clear(gpointer data) {
    DepartmentRow *row = data;
    g_free((char *)row->code);
    g_free((char *)row->name);
    g_free((char *)row->parent);
    g_strfreev(row->aliases);
}

/* As spreadsheets write it: UTF-8 with or without a mark, else GB 18030. */
static char *read_text(const char *path, GError **error) {
    gsize length;
    g_autofree char *bytes = NULL;
    if (!g_file_get_contents(path, &bytes, &length, error))
        return NULL;
    if (g_utf8_validate(bytes, (gssize)length, NULL))
        return g_strdup(g_str_has_prefix(bytes, "\xEF\xBB\xBF") ? bytes + 3 : bytes);
    char *text = g_convert(bytes, (gssize)length, "UTF-8", "GB18030", NULL, NULL, NULL);
    if (text == NULL)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("%s: neither UTF-8 nor GB 18030"),
                    path);
    return text;
}

static gboolean read_heading(const CsvRecord *head, int *columns, const char *path,
                             GError **error) {
    for (int c = 0; c < COLUMNS; c++) {
        columns[c] = -1;
        for (guint i = 0; i < head->fields->len; i++) {
            g_autofree char *field = g_strstrip(g_strdup(head->fields->pdata[i]));
            for (gsize k = 0; k < G_N_ELEMENTS(NAMES[c]); k++)
                if (g_ascii_strcasecmp(field, NAMES[c][k]) == 0 && columns[c] < 0)
                    columns[c] = (int)i;
        }
    }
    return (columns[COLUMN_CODE] >= 0 && columns[COLUMN_NAME] >= 0) ||
           fail(error, path, head->line, _("no columns code and name"));
}

static char *field(const CsvRecord *record, const int *columns, Column column) {
    if (columns[column] < 0 || (guint)columns[column] >= record->fields->len)
        return g_strdup("");
    return g_strstrip(g_strdup(record->fields->pdata[columns[column]]));
}

/* A year, or the year of a date. */
static gboolean parse_year(const char *text, int *year) {
    gsize digits = strspn(text, "0123456789");
    *year = atoi(text);
    return *text == '\0' || (digits == 4 && *year >= 1900 && *year <= 2999 &&
                             (text[4] == '\0' || strchr("-/.", text[4]) != NULL ||
                              g_str_has_prefix(text + 4, "年")));
}

static char **split_aliases(const char *text) {
    g_autoptr(GString) aliases = g_string_new(text);
    static const char *const SEPARATORS[] = {"；", "、", ";", "，"};
    for (gsize i = 0; i < G_N_ELEMENTS(SEPARATORS); i++)
        g_string_replace(aliases, SEPARATORS[i], "|", 0);
    return g_strsplit(aliases->str, "|", -1);
}

static gboolean read_row(const CsvRecord *record, const int *columns, GArray *rows,
                         const char *path, GError **error) {
    g_autofree char *from = field(record, columns, COLUMN_FROM);
    g_autofree char *to = field(record, columns, COLUMN_TO);
    g_autofree char *aliases = field(record, columns, COLUMN_ALIASES);
    DepartmentRow row = {.code = field(record, columns, COLUMN_CODE),
                         .name = field(record, columns, COLUMN_NAME),
                         .parent = field(record, columns, COLUMN_PARENT),
                         .aliases = split_aliases(aliases)};
    gboolean years = parse_year(from, &row.valid_from) && parse_year(to, &row.valid_to);
    g_array_append_val(rows, row);
    if (*row.code == '\0' || *row.name == '\0')
        return fail(error, path, record->line, _("a department needs code and name"));
    return years || fail(error, path, record->line, _("a year has four digits"));
}

/* A parent that stands in no row would be a mistake nobody sees. */
static gboolean parents_known(const GArray *rows, const char *path, GError **error) {
    g_autoptr(GHashTable) codes = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < rows->len; i++)
        g_hash_table_add(codes, (gpointer)g_array_index(rows, DepartmentRow, i).code);
    for (guint i = 0; i < rows->len; i++) {
        const DepartmentRow *row = &g_array_index(rows, DepartmentRow, i);
        if (*row->parent == '\0' || g_hash_table_contains(codes, row->parent))
            continue;
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    _("%s: %s is below %s, which is not in the table"), path, row->code,
                    row->parent);
        return FALSE;
    }
    return TRUE;
}

GArray *registry_read(const char *path, GError **error) {
    guint bad_line = 0;
    int columns[COLUMNS];
    g_autofree char *text = read_text(path, error);
    if (text == NULL)
        return NULL;
    g_autoptr(GPtrArray) records = csv_read(text, &bad_line);
    if (records == NULL || records->len == 0) {
        fail(error, path, MAX(bad_line, 1),
             records == NULL ? _("a quote that never ends") : _("empty"));
        return NULL;
    }
    if (!read_heading(records->pdata[0], columns, path, error))
        return NULL;
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(DepartmentRow));
    g_array_set_clear_func(rows, row_clear);
    for (guint i = 1; i < records->len; i++)
        if (!read_row(records->pdata[i], columns, rows, path, error))
            return NULL;
    return parents_known(rows, path, error) ? g_steal_pointer(&rows) : NULL;
}
