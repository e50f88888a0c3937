/* Years, dates, months and days, and ranges of them; times of the day are claimed.
 *
 * 2021年 2021年6月30日 二〇二一年 2021-06-30 2021/6/30 2021.12.31 6月30日; 2021—2023年,
 * 2021年1-6月, 2019、2020和2021年 (a bare number before is a year when the last has its 年). */
#include "normalize/scanner.h"
#include <string.h>

enum { YEAR_FIRST = 1900, YEAR_LAST = 2099, SHORT_YEAR_LAST = 59, CHAIN_MAX = 8 };

typedef struct {
    int year, month, day; /* 0: not said */
    guint end;
    gboolean part; /* 年底: a date of the precision of a year */
} DateReading;

static guint digits_read(const Scanner *scanner, guint at, guint most, int *value) {
    guint end = at;
    *value = 0;
    while (end < at + most && code_is_digit(scanner_code(scanner, end)) &&
           (end == at || scanner->text->gaps[end] == TEXT_GAP_NONE))
        *value = *value * 10 + (int)(scanner_code(scanner, end++) - '0');
    return code_is_digit(scanner_code(scanner, end)) && scanner->text->gaps[end] == TEXT_GAP_NONE
               ? at
               : end;
}

/* The letter O stands in for 〇 here, and only here. */
static int year_digit(gunichar code) {
    if (code == 'O' || code == 'o' || code == '0' || code == 0x25EF)
        return 0;
    return chinese_digit(code);
}

static guint year_read(const Scanner *scanner, guint at, int *year) {
    guint end = digits_read(scanner, at, 4, year);
    if (end != at + 4) {
        *year = 0;
        for (end = at; end < at + 4 && year_digit(scanner_code(scanner, end)) >= 0; end++)
            *year = *year * 10 + year_digit(scanner_code(scanner, end));
        if (end != at + 4 || chinese_digit(scanner_code(scanner, at)) < 1)
            return 0;
    }
    return *year >= YEAR_FIRST && *year <= YEAR_LAST ? end : 0;
}

/* 六, 十二, 三十一. */
static guint chinese_small_read(const Scanner *scanner, guint at, int *value) {
    int digit = chinese_digit(scanner_code(scanner, at)), tens = -1;
    guint end = at + (digit > 0 ? 1 : 0);
    if (chinese_power(scanner_code(scanner, end)) == 1) {
        tens = digit > 0 ? digit : 1;
        digit = chinese_digit(scanner_code(scanner, ++end));
        end += digit > 0 ? 1 : 0;
    }
    *value = (tens > 0 ? tens * 10 : 0) + MAX(digit, 0);
    gunichar next = scanner_code(scanner, end);
    return chinese_digit(next) >= 0 || chinese_power(next) > 0 ? at : end;
}

/* A small whole number, Arabic or Chinese: 6, 十二. */
static guint small_read(const Scanner *scanner, guint at, int most, int *value) {
    guint end = digits_read(scanner, at, 2, value);
    if (end == at)
        end = chinese_small_read(scanner, at, value);
    return end > at && *value >= 1 && *value <= most ? end : 0;
}

/* 6月30日 behind a year, or alone. */
static guint month_read(const Scanner *scanner, guint at, DateReading *date) {
    guint end = small_read(scanner, at, 12, &date->month);
    if (end == 0 || !scanner_is(scanner, end, U"月")) {
        date->month = 0;
        return 0;
    }
    guint day = small_read(scanner, ++end, 31, &date->day);
    if (day != 0 && (scanner_is(scanner, day, U"日") || scanner_is(scanner, day, U"号")))
        return day + 1;
    date->day = 0;
    return scanner_is(scanner, end, U"份") ? end + 1 : end;
}

/* 2021-06-30, 2021/6/30, 2021.12.31, 2021-06. */
static guint numeric_read(const Scanner *scanner, guint at, DateReading *date) {
    guint end = digits_read(scanner, at, 4, &date->year);
    gunichar mark = scanner_code(scanner, end);
    if (end != at + 4 || date->year < YEAR_FIRST || date->year > YEAR_LAST ||
        (mark != '-' && mark != '/' && mark != '.'))
        return 0;
    guint month = digits_read(scanner, end + 1, 2, &date->month);
    if (month == end + 1 || date->month < 1 || date->month > 12)
        return 0;
    if (scanner_code(scanner, month) != mark)
        return mark == '-' && month == end + 3 && scanner_is_edge(scanner, month) ? month : 0;
    guint day = digits_read(scanner, month + 1, 2, &date->day);
    if (day == month + 1 || date->day < 1 || date->day > 31 ||
        code_is_latin(scanner_code(scanner, day)))
        return 0;
    return day;
}

/* 年, 财年, 学年 behind the digits of a year. */
static guint year_word_end(const Scanner *scanner, guint at) {
    static const gunichar *const WORDS[] = {U"年", U"财年", U"学年", U"财政年", U"预算年", NULL};
    guint n = 0;
    for (gsize i = 0; WORDS[i] != NULL && n == 0; i++)
        n = scanner_word(scanner, at, WORDS[i]);
    return n == 0 ? 0 : at + n;
}

/* “21年6月”: two digits of a year before its month. */
static guint short_year_read(const Scanner *scanner, guint at, DateReading *date) {
    guint end = digits_read(scanner, at, 2, &date->year);
    date->year += date->year > SHORT_YEAR_LAST ? 1900 : 2000;
    if (end != at + 2 || !scanner_is(scanner, end, U"年")) {
        date->year = 0;
        return 0;
    }
    end = month_read(scanner, end + 1, date);
    if (end == 0)
        *date = (DateReading){.year = 0};
    return end;
}

static guint one_read(const Scanner *scanner, guint at, DateReading *date) {
    *date = (DateReading){.year = 0};
    guint end = year_read(scanner, at, &date->year);
    guint word = end == 0 ? 0 : year_word_end(scanner, end);
    if (word != 0) {
        end = word;
        guint month = month_read(scanner, end, date);
        if (month == 0 && (scanner_is(scanner, end, U"底") || scanner_is(scanner, end, U"末") ||
                           scanner_is(scanner, end, U"初"))) {
            date->part = TRUE;
            end++;
        }
        return date->end = month != 0 ? month : end;
    }
    *date = (DateReading){.year = 0};
    end = short_year_read(scanner, at, date);
    if (end != 0)
        return date->end = end;
    end = numeric_read(scanner, at, date);
    if (end == 0) {
        *date = (DateReading){.year = 0};
        end = month_read(scanner, at, date);
    }
    return date->end = end;
}

static guint joiner_end(const Scanner *scanner, guint at) {
    static const gunichar *const JOINERS[] = {U"至", U"到", U"--", U"-", U"—", U"——",
                                              U"–",  U"~",  U"～", U"−", NULL};
    guint end = at;
    for (gsize i = 0; JOINERS[i] != NULL; i++)
        end = MAX(end, at + scanner_word(scanner, at, JOINERS[i]));
    return end;
}

static void date_text(const DateReading *date, char *text) {
    if (date->year == 0 && date->day == 0)
        g_snprintf(text, 12, "--%02d", date->month % 100);
    else if (date->year == 0)
        g_snprintf(text, 12, "--%02d-%02d", date->month % 100, date->day % 100);
    else if (date->month == 0)
        g_snprintf(text, 12, "%04d", date->year % 10000);
    else if (date->day == 0)
        g_snprintf(text, 12, "%04d-%02d", date->year % 10000, date->month % 100);
    else
        g_snprintf(text, 12, "%04d-%02d-%02d", date->year % 10000, date->month % 100,
                   date->day % 100);
}

static Quantity date_quantity(const DateReading *date, guint start, guint end) {
    gboolean year = date->month == 0 && !date->part;
    Quantity quantity = {.kind = year ? FIGURE_YEAR : FIGURE_DATE,
                         .divisor = decimal_from_integer(1),
                         .high_divisor = decimal_from_integer(1),
                         .start = start,
                         .end = end,
                         .number_start = start,
                         .number_end = end,
                         .unit_start = end,
                         .unit_end = end,
                         .pattern = year ? "year" : "date"};
    quantity.value = quantity.value_high = decimal_from_integer(date->year);
    if (!year)
        date_text(date, quantity.date);
    return quantity;
}

static gboolean date_before(const DateReading *a, const DateReading *b) {
    int one = (a->year * 100 + a->month) * 100 + a->day;
    int other = (b->year * 100 + b->month) * 100 + b->day;
    return one < other;
}

static guint range_add(Scanner *scanner, guint at, const DateReading *first,
                       const DateReading *last) {
    Quantity quantity = date_quantity(first, at, last->end);
    quantity.qualifier = QUALIFIER_RANGE;
    quantity.value_high = decimal_from_integer(last->year);
    if (quantity.kind != FIGURE_YEAR)
        date_text(last, quantity.date_high);
    return scanner_add(scanner, &quantity);
}

/* “2021—2023年”, “1-6月”, “2021年1-6月”: the first without its 年 or 月. */
static guint short_range_read(Scanner *scanner, guint at) {
    DateReading first = {.year = 0}, last;
    guint end = year_read(scanner, at, &first.year), with_year = 0;
    if (end != 0 && scanner_is(scanner, end, U"年"))
        with_year = end + 1;
    if (end == 0 || with_year != 0) {
        end = small_read(scanner, with_year != 0 ? with_year : at, 12, &first.month);
        if (end == 0)
            return 0;
    }
    guint next = joiner_end(scanner, end);
    if (next == end || one_read(scanner, next, &last) == 0)
        return 0;
    if (with_year != 0 && last.year == 0)
        last.year = first.year;
    gboolean same = (first.month == 0) == (last.month == 0) &&
                    (first.year == 0) == (last.year == 0) && last.day == 0;
    return same && date_before(&first, &last) ? range_add(scanner, at, &first, &last) : 0;
}

/* “2019、2020和2021年”: bare years before one with 年. */
static guint bare_year_read(Scanner *scanner, guint at) {
    static const gunichar *const BETWEEN[] = {U"、", U"和", U"与", U"及", U",", U"/", NULL};
    DateReading date = {.year = 0};
    int other;
    guint first = year_read(scanner, at, &date.year), end = first;
    for (guint n = 0; end != 0 && n < CHAIN_MAX; n++) {
        if (year_word_end(scanner, end) != 0)
            break;
        guint next = end;
        for (gsize i = 0; BETWEEN[i] != NULL && next == end; i++)
            next += scanner_is(scanner, end, BETWEEN[i]) ? 1 : 0;
        end = next == end ? 0 : year_read(scanner, next, &other);
    }
    if (end == 0 || year_word_end(scanner, end) == 0 || year_word_end(scanner, first) != 0)
        return 0;
    Quantity quantity = date_quantity(&date, at, first);
    return scanner_add(scanner, &quantity);
}

/* 比, 比例为, 配比 shortly before. */
static gboolean proportion_before(const Scanner *scanner, guint at) {
    for (guint n = 1; n <= 4 && n <= at; n++)
        if (scanner_is(scanner, at - n, U"比"))
            return TRUE;
    return FALSE;
}

/* 12:30, 8时30分, 八点三十分: not a figure. “3:2” after 比 is a ratio. */
static guint time_read(Scanner *scanner, guint at) {
    int hour, minute;
    guint end = digits_read(scanner, at, 2, &hour), word = 0;
    if (end != at && scanner_code(scanner, end) == ':' && hour < 24) {
        guint last = digits_read(scanner, end + 1, 2, &minute);
        if (last == end + 3 && minute < 60 && !scanner_is(scanner, last, U"的") &&
            scanner_match(scanner, TRIE_UNIT, last, &word) == 0 &&
            scanner_code(scanner, last) != ':' && !code_is_latin(scanner_code(scanner, last)) &&
            !proportion_before(scanner, at))
            return scanner_claim(scanner, at, last, "time", "clock");
    }
    end = small_read(scanner, at, 24, &hour);
    if (end == 0 || !(scanner_is(scanner, end, U"时") || scanner_is(scanner, end, U"点")))
        return 0;
    guint last = small_read(scanner, end + 1, 59, &minute);
    if (last != 0 && scanner_is(scanner, last, U"分") && !scanner_is(scanner, last, U"分之") &&
        (scanner_is(scanner, end, U"时") || chinese_digit(scanner_code(scanner, end + 1)) < 0 ||
         last > end + 2))
        return scanner_claim(scanner, at, last + 1, "time", "clock");
    static const gunichar *const PARTS[] = {U"早上", U"上午", U"中午", U"下午", U"晚上",
                                            U"凌晨", U"傍晚", U"夜间", U"清晨", NULL};
    const GArray *before = scanner->scan->quantities;
    gboolean daytime = before->len > 0 && at == scanner->floor &&
                       g_array_index(before, Quantity, before->len - 1).kind == FIGURE_DATE;
    for (gsize i = 0; PARTS[i] != NULL && at >= 2; i++)
        daytime |= scanner_is(scanner, at - 2, PARTS[i]);
    daytime |= at > 0 && (scanner_is(scanner, at - 1, U"晚") || scanner_is(scanner, at - 1, U"早"));
    if (daytime)
        return scanner_claim(scanner, at, end + 1, "time", "clock");
    if (scanner_is(scanner, end, U"点整") || scanner_is(scanner, end, U"点半") ||
        scanner_is(scanner, end, U"时整"))
        return scanner_claim(scanner, at, end + 2, "time", "clock");
    return 0;
}

/* “30日” without its month. */
static guint day_read(Scanner *scanner, guint at) {
    int day;
    guint end = small_read(scanner, at, 31, &day);
    if (end == 0 || !scanner_is(scanner, end, U"日") || scanner_is(scanner, end, U"日元") ||
        scanner_is(scanner, end, U"日内"))
        return 0;
    return scanner_claim(scanner, at, end + 1, "day", "day");
}

guint scanner_read_date(Scanner *scanner, guint at) {
    gunichar code = scanner_code(scanner, at);
    if (!code_is_digit(code) && chinese_digit(code) < 0 && chinese_power(code) != 1)
        return 0;
    if (at > 0 && scanner->text->gaps[at] == TEXT_GAP_NONE) {
        gunichar before = scanner_code(scanner, at - 1);
        gboolean token = at > 1 && (before == '-' || before == '_' || before == '/') &&
                         code_is_latin(scanner_code(scanner, at - 2)); /* HT-2021-08 */
        if (code_is_latin(before) || token ||
            (before == '.' && code_is_digit(code) && at - 1 != scanner->floor))
            return 0;
    }
    guint end = short_range_read(scanner, at);
    if (end == 0)
        end = bare_year_read(scanner, at);
    if (end != 0)
        return end;
    DateReading first, last;
    if (one_read(scanner, at, &first) == 0) {
        end = time_read(scanner, at);
        return end != 0 ? end : day_read(scanner, at);
    }
    guint next = joiner_end(scanner, first.end);
    int day;
    guint closing = next == first.end || first.day == 0 ? 0 : small_read(scanner, next, 31, &day);
    if (closing != 0 && scanner_is(scanner, closing, U"日")) { /* 10月1日至7日 */
        last = first;
        last.day = day;
        last.end = closing + 1;
        if (date_before(&first, &last))
            return range_add(scanner, at, &first, &last);
    }
    if (next != first.end && one_read(scanner, next, &last) != 0) {
        if (last.year == 0)
            last.year = first.year;
        if (last.month == 0 && first.month != 0 && last.day == 0)
            last.month = 0;
        if ((first.month == 0) == (last.month == 0) && date_before(&first, &last))
            return range_add(scanner, at, &first, &last);
    }
    Quantity quantity = date_quantity(&first, at, first.end);
    return scanner_add(scanner, &quantity);
}
