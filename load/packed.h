/* Packed: text as gzip, so that any tool unpacks what the archive keeps. */
#pragma once
#include <gio/gio.h>

GBytes *packed_from_bytes(const char *bytes, gsize length);

/* Refuses what would unpack to more than a Document can be. */
GBytes *packed_open(const void *packed, gsize length, GError **error);
