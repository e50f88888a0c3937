#include "normalize/relation/clues.h"
#include <glib/gi18n.h>
#include <string.h>

static const char *const SETS[CLUE_SETS] = {
    "up",     "raise",     "down",    "flat",      "compare",   "share",   "list",     "breakdown",
    "carry",  "namely",    "rest",    "copula",    "generic",   "wide",    "narrow",   "overlap",
    "repeat", "each",      "project", "mean",      "money",     "full",    "scored",   "overall",
    "lost",   "grade",     "plan",    "spent",     "left",      "beyond",  "fund",     "pointer",
    "thing",  "last-step", "others",  "name-head", "name-tail", "opening", "taken-up", "joiner",
    "people", "of-whole",  "reach",   "indicator", "account"};

static const char *const SCOPES[] = {"segment", "sentence", "paragraph", "section", "report"};

typedef struct {
    const char *text;
    gsize length;
    const char *name; /* class of a measure; else NULL */
    gboolean at_start, at_end;
} Word;

typedef struct {
    const char *name;
    FigureKind kind;
    GArray *words, *nots; /* Word */
} OperandWords;

typedef struct {
    const char *rule;
    const char **words; /* NULL-terminated; “公务用车/购置” are two words for one part */
} Whole;

struct Clues {
    GArray *sets[CLUE_SETS]; /* Word, longest first */
    GArray *measures;        /* Word */
    GArray *topics;          /* Word */
    GArray *operands;        /* OperandWords */
    GArray *wholes;          /* Whole */
    GArray *formulas;        /* Formula */
};

static void operand_clear(gpointer data) {
    OperandWords *operand = data;
    g_array_unref(operand->words);
    g_array_unref(operand->nots);
}

static void whole_clear(gpointer data) { g_free(((Whole *)data)->words); }

static void member_clear(gpointer data) {
    g_ptr_array_unref(((FormulaMember *)data)->operands);
    g_ptr_array_unref(((FormulaMember *)data)->also);
}

static void formula_clear(gpointer data) { g_array_unref(((Formula *)data)->members); }

static GArray *cleared_array(guint size, GDestroyNotify clear) {
    GArray *array = g_array_new(FALSE, TRUE, size);
    g_array_set_clear_func(array, clear);
    return array;
}

Clues *clues_new(void) {
    Clues *clues = g_new0(Clues, 1);
    for (guint i = 0; i < CLUE_SETS; i++)
        clues->sets[i] = g_array_new(FALSE, TRUE, sizeof(Word));
    clues->measures = g_array_new(FALSE, TRUE, sizeof(Word));
    clues->topics = g_array_new(FALSE, TRUE, sizeof(Word));
    clues->operands = cleared_array(sizeof(OperandWords), operand_clear);
    clues->wholes = cleared_array(sizeof(Whole), whole_clear);
    clues->formulas = cleared_array(sizeof(Formula), formula_clear);
    return clues;
}

void clues_free(Clues *clues) {
    if (clues == NULL)
        return;
    for (guint i = 0; i < CLUE_SETS; i++)
        g_array_unref(clues->sets[i]);
    g_array_unref(clues->measures);
    g_array_unref(clues->topics);
    g_array_unref(clues->operands);
    g_array_unref(clues->wholes);
    g_array_unref(clues->formulas);
    g_free(clues);
}

static int compare_length(gconstpointer a, gconstpointer b) {
    const Word *p = a, *q = b;
    return (p->length < q->length) - (p->length > q->length);
}

static void add_words(GArray *words, const PatternFile *file, const char *text, const char *name) {
    g_auto(GStrv) parts = g_strsplit_set(text == NULL ? "" : text, " \t\r\n", -1);
    for (char **part = parts; *part != NULL; part++) {
        char *from = *part;
        Word word = {.name = name};
        if ((word.at_start = *from == '^'))
            from++;
        if ((word.at_end = g_str_has_suffix(from, "$")))
            from[strlen(from) - 1] = '\0';
        if (*from == '\0')
            continue;
        word.text = g_string_chunk_insert_const(file->patterns->strings, from);
        word.length = strlen(from);
        g_array_append_val(words, word);
    }
    g_array_sort(words, compare_length);
}

static gboolean read_set(Clues *clues, const PatternFile *file, const xmlNode *node,
                         GError **error) {
    const char *id = pattern_attribute(file, node, "id");
    for (guint i = 0; i < CLUE_SETS; i++)
        if (g_str_equal(SETS[i], id)) {
            add_words(clues->sets[i], file, pattern_text(file, node), NULL);
            return TRUE;
        }
    return pattern_fail(file, node, error, _("no set of words has this id"));
}

static void read_operand(Clues *clues, const PatternFile *file, const xmlNode *node) {
    OperandWords operand = {.name = pattern_attribute(file, node, "name"),
                            .words = g_array_new(FALSE, TRUE, sizeof(Word)),
                            .nots = g_array_new(FALSE, TRUE, sizeof(Word))};
    figure_kind_parse(pattern_attribute(file, node, "kind"), &operand.kind);
    add_words(operand.words, file, pattern_text(file, node), NULL);
    add_words(operand.nots, file, pattern_attribute(file, node, "not"), NULL);
    g_array_append_val(clues->operands, operand);
}

static gboolean is_yes(const PatternFile *file, const xmlNode *node, const char *name) {
    return g_strcmp0(pattern_attribute(file, node, name), "yes") == 0;
}

static GPtrArray *names_of(const PatternFile *file, const xmlNode *node, const char *attribute) {
    GPtrArray *names = g_ptr_array_new();
    if (pattern_attribute(file, node, attribute) == NULL)
        return names;
    g_autofree const char **words = pattern_words(file, node, attribute);
    for (const char **name = words; *name != NULL; name++)
        g_ptr_array_add(names, (gpointer)*name);
    return names;
}

static void read_formula(Clues *clues, const PatternFile *file, const xmlNode *node) {
    Formula formula = {.rule = pattern_attribute(file, node, "rule"),
                       .explains = is_yes(file, node, "explains"),
                       .guessed = is_yes(file, node, "guessed"),
                       .unless = pattern_attribute(file, node, "unless"),
                       .members = cleared_array(sizeof(FormulaMember), member_clear)};
    const char *scope = pattern_attribute(file, node, "scope");
    for (guint i = 0; i < G_N_ELEMENTS(SCOPES); i++)
        if (g_strcmp0(SCOPES[i], scope) == 0)
            formula.scope = (Reach)i;
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        if (!pattern_is(child, "member"))
            continue;
        FormulaMember member = {.role = pattern_attribute(file, child, "role"),
                                .operands = names_of(file, child, "operand"),
                                .also = names_of(file, child, "also"),
                                .sign = is_yes(file, child, "less") ? -1 : 1,
                                .optional = is_yes(file, child, "optional")};
        g_array_append_val(formula.members, member);
    }
    g_array_append_val(clues->formulas, formula);
}

gboolean clues_read(Clues *clues, const PatternFile *file, const xmlNode *root, GError **error) {
    for (const xmlNode *node = root->children; node != NULL; node = node->next) {
        if (pattern_is(node, "set") && !read_set(clues, file, node, error))
            return FALSE;
        if (pattern_is(node, "measure"))
            add_words(clues->measures, file, pattern_text(file, node),
                      pattern_attribute(file, node, "name"));
        if (pattern_is(node, "topic"))
            add_words(clues->topics, file, pattern_text(file, node),
                      pattern_attribute(file, node, "name"));
        if (pattern_is(node, "operand"))
            read_operand(clues, file, node);
        if (pattern_is(node, "whole")) {
            Whole whole = {pattern_attribute(file, node, "rule"),
                           pattern_words(file, node, "words")};
            g_array_append_val(clues->wholes, whole);
        }
        if (pattern_is(node, "formula"))
            read_formula(clues, file, node);
    }
    return TRUE;
}

gboolean clues_finish(Clues *clues, GError **error) {
    for (guint i = 0; i < CLUE_SETS; i++)
        if (clues->sets[i]->len == 0) {
            g_set_error(error, PATTERNS_ERROR, PATTERNS_ERROR_FILE,
                        _("relations.xml: the set “%s” is missing"), SETS[i]);
            return FALSE;
        }
    return TRUE;
}

/* Most words differ in the last byte of their first character. */
static gboolean word_at(const Word *word, const char *text, const char *at, gsize left) {
    enum { HAN_BYTES = 3 };
    return word->length <= left && *at == *word->text &&
           (word->length < HAN_BYTES || (at[2] == word->text[2] && at[1] == word->text[1])) &&
           memcmp(at, word->text, word->length) == 0 && (!word->at_start || at == text) &&
           (!word->at_end || word->length == left);
}

gsize clues_suffix(const Clues *clues, ClueSet set, const char *text, gsize length) {
    const GArray *words = clues->sets[set];
    for (guint i = 0; i < words->len; i++) {
        const Word *word = &g_array_index(words, Word, i);
        if (word->length <= length &&
            word_at(word, text, text + length - word->length, word->length))
            return word->length;
    }
    return 0;
}

static const Word *find_word(const GArray *words, const char *text, const char *at, gsize left) {
    for (guint i = 0; i < words->len; i++)
        if (word_at(&g_array_index(words, Word, i), text, at, left))
            return &g_array_index(words, Word, i);
    return NULL;
}

gsize clues_prefix(const Clues *clues, ClueSet set, const char *text) {
    const Word *word = find_word(clues->sets[set], text, text, strlen(text));
    return word == NULL ? 0 : word->length;
}

gboolean clues_is(const Clues *clues, ClueSet set, const char *text) {
    return text != NULL && *text != '\0' && clues_prefix(clues, set, text) == strlen(text);
}

const char *clues_find(const Clues *clues, ClueSet set, const char *text, gsize *length) {
    const char *end = text + strlen(text);
    for (const char *p = text; p < end; p = g_utf8_next_char(p)) {
        const Word *word = find_word(clues->sets[set], text, p, (gsize)(end - p));
        if (word != NULL) {
            *length = word->length;
            return p;
        }
    }
    return NULL;
}

const char *clues_plan(const Clues *clues, const char *text) {
    gsize n, m;
    for (const char *p = text; (p = clues_find(clues, CLUE_PLAN, p, &n)) != NULL; p += n) {
        const char *fund = text;
        while ((fund = clues_find(clues, CLUE_FUND, fund, &m)) != NULL && fund + m <= p)
            fund += m;
        if (fund == NULL || fund > p)
            return p;
    }
    return NULL;
}

char *clues_without(const Clues *clues, ClueSet set, const char *text) {
    GString *rest = g_string_new(NULL);
    const char *end = text + strlen(text);
    for (const char *p = text; p < end;) {
        const Word *word = find_word(clues->sets[set], text, p, (gsize)(end - p));
        const char *next = word != NULL ? p + word->length : g_utf8_next_char(p);
        if (word == NULL)
            g_string_append_len(rest, p, next - p);
        p = next;
    }
    return g_string_free(rest, FALSE);
}

char *clues_before(const Clues *clues, ClueSet set, const char *text) {
    gsize n;
    const char *at = text + clues_prefix(clues, set, text);
    const char *found = clues_find(clues, set, at, &n);
    return found == NULL || found == text ? g_strdup(text) : g_strndup(text, (gsize)(found - text));
}

const char *clues_measure(const Clues *clues, const char *text) {
    gsize length = strlen(text);
    for (guint i = 0; i < clues->measures->len; i++) {
        const Word *word = &g_array_index(clues->measures, Word, i);
        if (word->length <= length &&
            word_at(word, text, text + length - word->length, word->length))
            return word->name;
    }
    return NULL;
}

const char *clues_topic(const Clues *clues, const char *text) {
    const char *end = text + strlen(text), *found = NULL;
    for (const char *p = text; p < end;) {
        const Word *word = find_word(clues->topics, text, p, (gsize)(end - p));
        if (word != NULL)
            found = word->name;
        p = word != NULL ? p + word->length : g_utf8_next_char(p);
    }
    return found;
}

static gboolean any_word(const GArray *words, const char *text) {
    const char *end = text + strlen(text);
    for (const char *p = text; words->len > 0 && p < end; p = g_utf8_next_char(p))
        if (find_word(words, text, p, (gsize)(end - p)) != NULL)
            return TRUE;
    return FALSE;
}

const char *clues_operand(const Clues *clues, FigureKind kind, const char *text) {
    for (guint i = 0; i < clues->operands->len; i++) {
        const OperandWords *operand = &g_array_index(clues->operands, OperandWords, i);
        if (operand->kind == kind && any_word(operand->words, text) &&
            !any_word(operand->nots, text))
            return operand->name;
    }
    return NULL;
}

/* “购置/公务用车” stands for one part of the whole. */
static gboolean has_alternative(const char *label, const char *words) {
    g_auto(GStrv) alternatives = g_strsplit(words, "/", -1);
    for (char **word = alternatives; *word != NULL; word++)
        if (strstr(label, *word) != NULL)
            return TRUE;
    return FALSE;
}

static gboolean makes_whole(const char **words, const GPtrArray *labels) {
    guint n = g_strv_length((GStrv)words);
    g_autofree gboolean *used = g_new0(gboolean, n + 1);
    for (guint i = 0; i < labels->len; i++) {
        const char *label = labels->pdata[i];
        guint k = 0;
        while (k < n && (used[k] || label == NULL || !has_alternative(label, words[k])))
            k++;
        if (k == n)
            return FALSE;
        used[k] = TRUE;
    }
    return labels->len >= 2;
}

const char *clues_whole(const Clues *clues, const GPtrArray *labels) {
    for (guint i = 0; i < clues->wholes->len; i++) {
        const Whole *whole = &g_array_index(clues->wholes, Whole, i);
        if (makes_whole(whole->words, labels))
            return whole->rule;
    }
    return NULL;
}

const GArray *clues_formulas(const Clues *clues) { return clues->formulas; }
