#include "load/department.h"
#include "load/database.h"
#include "load/settle.h"
#include <string.h>

/* The name as it is compared: NFKC, without white space and brackets' shapes. */
static char *department_key(const char *name) {
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    g_autofree char *folded = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL_COMPOSE);
    GString *key = g_string_new(NULL);
    for (const char *p = folded; *p != '\0'; p = g_utf8_next_char(p))
        if (!g_unichar_isspace(g_utf8_get_char(p)))
            g_string_append_unichar(key, g_utf8_get_char(p));
    return g_string_free(key, FALSE);
}

gboolean department_resolve(Archive *archive, const char *name, int year, char **code,
                            GError **error) {
    static const char SQL[] =
        "SELECT DISTINCT code FROM department_names WHERE key = ?1 "
        "AND (?2 = 0 OR coalesce(valid_from, 0) <= ?2) AND (?2 = 0 OR coalesce(valid_to, 9999) >= "
        "?2) LIMIT 2";
    g_autoptr(GError) failure = NULL;
    *code = NULL;
    if (name == NULL)
        return TRUE;
    sqlite3_stmt *select = archive_statement(archive, SQL, error);
    if (select == NULL)
        return FALSE;
    g_autofree char *key = department_key(name);
    statement_bind(select, "si", key, (gint64)year);
    if (statement_row(archive, select, &failure))
        *code = statement_text(select, 0);
    if (*code != NULL && statement_row(archive, select, &failure))
        g_clear_pointer(code, g_free); /* two departments: nobody knows which */
    sqlite3_reset(select);
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return failure == NULL;
}

static gboolean put_name(Archive *archive, const DepartmentRow *row, const char *name,
                         const char *kind, GError **error) {
    g_autofree char *key = department_key(name);
    return *key == '\0' ||
           archive_execute(archive, error,
                           "INSERT INTO department_names(code, name, key, kind, valid_from, "
                           "valid_to) VALUES (?, ?, ?, ?, nullif(?, 0), nullif(?, 0))",
                           "ssssii", row->code, name, key, kind, (gint64)row->valid_from,
                           (gint64)row->valid_to);
}

static gboolean put_names(Archive *archive, const DepartmentRow *row, GError **error) {
    if (!put_name(archive, row, row->name, "name", error))
        return FALSE;
    for (guint i = 0; row->aliases != NULL && row->aliases[i] != NULL; i++)
        if (!put_name(archive, row, row->aliases[i], "alias", error))
            return FALSE;
    return TRUE;
}

/* Valid from the first of its names to the last; called by the newest. */
static gboolean put_departments(Archive *archive, const DepartmentRow *rows, guint n,
                                GError **error) {
    for (guint i = 0; i < n; i++)
        if (!archive_execute(archive, error,
                             "INSERT INTO departments(code, name) VALUES (?1, ?2) "
                             "ON CONFLICT(code) DO UPDATE SET parent = NULL",
                             "ss", rows[i].code, rows[i].name) ||
            !archive_execute(archive, error, "DELETE FROM department_names WHERE code = ?", "s",
                             rows[i].code))
            return FALSE;
    for (guint i = 0; i < n; i++)
        if (!put_names(archive, &rows[i], error) ||
            !archive_execute(archive, error,
                             "UPDATE departments SET parent = nullif(?2, '') "
                             "WHERE code = ?1 AND ?2 <> ''",
                             "ss", rows[i].code, rows[i].parent == NULL ? "" : rows[i].parent))
            return FALSE;
    return archive_execute(
               archive, error,
               "UPDATE departments SET name = n.name, valid_from = n.first, valid_to = n.last FROM "
               "(SELECT code, name, CASE WHEN count(*) OVER w > count(valid_from) OVER w THEN NULL "
               "ELSE min(valid_from) OVER w END AS first, CASE WHEN count(*) OVER w > "
               "count(valid_to) OVER w THEN NULL ELSE max(valid_to) OVER w END AS last, "
               "row_number() OVER (PARTITION BY code ORDER BY coalesce(valid_to, 9999) DESC, "
               "coalesce(valid_from, 0) DESC, id) AS newest FROM department_names "
               "WHERE kind = 'name' WINDOW w AS (PARTITION BY code)) n "
               "WHERE n.code = departments.code AND n.newest = 1",
               "") &&
           archive_execute(
               archive, error,
               "UPDATE departments SET level = t.level FROM (WITH RECURSIVE tree(code, level) AS "
               "(SELECT code, 1 FROM departments WHERE parent IS NULL UNION "
               "SELECT d.code, tree.level + 1 FROM departments d JOIN tree ON d.parent = tree.code "
               "WHERE tree.level < 9) SELECT code, max(level) AS level FROM tree GROUP BY code) t "
               "WHERE t.code = departments.code",
               "");
}

typedef struct {
    gint64 id;
    char *name;
    int year;
} Named;

static void named_clear(gpointer data) { g_free(((Named *)data)->name); }

static gboolean resolve_one(Archive *archive, const Named *named, GError **error) {
    g_autofree char *code = NULL;
    return department_resolve(archive, named->name, named->year, &code, error) &&
           settle_forget(archive, named->id, error) &&
           archive_execute(archive, error,
                           "UPDATE documents SET department_code = ?2, version = 1, "
                           "superseded_by = NULL WHERE id = ?1",
                           "is", named->id, code);
}

static gboolean resolve_all(Archive *archive, GError **error) {
    g_autoptr(GError) failure = NULL;
    g_autoptr(GArray) all = g_array_new(FALSE, TRUE, sizeof(Named));
    g_array_set_clear_func(all, named_clear);
    sqlite3_stmt *select = archive_statement(
        archive, "SELECT id, department, year FROM documents WHERE department IS NOT NULL", error);
    if (select == NULL)
        return FALSE;
    while (statement_row(archive, select, &failure)) {
        Named named = {sqlite3_column_int64(select, 0), statement_text(select, 1),
                       sqlite3_column_int(select, 2)};
        g_array_append_val(all, named);
    }
    sqlite3_reset(select);
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    for (guint i = 0; i < all->len; i++) {
        const Named *named = &g_array_index(all, Named, i);
        if (!resolve_one(archive, named, error))
            return FALSE;
        archive_mark_dirty(archive, named->id);
    }
    return TRUE;
}

gboolean departments_import(Archive *archive, const DepartmentRow *rows, guint n, GError **error) {
    return put_departments(archive, rows, n, error) && resolve_all(archive, error);
}
