#include "extract/markup.h"
#include "extract/markup_scan.h"
#include <glib/gi18n.h>
#include <string.h>

struct Markup {
    MarkupScan scan;
    MarkupToken token;
    const char *what;
    GQuark domain;
    int code;
    guint hint; /* attribute to look at first: they are asked for in the order they stand in */
    GError *error;
};

Markup *markup_new(const char *bytes, gsize length, const char *what, GQuark domain, int code) {
    Markup *markup = g_new0(Markup, 1);
    markup->what = what;
    markup->domain = domain;
    markup->code = code;
    markup_scan_begin(&markup->scan, bytes, length);
    return markup;
}

void markup_free(Markup *markup) {
    if (markup == NULL)
        return;
    markup_scan_clear(&markup->scan);
    g_clear_error(&markup->error);
    g_free(markup);
}

gboolean markup_fail(Markup *markup, const char *reason) {
    if (markup->error == NULL)
        markup->error = g_error_new(markup->domain, markup->code, _("line %u: not a %s: %s"),
                                    markup_scan_line(&markup->scan), markup->what, reason);
    return FALSE;
}

static gboolean advance(Markup *markup) {
    if (markup->error != NULL)
        return FALSE;
    markup->hint = 0;
    markup->token = markup_scan_next(&markup->scan);
    return markup->token != MARKUP_BROKEN || markup_fail(markup, markup->scan.reason);
}

gboolean markup_finish(Markup *markup, GError **error) {
    if (markup->error == NULL && markup->scan.depth == 0)
        advance(markup);
    if (markup->error == NULL)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&markup->error));
    return FALSE;
}

gboolean markup_root(Markup *markup, const char *name) {
    return advance(markup) &&
           (markup_is(markup, name) || markup_fail(markup, _("another root element")));
}

gboolean markup_is(const Markup *markup, const char *name) {
    const MarkupName *own = &markup->scan.name;
    return *own->start == *name && strncmp(own->start, name, own->length) == 0 &&
           name[own->length] == '\0';
}

MarkupChildren markup_children(Markup *markup) {
    return (MarkupChildren){.depth = markup->scan.depth, .ended = markup->scan.empty};
}

static gboolean is_white(const char *text) {
    while (*text == ' ' || *text == '\n' || *text == '\t' || *text == '\r')
        text++;
    return *text == '\0';
}

gboolean markup_next(Markup *markup, MarkupChildren *children) {
    while (!children->ended) {
        markup_scan_skip_blanks(&markup->scan);
        if (!advance(markup))
            return FALSE;
        if (markup->token == MARKUP_START)
            return TRUE;
        if (markup->token == MARKUP_END)
            children->ended = markup->scan.depth < children->depth;
        else if (!is_white(markup->scan.text->str))
            return markup_fail(markup, _("text where none belongs"));
    }
    return FALSE;
}

const char *markup_text(Markup *markup) {
    if (markup->scan.empty)
        return "";
    if (!advance(markup))
        return NULL;
    const gboolean blank = markup->token == MARKUP_END;
    if (markup->token == MARKUP_TEXT && !advance(markup))
        return NULL;
    if (markup->token == MARKUP_END)
        return blank ? "" : markup->scan.text->str;
    markup_fail(markup, _("an element inside of text"));
    return NULL;
}

static gboolean is_named(const MarkupAttribute *attribute, const char *name) {
    const MarkupName *own = &attribute->name;
    for (guint i = 0; i < own->length; i++)
        if (own->start[i] != name[i])
            return FALSE;
    return name[own->length] == '\0';
}

static const char *take_attribute(Markup *markup, guint i) {
    markup->hint = i + 1;
    return markup->scan.values->str + markup->scan.attributes[i].value;
}

const char *markup_attribute(Markup *markup, const char *name) {
    const MarkupScan *scan = &markup->scan;
    if (markup->hint < scan->attributes_count && is_named(&scan->attributes[markup->hint], name))
        return take_attribute(markup, markup->hint);
    const MarkupName sought = {name, (guint)strlen(name)};
    if ((scan->marks & markup_name_mark(sought)) == 0)
        return NULL;
    for (guint i = 0; i < scan->attributes_count; i++)
        if (is_named(&scan->attributes[i], name))
            return take_attribute(markup, i);
    return NULL;
}

gboolean markup_has(Markup *markup, const char *name) {
    return markup_attribute(markup, name) != NULL;
}

static gboolean is_digit(char c) { return (guchar)(c - '0') < 10; }

gboolean markup_parse_number(const char **cursor, guint maximum, guint *result) {
    guint64 number = 0;
    const char *p = *cursor;
    if (!is_digit(*p))
        return FALSE;
    for (; is_digit(*p); p++)
        if ((number = number * 10 + (guint)(*p - '0')) > maximum)
            return FALSE;
    *result = (guint)number;
    *cursor = p;
    return TRUE;
}

gboolean markup_number(Markup *markup, const char *name, guint minimum, guint maximum,
                       guint fallback, guint *result) {
    const char *value = markup_attribute(markup, name);
    guint number = fallback;
    if ((value != NULL && (!markup_parse_number(&value, maximum, &number) || *value != '\0')) ||
        number < minimum || number > maximum)
        return markup_fail(markup, name);
    *result = number;
    return TRUE;
}

gboolean markup_parse_coordinate(const char **cursor, float *value) {
    const char *p = *cursor;
    gboolean negative = *p == '-';
    long whole = 0, hundredths = 0, scale = 10;
    if (negative)
        p++;
    if (!is_digit(*p))
        return FALSE;
    for (; is_digit(*p); p++)
        if ((whole = whole * 10 + (*p - '0')) > 10 * 1000 * 1000)
            return FALSE;
    if (*p == '.')
        for (p++; is_digit(*p) && scale > 0; p++, scale /= 10)
            hundredths += (*p - '0') * scale;
    long total = whole * 100 + hundredths;
    *value = (float)(negative ? -total : total) / 100.0F;
    *cursor = p;
    return TRUE;
}

gboolean markup_coordinates(Markup *markup, const char *name, float *values, guint n) {
    const char *text = markup_attribute(markup, name);
    const char *cursor = text;
    gboolean fine = text != NULL;
    for (guint i = 0; fine && i < n; i++)
        fine = (i == 0 || *cursor++ == ' ') && markup_parse_coordinate(&cursor, &values[i]);
    return (fine && *cursor == '\0') || markup_fail(markup, name);
}
