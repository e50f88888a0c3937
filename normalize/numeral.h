/* NumberReading: one numeral at a place of folded text, read exactly.
 *
 * Arabic with separators, Chinese, formal, and mixtures of them, with 万 and 亿, with 几 余 多 in
 * them, and the two neighbours of 三四十. Nothing about units, bounds or context, but that the
 * trailing magnitude is told apart. What is not well formed is refused as a whole.
 */
#pragma once
#include "normalize/decimal.h"
#include "normalize/text.h"
#include "normalize/vocabulary.h"

enum { NUMBER_LENGTH_MAX = 96 }; /* characters that are looked at; no printed number has more */

typedef enum { NUMBER_NONE, NUMBER_READ, NUMBER_MALFORMED } NumberState;

typedef struct {
    Decimal value, value_high; /* with its magnitude; they differ for 三四十, 十几, 数十 */
    guint start, end;          /* in the folded text, magnitude within */
    guint number_end;          /* before a trailing magnitude */
    int power;                 /* of the trailing magnitude: 4 for 万 */
    int decimals;              /* as printed, before the magnitude */
    guint digits;              /* Arabic digits before point and magnitude */
    gboolean about;            /* 余 多 几 inside */
    gboolean chinese;          /* begins with a Chinese numeral */
    gboolean formal;           /* 壹 … */
    gboolean positional;       /* 二〇二一: Chinese digits without units */
    gboolean bare;             /* 百, 千, 万 alone: needs 上 近 余 */
    gboolean separated;        /* 1,420,119 */
    gboolean leading_zero;     /* 007 */
    gboolean compound;         /* several digits or units: 三十, 二百五; not one character */
} NumberReading;

/* Reads at `at`; the sign is the caller's. `original` are the characters the text was read from. */
NumberState number_read(const Vocabulary *vocabulary, const NormalText *text,
                        const gunichar *original, guint at, NumberReading *reading);

/* “e+14” at `at`, behind a number: its end, or 0. */
guint number_exponent(const NormalText *text, guint at);

static inline gboolean chinese_point(gunichar code) { /* 点點 */
    return code == 0x70B9 || code == 0x9EDE;
}
static inline gboolean chinese_few(gunichar code) { /* 几 数 */
    return code == 0x51E0 || code == 0x6570;
}
static inline gboolean chinese_calendar(gunichar code) { /* 年月日号时 */
    return code == 0x5E74 || code == 0x6708 || code == 0x65E5 || code == 0x53F7 || code == 0x65F6;
}
/* 0 … 9 of a Chinese digit, plain or formal; −1 for anything else. */
int chinese_digit(gunichar code);
/* 1 for 十, 2 for 百, 3 for 千, 4 for 万, 8 for 亿; 0 for anything else. */
int chinese_power(gunichar code);
gboolean chinese_formal(gunichar code);
static inline gboolean code_is_digit(gunichar code) { return code >= '0' && code <= '9'; }
static inline gboolean code_is_latin(gunichar code) {
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}
static inline gboolean code_is_han(gunichar code) {
    return (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3400 && code <= 0x4DBF);
}
