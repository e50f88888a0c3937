#include "normalize/scanner.h"

guint scanner_match(const Scanner *scanner, VocabularyTrie trie, guint at, guint *word) {
    if (at >= scanner->text->length)
        return 0;
    return trie_match(scanner->vocabulary->tries[trie], scanner->text->codes + at,
                      scanner->text->length - at, word);
}

guint scanner_match_before(const Scanner *scanner, VocabularyTrie trie, guint at, guint *word) {
    return at <= scanner->floor
               ? 0
               : trie_match_backwards(scanner->vocabulary->tries[trie], scanner->text->codes + at,
                                      at - scanner->floor, word);
}

static gboolean code_is_word(gunichar code) {
    return code_is_digit(code) || code_is_latin(code) || code_is_han(code) || code == '%' ||
           code == 0x3007 || (code > 0xFF && g_unichar_isalnum(code));
}

gboolean scanner_is_edge(const Scanner *scanner, guint at) {
    return at >= scanner->text->length || !code_is_word(scanner->text->codes[at]);
}

gboolean scanner_is_edge_before(const Scanner *scanner, guint at) {
    return at == 0 || !code_is_word(scanner->text->codes[at - 1]);
}

guint scanner_claim(Scanner *scanner, guint start, guint end, const char *kind,
                    const char *pattern) {
    Claim claim = {.start = start, .end = end, .kind = kind, .pattern = pattern};
    g_array_append_val(scanner->scan->claims, claim);
    scanner->floor = end;
    return end;
}

guint scanner_unread(Scanner *scanner, guint start, guint end, const char *reason) {
    Unread unread = {.start = start, .end = end, .reason = reason};
    g_array_append_val(scanner->scan->unread, unread);
    scanner->floor = end;
    return end;
}

guint scanner_add(Scanner *scanner, const Quantity *quantity) {
    g_array_append_val(scanner->scan->quantities, *quantity);
    scanner->floor = quantity->end;
    return quantity->end;
}

guint scanner_digits_end(const Scanner *scanner, guint at) {
    guint end = at;
    while (code_is_digit(scanner_code(scanner, end)) &&
           (end == at || scanner->text->gaps[end] == TEXT_GAP_NONE))
        end++;
    return end;
}

guint scanner_ordinal_end(const Scanner *scanner, guint at) {
    guint end = at;
    while (end < at + 3 && (chinese_digit(scanner_code(scanner, end)) > 0 ||
                            chinese_power(scanner_code(scanner, end)) == 1))
        end++;
    return end;
}
