/* PatternFile: one file of the patterns while it is read, and the handle that it is read into.
 *
 * For the readers of the nouns only (vocabulary, wording, concepts, families, clues, rules);
 * everybody else sees `patterns.h`. A reader is called after its file was found valid against the
 * grammar of its root element, so it may rely on the structure and reports only what a grammar
 * cannot say.
 */
#pragma once
#include "normalize/patterns.h"
#include <libxml/tree.h>

typedef struct {
    const char *name; /* units.xml */
    xmlDoc *document;
    Patterns *patterns;
    gboolean proven; /* its very bytes were found valid before: expressions may wait */
} PatternFile;

struct Patterns {
    GStringChunk *strings; /* what pattern_attribute lends */
    char *folder, *hash;
    struct Vocabulary *vocabulary;
    GPtrArray *files;       /* PatternsFile, as patterns_files lists them */
    GPtrArray *expressions; /* Expression, of whatever reader; lent */
    struct Rules *rules;
    struct Wording *wording;
    struct Families *families;
    struct Concepts *concepts;
    struct Schemes *schemes;
    struct TableWords *table_words;
    struct Clues *clues;
};

/* The attribute, interned for the life of the Patterns; NULL where there is none. */
const char *pattern_attribute(const PatternFile *file, const xmlNode *node, const char *name);

/* The element's text, white space at its ends left out; interned. */
const char *pattern_text(const PatternFile *file, const xmlNode *node);

/* A whole number; `fallback` where there is no such attribute. */
int pattern_number(const xmlNode *node, const char *name, int fallback);

/* The attribute split at white space, interned and NULL-terminated; the caller frees the array
 * only. Empty where there is none. */
const char **pattern_words(const PatternFile *file, const xmlNode *node, const char *name);

/* The expression that is the element's text; NULL with file, line and reason. The caller frees it
 * no sooner than the Patterns are freed. */
struct Expression *pattern_expression(const PatternFile *file, const xmlNode *node, GError **error);

gboolean pattern_is(const xmlNode *node, const char *name);

/* Sets “FILE:LINE: reason” and returns FALSE. */
gboolean pattern_fail(const PatternFile *file, const xmlNode *node, GError **error,
                      const char *reason);
