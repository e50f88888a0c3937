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
#include "load/stored.h"

enum { JOBS_MAX = 256 };

typedef struct {
    guint jobs; /* workers at once */
    Limits limits;
    gboolean keep;  /* the PDFs too */
    gboolean again; /* what the archive has is read anew and replaced */
} BatchOptions;

/* What a batch reads: files, or, where `inputs` is NULL, the Documents that the archive has. */
typedef struct {
    const Inputs *inputs;
    const Manifest *manifest; /* or NULL */
    const GPtrArray *stored;  /* StoredDocument, all of the archive; NULL where neither `inputs` is
                                 NULL nor there is a manifest */
} BatchSource;

guint batch_size(const BatchSource *source);

/* FALSE only where the archive or the workers fail as such. `interrupted`: not all were read. */
gboolean batch_run(const BatchOptions *options, const BatchSource *source, Nursery *nursery,
                   Archive *archive, Progress *progress, gboolean *interrupted, GError **error);
