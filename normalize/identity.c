/* The title first, then the cover and the forms; the year from the text where nothing says it. */
#include "normalize/identity.h"
#include "normalize/family.h"
#include "normalize/identity_part.h"
#include "normalize/text.h"
#include "normalize/wording.h"
#include <string.h>

enum {
    TITLE_CHARACTERS_MAX = 60,
    COVER_BLOCKS_MAX = 8,
    NAME_CHARACTERS_MIN = 4,
};

static void set_title(Report *report) {
    const Document *document = report->document;
    g_autoptr(GString) title = g_string_new(NULL);
    for (guint i = 0; i < document->blocks->len; i++) {
        const Block *block = document_block(document, i);
        if (block->kind != BLOCK_HEADING || block->level != 0)
            continue;
        g_autofree char *text =
            identity_text(document, document_lines_span(document, block->lines));
        g_string_append(title, text);
    }
    if (title->len > 0)
        report->title = report_string(report, title->str);
}

static void take_title(Report *report, TitleReading *reading) {
    if (report->family == NULL) {
        report->family = report_string(report, reading->family->id);
        report->doc_type = report_string(report, reading->family->type);
    }
    if (report->department == NULL && reading->department != NULL)
        report->department = report_string(report, reading->department);
    if (report->year == 0 && reading->year != NULL)
        report->year = atoi(reading->year);
    if (report->subject == NULL && reading->subject != NULL)
        report->subject = report_string(report, reading->subject);
    title_reading_clear(reading);
}

/* 关于【报送《】…自评报告【》的函】: the letter frames the title of the report. */
static char *without_frame(const Wording *wording, const char *text) {
    static const char OPEN[] = "《", ABOUT[] = "关于";
    gsize n;
    const char *frame = wording_find(wording, WORDS_TITLE_FRAME, text, &n);
    if (frame == NULL)
        return g_strdup(text);
    const char *title = frame + n;
    if (g_str_has_prefix(title, OPEN))
        title += strlen(OPEN);
    g_autofree char *sender = g_strndup(text, (gsize)(frame - text));
    return g_strconcat(sender, ABOUT, title, NULL);
}

static gboolean find_title(const Patterns *patterns, const char *text, TitleReading *reading) {
    g_autofree char *bare = without_frame(patterns_wording(patterns), text);
    g_autofree char *title = text_with_arabic_years(bare);
    return g_utf8_strlen(title, -1) <= TITLE_CHARACTERS_MAX &&
           families_read_title(patterns_families(patterns), title, reading);
}

static gboolean read_title(Report *report, const Patterns *patterns, const char *text) {
    TitleReading reading;
    if (!find_title(patterns, text, &reading))
        return FALSE;
    take_title(report, &reading);
    return TRUE;
}

/* Whether it is a title that says whose report it is. */
static gboolean names_department(const Patterns *patterns, const char *text) {
    TitleReading reading;
    if (!find_title(patterns, text, &reading))
        return FALSE;
    gboolean named = reading.department != NULL;
    title_reading_clear(&reading);
    return named;
}

/* Where a block may have the title: its text, or the caption of a form. */
static LineRun title_lines(const Document *document, guint index) {
    const Block *block = document_block(document, index);
    if (block->kind == BLOCK_FURNITURE)
        return (LineRun){0, 0};
    return block->kind == BLOCK_TABLE ? document_table(document, block->table)->caption
                                      : block->lines;
}

/* On a cover: a line of its own that is a name and ends like one of an organisation. */
static void search_cover(Report *report, const Wording *wording) {
    const Document *document = report->document;
    guint seen = 0;
    for (guint i = 0; i < document->blocks->len && seen < COVER_BLOCKS_MAX; i++) {
        const Block *block = document_block(document, i);
        if (block->kind == BLOCK_FURNITURE || block->lines.count == 0 || block->kind == BLOCK_TABLE)
            continue;
        if (block->kind == BLOCK_HEADING && block->level > 0)
            return;
        seen++;
        if (block->kind != BLOCK_PARAGRAPH || block->lines.count != 1)
            continue;
        g_autofree char *text =
            identity_text(document, document_lines_span(document, block->lines));
        gboolean name = g_utf8_strlen(text, -1) >= NAME_CHARACTERS_MIN &&
                        g_utf8_strlen(text, -1) <= VALUE_CHARACTERS_MAX;
        for (const char *p = text; name && *p != '\0'; p = g_utf8_next_char(p))
            name = g_unichar_isalpha(g_utf8_get_char(p));
        if (name && wording_suffix(wording, WORDS_ORGANISATION, text, strlen(text)) > 0) {
            report->department = report_string(report, text);
            return;
        }
    }
}

/* A title over two blocks (安澜市水利局 ⏎ 2022年度部门决算), or one that no font told from the
 * text. */
static void search_title(Report *report, const Patterns *patterns) {
    static const char PAPER[] = "文件";
    const Document *document = report->document;
    g_autofree char *before = g_strdup("");
    guint seen = 0;
    for (guint i = 0; i < document->blocks->len && seen < TITLE_BLOCKS_MAX; i++) {
        LineRun lines = title_lines(document, i);
        if (lines.count == 0)
            continue;
        seen++;
        g_autofree char *text = identity_folded(document, lines);
        if (g_str_has_suffix(text, PAPER)) /* 安澜市水利局【文件】 */
            text[strlen(text) - strlen(PAPER)] = '\0';
        if (g_str_has_suffix(text, "。") || g_str_has_suffix(text, ";")) {
            *before = '\0'; /* a sentence is no title */
            continue;
        }
        g_autofree char *both = g_strconcat(before, text, NULL);
        gboolean together = names_department(patterns, both) && !names_department(patterns, text);
        if ((!together && read_title(report, patterns, text)) ||
            read_title(report, patterns, both)) {
            if (report->title == NULL)
                report->title = report_string(report, text);
            return;
        }
        g_free(before);
        before = g_steal_pointer(&text);
    }
}

static void apply_said(Report *report, const Identity *said) {
    if (said == NULL)
        return;
    if (said->department != NULL)
        report->department = report_string(report, said->department);
    if (said->year != 0)
        report->year = said->year;
    if (said->doc_type != NULL)
        report->doc_type = report_string(report, said->doc_type);
    if (said->subject != NULL)
        report->subject = report_string(report, said->subject);
}

void identity_read(Report *report, const Patterns *patterns, const Identity *said) {
    apply_said(report, said);
    const char *doc_type = report->doc_type;
    set_title(report);
    g_autofree char *title = report->title == NULL
                                 ? g_strdup("")
                                 : g_utf8_normalize(report->title, -1, G_NORMALIZE_ALL_COMPOSE);
    if (!read_title(report, patterns, title))
        search_title(report, patterns);
    if (doc_type != NULL)
        report->doc_type = doc_type;
    if (report->department == NULL)
        search_cover(report, patterns_wording(patterns));
    identity_read_form(report, patterns);
    if (report->year == 0)
        report->year = identity_cover_year(report->document);
    if (report->year == 0)
        report->year = identity_title_year(title);
    if (report->year != 0)
        return;
    report->year = identity_frequent_year(report->document);
    if (report->year != 0)
        report->inferred = report_string(report, "year");
}

void identity_refine(Report *report, const Patterns *patterns) {
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    for (guint i = 0; i < report->sections->len; i++)
        if (report_section(report, i)->level <= 1)
            g_ptr_array_add(titles, (gpointer)report_section(report, i)->title);
    const Family *family =
        families_find_layout(patterns_families(patterns), report->family, titles);
    if (family == NULL)
        return;
    report->family = report_string(report, family->id);
    if (report->doc_type != NULL)
        return;
    report->doc_type = report_string(report, family->type);
    g_autofree char *inferred = report->inferred == NULL
                                    ? g_strdup("doc_type")
                                    : g_strconcat(report->inferred, ",doc_type", NULL);
    report->inferred = report_string(report, inferred);
}
