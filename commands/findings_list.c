#include "commands/findings_list.h"
#include "commands/printable.h"
#include "commands/stream.h"
#include <glib/gi18n.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    COLUMNS_MIN = 60,    /* a narrower terminal folds by itself */
    SENTENCE_INDENT = 8, /* columns before a sentence */
};

typedef struct {
    GString *out;
    guint columns; /* of the terminal; 0: do not fold */
    char *report;  /* that the last finding was of */
    int department, year, type, subject, file, id, page, rule, title, severity, certainty, message,
        explanation, status;
} FindingsList;

static guint terminal_columns(void) {
    struct winsize size = {0};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < COLUMNS_MIN)
        return 0;
    return size.ws_col;
}

static void append_indent(GString *out) { g_string_append_printf(out, "%*s", SENTENCE_INDENT, ""); }

/* Punctuation that may not begin a line. */
static gboolean closes(gunichar code) {
    GUnicodeType type = g_unichar_type(code);
    return type == G_UNICODE_CLOSE_PUNCTUATION || type == G_UNICODE_FINAL_PUNCTUATION ||
           type == G_UNICODE_OTHER_PUNCTUATION;
}

/* Between Han, and at spaces; a figure or a word of Latin letters stays whole. */
static gboolean breaks_before(gunichar before, gunichar code) {
    return before == ' ' || (!closes(code) && (g_unichar_iswide(before) || g_unichar_iswide(code)));
}

static void append_folded(const FindingsList *list, const char *text) {
    g_autofree char *safe = printable_text(text);
    GString *out = list->out;
    append_indent(out);
    gsize start = out->len, chance = 0; /* of the line at hand; 0: nowhere to break yet */
    gunichar before = 0;
    for (const char *p = safe; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar code = g_utf8_get_char(p);
        if (before != 0 && breaks_before(before, code))
            chance = out->len;
        g_string_append_unichar(out, code);
        before = code;
        if (list->columns == 0 || chance <= start ||
            SENTENCE_INDENT + printable_width(out->str + start) <= list->columns)
            continue;
        g_autofree char *indent = g_strdup_printf("\n%*s", SENTENCE_INDENT, "");
        g_string_insert(out, (gssize)chance, indent);
        start = chance + 1 + SENTENCE_INDENT;
        chance = 0;
    }
    g_string_append_c(out, '\n');
}

static void append_field(GString *out, const Query *query, int column) {
    const char *text = query_text(query, column);
    if (text == NULL)
        return;
    g_autofree char *safe = printable_text(text);
    if (out->len > 0)
        g_string_append(out, "  ");
    g_string_append(out, safe);
}

static void append_report(FindingsList *list, const Query *query) {
    g_autoptr(GString) report = g_string_new(NULL);
    const int fields[] = {list->department, list->year, list->type, list->subject, list->file};
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
        append_field(report, query, fields[i]);
    if (g_strcmp0(report->str, list->report) == 0)
        return;
    g_string_append_printf(list->out, "%s%s\n", list->report == NULL ? "" : "\n", report->str);
    g_free(list->report);
    list->report = g_strdup(report->str);
}

static void append_finding(const FindingsList *list, const Query *query) {
    GString *out = list->out;
    g_string_append_printf(out, "%5s   %s (%s)  %s", query_text(query, list->id),
                           output_word(query_text(query, list->severity)),
                           output_word(query_text(query, list->certainty)),
                           query_text(query, list->rule));
    if (query_text(query, list->page) != NULL) {
        g_string_append(out, "  ");
        g_string_append_printf(out, _("page %s"), query_text(query, list->page));
    }
    append_field(out, query, list->title);
    const char *status = query_text(query, list->status);
    if (!g_str_equal(status, "open"))
        g_string_append_printf(out, "  [%s]", output_word(status));
    g_string_append_c(out, '\n');
    append_folded(list, query_text(query, list->message));
    if (query_text(query, list->explanation) != NULL)
        append_folded(list, query_text(query, list->explanation));
}

static int column_of(const Query *query, const char *name) {
    int column = 0;
    while (!g_str_equal(query_name(query, column), name))
        column++;
    return column;
}

static FindingsList list_of(const Query *query) {
    return (FindingsList){
        .columns = terminal_columns(),
        .department = column_of(query, "department"),
        .year = column_of(query, "year"),
        .type = column_of(query, "doc_type"),
        .subject = column_of(query, "subject"),
        .file = column_of(query, "file"),
        .id = column_of(query, "id"),
        .page = column_of(query, "page"),
        .rule = column_of(query, "rule"),
        .title = column_of(query, "title"),
        .severity = column_of(query, "severity"),
        .certainty = column_of(query, "certainty"),
        .message = column_of(query, "message"),
        .explanation = column_of(query, "explanation"),
        .status = column_of(query, "status"),
    };
}

gboolean findings_list_print(Query *query, RowSeen seen, gpointer data) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    FindingsList list = list_of(query);
    list.out = out;
    gboolean printed = TRUE;
    while (printed && query_next(query, &error)) {
        append_report(&list, query);
        append_finding(&list, query);
        seen(query, data);
        printed = stream_print(out);
        g_string_truncate(out, 0);
    }
    g_free(list.report);
    if (error != NULL)
        g_printerr("gouji: %s\n", error->message);
    return printed && error == NULL;
}
