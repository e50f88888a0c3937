#include "normalize/check/quote.h"
#include <string.h>

/* Digits between separators; decimals that a sum of money has. */
enum { THOUSANDS = 3, CENTS = 2 };

guint place_page(const Report *report, guint character) {
    guint line = document_line_of(report->document, character);
    return line == DOCUMENT_NONE ? 0 : document_line(report->document, line)->page;
}

guint fact_page(const Report *report, guint fact) {
    return place_page(report, report_fact(report, fact)->place.start);
}

const char *fact_name(const Fact *fact) {
    if (fact->label != NULL && *fact->label != '\0')
        return fact->label;
    return fact->concept == NULL ? "" : fact->concept;
}

static const char *fact_unit(const Fact *fact) {
    if (fact->printed_unit != NULL)
        return fact->printed_unit;
    return fact->unit == NULL ? "" : fact->unit;
}

/* As printed; a cell without its unit gets the one of its table. */
void quote_raw(GString *text, const Fact *fact) {
    const char *unit = fact_unit(fact);
    g_string_append(text, fact->raw);
    gsize length = strlen(fact->raw);
    if (length > 0 && g_ascii_isdigit(fact->raw[length - 1]))
        g_string_append(text, unit);
}

void quote_page(GString *text, guint page) {
    if (page != 0)
        g_string_append_printf(text, "（第%u页）", page);
}

void quote_fact(GString *text, const Report *report, guint fact) {
    quote_raw(text, report_fact(report, fact));
    quote_page(text, fact_page(report, fact));
}

static gboolean ends_in_bracket(const char *name) {
    return g_str_has_suffix(name, ")") || g_str_has_suffix(name, "）");
}

/* The name of a cell's figure by its first and its last head, where it has many; to be freed. */
static char *quote_short_name(const char *name) {
    g_auto(GStrv) parts = g_strsplit(name, "·", -1);
    guint n = g_strv_length(parts);
    if (n < 3 || (n == 3 && !ends_in_bracket(parts[1])))
        return g_strdup(name);
    return g_strconcat(parts[0], "·", parts[n - 1], NULL);
}

/* “‘三公’经费”: quotes within quotes are single. */
void quote_name(GString *text, const char *printed) {
    g_autofree char *name = quote_short_name(printed);
    g_autoptr(GString) inner = g_string_new(name);
    g_string_replace(inner, "“", "‘", 0);
    g_string_replace(inner, "”", "’", 0);
    g_string_append_printf(text, "“%s”", inner->str);
}

void quote_named(GString *text, const Report *report, guint fact) {
    const char *name = fact_name(report_fact(report, fact));
    if (*name != '\0')
        quote_name(text, name);
    quote_fact(text, report, fact);
}

/* 12345.60 as 12,345.60. */
static void append_separated(GString *text, const char *number) {
    const char *point = strchr(number, '.');
    gsize whole = point == NULL ? strlen(number) : (gsize)(point - number);
    for (gsize i = 0; i < whole; i++) {
        gboolean digit_before = i > 0 && g_ascii_isdigit(number[i - 1]);
        if (digit_before && (whole - i) % THOUSANDS == 0)
            g_string_append_c(text, ',');
        g_string_append_c(text, number[i]);
    }
    g_string_append(text, number + whole);
}

/* With at least `decimals`, separated where the like is. */
static void append_number(GString *text, const Fact *like, Decimal value, int decimals) {
    Decimal printed;
    if (!decimal_scale(value, -like->unit_power, &printed))
        printed = value;
    printed = decimal_trim(printed);
    g_autofree char *number = decimal_text_fixed(printed, MAX(printed.decimals, decimals));
    if (strchr(like->raw, ',') != NULL)
        append_separated(text, number);
    else
        g_string_append(text, number);
    g_string_append(text, fact_unit(like));
}

void quote_value(GString *text, const Fact *like, Decimal value) {
    append_number(text, like, value, MIN(like->decimals, CENTS));
}

void quote_printed(GString *text, const Fact *like, Decimal value) {
    append_number(text, like, value, like->decimals);
}
