#include "commands/ingest/work.h"
#include "commands/ingest/reply.h"
#include "extract/extract.h"
#include <string.h>
#include <sys/mman.h>

static Document *read_document(const WorkOrder *order, char *data, GError **error) {
    return order->kind == WORK_PDF
               ? extract_document(data, order->bytes, order->file, order->sha256, error)
               : document_read(data, order->bytes, error);
}

/* A page with a line of text — 一、2021年预算100万元，执行98.5万元，执行率98.5%，完成三家。 — in a
 * font that is not embedded, encoded as in old Chinese reports: Poppler keeps the tables of
 * characters that it reads for it, ICU its dictionary of words. */
static const char WARM_PDF[] =
    "%PDF-1.2\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 300]/Resources<</Font<</F 4 0 R>>>>"
    "/Contents 6 0 R>>endobj\n"
    "4 0 obj<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H/DescendantFonts[5 0 R]>>"
    "endobj\n"
    "5 0 obj<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>endobj\n"
    "6 0 obj<</Length 151>>stream\nBT /F 12 Tf 20 200 Td <"
    "d2bba1a232303231c4ead4a4cbe3313030cdf2d4aaa3acd6b4d0d039382e"
    "35cdf2d4aaa3acd6b4d0d0c2ca39382e3525a3accdeab3c9c8fdbcd2a1a3> Tj ET\n"
    "endstream endobj\ntrailer<</Root 1 0 R>>\n";

void work_warm(gconstpointer patterns) {
    char data[sizeof WARM_PDF];
    memcpy(data, WARM_PDF, sizeof data);
    extract_warm();
    Document *document = extract_document(data, sizeof data - 1, NULL, NULL, NULL);
    g_autoptr(Report) report =
        document == NULL ? NULL : normalize_document(document, patterns, NULL, NULL);
    GString *text = report == NULL ? NULL : report_write(report, NULL);
    if (text != NULL)
        g_string_free(text, TRUE);
}

/* The end of the process frees what is left here, and faster. */
void work_on_order(const WorkOrder *order, int document, int reply, gconstpointer patterns) {
    GError *error = NULL;
    char *data = order->bytes == 0
                     ? NULL
                     : mmap(NULL, order->bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE, document, 0);
    Document *read = read_document(order, data, &error);
    Report *report =
        read == NULL ? NULL : normalize_document(read, patterns, &order->identity, &error);
    GString *text = report == NULL ? NULL : report_write(report, &error);
    if (text != NULL)
        reply_write(reply, REPLY_REPORT, text->str, text->len);
    else
        reply_write(reply, REPLY_REFUSAL, error->message,
                    MIN(strlen(error->message), REPLY_REFUSAL_BYTES_MAX));
}
