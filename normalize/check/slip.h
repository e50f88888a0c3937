/* Slip: by what slip of the hand one printed number may have become another. */
#pragma once
#include "normalize/report.h"

typedef enum {
    SLIP_NONE,    /* none that is known */
    SLIP_SWAPPED, /* two neighbouring digits transposed */
    SLIP_DIGIT,   /* one digit changed */
    SLIP_UNIT,    /* 元 for 万元, 万元 for 亿元 */
    SLIP_POINT,   /* the decimal point moved */
    SLIP_MISSING, /* one digit too few or too many */
    SLIP_SIGN,    /* the sign lost */
} Slip;

/* From `printed` to `meant`, both at `decimals` as printed. */
Slip slip_of(Decimal printed, Decimal meant, int decimals);

/* What would make the figure, printed as it is, be worth `meant` (canonical unit). */
Slip fact_slip(const Fact *fact, Decimal meant);

/* Whether one slip makes the figure worth `step` more, and more than nothing. */
gboolean fact_slips_by(const Fact *fact, Decimal step);

/* Digits between the first and the last that is not zero: figures of few agree by chance. */
guint slip_digits(Decimal value);

/* Chinese, for an explanation: “数字颠倒”; NULL for none. */
const char *slip_words(Slip slip);

/* The numbers that `printed`, with `decimals` digits behind the point, may have been before one
 * slip of the hand: appends Decimals. */
void slip_append_origins(Decimal printed, int decimals, GArray *origins);
