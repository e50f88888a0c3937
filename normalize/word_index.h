/* WordIndex: a set of words, found where a text begins or ends with one: the longest first.
 *
 * Built once, then only read; the words' text is not copied. A look costs as much for a thousand
 * words as for ten. Words that a text merely holds somewhere are `normalize/word_list.h`.
 */
#pragma once
#include <glib.h>

typedef struct {
    const char *text;
    gsize length;              /* in bytes */
    gconstpointer meaning;     /* the caller's */
    gboolean at_start, at_end; /* held to the start, to the end of the text */
} IndexedWord;

typedef struct WordIndex WordIndex;

WordIndex *word_index_new(void);
void word_index_free(WordIndex *index);

void word_index_add(WordIndex *index, const IndexedWord *word);
/* After the last of some words, before the first look; of words alike the first added counts. */
void word_index_finish(WordIndex *index);
guint word_index_size(const WordIndex *index);

/* The longest word at `at`, a place of `text`; NULL for none. */
const IndexedWord *word_index_at(const WordIndex *index, const char *text, const char *at);
/* The longest word that ends `text` of `length` bytes. */
const IndexedWord *word_index_before(const WordIndex *index, const char *text, gsize length);
/* Whether `text` is one of the words. */
gboolean word_index_has(const WordIndex *index, const char *text);
/* The first place from `from` on, in `text`, where a word stands; NULL for none. */
const char *word_index_find(const WordIndex *index, const char *text, const char *from,
                            const IndexedWord **word);
