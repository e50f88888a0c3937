#include "extract/turn.h"
#include <math.h>

static const float BASELINE_EM = 0.3F; /* glyphs of one line are off by less */
static const float TURNED_PART = 0.8F; /* of the page's glyphs lie in one direction */
enum { TURNED_GLYPHS_MIN = 20 };       /* fewer are a label */

/* A size of the page as it is seen. */
typedef struct {
    float width, height;
} Seen;

/* From the page as it is seen to upright text.
 *
 *   1  downwards    x = y, y = width - x
 *   2  upside down  x = width - x, y = height - y
 *   3  upwards      x = height - y, y = x
 */
static Rectangle turned(Rectangle box, guint8 direction, Seen seen) {
    switch (direction) {
    case 1:
        return (Rectangle){box.y0, seen.width - box.x1, box.y1, seen.width - box.x0};
    case 2:
        return (Rectangle){seen.width - box.x1, seen.height - box.y1, seen.width - box.x0,
                           seen.height - box.y0};
    case 3:
        return (Rectangle){seen.height - box.y1, box.x0, seen.height - box.y0, box.x1};
    default:
        return box;
    }
}

static Rectangle turned_back(Rectangle box, guint8 direction, Seen seen) {
    /* Upwards undoes downwards, on a page of the other format. */
    Seen upright = direction % 2 == 1 ? (Seen){seen.height, seen.width} : seen;
    return turned(box, direction == 0 ? 0 : 4 - direction, upright);
}

static guint8 text_direction(const Ink *ink) {
    guint counts[DIRECTION_SLANTED] = {0}, all = 0;
    for (guint i = 0; i < ink->glyphs->len; i++) {
        const Glyph *glyph = ink_glyph(ink, i);
        if (glyph->watermark || glyph->direction >= DIRECTION_SLANTED)
            continue;
        counts[glyph->direction]++;
        all++;
    }
    for (guint8 direction = 1; direction < DIRECTION_SLANTED; direction++)
        if (all >= TURNED_GLYPHS_MIN && (float)counts[direction] > TURNED_PART * (float)all)
            return direction;
    return 0;
}

static void turn_boxes(GArray *boxes, guint8 direction, Seen seen) {
    for (guint i = 0; i < boxes->len; i++) {
        Rectangle *box = &g_array_index(boxes, Rectangle, i);
        *box = turned(*box, direction, seen);
    }
}

static void turn_rule(Rule *rule, guint8 direction, Seen seen) {
    Rectangle box = rule->vertical ? (Rectangle){rule->at, rule->start, rule->at, rule->end}
                                   : (Rectangle){rule->start, rule->at, rule->end, rule->at};
    box = turned(box, direction, seen);
    rule->vertical = direction % 2 == 1 ? !rule->vertical : rule->vertical;
    rule->at = rule->vertical ? box.x0 : box.y0;
    rule->start = rule->vertical ? box.y0 : box.x0;
    rule->end = rule->vertical ? box.y1 : box.x1;
}

/* How far a glyph is along its direction, and across it. */
static float glyph_along(const Glyph *glyph) {
    const Rectangle *box = &glyph->box;
    return glyph->direction == 1   ? box->y0
           : glyph->direction == 2 ? -box->x1
           : glyph->direction == 3 ? -box->y1
                                   : box->x0;
}

static float glyph_across(const Glyph *glyph) {
    const Rectangle *box = &glyph->box;
    return glyph->direction % 2 == 1 ? (box->x0 + box->x1) / 2 : (box->y0 + box->y1) / 2;
}

/* Whether the second of two glyphs stands before the first on one baseline. */
static gboolean goes_back(const Glyph *glyph, const Glyph *next) {
    return next->direction == glyph->direction &&
           fabsf(glyph_across(next) - glyph_across(glyph)) < BASELINE_EM * glyph->size &&
           glyph_along(next) < glyph_along(glyph);
}

/* Turns `n` glyphs round; the space between two stays there. */
static void reverse(Glyph *glyphs, guint n) {
    gboolean behind = glyphs[n - 1].space_after;
    for (guint i = n - 1; i > 0; i--)
        glyphs[i].space_after = glyphs[i - 1].space_after;
    for (guint i = 0; i < n / 2; i++) {
        Glyph glyph = glyphs[i];
        glyphs[i] = glyphs[n - 1 - i];
        glyphs[n - 1 - i] = glyph;
    }
    glyphs[n - 1].space_after = behind;
}

/* Poppler reads text that does not run to the right the wrong way round where the matrix of its
 * Type 3 font points downwards. */
static void order_turned(Ink *ink) {
    for (guint i = 0; i < ink->glyphs->len;) {
        guint end = i + 1;
        const Glyph *glyph = ink_glyph(ink, i);
        while (glyph->direction % DIRECTION_SLANTED != 0 && end < ink->glyphs->len &&
               goes_back(ink_glyph(ink, end - 1), ink_glyph(ink, end)))
            end++;
        if (end - i > 1)
            reverse(&g_array_index(ink->glyphs, Glyph, i), end - i);
        i = end;
    }
}

guint8 ink_turn(Ink *ink) {
    guint8 direction = text_direction(ink);
    Seen seen = {ink->width, ink->height};
    order_turned(ink);
    if (direction == 0)
        return 0;
    for (guint i = 0; i < ink->glyphs->len; i++) {
        Glyph *glyph = &g_array_index(ink->glyphs, Glyph, i);
        glyph->box = turned(glyph->box, direction, seen);
        if (glyph->direction < DIRECTION_SLANTED)
            glyph->direction =
                (guint8)(glyph->direction + DIRECTION_SLANTED - direction) % DIRECTION_SLANTED;
    }
    for (guint i = 0; i < ink->rules->len; i++)
        turn_rule(&g_array_index(ink->rules, Rule, i), direction, seen);
    turn_boxes(ink->areas, direction, seen);
    turn_boxes(ink->pictures, direction, seen);
    for (guint i = 0; i < ink->fields->len; i++) {
        Field *field = &g_array_index(ink->fields, Field, i);
        field->box = turned(field->box, direction, seen);
    }
    if (direction % 2 == 1) {
        ink->width = seen.height;
        ink->height = seen.width;
    }
    return direction;
}

/* A page of the Document, still as its text stands upright. */
typedef struct {
    guint8 direction;
    Seen seen;
} TurnedPage;

static TurnedPage turned_page(const Document *document, const GArray *turns, guint number) {
    const Page *page = &g_array_index(document->pages, Page, number - 1);
    guint8 direction = g_array_index(turns, guint8, number - 1);
    return (TurnedPage){direction, direction % 2 == 1 ? (Seen){page->height, page->width}
                                                      : (Seen){page->width, page->height}};
}

static void turn_line_back(const Document *document, Line *line, TurnedPage page) {
    gboolean vertical = page.direction % 2 == 1 ? !line->vertical : line->vertical;
    Rectangle across = {line->low, line->low, line->high, line->high};
    across = turned_back(across, page.direction, page.seen);
    for (guint i = line->characters.start; i < line->characters.end; i++) {
        Character *character = document_character(document, i);
        Rectangle box = {character->start, character->start, character->end, character->end};
        box = turned_back(box, page.direction, page.seen);
        character->start = vertical ? box.y0 : box.x0;
        character->end = vertical ? box.y1 : box.x1;
    }
    line->low = vertical ? across.x0 : across.y0;
    line->high = vertical ? across.x1 : across.y1;
    line->vertical = vertical;
}

static void turn_table_back(const Document *document, Table *table, const GArray *turns) {
    TurnedPage page = turned_page(document, turns, table->page);
    table->box = turned_back(table->box, page.direction, page.seen);
    for (guint i = 0; i < table->cells->len; i++) {
        Cell *cell = table_cell(table, i);
        page = turned_page(document, turns, cell->page);
        cell->box = turned_back(cell->box, page.direction, page.seen);
    }
}

void document_turn_back(Document *document, const GArray *turns) {
    gboolean any = FALSE;
    for (guint i = 0; i < turns->len; i++)
        any = any || g_array_index(turns, guint8, i) != 0;
    if (!any)
        return;
    for (guint i = 0; i < document->lines->len; i++) {
        Line *line = document_line(document, i);
        TurnedPage page = turned_page(document, turns, line->page);
        if (page.direction != 0)
            turn_line_back(document, line, page);
    }
    for (guint i = 0; i < document->tables->len; i++)
        turn_table_back(document, document_table(document, i), turns);
    for (guint i = 0; i < document->pages->len; i++) {
        TurnedPage turned = turned_page(document, turns, i + 1);
        Page *page = &g_array_index(document->pages, Page, i);
        page->width = turned.seen.width;
        page->height = turned.seen.height;
    }
}
