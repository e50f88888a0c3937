/* gouji findings: what disagrees, what could not be read, what could not be checked. */
#include "commands/commands.h"
#include "commands/findings_list.h"
#include "commands/output.h"
#include "load/listing.h"
#include "load/review.h"
#include "normalize/report.h"
#include <glib/gi18n.h>
#include <string.h>

typedef struct {
    int severity, status; /* columns, or −1 */
    Severity fail_on;
    gboolean failing; /* a finding of that severity or a worse one stands open */
    guint rows, by_severity[3];
} Seen;

static void see(const Query *query, gpointer data) {
    Seen *seen = data;
    Severity severity;
    seen->rows++;
    if (seen->severity < 0 || !severity_parse(query_text(query, seen->severity), &severity))
        return;
    const char *status = query_text(query, seen->status);
    seen->by_severity[severity]++;
    if (severity <= seen->fail_on && !g_str_equal(status, "dismissed") &&
        !g_str_equal(status, "explained"))
        seen->failing = TRUE;
}

static int column_of(const Query *query, const char *name) {
    for (int i = 0; i < query_columns(query); i++)
        if (g_str_equal(query_name(query, i), name))
            return i;
    return -1;
}

static int refuse(const char *reason) {
    g_printerr("gouji findings: %s\n", reason);
    return EXIT_CANNOT_WORK;
}

static int list(Query *query, Format format, Seen *seen, gboolean fails) {
    seen->severity = column_of(query, "severity");
    seen->status = column_of(query, "status");
    gboolean findings = seen->severity >= 0;
    if (findings && format == FORMAT_TABLE ? !findings_list_print(query, see, seen)
                                           : !output_print(query, format, see, seen))
        return EXIT_SOME_FAILED;
    if (findings)
        g_printerr(_("%u findings: %u errors, %u warnings, %u hints\n"), seen->rows,
                   seen->by_severity[SEVERITY_ERROR], seen->by_severity[SEVERITY_WARNING],
                   seen->by_severity[SEVERITY_HINT]);
    return fails && seen->failing ? EXIT_FINDINGS : EXIT_DONE;
}

int command_findings(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autofree char *db = NULL, *department = NULL, *severity = NULL, *rule = NULL, *status = NULL,
                    *format_name = NULL, *fail_on = NULL;
    int year = 0;
    gboolean all_versions = FALSE, unread = FALSE, unchecked = FALSE;
    const GOptionEntry entries[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &db, N_("the archive (archive.db)"), N_("FILE")},
        {"year", 0, 0, G_OPTION_ARG_INT, &year, N_("of this year"), N_("YEAR")},
        {"department", 0, 0, G_OPTION_ARG_STRING, &department,
         N_("of departments whose name contains this"), N_("NAME")},
        {"severity", 0, 0, G_OPTION_ARG_STRING, &severity, N_("error, warning or hint"),
         N_("SEVERITY")},
        {"rule", 0, 0, G_OPTION_ARG_STRING, &rule, N_("of this rule"), N_("RULE")},
        {"status", 0, 0, G_OPTION_ARG_STRING, &status,
         N_("open, confirmed, explained, corrected or dismissed"), N_("STATUS")},
        {"all-versions", 0, 0, G_OPTION_ARG_NONE, &all_versions,
         N_("also of reports that have a newer version"), NULL},
        {"format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_("table (default), csv or json"),
         N_("FORMAT")},
        {"fail-on", 0, 0, G_OPTION_ARG_STRING, &fail_on,
         N_("exit 3 where one of this severity or a worse one stands"), N_("SEVERITY")},
        {"unread", 0, 0, G_OPTION_ARG_NONE, &unread,
         N_("list printed numerals that could not be read instead"), NULL},
        {"unchecked", 0, 0, G_OPTION_ARG_NONE, &unchecked,
         N_("list what could not be checked, and why, instead"), NULL},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) options = g_option_context_new(NULL);
    g_option_context_add_main_entries(options, entries, GETTEXT_PACKAGE);
    g_option_context_set_summary(options, _("Lists what disagrees in the archive's reports."));
    Format format;
    Seen seen = {.fail_on = SEVERITY_HINT};
    Severity wanted;
    gboolean parsed = g_option_context_parse(options, &argc, &argv, &error);
    const char *severity_word = output_word_meant(severity);
    const char *status_word = output_word_meant(status);
    if (!parsed)
        return refuse(error->message);
    if (argc != 1)
        return refuse(_("no other words, please"));
    if (!format_parse(format_name, &format))
        return refuse(_("--format is table, csv or json"));
    if ((severity != NULL && !severity_parse(severity_word, &wanted)) ||
        (fail_on != NULL && !severity_parse(output_word_meant(fail_on), &seen.fail_on)))
        return refuse(_("a severity is error, warning or hint"));
    if (status != NULL && !review_status_valid(status_word))
        return refuse(_("a status is open, confirmed, explained, corrected or dismissed"));
    g_autoptr(Archive) archive =
        archive_open(db == NULL ? ARCHIVE_DEFAULT : db, ARCHIVE_READ, &error);
    if (archive == NULL)
        return refuse(error->message);
    g_autofree char *rule_id = rule == NULL ? NULL : g_ascii_strup(rule, -1);
    gboolean known = TRUE;
    if (rule != NULL && !rule_known(archive, rule_id, &known, &error))
        return refuse(error->message);
    if (!known)
        return refuse(_("no such rule; “gouji rules” lists them"));
    const ListingFilter filter = {year,    department,  severity_word,
                                  rule_id, status_word, all_versions};
    g_autoptr(Query) query = unread       ? list_unread(archive, &filter, &error)
                             : !unchecked ? list_findings(archive, &filter, &error)
                             : format == FORMAT_TABLE
                                 ? list_unchecked_by_reason(archive, &filter, &error)
                                 : list_unchecked(archive, &filter, &error);
    return query == NULL ? refuse(error->message) : list(query, format, &seen, fail_on != NULL);
}
