#include "extract/compose.h"

static gboolean is_latin(gunichar code) { return code < 0x250 && g_unichar_isalpha(code); }

static const Character *line_character(const Lines *lines, guint i) {
    return &g_array_index(lines->characters, Character, i);
}

/* Latin words that a line break parted are told apart by a space. */
static gboolean needs_space(const Lines *lines, const Line *line, const Line *next) {
    return next->characters.end > next->characters.start &&
           line->characters.end > line->characters.start &&
           is_latin(line_character(lines, next->characters.start)->code) &&
           line_character(lines, line->characters.end - 1)->code < 0x250;
}

static void add_line(Document *document, const Lines *lines, const Line *draft, const Line *next) {
    Line line = *draft;
    Span span = draft->characters;
    line.characters.start = document->characters->len;
    if (span.end > span.start)
        g_array_append_vals(document->characters, line_character(lines, span.start),
                            span.end - span.start);
    if (next != NULL && needs_space(lines, draft, next)) {
        float end = line_character(lines, span.end - 1)->end;
        Character space = {.code = ' ', .start = end, .end = end};
        g_array_append_val(document->characters, space);
    }
    line.characters.end = document->characters->len;
    document_add_line(document, &line);
}

LineRun compose_lines(Document *document, const Lines *lines, const guint *drafts, guint n) {
    LineRun run = {document->lines->len, n};
    for (guint i = 0; i < n; i++) {
        const Line *next = i + 1 < n ? &lines_draft(lines, drafts[i + 1])->line : NULL;
        add_line(document, lines, &lines_draft(lines, drafts[i])->line, next);
    }
    return run;
}

/* A run of consecutive drafts. */
static LineRun compose_run(Document *document, const Lines *lines, LineRun drafts) {
    LineRun run = {document->lines->len, drafts.count};
    for (guint i = 0; i < drafts.count; i++) {
        const DraftLine *draft = lines_draft(lines, drafts.first + i);
        add_line(document, lines, &draft->line, i + 1 < drafts.count ? &draft[1].line : NULL);
    }
    return run;
}

void compose_table(Document *document, const Lines *lines, const Tables *tables, guint table,
                   const GArray *caption, const GArray *notes) {
    const PageTable *from = tables_table(tables, table);
    guint index = document_add_table(document), first = document->lines->len;
    Table *to = document_table(document, index);
    to->page = from->page;
    to->last_page = from->last_page;
    to->box = from->box;
    to->rows = from->rows;
    to->columns = from->columns;
    to->header_rows = from->header_rows;
    to->ruled = from->ruled;
    to->caption =
        compose_lines(document, lines, (const guint *)(void *)caption->data, caption->len);
    to->notes = compose_lines(document, lines, (const guint *)(void *)notes->data, notes->len);
    for (guint i = 0; i < from->cells->len; i++) {
        Cell cell = g_array_index(from->cells, Cell, i);
        cell.lines = compose_run(document, tables->lines, cell.lines);
        g_array_append_val(to->cells, cell);
    }
    guint block =
        document_add_block(document, BLOCK_TABLE, (LineRun){first, document->lines->len - first});
    document_block(document, block)->table = index;
}
