/* Fit: whether figures stand to each other as a kind of relation says, before anybody claims that
 * they must. What holds is hardly chance; what would hold but for one slip of the hand may be.
 */
#pragma once
#include "normalize/check/rule.h"
#include "normalize/report.h"

typedef enum { FIT_NONE, FIT_SLIP, FIT_EXACT } Fit;

/* One value, at the coarser of the two precisions. */
gboolean fit_same(const Fact *a, const Fact *b);
/* For a search of the one value that several facts have: keeps the first in `found` (REPORT_NONE to
 * begin with); FALSE where `fact` has another value. */
gboolean fit_one_value(const Report *report, guint fact, guint *found);

/* rate = Σ above ÷ below, within one unit of the rate's last place. Facts. */
gboolean fit_ratio(const Report *report, const guint *above, guint n, guint below, guint rate);
/* rate = above ÷ Σ below. */
gboolean fit_ratio_of_sum(const Report *report, guint above, const guint *below, guint n,
                          guint rate);
/* … but for one slip of the hand in one of them. */
Fit fit_ratio_nearly(const Report *report, const guint *above, guint n, guint below, guint rate);

/* Whether the members agree as the kind of check says, exactly or but for one slip of the hand. */
Fit fit_members(const Report *report, CheckKind kind, const Member *members, guint n);

/* rate = change ÷ (this − change); `sign` −1 where it fell. */
gboolean fit_growth(const Report *report, guint this, guint change, guint rate, int sign);
Fit fit_growth_nearly(const Report *report, guint this, guint change, guint rate, int sign);

/* this − last = change, exactly or but for what rounding leaves. */
gboolean fit_difference(const Report *report, guint this, guint last, guint change);
Fit fit_difference_nearly(const Report *report, guint this, guint last, guint change);
