/* Tables and their cells. */
#include "load/bigram.h"
#include "load/loading.h"
#include "load/rows.h"
#include <string.h>

static void append_lines(const Document *document, LineRun lines, GString *text) {
    document_append_text(document, document_lines_span(document, lines), text);
    g_strstrip(text->str);
    g_string_set_size(text, strlen(text->str));
}

/* Where the drawing of the cells of all tables stands. */
typedef struct {
    Loading *loading;
    gint64 first, first_cell; /* ids */
    guint table, cell;
    GString *text;
} Drawing;

static void give_cell(Rows *rows, guint row, gpointer data) {
    Drawing *drawing = data;
    const Document *document = drawing->loading->report->document;
    while (drawing->cell == document_table(document, drawing->table)->cells->len) {
        drawing->table++;
        drawing->cell = 0;
    }
    const Cell *cell = table_cell(document_table(document, drawing->table), drawing->cell++);
    g_string_truncate(drawing->text, 0);
    append_lines(document, cell->lines, drawing->text);
    bigram_append(drawing->loading->words, drawing->text->str);
    rows_give(rows, "iinnnnsnffff", drawing->first_cell + row, drawing->first + drawing->table,
              cell->row, cell->column, cell->row_span, cell->column_span, drawing->text->str,
              cell->page, stored_points(cell->box.x0), stored_points(cell->box.y0),
              stored_points(cell->box.x1), stored_points(cell->box.y1));
}

static void give_table(Rows *rows, guint i, gpointer data) {
    Drawing *drawing = data;
    const Report *report = drawing->loading->report;
    const Table *table = document_table(report->document, i);
    g_string_truncate(drawing->text, 0);
    append_lines(report->document, table->caption, drawing->text);
    bigram_append(drawing->loading->words, drawing->text->str);
    rows_give(rows, "iinnffffnnss", drawing->first + i, drawing->loading->document, table->page,
              table->last_page, stored_points(table->box.x0), stored_points(table->box.y0),
              stored_points(table->box.x1), stored_points(table->box.y1), table->rows,
              table->columns, drawing->text->len == 0 ? NULL : drawing->text->str,
              i < report->tables->len ? g_array_index(report->tables, TableReading, i).unit : NULL);
}

static guint count_cells(const Document *document) {
    guint n = 0;
    for (guint i = 0; i < document->tables->len; i++)
        n += document_table(document, i)->cells->len;
    return n;
}

gboolean load_tables(Loading *loading) {
    const Document *document = loading->report->document;
    g_autoptr(GString) text = g_string_new(NULL);
    Drawing drawing = {.loading = loading, .text = text};
    return archive_next_key(loading->archive, loading->error, "SELECT max(id) FROM tables",
                            &drawing.first) &&
           /* later tables have later cells */
           archive_next_key(loading->archive, loading->error,
                            "SELECT id FROM cells ORDER BY table_id DESC, id DESC LIMIT 1",
                            &drawing.first_cell) &&
           archive_insert_rows(
               loading->archive, loading->error,
               "INSERT OR FAIL INTO tables(id, document_id, page, last_page, x0, y0, x1, y1, rows, "
               "columns, caption, unit) "
               "SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12 FROM drawn",
               document->tables->len, give_table, &drawing) &&
           archive_insert_rows(
               loading->archive, loading->error,
               "INSERT OR FAIL INTO cells(id, table_id, row, col, row_span, col_span, text, page, "
               "x0, "
               "y0, x1, y1) "
               "SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12 FROM drawn",
               count_cells(document), give_cell, &drawing);
}
