/* Expressions of the vocabulary: each is run in a short window around its literals, so that a long
 * text costs no more than its literals; those without literals at long runs of digits only. */
#include "normalize/claim_expression.h"
#include "normalize/scanner.h"

enum {
    WINDOW_BEFORE = 48,
    WINDOW_AFTER = 96,
    DIGITS_TRIED_MIN = 7, /* shorter runs are not asked about telephones and numbers of things */
};

static URegularExpression *expression_of(Scanner *scanner, guint index) {
    QuantityScratch *scratch = scanner->scan->scratch;
    if (scratch->owner != scanner->vocabulary) {
        g_ptr_array_set_size(scratch->expressions, 0);
        g_ptr_array_set_size(scratch->expressions, (gint)scanner->vocabulary->expressions->len);
        scratch->owner = scanner->vocabulary;
    }
    if (scratch->expressions->pdata[index] == NULL)
        scratch->expressions->pdata[index] =
            claim_expression_clone(scanner->vocabulary->expressions->pdata[index]);
    return scratch->expressions->pdata[index];
}

static void text_to_utf16(Scanner *scanner) {
    GArray *units = scanner->scan->scratch->units;
    if (units->len == scanner->text->length)
        return;
    g_array_set_size(units, scanner->text->length);
    for (guint i = 0; i < scanner->text->length; i++) {
        gunichar code = scanner->text->codes[i];
        g_array_index(units, UChar, i) = code < 0x10000 ? (UChar)code : 0xFFFD;
    }
}

static gboolean expression_run(Scanner *scanner, guint index, guint from, guint at, guint until,
                               Claim *claim) {
    const ClaimExpression *expression = scanner->vocabulary->expressions->pdata[index];
    URegularExpression *regex = expression_of(scanner, index);
    UErrorCode status = U_ZERO_ERROR;
    text_to_utf16(scanner);
    const UChar *units = (const UChar *)(void *)scanner->scan->scratch->units->data;
    uregex_setText(regex, units + from, (int32_t)(until - from), &status);
    gboolean matched =
        at == from ? uregex_lookingAt(regex, -1, &status) : uregex_find(regex, 0, &status);
    while (matched && U_SUCCESS(status)) {
        int group = expression->claim_group;
        guint start = from + (guint)uregex_start(regex, group, &status);
        guint end = from + (guint)uregex_end(regex, group, &status);
        guint whole_end = from + (guint)uregex_end(regex, 0, &status);
        *claim = (Claim){start, end, expression->kind, expression->pattern};
        if (U_SUCCESS(status) && whole_end >= at)
            return end > start && from + (guint)uregex_start(regex, 0, &status) <= at;
        matched = uregex_findNext(regex, &status);
    }
    return FALSE;
}

static int compare_claims(gconstpointer a, gconstpointer b) {
    const Claim *one = a, *other = b;
    return one->start != other->start ? (one->start > other->start) - (one->start < other->start)
                                      : (one->end < other->end) - (one->end > other->end);
}

/* The expressions of one literal at `at`; behind the last claim, or `taken`. */
static guint run_literal(Scanner *scanner, guint word, guint at, guint taken) {
    const NormalText *text = scanner->text;
    const GArray *indices = scanner->vocabulary->literals->pdata[word - 1];
    for (guint i = 0; i < indices->len; i++) {
        guint from = at > WINDOW_BEFORE ? at - WINDOW_BEFORE : 0;
        guint until = MIN(text->length, at + WINDOW_AFTER);
        Claim claim;
        if (!expression_run(scanner, g_array_index(indices, guint, i), from, at, until, &claim))
            continue;
        while (claim.end >= until && claim.end < text->length && text->codes[claim.end] > ' ' &&
               text->codes[claim.end] < 0x7F)
            claim.end++; /* an address longer than the window */
        g_array_append_val(scanner->scan->scratch->found, claim);
        taken = claim.end;
    }
    return taken;
}

void scanner_find_expressions(Scanner *scanner) {
    const NormalText *text = scanner->text;
    const Trie *literals = scanner->vocabulary->tries[TRIE_LITERAL];
    GArray *found = scanner->scan->scratch->found;
    g_array_set_size(found, 0);
    g_array_set_size(scanner->scan->scratch->units, 0);
    for (guint at = 0, taken = 0; at < text->length; at++) {
        guint word = 0;
        if (at < taken || text->codes[at] >= 0x10000 ||
            !(scanner->vocabulary->first[text->codes[at]] & FIRST_LITERAL))
            continue;
        guint length = trie_match(literals, text->codes + at, text->length - at, &word);
        while (length > 0) { /* a literal may begin with another: 〔 and 〔20 */
            taken = run_literal(scanner, word, at, taken);
            length = trie_match(literals, text->codes + at, length - 1, &word);
        }
    }
    g_array_sort(found, compare_claims);
}

guint scanner_digits_expression(Scanner *scanner, guint at, const ClaimExpression **which) {
    guint end = scanner_digits_end(scanner, at);
    guint word = 0;
    if ((end - at < DIGITS_TRIED_MIN && !(end > at + 1 && scanner_code(scanner, at) == '0')) ||
        scanner_match(scanner, TRIE_UNIT, end, &word) > 0 ||
        chinese_power(scanner_code(scanner, end)) > 0 ||
        (scanner_code(scanner, end) == '.' && code_is_digit(scanner_code(scanner, end + 1))))
        return 0;
    for (guint i = 0; i < scanner->vocabulary->expressions->len; i++) {
        *which = scanner->vocabulary->expressions->pdata[i];
        Claim claim;
        guint until = MIN(scanner->text->length, at + WINDOW_AFTER);
        if ((*which)->digits && expression_run(scanner, i, at, at, until, &claim))
            return claim.end;
    }
    return 0;
}
