/* Decimal: an exact decimal number, coefficient × 10^−decimals.
 *
 * The only number that values of figures are computed with. Operations are exact or refuse:
 * every one that can overflow returns FALSE and leaves its result untouched.
 */
#pragma once
#include <glib.h>

__extension__ typedef __int128 gint128;

typedef struct {
    gint128 coefficient;
    int decimals; /* 0 … DECIMAL_DECIMALS_MAX; kept as given: 4.40 has two */
} Decimal;

enum { DECIMAL_DIGITS_MAX = 36, DECIMAL_DECIMALS_MAX = 30, DECIMAL_TEXT_MAX = 48 };

#define DECIMAL_ZERO ((Decimal){.coefficient = 0, .decimals = 0})
static inline Decimal decimal_from_integer(gint64 n) {
    return (Decimal){.coefficient = n, .decimals = 0};
}

/* Reads `-?digits(.digits)?` of the whole text; no separators, no exponent. */
gboolean decimal_parse(const char *text, Decimal *result);

/* Canonical: no exponent, no separators, no trailing zeros, no “-0”. */
char *decimal_text(Decimal value);

/* With exactly `decimals` digits after the point, rounded half away from zero. */
char *decimal_text_fixed(Decimal value, int decimals);

gboolean decimal_add(Decimal a, Decimal b, Decimal *result);
gboolean decimal_subtract(Decimal a, Decimal b, Decimal *result);
gboolean decimal_multiply(Decimal a, Decimal b, Decimal *result);
/* Rounded half away from zero to `decimals`; FALSE too when b is zero. */
gboolean decimal_divide(Decimal a, Decimal b, int decimals, Decimal *result);
gboolean decimal_scale(Decimal value, int power, Decimal *result); /* × 10^power, exact */
gboolean decimal_round(Decimal value, int decimals, Decimal *result);
Decimal decimal_negate(Decimal value);
Decimal decimal_absolute(Decimal value);
Decimal decimal_trim(Decimal value);       /* the fewest decimals that are exact */
int decimal_compare(Decimal a, Decimal b); /* never overflows */
static inline int decimal_sign(Decimal value) {
    return (value.coefficient > 0) - (value.coefficient < 0);
}
