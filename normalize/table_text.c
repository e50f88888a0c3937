#include "normalize/table_text.h"
#include "normalize/table_words.h"
#include <string.h>

/* More heads than this to one cell are not heads. */
enum {
    ROW_HEADS_MAX = 5,
    COLUMN_HEADS_MAX = 6,
    HEAD_CHARACTERS_MAX = 24,
    ROW_HEAD_CHARACTERS_MAX = 60,
    FIGURES_BELOW_ROWS = 3 /* rows below a head in which its figures begin */
};

static void cell_text_clear(gpointer data) { g_free(((CellText *)data)->text); }

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
    CellText read = {.kind = CELL_BLANK, .mark = prose_notes_end(text->notes)};
    if (cell->lines.count > 0) {
        prose_read(prose, document, document_lines_span(document, cell->lines), patterns);
        prose_note(prose, text->notes);
        read.text = prose_text(prose, 0, prose->length);
        read.kind = table_words_blank(patterns_table_words(patterns), read.text) ? CELL_BLANK
                    : is_figure(prose)                                           ? CELL_FIGURE
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

static gboolean row_is_head(const TableText *text, guint row);
static guint own_header_rows(const TableText *text);

TableText *table_text_new(const Document *document, guint index, const Patterns *patterns,
                          Prose *prose) {
    TableText *text = g_new0(TableText, 1);
    text->table = document_table(document, index);
    text->wording = patterns_wording(patterns);
    text->cells = g_array_new(FALSE, TRUE, sizeof(CellText));
    g_array_set_clear_func(text->cells, cell_text_clear);
    text->notes = prose_notes_new();
    gsize size = (gsize)text->table->rows * text->table->columns;
    text->grid = g_new(guint, size + 1);
    memset(text->grid, 0xff, size * sizeof(guint));
    for (guint i = 0; i < text->table->cells->len; i++) {
        read_cell(text, document, table_cell(text->table, i), patterns, prose);
        fill_grid(text, i);
    }
    text->header_rows = own_header_rows(text);
    text->head_rows = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint row = 0; row < text->table->rows; row++)
        if (row_is_head(text, row))
            g_array_append_val(text->head_rows, row);
    return text;
}

void table_text_free(TableText *text) {
    if (text == NULL)
        return;
    g_array_unref(text->cells);
    prose_notes_free(text->notes);
    g_array_unref(text->head_rows);
    g_free(text->grid);
    g_free(text);
}

static ProseMark next_mark(const TableText *text, guint cell) {
    return cell + 1 < text->cells->len ? table_text_cell(text, cell + 1)->mark
                                       : prose_notes_end(text->notes);
}

gboolean table_text_is_plain(const TableText *text, guint cell) {
    const ProseMark own = table_text_cell(text, cell)->mark, next = next_mark(text, cell);
    return own.quantities == next.quantities && own.claims == next.claims &&
           own.unread == next.unread;
}

void table_text_recall(const TableText *text, const Document *document, guint cell, Prose *prose) {
    prose_recall(prose, document,
                 document_lines_span(document, table_cell(text->table, cell)->lines), text->notes,
                 table_text_cell(text, cell)->mark, next_mark(text, cell));
}

/* A short phrase without a stop: what a head says. */
static gboolean is_head_text(const char *text) {
    return g_utf8_strlen(text, -1) <= HEAD_CHARACTERS_MAX && strstr(text, "。") == NULL &&
           strstr(text, "；") == NULL;
}

/* The name of an indicator or a project may be longer. */
static gboolean is_row_head_text(const char *text) {
    return g_utf8_strlen(text, -1) <= ROW_HEAD_CHARACTERS_MAX && strstr(text, "。") == NULL &&
           strstr(text, "；") == NULL;
}

/* 主管部门 | X | 实施单位 | Y: names and their values. */
static gboolean is_form_key(const TableText *text, guint cell) {
    const Wording *wording = text->wording;
    const char *words = table_text_cell(text, cell)->text;
    return wording_suffix(wording, WORDS_FORM_KEY, words, strlen(words)) > 0;
}

/* Whether the words are those of a head of figures: 年初预算数, 分值, 执行率（B/A）. */
static gboolean heads_figures(const Wording *wording, const char *words) {
    static const WordSet SETS[] = {WORDS_FIGURE_HEAD, WORDS_BUDGET_HEAD, WORDS_ACTUAL_HEAD,
                                   WORDS_RATE_HEAD};
    gsize length = strlen(words), bare = strcspn(words, "(");
    const char *wide = g_strstr_len(words, (gssize)length, "（");
    bare = wide == NULL ? bare : MIN(bare, (gsize)(wide - words));
    for (guint i = 0; i < G_N_ELEMENTS(SETS); i++)
        if (wording_suffix(wording, SETS[i], words, length) > 0 ||
            wording_suffix(wording, SETS[i], words, bare) > 0)
            return TRUE;
    return wording_head_unit(wording, words) != NULL;
}

/* A head has no figures but years and numbers of columns: 部门名称 | X | 自评总分 | 96.8 is a row
 * of a form, names and values; so is 部门名称 | X, where the values fill the row. */
static gboolean row_is_form(const TableText *text, guint row) {
    gboolean figure = FALSE, heads = FALSE, wide = FALSE;
    guint cells = 0, keys = 0;
    for (guint column = 0; column < text->table->columns; column++) {
        guint cell = table_text_at(text, row, column);
        if (cell == DOCUMENT_NONE || table_cell(text->table, cell)->column != column)
            continue;
        const CellText *read = table_text_cell(text, cell);
        gboolean key = read->kind == CELL_WORDS && is_form_key(text, cell);
        guint left = column == 0 ? DOCUMENT_NONE : table_text_at(text, row, column - 1);
        gboolean named = left != DOCUMENT_NONE && left != cell &&
                         table_text_cell(text, left)->kind == CELL_WORDS &&
                         heads_figures(text->wording, table_text_cell(text, left)->text);
        cells++;
        keys += key ? 1 : 0;
        figure |= read->kind == CELL_FIGURE && named;
        heads |= read->kind == CELL_WORDS && heads_figures(text->wording, read->text);
        wide |= !key && table_cell(text->table, cell)->column_span > 1;
    }
    return keys > 0 && (figure || (cells == 2 * keys && wide && !heads));
}

static guint own_header_rows(const TableText *text) {
    guint rows = MIN(text->table->header_rows, text->table->rows);
    for (guint row = 0; row < rows; row++)
        if (row_is_form(text, row))
            return row;
    return rows;
}

static gboolean stands_over_figures(const TableText *text, guint row, guint column) {
    guint own = table_text_at(text, row, column);
    for (guint below = row + 1; below < MIN(row + 1 + FIGURES_BELOW_ROWS, text->table->rows);
         below++) {
        guint cell = table_text_at(text, below, column);
        if (cell == own || cell == DOCUMENT_NONE || table_text_cell(text, cell)->kind == CELL_BLANK)
            continue;
        return table_text_cell(text, cell)->kind == CELL_FIGURE;
    }
    return FALSE;
}

/* Below the table's own head a row of short words, two or more, without a figure heads what stands
 * below it. Cells may be blank at its left; elsewhere only where two others are known heads and
 * stand over figures: 项目资金（万元） | | 年初预算数 | 分值. */
static gboolean row_is_head(const TableText *text, guint row) {
    guint words = 0, keys = 0, known = 0, before = DOCUMENT_NONE;
    gboolean gap = FALSE;
    if (row < text->header_rows)
        return TRUE;
    for (guint column = 0; column < text->table->columns; column++) {
        guint cell = table_text_at(text, row, column);
        if (cell == DOCUMENT_NONE || cell == before)
            continue;
        before = cell;
        const CellText *read = table_text_cell(text, cell);
        if (read->kind == CELL_FIGURE || !is_head_text(read->text))
            return FALSE;
        gap |= read->kind == CELL_BLANK && words > 0;
        known += read->kind == CELL_WORDS && heads_figures(text->wording, read->text) &&
                         stands_over_figures(text, row, column)
                     ? 1
                     : 0;
        const Cell *box = table_cell(text->table, cell); /* one over more rows names a group */
        words += read->kind == CELL_WORDS && box->row + box->row_span == row + 1 ? 1 : 0;
        keys += box->row == row && is_form_key(text, cell) ? 1 : 0;
    }
    return words >= 2 && keys == 0 && (!gap || known >= 2);
}

/* Where there is room, and none of the same words is there yet. */
static void prepend_head(TableHeads *heads, const TableText *text, guint cell) {
    for (guint i = 0; i < heads->n; i++)
        if (heads->cells[i] == cell || strcmp(table_text_cell(text, heads->cells[i])->text,
                                              table_text_cell(text, cell)->text) == 0)
            return;
    if (heads->n == TABLE_HEADS_MAX)
        return;
    memmove(heads->cells + 1, heads->cells, heads->n * sizeof heads->cells[0]);
    heads->cells[0] = cell;
    heads->n++;
}

/* The head above spans more columns than the one below it, and all of that one's. */
static gboolean spans_over(const TableText *text, guint above, guint below) {
    const Cell *upper = table_cell(text->table, above), *lower = table_cell(text->table, below);
    return above == below ||
           (upper->column_span > lower->column_span && upper->column <= lower->column &&
            upper->column + upper->column_span >= lower->column + lower->column_span);
}

guint table_text_head_row(const TableText *text, guint index) {
    const Cell *cell = table_cell(text->table, index);
    for (guint i = text->head_rows->len; i > 0; i--) {
        guint row = g_array_index(text->head_rows, guint, i - 1);
        guint above = row < cell->row ? table_text_at(text, row, cell->column) : DOCUMENT_NONE;
        if (above != DOCUMENT_NONE && table_text_cell(text, above)->kind == CELL_WORDS)
            return row;
    }
    return DOCUMENT_NONE;
}

TableHeads table_text_column_heads(const TableText *text, guint index) {
    guint column = table_cell(text->table, index)->column;
    TableHeads heads = {.n = 0};
    guint row = table_text_head_row(text, index), below = DOCUMENT_NONE;
    guint at = text->head_rows->len;
    for (guint i = row == DOCUMENT_NONE ? 0 : row + 1; i > 0 && heads.n < COLUMN_HEADS_MAX; i--) {
        guint cell = table_text_at(text, i - 1, column);
        while (at > 0 && g_array_index(text->head_rows, guint, at - 1) >= i)
            at--;
        gboolean head = at > 0 && g_array_index(text->head_rows, guint, at - 1) == i - 1;
        if (cell == DOCUMENT_NONE || !head ||
            (below != DOCUMENT_NONE && i >= text->header_rows && !spans_over(text, cell, below)))
            break;
        if (table_text_cell(text, cell)->kind == CELL_WORDS)
            prepend_head(&heads, text, cell);
        below = cell;
    }
    return heads;
}

/* What the words of a column are: values, remarks and codes (类 款 项) name no row. */
static gboolean column_is_value(const TableText *text, guint cell) {
    const TableHeads heads = table_text_column_heads(text, cell);
    gboolean value = FALSE;
    for (guint i = 0; i < heads.n && !value; i++) {
        const char *words = table_text_cell(text, heads.cells[i])->text;
        gsize n;
        value = wording_suffix(text->wording, WORDS_VALUE_HEAD, words, strlen(words)) > 0 ||
                wording_find(text->wording, WORDS_CODE_HEAD, words, &n) != NULL;
    }
    return value;
}

static gboolean cell_names(const TableText *text, guint cell) {
    CellText *read = table_text_cell(text, cell);
    if (read->names == 0)
        read->names =
            read->kind == CELL_WORDS && is_row_head_text(read->text) && !column_is_value(text, cell)
                ? 1
                : -1;
    return read->names > 0;
}

/* From the figure to the left: the nearest run of words; beyond it only what holds for more rows
 * than it (a group's name). */
TableHeads table_text_row_heads(const TableText *text, guint index) {
    const Cell *cell = table_cell(text->table, index);
    TableHeads heads = {.n = 0};
    gboolean ended = FALSE;
    guint left = index, rows = cell->row_span;
    for (guint column = cell->column; column > 0 && heads.n < ROW_HEADS_MAX; column--) {
        guint one = table_text_at(text, cell->row, column - 1);
        if (one == DOCUMENT_NONE || one == left)
            continue;
        left = one;
        const Cell *head = table_cell(text->table, one);
        if (!cell_names(text, one)) {
            ended = heads.n > 0;
            continue;
        }
        if (ended && (head->row_span < rows || head->row_span == 1))
            continue;
        rows = MAX(rows, head->row_span);
        prepend_head(&heads, text, one);
    }
    return heads;
}

/* Below 计量单位. */
static gboolean cell_units(const TableText *text, guint cell) {
    CellText *read = table_text_cell(text, cell);
    if (read->units == 0) {
        const TableHeads heads = table_text_column_heads(text, cell);
        read->units = read->kind == CELL_WORDS && heads.n > 0 &&
                              wording_has(text->wording, WORDS_UNIT_HEAD,
                                          table_text_cell(text, heads.cells[heads.n - 1])->text)
                          ? 1
                          : -1;
    }
    return read->units > 0;
}

guint table_text_row_unit(const TableText *text, guint index) {
    const Cell *cell = table_cell(text->table, index);
    for (guint column = 0; column < text->table->columns; column++) {
        guint one = table_text_at(text, cell->row, column);
        if (one != DOCUMENT_NONE && one != index && cell_units(text, one))
            return one;
    }
    return DOCUMENT_NONE;
}
