/* gouji changes: what new versions and new readings changed. */
#include "commands/commands.h"
#include "commands/opening.h"
#include "commands/output.h"
#include "load/listing.h"
#include <glib/gi18n.h>

int command_changes(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autofree char *db = NULL, *format_name = NULL, *department = NULL;
    int year = 0, run = 0;
    const GOptionEntry entries[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &db, N_("the archive (archive.db)"), N_("FILE")},
        {"year", 0, 0, G_OPTION_ARG_INT, &year, N_("of this year"), N_("YEAR")},
        {"department", 0, 0, G_OPTION_ARG_STRING, &department,
         N_("of departments whose name contains this"), N_("NAME")},
        {"run", 0, 0, G_OPTION_ARG_INT, &run, N_("made by this run"), N_("N")},
        {"format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_("table (default), csv or json"),
         N_("FORMAT")},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) options = g_option_context_new(NULL);
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    g_option_context_set_summary(
        options,
        _("Lists the facts and findings that differ between versions of a report, and those "
          "that\nreading again with other patterns changed."));
    Format format;
    if (!g_option_context_parse(options, &argc, &argv, &error))
        return command_cannot("changes", error->message);
    if (argc != 1)
        return command_cannot("changes", _("no other words, please"));
    if (!format_parse(format_name, &format))
        return command_cannot("changes", _("--format is table, csv or json"));
    g_autoptr(Archive) archive = command_archive_open("changes", db, ARCHIVE_READ);
    if (archive == NULL)
        return EXIT_CANNOT_WORK;
    const ListingFilter filter = {.year = year, .department = department};
    g_autoptr(Query) query = list_changes(archive, &filter, run, &error);
    if (query == NULL)
        return command_cannot("changes", error->message);
    return output_print(query, format, NULL, NULL) ? EXIT_DONE : EXIT_SOME_FAILED;
}
