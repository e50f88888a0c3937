/* Manifest: what the sender says of the files — a CSV table with the columns file, department,
 * year, type, subject (文件, 部门, 年度, 类型, 项目) in any order, the first line naming them.
 *
 * A file is named as on the command line, relative to the manifest's folder, or by its bare name
 * otherwise; two rows for one file are refused. Encodings and separators are those of csv_read.h.
 */
#pragma once
#include "normalize/normalize.h"

typedef struct Manifest Manifest;

enum { MANIFEST_FIELD_BYTES_MAX = 1024 };

/* What is wrong with it is an error with file and line. */
Manifest *manifest_read(const char *path, GError **error);
void manifest_free(Manifest *manifest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Manifest, manifest_free)

/* What it says of a file, or NULL; `manifest` may be NULL. Lends. */
const Identity *manifest_find(const Manifest *manifest, const char *path);

/* The files of rows that were never found, in order; lends. */
GPtrArray *manifest_unused(const Manifest *manifest);
