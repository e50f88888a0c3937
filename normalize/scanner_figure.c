/* A figure at a place: read outwards from its number, made a range by a second one behind a dash,
 * with currency and bounds on both sides; then asked whether it means a number at all. */
#include "normalize/figure_reading.h"

guint scanner_figure_end(Scanner *scanner, guint at) {
    FigureReading reading;
    guint malformed;
    return figure_read(scanner, at, &reading, &malformed) ? reading.quantity.end : malformed;
}

static guint chinese_run_end(const Scanner *scanner, guint at) {
    while (chinese_digit(scanner_code(scanner, at)) >= 0 ||
           chinese_power(scanner_code(scanner, at)) > 0)
        at++;
    return at;
}

/* All that hangs together with the numeral: “1.2万3.4” with its points, commas and magnitudes. */
static guint malformed_end(const Scanner *scanner, guint end) {
    for (;; end++) {
        gunichar code = scanner_code(scanner, end), next = scanner_code(scanner, end + 1);
        gboolean mark =
            (code == ',' || code == '.' || code == '\'' || code == 0x2019 || chinese_point(code)) &&
            (code_is_digit(next) || chinese_digit(next) >= 0 || next == code ||
             (chinese_point(code) && chinese_power(next) > 0));
        if (!mark && !code_is_digit(code) && chinese_digit(code) < 0 && chinese_power(code) == 0)
            return end;
    }
}

/* Arabic digits that are no number are unread; Chinese ones are where a unit follows. */
static guint malformed_read(Scanner *scanner, guint at, guint end) {
    guint word = 0;
    gunichar code = scanner_code(scanner, at);
    if (!code_is_digit(code) && chinese_digit(code) < 0 && chinese_power(code) == 0)
        return end;
    end = malformed_end(scanner, end);
    if (code_is_digit(code) || (scanner_match(scanner, TRIE_UNIT, end, &word) > 0 && end > at + 1))
        return scanner_unread(scanner, at, end, "malformed");
    return end;
}

guint scanner_read_figure(Scanner *scanner, guint at) {
    FigureReading reading;
    guint malformed, start = at;
    if (scanner_code(scanner, at) == '.' && !scanner_is_edge_before(scanner, at) &&
        scanner->text->gaps[at] == TEXT_GAP_NONE)
        return 0; /* the end of a sentence, or of another number */
    if (!figure_read(scanner, at, &reading, &malformed))
        return malformed > at ? malformed_read(scanner, at, malformed) : 0;
    brackets_read(scanner, &reading);
    gboolean range = range_read(scanner, &reading);
    bounds_before_read(scanner, &reading);
    if (!range || reading.quantity.qualifier == QUALIFIER_RANGE)
        bounds_after_read(scanner, &reading);
    if (!range && !figure_means_number(scanner, &reading)) {
        guint end = MAX(chinese_run_end(scanner, start), start + 1);
        if (reading.unit == NULL)
            return end;
        gboolean unit = reading.number.bare && reading.unit->kind == FIGURE_AMOUNT;
        return scanner_claim(scanner, start, reading.number.end, unit ? "unit" : "word",
                             unit ? reading.unit->pattern : "word");
    }
    money_by_context(scanner, &reading);
    const guint end = scanner_add(scanner, &reading.quantity);
    const guint again = inclusion_end(scanner, &reading, NULL); /* 50万元以上【（含50万元）】 */
    return again > end && reading.quantity.qualifier != QUALIFIER_EXACT
               ? scanner_claim(scanner, end, again, "bound", "inclusion")
               : end;
}
