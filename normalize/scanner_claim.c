/* What is not a figure: expressions of the vocabulary around their literals, fixed terms, levels,
 * list markers, references (表3-2), codes that mix letters and digits, long runs of digits. */
#include "normalize/claim_expression.h"
#include "normalize/scanner.h"

enum {
    WINDOW_BEFORE = 48,
    WINDOW_AFTER = 96,
    MARKER_DIGITS_MAX = 2,
    DOTTED_DIGITS_MAX = 3,
    TOKEN_LENGTH_MAX = 32,
    CODE_DIGITS_MIN = 16, /* more digits than any printed amount without a unit */
    DIGITS_TRIED_MIN = 7, /* shorter runs are not asked about telephones and numbers of things */
};

/* ---- expressions ---- */

static URegularExpression *expression_of(Scanner *scanner, guint index) {
    QuantityScratch *scratch = scanner->scan->scratch;
    if (scratch->owner != scanner->vocabulary) {
        g_ptr_array_set_size(scratch->expressions, 0);
        scratch->owner = scanner->vocabulary;
        for (guint i = 0; i < scanner->vocabulary->expressions->len; i++)
            g_ptr_array_add(scratch->expressions,
                            claim_expression_clone(scanner->vocabulary->expressions->pdata[i]));
    }
    return scratch->expressions->pdata[index];
}

static void text_to_utf16(Scanner *scanner) {
    GArray *units = scanner->scan->scratch->units;
    if (units->len == scanner->text->length)
        return;
    g_array_set_size(units, scanner->text->length);
    for (guint i = 0; i < scanner->text->length; i++) {
        gunichar code = scanner->text->codes[i];
        g_array_index(units, UChar, i) = code < 0x10000 ? (UChar)code : 0xFFFD;
    }
}

static gboolean expression_run(Scanner *scanner, guint index, guint from, guint at, guint until,
                               Claim *claim) {
    const ClaimExpression *expression = scanner->vocabulary->expressions->pdata[index];
    URegularExpression *regex = expression_of(scanner, index);
    UErrorCode status = U_ZERO_ERROR;
    text_to_utf16(scanner);
    const UChar *units = (const UChar *)(void *)scanner->scan->scratch->units->data;
    uregex_setText(regex, units + from, (int32_t)(until - from), &status);
    gboolean matched =
        at == from ? uregex_lookingAt(regex, -1, &status) : uregex_find(regex, 0, &status);
    while (matched && U_SUCCESS(status)) {
        int group = expression->claim_group;
        guint start = from + (guint)uregex_start(regex, group, &status);
        guint end = from + (guint)uregex_end(regex, group, &status);
        guint whole_end = from + (guint)uregex_end(regex, 0, &status);
        *claim = (Claim){start, end, expression->kind, expression->pattern};
        if (U_SUCCESS(status) && whole_end >= at)
            return end > start && from + (guint)uregex_start(regex, 0, &status) <= at;
        matched = uregex_findNext(regex, &status);
    }
    return FALSE;
}

static int compare_claims(gconstpointer a, gconstpointer b) {
    const Claim *one = a, *other = b;
    return one->start != other->start ? (one->start > other->start) - (one->start < other->start)
                                      : (one->end < other->end) - (one->end > other->end);
}

void scanner_find_expressions(Scanner *scanner) {
    const NormalText *text = scanner->text;
    GArray *found = scanner->scan->scratch->found;
    g_array_set_size(found, 0);
    g_array_set_size(scanner->scan->scratch->units, 0);
    for (guint at = 0, taken = 0; at < text->length; at++) {
        guint word = 0;
        if (at < taken || text->codes[at] >= 0x10000 ||
            !(scanner->vocabulary->first[text->codes[at]] & FIRST_LITERAL) ||
            scanner_match(scanner, TRIE_LITERAL, at, &word) == 0)
            continue;
        const GArray *indices = scanner->vocabulary->literals->pdata[word - 1];
        for (guint i = 0; i < indices->len; i++) {
            guint from = at > WINDOW_BEFORE ? at - WINDOW_BEFORE : 0;
            guint until = MIN(text->length, at + WINDOW_AFTER);
            Claim claim;
            if (!expression_run(scanner, g_array_index(indices, guint, i), from, at, until, &claim))
                continue;
            while (claim.end >= until && claim.end < text->length && text->codes[claim.end] > ' ' &&
                   text->codes[claim.end] < 0x7F)
                claim.end++; /* an address longer than the window */
            g_array_append_val(found, claim);
            taken = claim.end;
        }
    }
    g_array_sort(found, compare_claims);
}

/* ---- terms ---- */

guint scanner_read_term(Scanner *scanner, guint at) {
    guint word = 0, length = scanner_match(scanner, TRIE_TERM, at, &word);
    guint figure = length == 0 ? 0 : scanner_figure_end(scanner, at), counter = 0;
    if (length == 0 || figure > at + length ||
        (figure == at + length &&
         scanner_match_before(scanner, TRIE_COUNTER, at, &counter) > 0)) /* 得十分 */
        return 0;
    const TermWord *term = vocabulary_term(scanner->vocabulary, word);
    return scanner_claim(scanner, at, at + length, term->kind, term->pattern);
}

/* ---- list markers ---- */

static guint plain_digits_end(const Scanner *scanner, guint at) {
    guint end = at;
    while (code_is_digit(scanner_code(scanner, end)) &&
           (end == at || scanner->text->gaps[end] == TEXT_GAP_NONE))
        end++;
    return end;
}

static guint chinese_ordinal_end(const Scanner *scanner, guint at) {
    guint end = at;
    while (end < at + 3 && (chinese_digit(scanner_code(scanner, end)) > 0 ||
                            chinese_power(scanner_code(scanner, end)) == 1))
        end++;
    return end;
}

/* Behind the start of the text, a punctuation mark or a figure a marker can stand. */
static gboolean marker_can_stand(const Scanner *scanner, guint at) {
    gunichar before = at == 0 ? 0 : scanner->text->codes[at - 1];
    return at == 0 || at == scanner->floor || scanner->text->gaps[at] != TEXT_GAP_NONE ||
           !(code_is_han(before) || code_is_latin(before) || code_is_digit(before));
}

/* （1） （一） (2), ①; “1.” “1、” “一、” “1.5.2” before a word. */
static guint bracketed_end(const Scanner *scanner, guint at) {
    if (at == 0 || scanner_code(scanner, at - 1) != '(')
        return 0;
    guint end = plain_digits_end(scanner, at);
    if (end == at)
        end = chinese_ordinal_end(scanner, at);
    return end > at && end <= at + 3 && scanner_code(scanner, end) == ')' ? end : 0;
}

/* “26、1年内到期的负债”: a marker at the start of the text, and its item begins with a number. */
static gboolean item_begins(const Scanner *scanner, guint at, guint end) {
    static const char *const LISTED[] = {"、", "和", "及", "或", "与", ",",
                                         "月", "季", "日", "号", NULL};
    if (at != 0 || scanner_code(scanner, end) != 0x3001)
        return FALSE;
    guint next = plain_digits_end(scanner, end + 1), word = 0;
    for (gsize i = 0; LISTED[i] != NULL; i++)
        if (scanner_is(scanner, next, LISTED[i]))
            return FALSE;
    return scanner_match(scanner, TRIE_UNIT, next, &word) > 0;
}

/* “1.2021年工作”. */
static gboolean year_begins(const Scanner *scanner, guint at) {
    gboolean century = scanner_is(scanner, at, "20") || scanner_is(scanner, at, "19");
    return century && plain_digits_end(scanner, at) == at + 4 && scanner_is(scanner, at + 4, "年");
}

static guint dotted_end(const Scanner *scanner, guint at) {
    guint end = plain_digits_end(scanner, at), n = 1;
    if (end == at || end > at + DOTTED_DIGITS_MAX)
        return 0;
    while (scanner_code(scanner, end) == '.' && scanner->text->gaps[end] == TEXT_GAP_NONE) {
        guint next = plain_digits_end(scanner, end + 1);
        if (next == end + 1 || next > end + 1 + DOTTED_DIGITS_MAX ||
            scanner->text->gaps[end + 1] != TEXT_GAP_NONE)
            break;
        end = next;
        n++;
    }
    guint word = 0;
    gunichar code = scanner_code(scanner, end);
    const UnitWord *unit = scanner_match(scanner, TRIE_UNIT, end, &word) == 0
                               ? NULL
                               : vocabulary_unit(scanner->vocabulary, word);
    gboolean measured = chinese_power(code) > 0 || scanner_is(scanner, end, "成") ||
                        (unit != NULL && unit->unit != NULL && !unit->discrete);
    if (n >= 3)
        return measured ? 0 : end;
    if (n == 2)
        return at == 0 && code_is_han(code) && !measured &&
                       scanner_match(scanner, TRIE_INSIDE, end, &word) == 0 &&
                       scanner_match(scanner, TRIE_AFTER, end, &word) == 0
                   ? end
                   : 0;
    if (end > at + MARKER_DIGITS_MAX)
        return 0;
    gunichar next = scanner_code(scanner, end + 1);
    if (code == '.' && year_begins(scanner, end + 1))
        return end;
    gboolean followed = end + 1 < scanner->text->length && next != '.' &&
                        (!code_is_digit(next) || item_begins(scanner, at, end));
    return (code == '.' || code == 0x3001 || (code == ')' && at == 0)) && followed ? end : 0;
}

/* ① ⑴ ⒈ ㈠ ❶ */
static gboolean code_is_marker(gunichar code) {
    return (code >= 0x2460 && code <= 0x24FF) || (code >= 0x2776 && code <= 0x2793) ||
           (code >= 0x3220 && code <= 0x3229) || (code >= 0x3251 && code <= 0x325F) ||
           (code >= 0x3280 && code <= 0x3289) || (code >= 0x32B1 && code <= 0x32BF);
}

static gboolean code_is_dash(gunichar code) {
    return code == '-' || code == 0x2014 || code == 0x2013 || code == 0x2500;
}

/* “— 3 —”: nothing else in the text. */
static guint page_end(const Scanner *scanner, guint at) {
    guint start = at;
    for (guint i = 0; i < at; i++)
        if (i > 4 || !code_is_dash(scanner->text->codes[i]))
            return 0;
    while (code_is_dash(scanner_code(scanner, start)))
        start++;
    guint end = plain_digits_end(scanner, start), last = end;
    while (code_is_dash(scanner_code(scanner, last)))
        last++;
    return start > 0 && end > start && end < last && last == scanner->text->length ? last : 0;
}

guint scanner_read_marker(Scanner *scanner, guint at) {
    guint page = page_end(scanner, at);
    if (page > at)
        return scanner_claim(scanner, at, page, "page", "page");
    if (code_is_marker(scanner_code(scanner, at)))
        return scanner_claim(scanner, at, at + 1, "list-marker", "list-marker");
    guint end = bracketed_end(scanner, at);
    if (end == 0 && marker_can_stand(scanner, at)) {
        gboolean digit = code_is_digit(scanner_code(scanner, at));
        end = digit ? dotted_end(scanner, at) : chinese_ordinal_end(scanner, at);
        if (!digit && (end == at || scanner_code(scanner, end) != 0x3001 || at != 0))
            end = 0;
    }
    return end == 0 ? 0 : scanner_claim(scanner, at, end, "list-marker", "list-marker");
}

/* ---- references, levels, codes ---- */

static guint reference_end(const Scanner *scanner, guint at) {
    guint end = at;
    for (gunichar code; end < scanner->text->length; end++) {
        code = scanner->text->codes[end];
        if (!code_is_digit(code) && !code_is_latin(code) &&
            !((code == '-' || code == '.' || code == '/') &&
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
        guint next = plain_digits_end(scanner, end);
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
    guint unit = plain_digits_end(scanner, at);
    return n_letters != at - start || n_letters < 2 || !code_is_han(scanner_code(scanner, unit)) ||
           scanner_match(scanner, TRIE_UNIT, unit, &word) == 0 ||
           vocabulary_unit(scanner->vocabulary, word)->unit == NULL;
}

/* A token of letters and digits that is no number with a unit: A4, 5G, PM2.5, B12. */
static guint token_end(const Scanner *scanner, guint at) {
    guint end = at, word = 0;
    guint digits = plain_digits_end(scanner, at);
    if (!follows_letters(scanner, at)) {
        guint decimals =
            scanner_code(scanner, digits) == '.' ? plain_digits_end(scanner, digits + 1) : digits;
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

/* 1-2-3: three numbers and more in a chain. */
static guint chain_end(const Scanner *scanner, guint at) {
    guint end = plain_digits_end(scanner, at), n = 1;
    while (scanner_code(scanner, end) == '-' && scanner->text->gaps[end] == TEXT_GAP_NONE &&
           code_is_digit(scanner_code(scanner, end + 1)) &&
           scanner->text->gaps[end + 1] == TEXT_GAP_NONE) {
        end = plain_digits_end(scanner, end + 1);
        n++;
    }
    return n >= 3 ? end : 0;
}

static guint digits_expression_end(Scanner *scanner, guint at, const ClaimExpression **which) {
    guint end = plain_digits_end(scanner, at);
    guint word = 0;
    if ((end - at < DIGITS_TRIED_MIN && !(end > at + 1 && scanner_code(scanner, at) == '0')) ||
        scanner_match(scanner, TRIE_UNIT, end, &word) > 0 ||
        chinese_power(scanner_code(scanner, end)) > 0 ||
        (scanner_code(scanner, end) == '.' && code_is_digit(scanner_code(scanner, end + 1))))
        return 0;
    for (guint i = 0; i < scanner->vocabulary->expressions->len; i++) {
        *which = scanner->vocabulary->expressions->pdata[i];
        Claim claim;
        guint until = MIN(scanner->text->length, at + WINDOW_AFTER);
        if ((*which)->digits && expression_run(scanner, i, at, at, until, &claim))
            return claim.end;
    }
    return 0;
}

/* 一级, 二期, 3号楼: the numeral names something by the word behind it. */
static guint ordinal_read(Scanner *scanner, guint at) {
    gboolean digit = code_is_digit(scanner_code(scanner, at));
    guint end = digit ? plain_digits_end(scanner, at) : chinese_ordinal_end(scanner, at), word = 0;
    guint length = end == at ? 0 : scanner_match(scanner, TRIE_ORDINAL, end, &word);
    if (length == 0 || end > at + 4 || scanner_figure_end(scanner, at) > end + length)
        return 0;
    const TermWord *term = vocabulary_term(scanner->vocabulary, word);
    if (digit && !term->digits)
        return 0;
    return scanner_claim(scanner, at, end + length, term->kind, term->pattern);
}

/* 表3-2, 附件1; “附件3份” counts. */
static guint reference_read(Scanner *scanner, guint at) {
    guint word = 0, unit = 0, end = reference_end(scanner, at);
    const TermWord *term = scanner_match_before(scanner, TRIE_REFERENCE, at, &word) == 0
                               ? NULL
                               : vocabulary_term(scanner->vocabulary, word);
    if (term == NULL || term->kind == NULL)
        return 0;
    if (!g_str_equal(term->kind, "label"))
        return scanner_claim(scanner, at, groups_end(scanner, end), term->kind, term->pattern);
    guint length = scanner_match(scanner, TRIE_UNIT, end, &unit);
    if (length > 0 && code_is_han(scanner_code(scanner, end)) &&
        vocabulary_unit(scanner->vocabulary, unit)->unit != NULL &&
        !words_reach_beyond(scanner, end, end + length))
        return 0;
    return scanner_claim(scanner, at, end, term->kind, term->pattern);
}

guint scanner_read_code(Scanner *scanner, guint at) {
    guint word = 0, end = 0;
    gunichar code = scanner_code(scanner, at);
    if ((end = ordinal_read(scanner, at)) > 0 || !code_is_digit(code))
        return end;
    if ((end = reference_read(scanner, at)) > at)
        return end;
    if ((end = chain_end(scanner, at)) > at)
        return scanner_claim(scanner, at, end, "code", "code");
    const ClaimExpression *which = NULL;
    if ((end = digits_expression_end(scanner, at, &which)) > at)
        return scanner_claim(scanner, at, end, which->kind, which->pattern);
    if ((end = token_end(scanner, at)) > at)
        return scanner_claim(scanner, at, end, "code", "code");
    end = plain_digits_end(scanner, at);
    if (end - at >= CODE_DIGITS_MIN && scanner_match(scanner, TRIE_UNIT, end, &word) == 0 &&
        chinese_power(scanner_code(scanner, end)) == 0 && scanner_code(scanner, end) != '.')
        return scanner_claim(scanner, at, end, "code", "long-code");
    return 0;
}
