#include "commands/ingest/landlock.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What reading a PDF may open: character maps, fonts that are not embedded, their configuration. */
static const char *const READABLE[] = {
    "/usr/share/poppler",    "/usr/share/fonts",         "/usr/local/share/fonts",
    "/usr/share/fontconfig", "/usr/share/ghostscript",   "/etc/fonts",
    "/var/cache/fontconfig", "/usr/share/tesseract-ocr",
};

/* As the kernel has it since Landlock's sixth version, whatever headers are installed. */
typedef struct {
    guint64 files, network, scopes;
} Handled;

/* Rights that came with later versions of Landlock than the first. */
static const guint64 FILES_BY_VERSION[] = {
    (1U << 13) - 1, (1U << 14) - 1, (1U << 15) - 1, (1U << 15) - 1, (1U << 16) - 1,
};
enum { VERSION_NETWORK = 4, VERSION_SCOPES = 6 };
static const guint64 NETWORK_ALL = 3; /* bind, connect */
static const guint64 SCOPES_ALL = 3;  /* abstract Unix sockets, signals */

static const guint64 READING = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

/* What is not there need not be allowed. */
static gboolean allow(int rules, const char *path, guint64 access) {
    int file = path == NULL ? -1 : open(path, O_PATH | O_CLOEXEC);
    if (file < 0)
        return TRUE;
    const struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = file};
    long status = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(file);
    return status == 0;
}

static gboolean allow_below(int rules, const char *base, const char *name) {
    g_autofree char *path = g_build_filename(base, name, NULL);
    return allow(rules, path, READING);
}

static gboolean allow_all(int rules) {
    const char *home = g_get_home_dir(), *data = g_get_user_data_dir();
    for (gsize i = 0; i < G_N_ELEMENTS(READABLE); i++)
        if (!allow(rules, READABLE[i], READING))
            return FALSE;
    return allow_below(rules, home, ".fonts") && allow_below(rules, data, "fonts") &&
           allow_below(rules, g_get_user_cache_dir(), "fontconfig") &&
           allow_below(rules, g_get_user_config_dir(), "fontconfig");
}

gboolean landlock_confine(const char *readable, gboolean *there) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    *there = version > 0;
    if (!*there)
        return TRUE;
    gsize known = MIN((gsize)version, G_N_ELEMENTS(FILES_BY_VERSION));
    const Handled handled = {.files = FILES_BY_VERSION[known - 1],
                             .network = version >= VERSION_NETWORK ? NETWORK_ALL : 0,
                             .scopes = version >= VERSION_SCOPES ? SCOPES_ALL : 0};
    gsize size = version >= VERSION_SCOPES    ? sizeof handled
                 : version >= VERSION_NETWORK ? offsetof(Handled, scopes)
                                              : offsetof(Handled, network);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, size, 0);
    if (rules < 0)
        return FALSE;
    gboolean done = allow_all(rules) && allow(rules, readable, LANDLOCK_ACCESS_FS_READ_FILE) &&
                    syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return done;
}
