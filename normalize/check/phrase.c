/* Words in sentences: what must not stand there, what contradicts itself, what must be there, what
 * needs a reason beside it. */
#include "normalize/check/kind.h"
#include <string.h>

static gboolean passage_is_read(const RuleMatch *match, const Passage *passage) {
    gboolean head = passage->kind == PASSAGE_HEADING || passage->kind == PASSAGE_TITLE;
    if (match->in == NULL)
        return TRUE;
    if (strcmp(match->in, "text") == 0)
        return passage->kind == PASSAGE_PARAGRAPH;
    if (strcmp(match->in, "cells") == 0)
        return passage->kind == PASSAGE_CELL || passage->kind == PASSAGE_FIELD;
    return strcmp(match->in, "heads") == 0 ? head || passage->kind == PASSAGE_NOTE : !head;
}

typedef void (*Found)(Examination *examination, const Rule *rule, guint sentence, Span place,
                      gpointer data);

/* Calls `found` for every match in the sentence. */
static void match_sentence(Examination *examination, const Rule *rule, const RuleMatch *match,
                           guint index, Found found, gpointer data) {
    const Script *script = examination->script;
    const Sentence *sentence = script_sentence(script, index);
    glong start, end, from, to;
    if (!passage_is_read(match, script_passage(script, sentence->passage)) ||
        examination_outside(examination, rule, sentence->passage) ||
        script_has_any(script, rule->unless, sentence->start, sentence->end))
        return;
    expression_begin(match->expression, script_units(script, sentence->start),
                     (glong)(sentence->end - sentence->start));
    while (expression_next(match->expression, &start, &end)) {
        if (expression_group_span(match->expression, "evidence", &from, &to)) {
            start = from;
            end = to;
        }
        if (end > start)
            found(examination, rule, index,
                  script_span(script, sentence->start + (guint)start, sentence->start + (guint)end),
                  data);
    }
}

static void match_all(Examination *examination, const Rule *rule, const RuleMatch *match,
                      Found found, gpointer data) {
    const Script *script = examination->script;
    const GArray *candidates = script_candidates(script, match);
    if (candidates != NULL) {
        for (guint i = 0; i < candidates->len; i++)
            match_sentence(examination, rule, match, g_array_index(candidates, guint, i), found,
                           data);
        return;
    }
    for (guint i = 0; i < script->sentences->len; i++)
        match_sentence(examination, rule, match, i, found, data);
}

static void take_evidence(Examination *examination, const Rule *rule, guint sentence, Span place,
                          gpointer data) {
    (void)examination, (void)rule, (void)sentence;
    evidence_add(data, place);
}

void check_phrase(Examination *examination, const Rule *rule) {
    Evidence evidence = evidence_new();
    for (guint i = 0; i < rule->matches->len; i++)
        match_all(examination, rule, &g_array_index(rule->matches, RuleMatch, i), take_evidence,
                  &evidence);
    evidence_sort(&evidence);
    examination_judge(examination, rule, &evidence);
    evidence_clear(&evidence);
}

static void take_first(Examination *examination, const Rule *rule, guint sentence, Span place,
                       gpointer data) {
    Span *first = data;
    (void)examination, (void)rule, (void)sentence;
    if (first->end == 0)
        *first = place;
}

void check_pair(Examination *examination, const Rule *rule) {
    guint failed = 0;
    for (guint i = 0; i < rule->pairs->len; i++) {
        const RulePair *pair = &g_array_index(rule->pairs, RulePair, i);
        Span first = {0, 0}, second = {0, 0};
        match_all(examination, rule, &pair->first, take_first, &first);
        if (first.end > 0)
            match_all(examination, rule, &pair->second, take_first, &second);
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
    match_all(examination, rule, match, take_first, &first);
    return first.end > 0;
}

/* Whether the rule asks for anything: one of the words of `when` stands in the report. */
static gboolean is_asked(Examination *examination, const Rule *rule, Span *place) {
    *place = (Span){0, 0};
    for (guint i = 0; i < rule->when->len && place->end == 0; i++)
        match_all(examination, rule, &g_array_index(rule->when, RuleMatch, i), take_first, place);
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

/* A match that needs a reason. */
typedef struct {
    guint sentence;
    Span place;
} Claim;

static void take_claim(Examination *examination, const Rule *rule, guint sentence, Span place,
                       gpointer data) {
    Claim claim = {sentence, place};
    (void)examination, (void)rule;
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
    const Sentence *sentence =
        script_sentence(script, g_array_index(claims, Claim, i).sentence);
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

void check_reason(Examination *examination, const Rule *rule) {
    Evidence evidence = evidence_new();
    g_autoptr(GArray) claims = g_array_new(FALSE, FALSE, sizeof(Claim));
    for (guint i = 0; i < rule->matches->len; i++)
        match_all(examination, rule, &g_array_index(rule->matches, RuleMatch, i), take_claim,
                  claims);
    g_array_sort(claims, compare_claims);
    for (guint i = 0; i < claims->len; i++) {
        guint start, end;
        reason_range(examination, rule, claims, i, &start, &end);
        if (!script_has_any(examination->script, rule->reasons, start, end))
            evidence_add(&evidence, g_array_index(claims, Claim, i).place);
    }
    if (claims->len == 0)
        examination_leave(examination, rule, "没有需要说明的内容");
    else
        examination_judge(examination, rule, &evidence);
    evidence_clear(&evidence);
}
