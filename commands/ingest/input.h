/* Inputs: the files that a batch reads, found once before it starts.
 *
 * Paths named by the user are taken as they are; folders are walked to the bottom, names in byte
 * order. Links below a folder are not followed: what a department hands in must not lead out of
 * it. Whether a file is a PDF is seen when it is opened.
 */
#pragma once
#include <glib.h>

typedef struct {
    char *path;       /* as bytes; may hold anything but NUL */
    gboolean named;   /* by the user, not found below a folder */
    char *impossible; /* why it cannot be read at all; or NULL */
} Input;

enum {
    INPUT_DEPTH_MAX = 64, /* folders within folders */
};

typedef struct {
    GArray *files; /* Input */
} Inputs;

Inputs *inputs_new(void);
void inputs_free(Inputs *inputs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Inputs, inputs_free)

static inline const Input *inputs_file(const Inputs *inputs, guint i) {
    return &g_array_index(inputs->files, Input, i);
}

/* By the end of its name. */
gboolean input_is_named_pdf(const Input *input);

/* A file, or a folder with all that is below it. */
void inputs_add(Inputs *inputs, const char *path);

/* The paths of a list: one a line, or, where it holds a NUL, ended by NULs as `find -print0` writes
 * them. `bytes` need not end with NUL. */
void inputs_add_list(Inputs *inputs, const char *bytes, gsize length);
