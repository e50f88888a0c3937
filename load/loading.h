/* Loading: one Report on its way into rows; for the files that write them. */
#pragma once
#include "load/database.h"

typedef struct {
    Archive *archive;
    const Report *report;
    gint64 document;
    gint64 *sections, *facts, *findings; /* row ids by index */
    GString *words;                      /* what the search finds it by; see load/load_text.h */
    GError **error;
} Loading;

static inline gint64 loading_last_id(const Loading *loading) {
    return sqlite3_last_insert_rowid(loading->archive->db);
}

/* The row id that `index` stands for, or 0. */
static inline gint64 loading_id(const gint64 *ids, guint index) {
    return index == REPORT_NONE ? 0 : ids[index];
}

/* Binds the row id that `index` stands for, or NULL. */
static inline void loading_bind_id(sqlite3_stmt *statement, int position, const gint64 *ids,
                                   guint index) {
    if (index != REPORT_NONE)
        sqlite3_bind_int64(statement, position, ids[index]);
}

/* The text forms print coordinates to a hundredth of a point; so read, so stored. */
double stored_points(float points);

gboolean load_facts(Loading *loading);
gboolean load_numerals(Loading *loading);
gboolean load_findings(Loading *loading);
gboolean load_checks(Loading *loading);
gboolean load_tables(Loading *loading);

/* Paragraphs and the sketch of the text. After sections. */
gboolean load_text(Loading *loading);
