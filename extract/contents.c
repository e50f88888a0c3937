/* What is listed comes again.
 *
 *   目录
 *   第一部分  概况            ┐ a run of short lines, most of them numbered;
 *   一、主要职能 …… 3         │ most stand again further on
 *   二、机构设置              ┘
 *   第一部分  概况            ← the first that stands again in the run: here the text begins
 *
 * Leaders and page numbers are left out of the comparison, and the entries' numbers too, since
 * captions of tables have none.
 */
#include "extract/contents.h"
#include "extract/heading.h"
#include <string.h>

enum {
    PAGES_MAX = 12, /* contents begin on one of the first pages */
    ENTRIES_MIN = 5,
    ENTRY_CHARACTERS_MAX = 60,
    TITLE_CHARACTERS_MAX = 4, /* of 目录, CONTENTS has leaders */
    KEY_CHARACTERS_MIN = 1,
};
static const float AGAIN_PART = 0.6F;    /* of the entries that come again */
static const float NUMBERED_PART = 0.5F; /* of the entries that have numbers */

typedef struct {
    const Lines *lines;
    GPtrArray *names;
    GHashTable *lasts; /* key → index of its last draft + 1 */
    GPtrArray *keys;   /* char *, of each draft; NULL where it is no entry */
} Search;

static gboolean is_sentence(gunichar code) {
    return code == U'。' || code == U'；' || code == U'？';
}

static gboolean is_leader(gunichar code) {
    return code == '.' || code == U'…' || code == U'·' || code == U'．' || code == U'⋯';
}

/* The draft's characters without white space; 0 where they are too many or a sentence. */
static guint entry_codes(const Lines *lines, const DraftLine *draft, gunichar *codes) {
    guint n = 0;
    if (draft->table != DOCUMENT_NONE || draft->field != NULL || draft->watermark)
        return 0;
    for (guint i = draft->line.characters.start; i < draft->line.characters.end; i++) {
        gunichar code = g_array_index(lines->characters, Character, i).code;
        if (g_unichar_isspace(code) || is_leader(code))
            continue;
        if (n == ENTRY_CHARACTERS_MAX || is_sentence(code))
            return 0;
        codes[n++] = code;
    }
    return n;
}

/* What the draft announces, without number and page; NULL where it is no entry. */
static char *entry_key(const Lines *lines, const DraftLine *draft, gboolean *numbered) {
    gunichar codes[ENTRY_CHARACTERS_MAX];
    guint n = entry_codes(lines, draft, codes), first = 0;
    HeadingNumber number;
    *numbered = heading_number_read(codes, n, &number);
    if (*numbered)
        first = MIN(number.length, n);
    while (n > first && g_unichar_isdigit(codes[n - 1]))
        n--;
    return n - first < KEY_CHARACTERS_MIN
               ? NULL
               : g_ucs4_to_utf8(codes + first, (glong)(n - first), NULL, NULL, NULL);
}

static gboolean is_skipped(const Search *search, guint i) {
    return search->names->pdata[i] != NULL;
}

/* The end of the run of entries from `first` on; gives how many have numbers. */
static guint run_end(const Search *search, guint first, guint *entries, guint *numbered) {
    guint i = first;
    *entries = *numbered = 0;
    for (; i < search->lines->drafts->len; i++) {
        gboolean has_number;
        if (is_skipped(search, i))
            continue;
        g_autofree char *key = entry_key(search->lines, lines_draft(search->lines, i), &has_number);
        if (key == NULL)
            break;
        (*entries)++;
        *numbered += has_number ? 1 : 0;
    }
    return i;
}

static void index_keys(Search *search) {
    guint n = search->lines->drafts->len;
    search->lasts = g_hash_table_new(g_str_hash, g_str_equal);
    search->keys = g_ptr_array_new_full(n, g_free);
    for (guint i = 0; i < n; i++) {
        gboolean numbered;
        char *key = is_skipped(search, i)
                        ? NULL
                        : entry_key(search->lines, lines_draft(search->lines, i), &numbered);
        g_ptr_array_add(search->keys, key);
        if (key != NULL)
            g_hash_table_insert(search->lasts, key, GUINT_TO_POINTER(i + 1));
    }
}

static gboolean comes_again(const Search *search, guint i) {
    const char *key = search->keys->pdata[i];
    return key != NULL && GPOINTER_TO_UINT(g_hash_table_lookup(search->lasts, key)) > i + 1;
}

/* Where the text begins: the first entry that stands in the run already. */
static guint text_start(const Search *search, guint first, guint end) {
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = first; i < end; i++)
        if (search->keys->pdata[i] != NULL && comes_again(search, i))
            g_hash_table_add(seen, search->keys->pdata[i]);
        else if (search->keys->pdata[i] != NULL &&
                 g_hash_table_contains(seen, search->keys->pdata[i]))
            return i;
    return end;
}

static guint characters_of(const Search *search, guint i) {
    const char *key = search->keys->pdata[i];
    return key == NULL ? G_MAXUINT : (guint)g_utf8_strlen(key, -1);
}

/* Names the entries of the run that are contents; gives where to go on. */
static void name_entries(Search *search, guint run, guint end) {
    guint first = run, again = 0, entries = 0, last = 0, page;
    while (first < end && !comes_again(search, first))
        first++;
    end = text_start(search, first, end);
    for (guint i = first; i < end; i++) {
        if (search->keys->pdata[i] == NULL)
            continue;
        entries++;
        again += comes_again(search, i) ? 1 : 0;
        last = comes_again(search, i) ? i : last;
    }
    if (entries < ENTRIES_MIN || (float)again < AGAIN_PART * (float)entries)
        return;
    page = lines_draft(search->lines, first)->line.page;
    if (first > run && characters_of(search, first - 1) <= TITLE_CHARACTERS_MAX &&
        lines_draft(search->lines, first - 1)->line.page == page)
        first--;
    page = lines_draft(search->lines, last)->line.page;
    for (guint i = first; i < end && lines_draft(search->lines, i)->line.page <= page; i++)
        if (search->keys->pdata[i] != NULL)
            search->names->pdata[i] = (gpointer) "contents";
}

void contents_find(const Lines *lines, GPtrArray *names) {
    Search search = {.lines = lines, .names = names};
    for (guint i = 0; i < lines->drafts->len && lines_draft(lines, i)->line.page <= PAGES_MAX;) {
        guint entries, numbered, end = run_end(&search, i, &entries, &numbered);
        if (entries >= ENTRIES_MIN && (float)numbered >= NUMBERED_PART * (float)entries) {
            if (search.keys == NULL)
                index_keys(&search);
            name_entries(&search, i, end);
        }
        i = end + 1;
    }
    if (search.keys == NULL)
        return;
    g_hash_table_unref(search.lasts);
    g_ptr_array_unref(search.keys);
}
