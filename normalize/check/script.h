/* Script: the words of a report as rules read them — every heading, paragraph, cell and form field
 * as one passage, folded (see text.h: white space dropped, full width and radicals folded, so that
 * brackets, commas and colons are ASCII), cut into sentences.
 *
 * All of it is one UTF-16 text, because expressions read UTF-16; each unit knows the character of
 * the document that it was printed as. Running heads and feet are left out.
 */
#pragma once
#include "normalize/check/rule.h"

typedef enum {
    PASSAGE_TITLE,
    PASSAGE_HEADING,
    PASSAGE_PARAGRAPH,
    PASSAGE_CELL,
    PASSAGE_NOTE, /* caption, unit line … of a table */
    PASSAGE_FIELD,
} PassageKind;

typedef struct {
    PassageKind kind;
    guint block;       /* in the document */
    guint section;     /* REPORT_NONE before the first heading */
    guint table, cell; /* indices; DOCUMENT_NONE outside of tables */
    guint start, end;  /* units of the text */
    guint first_sentence, n_sentences;
} Passage;

typedef struct {
    guint passage;
    guint start, end; /* with the mark that ends it */
} Sentence;

typedef struct {
    const Report *report;
    GArray *text;      /* gunichar2 */
    GArray *origins;   /* guint: of each unit, its character in the document */
    GArray *passages;  /* Passage, in reading order */
    GArray *sentences; /* Sentence, in reading order */
    GPtrArray *hits;   /* of each slot of the rules' triggers: GArray of sentences (guint) */
    gboolean *waits;   /* of each slot, whether it has words to wait for */
} Script;

Script *script_new(const Report *report, const Rules *rules);
void script_free(Script *script);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Script, script_free)

static inline const Passage *script_passage(const Script *script, guint i) {
    return &g_array_index(script->passages, Passage, i);
}
static inline const Sentence *script_sentence(const Script *script, guint i) {
    return &g_array_index(script->sentences, Sentence, i);
}
static inline const gunichar2 *script_units(const Script *script, guint start) {
    return &g_array_index(script->text, gunichar2, start);
}

/* The characters that units [start, end) were printed as. */
Span script_span(const Script *script, guint start, guint end);

/* Units [start, end) as UTF-8, folded. The caller frees it. */
char *script_folded(const Script *script, guint start, guint end);

/* The sentence that holds a character of the document; REPORT_NONE for none. */
guint script_sentence_of(const Script *script, guint character);

/* Whether the expression matches in units [start, end). */
gboolean script_has(const Script *script, Expression *expression, guint start, guint end);
gboolean script_has_any(const Script *script, const GPtrArray *expressions, guint start, guint end);

/* The sentences where a match is worth a try, in order: a borrowed array, or NULL for all. */
const GArray *script_candidates(const Script *script, const RuleMatch *match);
