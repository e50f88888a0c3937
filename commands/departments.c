/* gouji departments: the registry of who ought to submit. */
#include "commands/commands.h"
#include "commands/opening.h"
#include "commands/output.h"
#include "commands/registry.h"
#include "load/listing.h"
#include <glib/gi18n.h>

static int import(const char *db, const char *path) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) rows = registry_read(path, &error);
    if (rows == NULL)
        return command_cannot("departments", error->message);
    g_autoptr(Archive) archive = command_archive_open("departments", db, ARCHIVE_WRITE);
    if (archive == NULL)
        return EXIT_CANNOT_WORK;
    gboolean fine =
        archive_begin(archive, &error) &&
        departments_import(archive, (const DepartmentRow *)rows->data, rows->len, &error) &&
        archive_commit(archive, &error);
    if (!fine) {
        archive_rollback(archive);
        return command_cannot("departments", error->message);
    }
    g_printerr(_("%u rows imported\n"), rows->len);
    return EXIT_DONE;
}

static int list(const char *db, const char *format_name, gboolean unknown) {
    g_autoptr(GError) error = NULL;
    Format format;
    if (!format_parse(format_name, &format))
        return command_cannot("departments", _("--format is table, csv or json"));
    g_autoptr(Archive) archive = command_archive_open("departments", db, ARCHIVE_READ);
    if (archive == NULL)
        return EXIT_CANNOT_WORK;
    g_autoptr(Query) query =
        unknown ? list_unknown_departments(archive, &error) : list_departments(archive, &error);
    if (query == NULL)
        return command_cannot("departments", error->message);
    return output_print(query, format, NULL, NULL) ? EXIT_DONE : EXIT_SOME_FAILED;
}

int command_departments(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autofree char *db = NULL, *format = NULL;
    gboolean unknown = FALSE;
    const GOptionEntry entries[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &db, N_("the archive (archive.db)"), N_("FILE")},
        {"unknown", 0, 0, G_OPTION_ARG_NONE, &unknown,
         N_("list names in reports that the registry does not know"), NULL},
        {"format", 0, 0, G_OPTION_ARG_STRING, &format, N_("table (default), csv or json"),
         N_("FORMAT")},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) options = g_option_context_new(_("[import FILE.csv]"));
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    g_option_context_set_summary(
        options, _("Imports the registry of departments from a CSV table, or lists it."));
    if (!g_option_context_parse(options, &argc, &argv, &error))
        return command_cannot("departments", error->message);
    if (argc == 3 && g_str_equal(argv[1], "import"))
        return import(db, argv[2]);
    return argc == 1 ? list(db, format, unknown)
                     : command_cannot("departments", _("“import FILE.csv”, or nothing"));
}
