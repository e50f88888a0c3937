/* Digest: SHA-256 of bytes that come in pieces; lower-case hex. The one place of nettle, for
 * whoever sums up bytes. */
#pragma once
#include <glib.h>

typedef struct Digest Digest;
Digest *digest_new(void);
void digest_add(Digest *digest, const guint8 *bytes, gsize length);
/* The caller frees the text; the digest is gone. */
char *digest_end(Digest *digest);
