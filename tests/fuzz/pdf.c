/* The bytes of a PDF through extract: a Document that can be written and read again, or a reason.
 */
#include "extract/extract.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const guint8 *bytes, size_t length) {
    g_autoptr(GError) error = NULL;
    g_autofree char *pdf = g_memdup2(bytes, length);
    g_autoptr(Document) document = extract_document(pdf, length, "fuzz.pdf", NULL, &error);
    FUZZ_DEMAND((document == NULL) == (error != NULL));
    if (document == NULL)
        return 0;
    g_autoptr(GString) text = document_write(document, NULL);
    FUZZ_DEMAND(text != NULL);
    g_autoptr(Document) again = document_read(text->str, text->len, NULL);
    FUZZ_DEMAND(again != NULL);
    return 0;
}
