/* Captions, notes and the joining of tables.
 *
 *   公开02表                     note      walking up from the table, while lines are short,
 *        收入决算表              caption   near, and no headings
 *   部门：…       单位：万元     note
 *   ┌────┬────┐
 *
 * A table that is the last thing on its page and one that is the first on the next, as wide as the
 * other, are one table; the rows of the head that come again stand once. A blank cell at the top
 * of the later part continues a spanning cell above the break.
 */
#include "extract/table_flow.h"
#include "extract/heading.h"
#include "extract/table_header.h"
#include "extract/table_split.h"
#include <math.h>
#include <string.h>

enum {
    BOUND_CHARACTERS_MAX = 60,
    CONTINUED_CHARACTERS_MAX = 12, /* of 续表, 表2（续） */
    HEADER_ROWS_MAX = 6,
};
static const float BOUND_GAP_EM = 2.2F; /* a bound line is this near to what it stands above */
static const float CENTRED = 0.04F;     /* part of the page's width that a centre may be off */
static const float WIDE_PART = 0.6F;    /* of the table: wider lines may be those of a paragraph */
static const float FLUSH_EM = 2.0F;     /* a note at the table's right edge is this near to it */
static const float TITLE_LARGER = 1.4F; /* than the table's text, where a title stands above */
static const float REMNANT_PART = 0.7F; /* of the next row's height */
static const float EDGE_SLACK = 4.0F;   /* edges of the parts of one table agree this well */

typedef struct {
    const Lines *lines;
    Tables *tables;
    GPtrArray *furniture;
    const GArray *pages;
    GArray *uses;
} Flow;

static LineUse *use_of(const Flow *flow, guint draft) {
    return &g_array_index(flow->uses, LineUse, draft);
}

static float draft_start(const Flow *flow, const DraftLine *draft) {
    return g_array_index(flow->lines->characters, Character, draft->line.characters.start).start;
}

static float draft_end(const Flow *flow, const DraftLine *draft) {
    return g_array_index(flow->lines->characters, Character, draft->line.characters.end - 1).end;
}

static gboolean draft_is_numbered(const Flow *flow, const DraftLine *draft) {
    gunichar codes[16];
    guint n = 0;
    HeadingNumber number;
    for (guint i = draft->line.characters.start;
         i < draft->line.characters.end && n < G_N_ELEMENTS(codes); i++)
        codes[n++] = g_array_index(flow->lines->characters, Character, i).code;
    return heading_number_read(codes, n, &number);
}

static gboolean ends_sentence(const char *text) {
    return g_str_has_suffix(text, "。") || g_str_has_suffix(text, "；") ||
           g_str_has_suffix(text, "，") || g_str_has_suffix(text, "、") ||
           g_str_has_suffix(text, ".") || strstr(text, "。") != NULL;
}

/* 单位：万元, 公开01表, 编制单位：…, or what stands at the right edge alone. */
static gboolean is_note(const Flow *flow, const DraftLine *draft, const char *text,
                        const Rectangle *box) {
    if (strstr(text, "单位：") != NULL || strstr(text, "单位:") != NULL ||
        g_str_has_prefix(text, "公开"))
        return !g_str_has_suffix(text, "：");
    if ((strchr(text, ':') != NULL || strstr(text, "：") != NULL) &&
        !g_str_has_suffix(text, "：") && !g_str_has_suffix(text, ":"))
        return TRUE;
    return fabsf(draft_end(flow, draft) - box->x1) < draft->em * FLUSH_EM &&
           draft_start(flow, draft) > (box->x0 + box->x1) / 2;
}

static gboolean is_caption(const Flow *flow, const DraftLine *draft, const char *text,
                           const Rectangle *box) {
    const Page *page = &g_array_index(flow->pages, Page, draft->line.page - 1);
    float centre = (draft_start(flow, draft) + draft_end(flow, draft)) / 2;
    if (g_str_has_suffix(text, "：") || g_str_has_suffix(text, ":") ||
        draft_is_numbered(flow, draft))
        return FALSE;
    float width = draft_end(flow, draft) - draft_start(flow, draft);
    float slack = width > (box->x1 - box->x0) * WIDE_PART ? draft->em / 2 : page->width * CENTRED;
    return fabsf(centre - (box->x0 + box->x1) / 2) < slack || g_str_has_prefix(text, "表") ||
           g_str_has_prefix(text, "附表") || g_str_has_prefix(text, "Table") ||
           g_str_has_prefix(text, "TABLE");
}

/* The text of a draft without white space. */
static char *draft_text(const Flow *flow, const DraftLine *draft) {
    GString *text = g_string_new(NULL);
    for (guint i = draft->line.characters.start; i < draft->line.characters.end; i++) {
        gunichar code = g_array_index(flow->lines->characters, Character, i).code;
        if (!g_unichar_isspace(code))
            g_string_append_unichar(text, code);
    }
    return g_string_free(text, FALSE);
}

static gboolean is_above(const Flow *flow, const DraftLine *draft, const PageTable *table) {
    return draft_end(flow, draft) > table->box.x0 - draft->em &&
           draft_start(flow, draft) < table->box.x1 + draft->em;
}

static gboolean is_near(const DraftLine *draft, float top) {
    return !draft->line.vertical && draft->line.high <= top + draft->em &&
           top - draft->line.high < draft->em * BOUND_GAP_EM;
}

/* 公开01表, 公开02表 … look like a running head, but each belongs to its table. */
static gboolean is_numbered_note(const Flow *flow, guint i, const char *text,
                                 const PageTable *table) {
    gboolean digits = FALSE;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        digits = digits || g_unichar_isdigit(g_utf8_get_char(p));
    return digits && g_str_equal(flow->furniture->pdata[i], "head") &&
           is_note(flow, lines_draft(flow->lines, i), text, &table->box);
}

static float table_em(const Flow *flow, const PageTable *table) {
    float em = 0;
    for (guint i = 0; i < table->cells->len; i++) {
        const Cell *cell = &g_array_index(table->cells, Cell, i);
        for (guint j = 0; j < cell->lines.count; j++)
            em = MAX(em, lines_draft(flow->tables->lines, cell->lines.first + j)->em);
    }
    return em;
}

/* The first line of all, much larger than the table: the document's title, not the table's. */
static gboolean is_title(const Flow *flow, guint i, const PageTable *table) {
    if (lines_draft(flow->lines, i)->em < table_em(flow, table) * TITLE_LARGER)
        return FALSE;
    for (guint j = 0; j < i; j++)
        if (flow->furniture->pdata[j] == NULL)
            return FALSE;
    return TRUE;
}

static LineRole role_of(const Flow *flow, guint i, const PageTable *table) {
    const DraftLine *draft = lines_draft(flow->lines, i);
    g_autofree char *text = draft_text(flow, draft);
    if (g_utf8_strlen(text, -1) > BOUND_CHARACTERS_MAX || ends_sentence(text))
        return ROLE_BODY;
    if (flow->furniture->pdata[i] != NULL && !is_numbered_note(flow, i, text, table))
        return ROLE_BODY;
    if (is_note(flow, draft, text, &table->box))
        return ROLE_NOTE;
    return is_caption(flow, draft, text, &table->box) ? ROLE_CAPTION : ROLE_BODY;
}

/* What a title has below it belongs to it. */
static void unbind_captions(Flow *flow, guint from, guint to, guint table) {
    for (guint i = from; i < to; i++)
        if (use_of(flow, i)->role == ROLE_CAPTION && use_of(flow, i)->table == table)
            use_of(flow, i)->role = ROLE_BODY;
}

/* Walks up from the table's place `at`, past what stands beside it. */
static void bind_lines(Flow *flow, guint at) {
    guint index = lines_draft(flow->lines, at)->table;
    const PageTable *table = tables_table(flow->tables, index);
    float top = table->box.y0;
    LineRole below = ROLE_NOTE;
    float caption_em = 0;
    for (guint i = at; i > 0 && at - i < BOUND_LINES_MAX; i--) {
        const DraftLine *draft = lines_draft(flow->lines, i - 1);
        if (draft->line.page != table->page)
            return;
        if (draft->table != DOCUMENT_NONE) {
            if (draft->line.high < table->box.y0)
                return;
            continue;
        }
        if (!is_above(flow, draft, table))
            continue;
        if (use_of(flow, i - 1)->role != ROLE_BODY || !is_near(draft, top))
            return;
        LineRole role = role_of(flow, i - 1, table);
        if (role == ROLE_CAPTION && is_title(flow, i - 1, table)) {
            unbind_captions(flow, i, at, index);
            return;
        }
        if (role == ROLE_BODY || (role == ROLE_CAPTION && caption_em > 0 &&
                                  (below != ROLE_CAPTION || fabsf(draft->em - caption_em) > 0.5F)))
            return;
        if (role == ROLE_CAPTION)
            caption_em = draft->em;
        *use_of(flow, i - 1) = (LineUse){role, index};
        flow->furniture->pdata[i - 1] = NULL;
        top = draft->line.low;
        below = role;
    }
}

static gboolean cells_equal(const Flow *flow, const Cell *a, const Cell *b) {
    if (a->row != b->row || a->column != b->column || a->row_span != b->row_span ||
        a->column_span != b->column_span)
        return FALSE;
    g_autoptr(GString) one = g_string_new(NULL);
    g_autoptr(GString) other = g_string_new(NULL);
    table_cell_text(flow->tables, a, one);
    table_cell_text(flow->tables, b, other);
    return g_string_equal(one, other);
}

static const Cell *cell_of(const PageTable *table, guint i) {
    return &g_array_index(table->cells, Cell, i);
}

/* How many rows at the top of both are the same. */
static guint repeated_rows(const Flow *flow, const PageTable *first, const PageTable *later) {
    guint i = 0, rows = 0, most = MIN(HEADER_ROWS_MAX, later->rows - 1);
    while (i < first->cells->len && i < later->cells->len &&
           cells_equal(flow, cell_of(first, i), cell_of(later, i)))
        i++;
    /* All cells that begin in a row are equal, and none reaches below the last of these rows. */
    guint reach = 0;
    for (guint at = 0; at < i;) {
        guint row = cell_of(later, at)->row;
        while (at < i && cell_of(later, at)->row == row) {
            reach = MAX(reach, row + cell_of(later, at)->row_span);
            at++;
        }
        gboolean whole = at == later->cells->len || cell_of(later, at)->row > row;
        if (!whole || row >= most)
            break;
        if (reach <= row + 1 && reach <= most)
            rows = row + 1;
    }
    return rows;
}

/* Columns that only one part has are put into the other. */
static void refine_columns(PageTable *table, const GArray *edges) {
    guint n = table->xs->len;
    g_autofree guint *indices = g_new(guint, n);
    for (guint i = 0; i < n; i++) {
        float edge = g_array_index(table->xs, float, i);
        indices[i] = 0;
        for (guint j = 0; j < edges->len; j++)
            if (fabsf(g_array_index(edges, float, j) - edge) <
                fabsf(g_array_index(edges, float, indices[i]) - edge))
                indices[i] = j;
    }
    for (guint i = 0; i < table->cells->len; i++) {
        Cell *cell = &g_array_index(table->cells, Cell, i);
        guint end = indices[cell->column + cell->column_span];
        cell->column = indices[cell->column];
        cell->column_span = end - cell->column;
    }
    g_array_set_size(table->xs, 0);
    g_array_append_vals(table->xs, edges->data, edges->len);
    table->columns = edges->len - 1;
}

static int compare_floats(gconstpointer a, gconstpointer b) {
    float p = *(const float *)a, q = *(const float *)b;
    return (p > q) - (p < q);
}

/* The place among `edges` of one as good as at `edge`; DOCUMENT_NONE. */
static guint edge_at(const GArray *edges, float edge) {
    for (guint i = 0; i < edges->len; i++)
        if (fabsf(g_array_index(edges, float, i) - edge) <= EDGE_SLACK)
            return i;
    return DOCUMENT_NONE;
}

/* Each part may have had its columns laid out for itself: where both have as many edges between two
 * that agree, they are the same edges. */
static void pair_edges(const GArray *first, GArray *later) {
    guint above = 0, below = 0; /* one past the last edges that agree */
    for (guint i = 0; i < later->len; i++) {
        guint match = edge_at(first, g_array_index(later, float, i));
        if (match == DOCUMENT_NONE || match < above)
            continue;
        if (match - above == i - below)
            for (guint k = below; k < i; k++)
                g_array_index(later, float, k) = g_array_index(first, float, above + k - below);
        above = match + 1;
        below = i + 1;
    }
}

/* The edges of both, those of the first where they agree. */
static GArray *common_edges(const PageTable *first, const PageTable *later) {
    GArray *edges = g_array_copy(first->xs);
    pair_edges(first->xs, later->xs);
    for (guint i = 0; i < later->xs->len; i++) {
        float edge = g_array_index(later->xs, float, i);
        if (edge_at(first->xs, edge) == DOCUMENT_NONE)
            g_array_append_val(edges, edge);
    }
    g_array_sort(edges, compare_floats);
    return edges;
}

/* What a page break left of a row: blank, and lower than the row below it. */
static gboolean is_remnant(const PageTable *table, guint row) {
    float height = 0, next = 0;
    for (guint i = 0; i < table->cells->len; i++) {
        const Cell *cell = cell_of(table, i);
        if (cell->row == row && (cell->lines.count > 0 || cell->row_span > 1))
            return FALSE;
        if (cell->row == row)
            height = cell->box.y1 - cell->box.y0;
        else if (cell->row == row + 1 && cell->row_span == 1)
            next = cell->box.y1 - cell->box.y0;
    }
    return height < next * REMNANT_PART;
}

/* The cells of the skipped rows stay with the later part. `cut`: the first row below these goes on
 * with the last of the first part. */
static void append_part(Flow *flow, PageTable *first, PageTable *later, guint skipped,
                        gboolean cut) {
    guint kept = 0, rows = first->rows - (cut ? 1 : 0);
    for (guint i = 0; i < later->cells->len; i++) {
        Cell cell = *cell_of(later, i);
        if (cell.row < skipped) {
            g_array_index(later->cells, Cell, kept++) = cell;
            continue;
        }
        Cell *above = cell.row == skipped && (cut || cell.lines.count == 0)
                          ? table_cell_above(first, &cell)
                          : NULL;
        if (above != NULL && (cut || above->row_span > 1 || cell.row_span > 1)) {
            above->row_span += cell.row_span - (cut ? 1 : 0);
            if (cell.lines.count > 0)
                table_cell_append(flow->tables, above, &cell);
            continue;
        }
        cell.row = cell.row - skipped + rows;
        g_array_append_val(first->cells, cell);
    }
    first->rows = rows + later->rows - skipped;
    first->last_page = later->page;
    g_array_set_size(later->cells, kept);
    later->rows = 0;
}

static void join_tables(Flow *flow, PageTable *first, PageTable *later) {
    g_autoptr(GArray) edges = common_edges(first, later);
    refine_columns(first, edges);
    refine_columns(later, edges);
    guint skipped = repeated_rows(flow, first, later);
    first->header_rows = MAX(first->header_rows, skipped);
    if (later->rows > skipped + 1 && is_remnant(later, skipped))
        skipped++;
    gboolean cut = table_row_goes_on(flow->tables, first, later, skipped);
    append_part(flow, first, later, skipped, cut);
}

/* What a text says without 续, （续表）, (续一) … */
static char *without_continued(const char *text) {
    GString *left = g_string_new(NULL);
    gboolean inside = FALSE;
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar code = g_utf8_get_char(p);
        inside = inside || g_str_has_prefix(p, "（续") || g_str_has_prefix(p, "(续");
        if (!inside && code != U'续')
            g_string_append_unichar(left, code);
        inside = inside && code != U'）' && code != ')';
    }
    return g_string_free(left, FALSE);
}

static gboolean says_continued(const char *text) {
    return g_utf8_strlen(text, -1) <= CONTINUED_CHARACTERS_MAX &&
           (g_str_has_prefix(text, "续") || g_str_has_suffix(text, "续") ||
            strstr(text, "（续") != NULL || strstr(text, "(续") != NULL);
}

/* Whether the lines bound to the later part say nothing new: the same again, or 续表. */
static gboolean bound_again(const Flow *flow, guint from, guint to, guint first_table) {
    for (guint i = from; i < to; i++) {
        if (use_of(flow, i)->role != ROLE_CAPTION && use_of(flow, i)->role != ROLE_NOTE)
            continue;
        g_autofree char *text = draft_text(flow, lines_draft(flow->lines, i));
        g_autofree char *plain = without_continued(text);
        gboolean known = says_continued(text);
        for (guint j = 0; j < from && !known; j++) {
            if (use_of(flow, j)->table != first_table || use_of(flow, j)->role == ROLE_BODY)
                continue;
            g_autofree char *other = draft_text(flow, lines_draft(flow->lines, j));
            known = g_str_equal(plain, other) || g_str_equal(text, other);
        }
        if (!known)
            return FALSE;
    }
    return TRUE;
}

/* `last` is the place of the table before, if nothing but furniture has come since; `at` that of
 * the next table. */
static gboolean join_at(Flow *flow, guint last, guint at, guint first_table) {
    PageTable *first = tables_table(flow->tables, first_table);
    PageTable *later = tables_table(flow->tables, lines_draft(flow->lines, at)->table);
    if (later->page != first->last_page + 1 || fabsf(first->box.x0 - later->box.x0) > EDGE_SLACK ||
        fabsf(first->box.x1 - later->box.x1) > EDGE_SLACK ||
        !bound_again(flow, last + 1, at, first_table))
        return FALSE;
    join_tables(flow, first, later);
    for (guint i = last + 1; i < at; i++)
        if (use_of(flow, i)->role != ROLE_BODY) {
            flow->furniture->pdata[i] = (gpointer) "head";
            use_of(flow, i)->role = ROLE_BODY;
        }
    use_of(flow, at)->role = ROLE_JOINED;
    return TRUE;
}

GArray *table_flow_find(const Lines *lines, Tables *tables, GPtrArray *furniture,
                        const GArray *pages) {
    Flow flow = {lines, tables, furniture, pages, g_array_new(FALSE, TRUE, sizeof(LineUse))};
    guint last = DOCUMENT_NONE, first_table = DOCUMENT_NONE;
    g_array_set_size(flow.uses, lines->drafts->len);
    for (guint i = 0; i < lines->drafts->len; i++)
        if (lines_draft(lines, i)->table != DOCUMENT_NONE)
            bind_lines(&flow, i);
    for (guint i = 0; i < lines->drafts->len; i++) {
        guint table = lines_draft(lines, i)->table;
        if (table == DOCUMENT_NONE) {
            if (furniture->pdata[i] == NULL && use_of(&flow, i)->role == ROLE_BODY)
                last = DOCUMENT_NONE;
            continue;
        }
        if (last == DOCUMENT_NONE || !join_at(&flow, last, i, first_table))
            first_table = table;
        last = i;
    }
    for (guint i = 0; i < tables->tables->len; i++) {
        PageTable *table = tables_table(tables, i);
        if (table->header_rows == 0 && table->rows > 0)
            table->header_rows = table_header_rows(tables, table);
    }
    return flow.uses;
}
