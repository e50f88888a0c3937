/* Identity: whose report it is, of which year, of which kind and about what. */
#pragma once
#include "normalize/normalize.h"

/* Fills title, department, year, doc_type, subject, family and `inferred` of the report from its
 * title, its forms and, for the year, its text. What `said` says goes before; it may be NULL. */
void identity_read(Report *report, const Patterns *patterns, const Identity *said);
