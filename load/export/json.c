#include "load/export/json.h"

void json_append_string(GString *json, const char *text) {
    if (text == NULL) {
        g_string_append(json, "null");
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_string_append_c(json, '"');
    for (const char *p = valid; *p != '\0'; p++) {
        guchar c = (guchar)*p;
        if (c == '"' || c == '\\')
            g_string_append_printf(json, "\\%c", c);
        else if (c == '\n')
            g_string_append(json, "\\n");
        else if (c < 0x20 || c == 0x7F)
            g_string_append_printf(json, "\\u%04x", c);
        else
            g_string_append_c(json, (char)c);
    }
    g_string_append_c(json, '"');
}

static void append_value(GString *json, const Query *query, int column) {
    ValueKind kind = query_kind(query, column);
    if (kind == VALUE_NULL)
        g_string_append(json, "null");
    else if (kind == VALUE_INTEGER || kind == VALUE_REAL || kind == VALUE_JSON)
        g_string_append(json, query_text(query, column));
    else
        json_append_string(json, query_text(query, column));
}

void json_append_columns(GString *json, const Query *query, int from) {
    for (int i = from; i < query_columns(query); i++) {
        if (i > from)
            g_string_append_c(json, ',');
        json_append_string(json, query_name(query, i));
        g_string_append_c(json, ':');
        append_value(json, query, i);
    }
}

void json_append_row(GString *json, const Query *query) {
    g_string_append_c(json, '{');
    json_append_columns(json, query, 0);
    g_string_append_c(json, '}');
}
