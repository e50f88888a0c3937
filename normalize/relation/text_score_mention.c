/* Scores as they are mentioned, by the indicator that they are of. */
#include "normalize/relation/text_score.h"
#include <string.h>

enum { ITEM_CHARACTERS_MAX = 20 };

char *score_stem(const Clues *clues, const char *label) {
    return clues_before(clues, CLUE_INDICATOR, label == NULL ? "" : label);
}

static void mention_clear(gpointer data) { g_free(((ScoreMention *)data)->stem); }

GArray *score_mentions_new(void) {
    GArray *mentions = g_array_new(FALSE, TRUE, sizeof(ScoreMention));
    g_array_set_clear_func(mentions, mention_clear);
    return mentions;
}

/* What the paragraph of a score is about: its words up to the first stop; "" where they are many.
 */
static char *item_name(const Flow *flow, guint i) {
    static const gunichar STOPS[] = {0x3002, 0xff0c, 0xff1a, 0xff1b, ',', ':', ';'};
    guint from = 0;
    for (guint k = i; k > 0 && from == 0; k--) {
        const Token *token = flow_token(flow, k - 1);
        if (token->kind == TOKEN_MARKER || (token->kind == TOKEN_BREAK && !token->soft))
            from = token->end;
    }
    for (guint end = from; end < flow->codes->len && end - from <= ITEM_CHARACTERS_MAX; end++)
        for (guint k = 0; k < G_N_ELEMENTS(STOPS); k++)
            if (g_array_index(flow->codes, gunichar, end) == STOPS[k])
                return flow_text(flow, from, end);
    return g_strdup("");
}

/* 本指标, 该项, 此部分: what points at something named before, or nothing at all. */
static gboolean only_points(const Flow *flow, const char *name) {
    gsize n = clues_prefix(flow->clues, CLUE_POINTER, name);
    g_autofree char *thing = clues_without(flow->clues, CLUE_THING, name + n);
    if (n == 0)
        return *thing == '\0';
    g_autofree char *left = clues_without(flow->clues, CLUE_GENERIC, thing);
    return *left == '\0';
}

/* What the title above the score is about: （二）项目过程情况. */
static char *section_name(const Flow *flow, guint i) {
    guint section = flow_fact(flow, i)->section;
    if (section == REPORT_NONE || report_section(flow->report, section)->title == NULL)
        return g_strdup("");
    return clues_before(flow->clues, CLUE_ACCOUNT, report_section(flow->report, section)->title);
}

/* The indicator of a score; where its own words only say what kind of score it is, its item's, or
 * what its section is about. */
static char *mention_stem(const Scores *scores, guint i) {
    const Flow *flow = scores->flow;
    g_autofree char *stem = score_stem(flow->clues, flow_fact(flow, scores->owners[i])->label);
    g_autofree char *full = clues_without(flow->clues, CLUE_FULL, stem);
    g_autofree char *overall = clues_without(flow->clues, CLUE_OVERALL, full);
    g_autofree char *name = clues_without(flow->clues, CLUE_SCORED, overall);
    if (*stem == '\0' || !only_points(flow, name))
        return g_steal_pointer(&stem);
    g_autofree char *item = item_name(flow, i);
    if (*item != '\0' && strpbrk(item, "0123456789") == NULL)
        return g_steal_pointer(&item);
    return section_name(flow, i);
}

void scores_collect_mentions(const Scores *scores) {
    const Flow *flow = scores->flow;
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (!flow_is_fact(flow, i, FIGURE_SCORE) || scores->kinds[i] == SCORE_BOUND)
            continue;
        ScoreMention mention = {.fact = flow_token(flow, i)->fact,
                                .kind = scores->kinds[i],
                                .project = scores->projects[i],
                                .listed = scores->listed[i],
                                .paragraph = flow_token(flow, i)->paragraph,
                                .stem = mention_stem(scores, i)};
        g_array_append_val(scores->reading->scores, mention);
        if (mention.kind == SCORE_WEIGHT && *mention.stem != '\0')
            fact_take_role(flow->report, mention.fact, "weight");
    }
}
