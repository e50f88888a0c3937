/* Facts and numerals, with their places. */
#include "load/loading.h"
#include <math.h>

double stored_points(float points) { return (double)lroundf(points * 100) / 100; }

/* Only of facts that are broken over lines: the rectangle of the others is in their own row. */
static gboolean load_places(Loading *loading, gint64 fact, const GArray *pieces) {
    if (pieces->len < 2)
        return TRUE;
    for (guint i = 0; i < pieces->len; i++) {
        const Piece *piece = &g_array_index(pieces, Piece, i);
        if (!archive_execute(loading->archive, loading->error,
                             "INSERT INTO fact_places VALUES (?, ?, ?, ?, ?, ?, ?)", "innffff",
                             fact, i, piece->page, stored_points(piece->box.x0),
                             stored_points(piece->box.y0), stored_points(piece->box.x1),
                             stored_points(piece->box.y1)))
            return FALSE;
    }
    return TRUE;
}

static gboolean insert_fact(Loading *loading, const Fact *fact, const Piece *piece) {
    sqlite3_stmt *insert = archive_statement(
        loading->archive,
        "INSERT INTO facts(document_id, kind, concept, label, role, value, value_high, unit, "
        "qualifier, decimals, printed_unit, raw, period, entity, section, page, x0, y0, x1, y1, "
        "source, pattern, unit_power, confidence, section_id) VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        loading->error);
    if (insert == NULL)
        return FALSE;
    const char *section =
        fact->section == REPORT_NONE ? NULL : report_section(loading->report, fact->section)->code;
    statement_bind(
        insert, "issssssssisssssnffffssi", loading->document, figure_kind_name(fact->kind),
        fact->concept, fact->label, fact->role, fact->text, fact->text_high, fact->unit,
        qualifier_name(fact->qualifier), (gint64)fact->decimals, fact->printed_unit, fact->raw,
        fact->period, fact->entity, section, piece->page, stored_points(piece->box.x0),
        stored_points(piece->box.y0), stored_points(piece->box.x1), stored_points(piece->box.y1),
        fact->source, fact->pattern, (gint64)fact->unit_power);
    if (fact->confidence >= 0)
        sqlite3_bind_double(insert, 24, (double)fact->confidence);
    loading_bind_id(insert, 25, loading->sections, fact->section);
    return archive_run_statement(loading->archive, insert, loading->error);
}

/* The parts of the label of a table's figure: a row of a summary is a department's. */
static gboolean load_mentions(Loading *loading, const Fact *fact) {
    if (loading->report->doc_type != NULL || fact->concept == NULL || fact->label == NULL ||
        g_strcmp0(fact->source, "table") != 0)
        return TRUE;
    g_auto(GStrv) parts = g_strsplit(fact->label, "·", -1);
    for (guint i = 0; parts[i] != NULL; i++)
        if (!archive_execute(loading->archive, loading->error,
                             "INSERT OR IGNORE INTO mentions(name, document_id) VALUES (?, ?)",
                             "si", parts[i], loading->document))
            return FALSE;
    return TRUE;
}

gboolean load_facts(Loading *loading) {
    for (guint i = 0; i < loading->report->facts->len; i++) {
        const Fact *fact = report_fact(loading->report, i);
        g_autoptr(GArray) pieces = document_pieces(loading->report->document, fact->place);
        Piece piece = {0};
        if (pieces->len > 0)
            piece = g_array_index(pieces, Piece, 0);
        if (!insert_fact(loading, fact, &piece) || !load_mentions(loading, fact))
            return FALSE;
        loading->facts[i] = loading_last_id(loading);
        if (!load_places(loading, loading->facts[i], pieces))
            return FALSE;
    }
    return TRUE;
}

gboolean load_numerals(Loading *loading) {
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
                piece.page, stored_points(piece.box.x0), stored_points(piece.box.y0),
                stored_points(piece.box.x1), stored_points(piece.box.y1)))
            return FALSE;
    }
    return TRUE;
}
