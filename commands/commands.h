/* The commands of `gouji`, one file each. Only they print or exit.
 *
 * Each takes its own argument vector (argv[0] is its name) and returns an exit status.
 */
#pragma once

enum {
    EXIT_DONE = 0,
    EXIT_SOME_FAILED = 1, /* some inputs failed, the rest were done */
    EXIT_CANNOT_WORK = 2, /* wrong usage, or an environment that cannot work */
    EXIT_FINDINGS = 3,    /* findings --fail-on */
};

int command_ingest(int argc, char **argv);
int command_extract(int argc, char **argv);
int command_normalize(int argc, char **argv);
int command_load(int argc, char **argv);
int command_findings(int argc, char **argv);
int command_check(int argc, char **argv);
int command_export(int argc, char **argv);
int command_review(int argc, char **argv);
int command_departments(int argc, char **argv);
int command_missing(int argc, char **argv);
int command_changes(int argc, char **argv);
int command_search(int argc, char **argv);
int command_archive(int argc, char **argv);
int command_doctor(int argc, char **argv);
int command_parse(int argc, char **argv);
int command_patterns(int argc, char **argv);
int command_rules(int argc, char **argv);
