/* NormalText: characters as the scanner reads them, each with the original character it stands for.
 *
 * Every character is folded by itself (compatibility forms: full width, Kangxi and other radicals,
 * CJK compatibility ideographs, presentation forms), white space is dropped. What carries meaning
 * by its form stays: ①, ², ½. One original character gives none, one or several folded ones; a
 * position of the folded text always leads back to the original.
 */
#pragma once
#include <glib.h>

typedef struct {
    gunichar *codes; /* `length` folded characters, then a 0 */
    guint *origins;  /* of each, the index of its original character; one more: the end */
    guint8 *gaps;    /* of each: 1 where white space stood before it, 2 where a tab or several */
    guint length;
    guint allocated;
} NormalText;

enum { TEXT_GAP_NONE, TEXT_GAP_NARROW, TEXT_GAP_WIDE };

void normal_text_read(NormalText *text, const gunichar *codes, guint n_codes);
void normal_text_clear(NormalText *text);

/* The original span [start, end) of the folded one; white space at its ends left out. */
static inline guint normal_text_start(const NormalText *text, guint at) {
    return text->origins[at];
}
static inline guint normal_text_end(const NormalText *text, guint end) {
    return end == 0 ? 0 : text->origins[end - 1] + 1;
}
