/* Numbers of lists and headings: 1, 2, 3 …, none twice, none left out. */
#include "normalize/check/kind.h"
#include "normalize/check/match.h"
#include <string.h>

/* Shorter lists are no evidence, unless their numbers can be nothing else: headings, 一是 … 二是.
 */
enum {
    LIST_ITEMS_MIN = 3,
    SURE_ITEMS_MIN = 2,
    ORDINAL_MAX = 99,
    HEADING_LEVELS = 8,
    WORDS_QUOTED = 12
};

typedef struct {
    guint ordinal;
    Span place;
    guint section; /* of running text; REPORT_NONE for headings */
} Marker;

static guint digit_of(gunichar code) {
    static const gunichar DIGITS[] = {U'一', U'二', U'三', U'四', U'五',
                                      U'六', U'七', U'八', U'九'};
    for (guint i = 0; i < G_N_ELEMENTS(DIGITS); i++)
        if (DIGITS[i] == code)
            return i + 1;
    return 0;
}

/* 十二, 12, ⑫ */
static guint ordinal_of(const char *text) {
    guint value = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar code = g_utf8_get_char(p);
        if (code >= U'①' && code <= U'⑳')
            return code - U'①' + 1;
        if (code >= U'⑴' && code <= U'⒇')
            return code - U'⑴' + 1;
        if (g_ascii_isdigit((char)code) && code < 0x80)
            value = value * 10 + (guint)(code - '0');
        else if (code == U'十')
            value = value == 0 ? 10 : value * 10;
        else
            value += digit_of(code);
    }
    return value <= ORDINAL_MAX ? value : 0;
}

typedef struct {
    GArray *markers; /* Marker */
    guint lists, least;
    Evidence evidence;
} Numbering;

/* Whether `ordinal` is printed in any way between the two markers. */
static gboolean is_printed_between(const Script *script, const Marker *before, const Marker *after,
                                   guint ordinal) {
    g_autoptr(GString) text = g_string_new(NULL);
    document_append_text(script->report->document, (Span){before->place.end, after->place.start},
                         text);
    static const char *const CHINESE[] = {"一", "二", "三", "四", "五",
                                          "六", "七", "八", "九", "十"};
    g_autofree char *digits = g_strdup_printf("%u", ordinal);
    if (ordinal <= 10 && strstr(text->str, CHINESE[ordinal - 1]) != NULL)
        return TRUE;
    gunichar circled = ordinal <= 20 ? U'①' + ordinal - 1 : 0;
    if (circled != 0 && g_utf8_strchr(text->str, -1, circled) != NULL)
        return TRUE;
    for (const char *p = strstr(text->str, digits); p != NULL; p = strstr(p + 1, digits))
        if ((p == text->str || !g_ascii_isdigit(p[-1])) && !g_ascii_isdigit(p[strlen(digits)]))
            return TRUE;
    return FALSE;
}

/* The marker with the words behind it, as far as they tell where it stands. */
static Span with_words(const Script *script, Span place) {
    guint sentence = script_sentence_of(script, place.start);
    if (sentence == REPORT_NONE)
        return place;
    const Sentence *own = script_sentence(script, sentence);
    guint end = script_span(script, own->start, own->end).end;
    place.end = MAX(place.end, MIN(end, place.end + WORDS_QUOTED));
    return place;
}

/* One list of markers, the first of which is 1. */
static void judge_list(const Script *script, Numbering *numbering, guint first, guint end) {
    const Marker *markers = (const Marker *)(gconstpointer)numbering->markers->data;
    if (end - first < numbering->least)
        return;
    numbering->lists++;
    for (guint i = first + 1; i < end; i++) {
        guint expected = markers[i - 1].ordinal + 1, ordinal = markers[i].ordinal;
        gboolean left_out = ordinal > expected &&
                            !is_printed_between(script, &markers[i - 1], &markers[i], expected);
        if (ordinal + 1 == expected || left_out)
            evidence_add(&numbering->evidence, with_words(script, markers[i].place));
    }
}

/* Whether the section of the list has ended: its other items are headings of the next. */
static gboolean is_left(const Report *report, const Marker *before, const Marker *marker) {
    guint section = marker->section;
    while (section != REPORT_NONE && section != before->section)
        section = report_section(report, section)->parent;
    return section != before->section;
}

/* The markers of one style: a list begins with 1 and ends before the next 1, with its section, or
 * where the numbers go on too far to belong together. */
static void judge_markers(const Script *script, Numbering *numbering) {
    const GArray *markers = numbering->markers;
    guint first = REPORT_NONE;
    for (guint i = 0; i < markers->len; i++) {
        guint ordinal = g_array_index(markers, Marker, i).ordinal;
        guint before = i > 0 ? g_array_index(markers, Marker, i - 1).ordinal : 0;
        gboolean apart = ordinal < before || ordinal > before + 2 ||
                         (i > 0 && is_left(script->report, &g_array_index(markers, Marker, i - 1),
                                           &g_array_index(markers, Marker, i)));
        if (first != REPORT_NONE && (ordinal == 1 || apart)) {
            judge_list(script, numbering, first, i);
            first = REPORT_NONE;
        }
        if (ordinal == 1)
            first = i;
    }
    if (first != REPORT_NONE)
        judge_list(script, numbering, first, markers->len);
    g_array_set_size(numbering->markers, 0);
}

static void take_marker(Examination *examination, const RuleMatch *match, guint sentence,
                        Span place, gpointer data) {
    Numbering *numbering = data;
    const Script *script = examination->script;
    g_autofree char *text = expression_group(match->expression, "number");
    guint passage = script_sentence(script, sentence)->passage;
    Marker marker = {.place = place, .section = script_passage(script, passage)->section};
    marker.ordinal = text == NULL ? 0 : ordinal_of(text);
    if (marker.ordinal > 0)
        g_array_append_val(numbering->markers, marker);
}

static void finish(Examination *examination, const Rule *rule, Numbering *numbering) {
    evidence_sort(&numbering->evidence);
    if (numbering->lists == 0)
        examination_leave(examination, rule, "没有编号的列举");
    else
        examination_judge(examination, rule, &numbering->evidence);
    g_array_unref(numbering->markers);
    evidence_clear(&numbering->evidence);
}

/* The number of a heading with its numeral left out: “()”, “、”. */
static char *number_style(const char *number, gboolean folded) {
    GString *style = g_string_new(NULL);
    for (const char *p = number; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar code = g_utf8_get_char(p);
        if (g_unichar_isspace(code) || g_unichar_isalnum(code))
            continue;
        if (folded && code >= 0xFF01 && code <= 0xFF5E)
            code -= 0xFEE0;
        g_string_append_unichar(style, code);
    }
    return g_string_free(style, FALSE);
}

/* A numbered heading among those of its parent, level and style. */
typedef struct {
    guint section, parent;
    int level;
    char *style;
} Sibling;

static void sibling_clear(gpointer sibling) { g_free(((Sibling *)sibling)->style); }

static int compare_families(const Sibling *a, const Sibling *b) {
    if (a->parent != b->parent)
        return a->parent < b->parent ? -1 : 1;
    return a->level != b->level ? a->level - b->level : strcmp(a->style, b->style);
}

static int compare_siblings(gconstpointer a, gconstpointer b) {
    const Sibling *p = a, *q = b;
    int families = compare_families(p, q);
    return families != 0 ? families : (p->section > q->section) - (p->section < q->section);
}

static Span number_place(const Report *report, const Section *section) {
    Span place = document_lines_span(report->document,
                                     document_block(report->document, section->block)->lines);
    place.end = MIN(place.end, place.start + (guint)g_utf8_strlen(section->number, -1));
    return place;
}

static GArray *siblings_new(const Report *report, int least) {
    GArray *siblings = g_array_new(FALSE, FALSE, sizeof(Sibling));
    g_array_set_clear_func(siblings, sibling_clear);
    for (guint i = 0; i < report->sections->len; i++) {
        const Section *section = report_section(report, i);
        if (section->number == NULL || section->level < least ||
            strchr(section->number, '.') != NULL)
            continue;
        Sibling sibling = {i, section->parent, section->level, number_style(section->number, TRUE)};
        g_array_append_val(siblings, sibling);
    }
    g_array_sort(siblings, compare_siblings);
    return siblings;
}

static void judge_headings(Examination *examination, Numbering *numbering, int least) {
    const Report *report = examination->report;
    g_autoptr(GArray) siblings = siblings_new(report, least);
    for (guint i = 0; i < siblings->len; i++) {
        const Sibling *sibling = &g_array_index(siblings, Sibling, i);
        const Section *section = report_section(report, sibling->section);
        Marker marker = {ordinal_of(section->number), number_place(report, section), REPORT_NONE};
        if (i > 0 && compare_families(sibling - 1, sibling) != 0)
            judge_markers(examination->script, numbering);
        if (marker.ordinal > 0)
            g_array_append_val(numbering->markers, marker);
    }
    judge_markers(examination->script, numbering);
}

/* The numbers below a head of numbers, one list for each column. */
static void judge_column(const Examination *examination, Numbering *numbering, guint table,
                         const Cell *head) {
    const Document *document = examination->report->document;
    const Table *own = document_table(document, table);
    char **words = examination->indicators->tables->pdata[table];
    for (guint i = 0; i < own->cells->len; i++) {
        const Cell *cell = table_cell(own, i);
        if (cell->column != head->column || cell->row <= head->row || cell->lines.count == 0 ||
            words[i][strspn(words[i], "0123456789")] != '\0' || ordinal_of(words[i]) == 0)
            continue;
        Marker marker = {ordinal_of(words[i]), document_lines_span(document, cell->lines),
                         REPORT_NONE};
        g_array_append_val(numbering->markers, marker);
    }
    judge_markers(examination->script, numbering);
}

/* Columns of tables whose heads are one of the rule's words. */
static void judge_columns(const Examination *examination, const Rule *rule, Numbering *numbering) {
    const GPtrArray *tables = examination->indicators->tables;
    for (guint t = 0; rule->words->len > 0 && t < tables->len; t++) {
        const Table *table = document_table(examination->report->document, t);
        char **words = tables->pdata[t];
        for (guint i = 0; words != NULL && i < table->cells->len; i++)
            if (g_ptr_array_find_with_equal_func(rule->words, words[i], g_str_equal, NULL))
                judge_column(examination, numbering, t, table_cell(table, i));
    }
}

/* Lists by the rule's matches, one style each, which is `sure` where its name says so; or, by
 * parameter `headings`, headings of that level and below. */
void check_numbering(Examination *examination, const Rule *rule) {
    Numbering numbering = {g_array_new(FALSE, FALSE, sizeof(Marker)), 0, SURE_ITEMS_MIN,
                           evidence_new()};
    int level = rule_number(rule, "headings", 0);
    if (level > 0)
        judge_headings(examination, &numbering, level);
    for (guint i = 0; i < rule->matches->len; i++) {
        const RuleMatch *match = &g_array_index(rule->matches, RuleMatch, i);
        numbering.least = match->name == NULL ? LIST_ITEMS_MIN : SURE_ITEMS_MIN;
        match_all(examination, rule, match, take_marker, &numbering);
        judge_markers(examination->script, &numbering);
    }
    numbering.least = LIST_ITEMS_MIN;
    judge_columns(examination, rule, &numbering);
    finish(examination, rule, &numbering);
}

static Span heading_place(const Report *report, guint section) {
    const Block *block = document_block(report->document, report_section(report, section)->block);
    return document_lines_span(report->document, block->lines);
}

/* Whether two numbers differ by nothing but the width of their brackets or points. */
static gboolean styles_differ(const char *a, const char *b) {
    g_autofree char *style = number_style(a, FALSE), *other = number_style(b, FALSE);
    g_autofree char *folded = number_style(a, TRUE), *other_folded = number_style(b, TRUE);
    return strcmp(style, other) != 0 && strcmp(folded, other_folded) == 0;
}

/* The first of each level that differs from the level's first, with it. */
void check_style(Examination *examination, const Rule *rule) {
    const Report *report = examination->report;
    guint first[HEADING_LEVELS], numbered = 0;
    Evidence evidence = evidence_new();
    memset(first, 0xff, sizeof first);
    for (guint i = 0; i < report->sections->len; i++) {
        const Section *section = report_section(report, i);
        if (section->number == NULL || section->level < 1 || section->level >= HEADING_LEVELS)
            continue;
        numbered++;
        guint *least = &first[section->level];
        if (*least == REPORT_NONE)
            *least = i;
        else if (evidence.places->len == 0 &&
                 styles_differ(report_section(report, *least)->number, section->number)) {
            evidence_add(&evidence, heading_place(report, *least));
            evidence_add(&evidence, heading_place(report, i));
        }
    }
    if (numbered < 2)
        examination_leave(examination, rule, "没有编号的标题");
    else
        examination_judge(examination, rule, &evidence);
    evidence_clear(&evidence);
}
