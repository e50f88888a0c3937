/* Heading numbers, a row each; what only looks like one gets as many rows. */
#include "extract/heading.h"

typedef struct {
    const char *text;
    int level; /* 0: no number */
    guint length, value;
} Row;

static const Row ROWS[] = {
    {"一、基本情况", 1, 2, 1},
    {"十二、其他", 1, 3, 12},
    {"二十三、其他", 1, 4, 23},
    {"第一部分 概况", 1, 4, 1},
    {"第三章 附则", 1, 3, 3},
    {"（一）职责", 2, 3, 1},
    {"(十一)职责", 2, 4, 11},
    {"㈡职责", 2, 1, 2},
    {"1.贯彻执行", 3, 2, 1},
    {"1、贯彻执行", 3, 2, 1},
    {"12．贯彻执行", 3, 3, 12},
    {"1.2.3项目", 3, 5, 3},
    {"⒈贯彻执行", 3, 1, 1},
    {"（1）产出", 4, 3, 1},
    {"(12)产出", 4, 4, 12},
    {"1）产出", 4, 2, 1},
    {"⑴产出", 4, 1, 1},
    {"①数量", 5, 1, 1},
    {"⑳数量", 5, 1, 20},
    {"一是加强", 6, 2, 1},
    {"十二是加强", 6, 3, 12},
    {"一般公共预算", 0, 0, 0},
    {"一季度支出", 0, 0, 0},
    {"十四五规划", 0, 0, 0},
    {"14640.83万元", 0, 0, 0},
    {"3.5%", 0, 0, 0},
    {"2021年度", 0, 0, 0},
    {"2021、2022年", 0, 0, 0},
    {"0.5万元", 0, 0, 0},
    {"（含税）", 0, 0, 0},
    {"（2021）12号", 0, 0, 0},
    {"第2季度", 0, 0, 0},
    {"第三方评价", 0, 0, 0},
    {"部门职责", 0, 0, 0},
    {"一", 0, 0, 0},
    {"", 0, 0, 0},
};

static void test_rows(void) {
    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        const Row *row = &ROWS[i];
        glong n;
        g_autofree gunichar *codes = g_utf8_to_ucs4_fast(row->text, -1, &n);
        HeadingNumber number = {0};
        gboolean found = heading_number_read(codes, (guint)n, &number);
        g_test_message("%s", row->text);
        if (row->length == 0) {
            g_assert_cmpint(found ? number.level : 0, ==, 0);
            continue;
        }
        g_assert_true(found);
        g_assert_cmpint(number.level, ==, row->level);
        g_assert_cmpuint(number.length, ==, row->length);
        g_assert_cmpuint(number.value, ==, row->value);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/heading/numbers", test_rows);
    return g_test_run();
}
