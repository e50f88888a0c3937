#include "extract/drawn.h"
#include <math.h>

/* A direction is along an axis while it leaves it by less than this. */
static const double AXIS_SLACK = 0.09;
/* What of a glyph must be outside of the clip, above its baseline. */
static const float LOW_EM = 0.05F, HIGH_EM = 0.7F;
/* Fainter paint than this is a watermark's. */
static const double FAINT_ALPHA = 0.5, OPAQUE_ALPHA = 0.99;

/* An em along the baseline, in device units. */
static void baseline_em(cairo_t *cairo, double *x, double *y) {
    cairo_matrix_t font;
    cairo_get_font_matrix(cairo, &font);
    *x = font.xx;
    *y = font.yx;
    cairo_user_to_device_distance(cairo, x, y);
}

static guint8 direction_of(double dx, double dy) {
    double length = hypot(dx, dy);
    if (fabs(dy) <= length * AXIS_SLACK)
        return dx < 0 ? 2 : 0;
    if (fabs(dx) <= length * AXIS_SLACK)
        return dy > 0 ? 1 : 3;
    return DIRECTION_SLANTED;
}

static gboolean is_faint(cairo_t *cairo) {
    double alpha = 1;
    cairo_pattern_get_rgba(cairo_get_source(cairo), NULL, NULL, NULL, &alpha);
    return alpha < FAINT_ALPHA;
}

/* From the context's coordinates to points. */
static cairo_matrix_t points_matrix(cairo_t *cairo, double scale) {
    cairo_matrix_t matrix, shrink;
    cairo_get_matrix(cairo, &matrix);
    cairo_matrix_init_scale(&shrink, 1 / scale, 1 / scale);
    cairo_matrix_multiply(&matrix, &matrix, &shrink);
    return matrix;
}

/* The character of the glyph's cluster, and the next cluster's text. */
static gunichar cluster_code(const DrawnText *text, int i, const char **utf8) {
    if (text == NULL || i >= text->n_clusters || text->clusters[i].num_glyphs != 1)
        return DRAWN_UNKNOWN;
    int bytes = text->clusters[i].num_bytes;
    if (bytes == 1 && (guchar) * *utf8 < 0x80)
        return (gunichar) * (*utf8)++;
    gunichar code = bytes > 0 ? g_utf8_get_char_validated(*utf8, bytes) : 0;
    *utf8 += bytes;
    return code == (gunichar)-1 || code == (gunichar)-2 ? DRAWN_UNKNOWN : code;
}

gboolean drawn_is_outlined(Ink *ink, cairo_t *cairo, double scale, const cairo_glyph_t *glyph) {
    double x = glyph->x, y = glyph->y;
    if (ink->drawn->len == 0)
        return FALSE;
    const Drawn *last = &g_array_index(ink->drawn, Drawn, ink->drawn->len - 1);
    cairo_user_to_device(cairo, &x, &y);
    if (fabs(x / scale - (double)last->x) >= 0.01 || fabs(y / scale - (double)last->y) >= 0.01)
        return FALSE;
    for (guint i = last->run; i < ink->drawn->len; i++)
        g_array_index(ink->drawn, Drawn, i).colour = COLOUR_UNKNOWN;
    return TRUE;
}

Colour drawn_colour(cairo_t *cairo) {
    double red, green, blue, alpha;
    if (cairo_pattern_get_rgba(cairo_get_source(cairo), &red, &green, &blue, &alpha) !=
            CAIRO_STATUS_SUCCESS ||
        alpha < OPAQUE_ALPHA || cairo_get_operator(cairo) != CAIRO_OPERATOR_OVER ||
        cairo_get_group_target(cairo) != cairo_get_target(cairo))
        return COLOUR_UNKNOWN;
    return ((Colour)lround(red * 255) << 16) | ((Colour)lround(green * 255) << 8) |
           (Colour)lround(blue * 255);
}

/* Whether the clip leaves next to nothing of the glyph. */
static gboolean is_clipped(const Drawn *drawn, const Rectangle *clip) {
    float low_x = LOW_EM * drawn->em_y, high_x = HIGH_EM * drawn->em_y;
    float low_y = -LOW_EM * drawn->em_x, high_y = -HIGH_EM * drawn->em_x;
    float left = drawn->x + MIN(0, drawn->em_x), right = drawn->x + MAX(0, drawn->em_x);
    float top = drawn->y + MIN(0, drawn->em_y), bottom = drawn->y + MAX(0, drawn->em_y);
    return right + MAX(low_x, high_x) < clip->x0 || left + MIN(low_x, high_x) > clip->x1 ||
           bottom + MAX(low_y, high_y) < clip->y0 || top + MIN(low_y, high_y) > clip->y1;
}

void drawn_add(Ink *ink, cairo_t *cairo, const DrawnPaint *paint, const cairo_glyph_t *glyphs,
               int n, const DrawnText *text) {
    double scale = paint->scale;
    const char *utf8 = text == NULL ? NULL : text->utf8;
    double em_x, em_y;
    baseline_em(cairo, &em_x, &em_y);
    Drawn drawn = {.em_x = (float)(em_x / scale),
                   .em_y = (float)(em_y / scale),
                   .direction = direction_of(em_x, em_y),
                   .faint = is_faint(cairo),
                   .run = ink->drawn->len,
                   .font = GPOINTER_TO_SIZE(cairo_get_font_face(cairo)),
                   .colour = paint->colour,
                   .order = paint->order};
    /* The glyphs of such fonts choose their colours themselves. */
    drawn.type3 = cairo_font_face_get_type(cairo_get_font_face(cairo)) == CAIRO_FONT_TYPE_USER;
    if (drawn.type3)
        drawn.colour = COLOUR_UNKNOWN;
    cairo_matrix_t matrix = points_matrix(cairo, scale);
    guint count = MIN((guint)MAX(n, 0), DRAWN_MAX - MIN(ink->drawn->len, DRAWN_MAX));
    g_array_set_size(ink->drawn, drawn.run + count);
    Drawn *to = &g_array_index(ink->drawn, Drawn, drawn.run);
    for (guint i = 0; i < count; i++) {
        double x = glyphs[i].x, y = glyphs[i].y;
        drawn.x = (float)(matrix.xx * x + matrix.xy * y + matrix.x0);
        drawn.y = (float)(matrix.yx * x + matrix.yy * y + matrix.y0);
        drawn.glyph = (guint32)glyphs[i].index;
        drawn.code = cluster_code(text, (int)i, &utf8);
        drawn.clipped = is_clipped(&drawn, &paint->clip);
        to[i] = drawn;
    }
}
