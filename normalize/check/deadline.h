/* Deadline: a target that is a date, and the date that was kept or missed.
 *
 * 2023年12月底前, 2023-11-30, 12月20日前, 三季度 is none. Of two dates with different precision
 * only what both say is compared: 12月15日 keeps 12月底前. A cell with two dates, a period, is
 * none.
 */
#pragma once
#include <glib.h>

/* Of the words of two cells. FALSE where one of them is no single date, or they have no part in
 * common. `missed`: what was done came later. */
gboolean deadline_compare(const char *target, const char *actual, gboolean *missed);
