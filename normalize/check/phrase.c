/* Words in sentences: what must not stand there, what contradicts itself, what must be there. */
#include "normalize/check/kind.h"
#include "normalize/check/match.h"
#include "normalize/family.h"
#include <string.h>

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
        g_autofree char *message = examination_say(examination, rule, quotes->str);
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

/* Scores of running text that stand beside their weights: so many are a score table in words. */
static guint scores_in_text(const Report *report, const char *bound) {
    guint n = 0;
    for (guint i = 0; i < report->relations->len; i++) {
        const Relation *relation = report_relation(report, i);
        n += g_str_equal(relation->rule, bound) &&
                     report_fact(report, g_array_index(relation->members, Member, 0).fact)->table ==
                         DOCUMENT_NONE
                 ? 1
                 : 0;
    }
    return n;
}

/* A score table stands for the words where parameter `table` says so; so do as many scores of the
 * text as `scores` says, which are relations of the rule `bound`, and what one of `unless` matches:
 * the heads of a table that was not seen as one. */
static gboolean has_table(const Examination *examination, const Rule *rule) {
    const Script *script = examination->script;
    if (script_has_any(script, rule->unless, 0, script->text->len))
        return TRUE;
    int scores = rule_number(rule, "scores", 0);
    return (rule_parameter(rule, "table") != NULL && examination->indicators->rows->len > 0) ||
           (scores > 0 &&
            scores_in_text(examination->report, rule_parameter(rule, "bound")) >= (guint)scores);
}

/* Whether the report's template has a section for it: one whose title has the parameter `section`;
 * whether it is none of those in the parameter `not-of`, and, by the parameter `known`, whether the
 * report keeps to it; where it does not, a `reason` in the text may ask all the same. A template
 * without sections asks for everything. */
static gboolean template_asks(const Examination *examination, const Rule *rule) {
    const char *word = rule_parameter(rule, "section"), *id = examination->report->family;
    const Family *family =
        id == NULL ? NULL : families_find(patterns_families(examination->patterns), id);
    const char *others = rule_parameter(rule, "not-of");
    if (id != NULL && others != NULL) {
        g_auto(GStrv) ids = g_strsplit(others, " ", -1);
        if (g_strv_contains((const char *const *)ids, id))
            return FALSE;
    }
    if (rule_parameter(rule, "known") != NULL && !template_is_known(examination) &&
        !script_has_any(examination->script, rule->reasons, 0, examination->script->text->len))
        return FALSE;
    if (word == NULL || family == NULL || family->sections->len == 0)
        return TRUE;
    for (guint i = 0; i < family->sections->len; i++)
        if (strstr(g_array_index(family->sections, FamilySection, i).title, word) != NULL)
            return TRUE;
    return FALSE;
}

void check_presence(Examination *examination, const Rule *rule) {
    Span asked;
    g_autoptr(GString) missing = g_string_new(NULL);
    if (!is_asked(examination, rule, &asked)) {
        examination_leave(examination, rule, "没有提出此要求的内容");
        return;
    }
    if (!has_table(examination, rule) &&
        script_has_any(examination->script, rule->heads, 0, examination->script->text->len)) {
        examination_leave(examination, rule, "文中称另有附件，本文件没有");
        return;
    }
    if (!template_asks(examination, rule)) {
        examination_leave(examination, rule, "所用模板没有此项要求");
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
    g_autofree char *message = examination_say(examination, rule, missing->str);
    examination_fail(examination, rule, rule->certainty, asked, message);
}
