/* Whether the shape of a regular expression allows it to take very many steps. */
#pragma once
#include <glib.h>

/* FALSE: no repetition of what itself repeats or chooses, and few repetitions in a row; such an
 * expression needs no trial on hostile text. */
gboolean expression_is_risky(const char *pattern);

/* Behind the atom at `at` that is no bracket: an escape, a class, a character. */
const char *expression_atom_end(const char *at);
