/* The paints of the page, in their order, are laid over the glyphs.
 *
 *   ▒▒▒▒▒▒▒▒  area      its colour is the ground of the glyphs that come later
 *    text     glyph     of the ground's colour: nobody sees it
 *   ████████  area      hides the glyphs that came before
 *
 * The glyphs stand in bands of the page, each sorted from the left, so that a paint meets only
 * those under it.
 */
#include "extract/cover.h"
#include <stdlib.h>

static const float BAND_POINTS = 16.0F;
static const float ON_GLYPH_EM = 0.6F;  /* a glyph that lies on another is this near to it */
static const float PICTURE_PART = 0.5F; /* of the page, that a picture must fill */
enum {
    PAPER = 0xFFFFFF,
    CHANNEL_SLACK = 8,           /* colours nearer than this, of 255, are the same to the eye */
    NEIGHBOURS_MAX = 64,         /* looked at beside a glyph */
    WORK_MAX = 10 * 1000 * 1000, /* glyphs met on a page, those under several paints as often */
};

typedef struct {
    guint band;
    float x, y;
    guint glyph;
} Spot;

typedef struct {
    const Ink *ink;
    const Drawn *const *drawn;
    Spot *spots; /* by band, then from the left */
    guint n, work;
    Colour *grounds; /* of each glyph */
    guint8 *sights;
} Cover;

static int compare_spots(gconstpointer a, gconstpointer b) {
    const Spot *p = a, *q = b;
    if (p->band != q->band)
        return p->band < q->band ? -1 : 1;
    return (p->x > q->x) - (p->x < q->x);
}

static guint band_of(float y) { return y <= 0 ? 0 : (guint)(MIN(y, 1e6F) / BAND_POINTS); }

static void place_spots(Cover *cover) {
    for (guint i = 0; i < cover->ink->glyphs->len; i++) {
        Rectangle box = ink_glyph(cover->ink, i)->box;
        float y = (box.y0 + box.y1) / 2;
        if (cover->drawn[i] != NULL)
            cover->spots[cover->n++] = (Spot){band_of(y), (box.x0 + box.x1) / 2, y, i};
    }
    qsort(cover->spots, cover->n, sizeof *cover->spots, compare_spots);
}

/* The first spot of the band that is not left of `x`. */
static guint first_spot(const Cover *cover, guint band, float x) {
    guint low = 0, high = cover->n;
    Spot wanted = {.band = band, .x = x};
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (compare_spots(&cover->spots[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether the middle part of the glyph lies within the box. */
static gboolean is_within(const Glyph *glyph, const Rectangle *box, float y) {
    float inset = (glyph->box.x1 - glyph->box.x0) / 4;
    float half = MIN(glyph->size, glyph->box.y1 - glyph->box.y0) / 4;
    return glyph->box.x0 + inset >= box->x0 && glyph->box.x1 - inset <= box->x1 &&
           y - half >= box->y0 && y + half <= box->y1;
}

static void lay_over(Cover *cover, const Paint *paint, guint glyph, float y) {
    const Drawn *drawn = cover->drawn[glyph];
    gboolean under = paint->order < drawn->order;
    if (under) {
        cover->grounds[glyph] = paint->kind == PAINT_AREA ? paint->colour : COLOUR_UNKNOWN;
        return;
    }
    if (!is_within(ink_glyph(cover->ink, glyph), &paint->box, y))
        return;
    if (paint->kind == PAINT_AREA && paint->colour != COLOUR_UNKNOWN)
        cover->sights[glyph] = SIGHT_COVERED;
    else if (paint->kind == PAINT_PICTURE &&
             (paint->box.x1 - paint->box.x0) * (paint->box.y1 - paint->box.y0) >
                 PICTURE_PART * cover->ink->width * cover->ink->height)
        cover->sights[glyph] = SIGHT_BEHIND;
}

static void lay_paint(Cover *cover, const Paint *paint) {
    Rectangle box = paint->box;
    guint last = band_of(MIN(box.y1, cover->ink->height));
    for (guint band = band_of(box.y0); band <= last; band++) {
        cover->work++;
        for (guint i = first_spot(cover, band, box.x0); i < cover->n; i++) {
            const Spot *spot = &cover->spots[i];
            if (spot->band != band || spot->x > box.x1)
                break;
            cover->work++;
            if (spot->y >= box.y0 && spot->y <= box.y1)
                lay_over(cover, paint, spot->glyph, spot->y);
        }
    }
}

static gboolean same_colour(Colour a, Colour b) {
    if (a == COLOUR_UNKNOWN || b == COLOUR_UNKNOWN)
        return FALSE;
    for (guint shift = 0; shift <= 16; shift += 8)
        if (ABS((int)((a >> shift) & 255) - (int)((b >> shift) & 255)) > CHANNEL_SLACK)
            return FALSE;
    return TRUE;
}

/* Whether any glyph is as light as paper, or any paint may matter. */
static gboolean is_needed(const Ink *ink) {
    if (ink->paints->len > 0)
        return TRUE;
    for (guint i = 0; i < ink->drawn->len; i++)
        if (same_colour(g_array_index(ink->drawn, Drawn, i).colour, PAPER))
            return TRUE;
    return FALSE;
}

/* Whether another glyph lies under this one, whose colour is the ground then: the signs of icon
 * fonts are made so. */
static gboolean is_on_glyph(const Cover *cover, guint spot) {
    const Spot *one = &cover->spots[spot];
    float near = ink_glyph(cover->ink, one->glyph)->size * ON_GLYPH_EM;
    for (int step = -1; step <= 1; step += 2)
        for (guint i = spot + (guint)step, n = 0; i < cover->n && n < NEIGHBOURS_MAX;
             i += (guint)step, n++) {
            const Spot *other = &cover->spots[i];
            if (other->band != one->band || ABS(other->x - one->x) > near)
                break;
            if (ABS(other->y - one->y) <= near &&
                cover->drawn[other->glyph]->order < cover->drawn[one->glyph]->order)
                return TRUE;
        }
    return FALSE;
}

static void compare_colours(Cover *cover) {
    for (guint i = 0; i < cover->n; i++) {
        guint glyph = cover->spots[i].glyph;
        if (cover->sights[glyph] == SIGHT_SEEN &&
            same_colour(cover->drawn[glyph]->colour, cover->grounds[glyph]) &&
            !is_on_glyph(cover, i))
            cover->sights[glyph] = SIGHT_SAME_COLOUR;
    }
}

guint8 *cover_find(const Ink *ink, const Drawn *const *drawn, gboolean *limited) {
    guint n = ink->glyphs->len, i = 0;
    if (n == 0 || !is_needed(ink))
        return NULL;
    g_autofree Spot *spots = g_new(Spot, n);
    g_autofree Colour *grounds = g_new(Colour, n);
    guint8 *sights = g_new0(guint8, n);
    Cover cover = {ink, drawn, spots, 0, 0, grounds, sights};
    for (guint g = 0; g < n; g++)
        grounds[g] = PAPER;
    place_spots(&cover);
    for (; i < ink->paints->len && cover.work < WORK_MAX; i++)
        lay_paint(&cover, &g_array_index(ink->paints, Paint, i));
    *limited = i < ink->paints->len;
    if (!*limited)
        compare_colours(&cover);
    return sights;
}
