/* Whether what was read means a number: Chinese numerals are in many words, and “一个” is often
 * only an article. ICU's words are asked last. */
#include "normalize/figure_reading.h"

enum { CELL_LENGTH_MAX = 4, MONEY_CONTEXT = 14 };

/* 六万三, 13万2: the magnitude stands inside. */
static gboolean is_elided(const Scanner *scanner, const NumberReading *number) {
    for (guint at = number->start + 1; at < number->end; at++)
        if (chinese_power(scanner_code(scanner, at)) >= 4)
            return TRUE;
    return FALSE;
}

/* “拨付资金300万，”: a bare 万 or 亿 behind a word for money, in the same clause. */
void money_by_context(const Scanner *scanner, FigureReading *reading) {
    Quantity *quantity = &reading->quantity;
    guint word = 0, at = quantity->start;
    if (quantity->kind != FIGURE_NUMBER || reading->fraction ||
        (quantity->unit_power < 4 && !is_elided(scanner, &reading->number)) ||
        !scanner_is_edge(scanner, quantity->end))
        return;
    for (guint n = 0; n < MONEY_CONTEXT && at > 0; n++, at--) {
        if (!code_is_han(scanner->text->codes[at - 1]) && n > 0)
            return;
        if (trie_match_backwards(scanner->vocabulary->tries[TRIE_MONEY], scanner->text->codes + at,
                                 at, &word) == 0)
            continue;
        quantity->kind = FIGURE_AMOUNT;
        quantity->unit = "元";
        quantity->pattern = vocabulary_term(scanner->vocabulary, word)->pattern;
        return;
    }
}

/* 一个, 一项: counted only behind 共, 完成 …, or alone in a cell; 一倍 always. */
static gboolean one_counts(const Scanner *scanner, const FigureReading *reading) {
    guint word = 0, start = reading->quantity.start;
    if (scanner_match_before(scanner, TRIE_COUNTER, start, &word) > 0 ||
        g_str_equal(reading->unit->unit, "倍"))
        return TRUE;
    if (scanner->text->length <= CELL_LENGTH_MAX)
        return scanner_is_edge_before(scanner, start);
    return scanner_is_edge_before(scanner, start) &&
           scanner_is_edge(scanner, reading->quantity.end);
}

/* One Chinese numeral without unit: alone between edges, or said to be the number. */
static gboolean digit_stands_alone(const Scanner *scanner, guint start, guint end) {
    if (scanner_is(scanner, end, U"分之"))
        return TRUE;
    guint word;
    gboolean before =
        scanner_is_edge_before(scanner, start) && scanner_code(scanner, start - 1) != '(';
    gboolean after = scanner_is_edge(scanner, end) && scanner_code(scanner, end) != ')' &&
                     scanner_code(scanner, end) != 0x3001;
    return (before || scanner_match_before(scanner, TRIE_SAYS, start, &word) > 0) &&
           (after || scanner_match(scanner, TRIE_GOES_ON, end, &word) > 0);
}

gboolean figure_means_number(Scanner *scanner, const FigureReading *reading) {
    const NumberReading *number = &reading->number;
    const Quantity *quantity = &reading->quantity;
    gboolean bounded = quantity->start < number->start || quantity->qualifier != QUALIFIER_EXACT;
    if (number->bare && !reading->fraction && bounded && reading->unit != NULL)
        return TRUE; /* 万元以上 */
    if (number->bare && !reading->fraction)
        return quantity->kind == FIGURE_AMOUNT && number->compound && quantity->start > 0 &&
               code_is_han(scanner->text->codes[quantity->start - 1]);
    if (!number->chinese || reading->fraction || number->about)
        return TRUE;
    if (bounded && reading->unit != NULL && chinese_power(scanner_code(scanner, number->start)) > 0)
        return TRUE; /* 近百家 */
    if (number->positional && reading->unit == NULL)
        return scanner_is_edge_before(scanner, quantity->start) &&
               scanner_is_edge(scanner, number->end);
    if (number->compound && (number->end - number->start > 2 || bounded))
        return TRUE;
    if (reading->unit == NULL) {
        if (!number->compound)
            return digit_stands_alone(scanner, quantity->start, quantity->end);
        return (scanner_is_edge_before(scanner, number->start) &&
                scanner_is_edge(scanner, number->end)) ||
               !words_reach_beyond(scanner, number->start, number->end);
    }
    if (reading->unit->kind == FIGURE_COUNT && !number->compound &&
        chinese_digit(scanner->text->codes[number->start]) == 1 && !number->formal && !bounded &&
        !one_counts(scanner, reading))
        return FALSE;
    return !words_reach_beyond(scanner, number->start, quantity->end);
}
