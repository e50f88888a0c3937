/* gouji rules: what reports are checked for, and what is not implemented yet. */
#include "normalize/rules.h"
#include "commands/commands.h"
#include <glib/gi18n.h>
#include <stdio.h>

static void print_rules(const Patterns *patterns) {
    const char *const *languages = g_get_language_names();
    gboolean chinese = g_str_has_prefix(languages[0], "zh");
    guint written = 0, n = patterns_rules_count(patterns);
    for (guint i = 0; i < n; i++) {
        RuleInformation rule = patterns_rule(patterns, i);
        written += rule.kind != NULL;
        g_print("%-7s  %-7s  %-15s  %s", rule.id, rule.severity,
                rule.kind == NULL ? _("not implemented") : rule.kind,
                chinese ? rule.title : rule.title_english);
        if (rule.types != NULL)
            g_print(chinese ? "（%s）" : " (%s)", rule.types);
        g_print("\n");
    }
    fflush(stdout);
    g_printerr(_("%u rules, %u of them implemented\n"), n, written);
}

int command_rules(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = NULL;
    GOptionEntry entries[] = {
        {"patterns", 0, 0, G_OPTION_ARG_FILENAME, &folder, N_("the folder of patterns"), N_("DIR")},
        G_OPTION_ENTRY_NULL};
    g_autoptr(GOptionContext) options = g_option_context_new(NULL);
    g_option_context_set_summary(options, _("Lists the rules: id, severity, kind, title."));
    g_option_context_add_main_entries(options, entries, NULL);
    if (!g_option_context_parse(options, &argc, &argv, &error) || argc != 1) {
        g_printerr("gouji rules: %s\n", error != NULL ? error->message : _("no arguments, please"));
        return EXIT_CANNOT_WORK;
    }
    g_autoptr(Patterns) patterns = patterns_load(folder, &error);
    if (patterns == NULL) {
        g_printerr("gouji rules: %s\n", error->message);
        return EXIT_CANNOT_WORK;
    }
    print_rules(patterns);
    return EXIT_DONE;
}
