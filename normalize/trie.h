/* Trie: words over folded characters, found by their longest match.
 *
 * Built once, then only read. Words are added forwards or, for what stands before a place,
 * backwards. The trie holds no word itself: a word is the number that it was added with, from 1.
 */
#pragma once
#include <glib.h>

typedef struct Trie Trie;

Trie *trie_new(void);
void trie_free(Trie *trie);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Trie, trie_free)

/* The word that now stands for the characters: `word`, or the one that came first. */
guint trie_add(Trie *trie, const gunichar *codes, guint n, guint word);
guint trie_add_backwards(Trie *trie, const gunichar *codes, guint n, guint word);

/* Length of the longest word at `codes`, of which `n` are left; 0 where there is none. */
guint trie_match(const Trie *trie, const gunichar *codes, guint n, guint *word);
/* The longest word that ends before `end`, with `n` characters before it. */
guint trie_match_backwards(const Trie *trie, const gunichar *end, guint n, guint *word);
