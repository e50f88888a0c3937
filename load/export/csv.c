#include "load/export/csv.h"
#include <string.h>

/* White space, quotes and marks of order that a spreadsheet may drop before it looks. */
static gboolean is_skipped(gunichar c) {
    return g_unichar_isspace(c) || c == 0x00A0 || c == 0xFEFF || c == 0x200B || c == '"' ||
           c == '\'';
}

static gboolean begins_formula(gunichar c) {
    static const gunichar STARTS[] = {'=',  '+',    '-',    '@',    '\t',   '\r',
                                      '\n', 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20, 0x2212};
    for (gsize i = 0; i < G_N_ELEMENTS(STARTS); i++)
        if (c == STARTS[i])
            return TRUE;
    return FALSE;
}

/* Whether a spreadsheet may take the text for a formula: it begins with = + - @ or their wide
 * forms, a tab or a line break, also behind spaces and quotes. */
static gboolean looks_like_formula(const char *text) {
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (begins_formula(c))
            return TRUE;
        if (!is_skipped(c))
            return FALSE;
    }
    return FALSE;
}

void csv_append_field(GString *line, const char *text, gboolean number) {
    if (text == NULL)
        return;
    gboolean guard = !number && looks_like_formula(text);
    if (!guard && strpbrk(text, ",\"\r\n") == NULL) {
        g_string_append(line, text);
        return;
    }
    g_string_append(line, guard ? "\"'" : "\"");
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"')
            g_string_append_c(line, '"');
        g_string_append_c(line, *p);
    }
    g_string_append_c(line, '"');
}

void csv_append_heading(GString *line, const Query *query) {
    for (int i = 0; i < query_columns(query); i++) {
        if (i > 0)
            g_string_append_c(line, ',');
        csv_append_field(line, query_name(query, i), FALSE);
    }
    g_string_append(line, "\r\n");
}

void csv_append_row(GString *line, const Query *query) {
    for (int i = 0; i < query_columns(query); i++) {
        ValueKind kind = query_kind(query, i);
        if (i > 0)
            g_string_append_c(line, ',');
        csv_append_field(line, query_text(query, i), kind != VALUE_TEXT && kind != VALUE_JSON);
    }
    g_string_append(line, "\r\n");
}
