#include "normalize/fact.h"

/* 2021年度【部门预算】: a year is named by what it leads in. */
static char *period_name(const Prose *prose, const Quantity *quantity) {
    guint from = quantity->end;
    while (from < prose->length && prose_mark(prose, from) == MARK_QUANTITY)
        from++;
    guint end = clause_end(prose, from);
    if (end > from)
        return prose_text(prose, from, end);
    return prose_text(prose, clause_start(prose, quantity->start), quantity->start);
}

static void add_period(FactReading *reading, const Quantity *quantity, const FactSite *site) {
    g_autofree char *name = period_name(reading->prose, quantity);
    Fact *fact = fact_add(reading, quantity, name, site);
    fact->period = fact->text;
}

static char *name_under(const char *head, const char *name) {
    if (head == NULL || *head == '\0')
        return g_strdup(name);
    return *name == '\0' ? g_strdup(head) : g_strconcat(head, "·", name, NULL);
}

static void add_labelled(FactReading *reading, const Quantity *quantity, const Label *label,
                         const FactSite *site, const char *head) {
    for (guint k = 0; k < label->names->len; k++) {
        g_autofree char *name = name_under(head, label->names->pdata[k]);
        fact_set_label(reading, fact_add(reading, quantity, name, site), label);
    }
}

void facts_of_prose(FactReading *reading, const FactSite *site, const char *head) {
    const Prose *prose = reading->prose;
    numerals_of_scan(reading);
    labeller_start(reading->labeller, prose, NULL);
    for (guint i = 0; i < prose->scan->quantities->len; i++) {
        const Quantity *quantity = prose_quantity(prose, i);
        if (quantity->kind == FIGURE_YEAR || quantity->kind == FIGURE_DATE) {
            add_period(reading, quantity, site);
            continue;
        }
        Label label;
        labeller_read(reading->labeller, i, &label);
        if (quantity->kind == FIGURE_RANK && !label.placing)
            numeral_add(reading, NUMERAL_CLAIMED, quantity->start, quantity->end, "ordinal",
                        quantity->pattern);
        else
            add_labelled(reading, quantity, &label, site, head);
    }
}

void facts_of_block(FactReading *reading, guint index) {
    const Document *document = reading->report->document;
    const Block *block = document_block(document, index);
    FactSite site = {index, DOCUMENT_NONE, DOCUMENT_NONE, DOCUMENT_NONE};
    if (block->lines.count == 0)
        return;
    prose_read(reading->prose, document, document_lines_span(document, block->lines),
               reading->patterns);
    if (block->kind != BLOCK_FURNITURE && (block->kind != BLOCK_HEADING || block->level > 0)) {
        facts_of_prose(reading, &site, NULL);
        return;
    }
    numerals_of_scan(reading);
    numerals_claim_all(reading, block->kind == BLOCK_HEADING ? "title"
                                : block->name == NULL        ? "furniture"
                                                             : block->name);
}
