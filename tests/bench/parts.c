/* parts: what the parts of reading a report cost, in processor time, for tests/bench/costs.py.
 *
 *   PDF<tab>milliseconds of: extract, sections, facts, relations, checks, writing
 *
 * Each PDF is read ROUNDS times, each time in a process of its own that starts as a worker of
 * ingest does; the least time of each part counts, as it is when nobody disturbs it. */
#include "commands/ingest/work.h"
#include "extract/extract.h"
#include "normalize/check/check.h"
#include "normalize/fact.h"
#include "normalize/fact_role.h"
#include "normalize/identity.h"
#include "normalize/relation/relation.h"
#include "normalize/section.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 7 };
typedef enum { EXTRACT, SECTIONS, FACTS, RELATIONS, CHECKS, WRITING, PARTS } Part;

typedef struct {
    double part[PARTS]; /* milliseconds */
} Times;

static double now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void fail(const char *what, const GError *error) {
    fprintf(stderr, "parts: %s: %s\n", what, error == NULL ? "?" : error->message);
    exit(1);
}

/* What passed since `start` is of `part`; the next part starts. */
static void part_end(Times *times, Part part, double *start) {
    double now = now_ms();
    times->part[part] = now - *start;
    *start = now;
}

/* The steps of normalize_document, each by the clock. */
static Report *normalize_by_parts(Document *document, const Patterns *patterns, Times *times) {
    double start = now_ms();
    Report *report = report_new(document);
    g_array_set_size(report->tables, document->tables->len);
    report->patterns = report_string(report, patterns_hash(patterns));
    identity_read(report, patterns, NULL);
    sections_read(report);
    identity_refine(report, patterns);
    part_end(times, SECTIONS, &start);
    facts_read(report, patterns);
    part_end(times, FACTS, &start);
    relate_text(report, patterns);
    relate_tables(report, patterns);
    facts_give_roles(report, patterns);
    part_end(times, RELATIONS, &start);
    if (!check_report(report, patterns, NULL))
        fail("check_report", NULL);
    part_end(times, CHECKS, &start);
    return report;
}

/* The PDF's bytes as a worker has them: mapped, and its own when it writes. */
static Document *extract_mapped(const char *path) {
    g_autoptr(GError) error = NULL;
    GMappedFile *file = g_mapped_file_new(path, TRUE, &error);
    if (file == NULL)
        fail(path, error);
    Document *document = extract_document(g_mapped_file_get_contents(file),
                                          g_mapped_file_get_length(file), NULL, "", &error);
    if (document == NULL)
        fail(path, error);
    return document;
}

/* That the steps are still those of normalize_document. */
static void demand_same(const char *path, const Patterns *patterns, const GString *text) {
    Report *report = normalize_document(extract_mapped(path), patterns, NULL, NULL);
    if (report == NULL || !g_string_equal(report_write(report, NULL), text))
        fail("the steps are no longer those of normalize_document", NULL);
}

static Times read_by_parts(const char *path, const Patterns *patterns, gboolean first) {
    Times times;
    double start = now_ms();
    Document *document = extract_mapped(path);
    part_end(&times, EXTRACT, &start);
    Report *report = normalize_by_parts(document, patterns, &times);
    start = now_ms();
    GString *text = report_write(report, NULL);
    part_end(&times, WRITING, &start);
    if (first)
        demand_same(path, patterns, text);
    return times;
}

/* In a process that starts as a worker does, and ends without clearing up. */
static Times read_in_fork(const char *path, const Patterns *patterns, gboolean first) {
    int ends[2], status;
    Times times;
    if (pipe(ends) != 0)
        fail("pipe", NULL);
    pid_t child = fork();
    if (child == 0) {
        times = read_by_parts(path, patterns, first);
        _exit(write(ends[1], &times, sizeof times) == sizeof times ? 0 : 1);
    }
    close(ends[1]);
    if (child < 0 || read(ends[0], &times, sizeof times) != sizeof times ||
        waitpid(child, &status, 0) != child || status != 0)
        fail(path, NULL);
    close(ends[0]);
    return times;
}

static void print_parts(const char *path, const Patterns *patterns) {
    Times least = read_in_fork(path, patterns, TRUE);
    for (guint round = 1; round < ROUNDS; round++) {
        Times times = read_in_fork(path, patterns, FALSE);
        for (guint i = 0; i < PARTS; i++)
            least.part[i] = MIN(least.part[i], times.part[i]);
    }
    printf("%s", path);
    for (guint i = 0; i < PARTS; i++)
        printf("\t%.3f", least.part[i]);
    printf("\n");
}

int main(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Patterns) patterns = patterns_load(NULL, &error);
    if (patterns == NULL)
        fail("patterns", error);
    patterns_warm(patterns);
    work_warm(patterns);
    for (int i = 1; i < argc; i++)
        print_parts(argv[i], patterns);
    return 0;
}
