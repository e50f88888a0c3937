/* gouji search: where words stand. */
#include "commands/commands.h"
#include "commands/opening.h"
#include "commands/output.h"
#include "load/listing.h"
#include <glib/gi18n.h>

int command_search(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autofree char *db = NULL, *format_name = NULL, *department = NULL;
    int year = 0;
    gboolean all_versions = FALSE;
    const GOptionEntry entries[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &db, N_("the archive (archive.db)"), N_("FILE")},
        {"year", 0, 0, G_OPTION_ARG_INT, &year, N_("of this year"), N_("YEAR")},
        {"department", 0, 0, G_OPTION_ARG_STRING, &department,
         N_("of departments whose name contains this"), N_("NAME")},
        {"all-versions", 0, 0, G_OPTION_ARG_NONE, &all_versions,
         N_("also of reports that have a newer version"), NULL},
        {"format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_("table (default), csv or json"),
         N_("FORMAT")},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) options = g_option_context_new(_("WORD…"));
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    g_option_context_set_summary(
        options, _("Lists the paragraphs, headings and cells in which all of the words stand."));
    Format format;
    if (!g_option_context_parse(options, &argc, &argv, &error))
        return command_cannot("search", error->message);
    const char *const *words = (const char *const *)argv + 1;
    if (argc > 1 && g_str_equal(*words, "--"))
        words++;
    if (*words == NULL)
        return command_cannot("search", _("which words?"));
    if (!format_parse(format_name, &format))
        return command_cannot("search", _("--format is table, csv or json"));
    g_autoptr(Archive) archive = command_archive_open("search", db, ARCHIVE_READ);
    if (archive == NULL)
        return EXIT_CANNOT_WORK;
    const ListingFilter filter = {
        .year = year, .department = department, .superseded = all_versions};
    g_autoptr(Query) query = list_search(archive, &filter, words, &error);
    if (query == NULL)
        return command_cannot("search", error->message);
    return output_print(query, format, NULL, NULL) ? EXIT_DONE : EXIT_SOME_FAILED;
}
