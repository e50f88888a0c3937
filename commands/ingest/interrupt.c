#include "commands/ingest/interrupt.h"
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t interrupts = 0;

static void note(int signal) {
    (void)signal;
    interrupts = interrupts + 1;
    if (interrupts > 1)
        _exit(EXIT_INTERRUPTED);
}

void interrupt_listen(void) {
    struct sigaction action = {.sa_handler = note};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    /* A terminal that is closed; nohup has it ignored, and so it stays. */
    struct sigaction hangup;
    if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN)
        sigaction(SIGHUP, &action, NULL);
    /* Who read the progress may have gone; the batch goes on. */
    signal(SIGPIPE, SIG_IGN);
}

gboolean interrupt_came(void) { return interrupts > 0; }
