/* Sandbox: what a worker may still do once it reads foreign bytes.
 *
 * Three walls, each for itself: resource limits, Landlock (files to be read: Poppler's character
 * maps and the fonts, nothing else; no network, no signals), and seccomp (the system calls that
 * reading a PDF takes; anything else ends the process). The first process to be confined is the
 * one that forks the workers; each worker then closes the rest behind itself.
 *
 * Under AddressSanitizer only the limits of CPU time and files hold: its shadow needs terabytes of
 * address space and its reports need files, pipes and processes.
 */
#pragma once
#include <glib.h>

typedef struct {
    guint memory_mib;   /* that a worker may take beside the PDF and what it starts with */
    guint cpu_seconds;  /* for one document */
    guint wall_seconds; /* for one document, watched by the parent */
    guint reply_mib;    /* that its Report may come to: the parent must hold it */
} Limits;

/* 256 MiB are enough for every readable file of the corpora this was measured on. A Report of 12
 * MiB is one of some 500 pages full of tables; with it the parent stays below 64 MB. */
static const Limits LIMITS_DEFAULT = {
    .memory_mib = 512, .cpu_seconds = 30, .wall_seconds = 60, .reply_mib = 11};
enum {
    LIMITS_REPLY_MIB_MAX = 1024,
    LIMITS_MEMORY_MIB_MIN = 32,
    LIMITS_MEMORY_MIB_MAX = 64 * 1024,
    LIMITS_SECONDS_MAX = 24 * 3600,
};

/* The program was built with AddressSanitizer. */
gboolean sandbox_is_relaxed(void);

typedef struct Sandbox Sandbox;

/* Compiles the filters. */
Sandbox *sandbox_new(GError **error);
void sandbox_free(Sandbox *sandbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sandbox, sandbox_free)

/* For the calling process and all it forks from now on; it must have one thread. `readable` (may be
 * NULL) is one more file that may be opened. `landlock` tells whether the kernel has Landlock;
 * without it the other walls stand, and root becomes nobody. */
gboolean sandbox_confine(Sandbox *sandbox, const char *readable, gboolean *landlock,
                         GError **error);

/* In the worker, when all it needs is open; `mapped_bytes` come on top of its memory. */
gboolean sandbox_enter(const Sandbox *sandbox, const Limits *limits, gsize mapped_bytes,
                       GError **error);
