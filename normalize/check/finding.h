/* Finding: grouping failed trials by their cause, one finding each. */
#pragma once
#include "normalize/check/trial.h"

void findings_add(Trials *trials);
