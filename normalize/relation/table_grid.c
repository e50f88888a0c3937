#include "normalize/relation/table_grid.h"
#include "normalize/text.h"
#include <string.h>

/* Rows below a head in which a figure must stand for it to be one. */
enum { HEAD_REACH_ROWS = 3, TENTHS = 10 };

static gboolean is_code(const char *text) {
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

/* No letter or digit outside of the figure. */
static gboolean fact_is_all(const Document *document, Span cell, const Fact *fact) {
    for (guint i = cell.start; i < cell.end; i++)
        if ((i < fact->place.start || i >= fact->place.end) &&
            g_unichar_isalnum(document_character(document, i)->code))
            return FALSE;
    return TRUE;
}

/* 其中:基本支出:8420.60 */
static gboolean ends_behind_colon(const Document *document, Span cell, const Fact *fact) {
    gunichar before = fact->place.start > cell.start
                          ? document_character(document, fact->place.start - 1)->code
                          : 0;
    return fact->place.end == cell.end && (before == U'：' || before == ':');
}

static void read_cell(TableGrid *grid, guint index, guint fact, NormalText *scratch) {
    const Document *document = grid->report->document;
    const Cell *cell = table_cell(grid->shape, index);
    GridCell *content = &grid->content[index];
    content->fact = content->inner = content->told = REPORT_NONE;
    content->start = -1;
    if (cell->lines.count == 0) {
        content->text = g_strdup("");
        return;
    }
    Span span = document_lines_span(document, cell->lines);
    content->text = folded_text(document, span, scratch);
    if (span.end > span.start)
        content->start = (int)(document_character(document, span.start)->start * TENTHS);
    if (fact != REPORT_NONE && fact_is_all(document, span, report_fact(grid->report, fact))) {
        content->kind = GRID_FIGURE;
        content->fact = fact;
    } else
        content->kind = table_words_blank(grid->words, content->text) ? GRID_BLANK
                        : is_code(content->text)                      ? GRID_CODE
                                                                      : GRID_WORDS;
    if (content->kind == GRID_WORDS && fact != REPORT_NONE &&
        report_fact(grid->report, fact)->kind == FIGURE_SCORE)
        content->inner = fact;
    if (content->kind == GRID_WORDS && fact != REPORT_NONE &&
        report_fact(grid->report, fact)->kind == FIGURE_AMOUNT &&
        ends_behind_colon(document, span, report_fact(grid->report, fact)))
        content->told = fact;
}

/* The first fact of each cell. */
static guint *facts_of_cells(const TableGrid *grid, const GArray *facts) {
    guint n = grid->shape->cells->len;
    guint *first = g_new(guint, n + 1);
    memset(first, 0xff, n * sizeof(guint));
    for (guint i = 0; i < facts->len; i++) {
        guint index = g_array_index(facts, guint, i);
        const Fact *fact = report_fact(grid->report, index);
        if (fact->row >= grid->shape->rows || fact->column >= grid->shape->columns)
            continue;
        guint cell = grid_at(grid, fact->row, fact->column);
        if (cell != DOCUMENT_NONE && first[cell] == REPORT_NONE)
            first[cell] = index;
    }
    return first;
}

static void fill(TableGrid *grid, guint index) {
    const Cell *cell = table_cell(grid->shape, index);
    for (guint row = cell->row; row < MIN(cell->row + cell->row_span, grid->shape->rows); row++)
        for (guint column = cell->column;
             column < MIN(cell->column + cell->column_span, grid->shape->columns); column++)
            grid->cells[row * grid->shape->columns + column] = index;
}

static gboolean stands_over_figures(const TableGrid *grid, guint row, guint column) {
    guint own = grid_at(grid, row, column);
    for (guint below = row + 1; below < MIN(row + 1 + HEAD_REACH_ROWS, grid->shape->rows);
         below++) {
        guint cell = grid_at(grid, below, column);
        if (cell == own || cell == DOCUMENT_NONE || grid->content[cell].kind == GRID_BLANK)
            continue;
        return grid->content[cell].kind == GRID_FIGURE;
    }
    return FALSE;
}

/* A row of two cells of words or more, without a figure, that stand over figures. */
static gboolean row_is_head(const TableGrid *grid, guint row) {
    guint words = 0, over = 0;
    if (row < grid->shape->header_rows)
        return TRUE;
    for (guint column = 0; column < grid->shape->columns; column++) {
        if (!grid_starts(grid, row, column))
            continue;
        const GridCell *cell = grid_cell(grid, row, column);
        if (cell->kind == GRID_FIGURE || cell->kind == GRID_CODE)
            return FALSE;
        if (cell->kind == GRID_WORDS && words++ > 0)
            over += stands_over_figures(grid, row, column) ? 1 : 0;
    }
    return words >= 2 && over > 0;
}

gboolean grid_is_title(const TableGrid *grid, guint row) {
    guint cell = grid_at(grid, row, 0);
    return cell != DOCUMENT_NONE && grid->content[cell].kind == GRID_WORDS &&
           table_cell(grid->shape, cell)->column_span >= grid->shape->columns;
}

static gboolean has_figures(const TableGrid *grid, guint first, guint end) {
    for (guint row = first; row < end; row++)
        for (guint column = 0; column < grid->shape->columns; column++)
            if (grid_fact(grid, row, column) != REPORT_NONE)
                return TRUE;
    return FALSE;
}

static gboolean column_has_figures(const TableGrid *grid, const GridBlock *block, guint column) {
    for (guint row = block->first; row < block->end; row++)
        if (grid_fact(grid, row, column) != REPORT_NONE)
            return TRUE;
    return FALSE;
}

/* Among figures a name that ends in a colon is that of the figure beside it alone: 一般公共预算: |
 * 1500 | 基本支出: | 900. Such a figure belongs to no column. */
static void loosen_named(TableGrid *grid, const GridBlock *block) {
    for (guint column = 1; column < grid->shape->columns; column++) {
        gboolean asked = FALSE, inside = FALSE;
        for (guint row = block->first; row < block->end; row++) {
            const GridCell *name = grid_cell(grid, row, column - 1);
            if (grid_fact(grid, row, column) == REPORT_NONE || name->kind != GRID_WORDS ||
                !g_str_has_suffix(name->text, ":"))
                continue;
            inside = asked ? inside : column_has_figures(grid, block, column - 1);
            asked = TRUE;
            if (inside)
                grid->content[grid_at(grid, row, column)].fact = REPORT_NONE;
        }
    }
}

static void end_block(TableGrid *grid, GridBlock *block, guint end) {
    block->end = end;
    if (block->end > block->first)
        loosen_named(grid, block);
    if (block->end > block->first && has_figures(grid, block->first, block->end))
        g_array_append_val(grid->blocks, *block);
    block->first = end;
}

static void find_blocks(TableGrid *grid) {
    GridBlock block = {0, 0, 0, 0};
    gboolean heading = FALSE;
    for (guint row = 0; row < grid->shape->rows; row++) {
        gboolean head = row_is_head(grid, row);
        if (head) {
            end_block(grid, &block, row);
            block.first = row + 1;
            block.head_first = heading ? block.head_first : row;
            block.head_end = row + 1;
        }
        heading = head;
    }
    end_block(grid, &block, grid->shape->rows);
}

TableGrid *table_grid_new(Report *report, const Patterns *patterns, guint table,
                          const GArray *facts) {
    TableGrid *grid = g_new0(TableGrid, 1);
    grid->report = report;
    grid->words = patterns_table_words(patterns);
    grid->clues = patterns_clues(patterns);
    grid->table = table;
    grid->shape = document_table(report->document, table);
    gsize size = (gsize)grid->shape->rows * grid->shape->columns;
    grid->cells = g_new(guint, size + 1);
    memset(grid->cells, 0xff, size * sizeof(guint));
    grid->content = g_new0(GridCell, grid->shape->cells->len + 1);
    grid->blocks = g_array_new(FALSE, FALSE, sizeof(GridBlock));
    for (guint i = 0; i < grid->shape->cells->len; i++)
        fill(grid, i);
    g_autofree guint *first = facts_of_cells(grid, facts);
    NormalText scratch = {.length = 0};
    for (guint i = 0; i < grid->shape->cells->len; i++) {
        read_cell(grid, i, first[i], &scratch);
        grid->figures += grid->content[i].kind == GRID_FIGURE ? 1 : 0;
    }
    normal_text_clear(&scratch);
    find_blocks(grid);
    return grid;
}

void table_grid_free(TableGrid *grid) {
    if (grid == NULL)
        return;
    for (guint i = 0; i < grid->shape->cells->len; i++)
        g_free(grid->content[i].text);
    g_free(grid->content);
    g_free(grid->cells);
    g_array_unref(grid->blocks);
    g_free(grid);
}

const GridCell *grid_cell(const TableGrid *grid, guint row, guint column) {
    static const GridCell NOTHING = {.kind = GRID_BLANK,
                                     .text = (char *)"",
                                     .fact = REPORT_NONE,
                                     .inner = REPORT_NONE,
                                     .told = REPORT_NONE,
                                     .start = -1};
    guint cell = grid_at(grid, row, column);
    return cell == DOCUMENT_NONE ? &NOTHING : &grid->content[cell];
}

gboolean grid_starts(const TableGrid *grid, guint row, guint column) {
    guint cell = grid_at(grid, row, column);
    return cell != DOCUMENT_NONE && table_cell(grid->shape, cell)->row == row &&
           table_cell(grid->shape, cell)->column == column;
}

guint grid_fact(const TableGrid *grid, guint row, guint column) {
    return grid_starts(grid, row, column) ? grid_cell(grid, row, column)->fact : REPORT_NONE;
}

GArray *grid_heads(const TableGrid *grid, const GridBlock *block, guint column) {
    GArray *heads = g_array_new(FALSE, FALSE, sizeof(guint));
    guint before = DOCUMENT_NONE;
    for (guint row = block->head_first; row < block->head_end; row++) {
        guint cell = grid_at(grid, row, column);
        if (cell == before || cell == DOCUMENT_NONE || grid->content[cell].kind != GRID_WORDS)
            continue;
        g_array_append_val(heads, cell);
        before = cell;
    }
    return heads;
}

HeadRole grid_role(const TableGrid *grid, guint cell, const char **rule) {
    GridCell *content = &grid->content[cell];
    if (!content->known)
        content->role = table_words_column(grid->words, content->text, &content->rule);
    content->known = TRUE;
    if (rule != NULL && content->role != HEAD_NONE)
        *rule = content->rule;
    return content->role;
}

HeadRole grid_column_role(const TableGrid *grid, const GridBlock *block, guint column) {
    return grid_column_rule(grid, block, column, NULL);
}

HeadRole grid_column_rule(const TableGrid *grid, const GridBlock *block, guint column,
                          const char **rule) {
    HeadRole role = HEAD_NONE;
    guint before = DOCUMENT_NONE;
    for (guint row = block->head_end; row > block->head_first && role == HEAD_NONE; row--) {
        guint cell = grid_at(grid, row - 1, column);
        if (cell != before && cell != DOCUMENT_NONE && grid->content[cell].kind == GRID_WORDS)
            role = grid_role(grid, cell, rule);
        before = cell;
    }
    return role;
}

gboolean fact_is_addend(const Fact *fact) {
    return fact->qualifier == QUALIFIER_EXACT && fact->text_high == NULL &&
           (fact->kind == FIGURE_AMOUNT || fact->kind == FIGURE_COUNT ||
            fact->kind == FIGURE_NUMBER || fact->kind == FIGURE_SCORE);
}

gboolean facts_add_up(const Fact *a, const Fact *b) {
    return a->kind == b->kind && g_strcmp0(a->unit, b->unit) == 0;
}
