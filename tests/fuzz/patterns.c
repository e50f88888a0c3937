/* A pattern file that somebody wrote: it is read, or refused with a reason. */
#include "normalize/patterns.h"
#include "tests/fuzz/fuzz.h"
#include <glib/gstdio.h>
#include <stdlib.h>

static char *folder, *file;

static void remove_folder(void) {
    g_unlink(file);
    g_rmdir(folder);
}

/* A folder with nothing but the file; its grammar is the program's own. */
static void make_folder(void) {
    folder = g_dir_make_tmp("gouji-fuzz-XXXXXX", NULL);
    FUZZ_DEMAND(folder != NULL);
    file = g_build_filename(folder, "fuzz.xml", NULL);
    atexit(remove_folder);
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, size_t length) {
    g_autoptr(GError) error = NULL;
    if (folder == NULL)
        make_folder();
    FUZZ_DEMAND(g_file_set_contents_full(file, (const char *)bytes, (gssize)length,
                                         G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    g_autoptr(Patterns) patterns = patterns_check(folder, &error);
    FUZZ_DEMAND((patterns == NULL) == (error != NULL));
    return 0;
}
