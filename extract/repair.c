/* A font with WinAnsi or Latin-1 encoding whose characters are mostly above ASCII and pair up to
 * characters of GBK is no Latin font: Latin text has its accents one by one among plain letters.
 *
 *   Ä ¿ ¡ ¡ ¡ ¡ Â ¼     glyphs in a row
 *   C4BF A1A1 A1A1 C2BC  bytes in windows-1252
 *   目   ␣    ␣    录    GBK; the blank becomes space before the next glyph
 *
 * Poppler shows byte AD, a soft hyphen, as a hyphen: as a second byte it is taken back.
 */
#include "extract/repair.h"

/* A font is repaired where this part of its characters is above ASCII, of the pairs this part are
 * characters, and there are so many. */
static const float HIGH_PART = 0.55F, VALID_PART = 0.9F;
enum { PAIRS_MIN = 3 };
/* The second byte follows at once, in ems. */
static const float PAIR_GAP_EM = 0.4F;
enum { IDEOGRAPHIC_SPACE = 0x3000 };
/* Where the Hanzi of GBK's row A0 stand in Unicode. */
enum { LEAD_A0_FIRST = 0x724E, LEAD_A0_LAST = 0x72DB };

/* The byte of windows-1252 for the character; 0 where there is none. */
static guint8 latin_byte(gunichar code) {
    static const gunichar SPECIALS[] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    if (code < 0x100)
        return (guint8)code;
    for (guint i = 0; i < G_N_ELEMENTS(SPECIALS); i++)
        if (SPECIALS[i] == code)
            return (guint8)(0x80 + i);
    return 0;
}

static gboolean is_han_text(gunichar code) {
    return (code >= 0x3000 && code <= 0x303F) || (code >= 0x4E00 && code <= 0x9FFF) ||
           (code >= 0xFF00 && code <= 0xFFEF) || (code >= 0x2010 && code <= 0x2FFF);
}

/* The character of two bytes; 0 where they are none. */
static gunichar gbk_character(GIConv converter, guint8 lead, guint8 trail) {
    char bytes[2] = {(char)lead, (char)trail}, text[8] = {0};
    char *in = bytes, *out = text;
    gsize left = 2, room = sizeof text - 1;
    if (lead < 0x81 || lead == 0xFF || trail < 0x40 || trail == 0x7F || trail == 0xFF)
        return 0;
    if (g_iconv(converter, &in, &left, &out, &room) == (gsize)-1 || left > 0)
        return 0;
    gunichar code = g_utf8_get_char(text);
    return is_han_text(code) ? code : 0;
}

/* Whether glyph `i + 1` is the second byte of `i`, and of what. */
static gunichar pair_at(const Ink *ink, GIConv converter, guint i) {
    if (i + 1 >= ink->glyphs->len)
        return 0;
    const Glyph *one = ink_glyph(ink, i), *two = ink_glyph(ink, i + 1);
    float gap = two->box.x0 - one->box.x1, slack = one->size * PAIR_GAP_EM;
    if (one->font != two->font || gap > slack || gap < -slack ||
        ABS(one->box.y0 - two->box.y0) > slack)
        return 0;
    guint8 trail = two->code == '-' ? 0xAD : latin_byte(two->code);
    return gbk_character(converter, latin_byte(one->code), trail);
}

typedef struct {
    guint glyphs, high, pairs, failed;
} FontCount;

static gboolean is_disguised(const FontCount *count) {
    return count->pairs >= PAIRS_MIN && (float)count->high > HIGH_PART * (float)count->glyphs &&
           (float)count->pairs > VALID_PART * (float)(count->pairs + count->failed);
}

static void count_fonts(const Ink *ink, GIConv converter, FontCount *counts) {
    for (guint i = 0; i < ink->glyphs->len; i++) {
        FontCount *count = &counts[ink_glyph(ink, i)->font];
        count->glyphs++;
        if (latin_byte(ink_glyph(ink, i)->code) < 0x80)
            continue;
        count->high++;
        if (pair_at(ink, converter, i) == 0) {
            count->failed++;
            continue;
        }
        i++;
        count->glyphs++;
        count->high++;
        count->pairs++;
    }
}

static void join_pair(Ink *ink, guint i, gunichar code, guint *kept) {
    Glyph joined = *ink_glyph(ink, i);
    const Glyph *second = ink_glyph(ink, i + 1);
    joined.code = code;
    joined.box.x1 = MAX(joined.box.x1, second->box.x1);
    joined.space_after = second->space_after;
    if (code != IDEOGRAPHIC_SPACE)
        g_array_index(ink->glyphs, Glyph, (*kept)++) = joined;
    else if (*kept > 0)
        g_array_index(ink->glyphs, Glyph, *kept - 1).space_after = TRUE;
}

static void join_pairs(Ink *ink, GIConv converter, const FontCount *counts, GArray *notices) {
    guint kept = 0, repaired = 0, failed = 0;
    for (guint i = 0; i < ink->glyphs->len; i++) {
        const Glyph *glyph = ink_glyph(ink, i);
        gboolean high = is_disguised(&counts[glyph->font]) && latin_byte(glyph->code) >= 0x80;
        gunichar code = high ? pair_at(ink, converter, i) : 0;
        failed += high && code == 0 ? 1 : 0;
        if (code == 0) {
            g_array_index(ink->glyphs, Glyph, kept++) = *glyph;
            continue;
        }
        join_pair(ink, i, code, &kept);
        repaired++;
        i++;
    }
    g_array_set_size(ink->glyphs, kept);
    Notice notice = {NOTICE_TEXT_REPAIRED, ink->number, repaired, g_strdup("GBK bytes")};
    g_array_append_val(notices, notice);
    notice = (Notice){NOTICE_TEXT_UNTRUSTED, ink->number, failed, NULL};
    if (failed > 0) {
        notice.text = g_strdup("GBK bytes");
        g_array_append_val(notices, notice);
    }
}

/* The ASCII character that some write as lead byte A0 and itself with the high bit set, which shows
 * as a Hanzi nobody uses: 犌犅／犜 is GB／T. 0 where it is none. */
static gunichar disguised_ascii(GIConv converter, gunichar code) {
    char text[8] = {0}, bytes[4] = {0};
    char *in = text, *out = bytes;
    gsize left = (gsize)g_unichar_to_utf8(code, text), room = sizeof bytes;
    if (code < LEAD_A0_FIRST || code > LEAD_A0_LAST ||
        g_iconv(converter, &in, &left, &out, &room) == (gsize)-1)
        return 0;
    guint8 lead = (guint8)bytes[0], trail = (guint8)bytes[1];
    return lead == 0xA0 && trail > 0xA0 && trail < 0xFF ? trail & 0x7F : 0;
}

/* One alone may be somebody's name; two in a row, or with a slash between them, are not. */
static gboolean has_disguised_neighbour(const Ink *ink, const gunichar *found, guint i) {
    for (int step = -1; step <= 1; step += 2)
        for (guint at = i + (guint)step, n = 0; at < ink->glyphs->len && n < 2;
             at += (guint)step, n++) {
            if (found[at] != 0)
                return TRUE;
            if (ink_glyph(ink, at)->code != '/' && ink_glyph(ink, at)->code != U'／')
                break;
        }
    return FALSE;
}

static void repair_ascii(Ink *ink, GArray *notices) {
    GIConv converter = g_iconv_open("GB18030", "UTF-8");
    g_autofree gunichar *found = g_new0(gunichar, ink->glyphs->len + 1);
    guint repaired = 0;
    if (converter == (GIConv)-1)
        return;
    for (guint i = 0; i < ink->glyphs->len; i++)
        found[i] = disguised_ascii(converter, ink_glyph(ink, i)->code);
    for (guint i = 0; i < ink->glyphs->len; i++)
        if (found[i] != 0 && has_disguised_neighbour(ink, found, i)) {
            g_array_index(ink->glyphs, Glyph, i).code = found[i];
            repaired++;
        }
    g_iconv_close(converter);
    Notice notice = {NOTICE_TEXT_REPAIRED, ink->number, repaired, NULL};
    if (repaired == 0)
        return;
    notice.text = g_strdup("lead byte A0");
    g_array_append_val(notices, notice);
}

static gboolean has_code_between(const Ink *ink, gunichar first, gunichar last) {
    for (guint i = 0; i < ink->glyphs->len; i++)
        if (ink_glyph(ink, i)->code >= first && ink_glyph(ink, i)->code <= last)
            return TRUE;
    return FALSE;
}

void ink_repair(Ink *ink, GArray *notices) {
    g_autofree FontCount *counts = g_new0(FontCount, ink->fonts->len + 1);
    gboolean disguised = FALSE;
    if (has_code_between(ink, LEAD_A0_FIRST, LEAD_A0_LAST))
        repair_ascii(ink, notices);
    if (!has_code_between(ink, 0x80, 0xFF))
        return;
    GIConv converter = g_iconv_open("UTF-8", "GB18030");
    if (converter == (GIConv)-1)
        return;
    count_fonts(ink, converter, counts);
    for (guint i = 0; i < ink->fonts->len; i++)
        disguised = disguised || is_disguised(&counts[i]);
    if (disguised)
        join_pairs(ink, converter, counts, notices);
    g_iconv_close(converter);
}
