#include "load/review.h"
#include "load/database.h"
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

enum { FINGERPRINT_DIGITS_MIN = 8 };

gboolean review_status_valid(const char *status) {
    static const char *const NAMES[] = {"open",      "confirmed", "explained",
                                        "corrected", "dismissed", NULL};
    return g_strv_contains(NAMES, status);
}

static gboolean read_fingerprints(Archive *archive, const char *finding, char **fingerprint,
                                  guint *count, GError **error) {
    g_autoptr(GError) failure = NULL;
    gboolean number = strspn(finding, "0123456789") == strlen(finding) &&
                      strlen(finding) < 2 * FINGERPRINT_DIGITS_MIN;
    sqlite3_stmt *select = archive_statement(
        archive,
        "SELECT DISTINCT fingerprint FROM findings WHERE CASE WHEN ?1 >= 0 THEN id = ?1 "
        "ELSE length(?2) >= ?3 AND fingerprint >= ?2 AND fingerprint < ?2 || 'g' END LIMIT 2",
        error);
    if (select == NULL)
        return FALSE;
    statement_bind(select, "isi", number ? (gint64)g_ascii_strtoll(finding, NULL, 10) : (gint64)-1,
                   finding, (gint64)FINGERPRINT_DIGITS_MIN);
    for (*count = 0; statement_row(archive, select, &failure); ++*count) {
        g_free(*fingerprint);
        *fingerprint = statement_text(select, 0);
    }
    sqlite3_reset(select);
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return failure == NULL;
}

static gboolean write_review(Archive *archive, const char *fingerprint, const char *status,
                             const char *note, const char *reviewer, GError **error) {
    g_autofree char *now = timestamp_now();
    return archive_execute(archive, error,
                           "INSERT INTO reviews(fingerprint, status, note, reviewer, reviewed_at) "
                           "VALUES (?, ?, ?, ?, ?)",
                           "sssss", fingerprint, status, note, reviewer, now) &&
           archive_execute(archive, error, "UPDATE findings SET status = ? WHERE fingerprint = ?",
                           "ss", status, fingerprint);
}

gboolean archive_review(Archive *archive, const char *finding, const char *status, const char *note,
                        const char *reviewer, GError **error) {
    g_autofree char *fingerprint = NULL;
    guint count;
    if (!archive_begin(archive, error))
        return FALSE;
    gboolean fine = read_fingerprints(archive, finding, &fingerprint, &count, error);
    if (fine && count != 1) {
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_SQL,
                    count == 0 ? _("%s: no such finding") : _("%s: several findings"), finding);
        fine = FALSE;
    }
    if (fine && write_review(archive, fingerprint, status, note, reviewer, error) &&
        archive_commit(archive, error))
        return TRUE;
    archive_rollback(archive);
    return FALSE;
}
