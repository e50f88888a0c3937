/* Progress: what a batch tells people, on standard error, while it runs and at its end.
 *
 * One record is one line, whatever a name or a reason holds.
 */
#pragma once
#include "normalize/report.h"

typedef enum {
    PROGRESS_LINES, /* one a document */
    PROGRESS_BAR,   /* a bar, and a line for each document that failed */
    PROGRESS_JSON,  /* one object a line */
    PROGRESS_QUIET, /* the summary only */
} ProgressStyle;

typedef enum {
    PROGRESS_LOADED,
    PROGRESS_UNCHANGED, /* these bytes are in the archive already */
    PROGRESS_FAILED,
    PROGRESS_LEFT_OUT, /* below a folder, and no PDF */
} ProgressState;

typedef struct Progress Progress;

Progress *progress_new(ProgressStyle style, guint total);
void progress_free(Progress *progress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Progress, progress_free)

/* What became of an input; `file` is printable. `report` where it was loaded, `reason` else. */
void progress_loaded(Progress *progress, const char *file, const Report *report);
void progress_passed(Progress *progress, ProgressState state, const char *file, const char *reason);

/* The archive has what was said of inputs so far: until then their lines are kept back, so that
 * nothing is acknowledged that a crash could still undo. */
void progress_committed(Progress *progress);

/* A remark that belongs to no input. */
void progress_remark(Progress *progress, const char *text);

/* Says, once, that the batch is about to end before its time. */
void progress_interrupted(Progress *progress);

/* Draws the bar again where it is time. */
void progress_tick(Progress *progress);

/* The summary; `interrupted`: not all inputs were read. */
void progress_finish(Progress *progress, gboolean interrupted);

guint progress_failed(const Progress *progress);
