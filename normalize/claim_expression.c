#include "normalize/claim_expression.h"
#include "normalize/expression_risk.h"
#include "normalize/expression_text.h"
#include <glib/gi18n.h>
#include <string.h>
#include <unicode/ustring.h>

/* Time is counted in steps of the matching engine; a window of text needs a handful. */
static void limits_set(URegularExpression *expression) {
    UErrorCode status = U_ZERO_ERROR;
    uregex_setTimeLimit(expression, CLAIM_STEPS_MAX, &status);
    uregex_setStackLimit(expression, CLAIM_STACK_BYTES, &status);
}

/* TRUE where it fails, or matches nothing at all, on a run of two characters in turn. */
static gboolean run_fails(URegularExpression *expression, UChar one, UChar other) {
    UChar text[CLAIM_WINDOW_MAX];
    for (gsize k = 0; k < CLAIM_WINDOW_MAX; k++)
        text[k] = k % 2 == 0 ? one : other;
    text[CLAIM_WINDOW_MAX - 1] = 0x7532; /* what ends the run, so that it cannot match */
    UErrorCode status = U_ZERO_ERROR;
    uregex_setText(expression, text, CLAIM_WINDOW_MAX, &status);
    while (uregex_findNext(expression, &status) && U_SUCCESS(status))
        if (uregex_end(expression, 0, &status) == uregex_start(expression, 0, &status))
            return TRUE;
    return U_FAILURE(status);
}

/* The characters to make runs of: common ones, and the first few that the expression names. */
static guint run_alphabet(const gunichar2 *pattern, glong n, UChar *alphabet) {
    static const UChar COMMON[] = {'1', 'a', 0x4E2D, ',', '.', '-', 0x4E07};
    guint n_alphabet = 0;
    for (glong i = 0; i < n && n_alphabet < CLAIM_OWN_MAX; i++) {
        gboolean known = pattern[i] < 0x80 && !g_ascii_isalnum((char)pattern[i]);
        for (guint k = 0; k < n_alphabet; k++)
            known |= alphabet[k] == pattern[i];
        if (!known)
            alphabet[n_alphabet++] = pattern[i];
    }
    for (gsize i = 0; i < G_N_ELEMENTS(COMMON); i++)
        alphabet[n_alphabet++] = COMMON[i];
    return n_alphabet;
}

static gboolean runs_away(URegularExpression *expression, const gunichar2 *pattern, glong n) {
    UChar alphabet[CLAIM_OWN_MAX + 8];
    guint n_alphabet = run_alphabet(pattern, n, alphabet);
    for (guint i = 0; i < n_alphabet; i++)
        for (guint k = i; k < MIN(n_alphabet, i + 3); k++)
            if (run_fails(expression, alphabet[i], alphabet[k]))
                return TRUE;
    return FALSE;
}

static gboolean matches_nothing(URegularExpression *expression) {
    static const UChar EMPTY[] = {0};
    UErrorCode status = U_ZERO_ERROR;
    uregex_setText(expression, EMPTY, 0, &status);
    return uregex_lookingAt(expression, 0, &status) && U_SUCCESS(status);
}

static int named_group(const URegularExpression *expression, const char *name) {
    UErrorCode status = U_ZERO_ERROR;
    int group = uregex_groupNumberFromCName((URegularExpression *)expression, name, -1, &status);
    return U_SUCCESS(status) ? group : 0;
}

/* Whether what is compiled can be used. */
static gboolean is_safe(URegularExpression *compiled, const char *text) {
    glong n = 0;
    g_autofree gunichar2 *pattern = g_utf8_to_utf16(text, -1, NULL, &n, NULL);
    return !matches_nothing(compiled) &&
           !(expression_is_risky(text) && runs_away(compiled, pattern, n));
}

static gboolean compile(ClaimExpression *expression, char **reason) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError problem = {0};
    expression->expression =
        expression_compile(expression->text, UREGEX_COMMENTS, &problem, &status);
    if (expression->expression == NULL) {
        *reason = g_strdup_printf(_("the expression is not valid at character %d (%s)"),
                                  (int)problem.offset, u_errorName(status));
        return FALSE;
    }
    limits_set(expression->expression);
    expression->claim_group = named_group(expression->expression, "claim");
    return TRUE;
}

ClaimExpression *claim_expression_new(const char *text, gboolean proven, char **reason) {
    ClaimExpression *expression = g_new0(ClaimExpression, 1);
    expression->text = text;
    if (proven)
        return expression;
    if (compile(expression, reason)) {
        if (is_safe(expression->expression, text))
            return expression;
        *reason = g_strdup(_("the expression matches nothing at all, or takes too long"));
    }
    claim_expression_free(expression);
    return NULL;
}

void claim_expression_ready(ClaimExpression *expression) {
    g_autofree char *reason = NULL;
    if (expression->expression == NULL)
        compile(expression, &reason);
    g_assert(expression->expression != NULL); /* it compiled when it was proven */
}

void claim_expression_free(gpointer data) {
    ClaimExpression *expression = data;
    uregex_close(expression->expression);
    g_free(expression);
}

URegularExpression *claim_expression_clone(ClaimExpression *expression) {
    UErrorCode status = U_ZERO_ERROR;
    claim_expression_ready(expression);
    URegularExpression *copy = uregex_clone(expression->expression, &status);
    if (U_FAILURE(status))
        return NULL;
    limits_set(copy);
    return copy;
}
