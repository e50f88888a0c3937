/* gouji parse: each line of standard input, the quantities in it. */
#include "commands/commands.h"
#include "commands/parse_facts.h"
#include "normalize/quantity.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OUTPUT_FLUSH_BYTES = 1 << 16 };

typedef struct {
    gboolean json, explain;
    guint line;
    const gunichar *codes;
    guint n_codes;
    GString *out;
} Printer;

static void append_number(GString *out, guint value) {
    char digits[12];
    int at = sizeof digits;
    do
        digits[--at] = (char)('0' + value % 10);
    while ((value /= 10) != 0);
    g_string_append_len(out, digits + at, (gssize)sizeof digits - at);
}

static void append_json_text(GString *out, const char *text) {
    if (text == NULL) {
        g_string_append(out, "null");
        return;
    }
    g_string_append_c(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            g_string_append_c(out, '\\');
        if ((guchar)*text < 0x20)
            g_string_append_printf(out, "\\u%04x", (guint)(guchar)*text);
        else
            g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}

static void append_member(GString *out, const char *name, const char *text) {
    g_string_append(out, ",\"");
    g_string_append(out, name);
    g_string_append(out, "\":");
    append_json_text(out, text);
}

static void append_span(Printer *printer, guint start, guint end) {
    GString *out = printer->out;
    if (printer->json) {
        if (out->str[out->len - 1] != '[')
            g_string_append_c(out, ',');
        g_string_append(out, "{\"start\":");
        append_number(out, start);
        g_string_append(out, ",\"end\":");
        append_number(out, end);
    } else
        g_string_append_printf(out, "%u\t%u\t%u", printer->line, start, end);
}

static void print_fields(Printer *printer, guint start, guint end, const char *const *names,
                         const char *const *values) {
    append_span(printer, start, end);
    for (gsize i = 0; names[i] != NULL; i++) {
        if (printer->json)
            append_member(printer->out, names[i], values[i]);
        else
            g_string_append_printf(printer->out, "\t%s", values[i] == NULL ? "" : values[i]);
    }
    g_string_append_c(printer->out, printer->json ? '}' : '\n');
}

static void print_quantity(Printer *printer, const Quantity *quantity) {
    static const char *const NAMES[] = {"kind",      "value", "value_high", "unit",
                                        "qualifier", "raw",   NULL,         NULL};
    static const char *const EXPLAINED[] = {"kind",      "value", "value_high", "unit",
                                            "qualifier", "raw",   "pattern",    NULL};
    g_autofree char *value = quantity_text(quantity);
    g_autofree char *high = quantity_text_high(quantity);
    g_autofree char *raw = characters_text(printer->codes, quantity->start, quantity->end);
    const char *values[] = {figure_kind_name(quantity->kind),
                            value,
                            high,
                            quantity->unit,
                            qualifier_name(quantity->qualifier),
                            raw,
                            quantity->pattern};
    print_fields(printer, quantity->start, quantity->end, printer->explain ? EXPLAINED : NAMES,
                 values);
}

static void print_other(Printer *printer, const char *what, guint start, guint end,
                        const char *kind, const char *pattern) {
    const char *const names[] = {what, "raw", "pattern", NULL};
    g_autofree char *raw = characters_text(printer->codes, start, end);
    g_autofree char *said = g_strdup_printf("(%s) %s", what, kind);
    const char *const values[] = {printer->json ? kind : said, raw, pattern};
    if (printer->json) {
        print_fields(printer, start, end, names, values);
        return;
    }
    append_span(printer, start, end);
    g_string_append_printf(printer->out, "\t%s\t\t\t\t\t%s\t%s\n", said, raw,
                           pattern == NULL ? "" : pattern);
}

/* Quantities, and with --explain all that was claimed or left, in the order of the line. */
static void print_scan(Printer *printer, const QuantityScan *scan) {
    guint q = 0, c = 0, u = 0;
    if (printer->json)
        g_string_append_c(printer->out, '[');
    for (;;) {
        const Quantity *quantity =
            q < scan->quantities->len ? &g_array_index(scan->quantities, Quantity, q) : NULL;
        const Claim *claim = printer->explain && c < scan->claims->len
                                 ? &g_array_index(scan->claims, Claim, c)
                                 : NULL;
        const Unread *unread = printer->explain && u < scan->unread->len
                                   ? &g_array_index(scan->unread, Unread, u)
                                   : NULL;
        guint at_quantity = quantity == NULL ? G_MAXUINT : quantity->start;
        guint at_claim = claim == NULL ? G_MAXUINT : claim->start;
        guint at_unread = unread == NULL ? G_MAXUINT : unread->start;
        if (MIN(at_quantity, MIN(at_claim, at_unread)) == G_MAXUINT)
            break;
        if (at_quantity <= at_claim && at_quantity <= at_unread) {
            print_quantity(printer, quantity);
            q++;
        } else if (at_claim <= at_unread) {
            print_other(printer, "claim", claim->start, claim->end, claim->kind, claim->pattern);
            c++;
        } else {
            print_other(printer, "unread", unread->start, unread->end, unread->reason, NULL);
            u++;
        }
    }
    if (printer->json)
        g_string_append(printer->out, "]\n");
}

/* Decodes into `codes`, which has room for every byte; a byte that is no UTF-8 is U+FFFD. */
static guint decode(const char *line, gsize length, gunichar *codes) {
    guint n = 0;
    for (const char *at = line, *end = line + length; at < end;) {
        if ((guchar)*at < 0x80) {
            codes[n++] = (guchar)*at++;
            continue;
        }
        gunichar code = g_utf8_get_char_validated(at, end - at);
        gboolean valid = code != (gunichar)-1 && code != (gunichar)-2;
        codes[n++] = valid ? code : 0xFFFD;
        at = valid ? g_utf8_next_char(at) : at + 1;
    }
    return n;
}

static gboolean flush_output(Printer *printer) {
    gboolean written = fwrite(printer->out->str, 1, printer->out->len, stdout) == printer->out->len;
    g_string_truncate(printer->out, 0);
    return written;
}

static gboolean parse_lines(const Patterns *patterns, Printer *printer) {
    g_autoptr(QuantityScan) scan = quantity_scan_new();
    char *line = NULL;
    size_t room = 0;
    gsize codes_room = 0;
    gunichar *codes = NULL;
    gboolean written = TRUE;
    for (gssize length; written && (length = getline(&line, &room, stdin)) >= 0;) {
        while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
            length--;
        if (codes_room < (gsize)length + 1) {
            codes_room = MAX((gsize)length + 1, codes_room * 2);
            codes = g_renew(gunichar, codes, codes_room);
        }
        printer->line++;
        printer->codes = codes;
        printer->n_codes = decode(line, (gsize)length, codes);
        quantity_scan(patterns, codes, printer->n_codes, scan);
        print_scan(printer, scan);
        if (printer->out->len >= OUTPUT_FLUSH_BYTES)
            written = flush_output(printer);
    }
    free(line);
    g_free(codes);
    return flush_output(printer) && written && fflush(stdout) == 0;
}

int command_parse(int argc, char **argv) {
    g_autofree char *format = NULL, *folder = NULL;
    gboolean explain = FALSE, facts = FALSE;
    const GOptionEntry entries[] = {
        {"format", 0, 0, G_OPTION_ARG_STRING, &format, N_("json (default) or table"), "FORMAT"},
        {"explain", 0, 0, G_OPTION_ARG_NONE, &explain,
         N_("show which pattern took which characters, and what is no figure"), NULL},
        {"facts", 0, 0, G_OPTION_ARG_NONE, &facts,
         N_("read the lines as one report and show what its figures are called"), NULL},
        {"patterns", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("folder of pattern files"), "DIR"},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) options = g_option_context_new(NULL);
    g_option_context_set_summary(options,
                                 _("Reads the quantities of each line of standard input."));
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    if (!g_option_context_parse(options, &argc, &argv, &error) || argc != 1 ||
        (format != NULL && !g_str_equal(format, "json") && !g_str_equal(format, "table"))) {
        g_printerr("gouji parse: %s\n",
                   error != NULL ? error->message : _("--format is json or table; no other words"));
        return EXIT_CANNOT_WORK;
    }
    g_autoptr(Patterns) patterns = patterns_load(folder, &error);
    if (patterns == NULL) {
        g_printerr("gouji parse: %s\n", error->message);
        return EXIT_CANNOT_WORK;
    }
    if (facts) {
        if (parse_facts(patterns, &error))
            return EXIT_DONE;
        g_printerr("gouji parse: %s\n", error == NULL ? g_strerror(errno) : error->message);
        return EXIT_SOME_FAILED;
    }
    Printer printer = {.json = format == NULL || g_str_equal(format, "json"),
                       .explain = explain,
                       .out = g_string_sized_new(OUTPUT_FLUSH_BYTES * 2)};
    gboolean done = parse_lines(patterns, &printer);
    g_string_free(printer.out, TRUE);
    return done ? EXIT_DONE : EXIT_SOME_FAILED;
}
