#include "commands/ingest/worker.h"
#include "commands/printable.h"
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { READ_CHUNK_BYTES = 4096, PHRASE_BYTES_MAX = 32 };

/* What Poppler, GLib and the C++ library print when an allocation fails. */
static const char *const MEMORY_PHRASES[] = {"Out of memory", "failed to allocate", "bad_alloc",
                                             "Cannot allocate memory"};

static gboolean open_pipe(int *ends, GError **error) {
    if (pipe2(ends, O_CLOEXEC) == 0 && fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0)
        return TRUE;
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(errno), "%s", g_strerror(errno));
    return FALSE;
}

static void close_once(int *file) {
    if (*file >= 0)
        close(*file);
    *file = -1;
}

Worker *worker_start(Nursery *nursery, const WorkOrder *order, int document, GError **error) {
    int reply[2] = {-1, -1}, messages[2] = {-1, -1};
    g_autoptr(Worker) worker = g_new0(Worker, 1);
    worker->process = -1;
    reply_init(&worker->reply, (gsize)order->limits.reply_mib << 20);
    worker->messages = g_string_new(NULL);
    worker->limits = order->limits;
    worker->started = g_get_monotonic_time();
    worker->deadline = worker->started + (gint64)order->limits.wall_seconds * G_USEC_PER_SEC;
    if (open_pipe(reply, error) && open_pipe(messages, error))
        worker->process = nursery_fork(nursery, order, document, reply[1], messages[1], error);
    close_once(&reply[1]);
    close_once(&messages[1]);
    worker->reply_pipe = reply[0];
    worker->messages_pipe = messages[0];
    return worker->process > 0 ? g_steal_pointer(&worker) : NULL;
}

/* The end of its process, which must not be waited for: where it has come, the signal changes
 * nothing; a worker that closed its pipes and hangs is ended by it. */
static int end_process(Worker *worker) {
    int status = 0;
    struct rusage usage = {0};
    kill(worker->process, SIGKILL);
    while (wait4(worker->process, &status, 0, &usage) < 0 && errno == EINTR)
        continue;
    worker->process = -1;
    worker->touched_bytes = (gsize)usage.ru_minflt * (gsize)sysconf(_SC_PAGESIZE);
    worker->cpu_seconds =
        (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
        (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
    return status;
}

void worker_free(Worker *worker) {
    if (worker == NULL)
        return;
    if (worker->process > 0)
        end_process(worker);
    close_once(&worker->reply_pipe);
    close_once(&worker->messages_pipe);
    reply_clear(&worker->reply);
    g_string_free(worker->messages, TRUE);
    g_free(worker);
}

static gsize admitted_bytes(Worker *const *workers, guint n) {
    gsize bytes = 0;
    for (guint i = 0; i < n; i++)
        bytes += workers[i]->reply.admitted ? reply_promise(&workers[i]->reply) : 0;
    return bytes;
}

void workers_admit(Worker *const *workers, guint n, gint64 now) {
    gsize held = admitted_bytes(workers, n);
    gboolean full = FALSE; /* nobody overtakes one that waits */
    for (guint i = 0; i < n; i++) {
        Worker *worker = workers[i];
        if (!reply_waits(&worker->reply))
            continue;
        const gsize promise = reply_promise(&worker->reply);
        full = full || (held > 0 && held + promise > REPLIES_BYTES_MAX);
        if (worker->waiting != 0)
            worker->deadline += now - worker->waiting;
        worker->waiting = full ? now : 0;
        worker->reply.admitted = !full;
        held += full ? 0 : promise;
    }
}

void worker_poll(const Worker *worker, struct pollfd *entries) {
    const int reply = reply_waits(&worker->reply) ? -1 : worker->reply_pipe;
    entries[0] = (struct pollfd){.fd = reply, .events = POLLIN};
    entries[1] = (struct pollfd){.fd = worker->messages_pipe, .events = POLLIN};
}

/* A phrase may be cut in two by the ends of reads: the search begins a little before. */
static void look_for_memory(Worker *worker, gsize from) {
    const char *text = worker->messages->str + from - MIN(from, PHRASE_BYTES_MAX);
    gsize length = worker->messages->len - (gsize)(text - worker->messages->str);
    for (gsize i = 0; i < G_N_ELEMENTS(MEMORY_PHRASES); i++)
        if (memmem(text, length, MEMORY_PHRASES[i], strlen(MEMORY_PHRASES[i])) != NULL)
            worker->out_of_memory = TRUE;
}

static void read_messages(Worker *worker) {
    char chunk[READ_CHUNK_BYTES];
    while (worker->messages_pipe >= 0) {
        gssize n = read(worker->messages_pipe, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            return;
        if (n > 0) {
            gsize from = worker->messages->len;
            g_string_append_len(worker->messages, chunk, n);
            look_for_memory(worker, from);
            worker->messages_bytes += (gsize)n;
        }
        if (worker->messages->len > 2 * WORKER_TAIL_BYTES)
            g_string_erase(worker->messages, 0, (gssize)worker->messages->len - WORKER_TAIL_BYTES);
        /* Beyond that nobody listens: its writes fail, which harms no honest worker. */
        if (n <= 0 || worker->messages_bytes > WORKER_MESSAGES_BYTES_MAX)
            close_once(&worker->messages_pipe);
    }
}

gboolean worker_advance(Worker *worker, gint64 now) {
    if (reply_read(&worker->reply, worker->reply_pipe) != REPLY_OPEN)
        close_once(&worker->reply_pipe);
    read_messages(worker);
    if (worker->reply_pipe >= 0 && !reply_waits(&worker->reply) && now >= worker->deadline) {
        worker->late = TRUE;
        close_once(&worker->reply_pipe);
    }
    return worker->reply_pipe < 0;
}

/* What cannot grow its stack says nothing any more. */
static gboolean ran_out_of_stack(const Worker *worker, int signal) {
    const gsize limit = (gsize)worker->limits.memory_mib << 20;
    return (signal == SIGSEGV || signal == SIGBUS) && worker->touched_bytes >= limit / 4 * 3;
}

static WorkerEnd judge_signal(const Worker *worker, int signal, char **reason) {
    if (signal == SIGXCPU || worker->cpu_seconds >= worker->limits.cpu_seconds) {
        *reason = g_strdup_printf(_("time: more than %u s of CPU"), worker->limits.cpu_seconds);
        return WORKER_TIME;
    }
    if (worker->out_of_memory || ran_out_of_stack(worker, signal)) {
        *reason = g_strdup_printf(_("memory: more than %u MiB"), worker->limits.memory_mib);
        return WORKER_MEMORY;
    }
    *reason = g_strdup_printf(_("crash: signal %d (%s)"), signal, strsignal(signal));
    return WORKER_CRASH;
}

static WorkerEnd judge_reply(const Worker *worker, char **reason) {
    const char *text;
    gsize length;
    if (worker->reply.state == REPLY_FLOOD) {
        *reason = g_strdup_printf(_("flood: a reply of more than %u MiB (--reply)"),
                                  worker->limits.reply_mib);
        return WORKER_FLOOD;
    }
    if (worker->reply.state != REPLY_WHOLE) {
        *reason = g_strdup(worker->reply.state == REPLY_SHORT ? _("malformed reply: it is cut off")
                                                              : _("malformed reply"));
        return WORKER_MALFORMED;
    }
    if (reply_body(&worker->reply, &text, &length) == REPLY_REPORT)
        return WORKER_REPORT;
    g_autofree char *sentence = g_strndup(text, length);
    *reason = printable_text(sentence);
    return WORKER_REFUSED;
}

static WorkerEnd judge(const Worker *worker, int status, char **reason) {
    if (worker->late) {
        *reason = g_strdup_printf(_("time: more than %u s"), worker->limits.wall_seconds);
        return WORKER_TIME;
    }
    /* Of a flood or a reply without sense the end is the parent's doing. */
    if (worker->reply.state != REPLY_FLOOD && worker->reply.state != REPLY_MALFORMED) {
        if (WIFSIGNALED(status))
            return judge_signal(worker, WTERMSIG(status), reason);
        if (WEXITSTATUS(status) != 0) {
            *reason = g_strdup_printf(_("crash: exit status %d"), WEXITSTATUS(status));
            return WORKER_CRASH;
        }
    }
    return judge_reply(worker, reason);
}

/* The last words, for whoever looks for the cause. */
static void append_tail(const Worker *worker, char **reason) {
    gsize skip = worker->messages->len - MIN(worker->messages->len, WORKER_TAIL_BYTES);
    g_autofree char *tail = g_strdup(worker->messages->str + skip);
    if (*g_strstrip(tail) == '\0')
        return;
    g_autofree char *shown = printable_text(tail);
    char *whole = g_strdup_printf("%s [%s]", *reason, shown);
    g_free(*reason);
    *reason = whole;
}

WorkerEnd worker_finish(Worker *worker, char **reason) {
    *reason = NULL;
    int status = end_process(worker);
    read_messages(worker);
    WorkerEnd end = judge(worker, status, reason);
    if (end != WORKER_REPORT && end != WORKER_REFUSED)
        append_tail(worker, reason);
    return end;
}
