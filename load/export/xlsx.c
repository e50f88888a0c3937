#include "load/export/xlsx.h"
#include "load/export/sheets.h"
#include <dlfcn.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum {
    WIDTH_MIN = 6,
    WIDTH_MAX = 30,   /* characters; longer text is wrapped */
    WIDTH_LONG = 46,  /* of columns of sentences */
    LINE_POINTS = 14, /* of a row, for each of its lines */
    LINES_MAX = 29,   /* Excel allows rows of 409 points */
    COLUMNS_MAX = 32,
    TEXT_MAX = 32000,   /* of a cell: Excel allows 32,767 */
    DIGITS_EXACT = 15,  /* of a double */
    ROW_LAST = 1048575, /* the last row of a sheet */
};

/* The library, and the cryptography it brings, would cost every start of the program a quarter of
 * its time; so it is loaded when a spreadsheet is written. */
static const char *const LIBRARY_NAMES[] = {"libxlsxwriter.so.4", "libxlsxwriter.so"};

/* clang-format off */
#define CALLS(CALL) \
    CALL(workbook_add_format) CALL(format_set_font_name) CALL(format_set_font_size) \
    CALL(format_set_border) CALL(format_set_border_color) CALL(format_set_align) \
    CALL(format_set_bold) CALL(format_set_bg_color) CALL(format_set_text_wrap) \
    CALL(format_set_num_format) CALL(worksheet_set_row) CALL(workbook_add_worksheet) \
    CALL(worksheet_write_string) CALL(worksheet_set_column) CALL(worksheet_freeze_panes) \
    CALL(worksheet_autofilter) CALL(worksheet_repeat_rows) CALL(worksheet_set_landscape) \
    CALL(worksheet_set_paper) CALL(worksheet_fit_to_pages) CALL(worksheet_set_footer) \
    CALL(worksheet_set_margins) CALL(worksheet_write_blank) CALL(worksheet_write_number) \
    CALL(workbook_new_opt) CALL(workbook_set_properties) CALL(workbook_close) CALL(lxw_strerror)
/* clang-format on */

#define CALL_MEMBER(name) __typeof__(&name) name;
typedef struct {
    CALLS(CALL_MEMBER)
} Calls;

typedef struct {
    Calls call;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *heading, *text, *number, *whole, *ordinal, *error, *warning;
    const char *title;
    guint part; /* of a sheet that goes on: 1, 2 … */
    lxw_row_t row;
    double widths[COLUMNS_MAX];
} Workbook;

static gboolean library_load(Calls *calls, GError **error) {
    void *library = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(LIBRARY_NAMES) && library == NULL; i++)
        library = dlopen(LIBRARY_NAMES[i], RTLD_NOW | RTLD_LOCAL);
#define CALL_FIND(name) calls->name = library == NULL ? NULL : dlsym(library, #name);
    CALLS(CALL_FIND)
#define CALL_MISSING(name) || calls->name == NULL
    if (FALSE CALLS(CALL_MISSING)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("no spreadsheets without %s"),
                    LIBRARY_NAMES[0]);
        return FALSE;
    }
    return TRUE;
}

static double text_width(const char *text) {
    double width = 0, widest = 0;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        width = c == '\n' ? 0 : width + (g_unichar_iswide(c) ? 2.1 : 1.1);
        widest = MAX(widest, width);
    }
    return widest;
}

static void make_formats(Workbook *workbook) {
    lxw_format **all[] = {&workbook->heading, &workbook->text,  &workbook->number, &workbook->whole,
                          &workbook->ordinal, &workbook->error, &workbook->warning};
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        *all[i] = workbook->call.workbook_add_format(workbook->book);
        workbook->call.format_set_font_name(*all[i], "宋体");
        workbook->call.format_set_font_size(*all[i], 10);
        workbook->call.format_set_border(*all[i], LXW_BORDER_THIN);
        workbook->call.format_set_border_color(*all[i], 0xBFBFBF);
        workbook->call.format_set_align(*all[i], LXW_ALIGN_VERTICAL_CENTER);
    }
    workbook->call.format_set_bold(workbook->heading);
    workbook->call.format_set_bg_color(workbook->heading, 0xDDEBF7);
    workbook->call.format_set_align(workbook->heading, LXW_ALIGN_CENTER);
    workbook->call.format_set_align(workbook->ordinal, LXW_ALIGN_CENTER);
    workbook->call.format_set_bg_color(workbook->error, 0xFFC7CE);
    workbook->call.format_set_bg_color(workbook->warning, 0xFFEB9C);
    workbook->call.format_set_text_wrap(workbook->heading);
    workbook->call.format_set_text_wrap(workbook->text);
    workbook->call.format_set_num_format(workbook->number, "#,##0.######");
    workbook->call.format_set_num_format(workbook->whole, "#,##0");
}

/* Integers of these columns are names, not amounts. */
static gboolean is_ordinal(const char *name) {
    static const char *const NAMES[] = {"年度", "序号", "页码", "版本"};
    for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (g_str_equal(name, NAMES[i]))
            return TRUE;
    return FALSE;
}

static double width_max(const char *name) {
    static const char *const SENTENCES[] = {"原文B", "问题说明", "可能的更正", NULL};
    return g_strv_contains(SENTENCES, name) ? WIDTH_LONG : WIDTH_MAX;
}

/* Of a text: how bad a finding is shows from afar. */
static lxw_format *text_format(const Workbook *workbook, const char *text) {
    return g_str_equal(text, "严重")   ? workbook->error
           : g_str_equal(text, "一般") ? workbook->warning
                                       : workbook->text;
}

/* High enough for the longest of its wrapped texts: not every program makes it so by itself. */
static void set_row_height(Workbook *workbook, const Query *query) {
    double lines = 1;
    for (int i = 0; i < query_columns(query); i++) {
        const char *text = query_text(query, i);
        if (text != NULL && query_kind(query, i) == VALUE_TEXT)
            lines = MAX(lines, text_width(text) / (width_max(query_name(query, i)) - 2) + 0.999);
    }
    workbook->call.worksheet_set_row(workbook->sheet, workbook->row,
                                     LINE_POINTS * (int)MIN(lines, LINES_MAX) + 2, NULL);
}

static void start_sheet(Workbook *workbook, const Query *query) {
    g_autofree char *name = workbook->part == 1
                                ? g_strdup(workbook->title)
                                : g_strdup_printf("%s%u", workbook->title, workbook->part);
    workbook->sheet = workbook->call.workbook_add_worksheet(workbook->book, name);
    workbook->row = 0;
    for (int i = 0; i < query_columns(query); i++) {
        const char *heading = query_name(query, i);
        workbook->call.worksheet_write_string(workbook->sheet, 0, (lxw_col_t)i, heading,
                                              workbook->heading);
        workbook->widths[i] = text_width(heading) + 2; /* room for the filter's arrow */
    }
}

static void finish_sheet(Workbook *workbook, const Query *query) {
    lxw_col_t last = (lxw_col_t)(query_columns(query) - 1);
    lxw_worksheet *sheet = workbook->sheet;
    for (lxw_col_t i = 0; i <= last; i++)
        workbook->call.worksheet_set_column(
            sheet, i, i, CLAMP(workbook->widths[i] + 1, WIDTH_MIN, width_max(query_name(query, i))),
            NULL);
    workbook->call.worksheet_freeze_panes(sheet, 1, 0);
    workbook->call.worksheet_autofilter(sheet, 0, 0, workbook->row, last);
    workbook->call.worksheet_repeat_rows(sheet, 0, 0);
    workbook->call.worksheet_set_landscape(sheet);
    workbook->call.worksheet_set_paper(sheet, 8); /* A3 */
    workbook->call.worksheet_fit_to_pages(sheet, 1, 0);
    workbook->call.worksheet_set_footer(sheet, "&L&A&R第&P页 共&N页");
    workbook->call.worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6);
}

static guint count_digits(const char *number) {
    guint n = 0;
    for (const char *p = number; *p != '\0'; p++)
        n += g_ascii_isdigit(*p) ? 1 : 0;
    return n;
}

static void write_text(Workbook *workbook, int column, const char *text) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    if (strlen(valid) > TEXT_MAX && g_utf8_strlen(valid, -1) > TEXT_MAX) {
        char *end = g_utf8_offset_to_pointer(valid, TEXT_MAX);
        *end = '\0';
    }
    workbook->call.worksheet_write_string(workbook->sheet, workbook->row, (lxw_col_t)column, valid,
                                          text_format(workbook, valid));
}

static void write_cell(Workbook *workbook, const Query *query, int column) {
    const char *text = query_text(query, column);
    ValueKind kind = query_kind(query, column);
    gboolean exact = text != NULL && (kind == VALUE_INTEGER || kind == VALUE_DECIMAL) &&
                     count_digits(text) <= DIGITS_EXACT;
    if (text == NULL || *text == '\0') {
        workbook->call.worksheet_write_blank(workbook->sheet, workbook->row, (lxw_col_t)column,
                                             workbook->text);
        return;
    }
    double width = text_width(text) + (exact ? 3 : 1);
    workbook->widths[column] = MAX(workbook->widths[column], width);
    if (!exact) {
        write_text(workbook, column, text);
        return;
    }
    lxw_format *format = is_ordinal(query_name(query, column)) ? workbook->ordinal
                         : strchr(text, '.') == NULL           ? workbook->whole
                                                               : workbook->number;
    workbook->call.worksheet_write_number(workbook->sheet, workbook->row, (lxw_col_t)column,
                                          g_ascii_strtod(text, NULL), format);
}

static gboolean write_sheet(Workbook *workbook, Query *query, GError **error) {
    g_autoptr(GError) failure = NULL;
    g_assert(query_columns(query) <= COLUMNS_MAX);
    workbook->part = 1;
    start_sheet(workbook, query);
    while (query_next(query, &failure)) {
        if (workbook->row == ROW_LAST) {
            finish_sheet(workbook, query);
            workbook->part++;
            start_sheet(workbook, query);
        }
        workbook->row++;
        set_row_height(workbook, query);
        for (int i = 0; i < query_columns(query); i++)
            write_cell(workbook, query, i);
    }
    finish_sheet(workbook, query);
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return failure == NULL;
}

static gboolean write_sheets(Workbook *workbook, Archive *archive, int year, GError **error) {
    for (guint i = 0; i < sheets_count(); i++) {
        g_autoptr(Query) query = sheet_open(archive, i, year, error);
        workbook->title = sheet_at(i)->title;
        if (query == NULL || !write_sheet(workbook, query, error))
            return FALSE;
    }
    return TRUE;
}

gboolean export_xlsx(Archive *archive, const char *file, int year, GError **error) {
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    Workbook workbook = {0};
    lxw_doc_properties properties = {.title = "勾稽核对结果",
                                     .comments = "gouji " GOUJI_VERSION,
                                     .created = 946684800}; /* the same rows, the same bytes */
    if (!library_load(&workbook.call, error))
        return FALSE;
    workbook.book = workbook.call.workbook_new_opt(file, &options);
    if (workbook.book == NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, _("%s: cannot be written"), file);
        return FALSE;
    }
    workbook.call.workbook_set_properties(workbook.book, &properties);
    make_formats(&workbook);
    gboolean fine = write_sheets(&workbook, archive, year, error);
    lxw_error status = workbook.call.workbook_close(workbook.book);
    if (fine && status != LXW_NO_ERROR)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", file,
                    workbook.call.lxw_strerror(status));
    return fine && status == LXW_NO_ERROR;
}
