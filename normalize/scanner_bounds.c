/* Currency and bounds on both sides of a figure: 不超过人民币50万元, 比一百大, 90%（含）以上. */
#include "normalize/figure_reading.h"

enum { BOUNDS_MAX = 3 };

/* The stronger of two bounds: 约 gives way to everything, a range to nothing. */
static Qualifier bound_join(Qualifier held, Qualifier other) {
    if (held == QUALIFIER_RANGE || other == QUALIFIER_EXACT)
        return held;
    return held == QUALIFIER_EXACT || held == QUALIFIER_ABOUT ? other : held;
}

void bounds_before_read(const Scanner *scanner, FigureReading *reading) {
    Quantity *quantity = &reading->quantity;
    for (guint n = 0; n < BOUNDS_MAX; n++) {
        guint word = 0;
        guint length = scanner_match_before(scanner, TRIE_CURRENCY, quantity->start, &word);
        if (length > 0 && (quantity->kind == FIGURE_NUMBER || quantity->kind == FIGURE_AMOUNT)) {
            const UnitWord *currency = vocabulary_unit(scanner->vocabulary, word);
            quantity->start -= length;
            if (quantity->kind == FIGURE_NUMBER || g_strcmp0(quantity->unit, "元") == 0) {
                quantity->kind = FIGURE_AMOUNT; /* 新台币177.1亿元 */
                quantity->unit = currency->unit;
                quantity->pattern = currency->pattern;
            }
            continue;
        }
        length = scanner_match_before(scanner, TRIE_BEFORE, quantity->start, &word);
        const BoundWord *bound = length == 0 ? NULL : vocabulary_bound(scanner->vocabulary, word);
        if (bound == NULL || bound->stops ||
            (bound->bare && chinese_power(scanner_code(scanner, reading->number.start)) == 0))
            return;
        quantity->start -= length;
        quantity->qualifier = bound_join(quantity->qualifier, bound->qualifier);
        reading->number.bare = FALSE;
    }
}

/* 比四分之一大. */
static gboolean compared_read(const Scanner *scanner, Quantity *quantity) {
    static const gunichar *const MORE[] = {U"大", U"多", U"高", NULL};
    static const gunichar *const LESS[] = {U"小", U"少", U"低", NULL};
    if (quantity->start <= scanner->floor || !scanner_is(scanner, quantity->start - 1, U"比") ||
        (quantity->start > 1 && code_is_digit(scanner_code(scanner, quantity->start - 2))))
        return FALSE;
    for (gsize i = 0; MORE[i] != NULL; i++) {
        gboolean more = scanner_is(scanner, quantity->end, MORE[i]);
        if (!more && !scanner_is(scanner, quantity->end, LESS[i]))
            continue;
        quantity->qualifier = more ? QUALIFIER_OVER : QUALIFIER_UNDER;
        quantity->start--;
        quantity->end++;
        return TRUE;
    }
    return FALSE;
}

guint inclusion_end(const Scanner *scanner, const FigureReading *reading, gboolean *excluded) {
    const Quantity *quantity = &reading->quantity;
    const guint at = quantity->end;
    const gboolean without = scanner_is(scanner, at, U"(不含");
    FigureReading again;
    guint malformed;
    if (excluded != NULL)
        *excluded = without;
    if ((!without && !scanner_is(scanner, at, U"(含")) ||
        !figure_read(scanner, at + (without ? 3 : 2), &again, &malformed) ||
        scanner_code(scanner, again.quantity.end) != ')' ||
        (decimal_compare(again.quantity.value, quantity->value) != 0 &&
         decimal_compare(again.quantity.value, quantity->value_high) != 0) ||
        g_strcmp0(again.quantity.unit, quantity->unit) != 0)
        return at;
    return again.quantity.end + 1;
}

/* Without the figure itself a bound is strict. */
static Qualifier strict(Qualifier qualifier) {
    return qualifier == QUALIFIER_AT_LEAST  ? QUALIFIER_OVER
           : qualifier == QUALIFIER_AT_MOST ? QUALIFIER_UNDER
                                            : qualifier;
}

static gboolean one_bound_read(const Scanner *scanner, Quantity *quantity) {
    guint word = 0, length = scanner_match(scanner, TRIE_AFTER, quantity->end, &word);
    if (length == 0 || vocabulary_bound(scanner->vocabulary, word)->stops)
        return FALSE;
    quantity->end += length;
    quantity->qualifier =
        bound_join(quantity->qualifier, vocabulary_bound(scanner->vocabulary, word)->qualifier);
    return TRUE;
}

void bounds_after_read(const Scanner *scanner, FigureReading *reading) {
    Quantity *quantity = &reading->quantity;
    gboolean excluded;
    if (compared_read(scanner, quantity))
        return;
    const guint held = quantity->end, behind = inclusion_end(scanner, reading, &excluded);
    quantity->end = behind; /* 50万元（含50万元）以上 */
    if (!one_bound_read(scanner, quantity)) {
        quantity->end = held;
        return;
    }
    for (guint n = 1; n < BOUNDS_MAX && one_bound_read(scanner, quantity); n++)
        ;
    if (behind == held) /* 50万元以上（不含50万元） */
        inclusion_end(scanner, reading, &excluded);
    if (excluded)
        quantity->qualifier = strict(quantity->qualifier);
}
