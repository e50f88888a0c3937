#include "commands/ingest/input.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

static void input_clear(gpointer data) {
    Input *input = data;
    g_free(input->path);
    g_free(input->impossible);
}

Inputs *inputs_new(void) {
    Inputs *inputs = g_new0(Inputs, 1);
    inputs->files = g_array_new(FALSE, TRUE, sizeof(Input));
    g_array_set_clear_func(inputs->files, input_clear);
    return inputs;
}

void inputs_free(Inputs *inputs) {
    if (inputs == NULL)
        return;
    g_array_unref(inputs->files);
    g_free(inputs);
}

gboolean input_is_named_pdf(const Input *input) {
    gsize length = strlen(input->path);
    return length >= 4 && g_ascii_strcasecmp(input->path + length - 4, ".pdf") == 0;
}

/* `why` NULL: it can be read as far as one sees. */
static void add_file(Inputs *inputs, const char *path, gboolean named, const char *why) {
    Input input = {.path = g_strdup(path), .named = named, .impossible = g_strdup(why)};
    g_array_append_val(inputs->files, input);
}

static int compare_names(gconstpointer a, gconstpointer b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *folder_names(const char *path, GError **error) {
    g_autoptr(GDir) folder = g_dir_open(path, 0, error);
    if (folder == NULL)
        return NULL;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    return names;
}

static void add_folder(Inputs *inputs, const char *path, guint depth);

static void add_found(Inputs *inputs, const char *path, guint depth) {
    struct stat status;
    if (lstat(path, &status) != 0)
        add_file(inputs, path, FALSE, g_strerror(errno));
    else if (S_ISDIR(status.st_mode))
        add_folder(inputs, path, depth);
    else if (S_ISLNK(status.st_mode))
        add_file(inputs, path, FALSE, _("a link, which is not followed; name the file itself"));
    else if (!S_ISREG(status.st_mode))
        add_file(inputs, path, FALSE, _("not a regular file"));
    else
        add_file(inputs, path, FALSE, NULL);
}

static void add_folder(Inputs *inputs, const char *path, guint depth) {
    if (depth >= INPUT_DEPTH_MAX) {
        add_file(inputs, path, TRUE, _("folders are nested too deep"));
        return;
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) names = folder_names(path, &error);
    if (names == NULL) {
        add_file(inputs, path, TRUE, error->message);
        return;
    }
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *below = g_build_filename(path, names->pdata[i], NULL);
        add_found(inputs, below, depth + 1);
    }
}

void inputs_add(Inputs *inputs, const char *path) {
    struct stat status;
    if (stat(path, &status) != 0)
        add_file(inputs, path, TRUE, g_strerror(errno));
    else if (S_ISDIR(status.st_mode))
        add_folder(inputs, path, 0);
    else if (!S_ISREG(status.st_mode))
        add_file(inputs, path, TRUE, _("not a regular file"));
    else
        add_file(inputs, path, TRUE, NULL);
}

void inputs_add_list(Inputs *inputs, const char *bytes, gsize length) {
    char separator = memchr(bytes, '\0', length) != NULL ? '\0' : '\n';
    const char *end = bytes + length;
    while (bytes < end) {
        const char *stop = memchr(bytes, separator, (gsize)(end - bytes));
        stop = stop == NULL ? end : stop;
        gsize width = (gsize)(stop - bytes);
        if (separator == '\n' && width > 0 && bytes[width - 1] == '\r')
            width--;
        g_autofree char *path = g_strndup(bytes, width);
        if (width > 0)
            inputs_add(inputs, path);
        bytes = stop + 1;
    }
}
