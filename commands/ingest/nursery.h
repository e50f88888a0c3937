/* Nursery: the warm process that forks the workers.
 *
 * It is started before the archive is opened and never holds it: a worker inherits nothing but the
 * code, the patterns, Poppler's and ICU's state, and the three descriptors of its document. Workers
 * are children of the program itself, which alone waits for them and ends them; they die with it.
 */
#pragma once
#include "commands/ingest/sandbox.h"
#include "normalize/normalize.h"
#include <sys/types.h>

typedef enum {
    WORK_PDF = 1,  /* the bytes of a PDF */
    WORK_DOCUMENT, /* a Document's XML, to be normalized anew */
} WorkKind;

/* What one worker is to do. Strings may be NULL where Identity allows it. */
typedef struct {
    WorkKind kind;
    const char *file;   /* printable */
    const char *sha256; /* of the document's bytes; NULL: the worker sums them up */
    Identity identity;
    Limits limits;
    gsize bytes; /* of the document */
} WorkOrder;

/* Runs in the worker, inside the sandbox: reads `document`, a descriptor, writes its reply. */
typedef void (*WorkFunction)(const WorkOrder *order, int document, int reply, gconstpointer data);

typedef struct Nursery Nursery;

/* Forks and confines it; whatever `work` needs must be loaded, but for the file `readable` (may be
 * NULL), which it may open. Call while the process has one
 * thread and no descriptor that a worker must not see. */
Nursery *nursery_start(WorkFunction work, gconstpointer data, const char *readable, GError **error);
void nursery_stop(Nursery *nursery);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Nursery, nursery_stop)

gboolean nursery_has_landlock(const Nursery *nursery);

/* A new worker: its process, or -1. The descriptors stay the caller's. */
pid_t nursery_fork(Nursery *nursery, const WorkOrder *order, int document, int reply, int messages,
                   GError **error);
