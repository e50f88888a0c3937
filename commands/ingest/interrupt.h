/* Interrupt: Ctrl-C, or an end that the system asks for. The first one lets a batch finish what it
 * has begun; a second one ends the program at once, and with it its workers. */
#pragma once
#include <glib.h>

enum { EXIT_INTERRUPTED = 130 };

void interrupt_listen(void);
gboolean interrupt_came(void);
