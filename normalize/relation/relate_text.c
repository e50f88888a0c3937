#include "normalize/relation/text_relation.h"

static void relate_section(Flow *flow, gpointer data) {
    (void)data;
    relate_scores(flow);
    relate_sums(flow);
    relate_counts(flow);
    relate_rates(flow);
}

void relate_text(Report *report, const Patterns *patterns) {
    flow_each(report, patterns_wording(patterns), relate_section, NULL);
    relate_score_totals(report);
    relate_same(report);
}
