/* gouji export: what people and programs take away. */
#include "commands/commands.h"
#include "load/export/archive_json.h"
#include "load/export/csv.h"
#include "load/export/sheets.h"
#include "load/export/xlsx.h"
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

enum { EXPORT_CHUNK_BYTES = 65536 };

/* What is written is moved into its place: a device or a pipe there would be lost. */
static gboolean is_file(const char *path, GError **error) {
    if (!g_file_test(path, G_FILE_TEST_EXISTS) || g_file_test(path, G_FILE_TEST_IS_REGULAR))
        return TRUE;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _("%s: not a regular file"), path);
    return FALSE;
}

/* Written beside the file and moved into its place when it is whole. */
static GOutputStream *open_output(const char *path, GError **error) {
    if (g_str_equal(path, "-")) {
        g_autoptr(GFile) output = g_file_new_for_path("/dev/stdout");
        return G_OUTPUT_STREAM(g_file_append_to(output, G_FILE_CREATE_NONE, NULL, error));
    }
    if (!is_file(path, error))
        return NULL;
    g_autoptr(GFile) file = g_file_new_for_path(path);
    return G_OUTPUT_STREAM(
        g_file_replace(file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, error));
}

static gboolean write_json(Archive *archive, const char *path, int year, GError **error) {
    g_autoptr(GOutputStream) stream = open_output(path, error);
    return stream != NULL && export_json(archive, stream, year, error) &&
           g_output_stream_close(stream, NULL, error);
}

static gboolean write_rows(Query *query, GOutputStream *stream, GError **error) {
    g_autoptr(GError) failure = NULL;
    g_autoptr(GString) text = g_string_new(CSV_START);
    csv_append_heading(text, query);
    while (query_next(query, &failure)) {
        csv_append_row(text, query);
        if (text->len < EXPORT_CHUNK_BYTES)
            continue;
        if (!g_output_stream_write_all(stream, text->str, text->len, NULL, NULL, error))
            return FALSE;
        g_string_truncate(text, 0);
    }
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    return g_output_stream_write_all(stream, text->str, text->len, NULL, NULL, error) &&
           g_output_stream_close(stream, NULL, error);
}

static gboolean write_csv(Archive *archive, const char *folder, int year, GError **error) {
    if (g_mkdir_with_parents(folder, 0777) != 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, _("%s: cannot be made"), folder);
        return FALSE;
    }
    for (guint i = 0; i < sheets_count(); i++) {
        g_autofree char *name = g_strconcat(sheet_at(i)->file, ".csv", NULL);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autoptr(Query) query = sheet_open(archive, i, year, error);
        g_autoptr(GOutputStream) stream = query == NULL ? NULL : open_output(path, error);
        if (stream == NULL || !write_rows(query, stream, error))
            return FALSE;
    }
    return TRUE;
}

/* libxlsxwriter writes where it is told; a failed export leaves no half of a workbook. */
static gboolean write_xlsx(Archive *archive, const char *path, int year, GError **error) {
    g_autofree char *beside = g_strconcat(path, ".part", NULL);
    if (!is_file(path, error))
        return FALSE;
    if (!g_file_set_contents(beside, "", 0, error) || !export_xlsx(archive, beside, year, error)) {
        g_unlink(beside);
        return FALSE;
    }
    if (g_rename(beside, path) == 0)
        return TRUE;
    g_unlink(beside);
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, _("%s: cannot be written"), path);
    return FALSE;
}

static gboolean has_place(const char *path, GError **error) {
    g_autofree char *folder = path == NULL ? NULL : g_path_get_dirname(path);
    if (folder == NULL || g_file_test(folder, G_FILE_TEST_IS_DIR))
        return TRUE;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("%s: no such folder"), folder);
    return FALSE;
}

static int cannot(const char *reason) {
    g_printerr("gouji export: %s\n", reason);
    return EXIT_CANNOT_WORK;
}

int command_export(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autofree char *db = NULL, *xlsx = NULL, *csv = NULL, *json = NULL;
    int year = 0;
    const GOptionEntry entries[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &db, N_("the archive (archive.db)"), N_("FILE")},
        {"xlsx", 0, 0, G_OPTION_ARG_FILENAME, &xlsx, N_("a workbook: findings, yearbook, facts"),
         N_("FILE")},
        {"csv", 0, 0, G_OPTION_ARG_FILENAME, &csv, N_("a folder with the same as CSV"), N_("DIR")},
        {"json", 0, 0, G_OPTION_ARG_FILENAME, &json,
         N_("everything as JSON; the same inputs give the same bytes; “-”: standard output"),
         N_("FILE")},
        {"year", 0, 0, G_OPTION_ARG_INT, &year, N_("of this year"), N_("YEAR")},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) options = g_option_context_new(NULL);
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    g_option_context_set_summary(options,
                                 _("Writes what people and programs take from the archive."));
    if (!g_option_context_parse(options, &argc, &argv, &error))
        return cannot(error->message);
    if (argc != 1 || (xlsx == NULL && csv == NULL && json == NULL))
        return cannot(_("one of --xlsx, --csv and --json, and no other words"));
    g_autoptr(Archive) archive =
        archive_open(db == NULL ? ARCHIVE_DEFAULT : db, ARCHIVE_READ, &error);
    if (archive == NULL)
        return cannot(error->message);
    if (!has_place(xlsx, &error) || !has_place(json, &error))
        return cannot(error->message);
    gboolean written = (xlsx == NULL || write_xlsx(archive, xlsx, year, &error)) &&
                       (csv == NULL || write_csv(archive, csv, year, &error)) &&
                       (json == NULL || write_json(archive, json, year, &error));
    return written ? EXIT_DONE : cannot(error->message);
}
