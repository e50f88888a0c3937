#include "load/bigram.h"
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* NFKC with case folded. */
static char *fold(const char *text) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&status);
    glong units = 0;
    g_autofree gunichar2 *source = g_utf8_to_utf16(text, -1, NULL, &units, NULL);
    if (source == NULL || U_FAILURE(status))
        return g_ascii_strdown(text, -1);
    gsize room = (gsize)units * 18 + 1; /* the longest NFKC expansion of one unit */
    g_autofree UChar *folded = g_new(UChar, room);
    int32_t n =
        unorm2_normalize(normalizer, source, (int32_t)units, folded, (int32_t)room, &status);
    char *result = U_FAILURE(status) ? NULL : g_utf16_to_utf8(folded, n, NULL, NULL, NULL);
    return result != NULL ? result : g_ascii_strdown(text, -1);
}

typedef enum { CLASS_OTHER, CLASS_HAN, CLASS_WORD } CharacterClass;

static CharacterClass class_of(gunichar c) {
    if (c < 0x80)
        return g_ascii_isalnum((char)c) ? CLASS_WORD : CLASS_OTHER;
    if (c >= 0x4E00 && c <= 0x9FFF)
        return CLASS_HAN;
    if (u_hasBinaryProperty((UChar32)c, UCHAR_IDEOGRAPHIC))
        return CLASS_HAN;
    return u_isalnum((UChar32)c) ? CLASS_WORD : CLASS_OTHER;
}

/* The words of folded text; `whole`: with the last character of each run of Han. */
static void append_words(GString *words, const char *text, gboolean whole) {
    CharacterClass before = CLASS_OTHER;
    const char *previous = NULL; /* the Han character before this one */
    gsize run = 0;               /* Han characters of this run */
    for (const char *p = text;; p = g_utf8_next_char(p)) {
        CharacterClass now = *p == '\0' ? CLASS_OTHER : class_of(g_utf8_get_char(p));
        const char *next = *p == '\0' ? p : g_utf8_next_char(p);
        if (before == CLASS_HAN && now != CLASS_HAN && (whole || run == 1)) {
            g_string_append_len(words, previous, g_utf8_next_char(previous) - previous);
            g_string_append_c(words, ' ');
        } else if (before == CLASS_WORD && now != CLASS_WORD)
            g_string_append_c(words, ' ');
        if (now == CLASS_HAN && before == CLASS_HAN) {
            g_string_append_len(words, previous, next - previous);
            g_string_append_c(words, ' ');
        } else if (now == CLASS_WORD)
            g_string_append_len(words, p, next - p);
        run = now == CLASS_HAN ? (before == CLASS_HAN ? run + 1 : 1) : 0;
        previous = p;
        before = now;
        if (*p == '\0')
            return;
    }
}

static gboolean is_space(gunichar c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* White space beside Han characters is the printer's, not the author's; between words of letters
 * one space stays. */
static void remove_space(char *text) {
    CharacterClass before = CLASS_OTHER;
    char *to = text;
    for (const char *from = text; *from != '\0';) {
        gunichar c = g_utf8_get_char(from);
        const char *next = g_utf8_next_char(from);
        if (is_space(c)) {
            while (is_space(g_utf8_get_char(next)))
                next = g_utf8_next_char(next);
            gboolean stays = before == CLASS_WORD && class_of(g_utf8_get_char(next)) == CLASS_WORD;
            from = next;
            if (stays)
                *to++ = ' ';
            continue;
        }
        before = class_of(c);
        memmove(to, from, (gsize)(next - from));
        to += next - from;
        from = next;
    }
    *to = '\0';
}

char *bigram_folded(const char *text) {
    char *folded = fold(text);
    remove_space(folded);
    return folded;
}

/* Plain characters, of which most texts are made alone, need no ICU: ASCII without white space, Han
 * from U+4E00 to U+9FFF, and the punctuation of Chinese text, which belongs to no word. */
static gsize plain_han(const guchar *p) {
    return (*p == 0xE4 && p[1] >= 0xB8) || (*p >= 0xE5 && *p <= 0xE9) ? 3 : 0;
}

static gsize plain_mark(const guchar *p) {
    if (*p == 0xE3 && p[1] == 0x80) /* 、。 〈 to 】 〔〕 */
        return p[2] == 0x81 || p[2] == 0x82 || (p[2] >= 0x88 && p[2] <= 0x91) || p[2] == 0x94 ||
                       p[2] == 0x95
                   ? 3
                   : 0;
    if (*p == 0xE2 && p[1] == 0x80) /* — ‘ ’ “ ” */
        return p[2] == 0x94 || p[2] == 0x98 || p[2] == 0x99 || p[2] == 0x9C || p[2] == 0x9D ? 3 : 0;
    if (*p == 0xEF && p[1] == 0xBC) /* ！ to ／ ： to ＠ */
        return (p[2] >= 0x81 && p[2] <= 0x8F) || (p[2] >= 0x9A && p[2] <= 0xA0) ? 3 : 0;
    return *p > ' ' && *p < 0x7F && !g_ascii_isalnum((char)*p) ? 1 : 0;
}

/* As the words of folded text. FALSE, and `words` as they were, where a character is not plain. A
 * Han character has three bytes and gives seven at most, and four more at the end of its run. */
static gboolean append_plain(GString *words, const char *text) {
    const guchar *p = (const guchar *)text;
    const gsize before = words->len;
    gsize own;
    g_string_set_size(words, before + 4 * strlen(text) + 1);
    char *to = words->str + before;
    while (*p != '\0') {
        if ((own = plain_han(p)) > 0) {
            gsize next = plain_han(p + own);
            memcpy(to, p, own + next);
            to += own + next;
            *to++ = ' ';
            p += own;
            if (next > 0 && plain_han(p + next) == 0) {
                memcpy(to, p, next);
                to += next;
                *to++ = ' ';
                p += next;
            }
        } else if (g_ascii_isalnum((char)*p)) {
            while (g_ascii_isalnum((char)*p))
                *to++ = g_ascii_tolower((char)*p++);
            *to++ = ' ';
        } else if ((own = plain_mark(p)) > 0)
            p += own;
        else
            break;
    }
    const gboolean whole = *p == '\0';
    g_string_set_size(words, whole ? (gsize)(to - words->str) : before);
    return whole;
}

void bigram_append(GString *words, const char *text) {
    if (append_plain(words, text))
        return;
    g_autofree char *folded = bigram_folded(text);
    append_words(words, folded, TRUE);
}

/* A single Han character is the beginning of a pair, or the last one of its run. */
char *bigram_query(const char *text) {
    g_autofree char *folded = bigram_folded(text);
    g_autoptr(GString) words = g_string_new("\"");
    append_words(words, folded, FALSE);
    while (words->len > 1 && words->str[words->len - 1] == ' ')
        g_string_truncate(words, words->len - 1);
    if (words->len == 1)
        return NULL;
    gboolean single = g_utf8_strlen(words->str + 1, -1) == 1;
    g_string_append(words, single ? "\" *" : "\"");
    return g_string_free(g_steal_pointer(&words), FALSE);
}
