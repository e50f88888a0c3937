/* A dot alone has no direction; a row of them, evenly near, is a rule.
 *
 *   · · · · · · · ·      one rule          · · · ·
 *   ·       ·            and two down      · · · ·   a shade: every dot lies in two rows
 *   ·       ·                              · · · ·
 */
#include "extract/dots.h"

static const float ALIGNED = 0.3F;   /* centres of a row leave its line by this much, in points */
static const float PITCH = 4.0F;     /* from one dot to the next, in sizes of a dot … */
static const float PITCH_MIN = 2.0F; /* … and at least so many points */
enum { ROW_DOTS_MIN = 5 };

typedef struct {
    float along, across, size;
    guint dot;
} Place;

static int compare_float(float a, float b) { return (a > b) - (a < b); }

static int compare_across(gconstpointer a, gconstpointer b) {
    return compare_float(((const Place *)a)->across, ((const Place *)b)->across);
}

static int compare_along(gconstpointer a, gconstpointer b) {
    return compare_float(((const Place *)a)->along, ((const Place *)b)->along);
}

/* Rows among `n` places on one line; each of their dots is counted in `rows`. */
static void join_line(Place *places, guint n, gboolean vertical, guint8 *rows, GArray *rules) {
    qsort(places, n, sizeof *places, compare_along);
    for (guint first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n; end++)
            if (places[end].along - places[end - 1].along >
                MAX(PITCH * MIN(places[end].size, places[end - 1].size), PITCH_MIN))
                break;
        if (end - first < ROW_DOTS_MIN)
            continue;
        Rule rule = {.vertical = vertical,
                     .at = places[first].across,
                     .start = places[first].along - places[first].size / 2,
                     .end = places[end - 1].along + places[end - 1].size / 2,
                     .width = places[first].size};
        g_array_append_val(rules, rule);
        for (guint i = first; i < end; i++)
            rows[places[i].dot]++;
    }
}

static void join_direction(const GArray *dots, gboolean vertical, guint8 *rows, GArray *rules) {
    g_autofree Place *places = g_new(Place, dots->len);
    for (guint i = 0; i < dots->len; i++) {
        Rectangle box = g_array_index(dots, Rectangle, i);
        float x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2;
        places[i] = (Place){vertical ? y : x, vertical ? x : y, box.x1 - box.x0, i};
    }
    qsort(places, dots->len, sizeof *places, compare_across);
    for (guint first = 0, end; first < dots->len; first = end) {
        for (end = first + 1; end < dots->len; end++)
            if (places[end].across - places[first].across > ALIGNED)
                break;
        join_line(places + first, end - first, vertical, rows, rules);
    }
}

void dots_join(GArray *dots, GArray *rules) {
    if (dots->len < ROW_DOTS_MIN)
        return;
    g_autofree guint8 *rows = g_malloc0(dots->len);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Rule));
    join_direction(dots, FALSE, rows, found);
    join_direction(dots, TRUE, rows, found);
    guint single = 0, crossing = 0;
    for (guint i = 0; i < dots->len; i++) {
        single += rows[i] == 1 ? 1 : 0;
        crossing += rows[i] > 1 ? 1 : 0;
    }
    if (crossing < single)
        g_array_append_vals(rules, found->data, found->len);
}
