/* Likeness: how much two texts have in common. */
#pragma once
#include <glib.h>

/* Pairs of neighbouring characters that both have, in per cent of all (Dice). For titles and
 * names: the cost is the product of their lengths. */
guint words_alike_percent(const char *a, const char *b);

/* Runs of SHINGLE_CHARACTERS of a text, as a set. */
enum { SHINGLE_CHARACTERS = 4 };
typedef struct {
    GHashTable *runs; /* guint64 */
} Shingles;
Shingles shingles_new(void);
void shingles_add(Shingles *shingles, const gunichar2 *text, guint length);
void shingles_clear(Shingles *shingles);

/* How many of the runs of `text` are in the set, in per cent; 0 for texts that are too short. */
guint shingles_percent(const Shingles *shingles, const gunichar2 *text, guint length);
