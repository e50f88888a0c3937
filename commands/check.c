/* gouji check: the rules that need more than one report, again. */
#include "commands/archive_rules.h"
#include "commands/commands.h"
#include "load/archive.h"
#include "load/settle.h"
#include <glib/gi18n.h>

static int cannot(const char *reason) {
    g_printerr("gouji check: %s\n", reason);
    return EXIT_CANNOT_WORK;
}

static gboolean check(Archive *archive, int year, GError **error) {
    if (!archive_begin(archive, error))
        return FALSE;
    if (archive_check(archive, year, error) && archive_commit(archive, error))
        return TRUE;
    archive_rollback(archive);
    return FALSE;
}

int command_check(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autofree char *db = NULL, *folder = NULL;
    int year = 0;
    guint outcomes[OUTCOME_NOT_CHECKABLE + 1] = {0};
    const GOptionEntry entries[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &db, N_("the archive (archive.db)"), N_("FILE")},
        {"year", 0, 0, G_OPTION_ARG_INT, &year, N_("of this year"), N_("YEAR")},
        {"patterns", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("the folder of pattern files"),
         N_("DIR")},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) options = g_option_context_new(NULL);
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    g_option_context_set_summary(options,
                                 _("Runs the rules that need more than one report, again."));
    if (!g_option_context_parse(options, &argc, &argv, &error))
        return cannot(error->message);
    if (argc != 1)
        return cannot(_("no other words, please"));
    g_autoptr(Patterns) patterns = patterns_load(folder, &error);
    g_autoptr(Archive) archive = patterns == NULL ? NULL
                                                  : archive_open(db == NULL ? ARCHIVE_DEFAULT : db,
                                                                 ARCHIVE_EXISTING, &error);
    if (archive == NULL || !archive_rules_put(archive, patterns, &error) ||
        !check(archive, year, &error) || !archive_count_between(archive, year, outcomes, &error))
        return cannot(error->message);
    g_printerr(_("between reports: %u passed, %u within rounding, %u failed, %u not checkable\n"),
               outcomes[OUTCOME_PASS], outcomes[OUTCOME_ROUNDING], outcomes[OUTCOME_FAIL],
               outcomes[OUTCOME_NOT_CHECKABLE]);
    return EXIT_DONE;
}
