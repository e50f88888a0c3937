/* Reading ruling lines where they pass.
 *
 * The program defines cairo_fill, cairo_stroke and their kin itself and is linked with -rdynamic,
 * so Poppler's calls arrive here; the originals are found with dlsym. While a page is watched,
 * a path that is filled or stroked is copied, brought to the page's coordinates, and dropped:
 *
 *   stroke   each axis-parallel segment                 ───────────
 *   fill     each thin axis-parallel rectangle          ▭▭▭▭▭▭▭▭▭▭▭
 *            each larger one, as an area                the shade of a cell
 *
 * Of the ways measured this is the cheapest and exact: one interpretation of the page fills
 * Poppler's text page too, and nothing is painted. An observer surface costs twice as much and
 * misses groups, an SVG or script surface up to eighteen times, a picture that is searched for
 * dark lines is exact to a pixel and sees lines in glyphs.
 *
 * Poppler snaps strokes to device pixels, so the context is scaled up. It has a recording surface,
 * which owns no pixels; and Poppler is told that the clip is empty and that surfaces as large as
 * pictures cannot be made, so it neither decodes pictures nor builds masks.
 */
#include "extract/rulings.h"
#include "extract/dots.h"
#include "extract/drawn.h"
#include <dlfcn.h>
#include <math.h>

static const double SCALE = 16;        /* device pixels in a point */
static const float HAIRLINE = 1.0F;    /* thinner lines are not the ground of anything */
static const float THIN = 3.0F;        /* a filled rectangle this thin is a line, in points */
static const float SLANT = 0.6F;       /* a line this far off its axis is still parallel to it */
static const float LENGTH_MIN = 1.5F;  /* shorter pieces are dots and corners */
static const float DASH_MIN = 0.1F;    /* a stroke shorter than this is a dot, for its ends' sake */
static const float DOT_RATIO = 1.5F;   /* longer than this for their width are no dots */
enum { SURFACE_PIXELS_MAX = 32 * 32 }; /* larger ones are pictures */

static struct {
    Ink *ink;        /* NULL while nothing is watched */
    cairo_t *cairo;  /* that Poppler draws on */
    gboolean turned; /* the page's rotation is known */
    guint dropped;
    guint order;  /* of painting */
    GArray *dots; /* Rectangle: marks that may be part of a dotted rule */
} watch;

/* The function of this name that would be there without this file: cairo_fill_next() … */
static void *next_function(void **kept, const char *name) {
    if (*kept == NULL)
        *kept = dlsym(RTLD_NEXT, name);
    g_assert(*kept != NULL);
    return *kept;
}

#define NEXT(name)                                                                                 \
    static void *name##_kept;                                                                      \
    static __typeof__(&name) name##_next(void) {                                                   \
        return (__typeof__(&name))next_function(&name##_kept, #name);                              \
    }

NEXT(cairo_fill)
NEXT(cairo_stroke)
NEXT(cairo_paint)
NEXT(cairo_paint_with_alpha)
NEXT(cairo_mask)
NEXT(cairo_show_glyphs)
NEXT(cairo_show_text_glyphs)
NEXT(cairo_glyph_path)
NEXT(cairo_image_surface_create)
NEXT(cairo_clip_extents)
NEXT(cairo_transform)

typedef struct {
    float x, y;
} Point;

/* The clip on the page, in points. */
static Rectangle clip_of(cairo_t *cairo) {
    cairo_matrix_t matrix, identity;
    double x0, y0, x1, y1;
    cairo_get_matrix(cairo, &matrix);
    cairo_matrix_init_identity(&identity);
    cairo_set_matrix(cairo, &identity);
    cairo_clip_extents_next()(cairo, &x0, &y0, &x1, &y1);
    cairo_set_matrix(cairo, &matrix);
    return (Rectangle){(float)(x0 / SCALE), (float)(y0 / SCALE), (float)(x1 / SCALE),
                       (float)(y1 / SCALE)};
}

static void add_paint(PaintKind kind, Rectangle box, Colour colour) {
    Paint paint = {.kind = kind, .box = box, .colour = colour, .order = watch.order};
    if (watch.ink->paints->len < PAINTS_MAX)
        g_array_append_val(watch.ink->paints, paint);
}

static void add_rule(const Rectangle *clip, gboolean vertical, Rectangle box) {
    float low = vertical ? box.x0 : box.y0, high = vertical ? box.x1 : box.y1;
    float start = vertical ? box.y0 : box.x0, end = vertical ? box.y1 : box.x1;
    float at = (low + high) / 2;
    start = MAX(start, vertical ? clip->y0 : clip->x0);
    end = MIN(end, vertical ? clip->y1 : clip->x1);
    if (end - start < LENGTH_MIN || high < (vertical ? clip->x0 : clip->y0) ||
        low > (vertical ? clip->x1 : clip->y1))
        return;
    if (watch.ink->rules->len >= RULINGS_MAX) {
        watch.dropped++;
        return;
    }
    Rule rule = {.vertical = vertical, .at = at, .start = start, .end = end, .width = high - low};
    g_array_append_val(watch.ink->rules, rule);
}

static void add_dot(const Rectangle *clip, Rectangle box) {
    float across = box.x1 - box.x0, down = box.y1 - box.y0;
    if (MAX(across, down) > THIN || MAX(across, down) > DOT_RATIO * MIN(across, down) ||
        box.x0 < clip->x0 || box.y0 < clip->y0 || box.x1 > clip->x1 || box.y1 > clip->y1)
        return;
    if (watch.dots->len < DOTS_MAX)
        g_array_append_val(watch.dots, box);
}

static void add_segment(const Rectangle *clip, Point a, Point b, float width) {
    Rectangle box = {MIN(a.x, b.x), MIN(a.y, b.y), MAX(a.x, b.x), MAX(a.y, b.y)};
    float across = box.x1 - box.x0, down = box.y1 - box.y0;
    if (MIN(across, down) > SLANT || MAX(across, down) > G_MAXINT16)
        return;
    if (MAX(across, down) < DASH_MIN) {
        float x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2, half = width / 2;
        add_dot(clip, (Rectangle){x - half, y - half, x + half, y + half});
    }
    gboolean vertical = down > across;
    float at = vertical ? (box.x0 + box.x1) / 2 : (box.y0 + box.y1) / 2;
    if (vertical)
        add_rule(clip, TRUE, (Rectangle){at - width / 2, box.y0, at + width / 2, box.y1});
    else
        add_rule(clip, FALSE, (Rectangle){box.x0, at - width / 2, box.x1, at + width / 2});
}

static Rectangle clipped(const Rectangle *clip, Rectangle box) {
    return (Rectangle){MAX(box.x0, clip->x0), MAX(box.y0, clip->y0), MIN(box.x1, clip->x1),
                       MIN(box.y1, clip->y1)};
}

/* Filled: a thin rectangle is one line along its middle; a stroke as wide as it is long is drawn
 * by some as a line with a huge width, which the caller turns into a rectangle. */
static void add_rectangle(const Rectangle *clip, Rectangle box, Colour colour) {
    float across = box.x1 - box.x0, down = box.y1 - box.y0;
    Rectangle shown = clipped(clip, box);
    if (MIN(across, down) <= THIN) {
        add_dot(clip, box);
        add_rule(clip, down > across, box);
        if (MIN(across, down) > HAIRLINE)
            add_paint(PAINT_OTHER, shown, COLOUR_UNKNOWN);
        return;
    }
    if (shown.x1 <= shown.x0 || shown.y1 <= shown.y0)
        return;
    add_paint(PAINT_AREA, shown, colour);
    if (watch.ink->areas->len < AREAS_MAX)
        g_array_append_val(watch.ink->areas, shown);
    else
        watch.dropped++;
}

/* One subpath on its way. */
typedef struct {
    const Rectangle *clip;
    gboolean fill;
    float width; /* of the stroke */
    Colour colour;
    Point points[6];
    guint n; /* points seen, also those beyond the array */
    gboolean curved;
    Rectangle box; /* around them */
} Subpath;

static gboolean is_rectangle(const Subpath *path) {
    const Point *p = path->points;
    guint n = path->n;
    if (n == 5 && fabsf(p[4].x - p[0].x) < SLANT && fabsf(p[4].y - p[0].y) < SLANT)
        n = 4;
    if (n != 4 || path->curved)
        return FALSE;
    for (guint i = 0; i < 4; i++) {
        Point a = p[i], b = p[(i + 1) % 4];
        if (fabsf(a.x - b.x) > SLANT / 4 && fabsf(a.y - b.y) > SLANT / 4)
            return FALSE;
    }
    return TRUE;
}

static void end_subpath(Subpath *path) {
    if (path->fill && is_rectangle(path)) {
        Rectangle box = {path->points[0].x, path->points[0].y, path->points[0].x,
                         path->points[0].y};
        for (guint i = 1; i < 4; i++) {
            box.x0 = MIN(box.x0, path->points[i].x);
            box.y0 = MIN(box.y0, path->points[i].y);
            box.x1 = MAX(box.x1, path->points[i].x);
            box.y1 = MAX(box.y1, path->points[i].y);
        }
        add_rectangle(path->clip, box, path->colour);
    } else if (path->fill && path->n > 1) {
        watch.ink->curves += path->curved ? 1 : 0;
        add_dot(path->clip, path->box);
        add_paint(PAINT_OTHER, clipped(path->clip, path->box), COLOUR_UNKNOWN);
    }
    path->n = 0;
    path->curved = FALSE;
}

static void widen_box(Subpath *path, Point point) {
    if (path->n == 0)
        path->box = (Rectangle){point.x, point.y, point.x, point.y};
    path->box = (Rectangle){MIN(path->box.x0, point.x), MIN(path->box.y0, point.y),
                            MAX(path->box.x1, point.x), MAX(path->box.y1, point.y)};
}

static void add_point(Subpath *path, Point previous, Point point) {
    widen_box(path, point);
    if (path->n < G_N_ELEMENTS(path->points))
        path->points[path->n] = point;
    path->n++;
    if (path->fill || path->n == 1)
        return;
    float length = MAX(fabsf(point.x - previous.x), fabsf(point.y - previous.y));
    if (path->width <= THIN) {
        add_segment(path->clip, previous, point, path->width);
    } else if (path->width > 2 * length) {
        /* A short line with a huge width is a line across. */
        Rectangle box = {MIN(previous.x, point.x), MIN(previous.y, point.y),
                         MAX(previous.x, point.x), MAX(previous.y, point.y)};
        float half = path->width / 2;
        if (box.x1 - box.x0 > box.y1 - box.y0)
            add_rectangle(path->clip, (Rectangle){box.x0, box.y0 - half, box.x1, box.y1 + half},
                          path->colour);
        else
            add_rectangle(path->clip, (Rectangle){box.x0 - half, box.y0, box.x1 + half, box.y1},
                          path->colour);
    }
}

static Point page_point(const cairo_matrix_t *matrix, const cairo_path_data_t *data) {
    double x = data->point.x, y = data->point.y;
    cairo_matrix_transform_point(matrix, &x, &y);
    return (Point){(float)(x / SCALE), (float)(y / SCALE)};
}

/* How many subpaths there are: one within another may be a hole. */
static guint parts_of(const cairo_path_t *path) {
    guint parts = 0;
    gboolean open = FALSE; /* closing a subpath moves to its start */
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        gboolean moves = path->data[i].header.type == CAIRO_PATH_MOVE_TO;
        parts += !moves && !open ? 1 : 0;
        open = !moves;
    }
    return parts;
}

static void read_path(cairo_t *cairo, gboolean fill) {
    cairo_matrix_t matrix;
    cairo_get_matrix(cairo, &matrix);
    Rectangle clip = clip_of(cairo);
    if (clip.x1 <= clip.x0 || clip.y1 <= clip.y0)
        return;
    double scale = sqrt(fabs(matrix.xx * matrix.yy - matrix.xy * matrix.yx)) / SCALE;
    Subpath subpath = {.clip = &clip,
                       .fill = fill,
                       .width = fill ? 0 : (float)(cairo_get_line_width(cairo) * scale)};
    cairo_path_t *path = cairo_copy_path(cairo);
    subpath.colour = parts_of(path) > 1 ? COLOUR_UNKNOWN : drawn_colour(cairo);
    watch.order++;
    Point start = {0, 0}, at = {0, 0};
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t *data = &path->data[i];
        Point point = at;
        switch (data->header.type) {
        case CAIRO_PATH_MOVE_TO:
            end_subpath(&subpath);
            start = point = page_point(&matrix, &data[1]);
            add_point(&subpath, at, point);
            break;
        case CAIRO_PATH_LINE_TO:
            point = page_point(&matrix, &data[1]);
            add_point(&subpath, at, point);
            break;
        case CAIRO_PATH_CURVE_TO:
            point = page_point(&matrix, &data[3]);
            for (int control = 1; control <= 3; control++)
                widen_box(&subpath, page_point(&matrix, &data[control]));
            subpath.curved = TRUE;
            subpath.n++;
            break;
        case CAIRO_PATH_CLOSE_PATH:
            point = start;
            if (!fill && !subpath.curved)
                add_point(&subpath, at, point);
            end_subpath(&subpath);
            break;
        }
        at = point;
    }
    end_subpath(&subpath);
    cairo_path_destroy(path);
}

/* Whether the paint shows at all. */
static gboolean is_visible(cairo_t *cairo) {
    double alpha = 1;
    cairo_pattern_get_rgba(cairo_get_source(cairo), NULL, NULL, NULL, &alpha);
    return alpha > 0.01;
}

void cairo_fill(cairo_t *cairo) {
    if (watch.ink == NULL) {
        cairo_fill_next()(cairo);
        return;
    }
    if (is_visible(cairo))
        read_path(cairo, TRUE);
    cairo_new_path(cairo);
}

void cairo_stroke(cairo_t *cairo) {
    if (watch.ink == NULL) {
        cairo_stroke_next()(cairo);
        return;
    }
    if (is_visible(cairo))
        read_path(cairo, FALSE);
    cairo_new_path(cairo);
}

/* A picture, a mask or a group: anything may be painted within the clip. */
static void add_unknown(cairo_t *cairo) {
    watch.order++;
    add_paint(PAINT_OTHER, clip_of(cairo), COLOUR_UNKNOWN);
}

void cairo_paint(cairo_t *cairo) {
    if (watch.ink == NULL)
        cairo_paint_next()(cairo);
    else
        add_unknown(cairo);
}

void cairo_paint_with_alpha(cairo_t *cairo, double alpha) {
    if (watch.ink == NULL)
        cairo_paint_with_alpha_next()(cairo, alpha);
    else
        add_unknown(cairo);
}

void cairo_mask(cairo_t *cairo, cairo_pattern_t *pattern) {
    if (watch.ink == NULL)
        cairo_mask_next()(cairo, pattern);
    else
        add_unknown(cairo);
}

/* How the glyphs that come now are painted. */
static DrawnPaint glyph_paint(cairo_t *cairo) {
    return (DrawnPaint){SCALE, drawn_colour(cairo), ++watch.order, clip_of(cairo)};
}

void cairo_show_glyphs(cairo_t *cairo, const cairo_glyph_t *glyphs, int n) {
    if (watch.ink == NULL)
        cairo_show_glyphs_next()(cairo, glyphs, n);
    else if (is_visible(cairo))
        drawn_add(watch.ink, cairo, (DrawnPaint[]){glyph_paint(cairo)}, glyphs, n, NULL);
}

void cairo_show_text_glyphs(cairo_t *cairo, const char *utf8, int length,
                            const cairo_glyph_t *glyphs, int n_glyphs,
                            const cairo_text_cluster_t *clusters, int n_clusters,
                            cairo_text_cluster_flags_t flags) {
    if (watch.ink == NULL)
        cairo_show_text_glyphs_next()(cairo, utf8, length, glyphs, n_glyphs, clusters, n_clusters,
                                      flags);
    else if (is_visible(cairo))
        drawn_add(watch.ink, cairo, (DrawnPaint[]){glyph_paint(cairo)}, glyphs, n_glyphs,
                  &(DrawnText){utf8, clusters, n_clusters});
}

void cairo_glyph_path(cairo_t *cairo, const cairo_glyph_t *glyphs, int n) {
    if (watch.ink == NULL)
        cairo_glyph_path_next()(cairo, glyphs, n);
    else if (n > 0 && !drawn_is_outlined(watch.ink, cairo, SCALE, &glyphs[n - 1]))
        drawn_add(watch.ink, cairo,
                  &(DrawnPaint){SCALE, COLOUR_UNKNOWN, ++watch.order, clip_of(cairo)}, glyphs, n,
                  NULL);
}

/* A picture fills the unit square of its coordinates. */
static void add_picture(gboolean opaque) {
    cairo_matrix_t matrix;
    cairo_get_matrix(watch.cairo, &matrix);
    double x0 = matrix.x0, y0 = matrix.y0;
    double x1 = x0 + matrix.xx + matrix.xy, y1 = y0 + matrix.yx + matrix.yy;
    Rectangle box = {(float)(MIN(x0, x1) / SCALE), (float)(MIN(y0, y1) / SCALE),
                     (float)(MAX(x0, x1) / SCALE), (float)(MAX(y0, y1) / SCALE)};
    if (watch.ink->pictures->len < AREAS_MAX)
        g_array_append_val(watch.ink->pictures, box);
    watch.order++;
    add_paint(opaque ? PAINT_PICTURE : PAINT_OTHER, box, COLOUR_UNKNOWN);
}

cairo_surface_t *cairo_image_surface_create(cairo_format_t format, int width, int height) {
    gboolean picture =
        watch.ink != NULL && (gint64)width * (gint64)height > (gint64)SURFACE_PIXELS_MAX;
    if (picture)
        add_picture(format == CAIRO_FORMAT_RGB24);
    /* A size that cannot be gives a surface in error, which Poppler passes over. */
    return cairo_image_surface_create_next()(format, picture ? -1 : width, picture ? -1 : height);
}

void cairo_clip_extents(cairo_t *cairo, double *x0, double *y0, double *x1, double *y1) {
    if (watch.ink == NULL)
        cairo_clip_extents_next()(cairo, x0, y0, x1, y1);
    else
        *x0 = *y0 = *x1 = *y1 = 0;
}

/* Poppler's first transformation brings the page's own coordinates, upwards, to the picture's. */
void cairo_transform(cairo_t *cairo, const cairo_matrix_t *matrix) {
    if (watch.ink != NULL && !watch.turned) {
        watch.turned = TRUE;
        if (fabs(matrix->xx) > fabs(matrix->yx))
            watch.ink->rotation = matrix->xx > 0 ? 0 : 180;
        else
            watch.ink->rotation = matrix->yx > 0 ? 90 : 270;
    }
    cairo_transform_next()(cairo, matrix);
}

cairo_t *rulings_begin(Ink *ink) {
    cairo_rectangle_t extents = {0, 0, ink->width * SCALE, ink->height * SCALE};
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
    cairo_t *cairo = cairo_create(surface);
    cairo_surface_destroy(surface);
    cairo_scale(cairo, SCALE, SCALE);
    g_assert(watch.ink == NULL);
    watch.ink = ink;
    watch.cairo = cairo;
    watch.turned = FALSE;
    watch.dropped = 0;
    watch.order = 0;
    watch.dots = g_array_new(FALSE, FALSE, sizeof(Rectangle));
    return cairo;
}

guint rulings_end(cairo_t *cairo) {
    dots_join(watch.dots, watch.ink->rules);
    g_clear_pointer(&watch.dots, g_array_unref);
    watch.ink = NULL;
    cairo_destroy(cairo);
    return watch.dropped;
}
