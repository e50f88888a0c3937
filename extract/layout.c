/* From rows to lines in reading order.
 *
 *   tables     rows that share gutters, with figures in them    one row in their place
 *   zones      rows in a row with a gutter at one place: read the left side first, then the right
 *   lines      the rows of a column, top to bottom
 *
 * Ruled tables are taken out of the page before, and tables are looked for again inside each
 * column. One pass over the rows for each; the columns of columns have a limit of depth, and the
 * search for columns one of work, which grows as the page does.
 */
#include "extract/layout.h"
#include "extract/align.h"
#include "extract/frames.h"
#include "extract/grid.h"

/* A gap wider than this may be a gutter between columns. */
static const float GUTTER_EM = 1.6F;
/* A gutter needs this many rows with text on both sides … */
enum { GUTTER_ROWS_MIN = 4, COLUMNS_DEPTH_MAX = 6 };
/* … and columns at least this wide, or it is a gap inside a form line. */
static const float COLUMN_WIDTH_EM = 8.0F;
/* Words looked at for each row of a page, and for so many more; beyond them no more zones are
 * looked for. */
enum { ROW_WORK = 1000, ROWS_FREE = 200 };

/* A shaded row is no higher, as a part of the page. */
static const float STRIPE_PART = 0.3F;

typedef struct {
    Rows *rows;
    Lines *lines;
    Tables *tables;
    GArray *across;   /* Rule: horizontal rules, joined */
    GArray *drawings; /* Rectangle */
    guint columns;
    guint64 work, work_max; /* words looked at for zones */
    gboolean limited;
} Reading;

/* The part of `gutter` that stays free in this row; an empty gap where text crosses it. */
static Gap gap_in_row(const Reading *reading, const Row *row, Gap gutter, float least) {
    Gap best = {0, 0};
    float from = -G_MAXFLOAT;
    for (guint i = 0; i <= row->count; i++) {
        float to = i < row->count ? row_word(reading->rows, row, i)->x0 : G_MAXFLOAT;
        Gap gap = {MAX(from, gutter.x0), MIN(to, gutter.x1)};
        if (gap.x1 - gap.x0 > MAX(best.x1 - best.x0, least))
            best = gap;
        if (i < row->count)
            from = MAX(from, row_word(reading->rows, row, i)->x1);
    }
    return best;
}

/* A run of rows that share a gutter, from `rows[0]` on. Gives how many rows; 0 where none. */
static guint zone_length(Reading *reading, const Row *rows, guint n, Gap *gutter) {
    guint both = 0, last_both = 0;
    float left = G_MAXFLOAT, right = -G_MAXFLOAT;
    Gap shared = {-G_MAXFLOAT, G_MAXFLOAT};
    for (guint i = 0; i < n; i++) {
        float least = rows[i].em * GUTTER_EM;
        reading->work += rows[i].count + 1;
        Gap inner = {MAX(shared.x0, rows[i].x0), MIN(shared.x1, rows[i].x1)};
        Gap gap = gap_in_row(reading, &rows[i], inner, least);
        if (gap.x1 <= gap.x0) {
            /* The row may lie on one side of the gutter, or it ends the zone. */
            gap = gap_in_row(reading, &rows[i], shared, least);
            if (gap.x1 <= gap.x0 || both == 0)
                break;
        } else {
            both++;
            last_both = i + 1;
            left = MIN(left, rows[i].x0);
            right = MAX(right, rows[i].x1);
        }
        shared = gap;
    }
    if (both < GUTTER_ROWS_MIN)
        return 0;
    float em = rows[0].em;
    if (shared.x0 - left < em * COLUMN_WIDTH_EM || right - shared.x1 < em * COLUMN_WIDTH_EM)
        return 0;
    *gutter = shared;
    /* Rows on one side only, after the last with both, belong to the longer column. */
    for (; last_both < n; last_both++) {
        const Row *row = &rows[last_both];
        gboolean one_side = row->x1 <= shared.x0 || row->x0 >= shared.x1;
        if (!one_side || row->centre - rows[last_both - 1].centre > 3 * em)
            break;
    }
    return last_both;
}

static void append_column(Reading *reading, const Row *rows, guint n) {
    float left = G_MAXFLOAT, right = -G_MAXFLOAT;
    for (guint i = 0; i < n; i++) {
        if (row_word(reading->rows, &rows[i], 0)->table != DOCUMENT_NONE)
            continue;
        left = MIN(left, rows[i].x0);
        right = MAX(right, rows[i].x1);
    }
    LineColumn column = {left, right, reading->columns++};
    for (guint i = 0; i < n; i++)
        lines_add_row(reading->lines, reading->rows, &rows[i], &column);
}

/* The words of `row` on one side of the gutter, as a row of their own. */
static gboolean row_side(const Reading *reading, const Row *row, float gutter, gboolean right,
                         Row *side) {
    *side = (Row){.x0 = G_MAXFLOAT, .x1 = -G_MAXFLOAT, .centre = row->centre};
    for (guint i = 0; i < row->count; i++) {
        const Word *word = row_word(reading->rows, row, i);
        if ((word->x0 >= gutter) != right)
            continue;
        if (side->count++ == 0)
            side->first = row->first + i;
        side->x0 = MIN(side->x0, word->x0);
        side->x1 = MAX(side->x1, word->x1);
        side->em = MAX(side->em, word->em);
    }
    return side->count > 0;
}

static void read_rows(Reading *reading, const Row *rows, guint n, guint depth);

static void read_zone(Reading *reading, const Row *rows, guint n, Gap gutter, guint depth) {
    float middle = (gutter.x0 + gutter.x1) / 2;
    for (int right = 0; right <= 1; right++) {
        g_autoptr(GArray) side = g_array_sized_new(FALSE, FALSE, sizeof(Row), n);
        for (guint i = 0; i < n; i++) {
            Row row;
            if (row_side(reading, &rows[i], middle, right, &row))
                g_array_append_val(side, row);
        }
        read_rows(reading, (const Row *)(void *)side->data, side->len, depth + 1);
    }
}

/* The table becomes one of the page's; a row in its place. */
static Row add_alignment(Reading *reading, const Row *from, const Alignment *alignment) {
    g_autoptr(AlignedTable) table =
        aligned_table_new(reading->rows, from, alignment, reading->across);
    Rectangle box = alignment->box;
    Word word = {.x0 = box.x0,
                 .x1 = box.x1,
                 .centre = box.y0,
                 .bottom = box.y1,
                 .em = from[alignment->first].em,
                 .table = tables_add_aligned(reading->tables, reading->rows, alignment, table)};
    g_array_append_val(reading->rows->words, word);
    return (Row){.first = reading->rows->words->len - 1,
                 .count = 1,
                 .x0 = box.x0,
                 .x1 = box.x1,
                 .centre = box.y0,
                 .em = word.em};
}

/* Appends the rows with a single one in the place of each of the tables. */
static void append_without(Reading *reading, const Row *rows, guint n, const GPtrArray *tables,
                           GArray *left) {
    guint at = 0;
    for (guint i = 0; i < tables->len; i++) {
        const Alignment *alignment = tables->pdata[i];
        g_array_append_vals(left, rows + at, alignment->first - at);
        Row row = add_alignment(reading, rows, alignment);
        g_array_append_val(left, row);
        at = alignment->first + alignment->count;
    }
    g_array_append_vals(left, rows + at, n - at);
}

/* The rows with a single one in the place of each table that rules across or alignment show. */
static GArray *without_tables(Reading *reading, const Row *rows, guint n) {
    g_autoptr(GPtrArray) framed = frames_find(reading->rows, rows, n, reading->across);
    g_autoptr(GArray) others = g_array_sized_new(FALSE, FALSE, sizeof(Row), n);
    append_without(reading, rows, n, framed, others);
    const Row *from = (const Row *)(void *)others->data;
    g_autoptr(GPtrArray) aligned =
        alignments_find(reading->rows, from, others->len, reading->drawings, &reading->limited);
    GArray *left = g_array_sized_new(FALSE, FALSE, sizeof(Row), n);
    append_without(reading, from, others->len, aligned, left);
    return left;
}

static void read_rows(Reading *reading, const Row *all, guint count, guint depth) {
    g_autoptr(GArray) left = without_tables(reading, all, count);
    const Row *rows = (const Row *)(void *)left->data;
    guint n = left->len;
    guint plain = 0; /* where the rows that are not in a zone begin */
    for (guint i = 0; i < n && depth < COLUMNS_DEPTH_MAX;) {
        if (reading->work > reading->work_max) {
            reading->limited = TRUE;
            break;
        }
        Gap gutter = {0, 0};
        guint length = zone_length(reading, rows + i, n - i, &gutter);
        if (length == 0) {
            i++;
            continue;
        }
        append_column(reading, rows + plain, i - plain);
        read_zone(reading, rows + i, length, gutter, depth);
        i += length;
        plain = i;
    }
    if (plain < n)
        append_column(reading, rows + plain, n - plain);
}

/* The page's horizontal rules, joined, and the edges of shaded rows. */
static GArray *rules_across(const Ink *ink) {
    g_autoptr(GArray) areas = g_array_new(FALSE, FALSE, sizeof(Rectangle));
    for (guint i = 0; i < ink->areas->len; i++) {
        const Rectangle *area = &g_array_index(ink->areas, Rectangle, i);
        if (area->y1 - area->y0 < ink->height * STRIPE_PART)
            g_array_append_vals(areas, area, 1);
    }
    if (areas->len == 0)
        return rules_join(ink->rules, FALSE);
    g_autoptr(GArray) rules = rules_from_areas(areas);
    g_array_append_vals(rules, ink->rules->data, ink->rules->len);
    return rules_join(rules, FALSE);
}

void layout_page(Lines *lines, Tables *tables, const Ink *ink, GArray *notices) {
    g_autofree guint8 *taken = g_malloc0(ink->glyphs->len + 1);
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(TablePlace));
    g_autofree guint *order = g_new(guint, ink->glyphs->len + 1);
    guint n = 0;
    guint first = tables->tables->len;
    for (guint i = 0; i < ink->glyphs->len; i++)
        taken[i] = ink_glyph(ink, i)->watermark ? 1 : 0;
    g_autoptr(GArray) drawings = tables_find(tables, ink, taken, notices);
    for (guint i = first; i < tables->tables->len; i++) {
        TablePlace place = {tables_table(tables, i)->box, i};
        g_array_append_val(places, place);
    }
    for (guint i = 0; i < ink->glyphs->len; i++)
        if (!taken[i])
            order[n++] = i;
    g_autoptr(Rows) rows = rows_find(ink, order, n, places);
    g_autoptr(GArray) across = rules_across(ink);
    Reading reading = {.rows = rows,
                       .lines = lines,
                       .tables = tables,
                       .across = across,
                       .drawings = drawings,
                       .work_max = ((guint64)rows->rows->len + ROWS_FREE) * ROW_WORK};
    g_autoptr(GArray) all = g_array_copy(rows->rows);
    read_rows(&reading, (const Row *)(void *)all->data, all->len, 0);
    if (reading.limited) {
        Notice notice = {NOTICE_LIMIT, ink->number, 1, g_strdup("layout")};
        g_array_append_val(notices, notice);
    }
    lines_add_watermarks(lines, ink);
    for (guint i = 0; i < ink->fields->len; i++)
        lines_add_field(lines, ink, &g_array_index(ink->fields, Field, i));
}
