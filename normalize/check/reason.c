/* What needs a reason beside it: 扣1分，因为 …; 比上年减少0.15万元，主要原因是 … */
#include "normalize/check/kind.h"
#include "normalize/check/match.h"
#include <string.h>

/* A match that needs a reason. */
typedef struct {
    guint sentence;
    Span place;
} Claim;

static void take_claim(Examination *examination, const RuleMatch *match, guint sentence, Span place,
                       gpointer data) {
    Claim claim = {sentence, place};
    (void)examination, (void)match;
    g_array_append_val((GArray *)data, claim);
}

static int compare_claims(gconstpointer a, gconstpointer b) {
    guint p = ((const Claim *)a)->place.start, q = ((const Claim *)b)->place.start;
    return (p > q) - (p < q);
}

/* Where a unit of the sentence begins that was printed at or after the character. */
static guint unit_at(const Script *script, const Sentence *sentence, guint character) {
    guint unit = sentence->start;
    while (unit < sentence->end && g_array_index(script->origins, guint, unit) < character)
        unit++;
    return unit;
}

/* Between the matches before and after it in its sentence; into the next sentence where that has
 * no match of its own. */
static void near_range(const Script *script, const GArray *claims, guint i, guint *start,
                       guint *end) {
    const Claim *claim = &g_array_index(claims, Claim, i), *other;
    const Sentence *sentence = script_sentence(script, claim->sentence);
    const Passage *passage = script_passage(script, sentence->passage);
    guint next = claim->sentence + 1;
    if (i > 0 && (other = claim - 1)->sentence == claim->sentence)
        *start = unit_at(script, sentence, other->place.end);
    if (i + 1 < claims->len && (other = claim + 1)->sentence == claim->sentence)
        *end = unit_at(script, sentence, other->place.start);
    else if (next < passage->first_sentence + passage->n_sentences &&
             (i + 1 == claims->len || (claim + 1)->sentence != next))
        *end = script_sentence(script, next)->end;
}

/* The units in which a reason may stand, by parameter `within`. */
static void reason_range(const Examination *examination, const Rule *rule, const GArray *claims,
                         guint i, guint *start, guint *end) {
    const Script *script = examination->script;
    const Sentence *sentence = script_sentence(script, g_array_index(claims, Claim, i).sentence);
    const Passage *passage = script_passage(script, sentence->passage);
    const char *within = rule_parameter(rule, "within");
    *start = sentence->start;
    *end = sentence->end;
    if (within == NULL) {
        near_range(script, claims, i, start, end);
        return;
    }
    *start = passage->start;
    *end = passage->end;
    if (strcmp(within, "section") != 0)
        return;
    for (guint next = sentence->passage + 1;
         next < script->passages->len && script_passage(script, next)->section == passage->section;
         next++)
        *end = script_passage(script, next)->end;
}

/* 扣分原因：一是…，扣 2 分；二是…，扣 1 分: its paragraph lists reasons. */
static gboolean is_headed(const Script *script, const Rule *rule, const Claim *claim) {
    const Sentence *sentence = script_sentence(script, claim->sentence);
    const Passage *passage = script_passage(script, sentence->passage);
    return script_has_any(script, rule->heads, passage->start,
                          unit_at(script, sentence, claim->place.start));
}

void check_reason(Examination *examination, const Rule *rule) {
    Evidence evidence = evidence_new();
    g_autoptr(GArray) claims = g_array_new(FALSE, FALSE, sizeof(Claim));
    match_rule(examination, rule, take_claim, claims);
    g_array_sort(claims, compare_claims);
    for (guint i = 0; i < claims->len; i++) {
        guint start, end;
        reason_range(examination, rule, claims, i, &start, &end);
        if (!script_has_any(examination->script, rule->reasons, start, end) &&
            !is_headed(examination->script, rule, &g_array_index(claims, Claim, i)))
            evidence_add(&evidence, g_array_index(claims, Claim, i).place);
    }
    if (claims->len == 0)
        examination_leave(examination, rule, "没有需要说明的内容");
    else
        examination_judge(examination, rule, &evidence);
    evidence_clear(&evidence);
}
