/* gouji ingest: PDFs → archive. */
#include "commands/commands.h"
#include "commands/ingest/input.h"
#include "commands/printable.h"
#include "extract/extract.h"
#include "load/archive.h"
#include "normalize/normalize.h"
#include "normalize/rules.h"
#include <glib/gi18n.h>

typedef struct {
    Archive *archive;
    const Patterns *patterns;
    gboolean quiet, keep;
    guint loaded, unchanged, failed, left_out;
} Batch;

static gboolean fail_file(Batch *batch, const char *file, const char *sha256, const char *reason,
                          GError **error) {
    batch->failed++;
    g_printerr("%s: %s\n", file, reason);
    return sha256 == NULL || archive_load_failure(batch->archive, file, sha256, reason, error);
}

static gboolean load_file(Batch *batch, const char *file, const char *sha256, GBytes *bytes,
                          GError **error) {
    g_autoptr(GError) reason = NULL;
    LoadOutcome outcome;
    LoadOptions options = {.file = file, .pdf = batch->keep ? bytes : NULL};
    Document *document = extract_document(bytes, file, &reason);
    g_autoptr(Report) report =
        document == NULL ? NULL : normalize_document(document, batch->patterns, NULL, &reason);
    if (report == NULL)
        return fail_file(batch, file, sha256, reason->message, error);
    if (!archive_load(batch->archive, report, &options, &outcome, error))
        return FALSE;
    batch->loaded++;
    return TRUE;
}

static gboolean ingest_file(Batch *batch, const Input *input, GError **error) {
    g_autofree char *file = printable_text(input->path);
    g_autoptr(GError) reason = NULL;
    gboolean known = FALSE;
    if (input->impossible != NULL)
        return fail_file(batch, file, NULL, input->impossible, error);
    g_autoptr(GMappedFile) mapped = g_mapped_file_new(input->path, FALSE, &reason);
    if (mapped == NULL)
        return fail_file(batch, file, NULL, reason->message, error);
    g_autoptr(GBytes) bytes = g_mapped_file_get_bytes(mapped);
    if (!input->named && !g_str_has_suffix(input->path, ".pdf")) {
        batch->left_out++;
        return TRUE;
    }
    g_autofree char *sha256 = extract_digest(bytes);
    if (!archive_knows(batch->archive, sha256, &known, error))
        return FALSE;
    if (known) {
        batch->unchanged++;
        return TRUE;
    }
    return archive_begin(batch->archive, error) && load_file(batch, file, sha256, bytes, error) &&
           archive_commit(batch->archive, error);
}

static gboolean put_rules(Archive *archive, const Patterns *patterns, GError **error) {
    for (guint i = 0; i < patterns_rules_count(patterns); i++) {
        RuleInformation rule = patterns_rule(patterns, i);
        if (!archive_put_rule(archive, rule.id, rule.title, rule.title_english, rule.severity,
                              rule.kind != NULL, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean run_batch(Batch *batch, const Inputs *inputs, GError **error) {
    if (!archive_run_start(batch->archive, patterns_hash(batch->patterns), error) ||
        !put_rules(batch->archive, batch->patterns, error))
        return FALSE;
    for (guint i = 0; i < inputs->files->len; i++)
        if (!ingest_file(batch, inputs_file(inputs, i), error))
            return FALSE;
    return archive_run_finish(batch->archive, error);
}

int command_ingest(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autofree char *database = NULL, *folder = NULL, *manifest = NULL;
    int jobs = 0;
    Batch batch = {0};
    const GOptionEntry entries[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &database, N_("the archive; default: archive.db"),
         "FILE"},
        {"jobs", 0, 0, G_OPTION_ARG_INT, &jobs, N_("reports read at once; default: one a core"),
         "N"},
        {"patterns", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("folder of pattern files"), "DIR"},
        {"manifest", 0, 0, G_OPTION_ARG_FILENAME, &manifest, N_("what the reports are, as CSV"),
         "FILE"},
        {"keep", 0, 0, G_OPTION_ARG_NONE, &batch.keep, N_("keep the PDFs themselves too"), NULL},
        {"quiet", 0, 0, G_OPTION_ARG_NONE, &batch.quiet, N_("show no progress"), NULL},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) options = g_option_context_new(_("PATH…"));
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    g_option_context_set_summary(options, _("Reads PDFs, and folders of them, into the archive."));
    if (!g_option_context_parse(options, &argc, &argv, &error) || argc < 2) {
        g_printerr("gouji ingest: %s\n", error != NULL ? error->message : _("which files?"));
        return EXIT_CANNOT_WORK;
    }
    g_autoptr(Patterns) patterns = patterns_load(folder, &error);
    extract_warm();
    g_autoptr(Inputs) inputs = inputs_new();
    for (int i = 1; i < argc; i++)
        inputs_add(inputs, argv[i]);
    g_autoptr(Archive) archive =
        patterns == NULL
            ? NULL
            : archive_open(database == NULL ? "archive.db" : database, ARCHIVE_WRITE, &error);
    batch.archive = archive;
    batch.patterns = patterns;
    if (archive == NULL || !run_batch(&batch, inputs, &error)) {
        g_printerr("gouji ingest: %s\n", error->message);
        return EXIT_CANNOT_WORK;
    }
    g_printerr(_("%u loaded, %u unchanged, %u failed\n"), batch.loaded, batch.unchanged,
               batch.failed);
    return batch.failed > 0 ? EXIT_SOME_FAILED : EXIT_DONE;
}
