/* Snapshot: the bytes of an input as they were when it was opened, sealed and hashed.
 *
 * The worker gets exactly the bytes whose hash is the document's identity, whatever becomes of the
 * file meanwhile, and never a descriptor of the file itself.
 */
#pragma once
#include "commands/ingest/input.h"
#include <gio/gio.h>

/* Larger files are refused. */
enum { SNAPSHOT_BYTES_MAX = 1 << 30 };

typedef struct {
    int file; /* in memory, read-only; -1 without one */
    gsize bytes;
    char *sha256; /* lower-case hex */
    gboolean pdf; /* looks like one */
} Snapshot;

/* Fails where the input cannot be opened or read, or is no regular file. */
gboolean snapshot_take(Snapshot *snapshot, const Input *input, GError **error);

/* Of text that is at hand. */
gboolean snapshot_of_bytes(Snapshot *snapshot, GBytes *bytes, GError **error);

void snapshot_clear(Snapshot *snapshot);

/* All of it, mapped. */
GBytes *snapshot_bytes(const Snapshot *snapshot, GError **error);
