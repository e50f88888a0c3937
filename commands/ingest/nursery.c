#include "commands/ingest/nursery.h"
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct Nursery {
    pid_t process;
    int control; /* a socket of whole messages */
    gboolean landlock;
};

/* Descriptors of an order, and where a worker finds them. */
enum { ORDER_FILES = 3, WORKER_DOCUMENT = 3, WORKER_REPLY = 4, WORKER_FILES_END = 5 };

/* Five names at most, each as long as an escaped path. */
enum { ORDER_BYTES_MAX = 96 * 1024, ORDER_NAMES = 5, GREETING_BYTES = 512 };

/* The fixed part of an order on its way; the names follow, each ended by NUL. */
typedef struct {
    WorkOrder order; /* its pointers tell only which names follow */
    guint8 present[ORDER_NAMES];
} OrderHead;

/* The nursery's first word: whether it can work. */
typedef struct {
    gboolean ready, landlock;
    char reason[GREETING_BYTES];
} Greeting;

typedef struct {
    WorkFunction work;
    gconstpointer data;
    const char *readable;
    Sandbox *sandbox;
    pid_t parent;
} Forker;

static void become_worker(const Forker *forker, const WorkOrder *order, const int *files) {
    g_autoptr(GError) error = NULL;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != forker->parent)
        _exit(1);
    /* Out of the way of the numbers they are to have. */
    int document = fcntl(files[0], F_DUPFD, WORKER_FILES_END + ORDER_FILES);
    int reply = fcntl(files[1], F_DUPFD, WORKER_FILES_END + ORDER_FILES);
    if (dup2(files[2], STDERR_FILENO) < 0 || dup2(document, WORKER_DOCUMENT) < 0 ||
        dup2(reply, WORKER_REPLY) < 0 || close_range(WORKER_FILES_END, G_MAXUINT, 0) != 0)
        _exit(1);
    if (sandbox_enter(forker->sandbox, &order->limits, order->bytes, &error))
        forker->work(order, WORKER_DOCUMENT, WORKER_REPLY, forker->data);
    else {
        gssize ignored = write(STDERR_FILENO, error->message, strlen(error->message));
        _exit(ignored >= 0 ? 1 : 2);
    }
    _exit(0);
}

/* Like fork, but the new process is a child of this one's parent, which can wait for it and end it
 * without a race. */
static pid_t fork_sibling(void) {
    return (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, 0);
}

/* The names of an order point into the message. */
static gboolean read_order(char *message, gsize length, WorkOrder *order) {
    OrderHead head;
    const char *names[ORDER_NAMES] = {NULL};
    const char *at = message + sizeof head, *end = message + length;
    if (length < sizeof head)
        return FALSE;
    memcpy(&head, message, sizeof head);
    for (guint i = 0; i < ORDER_NAMES; i++) {
        const char *stop = head.present[i] ? memchr(at, '\0', (gsize)(end - at)) : NULL;
        if (head.present[i] && stop == NULL)
            return FALSE;
        names[i] = head.present[i] ? at : NULL;
        at = head.present[i] ? stop + 1 : at;
    }
    *order = head.order;
    order->file = names[0];
    order->sha256 = names[1];
    order->identity.department = names[2];
    order->identity.doc_type = names[3];
    order->identity.subject = names[4];
    return TRUE;
}

/* An order with its descriptors; the length of the message, 0 when the program has ended. */
static gssize receive_order(int control, char *message, int *files) {
    union {
        char bytes[CMSG_SPACE(ORDER_FILES * sizeof(int))];
        struct cmsghdr align;
    } ancillary;
    struct iovec part = {message, ORDER_BYTES_MAX};
    struct msghdr head = {.msg_iov = &part,
                          .msg_iovlen = 1,
                          .msg_control = ancillary.bytes,
                          .msg_controllen = sizeof ancillary.bytes};
    gssize length;
    do
        length = recvmsg(control, &head, MSG_CMSG_CLOEXEC);
    while (length < 0 && errno == EINTR);
    const struct cmsghdr *rights = length > 0 ? CMSG_FIRSTHDR(&head) : NULL;
    if (rights == NULL || rights->cmsg_len != CMSG_LEN(ORDER_FILES * sizeof(int)))
        return 0;
    memcpy(files, CMSG_DATA(rights), ORDER_FILES * sizeof(int));
    return length;
}

static void serve(const Forker *forker, int control) {
    g_autofree char *message = g_malloc(ORDER_BYTES_MAX);
    int files[ORDER_FILES];
    for (gssize length; (length = receive_order(control, message, files)) > 0;) {
        WorkOrder order;
        pid_t worker = -1;
        if (read_order(message, (gsize)length, &order))
            worker = fork_sibling();
        if (worker == 0)
            become_worker(forker, &order, files);
        for (guint i = 0; i < ORDER_FILES; i++)
            close(files[i]);
        if (send(control, &worker, sizeof worker, MSG_NOSIGNAL) != sizeof worker)
            break;
    }
}

/* Nothing of the terminal, no descriptor but the socket, signals as a worker needs them. */
static gboolean detach(int control) {
    int nothing = open("/dev/null", O_RDWR);
    setsid();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(nothing, STDOUT_FILENO) < 0 ||
        dup2(nothing, STDERR_FILENO) < 0 || dup2(control, WORKER_DOCUMENT) < 0)
        return FALSE;
    return close_range(WORKER_DOCUMENT + 1, G_MAXUINT, 0) == 0;
}

static void become_nursery(Forker *forker, int control) {
    Greeting greeting = {0};
    g_autoptr(GError) error = NULL;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != forker->parent || !detach(control))
        _exit(1);
    forker->sandbox = sandbox_new(&error);
    greeting.ready = forker->sandbox != NULL &&
                     sandbox_confine(forker->sandbox, forker->readable, &greeting.landlock, &error);
    /* A change of user takes it away. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!greeting.ready)
        g_strlcpy(greeting.reason, error->message, sizeof greeting.reason);
    if (send(WORKER_DOCUMENT, &greeting, sizeof greeting, MSG_NOSIGNAL) == sizeof greeting &&
        greeting.ready)
        serve(forker, WORKER_DOCUMENT);
    _exit(0);
}

static gboolean fail(GError **error, const char *reason) {
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, _("cannot start workers: %s"), reason);
    return FALSE;
}

static gboolean greet(Nursery *nursery, GError **error) {
    Greeting greeting;
    gssize length;
    do
        length = recv(nursery->control, &greeting, sizeof greeting, 0);
    while (length < 0 && errno == EINTR);
    if (length != sizeof greeting)
        return fail(error, _("the process that forks them has ended"));
    nursery->landlock = greeting.landlock;
    return greeting.ready || fail(error, greeting.reason);
}

Nursery *nursery_start(WorkFunction work, gconstpointer data, const char *readable,
                       GError **error) {
    int sockets[2];
    Forker forker = {.work = work, .data = data, .readable = readable, .parent = getpid()};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0) {
        fail(error, g_strerror(errno));
        return NULL;
    }
    pid_t process = fork();
    if (process == 0)
        become_nursery(&forker, sockets[1]);
    close(sockets[1]);
    g_autoptr(Nursery) nursery = g_new0(Nursery, 1);
    nursery->process = process;
    nursery->control = sockets[0];
    if (process < 0 ? fail(error, g_strerror(errno)) : greet(nursery, error))
        return g_steal_pointer(&nursery);
    return NULL;
}

void nursery_stop(Nursery *nursery) {
    if (nursery == NULL)
        return;
    close(nursery->control);
    if (nursery->process > 0)
        while (waitpid(nursery->process, NULL, 0) < 0 && errno == EINTR)
            continue;
    g_free(nursery);
}

gboolean nursery_has_landlock(const Nursery *nursery) { return nursery->landlock; }

static GByteArray *write_order(const WorkOrder *order) {
    const char *names[ORDER_NAMES] = {order->file, order->sha256, order->identity.department,
                                      order->identity.doc_type, order->identity.subject};
    OrderHead head;
    GByteArray *message = g_byte_array_new();
    memset(&head, 0, sizeof head);
    head.order = *order;
    for (guint i = 0; i < ORDER_NAMES; i++)
        head.present[i] = names[i] != NULL;
    g_byte_array_append(message, (const guint8 *)&head, sizeof head);
    for (guint i = 0; i < ORDER_NAMES; i++)
        if (names[i] != NULL)
            g_byte_array_append(message, (const guint8 *)names[i], (guint)strlen(names[i]) + 1);
    return message;
}

static gboolean send_order(int control, const GByteArray *message, const int *files) {
    union {
        char bytes[CMSG_SPACE(ORDER_FILES * sizeof(int))];
        struct cmsghdr align;
    } ancillary;
    memset(&ancillary, 0, sizeof ancillary);
    struct iovec part = {message->data, message->len};
    struct msghdr head = {.msg_iov = &part,
                          .msg_iovlen = 1,
                          .msg_control = ancillary.bytes,
                          .msg_controllen = sizeof ancillary.bytes};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&head);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(ORDER_FILES * sizeof(int));
    memcpy(CMSG_DATA(rights), files, ORDER_FILES * sizeof(int));
    gssize sent;
    do
        sent = sendmsg(control, &head, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (gssize)message->len;
}

pid_t nursery_fork(Nursery *nursery, const WorkOrder *order, int document, int reply, int messages,
                   GError **error) {
    const int files[ORDER_FILES] = {document, reply, messages};
    g_autoptr(GByteArray) message = write_order(order);
    pid_t worker = -1;
    gssize length = -1;
    if (message->len > ORDER_BYTES_MAX || !send_order(nursery->control, message, files)) {
        fail(error, g_strerror(errno));
        return -1;
    }
    do
        length = recv(nursery->control, &worker, sizeof worker, 0);
    while (length < 0 && errno == EINTR);
    if (length != sizeof worker || worker < 0) {
        fail(error, _("the process that forks them has ended"));
        return -1;
    }
    return worker;
}
