/* Groups of three may be set off by commas (half or full width) or by single spaces, never by
 * both. A full-width comma also separates the members of a list, so “300，500” stays two numbers
 * while “82，225.00” and “１，１２３” are one. A line break may stand inside a group: “1,2 34.56”.
 */
#include "normalize/numeral_arabic.h"
#include <string.h>

enum {
    GLUED_DECIMALS = 2,
    GROUP_DIGITS = 3,
    GROUP_JOINED_MAX = 5,
    FULL_WIDTH_COMMA = 0xFF0C,
    FULL_WIDTH_ZERO = 0xFF10
};

static guint digits_end(const NormalText *text, guint at) {
    guint end = at;
    while (end < text->length && code_is_digit(text->codes[end]) &&
           (end == at || text->gaps[end] == TEXT_GAP_NONE))
        end++;
    return end;
}

/* The end of three digits at `at`, of which a line break may stand among; 0 without them. */
static guint group_end(const NormalText *text, guint at) {
    guint end = at;
    while (end < at + 3 && end < text->length && code_is_digit(text->codes[end]))
        end++;
    if (end != at + 3)
        return 0;
    gboolean longer =
        end < text->length && code_is_digit(text->codes[end]) && text->gaps[end] == TEXT_GAP_NONE;
    return longer ? 0 : end;
}

static gboolean point_follows(const NormalText *text, guint at) {
    return at + 1 < text->length && text->codes[at] == '.' && text->gaps[at] == TEXT_GAP_NONE &&
           text->gaps[at + 1] == TEXT_GAP_NONE && code_is_digit(text->codes[at + 1]);
}

static const UnitWord *unit_at(const Vocabulary *vocabulary, const NormalText *text, guint at) {
    guint word = 0;
    if (at >= text->length ||
        trie_match(vocabulary->tries[TRIE_UNIT], text->codes + at, text->length - at, &word) == 0)
        return NULL;
    const UnitWord *unit = vocabulary_unit(vocabulary, word);
    return unit->unit == NULL ? NULL : unit;
}

static gboolean unit_follows(const Vocabulary *vocabulary, const NormalText *text, guint at) {
    return at < text->length && (chinese_power(text->codes[at]) > 0 || text->codes[at] == '%' ||
                                 unit_at(vocabulary, text, at) != NULL);
}

/* What follows measures: a magnitude, money, a share, a length; not whole things, not a date. */
static gboolean measure_follows(const Vocabulary *vocabulary, const NormalText *text, guint at) {
    const UnitWord *unit = unit_at(vocabulary, text, at);
    return at < text->length && !chinese_calendar(text->codes[at]) &&
           (chinese_power(text->codes[at]) > 0 || (unit != NULL && !unit->discrete));
}

static gboolean money_follows(const Vocabulary *vocabulary, const NormalText *text, guint at) {
    guint from = at;
    while (at < text->length && chinese_power(text->codes[at]) > 0)
        at++;
    const UnitWord *unit = unit_at(vocabulary, text, at);
    return unit != NULL && (unit->kind == FIGURE_AMOUNT || unit->kind == FIGURE_PERCENT) &&
           text->gaps[from] == TEXT_GAP_NONE;
}

typedef struct {
    guint start, whole, last; /* the digits, the end of the first group, the end of all */
    guint n_groups, n_right;  /* behind commas; those of three digits */
    gboolean broken, wide;    /* a line break inside; full-width commas */
    gboolean narrow_digits;
} CommaRun;

static CommaRun comma_run(const NormalText *text, const gunichar *original, guint start,
                          guint whole) {
    gunichar comma = whole < text->length ? original[text->origins[whole]] : 0;
    CommaRun run = {.start = start,
                    .whole = whole,
                    .last = whole,
                    .wide = comma == FULL_WIDTH_COMMA,
                    .narrow_digits = original[text->origins[start]] < FULL_WIDTH_ZERO};
    while (run.last + 1 < text->length && run.last - whole < NUMBER_LENGTH_MAX &&
           text->codes[run.last] == ',' && original[text->origins[run.last]] == comma &&
           text->gaps[run.last] != TEXT_GAP_WIDE && code_is_digit(text->codes[run.last + 1])) {
        guint group = group_end(text, run.last + 1);
        run.broken |= text->gaps[run.last] + text->gaps[run.last + 1] != TEXT_GAP_NONE;
        run.n_right += group != 0 ? 1 : 0;
        run.last = group == 0 ? digits_end(text, run.last + 1) : group;
        run.n_groups++;
    }
    return run;
}

/* 投入1，234万元, 投入1，23万元: a few digits right behind a word, a comma, money: no list, as
 * behind 为 and 别 (分别) one would be. */
static gboolean wide_comma_joins(const Vocabulary *vocabulary, const NormalText *text,
                                 const CommaRun *run, guint behind) {
    gunichar before = run->start > 0 ? text->codes[run->start - 1] : 0;
    return run->narrow_digits && run->n_groups == 1 && run->last - run->whole - 1 == behind &&
           text->codes[run->start] != '0' && run->whole - run->start + behind <= GROUP_JOINED_MAX &&
           (before == 0 || code_is_han(before)) && before != 0x4E3A && before != 0x522B &&
           text->gaps[run->last - behind] == TEXT_GAP_NONE &&
           money_follows(vocabulary, text, run->last);
}

/* [80,100): the comma stands between the ends of an interval. */
static gboolean is_interval(const NormalText *text, const CommaRun *run) {
    gunichar open = run->start > 0 ? text->codes[run->start - 1] : 0;
    gunichar close = run->last < text->length ? text->codes[run->last] : 0;
    return run->n_groups == 1 &&
           ((open == '[' && (close == ')' || close == ']')) || (open == '(' && close == ']'));
}

/* The groups make one number. */
static gboolean comma_run_is_number(const Vocabulary *vocabulary, const NormalText *text,
                                    const CommaRun *run) {
    if (run->n_right < run->n_groups || run->whole - run->start > 3 || is_interval(text, run))
        return FALSE;
    gboolean point = point_follows(text, run->last);
    if (run->wide && run->narrow_digits && run->n_groups == 1 && !point)
        return wide_comma_joins(vocabulary, text, run, GROUP_DIGITS);
    return !run->broken || (run->wide && !run->narrow_digits) || point;
}

/* The groups are neither a number nor a list of numbers: 1,23万元 12,34,567 12,34.56. */
static gboolean comma_run_is_malformed(const Vocabulary *vocabulary, const NormalText *text,
                                       const CommaRun *run) {
    gboolean ordinal = run->start > 0 && text->codes[run->start - 1] == 0x7B2C; /* 第 */
    gboolean mixed = run->n_groups > 1 && run->n_right > 0;
    if (run->broken || ordinal)
        return FALSE;
    if (run->wide && run->n_groups == 1)
        return wide_comma_joins(vocabulary, text, run, GLUED_DECIMALS);
    if (run->wide)
        return mixed && run->n_right < run->n_groups && run->narrow_digits &&
               run->whole - run->start <= 3 && text->codes[run->start] != '0';
    if (point_follows(text, run->last) || mixed)
        return TRUE;
    if (run->n_groups > 1 || chinese_calendar(text->codes[run->last]))
        return FALSE;
    guint first = run->whole - run->start, second = run->last - run->whole - 1;
    return measure_follows(vocabulary, text, run->last) || (second > 3 && first <= 3) ||
           (second > 1 && unit_follows(vocabulary, text, run->last));
}

/* End of the groups behind commas; `whole` itself where there are none. */
static NumberState comma_groups(const Vocabulary *vocabulary, const NormalText *text,
                                const gunichar *original, guint start, guint whole, guint *end) {
    CommaRun run = comma_run(text, original, start, whole);
    *end = whole;
    if (run.n_groups == 0)
        return NUMBER_READ;
    if (!comma_run_is_number(vocabulary, text, &run))
        return comma_run_is_malformed(vocabulary, text, &run) ? NUMBER_MALFORMED : NUMBER_READ;
    if (text->codes[start] == '0') /* 0,123 */
        return run.wide ? NUMBER_READ : NUMBER_MALFORMED;
    *end = run.last;
    return NUMBER_READ;
}

/* “14 201.19”: groups of three behind single spaces, where a point or a unit ends them. */
static guint space_groups(const Vocabulary *vocabulary, const NormalText *text, guint start,
                          guint at) {
    guint end = at, n_groups = 0;
    if (at - start > 3 || text->codes[start] == '0')
        return at;
    while (end < text->length && end - at < NUMBER_LENGTH_MAX &&
           text->gaps[end] == TEXT_GAP_NARROW && digits_end(text, end) == end + 3) {
        end += 3;
        n_groups++;
    }
    if (n_groups == 0 || (end < text->length && code_is_digit(text->codes[end])))
        return at;
    gboolean cell = start == 0 && end == text->length;
    return cell || point_follows(text, end) || unit_follows(vocabulary, text, end) ? end : at;
}

/* A line break beside the point of a number: “14640. 83万元”, “达98. 5%”, “为 99. 5 %”, “1 .5倍”;
 * “共2. 83万元” is an item. */
static gboolean broken_point_follows(const Vocabulary *vocabulary, const NormalText *text,
                                     guint start, guint end) {
    gunichar before = start > 0 ? text->codes[start - 1] : 0;
    gboolean leads = before == 0x4E3A || before == 0x8FBE || before == 0x5230; /* 为 达 到 */
    gboolean inside = code_is_han(before) && (text->gaps[start] == TEXT_GAP_NONE ||
                                              (leads && text->gaps[start] == TEXT_GAP_NARROW));
    gboolean before_point = end < text->length && text->gaps[end] == TEXT_GAP_NARROW;
    if (end < start + (before_point ? 1
                       : inside     ? 2
                                    : 3) ||
        end + 1 >= text->length || text->codes[end] != '.' ||
        !code_is_digit(text->codes[end + 1]) ||
        text->gaps[end] + text->gaps[end + 1] != TEXT_GAP_NARROW)
        return FALSE;
    guint after = end + 2;
    while (after < text->length && code_is_digit(text->codes[after]) &&
           text->gaps[after] == TEXT_GAP_NONE)
        after++;
    return unit_follows(vocabulary, text, after);
}

static gboolean run_value(const NormalText *text, guint start, guint end, Decimal *value) {
    char digits[DECIMAL_TEXT_MAX + 1];
    guint n = 0;
    if (text->codes[start] == '.')
        digits[n++] = '0';
    for (guint i = start; i < end; i++) {
        if (text->codes[i] == ',')
            continue;
        if (n == DECIMAL_TEXT_MAX)
            return FALSE;
        digits[n++] = (char)text->codes[i];
    }
    digits[n] = '\0';
    return decimal_parse(digits, value);
}

/* Cells that were set without a gap: “5,617,129.773,668,113.24” has two figures with two decimals
 * each. The end of the first, or 0. */
static guint glued_end(const NormalText *text, guint point) {
    guint digits = digits_end(text, point + 1), at = digits, n_groups = 0;
    guint behind = digits - point - 1;
    if (behind <= GLUED_DECIMALS || behind > GLUED_DECIMALS + 3)
        return 0;
    for (guint group; at + 1 < text->length && text->codes[at] == ',' &&
                      text->gaps[at] == TEXT_GAP_NONE && (group = group_end(text, at + 1)) != 0;
         n_groups++)
        at = group;
    gboolean point_again = n_groups > 0 && point_follows(text, at);
    return point_again && digits_end(text, at + 1) >= at + 1 + GLUED_DECIMALS
               ? point + 1 + GLUED_DECIMALS
               : 0;
}

/* The mark behind the digits shows that they are no number: 1.2.3, 1..5, 1,234.5,6, 1,234,元,
 * 3'456元. */
static gboolean mark_is_wrong(const Vocabulary *vocabulary, const NormalText *text,
                              const gunichar *original, const ArabicRun *run) {
    if (run->end + 1 >= text->length || text->gaps[run->end] != TEXT_GAP_NONE)
        return FALSE;
    gunichar mark = text->codes[run->end], after = text->codes[run->end + 1];
    if (mark == '.' &&
        (run->decimals > 0 ? code_is_digit(after)
                           : after == '.' && code_is_digit(text->codes[run->end + 2])))
        return TRUE;
    if (mark == ',' && run->separated && run->decimals > 0 && code_is_digit(after))
        return original[text->origins[run->end]] != FULL_WIDTH_COMMA;
    if (mark == '\'' || mark == 0x2019)
        return group_end(text, run->end + 1) != 0;
    return (mark == '.' || mark == ',') && money_follows(vocabulary, text, run->end + 1);
}

NumberState arabic_read(const Vocabulary *vocabulary, const NormalText *text,
                        const gunichar *original, guint at, ArabicRun *run) {
    guint whole = digits_end(text, at), end = whole;
    if (comma_groups(vocabulary, text, original, at, whole, &end) == NUMBER_MALFORMED)
        return NUMBER_MALFORMED;
    *run = (ArabicRun){.separated = end > whole};
    if (end == whole)
        end = space_groups(vocabulary, text, at, whole);
    for (guint i = at; i < end; i++)
        run->digits += code_is_digit(text->codes[i]) ? 1 : 0;
    run->leading_zero = whole > at + 1 && text->codes[at] == '0';
    run->end = end;
    if (point_follows(text, end) || broken_point_follows(vocabulary, text, at, end)) {
        guint glued = run->separated ? glued_end(text, end) : 0;
        run->end = glued != 0 ? glued : digits_end(text, end + 1);
        run->decimals = (int)(run->end - end - 1);
    }
    if (mark_is_wrong(vocabulary, text, original, run))
        return NUMBER_MALFORMED;
    if (run->end == at || !run_value(text, at, run->end, &run->value))
        return NUMBER_MALFORMED;
    return NUMBER_READ;
}
