/* From ruling lines to cells, in small steps.
 *
 *   snap       lines at nearly one height get one height      ══ ──▶ ──
 *   join       pieces of one line become one                  ── ── ──▶ ─────
 *   intersect  lines that touch are one component             union and find
 *   edges      a component's distinct heights and places      ys, xs
 *   cover      which edges of which unit squares are drawn
 *   cells      squares without a line between them are one    spans
 *
 * Sorting, binary search and passes over what is sorted; what could be quadratic (lines against
 * lines, rows by columns) has a limit.
 */
#include "extract/grid.h"
#include <math.h>

static const float SNAP = 2.0F;      /* lines this near are one line: double rules, cell borders */
static const float JOIN = 3.0F;      /* pieces of a line may be this far apart */
static const float SHORTEST = 4.0F;  /* shorter lines after joining border nothing */
static const float TOUCH = 3.0F;     /* lines meet when they miss by this much */
static const float SLIVER = 4.5F;    /* edges nearer than this border nothing that could be read */
static const float OPEN_SIDE = 8.0F; /* lines that reach this far past the last edge: open side */
static const float COVERED = 0.6F;   /* of an edge that must be drawn */

/* A shared edge is looked for among this many neighbours: a page of equal areas stays linear. */
enum { SHARED_LOOK_MAX = 200 };

void grid_free(Grid *grid) {
    if (grid == NULL)
        return;
    g_array_unref(grid->xs);
    g_array_unref(grid->ys);
    g_array_unref(grid->cells);
    g_free(grid);
}

static int compare_float(float a, float b) { return (a > b) - (a < b); }

static int compare_at(gconstpointer a, gconstpointer b) {
    const Rule *p = a, *q = b;
    int order = compare_float(p->at, q->at);
    return order != 0 ? order : compare_float(p->start, q->start);
}

static int compare_start(gconstpointer a, gconstpointer b) {
    return compare_float(((const Rule *)a)->start, ((const Rule *)b)->start);
}

/* Joins the pieces of `n` rules at one height, sorted by their starts. */
static void join_pieces(const Rule *rules, guint n, float at, GArray *joined) {
    for (guint i = 0; i < n;) {
        Rule rule = rules[i];
        rule.at = at;
        for (i++; i < n && rules[i].start <= rule.end + JOIN; i++) {
            rule.end = MAX(rule.end, rules[i].end);
            rule.width = MAX(rule.width, rules[i].width);
        }
        if (rule.end - rule.start >= SHORTEST)
            g_array_append_val(joined, rule);
    }
}

GArray *rules_join(const GArray *rules, gboolean vertical) {
    g_autoptr(GArray) sorted = g_array_new(FALSE, FALSE, sizeof(Rule));
    GArray *joined = g_array_new(FALSE, FALSE, sizeof(Rule));
    for (guint i = 0; i < rules->len; i++) {
        const Rule *rule = &g_array_index(rules, Rule, i);
        if (rule->vertical == vertical)
            g_array_append_vals(sorted, rule, 1);
    }
    g_array_sort(sorted, compare_at);
    for (guint i = 0; i < sorted->len;) {
        Rule *first = &g_array_index(sorted, Rule, i);
        float length = 0, sum = 0, start = first->at;
        guint n = 0;
        for (; i + n < sorted->len && first[n].at - start <= SNAP; n++) {
            length += first[n].end - first[n].start;
            sum += first[n].at * (first[n].end - first[n].start);
        }
        qsort(first, n, sizeof(Rule), compare_start);
        join_pieces(first, n, length > 0 ? sum / length : start, joined);
        i += n;
    }
    return joined;
}

/* An edge of an area: `start`…`end` along; the area lies before it or behind it. */
typedef struct {
    Rule rule;
    gboolean before;
} AreaEdge;

static int compare_edges(gconstpointer a, gconstpointer b) {
    return compare_at(&((const AreaEdge *)a)->rule, &((const AreaEdge *)b)->rule);
}

static GArray *area_edges(const GArray *areas, gboolean vertical) {
    GArray *edges = g_array_new(FALSE, FALSE, sizeof(AreaEdge));
    for (guint i = 0; i < areas->len; i++) {
        const Rectangle *area = &g_array_index(areas, Rectangle, i);
        AreaEdge edge = {.rule = {.vertical = vertical,
                                  .at = vertical ? area->x0 : area->y0,
                                  .start = vertical ? area->y0 : area->x0,
                                  .end = vertical ? area->y1 : area->x1}};
        g_array_append_val(edges, edge);
        edge.rule.at = vertical ? area->x1 : area->y1;
        edge.before = TRUE;
        g_array_append_val(edges, edge);
    }
    g_array_sort(edges, compare_edges);
    return edges;
}

/* Where an area ends at this edge and another begins near it. */
static void add_shared(const GArray *edges, guint i, GArray *rules) {
    const AreaEdge *edge = &g_array_index(edges, AreaEdge, i);
    for (guint j = i + 1; j < edges->len && j < i + SHARED_LOOK_MAX; j++) {
        const AreaEdge *other = &g_array_index(edges, AreaEdge, j);
        if (other->rule.at - edge->rule.at > SNAP)
            return;
        Rule rule = edge->rule;
        rule.at = (rule.at + other->rule.at) / 2;
        rule.start = MAX(rule.start, other->rule.start);
        rule.end = MIN(rule.end, other->rule.end);
        if (edge->before != other->before && rule.end > rule.start)
            g_array_append_val(rules, rule);
    }
}

GArray *rules_from_areas(const GArray *areas) {
    GArray *rules = g_array_new(FALSE, FALSE, sizeof(Rule));
    for (int vertical = 0; vertical <= 1; vertical++) {
        g_autoptr(GArray) edges = area_edges(areas, vertical);
        for (guint i = 0; i < edges->len; i++)
            g_array_append_val(rules, g_array_index(edges, AreaEdge, i).rule);
    }
    return rules;
}

GArray *rules_between_areas(const GArray *areas) {
    GArray *rules = g_array_new(FALSE, FALSE, sizeof(Rule));
    g_autoptr(GArray) edges = area_edges(areas, TRUE);
    for (guint i = 0; i < edges->len; i++)
        add_shared(edges, i, rules);
    return rules;
}

/* Union and find over the rules of both directions, horizontal ones first. */
static guint set_find(guint *parents, guint i) {
    while (parents[i] != i) {
        parents[i] = parents[parents[i]];
        i = parents[i];
    }
    return i;
}

guint rules_first_from(const GArray *rules, float at) {
    guint low = 0, high = rules->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(rules, Rule, middle).at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void find_components(const GArray *across, const GArray *down, guint *parents) {
    for (guint i = 0; i < across->len + down->len; i++)
        parents[i] = i;
    for (guint i = 0; i < across->len; i++) {
        const Rule *rule = &g_array_index(across, Rule, i);
        for (guint j = rules_first_from(down, rule->start - TOUCH); j < down->len; j++) {
            const Rule *other = &g_array_index(down, Rule, j);
            if (other->at > rule->end + TOUCH)
                break;
            if (rule->at >= other->start - TOUCH && rule->at <= other->end + TOUCH)
                parents[set_find(parents, i)] = set_find(parents, across->len + j);
        }
    }
}

static int compare_floats(gconstpointer a, gconstpointer b) {
    return compare_float(*(const float *)a, *(const float *)b);
}

/* Sorted and without slivers: edges too near become one in their middle. */
static GArray *edges_from(GArray *places) {
    GArray *edges = g_array_new(FALSE, FALSE, sizeof(float));
    g_array_sort(places, compare_floats);
    for (guint i = 0; i < places->len;) {
        float first = g_array_index(places, float, i), last = first;
        for (i++; i < places->len && g_array_index(places, float, i) - first < SLIVER; i++)
            last = g_array_index(places, float, i);
        float edge = (first + last) / 2;
        g_array_append_val(edges, edge);
    }
    return edges;
}

guint edges_find(const GArray *edges, float at) {
    guint low = 0, high = edges->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(edges, float, middle) <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 || low == edges->len ? DOCUMENT_NONE : low - 1;
}

static guint edge_nearest(const GArray *edges, float at) {
    guint below = edges_find(edges, at);
    if (below == DOCUMENT_NONE)
        return at <= g_array_index(edges, float, 0) ? 0 : edges->len - 1;
    float low = g_array_index(edges, float, below), high = g_array_index(edges, float, below + 1);
    return at - low <= high - at ? below : below + 1;
}

/* A side without a line: two or more lines reach past the last edge to one place. */
static void close_sides(GArray *crossing, GArray *places) {
    if (crossing->len < 2)
        return;
    float low = G_MAXFLOAT, high = -G_MAXFLOAT, start = G_MAXFLOAT, end = -G_MAXFLOAT;
    guint starts = 0, ends = 0;
    for (guint i = 0; i < places->len; i++) {
        low = MIN(low, g_array_index(places, float, i));
        high = MAX(high, g_array_index(places, float, i));
    }
    for (guint i = 0; i < crossing->len; i++) {
        const Rule *rule = &g_array_index(crossing, Rule, i);
        starts += rule->start < low - OPEN_SIDE ? 1 : 0;
        ends += rule->end > high + OPEN_SIDE ? 1 : 0;
        start = MIN(start, rule->start);
        end = MAX(end, rule->end);
    }
    if (starts >= 2)
        g_array_append_val(places, start);
    if (ends >= 2)
        g_array_append_val(places, end);
}

/* Marks in `drawn` (edges by units) which unit pieces of each edge have a line. */
static void cover_edges(const GArray *rules, const GArray *edges, const GArray *units,
                        guint8 *drawn) {
    guint n = units->len - 1;
    for (guint i = 0; i < rules->len; i++) {
        const Rule *rule = &g_array_index(rules, Rule, i);
        guint edge = edge_nearest(edges, rule->at);
        guint unit = edges_find(units, rule->start);
        for (unit = unit == DOCUMENT_NONE ? 0 : unit; unit < n; unit++) {
            float from = g_array_index(units, float, unit);
            float to = g_array_index(units, float, unit + 1);
            if (from >= rule->end)
                break;
            if (MIN(to, rule->end) - MAX(from, rule->start) >= COVERED * (to - from))
                drawn[edge * n + unit] = 1;
        }
    }
}

typedef struct {
    guint rows, columns;
    guint8 *across; /* (rows + 1) × columns: lines above and below */
    guint8 *down;   /* (columns + 1) × rows: lines left and right */
    guint8 *taken;  /* rows × columns */
} Cover;

static gboolean row_is_open(const Cover *cover, guint row, guint first, guint end) {
    for (guint column = first; column < end; column++) {
        if (cover->taken[row * cover->columns + column] ||
            cover->across[row * cover->columns + column])
            return FALSE;
        if (column + 1 < end && cover->down[(column + 1) * cover->rows + row])
            return FALSE;
    }
    return TRUE;
}

/* The cell whose top left square is this one: to the right while no line parts it, then down. */
static Cell cell_at(Cover *cover, guint row, guint column) {
    guint right = column + 1, bottom = row + 1;
    while (right < cover->columns && !cover->down[right * cover->rows + row] &&
           !cover->taken[row * cover->columns + right])
        right++;
    while (bottom < cover->rows && row_is_open(cover, bottom, column, right))
        bottom++;
    for (guint r = row; r < bottom; r++)
        for (guint c = column; c < right; c++)
            cover->taken[r * cover->columns + c] = 1;
    return (Cell){
        .row = row, .column = column, .row_span = bottom - row, .column_span = right - column};
}

static void find_cells(Grid *grid, Cover *cover) {
    for (guint row = 0; row < cover->rows; row++)
        for (guint column = 0; column < cover->columns; column++) {
            if (cover->taken[row * cover->columns + column])
                continue;
            Cell cell = cell_at(cover, row, column);
            cell.box = (Rectangle){g_array_index(grid->xs, float, column),
                                   g_array_index(grid->ys, float, row),
                                   g_array_index(grid->xs, float, column + cell.column_span),
                                   g_array_index(grid->ys, float, row + cell.row_span)};
            g_array_append_val(grid->cells, cell);
        }
}

static GArray *places_of(const GArray *rules) {
    GArray *places = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint i = 0; i < rules->len; i++)
        g_array_append_val(places, g_array_index(rules, Rule, i).at);
    return places;
}

/* The grid of one component; NULL where it encloses no cells or too many. */
static Grid *grid_from(GArray *across, GArray *down, gboolean *limited) {
    g_autoptr(GArray) across_places = places_of(across);
    g_autoptr(GArray) down_places = places_of(down);
    close_sides(across, down_places);
    close_sides(down, across_places);
    g_autoptr(Grid) grid = g_new0(Grid, 1);
    grid->ys = edges_from(across_places);
    grid->xs = edges_from(down_places);
    grid->cells = g_array_new(FALSE, FALSE, sizeof(Cell));
    if (grid->xs->len < 2 || grid->ys->len < 2)
        return NULL;
    guint rows = grid_rows(grid), columns = grid_columns(grid);
    if ((guint64)rows * columns > GRID_CELLS_MAX) {
        *limited = TRUE;
        return NULL;
    }
    g_autofree guint8 *above = g_malloc0((gsize)(rows + 1) * columns);
    g_autofree guint8 *left = g_malloc0((gsize)(columns + 1) * rows);
    g_autofree guint8 *taken = g_malloc0((gsize)rows * columns);
    Cover cover = {rows, columns, above, left, taken};
    cover_edges(across, grid->ys, grid->xs, above);
    cover_edges(down, grid->xs, grid->ys, left);
    find_cells(grid, &cover);
    grid->box =
        (Rectangle){g_array_index(grid->xs, float, 0), g_array_index(grid->ys, float, 0),
                    g_array_index(grid->xs, float, columns), g_array_index(grid->ys, float, rows)};
    return g_steal_pointer(&grid);
}

/* Whether `inner` lies in a cell of `outer`; a frame around text has no columns. */
static gboolean is_inside_cell(const Grid *inner, const Grid *outer) {
    if (inner == outer || grid_columns(outer) < 2)
        return FALSE;
    float x = (inner->box.x0 + inner->box.x1) / 2, y = (inner->box.y0 + inner->box.y1) / 2;
    return inner->box.x0 >= outer->box.x0 - TOUCH && inner->box.x1 <= outer->box.x1 + TOUCH &&
           inner->box.y0 >= outer->box.y0 - TOUCH && inner->box.y1 <= outer->box.y1 + TOUCH &&
           edges_find(outer->xs, x) != DOCUMENT_NONE && edges_find(outer->ys, y) != DOCUMENT_NONE;
}

static int compare_grids(gconstpointer a, gconstpointer b) {
    const Grid *p = *(Grid *const *)a, *q = *(Grid *const *)b;
    int order = compare_float(p->box.y0, q->box.y0);
    return order != 0 ? order : compare_float(p->box.x0, q->box.x0);
}

/* Leaves out the grids inside a cell of another. */
static void drop_inner(GPtrArray *grids) {
    g_autofree gboolean *inner = g_new0(gboolean, grids->len + 1);
    for (guint i = 0; i < grids->len; i++)
        for (guint j = 0; j < grids->len && !inner[i]; j++) {
            const Grid *outer = grids->pdata[j];
            if (outer->box.y0 > ((const Grid *)grids->pdata[i])->box.y0 + TOUCH)
                break; /* sorted: the others begin lower */
            inner[i] = is_inside_cell(grids->pdata[i], outer);
        }
    for (guint i = grids->len; i > 0; i--)
        if (inner[i - 1])
            g_ptr_array_remove_index(grids, i - 1);
}

typedef struct {
    guint root;
    gboolean down;
    Rule rule;
} Member;

static int compare_members(gconstpointer a, gconstpointer b) {
    guint p = ((const Member *)a)->root, q = ((const Member *)b)->root;
    return (p > q) - (p < q);
}

static GArray *members_of(const GArray *across, const GArray *down) {
    guint n = across->len + down->len;
    g_autofree guint *parents = g_new(guint, n + 1);
    GArray *members = g_array_new(FALSE, FALSE, sizeof(Member));
    find_components(across, down, parents);
    for (guint i = 0; i < n; i++) {
        gboolean is_down = i >= across->len;
        Member member = {.root = set_find(parents, i),
                         .down = is_down,
                         .rule = is_down ? g_array_index(down, Rule, i - across->len)
                                         : g_array_index(across, Rule, i)};
        g_array_append_val(members, member);
    }
    g_array_sort(members, compare_members);
    return members;
}

GPtrArray *grids_find(const GArray *rules, gboolean *limited) {
    GPtrArray *grids = g_ptr_array_new_with_free_func((GDestroyNotify)grid_free);
    g_autoptr(GArray) across = rules_join(rules, FALSE);
    g_autoptr(GArray) down = rules_join(rules, TRUE);
    if (across->len > GRID_RULES_MAX || down->len > GRID_RULES_MAX) {
        *limited = TRUE;
        return grids;
    }
    g_autoptr(GArray) members = members_of(across, down);
    g_autoptr(GArray) one_across = g_array_new(FALSE, FALSE, sizeof(Rule));
    g_autoptr(GArray) one_down = g_array_new(FALSE, FALSE, sizeof(Rule));
    for (guint i = 0; i < members->len;) {
        guint root = g_array_index(members, Member, i).root;
        g_array_set_size(one_across, 0);
        g_array_set_size(one_down, 0);
        for (; i < members->len && g_array_index(members, Member, i).root == root; i++) {
            const Member *member = &g_array_index(members, Member, i);
            g_array_append_val(member->down ? one_down : one_across, member->rule);
        }
        Grid *grid = grid_from(one_across, one_down, limited);
        if (grid != NULL)
            g_ptr_array_add(grids, grid);
    }
    g_ptr_array_sort(grids, compare_grids);
    drop_inner(grids);
    return grids;
}
