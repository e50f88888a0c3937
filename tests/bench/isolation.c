/* What a worker of its own costs a document, against reading it in this process: the same work on
 * the same small PDFs, by turns, in CPU of this process and its workers.
 *
 *     make bench        or, with other files:  build/tests/isolation PDF…
 */
#include "commands/ingest/work.h"
#include "extract/extract.h"
#include "normalize/patterns.h"
#include "tests/unit/workers.h"
#include <string.h>
#include <sys/resource.h>

enum { DOCUMENTS = 200, ROUNDS = 3 };

static double cpu_milliseconds(void) {
    double all = 0;
    static const int WHO[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
    for (gsize i = 0; i < G_N_ELEMENTS(WHO); i++) {
        struct rusage usage;
        getrusage(WHO[i], &usage);
        all += (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
               (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
    }
    return all;
}

static void read_here(GBytes *pdf, const Patterns *patterns) {
    gsize length;
    const char *bytes = g_bytes_get_data(pdf, &length);
    g_autofree char *copy = g_memdup2(bytes, length);
    Document *document = extract_document(copy, length, "a.pdf", NULL, NULL);
    g_assert_nonnull(document);
    g_autoptr(Report) report = normalize_document(document, patterns, NULL, NULL);
    g_autoptr(GString) text = report_write(report, NULL);
    g_assert_nonnull(text);
}

static void read_in_worker(GBytes *pdf, Nursery *nursery) {
    gsize length;
    const char *bytes = g_bytes_get_data(pdf, &length);
    const WorkOrder order = {
        .kind = WORK_PDF, .file = "a.pdf", .limits = LIMITS_DEFAULT, .bytes = length};
    int document = memfd_create("document", MFD_CLOEXEC);
    g_assert_cmpint(write(document, bytes, length), ==, (gssize)length);
    Worker *worker = workers_run_on(nursery, &order, document);
    g_assert_cmpint(worker->reply.state, ==, REPLY_WHOLE);
    worker_free(worker);
}

static GPtrArray *read_all(char **paths, int n) {
    GPtrArray *pdfs = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    for (int i = 0; i < n; i++) {
        char *bytes;
        gsize length;
        if (g_file_get_contents(paths[i], &bytes, &length, NULL))
            g_ptr_array_add(pdfs, g_bytes_new_take(bytes, length));
    }
    return pdfs;
}

static void measure(const GPtrArray *pdfs, const Patterns *patterns, Nursery *nursery) {
    double here = 0, apart = 0;
    for (guint i = 0; i < DOCUMENTS; i++) {
        GBytes *pdf = pdfs->pdata[i % pdfs->len];
        const double begin = cpu_milliseconds();
        read_here(pdf, patterns);
        const double middle = cpu_milliseconds();
        read_in_worker(pdf, nursery);
        here += middle - begin;
        apart += cpu_milliseconds() - middle;
    }
    g_print("  isolation: %.1f ms of CPU a document (%.1f in a worker of its own, %.1f in this "
            "process; %d documents)\n",
            (apart - here) / DOCUMENTS, apart / DOCUMENTS, here / DOCUMENTS, DOCUMENTS);
}

int main(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) pdfs = read_all(argv + 1, argc - 1);
    g_autoptr(Patterns) patterns = patterns_load("patterns", &error);
    g_assert_no_error(error);
    g_assert_cmpuint(pdfs->len, >, 0);
    patterns_warm(patterns);
    work_warm(patterns);
    g_autoptr(Nursery) nursery =
        nursery_start(work_on_order, patterns, extract_font_file(), &error);
    g_assert_no_error(error);
    for (int i = 0; i < ROUNDS; i++)
        measure(pdfs, patterns, nursery);
    return 0;
}
