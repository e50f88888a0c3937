#include "load/shingle.h"
#include "load/database.h"
#include <string.h>

enum {
    SHINGLE_CHARACTERS = 5,
    SKETCH_BAND = 4,
    SHINGLES_MIN = 100, /* of a document: less is too little to be told from chance */
    PARAGRAPH_MIN = 20, /* Han characters: shorter ones are phrases that everybody writes */
};

static guint64 mix(guint64 x) { /* the finaliser of splitmix64 */
    x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static gboolean is_han(gunichar c) { return c >= 0x3400 && c <= 0x9FFF; }

/* The Han characters of a text; their number is the array's length. */
static GArray *han_of(const char *text) {
    GArray *characters = g_array_sized_new(FALSE, FALSE, sizeof(gunichar), (guint)strlen(text) / 3);
    gunichar *to = (gunichar *)(gpointer)characters->data;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = (guchar)*p < 0x80 ? (gunichar)*p : g_utf8_get_char(p);
        if (is_han(c))
            *to++ = c;
    }
    g_array_set_size(characters, (guint)(to - (gunichar *)(gpointer)characters->data));
    return characters;
}

static guint64 shingle_at(const GArray *characters, guint i) {
    guint64 hash = 0;
    for (guint k = 0; k < SHINGLE_CHARACTERS; k++)
        hash = mix(hash ^ g_array_index(characters, gunichar, i + k));
    return hash;
}

static void add_shingles(const GArray *characters, GArray *hashes) {
    for (guint i = 0; i + SHINGLE_CHARACTERS <= characters->len; i++) {
        const guint64 hash = shingle_at(characters, i);
        g_array_append_val(hashes, hash);
    }
}

Sketch sketch_of_nothing(void) {
    Sketch sketch = {.shingles = 0};
    for (guint i = 0; i < SKETCH_BINS; i++)
        sketch.bins[i] = G_MAXUINT64;
    return sketch;
}

static void sketch_add(Sketch *sketch, const GArray *characters) {
    for (guint i = 0; i + SHINGLE_CHARACTERS <= characters->len; i++, sketch->shingles++) {
        const guint64 hash = shingle_at(characters, i);
        guint64 *bin = &sketch->bins[hash % SKETCH_BINS];
        *bin = MIN(*bin, hash);
    }
}

gint64 shingle_paragraph(const char *text, Sketch *sketch) {
    g_autoptr(GArray) characters = han_of(text);
    if (characters->len < PARAGRAPH_MIN)
        return 0;
    guint64 all = characters->len;
    for (guint i = 0; i < characters->len; i++)
        all = mix(all ^ g_array_index(characters, gunichar, i));
    if (sketch != NULL)
        sketch_add(sketch, characters);
    return (gint64)(all >> 1);
}

/* Paragraphs that may be a department's own words. */
#define OWN_WORDS                                                                                  \
    "SELECT p.text FROM paragraphs p LEFT JOIN sections s ON s.id = p.section_id "                 \
    "LEFT JOIN sections u ON u.id = s.parent_id "                                                  \
    "WHERE p.document_id = ?1 AND p.sketch IS NOT NULL AND p.kind = 'paragraph' "                  \
    "AND NOT EXISTS (SELECT 1 FROM rule_parameters r WHERE r.name = 'without-section' "            \
    "AND (instr(s.title, r.value) > 0 OR instr(u.title, r.value) > 0)) "

#define NOT_TEMPLATE                                                                               \
    "AND (SELECT count(*) FROM (SELECT DISTINCT coalesce(d.department_code, d.department) "        \
    "FROM paragraphs o JOIN documents d ON d.id = o.document_id WHERE o.sketch = p.sketch "        \
    "LIMIT coalesce((SELECT CAST(value AS INTEGER) FROM rule_parameters "                          \
    "WHERE name = 'template-departments'), 5))) < coalesce((SELECT CAST(value AS INTEGER) FROM "   \
    "rule_parameters WHERE name = 'template-departments'), 5) "

static GArray *read_shingles(Archive *archive, gint64 document, const char *sql, GError **error) {
    g_autoptr(GError) failure = NULL;
    g_autoptr(GArray) hashes = g_array_new(FALSE, FALSE, sizeof(guint64));
    sqlite3_stmt *select = archive_statement(archive, sql, error);
    if (select == NULL)
        return NULL;
    statement_bind(select, "i", document);
    while (statement_row(archive, select, &failure)) {
        g_autoptr(GArray) characters = han_of((const char *)sqlite3_column_text(select, 0));
        add_shingles(characters, hashes);
    }
    sqlite3_reset(select);
    if (failure == NULL)
        return g_steal_pointer(&hashes);
    g_propagate_error(error, g_steal_pointer(&failure));
    return NULL;
}

static gboolean write_band(Archive *archive, gint64 document, guint band, const guint64 *bins,
                           GError **error) {
    guint64 hash = band;
    for (guint i = 0; i < SKETCH_BAND; i++)
        hash = mix(hash ^ bins[band * SKETCH_BAND + i]);
    return archive_execute(archive, error,
                           "INSERT INTO shingle_bands(document_id, band, hash) VALUES (?, ?, ?)",
                           "ini", document, band, (gint64)(hash >> 1));
}

gboolean sketch_write(Archive *archive, gint64 document, const Sketch *sketch, GError **error) {
    if (sketch->shingles < SHINGLES_MIN)
        return TRUE;
    for (guint band = 0; band < SKETCH_BINS / SKETCH_BAND; band++)
        if (!write_band(archive, document, band, sketch->bins, error))
            return FALSE;
    return TRUE;
}

GPtrArray *shingle_left_out(Archive *archive, GError **error) {
    g_autoptr(GError) failure = NULL;
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    sqlite3_stmt *select = archive_statement(
        archive, "SELECT value FROM rule_parameters WHERE name = 'without-section'", error);
    if (select == NULL)
        return NULL;
    while (statement_row(archive, select, &failure))
        g_ptr_array_add(words, statement_text(select, 0));
    sqlite3_reset(select);
    if (failure == NULL)
        return g_steal_pointer(&words);
    g_propagate_error(error, g_steal_pointer(&failure));
    return NULL;
}

static gint compare_hashes(gconstpointer a, gconstpointer b) {
    guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
    return x < y ? -1 : x > y;
}

/* Sorted, each hash once. */
static void make_set(GArray *hashes) {
    g_array_sort(hashes, compare_hashes);
    guint n = 0;
    for (guint i = 0; i < hashes->len; i++)
        if (i == 0 || g_array_index(hashes, guint64, i) != g_array_index(hashes, guint64, n - 1))
            g_array_index(hashes, guint64, n++) = g_array_index(hashes, guint64, i);
    g_array_set_size(hashes, n);
}

static double jaccard(const GArray *a, const GArray *b) {
    guint both = 0, i = 0, k = 0;
    while (i < a->len && k < b->len) {
        guint64 x = g_array_index(a, guint64, i), y = g_array_index(b, guint64, k);
        both += x == y;
        i += x <= y;
        k += y <= x;
    }
    guint either = a->len + b->len - both;
    return either == 0 ? 0 : (double)both / either;
}

gboolean shingle_similarity(Archive *archive, gint64 a, gint64 b, double *similarity,
                            GError **error) {
    static const char SQL[] = OWN_WORDS NOT_TEMPLATE "ORDER BY p.id";
    g_autoptr(GArray) first = read_shingles(archive, a, SQL, error);
    g_autoptr(GArray) second = first == NULL ? NULL : read_shingles(archive, b, SQL, error);
    if (second == NULL)
        return FALSE;
    make_set(first);
    make_set(second);
    *similarity = MIN(first->len, second->len) < SHINGLES_MIN ? 0 : jaccard(first, second);
    return TRUE;
}
