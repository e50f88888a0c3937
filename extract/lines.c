/* The characters of a row, in reading order, become a line. */
#include "extract/lines.h"
#include <math.h>
#include <string.h>

/* The height of a line's box: tight around its glyphs, clear of the neighbouring lines. */
static const float LINE_HALF_EM = 0.55F;

Lines *lines_new(void) {
    Lines *lines = g_new0(Lines, 1);
    lines->characters = g_array_new(FALSE, FALSE, sizeof(Character));
    lines->drafts = g_array_new(FALSE, TRUE, sizeof(DraftLine));
    return lines;
}

void lines_free(Lines *lines) {
    if (lines == NULL)
        return;
    g_array_unref(lines->characters);
    g_array_unref(lines->drafts);
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
    for (guint i = 0; i < word->count; i++) {
        const Glyph *glyph = rows_glyph(rows, word->first + i);
        float start = vertical ? glyph->box.y0 : glyph->box.x0;
        float end = vertical ? glyph->box.y1 : glyph->box.x1;
        if (i == 0 && characters->len > draft->line.characters.start) {
            float before = g_array_index(characters, Character, characters->len - 1).end;
            if (start > before)
                append_character(lines, ' ', before, start);
        }
        append_character(lines, glyph->code, start, end);
        *bold += glyph->bold ? 1 : 0;
        draft->font = glyph->font;
    }
}

void lines_add_row(Lines *lines, const Rows *rows, const Row *row, const LineColumn *column) {
    DraftLine draft = {.em = row->em,
                       .left = column->left,
                       .right = column->right,
                       .column = column->number,
                       .table = row_word(rows, row, 0)->table};
    guint bold = 0, glyphs = 0;
    draft.line = (Line){.page = rows->ink->number,
                        .confidence = -1,
                        .low = row->centre - row->em * LINE_HALF_EM,
                        .high = row->centre + row->em * LINE_HALF_EM,
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

void lines_find_in_cell(Lines *lines, const Ink *ink, const guint *glyphs, guint n) {
    g_autoptr(Rows) rows = rows_find(ink, glyphs, n, NULL);
    LineColumn column = {G_MAXFLOAT, -G_MAXFLOAT, 0};
    for (guint i = 0; i < rows->rows->len; i++) {
        column.left = MIN(column.left, g_array_index(rows->rows, Row, i).x0);
        column.right = MAX(column.right, g_array_index(rows->rows, Row, i).x1);
    }
    for (guint i = 0; i < rows->rows->len; i++)
        lines_add_row(lines, rows, &g_array_index(rows->rows, Row, i), &column);
}
