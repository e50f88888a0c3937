/* Reading the folder of patterns: every *.xml by name, each checked against the grammar of its
 * root element, then given to the reader of its noun. */
#include "normalize/patterns.h"
#include "extract/digest.h"
#include "normalize/check/rule.h"
#include "normalize/claim_expression.h"
#include "normalize/concept.h"
#include "normalize/expression.h"
#include "normalize/family.h"
#include "normalize/pattern_file.h"
#include "normalize/proven.h"
#include "normalize/relation/clues.h"
#include "normalize/scheme.h"
#include "normalize/table_words.h"
#include "normalize/vocabulary.h"
#include "normalize/wording.h"
#include <glib/gi18n.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_QUARK(gouji - patterns - error - quark, patterns_error)

enum { PATTERN_FILE_BYTES_MAX = 16 * 1024 * 1024 };

typedef gboolean (*Reader)(const PatternFile *file, const xmlNode *root, GError **error);

static gboolean read_wording(const PatternFile *file, const xmlNode *root, GError **error) {
    return wording_read(file->patterns->wording, file, root, error);
}

static gboolean read_families(const PatternFile *file, const xmlNode *root, GError **error) {
    return families_read(file->patterns->families, file, root, error);
}

static gboolean read_concepts(const PatternFile *file, const xmlNode *root, GError **error) {
    return concepts_read(file->patterns->concepts, file, root, error);
}

static gboolean read_tables(const PatternFile *file, const xmlNode *root, GError **error) {
    return table_words_read(file->patterns->table_words, file, root, error);
}

static gboolean read_clues(const PatternFile *file, const xmlNode *root, GError **error) {
    return clues_read(file->patterns->clues, file, root, error);
}

static gboolean read_rules(const PatternFile *file, const xmlNode *root, GError **error) {
    return rules_read(file->patterns->rules, file, root, error);
}

static gboolean read_schemes(const PatternFile *file, const xmlNode *root, GError **error) {
    return schemes_read(file->patterns->schemes, file, root, error);
}

static gboolean read_vocabulary(const PatternFile *file, const xmlNode *root, GError **error) {
    return vocabulary_read(file->patterns->vocabulary, file, root, error);
}

/* The nouns: root element and reader. */
static const struct {
    const char *root;
    Reader read;
} READERS[] = {
    {"rules", read_rules},         {"units", read_vocabulary},
    {"measures", read_vocabulary}, {"currencies", read_vocabulary},
    {"bounds", read_vocabulary},   {"fixed-terms", read_vocabulary},
    {"claims", read_vocabulary},   {"wording", read_wording},
    {"families", read_families},   {"concepts", read_concepts},
    {"schemes", read_schemes},     {"tables", read_tables},
    {"relations", read_clues},     {NULL, NULL},
};

static void nouns_new(Patterns *patterns) {
    patterns->vocabulary = vocabulary_new();
    patterns->rules = rules_new();
    patterns->wording = wording_new();
    patterns->families = families_new();
    patterns->concepts = concepts_new();
    patterns->schemes = schemes_new();
    patterns->table_words = table_words_new();
    patterns->clues = clues_new();
}

static gboolean nouns_finish(Patterns *patterns, GError **error) {
    return vocabulary_finish(patterns->vocabulary, error) &&
           wording_finish(patterns->wording, error) && clues_finish(patterns->clues, error);
}

static void nouns_free(Patterns *patterns) {
    vocabulary_free(patterns->vocabulary);
    rules_free(patterns->rules);
    wording_free(patterns->wording);
    families_free(patterns->families);
    concepts_free(patterns->concepts);
    schemes_free(patterns->schemes);
    table_words_free(patterns->table_words);
    clues_free(patterns->clues);
}

const Wording *patterns_wording(const Patterns *patterns) { return patterns->wording; }
const Families *patterns_families(const Patterns *patterns) { return patterns->families; }
const Rules *patterns_rules(const Patterns *patterns) { return patterns->rules; }
const Schemes *patterns_schemes(const Patterns *patterns) { return patterns->schemes; }
const Concepts *patterns_concepts(const Patterns *patterns) { return patterns->concepts; }
const TableWords *patterns_table_words(const Patterns *patterns) { return patterns->table_words; }
const Clues *patterns_clues(const Patterns *patterns) { return patterns->clues; }

static void file_free(gpointer data) {
    PatternsFile *file = data;
    g_free(file->name);
    g_free(file->root);
    g_free(file->sha256);
    g_free(file);
}

static Patterns *patterns_new(const char *folder) {
    Patterns *patterns = g_new0(Patterns, 1);
    patterns->strings = g_string_chunk_new(16384);
    patterns->folder = g_strdup(folder);
    patterns->files = g_ptr_array_new_with_free_func(file_free);
    patterns->expressions = g_ptr_array_new();
    nouns_new(patterns);
    return patterns;
}

void patterns_free(Patterns *patterns) {
    if (patterns == NULL)
        return;
    nouns_free(patterns);
    g_string_chunk_free(patterns->strings);
    g_ptr_array_unref(patterns->files);
    g_ptr_array_unref(patterns->expressions);
    g_free(patterns->folder);
    g_free(patterns->hash);
    g_free(patterns);
}

const char *patterns_hash(const Patterns *patterns) { return patterns->hash; }
const char *patterns_folder(const Patterns *patterns) { return patterns->folder; }
const GPtrArray *patterns_files(const Patterns *patterns) { return patterns->files; }

const char *pattern_attribute(const PatternFile *file, const xmlNode *node, const char *name) {
    xmlChar *value = xmlGetNoNsProp(node, BAD_CAST name);
    const char *kept =
        value == NULL ? NULL
                      : g_string_chunk_insert_const(file->patterns->strings, (const char *)value);
    xmlFree(value);
    return kept;
}

const char *pattern_text(const PatternFile *file, const xmlNode *node) {
    xmlChar *value = xmlNodeGetContent(node);
    g_autofree char *text = g_strdup(value == NULL ? "" : (const char *)value);
    xmlFree(value);
    return g_string_chunk_insert_const(file->patterns->strings, g_strstrip(text));
}

Expression *pattern_expression(const PatternFile *file, const xmlNode *node, GError **error) {
    g_autofree char *reason = NULL;
    const char *text = pattern_text(file, node);
    Expression *expression = file->proven ? expression_proven(text) : expression_new(text, &reason);
    if (expression == NULL)
        pattern_fail(file, node, error, reason);
    else
        g_ptr_array_add(file->patterns->expressions, expression);
    return expression;
}

int pattern_number(const xmlNode *node, const char *name, int fallback) {
    xmlChar *value = xmlGetNoNsProp(node, BAD_CAST name);
    int number = value == NULL ? fallback : (int)strtol((const char *)value, NULL, 10);
    xmlFree(value);
    return number;
}

const char **pattern_words(const PatternFile *file, const xmlNode *node, const char *name) {
    GPtrArray *words = g_ptr_array_new();
    const char *text = pattern_attribute(file, node, name);
    g_auto(GStrv) parts = g_strsplit_set(text == NULL ? "" : text, " \t\n", -1);
    for (char **part = parts; *part != NULL; part++)
        if (**part != '\0')
            g_ptr_array_add(words, g_string_chunk_insert_const(file->patterns->strings, *part));
    g_ptr_array_add(words, NULL);
    return (const char **)g_ptr_array_free(words, FALSE);
}

gboolean pattern_is(const xmlNode *node, const char *name) {
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static gboolean fail_at(const char *name, long line, GError **error, const char *reason) {
    g_set_error(error, PATTERNS_ERROR, PATTERNS_ERROR_FILE, "%s:%ld: %s", name, line, reason);
    return FALSE;
}

gboolean pattern_fail(const PatternFile *file, const xmlNode *node, GError **error,
                      const char *reason) {
    return fail_at(file->name, xmlGetLineNo((xmlNode *)node), error, reason);
}

/* libxml2's first complaint, kept while it parses or validates. */
typedef struct {
    char *message;
    int line;
} Complaint;

static void keep_complaint(void *data, xmlErrorPtr problem) {
    Complaint *complaint = data;
    if (complaint->message != NULL)
        return;
    complaint->message = g_strdelimit(g_strdup(problem->message), "\n", ' ');
    g_strstrip(complaint->message);
    complaint->line = problem->line;
}

static gboolean complain(const Complaint *complaint, const char *name, GError **error) {
    return fail_at(name, MAX(complaint->line, 1), error,
                   complaint->message == NULL ? _("empty, or no XML") : complaint->message);
}

static xmlDoc *parse(const char *bytes, gsize length, const char *name, GError **error) {
    Complaint complaint = {0};
    xmlSetStructuredErrorFunc(&complaint, keep_complaint);
    xmlDoc *document = xmlReadMemory(bytes, (int)length, name, NULL, XML_PARSE_NONET);
    xmlSetStructuredErrorFunc(NULL, NULL);
    if (document == NULL)
        complain(&complaint, name, error);
    else if (document->intSubset != NULL || document->extSubset != NULL) {
        fail_at(name, 1, error, _("a DOCTYPE is not allowed"));
        g_clear_pointer(&document, xmlFreeDoc);
    }
    g_free(complaint.message);
    return document;
}

static char *own_folder(void);

static char *grammar_path(const Patterns *patterns, const char *root) {
    g_autofree char *name = g_strconcat(root, ".rng", NULL);
    char *path = g_build_filename(patterns->folder, name, NULL);
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return path;
    g_free(path);
    g_autofree char *folder = own_folder();
    return g_build_filename(folder, name, NULL);
}

static gboolean validate(const PatternFile *file, const char *root, GError **error) {
    Complaint complaint = {0};
    g_autofree char *path = grammar_path(file->patterns, root);
    xmlSetStructuredErrorFunc(&complaint, keep_complaint);
    xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt(path);
    xmlRelaxNG *grammar = parser == NULL ? NULL : xmlRelaxNGParse(parser);
    xmlRelaxNGValidCtxt *context = grammar == NULL ? NULL : xmlRelaxNGNewValidCtxt(grammar);
    gboolean valid = context != NULL && xmlRelaxNGValidateDoc(context, file->document) == 0;
    xmlSetStructuredErrorFunc(NULL, NULL);
    if (!valid)
        complain(&complaint, grammar == NULL ? path : file->name, error);
    xmlRelaxNGFreeValidCtxt(context);
    xmlRelaxNGFree(grammar);
    xmlRelaxNGFreeParserCtxt(parser);
    g_free(complaint.message);
    return valid;
}

static gboolean read_noun(const PatternFile *file, char *sha256, GError **error) {
    const xmlNode *root = xmlDocGetRootElement(file->document);
    for (gsize i = 0; READERS[i].root != NULL; i++) {
        if (!pattern_is(root, READERS[i].root))
            continue;
        if ((!file->proven && !validate(file, READERS[i].root, error)) ||
            !READERS[i].read(file, root, error))
            return FALSE;
        PatternsFile *listed = g_new0(PatternsFile, 1);
        *listed = (PatternsFile){.name = g_strdup(file->name),
                                 .root = g_strdup(READERS[i].root),
                                 .sha256 = g_strdup(sha256),
                                 .entries = (guint)xmlChildElementCount((xmlNode *)root)};
        g_ptr_array_add(file->patterns->files, listed);
        return TRUE;
    }
    return pattern_fail(file, root, error, _("no noun of the patterns has this root element"));
}

static gboolean is_proven(const char *sha256) {
    gboolean proven = FALSE;
    for (gsize i = 0; PATTERNS_PROVEN != NULL && PATTERNS_PROVEN[i] != NULL && !proven; i++)
        proven = g_str_equal(PATTERNS_PROVEN[i], sha256);
    return proven;
}

static char *digest_of(const char *bytes, gsize length) {
    Digest *digest = digest_new();
    digest_add(digest, (const guint8 *)bytes, length);
    return digest_end(digest);
}

static gboolean read_file(Patterns *patterns, const char *name, gboolean believe, GError **error) {
    g_autofree char *path = g_build_filename(patterns->folder, name, NULL);
    g_autofree char *bytes = NULL;
    gsize length;
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) /* a FIFO would wait for ever */
        return fail_at(name, 1, error, _("not a regular file"));
    if (!g_file_get_contents(path, &bytes, &length, error))
        return FALSE;
    if (length > PATTERN_FILE_BYTES_MAX)
        return fail_at(name, 1, error, _("larger than 16 MiB"));
    g_autofree char *sha256 = digest_of(bytes, length);
    PatternFile file = {.name = name, .patterns = patterns, .proven = believe && is_proven(sha256)};
    file.document = parse(bytes, length, name, error);
    if (file.document == NULL)
        return FALSE;
    gboolean fine = read_noun(&file, sha256, error);
    xmlFreeDoc(file.document);
    return fine;
}

/* Over names and digests of the files, as sha256sum prints them. */
static char *hash_all(const Patterns *patterns) {
    Digest *digest = digest_new();
    for (guint i = 0; i < patterns->files->len; i++) {
        const PatternsFile *file = patterns->files->pdata[i];
        g_autofree char *line = g_strdup_printf("%s  %s\n", file->sha256, file->name);
        digest_add(digest, (const guint8 *)line, strlen(line));
    }
    return digest_end(digest);
}

static int compare_names(gconstpointer a, gconstpointer b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *list_files(const char *folder, GError **error) {
    g_autoptr(GDir) opened = g_dir_open(folder, 0, error);
    if (opened == NULL)
        return NULL;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(opened)) != NULL;)
        if (g_str_has_suffix(name, ".xml"))
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    if (names->len == 0) {
        g_set_error(error, PATTERNS_ERROR, PATTERNS_ERROR_FOLDER, _("%s: no pattern files"),
                    folder);
        g_clear_pointer(&names, g_ptr_array_unref);
    }
    return names;
}

static char *own_folder(void) {
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    for (g_autofree char *folder = g_path_get_dirname(program == NULL ? "." : program);
         strlen(folder) > 1;) {
        g_autofree char *beside = g_build_filename(folder, "patterns", "units.xml", NULL);
        if (g_file_test(beside, G_FILE_TEST_EXISTS))
            return g_path_get_dirname(beside);
        char *parent = g_path_get_dirname(folder);
        g_free(folder);
        folder = parent;
    }
    return g_build_filename(GOUJI_DATA_DIR, "patterns", NULL);
}

static Patterns *load(const char *folder, gboolean believe, GError **error) {
    g_autofree char *own = folder == NULL ? own_folder() : NULL;
    g_autoptr(Patterns) patterns = patterns_new(folder == NULL ? own : folder);
    g_autoptr(GPtrArray) names = list_files(patterns->folder, error);
    if (names == NULL)
        return NULL;
    for (guint i = 0; i < names->len; i++)
        if (!read_file(patterns, names->pdata[i], believe, error))
            return NULL;
    if (!nouns_finish(patterns, error))
        return NULL;
    patterns->hash = hash_all(patterns);
    return g_steal_pointer(&patterns);
}

Patterns *patterns_load(const char *folder, GError **error) { return load(folder, TRUE, error); }

Patterns *patterns_check(const char *folder, GError **error) { return load(folder, FALSE, error); }

void patterns_warm(const Patterns *patterns) {
    for (guint i = 0; i < patterns->expressions->len; i++)
        expression_ready(patterns->expressions->pdata[i]);
    for (guint i = 0; i < patterns->vocabulary->expressions->len; i++)
        claim_expression_ready(patterns->vocabulary->expressions->pdata[i]);
}
