#include "load/export/bag_file.h"
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DIGEST_CHUNK_BYTES = 262144, FOLDERS_DEPTH_MAX = 32 };

static gboolean fail(GError **error, const char *path) {
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(errno), "%s: %s", path, g_strerror(errno));
    return FALSE;
}

static gboolean digest(int file, GChecksum *checksum, guint64 *size) {
    g_autofree guchar *chunk = g_malloc(DIGEST_CHUNK_BYTES);
    gssize n;
    *size = 0;
    while ((n = read(file, chunk, DIGEST_CHUNK_BYTES)) > 0) {
        g_checksum_update(checksum, chunk, n);
        *size += (guint64)n;
    }
    return n == 0;
}

char *bag_file_digest(const char *path, guint64 *size, GError **error) {
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    struct stat status;
    int file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) {
        fail(error, path);
        return NULL;
    }
    errno = EINVAL;
    gboolean read =
        fstat(file, &status) == 0 && S_ISREG(status.st_mode) && digest(file, checksum, size);
    if (!read)
        fail(error, path);
    close(file);
    return read ? g_strdup(g_checksum_get_string(checksum)) : NULL;
}

static gboolean collect(const char *folder, const char *below, guint depth, GPtrArray *files,
                        GError **error) {
    g_autofree char *path = g_build_filename(folder, below, NULL);
    g_autoptr(GDir) opened = g_dir_open(path, 0, error);
    if (opened == NULL || depth > FOLDERS_DEPTH_MAX)
        return FALSE;
    for (const char *name; (name = g_dir_read_name(opened)) != NULL;) {
        g_autofree char *relative =
            *below == '\0' ? g_strdup(name) : g_strconcat(below, "/", name, NULL);
        g_autofree char *whole = g_build_filename(folder, relative, NULL);
        struct stat status;
        if (lstat(whole, &status) != 0)
            return fail(error, whole);
        if (!S_ISDIR(status.st_mode))
            g_ptr_array_add(files, g_steal_pointer(&relative));
        else if (!collect(folder, relative, depth + 1, files, error))
            return FALSE;
    }
    return TRUE;
}

static gint compare_paths(gconstpointer a, gconstpointer b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *bag_files(const char *folder, const char *below, GError **error) {
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    if (!collect(folder, below, 0, files, error))
        return NULL;
    g_ptr_array_sort(files, compare_paths);
    return g_steal_pointer(&files);
}

static const struct {
    const char *plain, *encoded;
} ESCAPES[] = {{"%", "%25"}, {"\r", "%0D"}, {"\n", "%0A"}};

char *bag_path_encode(const char *path) {
    GString *text = g_string_new(path);
    for (gsize i = 0; i < G_N_ELEMENTS(ESCAPES); i++)
        g_string_replace(text, ESCAPES[i].plain, ESCAPES[i].encoded, 0);
    return g_string_free(text, FALSE);
}

char *bag_path_decode(const char *path) {
    GString *text = g_string_new(path);
    for (gsize i = G_N_ELEMENTS(ESCAPES); i-- > 0;)
        g_string_replace(text, ESCAPES[i].encoded, ESCAPES[i].plain, 0);
    return g_string_free(text, FALSE);
}

gboolean bag_path_safe(const char *path) {
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    if (*path == '\0' || *path == '/' || *path == '~')
        return FALSE;
    for (guint i = 0; parts[i] != NULL; i++)
        if (g_str_equal(parts[i], "..") || g_str_equal(parts[i], ".") || *parts[i] == '\0')
            return FALSE;
    return TRUE;
}
