/* A Chinese numeral is a sum of terms of falling magnitude: digits before 千 百 十 make a section,
 * sections before 万 and 亿 the whole; within 亿 another chain with 万 may stand (万亿). Where one
 * digit is left behind a unit without 零, it counts tenths of that unit: 二百五, 九万四. A run of
 * Arabic digits can stand for any digit or section: 3万4000, 5萬4千6百.
 *
 *     三 千 四 百 五 十 六 万 七 千 八
 *     ╰── section 3456 ─╯ ×10⁴ + 7×10³ + 8×10²
 *
 * Two neighbouring digits (三四十, 十七八) are two readings of the same characters, one with each.
 */
#include "normalize/numeral_chain.h"
#include "normalize/numeral_arabic.h"

/* 廿 卅 卌: 2, 3, 4 tens in one character. */
static int chinese_tens(gunichar code) {
    return code == 0x5EFF ? 2 : code == 0x5345 ? 3 : code == 0x534C ? 4 : 0;
}

static gboolean code_is_two(gunichar code) { return code == 0x4E24 || code == 0x5169; } /* 两兩 */
static gboolean code_is_more(gunichar code) { /* 余多几來 */
    return code == 0x4F59 || code == 0x591A || code == 0x51E0 || code == 0x9918;
}

typedef struct {
    const Vocabulary *vocabulary;
    const NormalText *text;
    const gunichar *original;
    NumberReading *reading;
    guint at;
    gboolean second; /* of two neighbouring digits take the second */
    gboolean paired; /* there were two */
    gboolean valid;
    Decimal total, pending, section, digit; /* before 亿, before 万, below 万, not yet placed */
    gboolean has_digit, arabic, single, zero, has_section, has_hundred_million, has_ten_thousand;
    int last_huge;        /* of the 京 or 兆 before */
    int last_small;       /* power of the last 千 百 十 of the section */
    int last_power;       /* of the unit right before the digit, for 二百五; 0 after 零 */
    guint n_tokens, tail; /* tail: where the trailing magnitude begins, 0 without */
    int tail_power;
} Reader;

static gunichar peek(const Reader *r, guint ahead) {
    return r->at + ahead < r->text->length ? r->text->codes[r->at + ahead] : 0;
}

static void add(Reader *r, Decimal *sum, Decimal term, int power) {
    Decimal scaled;
    if (!decimal_scale(term, power, &scaled) || !decimal_add(*sum, scaled, sum))
        r->valid = FALSE;
}

/* A unit that begins with 千 or 百 (千米, 千瓦时, 百分点) is no magnitude. */
static gboolean unit_begins(const Reader *r) {
    guint word = 0;
    guint length = trie_match(r->vocabulary->tries[TRIE_UNIT], r->text->codes + r->at,
                              r->text->length - r->at, &word);
    return length > 1 && vocabulary_unit(r->vocabulary, word)->steps != 0;
}

static void place_digit(Reader *r, int power) {
    add(r, &r->section, r->has_digit ? r->digit : decimal_from_integer(1), power);
    r->has_digit = r->zero = FALSE;
    r->has_section = TRUE;
}

static gboolean unit_at(const Reader *r, guint at) {
    guint word = 0;
    return at < r->text->length &&
           trie_match(r->vocabulary->tries[TRIE_UNIT], r->text->codes + at, r->text->length - at,
                      &word) > 0 &&
           vocabulary_unit(r->vocabulary, word)->unit != NULL;
}

/* 百 or 千 right behind a unit of the section without a digit, and a numeral by what follows. */
static gboolean power_goes_on(const Reader *r) {
    gunichar next = peek(r, 1);
    return r->last_small < 4 && (!code_is_han(next) || chinese_digit(next) >= 0 ||
                                 chinese_power(next) > 0 || unit_at(r, r->at + 1));
}

/* 十 百 千. */
static gboolean take_small(Reader *r, int power) {
    int tens = chinese_tens(peek(r, 0));
    if (tens > 0 && r->has_digit)
        return FALSE;
    if (tens == 0 && !r->has_digit && power > 1 && r->n_tokens > 0) {
        r->valid = !power_goes_on(r); /* 一百百元; not 三百百姓 */
        return FALSE;
    }
    if (power >= r->last_small || (r->has_digit && !r->single && r->has_section))
        return r->valid = FALSE;
    if (tens > 0) {
        r->digit = decimal_from_integer(tens);
        r->has_digit = TRUE;
    } else if (!r->has_digit && power > 1)
        r->reading->bare = TRUE;
    place_digit(r, power);
    r->last_small = r->last_power = power;
    r->tail = r->reading->chinese ? 0 : r->tail > 0 ? r->tail : r->at;
    r->tail_power = r->reading->chinese ? 0 : r->tail_power + power;
    return TRUE;
}

/* 兆 京 垓 inside a numeral: the steps of ten thousand above 亿. */
static int chinese_huge(gunichar code) {
    return code == 0x5146 ? 12 : code == 0x4EAC ? 16 : code == 0x5793 ? 20 : 0;
}

static gboolean take_huge(Reader *r, int power) {
    gunichar next = peek(r, 1);
    if (r->n_tokens == 0 || !(chinese_digit(next) >= 0 || chinese_power(next) == 1))
        return FALSE;
    if (r->has_digit)
        place_digit(r, 0);
    if (!r->has_section || r->has_ten_thousand || r->has_hundred_million ||
        (r->last_huge != 0 && r->last_huge <= power))
        return r->valid = FALSE;
    add(r, &r->total, r->section, power);
    r->section = DECIMAL_ZERO;
    r->has_section = r->zero = FALSE;
    r->last_small = 4;
    r->last_huge = r->last_power = power;
    r->at++;
    return TRUE;
}

/* 万 亿. */
static gboolean take_large(Reader *r, int power) {
    if (r->n_tokens == 0) {
        r->reading->bare = TRUE;
        place_digit(r, 0);
    } else if (r->has_digit && r->last_power > 1 && !r->zero && r->last_small < 4)
        return r->valid = FALSE; /* 一千二万 */
    if (r->has_digit)
        place_digit(r, 0);
    if (!r->has_section && !(power == 8 && r->has_ten_thousand && r->tail > 0))
        return r->valid = FALSE;
    if (power == 4 ? r->has_ten_thousand : r->has_hundred_million)
        return r->valid = FALSE;
    if (power == 8) {
        add(r, &r->pending, r->section, 0);
        add(r, &r->total, r->pending, 8);
        r->pending = DECIMAL_ZERO;
        r->has_ten_thousand = FALSE;
        r->has_hundred_million = TRUE;
    } else {
        add(r, &r->pending, r->section, 4);
        r->has_ten_thousand = TRUE;
    }
    r->section = DECIMAL_ZERO;
    r->has_section = r->zero = FALSE;
    r->last_small = 4;
    r->last_power = power;
    r->tail = r->tail > 0 ? r->tail : r->at;
    r->tail_power += power;
    return TRUE;
}

/* Two neighbours: 三四, 三五; not part of a longer run of digits. */
static gboolean is_pair(const Reader *r) {
    int a = chinese_digit(peek(r, 0)), b = chinese_digit(peek(r, 1));
    if (a < 1 || b < 1 || chinese_formal(peek(r, 0)) || chinese_digit(peek(r, 2)) >= 0)
        return FALSE;
    return b == a + 1 || (a == 3 && b == 5);
}

static void set_digit(Reader *r, Decimal value, gboolean single, guint length) {
    r->digit = value;
    r->has_digit = TRUE;
    r->single = single;
    r->at += length;
    r->arabic = FALSE;
    r->tail = 0;
    r->tail_power = 0;
}

static gboolean take_chinese_digit(Reader *r, int digit) {
    if (r->has_digit && r->arabic)
        return FALSE;
    if (r->has_digit)
        return r->valid = FALSE;
    if (r->n_tokens > 0 && code_is_two(peek(r, 0)) && chinese_power(peek(r, 1)) < 2)
        return FALSE; /* 三十两: a unit */
    r->reading->formal |= chinese_formal(peek(r, 0));
    if (digit == 0) {
        r->zero = TRUE;
        r->at++;
        if (r->n_tokens == 0)
            r->has_section = TRUE;
        r->tail = 0;
        r->tail_power = 0;
        return TRUE;
    }
    gboolean pair = is_pair(r);
    if (r->paired)
        return r->valid = FALSE; /* 二三十五 */
    r->paired = pair;
    if (pair && r->second)
        digit = chinese_digit(peek(r, 1));
    set_digit(r, decimal_from_integer(digit), TRUE, pair ? 2 : 1);
    return TRUE;
}

static gboolean take_arabic(Reader *r) {
    ArabicRun run;
    if (r->has_digit || (r->n_tokens > 0 && r->last_power == 0 && !r->zero))
        return FALSE;
    NumberState state = arabic_read(r->vocabulary, r->text, r->original, r->at, &run);
    if (state != NUMBER_READ)
        return r->valid = FALSE;
    /* “3万 5个”: what follows a space is a number of its own unless it has a unit of the chain */
    gboolean chained = run.end < r->text->length && chinese_power(r->text->codes[run.end]) > 0 &&
                       chinese_power(r->text->codes[run.end]) < r->last_power;
    gboolean apart = r->text->gaps[r->at] != TEXT_GAP_NONE;
    if (r->n_tokens > 0 && !apart && chained && run.decimals > 0)
        return r->valid = FALSE; /* 1.2万3.4千元 */
    if (r->n_tokens > 0 && ((apart && !chained) || run.decimals > 0 || run.separated))
        return FALSE;
    if (r->n_tokens == 0) {
        r->reading->digits = run.digits;
        r->reading->decimals = run.decimals;
        r->reading->separated = run.separated;
        r->reading->leading_zero = run.leading_zero;
    }
    set_digit(r, run.value, run.digits == 1 && run.decimals == 0, run.end - r->at);
    r->arabic = TRUE;
    return TRUE;
}

/* 余 多 几 before a magnitude: 500万余亿, 一百二十几亿, 3百多万. */
static gboolean take_more(Reader *r) {
    int power = chinese_power(peek(r, 1));
    if (r->n_tokens == 0 || !code_is_more(peek(r, 0)) || power < 4)
        return FALSE;
    r->reading->about = TRUE;
    r->at++;
    return TRUE;
}

static gboolean take_token(Reader *r) {
    gunichar code = peek(r, 0);
    int digit = chinese_digit(code), power = chinese_power(code);
    if (r->n_tokens > 0 && r->text->gaps[r->at] == TEXT_GAP_WIDE && digit < 0 && power == 0)
        return FALSE;
    if (code_is_digit(code) || (code == '.' && r->n_tokens == 0))
        return take_arabic(r);
    if (digit >= 0)
        return take_chinese_digit(r, digit);
    if (power == 0)
        return chinese_huge(code) > 0 ? take_huge(r, chinese_huge(code)) : take_more(r);
    if (r->n_tokens > 0 && power < 4 && unit_begins(r))
        return FALSE;
    if (!(power < 4 ? take_small(r, power) : take_large(r, power)))
        return FALSE;
    r->at++;
    return TRUE;
}

/* What the digit at the end counts: tenths of the unit before it, or ones. */
static void place_last(Reader *r) {
    if (!r->has_digit)
        return;
    gboolean elided = r->last_power > 1 && r->single && !r->zero;
    place_digit(r, elided ? r->last_power - 1 : 0);
}

/* 点 and its digits; then the magnitudes that scale all of it. */
static void take_fraction(Reader *r) {
    if (!chinese_point(peek(r, 0)))
        return;
    guint at = r->at + 1;
    if (chinese_digit(peek(r, 1)) < 0 && !code_is_digit(peek(r, 1))) {
        while (at < r->text->length && chinese_power(r->text->codes[at]) > 0)
            at++;
        r->valid = at == r->at + 1 || !unit_at(r, at); /* 三点万元 */
        r->at = r->valid ? r->at : at;
        return;
    }
    int decimals = 0;
    for (; at < r->text->length; at++, decimals++) {
        gunichar code = r->text->codes[at];
        int digit = code_is_digit(code) ? (int)code - '0' : chinese_digit(code);
        if (digit < 0)
            break;
        if (decimals == DECIMAL_DECIMALS_MAX) {
            r->valid = FALSE;
            return;
        }
        Decimal digit_value = {.coefficient = digit, .decimals = decimals + 1};
        add(r, &r->section, digit_value, 0);
    }
    if (chinese_point(r->text->codes[at]) &&
        (chinese_digit(r->text->codes[at + 1]) >= 0 || code_is_digit(r->text->codes[at + 1]))) {
        r->valid = FALSE; /* 一点二点三 */
        r->at = at;
        return;
    }
    r->reading->decimals = decimals;
    r->at = at;
    r->tail = 0;
    r->tail_power = 0;
    int power;
    while ((power = chinese_power(peek(r, 0))) > 0 && !(power < 4 && unit_begins(r))) {
        if (power < 4 && chinese_power(peek(r, 1)) < 4) {
            r->valid = FALSE; /* 三点五十 */
            return;
        }
        r->tail = r->tail > 0 ? r->tail : r->at;
        r->tail_power += power;
        r->at++;
    }
}

/* Once through the characters; `second` takes the second of two neighbouring digits. */
static gboolean reader_run(Reader *r) {
    while (r->valid && r->at < r->text->length && take_token(r))
        r->n_tokens++;
    if (!r->valid || r->n_tokens == 0)
        return FALSE;
    place_last(r);
    Decimal value = r->total;
    add(r, &r->section, r->pending, 0);
    add(r, &r->section, value, 0);
    int scaled = r->tail_power;
    guint before = r->at;
    take_fraction(r);
    if (r->at != before) {
        scaled = r->tail_power;
        Decimal all = r->section;
        r->section = DECIMAL_ZERO;
        add(r, &r->section, all, scaled);
    }
    return r->valid;
}

static Reader reader_at(const Vocabulary *vocabulary, const NormalText *text,
                        const gunichar *original, guint at, NumberReading *reading) {
    return (Reader){.vocabulary = vocabulary,
                    .text = text,
                    .original = original,
                    .reading = reading,
                    .at = at,
                    .valid = TRUE,
                    .last_small = 4};
}

static gboolean unit_stands(const Reader *r, guint at, guint end) {
    guint word = 0;
    return at < end &&
           trie_match(r->vocabulary->tries[TRIE_UNIT], r->text->codes + at, end - at, &word) > 0 &&
           vocabulary_unit(r->vocabulary, word)->unit != NULL;
}

/* 人【数】十人, 总【数】: 数 before the magnitudes ends a noun. In 案件【数】十起 it does not: the
 * unit is another than 件. */
static gboolean few_ends_noun(const Reader *r, guint at) {
    const NormalText *text = r->text;
    guint word = 0, end = at + 1;
    if (at == 0 || trie_match_backwards(r->vocabulary->tries[TRIE_BEFORE], text->codes + at + 1,
                                        at + 1, &word) <= 1)
        return FALSE;
    while (end < text->length && chinese_power(text->codes[end]) > 0)
        end++;
    return end == at + 1 || !unit_stands(r, at - 1, at) || !unit_stands(r, end, text->length) ||
           text->codes[end] == text->codes[at - 1];
}

/* 几十, 数百万: from one of them to ten. 十几: from ten to twenty. */
NumberState few_read(const Vocabulary *vocabulary, const NormalText *text, const gunichar *original,
                     guint at, NumberReading *reading) {
    Reader r = reader_at(vocabulary, text, original, at + 1, reading);
    *reading = (NumberReading){.start = at, .chinese = TRUE, .compound = TRUE};
    if (few_ends_noun(&r, at))
        return NUMBER_NONE;
    if (chinese_power(peek(&r, 0)) == 0 || chinese_tens(peek(&r, 0)) > 0)
        return NUMBER_NONE;
    int power = 0, last = 0;
    guint tail = 0;
    for (int one; (one = chinese_power(peek(&r, 0))) > 0 && (last == 0 || one >= 4); r.at++) {
        if (one < 4 && unit_begins(&r))
            break;
        power += one;
        last = one;
        tail = tail == 0 && one >= 4 ? r.at : tail;
    }
    reading->end = r.at;
    reading->number_end = tail > at + 1 ? tail : r.at;
    reading->power = 0;
    for (guint i = reading->number_end; i < r.at; i++)
        reading->power += chinese_power(text->codes[i]);
    if (power == 0 || power > DECIMAL_DIGITS_MAX - 2)
        return power == 0 ? NUMBER_NONE : NUMBER_MALFORMED;
    decimal_scale(decimal_from_integer(1), power, &reading->value);
    decimal_scale(decimal_from_integer(10), power, &reading->value_high);
    return NUMBER_READ;
}

/* “十几万” is a range of its own: the reading ends behind its magnitude. */
static gboolean ten_and_few(const NormalText *text, const NumberReading *reading) {
    gunichar first = text->codes[reading->start];
    return (first == 0x5341 || first == 0x62FE) && reading->start + 1 < text->length &&
           text->codes[reading->start + 1] == 0x51E0;
}

static void reading_finish(const Reader *r, NumberReading *reading) {
    reading->end = r->at;
    reading->value = r->section;
    reading->power = r->tail_power;
    reading->number_end = r->tail > reading->start ? r->tail : r->at;
    if (r->tail == reading->start || r->tail == 0) {
        reading->power = 0;
        reading->number_end = r->at;
    }
    reading->compound = reading->end - reading->start > 1;
}

NumberState chain_read(const Vocabulary *vocabulary, const NormalText *text,
                       const gunichar *original, guint at, NumberReading *reading) {
    *reading = (NumberReading){
        .start = at, .chinese = !code_is_digit(text->codes[at]) && text->codes[at] != '.'};
    Reader r = reader_at(vocabulary, text, original, at, reading);
    if (!reader_run(&r)) {
        reading->end = MAX(r.at, at + 1);
        return r.n_tokens == 0 && r.valid ? NUMBER_NONE : NUMBER_MALFORMED;
    }
    reading_finish(&r, reading);
    reading->value_high = reading->value;
    if (r.paired) {
        NumberReading high = *reading;
        Reader again = reader_at(vocabulary, text, original, at, &high);
        again.second = TRUE;
        if (!reader_run(&again) || again.at != r.at)
            return NUMBER_MALFORMED;
        reading->value_high = again.section;
    } else if (ten_and_few(text, reading) && reading->about)
        decimal_add(reading->value, reading->value, &reading->value_high);
    return NUMBER_READ;
}
