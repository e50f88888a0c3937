#include "commands/ingest/sandbox.h"
#include "commands/ingest/landlock.h"
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <grp.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Whoever has no rights: Debian's nobody and nogroup. */
enum { NOBODY = 65534 };

/* The PDF, the reply, standard error, and what Poppler opens at once: maps and fonts. */
enum { OPEN_FILES_MAX = 32 };

#if defined(__SANITIZE_ADDRESS__)
static const gboolean RELAXED = TRUE;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
static const gboolean RELAXED = TRUE;
#else
static const gboolean RELAXED = FALSE;
#endif
#else
static const gboolean RELAXED = FALSE;
#endif

gboolean sandbox_is_relaxed(void) { return RELAXED; }

struct Sandbox {
    struct sock_filter *filter;
    gsize length;       /* instructions */
    gsize mapped_bytes; /* address space of the process that forks the workers */
};

/* What reading takes: memory, files that are open or may be opened for reading, time, the end. */
static const int ALLOWED[] = {
    SCMP_SYS(read),         SCMP_SYS(pread64),
    SCMP_SYS(write),        SCMP_SYS(writev),
    SCMP_SYS(lseek),        SCMP_SYS(close),
    SCMP_SYS(fstat),        SCMP_SYS(newfstatat),
    SCMP_SYS(stat),         SCMP_SYS(lstat),
    SCMP_SYS(statx),        SCMP_SYS(fstatfs),
    SCMP_SYS(statfs),       SCMP_SYS(access),
    SCMP_SYS(faccessat),    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),     SCMP_SYS(readlinkat),
    SCMP_SYS(getdents64),   SCMP_SYS(getcwd),
    SCMP_SYS(brk),          SCMP_SYS(munmap),
    SCMP_SYS(mremap),       SCMP_SYS(madvise),
    SCMP_SYS(futex),        SCMP_SYS(getpid),
    SCMP_SYS(gettid),       SCMP_SYS(tgkill), /* of itself only: see own_signals_only */
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday), SCMP_SYS(time),
    SCMP_SYS(getrandom),    SCMP_SYS(getrusage),
    SCMP_SYS(sched_yield),  SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),         SCMP_SYS(exit_group),
};

/* What libraries try and can do without. */
static const int REFUSED[] = {
    SCMP_SYS(ioctl),
    SCMP_SYS(uname),
    SCMP_SYS(sysinfo),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(prlimit64),
    SCMP_SYS(fadvise64),
    SCMP_SYS(flock),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(unlink),
    SCMP_SYS(mkdir),
    SCMP_SYS(utimensat),
    SCMP_SYS(rename),
    SCMP_SYS(getsockname),
    SCMP_SYS(getpeername),
};

static int add_plain_rules(scmp_filter_ctx filter) {
    int status = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(ALLOWED) && status == 0; i++)
        status = seccomp_rule_add(filter, SCMP_ACT_ALLOW, ALLOWED[i], 0);
    for (gsize i = 0; i < G_N_ELEMENTS(REFUSED) && status == 0; i++)
        status = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), REFUSED[i], 0);
    return status;
}

/* libseccomp's macros leave a member out, which clang minds. */
static struct scmp_arg_cmp compare(guint argument, enum scmp_compare how, guint64 a, guint64 b) {
    return (struct scmp_arg_cmp){.arg = argument, .op = how, .datum_a = a, .datum_b = b};
}

/* A call that is allowed where the masked argument is zero, else refused. */
static int add_masked_rule(scmp_filter_ctx filter, int call, guint argument, guint64 mask) {
    int status = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                                  compare(argument, SCMP_CMP_MASKED_EQ, mask, 0));
    for (guint64 bit = 1; bit <= mask && status == 0; bit <<= 1)
        if ((mask & bit) != 0)
            status = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 1,
                                      compare(argument, SCMP_CMP_MASKED_EQ, bit, bit));
    return status;
}

static int add_rules(scmp_filter_ctx filter) {
    const guint64 writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
    static const int FLAGS[] = {F_GETFD, F_SETFD, F_GETFL};
    int status = add_plain_rules(filter);
    if (status == 0)
        status = add_masked_rule(filter, SCMP_SYS(openat), 2, writing);
    if (status == 0)
        status = add_masked_rule(filter, SCMP_SYS(open), 1, writing);
    if (status == 0)
        status = add_masked_rule(filter, SCMP_SYS(mmap), 2, PROT_EXEC);
    if (status == 0)
        status = add_masked_rule(filter, SCMP_SYS(mprotect), 2, PROT_EXEC);
    for (gsize i = 0; i < G_N_ELEMENTS(FLAGS) && status == 0; i++)
        status = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
                                  compare(1, SCMP_CMP_EQ, (guint64)FLAGS[i], 0));
    return status;
}

/* The filter as the kernel takes it, so that a worker need not compile it. */
static gboolean compile_filter(scmp_filter_ctx filter, Sandbox *sandbox) {
    int file = memfd_create("filter", MFD_CLOEXEC);
    off_t length = 0;
    gboolean done = file >= 0 && seccomp_export_bpf(filter, file) == 0 &&
                    (length = lseek(file, 0, SEEK_END)) > 0;
    if (done) {
        sandbox->filter = g_malloc((gsize)length);
        sandbox->length = (gsize)length / sizeof(struct sock_filter);
        done = pread(file, sandbox->filter, (gsize)length, 0) == length;
    }
    if (file >= 0)
        close(file);
    return done;
}

static gboolean fail(GError **error, const char *what) {
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(errno), _("no sandbox: %s: %s"), what,
                g_strerror(errno));
    return FALSE;
}

Sandbox *sandbox_new(GError **error) {
    g_autoptr(Sandbox) sandbox = g_new0(Sandbox, 1);
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    int status = filter == NULL ? -ENOMEM : add_rules(filter);
    errno = -status;
    gboolean done = status == 0 && compile_filter(filter, sandbox);
    if (filter != NULL)
        seccomp_release(filter);
    if (done)
        return g_steal_pointer(&sandbox);
    fail(error, "seccomp");
    return NULL;
}

void sandbox_free(Sandbox *sandbox) {
    if (sandbox == NULL)
        return;
    g_free(sandbox->filter);
    g_free(sandbox);
}

static gboolean limit(int resource, rlim_t soft, rlim_t hard) {
    const struct rlimit value = {soft, hard};
    return setrlimit(resource, &value) == 0;
}

/* The address space in use, in bytes. */
static gsize mapped_now(void) {
    char text[64] = "";
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        gssize length = read(file, text, sizeof text - 1);
        text[MAX(length, 0)] = '\0';
        close(file);
    }
    return (gsize)g_ascii_strtoull(text, NULL, 10) * (gsize)sysconf(_SC_PAGESIZE);
}

/* In a container root may lack the right to become somebody else; the other walls stand. */
static gboolean drop_root(void) {
    return geteuid() != 0 ||
           (setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 &&
            setresuid(NOBODY, NOBODY, NOBODY) == 0) ||
           errno == EPERM || errno == EINVAL;
}

gboolean sandbox_confine(Sandbox *sandbox, const char *readable, gboolean *landlock,
                         GError **error) {
    *landlock = TRUE;
    sandbox->mapped_bytes = mapped_now();
    if (!limit(RLIMIT_CORE, 0, 0) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fail(error, "prctl");
    if (RELAXED)
        return TRUE;
    if (!landlock_confine(readable, landlock))
        return fail(error, "Landlock");
    return *landlock || drop_root() || fail(error, "setresuid");
}

/* Signals to others are cut off for each worker, since the number of the process is in it. */
static gboolean own_signals_only(void) {
    const guint low = G_BYTE_ORDER == G_LITTLE_ENDIAN ? 0 : 4;
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args) + low),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (guint)getpid(), 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const struct sock_fprog program = {G_N_ELEMENTS(filter), filter};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

gboolean sandbox_enter(const Sandbox *sandbox, const Limits *limits, gsize mapped_bytes,
                       GError **error) {
    const rlim_t memory = sandbox->mapped_bytes + mapped_bytes + ((rlim_t)limits->memory_mib << 20);
    const struct sock_fprog program = {(unsigned short)sandbox->length, sandbox->filter};
    if (!limit(RLIMIT_CPU, limits->cpu_seconds, limits->cpu_seconds + 1))
        return fail(error, "setrlimit");
    if (RELAXED)
        return TRUE;
    if (!limit(RLIMIT_AS, memory, memory) || !limit(RLIMIT_FSIZE, 0, 0) ||
        !limit(RLIMIT_NOFILE, OPEN_FILES_MAX, OPEN_FILES_MAX) || !limit(RLIMIT_NPROC, 0, 0) ||
        !limit(RLIMIT_MEMLOCK, 0, 0) || !limit(RLIMIT_MSGQUEUE, 0, 0))
        return fail(error, "setrlimit");
    if (!own_signals_only() || syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0)
        return fail(error, "seccomp");
    return TRUE;
}
