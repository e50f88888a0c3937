/* Words found where a text begins or ends with one. */
#include "normalize/word_index.h"
#include <string.h>

static const char *const WORDS[] = {"资金", "项目资金", "项目", "%", "元", "A股", "^共", "率$"};

static WordIndex *index_of_words(void) {
    WordIndex *index = word_index_new();
    for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++) {
        const char *text = WORDS[i] + (*WORDS[i] == '^' ? 1 : 0);
        IndexedWord word = {.text = text,
                            .length = strcspn(text, "$"),
                            .meaning = WORDS[i],
                            .at_start = *WORDS[i] == '^',
                            .at_end = g_str_has_suffix(text, "$")};
        word_index_add(index, &word);
    }
    word_index_finish(index);
    return index;
}

typedef struct {
    const char *text;
    const char *at, *before; /* the words that it begins and ends with; NULL for none */
    int place;               /* where the first word stands; −1 for none */
} Row;

static const Row ROWS[] = {
    {"项目资金", "项目资金", "项目资金", 0},
    {"项目资料", "项目", NULL, 0},
    {"项资金", NULL, "资金", 3},
    {"元", "元", "元", 0},
    {"%", "%", "%", 0},
    {"5%", NULL, "%", 1},
    {"%5", "%", NULL, 0},
    {"A股", "A股", "A股", 0},
    {"A", NULL, NULL, -1},
    {"共3元", "^共", "元", 0},
    {"一共3元", NULL, "元", 7},
    {"率", "率$", "率$", 0},
    {"率先", NULL, NULL, -1},
    {"执行率", NULL, "率$", 6},
    {"", NULL, NULL, -1},
    {"目", NULL, NULL, -1},
};

static const char *name_of(const IndexedWord *word) { return word == NULL ? NULL : word->meaning; }

static void test_rows(void) {
    WordIndex *index = index_of_words();
    g_assert_cmpuint(word_index_size(index), ==, G_N_ELEMENTS(WORDS));
    for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        const Row *row = &ROWS[i];
        const IndexedWord *word;
        /* its own bytes, so that a look behind the end is seen */
        g_autofree char *text = g_strdup(row->text);
        g_assert_cmpstr(name_of(word_index_at(index, text, text)), ==, row->at);
        g_assert_cmpstr(name_of(word_index_before(index, text, strlen(text))), ==, row->before);
        const char *found = word_index_find(index, text, text, &word);
        g_assert_cmpint(found == NULL ? -1 : (int)(found - text), ==, row->place);
        g_assert_true((found == NULL) == (word == NULL));
    }
    word_index_free(index);
}

static void test_has(void) {
    WordIndex *index = index_of_words();
    g_assert_true(word_index_has(index, "资金"));
    g_assert_true(word_index_has(index, "%"));
    g_assert_false(word_index_has(index, "资"));
    g_assert_false(word_index_has(index, "资金额"));
    g_assert_false(word_index_has(index, ""));
    word_index_free(index);
    WordIndex *empty = word_index_new();
    g_assert_null(word_index_at(empty, "资金", "资金"));
    g_assert_false(word_index_has(empty, "资金"));
    word_index_free(empty);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/words/rows", test_rows);
    g_test_add_func("/words/has", test_has);
    return g_test_run();
}
