#include "normalize/relation/text_claim.h"

static void relate_flow(Flow *flow, gpointer data) {
    TextReading *reading = data;
    names_collect(reading->names, flow);
    relate_scores(flow, reading);
    relate_sums(flow);
    relate_changes(flow, reading);
    relate_points(flow);
    relate_rests(flow, reading);
    relate_runs(flow, reading);
    relate_counts(flow);
    relate_grades(flow);
    relate_completions(flow);
    claims_collect(flow, reading);
    collect_places(flow, reading);
    collect_same(flow, reading);
}

void relate_text(Report *report, const Patterns *patterns) {
    TextReading reading = {.report = report,
                           .clues = patterns_clues(patterns),
                           .places = g_array_new(FALSE, TRUE, sizeof(Place)),
                           .operands =
                               g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                                     (GDestroyNotify)(void (*)(void))g_array_unref),
                           .claims = claims_new(),
                           .names = names_new(patterns_clues(patterns)),
                           .values = values_new(report),
                           .scores = score_mentions_new(),
                           .same = same_mentions_new(),
                           .rests = g_array_new(FALSE, FALSE, sizeof(RestMention))};
    flow_each(report, patterns, relate_flow, &reading);
    collect_table_places(&reading, patterns_table_words(patterns));
    claims_settle_exact(&reading);
    relate_claimed_rests(&reading);
    relate_formulas(&reading);
    claims_settle(&reading);
    relate_score_totals(&reading);
    relate_same(&reading);
    g_array_unref(reading.places);
    g_array_unref(reading.claims);
    names_free(reading.names);
    values_free(reading.values);
    g_array_unref(reading.scores);
    g_array_unref(reading.same);
    g_array_unref(reading.rests);
    g_hash_table_unref(reading.operands);
}
