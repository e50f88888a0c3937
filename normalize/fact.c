#include "normalize/fact.h"
#include "normalize/concept.h"
#include "normalize/section.h"
#include <string.h>

Fact *fact_add(FactReading *reading, const Quantity *quantity, const char *name,
               const FactSite *site) {
    Report *report = reading->report;
    const Prose *prose = reading->prose;
    const gunichar *codes = (const gunichar *)prose->codes->data;
    g_autofree char *text = quantity_text(quantity);
    g_autofree char *high = quantity_text_high(quantity);
    g_autofree char *raw = characters_text(codes, quantity->start, quantity->end);
    g_autofree char *unit = characters_text(codes, quantity->unit_start, quantity->unit_end);
    Fact fact = {.kind = quantity->kind,
                 .qualifier = quantity->qualifier,
                 .label = report_string(report, name),
                 .value = quantity->value,
                 .value_high = quantity->value_high,
                 .divisor = quantity->divisor,
                 .text = report_string(report, text),
                 .text_high = report_string(report, high),
                 .unit = report_string(report, quantity->unit),
                 .printed_unit = *unit == '\0' ? NULL : report_string(report, unit),
                 .decimals = quantity->decimals,
                 .unit_power = quantity->unit_power,
                 .raw = report_string(report, raw),
                 .section = reading->sections[site->block],
                 .block = site->block,
                 .table = site->table,
                 .row = site->row,
                 .column = site->column,
                 .place = {prose->origin + quantity->start, prose->origin + quantity->end},
                 .source = site->table == DOCUMENT_NONE ? "text" : "table",
                 .confidence = -1,
                 .pattern = report_string(report, quantity->pattern)};
    const Line *line =
        document_line(report->document, document_line_of(report->document, fact.place.start));
    if (line->confidence >= 0) {
        fact.confidence = line->confidence;
        fact.source = "ocr";
    }
    g_array_append_val(report->facts, fact);
    return report_fact(report, report->facts->len - 1);
}

void fact_set_concept(FactReading *reading, Fact *fact) {
    const Concepts *concepts = patterns_concepts(reading->patterns);
    const Wording *wording = patterns_wording(reading->patterns);
    if (wording_suffix(wording, WORDS_CHANGE, fact->label, strlen(fact->label)) > 0)
        return; /* 支出总计增加 is no 支出总计 */
    fact->concept =
        report_string(reading->report, concepts_find(concepts, fact->kind, fact->label));
}

void fact_set_label(FactReading *reading, Fact *fact, const Label *label) {
    Report *report = reading->report;
    fact->subject = report_string(report, label->subject);
    if (label->entity != NULL && g_strcmp0(label->entity, report->department) != 0)
        fact->entity = report_string(report, label->entity);
    char year[16];
    g_snprintf(year, sizeof year, "%d", report->year + label->years);
    if (label->period != NULL)
        fact->period = report_string(report, label->period);
    else if (report->year != 0)
        fact->period = report_string(report, year);
}

void numeral_add(FactReading *reading, NumeralState state, guint start, guint end, const char *kind,
                 const char *pattern) {
    Numeral numeral = {.state = state,
                       .place = {reading->prose->origin + start, reading->prose->origin + end},
                       .kind = report_string(reading->report, kind),
                       .pattern = report_string(reading->report, pattern)};
    g_array_append_val(reading->report->numerals, numeral);
}

void numerals_of_scan(FactReading *reading) {
    const QuantityScan *scan = reading->prose->scan;
    for (guint i = 0; i < scan->claims->len; i++) {
        const Claim *claim = &g_array_index(scan->claims, Claim, i);
        numeral_add(reading, NUMERAL_CLAIMED, claim->start, claim->end, claim->kind,
                    claim->pattern);
    }
    for (guint i = 0; i < scan->unread->len; i++) {
        const Unread *unread = &g_array_index(scan->unread, Unread, i);
        numeral_add(reading, NUMERAL_UNREAD, unread->start, unread->end, unread->reason, NULL);
    }
}

void numerals_claim_all(FactReading *reading, const char *kind) {
    const GArray *quantities = reading->prose->scan->quantities;
    for (guint i = 0; i < quantities->len; i++) {
        const Quantity *quantity = &g_array_index(quantities, Quantity, i);
        numeral_add(reading, NUMERAL_CLAIMED, quantity->start, quantity->end, kind, NULL);
    }
}

static int compare_facts(gconstpointer a, gconstpointer b) {
    const Fact *p = a, *q = b;
    return (p->place.start > q->place.start) - (p->place.start < q->place.start);
}

static int compare_numerals(gconstpointer a, gconstpointer b) {
    const Numeral *p = a, *q = b;
    return (p->place.start > q->place.start) - (p->place.start < q->place.start);
}

/* Most documents are read in their order, and to sort moves every element many times. */
static void sort_if_needed(GArray *array, GCompareFunc compare) {
    const guint size = g_array_get_element_size(array);
    for (guint i = 1; i < array->len; i++)
        if (compare(array->data + (gsize)(i - 1) * size, array->data + (gsize)i * size) > 0) {
            g_array_sort(array, compare);
            return;
        }
}

void facts_read(Report *report, const Patterns *patterns) {
    g_autofree guint *sections = sections_of_blocks(report);
    g_autoptr(Prose) prose = prose_new();
    g_autoptr(Labeller) labeller = labeller_new(patterns_wording(patterns));
    FactReading reading = {.report = report,
                           .patterns = patterns,
                           .sections = sections,
                           .prose = prose,
                           .labeller = labeller};
    for (guint i = 0; i < report->document->blocks->len; i++) {
        if (document_block(report->document, i)->kind == BLOCK_TABLE)
            facts_of_table(&reading, i);
        else
            facts_of_block(&reading, i);
    }
    sort_if_needed(report->facts, compare_facts);
    sort_if_needed(report->numerals, compare_numerals);
}
