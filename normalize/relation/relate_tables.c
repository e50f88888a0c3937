/* Relations of tables: each table is laid out once, cut into blocks under one head and panels side
 * by side, and asked for one kind of relation after the other. */
#include "normalize/relation/table_index.h"
#include "normalize/relation/table_relation.h"

static void relate_panel(const Outline *outline) {
    g_autoptr(GArray) columns = outline_additive(outline);
    Lanes lanes = {.grid = outline->grid, .lanes = columns};
    relate_rows(outline, &lanes, "SUM-01");
    relate_columns(outline);
    relate_shares(outline);
}

static void relate_block(TableIndex *index, const TableGrid *grid, const GridBlock *block) {
    g_autoptr(GPtrArray) outlines = outlines_find(grid, block);
    for (guint i = 0; i < outlines->len; i++) {
        relate_panel(outlines->pdata[i]);
        table_index_add(index, outlines->pdata[i]);
    }
    relate_balance(outlines);
    relate_block_scores(grid, block);
    relate_scores_side_by_side(grid, block);
    relate_block_rates(grid, block);
    table_results_add(index, grid, block);
    table_lists_add(index, grid, block);
}

static GPtrArray *facts_by_table(const Report *report) {
    GPtrArray *tables = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (guint i = 0; i < report->document->tables->len; i++)
        g_ptr_array_add(tables, g_array_new(FALSE, FALSE, sizeof(guint)));
    for (guint i = 0; i < report->facts->len; i++) {
        guint table = report_fact(report, i)->table;
        if (table < tables->len)
            g_array_append_val((GArray *)tables->pdata[table], i);
    }
    return tables;
}

void relate_tables(Report *report, const Patterns *patterns) {
    g_autoptr(GPtrArray) tables = facts_by_table(report);
    g_autoptr(TableIndex) index = table_index_new(report, patterns_table_words(patterns));
    for (guint i = 0; i < tables->len; i++) {
        const GArray *facts = tables->pdata[i];
        if (facts->len == 0)
            continue;
        g_autoptr(TableGrid) grid = table_grid_new(report, patterns, i, facts);
        for (guint k = 0; k < grid->blocks->len; k++)
            relate_block(index, grid, &g_array_index(grid->blocks, GridBlock, k));
        relate_pairs(grid);
        relate_told(grid);
        guint score = grid_paired_score(grid, grid->shape->rows);
        if (score != REPORT_NONE)
            g_array_append_val(index->scores, score);
        table_projects_add(index, grid);
    }
    relate_between_tables(index);
    relate_tables_with_text(index);
    relate_results_with_text(index);
    relate_lists_with_text(index);
}
