/* A Report → rows. Ids are SQLite's own, handed out in document order; a document that is read
 * again keeps its id, its first run and the time it came. */
#include "load/archive.h"
#include "load/changes.h"
#include "load/department.h"
#include "load/finding_ids.h"
#include "load/identity.h"
#include "load/loading.h"
#include "load/packed.h"
#include "load/settle.h"
#include "load/words.h"
#include <string.h>

static GBytes *document_bytes(const Report *report, const LoadOptions *options, GError **error) {
    if (options != NULL && options->document != NULL)
        return g_bytes_ref(options->document);
    g_autoptr(GString) xml = document_write(report->document, error);
    return xml == NULL ? NULL : packed_from_bytes(xml->str, xml->len);
}

static guint count_numerals(const Report *report, NumeralState state) {
    guint n = 0;
    for (guint i = 0; i < report->numerals->len; i++)
        n += g_array_index(report->numerals, Numeral, i).state == state ? 1 : 0;
    return n;
}

/* Facts that share a place are one printed numeral. */
static guint count_printed_facts(const Report *report) {
    guint n = 0;
    for (guint i = 0; i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i);
        n += i == 0 || fact->place.start != fact[-1].place.start ? 1 : 0;
    }
    return n;
}

static guint count_ocr_pages(const Document *document) {
    guint n = 0;
    for (guint i = 0; i < document->notices->len; i++)
        n += g_array_index(document->notices, Notice, i).kind == NOTICE_OCR ? 1 : 0;
    return n;
}

/* Writes the row, or the row anew; the id is then in loading->document. */
static gboolean write_head(Loading *loading, const char *file, GBytes *xml) {
    static const char SQL[] =
        "INSERT INTO documents(file, sha256, title, department, year, doc_type, subject, inferred, "
        "pages, ocr_pages, status, ingested_at, document_xml, run_id, read_run_id, family, "
        "producer, numerals_facts, numerals_claimed, numerals_unread, notices, department_code, "
        "patterns, grade) "
        "VALUES (?1, ?2, ?3, ?4, nullif(?5, 0), ?6, ?7, ?8, ?9, ?10, 'ok', ?11, ?12, "
        "nullif(?13, 0), nullif(?13, 0), ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22) "
        "ON CONFLICT(sha256) DO UPDATE SET "
        "file = CASE documents.status WHEN 'ok' THEN documents.file ELSE excluded.file END, "
        "title = excluded.title, department = excluded.department, year = excluded.year, "
        "doc_type = excluded.doc_type, subject = excluded.subject, inferred = excluded.inferred, "
        "pages = excluded.pages, ocr_pages = excluded.ocr_pages, status = 'ok', error = NULL, "
        "version = 1, superseded_by = NULL, document_xml = excluded.document_xml, "
        "read_run_id = excluded.read_run_id, family = excluded.family, "
        "producer = excluded.producer, numerals_facts = excluded.numerals_facts, "
        "numerals_claimed = excluded.numerals_claimed, "
        "numerals_unread = excluded.numerals_unread, notices = excluded.notices, "
        "department_code = excluded.department_code, patterns = excluded.patterns, "
        "grade = excluded.grade";
    const Report *report = loading->report;
    const Document *document = report->document;
    g_autofree char *now = timestamp_now(), *code = NULL;
    return department_resolve(loading->archive, report->department, report->year, &code,
                              loading->error) &&
           archive_execute(loading->archive, loading->error, SQL, "ssssisssnnsbissnnnnsss", file,
                           document->sha256, report->title, report->department,
                           (gint64)report->year, report->doc_type, report->subject,
                           report->inferred, document->pages->len, count_ocr_pages(document), now,
                           xml, loading->archive->run, report->family, document->producer,
                           count_printed_facts(report), count_numerals(report, NUMERAL_CLAIMED),
                           count_numerals(report, NUMERAL_UNREAD), document->notices->len, code,
                           report->patterns, report->grade) &&
           archive_lookup(loading->archive, loading->error, &loading->document, 0,
                          "SELECT id FROM documents WHERE sha256 = ?", "s", document->sha256);
}

static gboolean write_given(Loading *loading, const Given *given) {
    return archive_execute(loading->archive, loading->error,
                           "INSERT OR REPLACE INTO manifest(document_id, department, year, "
                           "doc_type, subject) VALUES (?, ?, nullif(?, 0), ?, ?)",
                           "isiss", loading->document, given->department, (gint64)given->year,
                           given->doc_type, given->subject);
}

static gboolean load_head(Loading *loading, const LoadOptions *options) {
    static const LoadOptions NONE = {0};
    const Document *document = loading->report->document;
    options = options == NULL ? &NONE : options;
    const char *file = options->file != NULL ? options->file : document->file;
    g_autoptr(GBytes) xml = document_bytes(loading->report, options, loading->error);
    if (xml == NULL || !write_head(loading, file == NULL ? "-" : file, xml) ||
        !archive_note_file(loading->archive, document->sha256, file == NULL ? "-" : file,
                           loading->error))
        return FALSE;
    if (options->given != NULL && !write_given(loading, options->given))
        return FALSE;
    return options->pdf == NULL ||
           archive_execute(loading->archive, loading->error,
                           "INSERT OR REPLACE INTO originals(document_id, pdf) VALUES (?, ?)", "ib",
                           loading->document, options->pdf);
}

static gboolean load_notices(Loading *loading) {
    const GArray *notices = loading->report->document->notices;
    for (guint i = 0; i < notices->len; i++) {
        const Notice *notice = &g_array_index(notices, Notice, i);
        if (!archive_execute(loading->archive, loading->error,
                             "INSERT INTO notices(document_id, kind, page, count, text) "
                             "VALUES (?, ?, ?, ?, ?)",
                             "isnns", loading->document, notice_kind_name(notice->kind),
                             notice->page, notice->count, notice->text))
            return FALSE;
    }
    return TRUE;
}

static gboolean load_sections(Loading *loading) {
    for (guint i = 0; i < loading->report->sections->len; i++) {
        const Section *section = report_section(loading->report, i);
        sqlite3_stmt *insert = archive_statement(
            loading->archive,
            "INSERT INTO sections(document_id, number, title, level, page, code, parent_id) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            loading->error);
        if (insert == NULL)
            return FALSE;
        statement_bind(insert, "issins", loading->document, section->number, section->title,
                       (gint64)section->level, section->page, section->code);
        loading_bind_id(insert, 7, loading->sections, section->parent);
        if (!archive_run_statement(loading->archive, insert, loading->error))
            return FALSE;
        loading->sections[i] = loading_last_id(loading);
    }
    return TRUE;
}

static gboolean load_parts(Loading *loading, const LoadOptions *options) {
    return load_head(loading, options) && load_notices(loading) && load_sections(loading) &&
           load_facts(loading) && load_numerals(loading) && load_findings(loading) &&
           load_checks(loading) && load_tables(loading) && load_text(loading);
}

/* Takes out what an earlier reading wrote; the document's own row stays. */
static gboolean unload(Archive *archive, gint64 document, GError **error) {
    static const char *const DELETES[] = {"DELETE FROM findings WHERE document_id = ?",
                                          "DELETE FROM checks WHERE document_id = ?",
                                          "DELETE FROM check_totals WHERE document_id = ?",
                                          "DELETE FROM facts WHERE document_id = ?",
                                          "DELETE FROM numerals WHERE document_id = ?",
                                          "DELETE FROM notices WHERE document_id = ?",
                                          "DELETE FROM tables WHERE document_id = ?",
                                          "DELETE FROM paragraphs WHERE document_id = ?",
                                          "DELETE FROM sections WHERE document_id = ?",
                                          "DELETE FROM shingle_bands WHERE document_id = ?",
                                          "DELETE FROM mentions WHERE document_id = ?"};
    if (!words_remove(archive, document, error) ||
        !finding_ids_remember(archive, document, NULL, error))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(DELETES); i++)
        if (!archive_execute(archive, error, DELETES[i], "i", document))
            return FALSE;
    return TRUE;
}

/* Another reading of what is there: what it changes is recorded. */
static gboolean load_again(Loading *loading, const LoadOptions *options, gint64 document) {
    g_autoptr(Snapshot) before = snapshot_read(loading->archive, document, loading->error);
    if (before == NULL || !settle_forget(loading->archive, document, loading->error) ||
        !unload(loading->archive, document, loading->error) || !load_parts(loading, options))
        return FALSE;
    g_autoptr(Snapshot) after = snapshot_read(loading->archive, document, loading->error);
    return after != NULL &&
           changes_write(loading->archive, document, 0, before, after, loading->error);
}

static gboolean load_report(Archive *archive, const Report *report, const LoadOptions *options,
                            gint64 there, GError **error) {
    Loading loading = {.archive = archive,
                       .report = report,
                       .error = error,
                       .sections = g_new0(gint64, report->sections->len + 1),
                       .facts = g_new0(gint64, report->facts->len + 1),
                       .findings = g_new0(gint64, report->findings->len + 1),
                       .words = g_string_new(NULL)};
    archive_enforce_references(archive, there != 0);
    gboolean fine =
        there == 0 ? load_parts(&loading, options) : load_again(&loading, options, there);
    g_free(loading.sections);
    g_free(loading.facts);
    g_free(loading.findings);
    if (!fine) {
        g_string_free(loading.words, TRUE);
        return FALSE;
    }
    archive_mark_content(archive, loading.document);
    return words_add(archive, loading.document, loading.words, error);
}

gboolean archive_load(Archive *archive, const Report *report, const LoadOptions *options,
                      LoadOutcome *outcome, GError **error) {
    const Document *document = report->document;
    gint64 any, there;
    if (document->sha256 == NULL) {
        g_set_error_literal(error, ARCHIVE_ERROR, ARCHIVE_ERROR_SQL,
                            "a Report whose Document names no sha256");
        return FALSE;
    }
    if (!archive_lookup(archive, error, &any, 0, "SELECT id FROM documents WHERE sha256 = ?", "s",
                        document->sha256) ||
        !archive_lookup(archive, error, &there, 0,
                        "SELECT id FROM documents WHERE sha256 = ? AND status = 'ok'", "s",
                        document->sha256))
        return FALSE;
    *outcome = any != 0 ? LOAD_REPLACED : LOAD_NEW;
    if (there != 0 && (options == NULL || !options->again)) {
        const char *file =
            options != NULL && options->file != NULL ? options->file : document->file;
        *outcome = LOAD_UNCHANGED;
        archive->unchanged++;
        return file == NULL || archive_note_file(archive, document->sha256, file, error);
    }
    archive->loaded++;
    return load_report(archive, report, options, there, error);
}

gboolean archive_knows(Archive *archive, const char *sha256, gboolean *known, GError **error) {
    gint64 id;
    if (!archive_lookup(archive, error, &id, 0,
                        "SELECT id FROM documents WHERE sha256 = ? AND status = 'ok'", "s", sha256))
        return FALSE;
    *known = id != 0;
    return TRUE;
}

/* The document is called by the first of the paths that its first run gave. */
gboolean archive_note_file(Archive *archive, const char *sha256, const char *file, GError **error) {
    gint64 document;
    if (!archive_lookup(archive, error, &document, 0, "SELECT id FROM documents WHERE sha256 = ?",
                        "s", sha256))
        return FALSE;
    if (document == 0)
        return TRUE;
    archive_mark_dirty(archive, document);
    return archive_execute(archive, error,
                           "INSERT OR IGNORE INTO files(document_id, file, run_id) "
                           "VALUES (?, ?, nullif(?, 0))",
                           "isi", document, file, archive->run) &&
           archive_execute(archive, error,
                           "UPDATE documents SET file = (SELECT min(f.file) FROM files f "
                           "WHERE f.document_id = documents.id AND f.run_id IS documents.run_id) "
                           "WHERE id = ?1 AND file > ?2 AND run_id IS nullif(?3, 0)",
                           "isi", document, file, archive->run);
}

gboolean archive_load_failure(Archive *archive, const char *file, const char *sha256,
                              const char *reason, GError **error) {
    g_autofree char *now = timestamp_now();
    archive->failed++;
    return archive_execute(archive, error,
                           "INSERT INTO documents(file, sha256, status, error, ingested_at, "
                           "run_id, read_run_id) "
                           "VALUES (?1, ?2, 'failed', ?3, ?4, nullif(?5, 0), nullif(?5, 0)) "
                           "ON CONFLICT(sha256) DO UPDATE SET error = excluded.error, "
                           "read_run_id = excluded.read_run_id WHERE status = 'failed'",
                           "ssssi", file, sha256, reason, now, archive->run) &&
           archive_note_file(archive, sha256, file, error);
}
