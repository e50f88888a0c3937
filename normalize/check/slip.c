#include "normalize/check/slip.h"
#include <string.h>

enum { NUMBER_MAX = 64 };

static gsize digits_of(Decimal value, int decimals, char *digits) {
    g_autofree char *text = decimal_text_fixed(decimal_absolute(value), decimals);
    gsize n = 0;
    for (const char *c = text; *c != '\0' && n + 1 < NUMBER_MAX; c++)
        if (g_ascii_isdigit(*c))
            digits[n++] = *c;
    digits[n] = '\0';
    return n;
}

static Slip slip_of_power(Decimal printed, Decimal meant) {
    Decimal shifted;
    for (int power = -8; power <= 8; power++) {
        if (power == 0 || !decimal_scale(printed, power, &shifted) ||
            decimal_compare(shifted, meant) != 0)
            continue;
        return power == 4 || power == -4 || power == 8 || power == -8 ? SLIP_UNIT : SLIP_POINT;
    }
    return SLIP_NONE;
}

/* Both of one length: one digit differs, or two neighbours are transposed. */
static Slip slip_of_digits(const char *a, const char *b) {
    gsize first = 0, last = strlen(a);
    while (a[first] != '\0' && a[first] == b[first])
        first++;
    while (last > first && a[last - 1] == b[last - 1])
        last--;
    if (last - first == 1)
        return SLIP_DIGIT;
    if (last - first == 2 && a[first] == b[first + 1] && a[first + 1] == b[first])
        return SLIP_SWAPPED;
    return SLIP_NONE;
}

/* `longer` without one digit is `shorter`. */
static gboolean digit_missing(const char *shorter, const char *longer) {
    gsize i = 0;
    while (shorter[i] != '\0' && shorter[i] == longer[i])
        i++;
    return strcmp(shorter + i, longer + i + 1) == 0;
}

Slip slip_of(Decimal printed, Decimal meant, int decimals) {
    char a[NUMBER_MAX], b[NUMBER_MAX];
    Decimal rounded;
    if (decimal_sign(printed) == 0 || decimal_sign(meant) == 0)
        return SLIP_NONE;
    if (decimal_compare(printed, decimal_negate(meant)) == 0)
        return SLIP_SIGN;
    if (decimal_sign(printed) != decimal_sign(meant))
        return SLIP_NONE;
    Slip power = slip_of_power(printed, meant);
    if (power != SLIP_NONE)
        return power;
    if (!decimal_round(meant, decimals, &rounded) || decimal_compare(rounded, meant) != 0)
        return SLIP_NONE;
    gsize n = digits_of(printed, decimals, a), m = digits_of(meant, decimals, b);
    if (n == m)
        return slip_of_digits(a, b);
    if (n + 1 == m)
        return digit_missing(a, b) ? SLIP_MISSING : SLIP_NONE;
    return m + 1 == n && digit_missing(b, a) ? SLIP_MISSING : SLIP_NONE;
}

static void append_coefficient(GArray *origins, const char *digits, gboolean negative,
                               int decimals) {
    Decimal value;
    g_autofree char *text = g_strconcat(negative ? "-" : "", digits, NULL);
    if (decimal_parse(text, &value) && decimal_scale(value, -decimals, &value))
        g_array_append_val(origins, value);
}

static void append_digits(Decimal printed, int decimals, GArray *origins) {
    char digits[NUMBER_MAX];
    gboolean negative = decimal_sign(printed) < 0;
    gsize n = digits_of(printed, decimals, digits);
    for (gsize i = 0; i < n; i++) {
        char own = digits[i];
        for (digits[i] = '0'; digits[i] <= '9'; digits[i]++)
            if (digits[i] != own)
                append_coefficient(origins, digits, negative, decimals);
        digits[i] = own;
        if (i + 1 == n || digits[i + 1] == own)
            continue;
        digits[i] = digits[i + 1];
        digits[i + 1] = own;
        append_coefficient(origins, digits, negative, decimals);
        digits[i + 1] = digits[i];
        digits[i] = own;
    }
}

void slip_append_origins(Decimal printed, int decimals, GArray *origins) {
    static const int POWERS[] = {-4, -1, 1, 4};
    Decimal value = decimal_negate(printed);
    g_array_append_val(origins, value);
    for (gsize i = 0; i < G_N_ELEMENTS(POWERS); i++)
        if (decimal_scale(printed, POWERS[i], &value))
            g_array_append_val(origins, value);
    append_digits(printed, decimals, origins);
}

Slip fact_slip(const Fact *fact, Decimal meant) {
    Decimal printed;
    return decimal_scale(fact->value, -fact->unit_power, &printed) &&
                   decimal_scale(meant, -fact->unit_power, &meant)
               ? slip_of(printed, meant, fact->decimals)
               : SLIP_NONE;
}

gboolean fact_slips_by(const Fact *fact, Decimal step) {
    Decimal meant;
    return decimal_add(fact->value, step, &meant) && decimal_sign(meant) > 0 &&
           fact_slip(fact, meant) != SLIP_NONE;
}

guint slip_digits(Decimal value) {
    g_autofree char *text = decimal_text(decimal_absolute(value));
    guint digits = 0, zeros = 0; /* zeros: behind the last other digit */
    for (const char *p = text; *p != '\0'; p++) {
        if (!g_ascii_isdigit(*p) || (digits == 0 && *p == '0'))
            continue;
        digits++;
        zeros = *p == '0' ? zeros + 1 : 0;
    }
    return digits - zeros;
}

const char *slip_words(Slip slip) {
    static const char *const WORDS[] = {
        [SLIP_SWAPPED] = "数字颠倒",
        [SLIP_DIGIT] = "一位数字有误",
        [SLIP_UNIT] = "单位误写",
        [SLIP_POINT] = "小数点移位",
        [SLIP_MISSING] = "多写或漏写一位数字",
        [SLIP_SIGN] = "正负号有误",
    };
    return WORDS[slip];
}
