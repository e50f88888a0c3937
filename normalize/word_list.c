#include "normalize/word_list.h"
#include "normalize/text.h"
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

WordBits word_bits(const char *text) {
    WordBits bits = 0;
    for (const char *p = text; *p != '\0';)
        bits |= word_bit(code_read(&p));
    return bits;
}

WordBits word_bits_utf16(const gunichar2 *text, glong length) {
    WordBits bits = 0;
    for (glong i = 0; i < length; i++)
        bits |= word_bit(text[i]);
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

guint word_list_first(const WordList *list, const char *text, WordBits bits) {
    for (guint i = 0; i < list->n; i++)
        if (word_bits_within(list->words[i].bits, bits) && is_in(&list->words[i], text))
            return i + 1;
    return 0;
}

gboolean word_list_finds(const WordList *list, const char *text, WordBits bits) {
    return word_list_first(list, text, bits) > 0;
}
