#include "load/export/bag.h"
#include "load/database.h"
#include "load/export/bag_file.h"
#include "load/export/csv.h"
#include "load/export/package.h"
#include "load/export/xlsx.h"
#include "load/export/year_copy.h"
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

static const char README[] =
    "这是一个年度的绩效报告档案，按 BagIt（RFC 8493）封装，可用 sha256sum -c manifest-sha256.txt "
    "核对。\n"
    "archive.db      SQLite 数据库，任何 SQLite 3.40 以上的工具都能打开\n"
    "csv/            数据库各表，说明见 csv/datapackage.json（Frictionless）；\n"
    "                以 = + - @ 开头的文字前加了撇号，以防电子表格当作公式\n"
    "findings.xlsx   问题清单、年鉴、数据等工作表\n"
    "originals/      报告原件，以其 SHA-256 命名；缺少的列在 absent.csv 中\n"
    "patterns/       识读所用的模式和规则\n"
    "\n"
    "An archive of one year's reports as a BagIt bag; nothing in it needs the program that made "
    "it.\n"
    "archive.db is SQLite; csv/ has its tables, described by csv/datapackage.json (text that "
    "begins\n"
    "with = + - @ has an apostrophe before it); originals/ has the PDFs by their SHA-256.\n";

static gboolean make_folder(const char *path, GError **error) {
    if (g_mkdir_with_parents(path, 0777) == 0)
        return TRUE;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, _("%s: cannot be made"), path);
    return FALSE;
}

static gboolean begin_folder(const char *folder, GError **error) {
    g_autoptr(GDir) there = g_dir_open(folder, 0, NULL);
    if (there != NULL && g_dir_read_name(there) != NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("%s: is not empty"), folder);
        return FALSE;
    }
    static const char *const BELOW[] = {"data/csv", "data/originals", "data/patterns"};
    for (gsize i = 0; i < G_N_ELEMENTS(BELOW); i++) {
        g_autofree char *path = g_build_filename(folder, BELOW[i], NULL);
        if (!make_folder(path, error))
            return FALSE;
    }
    return TRUE;
}

/* --- originals --- */

/* The PDF as it is stored, else as it lies at its path with the same bytes; NULL: why not. */
static GBytes *find_original(const Query *row, char **reason) {
    const char *file = query_text(row, 1), *sha256 = query_text(row, 0);
    g_autoptr(GError) failure = NULL;
    if (query_kind(row, 2) != VALUE_NULL)
        return query_blob(row, 2);
    g_autofree char *digest = NULL;
    guint64 size;
    digest = bag_file_digest(file, &size, &failure);
    if (digest == NULL) {
        *reason = g_strdup(failure->message);
        return NULL;
    }
    if (!g_str_equal(digest, sha256)) {
        *reason = g_strdup("路径上的文件已经不是原件");
        return NULL;
    }
    GMappedFile *mapped = g_mapped_file_new(file, FALSE, &failure);
    if (mapped == NULL) {
        *reason = g_strdup(failure->message);
        return NULL;
    }
    GBytes *bytes = g_mapped_file_get_bytes(mapped);
    g_mapped_file_unref(mapped);
    return bytes;
}

static gboolean write_original(const char *folder, const Query *row, GString *absent,
                               BagContents *contents, GError **error) {
    g_autofree char *reason = NULL;
    g_autoptr(GBytes) bytes = find_original(row, &reason);
    contents->documents++;
    if (bytes == NULL) {
        contents->absent++;
        csv_append_field(absent, query_text(row, 0), FALSE);
        g_string_append_c(absent, ',');
        csv_append_field(absent, query_text(row, 1), FALSE);
        g_string_append_c(absent, ',');
        csv_append_field(absent, reason, FALSE);
        g_string_append(absent, "\r\n");
        return TRUE;
    }
    contents->originals++;
    g_autofree char *name = g_strconcat(query_text(row, 0), ".pdf", NULL);
    g_autofree char *path = g_build_filename(folder, "data", "originals", name, NULL);
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    return g_file_set_contents(path, data, (gssize)length, error);
}

static gboolean write_originals(Archive *archive, const char *folder, int year,
                                BagContents *contents, GError **error) {
    g_autoptr(GError) failure = NULL;
    g_autoptr(GString) absent = g_string_new(CSV_START "sha256,file,reason\r\n");
    g_autofree char *path = g_build_filename(folder, "data", "originals", "absent.csv", NULL);
    g_autoptr(Query) rows =
        archive_query(archive,
                      "SELECT d.sha256, d.file, o.pdf FROM documents d LEFT JOIN originals o "
                      "ON o.document_id = d.id WHERE d.year = :year ORDER BY d.sha256",
                      error);
    if (rows == NULL)
        return FALSE;
    query_bind_integer(rows, ":year", year);
    while (query_next(rows, &failure))
        if (!write_original(folder, rows, absent, contents, error))
            return FALSE;
    if (failure == NULL)
        return g_file_set_contents(path, absent->str, (gssize)absent->len, error);
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

/* --- patterns, tables, tags --- */

static gboolean copy_patterns(const char *from, const char *folder, GError **error) {
    g_autoptr(GDir) patterns = g_dir_open(from, 0, error);
    if (patterns == NULL)
        return FALSE;
    for (const char *name; (name = g_dir_read_name(patterns)) != NULL;) {
        g_autofree char *source = g_build_filename(from, name, NULL);
        g_autofree char *target = g_build_filename(folder, "data", "patterns", name, NULL);
        g_autofree char *text = NULL;
        gsize length;
        if (!g_file_test(source, G_FILE_TEST_IS_REGULAR))
            continue;
        if (!g_file_get_contents(source, &text, &length, error) ||
            !g_file_set_contents(target, text, (gssize)length, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean write_year(Archive *archive, const char *folder, int year, GError **error) {
    g_autofree char *database = g_build_filename(folder, "data", "archive.db", NULL);
    g_autofree char *csv = g_build_filename(folder, "data", "csv", NULL);
    g_autofree char *xlsx = g_build_filename(folder, "data", "findings.xlsx", NULL);
    g_autofree char *readme = g_build_filename(folder, "data", "README.txt", NULL);
    g_autofree char *title = g_strdup_printf("%d年度绩效报告档案", year);
    if (!archive_copy_year(archive, year, database, error))
        return FALSE;
    g_autoptr(Archive) copy = archive_open(database, ARCHIVE_SNAPSHOT, error);
    return copy != NULL && package_write(copy, csv, title, error) &&
           export_xlsx(copy, xlsx, year, error) && g_file_set_contents(readme, README, -1, error);
}

static gboolean append_manifest(const char *folder, const GPtrArray *files, GString *manifest,
                                guint64 *bytes, GError **error) {
    for (guint i = 0; i < files->len; i++) {
        guint64 size;
        g_autofree char *path = g_build_filename(folder, files->pdata[i], NULL);
        g_autofree char *digest = bag_file_digest(path, &size, error);
        g_autofree char *name = bag_path_encode(files->pdata[i]);
        if (digest == NULL)
            return FALSE;
        g_string_append_printf(manifest, "%s  %s\n", digest, name);
        *bytes += size;
    }
    return TRUE;
}

static gboolean write_tag(const char *folder, const char *name, const char *text, GPtrArray *tags,
                          GError **error) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_ptr_array_add(tags, (gpointer)name);
    return g_file_set_contents(path, text, -1, error);
}

static char *bag_information(const BagOptions *options, const BagContents *contents, guint64 bytes,
                             guint files) {
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *date = g_date_time_format(now, "%Y-%m-%d");
    return g_strdup_printf("Bag-Software-Agent: gouji %s\n"
                           "Bagging-Date: %s\n"
                           "Contact-Name: %s\n"
                           "External-Description: %d年度绩效报告档案\n"
                           "External-Identifier: gouji-%d\n"
                           "Gouji-Documents: %u\n"
                           "Gouji-Originals: %u\n"
                           "Gouji-Originals-Absent: %u\n"
                           "Payload-Oxum: %" G_GUINT64_FORMAT ".%u\n",
                           GOUJI_VERSION, date, options->maker, options->year, options->year,
                           contents->documents, contents->originals, contents->absent, bytes,
                           files);
}

static gboolean write_tags(const char *folder, const BagOptions *options,
                           const BagContents *contents, GError **error) {
    guint64 bytes = 0, tag_bytes = 0;
    g_autoptr(GString) manifest = g_string_new(NULL), tag_manifest = g_string_new(NULL);
    g_autoptr(GPtrArray) tags = g_ptr_array_new(), unlisted = g_ptr_array_new();
    g_autoptr(GPtrArray) files = bag_files(folder, "data", error);
    if (files == NULL || !append_manifest(folder, files, manifest, &bytes, error))
        return FALSE;
    g_autofree char *information = bag_information(options, contents, bytes, files->len);
    return write_tag(folder, "bag-info.txt", information, tags, error) &&
           write_tag(folder, "bagit.txt",
                     "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", tags, error) &&
           write_tag(folder, "manifest-sha256.txt", manifest->str, tags, error) &&
           append_manifest(folder, tags, tag_manifest, &tag_bytes, error) &&
           write_tag(folder, "tagmanifest-sha256.txt", tag_manifest->str, unlisted, error);
}

/* An empty bag would look like a year that is kept. */
static gboolean has_reports(Archive *archive, int year, GError **error) {
    g_autoptr(Query) query = archive_query(
        archive, "SELECT 1 FROM documents WHERE status = 'ok' AND year = :year LIMIT 1", error);
    g_autoptr(GError) failure = NULL;
    if (query == NULL)
        return FALSE;
    query_bind_integer(query, ":year", year);
    if (query_next(query, &failure))
        return TRUE;
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    else
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("there is no report on %d"), year);
    return FALSE;
}

gboolean bag_write(Archive *archive, const char *folder, const BagOptions *options,
                   BagContents *contents, GError **error) {
    *contents = (BagContents){0};
    return has_reports(archive, options->year, error) && begin_folder(folder, error) &&
           write_year(archive, folder, options->year, error) &&
           write_originals(archive, folder, options->year, contents, error) &&
           copy_patterns(options->patterns, folder, error) &&
           write_tags(folder, options, contents, error);
}
