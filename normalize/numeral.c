/* Which form a numeral has: Chinese digits by position, 几 and 数 before a magnitude, or a chain of
 * terms; and what may follow Arabic digits (e+14, k). */
#include "normalize/numeral.h"
#include "normalize/numeral_chain.h"

/* 二〇二一, 一三八…: three and more digits and nothing else, read by position. */
static NumberState positional_read(const Vocabulary *vocabulary, const NormalText *text, guint at,
                                   guint end, NumberReading *reading) {
    char digits[DECIMAL_TEXT_MAX + 1];
    guint word = 0;
    *reading = (NumberReading){.start = at, .end = end, .chinese = TRUE};
    if (end - at > DECIMAL_DIGITS_MAX ||
        (chinese_digit(text->codes[at]) == 0 && /* 〇一二三家: a code */
         trie_match(vocabulary->tries[TRIE_UNIT], text->codes + end, text->length - end, &word) >
             0))
        return NUMBER_MALFORMED;
    for (guint i = at; i < end; i++)
        digits[i - at] = (char)('0' + chinese_digit(text->codes[i]));
    digits[end - at] = '\0';
    *reading = (NumberReading){.start = at,
                               .end = end,
                               .number_end = end,
                               .chinese = TRUE,
                               .positional = TRUE,
                               .compound = TRUE};
    return decimal_parse(digits, &reading->value) ? NUMBER_READ : NUMBER_MALFORMED;
}

static guint chinese_digits_end(const NormalText *text, guint at) {
    guint end = at;
    while (end < text->length && end - at < NUMBER_LENGTH_MAX &&
           chinese_digit(text->codes[end]) >= 0)
        end++;
    return end;
}

guint number_exponent(const NormalText *text, guint at) {
    if (at >= text->length || (text->codes[at] | 0x20) != 'e' || text->gaps[at] != TEXT_GAP_NONE)
        return 0;
    guint start = at + 1, end;
    gboolean sign = text->codes[start] == '+' || text->codes[start] == '-';
    start += sign ? 1 : 0;
    for (end = start; end < text->length && code_is_digit(text->codes[end]);)
        end++;
    if (end == start || end > start + 2 || (!sign && text->codes[at] == 'E') ||
        (end < text->length && (code_is_latin(text->codes[end]) || text->codes[end] == '-')))
        return 0;
    return end;
}

/* 12.32e+14. */
static void take_exponent(const NormalText *text, NumberReading *reading) {
    guint end = reading->chinese || reading->power != 0 ? 0 : number_exponent(text, reading->end);
    if (end == 0)
        return;
    int power = 0, sign = 1;
    for (guint i = reading->end + 1; i < end; i++)
        if (code_is_digit(text->codes[i]))
            power = power * 10 + (int)(text->codes[i] - '0');
        else if (text->codes[i] == '-')
            sign = -1;
    if (!decimal_scale(reading->value, sign * power, &reading->value))
        return;
    reading->power = sign * power;
    reading->end = end;
}

/* 12k: thousands, unless a letter follows. */
static void take_thousands(const NormalText *text, NumberReading *reading) {
    guint at = reading->end;
    if (reading->chinese || reading->power != 0 || at >= text->length ||
        (text->codes[at] | 0x20) != 'k' || reading->end == reading->start)
        return;
    gunichar next = at + 1 < text->length ? text->codes[at + 1] : 0;
    if (code_is_latin(next) || code_is_digit(next) || next == '/' || next == '-')
        return;
    if (decimal_scale(reading->value, 3, &reading->value)) {
        reading->power = 3;
        reading->end = at + 1;
    }
}

NumberState number_read(const Vocabulary *vocabulary, const NormalText *text,
                        const gunichar *original, guint at, NumberReading *reading) {
    if (chinese_few(text->codes[at]))
        return few_read(vocabulary, text, original, at, reading);
    guint digits = chinese_digits_end(text, at);
    gboolean discount = digits - at == 2 && text->codes[digits] == 0x6298; /* 七五折 */
    if ((digits - at > 2 || discount) &&
        chinese_power(digits < text->length ? text->codes[digits] : 0) == 0 &&
        !(digits < text->length && chinese_point(text->codes[digits]) &&
          chinese_digit(text->codes[digits + 1]) >= 0)) {
        NumberState state = positional_read(vocabulary, text, at, digits, reading);
        reading->value_high = reading->value;
        return state;
    }
    NumberState state = chain_read(vocabulary, text, original, at, reading);
    if (state == NUMBER_READ && decimal_compare(reading->value, reading->value_high) == 0) {
        take_exponent(text, reading);
        take_thousands(text, reading);
        reading->value_high = reading->value;
    }
    return state;
}
