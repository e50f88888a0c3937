/* Finding gutters.
 *
 *   农村饮水安全  加强农村饮水安全工程     1250.60
 *                 建设，提升供水水平                   pieces: words without a gap
 *   水库加固      三座水库                  386.00
 *               │                        │             no piece begins or ends between two edges,
 *                                                      an end on the left, a start on the right
 *
 * The ends and starts of all pieces are sorted; a gutter lies between two that follow each other,
 * where next to no piece covers it.
 */
#include "extract/columns.h"

static const float GUTTER_EM = 0.4F;  /* the least width; spaces between words are narrower */
static const float POPULATED = 0.15F; /* part of the rows in which a column has text */
enum {
    COVERED_PART = 6, /* one row of so many may cover a gutter */
    COLUMN_ROWS_MIN = 2,
};

typedef struct {
    float x0, x1;
    guint row;
} TextPiece;

typedef struct {
    float at;
    gboolean start;
} PieceEdge;

static GArray *find_pieces(const Rows *rows, const Row *from, guint n, float least) {
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(TextPiece));
    for (guint i = 0; i < n; i++)
        for (guint w = 0, open = FALSE; w < from[i].count; w++) {
            const Word *word = row_word(rows, &from[i], w);
            TextPiece *last = open ? &g_array_index(pieces, TextPiece, pieces->len - 1) : NULL;
            if (word_is_leader(rows, word)) {
                open = FALSE;
            } else if (last != NULL && word->x0 - last->x1 < least) {
                last->x1 = MAX(last->x1, word->x1);
            } else {
                TextPiece piece = {word->x0, word->x1, i};
                g_array_append_val(pieces, piece);
                open = TRUE;
            }
        }
    return pieces;
}

static int compare_edges(gconstpointer a, gconstpointer b) {
    const PieceEdge *p = a, *q = b;
    if (p->at != q->at)
        return p->at < q->at ? -1 : 1;
    return p->start - q->start;
}

static GArray *find_gutters(const GArray *pieces, guint covered_max, float least) {
    GArray *gutters = g_array_new(FALSE, FALSE, sizeof(Gap));
    g_autoptr(GArray) edges = g_array_sized_new(FALSE, FALSE, sizeof(PieceEdge), 2 * pieces->len);
    for (guint i = 0; i < pieces->len; i++) {
        const TextPiece *piece = &g_array_index(pieces, TextPiece, i);
        PieceEdge start = {piece->x0, TRUE}, end = {piece->x1, FALSE};
        g_array_append_val(edges, start);
        g_array_append_val(edges, end);
    }
    g_array_sort(edges, compare_edges);
    guint covered = 0;
    for (guint i = 0; i + 1 < edges->len; i++) {
        const PieceEdge *edge = &g_array_index(edges, PieceEdge, i);
        covered = edge->start ? covered + 1 : covered - 1;
        Gap gap = {edge->at, edge[1].at};
        if (!edge->start && edge[1].start && covered <= covered_max && gap.x1 - gap.x0 >= least)
            g_array_append_val(gutters, gap);
    }
    return gutters;
}

/* Texts of one column that are flush left here and flush right there leave a gap between them, too;
 * but then no row has text on both sides of it, and the others go over it. */
static gboolean is_witnessed(const GArray *pieces, const GArray *gutters, guint gutter) {
    Gap gap = g_array_index(gutters, Gap, gutter);
    float from = gutter == 0 ? -G_MAXFLOAT : g_array_index(gutters, Gap, gutter - 1).x0;
    float to = gutter + 1 == gutters->len ? G_MAXFLOAT : g_array_index(gutters, Gap, gutter + 1).x1;
    guint both = 0, over = 0, left = DOCUMENT_NONE;
    for (guint i = 0; i < pieces->len; i++) {
        const TextPiece *piece = &g_array_index(pieces, TextPiece, i);
        if (piece->x1 <= gap.x0 && piece->x0 >= from)
            left = piece->row;
        else if (piece->x0 >= gap.x1 && piece->x1 <= to)
            both += piece->row == left ? 1 : 0;
        else if (piece->x0 < gap.x0 && piece->x1 > gap.x1)
            over++;
    }
    return over == 0 || both > over;
}

static void drop_unwitnessed(GArray *gutters, const GArray *pieces) {
    for (guint i = gutters->len; i > 0; i--)
        if (!is_witnessed(pieces, gutters, i - 1))
            g_array_remove_index(gutters, i - 1);
}

/* How many rows have text between two gutters. */
static guint populated_rows(const GArray *pieces, float x0, float x1) {
    guint rows = 0, last = DOCUMENT_NONE;
    for (guint i = 0; i < pieces->len; i++) {
        const TextPiece *piece = &g_array_index(pieces, TextPiece, i);
        if (piece->row == last || piece->x0 < x0 || piece->x1 > x1)
            continue;
        rows++;
        last = piece->row;
    }
    return rows;
}

/* A column with next to nothing in it goes to its nearer neighbour; where `heads` has a text above
 * it, one with nothing. */
static void drop_sparse(GArray *gutters, const GArray *pieces, const GArray *heads, guint rows) {
    guint most = MAX(COLUMN_ROWS_MIN, (guint)((float)rows * POPULATED));
    for (guint i = 0; i <= gutters->len && gutters->len > 0; i++) {
        const Gap *gaps = &g_array_index(gutters, Gap, 0);
        float x0 = i == 0 ? -G_MAXFLOAT : gaps[i - 1].x0;
        float x1 = i == gutters->len ? G_MAXFLOAT : gaps[i].x1;
        guint least = populated_rows(heads, x0, x1) > 0 ? COLUMN_ROWS_MIN : most;
        if (populated_rows(pieces, x0, x1) >= least)
            continue;
        gboolean left = i == gutters->len ||
                        (i > 0 && gaps[i - 1].x1 - gaps[i - 1].x0 < gaps[i].x1 - gaps[i].x0);
        g_array_remove_index(gutters, left ? i - 1 : i);
        i = left && i > 0 ? i - 2 : i - 1; /* the joined column is looked at again */
    }
}

/* Whether the text of the column right of a gutter is flush on its right, as figures are. */
static gboolean is_flush_right(const GArray *pieces, const GArray *gutters, guint gutter) {
    float x0 = g_array_index(gutters, Gap, gutter).x0, x1 = G_MAXFLOAT;
    Gap starts = {G_MAXFLOAT, -G_MAXFLOAT}, ends = starts;
    if (gutter + 1 < gutters->len)
        x1 = g_array_index(gutters, Gap, gutter + 1).x1;
    for (guint i = 0; i < pieces->len; i++) {
        const TextPiece *piece = &g_array_index(pieces, TextPiece, i);
        if (piece->x0 < x0 || piece->x1 > x1)
            continue;
        starts = (Gap){MIN(starts.x0, piece->x0), MAX(starts.x1, piece->x0)};
        ends = (Gap){MIN(ends.x0, piece->x1), MAX(ends.x1, piece->x1)};
    }
    return starts.x1 - starts.x0 > ends.x1 - ends.x0;
}

/* Takes a head out of a gutter: it belongs to the column on its right, or on its left. */
static void take_out(Gap *gap, const TextPiece *head, gboolean right, float least) {
    if (right && head->x0 - gap->x0 >= least)
        gap->x1 = MIN(gap->x1, head->x0);
    else if (gap->x1 - head->x1 >= least)
        gap->x0 = MAX(gap->x0, head->x1);
}

/* Heads reach into gutters, or stand in them where they are flush left and the figures below are
 * flush right. */
static void narrow_by_heads(GArray *gutters, const GArray *body, const GArray *heads, float least) {
    gboolean in_order = heads->len == gutters->len + 1;
    for (guint i = 0; i < heads->len; i++) {
        const TextPiece *head = &g_array_index(heads, TextPiece, i);
        for (guint g = 0; g < gutters->len; g++) {
            Gap *gap = &g_array_index(gutters, Gap, g);
            gboolean from_left = head->x0<gap->x0, to_right = head->x1> gap->x1;
            if (head->x1 <= gap->x0 || head->x0 >= gap->x1 || (from_left && to_right))
                continue;
            gboolean right = from_left || to_right ? to_right
                             : in_order            ? i > g
                                                   : is_flush_right(body, gutters, g);
            take_out(gap, head, right, least);
        }
    }
}

GArray *columns_find(const Rows *rows, const Row *from, guint n, guint head) {
    float em = 0;
    for (guint i = head; i < n; i++)
        em = MAX(em, from[i].em);
    float least = em * GUTTER_EM;
    g_autoptr(GArray) pieces = find_pieces(rows, from + head, n - head, least);
    GArray *gutters = find_gutters(pieces, (n - head) / COVERED_PART, least);
    if (gutters->len > COLUMNS_MAX)
        g_array_set_size(gutters, 0);
    drop_unwitnessed(gutters, pieces);
    g_autoptr(GArray) above = find_pieces(rows, from, head, least);
    drop_sparse(gutters, pieces, above, n - head);
    for (guint row = head; row > 0; row--) {
        g_autoptr(GArray) heads = find_pieces(rows, &from[row - 1], 1, least);
        narrow_by_heads(gutters, pieces, heads, from[row - 1].em * GUTTER_EM);
    }
    return gutters;
}

/* Whether a gutter lies in the gap between two words. */
static gboolean parts(const GArray *gutters, float x0, float x1) {
    guint low = 0, high = gutters->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(gutters, Gap, middle).x1 <= x0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < gutters->len && g_array_index(gutters, Gap, low).x0 < x1;
}

void row_chunks_between(const Rows *rows, const Row *row, const GArray *gutters, GArray *chunks) {
    float least = GUTTER_EM * row->em;
    g_autoptr(GArray) whole = g_array_new(FALSE, TRUE, sizeof(Chunk));
    row_chunks(rows, row, whole);
    for (guint i = 0; i < whole->len; i++) {
        Chunk chunk = g_array_index(whole, Chunk, i);
        guint end = chunk.word + chunk.count;
        for (guint w = chunk.word + 1; w <= end; w++) {
            const Word *word = &g_array_index(rows->words, Word, w);
            if (w < end &&
                (word->x0 - word[-1].x1 < least || !parts(gutters, word[-1].x1, word->x0)))
                continue;
            Chunk part = {.word = chunk.word, .count = w - chunk.word};
            chunk_describe(rows, &part);
            g_array_append_val(chunks, part);
            chunk.word = w;
        }
    }
}
