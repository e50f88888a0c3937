#include "normalize/check/check.h"
#include "normalize/check/slip.h"
#include "normalize/relation/relation.h"
#include <string.h>

static Patterns *patterns;

static Report *report_of(void) { return report_new(document_new()); }

/* A printed number: “14640.83万元”, “99分”, “98.45%”, “7个”. */
static guint add_fact(Report *report, const char *raw, const char *label) {
    gsize digits = strspn(raw, "-0123456789.");
    g_autofree char *number = g_strndup(raw, digits);
    const char *unit = raw + digits;
    Fact fact = {.confidence = -1, .label = label, .raw = raw, .printed_unit = unit};
    g_assert_true(decimal_parse(number, &fact.value));
    fact.decimals = fact.value.decimals;
    fact.unit_power = g_str_has_prefix(unit, "万") ? 4 : 0;
    g_assert_true(decimal_scale(fact.value, fact.unit_power, &fact.value));
    fact.value_high = fact.value;
    fact.divisor = decimal_from_integer(1);
    g_autofree char *text = decimal_text(fact.value);
    fact.text = report_string(report, text);
    fact.kind = g_str_has_suffix(unit, "元") ? FIGURE_AMOUNT
                : g_str_equal(unit, "分")    ? FIGURE_SCORE
                : g_str_equal(unit, "%")     ? FIGURE_PERCENT
                                             : FIGURE_COUNT;
    fact.unit = fact.kind == FIGURE_AMOUNT ? "元" : unit;
    fact.source = "text";
    fact.section = fact.block = REPORT_NONE;
    fact.table = fact.row = fact.column = DOCUMENT_NONE;
    fact.place = (Span){report->facts->len * 10, report->facts->len * 10 + 5};
    g_array_append_val(report->facts, fact);
    return report->facts->len - 1;
}

/* Facts by index with their roles: “total:0 part:1 -part:2”. */
static guint relate(Report *report, const char *rule, const char *members) {
    guint relation = relation_begin(report, rule, (Span){0, 0});
    g_auto(GStrv) words = g_strsplit(members, " ", -1);
    for (char **word = words; *word != NULL; word++) {
        int sign = **word == '-' ? -1 : 1;
        g_auto(GStrv) pair = g_strsplit(*word + (sign < 0), ":", 2);
        relation_add_signed(report, relation, (guint)g_ascii_strtoull(pair[1], NULL, 10), pair[0],
                            sign);
    }
    return relation;
}

static void check(Report *report) {
    g_autoptr(GError) error = NULL;
    g_assert_true(check_report(report, patterns, &error));
}

/* A sum that is wrong: every figure of the finding, as XINXIANG's P1. */
static void test_sum(void) {
    static const char *const RAWS[] = {"14640.83万元", "8.1437万元", "15.56万元",    "85.31万元",
                                       "4.4万元",      "0万元",      "14201.19万元", "1.24万元"};
    g_autoptr(Report) report = report_of();
    for (guint i = 0; i < G_N_ELEMENTS(RAWS); i++)
        add_fact(report, RAWS[i], i == 0 ? "项目资金" : "项目");
    relate(report, "SUM-01", "total:0 part:1 part:2 part:3 part:4 part:5 part:6 part:7");
    check(report);
    g_assert_cmpint(report_check(report, 0)->outcome, ==, OUTCOME_FAIL);
    g_assert_cmpuint(report->findings->len, ==, 1);
    const Finding *finding = report_finding(report, 0);
    g_assert_cmpstr(finding->rule, ==, "SUM-01");
    g_assert_cmpint(finding->certainty, ==, CERTAINTY_PROVEN);
    g_assert_cmpstr(finding->expected, ==, "143158437");
    g_assert_cmpstr(finding->actual, ==, "146408300");
    g_assert_cmpstr(finding->difference, ==, "3249863");
    g_assert_cmpstr(finding->unit, ==, "元");
    g_assert_cmpuint(finding->members->len, ==, 8);
    g_assert_nonnull(strstr(finding->message, "14640.83万元"));
    g_assert_nonnull(strstr(finding->message, "14315.8437万元"));
    g_assert_nonnull(strstr(finding->message, "324.9863万元"));
    g_assert_cmpuint(report_check(report, 0)->finding, ==, 0);
}

/* 57.55 ≠ 12.5 + 45.2, 12.5 − 8 ≠ 4.35, 4.35 ÷ 12.35 …: one figure explains them. */
static void test_one_cause(void) {
    g_autoptr(Report) report = report_of();
    guint total = add_fact(report, "57.55万元", "三公经费");
    guint reception = add_fact(report, "12.50万元", "公务接待费");
    guint cars = add_fact(report, "45.20万元", "公务用车费");
    guint last = add_fact(report, "8.00万元", "上年公务接待费");
    guint change = add_fact(report, "4.35万元", "公务接待费增加");
    guint rate = add_fact(report, "54.38%", "公务接待费增长");
    g_autofree char *sum = g_strdup_printf("total:%u part:%u part:%u", total, reception, cars);
    g_autofree char *gap = g_strdup_printf("this:%u last:%u change:%u", reception, last, change);
    g_autofree char *growth = g_strdup_printf("this:%u last:%u rate:%u", reception, last, rate);
    relate(report, "SUM-07", sum);
    relate(report, "YOY-01", gap);
    relate(report, "YOY-02", growth);
    check(report);
    g_assert_cmpuint(report->findings->len, ==, 1);
    const Finding *finding = report_finding(report, 0);
    g_assert_cmpuint(finding->members->len, ==, 6);
    g_assert_nonnull(finding->explanation);
    g_assert_nonnull(strstr(finding->explanation, "12.50万元"));
    g_assert_nonnull(strstr(finding->explanation, "应为12.35万元"));
    g_assert_null(strstr(finding->explanation, "可能"));
    for (guint i = 0; i < 3; i++)
        g_assert_cmpuint(report_check(report, i)->finding, ==, 0);
}

/* Where nothing confirms a repair, no single one is named. */
static void test_unconfirmed(void) {
    g_autoptr(Report) report = report_of();
    add_fact(report, "100.00万元", "合计");
    add_fact(report, "60.00万元", "甲");
    add_fact(report, "30.00万元", "乙");
    relate(report, "SUM-01", "total:0 part:1 part:2");
    check(report);
    const Finding *finding = report_finding(report, 0);
    g_assert_true(finding->explanation == NULL || strstr(finding->explanation, "；或") != NULL);
}

/* The same relation found twice confirms nothing, but is one finding. */
static void test_twice(void) {
    g_autoptr(Report) report = report_of();
    add_fact(report, "100.00万元", "合计");
    add_fact(report, "60.00万元", "甲");
    add_fact(report, "30.00万元", "乙");
    relate(report, "SUM-01", "total:0 part:1 part:2");
    relate(report, "SUM-03", "total:0 part:1 part:2");
    check(report);
    g_assert_cmpuint(report->findings->len, ==, 1);
    const char *explanation = report_finding(report, 0)->explanation;
    g_assert_true(explanation == NULL || strstr(explanation, "；或") != NULL);
}

/* Another place of the figure confirms. */
static void test_elsewhere(void) {
    g_autoptr(Report) report = report_of();
    add_fact(report, "100.00万元", "合计");
    add_fact(report, "60.35万元", "甲");
    add_fact(report, "36.65万元", "乙");
    add_fact(report, "63.35万元", "甲");
    relate(report, "SUM-01", "total:0 part:1 part:2");
    relate(report, "XSC-01", "same:1 same:3");
    check(report);
    g_assert_cmpuint(report->findings->len, ==, 1);
    const Finding *finding = report_finding(report, 0);
    g_assert_cmpstr(finding->rule, ==, "XSC-01");
    g_assert_nonnull(strstr(finding->explanation, "60.35万元应为63.35万元"));
}

/* Two causes, two findings. */
static void test_two_causes(void) {
    g_autoptr(Report) report = report_of();
    add_fact(report, "30分", "产出");
    add_fact(report, "31分", "产出得分");
    add_fact(report, "5个", "单位");
    relate(report, "SCO-02", "weight:0 earned:1");
    guint relation = relate(report, "CNT-02", "total:2");
    relation_count(report, relation, 4, (Span){0, 0});
    check(report);
    g_assert_cmpuint(report->findings->len, ==, 2);
}

static void test_holds(void) {
    g_autoptr(Report) report = report_of();
    add_fact(report, "9746.50万元", "支出合计");
    add_fact(report, "5364.75万元", "基本支出");
    add_fact(report, "4381.74万元", "项目支出");
    relate(report, "SUM-05", "total:0 part:1 part:2");
    relate(report, "SUM-05", "part:1 part:2");
    check(report);
    g_assert_cmpuint(report->findings->len, ==, 0);
    g_assert_cmpint(report_check(report, 0)->outcome, ==, OUTCOME_ROUNDING);
    g_assert_cmpint(report_check(report, 1)->outcome, ==, OUTCOME_NOT_CHECKABLE);
    g_assert_nonnull(report_check(report, 1)->reason);
}

/* A guess and an inferred figure are never proven. */
static void test_suspected(void) {
    g_autoptr(Report) report = report_of();
    add_fact(report, "5个", "单位");
    add_fact(report, "6个", "项目");
    guint guessed = relate(report, "CNT-02", "total:0");
    relation_count(report, guessed, 4, (Span){0, 0});
    report_relation(report, guessed)->certain = FALSE;
    guint inferred = relation_begin(report, "CNT-02", (Span){0, 0});
    relation_add_inferred(report, inferred, 1, "total");
    relation_count(report, inferred, 4, (Span){0, 0});
    check(report);
    g_assert_cmpint(report_finding(report, 0)->certainty, ==, CERTAINTY_SUSPECTED);
    g_assert_cmpint(report_finding(report, 0)->severity, ==, SEVERITY_HINT);
    g_assert_cmpint(report_finding(report, 1)->certainty, ==, CERTAINTY_SUSPECTED);
}

static void test_digits(void) {
    static const struct {
        const char *value;
        guint digits;
    } ROWS[] = {{"0", 0},    {"7", 1},     {"1000", 1},   {"1.5", 2},
                {"0.05", 1}, {"10.05", 4}, {"-12.30", 3}, {"146408300", 7}};
    for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        Decimal value;
        g_assert_true(decimal_parse(ROWS[i].value, &value));
        g_assert_cmpuint(slip_digits(value), ==, ROWS[i].digits);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    const char *source = g_getenv("GOUJI_SOURCE");
    g_autofree char *folder = g_build_filename(source == NULL ? "." : source, "patterns", NULL);
    patterns = patterns_load(folder, &error);
    g_assert_no_error(error);
    g_test_add_func("/check/sum", test_sum);
    g_test_add_func("/check/one-cause", test_one_cause);
    g_test_add_func("/check/unconfirmed", test_unconfirmed);
    g_test_add_func("/check/twice", test_twice);
    g_test_add_func("/check/elsewhere", test_elsewhere);
    g_test_add_func("/check/two-causes", test_two_causes);
    g_test_add_func("/check/holds", test_holds);
    g_test_add_func("/check/suspected", test_suspected);
    g_test_add_func("/check/digits", test_digits);
    int status = g_test_run();
    patterns_free(patterns);
    return status;
}
