#include "normalize/check/match.h"
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

/* Asked of sentences that match only, as few do. */
static gboolean is_excluded(const Examination *examination, const Rule *rule,
                            const Sentence *sentence) {
    return examination_outside(examination, rule, sentence->passage) ||
           script_has_any(examination->script, rule->unless, sentence->start, sentence->end);
}

/* Calls `found` for every match in the sentence. */
static void match_sentence(Examination *examination, const Rule *rule, const RuleMatch *match,
                           guint index, MatchFound found, gpointer data) {
    const Script *script = examination->script;
    const Sentence *sentence = script_sentence(script, index);
    glong start, end, from, to;
    gboolean first = TRUE;
    if (!passage_is_read(match, script_passage(script, sentence->passage)))
        return;
    expression_begin(match->expression, script_units(script, sentence->start),
                     (glong)(sentence->end - sentence->start));
    while (expression_next(match->expression, &start, &end)) {
        if (first && is_excluded(examination, rule, sentence))
            return;
        first = FALSE;
        if (expression_group_span(match->expression, "evidence", &from, &to)) {
            start = from;
            end = to;
        }
        if (end > start)
            found(examination, match, index,
                  script_span(script, sentence->start + (guint)start, sentence->start + (guint)end),
                  data);
    }
}

void match_all(Examination *examination, const Rule *rule, const RuleMatch *match, MatchFound found,
               gpointer data) {
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

void match_rule(Examination *examination, const Rule *rule, MatchFound found, gpointer data) {
    for (guint i = 0; i < rule->matches->len; i++)
        match_all(examination, rule, &g_array_index(rule->matches, RuleMatch, i), found, data);
}

void match_keep_first(Examination *examination, const RuleMatch *match, guint sentence, Span place,
                      gpointer data) {
    Span *first = data;
    (void)examination, (void)match, (void)sentence;
    if (first->end == 0)
        *first = place;
}

void match_keep_all(Examination *examination, const RuleMatch *match, guint sentence, Span place,
                    gpointer data) {
    (void)examination, (void)match, (void)sentence;
    evidence_add(data, place);
}

gboolean match_number(const RuleMatch *match, const char *group, Decimal *value) {
    g_autofree char *text = expression_group(match->expression, group);
    return text != NULL && decimal_parse(text, value);
}
