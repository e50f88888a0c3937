/* Listings: the questions that commands and exports put to the archive. */
#pragma once
#include "load/query.h"

/* What to list; NULL or 0: all. */
typedef struct {
    int year;
    const char *department; /* whose name contains this */
    const char *severity;
    const char *rule;
    const char *status;
    gboolean superseded; /* also of documents that have a newer version */
} ListingFilter;

/* Findings with their evidence, by department, year and file, the worst first. */
Query *list_findings(Archive *archive, const ListingFilter *filter, GError **error);

/* Printed numerals that could not be read, and why. */
Query *list_unread(Archive *archive, const ListingFilter *filter, GError **error);

/* Applications of rules that lacked their inputs, and why. */
Query *list_unchecked(Archive *archive, const ListingFilter *filter, GError **error);

/* The same for people: a row for each reason of a document, with the rules that it stopped. */
Query *list_unchecked_by_reason(Archive *archive, const ListingFilter *filter, GError **error);

/* What people decided about findings, the newest decision of each. */
Query *list_reviews(Archive *archive, const ListingFilter *filter, GError **error);

/* The registry; names in reports that it does not know. */
Query *list_departments(Archive *archive, GError **error);
Query *list_unknown_departments(Archive *archive, GError **error);

/* Whether there is such a rule. */
gboolean rule_known(Archive *archive, const char *rule, gboolean *known, GError **error);

/* Whether the registry has any department. */
gboolean departments_registered(Archive *archive, gboolean *registered, GError **error);

/* Departments of the registry without a report of `type` for the year of the filter; `sub_units`:
 * also those that are below another department. */
Query *list_missing(Archive *archive, const ListingFilter *filter, const char *type,
                    gboolean sub_units, GError **error);

/* What new versions changed, and what reading again did; `run` 0: all. */
Query *list_changes(Archive *archive, const ListingFilter *filter, gint64 run, GError **error);

/* Where words stand: paragraphs, headings, captions and cells that hold all of them. NULL with
 * `error` where one of them is none. */
Query *list_search(Archive *archive, const ListingFilter *filter, const char *const *words,
                   GError **error);
