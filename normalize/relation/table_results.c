/* Results of indicators that the text states too.
 *
 *   新建城市书房数量 | ≥3座 | 3座          “新建城市书房3座”
 *   河道治理长度     | 18公里 | 18.6公里   “治理河道18.6公里”
 *
 * A name is its characters in whatever order, without what only says that something is counted.
 * Where the text has the target's value it speaks of the target.
 */
#include "normalize/relation/fit.h"
#include "normalize/relation/relation.h"
#include "normalize/relation/table_index.h"
#include <stdlib.h>
#include <string.h>

/* Characters of a name that means one thing; those of a key. */
enum { NAME_CHARACTERS_MIN = 4, NAME_CHARACTERS_MAX = 40 };

typedef struct {
    guint fact, target; /* target: REPORT_NONE for none */
    char *key;
} Result;

static void result_clear(gpointer data) { g_free(((Result *)data)->key); }

GArray *table_results_new(void) {
    GArray *results = g_array_new(FALSE, FALSE, sizeof(Result));
    g_array_set_clear_func(results, result_clear);
    return results;
}

static int compare_characters(gconstpointer a, gconstpointer b) {
    gunichar x = *(const gunichar *)a, y = *(const gunichar *)b;
    return (x > y) - (x < y);
}

/* The characters of the name, sorted; NULL where they are too few or too many. */
static char *name_key(const TableIndex *index, const char *text) {
    const char *colon = strrchr(text, ':'); /* 指标1:新建站点 */
    g_autofree char *name = table_index_name(index, colon == NULL ? text : colon + 1);
    char *bracket = strchr(name, '(');
    if (bracket != NULL && bracket > name)
        *bracket = '\0';
    gsize length = strlen(name), ending;
    while ((ending = table_words_ends(index->words, TABLE_COUNTED, name, length)) > 0 &&
           ending < length)
        length -= ending;
    glong n;
    g_autofree gunichar *codes = g_utf8_to_ucs4_fast(name, (glong)length, &n);
    if (n < NAME_CHARACTERS_MIN || n > NAME_CHARACTERS_MAX)
        return NULL;
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

void table_results_add(TableIndex *index, const TableGrid *grid, const GridBlock *block) {
    guint columns = grid->shape->columns;
    guint result = column_of(grid, block, HEAD_RESULT, columns);
    guint name = result == DOCUMENT_NONE ? result : column_of(grid, block, HEAD_NAME, result);
    guint target = result == DOCUMENT_NONE ? result : column_of(grid, block, HEAD_TARGET, columns);
    for (guint row = block->first; name != DOCUMENT_NONE && row < block->end; row++) {
        guint fact = grid_fact(grid, row, result);
        if (fact == REPORT_NONE || grid_cell(grid, row, name)->kind != GRID_WORDS)
            continue;
        Result one = {.fact = fact,
                      .target = figure_at(grid, row, target),
                      .key = name_key(index, grid_cell(grid, row, name)->text)};
        if (one.key != NULL)
            g_array_append_val(index->results, one);
    }
}

static gboolean is_of_year(const Report *report, const Fact *fact) {
    g_autofree char *year = g_strdup_printf("%d", report->year);
    return fact->period == NULL || report->year == 0 || g_str_has_prefix(fact->period, year);
}

static gboolean is_stated(const Report *report, const Fact *fact) {
    return fact->table == DOCUMENT_NONE && fact->label != NULL && fact->entity == NULL &&
           fact->qualifier == QUALIFIER_EXACT && fact->text_high == NULL &&
           (fact->kind == FIGURE_COUNT || fact->kind == FIGURE_PERCENT ||
            fact->kind == FIGURE_NUMBER || fact->kind == FIGURE_AMOUNT) &&
           is_of_year(report, fact);
}

/* The one result of that name; NULL for none, or for two that differ. */
static const Result *find_result(const TableIndex *index, const Fact *fact, const char *key) {
    const Result *found = NULL;
    for (guint i = 0; i < index->results->len; i++) {
        const Result *result = &g_array_index(index->results, Result, i);
        const Fact *own = report_fact(index->report, result->fact);
        if (strcmp(result->key, key) != 0 || own->kind != fact->kind ||
            g_strcmp0(own->unit, fact->unit) != 0 || own->qualifier != QUALIFIER_EXACT)
            continue;
        if (found != NULL && !fit_same(report_fact(index->report, found->fact), own))
            return NULL;
        found = result;
    }
    return found;
}

/* What a text says of the indicator: the result, the target, or something else. */
typedef struct {
    guint fact;
    const Result *result;
    gboolean equal;
} Statement;

static void take_statement(const TableIndex *index, guint i, GArray *statements) {
    const Fact *fact = report_fact(index->report, i);
    if (!is_stated(index->report, fact))
        return;
    g_autofree char *label = table_index_label(index, fact->label);
    g_autofree char *key = name_key(index, label);
    Statement statement = {i, key == NULL ? NULL : find_result(index, fact, key), FALSE};
    if (statement.result == NULL)
        return;
    statement.equal = fit_same(fact, report_fact(index->report, statement.result->fact));
    guint target = statement.result->target;
    if (statement.equal || target == REPORT_NONE ||
        !fit_same(fact, report_fact(index->report, target)))
        g_array_append_val(statements, statement);
}

/* Said twice, once as the table has it: which is which the text knows. */
static gboolean is_said_right(const GArray *statements, const Statement *statement) {
    for (guint i = 0; i < statements->len; i++)
        if (g_array_index(statements, Statement, i).equal &&
            g_array_index(statements, Statement, i).result == statement->result)
            return TRUE;
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
        guint relation = relation_begin(index->report, "XSC-02", fact->place);
        guint table = report_fact(index->report, statement->result->fact)->table;
        report_relation(index->report, relation)->certain =
            document_table(index->report->document, table)->ruled;
        report_relation(index->report, relation)->scope = fact->label;
        relation_add(index->report, relation, statement->fact, "same");
        relation_add(index->report, relation, statement->result->fact, "same");
    }
}
