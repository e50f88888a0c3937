#include "commands/ingest/work.h"
#include "commands/ingest/reply.h"
#include "extract/extract.h"
#include <string.h>
#include <sys/mman.h>

static Document *read_document(const WorkOrder *order, GBytes *bytes, GError **error) {
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    return order->kind == WORK_PDF ? extract_document(bytes, order->file, error)
                                   : document_read(data, length, error);
}

/* The end of the process frees what is left here, and faster. */
void work_on_order(const WorkOrder *order, int document, int reply, gconstpointer patterns) {
    GError *error = NULL;
    gpointer mapped =
        order->bytes == 0 ? NULL : mmap(NULL, order->bytes, PROT_READ, MAP_PRIVATE, document, 0);
    GBytes *bytes = g_bytes_new_static(mapped, order->bytes);
    Document *read = read_document(order, bytes, &error);
    Report *report =
        read == NULL ? NULL : normalize_document(read, patterns, &order->identity, &error);
    GString *text = report == NULL ? NULL : report_write(report, &error);
    if (text != NULL)
        reply_write(reply, REPLY_REPORT, text->str, text->len);
    else
        reply_write(reply, REPLY_REFUSAL, error->message,
                    MIN(strlen(error->message), REPLY_REFUSAL_BYTES_MAX));
}
