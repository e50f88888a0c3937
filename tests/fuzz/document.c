/* The reader of the Document's XML: whatever it accepts is written to a text that it reads back to
 * the same text. */
#include "extract/document.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const guint8 *bytes, size_t length) {
    g_autoptr(Document) document = document_read((const char *)bytes, length, NULL);
    if (document == NULL)
        return 0;
    g_autoptr(GString) once = document_write(document, NULL);
    FUZZ_DEMAND(once != NULL);
    g_autoptr(Document) again = document_read(once->str, once->len, NULL);
    FUZZ_DEMAND(again != NULL);
    g_autoptr(GString) twice = document_write(again, NULL);
    FUZZ_DEMAND(twice != NULL && g_string_equal(once, twice));
    if (document->characters->len > 0) {
        g_autoptr(GArray) pieces = document_pieces(document, (Span){0, document->characters->len});
        FUZZ_DEMAND(pieces->len <= document->lines->len);
    }
    return 0;
}
