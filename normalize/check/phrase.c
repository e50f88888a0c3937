/* Words in sentences: what must not stand there, what contradicts itself, what must be there. */
#include "normalize/check/kind.h"
#include "normalize/check/match.h"

void check_phrase(Examination *examination, const Rule *rule) {
    Evidence evidence = evidence_new();
    match_rule(examination, rule, match_keep_all, &evidence);
    evidence_sort(&evidence);
    examination_judge(examination, rule, &evidence);
    evidence_clear(&evidence);
}

void check_pair(Examination *examination, const Rule *rule) {
    guint failed = 0;
    for (guint i = 0; i < rule->pairs->len; i++) {
        const RulePair *pair = &g_array_index(rule->pairs, RulePair, i);
        Span first = {0, 0}, second = {0, 0};
        match_all(examination, rule, &pair->first, match_keep_first, &first);
        if (first.end > 0)
            match_all(examination, rule, &pair->second, match_keep_first, &second);
        if (second.end == 0)
            continue;
        g_autoptr(GString) quotes = g_string_new(NULL);
        examination_quote(examination, quotes, first);
        g_string_append(quotes, "与");
        examination_quote(examination, quotes, second);
        g_autofree char *message = examination_say(rule, quotes->str);
        examination_fail(examination, rule, rule->certainty, first, message);
        failed++;
    }
    if (failed == 0)
        examination_pass(examination, rule);
}

static gboolean is_there(Examination *examination, const Rule *rule, const RuleMatch *match) {
    Span first = {0, 0};
    match_all(examination, rule, match, match_keep_first, &first);
    return first.end > 0;
}

/* Whether the rule asks for anything: one of the words of `when` stands in the report. */
static gboolean is_asked(Examination *examination, const Rule *rule, Span *place) {
    *place = (Span){0, 0};
    for (guint i = 0; i < rule->when->len && place->end == 0; i++)
        match_all(examination, rule, &g_array_index(rule->when, RuleMatch, i), match_keep_first,
                  place);
    return rule->when->len == 0 || place->end > 0;
}

/* A score table stands for the words where parameter `table` says so. */
static gboolean has_table(const Examination *examination, const Rule *rule) {
    return rule_parameter(rule, "table") != NULL && examination->indicators->rows->len > 0;
}

void check_presence(Examination *examination, const Rule *rule) {
    Span asked;
    g_autoptr(GString) missing = g_string_new(NULL);
    if (!is_asked(examination, rule, &asked)) {
        examination_leave(examination, rule, "没有提出此要求的内容");
        return;
    }
    for (guint i = 0; i < rule->matches->len && !has_table(examination, rule); i++) {
        const RuleMatch *match = &g_array_index(rule->matches, RuleMatch, i);
        if (!is_there(examination, rule, match))
            g_string_append_printf(missing, "%s%s", missing->len > 0 ? "、" : "",
                                   match->name == NULL ? "" : match->name);
        else if (rule_parameter(rule, "any") != NULL) {
            g_string_truncate(missing, 0);
            examination_pass(examination, rule);
            return;
        }
    }
    if (rule->matches->len == 0 ? has_table(examination, rule) : missing->len == 0) {
        examination_pass(examination, rule);
        return;
    }
    g_autofree char *message = examination_say(rule, missing->str);
    examination_fail(examination, rule, rule->certainty, asked, message);
}
