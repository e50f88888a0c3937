/* Heads are looked up cell by cell: a row that names columns begins a part of the table, and a
 * second such row right below it names them more closely (名称 and 权重 under 一级指标). */
#include "normalize/check/indicator.h"
#include "normalize/text.h"
#include <string.h>

enum { TABLE_GRID_MAX = 1 << 20, HEAD_CHARACTERS_MAX = 24 };

/* One table on its way. */
typedef struct {
    Indicators *indicators;
    const TableWords *heads;
    const Table *table;
    guint index;
    char **words;    /* of each cell */
    guint *grid;     /* cell of each row × column */
    guint *facts;    /* of each cell, its only figure or REPORT_NONE */
    HeadRole *roles; /* of each column, as of the last head */
    guint head;      /* row of the last head; DOCUMENT_NONE before one */
    gboolean funds;
    guint group; /* cell of the last first-level indicator below the head */
} Layout;

static char *cell_words(const Document *document, const Cell *cell, NormalText *folded) {
    if (cell->lines.count == 0)
        return g_strdup("");
    return folded_text(document, document_lines_span(document, cell->lines), folded);
}

/* A head without what stands in brackets: 全年预算数(A). A sentence is none. */
static HeadRole head_role(const Layout *reading, const char *words) {
    if (g_utf8_strlen(words, -1) > HEAD_CHARACTERS_MAX || strstr(words, "。") != NULL)
        return HEAD_NONE;
    g_autofree char *head = g_strdup(words);
    char *bracket = strchr(head, '(');
    if (bracket != NULL && bracket > head)
        *bracket = '\0';
    return table_words_column(reading->heads, head, NULL);
}

static guint grid_at(const Layout *reading, guint row, guint column) {
    return reading->grid[row * reading->table->columns + column];
}

static gboolean is_key_role(HeadRole role) {
    return role == HEAD_TARGET || role == HEAD_RESULT || role == HEAD_WEIGHT || role == HEAD_EARNED;
}

/* What a score table is made of. */
static gboolean is_role_of_table(HeadRole role) {
    return is_key_role(role) || role == HEAD_GROUP || role == HEAD_SUBGROUP || role == HEAD_NAME ||
           role == HEAD_SIGN || role == HEAD_UNIT || role == HEAD_REASON || role == HEAD_ORIGINAL ||
           role == HEAD_BUDGET || role == HEAD_ACTUAL || role == HEAD_RATE;
}

static guint letters(const char *text) {
    guint n = 0;
    for (; *text != '\0'; text = g_utf8_next_char(text))
        n += g_unichar_isalnum(g_utf8_get_char(text)) ? 1 : 0;
    return n;
}

/* A figure and nothing else: 预算执行情况(10分) is a head. */
static gboolean is_figure(const Layout *reading, guint cell) {
    guint fact = reading->facts[cell];
    return fact != REPORT_NONE && letters(reading->words[cell]) <=
                                      letters(report_fact(reading->indicators->report, fact)->raw);
}

/* Whether the row heads columns: fills `roles`. */
static gboolean read_head(const Layout *reading, guint row, HeadRole *roles) {
    guint named = 0, key = 0, before = DOCUMENT_NONE;
    for (guint column = 0; column < reading->table->columns; column++) {
        guint cell = grid_at(reading, row, column);
        roles[column] = HEAD_NONE;
        if (cell == DOCUMENT_NONE || table_cell(reading->table, cell)->row != row)
            continue;
        if (is_figure(reading, cell))
            return FALSE;
        HeadRole role = head_role(reading, reading->words[cell]);
        roles[column] = is_role_of_table(role) ? role : HEAD_NONE;
        named += cell != before && roles[column] != HEAD_NONE;
        key += cell != before && is_key_role(role);
        before = cell;
    }
    return named >= 2 && key >= 1;
}

/* The second row of a head: a name column keeps the level that stands above it. */
static void merge_head(Layout *reading, const HeadRole *roles) {
    for (guint column = 0; column < reading->table->columns; column++) {
        HeadRole above = reading->roles[column], below = roles[column];
        gboolean level = above == HEAD_GROUP || above == HEAD_SUBGROUP || above == HEAD_NAME;
        if (below != HEAD_NONE && !(level && below == HEAD_NAME))
            reading->roles[column] = below;
    }
}

/* Whether the row is of the head above it: right below, or with a row of words alone between. */
static gboolean goes_on(const Layout *reading, guint row) {
    if (row <= reading->head + 1)
        return row == reading->head + 1;
    if (row > reading->head + 2)
        return FALSE;
    for (guint column = 0; column < reading->table->columns; column++) {
        guint cell = grid_at(reading, row - 1, column);
        if (cell == DOCUMENT_NONE ||
            (table_cell(reading->table, cell)->row == row - 1 && is_figure(reading, cell)) ||
            (table_cell(reading->table, cell)->row == row - 1 &&
             head_role(reading, reading->words[cell]) == HEAD_NONE))
            return FALSE;
    }
    return TRUE;
}

static gboolean take_head(Layout *reading, guint row) {
    guint columns = reading->table->columns;
    g_autofree HeadRole *roles = g_new0(HeadRole, columns + 1);
    if (!read_head(reading, row, roles))
        return FALSE;
    if (reading->head != DOCUMENT_NONE && goes_on(reading, row))
        merge_head(reading, roles);
    else
        memcpy(reading->roles, roles, columns * sizeof(HeadRole));
    reading->head = row;
    reading->group = DOCUMENT_NONE;
    reading->funds = FALSE;
    for (guint column = 0; column < columns; column++)
        reading->funds |= reading->roles[column] == HEAD_ACTUAL;
    return TRUE;
}

/* Points are points, or bare numbers: not money that a unit line made of them. */
static gboolean fits_role(const Layout *reading, HeadRole role, guint fact) {
    if (fact == REPORT_NONE || (role != HEAD_WEIGHT && role != HEAD_EARNED))
        return TRUE;
    FigureKind kind = report_fact(reading->indicators->report, fact)->kind;
    return kind == FIGURE_SCORE || kind == FIGURE_NUMBER || kind == FIGURE_COUNT ||
           (kind == FIGURE_PERCENT && role == HEAD_WEIGHT); /* 权重（%） of a hundred */
}

/* Takes the cell of a column: of several weights the one nearest to the result counts. */
static void take_cell(const Layout *reading, Indicator *row, guint column, guint cell) {
    HeadRole role = reading->roles[column];
    if (role == HEAD_NONE)
        return;
    row->has[role] = TRUE;
    if (table_words_blank(reading->heads, reading->words[cell])) {
        row->blank[role] = *reading->words[cell] == '\0';
        return;
    }
    row->blank[role] = FALSE;
    if (role == HEAD_GROUP || role == HEAD_SUBGROUP ||
        table_cell(reading->table, cell)->row == row->row) {
        row->cells[role] = cell;
        row->facts[role] =
            fits_role(reading, role, reading->facts[cell]) ? reading->facts[cell] : REPORT_NONE;
    }
}

/* 新建站点(10分): without a column of weights the name tells its own. */
static void take_weight_of_name(const Layout *reading, Indicator *row) {
    guint cell = row->cells[HEAD_NAME],
          fact = cell == DOCUMENT_NONE ? REPORT_NONE : reading->facts[cell];
    if (row->has[HEAD_WEIGHT] || fact == REPORT_NONE ||
        report_fact(reading->indicators->report, fact)->kind != FIGURE_SCORE)
        return;
    row->cells[HEAD_WEIGHT] = cell;
    row->facts[HEAD_WEIGHT] = fact;
}

/* The rightmost cell of the row that names it. */
static void take_name(const Layout *reading, Indicator *row) {
    static const HeadRole NAMES[] = {HEAD_NAME, HEAD_SUBGROUP, HEAD_GROUP};
    Indicators *indicators = reading->indicators;
    for (guint i = 0; i < G_N_ELEMENTS(NAMES) && row->name == NULL; i++)
        if (row->cells[NAMES[i]] != DOCUMENT_NONE)
            row->name = g_string_chunk_insert_const(indicators->strings,
                                                    reading->words[row->cells[NAMES[i]]]);
    if (row->cells[HEAD_GROUP] == DOCUMENT_NONE)
        row->cells[HEAD_GROUP] = reading->group; /* a blank below its group, not merged */
    if (row->cells[HEAD_GROUP] != DOCUMENT_NONE)
        row->group = g_string_chunk_insert_const(indicators->strings,
                                                 reading->words[row->cells[HEAD_GROUP]]);
    guint first = grid_at(reading, row->row, 0);
    if (first != DOCUMENT_NONE)
        row->total = table_words_is(reading->heads, TABLE_OVERALL, reading->words[first]);
    if (row->name == NULL)
        row->name = first == DOCUMENT_NONE
                        ? ""
                        : g_string_chunk_insert_const(indicators->strings, reading->words[first]);
}

static void read_row(Layout *reading, guint index) {
    Indicator row = {.table = reading->index, .row = index, .funds = reading->funds};
    guint before = DOCUMENT_NONE, cells = 0;
    memset(row.cells, 0xff, sizeof row.cells);
    memset(row.facts, 0xff, sizeof row.facts);
    for (guint column = 0; column < reading->table->columns; column++) {
        guint cell = grid_at(reading, index, column);
        if (cell == DOCUMENT_NONE || cell == before)
            continue;
        before = cell;
        cells++;
        take_cell(reading, &row, column, cell);
    }
    gboolean valued =
        row.cells[HEAD_WEIGHT] != DOCUMENT_NONE || row.cells[HEAD_EARNED] != DOCUMENT_NONE ||
        row.cells[HEAD_TARGET] != DOCUMENT_NONE || row.cells[HEAD_ACTUAL] != DOCUMENT_NONE;
    if (cells < 2 || !valued)
        return;
    take_name(reading, &row);
    take_weight_of_name(reading, &row);
    reading->group = row.cells[HEAD_GROUP];
    if (row.total)
        row.cells[HEAD_TARGET] = row.cells[HEAD_RESULT] = DOCUMENT_NONE;
    g_array_append_val(reading->indicators->rows, row);
}

static void fill_grid(Layout *reading) {
    const Table *table = reading->table;
    memset(reading->grid, 0xff, (gsize)table->rows * table->columns * sizeof(guint));
    for (guint i = 0; i < table->cells->len; i++) {
        const Cell *cell = table_cell(table, i);
        for (guint row = cell->row; row < MIN(cell->row + cell->row_span, table->rows); row++)
            for (guint column = cell->column;
                 column < MIN(cell->column + cell->column_span, table->columns); column++)
                reading->grid[row * table->columns + column] = i;
    }
}

/* Of each cell its only figure. */
static void fill_facts(Layout *reading, guint *next) {
    const Report *report = reading->indicators->report;
    memset(reading->facts, 0xff, reading->table->cells->len * sizeof(guint));
    g_autofree guint8 *counts = g_new0(guint8, reading->table->cells->len + 1);
    for (; *next < report->facts->len; (*next)++) {
        const Fact *fact = report_fact(report, *next);
        if (fact->table != DOCUMENT_NONE && fact->table > reading->index)
            break;
        if (fact->table != reading->index || fact->row >= reading->table->rows ||
            fact->column >= reading->table->columns)
            continue;
        guint cell = grid_at(reading, fact->row, fact->column);
        if (cell == DOCUMENT_NONE)
            continue;
        counts[cell] = (guint8)MIN(counts[cell] + 1, 2);
        reading->facts[cell] = counts[cell] == 1 ? *next : REPORT_NONE;
    }
}

static char **read_table(Indicators *indicators, guint index, guint *next, NormalText *folded) {
    const Document *document = indicators->report->document;
    const Table *table = document_table(document, index);
    gsize size = (gsize)table->rows * table->columns;
    if (size == 0 || size > TABLE_GRID_MAX)
        return NULL;
    char **words = g_new0(char *, table->cells->len + 1);
    for (guint i = 0; i < table->cells->len; i++)
        words[i] = cell_words(document, table_cell(table, i), folded);
    Layout reading = {.indicators = indicators,
                      .heads = indicators->words,
                      .table = table,
                      .index = index,
                      .words = words,
                      .grid = g_new(guint, size),
                      .facts = g_new(guint, table->cells->len + 1),
                      .roles = g_new0(HeadRole, table->columns + 1),
                      .head = DOCUMENT_NONE};
    fill_grid(&reading);
    fill_facts(&reading, next);
    for (guint row = 0; row < table->rows; row++)
        if (!take_head(&reading, row) && reading.head != DOCUMENT_NONE)
            read_row(&reading, row);
    g_free(reading.grid);
    g_free(reading.facts);
    g_free(reading.roles);
    return words;
}

static void words_release(gpointer words) { g_strfreev(words); }

Indicators *indicators_new(const Report *report, const Patterns *patterns) {
    Indicators *indicators = g_new0(Indicators, 1);
    *indicators = (Indicators){.report = report,
                               .words = patterns_table_words(patterns),
                               .rows = g_array_new(FALSE, TRUE, sizeof(Indicator)),
                               .strings = g_string_chunk_new(4096),
                               .tables = g_ptr_array_new_with_free_func(words_release)};
    NormalText folded = {0};
    guint next = 0;
    for (guint i = 0; i < report->document->tables->len; i++)
        g_ptr_array_add(indicators->tables, read_table(indicators, i, &next, &folded));
    normal_text_clear(&folded);
    return indicators;
}

void indicators_free(Indicators *indicators) {
    if (indicators == NULL)
        return;
    g_array_unref(indicators->rows);
    g_string_chunk_free(indicators->strings);
    g_ptr_array_unref(indicators->tables);
    g_free(indicators);
}

const char *indicator_words(const Indicators *indicators, const Indicator *row, HeadRole role) {
    char **words = indicators->tables->pdata[row->table];
    return row->cells[role] == DOCUMENT_NONE ? "" : words[row->cells[role]];
}

gboolean indicator_is_blank(const Indicators *indicators, const Indicator *row, HeadRole role) {
    return table_words_blank(indicators->words, indicator_words(indicators, row, role));
}

const Fact *indicator_fact(const Indicators *indicators, const Indicator *row, HeadRole role) {
    return row->facts[role] == REPORT_NONE ? NULL
                                           : report_fact(indicators->report, row->facts[role]);
}

Span indicator_place(const Indicators *indicators, const Indicator *row, HeadRole role) {
    const Document *document = indicators->report->document;
    if (row->cells[role] == DOCUMENT_NONE)
        return (Span){0, 0};
    const Cell *cell = table_cell(document_table(document, row->table), row->cells[role]);
    return cell->lines.count == 0 ? (Span){0, 0} : document_lines_span(document, cell->lines);
}
