/* TableIndex: the amounts of all tables of a report by what names them, to be compared with each
 * other and with the text.
 */
#pragma once
#include "normalize/relation/table_outline.h"

/* An amount in its place. */
typedef struct {
    guint fact;
    guint table, column;
    const char *measure; /* what its column measures, or NULL where the heads do not say */
    const char *key;     /* of its row among columns of one measure: its code or its name */
    const char *name;    /* of its row, as text may call it */
    const char *alias;   /* of its column, where the row is a total or has no name; else NULL */
    gboolean total;      /* a row of totals */
} Indexed;

typedef struct {
    Report *report;
    const TableWords *words;
    GArray *amounts;       /* Indexed */
    GArray *results;       /* of indicators; table_results.c */
    GArray *projects;      /* of forms and lists; table_forms.c */
    GArray *lists;         /* that the text may count; table_listed.c */
    GArray *scores;        /* guint: total scores that the cell to their left names */
    GStringChunk *strings; /* theirs */
} TableIndex;

TableIndex *table_index_new(Report *report, const TableWords *words);
void table_index_free(TableIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TableIndex, table_index_free)

/* Adds the amounts of a panel. */
void table_index_add(TableIndex *index, const Outline *outline);

/* A name without numbering, 其中, brackets and endings that other places leave out. The caller
 * frees it. */
char *table_index_name(const TableIndex *index, const char *name);

char *table_index_label(const TableIndex *index, const char *label); /* printed in the text */

/* Adds the results of a block's indicators. */
GArray *table_results_new(void);
void table_results_add(TableIndex *index, const TableGrid *grid, const GridBlock *block);

/* Results that the text states too: XSC-02. */
void relate_results_with_text(TableIndex *index);

/* Adds the project of a form, or those of a list. */
GArray *table_projects_new(void);
void table_projects_add(TableIndex *index, const TableGrid *grid);

/* Forms with the list of their projects: XSC-05, SCO-05. `totals`: facts that are total scores. */
void relate_forms_with_lists(TableIndex *index, const GArray *totals);

/* Adds the list that a block is. */
GArray *table_lists_new(void);
void table_lists_add(TableIndex *index, const TableGrid *grid, const GridBlock *block);

/* Lists that the text counts, sums up or has the mean of: CNT-02, XSC-02, SCO-07. */
void relate_lists_with_text(TableIndex *index);

/* Relations between tables: XSC-05, SUM-06 over two tables; of tables with the text: XSC-02,
 * SCO-05. */
void relate_between_tables(TableIndex *index);
void relate_tables_with_text(TableIndex *index);
