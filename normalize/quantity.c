/* The scan itself: at each character that can begin a term, a date, a rank or a number, the readers
 * are asked in the order of READERS, and the first that takes something wins. What expressions
 * claim was found before and is stepped over. Positions are turned into those of the original at
 * last. */
#include "normalize/quantity.h"
#include "normalize/claim_expression.h"
#include "normalize/pattern_file.h"
#include "normalize/scanner.h"

QuantityScan *quantity_scan_new(void) {
    QuantityScan *scan = g_new0(QuantityScan, 1);
    scan->quantities = g_array_new(FALSE, FALSE, sizeof(Quantity));
    scan->claims = g_array_new(FALSE, FALSE, sizeof(Claim));
    scan->unread = g_array_new(FALSE, FALSE, sizeof(Unread));
    scan->scratch = g_new0(QuantityScratch, 1);
    scan->scratch->expressions = g_ptr_array_new_with_free_func((GDestroyNotify)uregex_close);
    scan->scratch->units = g_array_new(FALSE, FALSE, sizeof(UChar));
    scan->scratch->found = g_array_new(FALSE, FALSE, sizeof(Claim));
    return scan;
}

void quantity_scan_free(QuantityScan *scan) {
    if (scan == NULL)
        return;
    g_array_free(scan->quantities, TRUE);
    g_array_free(scan->claims, TRUE);
    g_array_free(scan->unread, TRUE);
    normal_text_clear(&scan->scratch->text);
    g_clear_pointer(&scan->scratch->words, ubrk_close);
    g_ptr_array_unref(scan->scratch->expressions);
    g_array_free(scan->scratch->units, TRUE);
    g_array_free(scan->scratch->found, TRUE);
    g_free(scan->scratch);
    g_free(scan);
}

static guint read_at(Scanner *scanner, guint at) {
    static guint (*const READERS[])(Scanner *, guint) = {
        scanner_read_term, scanner_read_rank, scanner_read_marker,
        scanner_read_date, scanner_read_code, scanner_read_figure,
    };
    for (gsize i = 0; i < G_N_ELEMENTS(READERS); i++) {
        guint end = READERS[i](scanner, at);
        if (end > at)
            return end;
    }
    return at + 1;
}

static guint8 code_first(const Scanner *scanner, gunichar code) {
    return code < 0x10000 ? scanner->vocabulary->first[code] : 0;
}

static void scan_text(Scanner *scanner) {
    const GArray *found = scanner->scan->scratch->found;
    guint next = 0;
    for (guint at = 0; at < scanner->text->length;) {
        while (next < found->len && g_array_index(found, Claim, next).end <= at)
            next++;
        const Claim *claim = next < found->len ? &g_array_index(found, Claim, next) : NULL;
        if (claim != NULL && claim->start <= at) /* before `at`: 12月3日【航空资（2003）575号】 */
            at = scanner_claim(scanner, at, claim->end, claim->kind, claim->pattern);
        else if (code_first(scanner, scanner->text->codes[at]) & (FIRST_TERM | FIRST_NUMBER))
            at = read_at(scanner, at);
        else
            at++;
    }
}

static void place_original(const NormalText *text, guint *start, guint *end) {
    gboolean empty = *end <= *start; /* stands right behind what is before it */
    guint first = empty ? normal_text_end(text, *start) : normal_text_start(text, *start);
    *end = empty ? first : normal_text_end(text, *end);
    *start = first;
}

static void place_all(const NormalText *text, QuantityScan *scan) {
    for (guint i = 0; i < scan->quantities->len; i++) {
        Quantity *quantity = &g_array_index(scan->quantities, Quantity, i);
        place_original(text, &quantity->start, &quantity->end);
        place_original(text, &quantity->number_start, &quantity->number_end);
        place_original(text, &quantity->unit_start, &quantity->unit_end);
    }
    for (guint i = 0; i < scan->claims->len; i++) {
        Claim *claim = &g_array_index(scan->claims, Claim, i);
        place_original(text, &claim->start, &claim->end);
    }
    for (guint i = 0; i < scan->unread->len; i++) {
        Unread *unread = &g_array_index(scan->unread, Unread, i);
        place_original(text, &unread->start, &unread->end);
    }
}

void quantity_scan(const Patterns *patterns, const gunichar *codes, guint n_codes,
                   QuantityScan *scan) {
    g_array_set_size(scan->quantities, 0);
    g_array_set_size(scan->claims, 0);
    g_array_set_size(scan->unread, 0);
    normal_text_read(&scan->scratch->text, codes, n_codes);
    Scanner scanner = {.vocabulary = patterns->vocabulary,
                       .original = codes,
                       .text = &scan->scratch->text,
                       .scan = scan};
    scanner_find_expressions(&scanner);
    scan_text(&scanner);
    scanner_join_bounds(&scanner);
    scanner_share_units(&scanner);
    place_all(scanner.text, scan);
}

static char *value_text(Decimal value, Decimal divisor, const char *date) {
    if (date[0] != '\0')
        return g_strdup(date);
    g_autofree char *numerator = decimal_text(value);
    if (divisor.coefficient == 1 && divisor.decimals == 0)
        return g_steal_pointer(&numerator);
    g_autofree char *denominator = decimal_text(divisor);
    return g_strconcat(numerator, "/", denominator, NULL);
}

char *quantity_text(const Quantity *quantity) {
    return value_text(quantity->value, quantity->divisor, quantity->date);
}

char *quantity_text_high(const Quantity *quantity) {
    if (quantity->qualifier != QUALIFIER_RANGE)
        return NULL;
    return value_text(quantity->value_high, quantity->high_divisor, quantity->date_high);
}

char *characters_text(const gunichar *codes, guint start, guint end) {
    char *text = g_malloc((gsize)(end - start) * TEXT_BYTES_MAX + 1), *at = text;
    for (guint i = start; i < end; i++)
        if (code_is_plain(codes[i]) || !g_unichar_isspace(codes[i]))
            at = code_write(codes[i], at);
    *at = '\0';
    return text;
}
