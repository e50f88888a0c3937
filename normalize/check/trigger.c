#include "normalize/check/trigger.h"
#include "normalize/trie.h"

/* Of characters beyond these any may begin a word. */
enum { FIRST_CODES = 0x10000 };

/* A word may begin with another: of each, the slots of all words that it begins with are asked. */
typedef struct {
    guint length;
    GArray *slots; /* guint */
} Word;

struct Triggers {
    Trie *trie;
    GPtrArray *words;              /* Word; a number of the trie is an index here, plus 1 */
    GArray *waits;                 /* gboolean of each slot */
    guint8 first[FIRST_CODES / 8]; /* a bit for each character that a word begins with */
};

static void word_free(gpointer data) {
    Word *word = data;
    g_array_unref(word->slots);
    g_free(word);
}

Triggers *triggers_new(void) {
    Triggers *triggers = g_new0(Triggers, 1);
    triggers->trie = trie_new();
    triggers->words = g_ptr_array_new_with_free_func(word_free);
    triggers->waits = g_array_new(FALSE, TRUE, sizeof(gboolean));
    return triggers;
}

void triggers_free(Triggers *triggers) {
    trie_free(triggers->trie);
    g_ptr_array_unref(triggers->words);
    g_array_unref(triggers->waits);
    g_free(triggers);
}

static void add_word(Triggers *triggers, const char *text, guint slot) {
    glong length;
    g_autofree gunichar *codes = g_utf8_to_ucs4_fast(text, -1, &length);
    if (length > 0 && codes[0] < FIRST_CODES)
        triggers->first[codes[0] / 8] |= (guint8)(1 << codes[0] % 8);
    guint number = trie_add(triggers->trie, codes, (guint)length, triggers->words->len + 1);
    if (number > triggers->words->len) {
        Word *word = g_new0(Word, 1);
        word->length = (guint)length;
        word->slots = g_array_new(FALSE, FALSE, sizeof(guint));
        g_ptr_array_add(triggers->words, word);
    }
    g_array_append_val(((Word *)triggers->words->pdata[number - 1])->slots, slot);
}

guint triggers_add(Triggers *triggers, const char *const *words) {
    gboolean waits = *words != NULL;
    g_array_append_val(triggers->waits, waits);
    for (; *words != NULL; words++)
        add_word(triggers, *words, triggers->waits->len - 1);
    return triggers->waits->len - 1;
}

guint triggers_slots(const Triggers *triggers) { return triggers->waits->len; }

gboolean triggers_waits(const Triggers *triggers, guint slot) {
    return g_array_index(triggers->waits, gboolean, slot);
}

gboolean triggers_begin(const Triggers *triggers, gunichar code) {
    return code >= FIRST_CODES || (triggers->first[code / 8] >> code % 8 & 1) != 0;
}

void triggers_at(const Triggers *triggers, const gunichar *codes, guint n,
                 void (*found)(guint slot, gpointer data), gpointer data) {
    guint number, length = trie_match(triggers->trie, codes, n, &number);
    while (length > 0) {
        const Word *word = triggers->words->pdata[number - 1];
        for (guint i = 0; i < word->slots->len; i++)
            found(g_array_index(word->slots, guint, i), data);
        length = trie_match(triggers->trie, codes, length - 1, &number);
    }
}
