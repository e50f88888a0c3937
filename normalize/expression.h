/* Expression: an ICU regular expression of the patterns, compiled once, with limits of time and
 * stack. One that needs too many steps on hostile text is refused when it is made; one of a file
 * that was proven before is compiled when it is first asked.
 *
 * The compiled expression keeps its last match, so one Expression serves one thread.
 */
#pragma once
#include "normalize/word_list.h"
#include <glib.h>

typedef struct Expression Expression;

/* NULL with a one-line reason in `reason` (to be freed). */
Expression *expression_new(const char *pattern, char **reason);
/* Without the proof; `pattern` must live as long as it does. */
Expression *expression_proven(const char *pattern);
/* Compiles now what would be compiled when it is first asked. */
void expression_ready(Expression *expression);
void expression_free(Expression *expression);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Expression, expression_free)

/* Finds the first match in `text`; what goes beyond the limits does not match. */
gboolean expression_find(Expression *expression, const char *text);

/* FALSE: a text with these bits, of all its characters, lacks what every match needs. */
gboolean expression_may_match(const Expression *expression, WordBits bits);

/* The same on UTF-16, as several expressions read one text. The text must stay until the last
 * question about the match. */
gboolean expression_find_utf16(Expression *expression, const gunichar2 *text, glong length,
                               glong *start, glong *end);

/* A named group of the last match; NULL where it took no part or there is no such group. */
char *expression_group(Expression *expression, const char *name);

/* From match to match: the text is set once and must stay. */
void expression_begin(Expression *expression, const gunichar2 *text, glong length);
gboolean expression_next(Expression *expression, glong *start, glong *end);

/* Where a named group of the last match stands; FALSE where it took no part or there is none. */
gboolean expression_group_span(Expression *expression, const char *name, glong *start, glong *end);
