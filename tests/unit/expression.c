/* What an expression needs of a text: never more than a match has, and enough to spare most work.
 */
#include "normalize/expression.h"
#include "normalize/expression_first.h"
#include "normalize/expression_needs.h"

typedef struct {
    const char *pattern;
    const char *matched; /* a text that it matches */
    const char *spared;  /* one that lacks what it needs; NULL: nothing is needed */
} Row;

static const Row ROWS[] = {
    {"满意度", "群众满意度", "群众满意"},
    {"满意度|满意率", "满意率", "满意"},
    {"(预算|资金|支出)?执行率", "执行率", "预算率"},
    {"(?:总|全)额预?率", "全额率", "半额"},
    {"(?:总|全)额预?率", "总额预率", "总预率"},
    {"到{0,2}位率", "位率", "到位"},
    {"到{1,2}位率", "到位率", "位率"},
    {"到{10}位", "到到到到到到到到到到位", "位"},
    {"到*位", "位", "到"},
    {"到+位", "到位", "位"},
    {"到*?位", "位", "到"},
    {"到?+位", "位", "到"},
    {"(到|在)+位", "在位", "位"},
    {"(到|在)*位", "位", "到在"},
    {"(?=优)优秀", "优秀", "优"},
    {"(?<!不)合格", "合格", "格"},
    {"(?!不)合格", "合格", "合"},
    {"(?<=不)合格", "不合格", "不合"},
    {"(?<word>优|良)好", "良好", "好"},
    {"(?>优|良)好", "良好", "良"},
    {"[优良]好", "优好", "优"},
    {"[^优]好", "很好", "优"},
    {"[[优良]&&[良]]好", "良好", "良"},
    {"\\p{Han}好", "很好", "很"},
    {"\\d+分", "12分", "12"},
    {"\\.分", ".分", "."},
    {"(?<one>\\d)分\\k<one>", "3分3", NULL},
    {"(\\d)分\\1", "3分3", NULL},
    {"\\u597D", "好", NULL},
    {"\\x{597D}", "好", NULL},
    {"\\Q(\\E好", "(好", NULL},
    {"(?i)a好", "A好", NULL},
    {"(?i:a)好", "A好", NULL},
    {"^$", "", NULL},
    {"优||良", "", NULL},
    {"(优|)良", "良", "优"},
    {"[一二三四五六七八九十](一|二|三|四|五|六|七|八|九|十)(一|二|三)好", "一二三好", "一二三"},
    {"甲|乙|丙|丁|戊|己|庚|辛|壬|癸|子|丑|寅|卯|辰|巳|午", "午", NULL},
    {"甲好|乙好|丙好|丁好|戊好|己好|庚好|辛好|壬好|癸好|子好|丑好|寅好|卯好|辰好|巳好|午好", "午好",
     "午"},
    {"((优)|(良))好", "良好", "好"},
    {".好", "很好", "很"},
    {"好.{0,8}坏", "好坏", "好"},
};

static void test_row(gconstpointer data) {
    const Row *row = data;
    g_autofree char *reason = NULL;
    g_autoptr(Expression) expression = expression_new(row->pattern, &reason);
    const Needs needs = needs_read(row->pattern);
    g_assert_true(needs_met(&needs, word_bits(row->matched)));
    g_assert_nonnull(expression);
    g_assert_true(expression_find(expression, row->matched));
    if (row->spared == NULL) {
        g_assert_true(needs_met(&needs, 0));
        return;
    }
    g_assert_false(needs_met(&needs, word_bits(row->spared)));
    g_assert_false(expression_find(expression, row->spared));
}

/* Both forms of a text have the same bits. */
static void test_forms(void) {
    const char *text = "预算执行率98.5%，满意度≥90%";
    glong length;
    g_autofree gunichar2 *units = g_utf8_to_utf16(text, -1, NULL, &length, NULL);
    g_assert_cmpuint(word_bits(text), ==, word_bits_utf16(units, length));
}

/* From match to match, where the text that is begun lacks something and the next does not. */
static void test_again(void) {
    g_autofree char *reason = NULL;
    g_autoptr(Expression) expression = expression_new("优", &reason);
    static const gunichar2 WITHOUT[] = {0x826F}, WITH[] = {0x4F18, 0x4F18};
    glong start, end;
    expression_begin(expression, WITHOUT, 1);
    g_assert_false(expression_next(expression, &start, &end));
    expression_begin(expression, WITH, 2);
    g_assert_true(expression_next(expression, &start, &end));
    g_assert_true(expression_next(expression, &start, &end));
    g_assert_cmpint(start, ==, 1);
    g_assert_false(expression_next(expression, &start, &end));
}

/* The look ahead that a choice of many words gets, and where none is written. */
static void test_first(void) {
    static const struct {
        const char *pattern, *written; /* NULL: as it is */
    } FIRST[] = {
        {"共(?:甲|乙|丙|丁|戊|己)", "共(?:(?=[甲乙丙丁戊己])(?:甲|乙|丙|丁|戊|己))"},
        {"(?<x>甲?乙|[丙\\d]|\\.|(?:丁|戊)|己|(?!庚)辛)?",
         "(?<x>(?=[甲乙[丙\\d]\\.丁戊己辛])(?:甲?乙|[丙\\d]|\\.|(?:丁|戊)|己|(?!庚)辛))?"},
        {"共(?:甲|-|丙|丁|戊|己)", "共(?:(?=[甲\\-丙丁戊己])(?:甲|-|丙|丁|戊|己))"},
        {"甲|乙|丙|丁|戊|己", NULL},         /* ICU does so itself */
        {"(?:甲|乙|丙|丁|戊)", NULL},        /* few */
        {"(?:甲|乙|丙|丁|戊|己?)", NULL},    /* may be nothing */
        {"(?:甲|乙|丙|丁|戊|.己)", NULL},    /* anything may come first */
        {"(?:甲|乙|丙|丁|戊|$)", NULL},      /* … */
        {"(?<!甲|乙|丙|丁|戊|己)庚", NULL},  /* of a length that must be known */
        {"\\Q(甲|乙|丙|丁|戊|己\\E)", NULL}, /* not understood */
        {"(甲|乙|丙|丁|戊|己)\\1", NULL},    /* … */
        {"(?i:甲|乙|丙|丁|戊|a)", NULL},     /* … */
        {"(?:甲|乙|丙|丁|戊|己", NULL},      /* no expression */
    };
    for (gsize i = 0; i < G_N_ELEMENTS(FIRST); i++) {
        g_autofree char *text = expression_with_first(FIRST[i].pattern);
        g_assert_cmpstr(text, ==, FIRST[i].written == NULL ? FIRST[i].pattern : FIRST[i].written);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_autofree char *path = g_strdup_printf("/expression/%02zu %s", i, ROWS[i].pattern);
        g_test_add_data_func(path, &ROWS[i], test_row);
    }
    g_test_add_func("/expression/forms", test_forms);
    g_test_add_func("/expression/again", test_again);
    g_test_add_func("/expression/first", test_first);
    return g_test_run();
}
