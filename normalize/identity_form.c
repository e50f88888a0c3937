#include "normalize/family.h"
#include "normalize/identity_part.h"
#include "normalize/wording.h"
#include <string.h>

enum { LIST_HEADS_MIN = 5 };
static const char COLON[] = "：";

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
        g_autofree char *key = identity_text(document, document_lines_span(document, cell->lines));
        const char *field = find_field(families, key, &order);
        if (field == NULL)
            continue;
        g_autofree char *value =
            identity_text(document, document_lines_span(document, next->lines));
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
    g_autofree char *text = identity_spaced(document, span);
    const char *colon = strstr(text, COLON);
    g_autofree char *key = identity_unspaced(g_strndup(text, (gsize)(colon - text)));
    const char *field = find_field(patterns_families(patterns), key, &order);
    if (field == NULL)
        return;
    char *value = text + (colon - text) + strlen(COLON);
    value[value_length(patterns_wording(patterns), value)] = '\0';
    take_value(best, n, field, order, identity_unspaced(value));
}

void identity_read_form(Report *report, const Patterns *patterns) {
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
