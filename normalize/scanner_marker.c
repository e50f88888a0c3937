/* List markers: what numbers the items of a text and counts nothing. */
#include "normalize/scanner.h"

enum { MARKER_DIGITS_MAX = 2, DOTTED_DIGITS_MAX = 3 };

/* Behind the start of the text, a punctuation mark or a figure a marker can stand. */
static gboolean marker_can_stand(const Scanner *scanner, guint at) {
    gunichar before = at == 0 ? 0 : scanner->text->codes[at - 1];
    return at == 0 || at == scanner->floor || scanner->text->gaps[at] != TEXT_GAP_NONE ||
           !(code_is_han(before) || code_is_latin(before) || code_is_digit(before));
}

/* （1） （一） (2), ①; “1.” “1、” “一、” “1.5.2” before a word. */
static guint bracketed_end(const Scanner *scanner, guint at) {
    if (at == 0 || scanner_code(scanner, at - 1) != '(')
        return 0;
    guint end = scanner_digits_end(scanner, at);
    if (end == at)
        end = scanner_ordinal_end(scanner, at);
    return end > at && end <= at + 3 && scanner_code(scanner, end) == ')' ? end : 0;
}

/* “26、1年内到期的负债”: a marker at the start of the text, and its item begins with a number. */
static gboolean item_begins(const Scanner *scanner, guint at, guint end) {
    static const gunichar *const LISTED[] = {U"、", U"和", U"及", U"或", U"与", U",",
                                             U"月", U"季", U"日", U"号", NULL};
    if (at != 0 || scanner_code(scanner, end) != 0x3001)
        return FALSE;
    guint next = scanner_digits_end(scanner, end + 1), word = 0;
    for (gsize i = 0; LISTED[i] != NULL; i++)
        if (scanner_is(scanner, next, LISTED[i]))
            return FALSE;
    return scanner_match(scanner, TRIE_UNIT, next, &word) > 0;
}

/* “1.2021年工作”. */
static gboolean year_begins(const Scanner *scanner, guint at) {
    gboolean century = scanner_is(scanner, at, U"20") || scanner_is(scanner, at, U"19");
    return century && scanner_digits_end(scanner, at) == at + 4 &&
           scanner_is(scanner, at + 4, U"年");
}

/* “4.0-6岁儿童”, “2.65岁以上老人”: whole things that are no fractions, so the point ends a marker
 * and a range or bound begins the item. `end`: of the digits behind the point. */
static gboolean bound_begins(const Scanner *scanner, guint at, guint end) {
    static const char DASHES[] = "-—–~～至";
    guint word = 0, last = end, after = 0, low = scanner_digits_end(scanner, at) + 1;
    for (const char *dash = DASHES; *dash != '\0' && last == end; dash = g_utf8_next_char(dash))
        if (scanner_code(scanner, end) == g_utf8_get_char(dash))
            last = scanner_digits_end(scanner, end + 1);
    if (last > end) { /* 1.5-3岁 is a range, 1.0-3岁 an item */
        guint high = end + 1;
        if (end - low > last - high ||
            (end - low == last - high && scanner_code(scanner, low) >= scanner_code(scanner, high)))
            return FALSE;
    } else if (end == low + 1 && scanner_code(scanner, low) == '5') /* 3.5岁以上 */
        return FALSE;
    guint length = scanner_match(scanner, TRIE_UNIT, last, &word);
    const UnitWord *unit = length == 0 ? NULL : vocabulary_unit(scanner->vocabulary, word);
    if (at != 0 || unit == NULL || unit->unit == NULL || !unit->discrete)
        return FALSE;
    return last > end + 1 || scanner_match(scanner, TRIE_AFTER, last + length, &after) > 0;
}

static guint dotted_end(const Scanner *scanner, guint at) {
    guint end = scanner_digits_end(scanner, at), n = 1;
    if (end == at || end > at + DOTTED_DIGITS_MAX)
        return 0;
    while (scanner_code(scanner, end) == '.' && scanner->text->gaps[end] == TEXT_GAP_NONE) {
        guint next = scanner_digits_end(scanner, end + 1);
        if (next == end + 1 || next > end + 1 + DOTTED_DIGITS_MAX ||
            scanner->text->gaps[end + 1] != TEXT_GAP_NONE)
            break;
        end = next;
        n++;
    }
    guint word = 0;
    gunichar code = scanner_code(scanner, end);
    guint length = scanner_match(scanner, TRIE_UNIT, end, &word), bound = 0;
    const UnitWord *unit = length == 0 ? NULL : vocabulary_unit(scanner->vocabulary, word);
    gboolean measured = chinese_power(code) > 0 || scanner_is(scanner, end, U"成") ||
                        scanner_is(scanner, end, U"折") ||
                        (unit != NULL && unit->unit != NULL && !unit->discrete);
    if (n >= 3)
        return measured ? 0 : end;
    guint first = scanner_digits_end(scanner, at);
    if (n == 2 && first <= at + MARKER_DIGITS_MAX && bound_begins(scanner, at, end))
        return first;
    if (length > 0 && scanner_match(scanner, TRIE_AFTER, end + length, &bound) > 0)
        measured = TRUE; /* 3.5岁以上 */
    if (n == 2)
        return at == 0 && code_is_han(code) && !measured &&
                       scanner_match(scanner, TRIE_INSIDE, end, &word) == 0 &&
                       scanner_match(scanner, TRIE_AFTER, end, &word) == 0
                   ? end
                   : 0;
    if (end > at + MARKER_DIGITS_MAX)
        return 0;
    gunichar next = scanner_code(scanner, end + 1);
    if (code == '.' && year_begins(scanner, end + 1))
        return end;
    gboolean followed = end + 1 < scanner->text->length && next != '.' &&
                        (!code_is_digit(next) || item_begins(scanner, at, end));
    return (code == '.' || code == 0x3001 || (code == ')' && at == 0)) && followed ? end : 0;
}

/* ① ⑴ ⒈ ㈠ ❶ */
static gboolean code_is_marker(gunichar code) {
    return (code >= 0x2460 && code <= 0x24FF) || (code >= 0x2776 && code <= 0x2793) ||
           (code >= 0x3220 && code <= 0x3229) || (code >= 0x3251 && code <= 0x325F) ||
           (code >= 0x3280 && code <= 0x3289) || (code >= 0x32B1 && code <= 0x32BF);
}

static gboolean code_is_dash(gunichar code) {
    return code == '-' || code == 0x2014 || code == 0x2013 || code == 0x2500;
}

/* “— 3 —”: nothing else in the text. */
static guint page_end(const Scanner *scanner, guint at) {
    guint start = at;
    for (guint i = 0; i < at; i++)
        if (i > 4 || !code_is_dash(scanner->text->codes[i]))
            return 0;
    while (code_is_dash(scanner_code(scanner, start)))
        start++;
    guint end = scanner_digits_end(scanner, start), last = end;
    while (code_is_dash(scanner_code(scanner, last)))
        last++;
    return start > 0 && end > start && end < last && last == scanner->text->length ? last : 0;
}

guint scanner_read_marker(Scanner *scanner, guint at) {
    guint page = page_end(scanner, at);
    if (page > at)
        return scanner_claim(scanner, at, page, "page", "page");
    if (code_is_marker(scanner_code(scanner, at)))
        return scanner_claim(scanner, at, at + 1, "list-marker", "list-marker");
    guint end = bracketed_end(scanner, at);
    if (end == 0 && marker_can_stand(scanner, at)) {
        gboolean digit = code_is_digit(scanner_code(scanner, at));
        end = digit ? dotted_end(scanner, at) : scanner_ordinal_end(scanner, at);
        if (!digit && (end == at || scanner_code(scanner, end) != 0x3001 || at != 0))
            end = 0;
    }
    return end == 0 ? 0 : scanner_claim(scanner, at, end, "list-marker", "list-marker");
}
