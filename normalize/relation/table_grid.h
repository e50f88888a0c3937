/* TableGrid: a table's cells laid out in rows and columns, each with its words and its figure.
 *
 * A cell that spans rows or columns stands at all of them and starts at the first. Texts are
 * folded: without white space, compatibility forms of letters and brackets half-width.
 */
#pragma once
#include "normalize/patterns.h"
#include "normalize/relation/clues.h"
#include "normalize/report.h"
#include "normalize/table_words.h"

typedef enum {
    GRID_BLANK,  /* nothing, or a dash: missing, not zero */
    GRID_WORDS,  /* words, among them perhaps figures */
    GRID_CODE,   /* digits alone that are no figure: codes of accounts, numbers of rows */
    GRID_FIGURE, /* one figure and nothing else */
} GridKind;

typedef struct {
    GridKind kind;
    char *text;
    guint fact; /* GRID_FIGURE; else REPORT_NONE */
    guint inner; /* GRID_WORDS: the first score among them, “产出指标(50分)”; else REPORT_NONE */
    guint told; /* GRID_WORDS: the amount behind the colon that ends them, “基本支出:8420.60” */
    int start;      /* left end of the first line, in tenths of a point; negative in a blank cell */
    gboolean known; /* what follows was asked for: what its words say as a head or name, … */
    HeadRole role;  /* … by table_words_column */
    const char *rule; /* … */
} GridCell;

/* Rows of figures under one head. */
typedef struct {
    guint first, end;           /* rows */
    guint head_first, head_end; /* rows of the head; equal where there is none */
} GridBlock;

typedef struct {
    Report *report;
    const TableWords *words;
    const Clues *clues;
    guint table;
    const Table *shape;
    guint *cells; /* of each row × column; DOCUMENT_NONE where there is none */
    GridCell *content;
    GArray *blocks; /* GridBlock, those that have a figure */
    guint figures;
} TableGrid;

/* `facts`: those of the table, in order (guint). */
TableGrid *table_grid_new(Report *report, const Patterns *patterns, guint table,
                          const GArray *facts);
void table_grid_free(TableGrid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TableGrid, table_grid_free)

static inline guint grid_at(const TableGrid *grid, guint row, guint column) {
    return grid->cells[row * grid->shape->columns + column];
}
/* The content of the cell that stands at a place; a blank one where there is none. */
const GridCell *grid_cell(const TableGrid *grid, guint row, guint column);
gboolean grid_starts(const TableGrid *grid, guint row, guint column);

/* The fact of a cell that starts there, or REPORT_NONE. */
guint grid_fact(const TableGrid *grid, guint row, guint column);

/* One cell of words over the whole width: it names the rows below it. */
gboolean grid_is_title(const TableGrid *grid, guint row);

/* The words of a block's head above a column: cells (guint), outermost first. The caller frees. */
GArray *grid_heads(const TableGrid *grid, const GridBlock *block, guint column);

/* What the words of a cell say of the figures that they head or name. */
HeadRole grid_role(const TableGrid *grid, guint cell, const char **rule);

/* What the figures of a column are, by the nearest head that says so. */
HeadRole grid_column_role(const TableGrid *grid, const GridBlock *block, guint column);
HeadRole grid_column_rule(const TableGrid *grid, const GridBlock *block, guint column,
                          const char **rule);

/* Whether a figure may be added to others: an exact amount, count or number. */
gboolean fact_is_addend(const Fact *fact);
gboolean facts_add_up(const Fact *a, const Fact *b); /* of one kind and unit */
