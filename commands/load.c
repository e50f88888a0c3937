/* gouji load: Reports → the archive, a transaction for each batch. */
#include "commands/archive_rules.h"
#include "commands/commands.h"
#include "commands/ingest/reply.h"
#include "commands/stream.h"
#include "load/archive.h"
#include "normalize/patterns.h"
#include "normalize/report.h"
#include <gio/gio.h>
#include <glib/gi18n.h>

/* Reports in a transaction: each commit waits for the disk. */
enum { LOAD_BATCH = 64 };

typedef struct {
    Archive *archive;
    gboolean again;
    guint in_batch, counts[LOAD_REPLACED + 1], failed;
} Loader;

/* A stream names itself. */
static void say_failed(Loader *loader, const char *path, const GError *error) {
    loader->failed++;
    if (error->domain == G_IO_ERROR)
        path = NULL;
    g_printerr("gouji load: %s%s%s\n", path == NULL ? "" : path, path == NULL ? "" : ": ",
               error->message);
}

/* Also the text of the Document within, which the archive keeps. */
static Report *read_report(const char *path, GBytes **document, GError **error) {
    g_autoptr(GBytes) bytes = stream_read(path, error);
    if (bytes == NULL)
        return NULL;
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    *document = reply_packed_document(data, length);
    return report_read(data, length, error);
}

/* FALSE where the archive itself cannot be written. */
static gboolean load_one(Loader *loader, const char *path, GError **error) {
    g_autoptr(GError) unread = NULL;
    g_autoptr(GBytes) document = NULL;
    g_autoptr(Report) report = read_report(path, &document, &unread);
    if (report == NULL) {
        say_failed(loader, path, unread);
        return TRUE;
    }
    const LoadOptions options = {.again = loader->again, .document = document};
    LoadOutcome outcome;
    if (loader->in_batch == 0 && !archive_begin(loader->archive, error))
        return FALSE;
    if (!archive_load(loader->archive, report, &options, &outcome, error)) {
        archive_rollback(loader->archive);
        return FALSE;
    }
    loader->counts[outcome]++;
    if (++loader->in_batch < LOAD_BATCH)
        return TRUE;
    loader->in_batch = 0;
    return archive_commit(loader->archive, error);
}

static gboolean load_all(Loader *loader, char **paths, int n, GError **error) {
    for (int i = 0; i < MAX(n, 1); i++)
        if (!load_one(loader, n == 0 ? NULL : paths[i], error))
            return FALSE;
    if (loader->in_batch > 0 && !archive_commit(loader->archive, error))
        return FALSE;
    return archive_run_finish(loader->archive, error);
}

static int cannot(const char *reason) {
    g_printerr("gouji load: %s\n", reason);
    return EXIT_CANNOT_WORK;
}

static int load(const char *db, const Patterns *patterns, gboolean again, gboolean quiet,
                char **paths, int n) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Archive) archive =
        archive_open(db == NULL ? ARCHIVE_DEFAULT : db, ARCHIVE_WRITE, &error);
    Loader loader = {.archive = archive, .again = again};
    if (archive == NULL || !archive_rules_put(archive, patterns, &error) ||
        !archive_run_start(archive, patterns_hash(patterns), &error) ||
        !load_all(&loader, paths, n, &error))
        return cannot(error->message);
    if (!quiet && n > 1)
        g_printerr(_("%u loaded, %u replaced, %u were there already, %u failed\n"),
                   loader.counts[LOAD_NEW], loader.counts[LOAD_REPLACED],
                   loader.counts[LOAD_UNCHANGED], loader.failed);
    return loader.failed > 0 ? EXIT_SOME_FAILED : EXIT_DONE;
}

int command_load(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autofree char *db = NULL, *folder = NULL;
    gboolean again = FALSE, quiet = FALSE;
    const GOptionEntry entries[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &db, N_("the archive (archive.db)"), N_("FILE")},
        {"again", 0, 0, G_OPTION_ARG_NONE, &again, N_("replace what is there of the same bytes"),
         NULL},
        {"patterns", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("the folder of pattern files"),
         N_("DIR")},
        {"quiet", 0, 0, G_OPTION_ARG_NONE, &quiet, N_("no summary line"), NULL},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) options = g_option_context_new(_("[REPORT.xml…]"));
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    g_option_context_set_summary(
        options, _("Loads Reports into the archive; nothing or “-” reads standard input."));
    if (!g_option_context_parse(options, &argc, &argv, &error))
        return cannot(error->message);
    g_autoptr(Patterns) patterns = patterns_load(folder, &error);
    if (patterns == NULL)
        return cannot(error->message);
    return load(db, patterns, again, quiet, argv + 1, argc - 1);
}
