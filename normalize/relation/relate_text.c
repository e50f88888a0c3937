#include "normalize/relation/text_relation.h"

static void share_clear(gpointer data) { g_free(((Share *)data)->whole); }

static void relate_flow(Flow *flow, gpointer data) {
    TextReading *reading = data;
    relate_scores(flow, reading);
    relate_sums(flow);
    relate_counts(flow);
    relate_changes(flow);
    relate_rates(flow, reading);
    collect_places(flow, reading);
    collect_same(flow, reading);
}

void relate_text(Report *report, const Patterns *patterns) {
    TextReading reading = {
        .report = report,
        .clues = patterns_clues(patterns),
        .places = g_array_new(FALSE, TRUE, sizeof(Place)),
        .operands = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                          (GDestroyNotify)(void (*)(void))g_array_unref),
        .shares = g_array_new(FALSE, TRUE, sizeof(Share)),
        .named = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify)(void (*)(void))g_array_unref),
        .scores = score_mentions_new(),
        .same = same_mentions_new()};
    g_array_set_clear_func(reading.shares, share_clear);
    flow_each(report, patterns, relate_flow, &reading);
    relate_formulas(&reading);
    relate_named_shares(&reading);
    relate_score_totals(&reading);
    relate_same(&reading);
    g_array_unref(reading.places);
    g_array_unref(reading.shares);
    g_array_unref(reading.scores);
    g_array_unref(reading.same);
    g_hash_table_unref(reading.operands);
    g_hash_table_unref(reading.named);
}
