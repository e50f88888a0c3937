/* Bytes: searching in files of megabytes that are mostly compressed. */
#pragma once
#include <glib.h>
#include <string.h>

/* The first of the `key_length` bytes of `key` from `at` on, or NULL. memmem(3) takes several
 * instructions a byte; here memchr(3) steps over what cannot begin the key, which in compressed
 * data is all but every 256th byte. */
static inline const char *bytes_find(const char *at, const char *end, const char *key,
                                     gsize key_length) {
    for (; (gsize)(end - at) >= key_length; at++) {
        at = memchr(at, key[0], (gsize)(end - at) - key_length + 1);
        if (at == NULL || memcmp(at, key, key_length) == 0)
            return at;
    }
    return NULL;
}
