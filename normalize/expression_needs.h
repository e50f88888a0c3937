/* Needs: which characters a text must hold for a regular expression to match it, so that most
 * expressions are known not to match by one look at the text. */
#pragma once
#include "normalize/word_list.h"

enum { NEEDS_MAX = 16 };

/* A text that matches has all bits of one of these. */
typedef struct {
    guint n;
    WordBits choices[NEEDS_MAX];
} Needs;

/* Of what is not understood nothing is needed. */
Needs needs_read(const char *pattern);

static inline gboolean needs_met(const Needs *needs, WordBits text) {
    guint i = 0;
    while (i < needs->n && !word_bits_within(needs->choices[i], text))
        i++;
    return i < needs->n;
}
