/* Facts and numerals, with their places. */
#include "load/loading.h"
#include "load/rows.h"
#include <math.h>

double stored_points(float points) { return (double)lroundf(points * 100) / 100; }

typedef struct {
    Loading *loading;
    GArray *places; /* Place: of facts that are broken over lines */
    GString *text;
} Drawing;

typedef struct {
    gint64 fact;
    guint seq;
    Piece piece;
} Place;

/* The rectangle of a fact in one piece is in its own row alone. */
static Piece first_piece(Drawing *drawing, gint64 fact, Span place) {
    g_autoptr(GArray) pieces = document_pieces(drawing->loading->report->document, place);
    for (guint i = 0; fact != 0 && pieces->len > 1 && i < pieces->len; i++) {
        const Place row = {fact, i, g_array_index(pieces, Piece, i)};
        g_array_append_val(drawing->places, row);
    }
    return pieces->len == 0 ? (Piece){0} : g_array_index(pieces, Piece, 0);
}

static void give_fact(Rows *rows, guint i, gpointer data) {
    Drawing *drawing = data;
    const Loading *loading = drawing->loading;
    const Fact *fact = report_fact(loading->report, i);
    const Piece piece = first_piece(drawing, loading->facts[i], fact->place);
    const char *section =
        fact->section == REPORT_NONE ? NULL : report_section(loading->report, fact->section)->code;
    rows_give(rows, "iissssssssisssssnffffscski", loading->facts[i], loading->document,
              figure_kind_name(fact->kind), fact->concept, fact->label, fact->role, fact->text,
              fact->text_high, fact->unit, qualifier_name(fact->qualifier), (gint64)fact->decimals,
              fact->printed_unit, fact->raw, fact->period, fact->entity, section, piece.page,
              stored_points(piece.box.x0), stored_points(piece.box.y0), stored_points(piece.box.x1),
              stored_points(piece.box.y1), fact->source, (double)fact->confidence, fact->pattern,
              loading_id(loading->sections, fact->section), (gint64)fact->unit_power);
}

static void give_place(Rows *rows, guint i, gpointer data) {
    const Place *place = &g_array_index(((Drawing *)data)->places, Place, i);
    rows_give(rows, "innffff", place->fact, place->seq, place->piece.page,
              stored_points(place->piece.box.x0), stored_points(place->piece.box.y0),
              stored_points(place->piece.box.x1), stored_points(place->piece.box.y1));
}

/* The parts of the labels of tables' figures, each once: a row of a summary is a department's. */
static GPtrArray *collect_mentions(const Report *report) {
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    const char *last = NULL;
    for (guint i = 0; i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i);
        if (fact->label == NULL || fact->label == last || g_strcmp0(fact->source, "table") != 0)
            continue;
        last = fact->label;
        g_auto(GStrv) parts = g_strsplit(fact->label, "·", -1);
        for (guint k = 0; parts[k] != NULL; k++) {
            if (g_hash_table_contains(known, parts[k]))
                continue;
            g_ptr_array_add(names, g_strdup(parts[k]));
            g_hash_table_add(known, names->pdata[names->len - 1]);
        }
    }
    return names;
}

typedef struct {
    gint64 document;
    const GPtrArray *names;
} Naming;

static void give_mention(Rows *rows, guint i, gpointer data) {
    const Naming *naming = data;
    rows_give(rows, "si", (const char *)naming->names->pdata[i], naming->document);
}

static gboolean load_mentions(Loading *loading) {
    if (loading->report->doc_type != NULL && loading->report->department != NULL)
        return TRUE;
    g_autoptr(GPtrArray) names = collect_mentions(loading->report);
    Naming naming = {loading->document, names};
    return archive_insert_rows(loading->archive, loading->error,
                               "INSERT OR FAIL INTO mentions(name, document_id) "
                               "SELECT c1, c2 FROM drawn",
                               names->len, give_mention, &naming);
}

static gboolean insert_facts(Loading *loading, Drawing *drawing) {
    return archive_insert_rows(
               loading->archive, loading->error,
               "INSERT OR FAIL INTO facts(id, document_id, kind, concept, label, role, value, "
               "value_high, "
               "unit, qualifier, decimals, printed_unit, raw, period, entity, section, page, x0, "
               "y0, x1, y1, source, confidence, pattern, section_id, unit_power) "
               "SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, "
               "c18, c19, c20, c21, c22, c23, c24, c25, c26 FROM drawn",
               loading->report->facts->len, give_fact, drawing) &&
           archive_insert_rows(
               loading->archive, loading->error,
               "INSERT OR FAIL INTO fact_places(fact_id, seq, page, x0, y0, x1, y1) "
               "SELECT c1, c2, c3, c4, c5, c6, c7 FROM drawn",
               drawing->places->len, give_place, drawing);
}

gboolean load_facts(Loading *loading) {
    gint64 key;
    if (!archive_next_key(loading->archive, loading->error, "SELECT max(id) FROM facts", &key))
        return FALSE;
    for (guint i = 0; i < loading->report->facts->len; i++)
        loading->facts[i] = key + i;
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(Place));
    Drawing drawing = {.loading = loading, .places = places};
    return insert_facts(loading, &drawing) && load_mentions(loading);
}

static void give_numeral(Rows *rows, guint i, gpointer data) {
    Drawing *drawing = data;
    const Report *report = drawing->loading->report;
    const Numeral *numeral = &g_array_index(report->numerals, Numeral, i);
    const Piece piece = first_piece(drawing, 0, numeral->place);
    g_string_truncate(drawing->text, 0);
    document_append_text(report->document, numeral->place, drawing->text);
    rows_give(rows, "insssnffff", drawing->loading->document, i,
              numeral->state == NUMERAL_CLAIMED ? "claimed" : "unread", numeral->kind,
              drawing->text->str, piece.page, stored_points(piece.box.x0),
              stored_points(piece.box.y0), stored_points(piece.box.x1),
              stored_points(piece.box.y1));
}

gboolean load_numerals(Loading *loading) {
    g_autoptr(GString) text = g_string_new(NULL);
    Drawing drawing = {.loading = loading, .text = text};
    return archive_insert_rows(
        loading->archive, loading->error,
        "INSERT OR FAIL INTO numerals(document_id, seq, state, kind, text, page, x0, y0, x1, y1) "
        "SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 FROM drawn",
        loading->report->numerals->len, give_numeral, &drawing);
}
