/* The characters of a row, in reading order, become a line. */
#include "extract/lines.h"
#include <math.h>
#include <string.h>

/* The height of a line's box: tight around its glyphs, clear of the neighbouring lines. */
static const float LINE_HALF_EM = 0.55F;
/* Sizes this near are one, in points. */
static const float EM_SLACK = 0.6F;
/* Characters below each other: how far their centres are off, and how near they are; and columns of
 * them, which are further apart than these. */
static const float STACK_SLACK_EM = 0.25F, STACK_PITCH_EM = 1.08F, STACKS_APART_EM = 1.12F;
enum { STACKED_MAX = 40 }; /* characters of a cell */

Lines *lines_new(void) {
    Lines *lines = g_new0(Lines, 1);
    lines->characters = g_array_new(FALSE, FALSE, sizeof(Character));
    lines->drafts = g_array_new(FALSE, TRUE, sizeof(DraftLine));
    lines->names = g_string_chunk_new(256);
    return lines;
}

void lines_free(Lines *lines) {
    if (lines == NULL)
        return;
    g_array_unref(lines->characters);
    g_array_unref(lines->drafts);
    g_string_chunk_free(lines->names);
    g_free(lines);
}

void lines_append_text(const Lines *lines, const DraftLine *draft, GString *text) {
    for (guint i = draft->line.characters.start; i < draft->line.characters.end; i++)
        g_string_append_unichar(text, g_array_index(lines->characters, Character, i).code);
    g_strchomp(text->str);
    g_string_set_size(text, strlen(text->str));
}

static void append_character(Lines *lines, gunichar code, float start, float end) {
    Character character = {.code = code, .start = start, .end = end};
    g_array_append_val(lines->characters, character);
}

/* Characters of a word; a space that Poppler saw between words is kept between them. */
static void append_word_characters(Lines *lines, const Rows *rows, const Word *word,
                                   DraftLine *draft, guint *bold) {
    gboolean vertical = word->direction % 2 == 1;
    GArray *characters = lines->characters;
    if (word->count == 0) /* it stands for a table */
        return;
    const Glyph *first = rows_glyph(rows, word->first);
    float from = vertical ? first->box.y0 : first->box.x0;
    if (characters->len > draft->line.characters.start) {
        float before = g_array_index(characters, Character, characters->len - 1).end;
        if (from > before)
            append_character(lines, ' ', before, from);
    }
    g_array_set_size(characters, characters->len + word->count);
    Character *to = &g_array_index(characters, Character, characters->len - word->count);
    for (guint i = 0; i < word->count; i++) {
        const Glyph *glyph = rows_glyph(rows, word->first + i);
        to[i] = (Character){.code = glyph->code,
                            .start = vertical ? glyph->box.y0 : glyph->box.x0,
                            .end = vertical ? glyph->box.y1 : glyph->box.x1};
        *bold += glyph->bold ? 1 : 0;
        draft->font = glyph->font;
    }
}

/* The em of most of the row's characters, or else its largest: one character in another size does
 * not make the line a large one. (Majority vote.) */
static float usual_em(const Rows *rows, const Row *row) {
    float em = 0;
    guint votes = 0, all = 0, agreed = 0;
    for (guint i = 0; i < row->count; i++) {
        const Word *word = row_word(rows, row, i);
        if (votes == 0)
            em = word->em;
        if (fabsf(word->em - em) <= EM_SLACK)
            votes += word->count;
        else
            votes -= MIN(votes, word->count);
    }
    for (guint i = 0; i < row->count; i++) {
        const Word *word = row_word(rows, row, i);
        all += word->count;
        agreed += fabsf(word->em - em) <= EM_SLACK ? word->count : 0;
    }
    return 2 * agreed > all ? em : row->em;
}

void lines_add_row(Lines *lines, const Rows *rows, const Row *row, const LineColumn *column) {
    DraftLine draft = {.em = usual_em(rows, row),
                       .first_em = row_word(rows, row, 0)->em,
                       .last_em = row_word(rows, row, row->count - 1)->em,
                       .left = column->left,
                       .right = column->right,
                       .column = column->number,
                       .table = row_word(rows, row, 0)->table};
    guint bold = 0, glyphs = 0;
    draft.line = (Line){.page = rows->ink->number,
                        .confidence = -1,
                        .low = row->centre - draft.em * LINE_HALF_EM,
                        .high = row->centre + draft.em * LINE_HALF_EM,
                        .vertical = row_word(rows, row, 0)->direction % 2 == 1};
    draft.line.characters.start = lines->characters->len;
    for (guint i = 0; i < row->count; i++) {
        append_word_characters(lines, rows, row_word(rows, row, i), &draft, &bold);
        glyphs += row_word(rows, row, i)->count;
    }
    if (draft.table != DOCUMENT_NONE) {
        draft.line.low = row->centre;
        draft.line.high = row_word(rows, row, 0)->bottom;
    }
    draft.line.characters.end = lines->characters->len;
    draft.bold = bold * 2 > glyphs;
    g_array_append_val(lines->drafts, draft);
}

static void add_draft(Lines *lines, const Ink *ink, guint start, Rectangle box, DraftLine draft) {
    draft.left = box.x0;
    draft.right = box.x1;
    draft.em = MAX(MIN(box.y1 - box.y0, box.x1 - box.x0), 1);
    draft.table = DOCUMENT_NONE;
    draft.column = G_MAXUINT;
    draft.line = (Line){.page = ink->number,
                        .characters = {start, lines->characters->len},
                        .low = box.y0,
                        .high = box.y1,
                        .confidence = -1};
    g_array_append_val(lines->drafts, draft);
}

void lines_add_watermarks(Lines *lines, const Ink *ink) {
    for (guint i = 0; i < ink->glyphs->len;) {
        guint start = lines->characters->len;
        Rectangle box = {G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT};
        for (; i < ink->glyphs->len && ink_glyph(ink, i)->watermark; i++) {
            const Glyph *glyph = ink_glyph(ink, i);
            append_character(lines, glyph->code, glyph->box.x0, glyph->box.x1);
            box = (Rectangle){MIN(box.x0, glyph->box.x0), MIN(box.y0, glyph->box.y0),
                              MAX(box.x1, glyph->box.x1), MAX(box.y1, glyph->box.y1)};
        }
        if (lines->characters->len > start)
            add_draft(lines, ink, start, box, (DraftLine){.watermark = TRUE});
        else
            i++;
    }
}

void lines_add_field(Lines *lines, const Ink *ink, const Field *field) {
    guint start = lines->characters->len;
    float width = field->box.x1 - field->box.x0, n = (float)g_utf8_strlen(field->value, -1);
    float at = field->box.x0;
    for (const char *p = field->value; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar code = g_utf8_get_char(p);
        append_character(lines, g_unichar_isprint(code) ? code : ' ', at, at + width / n);
        at += width / n;
    }
    const char *name = field->name == NULL ? "" : field->name;
    add_draft(lines, ink, start, field->box,
              (DraftLine){.field = g_string_chunk_insert(lines->names, name)});
}

typedef struct {
    guint glyph;
    guint8 direction;
    float x, y, em;
} StackedGlyph;

/* From the right, then from the top. */
static int compare_stacked(gconstpointer a, gconstpointer b) {
    const StackedGlyph *p = a, *q = b;
    if (fabsf(p->x - q->x) > STACK_SLACK_EM * p->em)
        return p->x > q->x ? -1 : 1;
    return (p->y > q->y) - (p->y < q->y);
}

/* The end of the stack that begins at `first`: characters right below each other. */
static guint stack_end(const GArray *glyphs, guint first) {
    guint i = first + 1;
    for (; i < glyphs->len; i++) {
        const StackedGlyph *above = &g_array_index(glyphs, StackedGlyph, i - 1), *glyph = above + 1;
        if (fabsf(glyph->x - above->x) > STACK_SLACK_EM * glyph->em || glyph->y <= above->y ||
            glyph->y - above->y > STACK_PITCH_EM * glyph->em)
            break;
    }
    return i;
}

/* Columns of upright characters, as narrow cells have them, with figures on their side: characters
 * are nearer to those below than to those beside. Gives them in reading order (StackedGlyph); NULL
 * where the text is none. */
static GArray *find_stacks(const Ink *ink, const guint *indices, guint n) {
    g_autoptr(GArray) glyphs = g_array_new(FALSE, FALSE, sizeof(StackedGlyph));
    guint upright = 0;
    for (guint i = 0; i < n; i++) {
        const Glyph *glyph = ink_glyph(ink, indices[i]);
        StackedGlyph one = {indices[i], glyph->direction, (glyph->box.x0 + glyph->box.x1) / 2,
                            (glyph->box.y0 + glyph->box.y1) / 2, glyph_em(glyph)};
        if (glyph->direction != 1 && (!code_is_wide(glyph->code) || glyph->direction != 0))
            return NULL;
        upright += glyph->direction == 0 ? 1 : 0;
        g_array_append_val(glyphs, one);
    }
    if (upright == 0)
        return NULL;
    g_array_sort(glyphs, compare_stacked);
    guint stacks = 0, tallest = 0;
    for (guint i = 0; i < glyphs->len; stacks++) {
        const StackedGlyph *glyph = &g_array_index(glyphs, StackedGlyph, i);
        if (i > 0 && glyph[-1].x - glyph->x < STACKS_APART_EM * glyph->em)
            return NULL;
        guint end = stack_end(glyphs, i);
        tallest = MAX(tallest, end - i);
        i = end;
    }
    return stacks > 1 && tallest > 1 ? g_steal_pointer(&glyphs) : NULL;
}

static void add_rows(Lines *lines, const Ink *ink, const guint *glyphs, guint n) {
    g_autoptr(Rows) rows = rows_find(ink, glyphs, n, NULL);
    LineColumn column = {G_MAXFLOAT, -G_MAXFLOAT, 0};
    for (guint i = 0; i < rows->rows->len; i++) {
        column.left = MIN(column.left, g_array_index(rows->rows, Row, i).x0);
        column.right = MAX(column.right, g_array_index(rows->rows, Row, i).x1);
    }
    for (guint i = 0; i < rows->rows->len; i++)
        lines_add_row(lines, rows, &g_array_index(rows->rows, Row, i), &column);
}

void lines_find_in_cell(Lines *lines, const Ink *ink, const guint *glyphs, guint n) {
    g_autoptr(GArray) stacks = n <= STACKED_MAX ? find_stacks(ink, glyphs, n) : NULL;
    if (stacks == NULL) {
        add_rows(lines, ink, glyphs, n);
        return;
    }
    g_autoptr(GArray) stack = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < stacks->len;) {
        guint end = stack_end(stacks, i);
        guint8 direction = g_array_index(stacks, StackedGlyph, i).direction;
        g_array_set_size(stack, 0);
        for (; i < end && g_array_index(stacks, StackedGlyph, i).direction == direction; i++)
            g_array_append_val(stack, g_array_index(stacks, StackedGlyph, i).glyph);
        add_rows(lines, ink, (const guint *)(void *)stack->data, stack->len);
    }
}
