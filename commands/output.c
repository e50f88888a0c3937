#include "commands/output.h"
#include "commands/printable.h"
#include "commands/stream.h"
#include "load/export/csv.h"
#include "load/export/json.h"
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

enum {
    OUTPUT_CHUNK_BYTES = 65536,
    TABLE_ROWS_MEASURED = 200, /* columns are as wide as in the first rows */
};

gboolean format_parse(const char *name, Format *format) {
    static const char *const NAMES[] = {"table", "csv", "json"};
    *format = FORMAT_TABLE;
    if (name == NULL)
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (g_str_equal(name, NAMES[i])) {
            *format = (Format)i;
            return TRUE;
        }
    return FALSE;
}

static const char *const WORDS[] = {
    N_("error"), N_("warning"),   N_("hint"),      N_("proven"),    N_("suspected"),
    N_("open"),  N_("confirmed"), N_("explained"), N_("corrected"), N_("dismissed")};

const char *output_word(const char *value) {
    for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++)
        if (g_str_equal(value, WORDS[i]))
            return _(WORDS[i]);
    return value;
}

const char *output_word_meant(const char *word) {
    for (gsize i = 0; word != NULL && i < G_N_ELEMENTS(WORDS); i++)
        if (g_str_equal(word, _(WORDS[i])))
            return WORDS[i];
    return word;
}

/* Words of other columns; they are not taken as options. */
static const char *const PLACE_WORDS[] = {N_("heading"), N_("paragraph"), N_("cell"),
                                          N_("caption"), N_("fact"),      N_("finding"),
                                          N_("added"),   N_("removed"),   N_("changed")};

static const char *place_word(const char *value) {
    for (gsize i = 0; i < G_N_ELEMENTS(PLACE_WORDS); i++)
        if (g_str_equal(value, PLACE_WORDS[i]))
            return _(PLACE_WORDS[i]);
    return value;
}

static const char *shown(const char *column, const char *value) {
    return g_str_equal(column, "severity") || g_str_equal(column, "certainty") ||
                   g_str_equal(column, "status")
               ? output_word(value)
           : g_str_equal(column, "kind") || g_str_equal(column, "what") ||
                   g_str_equal(column, "change")
               ? place_word(value)
               : value;
}

/* What stands above a column. */
static const char *heading_word(const char *column) {
    static const char *const NAMES[][2] = {
        {"department", N_("department")},
        {"year", N_("year")},
        {"file", N_("file")},
        {"page", N_("page")},
        {"reason", N_("reason")},
        {"text", N_("text")},
        {"times", N_("times")},
        {"rules", N_("rules")},
        {"finding", N_("finding")},
        {"rule", N_("rule")},
        {"message", N_("message")},
        {"status", N_("status")},
        {"note", N_("note")},
        {"reviewer", N_("reviewer")},
        {"reviewed_at", N_("reviewed at")},
        {"code", N_("code")},
        {"name", N_("name")},
        {"aliases", N_("aliases")},
        {"parent", N_("parent")},
        {"valid_from", N_("valid from")},
        {"valid_to", N_("valid to")},
        {"documents", N_("documents")},
        {"first_year", N_("first year")},
        {"last_year", N_("last year")},
        {"version", N_("version")},
        {"previous", N_("previous")},
        {"run", N_("run")},
        {"what", N_("what")},
        {"change", N_("change")},
        {"label", N_("label")},
        {"before", N_("before")},
        {"after", N_("after")},
        {"kind", N_("kind")},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (g_str_equal(column, NAMES[i][0]))
            return _(NAMES[i][1]);
    return column;
}

typedef struct {
    GPtrArray *headings; /* until they are printed; NULL: none, or printed */
    GPtrArray *waiting;  /* GPtrArray of cells: rows until the widths are known */
    GArray *widths;
} TableLayout;

static GPtrArray *table_cells(const Query *query) {
    GPtrArray *cells = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i < query_columns(query); i++) {
        const char *text = query_text(query, i);
        gboolean shows = text != NULL && query_kind(query, i) != VALUE_JSON;
        g_ptr_array_add(cells, printable_text(shows ? shown(query_name(query, i), text) : ""));
    }
    return cells;
}

static void append_cells(GString *out, const GPtrArray *cells, const GArray *widths) {
    gsize end = out->len;
    for (guint i = 0; i < cells->len; i++) {
        guint width = g_array_index(widths, guint, i);
        const char *text = cells->pdata[i];
        if (width == 0)
            continue;
        g_string_append(out, text);
        if (*text != '\0')
            end = out->len;
        for (guint w = printable_width(text); w < width + 2; w++)
            g_string_append_c(out, ' ');
    }
    g_string_truncate(out, end);
    g_string_append_c(out, '\n');
}

/* Columns in which nothing stands have no heading either. */
static void append_headings(GString *out, TableLayout *layout) {
    if (layout->headings == NULL || layout->waiting->len == 0)
        return;
    for (guint i = 0; i < layout->headings->len; i++) {
        guint *width = &g_array_index(layout->widths, guint, i);
        if (*width > 0)
            *width = MAX(*width, printable_width(layout->headings->pdata[i]));
    }
    append_cells(out, layout->headings, layout->widths);
    g_clear_pointer(&layout->headings, g_ptr_array_unref);
}

static void append_waiting(GString *out, TableLayout *layout) {
    append_headings(out, layout);
    for (guint r = 0; r < layout->waiting->len; r++)
        append_cells(out, layout->waiting->pdata[r], layout->widths);
    g_ptr_array_set_size(layout->waiting, 0);
}

static void append_table_row(GString *out, const Query *query, TableLayout *layout) {
    g_autoptr(GPtrArray) cells = table_cells(query);
    g_array_set_size(layout->widths, cells->len);
    for (guint i = 0; i < cells->len; i++) {
        guint *width = &g_array_index(layout->widths, guint, i);
        *width = MAX(*width, printable_width(cells->pdata[i]));
    }
    g_ptr_array_add(layout->waiting, g_steal_pointer(&cells));
    if (layout->waiting->len >= TABLE_ROWS_MEASURED)
        append_waiting(out, layout);
}

static void append_row(GString *out, const Query *query, Format format, guint row,
                       TableLayout *layout) {
    if (format == FORMAT_TABLE)
        append_table_row(out, query, layout);
    else if (format == FORMAT_CSV)
        csv_append_row(out, query);
    else {
        g_string_append(out, row == 0 ? "[" : ",\n");
        json_append_row(out, query);
    }
}

static gboolean flush(GString *out, gsize above) {
    if (out->len <= above)
        return TRUE;
    gboolean printed = stream_print(out);
    g_string_truncate(out, 0);
    return printed;
}

static gboolean print_rows(Query *query, Format format, RowSeen seen, gpointer data,
                           TableLayout *layout) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    guint row = 0;
    if (format == FORMAT_CSV) {
        g_string_append(out, CSV_START);
        csv_append_heading(out, query);
    }
    for (; query_next(query, &error); row++) {
        append_row(out, query, format, row, layout);
        if (seen != NULL)
            seen(query, data);
        if (!flush(out, OUTPUT_CHUNK_BYTES))
            return FALSE;
    }
    append_waiting(out, layout);
    if (format == FORMAT_JSON)
        g_string_append(out, row == 0 ? "[]\n" : "]\n");
    if (error != NULL)
        g_printerr("gouji: %s\n", error->message);
    else if (row == 0 && format == FORMAT_TABLE)
        g_printerr(_("there is nothing to list\n"));
    return flush(out, 0) && error == NULL;
}

/* People at a terminal read them; programs that read the table do not expect them. */
static GPtrArray *make_headings(const Query *query, Format format) {
    if (format != FORMAT_TABLE || !isatty(STDOUT_FILENO))
        return NULL;
    GPtrArray *headings = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i < query_columns(query); i++)
        g_ptr_array_add(headings, g_strdup(heading_word(query_name(query, i))));
    return headings;
}

gboolean output_print(Query *query, Format format, RowSeen seen, gpointer data) {
    TableLayout layout = {.headings = make_headings(query, format),
                          .waiting = g_ptr_array_new_with_free_func(
                              (GDestroyNotify)(void (*)(void))g_ptr_array_unref),
                          .widths = g_array_new(FALSE, TRUE, sizeof(guint))};
    gboolean printed = print_rows(query, format, seen, data, &layout);
    g_clear_pointer(&layout.headings, g_ptr_array_unref);
    g_ptr_array_unref(layout.waiting);
    g_array_unref(layout.widths);
    return printed;
}
