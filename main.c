/* gouji (勾稽): figures in reports, tied to each other. The table of contents of the program. */
#include "commands/commands.h"
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gi18n.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

typedef struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *does;
} Command;

static const Command COMMANDS[] = {
    {"ingest", command_ingest, N_("reads PDFs and loads them into the archive")},
    {"extract", command_extract, N_("what is printed where in a PDF, as XML")},
    {"normalize", command_normalize, N_("the Report of a Document, as XML")},
    {"load", command_load, N_("Reports into the archive")},
    {"findings", command_findings, N_("what disagrees")},
    {"check", command_check, N_("the rules between reports, again")},
    {"export", command_export, N_("findings, yearbook and facts as XLSX, CSV or JSON")},
    {"review", command_review, N_("decides about findings")},
    {"search", command_search, N_("where words stand")},
    {"changes", command_changes, N_("what new versions and new readings changed")},
    {"departments", command_departments, N_("who ought to submit")},
    {"missing", command_missing, N_("who has not submitted")},
    {"archive", command_archive, N_("a year as a bag that needs no program")},
    {"doctor", command_doctor, N_("whether an archive is whole")},
    {"rules", command_rules, N_("the rules that reports are checked by")},
    {"parse", command_parse, N_("the quantities of each line of standard input")},
    {"patterns", command_patterns, N_("checks and lists the pattern files")},
    {NULL, NULL, NULL},
};

static void help_print(void) {
    g_print(_("Usage: gouji COMMAND [OPTION…]\n\nCommands:\n"));
    for (gsize i = 0; COMMANDS[i].name != NULL; i++)
        g_print("  %-12s %s\n", COMMANDS[i].name, _(COMMANDS[i].does));
    g_print(_("\n“gouji COMMAND --help” tells a command's options.\n"));
}

/* Beside the program where it was built, else as installed. */
static char *messages_folder(void) {
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = program == NULL ? NULL : g_path_get_dirname(program);
    char *beside = folder == NULL ? NULL : g_build_filename(folder, "locale", NULL);
    if (beside != NULL && g_file_test(beside, G_FILE_TEST_IS_DIR))
        return beside;
    g_free(beside);
    return g_strdup(GOUJI_LOCALE_DIR);
}

/* A locale of ASCII only, as in cron jobs, would refuse every Chinese name among the arguments and
 * print question marks; what the program reads and writes is UTF-8. */
static void print_as_it_is(const char *text) { fputs(text, stdout); }
static void print_error_as_it_is(const char *text) { fputs(text, stderr); }

static void keep_characters(void) {
    const char *charset;
    if (g_str_has_prefix(nl_langinfo(CODESET), "ANSI_X3"))
        setlocale(LC_CTYPE, "C.UTF-8");
    if (!g_get_charset(&charset) && g_str_has_prefix(charset, "ANSI_X3")) {
        g_set_print_handler(print_as_it_is);
        g_set_printerr_handler(print_error_as_it_is);
    }
}

/* Where the caller closed one of these, no file of ours may take its place: messages would be
 * written into it. Writing to them still fails. */
static void keep_descriptors(void) {
    for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
        if (fcntl(i, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != i)
            _exit(EXIT_CANNOT_WORK);
}

/* A result that did not arrive is no success, whoever ends the program: help is printed by GLib,
 * which exits. */
static void close_output(int status, void *unused) {
    (void)unused;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return;
    g_printerr(_("gouji: cannot write to standard output: %s\n"), g_strerror(errno));
    if (status == EXIT_DONE)
        _exit(EXIT_SOME_FAILED);
}

static int run(const Command *command, int argc, char **argv) {
    g_autofree char *program = g_strconcat("gouji ", command->name, NULL);
    g_set_prgname(program); /* of the usage that --help prints */
    return command->run(argc, argv);
}

int main(int argc, char **argv) {
    keep_descriptors();
    on_exit(close_output, NULL);
    setlocale(LC_ALL, "");
    keep_characters();
    g_autofree char *messages = messages_folder();
    bindtextdomain(GETTEXT_PACKAGE, messages);
    bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
    textdomain(GETTEXT_PACKAGE);
    const char *name = argc > 1 ? argv[1] : NULL;
    if (name == NULL) {
        help_print();
        return EXIT_CANNOT_WORK;
    }
    if (g_str_equal(name, "--help") || g_str_equal(name, "-h") || g_str_equal(name, "help")) {
        help_print();
        return EXIT_DONE;
    }
    if (g_str_equal(name, "--version")) {
        g_print("gouji %s\n", GOUJI_VERSION);
        return EXIT_DONE;
    }
    for (gsize i = 0; COMMANDS[i].name != NULL; i++)
        if (g_str_equal(name, COMMANDS[i].name))
            return run(&COMMANDS[i], argc - 1, argv + 1);
    g_printerr(_("gouji: no command “%s”; see gouji --help\n"), name);
    return EXIT_CANNOT_WORK;
}
