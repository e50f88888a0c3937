/* Figures of tables: each with the path of its column's heads and its row's, and the unit of its
 * cell, head, caption or unit line, in that order. */
#include "normalize/fact.h"
#include "normalize/table_text.h"
#include <string.h>

typedef struct {
    FactReading *reading;
    TableText *text;
    guint block, table;
    UnitReading unit; /* of the caption or unit line */
    gboolean has_unit;
} TableFacts;

static char *cell_path(const TableText *text, const GArray *heads) {
    GString *path = g_string_new(NULL);
    for (guint i = 0; i < heads->len; i++) {
        if (path->len > 0)
            g_string_append(path, "·");
        g_string_append(path, table_text_cell(text, g_array_index(heads, guint, i))->text);
    }
    return g_string_free(path, FALSE);
}

/* Reads the run's unit into `unit`; the prose is left with the run. */
static gboolean run_unit(FactReading *reading, LineRun lines, UnitReading *unit) {
    const Document *document = reading->report->document;
    if (lines.count == 0)
        return FALSE;
    prose_read(reading->prose, document, document_lines_span(document, lines), reading->patterns);
    return unit_find(reading->patterns, (const gunichar *)reading->prose->codes->data,
                     reading->prose->length, unit);
}

static gboolean text_unit(const FactReading *reading, const char *text, UnitReading *unit) {
    glong n;
    g_autofree gunichar *codes = g_utf8_to_ucs4_fast(text, -1, &n);
    return unit_find(reading->patterns, codes, (guint)n, unit);
}

static gboolean named_unit(const FactReading *reading, const char *name, UnitReading *unit) {
    glong n;
    g_autofree gunichar *codes = g_utf8_to_ucs4_fast(name, -1, &n);
    return unit_parse(reading->patterns, codes, (guint)n, unit);
}

/* Gives the unit of the nearest head that announces one (金额（万元）) or whose words mean one
 * (得分). */
static gboolean heads_unit(const TableFacts *reading, const GArray *heads, UnitReading *unit) {
    const Wording *wording = patterns_wording(reading->reading->patterns);
    for (guint i = heads->len; i > 0; i--) {
        const char *text = table_text_cell(reading->text, g_array_index(heads, guint, i - 1))->text;
        if (text_unit(reading->reading, text, unit))
            return TRUE;
        const char *name = wording_head_unit(wording, text);
        if (name != NULL && named_unit(reading->reading, name, unit))
            return TRUE;
    }
    return FALSE;
}

static gboolean any_code_head(const TableFacts *reading, const GArray *heads) {
    const Wording *wording = patterns_wording(reading->reading->patterns);
    gsize n;
    for (guint i = 0; i < heads->len; i++)
        if (wording_find(wording, WORDS_CODE_HEAD,
                         table_text_cell(reading->text, g_array_index(heads, guint, i))->text,
                         &n) != NULL)
            return TRUE;
    return FALSE;
}

/* Heads that say nothing of units, or of codes, are told apart by their place. */
typedef struct {
    GArray *columns, *rows;
} Heads;

static void heads_clear(Heads *heads) {
    g_array_unref(heads->columns);
    g_array_unref(heads->rows);
}

/* Without heads of columns a form's cell is named by the cell to its left alone. */
static char *figure_name(const TableFacts *reading, const Heads *heads) {
    g_autofree char *column = cell_path(reading->text, heads->columns);
    if (*column == '\0' && heads->rows->len > 1)
        g_array_remove_range(heads->rows, 0, heads->rows->len - 1);
    g_autofree char *row = cell_path(reading->text, heads->rows);
    return g_strconcat(column, *column != '\0' && *row != '\0' ? "·" : "", row, NULL);
}

static void set_period(const TableFacts *reading, Fact *fact, const char *name) {
    Report *report = reading->reading->report;
    int years = 0;
    char text[16];
    const char *year = g_strstr_len(name, -1, "20");
    if (year != NULL && strspn(year, "0123456789") == 4 && g_str_has_prefix(year + 4, "年")) {
        g_strlcpy(text, year, 5);
    } else {
        wording_period(patterns_wording(reading->reading->patterns), name, &years);
        if (report->year == 0)
            return;
        g_snprintf(text, sizeof text, "%d", report->year + years);
    }
    fact->period = report_string(report, text);
}

static void add_figure(TableFacts *reading, const Cell *cell, const Heads *heads) {
    Quantity quantity = *prose_quantity(reading->reading->prose, 0);
    UnitReading unit;
    gboolean inherited = FALSE;
    g_autofree char *name = figure_name(reading, heads);
    if (quantity.unit == NULL && quantity.kind == FIGURE_NUMBER) {
        if (heads_unit(reading, heads->columns, &unit) || heads_unit(reading, heads->rows, &unit))
            inherited = quantity_apply_unit(&quantity, &unit);
        else if (reading->has_unit) {
            unit = reading->unit;
            inherited = quantity_apply_unit(&quantity, &unit);
        }
    }
    FactSite site = {reading->block, reading->table, cell->row, cell->column};
    Fact *fact = fact_add(reading->reading, &quantity, name, &site);
    if (inherited && fact->printed_unit == NULL)
        fact->printed_unit =
            g_array_index(reading->reading->report->tables, TableReading, reading->table).unit;
    set_period(reading, fact, name);
}

/* A cell of words: what its heads say leads its own labels. */
static void add_words(TableFacts *reading, const Cell *cell, const Heads *heads) {
    FactSite site = {reading->block, reading->table, cell->row, cell->column};
    g_autofree char *name = figure_name(reading, heads);
    facts_of_prose(reading->reading, &site, name);
}

static gboolean is_bare_number(const Quantity *quantity) {
    return quantity->kind == FIGURE_NUMBER || quantity->kind == FIGURE_YEAR ||
           quantity->kind == FIGURE_DATE || quantity->kind == FIGURE_RANK;
}

static void read_cell(TableFacts *reading, guint index) {
    FactReading *facts = reading->reading;
    const Table *table = reading->text->table;
    const Cell *cell = table_cell(table, index);
    const CellText *text = table_text_cell(reading->text, index);
    if (text->kind == CELL_BLANK)
        return;
    prose_read(facts->prose, facts->report->document,
               document_lines_span(facts->report->document, cell->lines), facts->patterns);
    Heads heads = {table_text_column_heads(reading->text, index),
                   table_text_row_heads(reading->text, index)};
    gboolean code = any_code_head(reading, heads.columns) || any_code_head(reading, heads.rows);
    if (cell->row < table->header_rows ||
        (text->kind == CELL_FIGURE && code && is_bare_number(prose_quantity(facts->prose, 0)))) {
        numerals_of_scan(facts);
        numerals_claim_all(facts, cell->row < table->header_rows ? "table-head" : "code");
    } else if (text->kind == CELL_FIGURE) {
        numerals_of_scan(facts);
        add_figure(reading, cell, &heads);
    } else
        add_words(reading, cell, &heads);
    heads_clear(&heads);
}

static void read_head(TableFacts *reading, LineRun lines) {
    UnitReading unit;
    FactReading *facts = reading->reading;
    if (lines.count == 0)
        return;
    gboolean found = run_unit(facts, lines, &unit);
    numerals_of_scan(facts);
    numerals_claim_all(facts, "caption");
    if (!found || reading->has_unit)
        return;
    reading->has_unit = TRUE;
    reading->unit = unit;
    g_autofree char *printed = prose_text(facts->prose, unit.start, unit.end);
    g_array_index(facts->report->tables, TableReading, reading->table).unit =
        report_string(facts->report, printed);
}

void facts_of_table(FactReading *facts, guint block) {
    const Document *document = facts->report->document;
    TableFacts reading = {
        .reading = facts, .block = block, .table = document_block(document, block)->table};
    const Table *table = document_table(document, reading.table);
    read_head(&reading, table->notes);
    read_head(&reading, table->caption);
    g_autoptr(TableText) text =
        table_text_new(document, reading.table, facts->patterns, facts->prose);
    reading.text = text;
    for (guint i = 0; i < table->cells->len; i++)
        read_cell(&reading, i);
}
