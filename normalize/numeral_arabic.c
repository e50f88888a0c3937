/* Groups of three may be set off by commas (half or full width) or by single spaces, never by
 * both. A full-width comma also separates the members of a list, so “300，500” stays two numbers
 * while “82，225.00” and “１，１２３” are one. A line break may stand inside a group: “1,2 34.56”.
 */
#include "normalize/numeral_arabic.h"
#include <string.h>

enum { FULL_WIDTH_COMMA = 0xFF0C, FULL_WIDTH_ZERO = 0xFF10 };

static guint digits_end(const NormalText *text, guint at) {
    guint end = at;
    while (end < text->length && code_is_digit(text->codes[end]) &&
           (end == at || text->gaps[end] == TEXT_GAP_NONE))
        end++;
    return end;
}

/* The end of three digits at `at`, of which a line break may stand among; 0 without them. */
static guint group_end(const NormalText *text, guint at) {
    guint end = at;
    while (end < at + 3 && end < text->length && code_is_digit(text->codes[end]))
        end++;
    if (end != at + 3)
        return 0;
    gboolean longer =
        end < text->length && code_is_digit(text->codes[end]) && text->gaps[end] == TEXT_GAP_NONE;
    return longer ? 0 : end;
}

static gboolean point_follows(const NormalText *text, guint at) {
    return at + 1 < text->length && text->codes[at] == '.' && text->gaps[at] == TEXT_GAP_NONE &&
           text->gaps[at + 1] == TEXT_GAP_NONE && code_is_digit(text->codes[at + 1]);
}

static gboolean unit_follows(const Vocabulary *vocabulary, const NormalText *text, guint at) {
    guint word = 0;
    if (at >= text->length)
        return FALSE;
    gunichar code = text->codes[at];
    if (chinese_power(code) > 0 || code == '%')
        return TRUE;
    return trie_match(vocabulary->tries[TRIE_UNIT], text->codes + at, text->length - at, &word) >
               0 &&
           vocabulary_unit(vocabulary, word)->unit != NULL;
}

/* End of the groups behind commas; `at` itself where there are none. */
static NumberState comma_groups(const Vocabulary *vocabulary, const NormalText *text,
                                const gunichar *original, guint start, guint at, guint *end) {
    guint n_groups = 0, last = at;
    gboolean broken = FALSE, wrong = FALSE, right = FALSE;
    gunichar comma = at < text->length ? original[text->origins[at]] : 0;
    while (last + 1 < text->length && last - at < NUMBER_LENGTH_MAX && text->codes[last] == ',' &&
           original[text->origins[last]] == comma && text->gaps[last] == TEXT_GAP_NONE &&
           code_is_digit(text->codes[last + 1])) {
        guint group = group_end(text, last + 1);
        broken |= text->gaps[last + 1] != TEXT_GAP_NONE;
        wrong |= group == 0;
        right |= group != 0;
        last = group == 0 ? digits_end(text, last + 1) : group;
        n_groups++;
    }
    *end = at;
    if (n_groups == 0)
        return NUMBER_READ;
    gboolean wide = comma == FULL_WIDTH_COMMA;
    gboolean one = !wrong && at - start <= 3;
    gboolean narrow_digits = original[text->origins[start]] < FULL_WIDTH_ZERO;
    if (wide && narrow_digits)
        one &= n_groups > 1 || point_follows(text, last);
    if (broken && (!wide || narrow_digits))
        one &= point_follows(text, last);
    if (one)
        *end = last;
    else if (!wide && !broken && (point_follows(text, last) || (n_groups > 1 && right)))
        return NUMBER_MALFORMED;
    else if (!wide && !broken && wrong && unit_follows(vocabulary, text, last) && n_groups == 1 &&
             at - start + last - at - 1 > 4)
        return NUMBER_MALFORMED;
    return NUMBER_READ;
}

/* “14 201.19”: groups of three behind single spaces, where a point or a unit ends them. */
static guint space_groups(const Vocabulary *vocabulary, const NormalText *text, guint start,
                          guint at) {
    guint end = at, n_groups = 0;
    if (at - start > 3 || text->codes[start] == '0')
        return at;
    while (end < text->length && end - at < NUMBER_LENGTH_MAX &&
           text->gaps[end] == TEXT_GAP_NARROW && digits_end(text, end) == end + 3) {
        end += 3;
        n_groups++;
    }
    if (n_groups == 0 || (end < text->length && code_is_digit(text->codes[end])))
        return at;
    gboolean cell = start == 0 && end == text->length;
    return cell || point_follows(text, end) || unit_follows(vocabulary, text, end) ? end : at;
}

/* A line break beside the point of a long number: “14640. 83万元”; “2. 83万元” is an item. */
static gboolean broken_point_follows(const Vocabulary *vocabulary, const NormalText *text,
                                     guint start, guint end) {
    if (end < start + 3 || end + 1 >= text->length || text->codes[end] != '.' ||
        !code_is_digit(text->codes[end + 1]) ||
        text->gaps[end] + text->gaps[end + 1] != TEXT_GAP_NARROW)
        return FALSE;
    guint after = end + 2;
    while (after < text->length && code_is_digit(text->codes[after]) &&
           text->gaps[after] == TEXT_GAP_NONE)
        after++;
    return unit_follows(vocabulary, text, after);
}

static gboolean run_value(const NormalText *text, guint start, guint end, Decimal *value) {
    char digits[DECIMAL_TEXT_MAX + 1];
    guint n = 0;
    if (text->codes[start] == '.')
        digits[n++] = '0';
    for (guint i = start; i < end; i++) {
        if (text->codes[i] == ',')
            continue;
        if (n == DECIMAL_TEXT_MAX)
            return FALSE;
        digits[n++] = (char)text->codes[i];
    }
    digits[n] = '\0';
    return decimal_parse(digits, value);
}

NumberState arabic_read(const Vocabulary *vocabulary, const NormalText *text,
                        const gunichar *original, guint at, ArabicRun *run) {
    guint whole = digits_end(text, at), end = whole;
    if (comma_groups(vocabulary, text, original, at, whole, &end) == NUMBER_MALFORMED)
        return NUMBER_MALFORMED;
    *run = (ArabicRun){.separated = end > whole};
    if (end == whole)
        end = space_groups(vocabulary, text, at, whole);
    for (guint i = at; i < end; i++)
        run->digits += code_is_digit(text->codes[i]) ? 1 : 0;
    run->leading_zero = whole > at + 1 && text->codes[at] == '0';
    run->end = end;
    if (point_follows(text, end) || broken_point_follows(vocabulary, text, at, end)) {
        run->end = digits_end(text, end + 1);
        run->decimals = (int)(run->end - end - 1);
    }
    gunichar mark = run->end < text->length ? text->codes[run->end] : 0;
    gunichar after = run->end + 1 < text->length ? text->codes[run->end + 1] : 0;
    if (mark == '.' && text->gaps[run->end] == TEXT_GAP_NONE &&
        (run->decimals > 0 ? code_is_digit(after)
                           : after == '.' && code_is_digit(text->codes[run->end + 2])))
        return NUMBER_MALFORMED; /* 1.2.3, 1..5 */
    if (run->end == at || !run_value(text, at, run->end, &run->value))
        return NUMBER_MALFORMED;
    return NUMBER_READ;
}
