/* Batch: all inputs of one run, through workers into the archive.
 *
 * Every input ends in one state: loaded, unchanged, failed with its reason, or left out because it
 * was found below a folder and is no PDF. Documents are loaded in the order in which they are read,
 * several to a transaction; what was loaded stays when the batch is cut off, and the same batch
 * again goes on from there.
 */
#pragma once
#include "commands/ingest/input.h"
#include "commands/ingest/manifest.h"
#include "commands/ingest/nursery.h"
#include "commands/ingest/progress.h"
#include "load/archive.h"

enum { JOBS_MAX = 256 };

typedef struct {
    guint jobs; /* workers at once */
    Limits limits;
    gboolean keep; /* the PDFs too */
} BatchOptions;

/* FALSE only where the archive or the workers fail as such. `interrupted`: not all were read. */
gboolean batch_run(const BatchOptions *options, const Inputs *inputs, const Manifest *manifest,
                   Nursery *nursery, Archive *archive, Progress *progress, gboolean *interrupted,
                   GError **error);
