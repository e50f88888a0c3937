/* Triggers: the words that expressions of rules wait for, all in one trie, so that one walk over a
 * text tells where which expression is worth a try.
 *
 * Each expression has a slot. A slot without words waits for nothing: it is tried everywhere.
 */
#pragma once
#include <glib.h>

typedef struct Triggers Triggers;

Triggers *triggers_new(void);
void triggers_free(Triggers *triggers);

/* A new slot for the words (NULL-terminated). */
guint triggers_add(Triggers *triggers, const char *const *words);

guint triggers_slots(const Triggers *triggers);
gboolean triggers_waits(const Triggers *triggers, guint slot);

/* FALSE where no word begins with the character. */
gboolean triggers_begin(const Triggers *triggers, gunichar code);

/* Calls `found` with the slot of every word that stands at `codes`, of which `n` are left. */
void triggers_at(const Triggers *triggers, const gunichar *codes, guint n,
                 void (*found)(guint slot, gpointer data), gpointer data);
