/* The Report as XML: flat lists of elements whose attributes are the columns of the database; the
 * Document it was read from comes first. Attributes without a value are left out. */
#include "extract/markup.h"
#include "normalize/report.h"

static void write_index(MarkupWriter *writer, const char *name, guint index) {
    if (index != REPORT_NONE)
        markup_write_number(writer, name, index);
}

static void write_flag(MarkupWriter *writer, const char *name, gboolean value) {
    markup_write_text(writer, name, value ? "yes" : NULL);
}

static void write_span(MarkupWriter *writer, const char *name, Span span) {
    char text[32];
    g_snprintf(text, sizeof text, "%u %u", span.start, span.end);
    markup_write_text(writer, name, text);
}

static void write_decimal(MarkupWriter *writer, const char *name, Decimal value) {
    g_autofree char *text = decimal_text(value);
    markup_write_text(writer, name, text);
}

static void write_section(MarkupWriter *writer, const Section *section) {
    markup_start(writer, "section");
    write_index(writer, "parent", section->parent);
    markup_write_text(writer, "code", section->code);
    markup_write_text(writer, "number", section->number);
    markup_write_text(writer, "title", section->title);
    markup_write_number(writer, "level", (guint)section->level);
    markup_write_number(writer, "page", section->page);
    write_index(writer, "block", section->block);
    markup_end(writer);
}

static void write_value(MarkupWriter *writer, const Fact *fact) {
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

static void write_fact(MarkupWriter *writer, const Fact *fact) {
    markup_start(writer, "fact");
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
    markup_end(writer);
}

static void write_numeral(MarkupWriter *writer, const Numeral *numeral) {
    markup_start(writer, numeral->state == NUMERAL_CLAIMED ? "claimed" : "unread");
    markup_write_text(writer, "kind", numeral->kind);
    write_span(writer, "place", numeral->place);
    markup_write_text(writer, "pattern", numeral->pattern);
    markup_end(writer);
}

static void write_members(MarkupWriter *writer, const GArray *members) {
    for (guint i = 0; i < members->len; i++) {
        const Member *member = &g_array_index(members, Member, i);
        markup_start(writer, "member");
        markup_write_number(writer, "fact", member->fact);
        markup_write_text(writer, "role", member->role);
        markup_write_text(writer, "sign", member->sign < 0 ? "-" : NULL);
        write_flag(writer, "inferred", member->inferred);
        markup_end(writer);
    }
}

static void write_relation(MarkupWriter *writer, const Relation *relation) {
    markup_start(writer, "relation");
    markup_write_text(writer, "rule", relation->rule);
    write_flag(writer, "guessed", !relation->certain);
    markup_write_text(writer, "scope", relation->scope);
    write_span(writer, "place", (Span){relation->first_item, relation->last_item});
    if (relation->counted >= 0) {
        markup_write_number(writer, "counted", (guint)relation->counted);
        write_span(writer, "counted-place", relation->counted_place);
    }
    write_members(writer, relation->members);
    markup_end(writer);
}

static void write_check(MarkupWriter *writer, const Check *check) {
    markup_start(writer, "check");
    markup_write_text(writer, "rule", check->rule);
    markup_write_text(writer, "outcome", outcome_name(check->outcome));
    markup_write_text(writer, "reason", check->reason);
    write_index(writer, "finding", check->finding);
    write_members(writer, check->members);
    markup_end(writer);
}

static void write_finding(MarkupWriter *writer, const Finding *finding) {
    markup_start(writer, "finding");
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
    markup_end(writer);
}

static void write_table(MarkupWriter *writer, const TableReading *table) {
    markup_start(writer, "reading");
    markup_write_text(writer, "unit", table->unit);
    markup_write_text(writer, "kind", table->kind);
    markup_end(writer);
}

#define WRITE_LIST(name, array, Type, write)                                                       \
    do {                                                                                           \
        markup_start(writer, name);                                                                \
        for (guint i = 0; i < (array)->len; i++)                                                   \
            write(writer, &g_array_index(array, Type, i));                                         \
        markup_end(writer);                                                                        \
    } while (0)

static void write_report(MarkupWriter *writer, const void *data) {
    const Report *report = data;
    markup_start(writer, "report");
    markup_write_text(writer, "version", "1");
    markup_write_text(writer, "title", report->title);
    markup_write_text(writer, "department", report->department);
    if (report->year != 0)
        markup_write_number(writer, "year", (guint)report->year);
    markup_write_text(writer, "doc-type", report->doc_type);
    markup_write_text(writer, "subject", report->subject);
    markup_write_text(writer, "inferred", report->inferred);
    markup_write_text(writer, "family", report->family);
    markup_write_text(writer, "grade", report->grade);
    markup_write_text(writer, "patterns", report->patterns);
    document_write_element(report->document, writer);
    WRITE_LIST("sections", report->sections, Section, write_section);
    WRITE_LIST("tables", report->tables, TableReading, write_table);
    WRITE_LIST("facts", report->facts, Fact, write_fact);
    WRITE_LIST("numerals", report->numerals, Numeral, write_numeral);
    WRITE_LIST("relations", report->relations, Relation, write_relation);
    WRITE_LIST("checks", report->checks, Check, write_check);
    WRITE_LIST("findings", report->findings, Finding, write_finding);
    markup_end(writer);
}

GString *report_write(const Report *report, GError **error) {
    (void)error;
    return markup_write(write_report, report);
}
