#include "load/packed.h"
#include <libdeflate.h>

/* The fastest level packs these texts to a fifth; higher ones take twice the time for a tenth. */
enum { LEVEL = 1 };

enum { UNPACKED_BYTES_MAX = 1 << 30, CHUNK_BYTES = 65536 };

GBytes *packed_from_bytes(const char *bytes, gsize length) {
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
    if (compressor == NULL)
        g_error("out of memory");
    const gsize room = libdeflate_gzip_compress_bound(compressor, length);
    guint8 *packed = g_malloc(room);
    const gsize size = libdeflate_gzip_compress(compressor, bytes, length, packed, room);
    libdeflate_free_compressor(compressor);
    g_assert(size > 0);
    return g_bytes_new_take(g_realloc(packed, size), size);
}

GBytes *packed_open(const void *packed, gsize length, GError **error) {
    g_autoptr(GZlibDecompressor) zlib = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
    g_autoptr(GInputStream) memory =
        g_memory_input_stream_new_from_data(packed, (gssize)length, NULL);
    g_autoptr(GInputStream) stream = g_converter_input_stream_new(memory, G_CONVERTER(zlib));
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    guint8 chunk[CHUNK_BYTES];
    gsize n;
    do {
        if (!g_input_stream_read_all(stream, chunk, sizeof chunk, &n, NULL, error))
            return NULL;
        g_byte_array_append(bytes, chunk, (guint)n);
        if (bytes->len > UNPACKED_BYTES_MAX) {
            g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, "document_xml: too large");
            return NULL;
        }
    } while (n == sizeof chunk);
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}
