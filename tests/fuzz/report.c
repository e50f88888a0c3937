/* The reader of the Report's XML, which is also what a worker process sends: whatever it accepts is
 * written to a text that it reads back to the same text. */
#include "normalize/report.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const guint8 *bytes, size_t length) {
    g_autoptr(Report) report = report_read((const char *)bytes, length, NULL);
    if (report == NULL)
        return 0;
    g_autoptr(GString) once = report_write(report, NULL);
    FUZZ_DEMAND(once != NULL);
    g_autoptr(Report) again = report_read(once->str, once->len, NULL);
    FUZZ_DEMAND(again != NULL);
    g_autoptr(GString) twice = report_write(again, NULL);
    FUZZ_DEMAND(twice != NULL && g_string_equal(once, twice));
    return 0;
}
