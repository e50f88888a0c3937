/* Files of a bag: their names, sizes and checksums. */
#pragma once
#include <glib.h>

/* SHA-256 of a file in hex, and its size; NULL with `error` set. Links are not followed. */
char *bag_file_digest(const char *path, guint64 *size, GError **error);

/* Paths of all regular files below `folder`/`below`, relative to `folder`, sorted. */
GPtrArray *bag_files(const char *folder, const char *below, GError **error);

/* RFC 8493: CR, LF and % of a path are written as %0D, %0A, %25. */
char *bag_path_encode(const char *path);
char *bag_path_decode(const char *path);

/* Whether the path stays within the bag. */
gboolean bag_path_safe(const char *path);
