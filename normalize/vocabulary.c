/* Each element of a file holds words between white space; each word goes, folded, into the trie of
 * its use. A table (WORDS) says which. Expressions are compiled, and tried on texts that make
 * careless ones run for ever, when they are read. */
#include "normalize/vocabulary.h"
#include "normalize/claim_expression.h"
#include "normalize/pattern_file.h"
#include <glib/gi18n.h>
#include <string.h>

#define WHITE_SPACE " \t\r\n"

enum { WORD_LENGTH_MAX = 64 }; /* characters of a word; what is longer is cut */

Vocabulary *vocabulary_new(void) {
    Vocabulary *vocabulary = g_new0(Vocabulary, 1);
    vocabulary->units = g_array_new(FALSE, FALSE, sizeof(UnitWord));
    vocabulary->bounds = g_array_new(FALSE, FALSE, sizeof(BoundWord));
    vocabulary->terms = g_array_new(FALSE, FALSE, sizeof(TermWord));
    vocabulary->expressions = g_ptr_array_new_with_free_func(claim_expression_free);
    vocabulary->literals = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (guint i = 0; i < VOCABULARY_TRIES; i++)
        vocabulary->tries[i] = trie_new();
    vocabulary->first = g_new0(guint8, 0x10000);
    return vocabulary;
}

void vocabulary_free(Vocabulary *vocabulary) {
    if (vocabulary == NULL)
        return;
    g_array_free(vocabulary->units, TRUE);
    g_array_free(vocabulary->bounds, TRUE);
    g_array_free(vocabulary->terms, TRUE);
    g_ptr_array_unref(vocabulary->expressions);
    g_ptr_array_unref(vocabulary->literals);
    for (guint i = 0; i < VOCABULARY_TRIES; i++)
        trie_free(vocabulary->tries[i]);
    normal_text_clear(&vocabulary->folded);
    g_free(vocabulary->first);
    g_free(vocabulary);
}

static gboolean is_backwards(VocabularyTrie which) {
    return which == TRIE_CURRENCY || which == TRIE_BEFORE || which == TRIE_REFERENCE ||
           which == TRIE_MONEY || which == TRIE_COUNTER || which == TRIE_SAYS ||
           which == TRIE_NOT_MINUS || which == TRIE_PLACING;
}

/* The word that the characters stand for: `value`, or an earlier one of the same characters. */
static guint word_add(Vocabulary *vocabulary, VocabularyTrie which, const char *word, guint value) {
    gunichar codes[WORD_LENGTH_MAX];
    guint n_codes = 0;
    NormalText *text = &vocabulary->folded;
    for (const char *at = word; *at != '\0' && n_codes < WORD_LENGTH_MAX; n_codes++) {
        codes[n_codes] = g_utf8_get_char(at);
        at = g_utf8_next_char(at);
    }
    normal_text_read(text, codes, n_codes);
    if (text->length > 0 && is_backwards(which))
        value = trie_add_backwards(vocabulary->tries[which], text->codes, text->length, value);
    else if (text->length > 0)
        value = trie_add(vocabulary->tries[which], text->codes, text->length, value);
    if (text->length > 0 && text->codes[0] < 0x10000) {
        if (which == TRIE_TERM)
            vocabulary->first[text->codes[0]] |= FIRST_TERM;
        if (which == TRIE_LITERAL)
            vocabulary->first[text->codes[0]] |= FIRST_LITERAL;
    }
    return value;
}

static const char **element_words(const PatternFile *file, const xmlNode *node) {
    xmlChar *text = xmlNodeGetContent(node);
    char *at = g_string_chunk_insert(file->patterns->strings, text == NULL ? "" : (char *)text);
    xmlFree(text);
    GPtrArray *words = g_ptr_array_new();
    while (*(at += strspn(at, WHITE_SPACE)) != '\0') {
        g_ptr_array_add(words, at);
        at += strcspn(at, WHITE_SPACE);
        if (*at != '\0')
            *at++ = '\0';
    }
    g_ptr_array_add(words, NULL);
    return (const char **)g_ptr_array_free(words, FALSE);
}

/* <unit>, <measure>, <currency>: without a canonical name each word is its own. */
static gboolean unit_read(Vocabulary *vocabulary, const PatternFile *file, const xmlNode *node,
                          GError **error) {
    const char *kind = pattern_attribute(file, node, "kind");
    const char *canonical = pattern_attribute(file, node, "canonical");
    UnitWord unit = {.kind = pattern_is(node, "currency") ? FIGURE_AMOUNT : FIGURE_COUNT,
                     .power = pattern_number(node, "power", 0),
                     .steps = pattern_number(node, "part", pattern_is(node, "currency") ? 0 : -1),
                     .spoken = g_strcmp0(pattern_attribute(file, node, "spoken"), "true") == 0,
                     .factor = pattern_number(node, "factor", 0),
                     .discrete = pattern_attribute(file, node, "discrete") != NULL,
                     .pattern = pattern_attribute(file, node, "id")};
    if (kind != NULL && !figure_kind_parse(kind, &unit.kind))
        return pattern_fail(file, node, error, _("no such kind of figure"));
    g_autofree const char **words = element_words(file, node);
    for (const char **word = words; *word != NULL; word++) {
        unit.unit = pattern_is(node, "not") ? NULL : canonical != NULL ? canonical : *word;
        g_array_append_val(vocabulary->units, unit);
        word_add(vocabulary, TRIE_UNIT, *word, vocabulary->units->len);
    }
    return TRUE;
}

/* <before canonical="元">人民币</before>, in the file of currencies. */
static gboolean currency_before_read(Vocabulary *vocabulary, const PatternFile *file,
                                     const xmlNode *node, GError **error) {
    (void)error;
    UnitWord unit = {.kind = FIGURE_AMOUNT,
                     .unit = pattern_attribute(file, node, "canonical"),
                     .pattern = pattern_attribute(file, node, "id")};
    g_array_append_val(vocabulary->units, unit);
    g_autofree const char **words = element_words(file, node);
    for (const char **word = words; *word != NULL; word++)
        word_add(vocabulary, TRIE_CURRENCY, *word, vocabulary->units->len);
    return TRUE;
}

static gboolean bound_read(Vocabulary *vocabulary, const PatternFile *file, const xmlNode *node,
                           GError **error) {
    const char *place = pattern_attribute(file, node, "place");
    const char *qualifier = pattern_attribute(file, node, "qualifier");
    BoundWord bound = {.bare = pattern_attribute(file, node, "bare") != NULL,
                       .stops = pattern_is(node, "not"),
                       .pattern = pattern_attribute(file, node, "id")};
    if (qualifier != NULL && !qualifier_parse(qualifier, &bound.qualifier))
        return pattern_fail(file, node, error, _("no such qualifier"));
    VocabularyTrie which = g_str_equal(place, "before")   ? TRIE_BEFORE
                           : g_str_equal(place, "inside") ? TRIE_INSIDE
                                                          : TRIE_AFTER;
    g_array_append_val(vocabulary->bounds, bound);
    g_autofree const char **words = element_words(file, node);
    for (const char **word = words; *word != NULL; word++)
        word_add(vocabulary, which, *word, vocabulary->bounds->len);
    return TRUE;
}

static void term_read(Vocabulary *vocabulary, const PatternFile *file, const xmlNode *node,
                      VocabularyTrie which) {
    TermWord term = {.kind = pattern_attribute(file, node, "kind"),
                     .vague = pattern_attribute(file, node, "vague") != NULL,
                     .digits = pattern_attribute(file, node, "digits") != NULL,
                     .pattern = pattern_attribute(file, node, "id")};
    if (term.kind == NULL && !pattern_is(node, "not"))
        term.kind = "fixed-term";
    g_array_append_val(vocabulary->terms, term);
    g_autofree const char **words = element_words(file, node);
    for (const char **word = words; *word != NULL; word++)
        word_add(vocabulary, which, *word, vocabulary->terms->len);
}

static void literal_add(Vocabulary *vocabulary, const char *literal, guint expression) {
    guint n = vocabulary->literals->len;
    GArray *expressions = NULL;
    guint word = word_add(vocabulary, TRIE_LITERAL, literal, n + 1);
    if (word == n + 1) {
        expressions = g_array_new(FALSE, FALSE, sizeof(guint));
        g_ptr_array_add(vocabulary->literals, expressions);
    } else
        expressions = vocabulary->literals->pdata[word - 1];
    g_array_append_val(expressions, expression);
}

static gboolean expression_read(Vocabulary *vocabulary, const PatternFile *file,
                                const xmlNode *node, GError **error) {
    g_autofree char *reason = NULL;
    ClaimExpression *expression =
        claim_expression_new(pattern_text(file, node), file->proven, &reason);
    if (expression == NULL)
        return pattern_fail(file, node, error, reason);
    expression->kind = pattern_attribute(file, node, "kind");
    expression->pattern = pattern_attribute(file, node, "id");
    expression->digits = pattern_attribute(file, node, "literals") == NULL;
    g_ptr_array_add(vocabulary->expressions, expression);
    g_autofree const char **literals = pattern_words(file, node, "literals");
    for (const char **literal = literals; *literal != NULL; literal++)
        literal_add(vocabulary, *literal, vocabulary->expressions->len - 1);
    return TRUE;
}

static gboolean element_read(Vocabulary *vocabulary, const PatternFile *file, const xmlNode *node,
                             GError **error) {
    static const struct {
        const char *element;
        VocabularyTrie which;
    } WORDS[] = {
        {"term", TRIE_TERM},           {"reference", TRIE_REFERENCE}, {"counter", TRIE_COUNTER},
        {"money", TRIE_MONEY},         {"announcer", TRIE_ANNOUNCER}, {"ordinal", TRIE_ORDINAL},
        {"says", TRIE_SAYS},           {"goes-on", TRIE_GOES_ON},     {"not-tenth", TRIE_NOT_TENTH},
        {"not-minus", TRIE_NOT_MINUS}, {"placed", TRIE_PLACED},       {"placing", TRIE_PLACING}};
    if (pattern_is(node, "unit") || pattern_is(node, "measure") || pattern_is(node, "currency"))
        return unit_read(vocabulary, file, node, error);
    if (pattern_is(node, "before"))
        return currency_before_read(vocabulary, file, node, error);
    if (pattern_is(node, "bound"))
        return bound_read(vocabulary, file, node, error);
    if (pattern_is(node, "not") && pattern_is(node->parent, "claims")) {
        term_read(vocabulary, file, node, TRIE_REFERENCE);
        return TRUE;
    }
    if (pattern_is(node, "not"))
        return pattern_attribute(file, node, "place") == NULL
                   ? unit_read(vocabulary, file, node, error)
                   : bound_read(vocabulary, file, node, error);
    if (pattern_is(node, "expression"))
        return expression_read(vocabulary, file, node, error);
    for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++)
        if (pattern_is(node, WORDS[i].element))
            term_read(vocabulary, file, node, WORDS[i].which);
    return TRUE;
}

gboolean vocabulary_read(Vocabulary *vocabulary, const PatternFile *file, const xmlNode *root,
                         GError **error) {
    for (const xmlNode *node = root->children; node != NULL; node = node->next)
        if (node->type == XML_ELEMENT_NODE && !element_read(vocabulary, file, node, error))
            return FALSE;
    return TRUE;
}

gboolean vocabulary_finish(Vocabulary *vocabulary, GError **error) {
    static const char NUMBERS[] =
        "0123456789.+-−±第前首零〇○一二三四五六七八九十百千万亿两兩半几数廿卅卌"
        "壹贰叁肆伍陆柒捌玖拾佰仟萬億貳叄參陸负負俩弍贰幺";
    for (const char *at = NUMBERS; *at != '\0'; at = g_utf8_next_char(at))
        vocabulary->first[g_utf8_get_char(at)] |= FIRST_NUMBER;
    for (gunichar code = 0x2460; code < 0x32C0; code++)
        if (code <= 0x24FF || (code >= 0x2776 && code <= 0x2793) || code >= 0x3220)
            vocabulary->first[code] |= FIRST_NUMBER;
    for (guint i = vocabulary->units->len; i > 0; i--)
        if (vocabulary_unit(vocabulary, i)->kind == FIGURE_SCORE)
            vocabulary->score = i;
        else if (g_strcmp0(vocabulary_unit(vocabulary, i)->unit, "分钟") == 0)
            vocabulary->minute = i;
    if (vocabulary->minute == 0)
        vocabulary->minute = vocabulary->score;
    if (vocabulary->score == 0)
        g_set_error_literal(error, PATTERNS_ERROR, PATTERNS_ERROR_FILE,
                            _("units.xml: no unit of kind score"));
    return vocabulary->score != 0;
}
