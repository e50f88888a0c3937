#include "commands/ingest/batch.h"
#include "commands/ingest/interrupt.h"
#include "commands/ingest/snapshot.h"
#include "commands/ingest/worker.h"
#include "commands/printable.h"
#include <glib/gi18n.h>
#include <poll.h>

/* A transaction is committed when it holds so many documents or has been open so long; the disk is
 * waited for once for all of them, and no other process waits long for the archive. */
enum { TRANSACTION_DOCUMENTS = 32, TRANSACTION_US = 300 * 1000 };

/* The memory for a larger reply is taken from the archive's cache. */
enum { LARGE_REPLY_BYTES = 4 << 20 };

/* The bar moves at least that often. */
enum { POLL_MS_MAX = 100 };

/* One document on its way. */
typedef struct {
    char *file; /* printable */
    Snapshot snapshot;
    const char *sha256; /* of the PDF; lent */
    Given given;        /* by the manifest; lent */
    gboolean again;     /* replaces what the archive has */
    WorkKind kind;
    Worker *worker;
} Job;

typedef struct {
    const BatchOptions *options;
    const BatchSource *source;
    GHashTable *known; /* hash → StoredDocument; NULL without them */
    Nursery *nursery;
    Archive *archive;
    Progress *progress;
    GPtrArray *running; /* Job */
    guint next;         /* input or stored Document to start */
    guint in_transaction;
    gint64 transaction_start; /* 0: none is open */
} Batch;

static void job_free(Job *job) {
    worker_free(job->worker);
    snapshot_clear(&job->snapshot);
    g_free(job->file);
    g_free(job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Job, job_free)

static gboolean open_transaction(Batch *batch, GError **error) {
    if (batch->transaction_start != 0)
        return TRUE;
    if (!archive_begin(batch->archive, error))
        return FALSE;
    batch->transaction_start = g_get_monotonic_time();
    batch->in_transaction = 0;
    return TRUE;
}

static gboolean commit(Batch *batch, GError **error) {
    const gboolean open = batch->transaction_start != 0;
    batch->transaction_start = 0;
    if (open && !archive_commit(batch->archive, error))
        return FALSE;
    progress_committed(batch->progress);
    return TRUE;
}

static gboolean commit_if_due(Batch *batch, GError **error) {
    gboolean due = batch->transaction_start == 0 ||
                   batch->in_transaction >= TRANSACTION_DOCUMENTS ||
                   g_get_monotonic_time() - batch->transaction_start >= TRANSACTION_US;
    return !due || commit(batch, error);
}

/* Without a hash there is nothing that a row could stand for. */
static gboolean fail_file(Batch *batch, const char *file, const char *sha256, const char *reason,
                          GError **error) {
    progress_passed(batch->progress, PROGRESS_FAILED, file, reason);
    if (sha256 == NULL)
        return TRUE;
    batch->in_transaction++;
    return open_transaction(batch, error) &&
           archive_load_failure(batch->archive, file, sha256, reason, error);
}

static gboolean is_given(const Given *given) {
    return given->department != NULL || given->year != 0 || given->doc_type != NULL ||
           given->subject != NULL;
}

static gboolean note_unchanged(Batch *batch, const Job *job, GError **error) {
    progress_passed(batch->progress, PROGRESS_UNCHANGED, job->file, NULL);
    batch->in_transaction++;
    return open_transaction(batch, error) &&
           archive_note_file(batch->archive, job->sha256, job->file, error);
}

static gboolean load_report(Batch *batch, const Job *job, const Report *report,
                            const LoadOptions *options, GError **error) {
    LoadOutcome outcome;
    batch->in_transaction++;
    if (!open_transaction(batch, error) ||
        !archive_load(batch->archive, report, options, &outcome, error))
        return FALSE;
    if (outcome == LOAD_UNCHANGED)
        progress_passed(batch->progress, PROGRESS_UNCHANGED, job->file, NULL);
    else
        progress_loaded(batch->progress, job->file, report);
    return TRUE;
}

/* The Report that a worker sent, if it is one of this document. */
static Report *read_reply(const Job *job, const char *text, gsize length, char **reason) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Report) report = report_read(text, length, &error);
    if (report != NULL && g_strcmp0(report->document->sha256, job->sha256) == 0)
        return g_steal_pointer(&report);
    g_autofree char *sentence = g_strdup_printf(
        _("malformed reply: %s"), error == NULL ? _("of other bytes") : error->message);
    *reason = printable_text(sentence);
    return NULL;
}

static gboolean make_room(Batch *batch, gsize length, GError **error) {
    if (length < LARGE_REPLY_BYTES)
        return TRUE;
    if (!commit(batch, error))
        return FALSE;
    archive_release_memory(batch->archive);
    return TRUE;
}

static gboolean load_reply(Batch *batch, const Job *job, GError **error) {
    g_autofree char *reason = NULL;
    g_autoptr(GBytes) document = NULL, pdf = NULL;
    const char *text;
    gsize length;
    reply_body(&job->worker->reply, &text, &length);
    if (!make_room(batch, length, error))
        return FALSE;
    /* In this order the text is held twice only while there are no rows yet. */
    if (!job->worker->out_of_memory)
        document = reply_packed_document(text, length);
    g_autoptr(Report) report = read_reply(job, text, length, &reason);
    reply_clear(&job->worker->reply);
    if (report == NULL)
        return fail_file(batch, job->file, job->sha256, reason, error);
    if (job->worker->out_of_memory)
        document_add_notice(report->document, NOTICE_LIMIT, 0, 1, "memory");
    if (batch->options->keep && job->kind == WORK_PDF &&
        (pdf = snapshot_bytes(&job->snapshot, error)) == NULL)
        return FALSE;
    const LoadOptions options = {.file = job->file,
                                 .pdf = pdf,
                                 .document = document,
                                 .given = is_given(&job->given) ? &job->given : NULL,
                                 .again = job->again};
    return load_report(batch, job, report, &options, error);
}

/* The time that the parent took is not the workers'. */
static void extend_deadlines(Batch *batch, gint64 since) {
    gint64 spent = g_get_monotonic_time() - since;
    for (guint i = 0; i < batch->running->len; i++)
        ((Job *)batch->running->pdata[i])->worker->deadline += spent;
}

static gboolean finish_job(Batch *batch, Job *job, GError **error) {
    g_autofree char *reason = NULL;
    gint64 began = g_get_monotonic_time();
    gboolean done = worker_finish(job->worker, &reason) == WORKER_REPORT
                        ? load_reply(batch, job, error)
                        : fail_file(batch, job->file, job->sha256, reason, error);
    done = done && commit_if_due(batch, error);
    extend_deadlines(batch, began);
    return done;
}

static gboolean start_worker(Batch *batch, Job *job, GError **error) {
    const WorkOrder order = {.kind = job->kind,
                             .file = job->file,
                             .sha256 = job->sha256,
                             .identity = {.department = job->given.department,
                                          .year = job->given.year,
                                          .doc_type = job->given.doc_type,
                                          .subject = job->given.subject},
                             .limits = batch->options->limits,
                             .bytes = job->snapshot.bytes};
    job->worker = worker_start(batch->nursery, &order, job->snapshot.file, error);
    return job->worker != NULL;
}

/* Whether a manifest says other things of a known document than it did when it came. */
static gboolean given_differs(const Batch *batch, const Job *job) {
    const StoredDocument *stored =
        batch->known == NULL ? NULL : g_hash_table_lookup(batch->known, job->sha256);
    const Given *given = &job->given;
    return stored != NULL && is_given(given) &&
           (g_strcmp0(given->department, stored->given.department) != 0 ||
            given->year != stored->given.year ||
            g_strcmp0(given->doc_type, stored->given.doc_type) != 0 ||
            g_strcmp0(given->subject, stored->given.subject) != 0);
}

static void give(Job *job, const Identity *identity) {
    if (identity != NULL)
        job->given = (Given){.department = identity->department,
                             .year = identity->year,
                             .doc_type = identity->doc_type,
                             .subject = identity->subject};
}

/* Starts a worker for a file, or says at once what becomes of it; `job` is taken. */
static gboolean start_input(Batch *batch, Job **job, const Input *input, GError **error) {
    g_autoptr(GError) reason = NULL;
    gboolean known = FALSE;
    (*job)->file = printable_text(input->path);
    if (input->impossible != NULL)
        return fail_file(batch, (*job)->file, NULL, input->impossible, error);
    if (!snapshot_take(&(*job)->snapshot, input, &reason))
        return fail_file(batch, (*job)->file, NULL, reason->message, error);
    (*job)->sha256 = (*job)->snapshot.sha256;
    if (!(*job)->snapshot.pdf && !input->named && !input_is_named_pdf(input)) {
        progress_passed(batch->progress, PROGRESS_LEFT_OUT, (*job)->file, _("not a PDF"));
        return TRUE;
    }
    give(*job, manifest_find(batch->source->manifest, input->path));
    if (!archive_knows(batch->archive, (*job)->sha256, &known, error))
        return FALSE;
    (*job)->again = known && (batch->options->again || given_differs(batch, *job));
    if (known && !(*job)->again)
        return note_unchanged(batch, *job, error);
    if (!start_worker(batch, *job, error))
        return FALSE;
    g_ptr_array_add(batch->running, g_steal_pointer(job));
    return TRUE;
}

/* Starts a worker for a Document that the archive has; `job` is taken. */
static gboolean start_stored(Batch *batch, Job **job, const StoredDocument *stored,
                             GError **error) {
    g_autoptr(GBytes) xml = archive_stored_xml(batch->archive, stored->sha256, error);
    (*job)->file = g_strdup(stored->file);
    (*job)->sha256 = stored->sha256;
    (*job)->given = stored->given;
    (*job)->again = TRUE;
    (*job)->kind = WORK_DOCUMENT;
    if (xml == NULL || !snapshot_of_bytes(&(*job)->snapshot, xml, error) ||
        !start_worker(batch, *job, error))
        return FALSE;
    g_ptr_array_add(batch->running, g_steal_pointer(job));
    return TRUE;
}

static gboolean start_next(Batch *batch, GError **error) {
    guint i = batch->next++;
    g_autoptr(Job) job = g_new0(Job, 1);
    job->snapshot.file = -1;
    job->kind = WORK_PDF;
    return batch->source->inputs != NULL
               ? start_input(batch, &job, inputs_file(batch->source->inputs, i), error)
               : start_stored(batch, &job, batch->source->stored->pdata[i], error);
}

static gboolean fill(Batch *batch, GError **error) {
    while (!interrupt_came() && batch->running->len < batch->options->jobs &&
           batch->next < batch_size(batch->source))
        if (!start_next(batch, error))
            return FALSE;
    return TRUE;
}

/* Until a worker has something to say, the clock of one runs out, or there is something to do. */
static void wait_for_workers(const Batch *batch) {
    g_autofree struct pollfd *entries = g_new(struct pollfd, 2 * batch->running->len + 1);
    for (guint i = 0; i < batch->running->len; i++)
        worker_poll(((Job *)batch->running->pdata[i])->worker, &entries[2 * i]);
    poll(entries, 2 * batch->running->len, POLL_MS_MAX);
}

static void admit_replies(const Batch *batch, gint64 now) {
    g_autofree Worker **workers = g_new(Worker *, batch->running->len + 1);
    for (guint i = 0; i < batch->running->len; i++)
        workers[i] = ((Job *)batch->running->pdata[i])->worker;
    workers_admit(workers, batch->running->len, now);
}

/* Each worker that is done makes room for the next before its reply is loaded. */
static gboolean advance(Batch *batch, GError **error) {
    gint64 now = g_get_monotonic_time();
    admit_replies(batch, now);
    for (guint i = 0; i < batch->running->len; i++) {
        if (!worker_advance(((Job *)batch->running->pdata[i])->worker, now))
            continue;
        g_autoptr(Job) job = g_ptr_array_steal_index(batch->running, i--);
        if (!fill(batch, error) || !finish_job(batch, job, error))
            return FALSE;
    }
    return commit_if_due(batch, error);
}

static gboolean run(Batch *batch, GError **error) {
    for (;;) {
        if (!fill(batch, error))
            return FALSE;
        if (batch->running->len == 0)
            return commit(batch, error);
        wait_for_workers(batch);
        if (interrupt_came())
            progress_interrupted(batch->progress);
        if (!advance(batch, error))
            return FALSE;
        progress_tick(batch->progress);
    }
}

guint batch_size(const BatchSource *source) {
    return source->inputs != NULL ? source->inputs->files->len : source->stored->len;
}

static GHashTable *index_stored(const GPtrArray *stored) {
    if (stored == NULL)
        return NULL;
    GHashTable *known = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < stored->len; i++)
        g_hash_table_insert(known, ((StoredDocument *)stored->pdata[i])->sha256, stored->pdata[i]);
    return known;
}

gboolean batch_run(const BatchOptions *options, const BatchSource *source, Nursery *nursery,
                   Archive *archive, Progress *progress, gboolean *interrupted, GError **error) {
    Batch batch = {.options = options,
                   .source = source,
                   .known = index_stored(source->stored),
                   .nursery = nursery,
                   .archive = archive,
                   .progress = progress};
    batch.running = g_ptr_array_new_with_free_func((GDestroyNotify)job_free);
    gboolean done = run(&batch, error);
    if (!done && batch.transaction_start != 0)
        archive_rollback(archive);
    *interrupted = batch.next < batch_size(source);
    g_ptr_array_unref(batch.running);
    g_clear_pointer(&batch.known, g_hash_table_unref);
    return done;
}
