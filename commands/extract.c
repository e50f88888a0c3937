#include "extract/extract.h"
#include "commands/commands.h"
#include "commands/stream.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

/* Privately: what is written there never reaches the file. GLib's own sentence of an error names
 * the file again, and what was called. */
static GMappedFile *map(const char *path, GError **error) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    GMappedFile *mapped = file < 0 ? NULL : g_mapped_file_new_from_fd(file, TRUE, NULL);
    if (mapped == NULL)
        g_set_error_literal(error, G_FILE_ERROR, g_file_error_from_errno(errno), g_strerror(errno));
    if (file >= 0)
        close(file);
    return mapped;
}

int command_extract(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    gboolean plain = FALSE;
    GOptionEntry entries[] = {
        {"text", 0, 0, G_OPTION_ARG_NONE, &plain, N_("plain text for people instead of XML"), NULL},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) options = g_option_context_new(_("FILE.pdf"));
    g_option_context_set_summary(options, _("Writes the Document, as XML, to standard output."));
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    if (!g_option_context_parse(options, &argc, &argv, &error) || argc != 2) {
        g_printerr("gouji extract: %s\n", error != NULL ? error->message : _("one PDF, please"));
        return EXIT_CANNOT_WORK;
    }
    g_autoptr(GMappedFile) file = map(argv[1], &error);
    g_autoptr(Document) document =
        file == NULL ? NULL
                     : extract_document(g_mapped_file_get_contents(file),
                                        g_mapped_file_get_length(file), argv[1], NULL, &error);
    GString *xml = document == NULL ? NULL
                   : plain          ? document_text(document)
                                    : document_write(document, &error);
    if (xml == NULL) {
        g_printerr("gouji extract: %s: %s\n", argv[1], error->message);
        return EXIT_SOME_FAILED;
    }
    gboolean written = stream_print(xml);
    g_string_free(xml, TRUE);
    return written ? EXIT_DONE : EXIT_SOME_FAILED;
}
