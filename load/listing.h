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
