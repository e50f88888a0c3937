/* Grids with text in them are tables.
 *
 * Each glyph goes to the cell that holds its centre; the glyphs of a cell become its lines in
 * their own reading order. A frame, a rule under a heading and the axes of a chart are grids too:
 * what has one column or next to nothing in its cells is none.
 */
#include "extract/tables.h"
#include "extract/open.h"
#include <string.h>

/* A grid where no row has so many cells with text is a drawing. */
enum { FILLED_CELLS_MIN = 2, FILLED_CELLS_ONE_ROW_MIN = 3 };
enum { PANEL_ROWS_MIN = 3 }; /* blank rows between the titles of a chart's panels */
/* An area this high is the page's background. */
static const float BACKGROUND_PART = 0.8F;
/* Digits of one figure are this near. */
static const float FIGURE_GAP_EM = 0.1F;
/* Outer edges of the parts of one table agree this well, in points. */
static const float EDGE_SLACK = 3.0F;
/* The next stripe of a table is this near, in points. */
static const float STRIPE_DISTANCE = 120.0F;

static void page_table_clear(gpointer data) {
    PageTable *table = data;
    g_array_unref(table->xs);
    g_array_unref(table->cells);
}

Tables *tables_new(void) {
    Tables *tables = g_new0(Tables, 1);
    tables->tables = g_array_new(FALSE, TRUE, sizeof(PageTable));
    g_array_set_clear_func(tables->tables, page_table_clear);
    tables->lines = lines_new();
    return tables;
}

void tables_free(Tables *tables) {
    if (tables == NULL)
        return;
    g_array_unref(tables->tables);
    lines_free(tables->lines);
    g_free(tables);
}

void table_cell_text(const Tables *tables, const Cell *cell, GString *text) {
    for (guint i = 0; i < cell->lines.count; i++) {
        Span span = lines_draft(tables->lines, cell->lines.first + i)->line.characters;
        for (guint c = span.start; c < span.end; c++) {
            gunichar code = g_array_index(tables->lines->characters, Character, c).code;
            if (!g_unichar_isspace(code))
                g_string_append_unichar(text, code);
        }
    }
}

/* Sorts by cells; the glyphs of one keep their order. */
static GArray *placed_sorted(const GArray *placed, guint cells) {
    GArray *sorted = g_array_sized_new(FALSE, FALSE, sizeof(Placed), placed->len);
    g_autofree guint *ends = g_new0(guint, cells + 1);
    g_array_set_size(sorted, placed->len);
    for (guint i = 0; i < placed->len; i++)
        ends[g_array_index(placed, Placed, i).cell + 1]++;
    for (guint i = 0; i < cells; i++)
        ends[i + 1] += ends[i];
    for (guint i = 0; i < placed->len; i++) {
        Placed one = g_array_index(placed, Placed, i);
        g_array_index(sorted, Placed, ends[one.cell]++) = one;
    }
    return sorted;
}

/* The index of the cell over each unit square. */
static guint *cell_owners(const Grid *grid) {
    guint columns = grid_columns(grid);
    guint *owners = g_new0(guint, (gsize)grid_rows(grid) * columns);
    for (guint i = 0; i < grid->cells->len; i++) {
        const Cell *cell = &g_array_index(grid->cells, Cell, i);
        for (guint r = 0; r < cell->row_span; r++)
            for (guint c = 0; c < cell->column_span; c++)
                owners[(cell->row + r) * columns + cell->column + c] = i;
    }
    return owners;
}

/* Whether the glyph goes on with the figure that the one before is part of. */
static gboolean figure_goes_on(const Glyph *before, const Glyph *glyph) {
    gboolean digits = g_unichar_isdigit(before->code) || before->code == '.' || before->code == ',';
    return digits && before->direction == 0 && glyph->direction == 0 && !before->space_after &&
           (g_unichar_isdigit(glyph->code) || glyph->code == '.' || glyph->code == ',') &&
           ABS(glyph->box.x0 - before->box.x1) < FIGURE_GAP_EM * glyph->size &&
           ABS(glyph->box.y0 - before->box.y0) < FIGURE_GAP_EM * glyph->size;
}

/* A figure too wide for its cell stays whole, in the cell that holds most of it. */
static void keep_figures_whole(GArray *placed, const Ink *ink) {
    Placed *all = (Placed *)(void *)placed->data;
    for (guint i = 0; i < placed->len;) {
        guint end = i + 1, cuts = 0, cut = i, points = 0;
        points += ink_glyph(ink, all[i].glyph)->code == '.' ? 1 : 0;
        for (; end < placed->len && all[end].glyph == all[end - 1].glyph + 1 &&
               figure_goes_on(ink_glyph(ink, all[end - 1].glyph), ink_glyph(ink, all[end].glyph));
             end++) {
            points += ink_glyph(ink, all[end].glyph)->code == '.' ? 1 : 0;
            cuts += all[end].cell != all[end - 1].cell ? 1 : 0;
            cut = all[end].cell != all[end - 1].cell ? end : cut;
        }
        guint cell = cut - i >= end - cut ? all[i].cell : all[end - 1].cell;
        for (guint k = i; k < end && cuts == 1 && points <= 1; k++)
            all[k].cell = cell;
        i = end;
    }
}

static GArray *place_glyphs(const Grid *grid, const Ink *ink, const guint8 *taken) {
    g_autoptr(GArray) placed = g_array_new(FALSE, FALSE, sizeof(Placed));
    g_autofree guint *owners = cell_owners(grid);
    for (guint i = 0; i < ink->glyphs->len; i++) {
        const Glyph *glyph = ink_glyph(ink, i);
        if (taken[i])
            continue;
        guint column = edges_find(grid->xs, (glyph->box.x0 + glyph->box.x1) / 2);
        guint row = edges_find(grid->ys, (glyph->box.y0 + glyph->box.y1) / 2);
        if (column == DOCUMENT_NONE || row == DOCUMENT_NONE)
            continue;
        Placed one = {owners[row * grid_columns(grid) + column], i};
        g_array_append_val(placed, one);
    }
    keep_figures_whole(placed, ink);
    return placed_sorted(placed, grid->cells->len);
}

/* How many cells of each row have text, those that reach into it too. */
static guint *filled_cells(const Grid *grid, const GArray *placed) {
    guint *filled = g_new0(guint, grid_rows(grid));
    for (guint i = 0; i < placed->len; i++) {
        guint index = g_array_index(placed, Placed, i).cell;
        if (i > 0 && index == g_array_index(placed, Placed, i - 1).cell)
            continue;
        const Cell *cell = &g_array_index(grid->cells, Cell, index);
        for (guint row = cell->row; row < cell->row + cell->row_span; row++)
            filled[row]++;
    }
    return filled;
}

/* The last part of a form may have one wide column only. */
static gboolean goes_on(const Tables *tables, const Grid *grid, guint page) {
    if (tables->tables->len == 0)
        return FALSE;
    const PageTable *last = tables_table(tables, tables->tables->len - 1);
    return last->page + 1 == page && ABS(last->box.x0 - grid->box.x0) < EDGE_SLACK &&
           ABS(last->box.x1 - grid->box.x1) < EDGE_SLACK;
}

/* The panels of a chart have rows of gridlines between their titles, or above all text. */
static gboolean is_chart(const Grid *grid, const GArray *placed) {
    g_autofree guint *filled = filled_cells(grid, placed);
    guint gaps = 0, blank = 0, all = 0, rows = grid_rows(grid);
    for (guint row = 0; row < rows; row++) {
        gaps += filled[row] > 0 && blank >= PANEL_ROWS_MIN && all > 0 ? 1 : 0;
        blank = filled[row] > 0 ? 0 : blank + 1;
        all += filled[row] > 0 ? 1 : 0;
    }
    return rows > PANEL_ROWS_MIN && grid_columns(grid) > 1 &&
           (gaps >= 2 || (filled[0] == 0 && 2 * all <= rows));
}

static gboolean is_table(const Tables *tables, const Grid *grid, const GArray *placed, guint page) {
    gboolean part = placed->len > 0 && goes_on(tables, grid, page);
    if (part || grid_columns(grid) < 2)
        return part;
    g_autofree guint *filled = filled_cells(grid, placed);
    guint most = 0;
    for (guint row = 0; row < grid_rows(grid); row++)
        most = MAX(most, filled[row]);
    return most >= (grid_rows(grid) == 1 ? FILLED_CELLS_ONE_ROW_MIN : FILLED_CELLS_MIN);
}

static void fill_cells(Tables *tables, const Ink *ink, GArray *cells, const GArray *placed) {
    g_autoptr(GArray) glyphs = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0, at = 0; i < cells->len; i++) {
        Cell *cell = &g_array_index(cells, Cell, i);
        cell->page = ink->number;
        cell->lines.first = tables->lines->drafts->len;
        g_array_set_size(glyphs, 0);
        for (; at < placed->len && g_array_index(placed, Placed, at).cell == i; at++)
            g_array_append_val(glyphs, g_array_index(placed, Placed, at).glyph);
        if (glyphs->len > 0)
            lines_find_in_cell(tables->lines, ink, (const guint *)(void *)glyphs->data,
                               glyphs->len);
        cell->lines.count = tables->lines->drafts->len - cell->lines.first;
    }
}

typedef struct {
    GArray *settled;      /* Rectangle: tables, and grids whose text tells more than their rules */
    GArray *drawings;     /* Rectangle */
    const GArray *across; /* Rule: horizontal rules, joined */
} Places;

/* Adds the grid's text by its own rows where only the columns are ruled. */
static gboolean add_open_grid(Tables *tables, const Ink *ink, const Grid *grid,
                              const GArray *placed, const GArray *across) {
    g_autoptr(Rows) rows = NULL;
    g_autoptr(Alignment) alignment = open_grid_alignment(grid, ink, placed, &rows);
    if (alignment == NULL)
        return FALSE;
    g_autoptr(AlignedTable) table =
        aligned_table_new(rows, (const Row *)(void *)rows->rows->data, alignment, across);
    tables_add_aligned(tables, rows, alignment, table);
    return TRUE;
}

static void add_grid(Tables *tables, const Ink *ink, Grid *grid, guint8 *taken, Places *places) {
    g_autoptr(GArray) placed = place_glyphs(grid, ink, taken);
    if (!goes_on(tables, grid, ink->number) && is_chart(grid, placed)) {
        if (placed->len > 0)
            g_array_append_val(places->drawings, grid->box);
        return;
    }
    if (!is_table(tables, grid, placed, ink->number))
        return;
    g_array_append_val(places->settled, grid->box);
    if (open_grid_is_better_aligned(grid, ink, placed))
        return;
    if (add_open_grid(tables, ink, grid, placed, places->across)) {
        for (guint i = 0; i < placed->len; i++)
            taken[g_array_index(placed, Placed, i).glyph] = 1;
        return;
    }
    if (open_cells_split(grid, ink, placed)) {
        g_array_unref(g_steal_pointer(&placed));
        placed = place_glyphs(grid, ink, taken);
    }
    for (guint i = 0; i < placed->len; i++)
        taken[g_array_index(placed, Placed, i).glyph] = 1;
    PageTable table = {.page = ink->number,
                       .last_page = ink->number,
                       .box = grid->box,
                       .rows = grid_rows(grid),
                       .columns = grid_columns(grid),
                       .ruled = TRUE,
                       .xs = g_array_ref(grid->xs),
                       .cells = g_array_ref(grid->cells)};
    fill_cells(tables, ink, table.cells, placed);
    g_array_append_val(tables->tables, table);
}

static gboolean is_settled(const GArray *settled, float x, float y) {
    for (guint i = 0; i < settled->len; i++) {
        const Rectangle *box = &g_array_index(settled, Rectangle, i);
        if (x >= box->x0 && x <= box->x1 && y >= box->y0 && y <= box->y1)
            return TRUE;
    }
    return FALSE;
}

/* Rules and areas outside of what is settled: cells that are only shaded. */
static GArray *shade_rules(const GArray *settled, const Ink *ink) {
    g_autoptr(GArray) areas = g_array_new(FALSE, FALSE, sizeof(Rectangle));
    for (guint i = 0; i < ink->areas->len; i++) {
        const Rectangle *area = &g_array_index(ink->areas, Rectangle, i);
        if (!is_settled(settled, (area->x0 + area->x1) / 2, (area->y0 + area->y1) / 2) &&
            area->y1 - area->y0 < ink->height * BACKGROUND_PART)
            g_array_append_vals(areas, area, 1);
    }
    GArray *rules = rules_from_areas(areas);
    for (guint i = 0; i < ink->rules->len && areas->len > 0; i++) {
        const Rule *rule = ink_rule(ink, i);
        float along = (rule->start + rule->end) / 2;
        if (!is_settled(settled, rule->vertical ? rule->at : along,
                        rule->vertical ? along : rule->at))
            g_array_append_vals(rules, rule, 1);
    }
    return rules;
}

/* The page's rules, and inside the grids that they form the lines between shaded cells. */
static GArray *drawn_rules(const Ink *ink, gboolean *limited) {
    GArray *rules = g_array_copy(ink->rules);
    g_autoptr(GArray) between = rules_between_areas(ink->areas);
    if (between->len == 0)
        return rules;
    g_autoptr(GPtrArray) grids = grids_find(ink->rules, limited);
    for (guint i = 0; i < between->len; i++) {
        const Rule *rule = &g_array_index(between, Rule, i);
        for (guint j = 0; j < grids->len; j++) {
            Rectangle box = ((const Grid *)grids->pdata[j])->box;
            if (rule->at > box.x0 && rule->at < box.x1 && rule->start >= box.y0 - EDGE_SLACK &&
                rule->end <= box.y1 + EDGE_SLACK) {
                g_array_append_vals(rules, rule, 1);
                break;
            }
        }
    }
    return rules;
}

/* Shaded rows without columns are stripes of a table, and so is one shaded row alone, and the head
 * of a table that has stripes. */
static gboolean is_stripe(const GPtrArray *shades, guint i) {
    const Grid *grid = shades->pdata[i];
    if (grid_rows(grid) == 1 || grid_columns(grid) == 1)
        return TRUE;
    for (guint j = i + 1; j < shades->len; j++) {
        const Grid *other = shades->pdata[j];
        if (other->box.y0 - grid->box.y1 > STRIPE_DISTANCE)
            return FALSE; /* sorted: the others begin lower */
        if (grid_rows(other) == 1 && ABS(other->box.x0 - grid->box.x0) < EDGE_SLACK &&
            ABS(other->box.x1 - grid->box.x1) < EDGE_SLACK)
            return TRUE;
    }
    return FALSE;
}

GArray *tables_find(Tables *tables, const Ink *ink, guint8 *taken, GArray *notices) {
    gboolean limited = FALSE;
    g_autoptr(GArray) settled = g_array_new(FALSE, FALSE, sizeof(Rectangle));
    g_autoptr(GArray) across = rules_join(ink->rules, FALSE);
    Places places = {settled, g_array_new(FALSE, FALSE, sizeof(Rectangle)), across};
    g_autoptr(GArray) drawn = drawn_rules(ink, &limited);
    g_autoptr(GPtrArray) grids = grids_find(drawn, &limited);
    for (guint i = 0; i < grids->len; i++)
        add_grid(tables, ink, grids->pdata[i], taken, &places);
    g_array_append_vals(settled, places.drawings->data, places.drawings->len);
    g_autoptr(GArray) shaded = shade_rules(settled, ink);
    g_autoptr(GPtrArray) shades = grids_find(shaded, &limited);
    for (guint i = 0; i < shades->len; i++)
        if (!is_stripe(shades, i))
            add_grid(tables, ink, shades->pdata[i], taken, &places);
    if (limited) {
        Notice notice = {NOTICE_LIMIT, ink->number, 1, g_strdup("table")};
        g_array_append_val(notices, notice);
    }
    return places.drawings;
}

static void fill_aligned(Tables *tables, const Rows *rows, const AlignedCell *from, Cell *cell) {
    g_autoptr(GArray) glyphs = g_array_new(FALSE, FALSE, sizeof(guint));
    cell->page = rows->ink->number;
    cell->lines.first = tables->lines->drafts->len;
    for (guint i = 0; from->words != NULL && i < from->words->len; i++) {
        const Word *word = &g_array_index(rows->words, Word, g_array_index(from->words, guint, i));
        g_array_append_vals(glyphs, &rows->order[word->first], word->count);
    }
    if (glyphs->len > 0)
        lines_find_in_cell(tables->lines, rows->ink, (const guint *)(void *)glyphs->data,
                           glyphs->len);
    cell->lines.count = tables->lines->drafts->len - cell->lines.first;
}

guint tables_add_aligned(Tables *tables, const Rows *rows, const Alignment *alignment,
                         const AlignedTable *aligned) {
    PageTable table = {.page = rows->ink->number,
                       .last_page = rows->ink->number,
                       .box = alignment->box,
                       .rows = aligned->rows,
                       .columns = aligned->columns,
                       .header_rows = aligned->header_rows,
                       .xs = g_array_copy(aligned->xs),
                       .cells = g_array_new(FALSE, FALSE, sizeof(Cell))};
    for (guint i = 0; i < aligned->cells->len; i++) {
        const AlignedCell *from = &g_array_index(aligned->cells, AlignedCell, i);
        Cell cell = from->cell;
        fill_aligned(tables, rows, from, &cell);
        g_array_append_val(table.cells, cell);
    }
    g_array_append_val(tables->tables, table);
    return tables->tables->len - 1;
}
