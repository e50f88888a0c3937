/* Figure: what kinds of figures there are, how they are bounded, and what else a numeral can be.
 *
 * The names are the words of the database columns `kind` and `qualifier`.
 */
#pragma once
#include <glib.h>

typedef enum {
    FIGURE_AMOUNT,  /* canonical unit 元 (or an ISO currency code) */
    FIGURE_COUNT,   /* unit: its measure word */
    FIGURE_SCORE,   /* 分 */
    FIGURE_PERCENT, /* % */
    FIGURE_POINTS,  /* 个百分点 */
    FIGURE_RANK,
    FIGURE_RATIO, /* a/b */
    FIGURE_YEAR,
    FIGURE_DATE,   /* ISO 8601, reduced precision: 2021-06 */
    FIGURE_NUMBER, /* no unit */
    FIGURE_KINDS
} FigureKind;

typedef enum {
    QUALIFIER_EXACT,
    QUALIFIER_ABOUT,    /* 约 近 左右 余 */
    QUALIFIER_AT_LEAST, /* 以上 不低于 ≥ */
    QUALIFIER_OVER,     /* 超过 突破 多于 */
    QUALIFIER_AT_MOST,  /* 以下 以内 不超过 ≤ */
    QUALIFIER_UNDER,    /* 不足 低于 */
    QUALIFIER_RANGE,
    QUALIFIERS
} Qualifier;

const char *figure_kind_name(FigureKind kind);
gboolean figure_kind_parse(const char *name, FigureKind *kind);
const char *qualifier_name(Qualifier qualifier);
gboolean qualifier_parse(const char *name, Qualifier *qualifier);
