#include "commands/printable.h"
#include <string.h>

/* What a terminal obeys instead of showing, and what reorders or breaks a line. */
static gboolean is_harmful(gunichar code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD || code == 0x061C ||
           (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || code == 0xFFFE ||
           code == 0xFFFF || (code >= 0xFFF9 && code <= 0xFFFB) ||
           (code >= 0xE0000 && code <= 0xE007F);
}

char *printable_text(const char *text) {
    GString *result = g_string_sized_new(strlen(text));
    const char *end = text + strlen(text);
    while (text < end) {
        gunichar code = g_utf8_get_char_validated(text, end - text);
        if (code == (gunichar)-1 || code == (gunichar)-2) {
            g_string_append_printf(result, "\\x%02x", (guint)(guchar)*text++);
            continue;
        }
        if (code < 0x80 && is_harmful(code))
            g_string_append_printf(result, "\\x%02x", code);
        else if (is_harmful(code))
            g_string_append_printf(result, "\\u{%x}", code);
        else
            g_string_append_unichar(result, code);
        text = g_utf8_next_char(text);
    }
    return g_string_free(result, FALSE);
}

guint printable_width(const char *text) {
    guint width = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        width += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
    }
    return width;
}
