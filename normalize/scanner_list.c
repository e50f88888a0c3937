/* Enumerations that print their unit once: 分别为3、5和8家, 增长5.2、3.1%, 5、6月. */
#include "normalize/scanner.h"
#include <string.h>

enum { BRACKET_MAX = 8 };

static gboolean listed(const Scanner *scanner, const Quantity *one, const Quantity *next) {
    return next->start == one->end + 1 &&
           (scanner_is(scanner, one->end, U"、") || scanner_is(scanner, one->end, U"和") ||
            scanner_is(scanner, one->end, U"与") || scanner_is(scanner, one->end, U"及"));
}

static gboolean is_bare(const Quantity *quantity) {
    return quantity->kind == FIGURE_NUMBER && quantity->unit == NULL &&
           quantity->qualifier == QUALIFIER_EXACT && quantity->start == quantity->number_start;
}

static gboolean takes_unit(Quantity *one, const Quantity *next) {
    Decimal value;
    if (next->unit == NULL || next->qualifier != QUALIFIER_EXACT ||
        !decimal_scale(one->value, next->unit_power, &value))
        return FALSE;
    one->value = one->value_high = value;
    one->kind = next->kind;
    one->unit = next->unit;
    one->unit_power = next->unit_power;
    one->pattern = next->pattern;
    return TRUE;
}

/* 【5】、6月: a month without its year. */
static void takes_month(Quantity *one, const Quantity *next) {
    Decimal value = decimal_trim(one->value);
    if (next->kind != FIGURE_DATE || next->qualifier != QUALIFIER_EXACT ||
        strlen(next->date) != strlen("--06") || value.decimals != 0 || value.coefficient < 1 ||
        value.coefficient > 12)
        return;
    one->kind = FIGURE_DATE;
    one->pattern = next->pattern;
    g_snprintf(one->date, sizeof one->date, "--%02d", (int)value.coefficient);
}

/* 预算总额（万元）：【1500】: the unit stands before the number, in brackets. */
static void takes_unit_before(const Scanner *scanner, Quantity *one) {
    guint close = one->start, open;
    UnitReading unit;
    while (close > 0 &&
           (scanner_code(scanner, close - 1) == ':' || scanner_is(scanner, close - 1, U"为")))
        close--;
    if (close == one->start || close == 0 || scanner_code(scanner, close - 1) != ')')
        return;
    for (open = close - 1; open > 0 && close - open < BRACKET_MAX; open--)
        if (scanner_code(scanner, open) == '(') {
            if (unit_fill(scanner->vocabulary, scanner->text, open, close, &unit))
                quantity_apply_unit(one, &unit);
            return;
        }
}

/* A bare number before a unit in brackets: 9.5（分）; not “2021（万元）”, a head. */
static void takes_unit_behind(const Scanner *scanner, Quantity *one) {
    UnitReading unit;
    guint close = one->end + 1;
    Decimal value = decimal_trim(one->value);
    gboolean year = value.decimals == 0 && value.coefficient >= 1900 && value.coefficient < 2100;
    if (scanner_code(scanner, one->end) != '(' || year || one->end != one->number_end)
        return;
    while (close < one->end + BRACKET_MAX && scanner_code(scanner, close) != ')')
        close++;
    if (scanner_code(scanner, close) == ')' &&
        unit_fill(scanner->vocabulary, scanner->text, one->end, close + 1, &unit))
        quantity_apply_unit(one, &unit);
}

void scanner_share_units(Scanner *scanner) {
    GArray *quantities = scanner->scan->quantities;
    for (guint i = 0; i < quantities->len; i++)
        if (is_bare(&g_array_index(quantities, Quantity, i)))
            takes_unit_before(scanner, &g_array_index(quantities, Quantity, i));
    for (guint i = 0; i < quantities->len; i++)
        if (is_bare(&g_array_index(quantities, Quantity, i)))
            takes_unit_behind(scanner, &g_array_index(quantities, Quantity, i));
    for (guint i = quantities->len; i > 1; i--) {
        Quantity *one = &g_array_index(quantities, Quantity, i - 2);
        const Quantity *next = &g_array_index(quantities, Quantity, i - 1);
        if (is_bare(one) && listed(scanner, one, next) && !takes_unit(one, next))
            takes_month(one, next);
    }
}
