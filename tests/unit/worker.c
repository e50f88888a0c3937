/* Workers that misbehave in every way, through the real nursery, sandbox and pipes: each ends as
 * what it is, and the next worker is none the worse. */
#include "tests/unit/workers.h"
#include <linux/futex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { REPLY_BYTES_MAX = 16 << 20 }; /* of the orders here */

/* As reply.c has it; written here by hand so that a change of one is seen. */
typedef struct {
    guint32 magic, kind;
    guint64 length;
} Head;

static void send_head(int reply, guint32 magic, guint32 kind, guint64 length) {
    const Head head = {magic, kind, length};
    g_assert_cmpint(write(reply, &head, sizeof head), ==, sizeof head);
}

static void send_bytes(int reply, gsize length) {
    static const char chunk[65536];
    while (length > 0) {
        gssize n = write(reply, chunk, MIN(length, sizeof chunk));
        if (n <= 0)
            return;
        length -= (gsize)n;
    }
}

static void hang(void) {
    static int word = 0;
    for (;;)
        syscall(SYS_futex, &word, FUTEX_WAIT, 0, NULL, NULL, 0);
}

static void good(int reply) { reply_write(reply, REPLY_REPORT, "<report/>", 9); }
static void refusal(int reply) { reply_write(reply, REPLY_REFUSAL, "no\x1b[31m way", 11); }
static void silent(int reply) { (void)reply; }
static void aborts(int reply) {
    send_bytes(reply, 3);
    fprintf(stderr, "last\x1b words\n");
    abort();
}
static void null_pointer(int reply) {
    (void)reply;
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
}
static void exits(int reply) {
    good(reply);
    _exit(3);
}
static void spins(int reply) {
    (void)reply;
    for (volatile guint i = 0;; i++)
        continue;
}
static void spins_on(int reply) {
    signal(SIGXCPU, SIG_IGN);
    spins(reply);
}
static void hangs(int reply) {
    (void)reply;
    hang();
}
static void hangs_in_reply(int reply) {
    send_head(reply, 0x676a7231, 1, 100);
    hang();
}
static void closes_and_hangs(int reply) {
    close(reply);
    close(STDERR_FILENO);
    hang();
}
static void takes_memory(int reply) {
    (void)reply;
    for (;;)
        memset(g_malloc(1 << 20), 1, 1 << 20);
}
static void takes_memory_quietly(int reply) {
    while (mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED)
        continue;
    fprintf(stderr, "%s", "Out of mem");
    fprintf(stderr, "%s", "ory\n");
    good(reply);
}
static void floods(int reply) {
    send_head(reply, 0x676a7231, 1, (guint64)1 << 40);
    send_bytes(reply, (gsize)1 << 34);
}
static void floods_without_head(int reply) { send_bytes(reply, (gsize)1 << 34); }
static void lies_about_length(int reply) {
    send_head(reply, 0x676a7231, 1, 10);
    send_bytes(reply, (gsize)1 << 34);
}
static void oversized(int reply) {
    send_head(reply, 0x676a7231, 1, REPLY_BYTES_MAX + 1);
    send_bytes(reply, REPLY_BYTES_MAX + 1);
}
static void long_refusal(int reply) {
    send_head(reply, 0x676a7231, 2, 1 << 20);
    send_bytes(reply, 1 << 20);
}
static void cut_off(int reply) {
    send_head(reply, 0x676a7231, 1, 100);
    send_bytes(reply, 99);
}
static void head_cut_off(int reply) { send_bytes(reply, 7); }
static void unknown_kind(int reply) {
    send_head(reply, 0x676a7231, 7, 1);
    send_bytes(reply, 1);
}
static void other_magic(int reply) {
    send_head(reply, 0x31726a67, 1, 1);
    send_bytes(reply, 1);
}
static void floods_messages(int reply) {
    send_bytes(STDERR_FILENO, (gsize)1 << 28);
    good(reply);
}
enum { LARGE_BYTES = 10 << 20, LARGE_WORKERS = 4 };

static void large(int reply) {
    send_head(reply, 0x676a7231, 1, LARGE_BYTES);
    send_bytes(reply, LARGE_BYTES);
}
static void forbidden_call(int reply) {
    (void)reply;
    syscall(SYS_socket, 2, 1, 0);
}

typedef struct {
    const char *name;
    void (*act)(int reply);
    WorkerEnd end;
    const char *reason; /* that the sentence contains */
    gboolean confined;  /* only the whole sandbox holds it */
} Mock;

static const Mock MOCKS[] = {
    {"good", good, WORKER_REPORT, NULL, FALSE},
    {"refusal", refusal, WORKER_REFUSED, "no\\x1b[31m way", FALSE},
    {"silent", silent, WORKER_MALFORMED, "cut off", FALSE},
    {"abort", aborts, WORKER_CRASH, "signal 6 (Aborted) [last\\x1b words]", FALSE},
    {"segv", null_pointer, WORKER_CRASH, "signal 11", FALSE},
    {"exit", exits, WORKER_CRASH, "exit status 3", FALSE},
    {"spin", spins, WORKER_TIME, "1 s of CPU", FALSE},
    {"spin-on", spins_on, WORKER_TIME, "1 s of CPU", FALSE},
    {"hang", hangs, WORKER_TIME, "more than 1 s", FALSE},
    {"hang-in-reply", hangs_in_reply, WORKER_TIME, "more than 1 s", FALSE},
    {"close-and-hang", closes_and_hangs, WORKER_CRASH, "signal 9", FALSE},
    {"memory", takes_memory, WORKER_MEMORY, "more than 64 MiB", TRUE},
    {"memory-quietly", takes_memory_quietly, WORKER_REPORT, NULL, TRUE},
    {"flood", floods, WORKER_FLOOD, "16 MiB", FALSE},
    {"flood-without-head", floods_without_head, WORKER_MALFORMED, "malformed", FALSE},
    {"lie", lies_about_length, WORKER_MALFORMED, "malformed", FALSE},
    {"oversized", oversized, WORKER_FLOOD, "16 MiB", FALSE},
    {"long-refusal", long_refusal, WORKER_FLOOD, "16 MiB", FALSE},
    {"cut-off", cut_off, WORKER_MALFORMED, "cut off", FALSE},
    {"head-cut-off", head_cut_off, WORKER_MALFORMED, "cut off", FALSE},
    {"unknown-kind", unknown_kind, WORKER_MALFORMED, "malformed", FALSE},
    {"other-magic", other_magic, WORKER_MALFORMED, "malformed", FALSE},
    {"large", large, WORKER_REPORT, NULL, FALSE},
    {"messages", floods_messages, WORKER_REPORT, NULL, FALSE},
    {"forbidden-call", forbidden_call, WORKER_CRASH, "signal 31", TRUE},
};

static void act(const WorkOrder *order, int document, int reply, gconstpointer data) {
    (void)document;
    (void)data;
    for (gsize i = 0; i < G_N_ELEMENTS(MOCKS); i++)
        if (g_str_equal(order->file, MOCKS[i].name))
            MOCKS[i].act(reply);
}

static Nursery *nursery;

static WorkerEnd run(const char *name, char **reason, gboolean *out_of_memory) {
    WorkOrder order = {.kind = WORK_PDF,
                       .file = name,
                       .limits = {.memory_mib = 64, .cpu_seconds = 1, .reply_mib = 16}};
    /* Those that hang must not be waited for, those that spin must get their second of CPU. */
    order.limits.wall_seconds = g_str_has_prefix(name, "hang") ? 1 : 60;
    g_autoptr(Worker) worker = workers_run(nursery, &order);
    WorkerEnd end = worker_finish(worker, reason);
    *out_of_memory = worker->out_of_memory;
    g_assert_cmpuint(worker->messages->len, <=, 2 * WORKER_TAIL_BYTES + 4096);
    return end;
}

static void check_mock(gconstpointer data) {
    const Mock *mock = data;
    g_autofree char *reason = NULL, *after = NULL;
    gboolean out_of_memory;
    if (mock->confined && sandbox_is_relaxed()) {
        g_test_skip(WORKERS_RELAXED);
        return;
    }
    WorkerEnd end = run(mock->name, &reason, &out_of_memory);
    g_test_message("%s", reason == NULL ? "a report" : reason);
    g_assert_cmpint(end, ==, mock->end);
    if (mock->reason == NULL)
        g_assert_null(reason);
    else
        g_assert_nonnull(strstr(reason, mock->reason));
    g_assert_true(out_of_memory == g_str_has_prefix(mock->name, "memory"));
    g_assert_cmpint(run("good", &after, &out_of_memory), ==, WORKER_REPORT);
}

static void finish_large(Worker **workers, guint running, guint i) {
    g_autofree char *reason = NULL;
    g_usleep(3 * G_USEC_PER_SEC / LARGE_WORKERS); /* what loading takes */
    g_assert_cmpint(worker_finish(workers[i], &reason), ==, WORKER_REPORT);
    worker_free(workers[i]);
    memmove(workers + i, workers + i + 1, (running - i - 1) * sizeof *workers);
}

/* Several large replies at once are held one after the other; those that wait are
 * not late for it. */
static void test_replies_at_once(void) {
    const WorkOrder order = {
        .kind = WORK_PDF,
        .file = "large",
        .limits = {.memory_mib = 64, .cpu_seconds = 5, .wall_seconds = 2, .reply_mib = 16},
    };
    Worker *workers[LARGE_WORKERS];
    guint running = LARGE_WORKERS;
    int document = workers_document(0);
    for (guint i = 0; i < LARGE_WORKERS; i++) {
        g_autoptr(GError) error = NULL;
        workers[i] = worker_start(nursery, &order, document, &error);
        g_assert_no_error(error);
    }
    close(document);
    while (running > 0) {
        gsize held = 0;
        guint done = running;
        workers_admit(workers, running, g_get_monotonic_time());
        for (guint i = 0; i < running; i++) {
            done = worker_advance(workers[i], g_get_monotonic_time()) ? i : done;
            held += workers[i]->reply.bytes->len;
        }
        g_assert_cmpuint(held, <=, REPLIES_BYTES_MAX);
        if (done < running)
            finish_large(workers, running--, done);
    }
}

int main(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_test_init(&argc, &argv, NULL);
    nursery = nursery_start(act, NULL, NULL, &error);
    g_assert_no_error(error);
    for (gsize i = 0; i < G_N_ELEMENTS(MOCKS); i++) {
        g_autofree char *path = g_strconcat("/worker/", MOCKS[i].name, NULL);
        g_test_add_data_func(path, &MOCKS[i], check_mock);
    }
    g_test_add_func("/worker/replies-at-once", test_replies_at_once);
    int status = g_test_run();
    nursery_stop(nursery);
    return status;
}
