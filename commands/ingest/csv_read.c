#include "commands/ingest/csv_read.h"
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

enum { YEAR_MIN = 1900, YEAR_MAX = 2999 };

gboolean csv_fail(GError **error, const char *path, guint line, const char *reason) {
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s:%u: %s", path, line, reason);
    return FALSE;
}

static void record_free(gpointer data) {
    CsvRecord *record = data;
    g_ptr_array_unref(record->fields);
    g_free(record);
}

static CsvRecord *record_new(guint line) {
    CsvRecord *record = g_new0(CsvRecord, 1);
    record->line = line;
    record->fields = g_ptr_array_new_with_free_func(g_free);
    return record;
}

/* Reads one field and steps behind it; FALSE where a quote has no end. */
static gboolean read_field(const char **cursor, char separator, guint *line, GString *field) {
    const char *at = *cursor;
    gboolean quoted = *at == '"';
    g_string_truncate(field, 0);
    at += quoted;
    for (;; at++) {
        if (*at == '\0' || (!quoted && (*at == separator || *at == '\n' || *at == '\r')))
            break;
        if (*at == '"' && quoted && at[1] != '"') {
            quoted = FALSE;
            continue;
        }
        at += *at == '"' && quoted;
        *line += *at == '\n';
        g_string_append_c(field, *at);
    }
    *cursor = at;
    return !quoted;
}

static gboolean is_blank(const CsvRecord *record) {
    for (guint i = 0; i < record->fields->len; i++)
        if (*(const char *)record->fields->pdata[i] != '\0')
            return FALSE;
    return TRUE;
}

/* NULL with the line of a quote that never ends. */
static GPtrArray *read_records(const char *text, char separator, guint *bad_line) {
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(record_free);
    g_autoptr(GString) field = g_string_new(NULL);
    guint line = 1;
    while (*text != '\0') {
        CsvRecord *record = record_new(line);
        g_ptr_array_add(records, record);
        for (;; text++) {
            if (!read_field(&text, separator, &line, field)) {
                *bad_line = record->line;
                return NULL;
            }
            g_ptr_array_add(record->fields, g_strstrip(g_strdup(field->str)));
            if (*text != separator)
                break;
        }
        gboolean ends = *text != '\0';
        text += *text == '\r';
        text += *text == '\n';
        line += ends ? 1 : 0;
        if (is_blank(record))
            g_ptr_array_remove_index(records, records->len - 1);
    }
    return g_steal_pointer(&records);
}

static char *text_of(const char *bytes, gsize length) {
    static const char UTF8[] = "\xEF\xBB\xBF", LITTLE[] = "\xFF\xFE", BIG[] = "\xFE\xFF";
    gsize written = 0;
    g_autofree char *text = NULL;
    if (length >= 2 && (memcmp(bytes, LITTLE, 2) == 0 || memcmp(bytes, BIG, 2) == 0))
        text = g_convert(bytes, (gssize)length, "UTF-8", "UTF-16", NULL, &written, NULL);
    else if (g_utf8_validate_len(bytes, length, NULL))
        return g_strdup(bytes + (g_str_has_prefix(bytes, UTF8) ? strlen(UTF8) : 0));
    else
        text = g_convert(bytes, (gssize)length, "UTF-8", "GB18030", NULL, &written, NULL);
    return text == NULL || strlen(text) != written ? NULL : g_steal_pointer(&text);
}

static char separator_of(const char *text) {
    static const char SEPARATORS[] = {',', '\t', ';'};
    guint counts[G_N_ELEMENTS(SEPARATORS)] = {0}, best = 0;
    for (; *text != '\0' && *text != '\n' && *text != '\r'; text++)
        for (gsize i = 0; i < G_N_ELEMENTS(SEPARATORS); i++)
            counts[i] += *text == SEPARATORS[i];
    for (guint i = 1; i < G_N_ELEMENTS(SEPARATORS); i++)
        best = counts[i] > counts[best] ? i : best;
    return SEPARATORS[best];
}

/* What stands behind the columns that the first line names would be lost without a word: mostly the
 * rest of a field with a comma in it. */
static gboolean fields_have_heads(const GPtrArray *records, const char *path, GError **error) {
    const guint heads = ((const CsvRecord *)records->pdata[0])->fields->len;
    for (guint i = 1; i < records->len; i++) {
        const CsvRecord *record = records->pdata[i];
        for (guint k = heads; k < record->fields->len; k++)
            if (*(const char *)record->fields->pdata[k] != '\0')
                return csv_fail(error, path, record->line,
                                _("more fields than the first line; one with a comma in it stands "
                                  "in quotes"));
    }
    return TRUE;
}

GPtrArray *csv_read(const char *path, GError **error) {
    g_autofree char *bytes = NULL;
    gsize length;
    guint bad_line = 1;
    if (!g_file_get_contents(path, &bytes, &length, error))
        return NULL;
    g_autofree char *text = length > CSV_BYTES_MAX ? NULL : text_of(bytes, length);
    if (text == NULL) {
        csv_fail(error, path, 1, _("not a table in CSV, in UTF-8 or GB 18030"));
        return NULL;
    }
    g_autoptr(GPtrArray) records = read_records(text, separator_of(text), &bad_line);
    if (records != NULL && records->len > 0)
        return fields_have_heads(records, path, error) ? g_steal_pointer(&records) : NULL;
    csv_fail(error, path, bad_line,
             records == NULL ? _("a quote that has no end") : _("an empty table"));
    return NULL;
}

gboolean csv_year(const char *text, int *year) {
    static const char *const ENDS[] = {"", "年", "年度", ".0", NULL};
    g_autofree char *folded = g_utf8_normalize(text, -1, G_NORMALIZE_ALL_COMPOSE);
    if (folded == NULL || strspn(folded, "0123456789") != 4)
        return FALSE;
    *year = atoi(folded);
    return *year >= YEAR_MIN && *year <= YEAR_MAX && g_strv_contains(ENDS, folded + 4);
}
