/* gouji missing: who has not submitted. */
#include "commands/commands.h"
#include "commands/opening.h"
#include "commands/output.h"
#include "load/listing.h"
#include "normalize/report.h"
#include <glib/gi18n.h>

int command_missing(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autofree char *db = NULL, *format_name = NULL, *type = NULL, *department = NULL;
    int year = 0;
    gboolean sub_units = FALSE;
    const GOptionEntry entries[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &db, N_("the archive (archive.db)"), N_("FILE")},
        {"year", 0, 0, G_OPTION_ARG_INT, &year, N_("the year that reports are due for"),
         N_("YEAR")},
        {"type", 0, 0, G_OPTION_ARG_STRING, &type,
         N_("the type of report; default: the self-evaluation as a whole"), N_("TYPE")},
        {"department", 0, 0, G_OPTION_ARG_STRING, &department,
         N_("of departments whose name contains this"), N_("NAME")},
        {"sub-units", 0, 0, G_OPTION_ARG_NONE, &sub_units,
         N_("also those that are below another department"), NULL},
        {"format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_("table (default), csv or json"),
         N_("FORMAT")},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) options = g_option_context_new(NULL);
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    g_option_context_set_summary(options, _("Lists departments of the registry without a report."));
    Format format;
    if (!g_option_context_parse(options, &argc, &argv, &error))
        return command_cannot("missing", error->message);
    if (argc != 1 || year == 0)
        return command_cannot("missing", _("--year YEAR, and no other words"));
    if (type != NULL && !doc_type_valid(type))
        return command_cannot(
            "missing",
            _("not a type; one of 整体自评 项目自评 自评表 绩效评价 绩效目标 决算 预算"));
    if (!format_parse(format_name, &format))
        return command_cannot("missing", _("--format is table, csv or json"));
    g_autoptr(Archive) archive = command_archive_open("missing", db, ARCHIVE_READ);
    if (archive == NULL)
        return EXIT_CANNOT_WORK;
    gboolean registered;
    if (!departments_registered(archive, &registered, &error))
        return command_cannot("missing", error->message);
    if (!registered)
        return command_cannot("missing", _("nobody is registered; first “gouji departments import "
                                           "FILE.csv”"));
    const ListingFilter filter = {.year = year, .department = department};
    g_autoptr(Query) query =
        list_missing(archive, &filter, type == NULL ? TYPE_DEPARTMENT : type, sub_units, &error);
    if (query == NULL)
        return command_cannot("missing", error->message);
    return output_print(query, format, NULL, NULL) ? EXIT_DONE : EXIT_SOME_FAILED;
}
