/* Lists in tables that the text counts and sums up.
 *
 *   2024 年对 5 个项目设置了绩效目标，涉及资金 800.10 万元。      平均得分 93.95 分
 *
 *   项目名称 | 合计   | 自评得分
 *   甲       | 310.00 | 96.2
 *   …
 *   合计     | 800.10 |
 *
 * A count is of the list where it counts what the list's head calls its rows, and its sentence has
 * the total of one of the list's columns, or it stands in the list's section and nothing else there
 * counts the like. An amount behind a count that fits the list is one of the list's totals, if it
 * is anything of the list's: then but a slip of the hand keeps it from being one.
 */
#include "normalize/check/slip.h"
#include "normalize/relation/fit.h"
#include "normalize/relation/relation.h"
#include "normalize/relation/table_index.h"
#include "normalize/text.h"
#include <string.h>

/* Rows of a list; digits of amounts that agree by no chance; how far a miscount is off. */
enum { LISTED_MIN = 2, LISTED_DIGITS_MIN = 4, MISCOUNT_MAX = 1 };

typedef struct {
    guint table, section, n;
    Span place;            /* of the names */
    const WordList *words; /* what counts of its rows are called */
    GArray *totals;        /* guint: facts of its rows of totals */
    GArray *scores;        /* guint: of its rows; empty where one has none */
} Listed;

static void listed_clear(gpointer data) {
    Listed *listed = data;
    g_array_unref(listed->totals);
    g_array_unref(listed->scores);
}

GArray *table_lists_new(void) {
    GArray *lists = g_array_new(FALSE, FALSE, sizeof(Listed));
    g_array_set_clear_func(lists, listed_clear);
    return lists;
}

/* The column of names and what the text calls them; DOCUMENT_NONE where the block is no list. */
static guint listed_column(const TableGrid *grid, const GridBlock *block, const WordList **words) {
    for (guint column = 0; column < grid->shape->columns; column++) {
        g_autoptr(GArray) heads = grid_heads(grid, block, column);
        for (guint i = heads->len; i > 0; i--) {
            guint head = g_array_index(heads, guint, i - 1);
            *words = table_words_listed(grid->words, grid->content[head].text);
            if (*words != NULL)
                return column;
        }
    }
    return DOCUMENT_NONE;
}

/* Takes a row in; FALSE where the table is more than a list. */
static gboolean take_row(const TableGrid *grid, guint row, guint column, guint score,
                         Listed *listed) {
    gboolean before;
    const GridCell *name = grid_cell(grid, row, column);
    if (table_words_rank(grid->words, name->text, &before) > 0 ||
        table_words_rank(grid->words, grid_cell(grid, row, 0)->text, &before) > 0) {
        for (guint i = 0; i < grid->shape->columns; i++) {
            guint fact = grid_fact(grid, row, i);
            if (fact != REPORT_NONE && fact_is_addend(report_fact(grid->report, fact)))
                g_array_append_val(listed->totals, fact);
        }
        return TRUE;
    }
    if (!grid_starts(grid, row, column) || name->kind == GRID_BLANK ||
        table_words_begins(grid->words, TABLE_APART, name->text))
        return TRUE;
    if (name->kind != GRID_WORDS || table_words_begins(grid->words, TABLE_SOME, name->text))
        return FALSE;
    Span span = document_lines_span(grid->report->document,
                                    table_cell(grid->shape, grid_at(grid, row, column))->lines);
    listed->place.start = listed->n == 0 ? span.start : listed->place.start;
    listed->place.end = span.end;
    guint fact = score == DOCUMENT_NONE ? REPORT_NONE : grid_fact(grid, row, score);
    if (fact != REPORT_NONE)
        g_array_append_val(listed->scores, fact);
    listed->n++;
    return TRUE;
}

static guint only_scores(const TableGrid *grid, const GridBlock *block) {
    guint found = DOCUMENT_NONE;
    for (guint column = 0; column < grid->shape->columns; column++) {
        if (grid_column_role(grid, block, column) != HEAD_EARNED)
            continue;
        if (found != DOCUMENT_NONE)
            return DOCUMENT_NONE;
        found = column;
    }
    return found;
}

void table_lists_add(TableIndex *index, const TableGrid *grid, const GridBlock *block) {
    Listed listed = {.table = grid->table, .section = REPORT_NONE};
    guint column = listed_column(grid, block, &listed.words);
    if (column == DOCUMENT_NONE)
        return;
    guint score = only_scores(grid, block);
    listed.totals = g_array_new(FALSE, FALSE, sizeof(guint));
    listed.scores = g_array_new(FALSE, FALSE, sizeof(guint));
    gboolean plain = grid->blocks->len == 1;
    for (guint row = block->first; plain && row < block->end; row++) {
        plain = take_row(grid, row, column, score, &listed);
        for (guint i = 0; listed.section == REPORT_NONE && i < grid->shape->columns; i++)
            if (grid_fact(grid, row, i) != REPORT_NONE)
                listed.section = report_fact(grid->report, grid_fact(grid, row, i))->section;
    }
    if (!plain || listed.n < LISTED_MIN) {
        listed_clear(&listed);
        return;
    }
    if (listed.scores->len != listed.n)
        g_array_set_size(listed.scores, 0);
    g_array_append_val(index->lists, listed);
}

static Listed *list_at(const TableIndex *index, guint i) {
    return &g_array_index(index->lists, Listed, i);
}

/* Whether a fact of the text counts the rows of the list. */
static gboolean counts_rows(const TableIndex *index, const Fact *fact, const Listed *listed) {
    if (fact->table != DOCUMENT_NONE || fact->kind != FIGURE_COUNT || fact->label == NULL ||
        fact->qualifier != QUALIFIER_EXACT || fact->text_high != NULL || fact->value.decimals != 0)
        return FALSE;
    g_autofree char *label = folded_utf8(fact->label);
    g_autofree char *subject = folded_utf8(fact->subject == NULL ? "" : fact->subject);
    (void)index;
    return word_list_finds(listed->words, label, word_bits(label)) ||
           word_list_finds(listed->words, subject, word_bits(subject));
}

/* Whether `b` stands behind `a` in one sentence. */
static gboolean same_sentence(const Report *report, const Fact *a, const Fact *b) {
    if (a->block != b->block || b->table != DOCUMENT_NONE || b->place.start < a->place.end)
        return FALSE;
    for (guint i = a->place.end; i < b->place.start; i++)
        if (document_character(report->document, i)->code == U'。')
            return FALSE;
    return TRUE;
}

static gboolean is_amount(const Fact *fact) {
    return fact->kind == FIGURE_AMOUNT && fact->qualifier == QUALIFIER_EXACT &&
           fact->text_high == NULL;
}

/* The total that the amount is; `slip`: or would be but for a slip of the hand. */
static guint total_of(const Report *report, const Listed *listed, const Fact *amount,
                      gboolean slip) {
    for (guint i = 0; i < listed->totals->len; i++) {
        guint total = g_array_index(listed->totals, guint, i);
        const Fact *own = report_fact(report, total);
        if (g_strcmp0(own->unit, amount->unit) == 0 &&
            slip_digits(own->value) >= LISTED_DIGITS_MIN &&
            (slip ? fact_slip(amount, own->value) != SLIP_NONE : fit_same(own, amount)))
            return total;
    }
    return REPORT_NONE;
}

/* The end of the facts behind a count in its sentence, before the next count of the same. */
static guint sentence_end(const TableIndex *index, const Listed *listed, guint count) {
    const Report *report = index->report;
    const Fact *own = report_fact(report, count);
    guint i = count + 1;
    while (i < report->facts->len && same_sentence(report, own, report_fact(report, i)) &&
           !counts_rows(index, report_fact(report, i), listed))
        i++;
    return i;
}

static gboolean is_ruled(const Report *report, const Listed *listed) {
    return document_table(report->document, listed->table)->ruled;
}

static void relate_count(const TableIndex *index, const Listed *listed, guint count,
                         gboolean certain) {
    Report *report = index->report;
    const Fact *fact = report_fact(report, count);
    guint relation = relation_begin(report, "CNT-02", fact->place);
    report_relation(report, relation)->certain = certain && is_ruled(report, listed);
    report_relation(report, relation)->scope = fact->label;
    relation_add(report, relation, count, "total");
    relation_count(report, relation, listed->n, listed->place);
}

static void relate_amount(const TableIndex *index, const Listed *listed, guint amount,
                          guint total) {
    Report *report = index->report;
    guint relation = relation_begin(report, "XSC-02", report_fact(report, amount)->place);
    report_relation(report, relation)->certain = is_ruled(report, listed);
    report_relation(report, relation)->scope = report_fact(report, amount)->label;
    relation_add(report, relation, amount, "same");
    relation_add(report, relation, total, "same");
}

/* The amounts behind a count: those that are totals, and, where the count fits, what but for a
 * slip would be a total that no other amount is. Gives how many are. */
static guint relate_amounts(const TableIndex *index, const Listed *listed, guint count,
                            gboolean fits) {
    const Report *report = index->report;
    guint end = sentence_end(index, listed, count);
    g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint pass = 0; pass < (fits ? 2 : 1); pass++)
        for (guint i = count + 1; i < end; i++) {
            const Fact *fact = report_fact(report, i);
            guint total = !is_amount(fact) ||
                                  (pass > 0 && total_of(report, listed, fact, FALSE) != REPORT_NONE)
                              ? REPORT_NONE
                              : total_of(report, listed, fact, pass > 0);
            gboolean free = total != REPORT_NONE;
            for (guint k = 0; pass > 0 && k < taken->len; k++)
                free &= g_array_index(taken, guint, k) != total;
            if (!free)
                continue;
            relate_amount(index, listed, i, total);
            g_array_append_val(taken, total);
        }
    return taken->len;
}

/* How many figures of the list's section count its rows. */
static guint rivals(const TableIndex *index, const Listed *listed) {
    guint n = 0;
    for (guint i = 0; i < index->report->facts->len; i++) {
        const Fact *fact = report_fact(index->report, i);
        n += fact->section == listed->section && counts_rows(index, fact, listed) ? 1 : 0;
    }
    return n;
}

static void relate_list(const TableIndex *index, const Listed *listed) {
    const Report *report = index->report;
    guint others = rivals(index, listed);
    for (guint i = 0; i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i);
        if (!counts_rows(index, fact, listed))
            continue;
        gint64 off = (gint64)fact->value.coefficient - (gint64)listed->n;
        gboolean near = fact->section == listed->section && (off == 0 || others == 1);
        guint amounts = relate_amounts(index, listed, i, off == 0);
        if (amounts > 0 || (near && ABS(off) <= MISCOUNT_MAX))
            relate_count(index, listed, i, amounts > 0);
    }
}

/* An average in the list's section is of its column of scores. */
static void relate_mean(const TableIndex *index, const Listed *listed) {
    Report *report = index->report;
    for (guint i = 0; listed->scores->len > 0 && i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i);
        if (fact->table != DOCUMENT_NONE || fact->kind != FIGURE_SCORE || fact->label == NULL ||
            fact->section != listed->section ||
            !table_words_has(index->words, TABLE_MEAN, fact->label))
            continue;
        guint relation = relation_begin(report, "SCO-07", fact->place);
        report_relation(report, relation)->certain = is_ruled(report, listed);
        report_relation(report, relation)->scope = fact->label;
        relation_add(report, relation, i, "total");
        for (guint k = 0; k < listed->scores->len; k++)
            relation_add(report, relation, g_array_index(listed->scores, guint, k), "part");
    }
}

void relate_lists_with_text(TableIndex *index) {
    for (guint i = 0; i < index->lists->len; i++) {
        relate_list(index, list_at(index, i));
        relate_mean(index, list_at(index, i));
    }
}
