#include "commands/ingest/snapshot.h"
#include "extract/extract.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK_BYTES = 256 * 1024 };

static gboolean fail(GError **error) {
    int number = errno;
    g_set_error_literal(error, G_IO_ERROR, g_io_error_from_errno(number), g_strerror(number));
    return FALSE;
}

/* Without waiting for whoever may be at the other end, should it be a FIFO by now. */
static int open_input(const Input *input, GError **error) {
    int follow = input->named ? 0 : O_NOFOLLOW;
    int file = open(input->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY | follow);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0)
        fail(error);
    else if (!S_ISREG(status.st_mode))
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, _("not a regular file"));
    else
        return file;
    if (file >= 0)
        close(file);
    return -1;
}

static gboolean append(Snapshot *snapshot, const guint8 *bytes, gsize length, GError **error) {
    while (length > 0) {
        gssize written = write(snapshot->file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return fail(error);
        bytes += written;
        length -= (gsize)written;
        snapshot->bytes += (gsize)written;
    }
    if (snapshot->bytes > SNAPSHOT_BYTES_MAX) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, _("larger than 1 GiB"));
        return FALSE;
    }
    return TRUE;
}

static gboolean copy(Snapshot *snapshot, int file, Digest *digest, GError **error) {
    g_autofree guint8 *chunk = g_malloc(CHUNK_BYTES);
    for (;;) {
        gssize n = read(file, chunk, CHUNK_BYTES);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(error);
        if (n == 0)
            return TRUE;
        if (snapshot->bytes == 0)
            snapshot->pdf = extract_is_pdf((const char *)chunk, (gsize)n);
        digest_add(digest, chunk, (gsize)n);
        if (!append(snapshot, chunk, (gsize)n, error))
            return FALSE;
    }
}

static gboolean begin(Snapshot *snapshot, GError **error) {
    *snapshot = (Snapshot){.file = memfd_create("document", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
    return snapshot->file >= 0 || fail(error);
}

static gboolean seal(const Snapshot *snapshot, GError **error) {
    const int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    return fcntl(snapshot->file, F_ADD_SEALS, seals) == 0 || fail(error);
}

gboolean snapshot_take(Snapshot *snapshot, const Input *input, GError **error) {
    *snapshot = (Snapshot){.file = -1};
    int file = open_input(input, error);
    if (file < 0)
        return FALSE;
    Digest *digest = digest_new();
    gboolean done =
        begin(snapshot, error) && copy(snapshot, file, digest, error) && seal(snapshot, error);
    snapshot->sha256 = digest_end(digest);
    close(file);
    return done;
}

gboolean snapshot_of_bytes(Snapshot *snapshot, GBytes *bytes, GError **error) {
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    if (!begin(snapshot, error) || !append(snapshot, data, length, error))
        return FALSE;
    snapshot->sha256 = extract_digest(bytes);
    return seal(snapshot, error);
}

void snapshot_clear(Snapshot *snapshot) {
    if (snapshot->file >= 0)
        close(snapshot->file);
    g_free(snapshot->sha256);
    *snapshot = (Snapshot){.file = -1};
}

GBytes *snapshot_bytes(const Snapshot *snapshot, GError **error) {
    g_autoptr(GMappedFile) mapped = g_mapped_file_new_from_fd(snapshot->file, FALSE, error);
    return mapped == NULL ? NULL : g_mapped_file_get_bytes(mapped);
}
