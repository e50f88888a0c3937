/* Two snapshots are compared as multisets. What stands in both with the same value goes out; of the
 * rest, a fact that was removed and one that was added under the same label are one that changed.
 */
#include "load/changes.h"
#include "load/database.h"

typedef struct {
    const char *what, *label, *shown;
    const char *same;  /* label and kind: may be the same figure */
    const char *equal; /* and value: is the same figure */
    gint64 page;
    gboolean gone; /* has its counterpart */
} Item;

struct Snapshot {
    GArray *items; /* Item */
    GStringChunk *strings;
};

static const char *keep(Snapshot *snapshot, const char *text) {
    return text == NULL ? NULL : g_string_chunk_insert_const(snapshot->strings, text);
}

static gboolean read_items(Archive *archive, gint64 document, const char *what, const char *sql,
                           Snapshot *snapshot, GError **error) {
    g_autoptr(GError) failure = NULL;
    sqlite3_stmt *select = archive_statement(archive, sql, error);
    if (select == NULL)
        return FALSE;
    statement_bind(select, "i", document);
    while (statement_row(archive, select, &failure)) {
        const char *text[4];
        for (int i = 0; i < 4; i++)
            text[i] = keep(snapshot, (const char *)sqlite3_column_text(select, i));
        Item item = {.what = what,
                     .label = text[0],
                     .shown = text[1],
                     .same = text[2],
                     .equal = text[3],
                     .page = sqlite3_column_int64(select, 4)};
        g_array_append_val(snapshot->items, item);
    }
    sqlite3_reset(select);
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return failure == NULL;
}

Snapshot *snapshot_read(Archive *archive, gint64 document, GError **error) {
    g_autoptr(Snapshot) snapshot = g_new0(Snapshot, 1);
    snapshot->items = g_array_new(FALSE, TRUE, sizeof(Item));
    snapshot->strings = g_string_chunk_new(4096);
    if (!read_items(archive, document, "fact",
                    "SELECT label, raw, 'fact ' || coalesce(label, '') || ' ' || kind || ' ' || "
                    "coalesce(unit, ''), 'fact ' || coalesce(label, '') || ' ' || kind || ' ' || "
                    "coalesce(unit, '') || ' ' || value || ' ' || coalesce(value_high, '') || ' ' "
                    "|| qualifier, page FROM facts WHERE document_id = ? ORDER BY id",
                    snapshot, error) ||
        !read_items(archive, document, "finding",
                    "SELECT rule, message, 'finding ' || fingerprint, 'finding ' || fingerprint, "
                    "page FROM findings WHERE document_id = ? AND rule NOT IN "
                    "(SELECT rule FROM rule_parameters) ORDER BY id",
                    snapshot, error))
        return NULL;
    return g_steal_pointer(&snapshot);
}

void snapshot_free(Snapshot *snapshot) {
    if (snapshot == NULL)
        return;
    g_array_unref(snapshot->items);
    g_string_chunk_free(snapshot->strings);
    g_free(snapshot);
}

/* key → queue of the items that have it, in order */
static GHashTable *index_items(const Snapshot *snapshot, gboolean equal) {
    GHashTable *index =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_queue_free);
    for (guint i = 0; i < snapshot->items->len; i++) {
        Item *item = &g_array_index(snapshot->items, Item, i);
        const char *key = equal ? item->equal : item->same;
        GQueue *queue = g_hash_table_lookup(index, key);
        if (item->gone)
            continue;
        if (queue == NULL)
            g_hash_table_insert(index, (gpointer)key, queue = g_queue_new());
        g_queue_push_tail(queue, item);
    }
    return index;
}

static gboolean write_change(Archive *archive, gint64 document, gint64 previous, const char *change,
                             const Item *before, const Item *after, GError **error) {
    const Item *item = after != NULL ? after : before;
    return archive_execute(
        archive, error,
        "INSERT INTO changes(document_id, previous_id, run_id, what, change, label, before, after, "
        "page) SELECT id, nullif(?2, 0), read_run_id, ?3, ?4, ?5, ?6, ?7, ?8 FROM documents "
        "WHERE id = ?1",
        "iisssssi", document, previous, item->what, change, item->label,
        before == NULL ? NULL : before->shown, after == NULL ? NULL : after->shown, item->page);
}

/* Items of `after` meet those of `before` that have the same key. */
static gboolean meet(Archive *archive, gint64 document, gint64 previous, const Snapshot *before,
                     const Snapshot *after, gboolean equal, GError **error) {
    g_autoptr(GHashTable) index = index_items(before, equal);
    for (guint i = 0; i < after->items->len; i++) {
        Item *item = &g_array_index(after->items, Item, i);
        if (item->gone)
            continue;
        GQueue *queue = g_hash_table_lookup(index, equal ? item->equal : item->same);
        Item *other = queue == NULL ? NULL : g_queue_pop_head(queue);
        if (other == NULL)
            continue;
        item->gone = other->gone = TRUE;
        if (!equal && !write_change(archive, document, previous, "changed", other, item, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean write_rest(Archive *archive, gint64 document, gint64 previous,
                           const Snapshot *snapshot, gboolean removed, GError **error) {
    for (guint i = 0; i < snapshot->items->len; i++) {
        const Item *item = &g_array_index(snapshot->items, Item, i);
        if (!item->gone && !write_change(archive, document, previous, removed ? "removed" : "added",
                                         removed ? item : NULL, removed ? NULL : item, error))
            return FALSE;
    }
    return TRUE;
}

static void unmark(const Snapshot *snapshot) {
    for (guint i = 0; i < snapshot->items->len; i++)
        g_array_index(snapshot->items, Item, i).gone = FALSE;
}

gboolean changes_write(Archive *archive, gint64 document, gint64 previous, const Snapshot *before,
                       const Snapshot *after, GError **error) {
    unmark(before);
    unmark(after);
    return meet(archive, document, previous, before, after, TRUE, error) &&
           meet(archive, document, previous, before, after, FALSE, error) &&
           write_rest(archive, document, previous, before, TRUE, error) &&
           write_rest(archive, document, previous, after, FALSE, error);
}

static gboolean compare_versions(Archive *archive, gint64 document, gint64 previous,
                                 GError **error) {
    g_autoptr(Snapshot) before = snapshot_read(archive, previous, error);
    g_autoptr(Snapshot) after = before == NULL ? NULL : snapshot_read(archive, document, error);
    return after != NULL && changes_write(archive, document, previous, before, after, error);
}

gboolean changes_between_versions(Archive *archive, gint64 document, GError **error) {
    gint64 previous;
    return archive_execute(archive, error,
                           "DELETE FROM changes WHERE document_id = ? AND previous_id IS NOT NULL",
                           "i", document) &&
           archive_lookup(archive, error, &previous, 0,
                          "SELECT id FROM documents WHERE superseded_by = ?", "i", document) &&
           (previous == 0 || compare_versions(archive, document, previous, error));
}
