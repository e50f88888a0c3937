/* A bag is whole where every file that a manifest lists is there with its checksum, every file of
 * the payload is listed, and bag-info's Payload-Oxum counts the same. */
#include "load/export/bag.h"
#include "load/export/bag_file.h"
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

typedef struct {
    const char *folder;
    BagTrouble trouble;
    gpointer data;
    GHashTable *listed;    /* path → checksum */
    guint64 payload_bytes; /* of what is listed and there */
    guint payload_files, files;
} Verifying;

static void complain(const Verifying *verifying, const char *path, const char *trouble) {
    verifying->trouble(path, trouble, verifying->data);
}

static char *read_tag(const Verifying *verifying, const char *name, GError **error) {
    g_autofree char *path = g_build_filename(verifying->folder, name, NULL);
    char *text = NULL;
    return g_file_get_contents(path, &text, NULL, error) ? text : NULL;
}

static void verify_file(Verifying *verifying, const char *path, const char *expected) {
    g_autofree char *whole = g_build_filename(verifying->folder, path, NULL);
    g_autoptr(GError) failure = NULL;
    guint64 size = 0;
    g_autofree char *found = bag_file_digest(whole, &size, &failure);
    verifying->files++;
    if (found == NULL)
        complain(verifying, path, failure->message);
    else if (g_ascii_strcasecmp(found, expected) != 0)
        complain(verifying, path, _("its checksum is another"));
    if (g_str_has_prefix(path, "data/")) {
        verifying->payload_bytes += size;
        verifying->payload_files++;
    }
}

/* “checksum  path”, one a line. */
static void verify_line(Verifying *verifying, char *line) {
    char *space = strpbrk(line, " \t");
    if (space == NULL || space - line != 64) {
        complain(verifying, line, _("no line of a manifest"));
        return;
    }
    *space = '\0';
    g_autofree char *path = bag_path_decode(space + 1 + strspn(space + 1, " \t*"));
    if (!bag_path_safe(path)) {
        complain(verifying, path, _("leads out of the bag"));
        return;
    }
    if (!g_hash_table_insert(verifying->listed, g_strdup(path), g_strdup(line)))
        complain(verifying, path, _("is listed twice"));
    verify_file(verifying, path, line);
}

static gboolean verify_manifest(Verifying *verifying, const char *name, GError **error) {
    g_autofree char *text = read_tag(verifying, name, error);
    if (text == NULL)
        return FALSE;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        g_strchomp(lines[i]);
        if (*lines[i] != '\0')
            verify_line(verifying, lines[i]);
    }
    return TRUE;
}

static gboolean verify_unlisted(Verifying *verifying, GError **error) {
    g_autoptr(GPtrArray) files = bag_files(verifying->folder, "data", error);
    if (files == NULL)
        return FALSE;
    for (guint i = 0; i < files->len; i++)
        if (!g_hash_table_contains(verifying->listed, files->pdata[i]))
            complain(verifying, files->pdata[i], _("is not listed"));
    return TRUE;
}

static void verify_oxum(Verifying *verifying) {
    g_autofree char *text = read_tag(verifying, "bag-info.txt", NULL);
    const char *oxum = text == NULL ? NULL : strstr(text, "Payload-Oxum:");
    g_autofree char *expected = g_strdup_printf("%" G_GUINT64_FORMAT ".%u",
                                                verifying->payload_bytes, verifying->payload_files);
    if (oxum == NULL)
        return;
    oxum += strlen("Payload-Oxum:");
    oxum += strspn(oxum, " \t");
    if (strlen(expected) != strcspn(oxum, " \t\r\n") ||
        strncmp(oxum, expected, strlen(expected)) != 0)
        complain(verifying, "bag-info.txt", _("its Payload-Oxum is another"));
}

static gboolean verify(Verifying *verifying, GError **error) {
    g_autofree char *declaration = read_tag(verifying, "bagit.txt", NULL);
    if (declaration == NULL || !g_str_has_prefix(declaration, "BagIt-Version: ") ||
        strstr(declaration, "Tag-File-Character-Encoding: UTF-8") == NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    _("%s: no bag (a BagIt folder has bagit.txt)"), verifying->folder);
        return FALSE;
    }
    if (!verify_manifest(verifying, "manifest-sha256.txt", error))
        return FALSE;
    verify_oxum(verifying);
    return verify_manifest(verifying, "tagmanifest-sha256.txt", error) &&
           verify_unlisted(verifying, error);
}

gboolean bag_verify(const char *folder, BagTrouble trouble, gpointer data, guint *files,
                    GError **error) {
    Verifying verifying = {.folder = folder,
                           .trouble = trouble,
                           .data = data,
                           .listed =
                               g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    gboolean fine = verify(&verifying, error);
    *files = verifying.files;
    g_hash_table_unref(verifying.listed);
    return fine;
}
