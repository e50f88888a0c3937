/* A Report → rows. Ids are SQLite's own, handed out in document order. */
#include "load/archive.h"
#include "load/database.h"
#include "load/identity.h"
#include <gio/gio.h>
#include <math.h>
#include <string.h>

typedef struct {
    Archive *archive;
    const Report *report;
    gint64 document;
    gint64 *sections, *facts, *findings; /* row ids by index */
    GError **error;
} Loading;

static gint64 last_id(const Loading *loading) {
    return sqlite3_last_insert_rowid(loading->archive->db);
}

static GBytes *compress(const char *bytes, gsize length, GError **error) {
    g_autoptr(GZlibCompressor) zlib = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);
    g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable();
    g_autoptr(GOutputStream) stream = g_converter_output_stream_new(memory, G_CONVERTER(zlib));
    if (!g_output_stream_write_all(stream, bytes, length, NULL, NULL, error) ||
        !g_output_stream_close(stream, NULL, error))
        return NULL;
    return g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(memory));
}

static GBytes *document_bytes(const Report *report, const LoadOptions *options, GError **error) {
    if (options != NULL && options->document != NULL) {
        gsize length;
        const char *data = g_bytes_get_data(options->document, &length);
        return compress(data, length, error);
    }
    GString *xml = document_write(report->document, error);
    if (xml == NULL)
        return NULL;
    GBytes *bytes = compress(xml->str, xml->len, error);
    g_string_free(xml, TRUE);
    return bytes;
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

static gboolean load_head(Loading *loading, const LoadOptions *options) {
    const Report *report = loading->report;
    const Document *document = report->document;
    g_autofree char *now = timestamp_now();
    g_autoptr(GBytes) xml = document_bytes(report, options, loading->error);
    const char *file = options != NULL && options->file != NULL ? options->file : document->file;
    if (xml == NULL ||
        !archive_execute(loading->archive, loading->error,
                         "INSERT INTO documents(file, sha256, title, department, year, doc_type, "
                         "subject, inferred, pages, ocr_pages, status, ingested_at, document_xml, "
                         "run_id, family, producer, numerals_facts, numerals_claimed, "
                         "numerals_unread, notices) "
                         "VALUES (?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, 'ok', ?, ?, "
                         "nullif(?, 0), ?, ?, ?, ?, ?, ?)",
                         "ssssisssnnsbissnnnn", file == NULL ? "-" : file, document->sha256,
                         report->title, report->department, (gint64)report->year, report->doc_type,
                         report->subject, report->inferred, document->pages->len,
                         count_ocr_pages(document), now, xml, loading->archive->run, report->family,
                         document->producer, count_printed_facts(report),
                         count_numerals(report, NUMERAL_CLAIMED),
                         count_numerals(report, NUMERAL_UNREAD), document->notices->len))
        return FALSE;
    loading->document = last_id(loading);
    if (options == NULL || options->pdf == NULL)
        return TRUE;
    return archive_execute(loading->archive, loading->error,
                           "INSERT INTO originals(document_id, pdf) VALUES (?, ?)", "ib",
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

/* Binds the row id that `index` stands for, or NULL. */
static void bind_id(sqlite3_stmt *statement, int position, const gint64 *ids, guint index) {
    if (index != REPORT_NONE)
        sqlite3_bind_int64(statement, position, ids[index]);
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
        bind_id(insert, 7, loading->sections, section->parent);
        if (!archive_run_statement(loading->archive, insert, loading->error))
            return FALSE;
        loading->sections[i] = last_id(loading);
    }
    return TRUE;
}

/* The text forms print coordinates to a hundredth of a point; so read, so stored. */
static double stored(float points) { return (double)lroundf(points * 100) / 100; }

static gboolean load_places(Loading *loading, gint64 fact, const GArray *pieces) {
    for (guint i = 0; i < pieces->len; i++) {
        const Piece *piece = &g_array_index(pieces, Piece, i);
        if (!archive_execute(loading->archive, loading->error,
                             "INSERT INTO fact_places VALUES (?, ?, ?, ?, ?, ?, ?)", "innffff",
                             fact, i, piece->page, stored(piece->box.x0), stored(piece->box.y0),
                             stored(piece->box.x1), stored(piece->box.y1)))
            return FALSE;
    }
    return TRUE;
}

static gboolean insert_fact(Loading *loading, const Fact *fact, const Piece *piece) {
    sqlite3_stmt *insert = archive_statement(
        loading->archive,
        "INSERT INTO facts(document_id, kind, concept, label, role, value, value_high, unit, "
        "qualifier, decimals, printed_unit, raw, period, entity, section, page, x0, y0, x1, y1, "
        "source, pattern, confidence, section_id) VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        loading->error);
    if (insert == NULL)
        return FALSE;
    const char *section =
        fact->section == REPORT_NONE ? NULL : report_section(loading->report, fact->section)->code;
    statement_bind(insert, "issssssssisssssnffffss", loading->document,
                   figure_kind_name(fact->kind), fact->concept, fact->label, fact->role, fact->text,
                   fact->text_high, fact->unit, qualifier_name(fact->qualifier),
                   (gint64)fact->decimals, fact->printed_unit, fact->raw, fact->period,
                   fact->entity, section, piece->page, stored(piece->box.x0), stored(piece->box.y0),
                   stored(piece->box.x1), stored(piece->box.y1), fact->source, fact->pattern);
    if (fact->confidence >= 0)
        sqlite3_bind_double(insert, 23, (double)fact->confidence);
    bind_id(insert, 24, loading->sections, fact->section);
    return archive_run_statement(loading->archive, insert, loading->error);
}

static gboolean load_facts(Loading *loading) {
    for (guint i = 0; i < loading->report->facts->len; i++) {
        const Fact *fact = report_fact(loading->report, i);
        g_autoptr(GArray) pieces = document_pieces(loading->report->document, fact->place);
        Piece piece = {0};
        if (pieces->len > 0)
            piece = g_array_index(pieces, Piece, 0);
        if (!insert_fact(loading, fact, &piece))
            return FALSE;
        loading->facts[i] = last_id(loading);
        if (!load_places(loading, loading->facts[i], pieces))
            return FALSE;
    }
    return TRUE;
}

static gboolean load_numerals(Loading *loading) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < loading->report->numerals->len; i++) {
        const Numeral *numeral = &g_array_index(loading->report->numerals, Numeral, i);
        g_autoptr(GArray) pieces = document_pieces(loading->report->document, numeral->place);
        Piece piece = {0};
        if (pieces->len > 0)
            piece = g_array_index(pieces, Piece, 0);
        g_string_truncate(text, 0);
        document_append_text(loading->report->document, numeral->place, text);
        if (!archive_execute(
                loading->archive, loading->error,
                "INSERT INTO numerals(document_id, state, kind, text, page, x0, y0, x1, y1) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                "isssnffff", loading->document,
                numeral->state == NUMERAL_CLAIMED ? "claimed" : "unread", numeral->kind, text->str,
                piece.page, stored(piece.box.x0), stored(piece.box.y0), stored(piece.box.x1),
                stored(piece.box.y1)))
            return FALSE;
    }
    return TRUE;
}

static gboolean load_members(Loading *loading, const char *sql, gint64 owner,
                             const GArray *members) {
    for (guint i = 0; i < members->len; i++) {
        const Member *member = &g_array_index(members, Member, i);
        if (!archive_execute(loading->archive, loading->error, sql, "inis", owner, i,
                             loading->facts[member->fact], member->role))
            return FALSE;
    }
    return TRUE;
}

/* A rule that the patterns did not name still gets its row: findings refer to it. */
static gboolean know_rule(Loading *loading, const char *rule, Severity severity) {
    return archive_execute(loading->archive, loading->error,
                           "INSERT OR IGNORE INTO rules(id, title_zh, title_en, severity) "
                           "VALUES (?1, ?1, ?1, ?2)",
                           "ss", rule, severity_name(severity));
}

static guint finding_page(const Loading *loading, const Finding *finding) {
    Span place = finding->place;
    if (place.start == place.end && finding->members->len > 0)
        place =
            report_fact(loading->report, g_array_index(finding->members, Member, 0).fact)->place;
    guint line = place.start < place.end ? document_line_of(loading->report->document, place.start)
                                         : DOCUMENT_NONE;
    return line == DOCUMENT_NONE ? G_MAXUINT : document_line(loading->report->document, line)->page;
}

static gboolean load_findings(Loading *loading) {
    for (guint i = 0; i < loading->report->findings->len; i++) {
        const Finding *finding = report_finding(loading->report, i);
        g_autofree char *fingerprint = finding_fingerprint(loading->report, finding);
        if (!know_rule(loading, finding->rule, finding->severity) ||
            !archive_execute(
                loading->archive, loading->error,
                "INSERT INTO findings(document_id, rule, severity, certainty, message, expected, "
                "actual, difference, envelope, unit, explanation, fingerprint, evidence, page, "
                "status) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
                "coalesce((SELECT status FROM reviews WHERE fingerprint = ?12 ORDER BY id DESC "
                "LIMIT 1), 'open'))",
                "issssssssssssn", loading->document, finding->rule,
                severity_name(finding->severity), certainty_name(finding->certainty),
                finding->message, finding->expected, finding->actual, finding->difference,
                finding->envelope, finding->unit, finding->explanation, fingerprint,
                finding->evidence, finding_page(loading, finding)))
            return FALSE;
        loading->findings[i] = last_id(loading);
        if (!load_members(loading, "INSERT INTO finding_facts VALUES (?, ?, ?, ?)",
                          loading->findings[i], finding->members))
            return FALSE;
    }
    return TRUE;
}

static gboolean load_checks(Loading *loading) {
    for (guint i = 0; i < loading->report->checks->len; i++) {
        const Check *check = report_check(loading->report, i);
        if (!know_rule(loading, check->rule, SEVERITY_WARNING))
            return FALSE;
        sqlite3_stmt *insert =
            archive_statement(loading->archive,
                              "INSERT INTO checks(document_id, rule, outcome, reason, finding_id) "
                              "VALUES (?, ?, ?, ?, ?)",
                              loading->error);
        if (insert == NULL)
            return FALSE;
        statement_bind(insert, "isss", loading->document, check->rule, outcome_name(check->outcome),
                       check->reason);
        bind_id(insert, 5, loading->findings, check->finding);
        if (!archive_run_statement(loading->archive, insert, loading->error) ||
            !load_members(loading, "INSERT INTO check_facts VALUES (?, ?, ?, ?)", last_id(loading),
                          check->members))
            return FALSE;
    }
    return TRUE;
}

static void append_lines(const Document *document, LineRun lines, GString *text) {
    document_append_text(document, document_lines_span(document, lines), text);
    g_strstrip(text->str);
    g_string_set_size(text, strlen(text->str));
}

static gboolean load_cells(Loading *loading, gint64 id, const Table *table) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < table->cells->len; i++) {
        const Cell *cell = table_cell(table, i);
        g_string_truncate(text, 0);
        append_lines(loading->report->document, cell->lines, text);
        if (!archive_execute(loading->archive, loading->error,
                             "INSERT INTO cells(table_id, row, col, row_span, col_span, text, "
                             "page, x0, y0, x1, y1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                             "innnnsnffff", id, cell->row, cell->column, cell->row_span,
                             cell->column_span, text->str, cell->page, stored(cell->box.x0),
                             stored(cell->box.y0), stored(cell->box.x1), stored(cell->box.y1)))
            return FALSE;
    }
    return TRUE;
}

static gboolean load_tables(Loading *loading) {
    const Document *document = loading->report->document;
    for (guint i = 0; i < document->tables->len; i++) {
        const Table *table = document_table(document, i);
        const char *unit = i < loading->report->tables->len
                               ? g_array_index(loading->report->tables, TableReading, i).unit
                               : NULL;
        g_autoptr(GString) caption = g_string_new(NULL);
        append_lines(document, table->caption, caption);
        if (!archive_execute(loading->archive, loading->error,
                             "INSERT INTO tables(document_id, page, last_page, x0, y0, x1, y1, "
                             "rows, columns, caption, unit) "
                             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?)",
                             "innffffnnss", loading->document, table->page, table->last_page,
                             stored(table->box.x0), stored(table->box.y0), stored(table->box.x1),
                             stored(table->box.y1), table->rows, table->columns, caption->str,
                             unit) ||
            !load_cells(loading, last_id(loading), table))
            return FALSE;
    }
    return TRUE;
}

static gboolean load_all(Loading *loading, const LoadOptions *options) {
    return load_head(loading, options) && load_notices(loading) && load_sections(loading) &&
           load_facts(loading) && load_numerals(loading) && load_findings(loading) &&
           load_checks(loading) && load_tables(loading) &&
           document_supersede(loading->archive, loading->document, loading->error);
}

gboolean archive_knows(Archive *archive, const char *sha256, gboolean *known, GError **error) {
    sqlite3_stmt *statement = archive_statement(
        archive, "SELECT 1 FROM documents WHERE sha256 = ? AND status = 'ok'", error);
    g_autoptr(GError) failure = NULL;
    if (statement == NULL)
        return FALSE;
    statement_bind(statement, "s", sha256);
    *known = statement_row(archive, statement, &failure);
    sqlite3_reset(statement);
    if (failure != NULL)
        g_propagate_error(error, g_steal_pointer(&failure));
    return failure == NULL;
}

/* Room for a new row: a failed one, or one to be read again, gives way. */
static gboolean make_room(Archive *archive, const char *sha256, gboolean again,
                          LoadOutcome *outcome, GError **error) {
    gboolean known;
    if (!archive_knows(archive, sha256, &known, error))
        return FALSE;
    *outcome = known && !again ? LOAD_UNCHANGED : LOAD_NEW;
    if (*outcome == LOAD_UNCHANGED)
        return TRUE;
    if (!archive_execute(archive, error, "DELETE FROM documents WHERE sha256 = ?", "s", sha256))
        return FALSE;
    if (sqlite3_changes(archive->db) > 0)
        *outcome = LOAD_REPLACED;
    return TRUE;
}

gboolean archive_load(Archive *archive, const Report *report, const LoadOptions *options,
                      LoadOutcome *outcome, GError **error) {
    if (report->document->sha256 == NULL) {
        g_set_error_literal(error, ARCHIVE_ERROR, ARCHIVE_ERROR_SQL,
                            "a Report whose Document names no sha256");
        return FALSE;
    }
    if (!make_room(archive, report->document->sha256, options != NULL && options->again, outcome,
                   error))
        return FALSE;
    if (*outcome == LOAD_UNCHANGED) {
        archive->unchanged++;
        return TRUE;
    }
    Loading loading = {.archive = archive,
                       .report = report,
                       .error = error,
                       .sections = g_new0(gint64, report->sections->len + 1),
                       .facts = g_new0(gint64, report->facts->len + 1),
                       .findings = g_new0(gint64, report->findings->len + 1)};
    gboolean fine = load_all(&loading, options);
    g_free(loading.sections);
    g_free(loading.facts);
    g_free(loading.findings);
    archive->loaded++;
    return fine;
}

gboolean archive_load_failure(Archive *archive, const char *file, const char *sha256,
                              const char *reason, GError **error) {
    g_autofree char *now = timestamp_now();
    archive->failed++;
    return archive_execute(
        archive, error,
        "INSERT INTO documents(file, sha256, status, error, ingested_at, "
        "run_id) VALUES (?, ?, 'failed', ?, ?, nullif(?, 0)) "
        "ON CONFLICT(sha256) DO UPDATE SET error = excluded.error, "
        "run_id = excluded.run_id, ingested_at = excluded.ingested_at "
        "WHERE status = 'failed'",
        "ssssi", file, sha256, reason, now, archive->run);
}
