/* Header rows have words, rows below them have figures.
 *
 *   ┌──────┬─────────────┐
 *   │ 项目 │    金额     │   words
 *   │      ├──────┬──────┤
 *   │      │ 小计 │ 基本 │   words; 项目 ends here too
 *   ├──────┼──────┼──────┤
 *   │ 栏次 │   1  │   2  │   figures, but they count the columns
 *   ├──────┼──────┼──────┤
 *   │ 合计 │ 62.5 │ 18.0 │   figures: the body
 *
 * The rows of a form have words too, but a spanning cell reaches from them into rows with figures;
 * then no row is a header.
 */
#include "extract/table_header.h"
#include <string.h>

enum { HEADER_ROWS_MAX = 6, YEAR_MIN = 1900, YEAR_MAX = 2100 };

typedef enum { ROW_BLANK, ROW_WORDS, ROW_FIGURES } RowKind;

typedef struct {
    guint figures, words, next; /* next: the column number that would come */
    gboolean counts;            /* all figures so far count the columns */
    guint reach;                /* the last row + 1 that a cell of this row covers */
} RowSummary;

/* Digits with signs and separators, or the - and / that stand for no figure; no letters. */
static gboolean is_figure(const char *text) {
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (g_unichar_isalpha(g_utf8_get_char(p)))
            return FALSE;
    return *text != '\0';
}

static gboolean is_year(const char *text) {
    guint64 value;
    return g_ascii_string_to_unsigned(text, 10, YEAR_MIN, YEAR_MAX, &value, NULL);
}

static void summarize_cell(RowSummary *row, const Cell *cell, const char *text) {
    guint64 value;
    row->reach = MAX(row->reach, cell->row + cell->row_span);
    if (*text == '\0')
        return;
    if (!is_figure(text) || is_year(text)) {
        row->words++;
        return;
    }
    row->figures++;
    row->counts = row->counts && g_ascii_string_to_unsigned(text, 10, 1, 999, &value, NULL) &&
                  (row->figures == 1 || value == row->next);
    row->next = row->counts ? (guint)value + 1 : 0;
}

static gboolean is_body(const RowSummary *row) {
    gboolean counting = row->counts && row->figures >= 3 && row->words <= 2;
    return row->figures > 0 && !counting;
}

guint table_header_rows(const Tables *tables, const PageTable *table) {
    RowSummary rows[HEADER_ROWS_MAX + 1] = {0};
    g_autoptr(GString) text = g_string_new(NULL);
    guint n = MIN(table->rows, HEADER_ROWS_MAX + 1), header = 0, reach = 0;
    for (guint i = 0; i < n; i++)
        rows[i].counts = TRUE;
    for (guint i = 0; i < table->cells->len; i++) {
        const Cell *cell = &g_array_index(table->cells, Cell, i);
        if (cell->row >= n)
            break;
        g_string_truncate(text, 0);
        table_cell_text(tables, cell, text);
        summarize_cell(&rows[cell->row], cell, text->str);
    }
    while (header < n && !is_body(&rows[header]))
        reach = MAX(reach, rows[header].reach), header++;
    if (header == n && table->rows > 1)
        return rows[0].reach == 1 && rows[0].words == table->columns && table->columns > 2 ? 1 : 0;
    return reach <= header && header < table->rows ? header : 0;
}
