/* A run of Arabic digits with its separators and point; a private part of reading numerals. */
#pragma once
#include "normalize/numeral.h"

typedef struct {
    Decimal value;
    guint end;
    guint digits; /* before the point */
    int decimals;
    gboolean separated, leading_zero;
} ArabicRun;

NumberState arabic_read(const Vocabulary *vocabulary, const NormalText *text,
                        const gunichar *original, guint at, ArabicRun *run);
