#include "normalize/check/judge.h"
#include <string.h>

enum { OPERANDS_MAX = 12 };

/* “role=number” with 万 for 10^4, `分` or `个` for exact figures, `-role` for sign −1, `~` `>` `<`
 * for about, at least, at most. */
static Operand operand(const char *text) {
    static char roles[OPERANDS_MAX * 64][16];
    static guint used;
    Operand result = {.sign = 1};
    if (*text == '-') {
        result.sign = -1;
        text++;
    }
    const char *equals = strchr(text, '=');
    char *role = roles[used++ % G_N_ELEMENTS(roles)];
    g_strlcpy(role, text, MIN((gsize)(equals - text) + 1, sizeof roles[0]));
    result.role = role;
    text = equals + 1;
    static const char BOUNDS[] = "~><";
    static const Qualifier QUALIFIERS_OF[] = {QUALIFIER_ABOUT, QUALIFIER_AT_LEAST,
                                              QUALIFIER_AT_MOST};
    const char *bound = strchr(BOUNDS, *text);
    if (bound != NULL) {
        result.qualifier = QUALIFIERS_OF[bound - BOUNDS];
        text++;
    }
    gsize digits = strspn(text, "-0123456789.");
    g_autofree char *number = g_strndup(text, digits);
    g_assert_true(decimal_parse(number, &result.value));
    int power = strstr(text, "万") != NULL ? 4 : 0;
    result.exact = strstr(text, "分") != NULL || strstr(text, "个") != NULL;
    result.exponent = power - result.value.decimals;
    g_assert_true(decimal_scale(result.value, power, &result.value));
    result.value_high = result.value;
    return result;
}

typedef struct {
    CheckKind kind;
    const char *operands;
    gint64 counted;
    const char *outcome; /* with “+” where it fails only by padding */
    const char *expected, *difference;
} Row;

static const Row ROWS[] = {
    /* sums: Xinxiang's seven projects, nine items, and a trailing zero that was dropped */
    {CHECK_SUM,
     "total=14640.83万 part=8.1437万 part=15.56万 part=85.31万 part=4.4万 part=0万 "
     "part=14201.19万 part=1.24万",
     -1, "fail", "143158437", "3249863"},
    {CHECK_SUM,
     "total=14673.19万 part=8.14万 part=15.56万 part=85.31万 part=4.4万 part=1.24万 part=2.78万 "
     "part=354.57万 part=14201.19万 part=0万",
     -1, "pass", "146731900", "0"},
    {CHECK_SUM, "total=9746.50万 part=5364.75万 part=4381.74万", -1, "rounding", "97464900", "100"},
    {CHECK_SUM, "total=31.23万 part=1.58万 part=28.91万 part=0万", -1, "fail", "304900", "7400"},
    {CHECK_SUM, "total=995万 part=38万 part=958万", -1, "rounding", "9960000", "-10000"},
    {CHECK_SUM, "total=995万 part=38万 part=960万", -1, "fail", "9980000", "-30000"},
    {CHECK_SUM, "total=105.58万 part=95.36万 part=10.23万", -1, "rounding", "1055900", "-100"},
    {CHECK_SUM, "total=57.55万 part=12.5万 part=45.2万", -1, "fail", "577000", "-1500"},
    {CHECK_SUM, "total=78个 part=51个 part=26个", -1, "fail", "77", "1"},
    {CHECK_SUM, "total=186.5 part=62.3 part=71.2 part=53.0", -1, "pass", "186.5", "0"},
    {CHECK_SUM, "total=5344.40万 part=4865.20万 part=512.36万 -part=33.16万", -1, "pass",
     "53444000", "0"},
    {CHECK_SUM, "total=100万 part=~60万 part=40万", -1, "not_checkable", NULL, NULL},
    {CHECK_SUM, "total=>100万 part=60万 part=45万", -1, "pass", NULL, NULL},
    {CHECK_SUM, "total=>100万 part=60万 part=35万", -1, "fail", NULL, NULL},
    {CHECK_SUM, "total=<100万 part=60万 part=45万", -1, "fail", NULL, NULL},
    {CHECK_SUM, "part=60万 part=45万", -1, "not_checkable", NULL, NULL},
    {CHECK_SUM, "total=60万", -1, "not_checkable", NULL, NULL},
    /* padding: 100 among figures of two decimals reads 100.00 */
    {CHECK_SUM, "total=100万 part=60.25万 part=39.50万", -1, "fail+", "997500", "2500"},
    {CHECK_SUM, "total=100万 part=60.25万 part=37.50万", -1, "fail", "977500", "22500"},
    /* some parts */
    {CHECK_SOME, "total=120.00万 part=80.00万 part=15.50万", -1, "pass", NULL, NULL},
    {CHECK_SOME, "total=86.40万 part=90.00万", -1, "fail", NULL, "-36000"},
    {CHECK_SOME, "total=95.50万 part=80.00万 part=15.50万", -1, "pass", NULL, NULL},
    /* scores are exact */
    {CHECK_WEIGHTS, "total=100分 weight=20分 weight=30分 weight=30分 weight=25分", -1, "fail",
     "105", "-5"},
    {CHECK_SCORES, "total=97.5分 earned=15分 earned=23.5分 earned=30分 earned=19分 earned=10分", -1,
     "pass", "97.5", "0"},
    {CHECK_SCORES, "total=96分 earned=14分 earned=24分 earned=29分 earned=20分 earned=10分", -1,
     "fail", "97", "-1"},
    {CHECK_BOUND, "weight=30分 earned=31分", -1, "fail", NULL, "1"},
    {CHECK_BOUND, "weight=30分 earned=30分", -1, "pass", NULL, NULL},
    {CHECK_BOUND, "weight=30分 earned=-1分", -1, "fail", NULL, "-1"},
    {CHECK_DEDUCTION, "weight=25分 earned=24分 deducted=1分", -1, "pass", "24", "0"},
    {CHECK_DEDUCTION, "weight=25分 earned=24分 deducted=2分", -1, "fail", "23", "1"},
    {CHECK_DEDUCTION, "weight=25分 earned=24分", -1, "not_checkable", NULL, NULL},
    /* counts */
    {CHECK_COUNT, "total=5个", 4, "fail", "4", "1"},
    {CHECK_COUNT, "total=5个", 5, "pass", "5", "0"},
    {CHECK_COUNT, "total=2个 item=3 item=4", -1, "pass", "2", "0"},
    {CHECK_COUNT, "total=>5个", 7, "pass", NULL, NULL},
    {CHECK_COUNT, "total=5个", -1, "not_checkable", NULL, NULL},
    /* rates: rounded, truncated, wrong, of zero, with a bound */
    {CHECK_RATIO, "numerator=12306.45万 denominator=12500万 rate=98.45", -1, "pass", "98.45", "0"},
    {CHECK_RATIO, "numerator=95.4572万 denominator=100万 rate=95.45", -1, "rounding", "95.46",
     "-0.01"},
    {CHECK_RATIO, "numerator=3154.55万 denominator=3268.90万 rate=95.6", -1, "fail", "96.5",
     "-0.9"},
    {CHECK_RATIO, "numerator=14673.19万 denominator=14640.83万 rate=100", -1, "pass", "100", "0"},
    {CHECK_RATIO, "numerator=0万 denominator=0万 rate=100", -1, "fail", NULL, NULL},
    {CHECK_RATIO, "numerator=388个 denominator=396个 rate=98", -1, "pass", "98", "0"},
    {CHECK_RATIO, "numerator=388个 denominator=396个 rate=>95", -1, "pass", NULL, NULL},
    {CHECK_RATIO, "numerator=388个 denominator=396个 rate=>99.5", -1, "fail", NULL, NULL},
    {CHECK_RATIO, "numerator=388个 rate=98", -1, "not_checkable", NULL, NULL},
    {CHECK_PRODUCT, "weight=10分 rate=98.74 earned=9.87分", -1, "pass", "9.87", "0"},
    {CHECK_PRODUCT, "weight=10分 rate=100.09 earned=10分", -1, "pass", "10", "0"},
    {CHECK_PRODUCT, "weight=10分 rate=76 earned=8.6分", -1, "fail", "7.6", "1"},
    /* changes */
    {CHECK_DIFFERENCE, "this=12306.45万 last=11890.30万 change=416.15万", -1, "pass", "4161500",
     "0"},
    {CHECK_DIFFERENCE, "this=9.6万 last=10.2万 -change=0.6万", -1, "pass", "6000", "0"},
    {CHECK_DIFFERENCE, "this=12.5万 last=8万 change=4.35万", -1, "fail+", "45000", "-1500"},
    {CHECK_GROWTH, "change=416.15万 last=11890.30万 rate=3.50", -1, "pass", "3.5", "0"},
    {CHECK_GROWTH, "this=1286.5万 last=1144.6万 rate=12.40", -1, "pass", "12.4", "0"},
    {CHECK_GROWTH, "this=98.7万 change=9.2万 rate=10.3", -1, "pass", "10.3", "0"},
    {CHECK_GROWTH, "this=90万 last=100万 -rate=10.0", -1, "pass", "10", "0"},
    {CHECK_GROWTH, "-change=0.60万 last=10.20万 rate=5.88", -1, "pass", "5.88", "0"},
    {CHECK_GROWTH, "change=307.82万 last=0万 rate=100", -1, "fail", NULL, NULL},
    {CHECK_GROWTH, "this=184.65 change=2.55万 rate=1.40", -1, "fail", NULL, NULL},
    {CHECK_GROWTH, "change=2.55万 last=-182.10万 rate=1.40", -1, "not_checkable", NULL, NULL},
    {CHECK_RATIO, "numerator=52.37万 denominator=-53.44万 rate=98.00", -1, "fail", "-98", "196"},
    {CHECK_RATIO, "numerator=-52.37万 denominator=-53.44万 rate=98.00", -1, "pass", "98", "0"},
    {CHECK_GROWTH, "this=98.7万 rate=10.3", -1, "not_checkable", NULL, NULL},
    /* one figure in several places */
    {CHECK_SAME, "same=8.1437万 same=8.14万", -1, "rounding", NULL, NULL},
    {CHECK_SAME, "same=12360.45万 same=12306.45万", -1, "fail", NULL, NULL},
    {CHECK_SAME, "same=12360.45万 same=12306.45万 same=12306.45万", -1, "fail", "123064500",
     "540000"},
    {CHECK_SAME, "same=97分 same=98分", -1, "fail", NULL, NULL},
    {CHECK_ORDER, "smaller=199个 larger=298个", -1, "pass", NULL, NULL},
    {CHECK_ORDER, "smaller=298个 larger=199个", -1, "fail", NULL, "99"},
    {CHECK_OVERSPENT, "numerator=14673.19万 denominator=14640.83万", -1, "fail", NULL, "323600"},
    {CHECK_MEAN, "total=99.33分 part=99分 part=99分 part=100分", -1, "pass", "99.33", "0"},
};

static void check_row(const Row *row) {
    g_auto(GStrv) texts = g_strsplit(row->operands, " ", -1);
    Operand operands[OPERANDS_MAX];
    guint n = 0;
    for (char **text = texts; *text != NULL; text++)
        operands[n++] = operand(*text);
    Judgement result = judge(row->kind, operands, n, row->counted);
    g_autofree char *outcome =
        g_strconcat(outcome_name(result.outcome), result.padded ? "+" : "", NULL);
    if (!g_str_equal(outcome, row->outcome))
        g_test_message("%s", row->operands);
    g_assert_cmpstr(outcome, ==, row->outcome);
    g_assert_cmpint(result.outcome == OUTCOME_NOT_CHECKABLE, <=, result.reason != NULL);
    if (row->expected != NULL) {
        g_autofree char *expected = decimal_text(result.expected);
        g_assert_true(result.has_expected);
        g_assert_cmpstr(expected, ==, row->expected);
    }
    if (row->difference != NULL) {
        g_autofree char *difference = decimal_text(result.difference);
        g_assert_cmpstr(difference, ==, row->difference);
    }
}

static void test_rows(void) {
    for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++)
        check_row(&ROWS[i]);
}

/* A difference at the edge of the envelope is inside of it, the next beyond. */
static void test_envelope(void) {
    Row edge = {CHECK_SUM, "total=10.0 part=4.0 part=5.85 part=0", -1, "rounding", "9.85", "0.15"};
    check_row(&edge);
    Row beyond = {CHECK_SUM, "total=10.00 part=4.00 part=5.98", -1, "fail", "9.98", "0.02"};
    check_row(&beyond);
}

static void test_overflow(void) {
    Row row = {
        CHECK_RATIO, "numerator=999999999999999999999999999999999999 denominator=1 rate=1.00",
        -1,          "not_checkable",
        NULL,        NULL};
    check_row(&row);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/judge/rows", test_rows);
    g_test_add_func("/judge/envelope", test_envelope);
    g_test_add_func("/judge/overflow", test_overflow);
    return g_test_run();
}
