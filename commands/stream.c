#include "commands/stream.h"
#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

enum { STREAM_CHUNK_BYTES = 65536 };

static GBytes *read_all(FILE *input, const char *name, GError **error) {
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    guint8 chunk[STREAM_CHUNK_BYTES];
    for (gsize n; (n = fread(chunk, 1, sizeof chunk, input)) > 0;) {
        if (bytes->len + n > STREAM_BYTES_MAX) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, _("%s: more than 1 GiB"), name);
            return NULL;
        }
        g_byte_array_append(bytes, chunk, (guint)n);
    }
    if (ferror(input)) {
        g_set_error(error, G_IO_ERROR, g_io_error_from_errno(errno), "%s: %s", name,
                    g_strerror(errno));
        return NULL;
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}

GBytes *stream_read(const char *path, GError **error) {
    if (path == NULL || strcmp(path, "-") == 0)
        return read_all(stdin, _("standard input"), error);
    FILE *input = fopen(path, "rb");
    if (input == NULL) {
        g_set_error(error, G_IO_ERROR, g_io_error_from_errno(errno), "%s: %s", path,
                    g_strerror(errno));
        return NULL;
    }
    GBytes *bytes = read_all(input, path, error);
    fclose(input);
    return bytes;
}

gboolean stream_print(const GString *text) {
    return fwrite(text->str, 1, text->len, stdout) == text->len && fflush(stdout) == 0;
}
