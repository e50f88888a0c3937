/* The words that the search index is made of, by hand; plain texts take a way of their own, which
 * must give the words of the long one. */
#include "load/bigram.h"

static void test_words(void) {
    static const struct {
        const char *text, *words;
    } ROWS[] = {
        {"", ""},
        {"预算", "预算 算 "},
        {"预算执行", "预算 算执 执行 行 "},
        {"预", "预 "},
        {"预，算", "预 算 "},
        {"“预算”（2021年）", "预算 算 2021 年 "},
        {"共12.50万元", "共 12 50 万元 元 "},
        {"PDF文件a1", "pdf 文件 件 a1 "},
        {"《预算法》、〔2021〕3号。", "预算 算法 法 2021 3 号 "},
        {"——‘是’——", "是 "},
        {"！／：＠", ""},
        /* the long way */
        {"预 算", "预算 算 "},
        {"预　算\n执行", "预算 算执 执行 行 "},
        {"total sum", "total sum "},
        {"１２万元", "12 万元 元 "},
        {"ＰＤＦ", "pdf "},
        {"⽅案", "方案 案 "}, /* a Kangxi radical */
        {"々〇", "々 〇 "},
        {"㐀预", "㐀预 预 "},
        {"䷀预", "预 "}, /* a hexagram is no word */
        {"Größe", "grösse "},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_autoptr(GString) words = g_string_new("before ");
        g_autofree char *wanted = g_strconcat("before ", ROWS[i].words, NULL);
        bigram_append(words, ROWS[i].text);
        g_assert_cmpstr(words->str, ==, wanted);
        g_assert_cmpuint(words->len, ==, strlen(words->str));
    }
}

static void test_query(void) {
    g_autofree char *two = bigram_query("预算"), *four = bigram_query("预算 执行");
    g_autofree char *one = bigram_query("预"), *none = bigram_query("，");
    g_assert_cmpstr(two, ==, "\"预算\"");
    g_assert_cmpstr(four, ==, "\"预算 算执 执行\"");
    g_assert_cmpstr(one, ==, "\"预\" *");
    g_assert_null(none);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bigram/words", test_words);
    g_test_add_func("/bigram/query", test_query);
    return g_test_run();
}
