/* The Document for people, in a pager:
 *
 *   ──────── 3 ────────        where a page begins
 *   ## 一、基本情况             headings, a # for each level and one for the title
 *   部门预算……                  paragraphs, a line each
 *   表1 收支情况  单位：万元     tables: caption, notes, rows; behind a cell that spans stand
 *   项目   │ 预算   │ 执行       blank ones
 *   [foot] 3                    what belongs to the page
 */
#include "extract/document.h"

enum {
    CELL_WIDTH_MAX = 28, /* half-width characters; longer cells push the others on */
    TABLE_SQUARES_MAX =
        4 * 1000 * 1000, /* rows by columns; cells of larger tables come one by one */
    PAGE_RULE = 30,
    SPREAD_SPACES_MIN = 3,
};

static void append_repeated(GString *text, const char *piece, guint n) {
    for (guint i = 0; i < n; i++)
        g_string_append(text, piece);
}

/* Control characters would move the terminal's cursor. */
static void append_plain(GString *text, const char *from) {
    for (const char *p = from; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar code = g_utf8_get_char(p);
        GUnicodeType type = g_unichar_type(code);
        g_string_append_unichar(text, type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ? 0xFFFD
                                                                                            : code);
    }
}

static gunichar code_at(const Document *document, guint i) {
    return document_character(document, i)->code;
}

/* Whether white space stands between two Han characters. */
static gboolean is_spaced(const Document *document, Span span, guint i) {
    return code_at(document, i) == ' ' && i > span.start && i + 1 < span.end &&
           g_unichar_iswide(code_at(document, i - 1)) && g_unichar_iswide(code_at(document, i + 1));
}

/* A line that is spread to the full width has white space between most of its Han characters. */
static gboolean is_spread(const Document *document, Span span) {
    guint spaced = 0, joined = 0;
    for (guint i = span.start; i < span.end; i++) {
        spaced += is_spaced(document, span, i) ? 1 : 0;
        joined += i > span.start && g_unichar_iswide(code_at(document, i - 1)) &&
                          g_unichar_iswide(code_at(document, i))
                      ? 1
                      : 0;
    }
    return spaced >= SPREAD_SPACES_MIN && spaced >= joined;
}

static void append_line(const Document *document, Span span, GString *text) {
    gboolean spread = is_spread(document, span);
    for (guint i = span.start; i < span.end; i++)
        if (!spread || !is_spaced(document, span, i))
            g_string_append_unichar(text, code_at(document, i));
}

static void append_lines(const Document *document, LineRun lines, GString *text) {
    g_autoptr(GString) raw = g_string_new(NULL);
    for (guint i = 0; i < lines.count; i++)
        append_line(document, document_line(document, lines.first + i)->characters, raw);
    append_plain(text, g_strstrip(raw->str));
}

static guint text_width(const char *text) {
    guint width = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        width += g_unichar_iswide(g_utf8_get_char(p))        ? 2
                 : g_unichar_iszerowidth(g_utf8_get_char(p)) ? 0
                                                             : 1;
    return width;
}

/* The texts of the cells, by row and column; NULL where none begins. */
static char **cell_texts(const Document *document, const Table *table) {
    char **texts = g_new0(char *, (gsize)table->rows * table->columns + 1);
    for (guint i = 0; i < table->cells->len; i++) {
        const Cell *cell = table_cell(table, i);
        GString *text = g_string_new(NULL);
        append_lines(document, cell->lines, text);
        char **place = &texts[(gsize)cell->row * table->columns + cell->column];
        g_free(*place);
        *place = g_string_free(text, FALSE);
    }
    return texts;
}

static guint *column_widths(const Table *table, char **texts) {
    guint *widths = g_new0(guint, table->columns + 1);
    for (guint i = 0; i < table->cells->len; i++) {
        const Cell *cell = table_cell(table, i);
        const char *text = texts[(gsize)cell->row * table->columns + cell->column];
        if (cell->column_span == 1)
            widths[cell->column] = MAX(widths[cell->column], MIN(text_width(text), CELL_WIDTH_MAX));
    }
    return widths;
}

static void append_rows(const Document *document, const Table *table, GString *text) {
    gsize n = (gsize)table->rows * table->columns;
    char **texts = cell_texts(document, table);
    g_autofree guint *widths = column_widths(table, texts);
    for (guint row = 0; row < table->rows; row++) {
        for (guint column = 0; column < table->columns; column++) {
            const char *cell = texts[(gsize)row * table->columns + column];
            guint width = cell == NULL ? 0 : text_width(cell);
            gboolean last = column + 1 == table->columns;
            g_string_append(text, cell == NULL ? "" : cell);
            if (!last && width < widths[column])
                append_repeated(text, " ", widths[column] - width);
            g_string_append(text, last ? "\n" : " │ ");
        }
        if (row + 1 == table->header_rows)
            append_repeated(text, "─", PAGE_RULE);
        if (row + 1 == table->header_rows)
            g_string_append_c(text, '\n');
    }
    for (gsize i = 0; i < n; i++)
        g_free(texts[i]);
    g_free(texts);
}

static void append_table(const Document *document, const Table *table, GString *text) {
    if (table->caption.count > 0 || table->notes.count > 0) {
        append_lines(document, table->caption, text);
        for (guint i = 0; i < table->notes.count; i++) {
            g_string_append(text, "  ");
            append_lines(document, (LineRun){table->notes.first + i, 1}, text);
        }
        g_string_append_c(text, '\n');
    }
    if ((guint64)table->rows * table->columns <= TABLE_SQUARES_MAX) {
        append_rows(document, table, text);
        return;
    }
    for (guint i = 0; i < table->cells->len; i++) {
        append_lines(document, table_cell(table, i)->lines, text);
        g_string_append_c(text, '\n');
    }
}

static void append_notices(const Document *document, GString *text) {
    for (guint i = 0; i < document->notices->len; i++) {
        const Notice *notice = &g_array_index(document->notices, Notice, i);
        g_string_append_printf(text, "! %u: %s %u ", notice->page, notice_kind_name(notice->kind),
                               notice->count);
        append_plain(text, notice->text == NULL ? "" : notice->text);
        g_string_append_c(text, '\n');
    }
}

static void append_block(const Document *document, const Block *block, GString *text) {
    if (block->kind == BLOCK_TABLE) {
        append_table(document, document_table(document, block->table), text);
        g_string_append_c(text, '\n');
        return;
    }
    if (block->kind == BLOCK_HEADING) {
        append_repeated(text, "#", (guint)block->level + 1);
        g_string_append_c(text, ' ');
    }
    if (block->kind == BLOCK_FURNITURE || block->kind == BLOCK_FIELD) {
        g_string_append_c(text, '[');
        append_plain(text, block->name == NULL ? "" : block->name);
        g_string_append(text, "] ");
    }
    append_lines(document, block->lines, text);
    g_string_append(text, block->kind == BLOCK_FURNITURE ? "\n" : "\n\n");
}

GString *document_text(const Document *document) {
    GString *text = g_string_new(NULL);
    guint page = 0;
    append_notices(document, text);
    for (guint i = 0; i < document->blocks->len; i++) {
        const Block *block = document_block(document, i);
        guint at = block->kind == BLOCK_TABLE ? document_table(document, block->table)->page
                   : block->lines.count > 0   ? document_line(document, block->lines.first)->page
                                              : page;
        for (; page < at; page++) {
            append_repeated(text, "─", PAGE_RULE);
            g_string_append_printf(text, " %u ", page + 1);
            append_repeated(text, "─", PAGE_RULE);
            g_string_append_c(text, '\n');
        }
        append_block(document, block, text);
    }
    return text;
}
