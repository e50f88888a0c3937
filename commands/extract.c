#include "extract/extract.h"
#include "commands/commands.h"
#include "commands/stream.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>

/* GLib's own sentence names the file again, and what was called. */
static GBytes *map(const char *path, GError **error) {
    g_autoptr(GError) failure = NULL;
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, &failure);
    int reason = errno;
    if (file != NULL)
        return g_mapped_file_get_bytes(file);
    g_set_error_literal(error, failure->domain, failure->code,
                        reason == 0 ? failure->message : g_strerror(reason));
    return NULL;
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
    g_autoptr(GBytes) bytes = map(argv[1], &error);
    g_autoptr(Document) document =
        bytes == NULL ? NULL : extract_document(bytes, argv[1], NULL, &error);
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
