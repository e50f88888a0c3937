/* gouji review: what people decide about findings. */
#include "load/review.h"
#include "commands/commands.h"
#include "commands/opening.h"
#include "commands/output.h"
#include "load/listing.h"
#include <glib/gi18n.h>

typedef struct {
    char *db, *status, *note, *reviewer, *format;
    int year;
    char *department;
} ReviewOptions;

static int list(const ReviewOptions *options, const char *status) {
    g_autoptr(GError) error = NULL;
    Format format;
    if (!format_parse(options->format, &format))
        return command_cannot("review", _("--format is table, csv or json"));
    g_autoptr(Archive) archive = command_archive_open("review", options->db, ARCHIVE_READ);
    const ListingFilter filter = {
        .year = options->year, .department = options->department, .status = status};
    g_autoptr(Query) query = archive == NULL ? NULL : list_reviews(archive, &filter, &error);
    if (query == NULL)
        return archive == NULL ? EXIT_CANNOT_WORK : command_cannot("review", error->message);
    return output_print(query, format, NULL, NULL) ? EXIT_DONE : EXIT_SOME_FAILED;
}

static int decide(const ReviewOptions *options, const char *decision, char **findings) {
    const char *reviewer = options->reviewer != NULL ? options->reviewer : g_get_user_name();
    int status = EXIT_DONE;
    g_autoptr(Archive) archive = command_archive_open("review", options->db, ARCHIVE_EXISTING);
    if (archive == NULL)
        return EXIT_CANNOT_WORK;
    for (; *findings != NULL; findings++) {
        g_autoptr(GError) error = NULL;
        if (archive_review(archive, *findings, decision, options->note, reviewer, &error)) {
            g_printerr(_("finding %s: %s\n"), *findings, output_word(decision));
            continue;
        }
        g_printerr("gouji review: %s\n", error->message);
        status = EXIT_SOME_FAILED;
    }
    return status;
}

static int review(const ReviewOptions *options, char **findings) {
    const char *status = output_word_meant(options->status);
    if (status != NULL && !review_status_valid(status))
        return command_cannot("review",
                              _("a status is open, confirmed, explained, corrected or dismissed"));
    if (*findings == NULL)
        return list(options, status);
    if (status == NULL)
        return command_cannot("review", _("which --status?"));
    return decide(options, status, findings);
}

int command_review(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    ReviewOptions values = {0};
    const GOptionEntry entries[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &values.db, N_("the archive (archive.db)"), N_("FILE")},
        {"status", 0, 0, G_OPTION_ARG_STRING, &values.status,
         N_("open, confirmed, explained, corrected or dismissed"), N_("STATUS")},
        {"note", 0, 0, G_OPTION_ARG_STRING, &values.note, N_("why"), N_("TEXT")},
        {"reviewer", 0, 0, G_OPTION_ARG_STRING, &values.reviewer,
         N_("who decides; default: the user"), N_("NAME")},
        {"year", 0, 0, G_OPTION_ARG_INT, &values.year, N_("list those of this year"), N_("YEAR")},
        {"department", 0, 0, G_OPTION_ARG_STRING, &values.department,
         N_("of departments whose name contains this"), N_("NAME")},
        {"format", 0, 0, G_OPTION_ARG_STRING, &values.format, N_("table (default), csv or json"),
         N_("FORMAT")},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) options = g_option_context_new(_("[FINDING…]"));
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    g_option_context_set_summary(
        options,
        _("Decides about findings, or lists what was decided. The decision stays with the\n"
          "same finding in later runs and versions."));
    int status = g_option_context_parse(options, &argc, &argv, &error)
                     ? review(&values, argv + 1)
                     : command_cannot("review", error->message);
    char *const owned[] = {values.db,       values.status, values.note,
                           values.reviewer, values.format, values.department};
    for (gsize i = 0; i < G_N_ELEMENTS(owned); i++)
        g_free(owned[i]);
    return status;
}
