/* TableText: a table's cells as words, laid out in a grid, so that heads of columns and rows can be
 * asked for.
 */
#pragma once
#include "normalize/prose.h"
#include "normalize/wording.h"

typedef enum {
    CELL_BLANK, /* nothing, or - / 无 —: missing, not zero */
    CELL_WORDS,
    CELL_FIGURE, /* one figure and nothing else */
} CellKind;

typedef struct {
    char *text; /* folded, without white space */
    CellKind kind;
    ProseMark mark; /* where the notes of the cell begin */
    /* 1, −1 where not, 0 where nobody asked: */
    gint8 names; /* it may name the figures of its row */
    gint8 units; /* it prints their unit */
} CellText;

/* What heads a cell, outermost first and from the left: indices of cells. */
enum { TABLE_HEADS_MAX = 6 };
typedef struct {
    guint n;
    guint cells[TABLE_HEADS_MAX];
} TableHeads;

typedef struct {
    const Table *table;
    const Wording *wording;
    GArray *cells;     /* CellText, as the table's cells */
    ProseNotes *notes; /* what was found in the cells, one after the other */
    guint *grid;       /* cell of each row × column; DOCUMENT_NONE where there is none */
    guint header_rows; /* the table's, but for those of a form: 部门名称 | X | 自评总分 | 96.8 */
    GArray *head_rows; /* guint: rows that head what stands below, from the top */
} TableText;

/* Reads and scans every cell with `prose` as scratch. */
TableText *table_text_new(const Document *document, guint table, const Patterns *patterns,
                          Prose *prose);
void table_text_free(TableText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TableText, table_text_free)

/* Whether no numeral at all stands in the cell. */
gboolean table_text_is_plain(const TableText *text, guint cell);
/* The cell's prose, as reading it again would give it. */
void table_text_recall(const TableText *text, const Document *document, guint cell, Prose *prose);

static inline CellText *table_text_cell(const TableText *text, guint cell) {
    return &g_array_index(text->cells, CellText, cell);
}
static inline guint table_text_at(const TableText *text, guint row, guint column) {
    return text->grid[row * text->table->columns + column];
}

/* The cells that head the cell's column and its row. */
TableHeads table_text_column_heads(const TableText *text, guint cell);
TableHeads table_text_row_heads(const TableText *text, guint cell);

/* The row that heads the cell's column, the nearest above it; the cell of the same row that prints
 * the unit of its values (below 计量单位). DOCUMENT_NONE where there is none. */
guint table_text_head_row(const TableText *text, guint cell);
guint table_text_row_unit(const TableText *text, guint cell);
