/* From the number outwards: sign, number, what stands inside (余 多 几), unit, parts of money. */
#include "normalize/figure_reading.h"

static gboolean code_begins_number(gunichar code) {
    return code_is_digit(code) || code == '.' || chinese_digit(code) >= 0 ||
           chinese_power(code) > 0 || code == 0x51E0 || code == 0x6570; /* 几 数 */
}

static gboolean is_minus(gunichar code) { return code == '-' || code == 0x2212 || code == 0x2013; }
static gboolean is_negative(gunichar code) { return code == 0x8D1F || code == 0x8CA0; } /* 负負 */

/* 正负5%, 减负31亿元: 负 ends another word. */
static gboolean ends_word(const Scanner *scanner, guint at) {
    guint word;
    return scanner_match_before(scanner, TRIE_NOT_MINUS, at, &word) > 0;
}

/* The number behind a sign at `at`, or `at`; G_MAXUINT where the sign is none. */
static guint sign_end(const Scanner *scanner, guint at, gboolean *negative) {
    gunichar code = scanner_code(scanner, at);
    *negative =
        scanner_is(scanner, at, U"零下") && code_begins_number(scanner_code(scanner, at + 2));
    if (*negative) /* 零下5度 */
        return at + 2;
    if (!is_minus(code) && code != '+' && code != 0xB1 && !is_negative(code))
        return at;
    if (is_negative(code) && ends_word(scanner, at))
        return G_MAXUINT;
    gunichar next = scanner_code(scanner, at + 1);
    if (is_negative(code)) {
        *negative = TRUE;
        return code_begins_number(next) ? at + 1 : G_MAXUINT;
    }
    gunichar before = at > 0 ? scanner->text->codes[at - 1] : 0;
    gboolean touches = at > 0 && scanner->text->gaps[at] == TEXT_GAP_NONE &&
                       (code_is_digit(before) || code_is_latin(before) || is_minus(before) ||
                        before == 0x2014 || before == ')' || before == '%');
    if (touches || (at > 0 && is_minus(before)) || !(code_is_digit(next) || next == '.'))
        return G_MAXUINT;
    if (scanner->text->gaps[at + 1] != TEXT_GAP_NONE && at != 0)
        return G_MAXUINT;
    *negative = code != '+' && code != 0xB1;
    return at + 1;
}

gboolean reading_scale(FigureReading *reading, int power) {
    Decimal low, high;
    if (!decimal_scale(reading->quantity.value, power, &low) ||
        !decimal_scale(reading->quantity.value_high, power, &high))
        return FALSE;
    reading->quantity.value = low;
    reading->quantity.value_high = high;
    return TRUE;
}

static gboolean reading_multiply(FigureReading *reading, int factor) {
    Decimal times = decimal_from_integer(factor), low, high;
    if (!decimal_multiply(reading->quantity.value, times, &low) ||
        !decimal_multiply(reading->quantity.value_high, times, &high))
        return FALSE;
    reading->quantity.value = low;
    reading->quantity.value_high = high;
    return TRUE;
}

/* The unit at `at` that 个 counts: 月, 小时. */
static gboolean unit_behind_individual(const Scanner *scanner, Quantity *quantity, guint at) {
    guint word = 0, length = scanner_match(scanner, TRIE_UNIT, at, &word);
    const UnitWord *unit = length == 0 ? NULL : vocabulary_unit(scanner->vocabulary, word);
    if (unit == NULL || unit->unit == NULL || unit->kind != FIGURE_COUNT)
        return FALSE;
    quantity->unit = unit->unit;
    quantity->unit_start = at;
    quantity->unit_end = quantity->end = at + length;
    return TRUE;
}

/* 半 behind a unit: 一吨半, 两年半; not 半数. */
static void half_after(const Scanner *scanner, FigureReading *reading) {
    static const Decimal HALF = {.coefficient = 5, .decimals = 1};
    Quantity *quantity = &reading->quantity;
    guint word = 0;
    if (!scanner_is(scanner, quantity->end, U"半") || reading->number.decimals > 0 ||
        scanner_is(scanner, quantity->end + 1, U"数") ||
        scanner_is(scanner, quantity->end + 1, U"径") || reading->quantity.kind == FIGURE_RATIO)
        return;
    if (reading->unit->kind == FIGURE_COUNT && scanner_is(scanner, quantity->end - 1, U"个") &&
        scanner_match(scanner, TRIE_UNIT, quantity->end + 1, &word) == 0)
        return;
    Decimal sum;
    if (!decimal_add(quantity->value, HALF, &sum))
        return;
    quantity->value = quantity->value_high = sum;
    quantity->end++;
    reading->number.about |= reading->number.chinese;  /* 一年半 is no article */
    if (scanner_is(scanner, quantity->end - 2, U"个")) /* 一个半小时 */
        unit_behind_individual(scanner, quantity, quantity->end);
}

/* 3个【多】月, 一个【多】小时: what is more than 个 of them stands behind. */
static void more_after(const Scanner *scanner, FigureReading *reading) {
    Quantity *quantity = &reading->quantity;
    guint word = 0, length = scanner_match(scanner, TRIE_INSIDE, quantity->end, &word);
    if (length != 1 || reading->unit->kind != FIGURE_COUNT || reading->number.about ||
        !scanner_is(scanner, quantity->end - 1, U"个") ||
        !unit_behind_individual(scanner, quantity, quantity->end + length))
        return;
    quantity->qualifier = vocabulary_bound(scanner->vocabulary, word)->qualifier;
    reading->number.about = TRUE;
}

/* 余 多 几 来 between number and unit. */
static void inside_read(const Scanner *scanner, FigureReading *reading) {
    Quantity *quantity = &reading->quantity;
    guint word = 0, length = scanner_match(scanner, TRIE_INSIDE, quantity->end, &word);
    if (length == 0)
        return;
    gboolean few = scanner_is(scanner, quantity->end, U"几");
    guint next = quantity->end + length, unit = 0;
    gboolean unit_follows = scanner_match(scanner, TRIE_UNIT, next, &unit) > 0;
    if (!unit_follows && !scanner_is_edge(scanner, next) && !few)
        return;
    quantity->qualifier = vocabulary_bound(scanner->vocabulary, word)->qualifier;
    quantity->end = next;
    Decimal high;
    if (few && decimal_compare(reading->number.value, decimal_from_integer(10)) == 0 &&
        decimal_add(quantity->value, quantity->value, &high)) {
        quantity->value_high = high;
        quantity->qualifier = QUALIFIER_RANGE;
    }
    reading->number.bare = FALSE;
    reading->number.about = TRUE;
}

/* “3小时30分”: minutes, no score. */
static gboolean follows_hours(const Scanner *scanner, guint at) {
    const GArray *quantities = scanner->scan->quantities;
    if (at > 2 && scanner_is(scanner, at - 3, U"一小时")) /* the article is no figure */
        return TRUE;
    if (quantities->len == 0 || at != scanner->floor)
        return FALSE;
    const Quantity *last = &g_array_index(quantities, Quantity, quantities->len - 1);
    return last->end == at && last->unit != NULL &&
           (g_str_equal(last->unit, "小时") || g_str_equal(last->unit, "时"));
}

/* “3分20秒”. */
static gboolean seconds_follow(const Scanner *scanner, guint at) {
    guint end = at;
    while (end < at + 3 && (code_is_digit(scanner_code(scanner, end)) ||
                            chinese_digit(scanner_code(scanner, end)) >= 0 ||
                            chinese_power(scanner_code(scanner, end)) == 1))
        end++;
    return end > at && scanner_is(scanner, end, U"秒");
}

/* A measure word of whole things, or any but money and shares, at `at`; NULL for none. */
static const UnitWord *measure_at(const Scanner *scanner, guint at, gboolean whole, guint *length) {
    guint word = 0;
    *length = scanner->text->gaps[MIN(at, scanner->text->length)] != TEXT_GAP_NONE
                  ? 0
                  : scanner_match(scanner, TRIE_UNIT, at, &word);
    const UnitWord *unit = *length == 0 ? NULL : vocabulary_unit(scanner->vocabulary, word);
    return unit != NULL && unit->unit != NULL && unit->kind == FIGURE_COUNT &&
                   (unit->discrete || !whole)
               ? unit
               : NULL;
}

/* 册（份）, 公斤/亩: a second measure word behind the first. Its name is interned: there are no
 * more of them than pairs of measure words. */
static void compound_read(const Scanner *scanner, FigureReading *reading) {
    Quantity *quantity = &reading->quantity;
    guint at = quantity->end, length;
    gboolean bracket = scanner_code(scanner, at) == '(';
    if (reading->unit->kind != FIGURE_COUNT || (!bracket && scanner_code(scanner, at) != '/') ||
        (bracket && !reading->unit->discrete))
        return;
    const UnitWord *second = measure_at(scanner, at + 1, bracket, &length);
    guint end = at + 1 + length;
    gunichar behind = scanner_code(scanner, end);
    if (second == NULL || (bracket ? behind != ')' : code_is_latin(behind) || behind == '/'))
        return;
    g_autofree char *unit = bracket ? g_strdup_printf("%s（%s）", quantity->unit, second->unit)
                                    : g_strdup_printf("%s/%s", quantity->unit, second->unit);
    quantity->unit = g_intern_string(unit);
    quantity->end = quantity->unit_end = end + (bracket ? 1 : 0);
}

static gboolean unit_read(const Scanner *scanner, FigureReading *reading) {
    Quantity *quantity = &reading->quantity;
    guint word = 0, at = quantity->end;
    guint length = scanner_match(scanner, TRIE_UNIT, at, &word);
    if (length == 0)
        return TRUE;
    const UnitWord *unit = vocabulary_unit(scanner->vocabulary, word);
    if (unit->unit == NULL || (code_is_latin(scanner_code(scanner, at + length - 1)) &&
                               code_is_latin(scanner_code(scanner, at + length))))
        return TRUE;
    if (unit->steps == 2 && length == 1 && !reading->number.formal) /* a bare N分 is a score */
        unit = vocabulary_unit(scanner->vocabulary, scanner->vocabulary->score);
    if (unit->kind == FIGURE_PERCENT && scanner_code(scanner, at + length) == '%')
        return FALSE; /* 5%% */
    if (unit->kind == FIGURE_SCORE &&
        (follows_hours(scanner, quantity->start) || seconds_follow(scanner, at + length)))
        unit = vocabulary_unit(scanner->vocabulary, scanner->vocabulary->minute);
    reading->unit = unit;
    quantity->kind = unit->kind;
    quantity->unit = unit->unit;
    quantity->pattern = unit->pattern;
    if (quantity->unit_start == quantity->unit_end) /* without 万 or 亿 */
        quantity->unit_start = at;
    quantity->end = quantity->unit_end = at + length;
    quantity->unit_power += unit->power;
    compound_read(scanner, reading);
    return (unit->power == 0 || reading_scale(reading, unit->power)) &&
           (unit->factor == 0 || reading_multiply(reading, unit->factor));
}

static Quantity quantity_of(const NumberReading *number, guint start) {
    Quantity quantity = {.kind = FIGURE_NUMBER,
                         .qualifier = number->about ? QUALIFIER_ABOUT : QUALIFIER_EXACT,
                         .value = number->value,
                         .value_high = number->value_high,
                         .divisor = decimal_from_integer(1),
                         .high_divisor = decimal_from_integer(1),
                         .unit_power = number->power,
                         .decimals = number->decimals,
                         .start = start,
                         .end = number->end,
                         .number_start = start,
                         .number_end = number->number_end,
                         .unit_start = number->number_end,
                         .unit_end = number->end,
                         .pattern = number->chinese ? "chinese-number" : "number"};
    if (decimal_compare(number->value, number->value_high) != 0)
        quantity.qualifier = QUALIFIER_RANGE;
    return quantity;
}

static void negate(FigureReading *reading) {
    Decimal low = reading->quantity.value;
    reading->quantity.value = decimal_negate(reading->quantity.value_high);
    reading->quantity.value_high = decimal_negate(low);
}

/* 半个, 一半: no number of the grammar. */
static gboolean half_read(const Scanner *scanner, guint at, FigureReading *reading) {
    gboolean one = scanner_is(scanner, at, U"一半");
    if (!one && !scanner_is(scanner, at, U"半"))
        return FALSE;
    guint end = at + (one ? 2 : 1), word = 0;
    gboolean unit = (!one && scanner_is(scanner, end, U"成")) ||
                    scanner_match(scanner, TRIE_UNIT, end, &word) > 0;
    if (one == unit || (!one && at > 0 && code_is_han(scanner_code(scanner, at - 1))))
        return FALSE;
    reading->number = (NumberReading){.start = at, .end = end, .number_end = end, .chinese = TRUE};
    reading->number.value = reading->number.value_high = (Decimal){.coefficient = 5, .decimals = 1};
    reading->number.compound = one;
    reading->quantity = quantity_of(&reading->number, at);
    reading->quantity.decimals = 1;
    if (fraction_read(scanner, reading))
        return TRUE;
    reading->quantity.pattern = "half";
    return one || unit_read(scanner, reading);
}

gboolean figure_read(const Scanner *scanner, guint at, FigureReading *reading, guint *malformed) {
    gboolean negative;
    guint start = sign_end(scanner, at, &negative);
    *malformed = 0;
    if (start >= scanner->text->length)
        return FALSE;
    const gboolean number = code_begins_number(scanner->text->codes[start]);
    if (!number && !scanner_is(scanner, start, U"半"))
        return FALSE;
    *reading = (FigureReading){.unit = NULL};
    if (!number)
        return half_read(scanner, start, reading);
    if (scanner_is(scanner, start, U"一半") && half_read(scanner, start, reading))
        return TRUE;
    NumberState state =
        number_read(scanner->vocabulary, scanner->text, scanner->original, start, &reading->number);
    if (state != NUMBER_READ) {
        *malformed = state == NUMBER_MALFORMED ? reading->number.end : 0;
        return FALSE;
    }
    reading->quantity = quantity_of(&reading->number, at);
    if (!fraction_read(scanner, reading)) {
        inside_read(scanner, reading);
        if (!unit_read(scanner, reading)) {
            *malformed = reading->quantity.end;
            return FALSE;
        }
        if (reading->unit != NULL)
            half_after(scanner, reading);
        if (reading->unit != NULL)
            more_after(scanner, reading);
        money_read(scanner, reading);
    }
    if (negative)
        negate(reading);
    return TRUE;
}

/* “(12.5)万元”, and a cell that holds nothing but “(1,234.56)”: a negative figure. */
void brackets_read(const Scanner *scanner, FigureReading *reading) {
    Quantity *quantity = &reading->quantity;
    guint start = quantity->start, word = 0;
    if (reading->number.chinese || start == 0 || start - 1 < scanner->floor ||
        scanner_code(scanner, start - 1) != '(' || scanner_code(scanner, quantity->end) != ')' ||
        decimal_sign(quantity->value) <= 0 || quantity->unit != NULL)
        return;
    guint end = quantity->end + 1;
    gboolean cell = start == 1 && end == scanner->text->length;
    int power = chinese_power(scanner_code(scanner, end));
    gboolean unit = power >= 4 || scanner_match(scanner, TRIE_UNIT, end, &word) > 0;
    if (!(unit && reading->number.decimals > 0) &&
        !(cell && (reading->number.decimals > 0 || reading->number.separated)))
        return;
    quantity->start--;
    quantity->end = end;
    quantity->unit_start = quantity->unit_end = end;
    if (power >= 4 && reading_scale(reading, power)) {
        quantity->unit_power += power;
        quantity->end = quantity->unit_end = end + 1;
    }
    unit_read(scanner, reading);
    negate(reading);
}
