/* Helpers that commands on an archive share: the option --db, opening, one line of complaint. */
#pragma once
#include "load/archive.h"

/* One line on standard error; returns EXIT_CANNOT_WORK. */
int command_cannot(const char *command, const char *reason);

/* `db` NULL: the default. NULL with the complaint made where it cannot be opened. */
Archive *command_archive_open(const char *command, const char *db, ArchiveMode mode);
