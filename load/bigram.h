/* Bigram: the words that the search index is made of.
 *
 * Chinese is written without spaces, and SQLite's tokenizers either take a whole run of Han for one
 * word or need three characters. Here each run of Han characters gives its overlapping pairs and
 * its last character (预算执行 → 预算 算执 执行 行), so that every word of two characters is one
 * entry and a longer one a phrase of entries. Letters and digits are whole words, in lower case.
 * Text is brought to NFKC and its case folded first. The one place of ICU in `load/`.
 */
#pragma once
#include <glib.h>

/* Appends the words of `text`, each with a space after it. */
void bigram_append(GString *words, const char *text);

/* The full-text expression that finds `text`, or NULL where it has no words. */
char *bigram_query(const char *text);

/* `text` as it is compared, without white space: to find the place within a document. */
char *bigram_folded(const char *text);
