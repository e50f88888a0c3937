/* Values: the figures of a report by what they are worth, to look a sum up that nobody wrote down
 * as one. A value of many digits hardly stands in a report twice by chance.
 */
#pragma once
#include "normalize/report.h"

typedef struct Values Values;

Values *values_new(const Report *report);
void values_free(Values *values);

/* Figures of the unit that are worth so much, in the order of the report: facts, lent; NULL. */
const GArray *values_find(const Values *values, const char *unit, Decimal value);

/* What the fact may have been before one slip of the hand, in its canonical unit: Decimals. */
GArray *fact_origins(const Fact *fact);
