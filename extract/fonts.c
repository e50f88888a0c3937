/* The blank font (extract/blank.ttf, 264 bytes) has one empty glyph and maps no character, which
 * spares Poppler the search for glyphs. Where
 * the file is not found the system's fonts stay, at their cost. */
#include "extract/fonts.h"
#include <fontconfig/fontconfig.h>
#include <glib.h>
#include <string.h>

/* Beside the program or above it, as in a checkout; else where it was installed. */
static char *blank_font_path(void) {
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(program == NULL ? "." : program);
    while (strlen(folder) > 1) {
        char *path = g_build_filename(folder, "extract", "blank.ttf", NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return path;
        g_free(path);
        char *parent = g_path_get_dirname(folder);
        g_free(folder);
        folder = parent;
    }
    return g_build_filename(GOUJI_DATA_DIR, "blank.ttf", NULL);
}

const char *fonts_file(void) {
    static char *path = NULL;
    if (path == NULL)
        path = blank_font_path();
    return g_file_test(path, G_FILE_TEST_EXISTS) ? path : NULL;
}

void fonts_forget(void) {
    static gboolean done = FALSE;
    if (done)
        return;
    done = TRUE;
    const char *path = fonts_file();
    if (path == NULL)
        return;
    FcConfig *config = FcConfigCreate();
    if (config != NULL && FcConfigAppFontAddFile(config, (const FcChar8 *)path))
        FcConfigSetCurrent(config);
    if (config != NULL)
        FcConfigDestroy(config);
}
