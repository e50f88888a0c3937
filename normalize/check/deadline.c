#include "normalize/check/deadline.h"
#include <string.h>

enum { YEAR, MONTH, DAY, PARTS };
enum { YEAR_MIN = 1990, YEAR_MAX = 2100, MONTHS = 12, DAYS_MAX = 31, CHARACTERS_MAX = 24 };

typedef struct {
    int parts[PARTS]; /* 0: not said */
} Deadline;

static gboolean is_in_range(int part, int value) {
    static const int LEAST[PARTS] = {YEAR_MIN, 1, 1}, MOST[PARTS] = {YEAR_MAX, MONTHS, DAYS_MAX};
    return value >= LEAST[part] && value <= MOST[part];
}

/* The part that the character behind a number makes of it; PARTS for none. */
static int part_of(const char *p, const Deadline *date) {
    if (g_str_has_prefix(p, "年"))
        return YEAR;
    if (g_str_has_prefix(p, "月"))
        return MONTH;
    if (g_str_has_prefix(p, "日") || g_str_has_prefix(p, "号"))
        return DAY;
    if (*p == '-' || *p == '/') /* 2023-11-30 */
        return date->parts[YEAR] == 0 ? YEAR : MONTH;
    if (date->parts[YEAR] != 0 && date->parts[MONTH] == 0)
        return MONTH;
    return date->parts[YEAR] != 0 ? DAY : PARTS;
}

/* The one date of the words. */
static gboolean deadline_read(const char *words, Deadline *date) {
    *date = (Deadline){{0}};
    if (g_utf8_strlen(words, -1) > CHARACTERS_MAX)
        return FALSE;
    for (const char *p = words; *p != '\0';) {
        if (!g_ascii_isdigit(*p)) {
            p = g_utf8_next_char(p);
            continue;
        }
        gint64 value = g_ascii_strtoll(p, (char **)&p, 10);
        int part = part_of(p, date);
        if (part == PARTS || date->parts[part] != 0 || value > YEAR_MAX ||
            !is_in_range(part, (int)value))
            return FALSE;
        date->parts[part] = (int)value;
    }
    return date->parts[MONTH] != 0 || date->parts[YEAR] != 0;
}

gboolean deadline_compare(const char *target, const char *actual, gboolean *missed) {
    Deadline a, b;
    *missed = FALSE;
    if (strstr(target, "后") != NULL || !deadline_read(target, &a) || !deadline_read(actual, &b))
        return FALSE;
    gboolean common = FALSE;
    for (int part = YEAR; part < PARTS; part++) {
        if (a.parts[part] == 0 || b.parts[part] == 0) {
            if (common || part > YEAR)
                break;
            continue;
        }
        common = TRUE;
        if (a.parts[part] == b.parts[part])
            continue;
        *missed = b.parts[part] > a.parts[part];
        break;
    }
    return common;
}
