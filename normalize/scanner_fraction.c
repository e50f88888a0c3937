/* Shares and ratios at the number just read: 百分之五, 三分之二, 三又十分之一, 3/5, 3:2, 七成六.
 * 百 千 万 alone before 分之 give per cent of their share; any other denominator a ratio. */
#include "normalize/figure_reading.h"

enum { EXPONENT_MAX = 64 };

static gboolean number_at(const Scanner *scanner, guint at, NumberReading *number) {
    gunichar code = scanner_code(scanner, at);
    return (code_is_digit(code) || chinese_digit(code) >= 0 || chinese_power(code) > 0) &&
           number_read(scanner->vocabulary, scanner->text, scanner->original, at, number) ==
               NUMBER_READ;
}

static gint128 common_divisor(gint128 a, gint128 b) {
    a = a < 0 ? -a : a;
    while (b != 0) {
        gint128 rest = a % b;
        a = b;
        b = rest;
    }
    return a == 0 ? 1 : a;
}

/* numerator / denominator in lowest terms, of whole numbers. */
static gboolean ratio_set(Quantity *quantity, Decimal numerator, Decimal denominator) {
    int wider = MAX(decimal_trim(numerator).decimals, decimal_trim(denominator).decimals);
    Decimal a, b;
    if (!decimal_scale(decimal_trim(numerator), wider, &a) ||
        !decimal_scale(decimal_trim(denominator), wider, &b) || b.coefficient <= 0)
        return FALSE;
    gint128 divisor = common_divisor(a.coefficient, b.coefficient);
    quantity->value = (Decimal){.coefficient = a.coefficient / divisor, .decimals = 0};
    quantity->divisor = (Decimal){.coefficient = b.coefficient / divisor, .decimals = 0};
    quantity->value_high = quantity->value;
    quantity->high_divisor = quantity->divisor;
    quantity->kind = FIGURE_RATIO;
    quantity->unit = NULL;
    quantity->unit_power = 0;
    return TRUE;
}

static void fraction_end(FigureReading *reading, guint end, const char *pattern) {
    Quantity *quantity = &reading->quantity;
    quantity->end = end;
    quantity->number_end = quantity->unit_start = quantity->unit_end = end;
    quantity->pattern = pattern;
    reading->fraction = TRUE;
}

/* 10^n → n; −1 for anything else. */
static int power_of(Decimal value) {
    value = decimal_trim(value);
    int power = 0;
    while (value.decimals == 0 && value.coefficient > 1 && value.coefficient % 10 == 0) {
        value.coefficient /= 10;
        power++;
    }
    return value.decimals == 0 && value.coefficient == 1 ? power : -1;
}

/* 百分之负三点八 → −3.8 %. */
static gboolean percent_read(const Scanner *scanner, FigureReading *reading, guint at) {
    NumberReading numerator;
    guint negative = scanner_is(scanner, at, U"负") || scanner_is(scanner, at, U"-") ? 1 : 0;
    int power = power_of(reading->number.value);
    if (power < 2 || !number_at(scanner, at + negative, &numerator))
        return FALSE;
    Decimal value, high;
    if (!decimal_scale(numerator.value, 2 - power, &value) ||
        !decimal_scale(numerator.value_high, 2 - power, &high))
        return FALSE;
    Quantity *quantity = &reading->quantity;
    quantity->kind = FIGURE_PERCENT;
    quantity->unit = "%";
    quantity->value = negative != 0 ? decimal_negate(high) : value;
    quantity->value_high = negative != 0 ? decimal_negate(value) : high;
    quantity->decimals = numerator.decimals;
    quantity->unit_power = 2 - power + numerator.power;
    if (decimal_compare(value, high) != 0)
        quantity->qualifier = QUALIFIER_RANGE;
    fraction_end(reading, numerator.end, "share");
    return TRUE;
}

static gboolean share_read(const Scanner *scanner, FigureReading *reading) {
    NumberReading numerator;
    guint at = reading->number.end;
    if (scanner_is(scanner, at, U"分百") && reading->number.bare) { /* 百分百 */
        reading->quantity.kind = FIGURE_PERCENT;
        reading->quantity.unit = "%";
        fraction_end(reading, at + 2, "share");
        return TRUE;
    }
    if (!scanner_is(scanner, at, U"分之"))
        return FALSE;
    if (reading->number.bare)
        return percent_read(scanner, reading, at + 2);
    if (!number_at(scanner, at + 2, &numerator) ||
        !ratio_set(&reading->quantity, numerator.value, reading->number.value))
        return FALSE;
    fraction_end(reading, numerator.end, "fraction");
    return TRUE;
}

/* 三又十分之一. */
static gboolean mixed_read(const Scanner *scanner, FigureReading *reading) {
    NumberReading below, above;
    guint at = reading->number.end;
    Decimal whole, sum;
    if (!scanner_is(scanner, at, U"又") || !number_at(scanner, at + 1, &below))
        return FALSE;
    gboolean slash = scanner_code(scanner, below.end) == '/';
    if ((!slash && !scanner_is(scanner, below.end, U"分之")) ||
        !number_at(scanner, below.end + (slash ? 1 : 2), &above))
        return FALSE;
    guint end = above.end;
    if (slash) {
        NumberReading held = below;
        below = above;
        above = held;
    }
    if (!decimal_multiply(reading->number.value, below.value, &whole) ||
        !decimal_add(whole, above.value, &sum) || !ratio_set(&reading->quantity, sum, below.value))
        return FALSE;
    fraction_end(reading, end, "fraction");
    return TRUE;
}

static gboolean plain_whole(const NumberReading *number) {
    return !number->chinese && number->decimals == 0 && number->power == 0 && !number->separated &&
           !number->leading_zero && number->digits <= 4;
}

/* 8.5/10万: so many of a hundred thousand. */
static gboolean population_read(const Scanner *scanner, FigureReading *reading) {
    NumberReading below;
    guint at = reading->number.end, word = 0;
    if (scanner_code(scanner, at) != '/' || reading->number.chinese || reading->number.power != 0 ||
        !code_is_digit(scanner_code(scanner, at + 1)) || !number_at(scanner, at + 1, &below) ||
        below.chinese || below.power < 4 || power_of(below.value) < 0 ||
        scanner_match(scanner, TRIE_UNIT, below.end, &word) > 0 ||
        !ratio_set(&reading->quantity, reading->number.value, below.value))
        return FALSE;
    fraction_end(reading, below.end, "fraction");
    return TRUE;
}

/* 3/5; not a date, a code or a price per thing. */
static gboolean slash_read(const Scanner *scanner, FigureReading *reading) {
    NumberReading below;
    guint at = reading->number.end, word = 0;
    guint start = reading->number.start;
    gboolean chained = start > 1 && scanner_code(scanner, start - 1) == '/' &&
                       code_is_digit(scanner_code(scanner, start - 2));
    if (scanner_code(scanner, at) != '/' || chained || !plain_whole(&reading->number) ||
        !number_at(scanner, at + 1, &below) || !plain_whole(&below) ||
        scanner_code(scanner, below.end) == '/' || scanner_code(scanner, below.end) == '-' ||
        code_is_latin(scanner_code(scanner, below.end)) ||
        scanner_match(scanner, TRIE_UNIT, below.end, &word) > 0)
        return FALSE;
    if (!ratio_set(&reading->quantity, reading->number.value, below.value))
        return FALSE;
    fraction_end(reading, below.end, "fraction");
    return TRUE;
}

/* 三比二, 5比3: only where nothing goes on. */
static gboolean versus_read(const Scanner *scanner, FigureReading *reading) {
    NumberReading right;
    guint at = reading->number.end, word = 0;
    if (!scanner_is(scanner, at, U"比") || reading->number.power != 0 ||
        !number_at(scanner, at + 1, &right) || right.bare ||
        scanner_match(scanner, TRIE_UNIT, right.end, &word) > 0 ||
        !(scanner_is_edge(scanner, right.end) || scanner_is(scanner, right.end, U"的")) ||
        !ratio_set(&reading->quantity, reading->number.value, right.value))
        return FALSE;
    fraction_end(reading, right.end, "proportion");
    return TRUE;
}

/* 3:2, 1∶1.5. */
static gboolean colon_read(const Scanner *scanner, FigureReading *reading) {
    NumberReading right;
    guint at = reading->number.end, word = 0;
    gunichar code = scanner_code(scanner, at);
    if ((code != ':' && code != 0x2236) || reading->number.chinese || reading->number.power != 0 ||
        !code_is_digit(scanner_code(scanner, at + 1)) || scanner->text->gaps[at] != TEXT_GAP_NONE ||
        scanner->text->gaps[at + 1] != TEXT_GAP_NONE || !number_at(scanner, at + 1, &right) ||
        right.power != 0 || right.separated ||
        scanner_match(scanner, TRIE_UNIT, right.end, &word) > 0 ||
        scanner_code(scanner, right.end) == '.' || scanner_code(scanner, right.end) == 0x5E74)
        return FALSE;
    if (!ratio_set(&reading->quantity, reading->number.value, right.value))
        return FALSE;
    fraction_end(reading, right.end, "proportion");
    return TRUE;
}

/* 2.5^-1, 1.1^23. */
static gboolean exponent_read(const Scanner *scanner, FigureReading *reading) {
    NumberReading exponent;
    guint at = reading->number.end;
    if (scanner_code(scanner, at) != '^' || reading->number.chinese)
        return FALSE;
    guint signs = scanner_code(scanner, at + 1) == '-' || scanner_code(scanner, at + 1) == '+';
    if (!code_is_digit(scanner_code(scanner, at + 1 + signs)) ||
        !number_at(scanner, at + 1 + signs, &exponent) || exponent.value.decimals > 0 ||
        exponent.value.coefficient > EXPONENT_MAX)
        return FALSE;
    Decimal power = decimal_from_integer(1);
    for (int i = 0; i < (int)exponent.value.coefficient; i++)
        if (!decimal_multiply(power, reading->number.value, &power))
            return FALSE;
    if (scanner_code(scanner, at + 1) == '-') {
        if (!ratio_set(&reading->quantity, decimal_from_integer(1), power))
            return FALSE;
    } else
        reading->quantity.value = reading->quantity.value_high = power;
    fraction_end(reading, exponent.end, "power");
    return TRUE;
}

/* 95折, 七五折: hundredths; 9.5折, 八折: tenths. */
static int tenths_power(const NumberReading *number, gboolean discount) {
    gboolean hundredths = number->positional || (discount && !number->chinese &&
                                                 number->digits == 2 && number->decimals == 0);
    return hundredths ? 0 : 1;
}

/* 七成六, 三成半, 六点五成, 八折, 七五折. */
static gboolean tenths_read(const Scanner *scanner, FigureReading *reading) {
    guint at = reading->number.end, word;
    gboolean discount = scanner_is(scanner, at, U"折");
    if (!discount && !scanner_is(scanner, at, U"成"))
        return FALSE;
    if (scanner_match(scanner, TRIE_NOT_TENTH, at + 1, &word) > 0)
        return FALSE;
    Quantity *quantity = &reading->quantity;
    if (reading->number.power != 0 || reading->number.bare || /* 百折不挠 */
        !reading_scale(reading, tenths_power(&reading->number, discount)))
        return FALSE;
    guint end = at + 1;
    int digit = chinese_digit(scanner_code(scanner, end));
    Decimal more = decimal_from_integer(scanner_is(scanner, end, U"半") ? 5 : digit);
    if (!discount && (digit > 0 || scanner_is(scanner, end, U"半")) &&
        decimal_add(quantity->value, more, &quantity->value)) {
        quantity->value_high = quantity->value;
        end++;
    }
    quantity->kind = FIGURE_PERCENT;
    quantity->unit = "%";
    quantity->unit_power = 1;
    fraction_end(reading, end, "tenths");
    quantity->number_end = quantity->unit_start = at;
    return TRUE;
}

gboolean fraction_read(const Scanner *scanner, FigureReading *reading) {
    return share_read(scanner, reading) || mixed_read(scanner, reading) ||
           slash_read(scanner, reading) || population_read(scanner, reading) ||
           colon_read(scanner, reading) || versus_read(scanner, reading) ||
           exponent_read(scanner, reading) || tenths_read(scanner, reading);
}
