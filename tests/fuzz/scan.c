/* The number scanner on any characters: what it finds stands in order, within the text, and no two
 * of them overlap. */
#include "normalize/quantity.h"
#include "tests/fuzz/fuzz.h"

enum { SPAN_NONE, SPAN_TAKEN };

/* Marks the characters of a span, each of which may be taken once. */
static void take(guint8 *marks, guint n, guint start, guint end) {
    FUZZ_DEMAND(start < end && end <= n);
    for (guint i = start; i < end; i++) {
        FUZZ_DEMAND(marks[i] == SPAN_NONE);
        marks[i] = SPAN_TAKEN;
    }
}

static void check_scan(const QuantityScan *scan, guint n) {
    g_autofree guint8 *marks = g_malloc0(n + 1);
    for (guint i = 0; i < scan->quantities->len; i++) {
        const Quantity *quantity = &g_array_index(scan->quantities, Quantity, i);
        take(marks, n, quantity->start, quantity->end);
        g_autofree char *text = quantity_text(quantity);
        FUZZ_DEMAND(text != NULL && *text != '\0');
    }
    for (guint i = 0; i < scan->claims->len; i++) {
        const Claim *claim = &g_array_index(scan->claims, Claim, i);
        take(marks, n, claim->start, claim->end);
    }
    for (guint i = 0; i < scan->unread->len; i++) {
        const Unread *unread = &g_array_index(scan->unread, Unread, i);
        take(marks, n, unread->start, unread->end);
    }
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, size_t length) {
    static Patterns *patterns;
    static QuantityScan *scan;
    if (patterns == NULL) {
        patterns = patterns_load(NULL, NULL);
        FUZZ_DEMAND(patterns != NULL);
        scan = quantity_scan_new();
    }
    g_autofree char *text = g_utf8_make_valid((const char *)bytes, (gssize)length);
    glong n;
    g_autofree gunichar *codes = g_utf8_to_ucs4_fast(text, -1, &n);
    quantity_scan(patterns, codes, (guint)n, scan);
    check_scan(scan, (guint)n);
    UnitReading unit;
    unit_parse(patterns, codes, (guint)n, &unit);
    unit_find(patterns, codes, (guint)n, &unit);
    return 0;
}
