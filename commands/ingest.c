/* gouji ingest: PDFs → archive. The order of the steps is the safety of the whole: inputs and
 * patterns are read, the nursery of the workers is started, and only then the archive is opened. */
#include "commands/archive_rules.h"
#include "commands/commands.h"
#include "commands/ingest/batch.h"
#include "commands/ingest/interrupt.h"
#include "commands/ingest/work.h"
#include "commands/printable.h"
#include "commands/stream.h"
#include "extract/extract.h"
#include <glib/gi18n.h>
#include <unistd.h>

typedef struct {
    char *database, *patterns, *manifest, *list, *progress;
    int jobs, memory, cpu_seconds, wall_seconds, reply;
    gboolean keep, again, quiet;
} Options;

static void options_clear(Options *options) {
    g_free(options->database);
    g_free(options->patterns);
    g_free(options->manifest);
    g_free(options->list);
    g_free(options->progress);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static gboolean parse_options(Options *options, int *argc, char ***argv, GError **error) {
    const GOptionEntry entries[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &options->database,
         N_("the archive; default: archive.db"), N_("FILE")},
        {"jobs", 0, 0, G_OPTION_ARG_INT, &options->jobs,
         N_("reports read at once; default: one a core"), N_("N")},
        {"patterns", 0, 0, G_OPTION_ARG_FILENAME, &options->patterns,
         N_("the folder of pattern files"), N_("DIR")},
        {"manifest", 0, 0, G_OPTION_ARG_FILENAME, &options->manifest,
         N_("whose and of which year the reports are, as CSV"), N_("FILE")},
        {"list", 0, 0, G_OPTION_ARG_FILENAME, &options->list,
         N_("paths to read, one a line or ended by NUL; - is standard input"), N_("FILE")},
        {"keep", 0, 0, G_OPTION_ARG_NONE, &options->keep, N_("keep the PDFs in the archive"), NULL},
        {"again", 0, 0, G_OPTION_ARG_NONE, &options->again,
         N_("read anew what the archive has; without paths its Documents, no PDF needed"), NULL},
        {"memory", 0, 0, G_OPTION_ARG_INT, &options->memory,
         N_("MiB that one report may take; default: 512"), N_("N")},
        {"cpu-seconds", 0, 0, G_OPTION_ARG_INT, &options->cpu_seconds,
         N_("CPU time that one report may take; default: 30"), N_("N")},
        {"wall-seconds", 0, 0, G_OPTION_ARG_INT, &options->wall_seconds,
         N_("time that one report may take; default: 60"), N_("N")},
        {"reply", 0, 0, G_OPTION_ARG_INT, &options->reply,
         N_("MiB that the reading of one report may come to; default: 11"), N_("N")},
        {"progress", 0, 0, G_OPTION_ARG_STRING, &options->progress,
         N_("bar, lines or json; default: a bar on a terminal, else lines"), N_("STYLE")},
        {"quiet", 0, 0, G_OPTION_ARG_NONE, &options->quiet,
         N_("no progress, only failures and the summary"), NULL},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) context = g_option_context_new(_("PATH…"));
    g_option_context_add_main_entries(context, entries, GETTEXT_PACKAGE);
    g_option_context_set_summary(
        context, _("Reads PDFs, and folders of them, into the archive. “-” is a list of paths on "
                   "standard input."));
    if (!g_option_context_parse(context, argc, argv, error))
        return FALSE;
    /* Left where a name that begins with a dash follows. */
    if (*argc > 1 && g_str_equal((*argv)[1], "--")) {
        (*argv)++;
        (*argc)--;
    }
    return TRUE;
}

static gboolean refuse(GError **error, const char *reason) {
    g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, reason);
    return FALSE;
}

static gboolean in_range(int value, guint minimum, guint maximum) {
    return value == 0 || (value >= (int)minimum && value <= (int)maximum);
}

static gboolean check_options(const Options *options, int paths, GError **error) {
    if (!in_range(options->jobs, 1, JOBS_MAX))
        return refuse(error, _("--jobs is from 1 to 256"));
    if (!in_range(options->memory, LIMITS_MEMORY_MIB_MIN, LIMITS_MEMORY_MIB_MAX))
        return refuse(error, _("--memory is from 32 to 65536"));
    if (!in_range(options->reply, 1, LIMITS_REPLY_MIB_MAX))
        return refuse(error, _("--reply is from 1 to 1024"));
    if (!in_range(options->cpu_seconds, 1, LIMITS_SECONDS_MAX) ||
        !in_range(options->wall_seconds, 1, LIMITS_SECONDS_MAX))
        return refuse(error, _("seconds are from 1 to 86400"));
    if (paths == 0 && options->list == NULL && !options->again)
        return refuse(error, _("which files or folders?"));
    return TRUE;
}

static BatchOptions batch_options(const Options *options) {
    BatchOptions batch = {.jobs = options->jobs > 0 ? (guint)options->jobs : g_get_num_processors(),
                          .limits = LIMITS_DEFAULT,
                          .keep = options->keep,
                          .again = options->again};
    if (options->memory > 0)
        batch.limits.memory_mib = (guint)options->memory;
    if (options->cpu_seconds > 0)
        batch.limits.cpu_seconds = (guint)options->cpu_seconds;
    if (options->wall_seconds > 0)
        batch.limits.wall_seconds = (guint)options->wall_seconds;
    if (options->reply > 0)
        batch.limits.reply_mib = (guint)options->reply;
    return batch;
}

static gboolean choose_style(const Options *options, ProgressStyle *style, GError **error) {
    *style = isatty(STDERR_FILENO) ? PROGRESS_BAR : PROGRESS_LINES;
    if (options->progress == NULL || g_str_equal(options->progress, "bar"))
        *style = options->progress == NULL ? *style : PROGRESS_BAR;
    else if (g_str_equal(options->progress, "lines"))
        *style = PROGRESS_LINES;
    else if (g_str_equal(options->progress, "json"))
        *style = PROGRESS_JSON;
    else
        return refuse(error, _("--progress is bar, lines or json"));
    if (options->quiet && *style != PROGRESS_JSON)
        *style = PROGRESS_QUIET;
    return TRUE;
}

static gboolean add_list(Inputs *inputs, const char *path, GError **error) {
    g_autoptr(GBytes) bytes = stream_read(path, error);
    if (bytes == NULL)
        return FALSE;
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    inputs_add_list(inputs, data, length);
    return TRUE;
}

static Inputs *find_inputs(const Options *options, int paths, char **path, GError **error) {
    g_autoptr(Inputs) inputs = inputs_new();
    if (options->list != NULL && !add_list(inputs, options->list, error))
        return NULL;
    for (int i = 0; i < paths; i++) {
        if (!g_str_equal(path[i], "-"))
            inputs_add(inputs, path[i]);
        else if (!add_list(inputs, "-", error))
            return NULL;
    }
    return g_steal_pointer(&inputs);
}

/* Of the archive's own Documents. */
static gboolean is_rereading(const Options *options, int paths) {
    return options->again && paths == 0 && options->list == NULL;
}

/* A row of the manifest that no file fits is a mistake that somebody wants to know. */
static void remark_unused(const Manifest *manifest, Progress *progress) {
    if (manifest == NULL)
        return;
    g_autoptr(GPtrArray) files = manifest_unused(manifest);
    for (guint i = 0; i < files->len; i++) {
        g_autofree char *file = printable_text(files->pdata[i]);
        g_autofree char *text =
            g_strdup_printf(_("%s: in the manifest, but not among the files"), file);
        progress_remark(progress, text);
    }
}

typedef struct {
    const Options *options;
    BatchSource source;
    const Patterns *patterns;
    ProgressStyle style;
} Run;

/* What reading anew came to. */
static gboolean remark_changes(Archive *archive, Progress *progress, GError **error) {
    RunChanges changes;
    if (!archive_run_changes(archive, &changes, error))
        return FALSE;
    g_autofree char *text = g_strdup_printf(
        _("changed documents %u: facts +%u -%u, changed %u; findings +%u -%u (gouji changes)"),
        changes.documents, changes.facts_added, changes.facts_removed, changes.facts_changed,
        changes.findings_added, changes.findings_removed);
    progress_remark(progress, text);
    return TRUE;
}

static int run_source(const Run *run, Nursery *nursery, Archive *archive, GError **error) {
    const BatchOptions options = batch_options(run->options);
    gboolean interrupted = FALSE;
    g_autoptr(Progress) progress = progress_new(run->style, batch_size(&run->source));
    if (!nursery_has_landlock(nursery))
        progress_remark(progress, _("this kernel has no Landlock: workers may read files of the "
                                    "system, though nothing else"));
    if (!archive_run_start(archive, patterns_hash(run->patterns), error) ||
        !archive_rules_put(archive, run->patterns, error) ||
        !batch_run(&options, &run->source, nursery, archive, progress, &interrupted, error) ||
        !archive_run_finish(archive, error) ||
        (options.again && !remark_changes(archive, progress, error)))
        return EXIT_CANNOT_WORK;
    if (!interrupted)
        remark_unused(run->source.manifest, progress);
    progress_finish(progress, interrupted);
    if (interrupted)
        return EXIT_INTERRUPTED;
    return progress_failed(progress) > 0 ? EXIT_SOME_FAILED : EXIT_DONE;
}

static int run_into(Run *run, Nursery *nursery, Archive *archive, GError **error) {
    g_autoptr(GPtrArray) stored = NULL;
    if (run->source.inputs == NULL || run->source.manifest != NULL) {
        stored = archive_stored(archive, error);
        if (stored == NULL)
            return EXIT_CANNOT_WORK;
    }
    run->source.stored = stored;
    return run_source(run, nursery, archive, error);
}

static int run_batch(Run *run, GError **error) {
    patterns_warm(run->patterns);
    work_warm(run->patterns);
    g_autoptr(Nursery) nursery =
        nursery_start(work_on_order, run->patterns, extract_font_file(), error);
    if (nursery == NULL)
        return EXIT_CANNOT_WORK;
    interrupt_listen();
    const char *database = run->options->database;
    g_autoptr(Archive) archive =
        archive_open(database == NULL ? ARCHIVE_DEFAULT : database,
                     run->source.inputs == NULL ? ARCHIVE_EXISTING : ARCHIVE_WRITE, error);
    return archive == NULL ? EXIT_CANNOT_WORK : run_into(run, nursery, archive, error);
}

int command_ingest(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_auto(Options) options = {0};
    g_autoptr(Inputs) inputs = NULL;
    g_autoptr(Manifest) manifest = NULL;
    g_autoptr(Patterns) patterns = NULL;
    Run run = {.options = &options};
    int status = EXIT_CANNOT_WORK;
    if (parse_options(&options, &argc, &argv, &error) &&
        check_options(&options, argc - 1, &error) && choose_style(&options, &run.style, &error) &&
        (options.manifest == NULL ||
         (manifest = manifest_read(options.manifest, &error)) != NULL) &&
        (patterns = patterns_load(options.patterns, &error)) != NULL &&
        (is_rereading(&options, argc - 1) ||
         (inputs = find_inputs(&options, argc - 1, argv + 1, &error)) != NULL)) {
        run.source = (BatchSource){.inputs = inputs, .manifest = manifest};
        run.patterns = patterns;
        status = run_batch(&run, &error);
    }
    if (error != NULL) {
        g_autofree char *message = printable_text(error->message);
        g_printerr("gouji ingest: %s\n", message);
    }
    return status;
}
