/* Any Document through normalize: the Report that comes of it can be written and read again. */
#include "normalize/normalize.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const guint8 *bytes, size_t length) {
    static Patterns *patterns;
    if (patterns == NULL)
        patterns = patterns_load(NULL, NULL);
    FUZZ_DEMAND(patterns != NULL);
    Document *document = document_read((const char *)bytes, length, NULL);
    if (document == NULL)
        return 0;
    g_autoptr(GError) error = NULL;
    g_autoptr(Report) report = normalize_document(document, patterns, NULL, &error);
    FUZZ_DEMAND((report == NULL) == (error != NULL));
    if (report == NULL)
        return 0;
    g_autoptr(GString) text = report_write(report, NULL);
    FUZZ_DEMAND(text != NULL);
    g_autoptr(Report) again = report_read(text->str, text->len, NULL);
    FUZZ_DEMAND(again != NULL);
    return 0;
}
