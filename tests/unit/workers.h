/* What the tests of workers share: one order to its end through a nursery. */
#pragma once
#include "commands/ingest/sandbox.h"
#include "commands/ingest/worker.h"
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#define WORKERS_RELAXED "the sandbox is relaxed under a sanitizer"

/* A document of so many bytes of nothing, sealed as ingest seals its copies. */
static inline int workers_document(gsize bytes) {
    const int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    int document = memfd_create("document", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    g_assert_cmpint(ftruncate(document, (off_t)bytes), ==, 0);
    g_assert_cmpint(fcntl(document, F_ADD_SEALS, seals), ==, 0);
    return document;
}

/* The worker at its end, to be finished and freed by the caller; closes the document. */
static inline Worker *workers_run_on(Nursery *nursery, const WorkOrder *order, int document) {
    g_autoptr(GError) error = NULL;
    Worker *worker = worker_start(nursery, order, document, &error);
    struct pollfd entries[2];
    g_assert_no_error(error);
    close(document);
    do {
        workers_admit(&worker, 1, g_get_monotonic_time());
        worker_poll(worker, entries);
        poll(entries, 2, 50);
    } while (!worker_advance(worker, g_get_monotonic_time()));
    return worker;
}

/* … on nothing, of so many bytes as the order says. */
static inline Worker *workers_run(Nursery *nursery, const WorkOrder *order) {
    return workers_run_on(nursery, order, workers_document(order->bytes));
}
