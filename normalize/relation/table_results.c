/* Results and targets of indicators that sentences state too: of the text, and of the cells of a
 * form that tell its goal and how it was reached.
 *
 *   预期目标                     | 实际完成情况
 *   新建城市书房3座，治理河道18公里 | 新建城市书房3座，治理河道18.6公里
 *
 *   新建城市书房数量 | ≥3座   | 3座          “新建城市书房3座”
 *   河道治理长度     | 18公里 | 18.6公里     “治理河道18.6公里”
 *
 * A name is its characters in whatever order, without what only says that something is counted.
 * A sentence may say more than the name (通过政府采购购置图书): then it is compared only where it
 * has the figure, or one that a slip of the hand made of it. Where the text has the target's value
 * it speaks of the target; what a cell speaks of its head says.
 */
#include "normalize/check/slip.h"
#include "normalize/relation/fit.h"
#include "normalize/relation/relation.h"
#include "normalize/relation/table_index.h"
#include "normalize/text.h"
#include <stdlib.h>
#include <string.h>

/* Characters of a name that means one thing; those of a key. */
enum { NAME_CHARACTERS_MIN = 4, NAME_CHARACTERS_MAX = 40 };
/* Characters of a cell that is a sentence, beside its figure; of a sentence, before it. */
enum { SENTENCE_CHARACTERS_MIN = 6, SENTENCE_CHARACTERS_MAX = 120 };
/* Characters that a name may be told by, where its sentence has the others: 控制率. */
enum { END_CHARACTERS_MIN = 3 };

/* An indicator; `fact` or `target` is REPORT_NONE where its row has none. */
typedef struct {
    guint table, fact, target;
    char *name, *key;
    char *unit; /* that stands in a column of its own; or NULL */
} Result;

static void result_clear(gpointer data) {
    Result *result = data;
    g_free(result->name);
    g_free(result->key);
    g_free(result->unit);
}

GArray *table_results_new(void) {
    GArray *results = g_array_new(FALSE, FALSE, sizeof(Result));
    g_array_set_clear_func(results, result_clear);
    return results;
}

static int compare_characters(gconstpointer a, gconstpointer b) {
    gunichar x = *(const gunichar *)a, y = *(const gunichar *)b;
    return (x > y) - (x < y);
}

/* The name without what only says that something is counted; NULL where it is too short or long. */
static char *bare_name(const TableIndex *index, const char *text) {
    const char *colon = strrchr(text, ':'); /* 指标1:新建站点 */
    char *name = table_index_name(index, colon == NULL ? text : colon + 1);
    char *bracket = strchr(name, '(');
    if (bracket != NULL && bracket > name)
        *bracket = '\0';
    gsize length = strlen(name), ending;
    while ((ending = table_words_ends(index->words, TABLE_COUNTED, name, length)) > 0 &&
           ending < length)
        length -= ending;
    name[length] = '\0';
    glong n = g_utf8_strlen(name, -1);
    if (n >= NAME_CHARACTERS_MIN && n <= NAME_CHARACTERS_MAX)
        return name;
    g_free(name);
    return NULL;
}

/* Its characters, sorted. */
static char *name_key(const char *name) {
    glong n;
    g_autofree gunichar *codes = g_utf8_to_ucs4_fast(name, -1, &n);
    qsort(codes, (gsize)n, sizeof(gunichar), compare_characters);
    return g_ucs4_to_utf8(codes, n, NULL, NULL, NULL);
}

/* The column of a block that has the role and the rightmost place before `before`. */
static guint column_of(const TableGrid *grid, const GridBlock *block, HeadRole role, guint before) {
    for (guint column = before; column > 0; column--)
        if (grid_column_role(grid, block, column - 1) == role)
            return column - 1;
    return DOCUMENT_NONE;
}

static guint figure_at(const TableGrid *grid, guint row, guint column) {
    return column == DOCUMENT_NONE ? REPORT_NONE : grid_fact(grid, row, column);
}

/* The words of the column, or NULL. */
static char *words_at(const TableGrid *grid, guint row, guint column) {
    return column == DOCUMENT_NONE || grid_cell(grid, row, column)->kind != GRID_WORDS
               ? NULL
               : g_strdup(grid_cell(grid, row, column)->text);
}

void table_results_add(TableIndex *index, const TableGrid *grid, const GridBlock *block) {
    guint columns = grid->shape->columns;
    guint result = column_of(grid, block, HEAD_RESULT, columns);
    guint target = column_of(grid, block, HEAD_TARGET, columns);
    guint value = result == DOCUMENT_NONE ? target : result;
    guint name = value == DOCUMENT_NONE ? value : column_of(grid, block, HEAD_NAME, value);
    guint unit = column_of(grid, block, HEAD_UNIT, columns);
    for (guint row = block->first; name != DOCUMENT_NONE && row < block->end; row++) {
        Result one = {.table = grid->table,
                      .fact = figure_at(grid, row, result),
                      .target = figure_at(grid, row, target)};
        if ((one.fact == REPORT_NONE && one.target == REPORT_NONE) ||
            grid_cell(grid, row, name)->kind != GRID_WORDS ||
            (one.name = bare_name(index, grid_cell(grid, row, name)->text)) == NULL)
            continue;
        one.key = name_key(one.name);
        one.unit = words_at(grid, row, unit);
        g_array_append_val(index->results, one);
    }
}

static gboolean is_of_year(const Report *report, const Fact *fact) {
    g_autofree char *year = g_strdup_printf("%d", report->year);
    return fact->period == NULL || report->year == 0 || g_str_has_prefix(fact->period, year);
}

static gboolean is_stated(const Report *report, const Fact *fact) {
    return fact->label != NULL && fact->entity == NULL && fact->qualifier == QUALIFIER_EXACT &&
           fact->text_high == NULL &&
           (fact->kind == FIGURE_COUNT || fact->kind == FIGURE_PERCENT ||
            fact->kind == FIGURE_NUMBER || fact->kind == FIGURE_AMOUNT) &&
           is_of_year(report, fact);
}

typedef enum { SIDE_NONE, SIDE_TEXT, SIDE_TARGET, SIDE_RESULT } Side;

static gboolean is_sentence(const Document *document, const Fact *fact) {
    const Table *table = document_table(document, fact->table);
    for (guint i = 0; i < table->cells->len; i++) {
        const Cell *cell = table_cell(table, i);
        if (cell->row != fact->row || cell->column != fact->column || cell->lines.count == 0)
            continue;
        Span words = document_lines_span(document, cell->lines);
        return words.end - words.start >=
               fact->place.end - fact->place.start + SENTENCE_CHARACTERS_MIN;
    }
    return FALSE;
}

/* What a sentence speaks of, and where in its label its own name begins. */
static Side side_of(const TableIndex *index, const Fact *fact, const char **name) {
    Side side = SIDE_NONE;
    *name = fact->label;
    if (fact->table == DOCUMENT_NONE)
        return SIDE_TEXT;
    const char *last = g_strrstr(fact->label, "·");
    if (last == NULL || !is_sentence(index->report->document, fact))
        return SIDE_NONE;
    *name = last + strlen("·");
    g_autofree char *before = g_strndup(fact->label, (gsize)(last - fact->label));
    g_auto(GStrv) heads = g_strsplit(before, "·", -1);
    for (char **head = heads; *head != NULL && side == SIDE_NONE; head++)
        if (table_words_column(index->words, *head, NULL) == HEAD_RESULT)
            side = SIDE_RESULT;
        else if (table_words_has(index->words, TABLE_GOAL, *head))
            side = SIDE_TARGET;
    return side;
}

/* What a sentence says of an indicator. */
typedef struct {
    guint fact, figure; /* figure: the indicator's */
    const Result *result;
    Side side;
    gboolean named; /* by the name alone */
    gboolean equal;
} Statement;

static guint figure_of(const Result *result, Side side) {
    return side == SIDE_TARGET ? result->target : result->fact;
}

/* Whether the figure of the indicator may be the one stated. */
static gboolean is_comparable(const TableIndex *index, const Result *result, const Fact *fact,
                              guint figure, Side side) {
    if (figure == REPORT_NONE || (side != SIDE_TEXT && result->table != fact->table))
        return FALSE;
    const Fact *own = report_fact(index->report, figure);
    if (side != SIDE_TARGET && own->qualifier != QUALIFIER_EXACT)
        return FALSE;
    return own->kind == fact->kind
               ? g_strcmp0(own->unit, fact->unit) == 0
               : own->kind == FIGURE_NUMBER && g_strcmp0(result->unit, fact->printed_unit) == 0;
}

/* Whether the label has the characters of the name in their order: 资助学生 in 资助困难家庭学生. */
static gboolean has_name(const char *label, const char *name) {
    for (; *label != '\0' && *name != '\0'; label = g_utf8_next_char(label))
        if (g_utf8_get_char(label) == g_utf8_get_char(name))
            name = g_utf8_next_char(name);
    return *name == '\0';
}

/* The label is the name behind words that say that it was done: 全年完成人工造林. */
static gboolean is_done(const TableIndex *index, const char *label, const char *name) {
    gsize length = strlen(label), deed;
    if (!g_str_has_suffix(label, name))
        return FALSE;
    length -= strlen(name);
    while ((deed = table_words_ends(index->words, TABLE_DEED, label, length)) > 0)
        length -= deed;
    return length == 0;
}

/* The words of the fact's paragraph from the end of the last sentence to its figure, as names are.
 */
static char *words_before(const TableIndex *index, const Fact *fact) {
    const Document *document = index->report->document;
    guint start = fact->place.start;
    while (start > 0 && fact->place.start - start < SENTENCE_CHARACTERS_MAX &&
           document_character(document, start - 1)->code != U'。')
        start--;
    GString *text = g_string_new(NULL);
    document_append_text(document, (Span){start, fact->place.start}, text);
    g_autofree char *folded = folded_utf8(text->str);
    g_string_free(text, TRUE);
    return table_index_name(index, folded);
}

/* 三公经费预算 25 万元，支出 22 万元，控制率 88%: the end of the name, whose rest its sentence has.
 */
static gboolean is_end_of_name(const TableIndex *index, const Fact *fact, const char *label,
                               const char *name) {
    glong own = g_utf8_strlen(label, -1), all = g_utf8_strlen(name, -1);
    if (fact->table != DOCUMENT_NONE || own < END_CHARACTERS_MIN || own >= all ||
        !g_str_has_suffix(name, label))
        return FALSE;
    g_autofree char *rest = g_strndup(name, strlen(name) - strlen(label));
    g_autofree char *before = words_before(index, fact);
    return strstr(before, rest) != NULL;
}

/* 培养运动员 of 培养青少年运动员: a cell of the indicator's own form says less than its name. */
static gboolean is_short_for(const Fact *fact, const char *label, const Result *result) {
    return fact->table == result->table && g_utf8_strlen(label, -1) >= NAME_CHARACTERS_MIN &&
           has_name(result->name, label);
}

/* The indicator that is called so; else the one of the longest name that `label` has in it. None
 * where two that differ are. */
static gboolean find_result(const TableIndex *index, const Fact *fact, const char *label,
                            const char *key, Statement *statement) {
    gsize longest = 0;
    gboolean several = FALSE;
    for (guint i = 0; i < index->results->len; i++) {
        const Result *result = &g_array_index(index->results, Result, i);
        guint figure = figure_of(result, statement->side);
        gboolean named = (key != NULL && strcmp(result->key, key) == 0) ||
                         is_done(index, label, result->name) ||
                         is_end_of_name(index, fact, label, result->name);
        gsize length = named ? G_MAXSIZE : MIN(strlen(result->name), strlen(label));
        if ((!named && !has_name(label, result->name) && !is_short_for(fact, label, result)) ||
            length < longest || !is_comparable(index, result, fact, figure, statement->side))
            continue;
        several = length == longest &&
                  (several || !fit_same(report_fact(index->report, figure),
                                        report_fact(index->report, statement->figure)));
        longest = length;
        statement->result = result;
        statement->figure = figure;
        statement->named = named;
    }
    return statement->result != NULL && !several;
}

/* One slip of the hand away from the indicator's figure, as printed. */
static gboolean is_slip(const Fact *fact, const Fact *own) {
    Decimal meant;
    return decimal_scale(own->value, -fact->unit_power, &meant) &&
           decimal_round(meant, fact->decimals, &meant) &&
           decimal_scale(meant, fact->unit_power, &meant) && fact_slip(fact, meant) != SLIP_NONE;
}

static void take_statement(const TableIndex *index, guint i, GArray *statements) {
    const Fact *fact = report_fact(index->report, i);
    Statement statement = {.fact = i};
    const char *words;
    if (!is_stated(index->report, fact) ||
        (statement.side = side_of(index, fact, &words)) == SIDE_NONE)
        return;
    g_autofree char *label = table_index_label(index, words);
    g_autofree char *name = bare_name(index, label);
    g_autofree char *key = name == NULL ? NULL : name_key(name);
    if (!find_result(index, fact, label, key, &statement))
        return;
    const Fact *own = report_fact(index->report, statement.figure);
    guint target = statement.result->target;
    statement.equal = fit_same(fact, own);
    if (!statement.named && !statement.equal &&
        (!is_slip(fact, own) || table_words_has(index->words, TABLE_BESIDE, label)))
        return;
    if (statement.equal || statement.side != SIDE_TEXT || target == REPORT_NONE ||
        !fit_same(fact, report_fact(index->report, target)))
        g_array_append_val(statements, statement);
}

/* Said twice, once as the table has it: which is which the text knows. */
static gboolean is_said_right(const GArray *statements, const Statement *statement) {
    for (guint i = 0; i < statements->len; i++) {
        const Statement *other = &g_array_index(statements, Statement, i);
        if (other->equal && other->result == statement->result && other->side == statement->side)
            return TRUE;
    }
    return FALSE;
}

void relate_results_with_text(TableIndex *index) {
    g_autoptr(GArray) statements = g_array_new(FALSE, FALSE, sizeof(Statement));
    for (guint i = 0; index->results->len > 0 && i < index->report->facts->len; i++)
        take_statement(index, i, statements);
    for (guint i = 0; i < statements->len; i++) {
        const Statement *statement = &g_array_index(statements, Statement, i);
        if (!statement->equal && is_said_right(statements, statement))
            continue;
        const Fact *fact = report_fact(index->report, statement->fact);
        guint relation = relation_begin(
            index->report, statement->side == SIDE_TEXT ? "XSC-02" : "XSC-01", fact->place);
        report_relation(index->report, relation)->certain =
            document_table(index->report->document, statement->result->table)->ruled &&
            (statement->named || statement->side != SIDE_TEXT);
        report_relation(index->report, relation)->scope = fact->label;
        relation_add(index->report, relation, statement->fact, "same");
        relation_add(index->report, relation, statement->figure, "same");
    }
}
