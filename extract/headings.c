/* Titles stand out, headings have numbers.
 *
 *   ××市水利局文件            ┐ a masthead: the number of the document or the issue follows, a
 * title ×水〔2023〕15号           ┘ comes after it, and prose on the same page ××市水利局 ┐ the
 * title: lines in the middle, of one size 关于报送自评报告的函      ┘ 一、部门基本情况 headings
 *   附件：1. 自评表           ┐ a list that begins inside a line; what goes on with it is no
 * heading
 *         2. 汇总表           ┘
 */
#include "extract/headings.h"
#include <math.h>

static const float LARGER = 1.12F;   /* a title is this much larger than the body */
static const float SAME_EM = 0.5F;   /* sizes of one title differ by less, in points */
static const float CENTRED = 0.03F;  /* part of the page's width that a centre may be off */
static const float INDENT_EM = 2.0F; /* what is in the middle does not begin at the margin */
enum {
    SUBHEADING_CHARACTERS_MAX = 36,
    TITLE_CHARACTERS_MAX = 80,
    HEADING_LINES_MAX = 3,
    MASTHEAD_GROUPS_MAX = 4, /* from a masthead to its number, and from there to the title */
    YEAR_DIGITS = 4,
};

static Group *group_at(const Headings *headings, guint i) {
    return &g_array_index(headings->groups, Group, i);
}

static const DraftLine *group_line(const Headings *headings, const Group *group) {
    return lines_draft(headings->lines, g_array_index(headings->body, guint, group->first));
}

static guint group_page(const Headings *headings, guint i) {
    return group_line(headings, group_at(headings, i))->line.page;
}

/* The text of a group without white space. */
static gunichar *group_codes(const Headings *headings, const Group *group, guint *n) {
    gunichar *codes = g_new(gunichar, group->characters + 1);
    *n = 0;
    for (guint i = 0; i < group->count; i++) {
        guint draft = g_array_index(headings->body, guint, group->first + i);
        Span span = lines_draft(headings->lines, draft)->line.characters;
        for (guint c = span.start; c < span.end && *n < group->characters; c++) {
            gunichar code = g_array_index(headings->lines->characters, Character, c).code;
            if (!g_unichar_isspace(code))
                codes[(*n)++] = code;
        }
    }
    return codes;
}

static gboolean in_set(gunichar code, const gunichar *set) {
    for (; *set != 0; set++)
        if (*set == code)
            return TRUE;
    return FALSE;
}

static gboolean heading_like(const Group *group, guint characters_max) {
    return group->count <= HEADING_LINES_MAX && group->characters <= characters_max &&
           !in_set(group->last, U"。；，、;,") && group->characters > 0;
}

/* Items of a list stand beside each other; a heading has something below it. */
static gboolean has_body(const Headings *headings, guint i) {
    if (i + 1 >= headings->groups->len)
        return FALSE;
    const Group *group = group_at(headings, i), *next = group + 1;
    return next->table != DOCUMENT_NONE || !next->has_number ||
           next->number.level > group->number.level;
}

/* Whether the group above begins the list that this one goes on with, behind a colon. */
static gboolean is_listed(const Headings *headings, guint i) {
    const Group *group = group_at(headings, i);
    for (; i > 0 && group->number.value > 1; i--, group--) {
        const Group *above = group - 1;
        HeadingNumber number;
        guint n;
        if (above->table != DOCUMENT_NONE || above->level >= 0)
            return FALSE;
        if (above->has_number && above->number.level == group->number.level &&
            above->number.value + 1 == group->number.value)
            continue;
        g_autofree gunichar *codes = group_codes(headings, above, &n);
        for (guint c = 0; c < n; c++)
            if (in_set(codes[c], U"：:"))
                return heading_number_read(codes + c + 1, n - c - 1, &number) &&
                       number.level == group->number.level &&
                       number.value + 1 == group->number.value;
        return FALSE;
    }
    return FALSE;
}

static int numbered_level(const Headings *headings, guint i) {
    const Group *group = group_at(headings, i);
    int level = group->number.level;
    if (level <= 2)
        return heading_like(group, HEADING_CHARACTERS_MAX) ? level : -1;
    if (!heading_like(group, SUBHEADING_CHARACTERS_MAX) || group->prose ||
        in_set(group->last, U"：:"))
        return -1;
    gboolean distinct = group->bold || group->em > headings->em * LARGER;
    if (level == 6)
        return distinct ? level : -1;
    return distinct || (has_body(headings, i) && !is_listed(headings, i)) ? level : -1;
}

/* How far the middle of the group's first line is from that of the page. */
static float off_centre(const Headings *headings, const Group *group) {
    const DraftLine *draft = group_line(headings, group);
    const Character *characters = &g_array_index(headings->lines->characters, Character, 0);
    Span span = draft->line.characters;
    const Page *page = &g_array_index(headings->pages, Page, draft->line.page - 1);
    return fabsf(characters[span.start].start + characters[span.end - 1].end - page->width) / 2 /
           page->width;
}

static gboolean is_centred(const Headings *headings, const Group *group) {
    const DraftLine *draft = group_line(headings, group);
    float start =
        g_array_index(headings->lines->characters, Character, draft->line.characters.start).start;
    return off_centre(headings, group) < CENTRED && start - draft->left > INDENT_EM * draft->em;
}

static gboolean stands_out(const Headings *headings, const Group *group) {
    return heading_like(group, TITLE_CHARACTERS_MAX) && !group->prose &&
           !in_set(group->last, U"：:") && group->em > headings->em * LARGER;
}

/* 附件2, 附表：a label of what follows. */
static gboolean is_attachment(const Headings *headings, const Group *group) {
    static const gunichar LABEL[] =
        U"附件表录0123456789０１２３４５６７８９一二三四五六七八九十-－—：:";
    guint n;
    g_autofree gunichar *codes = group_codes(headings, group, &n);
    for (guint i = 0; i < n; i++)
        if (!in_set(codes[i], LABEL))
            return FALSE;
    return n > 0 && codes[0] == U'附';
}

/* 〔2023〕15号, 第6期: a number of the document or of the issue. */
static gboolean is_issue(const Headings *headings, const Group *group) {
    guint n, digits = 0, year = 0;
    if (group->table != DOCUMENT_NONE || group->prose)
        return FALSE;
    g_autofree gunichar *codes = group_codes(headings, group, &n);
    for (guint i = 0; i < n; i++) {
        if ((codes[i] == U'号' && digits > 0 && year == YEAR_DIGITS) ||
            (codes[i] == U'期' && digits > 0))
            return TRUE;
        if (in_set(codes[i], U"〕】）])﹞")) {
            year = digits;
            digits = 0;
        } else if (g_unichar_isdigit(codes[i]) || in_set(codes[i], U"〇零一二三四五六七八九十百")) {
            digits++;
        } else if (codes[i] != U'第') {
            digits = 0;
        }
    }
    return FALSE;
}

/* Whether no title may stand at or below the group. */
static gboolean ends_titles(const Group *group) {
    return group->prose || group->table != DOCUMENT_NONE || group->field != NULL ||
           (group->has_number && group->number.level <= 2);
}

/* The first group from `i` on that may be a title, if need be because it stands in the middle;
 * DOCUMENT_NONE. */
static guint title_from(const Headings *headings, guint i, gboolean centred) {
    for (; i < headings->groups->len; i++) {
        const Group *group = group_at(headings, i);
        if (ends_titles(group))
            return DOCUMENT_NONE;
        if ((stands_out(headings, group) || (centred && is_centred(headings, group) &&
                                             heading_like(group, TITLE_CHARACTERS_MAX))) &&
            !is_attachment(headings, group) && !is_issue(headings, group))
            return i;
    }
    return DOCUMENT_NONE;
}

static gboolean has_prose_on_page(const Headings *headings, guint i) {
    guint page = group_page(headings, i);
    for (; i < headings->groups->len && group_page(headings, i) == page; i++)
        if (group_at(headings, i)->prose)
            return TRUE;
    return FALSE;
}

/* The title below the masthead that the group is; DOCUMENT_NONE where it is none. */
static guint title_below(const Headings *headings, guint i) {
    guint page = group_page(headings, i);
    for (guint at = i + 1; at < MIN(i + 1 + MASTHEAD_GROUPS_MAX, headings->groups->len); at++) {
        if (ends_titles(group_at(headings, at)))
            return DOCUMENT_NONE;
        if (!is_issue(headings, group_at(headings, at)))
            continue;
        guint title = title_from(headings, at + 1, FALSE);
        gboolean below = title != DOCUMENT_NONE && title <= at + MASTHEAD_GROUPS_MAX &&
                         group_page(headings, title) == page && has_prose_on_page(headings, title);
        return below ? title : DOCUMENT_NONE;
    }
    return DOCUMENT_NONE;
}

/* What follows a title at once in the same size is its second line. */
static void join_title(Headings *headings, guint i) {
    Group *group = group_at(headings, i);
    while (i + 1 < headings->groups->len) {
        const Group *next = group_at(headings, i + 1);
        gboolean centred = is_centred(headings, next) ||
                           (stands_out(headings, group) && next->bold == group->bold &&
                            off_centre(headings, next) < CENTRED);
        if (next->has_number || next->table != DOCUMENT_NONE ||
            fabsf(next->em - group->em) > SAME_EM ||
            next->characters + group->characters > TITLE_CHARACTERS_MAX || !centred ||
            next->first != group->first + group->count)
            return;
        group->count += next->count;
        group->characters += next->characters;
        g_array_remove_index(headings->groups, i + 1);
    }
}

/* The first group that stands out before any prose; gives the first below what stands above it. */
static guint find_title(Headings *headings) {
    guint i = title_from(headings, 0, TRUE);
    if (i == DOCUMENT_NONE)
        return 0;
    guint below = title_below(headings, i);
    i = below == DOCUMENT_NONE ? i : below;
    group_at(headings, i)->level = 0;
    join_title(headings, i);
    return below == DOCUMENT_NONE ? 0 : i;
}

void headings_find(Headings *headings) {
    int level = 0;
    for (guint i = find_title(headings); i < headings->groups->len; i++) {
        Group *group = group_at(headings, i);
        if (group->level == 0 || group->table != DOCUMENT_NONE || group->field != NULL)
            continue;
        if (group->has_number)
            group->level = numbered_level(headings, i);
        else if (heading_like(group, SUBHEADING_CHARACTERS_MAX) && !group->prose &&
                 !in_set(group->last, U"：:") && group->count == 1 && has_body(headings, i) &&
                 group->characters > 1 && group->bold && group->em >= headings->em * 0.95F &&
                 !is_attachment(headings, group))
            group->level = CLAMP(level + 1, 1, 6);
        if (group->level > 0 && group->has_number)
            level = group->level;
    }
}
