/* What is not a figure by its words: fixed terms, levels, references (表3-2), codes that mix
 * letters and digits, long runs of digits. */
#include "normalize/scanner.h"

enum {
    TOKEN_LENGTH_MAX = 32,
    CODE_DIGITS_MIN = 16,   /* more digits than any printed amount without a unit */
    NAME_DIGITS_MIN = 3,    /* 219-安澜市财政局 */
    NAME_LETTERS_MIN = 3,   /* pH 7.2 is measured */
    COUNTED_DIGITS_MAX = 4, /* 热线860个; more may be what is dialled */
    LABEL_DIGITS_MAX = 2,   /* 任务12: longer numbers before a unit count */
};

guint scanner_read_term(Scanner *scanner, guint at) {
    guint word = 0, length = scanner_match(scanner, TRIE_TERM, at, &word);
    guint figure = length == 0 ? 0 : scanner_figure_end(scanner, at), counter = 0;
    if (length == 0 || figure > at + length)
        return 0;
    const TermWord *term = vocabulary_term(scanner->vocabulary, word);
    if (figure == at + length && !term->vague &&
        scanner_match_before(scanner, TRIE_COUNTER, at, &counter) > 0) /* 得十分 */
        return 0;
    return scanner_claim(scanner, at, at + length, term->kind, term->pattern);
}

static guint reference_end(const Scanner *scanner, guint at) {
    guint end = at;
    for (gunichar code; end < scanner->text->length; end++) {
        code = scanner->text->codes[end];
        gboolean dialled = scanner->text->codes[at] == '0' && (code == 0x2014 || code == 0x2013);
        if (!code_is_digit(code) && !code_is_latin(code) &&
            !((code == '-' || code == '.' || code == '/' || dialled) &&
              code_is_digit(scanner_code(scanner, end + 1))))
            break;
        if (end > at && scanner->text->gaps[end] != TEXT_GAP_NONE)
            break;
    }
    return end;
}

/* “1704 0201 0920 0012 345”: a long number goes on behind single spaces. */
static guint groups_end(const Scanner *scanner, guint at) {
    guint end = at;
    while (end < scanner->text->length && scanner->text->gaps[end] == TEXT_GAP_NARROW) {
        guint next = scanner_digits_end(scanner, end);
        if (next < end + 3 || next > end + 8 ||
            (!scanner_is_edge(scanner, next) && scanner->text->gaps[next] == TEXT_GAP_NONE))
            break;
        end = next;
    }
    return end;
}

/* Letters of the same token stand before: XXKJ-2021-003, PM2.5; not currencies, nor “CT3台”. */
static gboolean follows_letters(const Scanner *scanner, guint at) {
    guint word = 0, n_letters = 0, start = at;
    for (; start > scanner->floor && at - start < TOKEN_LENGTH_MAX; start--) {
        gunichar code = scanner->text->codes[start - 1];
        if (scanner->text->gaps[start] != TEXT_GAP_NONE ||
            !(code_is_latin(code) || code_is_digit(code) || code == '-' || code == '_' ||
              code == '.' || code == '/' || code == '&'))
            break;
        n_letters += code_is_latin(code) ? 1 : 0;
    }
    if (n_letters == 0 || scanner_match_before(scanner, TRIE_CURRENCY, at, &word) > 0)
        return FALSE;
    guint unit = scanner_digits_end(scanner, at);
    return n_letters != at - start || n_letters < 2 || !code_is_han(scanner_code(scanner, unit)) ||
           scanner_match(scanner, TRIE_UNIT, unit, &word) == 0 ||
           vocabulary_unit(scanner->vocabulary, word)->unit == NULL;
}

static guint decimals_end(const Scanner *scanner, guint at) {
    guint end = scanner_digits_end(scanner, at);
    gboolean point =
        scanner_code(scanner, end) == '.' && scanner_digits_end(scanner, end + 1) > end + 1;
    return point ? scanner_digits_end(scanner, end + 1) : end;
}

/* Office 2016, Wi-Fi 6: a name's version stands behind a space, and nothing that measures behind
 * it. */
static gboolean names_version(const Scanner *scanner, guint at) {
    guint end = decimals_end(scanner, at), word = 0, letters = 0;
    while (letters < at && at - letters > scanner->floor &&
           code_is_latin(scanner->text->codes[at - letters - 1]))
        letters++;
    gunichar last = letters == 0 ? 0 : scanner->text->codes[at - 1];
    gboolean name = letters >= NAME_LETTERS_MIN ||
                    (letters > 0 && at > letters && scanner_code(scanner, at - letters - 1) == '-');
    return name && last >= 'a' && scanner->text->gaps[at] == TEXT_GAP_NARROW &&
           (scanner_is_edge(scanner, end) || code_is_han(scanner_code(scanner, end))) &&
           scanner_code(scanner, end) != '%' && chinese_power(scanner_code(scanner, end)) == 0 &&
           scanner_match(scanner, TRIE_UNIT, end, &word) == 0 &&
           scanner_match_before(scanner, TRIE_CURRENCY, at, &word) == 0;
}

/* A token of letters and digits that is no number with a unit: A4, 5G, PM2.5, B12. */
static guint token_end(const Scanner *scanner, guint at) {
    guint end = at, word = 0;
    guint digits = scanner_digits_end(scanner, at);
    if (!follows_letters(scanner, at)) {
        guint decimals =
            scanner_code(scanner, digits) == '.' ? scanner_digits_end(scanner, digits + 1) : digits;
        if (!code_is_latin(scanner_code(scanner, decimals)) ||
            number_exponent(scanner->text, decimals) > 0 ||
            scanner->text->gaps[decimals] != TEXT_GAP_NONE)
            return 0;
        if (scanner_match(scanner, TRIE_UNIT, decimals, &word) > 0 ||
            ((scanner_code(scanner, decimals) | 0x20) == 'k' &&
             !code_is_latin(scanner_code(scanner, decimals + 1))))
            return 0;
    }
    end = reference_end(scanner, at);
    return end > at ? end : 0;
}

/* 1-2-3, 4:3:3, 8.2:45.1:46.7: three numbers and more in a chain; with a point only the latter. */
static guint chain_end(const Scanner *scanner, guint at, gunichar joiner) {
    guint (*number_end)(const Scanner *, guint) = joiner == '-' ? scanner_digits_end : decimals_end;
    guint end = number_end(scanner, at), n = 1;
    while (scanner_code(scanner, end) == joiner && scanner->text->gaps[end] == TEXT_GAP_NONE &&
           code_is_digit(scanner_code(scanner, end + 1)) &&
           scanner->text->gaps[end + 1] == TEXT_GAP_NONE) {
        end = number_end(scanner, end + 1);
        n++;
    }
    return n >= 3 ? end : 0;
}

/* 一级, 二期, 3号楼: the numeral names something by the word behind it. */
static guint ordinal_read(Scanner *scanner, guint at) {
    gboolean digit = code_is_digit(scanner_code(scanner, at));
    guint end = digit ? scanner_digits_end(scanner, at) : scanner_ordinal_end(scanner, at),
          word = 0;
    guint length = end == at ? 0 : scanner_match(scanner, TRIE_ORDINAL, end, &word);
    if (length == 0 || end > at + 4 || scanner_figure_end(scanner, at) > end + length)
        return 0;
    const TermWord *term = vocabulary_term(scanner->vocabulary, word);
    if (digit && !term->digits)
        return 0;
    return scanner_claim(scanner, at, end + length, term->kind, term->pattern);
}

/* 表1-2 项目支出: the digits of its longest number. */
static guint longest_digits(const Scanner *scanner, guint at, guint end) {
    guint longest = 0;
    for (guint from = at; from < end; from++) {
        guint to = scanner_digits_end(scanner, from);
        longest = MAX(longest, to - from);
        from = MAX(from, to);
    }
    return longest;
}

/* 任务64处的106.25%: something is measured by the figure before. */
static gboolean is_measured(const Scanner *scanner, guint at) {
    return scanner_is(scanner, at, U"的") && code_is_digit(scanner_code(scanner, at + 1));
}

/* 办理身份证32.5万张, 接听热线860个: what follows the word is counted. */
static gboolean is_counted(Scanner *scanner, guint at, guint end) {
    guint word = 0, number = decimals_end(scanner, at);
    gunichar behind = scanner_code(scanner, number);
    if (number != end || longest_digits(scanner, at, end) > COUNTED_DIGITS_MAX)
        return FALSE;
    if (chinese_power(behind) >= 4)
        return TRUE;
    guint length = code_is_han(behind) ? scanner_match(scanner, TRIE_UNIT, end, &word) : 0;
    return length > 0 && vocabulary_unit(scanner->vocabulary, word)->unit != NULL &&
           !words_reach_beyond(scanner, end, end + length);
}

/* 表3-2, 附件1; “附件3份” counts. */
static guint reference_read(Scanner *scanner, guint at) {
    guint word = 0, unit = 0, end = reference_end(scanner, at);
    guint before = scanner_match_before(scanner, TRIE_REFERENCE, at, &word);
    const TermWord *term = before == 0 ? NULL : vocabulary_term(scanner->vocabulary, word);
    if (term == NULL || term->kind == NULL)
        return 0;
    if (!g_str_equal(term->kind, "label"))
        return is_counted(scanner, at, end) ? 0
                                            : scanner_claim(scanner, at, groups_end(scanner, end),
                                                            term->kind, term->pattern);
    if (scanner_code(scanner, end) == ',' && scanner_digits_end(scanner, end + 1) == end + 4)
        return 0; /* 目标1,120辆 */
    if (chinese_power(scanner_code(scanner, end)) > 0 && scanner->text->gaps[end] == TEXT_GAP_NONE)
        return 0; /* 任务5.6万亩 */
    guint length = scanner_match(scanner, TRIE_UNIT, end, &unit);
    if (scanner_code(scanner, end) == '%')
        return 0; /* 年度目标95%, 指标98.6% */
    gboolean caption = before == at && end < scanner->text->length &&
                       scanner->text->gaps[end] != TEXT_GAP_NONE; /* 表3 人员情况表 */
    if (length > 0 && !caption && code_is_han(scanner_code(scanner, end)) &&
        vocabulary_unit(scanner->vocabulary, unit)->unit != NULL &&
        (longest_digits(scanner, at, end) > LABEL_DIGITS_MAX ||
         !words_reach_beyond(scanner, end, end + length) || is_measured(scanner, end + length)))
        return 0; /* 任务8000人的104.55% */
    return scanner_claim(scanner, at, end, term->kind, term->pattern);
}

/* 500112-【重庆市财政局】: words that are no number and no unit (安 of 安阳 is none). */
static gboolean names_behind(const Scanner *scanner, guint at) {
    guint word = 0;
    gunichar code = scanner_code(scanner, at);
    return code_is_han(code) && code_is_han(scanner_code(scanner, at + 1)) &&
           chinese_digit(code) < 0 && chinese_power(code) == 0 &&
           scanner_match(scanner, TRIE_UNIT, at, &word) <= 1;
}

guint scanner_read_code(Scanner *scanner, guint at) {
    guint word = 0, end = 0;
    gunichar code = scanner_code(scanner, at);
    if ((end = ordinal_read(scanner, at)) > 0 || !code_is_digit(code))
        return end;
    if ((end = reference_read(scanner, at)) > at)
        return end;
    if ((end = chain_end(scanner, at, '-')) > at)
        return scanner_claim(scanner, at, end, "code", "code");
    if ((end = chain_end(scanner, at, ':')) > at || (end = chain_end(scanner, at, 0x2236)) > at)
        return scanner_claim(scanner, at, end, "proportion", "proportion");
    const ClaimExpression *which = NULL;
    if ((end = scanner_digits_expression(scanner, at, &which)) > at)
        return scanner_claim(scanner, at, end, which->kind, which->pattern);
    if ((end = token_end(scanner, at)) > at)
        return scanner_claim(scanner, at, end, "code", "code");
    if (names_version(scanner, at))
        return scanner_claim(scanner, at, decimals_end(scanner, at), "code", "code");
    end = scanner_digits_end(scanner, at);
    if (end - at >= NAME_DIGITS_MIN && scanner_code(scanner, end) == '-' &&
        scanner->text->gaps[end] == TEXT_GAP_NONE && names_behind(scanner, end + 1))
        return scanner_claim(scanner, at, end, "code", "code");
    if (end - at >= CODE_DIGITS_MIN && scanner_match(scanner, TRIE_UNIT, end, &word) == 0 &&
        chinese_power(scanner_code(scanner, end)) == 0 && scanner_code(scanner, end) != '.')
        return scanner_claim(scanner, at, end, "code", "long-code");
    return 0;
}
