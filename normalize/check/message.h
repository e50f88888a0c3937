/* Message: what a failed check says — in Chinese, one sentence, the figures as printed with their
 * pages, ready for a letter to the department. */
#pragma once
#include "normalize/check/trial.h"

/* The sentence for a trial that failed; the caller frees it. */
char *message_of_trial(const Trials *trials, const Trial *trial);
