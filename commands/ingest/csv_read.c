#include "commands/ingest/csv_read.h"

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
static gboolean read_field(const char **cursor, guint *line, GString *field) {
    const char *at = *cursor;
    gboolean quoted = *at == '"';
    g_string_truncate(field, 0);
    at += quoted;
    for (;; at++) {
        if (*at == '\0' || (!quoted && (*at == ',' || *at == '\n' || *at == '\r')))
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

GPtrArray *csv_read(const char *text, guint *bad_line) {
    g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(record_free);
    g_autoptr(GString) field = g_string_new(NULL);
    guint line = 1;
    while (*text != '\0') {
        CsvRecord *record = record_new(line);
        g_ptr_array_add(records, record);
        for (;; text++) {
            if (!read_field(&text, &line, field)) {
                *bad_line = record->line;
                return NULL;
            }
            g_ptr_array_add(record->fields, g_strstrip(g_strdup(field->str)));
            if (*text != ',')
                break;
        }
        text += *text == '\r';
        line += *text == '\n';
        text += *text == '\n';
        if (is_blank(record))
            g_ptr_array_remove_index(records, records->len - 1);
    }
    return g_steal_pointer(&records);
}
