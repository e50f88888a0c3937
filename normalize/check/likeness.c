#include "normalize/check/likeness.h"
#include <string.h>

guint words_alike_percent(const char *a, const char *b) {
    glong n, m;
    g_autofree gunichar *p = g_utf8_to_ucs4_fast(a, -1, &n);
    g_autofree gunichar *q = g_utf8_to_ucs4_fast(b, -1, &m);
    guint common = 0;
    if (n < 2 || m < 2)
        return strcmp(a, b) == 0 ? 100 : 0;
    for (glong i = 0; i + 1 < n; i++)
        for (glong k = 0; k + 1 < m; k++)
            if (p[i] == q[k] && p[i + 1] == q[k + 1]) {
                common++;
                break;
            }
    return 200 * common / (guint)(n - 1 + m - 1);
}

Shingles shingles_new(void) {
    return (Shingles){g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL)};
}

void shingles_clear(Shingles *shingles) { g_hash_table_unref(shingles->runs); }

static guint64 run_at(const gunichar2 *text) {
    guint64 run = 0;
    for (guint i = 0; i < SHINGLE_CHARACTERS; i++)
        run = run << 16 | text[i];
    return run;
}

void shingles_add(Shingles *shingles, const gunichar2 *text, guint length) {
    for (guint i = 0; i + SHINGLE_CHARACTERS <= length; i++) {
        guint64 run = run_at(text + i);
        g_hash_table_add(shingles->runs, g_memdup2(&run, sizeof run));
    }
}

guint shingles_percent(const Shingles *shingles, const gunichar2 *text, guint length) {
    guint common = 0;
    if (length < SHINGLE_CHARACTERS)
        return 0;
    for (guint i = 0; i + SHINGLE_CHARACTERS <= length; i++) {
        guint64 run = run_at(text + i);
        common += g_hash_table_contains(shingles->runs, &run) ? 1 : 0;
    }
    return 100 * common / (length - SHINGLE_CHARACTERS + 1);
}
