/* What a row of a score table promised and what it reports as done. */
#pragma once
#include "normalize/check/examination.h"

/* A row with a target and a result that can be compared, and its points. */
typedef struct {
    const Indicator *row;
    const Fact *target, *actual, *weight, *score;
    gboolean reverse; /* the less the better */
    gboolean guessed; /* … by its name alone */
} Achievement;

/* FALSE where there is nothing to compare. Weight and score may be missing. */
gboolean achievement_read(const Examination *examination, const Indicator *row,
                          Achievement *result);

gboolean achievement_is_met(const Achievement *achievement);

/* A fact that can be a target or a result. */
gboolean achievement_is_quantity(const Fact *fact);

/* The cell is its figure, not a sentence with one in it. */
gboolean achievement_is_plain(const Indicators *indicators, const Indicator *row, HeadRole role,
                              const Fact *fact);

/* Whether the row's target is a date; `missed`: it was done later. */
gboolean achievement_has_deadline(const Indicators *indicators, const Indicator *row,
                                  gboolean *missed);
