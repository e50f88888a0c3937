/* ICU's dictionary of Chinese words is asked about a few characters around a numeral only: the
 * clause they stand in, WORDS_WINDOW at each side at most. */
#include "normalize/scanner.h"

enum { WORDS_WINDOW = 8 };

static gboolean in_clause(gunichar code) { return code_is_han(code) && code < 0x10000; }

gboolean words_reach_beyond(Scanner *scanner, guint start, guint end) {
    struct QuantityScratch *scratch = scanner->scan->scratch;
    const NormalText *text = scanner->text;
    UErrorCode status = U_ZERO_ERROR;
    if (scratch->words == NULL)
        scratch->words = ubrk_open(UBRK_WORD, "zh", NULL, 0, &status);
    guint first = start, last = end;
    while (first > 0 && start - first < WORDS_WINDOW && in_clause(text->codes[first - 1]))
        first--;
    while (last < text->length && last - end < WORDS_WINDOW && in_clause(text->codes[last]))
        last++;
    UChar window[64];
    if (last - first > G_N_ELEMENTS(window))
        return FALSE;
    for (guint i = first; i < last; i++)
        window[i - first] = text->codes[i] < 0x10000 ? (UChar)text->codes[i] : 0xFFFD;
    ubrk_setText(scratch->words, window, (int32_t)(last - first), &status);
    if (U_FAILURE(status))
        return FALSE;
    return !ubrk_isBoundary(scratch->words, (int32_t)(start - first)) ||
           ubrk_following(scratch->words, (int32_t)(start - first)) > (int32_t)(end - first);
}
