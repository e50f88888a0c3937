#include "commands/opening.h"
#include "commands/commands.h"

int command_cannot(const char *command, const char *reason) {
    g_printerr("gouji %s: %s\n", command, reason);
    return EXIT_CANNOT_WORK;
}

Archive *command_archive_open(const char *command, const char *db, ArchiveMode mode) {
    g_autoptr(GError) error = NULL;
    Archive *archive = archive_open(db == NULL ? ARCHIVE_DEFAULT : db, mode, &error);
    if (archive == NULL)
        command_cannot(command, error->message);
    return archive;
}
