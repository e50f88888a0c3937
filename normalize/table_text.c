#include "normalize/table_text.h"
#include <string.h>

/* More heads than this to one cell are not heads. */
enum { ROW_HEADS_MAX = 5, COLUMN_HEADS_MAX = 6 };

static void cell_text_clear(gpointer data) { g_free(((CellText *)data)->text); }

static gboolean is_missing(const char *text) {
    static const char *const MISSING[] = {"",   "-",  "—",  "–",  "－", "/",
                                          "／", "——", "--", "无", "N/A"};
    for (guint i = 0; i < G_N_ELEMENTS(MISSING); i++)
        if (g_str_equal(text, MISSING[i]))
            return TRUE;
    return FALSE;
}

/* One quantity that is all of the cell but brackets and white space. */
static gboolean is_figure(const Prose *prose) {
    if (prose->scan->quantities->len != 1 || prose->scan->claims->len > 0)
        return FALSE;
    const Quantity *quantity = prose_quantity(prose, 0);
    if (quantity->kind == FIGURE_RANK)
        return FALSE;
    for (guint i = 0; i < prose->length; i++)
        if ((i < quantity->start || i >= quantity->end) && g_unichar_isalnum(prose_code(prose, i)))
            return FALSE;
    return TRUE;
}

static void read_cell(TableText *text, const Document *document, const Cell *cell,
                      const Patterns *patterns, Prose *prose) {
    CellText read = {.kind = CELL_BLANK};
    if (cell->lines.count > 0) {
        prose_read(prose, document, document_lines_span(document, cell->lines), patterns);
        read.text = prose_text(prose, 0, prose->length);
        read.kind = is_missing(read.text) ? CELL_BLANK
                    : is_figure(prose)    ? CELL_FIGURE
                                          : CELL_WORDS;
    } else
        read.text = g_strdup("");
    g_array_append_val(text->cells, read);
}

static void fill_grid(TableText *text, guint index) {
    const Table *table = text->table;
    const Cell *cell = table_cell(table, index);
    for (guint row = cell->row; row < MIN(cell->row + cell->row_span, table->rows); row++)
        for (guint column = cell->column;
             column < MIN(cell->column + cell->column_span, table->columns); column++)
            text->grid[row * table->columns + column] = index;
}

TableText *table_text_new(const Document *document, guint index, const Patterns *patterns,
                          Prose *prose) {
    TableText *text = g_new0(TableText, 1);
    text->table = document_table(document, index);
    text->cells = g_array_new(FALSE, TRUE, sizeof(CellText));
    g_array_set_clear_func(text->cells, cell_text_clear);
    gsize size = (gsize)text->table->rows * text->table->columns;
    text->grid = g_new(guint, size + 1);
    memset(text->grid, 0xff, size * sizeof(guint));
    for (guint i = 0; i < text->table->cells->len; i++) {
        read_cell(text, document, table_cell(text->table, i), patterns, prose);
        fill_grid(text, i);
    }
    return text;
}

void table_text_free(TableText *text) {
    if (text == NULL)
        return;
    g_array_unref(text->cells);
    g_free(text->grid);
    g_free(text);
}

/* A row of words, at least two of them, without a figure: it may head what stands below. */
static gboolean row_is_head(const TableText *text, guint row) {
    guint words = 0, before = DOCUMENT_NONE;
    if (row < text->table->header_rows)
        return TRUE;
    for (guint column = 0; column < text->table->columns; column++) {
        guint cell = table_text_at(text, row, column);
        if (cell == DOCUMENT_NONE || cell == before)
            continue;
        before = cell;
        if (table_text_cell(text, cell)->kind == CELL_FIGURE)
            return FALSE;
        words += table_text_cell(text, cell)->kind == CELL_WORDS ? 1 : 0;
    }
    return words >= 2;
}

static void prepend_head(GArray *heads, const TableText *text, guint cell) {
    for (guint i = 0; i < heads->len; i++)
        if (g_array_index(heads, guint, i) == cell ||
            strcmp(table_text_cell(text, g_array_index(heads, guint, i))->text,
                   table_text_cell(text, cell)->text) == 0)
            return;
    g_array_prepend_val(heads, cell);
}

GArray *table_text_column_heads(const TableText *text, guint index) {
    const Cell *cell = table_cell(text->table, index);
    GArray *heads = g_array_new(FALSE, FALSE, sizeof(guint));
    gboolean found = FALSE;
    for (guint row = cell->row; row > 0 && heads->len < COLUMN_HEADS_MAX; row--) {
        guint above = table_text_at(text, row - 1, cell->column);
        gboolean head = above != DOCUMENT_NONE &&
                        table_text_cell(text, above)->kind == CELL_WORDS &&
                        row_is_head(text, row - 1);
        if (head)
            prepend_head(heads, text, above);
        else if (found)
            break;
        found = found || head;
    }
    return heads;
}

GArray *table_text_row_heads(const TableText *text, guint index) {
    const Cell *cell = table_cell(text->table, index);
    GArray *heads = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint column = cell->column; column > 0 && heads->len < ROW_HEADS_MAX; column--) {
        guint left = table_text_at(text, cell->row, column - 1);
        if (left != DOCUMENT_NONE && table_text_cell(text, left)->kind == CELL_WORDS)
            prepend_head(heads, text, left);
    }
    return heads;
}
