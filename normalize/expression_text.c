/* ICU looks through all of Unicode for each \p{Han} and \d that it compiles, and expressions about
 * Chinese are full of them: half of the time of loading the patterns. So it gets the ranges
 * themselves; of digits those that are left when a text is folded. */
#include "normalize/expression_text.h"
#include "normalize/expression_first.h"
#include <string.h>

static const struct {
    const char *escape, *ranges;
} CLASSES[] = {
    {"\\d", "[0-9]"},
    {"\\p{Han}", "["
                 "\\u2E80-\\u2E99\\u2E9B-\\u2EF3\\u2F00-\\u2FD5\\u3005\\u3007\\u3021-\\u3029"
                 "\\u3038-\\u303B\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFA6D\\uFA70-\\uFAD9"
                 "\\U00016FE2-\\U00016FE3\\U00016FF0-\\U00016FF1\\U00020000-\\U0002A6DF"
                 "\\U0002A700-\\U0002B739\\U0002B740-\\U0002B81D\\U0002B820-\\U0002CEA1"
                 "\\U0002CEB0-\\U0002EBE0\\U0002F800-\\U0002FA1D\\U00030000-\\U0003134A"
                 "]"},
};

static char *with_ranges(const char *pattern) {
    GString *text = g_string_new(NULL);
    for (const char *at = pattern; *at != '\0';) {
        gsize i = 0;
        while (i < G_N_ELEMENTS(CLASSES) && !g_str_has_prefix(at, CLASSES[i].escape))
            i++;
        if (i < G_N_ELEMENTS(CLASSES)) {
            g_string_append(text, CLASSES[i].ranges);
            at += strlen(CLASSES[i].escape);
            continue;
        }
        gsize n = *at == '\\' && at[1] != '\0' ? 2 : 1;
        g_string_append_len(text, at, (gssize)n);
        at += n;
    }
    return g_string_free(text, FALSE);
}

/* In an expression with comments white space is no character. */
static char *rewritten(const char *pattern, guint32 flags) {
    g_autofree char *first = flags & UREGEX_COMMENTS ? NULL : expression_with_first(pattern);
    return with_ranges(first == NULL ? pattern : first);
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
    g_autofree char *text = rewritten(pattern, flags);
    URegularExpression *compiled = compile(text, flags, place, status);
    if (compiled != NULL)
        return compiled;
    *status = U_ZERO_ERROR; /* again as it is written, for the place of the mistake */
    return compile(pattern, flags, place, status);
}
