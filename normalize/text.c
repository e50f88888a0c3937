/* Most characters of a report are Han or ASCII and stand for themselves; only the rest asks ICU. */
#include "normalize/text.h"
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

/* CJK Radicals Supplement that fonts use for the character itself; Unicode maps only ⺟ and ⻳. */
static gunichar radical_fold(gunichar code) {
    static const struct {
        gunichar radical, character;
    } TABLE[] = {
        {0x2E84, 0x4E59}, {0x2E8C, 0x5C0F}, {0x2E92, 0x5DF3}, {0x2E9C, 0x65E5}, {0x2E9D, 0x6708},
        {0x2E9F, 0x6BCD}, {0x2EA0, 0x6C11}, {0x2EAB, 0x76EE}, {0x2EAC, 0x793A}, {0x2EAE, 0x7AF9},
        {0x2EB6, 0x7F8A}, {0x2EBC, 0x8089}, {0x2EBD, 0x81FC}, {0x2EC1, 0x864E}, {0x2EC4, 0x897F},
        {0x2EC5, 0x89C1}, {0x2EC6, 0x89D2}, {0x2EC9, 0x8D1D}, {0x2ECA, 0x8DB3}, {0x2ECB, 0x8F66},
        {0x2ED1, 0x9577}, {0x2ED3, 0x957F}, {0x2ED4, 0x95E8}, {0x2ED7, 0x96E8}, {0x2ED8, 0x9752},
        {0x2ED9, 0x97E6}, {0x2EDA, 0x9875}, {0x2EDB, 0x98CE}, {0x2EDC, 0x98DE}, {0x2EDD, 0x98DF},
        {0x2EE2, 0x9A6C}, {0x2EE3, 0x9AA8}, {0x2EE4, 0x9B3C}, {0x2EE5, 0x9C7C}, {0x2EE6, 0x9E1F},
        {0x2EE7, 0x5364}, {0x2EE8, 0x9EA6}, {0x2EE9, 0x9EC4}, {0x2EEC, 0x9F50}, {0x2EED, 0x6B6F},
        {0x2EEE, 0x9F7F}, {0x2EEF, 0x7ADC}, {0x2EF0, 0x9F99}, {0x2EF2, 0x4E80}, {0x2EF3, 0x9F9F},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(TABLE); i++)
        if (TABLE[i].radical == code)
            return TABLE[i].character;
    return code;
}

static gboolean form_carries_meaning(gunichar code) {
    return code == 0xB2 || code == 0xB3 || code == 0xB9 || (code >= 0xBC && code <= 0xBE) ||
           code == 0x2026 || (code >= 0x2070 && code <= 0x209C) ||
           (code >= 0x2150 && code <= 0x218B) || (code >= 0x2460 && code <= 0x24FF) ||
           (code >= 0x2776 && code <= 0x2793) || (code >= 0x3220 && code <= 0x3229) ||
           (code >= 0x3251 && code <= 0x325F) || (code >= 0x3280 && code <= 0x3289) ||
           (code >= 0x32B1 && code <= 0x32BF);
}

static gboolean code_is_invisible(gunichar code) {
    return code == 0xAD || (code >= 0x200B && code <= 0x200F) || code == 0x2060 || code == 0xFEFF ||
           (code >= 0xFE00 && code <= 0xFE0F) || code < 0x20 || code == 0x7F;
}

static guint fold_by_icu(gunichar code, gunichar *folded) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
    UChar source[2], target[2 * TEXT_FOLD_MAX];
    int32_t n_source = code > 0xFFFF ? 2 : 1, n_target = 0;
    source[0] = code > 0xFFFF ? (UChar)U16_LEAD(code) : (UChar)code;
    source[1] = (UChar)U16_TRAIL(code);
    if (U_SUCCESS(status))
        n_target = unorm2_normalize(nfkc, source, n_source, target, G_N_ELEMENTS(target), &status);
    guint n = 0;
    for (int32_t i = 0; U_SUCCESS(status) && i < n_target && n < TEXT_FOLD_MAX; i++) {
        gunichar one = target[i];
        if (U16_IS_LEAD(one) && i + 1 < n_target) {
            i++;
            one = (gunichar)U16_GET_SUPPLEMENTARY(one, target[i]);
        }
        if (!g_unichar_isspace(one))
            folded[n++] = one;
    }
    if (n == 0)
        folded[n++] = code;
    return n;
}

static gboolean code_is_space(gunichar code) {
    return code == ' ' || code == '\t' || (code != 0x85 && g_unichar_isspace(code));
}

guint code_fold(gunichar code, gunichar folded[TEXT_FOLD_MAX]) {
    folded[0] = code;
    if (code_is_plain(code) || (code >= 0x3001 && code <= 0x301F))
        return 1;
    if (code >= 0xFF01 && code <= 0xFF5E) {
        folded[0] = code - 0xFEE0;
        return 1;
    }
    if (code_is_space(code) || code_is_invisible(code))
        return 0;
    if (code < 0x80 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF) ||
        form_carries_meaning(code))
        return 1;
    if (code >= 0x2E80 && code <= 0x2EFF)
        folded[0] = radical_fold(code);
    return folded[0] != code ? 1 : fold_by_icu(code, folded);
}

static void text_allocate(NormalText *text, guint length) {
    if (length < text->allocated)
        return;
    text->allocated = MAX(length + 1, text->allocated * 2);
    text->codes = g_renew(gunichar, text->codes, text->allocated);
    text->origins = g_renew(guint, text->origins, (gsize)text->allocated + 1);
    text->gaps = g_renew(guint8, text->gaps, (gsize)text->allocated + 1);
}

static void append(NormalText *text, gunichar code, guint origin, guint gap) {
    guint at = text->length++;
    text->codes[at] = code;
    text->origins[at] = origin;
    text->gaps[at] = (guint8)gap;
}

/* `codes`: the first of `n` characters that stand `stride` bytes apart. */
static gunichar code_at(const char *codes, gsize stride, guint i) {
    return *(const gunichar *)(gconstpointer)(codes + i * stride);
}

/* Takes characters that stand for themselves from `i` on, the first behind a gap; gives the first
 * that does not. */
static guint read_plain(NormalText *text, const char *codes, gsize stride, guint i, guint n,
                        guint gap) {
    gunichar *to = text->codes + text->length, code;
    guint *origins = text->origins + text->length;
    guint8 *gaps = text->gaps + text->length;
    guint taken = 0;
    for (; i < n && code_is_plain(code = code_at(codes, stride, i)); i++, taken++) {
        to[taken] = code;
        origins[taken] = i;
        gaps[taken] = TEXT_GAP_NONE;
    }
    if (taken > 0)
        gaps[0] = (guint8)gap;
    text->length += taken;
    return i;
}

static void read_codes(NormalText *text, const char *codes, gsize stride, guint n_codes) {
    guint gap = TEXT_GAP_NONE;
    text->length = 0;
    text_allocate(text, n_codes);
    for (guint i = 0; i < n_codes; i++) {
        guint before = i;
        i = read_plain(text, codes, stride, i, n_codes, gap);
        if (i > before)
            gap = TEXT_GAP_NONE;
        if (i == n_codes)
            break;
        gunichar code = code_at(codes, stride, i), folded[TEXT_FOLD_MAX];
        guint n = code_fold(code, folded);
        if (n > 1)
            text_allocate(text, text->length + n + n_codes - i);
        for (guint k = 0; k < n; k++)
            append(text, folded[k], i, k == 0 ? gap : TEXT_GAP_NONE);
        if (n > 0)
            gap = TEXT_GAP_NONE;
        else if (code_is_space(code))
            gap = code == '\t' || gap != TEXT_GAP_NONE ? TEXT_GAP_WIDE : TEXT_GAP_NARROW;
    }
    text->codes[text->length] = 0;
    text->origins[text->length] = n_codes;
    text->gaps[text->length] = (guint8)gap;
}

void normal_text_read(NormalText *text, const gunichar *codes, guint n_codes) {
    read_codes(text, (const char *)codes, sizeof *codes, n_codes);
}

void normal_text_read_span(NormalText *text, const Document *document, Span span) {
    const gboolean empty = span.end <= span.start;
    read_codes(text, empty ? NULL : (const char *)&document_character(document, span.start)->code,
               sizeof(Character), empty ? 0 : span.end - span.start);
}

/* The folded characters as UTF-8; the caller frees it. */
static char *normal_text_utf8(const NormalText *text) {
    char *utf8 = g_malloc((gsize)text->length * TEXT_BYTES_MAX + 1), *at = utf8;
    for (guint i = 0; i < text->length; i++)
        at = code_write(text->codes[i], at);
    *at = '\0';
    return utf8;
}

char *folded_text(const Document *document, Span span, NormalText *scratch) {
    normal_text_read_span(scratch, document, span);
    return normal_text_utf8(scratch);
}

char *folded_utf8(const char *printed) {
    glong n;
    g_autofree gunichar *codes = g_utf8_to_ucs4_fast(printed, -1, &n);
    NormalText folded = {.length = 0};
    normal_text_read(&folded, codes, (guint)n);
    char *text = normal_text_utf8(&folded);
    normal_text_clear(&folded);
    return text;
}

void normal_text_clear(NormalText *text) {
    g_free(text->codes);
    g_free(text->origins);
    g_free(text->gaps);
    *text = (NormalText){.length = 0};
}
