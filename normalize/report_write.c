/* The Report as XML: flat lists of elements whose attributes are the columns of the database; the
 * Document it was read from comes first. Attributes without a value are left out. */
#include "extract/markup.h"
#include "normalize/report.h"
#include <libxml/xmlwriter.h>

static void write_index(xmlTextWriterPtr writer, const char *name, guint index) {
    if (index != REPORT_NONE)
        markup_write_number(writer, name, index);
}

static void write_flag(xmlTextWriterPtr writer, const char *name, gboolean value) {
    markup_write_text(writer, name, value ? "yes" : NULL);
}

static void write_span(xmlTextWriterPtr writer, const char *name, Span span) {
    char text[32];
    g_snprintf(text, sizeof text, "%u %u", span.start, span.end);
    markup_write_text(writer, name, text);
}

static void write_decimal(xmlTextWriterPtr writer, const char *name, Decimal value) {
    g_autofree char *text = decimal_text(value);
    markup_write_text(writer, name, text);
}

static void write_section(xmlTextWriterPtr writer, const Section *section) {
    xmlTextWriterStartElement(writer, BAD_CAST "section");
    write_index(writer, "parent", section->parent);
    markup_write_text(writer, "code", section->code);
    markup_write_text(writer, "number", section->number);
    markup_write_text(writer, "title", section->title);
    markup_write_number(writer, "level", (guint)section->level);
    markup_write_number(writer, "page", section->page);
    write_index(writer, "block", section->block);
    xmlTextWriterEndElement(writer);
}

static void write_value(xmlTextWriterPtr writer, const Fact *fact) {
    markup_write_text(writer, "value", fact->text);
    markup_write_text(writer, "value-high", fact->text_high);
    markup_write_text(writer, "unit", fact->unit);
    markup_write_text(writer, "qualifier", qualifier_name(fact->qualifier));
    markup_write_number(writer, "decimals", (guint)fact->decimals);
    markup_write_text(writer, "printed-unit", fact->printed_unit);
    if (fact->unit_power != 0) {
        char power[16];
        g_snprintf(power, sizeof power, "%d", fact->unit_power);
        markup_write_text(writer, "unit-power", power);
    }
    if (fact->kind == FIGURE_RATIO) {
        write_decimal(writer, "amount", fact->value);
        write_decimal(writer, "divisor", fact->divisor);
    }
}

static void write_fact(xmlTextWriterPtr writer, const Fact *fact) {
    xmlTextWriterStartElement(writer, BAD_CAST "fact");
    markup_write_text(writer, "kind", figure_kind_name(fact->kind));
    write_value(writer, fact);
    markup_write_text(writer, "raw", fact->raw);
    markup_write_text(writer, "label", fact->label);
    markup_write_text(writer, "concept", fact->concept);
    markup_write_text(writer, "role", fact->role);
    markup_write_text(writer, "period", fact->period);
    markup_write_text(writer, "entity", fact->entity);
    markup_write_text(writer, "subject", fact->subject);
    write_index(writer, "section", fact->section);
    write_index(writer, "block", fact->block);
    write_index(writer, "table", fact->table);
    write_index(writer, "row", fact->row);
    write_index(writer, "column", fact->column);
    write_span(writer, "place", fact->place);
    markup_write_text(writer, "source", fact->source);
    if (fact->confidence >= 0)
        markup_write_coordinates(writer, "confidence", &fact->confidence, 1);
    markup_write_text(writer, "pattern", fact->pattern);
    xmlTextWriterEndElement(writer);
}

static void write_numeral(xmlTextWriterPtr writer, const Numeral *numeral) {
    xmlTextWriterStartElement(writer,
                              BAD_CAST(numeral->state == NUMERAL_CLAIMED ? "claimed" : "unread"));
    markup_write_text(writer, "kind", numeral->kind);
    write_span(writer, "place", numeral->place);
    markup_write_text(writer, "pattern", numeral->pattern);
    xmlTextWriterEndElement(writer);
}

static void write_members(xmlTextWriterPtr writer, const GArray *members) {
    for (guint i = 0; i < members->len; i++) {
        const Member *member = &g_array_index(members, Member, i);
        xmlTextWriterStartElement(writer, BAD_CAST "member");
        markup_write_number(writer, "fact", member->fact);
        markup_write_text(writer, "role", member->role);
        markup_write_text(writer, "sign", member->sign < 0 ? "-" : NULL);
        write_flag(writer, "inferred", member->inferred);
        xmlTextWriterEndElement(writer);
    }
}

static void write_relation(xmlTextWriterPtr writer, const Relation *relation) {
    xmlTextWriterStartElement(writer, BAD_CAST "relation");
    markup_write_text(writer, "rule", relation->rule);
    write_flag(writer, "guessed", !relation->certain);
    markup_write_text(writer, "scope", relation->scope);
    write_span(writer, "place", (Span){relation->first_item, relation->last_item});
    if (relation->counted >= 0) {
        markup_write_number(writer, "counted", (guint)relation->counted);
        write_span(writer, "counted-place", relation->counted_place);
    }
    write_members(writer, relation->members);
    xmlTextWriterEndElement(writer);
}

static void write_check(xmlTextWriterPtr writer, const Check *check) {
    xmlTextWriterStartElement(writer, BAD_CAST "check");
    markup_write_text(writer, "rule", check->rule);
    markup_write_text(writer, "outcome", outcome_name(check->outcome));
    markup_write_text(writer, "reason", check->reason);
    write_index(writer, "finding", check->finding);
    write_members(writer, check->members);
    xmlTextWriterEndElement(writer);
}

static void write_finding(xmlTextWriterPtr writer, const Finding *finding) {
    xmlTextWriterStartElement(writer, BAD_CAST "finding");
    markup_write_text(writer, "rule", finding->rule);
    markup_write_text(writer, "severity", severity_name(finding->severity));
    markup_write_text(writer, "certainty", certainty_name(finding->certainty));
    markup_write_text(writer, "message", finding->message);
    markup_write_text(writer, "expected", finding->expected);
    markup_write_text(writer, "actual", finding->actual);
    markup_write_text(writer, "difference", finding->difference);
    markup_write_text(writer, "envelope", finding->envelope);
    markup_write_text(writer, "unit", finding->unit);
    markup_write_text(writer, "explanation", finding->explanation);
    markup_write_text(writer, "evidence", finding->evidence);
    write_span(writer, "place", finding->place);
    write_members(writer, finding->members);
    xmlTextWriterEndElement(writer);
}

static void write_table(xmlTextWriterPtr writer, const TableReading *table) {
    xmlTextWriterStartElement(writer, BAD_CAST "reading");
    markup_write_text(writer, "unit", table->unit);
    markup_write_text(writer, "kind", table->kind);
    xmlTextWriterEndElement(writer);
}

#define WRITE_LIST(name, array, Type, write)                                                       \
    do {                                                                                           \
        xmlTextWriterStartElement(writer, BAD_CAST name);                                          \
        for (guint i = 0; i < (array)->len; i++)                                                   \
            write(writer, &g_array_index(array, Type, i));                                         \
        xmlTextWriterEndElement(writer);                                                           \
    } while (0)

static gboolean write_report(xmlTextWriterPtr writer, const void *data, GError **error) {
    const Report *report = data;
    xmlTextWriterStartElement(writer, BAD_CAST "report");
    markup_write_text(writer, "version", "1");
    markup_write_text(writer, "title", report->title);
    markup_write_text(writer, "department", report->department);
    if (report->year != 0)
        markup_write_number(writer, "year", (guint)report->year);
    markup_write_text(writer, "doc-type", report->doc_type);
    markup_write_text(writer, "subject", report->subject);
    markup_write_text(writer, "inferred", report->inferred);
    markup_write_text(writer, "family", report->family);
    markup_write_text(writer, "patterns", report->patterns);
    if (!document_write_element(report->document, writer, error))
        return FALSE;
    WRITE_LIST("sections", report->sections, Section, write_section);
    WRITE_LIST("tables", report->tables, TableReading, write_table);
    WRITE_LIST("facts", report->facts, Fact, write_fact);
    WRITE_LIST("numerals", report->numerals, Numeral, write_numeral);
    WRITE_LIST("relations", report->relations, Relation, write_relation);
    WRITE_LIST("checks", report->checks, Check, write_check);
    WRITE_LIST("findings", report->findings, Finding, write_finding);
    xmlTextWriterEndElement(writer);
    return TRUE;
}

GString *report_write(const Report *report, GError **error) {
    return markup_write(write_report, report, error);
}
