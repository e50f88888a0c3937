#include "normalize/wording.h"
#include <glib/gi18n.h>
#include <string.h>

static const char *const SETS[WORD_SETS] = {"lead",         "tail",
                                            "verb",         "weak",
                                            "cut",          "share",
                                            "distribute",   "join",
                                            "placing",      "ordinal",
                                            "parts",        "total",
                                            "purpose",      "some",
                                            "rest",         "organisation",
                                            "weight",       "earned",
                                            "deducted",     "reason",
                                            "indicator",    "code-head",
                                            "base",         "form-key",
                                            "value-head",   "unit-head",
                                            "carried",      "time",
                                            "change",       "particle",
                                            "not-particle", "shared-measure",
                                            "goal",         "topic",
                                            "score-head",   "total-row",
                                            "figure-head",  "budget-head",
                                            "actual-head",  "rate-head",
                                            "as-of",        "relative",
                                            "class-end",    "not-tail",
                                            "same",         "plan",
                                            "done",         "passive",
                                            "kind-of",      "spend",
                                            "head",         "compared",
                                            "fulfilled",    "not-organisation",
                                            "per-unit",     "full-mark",
                                            "span",         "compound",
                                            "day-end",      "title-frame",
                                            "ratio-base",   "line-key",
                                            "side",         "weight-end",
                                            "of-them",      "of-year",
                                            "scored",       "not-earned",
                                            "place-unit",   "so-far"};

typedef struct {
    const char *text;
    gsize length;
} Word;

typedef struct {
    const char *word;
    gsize length;
    int years;
    const char *unit;
} Meaning;

/* Which characters words begin (end) with, hashed: most texts are told by one look. */
enum { FILTER_BITS = 4096, HAN_BYTES = 3 };
typedef struct {
    guint8 bits[FILTER_BITS / 8];
} Filter;

struct Wording {
    GArray *sets[WORD_SETS]; /* Word, longest first */
    Filter first[WORD_SETS], last[WORD_SETS], period_first;
    GArray *periods;   /* Meaning */
    GArray *heads;     /* Meaning */
    GArray *shorts;    /* Meaning: `unit` is the whole word */
    GPtrArray *wholes; /* const char **, each NULL-terminated */
};

Wording *wording_new(void) {
    Wording *wording = g_new0(Wording, 1);
    for (guint i = 0; i < WORD_SETS; i++)
        wording->sets[i] = g_array_new(FALSE, FALSE, sizeof(Word));
    wording->periods = g_array_new(FALSE, TRUE, sizeof(Meaning));
    wording->heads = g_array_new(FALSE, TRUE, sizeof(Meaning));
    wording->shorts = g_array_new(FALSE, TRUE, sizeof(Meaning));
    wording->wholes = g_ptr_array_new_with_free_func(g_free);
    return wording;
}

void wording_free(Wording *wording) {
    if (wording == NULL)
        return;
    for (guint i = 0; i < WORD_SETS; i++)
        g_array_unref(wording->sets[i]);
    g_array_unref(wording->periods);
    g_array_unref(wording->heads);
    g_array_unref(wording->shorts);
    g_ptr_array_unref(wording->wholes);
    g_free(wording);
}

static guint filter_slot(const char *text) {
    const guchar *bytes = (const guchar *)text;
    return (bytes[0] * 193u + bytes[1] * 769u + bytes[2] * 97u) % FILTER_BITS;
}

/* Words shorter than a Han character may stand before anything. */
static void filter_add(Filter *filter, const char *text, gsize length) {
    if (length < HAN_BYTES)
        memset(filter->bits, 0xff, sizeof filter->bits);
    else
        filter->bits[filter_slot(text) / 8] |= (guint8)(1u << filter_slot(text) % 8);
}

static gboolean filter_has(const Filter *filter, const char *text) {
    return (filter->bits[filter_slot(text) / 8] >> filter_slot(text) % 8) & 1;
}

static int compare_length(gconstpointer a, gconstpointer b) {
    const Word *p = a, *q = b;
    return (p->length < q->length) - (p->length > q->length);
}

static int compare_meaning(gconstpointer a, gconstpointer b) {
    gsize p = ((const Meaning *)a)->length, q = ((const Meaning *)b)->length;
    return (p < q) - (p > q);
}

static gboolean read_set(Wording *wording, const PatternFile *file, const xmlNode *node,
                         GError **error) {
    const char *id = pattern_attribute(file, node, "id");
    for (guint i = 0; i < WORD_SETS; i++) {
        if (!g_str_equal(SETS[i], id))
            continue;
        g_auto(GStrv) parts = g_strsplit_set(pattern_text(file, node), " \t\r\n", -1);
        for (char **part = parts; *part != NULL; part++) {
            Word word = {g_string_chunk_insert_const(file->patterns->strings, *part),
                         strlen(*part)};
            if (word.length == 0)
                continue;
            g_array_append_val(wording->sets[i], word);
            filter_add(&wording->first[i], word.text, word.length);
            filter_add(&wording->last[i], word.text + word.length - MIN(word.length, HAN_BYTES),
                       word.length);
        }
        g_array_sort(wording->sets[i], compare_length);
        return TRUE;
    }
    return pattern_fail(file, node, error, _("no set of words has this id"));
}

static void read_meaning(GArray *meanings, const PatternFile *file, const xmlNode *node,
                         const char *unit) {
    g_autofree const char **words = pattern_words(file, node, "words");
    for (const char **word = words; *word != NULL; word++) {
        Meaning meaning = {.word = *word,
                           .length = strlen(*word),
                           .years = pattern_number(node, "years", 0),
                           .unit = pattern_attribute(file, node, unit)};
        g_array_append_val(meanings, meaning);
    }
    g_array_sort(meanings, compare_meaning);
}

static void read_periods(Wording *wording, const PatternFile *file, const xmlNode *node) {
    read_meaning(wording->periods, file, node, "unit");
    for (guint i = 0; i < wording->periods->len; i++) {
        const char *word = g_array_index(wording->periods, Meaning, i).word;
        filter_add(&wording->period_first, word, strlen(word));
    }
}

gboolean wording_read(Wording *wording, const PatternFile *file, const xmlNode *root,
                      GError **error) {
    for (const xmlNode *node = root->children; node != NULL; node = node->next) {
        if (pattern_is(node, "set") && !read_set(wording, file, node, error))
            return FALSE;
        if (pattern_is(node, "period"))
            read_periods(wording, file, node);
        if (pattern_is(node, "head"))
            read_meaning(wording->heads, file, node, "unit");
        if (pattern_is(node, "short"))
            read_meaning(wording->shorts, file, node, "full");
        if (pattern_is(node, "whole"))
            g_ptr_array_add(wording->wholes, (gpointer)pattern_words(file, node, "words"));
    }
    return TRUE;
}

gboolean wording_finish(Wording *wording, GError **error) {
    for (guint i = 0; i < WORD_SETS; i++)
        if (wording->sets[i]->len == 0) {
            g_set_error(error, PATTERNS_ERROR, PATTERNS_ERROR_FILE,
                        _("wording.xml: the set “%s” is missing"), SETS[i]);
            return FALSE;
        }
    return TRUE;
}

gsize wording_prefix(const Wording *wording, WordSet set, const char *text) {
    const GArray *words = wording->sets[set];
    if (text[0] != '\0' && text[1] != '\0' && !filter_has(&wording->first[set], text))
        return 0;
    for (guint i = 0; i < words->len; i++) {
        const Word *word = &g_array_index(words, Word, i);
        if (strncmp(text, word->text, word->length) == 0)
            return word->length;
    }
    return 0;
}

gsize wording_suffix(const Wording *wording, WordSet set, const char *text, gsize length) {
    const GArray *words = wording->sets[set];
    if (length >= HAN_BYTES && !filter_has(&wording->last[set], text + length - HAN_BYTES))
        return 0;
    for (guint i = 0; i < words->len; i++) {
        const Word *word = &g_array_index(words, Word, i);
        if (word->length <= length &&
            memcmp(text + length - word->length, word->text, word->length) == 0)
            return word->length;
    }
    return 0;
}

gboolean wording_has(const Wording *wording, WordSet set, const char *text) {
    const GArray *words = wording->sets[set];
    if (text[0] == '\0' || (text[1] != '\0' && !filter_has(&wording->first[set], text)))
        return FALSE;
    for (guint i = 0; i < words->len; i++)
        if (g_str_equal(g_array_index(words, Word, i).text, text))
            return TRUE;
    return FALSE;
}

const char *wording_find(const Wording *wording, WordSet set, const char *text, gsize *length) {
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        *length = wording_prefix(wording, set, p);
        if (*length > 0)
            return p;
    }
    return NULL;
}

gsize wording_period_prefix(const Wording *wording, const char *text) {
    for (guint i = 0; i < wording->periods->len; i++) {
        const Meaning *meaning = &g_array_index(wording->periods, Meaning, i);
        if (g_str_has_prefix(text, meaning->word))
            return meaning->length;
    }
    return 0;
}

gboolean wording_period(const Wording *wording, const char *text, int *years) {
    gboolean found = FALSE;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        if (p[1] == '\0' || !filter_has(&wording->period_first, p))
            continue;
        for (guint i = 0; i < wording->periods->len; i++) {
            const Meaning *meaning = &g_array_index(wording->periods, Meaning, i);
            if (!g_str_has_prefix(p, meaning->word))
                continue;
            gboolean ratio =
                wording_suffix(wording, WORDS_RATIO_BASE, text, (gsize)(p - text)) > 0 &&
                (g_str_has_prefix(p + strlen(meaning->word), "的") ||
                 g_str_has_prefix(p + strlen(meaning->word), "同期的"));
            if (!ratio && wording_suffix(wording, WORDS_BASE, text, (gsize)(p - text)) == 0 &&
                wording_prefix(wording, WORDS_CARRIED, p + meaning->length) == 0) {
                *years = meaning->years;
                found = TRUE;
            }
            p = g_utf8_prev_char(p + meaning->length);
            break;
        }
    }
    return found;
}

static gboolean makes_whole(const char *const *words, const GPtrArray *labels) {
    guint n = g_strv_length((GStrv)words);
    g_autofree gboolean *used = g_new0(gboolean, n + 1);
    for (guint i = 0; i < labels->len; i++) {
        guint k = 0;
        while (k < n &&
               (used[k] || labels->pdata[i] == NULL || strstr(labels->pdata[i], words[k]) == NULL))
            k++;
        if (k == n)
            return FALSE;
        used[k] = TRUE;
    }
    return labels->len >= 2;
}

gboolean wording_is_whole(const Wording *wording, const GPtrArray *labels) {
    for (guint i = 0; i < wording->wholes->len; i++)
        if (makes_whole(wording->wholes->pdata[i], labels))
            return TRUE;
    return FALSE;
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

const char *wording_head_unit(const Wording *wording, const char *head) {
    gsize n = head_length(head);
    const char last = n == 0 ? '\0' : head[n - 1];
    for (guint i = 0; i < wording->heads->len; i++) {
        const Meaning *meaning = &g_array_index(wording->heads, Meaning, i);
        const gsize length = meaning->length;
        if (length <= n && meaning->word[length - 1] == last &&
            memcmp(head + n - length, meaning->word, length) == 0)
            return meaning->unit;
    }
    return NULL;
}

gboolean wording_is_part(const Wording *wording, const char *text) {
    for (guint i = 0; i < wording->wholes->len; i++)
        if (g_strv_contains(wording->wholes->pdata[i], text))
            return TRUE;
    return FALSE;
}

static const char *full_word(const Wording *wording, const char *text, gboolean end,
                             gsize *length) {
    for (guint i = 0; i < wording->shorts->len; i++) {
        const Meaning *meaning = &g_array_index(wording->shorts, Meaning, i);
        *length = strlen(meaning->word);
        if (end ? g_str_has_suffix(text, meaning->word) : g_str_has_prefix(text, meaning->word))
            return meaning->unit;
    }
    *length = 0;
    return NULL;
}

const char *wording_full_at_start(const Wording *wording, const char *text, gsize *length) {
    return full_word(wording, text, FALSE, length);
}

const char *wording_full_at_end(const Wording *wording, const char *text, gsize *length) {
    return full_word(wording, text, TRUE, length);
}
