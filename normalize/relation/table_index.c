#include "normalize/relation/table_index.h"
#include "normalize/relation/table_relation.h"
#include "normalize/text.h"
#include <string.h>

enum { NAME_BYTES_MAX = 120 };

TableIndex *table_index_new(Report *report, const TableWords *words) {
    TableIndex *index = g_new0(TableIndex, 1);
    index->report = report;
    index->words = words;
    index->amounts = g_array_new(FALSE, FALSE, sizeof(Indexed));
    index->results = table_results_new();
    index->projects = table_projects_new();
    index->lists = table_lists_new();
    index->scores = g_array_new(FALSE, FALSE, sizeof(guint));
    index->strings = g_string_chunk_new(4096);
    return index;
}

void table_index_free(TableIndex *index) {
    if (index == NULL)
        return;
    g_array_unref(index->amounts);
    g_array_unref(index->results);
    g_array_unref(index->projects);
    g_array_unref(index->lists);
    g_array_unref(index->scores);
    g_string_chunk_free(index->strings);
    g_free(index);
}

/* Behind 一、 (一) 1. (1) 其中: and the like. */
static const char *name_start(const TableIndex *index, const char *name) {
    const char *p = name;
    if (table_words_begins(index->words, TABLE_SOME, p)) {
        const char *colon = strchr(p, ':');
        p = colon == NULL ? p : colon + 1;
    }
    const char *mark = strstr(p, "、");
    if (mark != NULL && mark - p <= (long)strlen("二十三"))
        return mark + strlen("、");
    gsize digits = strspn(p, "0123456789");
    if (digits > 0 && (p[digits] == '.' || p[digits] == ')'))
        return p + digits + 1;
    if (*p == '(') {
        const char *close = strchr(p, ')');
        if (close != NULL && close - p <= (long)strlen("(二十三"))
            return close + 1;
    }
    return p;
}

/* “住房公积金（项）” and 住房公积金（项） are one name. */
static char *without_quotes(const char *name) {
    GString *text = g_string_sized_new(strlen(name));
    for (const char *p = name; *p != '\0'; p = g_utf8_next_char(p))
        if (g_unichar_type(g_utf8_get_char(p)) != G_UNICODE_INITIAL_PUNCTUATION &&
            g_unichar_type(g_utf8_get_char(p)) != G_UNICODE_FINAL_PUNCTUATION && *p != '"')
            g_string_append_len(text, p, g_utf8_next_char(p) - p);
    return g_string_free(text, FALSE);
}

char *table_index_name(const TableIndex *index, const char *name) {
    g_autofree char *bare = without_quotes(name);
    const char *start = name_start(index, bare);
    gsize length = strlen(start);
    for (;;) {
        gsize ending = table_words_ends(index->words, TABLE_ENDING, start, length);
        gboolean colon = length > 0 && start[length - 1] == ':';
        if (colon)
            length--;
        else if (ending > 0 && ending < length)
            length -= ending;
        else
            break;
    }
    return g_strndup(start, length);
}

/* The value of a dimension that the nearest head says: heads from the inside, then the caption. */
static const char *dimension_value(const Outline *outline, guint dimension, const GArray *heads,
                                   const char *caption) {
    const TableGrid *grid = outline->grid;
    for (guint i = heads->len; i > 0; i--) {
        const char *value = table_words_measure(
            grid->words, dimension, grid->content[g_array_index(heads, guint, i - 1)].text);
        if (value != NULL)
            return value;
    }
    return table_words_measure(grid->words, dimension, caption);
}

char *table_index_label(const TableIndex *index, const char *label) {
    g_autofree char *text = folded_utf8(label);
    g_autofree char *name = table_index_name(index, text);
    return g_strdup(table_words_behind(index->words, TABLE_CLASS, name));
}

static char *fold_lines(const Document *document, LineRun lines) {
    if (lines.count == 0)
        return g_strdup("");
    GString *printed = g_string_new(NULL);
    document_append_text(document, document_lines_span(document, lines), printed);
    char *text = folded_utf8(printed->str);
    g_string_free(printed, TRUE);
    return text;
}

/* What a column measures, as one word; NULL where no dimension is known. */
static char *column_measure(const Outline *outline, guint column, const char *caption) {
    g_autoptr(GArray) heads = grid_heads(outline->grid, outline->block, column);
    GString *measure = g_string_new(NULL);
    gboolean known = FALSE;
    for (guint i = 0; i < table_words_dimensions(outline->grid->words); i++) {
        const char *value = dimension_value(outline, i, heads, caption);
        known |= value != NULL;
        g_string_append(measure, value == NULL ? "" : value);
        g_string_append_c(measure, '|');
    }
    return g_string_free(measure, !known);
}

static guint head_rank(const Outline *outline, guint column) {
    g_autoptr(GArray) heads = grid_heads(outline->grid, outline->block, column);
    gboolean before;
    if (heads->len == 0)
        return 0;
    return table_words_rank(
        outline->grid->words,
        outline->grid->content[g_array_index(heads, guint, heads->len - 1)].text, &before);
}

/* Of columns that measure the same, only a single total does. */
static void keep_totals(const Outline *outline, const GArray *columns, GPtrArray *measures) {
    g_autofree gboolean *dropped = g_new0(gboolean, columns->len + 1);
    for (guint i = 0; i < columns->len; i++) {
        guint same = 0, totals = 0, own = head_rank(outline, g_array_index(columns, guint, i));
        for (guint k = 0; measures->pdata[i] != NULL && k < columns->len; k++) {
            if (g_strcmp0(measures->pdata[i], measures->pdata[k]) != 0)
                continue;
            same++;
            totals += head_rank(outline, g_array_index(columns, guint, k)) > 0;
        }
        dropped[i] = same > 1 && (own == 0 || totals > 1);
    }
    for (guint i = 0; i < columns->len; i++)
        if (dropped[i])
            g_clear_pointer(&measures->pdata[i], g_free);
}

/* What an entry is called and found by, as soon as one of its figures is taken. */
typedef struct {
    const char *name, *key; /* NULL before */
} EntryName;

static const char *row_key(TableIndex *index, const Entry *entry, const char *name) {
    g_autofree char *key = NULL;
    if (*entry->code != '\0' && entry->parent != ENTRY_NONE)
        key = g_strconcat("#", entry->code, NULL);
    else if (entry->rank > 0) {
        g_autofree char *bare = table_index_name(index, entry->name);
        gboolean year = table_words_has(index->words, TABLE_INCOME, entry->name) ||
                        table_words_has(index->words, TABLE_SPENDING, entry->name) ||
                        g_utf8_strlen(bare, -1) <= 2;
        key = year ? g_strdup_printf("=%u", entry->rank) : g_strdup(name);
    } else
        key = g_strdup(name);
    return g_string_chunk_insert_const(index->strings, key);
}

/* What the column is called, heads that only say how it was measured left out: 公务接待费 of
 * 公务接待费·决算数. */
static char *column_name(TableIndex *index, const Outline *outline, guint column) {
    g_autoptr(GArray) heads = grid_heads(outline->grid, outline->block, column);
    for (guint i = heads->len; i > 0; i--) {
        const char *text = outline->grid->content[g_array_index(heads, guint, i - 1)].text;
        gsize length = strlen(text);
        if (table_words_ends(index->words, TABLE_ENDING, text, length) < length)
            return table_index_name(index, text);
    }
    return g_strdup("");
}

static void name_entry(TableIndex *index, const Entry *entry, EntryName *called) {
    g_autofree char *name = table_index_name(index, entry->name);
    called->name = g_string_chunk_insert_const(index->strings, name);
    called->key = row_key(index, entry, name);
}

static void add_entry(TableIndex *index, const Outline *outline, const Entry *entry,
                      EntryName *called, guint column, const char *measure) {
    guint fact = grid_fact(outline->grid, entry->row, column);
    if (fact == REPORT_NONE || strlen(entry->name) > NAME_BYTES_MAX)
        return;
    const Fact *own = report_fact(index->report, fact);
    if (!fact_is_addend(own) || own->kind != FIGURE_AMOUNT)
        return;
    if (called->name == NULL)
        name_entry(index, entry, called);
    g_autofree char *alias =
        entry->rank > 0 || *entry->name == '\0' ? column_name(index, outline, column) : NULL;
    Indexed indexed = {.fact = fact,
                       .table = outline->grid->table,
                       .column = column,
                       .measure = measure,
                       .key = called->key,
                       .name = called->name,
                       .alias = alias == NULL ? NULL
                                              : g_string_chunk_insert_const(index->strings, alias),
                       .total = entry->rank > 0};
    g_array_append_val(index->amounts, indexed);
}

void table_index_add(TableIndex *index, const Outline *outline) {
    g_autoptr(GArray) columns = outline_additive(outline);
    g_autofree char *caption = fold_lines(index->report->document, outline->grid->shape->caption);
    g_autoptr(GPtrArray) measures = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < columns->len; i++)
        g_ptr_array_add(measures,
                        column_measure(outline, g_array_index(columns, guint, i), caption));
    g_autofree EntryName *called = g_new0(EntryName, outline->entries->len + 1);
    keep_totals(outline, columns, measures);
    for (guint i = 0; i < columns->len; i++) {
        const char *measure = measures->pdata[i];
        measure = measure == NULL ? NULL : g_string_chunk_insert_const(index->strings, measure);
        for (guint k = 0; k < outline->entries->len; k++)
            add_entry(index, outline, outline_entry(outline, k), &called[k],
                      g_array_index(columns, guint, i), measure);
    }
}
