#include "normalize/wording.h"
#include "normalize/word_index.h"
#include <glib/gi18n.h>
#include <string.h>

static const char *const SETS[WORD_SETS] = {
    [WORDS_LEAD] = "lead",
    [WORDS_TAIL] = "tail",
    [WORDS_VERB] = "verb",
    [WORDS_WEAK] = "weak",
    [WORDS_CUT] = "cut",
    [WORDS_SHARE] = "share",
    [WORDS_DISTRIBUTE] = "distribute",
    [WORDS_JOIN] = "join",
    [WORDS_PLACING] = "placing",
    [WORDS_ORDINAL] = "ordinal",
    [WORDS_PARTS] = "parts",
    [WORDS_TOTAL] = "total",
    [WORDS_PURPOSE] = "purpose",
    [WORDS_SOME] = "some",
    [WORDS_REST] = "rest",
    [WORDS_ORGANISATION] = "organisation",
    [WORDS_WEIGHT] = "weight",
    [WORDS_EARNED] = "earned",
    [WORDS_DEDUCTED] = "deducted",
    [WORDS_REASON] = "reason",
    [WORDS_INDICATOR] = "indicator",
    [WORDS_CODE_HEAD] = "code-head",
    [WORDS_BASE] = "base",
    [WORDS_FORM_KEY] = "form-key",
    [WORDS_VALUE_HEAD] = "value-head",
    [WORDS_UNIT_HEAD] = "unit-head",
    [WORDS_CARRIED] = "carried",
    [WORDS_TIME] = "time",
    [WORDS_CHANGE] = "change",
    [WORDS_PARTICLE] = "particle",
    [WORDS_NOT_PARTICLE] = "not-particle",
    [WORDS_SHARED_MEASURE] = "shared-measure",
    [WORDS_GOAL] = "goal",
    [WORDS_TOPIC] = "topic",
    [WORDS_SCORE_HEAD] = "score-head",
    [WORDS_TOTAL_ROW] = "total-row",
    [WORDS_FIGURE_HEAD] = "figure-head",
    [WORDS_BUDGET_HEAD] = "budget-head",
    [WORDS_ACTUAL_HEAD] = "actual-head",
    [WORDS_RATE_HEAD] = "rate-head",
    [WORDS_AS_OF] = "as-of",
    [WORDS_RELATIVE] = "relative",
    [WORDS_CLASS_END] = "class-end",
    [WORDS_NOT_TAIL] = "not-tail",
    [WORDS_SAME] = "same",
    [WORDS_PLAN] = "plan",
    [WORDS_DONE] = "done",
    [WORDS_PASSIVE] = "passive",
    [WORDS_KIND_OF] = "kind-of",
    [WORDS_SPEND] = "spend",
    [WORDS_HEAD] = "head",
    [WORDS_COMPARED] = "compared",
    [WORDS_FULFILLED] = "fulfilled",
    [WORDS_NOT_ORGANISATION] = "not-organisation",
    [WORDS_PER_UNIT] = "per-unit",
    [WORDS_FULL_MARK] = "full-mark",
    [WORDS_SPAN] = "span",
    [WORDS_COMPOUND] = "compound",
    [WORDS_PART] = "part",
    [WORDS_DAY_END] = "day-end",
    [WORDS_TITLE_FRAME] = "title-frame",
    [WORDS_RATIO_BASE] = "ratio-base",
    [WORDS_LINE_KEY] = "line-key",
    [WORDS_SIDE] = "side",
    [WORDS_WEIGHT_END] = "weight-end",
    [WORDS_OF_THEM] = "of-them",
    [WORDS_OF_YEAR] = "of-year",
    [WORDS_SCORED] = "scored",
    [WORDS_NOT_EARNED] = "not-earned",
    [WORDS_PLACE_UNIT] = "place-unit",
    [WORDS_SO_FAR] = "so-far",
    [WORDS_AGE] = "age",
    [WORDS_ANNOUNCE] = "announce",
    [WORDS_SPENT_ON] = "spent-on",
    [WORDS_FLOW] = "flow",
};

struct Wording {
    WordIndex *sets[WORD_SETS];
    WordIndex *periods; /* meaning: years, an integer */
    WordIndex *heads;   /* meaning: the unit */
    WordIndex *shorts;  /* meaning: the whole word */
};

Wording *wording_new(void) {
    Wording *wording = g_new0(Wording, 1);
    for (guint i = 0; i < WORD_SETS; i++)
        wording->sets[i] = word_index_new();
    wording->periods = word_index_new();
    wording->heads = word_index_new();
    wording->shorts = word_index_new();
    return wording;
}

void wording_free(Wording *wording) {
    if (wording == NULL)
        return;
    for (guint i = 0; i < WORD_SETS; i++)
        word_index_free(wording->sets[i]);
    word_index_free(wording->periods);
    word_index_free(wording->heads);
    word_index_free(wording->shorts);
    g_free(wording);
}

static void add_word(WordIndex *index, const char *text, gconstpointer meaning) {
    const IndexedWord word = {.text = text, .length = strlen(text), .meaning = meaning};
    word_index_add(index, &word);
}

static gboolean read_set(Wording *wording, const PatternFile *file, const xmlNode *node,
                         GError **error) {
    const char *id = pattern_attribute(file, node, "id");
    for (guint i = 0; i < WORD_SETS; i++) {
        if (!g_str_equal(SETS[i], id))
            continue;
        g_auto(GStrv) parts = g_strsplit_set(pattern_text(file, node), " \t\r\n", -1);
        for (char **part = parts; *part != NULL; part++)
            if (**part != '\0')
                add_word(wording->sets[i],
                         g_string_chunk_insert_const(file->patterns->strings, *part), NULL);
        word_index_finish(wording->sets[i]);
        return TRUE;
    }
    return pattern_fail(file, node, error, _("no set of words has this id"));
}

static void read_meaning(WordIndex *index, const PatternFile *file, const xmlNode *node,
                         gconstpointer meaning) {
    g_autofree const char **words = pattern_words(file, node, "words");
    for (const char **word = words; *word != NULL; word++)
        add_word(index, *word, meaning);
    word_index_finish(index);
}

gboolean wording_read(Wording *wording, const PatternFile *file, const xmlNode *root,
                      GError **error) {
    for (const xmlNode *node = root->children; node != NULL; node = node->next) {
        if (pattern_is(node, "set") && !read_set(wording, file, node, error))
            return FALSE;
        if (pattern_is(node, "period"))
            read_meaning(wording->periods, file, node,
                         GINT_TO_POINTER(pattern_number(node, "years", 0)));
        if (pattern_is(node, "head"))
            read_meaning(wording->heads, file, node, pattern_attribute(file, node, "unit"));
        if (pattern_is(node, "short"))
            read_meaning(wording->shorts, file, node, pattern_attribute(file, node, "full"));
    }
    return TRUE;
}

gboolean wording_finish(Wording *wording, GError **error) {
    for (guint i = 0; i < WORD_SETS; i++)
        if (word_index_size(wording->sets[i]) == 0) {
            g_set_error(error, PATTERNS_ERROR, PATTERNS_ERROR_FILE,
                        _("wording.xml: the set “%s” is missing"), SETS[i]);
            return FALSE;
        }
    return TRUE;
}

static gsize length_of(const IndexedWord *word) { return word == NULL ? 0 : word->length; }

gsize wording_prefix(const Wording *wording, WordSet set, const char *text) {
    return length_of(word_index_at(wording->sets[set], text, text));
}

gsize wording_suffix(const Wording *wording, WordSet set, const char *text, gsize length) {
    return length_of(word_index_before(wording->sets[set], text, length));
}

gboolean wording_has(const Wording *wording, WordSet set, const char *text) {
    return word_index_has(wording->sets[set], text);
}

const char *wording_find(const Wording *wording, WordSet set, const char *text, gsize *length) {
    const IndexedWord *word = NULL;
    const char *found = word_index_find(wording->sets[set], text, text, &word);
    *length = length_of(word);
    return found;
}

gsize wording_period_prefix(const Wording *wording, const char *text) {
    return length_of(word_index_at(wording->periods, text, text));
}

gboolean wording_period(const Wording *wording, const char *text, int *years) {
    gboolean found = FALSE;
    const IndexedWord *word;
    for (const char *p = text; (p = word_index_find(wording->periods, text, p, &word)) != NULL;) {
        const gsize before = (gsize)(p - text);
        const char *behind = p + word->length;
        gboolean ratio = wording_suffix(wording, WORDS_RATIO_BASE, text, before) > 0 &&
                         (g_str_has_prefix(behind, "的") || g_str_has_prefix(behind, "同期的"));
        if (!ratio && wording_suffix(wording, WORDS_BASE, text, before) == 0 &&
            wording_prefix(wording, WORDS_CARRIED, behind) == 0) {
            *years = GPOINTER_TO_INT(word->meaning);
            found = TRUE;
        }
        p = behind;
    }
    return found;
}

/* A head without the bracket at its end: 分值（10）, 得分(B). */
static gsize head_length(const char *head) {
    gsize n = strlen(head);
    if (!g_str_has_suffix(head, "）") && !g_str_has_suffix(head, ")"))
        return n;
    const char *wide = g_strrstr(head, "（"), *narrow = strrchr(head, '(');
    const char *open = wide == NULL || (narrow != NULL && narrow > wide) ? narrow : wide;
    return open == NULL || open == head ? n : (gsize)(open - head);
}

static const char *meaning_of(const IndexedWord *word) {
    return word == NULL ? NULL : word->meaning;
}

const char *wording_head_unit(const Wording *wording, const char *head) {
    return meaning_of(word_index_before(wording->heads, head, head_length(head)));
}

const char *wording_full_at_start(const Wording *wording, const char *text, gsize *length) {
    const IndexedWord *word = word_index_at(wording->shorts, text, text);
    *length = length_of(word);
    return meaning_of(word);
}

const char *wording_full_at_end(const Wording *wording, const char *text, gsize *length) {
    const IndexedWord *word = word_index_before(wording->shorts, text, strlen(text));
    *length = length_of(word);
    return meaning_of(word);
}
