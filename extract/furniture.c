/* Which lines belong to the pages.
 *
 * Page numbers are short lines of digits in the margin. Heads and feet are lines in the margin
 * whose text, digits aside, comes back on other pages at the same height. Contents lines end in a
 * leader and a page number, at least three to a page; those without leaders are found by what they
 * announce (`contents.h`).
 */
#include "extract/furniture.h"
#include "extract/contents.h"
#include <math.h>

/* The margins where furniture stands, as a part of the page's longer side. */
static const float MARGIN = 0.12F;
/* A head comes back on this many pages, and on this part of all. */
enum { REPEATS_MIN = 3, CONTENTS_LINES_MIN = 3, PAGE_NUMBER_CHARACTERS_MAX = 12 };
static const float REPEATS_PART = 0.3F;
/* Or on this part of the left or of the right pages, where there are so many pages. */
static const float SIDE_PART = 0.6F;
enum { SIDES_PAGES_MIN = 5 };
/* Of two pages both have the same head, this near to the edge; digits too are the same. */
enum { FEW_PAGES = 2 };
static const float FEW_PAGES_MARGIN = 0.075F;
/* Heads are set small; what is larger is the title of a form that each page has. */
static const float HEAD_POINTS_MAX = 13.0F;
/* A title of contents is this short: 目录. */
enum { CONTENTS_TITLE_CHARACTERS_MAX = 4 };

typedef struct {
    const Lines *lines;
    const GArray *pages;
    GPtrArray *names;
} Search;

static const Page *page_of(const Search *search, const DraftLine *draft) {
    return &g_array_index(search->pages, Page, draft->line.page - 1);
}

static gboolean in_margin(const Search *search, const DraftLine *draft) {
    const Page *page = page_of(search, draft);
    float margin = MAX(page->width, page->height) * MARGIN;
    float centre = (draft->line.low + draft->line.high) / 2;
    return !draft->line.vertical && draft->table == DOCUMENT_NONE && !draft->watermark &&
           draft->field == NULL && (centre < margin || centre > page->height - margin);
}

/* The number of a page whose text lies on its side stands upright, at its left or right. */
static gboolean in_side_margin(const Search *search, const DraftLine *draft) {
    const Page *page = page_of(search, draft);
    float margin = MAX(page->width, page->height) * MARGIN;
    float centre = (draft->line.low + draft->line.high) / 2;
    return draft->line.vertical && draft->table == DOCUMENT_NONE && !draft->watermark &&
           draft->field == NULL && (centre < margin || centre > page->width - margin);
}

static gboolean is_page_number_decoration(gunichar code) {
    static const gunichar KNOWN[] = U"-–—―－·•/／|第页共 Pp.ageof~～";
    for (const gunichar *k = KNOWN; *k != 0; k++)
        if (*k == code)
            return TRUE;
    return FALSE;
}

/* `- 3 -`, `第3页 共10页`, `3/10`, `Page 3`; Roman numerals of a preface. */
static gboolean is_page_number(const char *text) {
    guint digits = 0, others = 0, roman = 0;
    if (g_utf8_strlen(text, -1) > PAGE_NUMBER_CHARACTERS_MAX)
        return FALSE;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar code = g_utf8_get_char(p);
        if (g_unichar_isdigit(code))
            digits++;
        else if (code == 'i' || code == 'v' || code == 'x' || code == 'I' || code == 'V' ||
                 code == 'X' || (code >= U'Ⅰ' && code <= U'Ⅻ'))
            roman++;
        else if (!is_page_number_decoration(code))
            others++;
    }
    return others == 0 && ((digits > 0 && digits <= 8) || (roman > 0 && digits == 0));
}

/* Text without white space, and digits unless they count, with the height: equal on pages that
 * share a head. */
static char *repeat_key(const DraftLine *draft, const char *text, gboolean digits) {
    GString *key = g_string_new(NULL);
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar code = g_utf8_get_char(p);
        if ((digits || !g_unichar_isdigit(code)) && !g_unichar_isspace(code))
            g_string_append_unichar(key, code);
    }
    g_string_append_printf(key, "@%d", (int)lroundf((draft->line.low + draft->line.high) / 16));
    return g_string_free(key, FALSE);
}

/* How often each key stands on odd and on even pages. */
typedef struct {
    guint even, odd;
} Repeats;

static gboolean is_at_edge(const Search *search, const DraftLine *draft) {
    const Page *page = page_of(search, draft);
    float margin = MAX(page->width, page->height) * FEW_PAGES_MARGIN;
    float centre = (draft->line.low + draft->line.high) / 2;
    return centre < margin || centre > page->height - margin;
}

/* On enough of all pages, or of the left or right ones: these may have heads of their own. */
static gboolean is_repeated(const Search *search, const DraftLine *draft, const Repeats *repeats) {
    guint pages = search->pages->len, odd = (pages + 1) / 2, even = pages / 2;
    if (pages == FEW_PAGES)
        return repeats->odd > 0 && repeats->even > 0 && is_at_edge(search, draft);
    if ((float)(repeats->odd + repeats->even) >= MAX((float)pages * REPEATS_PART, REPEATS_MIN))
        return TRUE;
    return pages >= SIDES_PAGES_MIN &&
           ((repeats->even == 0 && (float)repeats->odd >= (float)odd * SIDE_PART) ||
            (repeats->odd == 0 && (float)repeats->even >= (float)even * SIDE_PART));
}

static void name_margin_lines(Search *search, char **keys, GHashTable *counts) {
    for (guint i = 0; i < search->lines->drafts->len; i++) {
        const DraftLine *draft = lines_draft(search->lines, i);
        if (keys[i] == NULL || search->names->pdata[i] != NULL || draft->em > HEAD_POINTS_MAX ||
            !is_repeated(search, draft, g_hash_table_lookup(counts, keys[i])))
            continue;
        gboolean upper = draft->line.low < page_of(search, draft)->height / 2;
        search->names->pdata[i] = (gpointer)(upper ? "head" : "foot");
    }
}

static void count_repeat(GHashTable *counts, char *key, guint page) {
    Repeats *repeats = g_hash_table_lookup(counts, key);
    if (repeats == NULL) {
        repeats = g_new0(Repeats, 1);
        g_hash_table_insert(counts, key, repeats);
    }
    if (page % 2 == 0)
        repeats->even++;
    else
        repeats->odd++;
}

static void find_heads(Search *search) {
    guint n = search->lines->drafts->len;
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    g_autoptr(GString) text = g_string_new(NULL);
    char **keys = g_new0(char *, n + 1);
    for (guint i = 0; i < n; i++) {
        const DraftLine *draft = lines_draft(search->lines, i);
        gboolean beside = in_side_margin(search, draft);
        if (!beside && !in_margin(search, draft))
            continue;
        g_string_truncate(text, 0);
        lines_append_text(search->lines, draft, text);
        if (is_page_number(text->str))
            search->names->pdata[i] = (gpointer) "page-number";
        if (beside)
            continue;
        keys[i] = repeat_key(draft, text->str, search->pages->len <= FEW_PAGES);
        count_repeat(counts, keys[i], draft->line.page);
    }
    name_margin_lines(search, keys, counts);
    for (guint i = 0; i < n; i++)
        g_free(keys[i]);
    g_free(keys);
}

static gboolean is_leader(gunichar code) {
    return code == '.' || code == U'…' || code == U'·' || code == U'．' || code == U'‥' ||
           code == U'⋯' || code == '-' || code == U'─' || code == '_';
}

/* Title, leader of at least four points (or two ellipses), page number. */
static gboolean is_contents_line(const Lines *lines, const DraftLine *draft) {
    guint i = draft->line.characters.end, leaders = 0, digits = 0;
    for (; i > draft->line.characters.start; i--) {
        gunichar code = g_array_index(lines->characters, Character, i - 1).code;
        if (g_unichar_isspace(code))
            continue;
        if (leaders == 0 && (g_unichar_isdigit(code) || code == ')' || code == '('))
            digits++;
        else if (is_leader(code))
            leaders += code == U'…' || code == U'⋯' ? 3 : 1;
        else
            break;
    }
    return digits > 0 && digits <= 5 && leaders >= 4 && i > draft->line.characters.start;
}

static guint characters_of(const Search *search, guint i) {
    guint n = 0;
    Span span = lines_draft(search->lines, i)->line.characters;
    for (guint c = span.start; c < span.end; c++)
        n += g_unichar_isspace(g_array_index(search->lines->characters, Character, c).code) ? 0 : 1;
    return n;
}

/* Names the contents lines from `first` to `end`, and the title above them. */
static void name_contents(Search *search, guint first, guint end) {
    gboolean any = FALSE;
    for (guint i = first; i < end; i++) {
        if (search->names->pdata[i] != NULL ||
            !is_contents_line(search->lines, lines_draft(search->lines, i)))
            continue;
        search->names->pdata[i] = (gpointer) "contents";
        if (!any && i > first && search->names->pdata[i - 1] == NULL &&
            characters_of(search, i - 1) <= CONTENTS_TITLE_CHARACTERS_MAX)
            search->names->pdata[i - 1] = (gpointer) "contents";
        any = TRUE;
    }
}

static void find_leaders(Search *search) {
    guint n = search->lines->drafts->len, before = 0; /* found on the page before */
    for (guint first = 0; first < n;) {
        guint page = lines_draft(search->lines, first)->line.page, end = first, found = 0;
        for (; end < n && lines_draft(search->lines, end)->line.page == page; end++)
            found += is_contents_line(search->lines, lines_draft(search->lines, end)) ? 1 : 0;
        if (found >= CONTENTS_LINES_MIN || before >= CONTENTS_LINES_MIN)
            name_contents(search, first, end);
        first = end;
        before = found;
    }
}

GPtrArray *furniture_find(const Lines *lines, const GArray *pages) {
    Search search = {.lines = lines, .pages = pages, .names = g_ptr_array_new()};
    g_ptr_array_set_size(search.names, (int)lines->drafts->len);
    for (guint i = 0; i < lines->drafts->len; i++)
        if (lines_draft(lines, i)->watermark)
            search.names->pdata[i] = (gpointer) "watermark";
    find_heads(&search);
    find_leaders(&search);
    contents_find(lines, search.names);
    return search.names;
}
