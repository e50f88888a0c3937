/* Scanner: one pass of quantity_scan over one text. Private to the files that read quantities.
 *
 * While it runs all positions count folded characters; quantity_scan turns them into positions of
 * the original at its end. A reader is called with a place and answers with the place behind what
 * it took, or with 0 when there is nothing for it.
 */
#pragma once
#include "normalize/numeral.h"
#include "normalize/quantity.h"
#include "normalize/vocabulary.h"
#include <unicode/ubrk.h>

struct QuantityScratch {
    NormalText text;
    UBreakIterator *words;   /* opened when first needed */
    GPtrArray *expressions;  /* URegularExpression, clones in the order of the vocabulary */
    const Vocabulary *owner; /* what they were cloned from */
    GArray *units;           /* UChar: the text as UTF-16, one unit a character */
    GArray *found;           /* Claim: what expressions claim, by start */
};

typedef struct {
    const Vocabulary *vocabulary;
    const gunichar *original;
    const NormalText *text;
    QuantityScan *scan;
    guint floor; /* everything before it is taken */
} Scanner;

static inline gunichar scanner_code(const Scanner *scanner, guint at) {
    return at < scanner->text->length ? scanner->text->codes[at] : 0;
}

/* How many characters these are, where the text at `at` begins with them; else 0. */
static inline guint scanner_word(const Scanner *scanner, guint at, const gunichar *characters) {
    guint n = 0;
    while (characters[n] != 0 && scanner_code(scanner, at + n) == characters[n])
        n++;
    return characters[n] == 0 ? n : 0;
}
static inline gboolean scanner_is(const Scanner *scanner, guint at, const gunichar *characters) {
    return scanner_word(scanner, at, characters) > 0;
}
/* Length and word of the longest match, forwards from `at` or backwards before it. */
guint scanner_match(const Scanner *scanner, VocabularyTrie trie, guint at, guint *word);
guint scanner_match_before(const Scanner *scanner, VocabularyTrie trie, guint at, guint *word);
/* Nothing of a word touches `at`: text's end, white space or punctuation. */
gboolean scanner_is_edge(const Scanner *scanner, guint at);
gboolean scanner_is_edge_before(const Scanner *scanner, guint at);

/* Behind the Arabic digits at `at`, no space among them; behind a small Chinese number. */
guint scanner_digits_end(const Scanner *scanner, guint at);
guint scanner_ordinal_end(const Scanner *scanner, guint at);

guint scanner_claim(Scanner *scanner, guint start, guint end, const char *kind,
                    const char *pattern);
guint scanner_unread(Scanner *scanner, guint start, guint end, const char *reason);
guint scanner_add(Scanner *scanner, const Quantity *quantity);

/* scanner_expression.c: all that have literals, before the scan; one without, at a run of digits */
void scanner_find_expressions(Scanner *scanner);
guint scanner_digits_expression(Scanner *scanner, guint at, const ClaimExpression **which);
/* scanner_claim.c */
guint scanner_read_term(Scanner *scanner, guint at);
guint scanner_read_code(Scanner *scanner, guint at);
/* scanner_marker.c */
guint scanner_read_marker(Scanner *scanner, guint at);
/* scanner_date.c */
guint scanner_read_date(Scanner *scanner, guint at);
/* scanner_rank.c */
guint scanner_read_rank(Scanner *scanner, guint at);
/* scanner_figure.c */
guint scanner_read_figure(Scanner *scanner, guint at);
/* Where a figure at `at` would end, unit and all, or a malformed numeral; 0 without. Takes nothing.
 */
guint scanner_figure_end(Scanner *scanner, guint at);
/* scanner_compare.c: 大于等于0并小于230 */
void scanner_join_bounds(Scanner *scanner);
/* scanner_list.c: 3、5和8家 */
void scanner_share_units(Scanner *scanner);
/* unit.c: the unit that fills [start, end) of the text, brackets and colons aside */
gboolean unit_fill(const Vocabulary *vocabulary, const NormalText *text, guint start, guint end,
                   UnitReading *result);
/* words.c: the Chinese word that `start` stands in begins before it or ends behind `end` */
gboolean words_reach_beyond(Scanner *scanner, guint start, guint end);
