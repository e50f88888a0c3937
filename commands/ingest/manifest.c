#include "commands/ingest/manifest.h"
#include "commands/ingest/csv_read.h"
#include "normalize/report.h"
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

typedef enum { FIELD_FILE, FIELD_DEPARTMENT, FIELD_YEAR, FIELD_TYPE, FIELD_SUBJECT, FIELDS } Field;

static const char *const NAMES[FIELDS][3] = {
    {"file", "文件", "文件名"},   {"department", "部门", "单位"}, {"year", "年度", "年份"},
    {"type", "类型", "报告类型"}, {"subject", "项目", "对象"},
};

typedef struct {
    char *fields[FIELDS]; /* NULL where empty */
    Identity identity;
    gboolean used;
} Entry;

struct Manifest {
    GPtrArray *entries;  /* Entry, in order */
    GHashTable *by_file; /* as written → Entry */
    GHashTable *by_path; /* the file that it means, resolved → Entry */
    GHashTable *by_name; /* bare names */
    GHashTable
        *by_form; /* as written, but for how accents are composed; of what is no path from here */
    int columns[FIELDS]; /* of the table; -1 without */
};

static void entry_free(gpointer data) {
    Entry *entry = data;
    for (guint i = 0; i < FIELDS; i++)
        g_free(entry->fields[i]);
    g_free(entry);
}

/* Resolved as far as it exists; else NULL. */
static char *resolved(const char *folder, const char *path) {
    g_autofree char *joined = folder == NULL || g_path_is_absolute(path)
                                  ? g_strdup(path)
                                  : g_build_filename(folder, path, NULL);
    char *real = realpath(joined, NULL);
    char *copy = g_strdup(real);
    free(real);
    return copy;
}

static gboolean take_column(Manifest *manifest, guint f, int column, const char *path,
                            const CsvRecord *head, GError **error) {
    if (manifest->columns[f] >= 0) {
        const char *const *name = (const char *const *)head->fields->pdata;
        g_autofree char *reason = g_strdup_printf(_("the columns “%s” and “%s” are the same"),
                                                  name[manifest->columns[f]], name[column]);
        return csv_fail(error, path, head->line, reason);
    }
    manifest->columns[f] = column;
    return TRUE;
}

static gboolean read_head(Manifest *manifest, const char *path, const CsvRecord *head,
                          GError **error) {
    for (guint f = 0; f < FIELDS; f++) {
        manifest->columns[f] = -1;
        for (guint i = 0; i < head->fields->len; i++)
            for (guint n = 0; n < G_N_ELEMENTS(NAMES[f]); n++)
                if (g_ascii_strcasecmp(head->fields->pdata[i], NAMES[f][n]) == 0 &&
                    !take_column(manifest, f, (int)i, path, head, error))
                    return FALSE;
    }
    return manifest->columns[FIELD_FILE] >= 0 ||
           csv_fail(error, path, head->line,
                    _("the first line must name the columns, among them “file”"));
}

static gboolean read_identity(Entry *entry, const char *path, guint line, GError **error) {
    const char *year = entry->fields[FIELD_YEAR], *type = entry->fields[FIELD_TYPE];
    entry->identity = (Identity){.department = entry->fields[FIELD_DEPARTMENT],
                                 .doc_type = type,
                                 .subject = entry->fields[FIELD_SUBJECT]};
    if (entry->fields[FIELD_FILE] == NULL)
        return csv_fail(error, path, line, _("a row without a file"));
    if (year != NULL && !csv_year(year, &entry->identity.year))
        return csv_fail(error, path, line, _("not a year"));
    if (type != NULL && !doc_type_valid(type))
        return csv_fail(
            error, path, line,
            _("not a type; one of 整体自评 项目自评 自评表 绩效评价 绩效目标 决算 预算"));
    for (guint i = 0; i < FIELDS; i++)
        if (entry->fields[i] != NULL && strlen(entry->fields[i]) > MANIFEST_FIELD_BYTES_MAX)
            return csv_fail(error, path, line, _("a field that is too long"));
    return TRUE;
}

/* Some systems write an accent behind its letter, others both as one. */
static char *composed(const char *name) {
    char *form = g_utf8_normalize(name, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    return form != NULL ? form : g_strdup(name);
}

/* FALSE where another row names the same file. */
static gboolean index_entry(Manifest *manifest, const char *folder, Entry *entry) {
    char *file = entry->fields[FIELD_FILE];
    char *path = resolved(folder, file);
    if (path == NULL && strchr(file, '/') == NULL && strchr(file, '\\') != NULL) {
        g_strdelimit(file, "\\", '/'); /* as Windows writes it */
        path = resolved(folder, file);
    }
    if (path == NULL)
        g_hash_table_insert(manifest->by_form, composed(file), entry);
    gboolean first = g_hash_table_insert(manifest->by_file, g_strdup(file), entry);
    if (path != NULL)
        first = g_hash_table_insert(manifest->by_path, path, entry) && first;
    if (strchr(file, '/') == NULL)
        g_hash_table_insert(manifest->by_name, g_strdup(file), entry);
    return first;
}

static gboolean read_entry(Manifest *manifest, const char *path, const CsvRecord *record,
                           GError **error) {
    g_autofree char *folder = g_path_get_dirname(path);
    Entry *entry = g_new0(Entry, 1);
    g_ptr_array_add(manifest->entries, entry);
    for (guint f = 0; f < FIELDS; f++) {
        int column = manifest->columns[f];
        if (column >= 0 && (guint)column < record->fields->len &&
            *(const char *)record->fields->pdata[column] != '\0')
            entry->fields[f] = g_strdup(record->fields->pdata[column]);
    }
    if (!read_identity(entry, path, record->line, error))
        return FALSE;
    return index_entry(manifest, folder, entry) ||
           csv_fail(error, path, record->line, _("an earlier row names this file too"));
}

static gboolean read_records(Manifest *manifest, const char *path, const GPtrArray *records,
                             GError **error) {
    if (!read_head(manifest, path, records->pdata[0], error))
        return FALSE;
    for (guint i = 1; i < records->len; i++)
        if (!read_entry(manifest, path, records->pdata[i], error))
            return FALSE;
    return TRUE;
}

Manifest *manifest_read(const char *path, GError **error) {
    g_autoptr(GPtrArray) records = csv_read(path, error);
    if (records == NULL)
        return NULL;
    g_autoptr(Manifest) manifest = g_new0(Manifest, 1);
    manifest->entries = g_ptr_array_new_with_free_func(entry_free);
    manifest->by_file = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    manifest->by_path = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    manifest->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    manifest->by_form = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return read_records(manifest, path, records, error) ? g_steal_pointer(&manifest) : NULL;
}

void manifest_free(Manifest *manifest) {
    if (manifest == NULL)
        return;
    g_hash_table_unref(manifest->by_file);
    g_hash_table_unref(manifest->by_path);
    g_hash_table_unref(manifest->by_name);
    g_hash_table_unref(manifest->by_form);
    g_ptr_array_unref(manifest->entries);
    g_free(manifest);
}

const Identity *manifest_find(const Manifest *manifest, const char *path) {
    if (manifest == NULL)
        return NULL;
    g_autofree char *real = resolved(NULL, path);
    g_autofree char *name = g_path_get_basename(path);
    Entry *entry = g_hash_table_lookup(manifest->by_file, path);
    if (entry == NULL && real != NULL)
        entry = g_hash_table_lookup(manifest->by_path, real);
    if (entry == NULL)
        entry = g_hash_table_lookup(manifest->by_name, name);
    g_autofree char *path_form = composed(path), *name_form = composed(name);
    if (entry == NULL)
        entry = g_hash_table_lookup(manifest->by_form, path_form);
    if (entry == NULL)
        entry = g_hash_table_lookup(manifest->by_form, name_form);
    if (entry == NULL)
        return NULL;
    entry->used = TRUE;
    return &entry->identity;
}

GPtrArray *manifest_unused(const Manifest *manifest) {
    GPtrArray *files = g_ptr_array_new();
    for (guint i = 0; i < manifest->entries->len; i++) {
        const Entry *entry = manifest->entries->pdata[i];
        if (!entry->used)
            g_ptr_array_add(files, entry->fields[FIELD_FILE]);
    }
    return files;
}
