/* How far a rate is from the goal that stands beside it.
 *
 *   成活率 91.2%，高于 85% 的目标值 6.2 个百分点      失业率 2.86%，低于 4.5% 的控制目标 1.64
 * 个百分点 成活率 91.5%，比目标值 85% 高 6.5 个百分点
 */
#include "normalize/relation/text_change.h"
#include <string.h>

/* Between a rate, its goal and the points; a year that is compared with is no goal. */
enum { GAP_CHARACTERS_MAX = 16 };

static Change direction(const Flow *flow, const char *between, const char *behind) {
    gsize n;
    const char *const texts[] = {between, behind};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (clues_find(flow->clues, CLUE_ABOVE, texts[i], &n) != NULL)
            return CHANGE_UP;
        if (clues_find(flow->clues, CLUE_BELOW, texts[i], &n) != NULL)
            return CHANGE_DOWN;
    }
    return CHANGE_NONE;
}

/* Three figures in a row: the rate, its goal, and the points between them. */
static gboolean is_row(const Flow *flow, guint i) {
    return i >= 2 && flow_is_exact(flow, i, FIGURE_POINTS) &&
           flow_is_fact(flow, i - 1, FIGURE_PERCENT) &&
           flow_is_exact(flow, i - 2, FIGURE_PERCENT) &&
           flow_fact(flow, i - 1)->text_high == NULL &&
           flow_token(flow, i - 2)->sentence == flow_token(flow, i)->sentence &&
           g_strcmp0(flow_fact(flow, i)->role, "change") != 0;
}

static void relate(Flow *flow, guint i, Change change) {
    guint relation =
        relation_begin(flow->report, "YOY-01",
                       flow_span(flow, flow_token(flow, i - 2)->start, flow_token(flow, i)->end));
    report_relation(flow->report, relation)->scope = flow_fact(flow, i - 2)->label;
    relation_add(flow->report, relation, flow_token(flow, i - 2)->fact, "this");
    relation_add(flow->report, relation, flow_token(flow, i - 1)->fact, "last");
    relation_add_signed(flow->report, relation, flow_token(flow, i)->fact, "change",
                        change == CHANGE_UP ? 1 : -1);
    fact_take_role(flow->report, flow_token(flow, i)->fact, "change");
}

void relate_points(Flow *flow) {
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (!is_row(flow, i))
            continue;
        g_autofree char *between = flow_gap(flow, i - 2, i - 1);
        g_autofree char *behind = flow_gap(flow, i - 1, i);
        g_autofree char *all = g_strconcat(between, behind, NULL);
        Change change = direction(flow, between, behind);
        if (change != CHANGE_NONE && clues_plan(flow->clues, all) != NULL &&
            g_utf8_strlen(between, -1) <= GAP_CHARACTERS_MAX &&
            g_utf8_strlen(behind, -1) <= GAP_CHARACTERS_MAX)
            relate(flow, i, change);
    }
}
