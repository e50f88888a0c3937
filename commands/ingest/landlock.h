/* Landlock: the kernel's own wall between a process and files, network and other processes. */
#pragma once
#include <glib.h>

/* Leaves the calling process, and all it starts, nothing to open but the folders of fonts and
 * Poppler's data, and the file `readable` (may be NULL), for reading. `there` FALSE: the kernel has
 * no Landlock, nothing was done. */
gboolean landlock_confine(const char *readable, gboolean *there);
