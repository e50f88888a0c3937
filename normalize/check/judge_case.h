/* Case: the operands of one relation while it is judged, and what all kinds of checks ask of them.
 * Private to the files judge*.c.
 *
 * Values are in the canonical unit of their operand. What cannot be computed exactly is refused
 * with a reason in Chinese: the outcome is then `not_checkable`, never a pass.
 */
#pragma once
#include "normalize/check/judge.h"

#define REASON_TOO_LARGE "数值超出计算范围"
#define REASON_ESTIMATE "含约数，只能作估计"
#define REASON_NO_OPERAND "缺少参与计算的数据"
#define REASON_NO_TOTAL "缺少合计数"
#define REASON_NO_PARTS "缺少分项数"
#define REASON_NO_BASE "缺少分母"
#define REASON_NO_NUMERATOR "缺少分子"
#define REASON_IMPLIED "有数据未在文中列明，只能推算"
#define REASON_BY_BOUND                                                                            \
    "按上下限比较" /* of a pass: a figure only says how much at least, at most */

#define INTERVAL_ZERO ((Interval){.low = DECIMAL_ZERO, .high = DECIMAL_ZERO})

/* Decimals that a quotient is computed to beyond those that are printed. */
enum { EXTRA_DECIMALS = 8 };

typedef struct {
    const Operand *operands;
    guint n;
    gboolean padded;  /* read at the usual precision */
    gboolean rounded; /* whole figures without a unit may have been rounded to one */
    int usual;        /* exponent of the last place that is usual among the operands */
} Case;

Judgement judge_refuse(const char *reason);

/* The first operand of the role; FALSE where there is none. */
gboolean case_find(const Case *c, const char *role, guint *index);
/* What the operand stands for, as the case reads it; FALSE on overflow, here and below. */
gboolean case_interval(const Case *c, guint index, Interval *result);
/* Signed sum of the operands of a role, added to interval and exact value. */
gboolean case_sum(const Case *c, const char *role, Interval *sum, Decimal *value, guint *terms);

/* actual − expected: whether its interval holds zero. */
Judgement judge_difference(guint subject, Interval actual, Decimal actual_value, Interval expected,
                           Decimal expected_value);
/* What is printed against a computed value, at the decimals printed. */
Judgement judge_computed(const Case *c, guint subject, Interval range, Decimal value);

/* judge_sum.c */
Judgement judge_total(const Case *c, const char *part_role);
Judgement judge_some(const Case *c);
Judgement judge_count(const Case *c, gint64 counted);
Judgement judge_mean(const Case *c);
Judgement judge_shares(const Case *c);
Judgement judge_deduction(const Case *c);
Judgement judge_change(const Case *c);

/* judge_rate.c */
Judgement judge_ratio(const Case *c);
Judgement judge_growth(const Case *c);
Judgement judge_product(const Case *c);

/* judge_order.c */
Judgement judge_order(const Case *c, const char *smaller, const char *larger);
Judgement judge_bound(const Case *c);
Judgement judge_direction(const Case *c);
Judgement judge_following(const Case *c);
Judgement judge_same(const Case *c);
