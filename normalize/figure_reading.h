/* FigureReading: one figure while it is read: sign, number, what stands inside, unit. Private. */
#pragma once
#include "normalize/scanner.h"

typedef struct {
    Quantity quantity; /* positions in the folded text; start: sign or number, end: unit */
    NumberReading number;
    const UnitWord *unit; /* NULL: none */
    gboolean money_chain; /* 五元三毛: several units in one */
    gboolean fraction;    /* 三分之二, 百分之五 */
} FigureReading;

/* Sign, number and unit at `at`; no bounds, no range. FALSE where nothing can be read there;
 * `malformed` gets the end of what looked like a number and is none, else 0. */
gboolean figure_read(const Scanner *scanner, guint at, FigureReading *reading, guint *malformed);

/* “(12.5)万元”, and a cell that holds nothing but “(1,234.56)”: makes it negative. */
void brackets_read(const Scanner *scanner, FigureReading *reading);

/* scanner_bounds.c */
/* 50万元【（含50万元）】: behind a bracket that says whether the figure itself is meant; its end
 * where there is none. `excluded`: it is not; may be NULL. */
guint inclusion_end(const Scanner *scanner, const FigureReading *reading, gboolean *excluded);
void bounds_before_read(const Scanner *scanner, FigureReading *reading);
void bounds_after_read(const Scanner *scanner, FigureReading *reading);
/* scanner_meaning.c; money_by_context: “拨付资金300万” is an amount */
gboolean figure_means_number(Scanner *scanner, const FigureReading *reading);
void money_by_context(const Scanner *scanner, FigureReading *reading);
/* scanner_fraction.c: 三分之二, 百分之五, 3/5, 3:2, 七成六, 八折 at the number just read. */
gboolean fraction_read(const Scanner *scanner, FigureReading *reading);
/* scanner_money.c: 五元三毛, 伍角叁分整 behind the unit just read. */
void money_read(const Scanner *scanner, FigureReading *reading);
/* scanner_range.c: “5-10万元” behind the first figure; makes it a range. */
gboolean range_read(const Scanner *scanner, FigureReading *reading);

/* Value and high value of the reading scaled by a power; FALSE where they do not fit. */
gboolean reading_scale(FigureReading *reading, int power);
