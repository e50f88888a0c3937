#include "normalize/decimal.h"
#include <string.h>

#define E18 G_GINT64_CONSTANT(1000000000000000000)

/* Most coefficients fit into 64 bits, where a division is many times cheaper. */
static const gint64 POWERS[] = {1,
                                10,
                                100,
                                1000,
                                10000,
                                100000,
                                1000000,
                                10000000,
                                100000000,
                                1000000000,
                                G_GINT64_CONSTANT(10000000000),
                                G_GINT64_CONSTANT(100000000000),
                                G_GINT64_CONSTANT(1000000000000),
                                G_GINT64_CONSTANT(10000000000000),
                                G_GINT64_CONSTANT(100000000000000),
                                G_GINT64_CONSTANT(1000000000000000),
                                G_GINT64_CONSTANT(10000000000000000),
                                G_GINT64_CONSTANT(100000000000000000),
                                E18};
enum { POWERS_MAX = G_N_ELEMENTS(POWERS) - 1 };

/* No coefficient reaches 10^36, so a product of one by 10 never overflows 128 bits. */
static const gint128 COEFFICIENT_LIMIT = (gint128)E18 * E18;
G_STATIC_ASSERT(DECIMAL_DIGITS_MAX == 2 * POWERS_MAX);

/* `power`: 0 … DECIMAL_DIGITS_MAX. */
static gint128 power_of_ten(int power) {
    if (power <= POWERS_MAX)
        return POWERS[MAX(power, 0)];
    return (gint128)POWERS[POWERS_MAX] * POWERS[power - POWERS_MAX];
}

static gboolean coefficient_fits(gint128 coefficient) {
    return coefficient < COEFFICIENT_LIMIT && coefficient > -COEFFICIENT_LIMIT;
}

static gboolean is_short(gint128 coefficient) { return coefficient == (gint64)coefficient; }

static gboolean coefficient_widen(gint128 coefficient, int power, gint128 *result) {
    if (coefficient == 0 || power == 0) {
        *result = coefficient;
        return coefficient_fits(coefficient);
    }
    if (power > DECIMAL_DIGITS_MAX)
        return FALSE;
    gint128 wide;
    if (__builtin_mul_overflow(coefficient, power_of_ten(power), &wide) || !coefficient_fits(wide))
        return FALSE;
    *result = wide;
    return TRUE;
}

/* C's quotient and rest. */
static gint128 divide(gint128 numerator, gint128 denominator, gint128 *rest) {
    if (is_short(numerator) && is_short(denominator) && denominator != -1) {
        *rest = (gint64)numerator % (gint64)denominator;
        return (gint64)numerator / (gint64)denominator;
    }
    *rest = numerator % denominator;
    return numerator / denominator;
}

static gint128 divide_half_away(gint128 numerator, gint128 denominator) {
    gint128 rest, quotient = divide(numerator, denominator, &rest);
    if (rest < 0)
        rest = -rest;
    gint128 size = denominator < 0 ? -denominator : denominator;
    if (rest >= size - rest)
        quotient += (numerator < 0) == (denominator < 0) ? 1 : -1;
    return quotient;
}

gboolean decimal_parse(const char *text, Decimal *result) {
    const char *c = text;
    gboolean negative = *c == '-';
    if (negative)
        c++;
    gint128 coefficient = 0;
    int decimals = -1;
    gboolean any = FALSE;
    for (; *c != '\0'; c++) {
        if (*c == '.' && decimals < 0 && any) {
            decimals = 0;
            any = FALSE; /* a digit must follow */
            continue;
        }
        if (!g_ascii_isdigit(*c))
            return FALSE;
        coefficient = coefficient * 10 + (*c - '0');
        any = TRUE;
        decimals += decimals >= 0;
        if (!coefficient_fits(coefficient) || decimals > DECIMAL_DECIMALS_MAX)
            return FALSE;
    }
    if (!any)
        return FALSE;
    *result = (Decimal){.coefficient = negative ? -coefficient : coefficient,
                        .decimals = MAX(decimals, 0)};
    return TRUE;
}

static int take_digit(gint128 *rest) {
    gint128 digit;
    *rest = divide(*rest, 10, &digit);
    return (int)digit;
}

static char *text_of(gint128 coefficient, int decimals) {
    char buffer[DECIMAL_TEXT_MAX * 2];
    char *c = buffer + sizeof buffer;
    *--c = '\0';
    gboolean negative = coefficient < 0;
    gint128 rest = negative ? -coefficient : coefficient;
    for (int i = 0; i <= decimals || rest > 0; i++) {
        if (i == decimals && decimals > 0)
            *--c = '.';
        *--c = (char)('0' + take_digit(&rest));
    }
    if (negative)
        *--c = '-';
    return g_strdup(c);
}

Decimal decimal_trim(Decimal value) {
    gint128 rest = value.coefficient;
    while (value.decimals > 0 && take_digit(&rest) == 0) {
        value.coefficient = rest;
        value.decimals--;
    }
    return value;
}

char *decimal_text(Decimal value) {
    value = decimal_trim(value);
    return text_of(value.coefficient, value.decimals);
}

gboolean decimal_round(Decimal value, int decimals, Decimal *result) {
    gint128 coefficient;
    if (decimals < 0 || decimals > DECIMAL_DECIMALS_MAX)
        return FALSE;
    if (decimals >= value.decimals) {
        if (!coefficient_widen(value.coefficient, decimals - value.decimals, &coefficient))
            return FALSE;
    } else {
        coefficient = divide_half_away(value.coefficient, power_of_ten(value.decimals - decimals));
    }
    *result = (Decimal){.coefficient = coefficient, .decimals = decimals};
    return TRUE;
}

/* Digits that a widened coefficient has no room for are zeros: written behind the number. */
char *decimal_text_fixed(Decimal value, int decimals) {
    Decimal rounded;
    if (decimal_round(value, decimals, &rounded))
        return text_of(rounded.coefficient, decimals);
    GString *text = g_string_new(NULL);
    g_autofree char *exact = text_of(value.coefficient, value.decimals);
    g_string_append(text, exact);
    if (value.decimals == 0)
        g_string_append_c(text, '.');
    for (int i = value.decimals; i < decimals; i++)
        g_string_append_c(text, '0');
    return g_string_free(text, FALSE);
}

gboolean decimal_add(Decimal a, Decimal b, Decimal *result) {
    int decimals = MAX(a.decimals, b.decimals);
    gint128 x, y;
    if (!coefficient_widen(a.coefficient, decimals - a.decimals, &x) ||
        !coefficient_widen(b.coefficient, decimals - b.decimals, &y) || !coefficient_fits(x + y))
        return FALSE;
    *result = (Decimal){.coefficient = x + y, .decimals = decimals};
    return TRUE;
}

gboolean decimal_subtract(Decimal a, Decimal b, Decimal *result) {
    return decimal_add(a, decimal_negate(b), result);
}

gboolean decimal_multiply(Decimal a, Decimal b, Decimal *result) {
    if (a.decimals + b.decimals > DECIMAL_DECIMALS_MAX) {
        a = decimal_trim(a);
        b = decimal_trim(b);
    }
    gint128 product;
    int decimals = a.decimals + b.decimals;
    if (decimals > DECIMAL_DECIMALS_MAX ||
        __builtin_mul_overflow(a.coefficient, b.coefficient, &product) ||
        !coefficient_fits(product))
        return FALSE;
    *result = (Decimal){.coefficient = product, .decimals = decimals};
    return TRUE;
}

gboolean decimal_divide(Decimal a, Decimal b, int decimals, Decimal *result) {
    if (b.coefficient == 0 || decimals < 0 || decimals > DECIMAL_DECIMALS_MAX)
        return FALSE;
    a = decimal_trim(a);
    b = decimal_trim(b);
    int power = decimals + b.decimals - a.decimals;
    gint128 numerator = a.coefficient, denominator = b.coefficient;
    if (power >= 0 ? !coefficient_widen(numerator, power, &numerator)
                   : !coefficient_widen(denominator, -power, &denominator))
        return FALSE;
    gint128 quotient = divide_half_away(numerator, denominator);
    if (!coefficient_fits(quotient))
        return FALSE;
    *result = (Decimal){.coefficient = quotient, .decimals = decimals};
    return TRUE;
}

gboolean decimal_scale(Decimal value, int power, Decimal *result) {
    if (power < 0) {
        if (value.decimals - power > DECIMAL_DECIMALS_MAX)
            value = decimal_trim(value);
        while (value.decimals - power > DECIMAL_DECIMALS_MAX && value.coefficient % 10 == 0 &&
               power < 0) {
            value.coefficient /= 10;
            power++;
        }
        if (value.decimals - power > DECIMAL_DECIMALS_MAX)
            return FALSE;
        value.decimals -= power;
        *result = value;
        return TRUE;
    }
    int shifted = MIN(power, value.decimals);
    gint128 coefficient;
    if (!coefficient_widen(value.coefficient, power - shifted, &coefficient))
        return FALSE;
    *result = (Decimal){.coefficient = coefficient, .decimals = value.decimals - shifted};
    return TRUE;
}

Decimal decimal_negate(Decimal value) {
    value.coefficient = -value.coefficient;
    return value;
}

Decimal decimal_absolute(Decimal value) {
    return value.coefficient < 0 ? decimal_negate(value) : value;
}

/* Whole parts first, then the parts behind the point at a common width: both always fit. */
static int compare_by_parts(Decimal a, Decimal b) {
    gint128 scale_a = power_of_ten(a.decimals), scale_b = power_of_ten(b.decimals);
    gint128 whole_a = a.coefficient / scale_a, whole_b = b.coefficient / scale_b;
    if (whole_a != whole_b)
        return whole_a < whole_b ? -1 : 1;
    gint128 part_a = a.coefficient % scale_a, part_b = b.coefficient % scale_b;
    part_a *= power_of_ten(MAX(b.decimals - a.decimals, 0));
    part_b *= power_of_ten(MAX(a.decimals - b.decimals, 0));
    return (part_a > part_b) - (part_a < part_b);
}

int decimal_compare(Decimal a, Decimal b) {
    int wider = a.decimals - b.decimals;
    if (!is_short(a.coefficient) || !is_short(b.coefficient) || ABS(wider) > POWERS_MAX)
        return compare_by_parts(a, b);
    gint128 x = a.coefficient * power_of_ten(-wider), y = b.coefficient * power_of_ten(wider);
    return (x > y) - (x < y);
}
