#include "normalize/expression.h"
#include "normalize/expression_needs.h"
#include "normalize/expression_risk.h"
#include "normalize/expression_text.h"
#include "normalize/text.h"
#include <glib/gi18n.h>
#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

/* Steps of ICU's clock for one match: ends evil patterns in some 50 ms; and its stack in bytes. */
enum {
    TIME_LIMIT_STEPS = 200,
    STACK_LIMIT_BYTES = 1024 * 1024,
    HOSTILE_REPEATS = 600,
    OWN_MAX = 16,
    LOOK_UNITS_MAX = 200
};

struct Expression {
    const char *pattern; /* of one that is not compiled yet */
    URegularExpression *regex;
    UChar *text; /* of the last match, where it is ours */
    Needs needs;
    gboolean in_vain; /* the text that was begun lacks what is needed */
};

static char *reason_at(UErrorCode status, const UParseError *place) {
    return g_strdup_printf("%s, character %d", u_errorName(status), (int)place->offset + 1);
}

static GArray *hostile_text(const gunichar2 *unit, glong length, guint repeats) {
    GArray *text = g_array_new(FALSE, FALSE, sizeof(gunichar2));
    for (guint n = 0; n < repeats; n++)
        g_array_append_vals(text, unit, (guint)length);
    const gunichar2 end = 1;
    g_array_append_val(text, end);
    return text;
}

static void text_free(gpointer text) { g_array_unref(text); }

/* Texts on which patterns with nested repetition take exponential time: one unit over and over, and
 * an end that nothing matches. Made once. */
static GPtrArray *hostile_texts(void) {
    static GPtrArray *texts = NULL;
    static const char *const UNITS[] = {"0", "1,", "九", "a", " ", "年", "（", "1.2 "};
    if (g_once_init_enter(&texts)) {
        GPtrArray *made = g_ptr_array_new();
        for (guint i = 0; i < G_N_ELEMENTS(UNITS); i++) {
            glong length;
            g_autofree gunichar2 *unit = g_utf8_to_utf16(UNITS[i], -1, NULL, &length, NULL);
            g_ptr_array_add(made, hostile_text(unit, length, HOSTILE_REPEATS));
        }
        g_once_init_leave(&texts, made);
    }
    return texts;
}

/* The same of the first characters that the pattern names, by ones and by twos: (率|率)*c. */
static GPtrArray *own_texts(const char *pattern) {
    GPtrArray *texts = g_ptr_array_new_with_free_func(text_free);
    gunichar2 own[OWN_MAX] = {0};
    guint n = 0;
    glong length;
    g_autofree gunichar2 *units = g_utf8_to_utf16(pattern, -1, NULL, &length, NULL);
    for (glong i = 0; i < length && n < OWN_MAX; i++) {
        gboolean known = units[i] < 0x80 && !g_ascii_isalnum((char)units[i]);
        for (guint k = 0; k < n; k++)
            known |= own[k] == units[i];
        if (!known)
            own[n++] = units[i];
    }
    for (guint i = 0; i < n; i++) {
        g_ptr_array_add(texts, hostile_text(own + i, 1, HOSTILE_REPEATS));
        if (i + 1 < n)
            g_ptr_array_add(texts, hostile_text(own + i, 2, HOSTILE_REPEATS / 2));
    }
    return texts;
}

static gboolean survives(Expression *expression, const GPtrArray *texts) {
    for (guint i = 0; i < texts->len; i++) {
        const GArray *text = texts->pdata[i];
        UErrorCode status = U_ZERO_ERROR;
        uregex_setText(expression->regex, (const UChar *)(void *)text->data, (int32_t)text->len,
                       &status);
        while (uregex_findNext(expression->regex, &status) && U_SUCCESS(status))
            continue;
        if (U_FAILURE(status))
            return FALSE;
    }
    return TRUE;
}

static gboolean survives_hostile_text(Expression *expression, const char *pattern) {
    g_autoptr(GPtrArray) own = own_texts(pattern);
    return survives(expression, hostile_texts()) && survives(expression, own);
}

static URegularExpression *compile(const char *pattern, char **reason) {
    UParseError place = {0};
    UErrorCode status = U_ZERO_ERROR;
    URegularExpression *regex = expression_compile(pattern, 0, &place, &status);
    if (regex == NULL) {
        *reason = reason_at(status, &place);
        return NULL;
    }
    uregex_setTimeLimit(regex, TIME_LIMIT_STEPS, &status);
    uregex_setStackLimit(regex, STACK_LIMIT_BYTES, &status);
    return regex;
}

Expression *expression_new(const char *pattern, char **reason) {
    URegularExpression *regex = compile(pattern, reason);
    if (regex == NULL)
        return NULL;
    Expression *expression = g_new0(Expression, 1);
    expression->regex = regex;
    expression->needs = needs_read(pattern);
    if (!expression_is_risky(pattern) || survives_hostile_text(expression, pattern))
        return expression;
    *reason = g_strdup(_("takes too many steps on hostile text"));
    expression_free(expression);
    return NULL;
}

Expression *expression_proven(const char *pattern) {
    Expression *expression = g_new0(Expression, 1);
    expression->pattern = pattern;
    expression->needs = needs_read(pattern);
    return expression;
}

void expression_ready(Expression *expression) {
    g_autofree char *reason = NULL;
    if (expression->regex == NULL)
        expression->regex = compile(expression->pattern, &reason);
    g_assert(expression->regex != NULL); /* it compiled when it was proven */
}

void expression_free(Expression *expression) {
    if (expression == NULL)
        return;
    uregex_close(expression->regex);
    g_free(expression->text);
    g_free(expression);
}

/* Most characters stand in a longer text, and to look costs more than it spares. */
static gboolean lacks_needs(const Expression *expression, const gunichar2 *text, glong length) {
    return length <= LOOK_UNITS_MAX &&
           !needs_met(&expression->needs, word_bits_utf16(text, length));
}

gboolean expression_may_match(const Expression *expression, WordBits bits) {
    return needs_met(&expression->needs, bits);
}

gboolean expression_find_utf16(Expression *expression, const gunichar2 *text, glong length,
                               glong *start, glong *end) {
    UErrorCode status = U_ZERO_ERROR;
    if (lacks_needs(expression, text, length))
        return FALSE;
    expression_ready(expression);
    uregex_setText(expression->regex, (const UChar *)text, (int32_t)length, &status);
    gboolean found = uregex_find(expression->regex, -1, &status);
    if (!found || U_FAILURE(status))
        return FALSE;
    *start = uregex_start(expression->regex, 0, &status);
    *end = uregex_end(expression->regex, 0, &status);
    return U_SUCCESS(status);
}

/* As UTF-16; the caller frees it. */
static UChar *units_of(const char *text, glong *length) {
    UChar *units = g_new(UChar, strlen(text) + 1), *to = units;
    for (const char *at = text; *at != '\0';) {
        gunichar code = code_read(&at);
        if (code > 0xFFFF)
            *to++ = (UChar)U16_LEAD(code);
        *to++ = code > 0xFFFF ? (UChar)U16_TRAIL(code) : (UChar)code;
    }
    *length = to - units;
    return units;
}

gboolean expression_find(Expression *expression, const char *text) {
    glong length, start, end;
    if (!expression_may_match(expression, word_bits(text)))
        return FALSE;
    g_free(expression->text);
    expression->text = units_of(text, &length);
    return expression_find_utf16(expression, (const gunichar2 *)expression->text, length, &start,
                                 &end);
}

char *expression_group(Expression *expression, const char *name) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t group = uregex_groupNumberFromCName(expression->regex, name, -1, &status);
    int32_t start = uregex_start(expression->regex, group, &status);
    int32_t end = uregex_end(expression->regex, group, &status);
    int32_t length = 0;
    if (U_FAILURE(status) || start < 0)
        return NULL;
    const UChar *text = uregex_getText(expression->regex, &length, &status);
    if (U_FAILURE(status) || end > length)
        return NULL;
    return g_utf16_to_utf8((const gunichar2 *)text + start, end - start, NULL, NULL, NULL);
}

void expression_begin(Expression *expression, const gunichar2 *text, glong length) {
    UErrorCode status = U_ZERO_ERROR;
    expression->in_vain = lacks_needs(expression, text, length);
    if (expression->in_vain)
        return;
    expression_ready(expression);
    uregex_setText(expression->regex, (const UChar *)text, (int32_t)length, &status);
}

gboolean expression_next(Expression *expression, glong *start, glong *end) {
    UErrorCode status = U_ZERO_ERROR;
    if (expression->in_vain || !uregex_findNext(expression->regex, &status) || U_FAILURE(status))
        return FALSE;
    *start = uregex_start(expression->regex, 0, &status);
    *end = uregex_end(expression->regex, 0, &status);
    return U_SUCCESS(status);
}

gboolean expression_group_span(Expression *expression, const char *name, glong *start, glong *end) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t group = uregex_groupNumberFromCName(expression->regex, name, -1, &status);
    *start = uregex_start(expression->regex, group, &status);
    *end = uregex_end(expression->regex, group, &status);
    return U_SUCCESS(status) && *start >= 0;
}
