/* ClaimExpression: an ICU regular expression of the vocabulary that claims what is not a figure.
 *
 * Compiled once (`text` must live as long), cloned by each scan (an URegularExpression keeps
 * state), run with limits of time and stack on short windows only. One that runs away on texts made
 * for that is refused.
 */
#pragma once
#include "normalize/vocabulary.h"

enum {
    CLAIM_STACK_BYTES = 1 << 20,
    CLAIM_STEPS_MAX = 20,
    CLAIM_OWN_MAX = 8,
    CLAIM_WINDOW_MAX = 512
};

/* NULL with the reason, newly allocated, where it cannot be used. */
ClaimExpression *claim_expression_new(const char *text, gboolean proven, char **reason);
/* One of a file that was proven before is compiled when it is first cloned, or now. */
void claim_expression_ready(ClaimExpression *expression);
void claim_expression_free(gpointer expression);

/* A copy that one scan may run; closed with uregex_close. */
URegularExpression *claim_expression_clone(ClaimExpression *expression);
