/* Knowing a row that goes on on the next page.
 *
 *   │ 3 │ 加强农村饮水安全工程建设， │ 120.50 │     page 4: the last line is full
 *   └───┴────────────────────────────┴────────┘
 *   ┌───┬────────────────────────────┬────────┐
 *   │   │ 完善农村供水管网。         │        │     page 5: words under words, and nothing else new
 *   └───┴────────────────────────────┴────────┘
 *
 * Some column must have words on both sides of the break, and in all that have, the last line above
 * must be full. Either the words above do not end, or there is nothing else below; and some column
 * has text on one side only, unless the words of all are cut off.
 */
#include "extract/table_split.h"

static const float FULL_SLACK_EM = 1.6F; /* a full line may end this far from the longest */
enum { ONLY_WORDS_LINES_MIN = 2 };       /* in cells that are cut off and have no other witness */

static const DraftLine *cell_line(const Tables *tables, const Cell *cell, guint i) {
    return lines_draft(tables->lines, cell->lines.first + i);
}

static const Character *line_last(const Tables *tables, const DraftLine *draft) {
    return &g_array_index(tables->lines->characters, Character, draft->line.characters.end - 1);
}

/* Where the longest line of the cell ends. */
static float longest_end(const Tables *tables, const Cell *cell) {
    float end = -G_MAXFLOAT;
    for (guint i = 0; i < cell->lines.count; i++)
        end = MAX(end, line_last(tables, cell_line(tables, cell, i))->end);
    return end;
}

static gboolean ends_sentence(gunichar code) {
    static const gunichar ENDS[] = U"。！？；!?;”’";
    for (const gunichar *p = ENDS; *p != 0; p++)
        if (*p == code)
            return TRUE;
    return FALSE;
}

static gboolean has_letters(const Tables *tables, const Cell *cell) {
    for (guint i = 0; i < cell->lines.count; i++) {
        Span span = cell_line(tables, cell, i)->line.characters;
        for (guint c = span.start; c < span.end; c++)
            if (g_unichar_isalpha(g_array_index(tables->lines->characters, Character, c).code))
                return TRUE;
    }
    return FALSE;
}

/* Whether the text of the cell above may go on in the one below, and if it must. */
static gboolean is_cut(const Tables *tables, const Cell *above, const Cell *below,
                       gboolean *unfinished) {
    const DraftLine *last = cell_line(tables, above, above->lines.count - 1);
    const Character *end = line_last(tables, last);
    float right = MAX(longest_end(tables, above), longest_end(tables, below));
    *unfinished = !ends_sentence(end->code);
    return !last->line.vertical && has_letters(tables, above) &&
           right - end->end < FULL_SLACK_EM * last->em &&
           end->end - above->box.x0 > (above->box.x1 - above->box.x0) / 2;
}

Cell *table_cell_above(const PageTable *first, const Cell *cell) {
    for (guint i = first->cells->len; i > 0; i--) {
        Cell *above = &g_array_index(first->cells, Cell, i - 1);
        if (above->row + above->row_span == first->rows && above->column == cell->column &&
            above->column_span == cell->column_span)
            return above;
    }
    return NULL;
}

gboolean table_row_goes_on(const Tables *tables, const PageTable *first, const PageTable *later,
                           guint row) {
    guint cut = 0, unfinished = 0, only_above = 0, only_below = 0, lines = 0;
    for (guint i = 0; i < later->cells->len; i++) {
        const Cell *cell = &g_array_index(later->cells, Cell, i);
        if (cell->row != row)
            continue;
        const Cell *above = table_cell_above(first, cell);
        gboolean open = FALSE;
        if (above == NULL)
            return FALSE;
        if (above->lines.count > 0 && cell->lines.count > 0) {
            if (!is_cut(tables, above, cell, &open))
                return FALSE;
            cut++;
            lines = MAX(lines, above->lines.count);
        }
        unfinished += open ? 1 : 0;
        only_above += above->lines.count > 0 && cell->lines.count == 0 ? 1 : 0;
        only_below += above->lines.count == 0 && cell->lines.count > 0 ? 1 : 0;
    }
    if (cut == 0 || (unfinished == 0 && (only_below > 0 || only_above == 0)))
        return FALSE;
    return only_above + only_below > 0 || (unfinished == cut && lines >= ONLY_WORDS_LINES_MIN);
}

void table_cell_append(Tables *tables, Cell *above, const Cell *cell) {
    GArray *drafts = tables->lines->drafts;
    LineRun run = {drafts->len, above->lines.count + cell->lines.count};
    g_array_set_size(drafts, drafts->len + run.count);
    DraftLine *to = lines_draft(tables->lines, run.first);
    for (guint i = 0; i < above->lines.count; i++)
        *to++ = *cell_line(tables, above, i);
    for (guint i = 0; i < cell->lines.count; i++)
        *to++ = *cell_line(tables, cell, i);
    above->lines = run;
}
