#include "normalize/normalize.h"
#include "commands/commands.h"
#include "commands/stream.h"
#include <glib/gi18n.h>

static int normalize_print(const char *path, const Patterns *patterns, const Identity *identity) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = stream_read(path, &error);
    gsize length = 0;
    const char *data = bytes == NULL ? NULL : g_bytes_get_data(bytes, &length);
    Document *document = bytes == NULL ? NULL : document_read(data, length, &error);
    g_autoptr(Report) report =
        document == NULL ? NULL : normalize_document(document, patterns, identity, &error);
    GString *xml = report == NULL ? NULL : report_write(report, &error);
    if (xml == NULL) {
        g_printerr("gouji normalize: %s\n", error->message);
        return EXIT_SOME_FAILED;
    }
    gboolean printed = stream_print(xml);
    g_string_free(xml, TRUE);
    return printed ? EXIT_DONE : EXIT_SOME_FAILED;
}

int command_normalize(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = NULL, *department = NULL, *type = NULL, *subject = NULL;
    int year = 0;
    const GOptionEntry entries[] = {
        {"patterns", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("the folder of pattern files"),
         N_("DIR")},
        {"department", 0, 0, G_OPTION_ARG_STRING, &department, N_("whose report it is"),
         N_("NAME")},
        {"year", 0, 0, G_OPTION_ARG_INT, &year, N_("of which year"), N_("YEAR")},
        {"type", 0, 0, G_OPTION_ARG_STRING, &type, N_("of which type"), N_("TYPE")},
        {"subject", 0, 0, G_OPTION_ARG_STRING, &subject, N_("about what"), N_("SUBJECT")},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) options = g_option_context_new(_("[DOCUMENT.xml]"));
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    g_option_context_set_summary(
        options, _("Writes the Report — facts, relations, checks, findings — as XML."));
    if (!g_option_context_parse(options, &argc, &argv, &error) || argc > 2) {
        g_printerr("gouji normalize: %s\n", error != NULL ? error->message : _("one Document"));
        return EXIT_CANNOT_WORK;
    }
    if (type != NULL && !doc_type_valid(type)) {
        g_printerr("gouji normalize: %s\n",
                   _("not a type; one of 整体自评 项目自评 自评表 绩效评价 绩效目标 决算 预算"));
        return EXIT_CANNOT_WORK;
    }
    g_autoptr(Patterns) patterns = patterns_load(folder, &error);
    if (patterns == NULL) {
        g_printerr("gouji normalize: %s\n", error->message);
        return EXIT_CANNOT_WORK;
    }
    const Identity identity = {department, year, type, subject};
    return normalize_print(argc > 1 ? argv[1] : NULL, patterns, &identity);
}
