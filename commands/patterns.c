/* gouji patterns: validates the pattern files and lists them. */
#include "normalize/patterns.h"
#include "commands/commands.h"
#include <glib/gi18n.h>

int command_patterns(int argc, char **argv) {
    g_autofree char *folder = NULL;
    const GOptionEntry entries[] = {
        {"patterns", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("folder of pattern files"), "DIR"},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) options = g_option_context_new(NULL);
    g_option_context_set_summary(
        options, _("Checks the pattern files and lists them, or says file, line and reason."));
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    if (!g_option_context_parse(options, &argc, &argv, &error) || argc != 1) {
        g_printerr("gouji patterns: %s\n",
                   error != NULL ? error->message : _("no other words, please"));
        return EXIT_CANNOT_WORK;
    }
    g_autoptr(Patterns) patterns = patterns_check(folder, &error);
    if (patterns == NULL) {
        g_printerr("gouji patterns: %s\n", error->message);
        return EXIT_CANNOT_WORK;
    }
    const GPtrArray *files = patterns_files(patterns);
    for (guint i = 0; i < files->len; i++) {
        const PatternsFile *file = files->pdata[i];
        g_print("%s\t%s\t%u\t%s\n", file->name, file->root, file->entries, file->sha256);
    }
    g_print("%s\t%s\n", patterns_folder(patterns), patterns_hash(patterns));
    return EXIT_DONE;
}
