/* Judge: whether the figures of one relation agree, by the kind of its check. Pure arithmetic. */
#pragma once
#include "normalize/check/envelope.h"
#include "normalize/check/rule.h"

#define JUDGE_UNCOUNTED (-1)

typedef struct {
    Outcome outcome;
    gboolean padded;    /* a fail only because a figure was read finer than it is printed */
    const char *reason; /* not_checkable: why, in Chinese; else NULL */
    guint subject;      /* index of the operand that is judged: the total, the rate … */
    gboolean has_expected;
    Decimal expected, actual, difference, envelope; /* canonical unit of the subject */
} Judgement;

/* `counted` only matters to CHECK_COUNT. */
Judgement judge(CheckKind kind, const Operand *operands, guint n, gint64 counted);
