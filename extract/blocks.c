/* From lines to blocks.
 *
 * Two lines belong together when the first is full and the second neither indented, nor further
 * away than the lines of a paragraph, nor set in another size. Prose that stops without an end
 * (。；： …) goes on in the next line whatever that looks like: so words and amounts come together
 * over lines and pages. Which blocks are headings is told apart afterwards (`headings.h`).
 */
#include "extract/blocks.h"
#include "extract/compose.h"
#include "extract/furniture.h"
#include "extract/headings.h"
#include "extract/table_flow.h"
#include <math.h>

static const float INDENT_EM = 1.2F;           /* a first line starts this far in */
static const float FIRST_LINE_EM = 2.5F;       /* and no further, in a block that is set in */
static const float FULL_SLACK_EM = 1.6F;       /* a full line may end this far from the margin */
static const float SIZE_SLACK = 0.15F;         /* part by which sizes of one block differ */
static const float PITCH_SLACK = 1.35F;        /* a wider gap than this many pitches parts blocks */
static const float HEADING_PITCH_SLACK = 2.0F; /* but for the lines of a heading */
static const float INDENTED_PITCH_SLACK =
    2.0F;                            /* where paragraphs are told apart by their indents */
static const float FLUSH_EM = 0.5F;  /* lines that end together */
static const float NARROW_EM = 4.0F; /* before the edge: then a column is narrower than others */
static const float OUTSIDE_PART = 0.06F; /* of the lines may leave the text's column */
static const float SAME_EM = 0.5F;       /* sizes of one heading differ by less, in points */
enum {
    UNFINISHED_CHARACTERS_MIN = 12,
    FLUSH_LINES_MIN = 5,
    INDENTED_STARTS_MIN = 5, /* paragraphs, before their indents tell them apart */
};

typedef struct {
    Document *document;
    const Lines *lines;
    Tables *tables;
    GPtrArray *furniture;
    GArray *uses;     /* LineUse: a draft each */
    GArray *body;     /* guint: drafts that are body text */
    GArray *groups;   /* Group */
    float em;         /* of the body */
    float pitch;      /* usual distance of its lines */
    gboolean indents; /* paragraphs begin with an indent, as a rule */
} Build;

static const LineUse *draft_use(const Build *build, guint draft) {
    return &g_array_index(build->uses, LineUse, draft);
}

static const DraftLine *body_line(const Build *build, guint i) {
    return lines_draft(build->lines, g_array_index(build->body, guint, i));
}

static gunichar character_code(const Build *build, guint i) {
    return g_array_index(build->lines->characters, Character, i).code;
}

static float line_start(const Build *build, const DraftLine *draft) {
    return g_array_index(build->lines->characters, Character, draft->line.characters.start).start;
}

static float line_end(const Build *build, const DraftLine *draft) {
    return g_array_index(build->lines->characters, Character, draft->line.characters.end - 1).end;
}

static float line_centre(const DraftLine *draft) {
    return (draft->line.low + draft->line.high) / 2;
}

static gboolean in_set(gunichar code, const gunichar *set) {
    for (; *set != 0; set++)
        if (*set == code)
            return TRUE;
    return FALSE;
}

/* The first unbreakable piece of a line: digits and Latin letters stay together, brackets and
 * points with what they belong to. */
static float first_piece_width(const Build *build, const DraftLine *draft) {
    const Character *characters = &g_array_index(build->lines->characters, Character, 0);
    guint first = draft->line.characters.start, end = draft->line.characters.end, i = first;
    while (i < end && in_set(characters[i].code, U"（(《〈【［[“‘「『"))
        i++;
    guint inner = i;
    while (i < end && characters[i].code < 0x2000 && !g_unichar_isspace(characters[i].code))
        i++;
    float extra = i == inner ? 0 : draft->em / 2;
    i += i == inner && i < end ? 1 : 0;
    while (i < end && in_set(characters[i].code, U"）)》〉】］]”’」』，。、；：！？,.;:!?%％"))
        i++;
    return i == first ? draft->em : characters[i - 1].end - characters[first].start + extra;
}

static gboolean is_full(const Build *build, const DraftLine *draft, const DraftLine *next) {
    float left_over = draft->right - line_end(build, draft);
    return left_over < draft->em * FULL_SLACK_EM || left_over < first_piece_width(build, next);
}

static gboolean is_indented(const Build *build, const DraftLine *draft) {
    return line_start(build, draft) - draft->left > draft->em * INDENT_EM;
}

static gboolean same_size(const DraftLine *a, const DraftLine *b) {
    return fabsf(a->em - b->em) <= MAX(a->em, b->em) * SIZE_SLACK;
}

/* A line may change its size on its way. */
static gboolean sizes_meet(const DraftLine *line, const DraftLine *next) {
    return fabsf(line->last_em - next->first_em) <= SAME_EM;
}

static gboolean line_number(const Build *build, const DraftLine *draft, HeadingNumber *number) {
    gunichar codes[16];
    guint n = 0;
    for (guint i = draft->line.characters.start;
         i < draft->line.characters.end && n < G_N_ELEMENTS(codes); i++)
        if (!g_unichar_isspace(character_code(build, i)) || n > 0)
            codes[n++] = character_code(build, i);
    return heading_number_read(codes, n, number);
}

/* Prose that was cut off: a page ended inside a sentence. */
static gboolean is_unfinished(const Group *group) {
    return group->prose && group->characters >= UNFINISHED_CHARACTERS_MIN && group->level < 0 &&
           !in_set(group->last, U"。；：！？;:!?”’）)》】]｝}.…");
}

/* The second line of a numbered heading whose lines stand further apart than those of the body. */
static gboolean is_rest_of_heading(const Build *build, const Group *group, const DraftLine *line,
                                   const DraftLine *next) {
    return group->has_number && !group->prose && group->count == 1 && is_full(build, line, next) &&
           is_indented(build, line) && !is_indented(build, next);
}

static gboolean same_flow(const DraftLine *a, const DraftLine *b) {
    return a->line.page == b->line.page && a->column == b->column;
}

/* The second line of a heading that is set in the middle. */
static gboolean is_centred_rest(const Build *build, const Group *group, const DraftLine *line,
                                const DraftLine *next) {
    float middle = (line->left + line->right) / 2, slack = next->em;
    return !group->prose && group->count == 1 && line->bold == next->bold &&
           fabsf(line->em - next->em) < SAME_EM && group->characters <= HEADING_CHARACTERS_MAX &&
           line_end(build, line) > middle &&
           fabsf((line_start(build, line) + line_end(build, line)) / 2 - middle) < slack &&
           fabsf((line_start(build, next) + line_end(build, next)) / 2 - middle) < slack &&
           line_start(build, next) - line_start(build, line) > 2 * next->em;
}

/* A block that is set in as a whole begins at one place, but for its first line, and is wide: who
 * signs and the date below stand on the right, each where it ends there. */
static gboolean is_set_in(const Build *build, const DraftLine *line, const DraftLine *next) {
    float in = line_start(build, line) - line_start(build, next);
    return is_indented(build, line) && in > -line->em && in < FIRST_LINE_EM * line->em &&
           line_end(build, line) - line_start(build, line) > (line->right - line->left) / 2;
}

static gboolean stands_right(const Build *build, const DraftLine *line) {
    return line_start(build, line) > (line->left + line->right) / 2;
}

/* How far the lines of a paragraph may be apart, in usual distances. */
static float pitch_slack(const Build *build, gboolean full, gboolean indented, gboolean numbered) {
    return build->indents && full && !indented && !numbered ? INDENTED_PITCH_SLACK : PITCH_SLACK;
}

/* Whether `next` goes on with the block whose last line is `line`. */
static gboolean continues(const Build *build, const Group *group, const DraftLine *line,
                          const DraftLine *next) {
    HeadingNumber number;
    gboolean numbered = line_number(build, next, &number);
    gboolean full = is_full(build, line, next), indented = is_indented(build, next);
    if (line->line.vertical != next->line.vertical ||
        (!same_size(line, next) && !(full && group->prose && sizes_meet(line, next))))
        return FALSE;
    if (numbered && (number.level <= 2 || indented || !full))
        return FALSE;
    float pitches = (line_centre(next) - line_centre(line)) / (build->pitch * line->em / build->em);
    if (same_flow(line, next) && pitches < HEADING_PITCH_SLACK && full &&
        is_centred_rest(build, group, line, next))
        return TRUE;
    if (same_flow(line, next) && pitches > pitch_slack(build, full, indented, numbered))
        return is_unfinished(group) ||
               (pitches < HEADING_PITCH_SLACK && is_rest_of_heading(build, group, line, next));
    if (line->bold != next->bold && (group->count == 1 || !full))
        return FALSE;
    if (indented && is_set_in(build, line, next) && group->count == 1 && full && !group->has_number)
        return TRUE;
    return (full && !indented && !stands_right(build, line)) || is_unfinished(group);
}

static void group_add(const Build *build, Group *group, const DraftLine *draft) {
    for (guint i = draft->line.characters.start; i < draft->line.characters.end; i++) {
        gunichar code = character_code(build, i);
        if (g_unichar_isspace(code))
            continue;
        group->characters++;
        group->last = code;
        group->prose = group->prose || in_set(code, U"。，；");
    }
    group->em = MAX(group->em, draft->em);
    group->bold = group->count == 0 ? draft->bold : group->bold && draft->bold;
    group->count++;
}

static void find_groups(Build *build) {
    for (guint i = 0; i < build->body->len;) {
        Group group = {.first = i, .level = -1, .table = body_line(build, i)->table};
        group.field = body_line(build, i)->field;
        if (group.table != DOCUMENT_NONE || group.field != NULL) {
            group.count = 1;
            g_array_append_val(build->groups, group);
            i++;
            continue;
        }
        group.has_number = line_number(build, body_line(build, i), &group.number);
        group_add(build, &group, body_line(build, i++));
        while (i < build->body->len && body_line(build, i)->table == DOCUMENT_NONE &&
               body_line(build, i)->field == NULL &&
               continues(build, &group, body_line(build, i - 1), body_line(build, i)))
            group_add(build, &group, body_line(build, i++));
        g_array_append_val(build->groups, group);
    }
}

/* The most frequent value of a set of lengths, weighed; in steps of half a point. */
typedef struct {
    float value;
    guint weight;
} Weighed;

static int compare_weighed(gconstpointer a, gconstpointer b) {
    float x = ((const Weighed *)a)->value, y = ((const Weighed *)b)->value;
    return (x > y) - (x < y);
}

static float mode(GArray *values, float fallback) {
    guint best = 0;
    float found = fallback;
    g_array_sort(values, compare_weighed);
    for (guint i = 0; i < values->len;) {
        float value = g_array_index(values, Weighed, i).value;
        guint weight = 0;
        for (; i < values->len && g_array_index(values, Weighed, i).value - value < 0.5F; i++)
            weight += g_array_index(values, Weighed, i).weight;
        if (weight > best) {
            best = weight;
            found = value;
        }
    }
    return found;
}

static void measure_body(Build *build) {
    g_autoptr(GArray) ems = g_array_new(FALSE, FALSE, sizeof(Weighed));
    g_autoptr(GArray) pitches = g_array_new(FALSE, FALSE, sizeof(Weighed));
    for (guint i = 0; i < build->body->len; i++) {
        const DraftLine *draft = body_line(build, i);
        if (draft->table != DOCUMENT_NONE || draft->field != NULL)
            continue;
        Weighed em = {draft->em, draft->line.characters.end - draft->line.characters.start};
        g_array_append_val(ems, em);
    }
    build->em = mode(ems, 12);
    for (guint i = 1; i < build->body->len; i++) {
        const DraftLine *a = body_line(build, i - 1), *b = body_line(build, i);
        float pitch = line_centre(b) - line_centre(a);
        Weighed weighed = {pitch, 1};
        if (a->table == DOCUMENT_NONE && b->table == DOCUMENT_NONE && same_flow(a, b) &&
            pitch > 0 && pitch < 4 * build->em && same_size(a, b) && fabsf(a->em - build->em) < 1)
            g_array_append_val(pitches, weighed);
    }
    build->pitch = mode(pitches, build->em * 1.6F);
}

static int compare_floats(gconstpointer a, gconstpointer b) {
    float p = *(const float *)a, q = *(const float *)b;
    return (p > q) - (p < q);
}

/* Whether the draft stands in the page's one column, on a page as wide as the first. */
static gboolean is_in_main_column(const Build *build, const DraftLine *draft, float width) {
    const Page *page = &g_array_index(build->document->pages, Page, draft->line.page - 1);
    return draft->table == DOCUMENT_NONE && draft->field == NULL && draft->column == 0 &&
           fabsf(page->width - width) <= 1;
}

/* Where most lines of a page's column end; G_MAXFLOAT where they share no such place. `end`: the
 * first line behind the column. */
static float shared_end(const Build *build, guint first, guint *end, float width) {
    float right = -G_MAXFLOAT;
    guint lines = 0, flush = 0, page = body_line(build, first)->line.page, i = first;
    for (; i < build->body->len && body_line(build, i)->line.page == page; i++)
        if (is_in_main_column(build, body_line(build, i), width))
            right = MAX(right, line_end(build, body_line(build, i)));
    *end = i;
    for (i = first; i < *end; i++) {
        const DraftLine *draft = body_line(build, i);
        if (!is_in_main_column(build, draft, width))
            continue;
        lines++;
        flush += right - line_end(build, draft) < FLUSH_EM * draft->em ? 1 : 0;
    }
    return flush >= FLUSH_LINES_MIN && 2 * flush > lines ? right : G_MAXFLOAT;
}

/* Text columns of pages of one width share their edges: a last page of two short lines is as wide
 * as the others, but not one whose lines end together before. A few lines that stand out, as notes
 * below wide tables, do not move them. */
static void widen_columns(Build *build) {
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(float));
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(float));
    if (build->document->pages->len == 0)
        return;
    float width = g_array_index(build->document->pages, Page, 0).width;
    for (guint i = 0; i < build->body->len; i++) {
        const DraftLine *draft = body_line(build, i);
        float start = draft->left, end = draft->right;
        if (!is_in_main_column(build, draft, width) || end - start < width * 0.5F)
            continue;
        start = line_start(build, draft);
        end = line_end(build, draft);
        g_array_append_val(starts, start);
        g_array_append_val(ends, end);
    }
    if (starts->len == 0)
        return;
    g_array_sort(starts, compare_floats);
    g_array_sort(ends, compare_floats);
    guint outside = (guint)((float)starts->len * OUTSIDE_PART);
    float left = g_array_index(starts, float, outside);
    float right = g_array_index(ends, float, ends->len - 1 - outside);
    for (guint i = 0, end = 0; i < build->body->len && right > left; i = end) {
        float own = shared_end(build, i, &end, width);
        for (; i < end; i++) {
            DraftLine *draft = lines_draft(build->lines, g_array_index(build->body, guint, i));
            if (!is_in_main_column(build, draft, width))
                continue;
            draft->left = left;
            draft->right = own < right - NARROW_EM * draft->em ? own : right;
        }
    }
}

/* Lines after one that is not full begin paragraphs: do they do so with an indent? */
static void measure_indents(Build *build) {
    guint indented = 0, flush = 0;
    for (guint i = 1; i < build->body->len; i++) {
        const DraftLine *line = body_line(build, i - 1), *next = body_line(build, i);
        if (line->table != DOCUMENT_NONE || next->table != DOCUMENT_NONE || line->field != NULL ||
            next->field != NULL || !same_flow(line, next) || !same_size(line, next) ||
            is_full(build, line, next))
            continue;
        if (is_indented(build, next))
            indented++;
        else
            flush++;
    }
    build->indents = indented >= INDENTED_STARTS_MIN && indented > 2 * flush;
}

static void add_group(Build *build, const Group *group) {
    LineRun run = compose_lines(build->document, build->lines,
                                &g_array_index(build->body, guint, group->first), group->count);
    guint index = document_add_block(build->document,
                                     group->level < 0 ? BLOCK_PARAGRAPH : BLOCK_HEADING, run);
    Block *block = document_block(build->document, index);
    if (group->field != NULL) {
        block->kind = BLOCK_FIELD;
        block->name = g_strdup(group->field);
        return;
    }
    if (group->level < 0)
        return;
    block->level = group->level;
    if (!group->has_number || group->level == 0)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    guint at = document_lines_span(build->document, run).start;
    document_append_text(build->document, (Span){at, at + group->number.length}, text);
    block->number = g_strdup(g_strstrip(text->str));
}

static void add_furniture_block(Build *build, const char *name, LineRun run) {
    guint block = document_add_block(build->document, BLOCK_FURNITURE, run);
    document_block(build->document, block)->name = g_strdup(name);
}

/* The head that a table's later part repeats. */
static void add_repeated_head(Build *build, guint table) {
    const PageTable *part = tables_table(build->tables, table);
    g_autoptr(GArray) drafts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < part->cells->len; i++) {
        LineRun lines = g_array_index(part->cells, Cell, i).lines;
        for (guint draft = lines.first; draft < lines.first + lines.count; draft++)
            g_array_append_val(drafts, draft);
    }
    if (drafts->len > 0)
        add_furniture_block(build, "table-head",
                            compose_lines(build->document, build->tables->lines,
                                          (const guint *)(void *)drafts->data, drafts->len));
}

/* Furniture of the pages up to `page` that was not added yet. */
static void add_furniture(Build *build, guint *cursor, guint page) {
    for (; *cursor < build->lines->drafts->len; (*cursor)++) {
        const DraftLine *draft = lines_draft(build->lines, *cursor);
        const char *name = build->furniture->pdata[*cursor];
        if (draft->line.page > page)
            return;
        if (name != NULL)
            add_furniture_block(build, name,
                                compose_lines(build->document, build->lines, cursor, 1));
        else if (draft_use(build, *cursor)->role == ROLE_JOINED)
            add_repeated_head(build, draft->table);
    }
}

/* The drafts bound to the table are those that stand before its place. */
static void add_table(Build *build, const Group *group) {
    g_autoptr(GArray) caption = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) notes = g_array_new(FALSE, FALSE, sizeof(guint));
    guint at = g_array_index(build->body, guint, group->first);
    for (guint i = at > BOUND_LINES_MAX ? at - BOUND_LINES_MAX : 0; i < at; i++) {
        const LineUse *use = draft_use(build, i);
        if (use->table == group->table && use->role == ROLE_CAPTION)
            g_array_append_val(caption, i);
        else if (use->table == group->table && use->role == ROLE_NOTE)
            g_array_append_val(notes, i);
    }
    compose_table(build->document, build->lines, build->tables, group->table, caption, notes);
}

void blocks_build(Document *document, const Lines *lines, Tables *tables) {
    Build build = {.document = document,
                   .lines = lines,
                   .tables = tables,
                   .furniture = furniture_find(lines, document->pages),
                   .body = g_array_new(FALSE, FALSE, sizeof(guint)),
                   .groups = g_array_new(FALSE, TRUE, sizeof(Group))};
    guint cursor = 0;
    build.uses = table_flow_find(lines, tables, build.furniture, document->pages);
    for (guint i = 0; i < lines->drafts->len; i++)
        if (build.furniture->pdata[i] == NULL && draft_use(&build, i)->role == ROLE_BODY)
            g_array_append_val(build.body, i);
    measure_body(&build);
    widen_columns(&build);
    measure_indents(&build);
    find_groups(&build);
    headings_find(&(Headings){lines, build.body, document->pages, build.groups, build.em});
    for (guint i = 0; i < build.groups->len; i++) {
        const Group *group = &g_array_index(build.groups, Group, i);
        add_furniture(&build, &cursor, body_line(&build, group->first)->line.page - 1);
        if (group->table != DOCUMENT_NONE)
            add_table(&build, group);
        else
            add_group(&build, group);
    }
    add_furniture(&build, &cursor, G_MAXUINT);
    g_ptr_array_unref(build.furniture);
    g_array_unref(build.uses);
    g_array_unref(build.body);
    g_array_unref(build.groups);
}
