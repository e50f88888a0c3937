#include "normalize/relation/clues.h"
#include "normalize/word_index.h"
#include <glib/gi18n.h>
#include <string.h>

static const char *const SETS[CLUE_SETS] = {
    [CLUE_UP] = "up",
    [CLUE_RAISE] = "raise",
    [CLUE_DOWN] = "down",
    [CLUE_FLAT] = "flat",
    [CLUE_NEARLY] = "nearly",
    [CLUE_YEARLY] = "yearly",
    [CLUE_ASIDE] = "aside",
    [CLUE_COMPARE] = "compare",
    [CLUE_SHARE] = "share",
    [CLUE_LIST] = "list",
    [CLUE_BREAKDOWN] = "breakdown",
    [CLUE_CARRY] = "carry",
    [CLUE_NAMELY] = "namely",
    [CLUE_REST] = "rest",
    [CLUE_COPULA] = "copula",
    [CLUE_GENERIC] = "generic",
    [CLUE_WIDE] = "wide",
    [CLUE_NARROW] = "narrow",
    [CLUE_OVERLAP] = "overlap",
    [CLUE_REPEAT] = "repeat",
    [CLUE_EACH] = "each",
    [CLUE_PROJECT] = "project",
    [CLUE_MEAN] = "mean",
    [CLUE_MONEY] = "money",
    [CLUE_FULL] = "full",
    [CLUE_SCORED] = "scored",
    [CLUE_OVERALL] = "overall",
    [CLUE_LOST] = "lost",
    [CLUE_GRADE] = "grade",
    [CLUE_RESTATED] = "restated",
    [CLUE_EARNED_BY] = "earned-by",
    [CLUE_EXECUTION] = "execution",
    [CLUE_MARK_OF] = "mark-of",
    [CLUE_OF_ALL] = "of-all",
    [CLUE_ITEM] = "item",
    [CLUE_NOT_ITEM] = "not-item",
    [CLUE_ENTIRE] = "entire",
    [CLUE_PLAN] = "plan",
    [CLUE_SPENT] = "spent",
    [CLUE_LEFT] = "left",
    [CLUE_REMAINDER] = "remainder",
    [CLUE_CUT] = "cut",
    [CLUE_BEYOND] = "beyond",
    [CLUE_COMPLETED] = "completed",
    [CLUE_OF_BUDGET] = "of-budget",
    [CLUE_BUDGET] = "budget",
    [CLUE_ORIGINAL] = "original",
    [CLUE_CARRIED] = "carried",
    [CLUE_FROM] = "from",
    [CLUE_SPECIAL] = "special",
    [CLUE_ALL_ITEMS] = "all-items",
    [CLUE_FUND] = "fund",
    [CLUE_POINTER] = "pointer",
    [CLUE_THING] = "thing",
    [CLUE_LAST_STEP] = "last-step",
    [CLUE_OTHERS] = "others",
    [CLUE_NAME_HEAD] = "name-head",
    [CLUE_NAME_TAIL] = "name-tail",
    [CLUE_OPENING] = "opening",
    [CLUE_TAKEN_UP] = "taken-up",
    [CLUE_AMONG] = "among",
    [CLUE_DIVIDED] = "divided",
    [CLUE_AND_SO_ON] = "and-so-on",
    [CLUE_KINDS] = "kinds",
    [CLUE_FIRST] = "first",
    [CLUE_JOINER] = "joiner",
    [CLUE_PEOPLE] = "people",
    [CLUE_OF_WHOLE] = "of-whole",
    [CLUE_REACH] = "reach",
    [CLUE_INDICATOR] = "indicator",
    [CLUE_EARLIER] = "earlier",
    [CLUE_ABOVE] = "above",
    [CLUE_BELOW] = "below",
    [CLUE_RATE] = "rate",
    [CLUE_WHOSE] = "whose",
    [CLUE_ACCOUNT] = "account",
};

static const char *const SCOPES[] = {"segment", "sentence", "paragraph", "section", "report"};

typedef struct {
    const char *name;
    FigureKind kind;
    WordIndex *words, *nots;
} OperandWords;

typedef struct {
    const char *rule;
    const char **words; /* NULL-terminated; “公务用车/购置” are two words for one part */
} Whole;

struct Clues {
    WordIndex *sets[CLUE_SETS];
    WordIndex *measures, *topics; /* meaning: the name of the class */
    GArray *operands;             /* OperandWords */
    GArray *wholes;               /* Whole */
    GArray *formulas;             /* Formula */
};

static void operand_clear(gpointer data) {
    OperandWords *operand = data;
    word_index_free(operand->words);
    word_index_free(operand->nots);
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
        clues->sets[i] = word_index_new();
    clues->measures = word_index_new();
    clues->topics = word_index_new();
    clues->operands = cleared_array(sizeof(OperandWords), operand_clear);
    clues->wholes = cleared_array(sizeof(Whole), whole_clear);
    clues->formulas = cleared_array(sizeof(Formula), formula_clear);
    return clues;
}

void clues_free(Clues *clues) {
    if (clues == NULL)
        return;
    for (guint i = 0; i < CLUE_SETS; i++)
        word_index_free(clues->sets[i]);
    word_index_free(clues->measures);
    word_index_free(clues->topics);
    g_array_unref(clues->operands);
    g_array_unref(clues->wholes);
    g_array_unref(clues->formulas);
    g_free(clues);
}

static void add_words(WordIndex *words, const PatternFile *file, const char *text,
                      const char *name) {
    g_auto(GStrv) parts = g_strsplit_set(text == NULL ? "" : text, " \t\r\n", -1);
    for (char **part = parts; *part != NULL; part++) {
        char *from = *part;
        IndexedWord word = {.meaning = name};
        if ((word.at_start = *from == '^'))
            from++;
        if ((word.at_end = g_str_has_suffix(from, "$")))
            from[strlen(from) - 1] = '\0';
        if (*from == '\0')
            continue;
        word.text = g_string_chunk_insert_const(file->patterns->strings, from);
        word.length = strlen(from);
        word_index_add(words, &word);
    }
    word_index_finish(words);
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
                            .words = word_index_new(),
                            .nots = word_index_new()};
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
                                .optional = is_yes(file, child, "optional"),
                                .fits = is_yes(file, child, "fits")};
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
        if (word_index_size(clues->sets[i]) == 0) {
            g_set_error(error, PATTERNS_ERROR, PATTERNS_ERROR_FILE,
                        _("relations.xml: the set “%s” is missing"), SETS[i]);
            return FALSE;
        }
    return TRUE;
}

static gsize length_of(const IndexedWord *word) { return word == NULL ? 0 : word->length; }

gsize clues_suffix(const Clues *clues, ClueSet set, const char *text, gsize length) {
    return length_of(word_index_before(clues->sets[set], text, length));
}

gsize clues_prefix(const Clues *clues, ClueSet set, const char *text) {
    return length_of(word_index_at(clues->sets[set], text, text));
}

gboolean clues_is(const Clues *clues, ClueSet set, const char *text) {
    return text != NULL && *text != '\0' && clues_prefix(clues, set, text) == strlen(text);
}

const char *clues_find(const Clues *clues, ClueSet set, const char *text, gsize *length) {
    const IndexedWord *word;
    const char *found = word_index_find(clues->sets[set], text, text, &word);
    if (found != NULL)
        *length = word->length;
    return found;
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
    const IndexedWord *word;
    const char *from = text;
    for (const char *at; (at = word_index_find(clues->sets[set], text, from, &word)) != NULL;
         from = at + word->length)
        g_string_append_len(rest, from, at - from);
    g_string_append(rest, from);
    return g_string_free(rest, FALSE);
}

char *clues_before(const Clues *clues, ClueSet set, const char *text) {
    gsize n;
    const char *at = text + clues_prefix(clues, set, text);
    const char *found = clues_find(clues, set, at, &n);
    return found == NULL || found == text ? g_strdup(text) : g_strndup(text, (gsize)(found - text));
}

const char *clues_measure(const Clues *clues, const char *text) {
    const IndexedWord *word = word_index_before(clues->measures, text, strlen(text));
    return word == NULL ? NULL : word->meaning;
}

const char *clues_topic(const Clues *clues, const char *text) {
    const char *found = NULL;
    const IndexedWord *word;
    for (const char *p = text; (p = word_index_find(clues->topics, text, p, &word)) != NULL;
         p += word->length)
        found = word->meaning;
    return found;
}

static gboolean any_word(const WordIndex *words, const char *text) {
    const IndexedWord *word;
    return word_index_find(words, text, text, &word) != NULL;
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

/* Whether the anchor may be this operand. */
static gboolean is_named(const Formula *formula, const char *operand) {
    const FormulaMember *anchor = &g_array_index(formula->members, FormulaMember, 0);
    return g_ptr_array_find_with_equal_func(anchor->operands, operand, g_str_equal, NULL);
}

gboolean clues_is_anchor(const Clues *clues, const char *operand, const char *rule) {
    for (guint i = 0; operand != NULL && i < clues->formulas->len; i++) {
        const Formula *formula = &g_array_index(clues->formulas, Formula, i);
        if (strcmp(formula->rule, rule) == 0 && is_named(formula, operand))
            return TRUE;
    }
    return FALSE;
}
