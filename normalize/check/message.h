/* Message: what a failed check says — in Chinese, one sentence, the figures as printed with their
 * pages, ready for a letter to the department. */
#pragma once
#include "normalize/check/trial.h"

/* The sentence for a trial that failed; the caller frees it. */
char *message_of_trial(const Trials *trials, const Trial *trial);

/* “14640.83万元（第3页）” */
/* “满意度”95%（第3页） */
void message_append_named(GString *text, const Report *report, guint fact);
void message_append_fact(GString *text, const Report *report, guint fact);
guint fact_page(const Report *report, guint fact);
guint place_page(const Report *report, guint character);

/* A canonical value in the unit that `like` is printed in: “14315.8437万元”. */
void message_append_value(GString *text, const Fact *like, Decimal value);

/* The same with the decimals of `like`, or as many as the value has: “258.50万元”. */
void message_append_printed(GString *text, const Fact *like, Decimal value);

/* Label without what a sentence does not need; never NULL. */
const char *fact_name(const Fact *fact);
/* The name of a cell's figure by its first and its last head, where it has many; to be freed. */
char *message_short_name(const char *name);
