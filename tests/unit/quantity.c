/* Rows of quantity.tsv, malformed.tsv and prose.txt in tests/unit, and what holds for every text.
 */
#include "normalize/quantity.h"
#include "normalize/text.h"
#include <string.h>

static Patterns *patterns;

static void scan_text(const char *text, QuantityScan *scan, gunichar **codes, guint *n_codes) {
    glong n = 0;
    *codes = g_utf8_to_ucs4_fast(text, -1, &n);
    *n_codes = (guint)n;
    quantity_scan(patterns, *codes, *n_codes, scan);
}

/* Everything is in order, apart, and within the text. */
static void check_spans(const QuantityScan *scan, guint n_codes) {
    g_autofree guint8 *taken = g_new0(guint8, n_codes + 1);
    guint last = 0;
    for (guint i = 0; i < scan->quantities->len; i++) {
        const Quantity *quantity = &g_array_index(scan->quantities, Quantity, i);
        g_assert_cmpuint(quantity->start, >=, last);
        g_assert_cmpuint(quantity->start, <, quantity->end);
        g_assert_cmpuint(quantity->end, <=, n_codes);
        g_assert_cmpuint(quantity->number_start, >=, quantity->start);
        g_assert_cmpuint(quantity->number_end, <=, quantity->end);
        g_assert_cmpuint(quantity->unit_end, <=, quantity->end);
        g_assert_nonnull(quantity->pattern);
        last = quantity->end;
        memset(taken + quantity->start, 1, quantity->end - quantity->start);
    }
    for (guint i = 0; i < scan->claims->len; i++) {
        const Claim *claim = &g_array_index(scan->claims, Claim, i);
        g_assert_cmpuint(claim->start, <, claim->end);
        g_assert_cmpuint(claim->end, <=, n_codes);
        for (guint at = claim->start; at < claim->end; at++)
            g_assert_cmpuint(taken[at]++, ==, 0);
    }
    for (guint i = 0; i < scan->unread->len; i++) {
        const Unread *unread = &g_array_index(scan->unread, Unread, i);
        g_assert_cmpuint(unread->end, <=, n_codes);
        for (guint at = unread->start; at < unread->end; at++)
            g_assert_cmpuint(taken[at]++, ==, 0);
    }
}

static char *describe(const QuantityScan *scan) {
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < scan->quantities->len; i++) {
        const Quantity *quantity = &g_array_index(scan->quantities, Quantity, i);
        g_autofree char *value = quantity_text(quantity), *high = quantity_text_high(quantity);
        g_string_append_printf(text, "%s%s %s", i == 0 ? "" : "; ",
                               figure_kind_name(quantity->kind), value);
        if (high != NULL)
            g_string_append_printf(text, "~%s", high);
        if (quantity->unit != NULL)
            g_string_append_printf(text, " %s", quantity->unit);
        if (quantity->qualifier != QUALIFIER_EXACT && quantity->qualifier != QUALIFIER_RANGE)
            g_string_append_printf(text, " %s", qualifier_name(quantity->qualifier));
        g_string_append_printf(text, " %u-%u", quantity->start, quantity->end);
    }
    return g_string_free(text, FALSE);
}

static GStrv read_lines(const char *name) {
    const char *source = g_getenv("GOUJI_SOURCE");
    g_autofree char *path = g_build_filename(source == NULL ? "." : source, name, NULL);
    g_autofree char *bytes = NULL;
    g_assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
    return g_strsplit(bytes, "\n", -1);
}

static void test_rows(void) {
    g_auto(GStrv) lines = read_lines("tests/unit/quantity.tsv");
    g_autoptr(QuantityScan) scan = quantity_scan_new();
    guint n_wrong = 0;
    for (char **line = lines; *line != NULL; line++) {
        if (**line == '\0' || **line == '#')
            continue;
        g_auto(GStrv) fields = g_strsplit(*line, "\t", 2);
        g_autofree gunichar *codes = NULL;
        guint n_codes;
        scan_text(fields[0], scan, &codes, &n_codes);
        check_spans(scan, n_codes);
        g_autofree char *found = describe(scan);
        if (strcmp(found, fields[1] == NULL ? "" : fields[1]) == 0)
            continue;
        n_wrong++;
        g_test_message("%s: found “%s”, not “%s”", fields[0], found, fields[1]);
    }
    g_assert_cmpuint(n_wrong, ==, 0);
}

/* What of the text is unread, joined by a space. */
static char *refused(const QuantityScan *scan, const gunichar *codes) {
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < scan->unread->len; i++) {
        const Unread *unread = &g_array_index(scan->unread, Unread, i);
        g_autofree char *raw = characters_text(codes, unread->start, unread->end);
        g_assert_cmpstr(unread->reason, ==, "malformed");
        g_string_append_printf(text, "%s%s", i == 0 ? "" : " ", raw);
    }
    return g_string_free(text, FALSE);
}

static void test_malformed(void) {
    g_auto(GStrv) lines = read_lines("tests/unit/malformed.tsv");
    g_autoptr(QuantityScan) scan = quantity_scan_new();
    guint n_wrong = 0;
    for (char **line = lines; *line != NULL; line++) {
        if (**line == '\0' || **line == '#')
            continue;
        g_auto(GStrv) fields = g_strsplit(*line, "\t", 3);
        g_assert_cmpuint(g_strv_length(fields), ==, 3);
        g_autofree gunichar *codes = NULL;
        guint n_codes;
        scan_text(fields[0], scan, &codes, &n_codes);
        check_spans(scan, n_codes);
        g_autofree char *found = describe(scan), *unread = refused(scan, codes);
        if (g_str_equal(unread, fields[1]) && g_str_equal(found, fields[2]))
            continue;
        n_wrong++;
        g_test_message("%s: refused “%s”, found “%s”", fields[0], unread, found);
    }
    g_assert_cmpuint(n_wrong, ==, 0);
}

/* Text without a figure, of the kind that reports are full of. */
static void test_prose(void) {
    g_auto(GStrv) lines = read_lines("tests/unit/prose.txt");
    g_autoptr(QuantityScan) scan = quantity_scan_new();
    g_assert_cmpuint(g_strv_length(lines), >, 60);
    for (char **line = lines; *line != NULL; line++) {
        g_autofree gunichar *codes = NULL;
        guint n_codes;
        scan_text(*line, scan, &codes, &n_codes);
        guint n = 0;
        for (guint k = 0; k < scan->quantities->len; k++)
            n += g_array_index(scan->quantities, Quantity, k).kind != FIGURE_RANK;
        g_autofree char *found = describe(scan);
        if (n > 0)
            g_test_message("%s: %s", *line, found);
        g_assert_cmpuint(n, ==, 0);
    }
}

/* Where the parts of a figure are, and what it was printed with. */
static void test_parts(void) {
    static const struct {
        const char *text;
        int decimals, power;
        guint number_start, number_end, unit_start, unit_end;
    } ROWS[] = {
        {"共14640.83万元", 2, 4, 1, 9, 9, 11}, {"8.1437万元", 4, 4, 0, 6, 6, 8},
        {"约300余家", 0, 0, 1, 4, 5, 6},       {"不超过0.5亿立方米", 1, 8, 3, 6, 6, 10},
        {"2.29%", 2, 0, 0, 4, 4, 5},           {"3‰", 0, -1, 0, 1, 1, 2},
        {"三点五亿元", 1, 8, 0, 3, 3, 5},      {"１２．５ 万元", 1, 4, 0, 4, 5, 7},
        {"-12.50元", 2, 0, 0, 6, 6, 7},        {"4.40", 2, 0, 0, 4, 4, 4},
    };
    g_autoptr(QuantityScan) scan = quantity_scan_new();
    for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_autofree gunichar *codes = NULL;
        guint n_codes;
        scan_text(ROWS[i].text, scan, &codes, &n_codes);
        g_test_message("%s", ROWS[i].text);
        g_assert_cmpuint(scan->quantities->len, ==, 1);
        const Quantity *quantity = &g_array_index(scan->quantities, Quantity, 0);
        g_assert_cmpint(quantity->decimals, ==, ROWS[i].decimals);
        g_assert_cmpint(quantity->unit_power, ==, ROWS[i].power);
        g_assert_cmpuint(quantity->number_start, ==, ROWS[i].number_start);
        g_assert_cmpuint(quantity->number_end, ==, ROWS[i].number_end);
        g_assert_cmpuint(quantity->unit_start, ==, ROWS[i].unit_start);
        g_assert_cmpuint(quantity->unit_end, ==, ROWS[i].unit_end);
    }
}

static void test_units(void) {
    static const struct {
        const char *text;
        gboolean whole; /* unit_parse, else unit_find */
        const char *unit;
        int power;
    } ROWS[] = {
        {"万元", TRUE, "元", 4},
        {"（万元）", TRUE, "元", 4},
        {" 亿 元 ", TRUE, "元", 8},
        {"％", TRUE, "%", 0},
        {"百万元", TRUE, "元", 6},
        {"千米", TRUE, "千米", 0},
        {"人次", TRUE, "人次", 0},
        {"万人次", TRUE, "人次", 4},
        {"人民币万元", TRUE, "元", 4},
        {"个百分点", TRUE, "个百分点", 0},
        {"万美元", TRUE, "USD", 4},
        {"预算数", TRUE, NULL, 0},
        {"万", TRUE, NULL, 0},
        {"", TRUE, NULL, 0},
        {"万元整数", TRUE, NULL, 0},
        {"单位：万元", FALSE, "元", 4},
        {"单位: 元", FALSE, "元", 0},
        {"金额单位：人民币万元", FALSE, "元", 4},
        {"部门：某局　　　单位：万元", FALSE, "元", 4},
        {"（单位：亿元）", FALSE, "元", 8},
        {"预算数（万元）", FALSE, "元", 4},
        {"执行率(%)", FALSE, "%", 0},
        {"得分（分）", FALSE, "分", 0},
        {"班额（人/班）", FALSE, "人/班", 0},
        {"处理能力（万吨/年）", FALSE, "吨/年", 4},
        {"数量（人/甲）", FALSE, NULL, 0},
        {"预算单位", FALSE, NULL, 0},
        {"项目名称（全称）", FALSE, NULL, 0},
        {"资金到位（一般公共预算）", FALSE, NULL, 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        glong n = 0;
        g_autofree gunichar *codes = g_utf8_to_ucs4_fast(ROWS[i].text, -1, &n);
        UnitReading reading;
        gboolean found = ROWS[i].whole ? unit_parse(patterns, codes, (guint)n, &reading)
                                       : unit_find(patterns, codes, (guint)n, &reading);
        g_test_message("%s", ROWS[i].text);
        g_assert_cmpint(found, ==, ROWS[i].unit != NULL);
        if (!found)
            continue;
        g_assert_cmpstr(reading.unit, ==, ROWS[i].unit);
        g_assert_cmpint(reading.power, ==, ROWS[i].power);
        g_assert_cmpuint(reading.end, >, reading.start);
    }
}

static void test_apply(void) {
    g_autoptr(QuantityScan) scan = quantity_scan_new();
    g_autofree gunichar *codes = NULL;
    guint n_codes;
    UnitReading unit;
    g_autofree gunichar *head = g_utf8_to_ucs4_fast("万元", -1, NULL);
    g_assert_true(unit_parse(patterns, head, 2, &unit));
    scan_text("14640.83", scan, &codes, &n_codes);
    Quantity *quantity = &g_array_index(scan->quantities, Quantity, 0);
    g_assert_true(quantity_apply_unit(quantity, &unit));
    g_autofree char *value = quantity_text(quantity);
    g_assert_cmpstr(value, ==, "146408300");
    g_assert_cmpint(quantity->unit_power, ==, 4);
    g_assert_false(quantity_apply_unit(quantity, &unit));
}

/* ---- a random exact value, printed in every style, read back ---- */

static const char *const PLAIN[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
static const char *const FORMAL[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};

static void print_section(GString *text, guint section, const char *const *digits,
                          const char *const *powers, gboolean zero) {
    gboolean started = FALSE, gap = zero;
    for (int i = 3; i >= 0; i--) {
        guint scale = i == 3 ? 1000 : i == 2 ? 100 : i == 1 ? 10 : 1, digit = section / scale % 10;
        if (digit == 0) {
            gap |= started;
            continue;
        }
        if (gap)
            g_string_append(text, digits[0]);
        g_string_append(text, digits[digit]);
        g_string_append(text, powers[i]);
        started = TRUE;
        gap = FALSE;
    }
}

static void print_chinese(GString *text, guint64 value, gboolean formal) {
    static const char *const PLAIN_POWERS[] = {"", "十", "百", "千"};
    static const char *const FORMAL_POWERS[] = {"", "拾", "佰", "仟"};
    const char *const *digits = formal ? FORMAL : PLAIN;
    const char *const *powers = formal ? FORMAL_POWERS : PLAIN_POWERS;
    guint parts[3] = {(guint)(value / 100000000), (guint)(value / 10000 % 10000),
                      (guint)(value % 10000)};
    static const char *const LARGE[] = {"亿", "万", ""};
    gboolean started = FALSE, gap = FALSE;
    if (value == 0)
        g_string_append(text, digits[0]);
    for (guint i = 0; i < 3; i++) {
        if (parts[i] == 0) {
            gap = started;
            continue;
        }
        print_section(text, parts[i], digits, powers, started && (gap || parts[i] < 1000));
        g_string_append(text, LARGE[i]);
        started = TRUE;
        gap = FALSE;
    }
}

static void print_grouped(GString *text, guint64 value, const char *separator) {
    g_autofree char *digits = g_strdup_printf("%" G_GUINT64_FORMAT, value);
    gsize n = strlen(digits);
    for (gsize i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            g_string_append(text, separator);
        g_string_append_c(text, digits[i]);
    }
}

static void print_full_width(GString *text, const char *digits) {
    for (; *digits != '\0'; digits++)
        g_string_append_unichar(text, (gunichar)*digits - '!' + 0xFF01);
}

enum { STYLES = 7 };

static void print_style(GString *text, guint64 whole, guint cents, guint style) {
    g_autofree char *plain = g_strdup_printf("%" G_GUINT64_FORMAT ".%02u", whole, cents);
    switch (style) {
    case 0:
        g_string_append(text, plain);
        break;
    case 1:
        print_grouped(text, whole, ",");
        g_string_append_printf(text, ".%02u", cents);
        break;
    case 2:
        print_grouped(text, whole, "，");
        g_string_append_printf(text, ".%02u", cents);
        break;
    case 3:
        print_grouped(text, whole, " ");
        g_string_append_printf(text, ".%02u", cents);
        break;
    case 4:
        print_full_width(text, plain);
        break;
    default:
        print_chinese(text, whole, style == 6);
        g_string_append_printf(text, "点%s%s", PLAIN[cents / 10], PLAIN[cents % 10]);
    }
}

static void test_styles(void) {
    g_autoptr(GRand) random = g_rand_new_with_seed(20211231);
    g_autoptr(QuantityScan) scan = quantity_scan_new();
    for (guint i = 0; i < 4000; i++) {
        guint64 whole = ((guint64)g_rand_int(random) << 10 | g_rand_int(random) % 1024) %
                        (i % 3 == 0   ? 100000
                         : i % 3 == 1 ? 100000000
                                      : 999999999999);
        guint cents = g_rand_int(random) % 100, style = i % STYLES;
        g_autoptr(GString) text = g_string_new(i % 5 == 0 ? "约" : "");
        print_style(text, whole, cents, style);
        g_string_append(text, i % 2 == 0 ? "元" : "万元");
        g_autofree char *printed = g_strdup_printf("%" G_GUINT64_FORMAT ".%02u", whole, cents);
        Decimal expected;
        g_assert_true(decimal_parse(printed, &expected));
        g_assert_true(decimal_scale(expected, i % 2 == 0 ? 0 : 4, &expected));
        g_autofree gunichar *codes = NULL;
        guint n_codes;
        scan_text(text->str, scan, &codes, &n_codes);
        g_autofree char *canonical = decimal_text(expected), *found = describe(scan);
        g_test_message("%s: %s", text->str, found);
        g_assert_cmpuint(scan->quantities->len, ==, 1);
        const Quantity *quantity = &g_array_index(scan->quantities, Quantity, 0);
        g_autofree char *value = quantity_text(quantity);
        g_assert_cmpstr(value, ==, canonical);
        g_assert_cmpuint(quantity->end - quantity->start, ==, n_codes);
    }
}

/* Nothing overlaps and nothing leaves the text, whatever the text is. */
static void test_garbage(void) {
    static const char ALPHABET[] =
        "0123456789.,，-—至到约第一二两三十百千万亿元分角个%/:（）() 、。"
        "年月日点半几余多以上不超过年级期几数廿壹拾零负＋①½ａ";
    g_autofree gunichar *alphabet = g_utf8_to_ucs4_fast(ALPHABET, -1, NULL);
    gint32 n = (gint32)g_utf8_strlen(ALPHABET, -1);
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    g_autoptr(QuantityScan) scan = quantity_scan_new();
    for (guint i = 0; i < 20000; i++) {
        gunichar codes[24];
        for (guint k = 0; k < G_N_ELEMENTS(codes); k++)
            codes[k] = alphabet[g_rand_int_range(random, 0, n)];
        quantity_scan(patterns, codes, G_N_ELEMENTS(codes), scan);
        g_autofree char *text = g_ucs4_to_utf8(codes, G_N_ELEMENTS(codes), NULL, NULL, NULL);
        g_autofree char *found = describe(scan);
        g_test_message("%s: %s", text, found);
        check_spans(scan, G_N_ELEMENTS(codes));
        for (guint k = 0; k < scan->quantities->len; k++) {
            const Quantity *quantity = &g_array_index(scan->quantities, Quantity, k);
            g_autofree char *value = quantity_text(quantity), *high = quantity_text_high(quantity);
            g_assert_cmpuint(strlen(value), >, 0);
        }
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    patterns = patterns_load(NULL, &error);
    g_assert_no_error(error);
    g_test_add_func("/quantity/rows", test_rows);
    g_test_add_func("/quantity/malformed", test_malformed);
    g_test_add_func("/quantity/prose", test_prose);
    g_test_add_func("/quantity/parts", test_parts);
    g_test_add_func("/quantity/units", test_units);
    g_test_add_func("/quantity/apply", test_apply);
    g_test_add_func("/quantity/styles", test_styles);
    g_test_add_func("/quantity/garbage", test_garbage);
    int status = g_test_run();
    patterns_free(patterns);
    return status;
}
