/* Money in several units: 五元三毛, 一百二十三元1角1分, 五块六, 三块零四, 伍角叁分整. */
#include "normalize/figure_reading.h"

/* A digit and its part of the yuan (角 1, 分 2) at `at`; the place behind it or 0. */
static guint part_read(const Scanner *scanner, guint at, const char *currency, int above,
                       int *steps, Decimal *value) {
    NumberReading number;
    guint zero = scanner_is(scanner, at, U"零") || scanner_is(scanner, at, U"〇"), word = 0;
    gunichar code = scanner_code(scanner, at + zero);
    if ((chinese_digit(code) < 1 && !code_is_digit(code)) ||
        number_read(scanner->vocabulary, scanner->text, scanner->original, at + zero, &number) !=
            NUMBER_READ ||
        number.value.decimals != 0 || number.value.coefficient > 99)
        return 0;
    guint length = scanner_match(scanner, TRIE_UNIT, number.end, &word);
    const UnitWord *unit = length == 0 ? NULL : vocabulary_unit(scanner->vocabulary, word);
    if (unit == NULL || unit->unit == NULL || unit->steps <= above ||
        !g_str_equal(unit->unit, currency))
        return 0;
    *steps = unit->steps;
    return decimal_scale(number.value, -unit->steps, value) ? number.end + length : 0;
}

/* 五块六: tenths without their unit; 三块零四: hundredths. */
static guint elided_read(const Scanner *scanner, guint at, int above, int *steps, Decimal *value) {
    guint zero = scanner_is(scanner, at, U"零") ? 1 : 0;
    gunichar code = scanner_code(scanner, at + zero);
    int digit = code_is_digit(code) ? (int)code - '0' : chinese_digit(code);
    guint word = 0, next = at + zero + 1;
    if (digit < 1 || code_is_digit(scanner_code(scanner, next)) ||
        chinese_power(scanner_code(scanner, next)) > 0 ||
        scanner->text->gaps[at] != TEXT_GAP_NONE ||
        scanner_match(scanner, TRIE_UNIT, next, &word) > 0)
        return 0;
    *steps = above + 1 + (int)zero;
    return *steps <= 2 && decimal_scale(decimal_from_integer(digit), -*steps, value) ? next : 0;
}

static guint next_part(const Scanner *scanner, const FigureReading *reading, guint at, int above,
                       gboolean spoken, int *steps, Decimal *value) {
    guint end = part_read(scanner, at, reading->unit->unit, above, steps, value);
    if (end == 0 && spoken && reading->number.power == 0)
        end = elided_read(scanner, at, above, steps, value);
    return end;
}

void money_read(const Scanner *scanner, FigureReading *reading) {
    Quantity *quantity = &reading->quantity;
    const UnitWord *unit = reading->unit;
    if (unit == NULL || unit->steps < 0)
        return;
    int above = unit->steps, steps;
    gboolean spoken = unit->spoken;
    Decimal value, sum;
    guint end;
    while (above < 2 && decimal_compare(quantity->value, quantity->value_high) == 0 &&
           (end = next_part(scanner, reading, quantity->end, above, spoken, &steps, &value)) != 0 &&
           decimal_add(quantity->value, value, &sum)) {
        quantity->value = quantity->value_high = sum;
        quantity->number_end = quantity->unit_start = quantity->unit_end = quantity->end = end;
        quantity->unit_power = -steps;
        quantity->decimals = 0;
        reading->money_chain = TRUE;
        above = steps;
    }
    if (scanner_is(scanner, quantity->end, U"整") || scanner_is(scanner, quantity->end, U"正"))
        if (scanner_is_edge(scanner, quantity->end + 1))
            quantity->end++;
    if (scanner_is(scanner, quantity->end, U"人民币"))
        quantity->end += 3;
}
