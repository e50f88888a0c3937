#include "normalize/identity_part.h"
#include <stdlib.h>
#include <string.h>

enum { YEAR_DIGITS = 4, YEAR_FIRST = 1990, YEAR_LAST = 2099 };
/* A year that 年度 follows counts as several that only 年 follows. */
enum { FISCAL_YEAR_WEIGHT = 4 };

/* The year at `i` (four digits and 年), and how much it counts; 0 for none. */
static int year_at(const GArray *codes, guint i, guint *weight) {
    int year = 0;
    guint k = i;
    for (; k < codes->len && k < i + 4; k++) {
        int digit = g_unichar_digit_value(g_array_index(codes, gunichar, k));
        if (digit < 0)
            return 0;
        year = year * 10 + digit;
    }
    if (k >= codes->len || g_array_index(codes, gunichar, k) != U'年')
        return 0;
    *weight = k + 1 < codes->len && g_array_index(codes, gunichar, k + 1) == U'度'
                  ? FISCAL_YEAR_WEIGHT
                  : 1;
    return year >= YEAR_FIRST && year <= YEAR_LAST ? year : 0;
}

int identity_frequent_year(const Document *document) {
    guint counts[YEAR_LAST - YEAR_FIRST + 1] = {0}, best = 0;
    g_autoptr(GArray) codes = g_array_new(FALSE, FALSE, sizeof(gunichar));
    for (guint i = 0; i < document->characters->len; i++) {
        gunichar code = document_character(document, i)->code;
        if (!g_unichar_isspace(code))
            g_array_append_val(codes, code);
    }
    for (guint i = 0; i < codes->len; i++) {
        guint weight;
        int year = i > 0 && g_unichar_isdigit(g_array_index(codes, gunichar, i - 1))
                       ? 0
                       : year_at(codes, i, &weight);
        if (year != 0)
            counts[year - YEAR_FIRST] += weight;
    }
    for (guint i = 1; i < G_N_ELEMENTS(counts); i++)
        if (counts[i] > counts[best])
            best = i;
    return counts[best] == 0 ? 0 : (int)best + YEAR_FIRST;
}

/* （2022年度） by itself among the first lines of a form. */
int identity_cover_year(const Document *document) {
    guint seen = 0;
    for (guint i = 0; i < document->blocks->len && seen < TITLE_BLOCKS_MAX; i++) {
        const Block *block = document_block(document, i);
        if (block->kind == BLOCK_FURNITURE || block->kind == BLOCK_TABLE || block->lines.count == 0)
            continue;
        seen++;
        g_autofree char *text = identity_folded(document, block->lines);
        const char *p = text + strspn(text, "([（");
        gsize digits = strspn(p, "0123456789");
        if (digits == 4 && g_str_has_prefix(p + 4, "年") && g_utf8_strlen(text, -1) <= 10)
            return atoi(p);
    }
    return 0;
}

/* The one year that the title of an unknown kind names. */
int identity_title_year(const char *title) {
    g_autofree char *text = text_with_arabic_years(title);
    int found = 0;
    for (const char *p = strstr(text, "年"); p != NULL; p = strstr(p + 1, "年")) {
        gsize digits = 0;
        while (digits < (gsize)(p - text) && g_ascii_isdigit(p[-1 - (gssize)digits]))
            digits++;
        int year = digits == YEAR_DIGITS ? atoi(p - digits) : 0;
        if (year < YEAR_FIRST || year > YEAR_LAST)
            continue;
        if (found != 0 && found != year)
            return 0;
        found = year;
    }
    return found;
}
