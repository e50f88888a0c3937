/* Quantity: the figures of a run of characters, and what every other numeral in it is.
 *
 * One linear scan over the original characters of a block, a cell or a line; nothing is shared
 * between two calls but the scratch memory of the QuantityScan. All positions count characters
 * (code points) of the array that was given, ends exclusive; they never overlap, and stand in
 * order. What a figure counts, its role and its section are not read here.
 *
 *     g_autoptr(QuantityScan) scan = quantity_scan_new();
 *     quantity_scan(patterns, codes, n_codes, scan);
 *     for (guint i = 0; i < scan->quantities->len; i++)
 *         … &g_array_index(scan->quantities, Quantity, i) …
 */
#pragma once
#include "normalize/decimal.h"
#include "normalize/figure.h"
#include "normalize/patterns.h"

typedef struct {
    FigureKind kind;
    Qualifier qualifier;
    Decimal value;        /* exact, in the canonical unit; a year; a ratio's numerator */
    Decimal value_high;   /* ranges; else equal to value */
    Decimal divisor;      /* ratios: the denominator, in lowest terms; else 1 */
    Decimal high_divisor; /* ranges of ratios */
    char date[12];        /* dates: ISO 8601, 2021-06-30, 2021-06, --06-30, --06; else empty */
    char date_high[12];   /* ranges of dates */
    const char *unit; /* canonical (元, USD, 分, %, 个百分点, 家 …) or NULL; owned by Patterns */
    int unit_power;   /* canonical value = printed value × 10^unit_power: 4 for 万元 */
    int decimals;     /* as printed, before 万, 亿 and the unit: 8.1437万元 has four */
    guint start, end; /* number, unit, currency, approximators and bounds */
    guint number_start, number_end; /* the number alone, with its sign, without 万 and unit; of a
                                       range, its first number */
    guint unit_start, unit_end; /* the printed unit with its 万 or 亿: 万元; empty without one */
    const char *pattern; /* id of the vocabulary entry that named the unit, or of the grammar */
} Quantity;

/* A numeral that is not a figure. */
typedef struct {
    guint start, end;
    const char *kind;    /* document-number, list-marker, fixed-term, level, code, telephone … */
    const char *pattern; /* id of the vocabulary entry */
} Claim;

/* A numeral that could not be read. */
typedef struct {
    guint start, end;
    const char *reason; /* malformed, too-long, … */
} Unread;

typedef struct QuantityScratch QuantityScratch;

typedef struct {
    GArray *quantities; /* Quantity */
    GArray *claims;     /* Claim */
    GArray *unread;     /* Unread */
    QuantityScratch *scratch;
} QuantityScan;

QuantityScan *quantity_scan_new(void);
void quantity_scan_free(QuantityScan *scan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(QuantityScan, quantity_scan_free)

/* Replaces what `scan` held. */
void quantity_scan(const Patterns *patterns, const gunichar *codes, guint n_codes,
                   QuantityScan *scan);

/* The value as the database has it: “146408300”, “2/3”, “2021-06”; the high end, or NULL. */
char *quantity_text(const Quantity *quantity);
char *quantity_text_high(const Quantity *quantity);

/* Characters as UTF-8 without white space: a figure's `raw`, a printed unit. */
char *characters_text(const gunichar *codes, guint start, guint end);

/* A unit by itself: what a table head, a caption or a unit line (“单位：万元”, “（%）”) says of
 * bare numbers below it. */
typedef struct {
    FigureKind kind;
    const char *unit; /* canonical */
    int power;        /* 万元: 4 */
    guint start, end; /* where it is printed */
    const char *pattern;
} UnitReading;

/* The whole of `codes` (white space, brackets and colons around it aside) is a unit. */
gboolean unit_parse(const Patterns *patterns, const gunichar *codes, guint n_codes,
                    UnitReading *result);

/* The unit that `codes` announces: after 单位：, or alone in brackets at its end. */
gboolean unit_find(const Patterns *patterns, const gunichar *codes, guint n_codes,
                   UnitReading *result);

/* Gives a quantity without a unit (FIGURE_NUMBER) the unit that stands elsewhere. FALSE, and
 * nothing changed, where it has one or the value would not fit. */
gboolean quantity_apply_unit(Quantity *quantity, const UnitReading *unit);
