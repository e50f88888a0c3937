/* Words: the index that the search asks, by document.
 *
 * What a transaction adds is written before its commit and in order of the documents: FTS5 writes a
 * segment of its own whenever a savepoint ends or an earlier document follows, and has to merge
 * them later.
 */
#pragma once
#include "load/archive.h"

/* The words of a document, as `bigram_append` makes them; taken. */
gboolean words_add(Archive *archive, gint64 document, GString *words, GError **error);

/* Takes a document's words out, while its rows are still there. */
gboolean words_remove(Archive *archive, gint64 document, GError **error);

/* Writes what was added. */
gboolean words_write(Archive *archive, GError **error);

/* Adds a document that has its rows and no words yet. */
gboolean words_add_stored(Archive *archive, gint64 document, GError **error);
