/* Archive: the SQLite file that keeps reports for years.
 *
 * The noun of `load/`. Documented for its readers in docs/database.md. One process writes at a
 * time (others wait up to BUSY_SECONDS); WAL with synchronous FULL, so what was committed stays.
 * Loading is idempotent by the content of the PDF: the same bytes are one document.
 */
#pragma once
#include "normalize/report.h"
#include <glib.h>

typedef struct Archive Archive;

typedef enum {
    ARCHIVE_READ,     /* must exist */
    ARCHIVE_WRITE,    /* made where it does not exist, brought to this version's schema */
    ARCHIVE_EXISTING, /* to write to, must exist */
    ARCHIVE_SNAPSHOT, /* a copy that is not to be touched, not even by a journal */
} ArchiveMode;

enum { ARCHIVE_BUSY_SECONDS = 10 };

/* Where no archive is named. */
#define ARCHIVE_DEFAULT "archive.db"

#define ARCHIVE_ERROR (archive_error_quark())
GQuark archive_error_quark(void);
typedef enum {
    ARCHIVE_ERROR_OPEN,    /* no such file, not an archive, a network file system */
    ARCHIVE_ERROR_VERSION, /* written by a newer program */
    ARCHIVE_ERROR_SQL,     /* SQLite's own complaint: disk full, busy … */
} ArchiveError;

Archive *archive_open(const char *file, ArchiveMode mode, GError **error);
void archive_close(Archive *archive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Archive, archive_close)

/* A run is one invocation that loads; its documents may be committed in several batches. */
gboolean archive_run_start(Archive *archive, const char *patterns_hash, GError **error);
gboolean archive_run_finish(Archive *archive, GError **error);

/* A commit first settles what depends on several documents: versions and what they change, and the
 * rules between reports. What was rolled back leaves nothing. */
gboolean archive_begin(Archive *archive, GError **error);
gboolean archive_commit(Archive *archive, GError **error);
void archive_rollback(Archive *archive);

/* Gives back what of the file is held in memory; after a commit that is all. */
void archive_release_memory(Archive *archive);

/* What became of a document. */
typedef enum {
    LOAD_NEW,
    LOAD_UNCHANGED, /* these bytes are there already */
    LOAD_REPLACED,  /* the same bytes, read anew: after a failure, or with `again` */
} LoadOutcome;

/* What a manifest says of a report; it was given to normalization, and is kept so that the report
 * can be read again without the manifest. NULL or 0: not said. */
typedef struct {
    const char *department;
    int year;
    const char *doc_type;
    const char *subject;
} Given;

/* What of a report to load, beside the report itself. */
typedef struct {
    const char *file;   /* as the user named it; NULL: the Document's */
    GBytes *pdf;        /* to keep; or NULL: what is kept stays */
    GBytes *document;   /* its Document's XML where it is at hand, packed; NULL: written anew */
    const Given *given; /* NULL: what was given before stays */
    gboolean again;     /* replace what is there */
} LoadOptions;

/* Inside a transaction, which after a failure can only be rolled back. `options` may be NULL. */
gboolean archive_load(Archive *archive, const Report *report, const LoadOptions *options,
                      LoadOutcome *outcome, GError **error);

/* Records a file that could not be read; leaves a document that was read before as it is. */
gboolean archive_load_failure(Archive *archive, const char *file, const char *sha256,
                              const char *reason, GError **error);

/* Records that the document with these bytes came by this path too. Inside a transaction. */
gboolean archive_note_file(Archive *archive, const char *sha256, const char *file, GError **error);

/* Whether a document with these bytes was read well before. */
gboolean archive_knows(Archive *archive, const char *sha256, gboolean *known, GError **error);

/* A rule as `findings` refers to it. */
gboolean archive_put_rule(Archive *archive, const char *id, const char *title_zh,
                          const char *title_en, const char *severity, gboolean implemented,
                          GError **error);

/* What a rule between reports compares: parameters in order. Replaces those that are there. */
gboolean archive_clear_rule_parameters(Archive *archive, GError **error);
gboolean archive_put_rule_parameter(Archive *archive, const char *rule, guint seq, const char *name,
                                    const char *value, GError **error);
