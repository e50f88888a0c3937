/* Reading the Report's XML. Nothing is trusted: every index is checked against the list it points
 * into, which is why the lists come in the order document, sections, facts, …, findings; checks
 * point forward to findings and are checked at the end. */
#include "extract/markup.h"
#include "normalize/report.h"
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_MAX = 20 * 1000 * 1000, UNIT_POWER_MAX = 20 };

typedef struct {
    Markup *markup;
    Report *report;
} Reader;

static const char *read_string(Reader *reader, const char *name) {
    return report_string(reader->report, markup_attribute(reader->markup, name));
}

/* An index below `n`; REPORT_NONE where the attribute is missing. */
static gboolean read_index(Reader *reader, const char *name, guint n, guint *index) {
    *index = REPORT_NONE;
    if (!markup_has(reader->markup, name))
        return TRUE;
    if (n == 0)
        return markup_fail(reader->markup, name);
    return markup_number(reader->markup, name, 0, n - 1, 0, index);
}

static gboolean read_flag(Reader *reader, const char *name) {
    return g_strcmp0(markup_attribute(reader->markup, name), "yes") == 0;
}

static gboolean read_span(Reader *reader, const char *name, Span *span) {
    const char *text = markup_attribute(reader->markup, name);
    const guint n = reader->report->document->characters->len;
    if (text == NULL || !markup_parse_number(&text, n, &span->start) || *text++ != ' ' ||
        !markup_parse_number(&text, n, &span->end) || *text != '\0' || span->end < span->start)
        return markup_fail(reader->markup, name);
    return TRUE;
}

static gboolean read_section(Reader *reader) {
    Section section = {0};
    guint level, n = reader->report->sections->len;
    if (!read_index(reader, "parent", n, &section.parent) ||
        !markup_number(reader->markup, "level", 0, 9, 0, &level) ||
        !markup_number(reader->markup, "page", 0, DOCUMENT_PAGES_MAX, 0, &section.page) ||
        !read_index(reader, "block", reader->report->document->blocks->len, &section.block))
        return FALSE;
    section.level = (int)level;
    section.code = read_string(reader, "code");
    section.number = read_string(reader, "number");
    section.title = read_string(reader, "title");
    g_array_append_val(reader->report->sections, section);
    return TRUE;
}

static gboolean read_table(Reader *reader) {
    TableReading table = {.unit = read_string(reader, "unit"), .kind = read_string(reader, "kind")};
    if (reader->report->tables->len >= reader->report->document->tables->len)
        return markup_fail(reader->markup, _("more readings than tables"));
    g_array_append_val(reader->report->tables, table);
    return TRUE;
}

static gboolean read_power(Reader *reader, int *power) {
    const char *text = markup_attribute(reader->markup, "unit-power");
    gint64 value = 0;
    if (text != NULL &&
        !g_ascii_string_to_signed(text, 10, -UNIT_POWER_MAX, UNIT_POWER_MAX, &value, NULL))
        return markup_fail(reader->markup, "unit-power");
    *power = (int)value;
    return TRUE;
}

static gboolean read_decimal(Reader *reader, const char *name, Decimal *value) {
    const char *text = markup_attribute(reader->markup, name);
    return (text != NULL && decimal_parse(text, value)) || markup_fail(reader->markup, name);
}

static gboolean read_value(Reader *reader, Fact *fact) {
    const char *kind = markup_attribute(reader->markup, "kind");
    const char *qualifier = markup_attribute(reader->markup, "qualifier");
    guint decimals;
    if (!figure_kind_parse(kind, &fact->kind) || !qualifier_parse(qualifier, &fact->qualifier))
        return markup_fail(reader->markup, _("unknown kind or qualifier"));
    if (!markup_number(reader->markup, "decimals", 0, DECIMAL_DECIMALS_MAX, 0, &decimals) ||
        !read_power(reader, &fact->unit_power))
        return FALSE;
    fact->decimals = (int)decimals;
    fact->text = read_string(reader, "value");
    fact->text_high = read_string(reader, "value-high");
    fact->divisor = decimal_from_integer(1);
    if (fact->text == NULL)
        return markup_fail(reader->markup, "value");
    if (fact->kind == FIGURE_DATE)
        return TRUE;
    if (fact->kind == FIGURE_RATIO)
        return read_decimal(reader, "amount", &fact->value) &&
               read_decimal(reader, "divisor", &fact->divisor);
    if (!read_decimal(reader, "value", &fact->value))
        return FALSE;
    fact->value_high = fact->value;
    return fact->text_high == NULL || read_decimal(reader, "value-high", &fact->value_high);
}

static gboolean read_place(Reader *reader, Fact *fact) {
    const Document *document = reader->report->document;
    if (!read_span(reader, "place", &fact->place) ||
        !read_index(reader, "section", reader->report->sections->len, &fact->section) ||
        !read_index(reader, "block", document->blocks->len, &fact->block) ||
        !read_index(reader, "table", document->tables->len, &fact->table))
        return FALSE;
    guint rows = 0, columns = 0;
    if (fact->table != DOCUMENT_NONE) {
        rows = document_table(document, fact->table)->rows;
        columns = document_table(document, fact->table)->columns;
    }
    return read_index(reader, "row", rows, &fact->row) &&
           read_index(reader, "column", columns, &fact->column);
}

static gboolean read_fact(Reader *reader) {
    Fact fact = {.confidence = -1};
    if (!read_value(reader, &fact) || !read_place(reader, &fact))
        return FALSE;
    if (markup_has(reader->markup, "confidence") &&
        !markup_coordinates(reader->markup, "confidence", &fact.confidence, 1))
        return FALSE;
    fact.unit = read_string(reader, "unit");
    fact.printed_unit = read_string(reader, "printed-unit");
    fact.raw = read_string(reader, "raw");
    fact.label = read_string(reader, "label");
    fact.concept = read_string(reader, "concept");
    fact.role = read_string(reader, "role");
    fact.period = read_string(reader, "period");
    fact.entity = read_string(reader, "entity");
    fact.subject = read_string(reader, "subject");
    fact.source = read_string(reader, "source");
    fact.pattern = read_string(reader, "pattern");
    if (fact.raw == NULL || fact.source == NULL)
        return markup_fail(reader->markup, _("a fact without raw or source"));
    g_array_append_val(reader->report->facts, fact);
    return TRUE;
}

static gboolean read_numeral(Reader *reader) {
    Numeral numeral = {.kind = read_string(reader, "kind"),
                       .pattern = read_string(reader, "pattern")};
    numeral.state = markup_is(reader->markup, "claimed") ? NUMERAL_CLAIMED : NUMERAL_UNREAD;
    if (numeral.kind == NULL)
        return markup_fail(reader->markup, "kind");
    if (!read_span(reader, "place", &numeral.place))
        return FALSE;
    g_array_append_val(reader->report->numerals, numeral);
    return TRUE;
}

static gboolean read_members(Reader *reader, GArray *members) {
    MarkupChildren children = markup_children(reader->markup);
    guint n = reader->report->facts->len;
    while (markup_next(reader->markup, &children)) {
        Member member = {.sign = 1};
        if (n == 0 || !markup_number(reader->markup, "fact", 0, n - 1, REPORT_NONE, &member.fact))
            return markup_fail(reader->markup, "fact");
        member.role = read_string(reader, "role");
        if (markup_has(reader->markup, "sign"))
            member.sign = -1;
        member.inferred = read_flag(reader, "inferred");
        g_array_append_val(members, member);
    }
    return children.ended;
}

static gboolean read_counted(Reader *reader, Relation *relation) {
    guint counted;
    if (!markup_has(reader->markup, "counted"))
        return TRUE;
    if (!markup_number(reader->markup, "counted", 0, LIST_MAX, 0, &counted))
        return FALSE;
    relation->counted = counted;
    return read_span(reader, "counted-place", &relation->counted_place);
}

static gboolean read_relation(Reader *reader) {
    Span place;
    const char *rule = read_string(reader, "rule");
    if (rule == NULL || !read_span(reader, "place", &place))
        return markup_fail(reader->markup, "rule");
    Relation *relation = report_relation(reader->report, report_add_relation(reader->report, rule));
    relation->certain = !read_flag(reader, "guessed");
    relation->scope = read_string(reader, "scope");
    relation->first_item = place.start;
    relation->last_item = place.end;
    return read_counted(reader, relation) && read_members(reader, relation->members);
}

static gboolean read_check(Reader *reader) {
    Outcome outcome;
    const char *rule = read_string(reader, "rule");
    const char *name = markup_attribute(reader->markup, "outcome");
    if (rule == NULL || !outcome_parse(name, &outcome))
        return markup_fail(reader->markup, "outcome");
    Check *check = report_check(reader->report, report_add_check(reader->report, rule, outcome));
    check->reason = read_string(reader, "reason");
    if (!read_index(reader, "finding", LIST_MAX, &check->finding))
        return FALSE;
    return read_members(reader, check->members);
}

static gboolean read_finding(Reader *reader) {
    Severity severity;
    Certainty certainty;
    const char *rule = read_string(reader, "rule");
    const char *severe = markup_attribute(reader->markup, "severity");
    const char *certain = markup_attribute(reader->markup, "certainty");
    if (rule == NULL || !severity_parse(severe, &severity) || !certainty_parse(certain, &certainty))
        return markup_fail(reader->markup, _("unknown severity or certainty"));
    Finding *finding = report_finding(
        reader->report, report_add_finding(reader->report, rule, severity, certainty));
    finding->message = read_string(reader, "message");
    finding->expected = read_string(reader, "expected");
    finding->actual = read_string(reader, "actual");
    finding->difference = read_string(reader, "difference");
    finding->envelope = read_string(reader, "envelope");
    finding->unit = read_string(reader, "unit");
    finding->explanation = read_string(reader, "explanation");
    finding->evidence = read_string(reader, "evidence");
    if (finding->message == NULL)
        return markup_fail(reader->markup, "message");
    return read_span(reader, "place", &finding->place) && read_members(reader, finding->members);
}

typedef gboolean (*ReadItem)(Reader *reader);

static const struct {
    const char *list, *item;
    ReadItem read;
} LISTS[] = {
    {"sections", "section", read_section},
    {"tables", "reading", read_table},
    {"facts", "fact", read_fact},
    {"numerals", NULL, read_numeral},
    {"relations", "relation", read_relation},
    {"checks", "check", read_check},
    {"findings", "finding", read_finding},
};

static gboolean read_list(Reader *reader, guint list) {
    MarkupChildren children = markup_children(reader->markup);
    while (markup_next(reader->markup, &children)) {
        if (LISTS[list].item != NULL && !markup_is(reader->markup, LISTS[list].item))
            return markup_fail(reader->markup, _("unknown element"));
        if (!LISTS[list].read(reader))
            return FALSE;
    }
    return children.ended;
}

static gboolean read_head(Reader *reader) {
    Report *report = reader->report;
    guint year;
    if (!markup_number(reader->markup, "year", 0, 9999, 0, &year))
        return FALSE;
    report->year = (int)year;
    report->title = read_string(reader, "title");
    report->department = read_string(reader, "department");
    report->doc_type = read_string(reader, "doc-type");
    report->subject = read_string(reader, "subject");
    report->inferred = read_string(reader, "inferred");
    report->family = read_string(reader, "family");
    report->grade = read_string(reader, "grade");
    report->patterns = read_string(reader, "patterns");
    return TRUE;
}

/* The document first, then each list at most once, in order. */
static gboolean read_lists(Reader *reader) {
    MarkupChildren children = markup_children(reader->markup);
    guint next = 0;
    if (!markup_next(reader->markup, &children))
        return markup_fail(reader->markup, _("a Report without its Document"));
    Document *document = document_read_element(reader->markup);
    if (document == NULL)
        return markup_fail(reader->markup, _("a Report without its Document"));
    document_free(reader->report->document);
    reader->report->document = document;
    while (markup_next(reader->markup, &children)) {
        while (next < G_N_ELEMENTS(LISTS) && !markup_is(reader->markup, LISTS[next].list))
            next++;
        if (next == G_N_ELEMENTS(LISTS))
            return markup_fail(reader->markup, _("unknown element"));
        if (!read_list(reader, next++))
            return FALSE;
    }
    return children.ended;
}

static gboolean links_fit(Reader *reader) {
    for (guint i = 0; i < reader->report->checks->len; i++) {
        guint finding = report_check(reader->report, i)->finding;
        if (finding != REPORT_NONE && finding >= reader->report->findings->len)
            return markup_fail(reader->markup, _("a check without its finding"));
    }
    return TRUE;
}

Report *report_read(const char *bytes, gsize length, GError **error) {
    g_autoptr(Markup) markup =
        markup_new(bytes, length, "Report", REPORT_ERROR, REPORT_ERROR_SYNTAX);
    g_autoptr(Report) report = report_new(document_new());
    Reader reader = {.markup = markup, .report = report};
    gboolean fine = markup_root(markup, "report") && read_head(&reader) && read_lists(&reader) &&
                    links_fit(&reader);
    return markup_finish(markup, error) && fine ? g_steal_pointer(&report) : NULL;
}
