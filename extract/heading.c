#include "extract/heading.h"

/* Longest run of numerals that still numbers something: 二十三, 2021 does not. */
enum { NUMERALS_MAX = 3 };

static guint han_value(gunichar code) {
    static const gunichar DIGITS[] = {U'一', U'二', U'三', U'四', U'五',
                                      U'六', U'七', U'八', U'九'};
    for (guint i = 0; i < G_N_ELEMENTS(DIGITS); i++)
        if (code == DIGITS[i])
            return i + 1;
    return code == U'十' ? 10 : 0;
}

static guint digit_value(gunichar code, gboolean *digit) {
    *digit = TRUE;
    if (code >= '0' && code <= '9')
        return code - '0';
    if (code >= U'０' && code <= U'９')
        return code - U'０';
    *digit = FALSE;
    return 0;
}

/* 一 … 九十九 at the start; gives how many characters. */
static guint read_han(const gunichar *codes, guint n, guint *value) {
    guint i = 0;
    *value = 0;
    for (; i < n && i < NUMERALS_MAX; i++) {
        guint v = han_value(codes[i]);
        if (v == 0)
            break;
        if (v == 10)
            *value = *value == 0 ? 10 : *value * 10;
        else
            *value += v;
    }
    return i;
}

static guint read_digits(const gunichar *codes, guint n, guint *value) {
    guint i = 0;
    *value = 0;
    for (; i < n && i <= NUMERALS_MAX; i++) {
        gboolean digit;
        guint v = digit_value(codes[i], &digit);
        if (!digit)
            break;
        *value = *value * 10 + v;
    }
    return i > NUMERALS_MAX ? 0 : i;
}

static gboolean is_open(gunichar code) { return code == '(' || code == U'（'; }
static gboolean is_close(gunichar code) { return code == ')' || code == U'）'; }
static gboolean is_point(gunichar code) { return code == '.' || code == U'．'; }

static gboolean found(HeadingNumber *number, int level, guint length, guint value) {
    *number = (HeadingNumber){.level = level, .length = length, .value = value};
    return TRUE;
}

static gboolean read_bracketed(const gunichar *codes, guint n, HeadingNumber *number) {
    guint value, open = is_open(codes[0]) ? 1 : 0;
    guint length = read_han(codes + open, n - open, &value);
    int level = 2;
    if (length == 0) {
        length = read_digits(codes + open, n - open, &value);
        level = 4;
    }
    guint end = open + length;
    if (length == 0 || end >= n || !is_close(codes[end]))
        return FALSE;
    return found(number, level, end + 1, value);
}

/* 1. 1、 1.2 1.2.3、 but not 14640.83 or 3.5%: after a point no digit may follow, unless the whole
 * is a chain of short ordinals that ends in white space, 、 or a Han character. */
static gboolean read_arabic(const gunichar *codes, guint n, HeadingNumber *number) {
    guint value, at = read_digits(codes, n, &value), parts = 1;
    if (at == 0 || at > 2 || value == 0)
        return FALSE;
    while (at + 1 < n && is_point(codes[at])) {
        guint next, length = read_digits(codes + at + 1, n - at - 1, &next);
        if (length == 0)
            return parts == 1 && found(number, 3, at + 1, value);
        if (length > 2 || next == 0)
            return FALSE;
        at += 1 + length;
        value = next;
        parts++;
    }
    if (parts == 1 && at < n && (codes[at] == U'、' || is_point(codes[at])))
        return found(number, 3, at + 1, value);
    if (parts >= 3 && at < n && !is_point(codes[at]))
        return found(number, 3, at + (codes[at] == U'、' ? 1 : 0), value);
    return FALSE;
}

static gboolean read_ordinal_part(const gunichar *codes, guint n, HeadingNumber *number) {
    guint value, length = read_han(codes + 1, n - 1, &value);
    if (length == 0)
        length = read_digits(codes + 1, n - 1, &value);
    if (length == 0 || length + 1 >= n)
        return FALSE;
    gunichar next = codes[1 + length];
    if (next == U'章' || next == U'节' || next == U'篇')
        return found(number, 1, length + 2, value);
    if (next == U'部' && length + 2 < n && codes[length + 2] == U'分')
        return found(number, 1, length + 3, value);
    return FALSE;
}

gboolean heading_number_read(const gunichar *codes, guint n, HeadingNumber *number) {
    if (n == 0)
        return FALSE;
    gunichar first = codes[0];
    if (first >= U'①' && first <= U'⑳')
        return found(number, 5, 1, first - U'①' + 1);
    if (first >= U'⑴' && first <= U'⒇')
        return found(number, 4, 1, first - U'⑴' + 1);
    if (first >= U'⒈' && first <= U'⒛')
        return found(number, 3, 1, first - U'⒈' + 1);
    if (first >= U'㈠' && first <= U'㈩')
        return found(number, 2, 1, first - U'㈠' + 1);
    if (first == U'第')
        return read_ordinal_part(codes, n, number);
    if (read_bracketed(codes, n, number))
        return TRUE;
    guint value, length = read_han(codes, n, &value);
    if (length > 0 && length < n) {
        if (codes[length] == U'、' || is_point(codes[length]))
            return found(number, 1, length + 1, value);
        if (codes[length] == U'是' && length <= 2)
            return found(number, 6, length + 1, value);
        return FALSE;
    }
    return read_arabic(codes, n, number);
}
