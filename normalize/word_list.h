/* WordList: words that texts are asked for, one by one.
 *
 * A word is told from most texts by one look: each of its characters is hashed to one of 64 bits,
 * and a text that lacks one of them does not hold the word.
 */
#pragma once
#include <glib.h>

typedef guint64 WordBits;

static inline WordBits word_bit(gunichar code) {
    return G_GUINT64_CONSTANT(1) << (code * 0x9E3779B1U >> 26);
}

WordBits word_bits(const char *text);
/* The same of UTF-16; of what is beyond it, other bits. */
WordBits word_bits_utf16(const gunichar2 *text, glong length);

/* FALSE: the word is not in the text. */
static inline gboolean word_bits_within(WordBits word, WordBits text) {
    return (word & ~text) == 0;
}

typedef struct WordList WordList;

/* The strings, up to a NULL, must outlive it. `^` before a word and `$` behind it hold it to the
 * ends of the text. */
WordList *word_list_new(const char *const *words);
void word_list_free(WordList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WordList, word_list_free)

gboolean word_list_is_empty(const WordList *list);

/* The first word that is in the text, by its place in the list from 1 on; 0 where none is. */
guint word_list_first(const WordList *list, const char *text, WordBits bits);

/* Whether one of the words is in the text; `bits` are the text's. */
gboolean word_list_finds(const WordList *list, const char *text, WordBits bits);
