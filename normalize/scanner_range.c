/* Two figures and what joins them: 5-10万元, 10～20家, 2.5万至3万元, 从8500到3万港元,
 * 在十和二十之间. The unit of the second counts for the first when that has none, and its 万 or 亿
 * too when the first would otherwise be out of proportion: 一千到两千万. */
#include "normalize/figure_reading.h"

static guint joiner_end(const Scanner *scanner, guint at) {
    static const gunichar *const JOINERS[] = {U"至", U"到", U"--", U"-", U"—",  U"——", U"––",
                                              U"–",  U"~",  U"～", U"−", U"－", NULL};
    guint end = at;
    for (gsize i = 0; JOINERS[i] != NULL; i++)
        end = MAX(end, at + scanner_word(scanner, at, JOINERS[i]));
    return end;
}

static gboolean between_joins(const Scanner *scanner, guint at) {
    return scanner_is(scanner, at, U"和") || scanner_is(scanner, at, U"与") ||
           scanner_is(scanner, at, U"跟");
}

/* The first takes the unit of the second, and its magnitude where that keeps them in order. */
static gboolean distribute(FigureReading *first, const FigureReading *second) {
    Quantity *a = &first->quantity;
    const Quantity *b = &second->quantity;
    if (a->unit != NULL || a->kind != FIGURE_NUMBER)
        return g_strcmp0(a->unit, b->unit) == 0 && a->kind == b->kind;
    if (second->unit != NULL && second->unit->power != 0 &&
        !reading_scale(first, second->unit->power))
        return FALSE;
    int magnitude = second->number.power;
    Decimal scaled;
    if (first->number.power == 0 && magnitude > 0 && decimal_scale(a->value, magnitude, &scaled) &&
        decimal_compare(scaled, b->value) < 0 && !reading_scale(first, magnitude))
        return FALSE;
    a->unit_power = b->unit_power;
    a->kind = b->kind;
    a->unit = b->unit;
    a->pattern = b->pattern;
    return TRUE;
}

/* “百分之五至十”: the second is of the same share. */
static void share_again(const FigureReading *first, FigureReading *second) {
    if (!first->fraction || first->quantity.kind != FIGURE_PERCENT || second->fraction ||
        second->unit != NULL || !reading_scale(second, first->quantity.unit_power))
        return;
    second->quantity.kind = FIGURE_PERCENT;
    second->quantity.unit = first->quantity.unit;
}

/* 三到五: nothing but the two stands there. */
static gboolean stand_alone(const Scanner *scanner, const FigureReading *first,
                            const FigureReading *second) {
    return scanner_is_edge_before(scanner, first->quantity.start) &&
           scanner_is_edge(scanner, second->quantity.end);
}

/* 三到四【成】, 8-9【折】: the tenths of the second are those of the first. */
static gboolean share_tenths(FigureReading *first, const FigureReading *second) {
    const Quantity *last = &second->quantity;
    if (!second->fraction || last->kind != FIGURE_PERCENT || last->unit_power != 1 ||
        first->fraction || first->unit != NULL)
        return TRUE;
    if (!reading_scale(first, first->number.digits > 1 && first->number.decimals == 0 ? 0 : 1))
        return FALSE;
    first->quantity.kind = FIGURE_PERCENT;
    first->quantity.unit = last->unit;
    return TRUE;
}

static gboolean second_read(const Scanner *scanner, guint at, const FigureReading *first,
                            FigureReading *second) {
    guint malformed, word = 0;
    guint currency = 0;
    if (scanner->text->gaps[at] == TEXT_GAP_WIDE)
        return FALSE;
    if (scanner_is(scanner, at, U"人民币"))
        currency = 3;
    if (scanner_match(scanner, TRIE_TERM, at, &word) > 0)
        return FALSE;
    return figure_read(scanner, at + currency, second, &malformed) &&
           (!second->number.chinese || second->unit != NULL || second->number.compound ||
            second->fraction || first->fraction || stand_alone(scanner, first, second));
}

static gboolean may_join(const FigureReading *first) {
    const Quantity *quantity = &first->quantity;
    return quantity->kind != FIGURE_RANK && (!first->number.bare || first->fraction) &&
           !(first->number.leading_zero) &&
           decimal_compare(quantity->value, quantity->value_high) == 0;
}

static void join(FigureReading *first, const FigureReading *second) {
    Quantity *a = &first->quantity;
    a->qualifier = QUALIFIER_RANGE;
    a->value_high = second->quantity.value;
    a->high_divisor = second->quantity.divisor;
    a->end = second->quantity.end;
    a->unit_start = second->quantity.unit_start;
    a->unit_end = second->quantity.unit_end;
    a->decimals = MAX(a->decimals, second->quantity.decimals);
    first->unit = second->unit;
}

static gboolean in_order(const Quantity *a, const Quantity *b) {
    Decimal left, right;
    return decimal_multiply(a->value, b->divisor, &left) &&
           decimal_multiply(b->value, a->divisor, &right) && decimal_compare(left, right) < 0;
}

/* 90（含）-100分, 10万元（含10万元）至50万元. */
static guint inclusive_end(const Scanner *scanner, const FigureReading *first) {
    const guint at = first->quantity.end;
    if (scanner_is(scanner, at, U"(含)"))
        return at + 3;
    return scanner_is(scanner, at, U"(不含)") ? at + 4 : inclusion_end(scanner, first, NULL);
}

/* “1-98.76%” is a difference. */
static gboolean is_difference(const FigureReading *first, const FigureReading *second) {
    return first->unit == NULL && second->quantity.kind == FIGURE_PERCENT &&
           decimal_compare(first->quantity.value, decimal_from_integer(1)) == 0 &&
           second->number.decimals > 0;
}

gboolean range_read(const Scanner *scanner, FigureReading *reading) {
    Quantity *quantity = &reading->quantity;
    FigureReading second, held = *reading;
    guint from = inclusive_end(scanner, reading), at = joiner_end(scanner, from);
    gboolean between = at == from;
    if (between && between_joins(scanner, from))
        at++;
    if (at == from || !may_join(reading) || !second_read(scanner, at, reading, &second))
        return FALSE;
    share_again(reading, &second);
    gboolean closed = scanner_is(scanner, second.quantity.end, U"之间");
    if ((between && !closed) || is_difference(reading, &second) || second.number.leading_zero ||
        decimal_compare(second.quantity.value, second.quantity.value_high) != 0 ||
        !share_tenths(reading, &second) || !distribute(reading, &second) ||
        !in_order(quantity, &second.quantity)) {
        *reading = held;
        return FALSE;
    }
    join(reading, &second);
    if (closed)
        quantity->end += 2;
    if (quantity->start > scanner->floor && quantity->start > 0) {
        if (scanner_is(scanner, quantity->start - 1, U"从") ||
            (closed && scanner_is(scanner, quantity->start - 1, U"在")))
            quantity->start--;
        else if (closed && quantity->start > 1 && scanner_is(scanner, quantity->start - 2, U"介于"))
            quantity->start -= 2;
    }
    return TRUE;
}
