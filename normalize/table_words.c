#include "normalize/table_words.h"
#include "normalize/word_index.h"
#include <string.h>

static const char *const ROLES[HEAD_ROLES] = {
    [HEAD_NONE] = "none",           [HEAD_SINGLE] = "single", [HEAD_DEDUCTED] = "deducted",
    [HEAD_SCORED] = "scored",       [HEAD_EARNED] = "earned", [HEAD_WEIGHT] = "weight",
    [HEAD_ADDED] = "added",         [HEAD_CUT] = "cut",       [HEAD_GROWTH] = "growth",
    [HEAD_RATE] = "rate",           [HEAD_SHARE] = "share",   [HEAD_CHANGE] = "change",
    [HEAD_LEFT] = "left",           [HEAD_LAST] = "last",     [HEAD_ORIGINAL] = "original",
    [HEAD_RECEIVED] = "received",   [HEAD_BUDGET] = "budget", [HEAD_ACTUAL] = "actual",
    [HEAD_TARGET] = "target",       [HEAD_RESULT] = "result", [HEAD_SIGN] = "sign",
    [HEAD_UNIT] = "unit",           [HEAD_THIS] = "this",     [HEAD_GROUP] = "group",
    [HEAD_SUBGROUP] = "subgroup",   [HEAD_NAME] = "name",     [HEAD_REASON] = "reason",
    [HEAD_INDICATOR] = "indicator",
};
static const char *const SETS[TABLE_SETS] = {
    [TABLE_SOME] = "some",
    [TABLE_REST] = "rest",
    [TABLE_MINUS] = "minus",
    [TABLE_PLUS] = "plus",
    [TABLE_APART] = "apart",
    [TABLE_MEAN] = "mean",
    [TABLE_EXECUTION] = "execution",
    [TABLE_INCOME] = "income",
    [TABLE_SPENDING] = "spending",
    [TABLE_ALL_INCOME] = "all-income",
    [TABLE_ALL_SPENDING] = "all-spending",
    [TABLE_OPENING] = "opening",
    [TABLE_CLOSING] = "closing",
    [TABLE_ENDING] = "ending",
    [TABLE_CLASS] = "class",
    [TABLE_LESSER] = "lesser",
    [TABLE_SIGN_MORE] = "sign-more",
    [TABLE_SIGN_LESS] = "sign-less",
    [TABLE_SIGN_NONE] = "sign-none",
    [TABLE_COUNTED] = "counted",
    [TABLE_GOAL] = "goal",
    [TABLE_DEED] = "deed",
    [TABLE_BESIDE] = "beside",
    [TABLE_SUBJECT] = "subject",
    [TABLE_SCORED] = "scored",
    [TABLE_BLANK] = "blank",
    [TABLE_OVERALL] = "overall",
};

typedef struct {
    const char *word;
    guint rank;
    gboolean before;
} Total;

typedef struct {
    HeadRole role;
    WordList *words, *unless;
    const char *rule;
} Column;

typedef struct {
    const char *rule;
    WordList *words, *totals;
} Whole;

typedef struct {
    const char *value;
    const char **words;
    WordList *list; /* of the same words */
    gboolean narrow;
} Measure;

typedef struct {
    WordList *heads, *words;
} Listing;

/* A list of words in an attribute. */
typedef struct {
    const char **words;
    WordList *list;
} Set;

typedef struct {
    const char *name;
    GArray *measures; /* Measure */
} Dimension;

/* What a head was found to be; most heads come again and again, and so do the texts of cells. */
typedef struct {
    HeadRole role;
    const char *rule;
} Found;

enum { FOUND_MAX = 4096 };

struct TableWords {
    GArray *totals;              /* Total */
    GArray *sets[TABLE_SETS];    /* Set */
    WordIndex *ends[TABLE_SETS]; /* the words of all of them, for what begins or ends with one */
    GArray *columns;             /* Column */
    GArray *listings;            /* Listing */
    GArray *wholes;              /* Whole */
    GArray *dimensions;          /* Dimension */
    GHashTable *found;           /* head → Found; forgotten when there are FOUND_MAX */
};

static void column_clear(gpointer data) {
    Column *column = data;
    word_list_free(column->words);
    word_list_free(column->unless);
}

static void listing_clear(gpointer data) {
    Listing *listing = data;
    word_list_free(listing->heads);
    word_list_free(listing->words);
}

static void whole_clear(gpointer data) {
    Whole *whole = data;
    word_list_free(whole->words);
    word_list_free(whole->totals);
}

static void measure_clear(gpointer data) {
    Measure *measure = data;
    g_free(measure->words);
    word_list_free(measure->list);
}

static void set_clear(gpointer data) {
    Set *set = data;
    g_free(set->words);
    word_list_free(set->list);
}

static void dimension_clear(gpointer data) { g_array_unref(((Dimension *)data)->measures); }

TableWords *table_words_new(void) {
    TableWords *words = g_new0(TableWords, 1);
    words->totals = g_array_new(FALSE, TRUE, sizeof(Total));
    for (guint i = 0; i < TABLE_SETS; i++) {
        words->sets[i] = g_array_new(FALSE, FALSE, sizeof(Set));
        g_array_set_clear_func(words->sets[i], set_clear);
        words->ends[i] = word_index_new();
    }
    words->columns = g_array_new(FALSE, TRUE, sizeof(Column));
    g_array_set_clear_func(words->columns, column_clear);
    words->listings = g_array_new(FALSE, TRUE, sizeof(Listing));
    g_array_set_clear_func(words->listings, listing_clear);
    words->wholes = g_array_new(FALSE, TRUE, sizeof(Whole));
    g_array_set_clear_func(words->wholes, whole_clear);
    words->dimensions = g_array_new(FALSE, TRUE, sizeof(Dimension));
    g_array_set_clear_func(words->dimensions, dimension_clear);
    words->found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return words;
}

void table_words_free(TableWords *words) {
    if (words == NULL)
        return;
    g_array_unref(words->totals);
    for (guint i = 0; i < TABLE_SETS; i++) {
        g_array_unref(words->sets[i]);
        word_index_free(words->ends[i]);
    }
    g_array_unref(words->columns);
    g_array_unref(words->listings);
    g_array_unref(words->wholes);
    g_array_unref(words->dimensions);
    g_hash_table_unref(words->found);
    g_free(words);
}

static guint find_name(const char *const *names, guint n, const char *name) {
    guint i = 0;
    while (i < n && !g_str_equal(names[i], name))
        i++;
    return i;
}

static void read_total(TableWords *words, const PatternFile *file, const xmlNode *node) {
    g_autofree const char **list = pattern_words(file, node, "words");
    for (const char **word = list; *word != NULL; word++) {
        Total total = {.word = *word,
                       .rank = (guint)pattern_number(node, "rank", 1),
                       .before = g_strcmp0(pattern_attribute(file, node, "place"), "before") == 0};
        g_array_append_val(words->totals, total);
    }
}

static WordList *read_list(const PatternFile *file, const xmlNode *node, const char *attribute) {
    g_autofree const char **words = pattern_words(file, node, attribute);
    return word_list_new(words);
}

static void read_measure(TableWords *words, const PatternFile *file, const xmlNode *node) {
    const char *name = pattern_attribute(file, node, "dimension");
    Measure measure = {pattern_attribute(file, node, "value"), pattern_words(file, node, "words"),
                       read_list(file, node, "words"),
                       pattern_attribute(file, node, "narrow") != NULL};
    for (guint i = 0; i < words->dimensions->len; i++) {
        Dimension *dimension = &g_array_index(words->dimensions, Dimension, i);
        if (g_str_equal(dimension->name, name)) {
            g_array_append_val(dimension->measures, measure);
            return;
        }
    }
    Dimension dimension = {name, g_array_new(FALSE, FALSE, sizeof(Measure))};
    g_array_set_clear_func(dimension.measures, measure_clear);
    g_array_append_val(dimension.measures, measure);
    g_array_append_val(words->dimensions, dimension);
}

static void read_set(TableWords *words, const PatternFile *file, const xmlNode *node) {
    guint set = find_name(SETS, TABLE_SETS, pattern_attribute(file, node, "id"));
    Set one = {pattern_words(file, node, "words"), read_list(file, node, "words")};
    if (set == TABLE_SETS) {
        set_clear(&one);
        return;
    }
    g_array_append_val(words->sets[set], one);
    for (const char **text = one.words; *text != NULL; text++) {
        const IndexedWord word = {.text = *text, .length = strlen(*text)};
        word_index_add(words->ends[set], &word);
    }
    word_index_finish(words->ends[set]);
}

gboolean table_words_read(TableWords *words, const PatternFile *file, const xmlNode *root,
                          GError **error) {
    (void)error;
    for (const xmlNode *node = root->children; node != NULL; node = node->next) {
        if (pattern_is(node, "total"))
            read_total(words, file, node);
        else if (pattern_is(node, "set"))
            read_set(words, file, node);
        else if (pattern_is(node, "column")) {
            Column column = {find_name(ROLES, HEAD_ROLES, pattern_attribute(file, node, "role")),
                             read_list(file, node, "words"), read_list(file, node, "unless"),
                             pattern_attribute(file, node, "rule")};
            g_array_append_val(words->columns, column);
        } else if (pattern_is(node, "listed")) {
            Listing listing = {read_list(file, node, "heads"), read_list(file, node, "words")};
            g_array_append_val(words->listings, listing);
        } else if (pattern_is(node, "whole")) {
            Whole whole = {pattern_attribute(file, node, "rule"), read_list(file, node, "words"),
                           read_list(file, node, "total")};
            g_array_append_val(words->wholes, whole);
        } else if (pattern_is(node, "measure"))
            read_measure(words, file, node);
    }
    return TRUE;
}

/* The length of a name without what stands in brackets at its end, colons and stops. */
static gsize core_length(const char *name) {
    gsize length = strlen(name);
    for (;;) {
        gsize before = length;
        while (length > 0 && strchr(":;,.*", name[length - 1]) != NULL)
            length--;
        if (length > 0 && name[length - 1] == ')') {
            gsize open = length - 1;
            while (open > 0 && name[open] != '(')
                open--;
            if (open > 0)
                length = open;
        }
        if (length == before)
            return length;
    }
}

guint table_words_rank(const TableWords *words, const char *name, gboolean *before) {
    gsize length = core_length(name);
    for (guint i = 0; i < words->totals->len; i++) {
        const Total *total = &g_array_index(words->totals, Total, i);
        gsize n = strlen(total->word);
        if (n <= length && memcmp(name + length - n, total->word, n) == 0) {
            *before = total->before;
            return total->rank;
        }
    }
    *before = FALSE;
    return 0;
}

gboolean table_words_is(const TableWords *words, TableSet set, const char *text) {
    return word_index_has(words->ends[set], text);
}

gboolean table_words_blank(const TableWords *words, const char *text) {
    return *text == '\0' || table_words_is(words, TABLE_BLANK, text);
}

gboolean table_words_begins(const TableWords *words, TableSet set, const char *name) {
    return word_index_at(words->ends[set], name, name) != NULL;
}

gsize table_words_ends(const TableWords *words, TableSet set, const char *name, gsize length) {
    const IndexedWord *word = word_index_before(words->ends[set], name, length);
    return word == NULL ? 0 : word->length;
}

const char *table_words_behind(const TableWords *words, TableSet set, const char *name) {
    for (guint i = 0; i < words->sets[set]->len; i++)
        for (const char **word = g_array_index(words->sets[set], Set, i).words; *word != NULL;
             word++) {
            const char *at = g_strrstr(name, *word);
            if (at != NULL && at[strlen(*word)] != '\0')
                name = at + strlen(*word);
        }
    return name;
}

gboolean table_words_has(const TableWords *words, TableSet set, const char *name) {
    const WordBits bits = word_bits(name);
    for (guint i = 0; i < words->sets[set]->len; i++)
        if (word_list_finds(g_array_index(words->sets[set], Set, i).list, name, bits))
            return TRUE;
    return FALSE;
}

static Found find_column(const TableWords *words, const char *head) {
    const WordBits bits = word_bits(head);
    for (guint i = 0; i < words->columns->len; i++) {
        const Column *column = &g_array_index(words->columns, Column, i);
        if (word_list_finds(column->words, head, bits) &&
            !word_list_finds(column->unless, head, bits))
            return (Found){column->role, column->rule};
    }
    return (Found){HEAD_NONE, NULL};
}

HeadRole table_words_column(const TableWords *words, const char *head, const char **rule) {
    Found *found = g_hash_table_lookup(words->found, head);
    if (found == NULL) {
        if (g_hash_table_size(words->found) >= FOUND_MAX)
            g_hash_table_remove_all(words->found);
        found = g_new(Found, 1);
        *found = find_column(words, head);
        g_hash_table_insert(words->found, g_strdup(head), found);
    }
    if (rule != NULL && found->role != HEAD_NONE)
        *rule = found->rule;
    return found->role;
}

const WordList *table_words_listed(const TableWords *words, const char *head) {
    const WordBits bits = word_bits(head);
    for (guint i = 0; i < words->listings->len; i++) {
        const Listing *listing = &g_array_index(words->listings, Listing, i);
        if (word_list_finds(listing->heads, head, bits))
            return listing->words;
    }
    return NULL;
}

/* Every name has a word, two of them different ones. */
static gboolean makes_whole(const WordList *list, const GPtrArray *names) {
    guint first = 0;
    gboolean different = FALSE;
    for (guint i = 0; i < names->len; i++) {
        guint word = word_list_first(list, names->pdata[i], word_bits(names->pdata[i]));
        if (word == 0)
            return FALSE;
        different |= first != 0 && first != word;
        first = first == 0 ? word : first;
    }
    return different;
}

const char *table_words_whole(const TableWords *words, const char *total, const GPtrArray *names) {
    const WordBits bits = total == NULL ? 0 : word_bits(total);
    for (guint i = 0; i < words->wholes->len; i++) {
        const Whole *whole = &g_array_index(words->wholes, Whole, i);
        gboolean total_fits = total == NULL || word_list_is_empty(whole->totals) ||
                              word_list_finds(whole->totals, total, bits);
        if (total_fits && makes_whole(whole->words, names))
            return whole->rule;
    }
    return NULL;
}

guint table_words_dimensions(const TableWords *words) { return words->dimensions->len; }

const char *table_words_measure(const TableWords *words, guint index, const char *head) {
    const Dimension *dimension = &g_array_index(words->dimensions, Dimension, index);
    const WordBits bits = word_bits(head);
    for (guint i = 0; i < dimension->measures->len; i++) {
        const Measure *measure = &g_array_index(dimension->measures, Measure, i);
        if (word_list_finds(measure->list, head, bits))
            return measure->value;
    }
    return NULL;
}

gboolean table_words_narrows(const TableWords *words, const char *measure, const char *text) {
    g_auto(GStrv) values = g_strsplit(measure, "|", -1);
    const WordBits bits = word_bits(text);
    for (guint i = 0; i < words->dimensions->len && values[i] != NULL; i++) {
        const Dimension *dimension = &g_array_index(words->dimensions, Dimension, i);
        for (guint k = 0; k < dimension->measures->len; k++) {
            const Measure *own = &g_array_index(dimension->measures, Measure, k);
            if (own->narrow && g_str_equal(own->value, values[i]) &&
                !word_list_finds(own->list, text, bits))
                return TRUE;
        }
    }
    return FALSE;
}

/* Takes every word of the measure out of `rest`; TRUE where there was one. */
static gboolean take_measure(const Measure *measure, GString *rest) {
    gboolean found = FALSE;
    for (const char **word = measure->words; *word != NULL; word++) {
        char *at = strstr(rest->str, *word);
        if (at == NULL)
            continue;
        found = TRUE;
        /* a blank keeps what stands on both sides from making another word */
        g_string_erase(rest, at - rest->str, (gssize)strlen(*word));
        g_string_insert_c(rest, at - rest->str, ' ');
    }
    return found;
}

/* The value of one dimension in `name`; `rest` loses its words. FALSE where two sides are named. */
static gboolean read_dimension(const Dimension *dimension, const char *name, GString *rest,
                               gboolean both, const char **value) {
    gboolean side = !both && g_str_equal(dimension->name, "side");
    const WordBits bits = word_bits(name);
    *value = NULL;
    for (guint i = 0; i < dimension->measures->len; i++) {
        const Measure *measure = &g_array_index(dimension->measures, Measure, i);
        if (!word_list_finds(measure->list, name, bits))
            continue;
        if (*value != NULL && side)
            return FALSE;
        *value = *value == NULL ? measure->value : *value;
        take_measure(measure, rest);
    }
    return TRUE;
}

char *table_words_measure_name(const TableWords *words, const char *name, gboolean both) {
    g_autoptr(GString) rest = g_string_new(name);
    GString *measure = g_string_new(NULL);
    gboolean known = *name != '\0';
    for (guint i = words->dimensions->len; i > 0 && known; i--) {
        const char *value;
        known = read_dimension(&g_array_index(words->dimensions, Dimension, i - 1), name, rest,
                               both, &value);
        g_autofree char *one = g_strdup_printf("%s|", value == NULL ? "" : value);
        g_string_prepend(measure, one);
    }
    known = known && rest->str[strspn(rest->str, " ")] == '\0';
    return g_string_free(measure, !known);
}
