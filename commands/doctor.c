/* gouji doctor: whether an archive is whole. */
#include "load/doctor.h"
#include "commands/commands.h"
#include "commands/opening.h"
#include "commands/printable.h"
#include <glib/gi18n.h>

enum { NAME_WIDTH = 30 };

static void print_examined(const char *name, const char *trouble, gpointer data) {
    guint *troubles = data;
    g_autofree char *shown = trouble == NULL ? NULL : printable_text(trouble);
    g_print("%s%*s%s\n", name, MAX(2, NAME_WIDTH - (int)printable_width(name)), "",
            shown == NULL ? "ok" : shown);
    *troubles += trouble != NULL ? 1 : 0;
}

int command_doctor(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autofree char *db = NULL;
    guint troubles = 0;
    const GOptionEntry entries[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &db, N_("the archive (archive.db)"), N_("FILE")},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) options = g_option_context_new(NULL);
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    g_option_context_set_summary(options, _("Examines an archive: exit 1 where it is not whole."));
    if (!g_option_context_parse(options, &argc, &argv, &error))
        return command_cannot("doctor", error->message);
    if (argc != 1)
        return command_cannot("doctor", _("no other words, please"));
    g_autoptr(Archive) archive = command_archive_open("doctor", db, ARCHIVE_READ);
    if (archive == NULL)
        return EXIT_CANNOT_WORK;
    if (!archive_examine(archive, print_examined, &troubles, &error))
        return command_cannot("doctor", error->message);
    return troubles == 0 ? EXIT_DONE : EXIT_SOME_FAILED;
}
