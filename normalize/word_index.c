/* Words share few first characters, so they are hashed by the first three bytes, a Han character,
 * and by the last three: of each slot the words stand in a row. Shorter words stand behind all
 * slots, to be tried last. */
#include "normalize/word_index.h"
#include <string.h>

enum { HAN_BYTES = 3, SLOTS_MIN = 16 };

/* Words of slot i: order[starts[i]] … order[starts[i + 1] − 1]; the short ones: of slot `mask + 1`.
 */
typedef struct {
    guint *starts;
    IndexedWord *order;
} Side;

struct WordIndex {
    GArray *words; /* IndexedWord, longest first */
    guint mask;    /* slots − 1, a power of two */
    Side first, last;
};

WordIndex *word_index_new(void) {
    WordIndex *index = g_new0(WordIndex, 1);
    index->words = g_array_new(FALSE, TRUE, sizeof(IndexedWord));
    word_index_finish(index);
    return index;
}

static void side_clear(Side *side) {
    g_free(side->starts);
    g_free(side->order);
}

void word_index_free(WordIndex *index) {
    if (index == NULL)
        return;
    g_array_unref(index->words);
    side_clear(&index->first);
    side_clear(&index->last);
    g_free(index);
}

void word_index_add(WordIndex *index, const IndexedWord *word) {
    g_array_append_val(index->words, *word);
}

guint word_index_size(const WordIndex *index) { return index->words->len; }

static guint slot_of(const char *three, guint mask) {
    const guchar *bytes = (const guchar *)three;
    guint key = (guint)bytes[0] << 16 | (guint)bytes[1] << 8 | bytes[2];
    return (key * 0x9E3779B1u) >> 16 & mask;
}

static guint word_slot(const IndexedWord *word, guint mask, gboolean last) {
    if (word->length < HAN_BYTES)
        return mask + 1;
    return slot_of(last ? word->text + word->length - HAN_BYTES : word->text, mask);
}

/* By slot, in each as they stand in `words`: counted, then put where the slot's last one ended. */
static void side_fill(Side *side, const GArray *words, guint mask, gboolean last) {
    side_clear(side);
    side->starts = g_new0(guint, mask + 3);
    side->order = g_new(IndexedWord, words->len + 1);
    for (guint i = 0; i < words->len; i++)
        side->starts[word_slot(&g_array_index(words, IndexedWord, i), mask, last) + 1]++;
    for (guint slot = 1; slot <= mask + 2; slot++)
        side->starts[slot] += side->starts[slot - 1];
    g_autofree guint *next = g_memdup2(side->starts, (mask + 3) * sizeof *next);
    for (guint i = 0; i < words->len; i++) {
        const IndexedWord *word = &g_array_index(words, IndexedWord, i);
        side->order[next[word_slot(word, mask, last)]++] = *word;
    }
}

static int compare_length(gconstpointer a, gconstpointer b) {
    const IndexedWord *p = a, *q = b;
    return (p->length < q->length) - (p->length > q->length);
}

void word_index_finish(WordIndex *index) {
    g_array_sort(index->words, compare_length); /* stable: GLib sorts by merging */
    for (index->mask = SLOTS_MIN - 1; index->mask < index->words->len * 2;)
        index->mask = index->mask * 2 + 1;
    side_fill(&index->first, index->words, index->mask, FALSE);
    side_fill(&index->last, index->words, index->mask, TRUE);
}

static gboolean is_empty(const Side *side, guint slot) {
    return side->starts[slot] == side->starts[slot + 1];
}

static const IndexedWord *fitting(const Side *side, guint slot, const char *text, const char *at) {
    for (guint i = side->starts[slot]; i < side->starts[slot + 1]; i++) {
        const IndexedWord *word = &side->order[i];
        if (strncmp(at, word->text, word->length) == 0 && (!word->at_start || at == text) &&
            (!word->at_end || at[word->length] == '\0'))
            return word;
    }
    return NULL;
}

/* Most places are told by one look that no word begins there. */
const IndexedWord *word_index_at(const WordIndex *index, const char *text, const char *at) {
    const Side *side = &index->first;
    const guint shorts = index->mask + 1;
    const guint slot = at[0] == '\0' || at[1] == '\0' ? shorts : slot_of(at, index->mask);
    const IndexedWord *word = is_empty(side, slot) ? NULL : fitting(side, slot, text, at);
    return word != NULL || is_empty(side, shorts) ? word : fitting(side, shorts, text, at);
}

static const IndexedWord *ending(const Side *side, guint slot, const char *text, gsize length) {
    for (guint i = side->starts[slot]; i < side->starts[slot + 1]; i++) {
        const IndexedWord *word = &side->order[i];
        if (word->length <= length && (!word->at_start || word->length == length) &&
            memcmp(text + length - word->length, word->text, word->length) == 0)
            return word;
    }
    return NULL;
}

const IndexedWord *word_index_before(const WordIndex *index, const char *text, gsize length) {
    const Side *side = &index->last;
    const guint shorts = index->mask + 1;
    const guint slot =
        length < HAN_BYTES ? shorts : slot_of(text + length - HAN_BYTES, index->mask);
    const IndexedWord *word = is_empty(side, slot) ? NULL : ending(side, slot, text, length);
    return word != NULL || is_empty(side, shorts) ? word : ending(side, shorts, text, length);
}

gboolean word_index_has(const WordIndex *index, const char *text) {
    if (text[0] == '\0')
        return FALSE;
    guint slot = text[1] == '\0' || text[2] == '\0' ? index->mask + 1 : slot_of(text, index->mask);
    const Side *side = &index->first;
    for (guint i = side->starts[slot]; i < side->starts[slot + 1]; i++)
        if (strcmp(side->order[i].text, text) == 0)
            return TRUE;
    return FALSE;
}

const char *word_index_find(const WordIndex *index, const char *text, const char *from,
                            const IndexedWord **word) {
    const Side *side = &index->first;
    const guint *starts = side->starts;
    const gboolean any_short = !is_empty(side, index->mask + 1);
    for (const char *at = from; *at != '\0'; at = g_utf8_next_char(at)) {
        const guint slot = at[1] == '\0' ? index->mask + 1 : slot_of(at, index->mask);
        if (starts[slot] == starts[slot + 1] && !any_short)
            continue;
        *word = word_index_at(index, text, at);
        if (*word != NULL)
            return at;
    }
    *word = NULL;
    return NULL;
}
