#include "normalize/word_list.h"
#include <string.h>

typedef struct {
    const char *text;
    gsize length;
    WordBits bits;
    gboolean first, last; /* held to the ends of the text */
} Word;

struct WordList {
    guint n;
    Word words[];
};

/* The bytes of UTF-8 make the hash as they stand. */
WordBits word_bits(const char *text) {
    WordBits bits = 0;
    guint hash = 0;
    for (const guchar *p = (const guchar *)text; *p != '\0'; p++) {
        hash = hash * 31 + *p;
        if ((p[1] & 0xC0) != 0x80) {
            bits |= G_GUINT64_CONSTANT(1) << (hash ^ hash >> 6) % 64;
            hash = 0;
        }
    }
    return bits;
}

static Word word_new(const char *text) {
    Word word = {.first = *text == '^'};
    word.text = text + (word.first ? 1 : 0);
    word.length = strlen(word.text);
    word.last = word.length > 0 && word.text[word.length - 1] == '$';
    word.length -= word.last ? 1 : 0;
    g_autofree char *plain = g_strndup(word.text, word.length);
    word.bits = word_bits(plain);
    return word;
}

WordList *word_list_new(const char *const *words) {
    guint n = g_strv_length((GStrv)words);
    WordList *list = g_malloc(sizeof *list + n * sizeof(Word));
    list->n = n;
    for (guint i = 0; i < n; i++)
        list->words[i] = word_new(words[i]);
    return list;
}

void word_list_free(WordList *list) { g_free(list); }

gboolean word_list_is_empty(const WordList *list) { return list->n == 0; }

static gboolean is_in(const Word *word, const char *text) {
    if (!word->last)
        return word->first ? strncmp(text, word->text, word->length) == 0
                           : strstr(text, word->text) != NULL;
    gsize all = strlen(text);
    return word->length <= all && (!word->first || word->length == all) &&
           memcmp(text + all - word->length, word->text, word->length) == 0;
}

gboolean word_list_finds(const WordList *list, const char *text, WordBits bits) {
    for (guint i = 0; i < list->n; i++)
        if (word_bits_within(list->words[i].bits, bits) && is_in(&list->words[i], text))
            return TRUE;
    return FALSE;
}
