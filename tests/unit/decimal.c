#include "normalize/decimal.h"

typedef struct {
    const char *text, *canonical; /* canonical NULL: refused */
} Row;

static void test_parse(void) {
    static const Row ROWS[] = {
        {"0", "0"},
        {"-0", "0"},
        {"0.00", "0"},
        {"4.40", "4.4"},
        {"-12.50", "-12.5"},
        {"90071992547409.93", "90071992547409.93"},
        {"0.00000000000001", "0.00000000000001"},
        {"999999999999999999999999999999999999", "999999999999999999999999999999999999"},
        {"1000000000000000000000000000000000000", NULL},
        {"", NULL},
        {"-", NULL},
        {".5", NULL},
        {"5.", NULL},
        {"1.2.3", NULL},
        {"1,000", NULL},
        {"+1", NULL},
        {" 1", NULL},
        {"1e3", NULL},
        {"0.0000000000000000000000000000001", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        Decimal value = decimal_from_integer(77);
        gboolean read = decimal_parse(ROWS[i].text, &value);
        g_assert_cmpint(read, ==, ROWS[i].canonical != NULL);
        if (!read) {
            g_assert_cmpint((int)value.coefficient, ==, 77);
            continue;
        }
        g_autofree char *text = decimal_text(value);
        g_assert_cmpstr(text, ==, ROWS[i].canonical);
    }
}

static Decimal decimal(const char *text) {
    Decimal value;
    g_assert_true(decimal_parse(text, &value));
    return value;
}

#define assert_decimal(value, expected)                                                            \
    do {                                                                                           \
        g_autofree char *text_ = decimal_text(value);                                              \
        g_assert_cmpstr(text_, ==, expected);                                                      \
    } while (0)

#define GREATEST "999999999999999999999999999999999999"

static void test_operations(void) {
    Decimal value;
    g_assert_true(decimal_add(decimal("0.1"), decimal("0.2"), &value));
    assert_decimal(value, "0.3");
    g_assert_true(decimal_subtract(decimal("1"), decimal("1.000001"), &value));
    assert_decimal(value, "-0.000001");
    g_assert_true(decimal_multiply(decimal("14640.83"), decimal("10000"), &value));
    assert_decimal(value, "146408300");
    g_assert_true(decimal_divide(decimal("1"), decimal("3"), 4, &value));
    assert_decimal(value, "0.3333");
    g_assert_true(decimal_divide(decimal("-1"), decimal("8"), 2, &value));
    assert_decimal(value, "-0.13");
    g_assert_true(decimal_divide(decimal("200"), decimal("0.004"), 0, &value));
    assert_decimal(value, "50000");
    g_assert_true(decimal_scale(decimal("8.1437"), 4, &value));
    assert_decimal(value, "81437");
    g_assert_true(decimal_scale(decimal("3"), -1, &value));
    assert_decimal(value, "0.3");
    g_assert_true(decimal_round(decimal("2.345"), 2, &value));
    assert_decimal(value, "2.35");
    g_assert_true(decimal_round(decimal("-2.345"), 2, &value));
    assert_decimal(value, "-2.35");
    g_assert_false(decimal_divide(decimal("1"), decimal("0.0"), 2, &value));
    g_assert_false(decimal_add(decimal(GREATEST), decimal("1"), &value));
    g_assert_false(decimal_multiply(decimal(GREATEST), decimal(GREATEST), &value));
    g_assert_false(decimal_scale(decimal(GREATEST), 1, &value));
    g_assert_false(decimal_add(decimal(GREATEST), decimal("0.1"), &value));
}

static void test_fixed(void) {
    static const struct {
        const char *text;
        int decimals;
        const char *fixed;
    } ROWS[] = {{"4.4", 2, "4.40"},   {"4.405", 2, "4.41"},  {"7", 0, "7"},
                {"0.999", 2, "1.00"}, {"-0.004", 2, "0.00"}, {GREATEST, 2, GREATEST ".00"}};
    for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_autofree char *text = decimal_text_fixed(decimal(ROWS[i].text), ROWS[i].decimals);
        g_assert_cmpstr(text, ==, ROWS[i].fixed);
    }
}

static void test_compare(void) {
    static const struct {
        const char *a, *b;
        int order;
    } ROWS[] = {{"1", "1.0", 0},       {"-1", "1", -1},
                {"0.1", "0.09", 1},    {GREATEST, "0.000000000000000000000000000001", 1},
                {"-0.5", "-0.25", -1}, {"-0.5", "0.5", -1},
                {"2", "10", -1}};
    for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_assert_cmpint(decimal_compare(decimal(ROWS[i].a), decimal(ROWS[i].b)), ==, ROWS[i].order);
        g_assert_cmpint(decimal_compare(decimal(ROWS[i].b), decimal(ROWS[i].a)), ==,
                        -ROWS[i].order);
    }
}

/* Sums of random values agree with 64-bit arithmetic on their hundredths. */
static void test_random(void) {
    for (int i = 0; i < 20000; i++) {
        gint64 x = g_test_rand_int(), y = g_test_rand_int();
        Decimal a = {.coefficient = x, .decimals = 2}, b = {.coefficient = y, .decimals = 2};
        Decimal sum, product, back;
        g_assert_true(decimal_add(a, b, &sum));
        g_assert_true(sum.coefficient == x + y);
        g_assert_true(decimal_multiply(a, b, &product));
        if (y != 0) {
            g_assert_true(decimal_divide(product, b, 2, &back));
            g_assert_cmpint(decimal_compare(back, a), ==, 0);
        }
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/decimal/parse", test_parse);
    g_test_add_func("/decimal/operations", test_operations);
    g_test_add_func("/decimal/fixed", test_fixed);
    g_test_add_func("/decimal/compare", test_compare);
    g_test_add_func("/decimal/random", test_random);
    return g_test_run();
}
