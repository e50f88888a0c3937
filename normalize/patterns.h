/* Patterns: the vocabulary that reports are read with, from the XML files of one folder.
 *
 * Read once a process, never changed after. Each noun of the vocabulary has a file (or several)
 * and a reader of its own; this is the handle that holds them all. A file's root element names its
 * grammar, ROOT.rng in the same folder (or, for a folder without grammars, in the program's own);
 * a broken file is refused with its name, line and reason.
 */
#pragma once
#include <glib.h>

typedef struct Patterns Patterns;

/* `folder` NULL: the one beside the program (build tree), or the installed one. */
Patterns *patterns_load(const char *folder, GError **error);
/* The same, and every file is checked; patterns_load leaves out those whose bytes were when the
 * program was built (normalize/proven.h). */
Patterns *patterns_check(const char *folder, GError **error);
/* Compiles every expression, so that processes forked later need not. */
void patterns_warm(const Patterns *patterns);
void patterns_free(Patterns *patterns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Patterns, patterns_free)

/* SHA-256 over names and digests of the files, lower-case hex. */
const char *patterns_hash(const Patterns *patterns);

/* What was read, for listing. */
typedef struct {
    char *name; /* units.xml */
    char *root; /* units */
    char *sha256;
    guint entries; /* elements below the root */
} PatternsFile;
const char *patterns_folder(const Patterns *patterns);
const GPtrArray *patterns_files(const Patterns *patterns); /* PatternsFile, by name */

#define PATTERNS_ERROR (patterns_error_quark())
GQuark patterns_error_quark(void);
typedef enum { PATTERNS_ERROR_FOLDER, PATTERNS_ERROR_FILE } PatternsError;
