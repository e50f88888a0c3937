/* JSON (RFC 8259): the same rows give the same bytes. */
#pragma once
#include "load/query.h"

/* A string in quotes; NULL is null. Bytes that are no UTF-8 become U+FFFD. */
void json_append_string(GString *json, const char *text);

/* The row at hand as an object with its columns in order. Exact numbers are strings, as in the
 * archive. */
void json_append_row(GString *json, const Query *query);

/* Its columns from `from` on, as members of an object. */
void json_append_columns(GString *json, const Query *query, int from);
