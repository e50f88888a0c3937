/* Identity: whose report it is, of which year, of which kind and about what. */
#pragma once
#include "normalize/normalize.h"

/* Fills title, department, year, doc_type, subject, family and `inferred` of the report from its
 * title, its forms and, for the year, its text. What `said` says goes before; it may be NULL. */
void identity_read(Report *report, const Patterns *patterns, const Identity *said);

/* Which layout of its family the report has, by its headings; a family and type for a report whose
 * title told none (named in `inferred`). After its sections are read. */
void identity_refine(Report *report, const Patterns *patterns);
