/* gouji archive: a year as a bag that needs no program, and the proof that it is whole. */
#include "commands/commands.h"
#include "commands/opening.h"
#include "commands/printable.h"
#include "load/export/bag.h"
#include "normalize/patterns.h"
#include <glib/gi18n.h>
#include <string.h>

static void print_trouble(const char *path, const char *trouble, gpointer data) {
    guint *troubles = data;
    g_autofree char *shown = printable_text(path);
    ++*troubles;
    g_print("%s: %s\n", shown, trouble);
}

static int verify(const char *folder) {
    g_autoptr(GError) error = NULL;
    guint troubles = 0, files = 0;
    if (!bag_verify(folder, print_trouble, &troubles, &files, &error))
        return command_cannot("archive", error->message);
    g_printerr(_("%u files, %u not as the bag says\n"), files, troubles);
    return troubles == 0 ? EXIT_DONE : EXIT_SOME_FAILED;
}

static int write_bag(const char *db, const char *folder, BagOptions *options,
                     const char *patterns_path) {
    g_autoptr(GError) error = NULL;
    BagContents contents;
    g_autoptr(Patterns) patterns = patterns_load(patterns_path, &error);
    if (patterns == NULL)
        return command_cannot("archive", error->message);
    options->patterns = patterns_folder(patterns);
    g_autoptr(Archive) archive = command_archive_open("archive", db, ARCHIVE_READ);
    if (archive == NULL)
        return EXIT_CANNOT_WORK;
    if (!bag_write(archive, folder, options, &contents, &error))
        return command_cannot("archive", error->message);
    g_printerr(_("%u documents, %u originals, %u originals absent\n"), contents.documents,
               contents.originals, contents.absent);
    return EXIT_DONE;
}

int command_archive(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autofree char *db = NULL, *out = NULL, *patterns = NULL, *maker = NULL;
    int year = 0;
    const GOptionEntry entries[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &db, N_("the archive (archive.db)"), N_("FILE")},
        {"year", 0, 0, G_OPTION_ARG_INT, &year, N_("which year"), N_("YEAR")},
        {"out", 0, 0, G_OPTION_ARG_FILENAME, &out, N_("the folder of the bag"), N_("FOLDER")},
        {"operator", 0, 0, G_OPTION_ARG_STRING, &maker, N_("who makes it; default: the user"),
         N_("NAME")},
        {"patterns", 0, 0, G_OPTION_ARG_FILENAME, &patterns, N_("the folder of pattern files"),
         N_("DIR")},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) options = g_option_context_new(_("[verify FOLDER]"));
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    g_option_context_set_summary(
        options, _("Writes a year as a BagIt bag that needs no program of ours, or verifies one."));
    if (!g_option_context_parse(options, &argc, &argv, &error))
        return command_cannot("archive", error->message);
    if (argc == 3 && g_str_equal(argv[1], "verify"))
        return verify(argv[2]);
    if (argc != 1 || year == 0 || out == NULL)
        return command_cannot("archive", _("--year YEAR and --out FOLDER, or “verify FOLDER”"));
    BagOptions bag = {.year = year, .maker = maker != NULL ? maker : g_get_user_name()};
    return write_bag(db, out, &bag, patterns);
}
