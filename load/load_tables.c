/* Tables and their cells. */
#include "load/loading.h"
#include <string.h>

static void append_lines(const Document *document, LineRun lines, GString *text) {
    document_append_text(document, document_lines_span(document, lines), text);
    g_strstrip(text->str);
    g_string_set_size(text, strlen(text->str));
}

static gboolean load_cells(Loading *loading, gint64 id, const Table *table) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < table->cells->len; i++) {
        const Cell *cell = table_cell(table, i);
        g_string_truncate(text, 0);
        append_lines(loading->report->document, cell->lines, text);
        if (!archive_execute(loading->archive, loading->error,
                             "INSERT INTO cells(table_id, row, col, row_span, col_span, text, "
                             "page, x0, y0, x1, y1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                             "innnnsnffff", id, cell->row, cell->column, cell->row_span,
                             cell->column_span, text->str, cell->page, stored_points(cell->box.x0),
                             stored_points(cell->box.y0), stored_points(cell->box.x1),
                             stored_points(cell->box.y1)))
            return FALSE;
    }
    return TRUE;
}

gboolean load_tables(Loading *loading) {
    const Document *document = loading->report->document;
    for (guint i = 0; i < document->tables->len; i++) {
        const Table *table = document_table(document, i);
        const char *unit = i < loading->report->tables->len
                               ? g_array_index(loading->report->tables, TableReading, i).unit
                               : NULL;
        g_autoptr(GString) caption = g_string_new(NULL);
        append_lines(document, table->caption, caption);
        if (!archive_execute(loading->archive, loading->error,
                             "INSERT INTO tables(document_id, page, last_page, x0, y0, x1, y1, "
                             "rows, columns, caption, unit) "
                             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?)",
                             "innffffnnss", loading->document, table->page, table->last_page,
                             stored_points(table->box.x0), stored_points(table->box.y0),
                             stored_points(table->box.x1), stored_points(table->box.y1),
                             table->rows, table->columns, caption->str, unit) ||
            !load_cells(loading, loading_last_id(loading), table))
            return FALSE;
    }
    return TRUE;
}
