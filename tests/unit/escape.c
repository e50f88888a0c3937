/* What a worker that has been taken over may try: none of it comes through. Each attempt is made by
 * a worker of its own, inside the real sandbox; it either ends there or is told no. */
#include "tests/unit/workers.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static char *secret;   /* a file that anybody may read */
static char *writable; /* a file that anybody may write */
static char *folder;
static pid_t parent;

static gboolean reads(const char *path) {
    char byte;
    int file = open(path, O_RDONLY);
    return file >= 0 && read(file, &byte, 1) == 1;
}
static gboolean read_passwd(void) { return reads("/etc/passwd"); }
static gboolean read_secret(void) { return reads(secret); }
static gboolean read_program(void) { return reads("/bin/sh"); }
static gboolean read_own_environment(void) { return reads("/proc/self/environ"); }
static gboolean read_own_memory(void) { return reads("/proc/self/maps"); }
static gboolean read_parent(void) {
    g_autofree char *path = g_strdup_printf("/proc/%d/cmdline", parent);
    return reads(path);
}
static gboolean read_parent_descriptors(void) {
    g_autofree char *path = g_strdup_printf("/proc/%d/fd", parent);
    return open(path, O_RDONLY | O_DIRECTORY) >= 0;
}
static gboolean list_root(void) { return open("/", O_RDONLY | O_DIRECTORY) >= 0; }
static gboolean reach_around(void) { return reads("/usr/share/fonts/../../../etc/passwd"); }
static gboolean other_descriptors(void) {
    for (int i = 5; i < 1024; i++)
        if (fcntl(i, F_GETFD) != -1)
            return TRUE;
    return FALSE;
}
static gboolean write_document(void) {
    return write(3, "x", 1) == 1 || pwrite(3, "x", 1, 0) == 1 || ftruncate(3, 0) == 0;
}
static gboolean map_document_writable(void) {
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 3, 0) != MAP_FAILED;
}
static gboolean create_file(void) {
    g_autofree char *path = g_build_filename(folder, "made", NULL);
    return open(path, O_WRONLY | O_CREAT, 0600) >= 0;
}
static gboolean temporary_file(void) { return open(folder, O_TMPFILE | O_RDWR, 0600) >= 0; }
static gboolean open_for_writing(void) { return open(writable, O_WRONLY) >= 0; }
static gboolean truncate_by_opening(void) { return open(writable, O_RDONLY | O_TRUNC) >= 0; }
static gboolean truncate_file(void) { return truncate(writable, 0) == 0; }
static gboolean remove_file(void) { return unlink(writable) == 0; }
static gboolean rename_file(void) {
    g_autofree char *path = g_build_filename(folder, "renamed", NULL);
    return rename(writable, path) == 0;
}
static gboolean link_file(void) {
    g_autofree char *path = g_build_filename(folder, "linked", NULL);
    return link(secret, path) == 0;
}
static gboolean link_symbolically(void) {
    g_autofree char *path = g_build_filename(folder, "pointed", NULL);
    return symlink("/etc/passwd", path) == 0;
}
static gboolean make_folder(void) {
    g_autofree char *path = g_build_filename(folder, "below", NULL);
    return mkdir(path, 0700) == 0;
}
static gboolean make_fifo(void) {
    g_autofree char *path = g_build_filename(folder, "fifo", NULL);
    return mkfifo(path, 0600) == 0;
}
static gboolean change_mode(void) { return chmod(writable, 0600) == 0; }
static gboolean change_owner(void) { return chown(writable, 0, 0) == 0; }
static gboolean set_attribute(void) {
    return syscall(SYS_setxattr, writable, "user.a", "b", 1, 0) == 0;
}
static gboolean socket_internet(void) { return socket(AF_INET, SOCK_STREAM, 0) >= 0; }
static gboolean socket_local(void) { return socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }
static gboolean socket_pair(void) {
    int pair[2];
    return socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0;
}
static gboolean connect_descriptors(void) {
    const struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/run/x"};
    for (int i = 0; i < 16; i++)
        if (connect(i, (const struct sockaddr *)&address, sizeof address) == 0)
            return TRUE;
    return FALSE;
}
static gboolean make_pipe(void) {
    int ends[2];
    return pipe(ends) == 0;
}
static gboolean fork_process(void) {
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child > 0;
}
static gboolean clone_new(void) { return syscall(SYS_clone3, NULL, 0) >= 0; }
static void *nothing(void *data) { return data; }
static gboolean start_thread(void) {
    pthread_t thread;
    return pthread_create(&thread, NULL, nothing, NULL) == 0;
}
static gboolean execute_program(void) {
    char *const arguments[] = {"/bin/true", NULL};
    execv("/bin/true", arguments);
    return FALSE;
}
static gboolean execute_document(void) {
    char *const arguments[] = {"x", NULL};
    fexecve(3, arguments, arguments + 1);
    return FALSE;
}
static gboolean signal_parent(void) { return kill(parent, 0) == 0; }
static gboolean signal_parent_thread(void) {
    return syscall(SYS_tgkill, parent, parent, SIGURG) == 0;
}
static gboolean signal_group(void) { return kill(0, SIGURG) == 0; }
static gboolean signal_queue(void) { return sigqueue(parent, SIGURG, (union sigval){0}) == 0; }
static gboolean signal_by_owner(void) { return fcntl(4, F_SETOWN, parent) == 0; }
static gboolean open_process(void) { return syscall(SYS_pidfd_open, parent, 0) >= 0; }
static gboolean trace_parent(void) { return ptrace(PTRACE_SEIZE, parent, NULL, NULL) == 0; }
static gboolean read_parent_memory(void) {
    char byte;
    struct iovec mine = {&byte, 1}, other = {&parent, 1};
    return process_vm_readv(parent, &mine, 1, &other, 1, 0) == 1;
}
static gboolean map_executable(void) {
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
}
static gboolean make_executable(void) {
    gpointer page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}
static gboolean make_code_writable(void) {
    gsize page = (gsize)make_executable & ~(gsize)4095;
    return mprotect((gpointer)page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC) == 0;
}
static gboolean anonymous_file(void) { return memfd_create("x", 0) >= 0; }
static gboolean shared_memory(void) { return shmget(IPC_PRIVATE, 4096, 0600) >= 0; }
static gboolean ring(void) {
    struct io_uring_params parameters = {0};
    return syscall(SYS_io_uring_setup, 1, &parameters) >= 0;
}
static gboolean load_bpf(void) { return syscall(SYS_bpf, 0, NULL, 0) >= 0; }
static gboolean performance_event(void) {
    return syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0) >= 0;
}
static gboolean user_faults(void) { return syscall(SYS_userfaultfd, 0) >= 0; }
static gboolean add_key(void) { return syscall(SYS_add_key, "user", "a", "b", 1, -1) >= 0; }
static gboolean new_user_namespace(void) { return unshare(CLONE_NEWUSER) == 0; }
static gboolean new_network_namespace(void) { return unshare(CLONE_NEWNET) == 0; }
static gboolean mount_something(void) { return mount("none", folder, "tmpfs", 0, NULL) == 0; }
static gboolean change_root(void) { return chroot("/") == 0; }
static gboolean raise_limit(void) {
    const struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
    return setrlimit(RLIMIT_AS, &limit) == 0;
}
static gboolean become_root(void) { return setuid(0) == 0; }
static gboolean keep_rights(void) { return syscall(SYS_prctl, 8 /* KEEPCAPS */, 1, 0, 0, 0) == 0; }
static gboolean type_into_terminal(void) { return ioctl(STDIN_FILENO, TIOCSTI, "x") == 0; }
static gboolean watch_files(void) { return syscall(SYS_inotify_init1, 0) >= 0; }
static gboolean open_by_handle(void) { return syscall(SYS_open_by_handle_at, -1, NULL, 0) >= 0; }
static gboolean open_in_new_way(void) {
    guint64 how[3] = {O_RDONLY, 0, 0};
    return syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", how, sizeof how) >= 0;
}
static gboolean new_filter(void) { return syscall(SYS_seccomp, 1, 0, NULL) == 0; }

/* Those that files alone stand against need Landlock. */
typedef struct {
    const char *name;
    gboolean (*attempt)(void);
    gboolean landlock;
} Attempt;

#define ATTEMPT(name)                                                                              \
    { #name, name, FALSE }
#define FILE_ATTEMPT(name)                                                                         \
    { #name, name, TRUE }

static const Attempt ATTEMPTS[] = {
    FILE_ATTEMPT(read_passwd),
    FILE_ATTEMPT(read_secret),
    FILE_ATTEMPT(read_program),
    FILE_ATTEMPT(read_own_environment),
    FILE_ATTEMPT(read_own_memory),
    FILE_ATTEMPT(read_parent),
    FILE_ATTEMPT(read_parent_descriptors),
    FILE_ATTEMPT(list_root),
    FILE_ATTEMPT(reach_around),
    ATTEMPT(other_descriptors),
    ATTEMPT(write_document),
    ATTEMPT(map_document_writable),
    ATTEMPT(create_file),
    ATTEMPT(temporary_file),
    ATTEMPT(open_for_writing),
    ATTEMPT(truncate_by_opening),
    ATTEMPT(truncate_file),
    ATTEMPT(remove_file),
    ATTEMPT(rename_file),
    ATTEMPT(link_file),
    ATTEMPT(link_symbolically),
    ATTEMPT(make_folder),
    ATTEMPT(make_fifo),
    ATTEMPT(change_mode),
    ATTEMPT(change_owner),
    ATTEMPT(set_attribute),
    ATTEMPT(socket_internet),
    ATTEMPT(socket_local),
    ATTEMPT(socket_pair),
    ATTEMPT(connect_descriptors),
    ATTEMPT(make_pipe),
    ATTEMPT(fork_process),
    ATTEMPT(clone_new),
    ATTEMPT(start_thread),
    ATTEMPT(execute_program),
    ATTEMPT(execute_document),
    ATTEMPT(signal_parent),
    ATTEMPT(signal_parent_thread),
    ATTEMPT(signal_group),
    ATTEMPT(signal_queue),
    ATTEMPT(signal_by_owner),
    ATTEMPT(open_process),
    ATTEMPT(trace_parent),
    ATTEMPT(read_parent_memory),
    ATTEMPT(map_executable),
    ATTEMPT(make_executable),
    ATTEMPT(make_code_writable),
    ATTEMPT(anonymous_file),
    ATTEMPT(shared_memory),
    ATTEMPT(ring),
    ATTEMPT(load_bpf),
    ATTEMPT(performance_event),
    ATTEMPT(user_faults),
    ATTEMPT(add_key),
    ATTEMPT(new_user_namespace),
    ATTEMPT(new_network_namespace),
    ATTEMPT(mount_something),
    ATTEMPT(change_root),
    ATTEMPT(raise_limit),
    ATTEMPT(become_root),
    ATTEMPT(keep_rights),
    ATTEMPT(type_into_terminal),
    ATTEMPT(watch_files),
    ATTEMPT(open_by_handle),
    ATTEMPT(open_in_new_way),
    ATTEMPT(new_filter),
};

/* A Report stands for an attempt that came through, a refusal for one that was told no. */
static void attempt(const WorkOrder *order, int document, int reply, gconstpointer data) {
    (void)document;
    (void)data;
    for (gsize i = 0; i < G_N_ELEMENTS(ATTEMPTS); i++)
        if (g_str_equal(order->file, ATTEMPTS[i].name)) {
            gboolean through = ATTEMPTS[i].attempt();
            reply_write(reply, through ? REPLY_REPORT : REPLY_REFUSAL, "held", 4);
        }
}

static Nursery *nursery;

static WorkerEnd run(const char *name, char **reason) {
    const WorkOrder order = {
        .kind = WORK_PDF,
        .file = name,
        .limits = {.memory_mib = 64, .cpu_seconds = 5, .wall_seconds = 20, .reply_mib = 16},
        .bytes = 4096};
    g_autoptr(Worker) worker = workers_run(nursery, &order);
    return worker_finish(worker, reason);
}

static void check_attempt(gconstpointer data) {
    const Attempt *one = data;
    g_autofree char *reason = NULL;
    gboolean relaxed = sandbox_is_relaxed();
    if (relaxed || (one->landlock && !nursery_has_landlock(nursery))) {
        g_test_skip(relaxed ? WORKERS_RELAXED : "no Landlock here");
        return;
    }
    WorkerEnd end = run(one->name, &reason);
    g_test_message("%s", reason == NULL ? "came through" : reason);
    g_assert_true(end == WORKER_REFUSED || end == WORKER_CRASH);
    g_assert_nonnull(strstr(reason, end == WORKER_REFUSED ? "held" : "signal"));
}

/* The same attempts outside of the sandbox, as far as they harm nobody: they must be real ones. */
static void check_without_sandbox(void) {
    static gboolean (*const REAL[])(void) = {
        read_passwd,  read_secret,   read_own_memory,  read_parent,       list_root,
        reach_around, create_file,   open_for_writing, link_symbolically, make_folder,
        make_fifo,    change_mode,   socket_local,     socket_pair,       make_pipe,
        fork_process, start_thread,  signal_parent,    make_executable,   anonymous_file,
        read_program, truncate_file, map_executable,   rename_file,
    };
    for (gsize i = 0; i < G_N_ELEMENTS(REAL); i++) {
        g_test_message("%" G_GSIZE_FORMAT, i);
        g_assert_true(REAL[i]());
    }
}

static void remove_folder(void) {
    g_autofree char *command = g_strdup_printf("rm -rf '%s'", folder);
    g_assert_cmpint(system(command), ==, 0);
}

int main(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("gouji-escape-XXXXXX", NULL);
    secret = g_build_filename(folder, "secret", NULL);
    writable = g_build_filename(folder, "writable", NULL);
    parent = getpid();
    g_assert_true(chmod(folder, 0777) == 0);
    g_assert_true(g_file_set_contents_full(secret, "s", 1, G_FILE_SET_CONTENTS_NONE, 0644, NULL));
    g_assert_true(g_file_set_contents_full(writable, "w", 1, G_FILE_SET_CONTENTS_NONE, 0666, NULL));
    g_assert_true(chmod(writable, 0666) == 0);
    nursery = nursery_start(attempt, NULL, NULL, &error);
    g_assert_no_error(error);
    for (gsize i = 0; i < G_N_ELEMENTS(ATTEMPTS); i++) {
        g_autofree char *path = g_strconcat("/escape/", ATTEMPTS[i].name, NULL);
        g_test_add_data_func(path, &ATTEMPTS[i], check_attempt);
    }
    g_test_add_func("/escape/attempts-are-real", check_without_sandbox);
    int status = g_test_run();
    nursery_stop(nursery);
    remove_folder();
    return status;
}
