#include "normalize/fact.h"
#include <string.h>

/* Behind 高于5%: 的控制目标. */
enum { GOAL_CHARACTERS_MAX = 7 };

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

/* Where the second of two whole dates begins: 2023年2月20日至【2023年3月31日】; 0 where the second
 * leaves out its year (1至3月). */
static guint second_date(const Prose *prose, const Quantity *quantity) {
    static const gunichar JOINERS[] = {U'至', U'到', U'-', U'—', U'–', U'~', U'～', U'－'};
    gunichar before = 0;
    for (guint i = quantity->start; i < quantity->end; i++) {
        gunichar code = prose_code(prose, i);
        gboolean joiner = FALSE;
        for (gsize k = 0; k < G_N_ELEMENTS(JOINERS); k++)
            joiner |= code == JOINERS[k];
        if (joiner && before == U'日') {
            while (i + 1 < quantity->end && g_unichar_isspace(prose_code(prose, i + 1)))
                i++;
            g_autofree char *rest = prose_text(prose, i + 1, quantity->end);
            return strspn(rest, "0123456789") == 4 ? i + 1 : 0;
        }
        before = g_unichar_isspace(code) ? before : code;
    }
    return 0;
}

static void add_date(FactReading *reading, const Quantity *quantity, const FactSite *site) {
    g_autofree char *name = period_name(reading->prose, quantity);
    Fact *fact = fact_add(reading, quantity, name, site);
    fact_set_concept(reading, fact);
    fact->period = fact->text;
}

/* From one day to another: two dates. */
static void add_two_dates(FactReading *reading, const Quantity *range, guint second,
                          const FactSite *site) {
    Quantity first = *range, last = *range;
    first.qualifier = last.qualifier = QUALIFIER_EXACT;
    last.start = second;
    for (first.end = second - 1; g_unichar_isspace(prose_code(reading->prose, first.end));)
        first.end--;
    memcpy(last.date, range->date_high, sizeof last.date);
    add_date(reading, &first, site);
    add_date(reading, &last, site);
}

/* 2021年【度】 belongs to the year. */
static void add_period(FactReading *reading, const Quantity *quantity, const FactSite *site) {
    const Prose *prose = reading->prose;
    guint second = quantity->kind == FIGURE_DATE && quantity->qualifier == QUALIFIER_RANGE
                       ? second_date(prose, quantity)
                       : 0;
    if (second > 0) {
        add_two_dates(reading, quantity, second, site);
        return;
    }
    Quantity whole = *quantity;
    if (whole.kind == FIGURE_YEAR && whole.end < prose->length &&
        prose_code(prose, whole.end) == U'度')
        whole.end++;
    add_date(reading, &whole, site);
}

static char *name_under(const char *head, const char *name) {
    if (head == NULL || *head == '\0')
        return g_strdup(name);
    return *name == '\0' ? g_strdup(head) : g_strconcat(head, "·", name, NULL);
}

/* The year that a heading names (第三部分 2022年度部门决算情况说明) is that of the report. */
static gboolean is_heading(const FactReading *reading, const FactSite *site) {
    return document_block(reading->report->document, site->block)->kind == BLOCK_HEADING;
}

/* The heading that a paragraph stands under, where it names a project or the like. */
static const char *topic_of(const FactReading *reading, const FactSite *site) {
    guint section = reading->sections[site->block];
    if (section == REPORT_NONE || site->table != DOCUMENT_NONE)
        return NULL;
    const char *title = report_section(reading->report, section)->title;
    return title != NULL && wording_suffix(patterns_wording(reading->patterns), WORDS_TOPIC, title,
                                           strlen(title)) > 0
               ? title
               : NULL;
}

/* 高于5%的控制目标: the figure is the goal, exactly; gives what it is called, or NULL. */
static char *take_goal(const FactReading *reading, Quantity *quantity) {
    const Prose *prose = reading->prose;
    if (quantity->qualifier == QUALIFIER_EXACT || quantity->qualifier == QUALIFIER_RANGE ||
        quantity->start >= quantity->number_start || quantity->end >= prose->length)
        return NULL;
    g_autofree char *behind =
        prose_text(prose, quantity->end, MIN(quantity->end + GOAL_CHARACTERS_MAX, prose->length));
    gsize n;
    const char *goal = wording_find(patterns_wording(reading->patterns), WORDS_GOAL, behind, &n);
    if (!g_str_has_prefix(behind, "的") || goal == NULL)
        return NULL;
    quantity->qualifier = QUALIFIER_EXACT;
    quantity->start = quantity->number_start;
    return g_strndup(behind + strlen("的"), (gsize)(goal - behind) + n - strlen("的"));
}

static void add_labelled(FactReading *reading, const Quantity *quantity, const Label *label,
                         const FactSite *site, const char *head) {
    Quantity figure = *quantity;
    g_autofree char *goal = take_goal(reading, &figure);
    for (guint k = 0; k < label->names->len; k++) {
        g_autofree char *own = g_strconcat(label->names->pdata[k], goal, NULL);
        g_autofree char *name = name_under(head, own);
        Fact *fact = fact_add(reading, &figure, name, site);
        fact_set_concept(reading, fact);
        fact_set_label(reading, fact, label);
    }
}

void facts_of_prose(FactReading *reading, const FactSite *site, const char *head) {
    const Prose *prose = reading->prose;
    numerals_of_scan(reading);
    if (prose->scan->quantities->len == 0)
        return;
    labeller_start(reading->labeller, prose, topic_of(reading, site));
    for (guint i = 0; i < prose->scan->quantities->len; i++) {
        const Quantity *quantity = prose_quantity(prose, i);
        if (quantity->kind == FIGURE_YEAR || quantity->kind == FIGURE_DATE) {
            if (is_heading(reading, site))
                numeral_add(reading, NUMERAL_CLAIMED, quantity->start, quantity->end, "title",
                            quantity->pattern);
            else
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

void facts_of_dates(FactReading *reading, const FactSite *site, const char *kind) {
    const Prose *prose = reading->prose;
    numerals_of_scan(reading);
    for (guint i = 0; i < prose->scan->quantities->len; i++) {
        const Quantity *quantity = prose_quantity(prose, i);
        if (quantity->kind == FIGURE_DATE)
            add_period(reading, quantity, site);
        else
            numeral_add(reading, NUMERAL_CLAIMED, quantity->start, quantity->end, kind,
                        quantity->pattern);
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
