#include "normalize/identity.h"
#include "normalize/family.h"
#include "normalize/prose.h"
#include "normalize/text.h"
#include "normalize/wording.h"
#include <string.h>

/* A title stands among the first lines; a value in a form is short. */
enum {
    TITLE_BLOCKS_MAX = 6,
    TITLE_CHARACTERS_MAX = 60,
    VALUE_CHARACTERS_MAX = 40,
    COVER_BLOCKS_MAX = 8,
    NAME_CHARACTERS_MIN = 4,
    LIST_HEADS_MIN = 5,
    YEAR_DIGITS = 4,
    YEAR_FIRST = 1990,
    YEAR_LAST = 2099
};
static const char COLON[] = "：";
/* A year that 年度 follows counts as several that only 年 follows. */
enum { FISCAL_YEAR_WEIGHT = 4 };

static char *folded_lines(const Document *document, LineRun lines) {
    NormalText folded = {0};
    char *text = folded_text(document, document_lines_span(document, lines), &folded);
    normal_text_clear(&folded);
    return text;
}

/* 二〇二二年度: the digits of a year in a title. */
static char *with_arabic_years(const char *text) {
    static const gunichar DIGITS[] = U"〇一二三四五六七八九";
    GString *result = g_string_new(NULL);
    for (const char *p = text; *p != '\0';) {
        char year[YEAR_DIGITS + 1] = "";
        const char *end = p;
        guint n = 0;
        for (; n < YEAR_DIGITS && *end != '\0'; n++, end = g_utf8_next_char(end)) {
            gunichar code = g_utf8_get_char(end);
            guint digit = 0;
            while (digit < 10 && DIGITS[digit] != (code == U'○' || code == U'零' ? U'〇' : code))
                digit++;
            if (digit == 10)
                break;
            year[n] = (char)('0' + digit);
        }
        if (n == YEAR_DIGITS && g_str_has_prefix(end, "年")) {
            g_string_append(result, year);
            p = end;
            continue;
        }
        g_string_append_unichar(result, g_utf8_get_char(p));
        p = g_utf8_next_char(p);
    }
    return g_string_free(result, FALSE);
}

/* Takes the spaces out of `text`. */
static char *without_spaces(char *text) {
    char *to = text;
    for (const char *from = text; *from != '\0'; from++)
        if (*from != ' ')
            *to++ = *from;
    *to = '\0';
    return text;
}

/* What canonical composition leaves alone, whatever stands beside it. */
static gboolean code_is_composed(gunichar code) {
    return code < 0x300 || code_is_plain(code) || (code >= 0x3001 && code <= 0x3029) ||
           (code >= 0xFF01 && code <= 0xFF5E);
}

/* What is kept is as printed, but for radicals; all white space is one kind. */
static char *spaced_text(const Document *document, Span span) {
    g_autofree char *text = g_malloc((gsize)(span.end - span.start) * TEXT_BYTES_MAX + 1);
    char *at = text;
    gboolean composed = TRUE;
    for (guint i = span.start; i < span.end; i++) {
        gunichar code = document_character(document, i)->code;
        composed &= code_is_composed(code);
        at = code_write(!code_is_plain(code) && g_unichar_isspace(code) ? ' ' : code, at);
    }
    *at = '\0';
    char *normal = composed ? NULL : g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    return normal != NULL ? normal : g_steal_pointer(&text);
}

static char *shown_text(const Document *document, Span span) {
    return without_spaces(spaced_text(document, span));
}

static void set_title(Report *report) {
    const Document *document = report->document;
    g_autoptr(GString) title = g_string_new(NULL);
    for (guint i = 0; i < document->blocks->len; i++) {
        const Block *block = document_block(document, i);
        if (block->kind != BLOCK_HEADING || block->level != 0)
            continue;
        g_autofree char *text = shown_text(document, document_lines_span(document, block->lines));
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
    g_autofree char *title = with_arabic_years(bare);
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
        g_autofree char *text = shown_text(document, document_lines_span(document, block->lines));
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
        g_autofree char *text = folded_lines(document, lines);
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

/* Values of a form: the cell to the right of 部门名称, or what stands behind 编制单位：. */
typedef struct {
    const char *field;
    guint order;
    char *value;
} Found;

/* 219001-安澜市青溪镇人民政府: the code is no part of the name. */
static const char *without_code(const char *value) {
    const char *p = value;
    while (g_ascii_isalnum(*p))
        p++;
    if (p == value || strpbrk(value, "0123456789") >= p)
        return value;
    while (*p == '-' || *p == '_' || *p == '.')
        p++;
    return *p == '\0' ? value : p;
}

static void take_value(Found *best, guint n, const char *field, guint order, const char *value) {
    if (g_str_equal(field, "department"))
        value = without_code(value);
    glong length = g_utf8_strlen(value, -1);
    if (length < 2 || length > VALUE_CHARACTERS_MAX)
        return;
    for (guint i = 0; i < n; i++) {
        if (!g_str_equal(best[i].field, field) || (best[i].value != NULL && best[i].order <= order))
            continue;
        g_free(best[i].value);
        best[i].value = g_strdup(value);
        best[i].order = order;
    }
}

/* 填报单位【（盖章）】: where the stamp goes is no part of the key. */
static const char *find_field(const Families *families, const char *printed, guint *order) {
    g_autofree char *key = g_strdup(printed);
    char *open = g_strrstr(key, "（") == NULL ? strrchr(key, '(') : g_strrstr(key, "（");
    gboolean closed = g_str_has_suffix(key, "）") || g_str_has_suffix(key, ")");
    if (open != NULL && open != key && closed &&
        (strstr(open, "章") != NULL || strstr(open, "签") != NULL))
        *open = '\0';
    return families_key(families, key, order);
}

/* A row of so many words heads a list: 序号 | 项目名称 | 预算数 | 执行数 | 得分. */
static gboolean heads_list(const Table *table, guint index) {
    guint row = table_cell(table, index)->row, words = 0;
    for (guint i = index; i > 0 && table_cell(table, i - 1)->row == row; i--)
        words += table_cell(table, i - 1)->lines.count > 0 ? 1 : 0;
    for (guint i = index; i < table->cells->len && table_cell(table, i)->row == row; i++)
        words += table_cell(table, i)->lines.count > 0 ? 1 : 0;
    return words >= LIST_HEADS_MIN;
}

static void values_of_table(const Document *document, const Table *table, const Families *families,
                            Found *best, guint n) {
    for (guint i = 0; i + 1 < table->cells->len; i++) {
        const Cell *cell = table_cell(table, i), *next = cell + 1;
        guint order;
        if (cell->lines.count == 0 || next->lines.count == 0 || next->row != cell->row ||
            heads_list(table, i))
            continue;
        g_autofree char *key = shown_text(document, document_lines_span(document, cell->lines));
        const char *field = find_field(families, key, &order);
        if (field == NULL)
            continue;
        g_autofree char *value = shown_text(document, document_lines_span(document, next->lines));
        take_value(best, n, field, order, value);
    }
}

/* Where the value ends: at a bracket, or before the next key of the line: 水利局 【填报日期：】. */
static gsize value_length(const Wording *wording, const char *value) {
    gsize n = strlen(value);
    const char *colon = strstr(value, COLON), *bracket = strstr(value, "（");
    if (colon != NULL) {
        n = (gsize)(colon - value);
        gsize key = MAX(wording_suffix(wording, WORDS_FORM_KEY, value, n),
                        wording_suffix(wording, WORDS_LINE_KEY, value, n));
        const char *gap = g_strrstr_len(value, (gssize)n, " ");
        if (gap != NULL)
            n = (gsize)(gap - value);
        else if (key > 0)
            n -= key;
        else
            n = 0;
    }
    if (bracket != NULL)
        n = MIN(n, (gsize)(bracket - value));
    return MIN(n, strcspn(value, "("));
}

static gboolean has_colon(const Document *document, Span span) {
    for (guint i = span.start; i < span.end; i++)
        if (document_character(document, i)->code == U'：')
            return TRUE;
    return FALSE;
}

/* What stands behind the colon of a key. */
static void values_of_line(const Document *document, Span span, const Patterns *patterns,
                           Found *best, guint n) {
    guint order;
    if (!has_colon(document, span))
        return;
    g_autofree char *text = spaced_text(document, span);
    const char *colon = strstr(text, COLON);
    g_autofree char *key = without_spaces(g_strndup(text, (gsize)(colon - text)));
    const char *field = find_field(patterns_families(patterns), key, &order);
    if (field == NULL)
        return;
    char *value = text + (colon - text) + strlen(COLON);
    value[value_length(patterns_wording(patterns), value)] = '\0';
    take_value(best, n, field, order, without_spaces(value));
}

static void search_form(Report *report, const Patterns *patterns) {
    const Families *families = patterns_families(patterns);
    Found best[] = {{.field = "department"}, {.field = "subject"}};
    const Document *document = report->document;
    for (guint i = 0; i < document->blocks->len; i++) {
        const Block *block = document_block(document, i);
        if (block->kind == BLOCK_TABLE) {
            const Table *table = document_table(document, block->table);
            values_of_table(document, table, families, best, G_N_ELEMENTS(best));
            for (guint k = 0; k < table->notes.count; k++)
                values_of_line(document,
                               document_line(document, table->notes.first + k)->characters,
                               patterns, best, G_N_ELEMENTS(best));
        } else if (block->kind == BLOCK_PARAGRAPH && block->lines.count == 1)
            values_of_line(document, document_lines_span(document, block->lines), patterns, best,
                           G_N_ELEMENTS(best));
    }
    if (report->department == NULL)
        report->department = report_string(report, best[0].value);
    if (report->subject == NULL && !report_is(report, TYPE_DEPARTMENT) &&
        !report_is(report, TYPE_ACCOUNTS))
        report->subject = report_string(report, best[1].value);
    g_free(best[0].value);
    g_free(best[1].value);
}

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

static int frequent_year(const Document *document) {
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
static int cover_year(const Document *document) {
    guint seen = 0;
    for (guint i = 0; i < document->blocks->len && seen < TITLE_BLOCKS_MAX; i++) {
        const Block *block = document_block(document, i);
        if (block->kind == BLOCK_FURNITURE || block->kind == BLOCK_TABLE || block->lines.count == 0)
            continue;
        seen++;
        g_autofree char *text = folded_lines(document, block->lines);
        const char *p = text + strspn(text, "([（");
        gsize digits = strspn(p, "0123456789");
        if (digits == 4 && g_str_has_prefix(p + 4, "年") && g_utf8_strlen(text, -1) <= 10)
            return atoi(p);
    }
    return 0;
}

/* The one year that the title of an unknown kind names. */
static int title_year(const char *title) {
    g_autofree char *text = with_arabic_years(title);
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
    search_form(report, patterns);
    if (report->year == 0)
        report->year = cover_year(report->document);
    if (report->year == 0)
        report->year = title_year(title);
    if (report->year != 0)
        return;
    report->year = frequent_year(report->document);
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
