#include "load/archive.h"
#include "load/database.h"
#include "load/finding_ids.h"
#include "load/rows.h"
#include "load/settle.h"
#include "load/words.h"
#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

G_DEFINE_QUARK(gouji - archive - error - quark, archive_error)

/* Marks the file as ours: “gouj”. */
enum { APPLICATION_ID = 0x676f756a, SCHEMA_VERSION = 5 };

enum { BUSY_PAUSE_US = 10000 };

/* WAL needs shared memory between processes: these file systems cannot give it (statfs(2)). */
static const guint32 NETWORK_FILE_SYSTEMS[] = {0x6969, 0xFF534D42, 0xFE534D42,
                                               0x517B, 0x564c,     0x01021997};

/* What SQLite says, in the language of the reader where a reader may meet it. */
static const char *reason_of(const Archive *archive) {
    static const char *const KNOWN[] = {N_("database or disk is full"),
                                        N_("database is locked"),
                                        N_("attempt to write a readonly database"),
                                        N_("database disk image is malformed"),
                                        N_("unable to open database file"),
                                        N_("disk I/O error")};
    const char *reason = sqlite3_errmsg(archive->db);
    for (gsize i = 0; i < G_N_ELEMENTS(KNOWN); i++)
        if (g_str_equal(reason, KNOWN[i]))
            return _(KNOWN[i]);
    return reason;
}

gboolean archive_fail(Archive *archive, const char *what, GError **error) {
    g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_SQL, _("%s: %s"), what, reason_of(archive));
    return FALSE;
}

void archive_enforce_references(Archive *archive, gboolean enforced) {
    sqlite3_db_config(archive->db, SQLITE_DBCONFIG_ENABLE_FKEY, (int)enforced, NULL);
}

static gboolean execute(Archive *archive, const char *sql, GError **error) {
    if (sqlite3_exec(archive->db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return TRUE;
    return archive_fail(archive, _("the archive"), error);
}

sqlite3_stmt *archive_statement(Archive *archive, const char *sql, GError **error) {
    sqlite3_stmt *statement = g_hash_table_lookup(archive->statements, sql);
    if (statement == NULL) {
        if (sqlite3_prepare_v3(archive->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
            SQLITE_OK) {
            archive_fail(archive, _("the archive"), error);
            return NULL;
        }
        g_hash_table_insert(archive->statements, (gpointer)(guintptr)sql, statement);
    }
    sqlite3_reset(statement);
    return statement;
}

static void bind_one(sqlite3_stmt *statement, int i, char type, va_list *arguments) {
    if (type == 's')
        sqlite3_bind_text(statement, i, va_arg(*arguments, const char *), -1, SQLITE_STATIC);
    else if (type == 'i')
        sqlite3_bind_int64(statement, i, va_arg(*arguments, gint64));
    else if (type == 'f')
        sqlite3_bind_double(statement, i, va_arg(*arguments, double));
    else if (type == 'n') {
        guint value = va_arg(*arguments, guint);
        if (value != G_MAXUINT)
            sqlite3_bind_int64(statement, i, value);
    } else {
        GBytes *bytes = va_arg(*arguments, GBytes *);
        g_assert(type == 'b');
        if (bytes != NULL)
            sqlite3_bind_blob64(statement, i, g_bytes_get_data(bytes, NULL),
                                g_bytes_get_size(bytes), SQLITE_STATIC);
    }
}

static void bind_all(sqlite3_stmt *statement, const char *types, va_list *arguments) {
    sqlite3_clear_bindings(statement);
    for (int i = 0; types[i] != '\0'; i++)
        bind_one(statement, i + 1, types[i], arguments);
}

void statement_bind(sqlite3_stmt *statement, const char *types, ...) {
    va_list arguments;
    va_start(arguments, types);
    bind_all(statement, types, &arguments);
    va_end(arguments);
}

gboolean archive_run_statement(Archive *archive, sqlite3_stmt *statement, GError **error) {
    int status = sqlite3_step(statement);
    if (status == SQLITE_DONE || status == SQLITE_ROW) {
        sqlite3_reset(statement);
        return TRUE;
    }
    archive_fail(archive, _("writing the archive"), error);
    sqlite3_reset(statement);
    return FALSE;
}

gboolean archive_execute(Archive *archive, GError **error, const char *sql, const char *types,
                         ...) {
    sqlite3_stmt *statement = archive_statement(archive, sql, error);
    if (statement == NULL)
        return FALSE;
    va_list arguments;
    va_start(arguments, types);
    bind_all(statement, types, &arguments);
    va_end(arguments);
    return archive_run_statement(archive, statement, error);
}

gboolean archive_lookup(Archive *archive, GError **error, gint64 *result, gint64 missing,
                        const char *sql, const char *types, ...) {
    g_autoptr(GError) failure = NULL;
    sqlite3_stmt *statement = archive_statement(archive, sql, error);
    if (statement == NULL)
        return FALSE;
    va_list arguments;
    va_start(arguments, types);
    bind_all(statement, types, &arguments);
    va_end(arguments);
    *result = missing;
    if (statement_row(archive, statement, &failure) &&
        sqlite3_column_type(statement, 0) != SQLITE_NULL)
        *result = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return failure == NULL;
}

char *statement_text(sqlite3_stmt *statement, int column) {
    return g_strdup((const char *)sqlite3_column_text(statement, column));
}

static void add_id(GHashTable *set, gint64 id) {
    gint64 *key = g_new(gint64, 1);
    *key = id;
    g_hash_table_add(set, key);
}

void archive_mark_dirty(Archive *archive, gint64 document) { add_id(archive->dirty, document); }

void archive_mark_content(Archive *archive, gint64 document) {
    add_id(archive->dirty, document);
    add_id(archive->content, document);
}

gboolean statement_row(Archive *archive, sqlite3_stmt *statement, GError **error) {
    int status = sqlite3_step(statement);
    if (status == SQLITE_ROW)
        return TRUE;
    if (status != SQLITE_DONE)
        archive_fail(archive, _("reading the archive"), error);
    return FALSE;
}

char *timestamp_now(void) {
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    return g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
}

static gboolean refuse(GError **error, ArchiveError code, const char *file, const char *reason) {
    g_set_error(error, ARCHIVE_ERROR, code, "%s: %s", file, reason);
    return FALSE;
}

static gboolean on_local_disk(const char *file, GError **error) {
    g_autofree char *folder = g_path_get_dirname(file);
    struct statfs system;
    if (statfs(folder, &system) != 0)
        return refuse(error, ARCHIVE_ERROR_OPEN, file, _("no such folder"));
    for (gsize i = 0; i < G_N_ELEMENTS(NETWORK_FILE_SYSTEMS); i++)
        if ((guint32)system.f_type == NETWORK_FILE_SYSTEMS[i])
            return refuse(error, ARCHIVE_ERROR_OPEN, file,
                          _("on a network file system, where an archive is not safe; use a local "
                            "disk and publish a copy"));
    return TRUE;
}

/* The journal is made beside the archive. */
static gboolean may_be_written(const char *file, GError **error) {
    g_autofree char *folder = g_path_get_dirname(file);
    if (access(folder, W_OK) == 0 && (access(file, F_OK) != 0 || access(file, W_OK) == 0))
        return TRUE;
    g_autofree char *reason = g_strdup_printf(_("cannot be written: %s"), g_strerror(errno));
    return refuse(error, ARCHIVE_ERROR_OPEN, file, reason);
}

static gboolean pragma_number(Archive *archive, const char *sql, int *value, GError **error) {
    gint64 number;
    if (!archive_lookup(archive, error, &number, 0, sql, ""))
        return FALSE;
    *value = (int)number;
    return TRUE;
}

static gboolean execute_resource(Archive *archive, const char *path, GError **error) {
    g_autoptr(GBytes) sql = g_resources_lookup_data(path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
    return sql != NULL && execute(archive, g_bytes_get_data(sql, NULL), error);
}

/* A new archive gets the present schema at once. */
static gboolean migrate(Archive *archive, int from, GError **error) {
    g_autofree char *mark = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                            APPLICATION_ID, SCHEMA_VERSION);
    if (from == 0 && !execute_resource(archive, "/gouji/schema/current.sql", error))
        return FALSE;
    for (int version = from + 1; from > 0 && version <= SCHEMA_VERSION; version++) {
        g_autofree char *path = g_strdup_printf("/gouji/schema/%03d.sql", version);
        if (!execute_resource(archive, path, error))
            return FALSE;
    }
    return execute(archive, mark, error);
}

/* Under the write lock, so that two processes that make the same archive do it once. */
static gboolean bring_up_to_date(Archive *archive, const char *file, GError **error) {
    int application, version, tables;
    if (!execute(archive, "BEGIN IMMEDIATE", error))
        return FALSE;
    gboolean fine = pragma_number(archive, "PRAGMA application_id", &application, error) &&
                    pragma_number(archive, "PRAGMA user_version", &version, error) &&
                    pragma_number(archive, "PRAGMA page_count", &tables, error);
    if (fine && application != APPLICATION_ID && (application != 0 || version != 0 || tables > 1))
        fine = refuse(error, ARCHIVE_ERROR_OPEN, file, _("not an archive of gouji"));
    else if (fine && version > SCHEMA_VERSION)
        fine = refuse(error, ARCHIVE_ERROR_VERSION, file, _("written by a newer version of gouji"));
    else if (fine && version < SCHEMA_VERSION)
        fine = migrate(archive, version, error);
    if (fine)
        return execute(archive, "COMMIT", error);
    archive_rollback(archive);
    return FALSE;
}

static gboolean is_archive(Archive *archive, const char *file, GError **error) {
    int application = 0, version;
    if (!pragma_number(archive, "PRAGMA application_id", &application, NULL) &&
        sqlite3_errcode(archive->db) != SQLITE_NOTADB)
        return refuse(error, ARCHIVE_ERROR_OPEN, file, reason_of(archive));
    if (sqlite3_errcode(archive->db) == SQLITE_NOTADB || application != APPLICATION_ID)
        return refuse(error, ARCHIVE_ERROR_OPEN, file, _("not an archive of gouji"));
    if (pragma_number(archive, "PRAGMA user_version", &version, error) && version != SCHEMA_VERSION)
        return refuse(error, ARCHIVE_ERROR_VERSION, file,
                      _("of another version; `gouji ingest` brings it up to date"));
    return TRUE;
}

/* Two programs that make one archive: to change the journal's mode SQLite waits for nobody. */
static gboolean execute_patiently(Archive *archive, const char *sql, GError **error) {
    const gint64 deadline = g_get_monotonic_time() + ARCHIVE_BUSY_SECONDS * G_USEC_PER_SEC;
    while (sqlite3_exec(archive->db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        if (sqlite3_errcode(archive->db) != SQLITE_BUSY || g_get_monotonic_time() > deadline)
            return archive_fail(archive, _("the archive"), error);
        g_usleep(BUSY_PAUSE_US);
    }
    return TRUE;
}

static gboolean prepare(Archive *archive, const char *file, ArchiveMode mode, GError **error) {
    sqlite3_busy_timeout(archive->db, ARCHIVE_BUSY_SECONDS * 1000);
    if (!execute(archive, "PRAGMA foreign_keys = ON", error))
        return FALSE;
    if (mode == ARCHIVE_READ || mode == ARCHIVE_SNAPSHOT)
        return is_archive(archive, file, error);
    /* The cache is in KiB: pages of a transaction that do not fit are written twice. What a report
     * that fails would have to undo is kept in memory. The log is copied into the file when it has
     * grown to 16 MiB: a page that many reports change is copied once for all of them. */
    return execute_patiently(archive,
                             "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; "
                             "PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; "
                             "PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 1024",
                             error) &&
           bring_up_to_date(archive, file, error);
}

/* In a folder that cannot be written to SQLite cannot make the shared memory of its journal. Where
 * nobody else has the archive open and the journal is empty none is needed. */
static gboolean is_at_rest(const char *file) {
    g_autofree char *folder = g_path_get_dirname(file), *memory = g_strconcat(file, "-shm", NULL),
                    *journal = g_strconcat(file, "-wal", NULL);
    struct stat status;
    return access(folder, W_OK) != 0 && access(memory, F_OK) != 0 &&
           (stat(journal, &status) != 0 || status.st_size == 0);
}

static int open_database(Archive *archive, const char *file, ArchiveMode mode) {
    int flags = mode == ARCHIVE_WRITE      ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                : mode == ARCHIVE_SNAPSHOT ? SQLITE_OPEN_READONLY
                                           : SQLITE_OPEN_READWRITE;
    if (!g_str_has_prefix(file, "file:"))
        flags |= SQLITE_OPEN_URI; /* for what is attached */
    if (mode != ARCHIVE_READ || !is_at_rest(file))
        return sqlite3_open_v2(file, &archive->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    g_autofree char *absolute = g_canonicalize_filename(file, NULL);
    g_autofree char *escaped = g_uri_escape_string(absolute, "/", FALSE);
    archive->uri = g_strconcat("file:", escaped, "?immutable=1", NULL);
    return sqlite3_open_v2(archive->uri, &archive->db,
                           SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
}

/* One thread uses SQLite, and nobody asks it how much memory it has: each allocation would count it
 * under a lock. */
static void configure(void) {
    static gsize done;
    if (!g_once_init_enter(&done))
        return;
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    g_once_init_leave(&done, 1);
}

static void string_free(gpointer string) { g_string_free(string, TRUE); }

Archive *archive_open(const char *file, ArchiveMode mode, GError **error) {
    if (mode != ARCHIVE_WRITE && !g_file_test(file, G_FILE_TEST_IS_REGULAR)) {
        refuse(error, ARCHIVE_ERROR_OPEN, file, _("no such archive"));
        return NULL;
    }
    const gboolean writes = mode == ARCHIVE_WRITE || mode == ARCHIVE_EXISTING;
    if (!on_local_disk(file, error) || (writes && !may_be_written(file, error)))
        return NULL;
    configure();
    g_autoptr(Archive) archive = g_new0(Archive, 1);
    archive->statements = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL,
                                                (GDestroyNotify)(void (*)(void))sqlite3_finalize);
    archive->dirty = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    archive->content = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    archive->words = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, string_free);
    archive->finding_ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                                 (GDestroyNotify)(void (*)(void))g_array_unref);
    archive->rules = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (open_database(archive, file, mode) != SQLITE_OK) {
        refuse(error, ARCHIVE_ERROR_OPEN, file, reason_of(archive));
        return NULL;
    }
    return rows_register(archive, error) && prepare(archive, file, mode, error)
               ? g_steal_pointer(&archive)
               : NULL;
}

void archive_close(Archive *archive) {
    if (archive == NULL)
        return;
    g_hash_table_unref(archive->statements);
    g_hash_table_unref(archive->dirty);
    g_hash_table_unref(archive->content);
    g_hash_table_unref(archive->words);
    g_hash_table_unref(archive->finding_ids);
    g_hash_table_unref(archive->rules);
    sqlite3_close(archive->db);
    g_free(archive->uri);
    g_free(archive);
}

gboolean archive_begin(Archive *archive, GError **error) {
    return execute(archive, "BEGIN IMMEDIATE", error);
}

/* Somebody deleted or replaced the file: what is written to it now nobody will find. */
static gboolean is_in_place(Archive *archive, GError **error) {
    int moved = 0;
    if (sqlite3_file_control(archive->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK ||
        !moved)
        return TRUE;
    return refuse(error, ARCHIVE_ERROR_OPEN, sqlite3_db_filename(archive->db, "main"),
                  _("was moved or deleted while it was written"));
}

gboolean archive_commit(Archive *archive, GError **error) {
    archive_enforce_references(archive, TRUE);
    gboolean settled = archive_settle(archive, error) && words_write(archive, error);
    g_hash_table_remove_all(archive->dirty);
    g_hash_table_remove_all(archive->content);
    finding_ids_forget(archive);
    return settled && execute(archive, "COMMIT", error) && is_in_place(archive, error);
}

void archive_release_memory(Archive *archive) { sqlite3_db_release_memory(archive->db); }

void archive_rollback(Archive *archive) {
    sqlite3_exec(archive->db, "ROLLBACK", NULL, NULL, NULL);
    archive_enforce_references(archive, TRUE);
    g_hash_table_remove_all(archive->dirty);
    g_hash_table_remove_all(archive->content);
    finding_ids_forget(archive);
    g_hash_table_remove_all(archive->words);
    g_hash_table_remove_all(archive->rules);
    archive->words_bytes = 0;
}

gboolean archive_run_start(Archive *archive, const char *patterns_hash, GError **error) {
    g_autofree char *now = timestamp_now();
    if (!archive_execute(archive, error,
                         "INSERT INTO runs(program, patterns, started_at) VALUES (?, ?, ?)", "sss",
                         GOUJI_VERSION, patterns_hash == NULL ? "" : patterns_hash, now))
        return FALSE;
    archive->run = sqlite3_last_insert_rowid(archive->db);
    archive->loaded = archive->failed = archive->unchanged = 0;
    return TRUE;
}

gboolean archive_run_finish(Archive *archive, GError **error) {
    g_autofree char *now = timestamp_now();
    return archive_execute(archive, error,
                           "UPDATE runs SET finished_at = ?, loaded = ?, failed = ?, "
                           "unchanged = ? WHERE id = ?",
                           "siiii", now, (gint64)archive->loaded, (gint64)archive->failed,
                           (gint64)archive->unchanged, archive->run);
}

gboolean archive_put_rule(Archive *archive, const char *id, const char *title_zh,
                          const char *title_en, const char *severity, gboolean implemented,
                          GError **error) {
    return archive_execute(
        archive, error,
        "INSERT INTO rules(id, title_zh, title_en, severity, implemented) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT(id) DO UPDATE SET title_zh = excluded.title_zh, "
        "title_en = excluded.title_en, severity = excluded.severity, "
        "implemented = excluded.implemented",
        "ssssi", id, title_zh, title_en, severity, (gint64)implemented);
}

gboolean archive_clear_rule_parameters(Archive *archive, GError **error) {
    return archive_execute(archive, error, "DELETE FROM rule_parameters", "");
}

gboolean archive_put_rule_parameter(Archive *archive, const char *rule, guint seq, const char *name,
                                    const char *value, GError **error) {
    return archive_execute(archive, error,
                           "INSERT INTO rule_parameters(rule, seq, name, value) "
                           "VALUES (?, ?, ?, ?)",
                           "snss", rule, seq, name, value);
}
