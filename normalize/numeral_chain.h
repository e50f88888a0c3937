/* A numeral as a sum of terms of falling magnitude; a private part of reading numerals. */
#pragma once
#include "normalize/numeral.h"

/* 三万4000, 五亿零六, 十几万, 三四十. */
NumberState chain_read(const Vocabulary *vocabulary, const NormalText *text,
                       const gunichar *original, guint at, NumberReading *reading);
/* 几十, 数百万. */
NumberState few_read(const Vocabulary *vocabulary, const NormalText *text, const gunichar *original,
                     guint at, NumberReading *reading);
