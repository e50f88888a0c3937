#include "normalize/section.h"
#include <string.h>

/* The ordinal that a marker prints: 一、 （十二） 3. ④ ⑴; 0 where it prints none. */
static guint marker_ordinal(const char *number) {
    static const char *const DIGITS[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
    guint value = 0, chinese = 0;
    for (const char *p = number; p != NULL && *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar code = g_utf8_get_char(p);
        if (g_unichar_isdigit(code) && (code < U'①' || code > U'⒛')) {
            value = value * 10 + (guint)g_unichar_digit_value(code);
            continue;
        }
        if (code >= U'①' && code <= U'⑳')
            return code - U'①' + 1;
        if (code >= U'⑴' && code <= U'⒇')
            return code - U'⑴' + 1;
        if (code >= U'⒈' && code <= U'⒛')
            return code - U'⒈' + 1;
        if (code >= U'㈠' && code <= U'㈩')
            return code - U'㈠' + 1;
        /* 1.2 numbers within its parent: the last part counts. */
        if (value > 0 && code == '.' && g_unichar_isdigit(g_utf8_get_char(g_utf8_next_char(p))))
            value = 0;
        if (code == U'十')
            chinese = chinese == 0 ? 10 : chinese * 10;
        for (guint i = 0; i < G_N_ELEMENTS(DIGITS); i++)
            if (g_str_has_prefix(p, DIGITS[i]))
                chinese += i + 1;
    }
    return value > 0 ? value : chinese;
}

static char *heading_title(const Document *document, const Block *block) {
    GString *text = g_string_new(NULL);
    document_append_text(document, document_lines_span(document, block->lines), text);
    g_autofree char *whole = g_strstrip(g_string_free(text, FALSE));
    const char *title = whole;
    if (block->number != NULL && g_str_has_prefix(title, block->number))
        title += strlen(block->number);
    return g_strstrip(g_strdup(title));
}

/* A heading on its way into the tree: who is above it, and how many children it has so far. */
typedef struct {
    guint section;
    int level;
    guint children;
} Open;

static void add_section(Report *report, guint index, GArray *open, guint *roots) {
    const Block *block = document_block(report->document, index);
    while (open->len > 0 && g_array_index(open, Open, open->len - 1).level >= block->level)
        g_array_set_size(open, open->len - 1);
    Open *parent = open->len > 0 ? &g_array_index(open, Open, open->len - 1) : NULL;
    guint *count = parent != NULL ? &parent->children : roots;
    guint ordinal = marker_ordinal(block->number);
    *count = ordinal > 0 ? ordinal : *count + 1;
    const char *above = parent != NULL ? report_section(report, parent->section)->code : NULL;
    g_autofree char *code =
        above != NULL ? g_strdup_printf("%s.%u", above, *count) : g_strdup_printf("%u", *count);
    g_autofree char *title = heading_title(report->document, block);
    Section section = {.parent = parent != NULL ? parent->section : REPORT_NONE,
                       .number = report_string(report, block->number),
                       .title = report_string(report, title),
                       .level = block->level,
                       .page = block->lines.count > 0
                                   ? document_line(report->document, block->lines.first)->page
                                   : 1,
                       .block = index,
                       .code = report_string(report, code)};
    g_array_append_val(report->sections, section);
    Open opened = {.section = report->sections->len - 1, .level = block->level};
    g_array_append_val(open, opened);
}

void sections_read(Report *report) {
    g_autoptr(GArray) open = g_array_new(FALSE, TRUE, sizeof(Open));
    guint roots = 0;
    for (guint i = 0; i < report->document->blocks->len; i++) {
        const Block *block = document_block(report->document, i);
        if (block->kind == BLOCK_HEADING && block->level > 0)
            add_section(report, i, open, &roots);
    }
}

guint *sections_of_blocks(const Report *report) {
    guint n = report->document->blocks->len, next = 0;
    guint *sections = g_new(guint, n + 1);
    for (guint i = 0; i < n; i++) {
        if (next < report->sections->len && report_section(report, next)->block == i)
            next++;
        sections[i] = next == 0 ? REPORT_NONE : next - 1;
    }
    return sections;
}
