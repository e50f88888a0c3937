/* NormalText: characters as the scanner reads them, each with the original character it stands for.
 *
 * Every character is folded by itself (compatibility forms: full width, Kangxi and other radicals,
 * CJK compatibility ideographs, presentation forms), white space is dropped. What carries meaning
 * by its form stays: ①, ², ½. One original character gives none, one or several folded ones; a
 * position of the folded text always leads back to the original.
 */
#pragma once
#include "extract/document.h"

typedef struct {
    gunichar *codes; /* `length` folded characters, then a 0 */
    guint *origins;  /* of each, the index of its original character; one more: the end */
    guint8 *gaps;    /* of each: 1 where white space stood before it, 2 where a tab or several */
    guint length;
    guint allocated;
} NormalText;

enum { TEXT_GAP_NONE, TEXT_GAP_NARROW, TEXT_GAP_WIDE };

enum { TEXT_FOLD_MAX = 18 }; /* the longest compatibility mapping of Unicode has 18 characters */

void normal_text_read(NormalText *text, const gunichar *codes, guint n_codes);
/* The same of characters of the document; positions count from the start of the span. */
void normal_text_read_span(NormalText *text, const Document *document, Span span);
void normal_text_clear(NormalText *text);

/* Both at once; `scratch` is overwritten. */
char *folded_text(const Document *document, Span span, NormalText *scratch);
/* The same of UTF-8. */
char *folded_utf8(const char *printed);

/* What stands for itself: printed ASCII and most Han. */
static inline gboolean code_is_plain(gunichar code) {
    return (code > 0x20 && code < 0x7F) || (code >= 0x4E00 && code <= 0x9FFF);
}

/* What a character is folded to: one or several, none of white space and what is invisible. */
guint code_fold(gunichar code, gunichar folded[TEXT_FOLD_MAX]);

/* The character that valid UTF-8 has at `*at`; moves behind it. */
static inline gunichar code_read(const char **at) {
    const guchar *bytes = (const guchar *)*at;
    if (bytes[0] < 0x80) {
        *at += 1;
        return bytes[0];
    }
    if ((bytes[0] & 0xF0) != 0xE0) {
        gunichar code = g_utf8_get_char(*at);
        *at = g_utf8_next_char(*at);
        return code;
    }
    *at += 3;
    return (gunichar)(bytes[0] & 0xF) << 12 | (gunichar)(bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F);
}

/* Writes the character as UTF-8, TEXT_BYTES_MAX at most; behind what was written. */
enum { TEXT_BYTES_MAX = 6 };
static inline char *code_write(gunichar code, char *at) {
    if (code < 0x80) {
        *at = (char)code;
        return at + 1;
    }
    if (code < 0x800 || code > 0xFFFF)
        return at + g_unichar_to_utf8(code, at);
    at[0] = (char)(0xE0 | code >> 12);
    at[1] = (char)(0x80 | (code >> 6 & 0x3F));
    at[2] = (char)(0x80 | (code & 0x3F));
    return at + 3;
}

/* The original span [start, end) of the folded one; white space at its ends left out. */
static inline guint normal_text_start(const NormalText *text, guint at) {
    return text->origins[at];
}
static inline guint normal_text_end(const NormalText *text, guint end) {
    return end == 0 ? 0 : text->origins[end - 1] + 1;
}
