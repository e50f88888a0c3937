/* The text of an expression as ICU compiles it. Private to the files that compile. */
#pragma once
#include <glib.h>
#include <unicode/uregex.h>

/* Compiles; NULL and `status` where the text is no expression, `place` then counts its characters.
 */
URegularExpression *expression_compile(const char *pattern, guint32 flags, UParseError *place,
                                       UErrorCode *status);
