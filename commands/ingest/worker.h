/* Worker: a process that reads one document, as the parent sees it: two pipes, a clock, an end.
 *
 * Whatever it does — crash, hang, flood, lie — ends as one WorkerEnd with a sentence.
 */
#pragma once
#include "commands/ingest/nursery.h"
#include "commands/ingest/reply.h"
#include <poll.h>

typedef enum {
    WORKER_REPORT,    /* the reply is a Report */
    WORKER_REFUSED,   /* it says that the document cannot be read; `reason` is its sentence */
    WORKER_TIME,      /* used up its CPU or wall time */
    WORKER_MEMORY,    /* used up its memory */
    WORKER_CRASH,     /* ended by a signal, or with an exit status */
    WORKER_FLOOD,     /* sent more than a reply may hold */
    WORKER_MALFORMED, /* sent no whole reply */
} WorkerEnd;

enum {
    WORKER_TAIL_BYTES = 2048,            /* of its standard error, kept for the reason */
    WORKER_MESSAGES_BYTES_MAX = 1 << 20, /* of it read at all */
    REPLIES_BYTES_MAX = 16 << 20,        /* held at once, of all workers */
};

typedef struct {
    pid_t process;
    int reply_pipe, messages_pipe; /* -1 once ended */
    Reply reply;
    GString *messages; /* the tail of its standard error */
    gsize messages_bytes;
    Limits limits;
    gint64 started, deadline; /* monotonic, µs */
    gint64 waiting;           /* since when its reply waits to be admitted; 0: it does not */
    double cpu_seconds;       /* that it took, once it has ended */
    gsize touched_bytes;      /* of memory that was not there when it began, about */
    gboolean late;            /* was ended for its wall time */
    gboolean out_of_memory;   /* said so on its standard error */
} Worker;

Worker *worker_start(Nursery *nursery, const WorkOrder *order, int document, GError **error);

/* Ends it at once where it still runs. */
void worker_free(Worker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Worker, worker_free)

/* Lets replies that wait be read, in the order given, while all that are being read promise no more
 * than REPLIES_BYTES_MAX together; a larger one is read alone. The clocks of those that wait stand
 * still. */
void workers_admit(Worker *const *workers, guint n, gint64 now);

/* What to wait for; two entries, unused ones with descriptor -1. */
void worker_poll(const Worker *worker, struct pollfd *entries);

/* Reads what has come and looks at the clock; TRUE when there is no more to come. */
gboolean worker_advance(Worker *worker, gint64 now);

/* Ends the process where it has not ended by itself, and says how it ended. `reason` is set, to be
 * freed, but for WORKER_REPORT. */
WorkerEnd worker_finish(Worker *worker, char **reason);
