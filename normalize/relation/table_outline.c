#include "normalize/relation/table_outline.h"
#include <string.h>

/* Names that begin further right than this are indented. */
enum { INDENT_TENTHS = 30, END_TENTHS = 10 };
/* Left ends of names in a column that is aligned to the left; parts of a whole that has a name. */
enum { LEFT_ENDS_MAX = 4, WHOLE_MAX = 8 };

static void entry_clear(gpointer data) { g_free(((Entry *)data)->code); }

static void outline_free(gpointer data) {
    Outline *outline = data;
    g_array_unref(outline->names);
    g_array_unref(outline->figures);
    g_array_unref(outline->entries);
    g_free(outline);
}

typedef enum { SIDE_NONE, SIDE_NAMES, SIDE_FIGURES } Side;

static Side column_side(const TableGrid *grid, const GridBlock *block, guint column) {
    guint figures = 0, words = 0;
    for (guint row = block->first; row < block->end; row++) {
        guint cell = grid_at(grid, row, column);
        if (cell == DOCUMENT_NONE || table_cell(grid->shape, cell)->column != column ||
            (row > block->first && grid_at(grid, row - 1, column) == cell))
            continue;
        GridKind kind = grid->content[cell].kind;
        figures += kind == GRID_FIGURE ? 1 : 0;
        words += kind == GRID_WORDS || kind == GRID_CODE ? 1 : 0;
    }
    return figures > 0 && figures * 2 >= words ? SIDE_FIGURES : words > 0 ? SIDE_NAMES : SIDE_NONE;
}

static const char *last_head(const TableGrid *grid, const GridBlock *block, guint column) {
    g_autoptr(GArray) heads = grid_heads(grid, block, column);
    return heads->len == 0 ? "" : grid->content[g_array_index(heads, guint, heads->len - 1)].text;
}

static gboolean has_total(const TableGrid *grid, const GridBlock *block, guint column) {
    gboolean before;
    for (guint row = block->first; row < block->end; row++)
        if (grid_starts(grid, row, column) &&
            table_words_rank(grid->words, grid_cell(grid, row, column)->text, &before) > 0)
            return TRUE;
    return FALSE;
}

/* Names after figures begin a panel where they are headed as the first names are, or have totals
 * of their own; else they are remarks. */
static gboolean begins_panel(const TableGrid *grid, const GridBlock *block, const Outline *first,
                             guint column) {
    const char *head = last_head(grid, block, column);
    for (guint i = 0; i < first->names->len; i++) {
        const char *other = last_head(grid, block, g_array_index(first->names, guint, i));
        if (*head != '\0' && g_str_equal(head, other))
            return TRUE;
    }
    return has_total(grid, block, column);
}

/* A blank column is one of figures where it has a head of its own that is not for remarks. */
static gboolean is_for_figures(const TableGrid *grid, const GridBlock *block, guint column) {
    g_autoptr(GArray) heads = grid_heads(grid, block, column);
    if (heads->len == 0)
        return FALSE;
    guint cell = g_array_index(heads, guint, heads->len - 1);
    return table_cell(grid->shape, cell)->column == column &&
           !table_words_has(grid->words, TABLE_APART, grid->content[cell].text);
}

static Outline *outline_new(const TableGrid *grid, const GridBlock *block, guint first) {
    Outline *outline = g_new0(Outline, 1);
    outline->grid = grid;
    outline->block = block;
    outline->first = first;
    outline->names = g_array_new(FALSE, FALSE, sizeof(guint));
    outline->figures = g_array_new(FALSE, FALSE, sizeof(guint));
    outline->entries = g_array_new(FALSE, TRUE, sizeof(Entry));
    g_array_set_clear_func(outline->entries, entry_clear);
    return outline;
}

/* 一 … 九十九; 0 where it is none. `length` in bytes. */
static guint chinese_number(const char *text, gsize *length) {
    static const char *const DIGITS[] = {"一", "二", "三", "四", "五",
                                         "六", "七", "八", "九", "十"};
    guint value = 0;
    const char *p = text;
    for (;;) {
        guint digit = 0;
        while (digit < G_N_ELEMENTS(DIGITS) && !g_str_has_prefix(p, DIGITS[digit]))
            digit++;
        if (digit == G_N_ELEMENTS(DIGITS))
            break;
        p += strlen(DIGITS[digit]);
        value = digit < 9 ? value + digit + 1 : value == 0 ? 10 : value * 10;
    }
    *length = (gsize)(p - text);
    return value;
}

static void read_number(Entry *entry) {
    const char *p = entry->name;
    gboolean open = *p == '(';
    gsize length = 0;
    p += open ? 1 : 0;
    guint number = chinese_number(p, &length);
    gboolean chinese = number > 0;
    if (!chinese) {
        length = strspn(p, "0123456789");
        number = length > 0 && length < 4 ? (guint)atoi(p) : 0;
    }
    const char *after = p + length;
    gboolean closed = open ? *after == ')'
                           : g_str_has_prefix(after, "、") ||
                                 ((*after == '.' || *after == ')') && !g_ascii_isdigit(after[1]));
    if (number > 0 && closed) {
        entry->style = chinese ? (open ? 2 : 1) : (open ? 4 : 3);
        entry->number = number;
        return;
    }
    gunichar code = g_utf8_get_char(entry->name);
    if (code == '-' || code == 0x2014) {
        entry->style = STYLE_DASH;
        return;
    }
    if (code >= 0x2460 && code <= 0x2473) {
        entry->style = 5;
        entry->number = code - 0x2460 + 1;
    }
}

static gboolean row_has_figure(const Outline *outline, guint row) {
    for (guint i = 0; i < outline->figures->len; i++)
        if (grid_fact(outline->grid, row, g_array_index(outline->figures, guint, i)) != REPORT_NONE)
            return TRUE;
    return FALSE;
}

/* The name's cells of a row: the last words, all codes, the highest total, the first merged cell.
 */
static void read_names(const Outline *outline, guint row, Entry *entry, GString *code) {
    const TableGrid *grid = outline->grid;
    guint before = DOCUMENT_NONE;
    for (guint i = 0; i < outline->names->len; i++) {
        guint index = grid_at(grid, row, g_array_index(outline->names, guint, i));
        if (index == DOCUMENT_NONE || index == before)
            continue;
        before = index;
        const GridCell *cell = &grid->content[index];
        const Cell *shape = table_cell(grid->shape, index);
        if (cell->kind == GRID_CODE)
            g_string_append(code, cell->text);
        if (cell->kind != GRID_WORDS)
            continue;
        gboolean only_before;
        guint rank = table_words_rank(grid->words, cell->text, &only_before);
        if (shape->row_span > 1 && entry->group == DOCUMENT_NONE &&
            shape->row_span < outline->block->end - outline->block->first)
            entry->group = index;
        if (rank > entry->rank) {
            entry->rank = rank;
            entry->before = only_before;
        }
        entry->name = cell->text;
        entry->start = cell->start;
    }
}

static void add_entry(Outline *outline, guint row) {
    const TableWords *words = outline->grid->words;
    Entry entry = {
        .row = row, .name = "", .group = DOCUMENT_NONE, .start = -1, .parent = ENTRY_NONE};
    GString *code = g_string_new(NULL);
    read_names(outline, row, &entry, code);
    gboolean figure = row_has_figure(outline, row);
    entry.code = g_string_free(code, FALSE);
    if (*entry.name == '\0' && *entry.code == '\0' && !figure) {
        g_free(entry.code);
        return;
    }
    entry.blank = !figure;
    read_number(&entry);
    entry.some = table_words_begins(words, TABLE_SOME, entry.name);
    entry.plus = table_words_begins(words, TABLE_PLUS, entry.name);
    entry.minus = table_words_begins(words, TABLE_MINUS, entry.name);
    entry.title =
        !figure && (g_str_has_suffix(entry.name, ":") || grid_is_title(outline->grid, row));
    g_array_append_val(outline->entries, entry);
}

/* A code's parent is the longest one before it that it begins with. */
static void nest_codes(Outline *outline) {
    g_autoptr(GHashTable) rows = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < outline->entries->len; i++) {
        Entry *entry = outline_entry(outline, i);
        gsize length = strlen(entry->code);
        if (length < 2 || length > 16)
            continue;
        for (gsize n = length - 1; n >= 2 && entry->parent == ENTRY_NONE; n--) {
            g_autofree char *prefix = g_strndup(entry->code, n);
            gpointer found = g_hash_table_lookup(rows, prefix);
            if (found != NULL)
                entry->parent = GPOINTER_TO_UINT(found) - 1;
        }
        outline->coded |= entry->parent != ENTRY_NONE;
        g_hash_table_insert(rows, entry->code, GUINT_TO_POINTER(i + 1));
    }
}

/* Whether the left ends of names are few, so that one further right means something. */
static gboolean is_left_aligned(const Outline *outline) {
    int ends[LEFT_ENDS_MAX];
    guint n = 0;
    for (guint i = 0; i < outline->entries->len; i++) {
        int start = outline_entry(outline, i)->start;
        guint k = 0;
        while (k < n && (ABS(start - ends[k]) > END_TENTHS))
            k++;
        if (start < 0 || k < n)
            continue;
        if (n == LEFT_ENDS_MAX)
            return FALSE;
        ends[n++] = start;
    }
    return n > 1 && outline->entries->len > n;
}

/* Whether the row still belongs to the rows that 其中 begins. */
static gboolean stays_in_some(const Outline *outline, guint parent, guint some, guint i,
                              gboolean aligned) {
    const Entry *above = outline_entry(outline, parent), *entry = outline_entry(outline, i);
    const Entry *first = outline_entry(outline, some);
    if (entry->some || entry->minus || entry->plus || entry->rank > 0 || entry->title ||
        entry->group != first->group)
        return FALSE;
    if (entry->style != 0 && above->style != 0 && entry->style <= above->style)
        return FALSE;
    if (aligned && first->start > above->start + INDENT_TENTHS)
        return entry->start > above->start + INDENT_TENTHS;
    return entry->style == 0 || above->style != 0 || first->style != 0;
}

/* Whether the rows from `some` to `i` make a whole of which `i` is no part: 人员经费 公用经费 |
 * 项目支出. */
static gboolean whole_ends(const Outline *outline, guint some, guint i) {
    const TableWords *words = outline->grid->words;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint k = some; k < i && names->len <= WHOLE_MAX; k++)
        g_ptr_array_add(names, (gpointer)outline_entry(outline, k)->name);
    if (names->len < 2 || names->len > WHOLE_MAX || table_words_whole(words, NULL, names) == NULL)
        return FALSE;
    g_ptr_array_add(names, (gpointer)outline_entry(outline, i)->name);
    return table_words_whole(words, NULL, names) == NULL;
}

/* 其中 begins parts of the row above it; a second 其中 other parts of the same. */
static void nest_some(Outline *outline) {
    gboolean aligned = is_left_aligned(outline);
    guint i = 1;
    while (i < outline->entries->len) {
        Entry *entry = outline_entry(outline, i);
        if (!entry->some || entry->parent != ENTRY_NONE) {
            i++;
            continue;
        }
        guint parent = i - 1, k = i;
        while (outline_entry(outline, parent)->parent != ENTRY_NONE &&
               !outline_entry(outline, parent)->some && outline_entry(outline, parent)->style == 0)
            parent = outline_entry(outline, parent)->parent;
        if (outline_entry(outline, parent)->some)
            parent = outline_entry(outline, parent)->parent;
        if (parent == ENTRY_NONE) {
            i++;
            continue;
        }
        do
            outline_entry(outline, k++)->parent = parent;
        while (k < outline->entries->len && stays_in_some(outline, parent, i, k, aligned) &&
               !whole_ends(outline, i, k));
        i = k;
    }
}

/* Numbered rows belong to the last row of an outer style; where 一、 begins again below a row
 * without a number, to that row. */
static void nest_numbers(Outline *outline) {
    guint last[STYLES];
    memset(last, 0xff, sizeof last);
    guint again = ENTRY_NONE;
    for (guint i = 0; i < outline->entries->len; i++) {
        Entry *entry = outline_entry(outline, i);
        if (entry->style == STYLE_DASH) {
            const Entry *before = i == 0 ? NULL : outline_entry(outline, i - 1);
            if (before != NULL && before->rank == 0)
                entry->parent = before->style == STYLE_DASH ? before->parent : i - 1;
            continue;
        }
        if (entry->style == 0) {
            if (entry->rank > 0 && entry->parent == ENTRY_NONE) {
                for (guint style = 2; style < G_N_ELEMENTS(last); style++)
                    last[style] = ENTRY_NONE;
            }
            again = ENTRY_NONE;
            continue;
        }
        const Entry *above = i == 0 ? NULL : outline_entry(outline, i - 1);
        if (entry->number == 1 && above != NULL && above->style == 0 && above->rank == 0 &&
            !above->title && last[entry->style] != ENTRY_NONE)
            again = above->parent == ENTRY_NONE ? i - 1 : ENTRY_NONE;
        guint parent = again;
        for (guint style = entry->style; style > 1 && parent == ENTRY_NONE; style--)
            parent = last[style - 1];
        if (entry->parent == ENTRY_NONE && parent != ENTRY_NONE &&
            !outline_entry(outline, parent)->title)
            entry->parent = parent;
        last[entry->style] = i;
        for (guint style = entry->style + 1; style < G_N_ELEMENTS(last); style++)
            last[style] = ENTRY_NONE;
    }
}

/* Rows without a number below one with, that make a whole: 一、基本支出 | 人员经费 | 公用经费. */
static void nest_wholes(Outline *outline) {
    const TableWords *words = outline->grid->words;
    for (guint i = 0; i + 2 < outline->entries->len; i++) {
        const Entry *above = outline_entry(outline, i);
        guint end = i + 1;
        g_autoptr(GPtrArray) names = g_ptr_array_new();
        for (; end < outline->entries->len && names->len < WHOLE_MAX; end++) {
            const Entry *entry = outline_entry(outline, end);
            if (above->style == 0 || entry->style != 0 || entry->rank > 0 ||
                entry->parent != ENTRY_NONE)
                break;
            g_ptr_array_add(names, (gpointer)entry->name);
        }
        if (names->len < 2 || table_words_whole(words, NULL, names) == NULL)
            continue;
        for (guint k = i + 1; k < end; k++)
            outline_entry(outline, k)->parent = i;
    }
}

static void find_titles(Outline *outline) {
    guint blank = 0, filled = 0, before = ENTRY_NONE;
    for (guint i = 0; i < outline->entries->len; i++) {
        guint parent = outline_entry(outline, i)->parent;
        if (parent == ENTRY_NONE || parent == before)
            continue;
        before = parent;
        if (outline_entry(outline, parent)->blank)
            blank++;
        else
            filled++;
    }
    outline->titled = blank > filled;
}

static void read_entries(Outline *outline) {
    for (guint row = outline->block->first; row < outline->block->end; row++)
        add_entry(outline, row);
    nest_codes(outline);
    if (!outline->coded) {
        nest_numbers(outline);
        nest_some(outline);
        nest_wholes(outline);
    }
    find_titles(outline);
}

GPtrArray *outlines_find(const TableGrid *grid, const GridBlock *block) {
    GPtrArray *outlines = g_ptr_array_new_with_free_func(outline_free);
    Outline *outline = outline_new(grid, block, 0);
    g_ptr_array_add(outlines, outline);
    for (guint column = 0; column < grid->shape->columns; column++) {
        Side side = column_side(grid, block, column);
        if (side == SIDE_NAMES && outline->figures->len > 0 &&
            begins_panel(grid, block, outlines->pdata[0], column)) {
            outline->end = column;
            outline = outline_new(grid, block, column);
            g_ptr_array_add(outlines, outline);
        }
        if (side == SIDE_FIGURES || (side == SIDE_NONE && is_for_figures(grid, block, column)))
            g_array_append_val(outline->figures, column);
        else if (side == SIDE_NAMES && outline->figures->len == 0)
            g_array_append_val(outline->names, column);
    }
    outline->end = grid->shape->columns;
    for (guint i = 0; i < outlines->len; i++)
        read_entries(outlines->pdata[i]);
    return outlines;
}
