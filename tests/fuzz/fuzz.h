/* What the fuzz targets share: libFuzzer's entry, and the demand that what was read can be written
 * and read again to the same text. */
#pragma once
#include <glib.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const guint8 *bytes, size_t length);

/* Stops the fuzzer where something must hold and does not. */
#define FUZZ_DEMAND(condition)                                                                     \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            g_printerr("%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition);               \
            abort();                                                                               \
        }                                                                                          \
    } while (0)
