/* Figures of tables: each with the path of its column's heads and its row's, and the unit of its
 * cell, head, caption or unit line, in that order. */
#include "normalize/concept.h"
#include "normalize/fact.h"
#include "normalize/family.h"
#include "normalize/table_text.h"
#include <stdlib.h>
#include <string.h>

enum { CAPTION_CHARACTERS_MAX = 40 };

/* What a cell says of the figures that it heads. */
typedef struct {
    gboolean read; /* FALSE: nobody asked yet */
    gboolean code; /* they are codes */
    gboolean
        has_unit; /* their unit; `announced`: printed as one, 金额（万元）; else by words, 得分 */
    gboolean announced;
    UnitReading unit;
    int year; /* their year; 0 where it says none */
} HeadReading;

typedef struct {
    FactReading *reading;
    TableText *text;
    HeadReading *heads; /* of each cell */
    guint block, table;
    UnitReading unit; /* of the caption or unit line */
    gboolean has_unit;
    int period_year; /* of the last figure; 0 for none */
    const char *period;
} TableFacts;

static void append_path(GString *path, const TableText *text, const TableHeads *heads) {
    for (guint i = 0; i < heads->n; i++) {
        if (path->len > 0)
            g_string_append(path, "·");
        g_string_append(path, table_text_cell(text, heads->cells[i])->text);
    }
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

typedef struct {
    TableHeads columns, rows;
} Heads;

/* 2021年决算数, 上年数: the year that a head names; 0 for none. */
static int named_year(const TableFacts *reading, const char *text) {
    const Report *report = reading->reading->report;
    const char *printed = strstr(text, "20");
    int years = 0;
    if (printed != NULL && strspn(printed, "0123456789") == 4 &&
        g_str_has_prefix(printed + 4, "年"))
        return atoi(printed);
    return report->year != 0 &&
                   wording_period(patterns_wording(reading->reading->patterns), text, &years)
               ? report->year + years
               : 0;
}

static const HeadReading *head_reading(const TableFacts *reading, guint cell) {
    const Wording *wording = patterns_wording(reading->reading->patterns);
    const char *text = table_text_cell(reading->text, cell)->text, *name;
    HeadReading *head = &reading->heads[cell];
    gsize n;
    if (head->read)
        return head;
    head->read = TRUE;
    head->code = wording_find(wording, WORDS_CODE_HEAD, text, &n) != NULL;
    head->announced = text_unit(reading->reading, text, &head->unit);
    head->has_unit = head->announced || ((name = wording_head_unit(wording, text)) != NULL &&
                                         named_unit(reading->reading, name, &head->unit));
    head->year = named_year(reading, text);
    return head;
}

/* Gives the unit of the nearest head that announces one (金额（万元）) or whose words mean one
 * (得分). */
static gboolean heads_unit(const TableFacts *reading, const TableHeads *heads, UnitReading *unit) {
    for (guint i = heads->n; i > 0; i--) {
        const HeadReading *head = head_reading(reading, heads->cells[i - 1]);
        if (!head->has_unit)
            continue;
        *unit = head->unit;
        return TRUE;
    }
    return FALSE;
}

/* A row that means people does so only where it says that it counts them: 离退休 in a table of
 * 万元 is money, 在职人数 is not. */
static gboolean rows_unit(const TableFacts *reading, const TableHeads *heads, UnitReading *unit) {
    static const char COUNTED[] = "数";
    if (!heads_unit(reading, heads, unit))
        return FALSE;
    guint last = heads->cells[heads->n - 1];
    return unit->kind != FIGURE_COUNT || !reading->has_unit ||
           g_str_has_suffix(table_text_cell(reading->text, last)->text, COUNTED) ||
           head_reading(reading, last)->announced;
}

/* Below 计量单位 in the same row: of its values, not of what has a head for scores. */
static gboolean row_unit(const TableFacts *reading, guint cell, UnitReading *unit) {
    guint printed = table_text_row_unit(reading->text, cell);
    return printed != DOCUMENT_NONE &&
           named_unit(reading->reading, table_text_cell(reading->text, printed)->text, unit);
}

static gboolean is_bracketed(const char *text) {
    return g_str_has_prefix(text, "（") || g_str_has_prefix(text, "(");
}

/* A budget or what was spent of it, by the last head. */
static gboolean is_money_head(const TableFacts *reading, const TableHeads *heads) {
    const Wording *wording = patterns_wording(reading->reading->patterns);
    if (heads->n == 0)
        return FALSE;
    const char *head = table_text_cell(reading->text, heads->cells[heads->n - 1])->text;
    gsize length = strlen(head);
    return wording_suffix(wording, WORDS_BUDGET_HEAD, head, length) > 0 ||
           wording_suffix(wording, WORDS_ACTUAL_HEAD, head, length) > 0;
}

/* A unit in another cell of the row that heads the column: alone, （万元）| 年初预算数, or of the
 * money that the first cell names, 项目资金（万元）| 年初预算数. */
static gboolean head_row_unit(const TableFacts *reading, guint cell, const TableHeads *heads,
                              UnitReading *unit) {
    const TableText *text = reading->text;
    guint row = table_text_head_row(text, cell);
    gboolean money = is_money_head(reading, heads);
    for (guint column = 0; row != DOCUMENT_NONE && column < text->table->columns; column++) {
        guint head = table_text_at(text, row, column);
        if (head == DOCUMENT_NONE || table_cell(text->table, head)->row != row)
            continue;
        const char *words = table_text_cell(text, head)->text;
        if ((is_bracketed(words) && named_unit(reading->reading, words, unit)) ||
            (money && column == 0 && text_unit(reading->reading, words, unit) &&
             unit->kind == FIGURE_AMOUNT))
            return TRUE;
    }
    return FALSE;
}

/* The unit that stands elsewhere for a bare number: head, row, caption and unit line in turn. */
static gboolean find_unit(const TableFacts *reading, guint cell, const Heads *heads,
                          UnitReading *unit) {
    if (heads_unit(reading, &heads->columns, unit) || row_unit(reading, cell, unit) ||
        rows_unit(reading, &heads->rows, unit) ||
        head_row_unit(reading, cell, &heads->columns, unit))
        return TRUE;
    *unit = reading->unit;
    return reading->has_unit;
}

static gboolean any_code_head(const TableFacts *reading, const TableHeads *heads) {
    gboolean code = FALSE;
    for (guint i = 0; i < heads->n && !code; i++)
        code = head_reading(reading, heads->cells[i])->code;
    return code;
}

/* Beside words that are the head of codes and no more: 栏次 | 1 | 2 | 3. */
static gboolean is_in_code_row(const TableFacts *reading, const Cell *cell) {
    const Wording *wording = patterns_wording(reading->reading->patterns);
    for (guint column = cell->column; column > 0; column--) {
        guint one = table_text_at(reading->text, cell->row, column - 1);
        if (one == DOCUMENT_NONE || table_text_cell(reading->text, one)->kind != CELL_WORDS)
            continue;
        const char *words = table_text_cell(reading->text, one)->text;
        gsize length = strlen(words);
        return wording_suffix(wording, WORDS_CODE_HEAD, words, length) == length;
    }
    return FALSE;
}

/* The caption names a figure that no row does: “三公”经费支出决算表·预算数·合计. */
static char *caption_name(const TableFacts *reading) {
    LineRun lines = reading->text->table->caption;
    const Document *document = reading->reading->report->document;
    GString *text = g_string_new(NULL);
    if (lines.count == 0)
        return g_string_free(text, FALSE);
    document_append_text(document, document_lines_span(document, lines), text);
    g_auto(GStrv) parts = g_strsplit_set(text->str, " \t\r\n", -1);
    g_string_free(text, TRUE);
    char *name = g_strjoinv("", parts);
    if (g_utf8_strlen(name, -1) > CAPTION_CHARACTERS_MAX)
        *name = '\0';
    return name;
}

/* The first cell of the row, where it is itself a figure: 100～500 | 1.1% | 0.8%. */
static const char *figure_head(const TableFacts *reading, guint index) {
    const Cell *cell = table_cell(reading->text->table, index);
    guint first = table_text_at(reading->text, cell->row, 0);
    if (first == DOCUMENT_NONE || first == index)
        return "";
    const char *text = table_text_cell(reading->text, first)->text;
    return text[strspn(text, "0123456789.,-%")] == '\0' ? "" : text; /* a value of its own */
}

/* A column without a row is named by the caption, too, and by a figure that heads the row. */
static void add_caption(const TableFacts *reading, guint index, const Heads *heads, GString *name) {
    g_autofree char *caption = caption_name(reading);
    const char *outer = table_text_cell(reading->text, heads->columns.cells[0])->text;
    if (*caption != '\0' && strstr(caption, outer) == NULL) {
        g_string_prepend(name, "·");
        g_string_prepend(name, caption);
    }
    const char *first = figure_head(reading, index);
    if (*first != '\0') {
        g_string_append(name, "·");
        g_string_append(name, first);
    }
}

/* Without heads of columns a form's cell is named by the cell to its left alone. */
static char *figure_name(const TableFacts *reading, guint index, Heads *heads) {
    GString *name = g_string_new(NULL);
    TableHeads *rows = &heads->rows;
    append_path(name, reading->text, &heads->columns);
    const gsize column = name->len;
    if (column == 0 && rows->n > 1)
        *rows = (TableHeads){.n = 1, .cells = {rows->cells[rows->n - 1]}};
    append_path(name, reading->text, rows);
    if (column > 0 && name->len == column)
        add_caption(reading, index, heads, name);
    return g_string_free(name, FALSE);
}

/* The year of the nearest head that names one; 0 for none. */
static int heads_year(const TableFacts *reading, const TableHeads *heads) {
    int year = 0;
    for (guint i = heads->n; i > 0 && year == 0; i--)
        year = head_reading(reading, heads->cells[i - 1])->year;
    return year;
}

/* The year of the column goes before that of the row. */
static void set_period(TableFacts *reading, Fact *fact, const Heads *heads) {
    Report *report = reading->reading->report;
    int column = heads_year(reading, &heads->columns);
    int year = column != 0 ? column : heads_year(reading, &heads->rows);
    year = year != 0 ? year : report->year;
    char text[16];
    if (year != reading->period_year) { /* most figures of a table are of one year */
        g_snprintf(text, sizeof text, "%d", year);
        reading->period = report_string(report, text);
        reading->period_year = year;
    }
    fact->period = reading->period;
}

/* 万元, as far as its power goes. */
static const char *printed_unit(const TableFacts *reading, const UnitReading *unit) {
    const char *magnitude = unit->power == 4   ? "万"
                            : unit->power == 8 ? "亿"
                            : unit->power == 3 ? "千"
                            : unit->power == 2 ? "百"
                            : unit->power == 6 ? "百万"
                            : unit->power == 7 ? "千万"
                                               : "";
    g_autofree char *text = g_strconcat(magnitude, unit->unit, NULL);
    return report_string(reading->reading->report, text);
}

/* 年度总金额【（万元）】, 合计【：】. */
static gsize length_without_end(const char *name) {
    static const char *const COLONS[] = {"：", ":"}, *const CLOSES[] = {"）", ")"},
                             *const OPENS[] = {"（", "("};
    for (guint i = 0; i < G_N_ELEMENTS(CLOSES); i++) {
        const char *open = g_strrstr(name, OPENS[i]);
        if (g_str_has_suffix(name, CLOSES[i]) && open != NULL && open != name)
            return (gsize)(open - name);
    }
    for (guint i = 0; i < G_N_ELEMENTS(COLONS); i++)
        if (g_str_has_suffix(name, COLONS[i]))
            return strlen(name) - strlen(COLONS[i]);
    return strlen(name);
}

static const char *last_head(const TableFacts *reading, const TableHeads *heads) {
    return heads->n == 0 ? NULL : table_text_cell(reading->text, heads->cells[heads->n - 1])->text;
}

/* Of heads without a row the last one that says more than that it is a total or the figure:
 * “三公”经费·合计·预算数 is of “三公”经费, “三公”经费·公务接待费·预算数 of 公务接待费. */
static const char *naming_head(const TableFacts *reading, const TableHeads *heads) {
    const Wording *wording = patterns_wording(reading->reading->patterns);
    static const WordSet SETS[] = {WORDS_TOTAL_ROW, WORDS_FIGURE_HEAD, WORDS_BUDGET_HEAD,
                                   WORDS_ACTUAL_HEAD};
    for (guint i = heads->n; i > 0; i--) {
        const char *head = table_text_cell(reading->text, heads->cells[i - 1])->text;
        gboolean plain = FALSE;
        for (guint k = 0; k < G_N_ELEMENTS(SETS); k++)
            plain |= wording_suffix(wording, SETS[k], head, strlen(head)) > 0;
        if (!plain)
            return head;
    }
    return NULL;
}

/* A column's concept is that of its total (执行数·合计); a row's is its own where the column only
 * says that it is the figure (决算数·年末结转, 实际完成值·满意度). A part of a total has none. */
static const char *cell_concept(const TableFacts *reading, FigureKind kind, const char *name,
                                const Heads *heads) {
    Report *report = reading->reading->report;
    const Concepts *concepts = patterns_concepts(reading->reading->patterns);
    const Wording *wording = patterns_wording(reading->reading->patterns);
    const char *column = last_head(reading, &heads->columns),
               *row = last_head(reading, &heads->rows);
    const char *concept = NULL;
    if (column == NULL)
    concept = concepts_find(concepts, kind, name);
    else if (row == NULL) {
        const char *head = naming_head(reading, &heads->columns);
        concept = concepts_find(concepts, kind, head == NULL ? name : head);
    }
    else if (wording_suffix(wording, WORDS_TOTAL_ROW, row, length_without_end(row)) > 0) {
        concept = concepts_find(concepts, kind, name);
        const char *own = concepts_find(concepts, kind, column);
        concept = own != NULL ? own : concept;
    }
    else if (wording_suffix(wording, WORDS_FIGURE_HEAD, column, strlen(column)) > 0) concept =
        concepts_find(concepts, kind, row);
    return report_string(report, concept);
}

/* 部门整体支出（万元）| 年初预算数 | 2860.00 | 全年预算数 | 3120.40: money that the cell to the
 * left names is in the unit of the group that it stands in. */
static gboolean group_unit(const TableFacts *reading, const Heads *heads, UnitReading *unit) {
    return heads->columns.n == 0 && heads->rows.n > 1 && is_money_head(reading, &heads->rows) &&
           heads_unit(reading, &heads->rows, unit);
}

static void add_figure(TableFacts *reading, guint index, Heads *heads) {
    const Cell *cell = table_cell(reading->text->table, index);
    Quantity quantity = *prose_quantity(reading->reading->prose, 0);
    UnitReading unit;
    gboolean grouped = group_unit(reading, heads, &unit); /* before the name forgets the group */
    g_autofree char *name = figure_name(reading, index, heads);
    gboolean inherited = quantity.unit == NULL && quantity.kind == FIGURE_NUMBER &&
                         (grouped || find_unit(reading, index, heads, &unit)) &&
                         quantity_apply_unit(&quantity, &unit);
    FactSite site = {reading->block, reading->table, cell->row, cell->column};
    Fact *fact = fact_add(reading->reading, &quantity, name, &site);
    if (inherited)
        fact->printed_unit = printed_unit(reading, &unit);
    fact->concept = cell_concept(reading, fact->kind, name, heads);
    set_period(reading, fact, heads);
}

/* 年度预算申请（万元）| 其中：基本支出：8420.60: the one number behind the colon that ends a cell
 * of words is in the unit of money that the group it stands in is. */
static gboolean is_told(const TableFacts *reading, const Heads *heads, UnitReading *unit) {
    const Prose *prose = reading->reading->prose;
    const gunichar *codes = (const gunichar *)prose->codes->data;
    if (prose->scan->quantities->len != 1)
        return FALSE;
    const Quantity *number = prose_quantity(prose, 0);
    return number->kind == FIGURE_NUMBER && number->unit == NULL && number->end == prose->length &&
           number->start > 0 &&
           (codes[number->start - 1] == U'：' || codes[number->start - 1] == ':') &&
           rows_unit(reading, &heads->rows, unit) && unit->kind == FIGURE_AMOUNT;
}

/* A cell of words: what its heads say leads its own labels. */
static void add_words(TableFacts *reading, guint index, Heads *heads) {
    const Cell *cell = table_cell(reading->text->table, index);
    const GArray *facts = reading->reading->report->facts;
    FactSite site = {reading->block, reading->table, cell->row, cell->column};
    UnitReading unit;
    gboolean told =
        is_told(reading, heads, &unit) &&
        quantity_apply_unit(&g_array_index(reading->reading->prose->scan->quantities, Quantity, 0),
                            &unit);
    g_autofree char *name = figure_name(reading, index, heads);
    guint before = facts->len;
    facts_of_prose(reading->reading, &site, name);
    for (guint i = before; told && i < facts->len; i++)
        report_fact(reading->reading->report, i)->printed_unit = printed_unit(reading, &unit);
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
    if (text->kind == CELL_BLANK || table_text_is_plain(reading->text, index))
        return;
    table_text_recall(reading->text, facts->report->document, index, facts->prose);
    Heads heads = {table_text_column_heads(reading->text, index),
                   table_text_row_heads(reading->text, index)};
    gboolean code = any_code_head(reading, &heads.columns) || any_code_head(reading, &heads.rows) ||
                    is_in_code_row(reading, cell);
    if (cell->row < reading->text->header_rows ||
        (text->kind == CELL_FIGURE && code && is_bare_number(prose_quantity(facts->prose, 0)))) {
        numerals_of_scan(facts);
        numerals_claim_all(facts, cell->row < reading->text->header_rows ? "table-head" : "code");
    } else if (text->kind == CELL_FIGURE) {
        numerals_of_scan(facts);
        add_figure(reading, index, &heads);
    } else
        add_words(reading, index, &heads);
}

/* Numerals beside a table count nothing; whole dates (填报日期：2023年3月10日) are facts. */
static void read_head(TableFacts *reading, LineRun lines) {
    UnitReading unit;
    FactReading *facts = reading->reading;
    FactSite site = {reading->block, DOCUMENT_NONE, DOCUMENT_NONE, DOCUMENT_NONE};
    if (lines.count == 0)
        return;
    gboolean found = run_unit(facts, lines, &unit);
    facts_of_dates(facts, &site, "caption");
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
    g_autofree HeadReading *heads = g_new0(HeadReading, table->cells->len + 1);
    reading.text = text;
    reading.heads = heads;
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    for (guint i = 0; i < table->cells->len; i++) {
        read_cell(&reading, i);
        if (table_text_cell(text, i)->kind == CELL_WORDS)
            g_ptr_array_add(texts, table_text_cell(text, i)->text);
    }
    g_array_index(facts->report->tables, TableReading, reading.table).kind = report_string(
        facts->report, families_find_table(patterns_families(facts->patterns), texts));
}
