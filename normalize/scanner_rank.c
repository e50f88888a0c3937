/* 第N: a rank, whatever it ranks; 前三 and 首位 where they place something. */
#include "normalize/scanner.h"

static Quantity rank_quantity(const NumberReading *number, guint start) {
    Quantity quantity = {.kind = FIGURE_RANK,
                         .value = number->value,
                         .value_high = number->value,
                         .divisor = decimal_from_integer(1),
                         .high_divisor = decimal_from_integer(1),
                         .start = start,
                         .end = number->end,
                         .number_start = number->start,
                         .number_end = number->number_end,
                         .unit_start = number->end,
                         .unit_end = number->end,
                         .pattern = "rank"};
    return quantity;
}

static gboolean whole_number(const Scanner *scanner, guint at, NumberReading *number) {
    gunichar code = scanner_code(scanner, at);
    if (!code_is_digit(code) && chinese_digit(code) < 0 && chinese_power(code) == 0)
        return FALSE;
    return number_read(scanner->vocabulary, scanner->text, scanner->original, at, number) ==
               NUMBER_READ &&
           decimal_trim(number->value).decimals == 0 &&
           decimal_compare(number->value, number->value_high) == 0;
}

static gboolean leading_zero_number(const Scanner *scanner, guint at, NumberReading *number) {
    return (scanner_is(scanner, at, U"零") || scanner_is(scanner, at, U"〇")) &&
           whole_number(scanner, at + 1, number);
}

/* “第3至5名”: “第三到第五” are two ranks unless 之间 follows. */
static void rank_range(const Scanner *scanner, Quantity *quantity) {
    NumberReading last;
    guint at = quantity->end;
    if (!scanner_is(scanner, at, U"至") && !scanner_is(scanner, at, U"-") &&
        !scanner_is(scanner, at, U"~") && !scanner_is(scanner, at, U"—") &&
        !scanner_is(scanner, at, U"到") && !scanner_is(scanner, at, U"和"))
        return;
    gboolean between = scanner_is(scanner, at, U"和");
    guint again = scanner_is(scanner, at + 1, U"第") ? 1 : 0;
    if ((between && again == 0) || !whole_number(scanner, at + 1 + again, &last) ||
        decimal_compare(last.value, quantity->value) <= 0)
        return;
    gboolean closed = scanner_is(scanner, last.end, U"之间");
    if (between && !closed)
        return;
    if (closed && quantity->start > 0 && scanner_is(scanner, quantity->start - 1, U"在") &&
        quantity->start - 1 >= scanner->floor)
        quantity->start--;
    quantity->qualifier = QUALIFIER_RANGE;
    quantity->value_high = last.value;
    quantity->end = last.end + (closed ? 2 : 0);
    quantity->unit_start = quantity->unit_end = quantity->end;
}

static guint ordinal_read(Scanner *scanner, guint at) {
    NumberReading number;
    if (!whole_number(scanner, at + 1, &number) && !leading_zero_number(scanner, at + 1, &number))
        return 0;
    if (number.bare && !scanner_is_edge(scanner, number.end))
        return 0;
    Quantity quantity = rank_quantity(&number, at);
    rank_range(scanner, &quantity);
    return scanner_add(scanner, &quantity);
}

/* 前三, 前10名; not 前三季度, nor “2日前3家”. */
static guint front_read(Scanner *scanner, guint at) {
    NumberReading number;
    guint word;
    if (!whole_number(scanner, at + 1, &number) || number.bare)
        return 0;
    gboolean places = scanner_is_edge(scanner, number.end) ||
                      scanner_match(scanner, TRIE_PLACED, number.end, &word) > 0;
    if (!places || (at > 0 && at == scanner->floor && code_is_digit(scanner_code(scanner, at - 1))))
        return 0;
    Quantity quantity = rank_quantity(&number, at);
    quantity.pattern = "front-rank";
    return scanner_add(scanner, &quantity);
}

/* 位居全省首位. */
static guint first_read(Scanner *scanner, guint at) {
    guint word;
    if (!scanner_is(scanner, at, U"首位") ||
        scanner_match_before(scanner, TRIE_PLACING, at, &word) == 0)
        return 0;
    NumberReading number = {
        .value = decimal_from_integer(1), .start = at, .end = at + 2, .number_end = at + 2};
    Quantity quantity = rank_quantity(&number, at);
    quantity.pattern = "first-rank";
    return scanner_add(scanner, &quantity);
}

guint scanner_read_rank(Scanner *scanner, guint at) {
    if (scanner_is(scanner, at, U"第"))
        return ordinal_read(scanner, at);
    if (scanner_is(scanner, at, U"前"))
        return front_read(scanner, at);
    return scanner_is(scanner, at, U"首") ? first_read(scanner, at) : 0;
}
