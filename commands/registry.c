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

/* Of departments below each other. */
enum { LEVELS_MAX = 8 };

static const char *const NAMES[COLUMNS][4] = {
    {"code", "编码", "部门编码", "代码"},     {"name", "名称", "部门名称", "部门"},
    {"aliases", "别名", "简称", "曾用名"},    {"parent", "上级", "上级编码", "主管部门编码"},
    {"valid_from", "起始年度", "起", "from"}, {"valid_to", "终止年度", "止", "to"}};

static void row_clear(gpointer data) {
    DepartmentRow *row = data;
    g_free((char *)row->code);
    g_free((char *)row->name);
    g_free((char *)row->parent);
    g_strfreev(row->aliases);
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
           csv_fail(error, path, head->line, _("no columns code and name"));
}

static char *field(const CsvRecord *record, const int *columns, Column column) {
    if (columns[column] < 0 || (guint)columns[column] >= record->fields->len)
        return g_strdup("");
    return g_strstrip(g_strdup(record->fields->pdata[columns[column]]));
}

/* A year, or the year of a date: 2019-01-01, 2019年3月. */
static gboolean parse_year(const char *text, int *year) {
    g_autofree char *folded = g_utf8_normalize(text, -1, G_NORMALIZE_ALL_COMPOSE);
    *year = 0;
    if (*text == '\0' || csv_year(text, year))
        return TRUE;
    if (folded == NULL || strspn(folded, "0123456789") != 4 ||
        !(strchr("-/.", folded[4]) != NULL || g_str_has_prefix(folded + 4, "年")))
        return FALSE;
    folded[4] = '\0';
    return csv_year(folded, year);
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
        return csv_fail(error, path, record->line, _("a department needs code and name"));
    if (!years)
        return csv_fail(error, path, record->line, _("a year has four digits"));
    return row.valid_from == 0 || row.valid_to == 0 || row.valid_from <= row.valid_to ||
           csv_fail(error, path, record->line, _("its first year is after its last"));
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

static const DepartmentRow *row_of(const GArray *rows, const char *code) {
    for (guint i = 0; i < rows->len; i++)
        if (g_str_equal(g_array_index(rows, DepartmentRow, i).code, code))
            return &g_array_index(rows, DepartmentRow, i);
    return NULL;
}

/* Nobody is above itself, by however many steps. */
static gboolean parents_end(const GArray *rows, const char *path, GError **error) {
    for (guint i = 0; i < rows->len; i++) {
        const DepartmentRow *row = &g_array_index(rows, DepartmentRow, i), *above = row;
        for (guint steps = 0; above != NULL && *above->parent != '\0'; steps++) {
            above = row_of(rows, above->parent);
            if (steps < LEVELS_MAX)
                continue;
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                        _("%s: %s is below itself, or below more than %d others"), path, row->code,
                        LEVELS_MAX);
            return FALSE;
        }
    }
    return TRUE;
}

GArray *registry_read(const char *path, GError **error) {
    int columns[COLUMNS];
    g_autoptr(GPtrArray) records = csv_read(path, error);
    if (records == NULL)
        return NULL;
    if (!read_heading(records->pdata[0], columns, path, error))
        return NULL;
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(DepartmentRow));
    g_array_set_clear_func(rows, row_clear);
    for (guint i = 1; i < records->len; i++)
        if (!read_row(records->pdata[i], columns, rows, path, error))
            return NULL;
    return parents_known(rows, path, error) && parents_end(rows, path, error)
               ? g_steal_pointer(&rows)
               : NULL;
}
