/* The bytes are those of libxml2's own writer with an indent of one space, at an eighth of its
 * cost, which was a fifth of all that follows Poppler. Elements hold elements or text, never both.
 */
#include "extract/markup.h"
#include <string.h>

enum { DEPTH_MAX = 32, TEXT_BYTES_START = 64 * 1024, COORDINATE_BYTES = 24 };

struct MarkupWriter {
    GString *text;
    guint depth;
    const char *names[DEPTH_MAX]; /* of the open elements */
    gboolean tag_open;            /* the last start tag still takes attributes */
    gboolean text_last;           /* the element holds text: its end follows at once */
};

/* A few bytes, which mostly find room. */
static inline void append_bytes(GString *text, const char *bytes, gsize n) {
    if (text->len + n >= text->allocated_len) {
        g_string_append_len(text, bytes, (gssize)n);
        return;
    }
    memcpy(text->str + text->len, bytes, n);
    text->len += n;
    text->str[text->len] = '\0';
}

static void append_text(GString *text, const char *plain) {
    append_bytes(text, plain, strlen(plain));
}

static void indent(MarkupWriter *writer) {
    static const char SPACES[DEPTH_MAX + 1] = "                                ";
    append_bytes(writer->text, SPACES, writer->depth);
}

static void close_tag(MarkupWriter *writer, const char *end) {
    if (writer->tag_open)
        append_text(writer->text, end);
    writer->tag_open = FALSE;
}

void markup_start(MarkupWriter *writer, const char *name) {
    g_assert(writer->depth < DEPTH_MAX);
    close_tag(writer, ">\n");
    indent(writer);
    g_string_append_c(writer->text, '<');
    append_text(writer->text, name);
    writer->names[writer->depth++] = name;
    writer->tag_open = TRUE;
    writer->text_last = FALSE;
}

void markup_end(MarkupWriter *writer) {
    g_assert(writer->depth > 0);
    const char *name = writer->names[--writer->depth];
    if (writer->tag_open)
        close_tag(writer, "/>\n");
    else {
        if (!writer->text_last)
            indent(writer);
        append_text(writer->text, "</");
        append_text(writer->text, name);
        append_text(writer->text, ">\n");
    }
    writer->text_last = FALSE;
}

/* What stands for a byte in text or, more strictly, in an attribute; NULL: itself. XML has no way
 * to write the other control characters. */
static const char *escape(guchar byte, gboolean attribute) {
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\r':
        return "&#13;";
    case '"':
        return "&quot;";
    case '\n':
        return attribute ? "&#10;" : NULL;
    case '\t':
        return attribute ? "&#9;" : NULL;
    default:
        return byte < 0x20 ? "\xEF\xBF\xBD" : NULL;
    }
}

static void append_escaped(GString *text, const char *value, gboolean attribute) {
    const char *plain = value;
    for (; *value != '\0'; value++) {
        const char *instead = (guchar)*value > '>' ? NULL : escape((guchar)*value, attribute);
        if (instead == NULL)
            continue;
        append_bytes(text, plain, (gsize)(value - plain));
        append_text(text, instead);
        plain = value + 1;
    }
    append_bytes(text, plain, (gsize)(value - plain));
}

void markup_content(MarkupWriter *writer, const char *value) {
    close_tag(writer, ">");
    append_escaped(writer->text, value, FALSE);
    writer->text_last = TRUE;
}

/* Shortest text with at most two decimals, before `at` in `digits`; gives where it begins. */
static gsize write_coordinate(float value, char *digits, gsize at) {
    long hundredths = (long)((double)(value * 100) + (value < 0 ? -0.5 : 0.5));
    gboolean negative = hundredths < 0;
    unsigned long rest = (unsigned long)(negative ? -hundredths : hundredths);
    unsigned long fraction = rest % 100;
    if (fraction % 10 != 0)
        digits[--at] = (char)('0' + fraction % 10);
    if (fraction != 0) {
        digits[--at] = (char)('0' + fraction / 10);
        digits[--at] = '.';
    }
    rest /= 100;
    do
        digits[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) != 0);
    if (negative)
        digits[--at] = '-';
    return at;
}

void markup_append_coordinate(GString *text, float value) {
    char digits[COORDINATE_BYTES];
    gsize at = write_coordinate(value, digits, sizeof digits);
    append_bytes(text, digits + at, sizeof digits - at);
}

void markup_append_range(GString *text, float low, float high) {
    char digits[2 * COORDINATE_BYTES];
    gsize at = write_coordinate(high, digits, sizeof digits);
    digits[--at] = ':';
    at = write_coordinate(low, digits, at);
    append_bytes(text, digits + at, sizeof digits - at);
}

static void begin_attribute(MarkupWriter *writer, const char *name) {
    g_assert(writer->tag_open);
    g_string_append_c(writer->text, ' ');
    append_text(writer->text, name);
    append_text(writer->text, "=\"");
}

void markup_write_text(MarkupWriter *writer, const char *name, const char *value) {
    if (value == NULL)
        return;
    begin_attribute(writer, name);
    append_escaped(writer->text, value, TRUE);
    g_string_append_c(writer->text, '"');
}

GString *markup_begin_text(MarkupWriter *writer, const char *name) {
    begin_attribute(writer, name);
    return writer->text;
}

void markup_end_text(MarkupWriter *writer) { g_string_append_c(writer->text, '"'); }

void markup_write_number(MarkupWriter *writer, const char *name, guint value) {
    char digits[12];
    gsize at = sizeof digits;
    do
        digits[--at] = (char)('0' + value % 10);
    while ((value /= 10) != 0);
    begin_attribute(writer, name);
    append_bytes(writer->text, digits + at, sizeof digits - at);
    g_string_append_c(writer->text, '"');
}

void markup_write_coordinates(MarkupWriter *writer, const char *name, const float *values,
                              guint n) {
    begin_attribute(writer, name);
    for (guint i = 0; i < n; i++) {
        if (i > 0)
            g_string_append_c(writer->text, ' ');
        markup_append_coordinate(writer->text, values[i]);
    }
    g_string_append_c(writer->text, '"');
}

GString *markup_write(MarkupBody body, const void *data) {
    MarkupWriter writer = {.text = g_string_sized_new(TEXT_BYTES_START)};
    g_string_append(writer.text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    body(&writer, data);
    return writer.text;
}
