/* Units that stand by themselves: in a table head, a caption, a unit line. */
#include "normalize/numeral.h"
#include "normalize/pattern_file.h"
#include "normalize/quantity.h"
#include "normalize/scanner.h"

enum { PRICE_LENGTH_MAX = 8 };

static gboolean code_wraps(gunichar code) {
    return code == '(' || code == ')' || code == '[' || code == ']' || code == ':' ||
           code == 0x3010 || code == 0x3011 || code == ',' || code == 0x3002;
}

/* 元/人, 万元/公里: money for each of something. */
static gboolean is_price(const NormalText *text, const UnitWord *unit, guint at, guint end) {
    if (unit->kind != FIGURE_AMOUNT || text->codes[at] != '/' || end - at < 2 ||
        end - at > PRICE_LENGTH_MAX)
        return FALSE;
    for (guint i = at + 1; i < end; i++)
        if (!code_is_han(text->codes[i]) && !code_is_latin(text->codes[i]))
            return FALSE;
    return TRUE;
}

/* 人【/班】: the name of so many of a measure for each of another; NULL for other texts. It is
 * interned: there are no more of them than pairs of measure words. */
static const char *rate_name(const Vocabulary *vocabulary, const NormalText *text,
                             const UnitWord *unit, guint at, guint end) {
    guint word = 0;
    if (unit->kind != FIGURE_COUNT || at + 1 >= end || text->codes[at] != '/' ||
        trie_match(vocabulary->tries[TRIE_UNIT], text->codes + at + 1, end - at - 1, &word) !=
            end - at - 1)
        return NULL;
    const UnitWord *each = vocabulary_unit(vocabulary, word);
    if (each->unit == NULL || each->kind != FIGURE_COUNT)
        return NULL;
    g_autofree char *name = g_strdup_printf("%s/%s", unit->unit, each->unit);
    return g_intern_string(name);
}

/* The unit that fills [start, end): 万元, 亿立方米, %. */
gboolean unit_fill(const Vocabulary *vocabulary, const NormalText *text, guint start, guint end,
                   UnitReading *result) {
    while (start < end && code_wraps(text->codes[start]))
        start++;
    while (end > start && code_wraps(text->codes[end - 1]))
        end--;
    if (end - start > 2 && text->codes[start] == 0x4EBA && text->codes[start + 1] == 0x6C11 &&
        text->codes[start + 2] == 0x5E01) /* 人民币万元 */
        start += 3;
    int power = 0;
    for (guint at = start; at < end; at++) {
        guint word = 0;
        guint length = trie_match(vocabulary->tries[TRIE_UNIT], text->codes + at, end - at, &word);
        const UnitWord *unit = length == 0 ? NULL : vocabulary_unit(vocabulary, word);
        if (unit != NULL && unit->steps == 2 && length == 1) /* 分: of a score */
            unit = vocabulary_unit(vocabulary, vocabulary->score);
        const char *rate = unit == NULL || unit->unit == NULL
                               ? NULL
                               : rate_name(vocabulary, text, unit, at + length, end);
        if (unit != NULL && unit->unit != NULL &&
            (at + length == end || rate != NULL || is_price(text, unit, at + length, end))) {
            *result = (UnitReading){.kind = unit->kind,
                                    .unit = rate != NULL ? rate : unit->unit,
                                    .power = power + unit->power,
                                    .start = normal_text_start(text, start),
                                    .end = normal_text_end(text, end),
                                    .pattern = unit->pattern};
            return TRUE;
        }
        int more = chinese_power(text->codes[at]);
        if (more == 0)
            return FALSE;
        power += more;
    }
    return FALSE;
}

gboolean unit_parse(const Patterns *patterns, const gunichar *codes, guint n_codes,
                    UnitReading *result) {
    NormalText text = {.length = 0};
    normal_text_read(&text, codes, n_codes);
    gboolean found = unit_fill(patterns->vocabulary, &text, 0, text.length, result);
    normal_text_clear(&text);
    return found;
}

static gboolean code_ends_unit(gunichar code) {
    return code == 0 || code == ')' || code == ']' || code == 0x3011 || code == ',' ||
           code == 0x3001 || code == ';' || code == 0x3002 || code == '/';
}

/* 单位 without a colon announces only at the beginning: not in 机关事业单位基本养老保险. */
static gboolean announces(const NormalText *text, guint at, guint length) {
    return at == 0 || text->codes[at + length - 1] == ':' || code_wraps(text->codes[at - 1]) ||
           text->gaps[at] != TEXT_GAP_NONE;
}

/* Behind 单位：, up to the bracket, comma or gap that ends it. */
static gboolean unit_announced(const Vocabulary *vocabulary, const NormalText *text,
                               UnitReading *result) {
    for (guint at = 0; at < text->length; at++) {
        guint word = 0;
        guint length = trie_match(vocabulary->tries[TRIE_ANNOUNCER], text->codes + at,
                                  text->length - at, &word);
        if (length == 0 || !announces(text, at, length))
            continue;
        guint start = at + length, end = start;
        while (end < text->length && !code_ends_unit(text->codes[end]) &&
               (end == start || text->gaps[end] != TEXT_GAP_WIDE))
            end++;
        if (end < text->length && text->codes[end] == ')' &&
            unit_fill(vocabulary, text, start, end + 1, result))
            return TRUE;
        for (; end > start; end--)
            if (unit_fill(vocabulary, text, start, end, result))
                return TRUE;
    }
    return FALSE;
}

/* Alone in brackets at the end: 预算数（万元）. */
static gboolean unit_bracketed(const Vocabulary *vocabulary, const NormalText *text,
                               UnitReading *result) {
    guint end = text->length;
    if (end == 0 || (text->codes[end - 1] != ')' && text->codes[end - 1] != ']'))
        return FALSE;
    for (guint at = end - 1; at > 0; at--)
        if ((text->codes[at - 1] == '(' || text->codes[at - 1] == '[') &&
            unit_fill(vocabulary, text, at, end - 1, result))
            return TRUE;
    return FALSE;
}

gboolean unit_find(const Patterns *patterns, const gunichar *codes, guint n_codes,
                   UnitReading *result) {
    NormalText text = {.length = 0};
    normal_text_read(&text, codes, n_codes);
    gboolean found = unit_announced(patterns->vocabulary, &text, result) ||
                     unit_bracketed(patterns->vocabulary, &text, result);
    normal_text_clear(&text);
    return found;
}

gboolean quantity_apply_unit(Quantity *quantity, const UnitReading *unit) {
    Decimal low, high;
    if (quantity->kind != FIGURE_NUMBER || quantity->unit != NULL ||
        !decimal_scale(quantity->value, unit->power, &low) ||
        !decimal_scale(quantity->value_high, unit->power, &high))
        return FALSE;
    quantity->value = low;
    quantity->value_high = high;
    quantity->kind = unit->kind;
    quantity->unit = unit->unit;
    quantity->unit_power += unit->power;
    quantity->pattern = unit->pattern;
    return TRUE;
}
