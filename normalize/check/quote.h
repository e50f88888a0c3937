/* Quote: how a sentence to the department writes figures, names and pages — as they are printed,
 * each with its page, so that both sides can be found.
 *
 * Texts are Chinese whatever the locale. `fact` is an index of the report's facts; pages count from
 * one, 0 is none. What is quoted is appended to `text`.
 */
#pragma once
#include "normalize/report.h"

/* “14640.83万元（第3页）”; with its name before it: “‘满意度’95%（第3页）”. */
void quote_fact(GString *text, const Report *report, guint fact);
void quote_named(GString *text, const Report *report, guint fact);

/* As printed; a cell without its unit gets the one of its table. */
void quote_raw(GString *text, const Fact *fact);
/* “（第3页）”; nothing for page 0. */
void quote_page(GString *text, guint page);
/* The name in quotation marks, shortened; those within it are single. */
void quote_name(GString *text, const char *printed);

/* A value in canonical units as `like` is printed, in its unit and with its separators:
 * “14315.8437万元”; with as many decimals as `like` has at least: “258.50万元”. */
void quote_value(GString *text, const Fact *like, Decimal value);
void quote_printed(GString *text, const Fact *like, Decimal value);

/* The label, else the concept; never NULL. Lent. */
const char *fact_name(const Fact *fact);

guint fact_page(const Report *report, guint fact);
guint place_page(const Report *report, guint character);
