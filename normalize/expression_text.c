/* ICU looks through all of Unicode for each \p{Han} that it compiles, and expressions about
 * Chinese are full of them: half of the time of loading the patterns. So it gets the ranges
 * themselves. */
#include "normalize/expression_text.h"
#include <string.h>

static const char HAN[] = "\\p{Han}";
static const char HAN_RANGES[] =
    "["
    "\\u2E80-\\u2E99\\u2E9B-\\u2EF3\\u2F00-\\u2FD5\\u3005\\u3007\\u3021-\\u3029"
    "\\u3038-\\u303B\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFA6D\\uFA70-\\uFAD9"
    "\\U00016FE2-\\U00016FE3\\U00016FF0-\\U00016FF1\\U00020000-\\U0002A6DF"
    "\\U0002A700-\\U0002B739\\U0002B740-\\U0002B81D\\U0002B820-\\U0002CEA1"
    "\\U0002CEB0-\\U0002EBE0\\U0002F800-\\U0002FA1D\\U00030000-\\U0003134A"
    "]";

static char *with_ranges(const char *pattern) {
    GString *text = g_string_new(pattern);
    for (gsize at = 0; at < text->len;)
        if (strncmp(text->str + at, HAN, strlen(HAN)) == 0) {
            g_string_erase(text, (gssize)at, (gssize)strlen(HAN));
            g_string_insert(text, (gssize)at, HAN_RANGES);
            at += strlen(HAN_RANGES);
        } else
            at += text->str[at] == '\\' && text->str[at + 1] != '\0' ? 2 : 1;
    return g_string_free(text, FALSE);
}

static URegularExpression *compile(const char *text, guint32 flags, UParseError *place,
                                   UErrorCode *status) {
    glong n = 0;
    g_autofree gunichar2 *wide = g_utf8_to_utf16(text, -1, NULL, &n, NULL);
    if (wide == NULL) {
        *status = U_INVALID_CHAR_FOUND;
        return NULL;
    }
    URegularExpression *compiled =
        uregex_open((const UChar *)wide, (int32_t)n, flags, place, status);
    if (U_SUCCESS(*status))
        return compiled;
    uregex_close(compiled);
    return NULL;
}

URegularExpression *expression_compile(const char *pattern, guint32 flags, UParseError *place,
                                       UErrorCode *status) {
    g_autofree char *text = strstr(pattern, HAN) == NULL ? NULL : with_ranges(pattern);
    URegularExpression *compiled = compile(text == NULL ? pattern : text, flags, place, status);
    if (compiled != NULL || text == NULL)
        return compiled;
    *status = U_ZERO_ERROR; /* again as it is written, for the place of the mistake */
    return compile(pattern, flags, place, status);
}
