/* Coverage: of how many it was asked, and of how many it was done. */
#include "normalize/check/kind.h"
#include "normalize/check/match.h"

typedef struct {
    Evidence evidence;
    guint n;
} Coverage;

/* The groups `all` and `done` of a match, or `rate` in per cent. */
static void take_coverage(Examination *examination, const RuleMatch *match, guint sentence,
                          Span place, gpointer data) {
    Coverage *coverage = data;
    Decimal all = decimal_from_integer(100), done;
    (void)examination, (void)sentence;
    gboolean rated = match_number(match, "rate", &done);
    if (!rated && (!match_number(match, "all", &all) || !match_number(match, "done", &done)))
        return;
    coverage->n++;
    if (decimal_compare(done, all) < 0)
        evidence_add(&coverage->evidence, place);
}

void check_coverage(Examination *examination, const Rule *rule) {
    Coverage coverage = {evidence_new(), 0};
    match_rule(examination, rule, take_coverage, &coverage);
    evidence_sort(&coverage.evidence);
    if (coverage.n == 0)
        examination_leave(examination, rule, "没有说明自评项目的个数");
    else
        examination_judge(examination, rule, &coverage.evidence);
    evidence_clear(&coverage.evidence);
}
