#include "normalize/identity_part.h"
#include "normalize/prose.h"
#include "normalize/text.h"
#include <string.h>

enum { YEAR_DIGITS = 4 };

char *identity_folded(const Document *document, LineRun lines) {
    NormalText folded = {0};
    char *text = folded_text(document, document_lines_span(document, lines), &folded);
    normal_text_clear(&folded);
    return text;
}

/* 二〇二二年度: the digits of a year in a title. */
char *text_with_arabic_years(const char *text) {
    static const gunichar DIGITS[] = U"〇一二三四五六七八九";
    GString *result = g_string_new(NULL);
    for (const char *p = text; *p != '\0';) {
        char year[YEAR_DIGITS + 1] = "";
        const char *end = p;
        guint n = 0;
        for (; n < YEAR_DIGITS && *end != '\0'; n++, end = g_utf8_next_char(end)) {
            gunichar code = g_utf8_get_char(end);
            guint digit = 0;
            while (digit < 10 && DIGITS[digit] != (code == U'○' || code == U'零' ? U'〇' : code))
                digit++;
            if (digit == 10)
                break;
            year[n] = (char)('0' + digit);
        }
        if (n == YEAR_DIGITS && g_str_has_prefix(end, "年")) {
            g_string_append(result, year);
            p = end;
            continue;
        }
        g_string_append_unichar(result, g_utf8_get_char(p));
        p = g_utf8_next_char(p);
    }
    return g_string_free(result, FALSE);
}

/* Takes the spaces out of `text`. */
char *identity_unspaced(char *text) {
    char *to = text;
    for (const char *from = text; *from != '\0'; from++)
        if (*from != ' ')
            *to++ = *from;
    *to = '\0';
    return text;
}

/* What canonical composition leaves alone, whatever stands beside it. */
static gboolean code_is_composed(gunichar code) {
    return code < 0x300 || code_is_plain(code) || (code >= 0x3001 && code <= 0x3029) ||
           (code >= 0xFF01 && code <= 0xFF5E);
}

/* What is kept is as printed, but for radicals; all white space is one kind. */
char *identity_spaced(const Document *document, Span span) {
    g_autofree char *text = g_malloc((gsize)(span.end - span.start) * TEXT_BYTES_MAX + 1);
    char *at = text;
    gboolean composed = TRUE;
    for (guint i = span.start; i < span.end; i++) {
        gunichar code = document_character(document, i)->code;
        composed &= code_is_composed(code);
        at = code_write(!code_is_plain(code) && g_unichar_isspace(code) ? ' ' : code, at);
    }
    *at = '\0';
    char *normal = composed ? NULL : g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    return normal != NULL ? normal : g_steal_pointer(&text);
}

char *identity_text(const Document *document, Span span) {
    return identity_unspaced(identity_spaced(document, span));
}
