/* Figures and nouns that stand in rows: 城乡低保和特困供养分别 3 人和 5 人 (as many figures as
 * nouns), 三项满意度均为 95% (one figure for each), 收、支总计 8 万元 (one for the two halves of a
 * pair). */
#include "normalize/label_name.h"
#include <string.h>

enum { TAIL_CHARACTERS_MIN = 2 };

/* How many quantities of one kind stand here with nothing but 、 ， 和 between
 * them. */
static guint run_length(const Prose *prose, const Wording *wording, guint first) {
    guint n = 1;
    for (; first + n < prose->scan->quantities->len; n++) {
        const Quantity *before = prose_quantity(prose, first + n - 1);
        const Quantity *after = prose_quantity(prose, first + n);
        g_autofree char *between = prose_text(prose, before->end, after->start);
        if (after->kind != before->kind || !wording_has(wording, WORDS_JOIN, between))
            break;
    }
    return n;
}

/* The names of the last figures of the sentence, for what became of them: 同比分别下降 12%和 15%.
 */
static gboolean take_recent(const Labeller *labeller, GPtrArray *nouns, guint length) {
    if (labeller->recent->len < length || length < 2)
        return FALSE;
    g_ptr_array_set_size(nouns, 0);
    for (guint i = labeller->recent->len - length; i < labeller->recent->len; i++)
        g_ptr_array_add(nouns, g_strdup(labeller->recent->pdata[i]));
    return TRUE;
}

/* 职工、居民【住院报销比例】: what the last noun measures is measured of the others too; it begins
 * where the last is as long as the one before it. */
static void share_tail(const Wording *wording, GPtrArray *nouns) {
    if (nouns->len < 2)
        return;
    const char *last = nouns->pdata[nouns->len - 1], *before = nouns->pdata[nouns->len - 2];
    glong own = g_utf8_strlen(before, -1), n = g_utf8_strlen(last, -1);
    const char *unit = wording_head_unit(wording, last);
    if (n < own + TAIL_CHARACTERS_MIN ||
        (unit == NULL && wording_suffix(wording, WORDS_WEAK, last, strlen(last)) == 0))
        return;
    const char *tail = g_utf8_offset_to_pointer(last, own);
    for (guint i = 0; i + 1 < nouns->len; i++) {
        char *noun = nouns->pdata[i];
        const char *has = wording_head_unit(wording, noun);
        if (has == NULL && wording_suffix(wording, WORDS_WEAK, noun, strlen(noun)) == 0) {
            nouns->pdata[i] = g_strconcat(noun, tail, NULL);
            g_free(noun);
        }
    }
}

static void append_deed(GPtrArray *nouns, const char *deed) {
    for (guint i = 0; *deed != '\0' && i < nouns->len; i++) {
        char *noun = nouns->pdata[i];
        nouns->pdata[i] = g_strconcat(noun, deed, NULL);
        g_free(noun);
    }
}

/* The nouns that share the figures from `index` on, and what is said of each in `deed`. */
static GPtrArray *nouns_of_run(const Labeller *labeller, const char *core, guint length,
                               GString *deed) {
    gsize n;
    const char *word = wording_find(labeller->wording, WORDS_DISTRIBUTE, core, &n);
    g_autoptr(GString) before = g_string_new(core);
    if (word != NULL) {
        g_string_truncate(before, (gsize)(word - core));
        g_string_assign(deed, word + n);
        core_strip(labeller->wording, deed);
    }
    core_strip(labeller->wording, before);
    CoreKind kind = core_kind(labeller->wording, before->str);
    GPtrArray *nouns = nouns_split(before->str);
    gboolean recent = word == NULL ? kind == CORE_RELATIVE : kind != CORE_NAME;
    if (word == NULL && !recent) {
        g_ptr_array_set_size(nouns, 0);
        return nouns;
    }
    if (recent && (word == NULL || nouns->len < 2) && take_recent(labeller, nouns, length))
        g_string_prepend(deed, before->str);
    else if (word != NULL)
        share_tail(labeller->wording, nouns);
    return nouns;
}

gboolean labeller_distribute(Labeller *labeller, guint index, const char *core) {
    guint length = run_length(labeller->prose, labeller->wording, index);
    g_autoptr(GString) deed = g_string_new(NULL);
    g_autoptr(GPtrArray) nouns = nouns_of_run(labeller, core, length, deed);
    if (nouns->len < 2 || nouns->len != length)
        return FALSE;
    append_deed(nouns, deed->str);
    g_ptr_array_unref(labeller->shares);
    labeller->shares = g_steal_pointer(&nouns);
    labeller->next_share = 0;
    return TRUE;
}

/* 财政拨款【收】、【支】总决算, 【收入】、【支出】各: two names for one figure. NULL for none. */
static GPtrArray *halves_of_pair(const Labeller *labeller, const char *core, gboolean shared) {
    static const char LIST[] = "、";
    gsize n_first, n_last;
    const char *comma = strstr(core, LIST);
    if (comma == NULL || strstr(comma + strlen(LIST), LIST) != NULL)
        return NULL;
    g_autofree char *first = g_strndup(core, (gsize)(comma - core));
    const char *last = comma + strlen(LIST);
    const char *one = wording_full_at_end(labeller->wording, first, &n_first);
    const char *other = wording_full_at_start(labeller->wording, last, &n_last);
    if (one == NULL || other == NULL || one == other || (last[n_last] == '\0' && !shared))
        return NULL;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    first[strlen(first) - n_first] = '\0';
    g_ptr_array_add(names, g_strconcat(first, one, last + n_last, NULL));
    g_ptr_array_add(names, g_strconcat(first, other, last + n_last, NULL));
    return names;
}

static void take_names(Labeller *labeller, GPtrArray *nouns, const char *deed) {
    for (guint i = 0; i < nouns->len; i++)
        g_ptr_array_add(labeller->names, g_strconcat(nouns->pdata[i], deed, NULL));
}

gboolean labeller_share(Labeller *labeller, const Quantity *quantity, const char *core) {
    gsize n = 0;
    const char *word = wording_find(labeller->wording, WORDS_SHARE, core, &n);
    g_autoptr(GString) before = g_string_new_len(core, word == NULL ? -1 : word - core);
    g_autoptr(GString) deed = g_string_new(word == NULL ? NULL : word + n);
    core_strip(labeller->wording, before);
    core_strip(labeller->wording, deed);
    if (wording_suffix(labeller->wording, WORDS_CHANGE, deed->str, deed->len) == 0)
        g_string_truncate(deed, 0);
    g_autoptr(GPtrArray) halves = halves_of_pair(labeller, before->str, word != NULL);
    if (halves != NULL) {
        take_names(labeller, halves, deed->str);
        labeller->relative = deed->len > 0;
        labeller_remember(labeller, quantity, before->str);
        g_string_assign(labeller->subject, before->str);
        return TRUE;
    }
    g_autoptr(GPtrArray) nouns = nouns_split(before->str);
    if (word == NULL || word == core || !nouns_are_parallel(labeller->wording, nouns))
        return FALSE;
    take_names(labeller, nouns, deed->str);
    return TRUE;
}
