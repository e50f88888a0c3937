/* Indicator: a row of a score table — its name, target, result, weight, score and reason, each the
 * cell of the table and the figure in it.
 *
 * A table is a score table where a row heads columns of two roles of tables.xml at least, one of
 * them weight, score, target or result. Rows of money (年度资金总额) are indicators too, `funds`.
 */
#pragma once
#include "normalize/report.h"
#include "normalize/table_words.h"

typedef struct {
    guint table, row;
    gboolean funds;             /* stands under heads of budget and spending */
    gboolean total;             /* 总分, 合计 */
    guint cells[HEAD_ROLES];    /* of the table; DOCUMENT_NONE: no such column, or a blank one */
    guint facts[HEAD_ROLES];    /* the only figure of the cell; REPORT_NONE for none */
    const char *name;           /* of the row */
    const char *group;          /* first-level indicator, or NULL */
    gboolean has[HEAD_ROLES];   /* whether its head has such a column */
    gboolean blank[HEAD_ROLES]; /* whether its cell of that column is empty */
} Indicator;

typedef struct {
    const Report *report;
    const TableWords *words;
    GArray *rows; /* Indicator, in reading order */
    GStringChunk *strings;
    GPtrArray *tables; /* of each table of the document, char ** of its cells' words; or NULL */
} Indicators;

Indicators *indicators_new(const Report *report, const Patterns *patterns);
void indicators_free(Indicators *indicators);

static inline const Indicator *indicators_row(const Indicators *indicators, guint i) {
    return &g_array_index(indicators->rows, Indicator, i);
}

/* The words of the cell in the column, white space left out; "" where it is blank. */
const char *indicator_words(const Indicators *indicators, const Indicator *row, HeadRole role);
/* Whether the cell is missing or says that there is nothing: 无, -, /. */
gboolean indicator_is_blank(const Indicators *indicators, const Indicator *row, HeadRole role);
/* The figure of the column, or NULL. */
const Fact *indicator_fact(const Indicators *indicators, const Indicator *row, HeadRole role);
/* Where the cell is printed; an empty span for none. */
Span indicator_place(const Indicators *indicators, const Indicator *row, HeadRole role);
