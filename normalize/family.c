#include "normalize/family.h"
#include "normalize/expression.h"
#include "normalize/word_list.h"
#include <string.h>

typedef struct {
    const char *field;
    const char *words;
} Key;

typedef struct {
    const char *id;
    guint least;
    char **words;
    WordBits *bits; /* of each */
} TableLayout;

/* A heading is one of the template when so many of its characters stand in it, in per cent; a
 * layout is known by so many of its headings. */
enum { TITLE_ALIKE_PERCENT = 70, LAYOUT_KNOWN_PERCENT = 80 };

struct Families {
    GPtrArray *families; /* Family */
    GArray *layouts;     /* TableLayout */
    GArray *keys;        /* Key */
    GHashTable *orders;  /* words of a key → its place among the keys */
};

static void family_free(gpointer data) {
    Family *family = data;
    g_ptr_array_unref(family->titles);
    g_array_unref(family->sections);
    g_free(family);
}

static void layout_clear(gpointer data) {
    TableLayout *layout = data;
    g_strfreev(layout->words);
    g_free(layout->bits);
}

Families *families_new(void) {
    Families *families = g_new0(Families, 1);
    families->layouts = g_array_new(FALSE, TRUE, sizeof(TableLayout));
    g_array_set_clear_func(families->layouts, layout_clear);
    families->families = g_ptr_array_new_with_free_func(family_free);
    families->keys = g_array_new(FALSE, FALSE, sizeof(Key));
    families->orders = g_hash_table_new(g_str_hash, g_str_equal);
    return families;
}

void families_free(Families *families) {
    if (families == NULL)
        return;
    g_ptr_array_unref(families->families);
    g_array_unref(families->keys);
    g_hash_table_unref(families->orders);
    g_array_unref(families->layouts);
    g_free(families);
}

static void expression_clear(gpointer data) { expression_free(data); }

static gboolean read_family(Families *families, const PatternFile *file, const xmlNode *node,
                            GError **error) {
    Family *family = g_new0(Family, 1);
    *family = (Family){.id = pattern_attribute(file, node, "id"),
                       .type = pattern_attribute(file, node, "type"),
                       .of = pattern_attribute(file, node, "of"),
                       .titles = g_ptr_array_new_with_free_func(expression_clear),
                       .sections = g_array_new(FALSE, FALSE, sizeof(FamilySection))};
    g_ptr_array_add(families->families, family);
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        if (pattern_is(child, "section")) {
            FamilySection section = {pattern_attribute(file, child, "number"),
                                     pattern_text(file, child),
                                     pattern_attribute(file, child, "usual") != NULL};
            g_array_append_val(family->sections, section);
        }
        if (!pattern_is(child, "title"))
            continue;
        Expression *title = pattern_expression(file, child, error);
        if (title == NULL)
            return FALSE;
        g_ptr_array_add(family->titles, title);
    }
    return TRUE;
}

static void read_key(Families *families, const PatternFile *file, const xmlNode *node) {
    g_auto(GStrv) parts = g_strsplit_set(pattern_text(file, node), " \t\r\n", -1);
    for (char **part = parts; *part != NULL; part++) {
        Key key = {pattern_attribute(file, node, "field"),
                   g_string_chunk_insert_const(file->patterns->strings, *part)};
        if (**part == '\0')
            continue;
        if (!g_hash_table_contains(families->orders, key.words))
            g_hash_table_insert(families->orders, (gpointer)key.words,
                                GUINT_TO_POINTER(families->keys->len));
        g_array_append_val(families->keys, key);
    }
}

static void read_layout(Families *families, const PatternFile *file, const xmlNode *node) {
    g_auto(GStrv) parts = g_strsplit_set(pattern_text(file, node), " \t\r\n", -1);
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();
    for (char **part = parts; *part != NULL; part++)
        if (**part != '\0')
            g_strv_builder_add(words, *part);
    TableLayout layout = {.id = pattern_attribute(file, node, "id"),
                          .least = (guint)pattern_number(node, "least", 1),
                          .words = g_strv_builder_end(words)};
    layout.bits = g_new(WordBits, g_strv_length(layout.words) + 1);
    for (guint i = 0; layout.words[i] != NULL; i++)
        layout.bits[i] = word_bits(layout.words[i]);
    g_array_append_val(families->layouts, layout);
}

gboolean families_read(Families *families, const PatternFile *file, const xmlNode *root,
                       GError **error) {
    for (const xmlNode *node = root->children; node != NULL; node = node->next) {
        if (pattern_is(node, "family") && !read_family(families, file, node, error))
            return FALSE;
        if (pattern_is(node, "layout"))
            read_layout(families, file, node);
        if (pattern_is(node, "key"))
            read_key(families, file, node);
    }
    return TRUE;
}

gboolean families_read_title(const Families *families, const char *title, TitleReading *reading) {
    *reading = (TitleReading){0};
    for (guint i = 0; i < families->families->len; i++) {
        const Family *family = families->families->pdata[i];
        for (guint k = 0; k < family->titles->len; k++) {
            Expression *expression = family->titles->pdata[k];
            if (!expression_find(expression, title))
                continue;
            *reading = (TitleReading){.family = family,
                                      .department = expression_group(expression, "department"),
                                      .year = expression_group(expression, "year"),
                                      .subject = expression_group(expression, "subject")};
            return TRUE;
        }
    }
    return FALSE;
}

void title_reading_clear(TitleReading *reading) {
    g_free(reading->department);
    g_free(reading->year);
    g_free(reading->subject);
    *reading = (TitleReading){0};
}

const Family *families_find(const Families *families, const char *id) {
    for (guint i = 0; i < families->families->len; i++) {
        const Family *family = families->families->pdata[i];
        if (g_strcmp0(family->id, id) == 0)
            return family;
    }
    return NULL;
}

static gboolean is_title(const char *printed, const char *title) {
    glong common = 0, n = 0;
    for (const char *p = title; *p != '\0'; p = g_utf8_next_char(p), n++)
        common += g_utf8_strchr(printed, -1, g_utf8_get_char(p)) != NULL;
    return common * 100 >= n * TITLE_ALIKE_PERCENT;
}

/* How the family's headings and the report's titles fit each other, in per cent. */
typedef struct {
    guint present; /* of the headings that must be there */
    guint alike;   /* of both (Dice): a short layout does not win over a longer one */
} LayoutFit;

static gboolean has_title(const GPtrArray *titles, const char *title) {
    for (guint i = 0; i < titles->len; i++)
        if (is_title(titles->pdata[i], title))
            return TRUE;
    return FALSE;
}

static LayoutFit layout_fit(const Family *family, const GPtrArray *titles) {
    guint asked = 0, found = 0, usual = 0;
    for (guint i = 0; i < family->sections->len; i++) {
        const FamilySection *section = &g_array_index(family->sections, FamilySection, i);
        gboolean has = has_title(titles, section->title);
        asked += section->usual ? 0 : 1;
        found += has && !section->usual ? 1 : 0;
        usual += has && section->usual ? 1 : 0;
    }
    if (asked < 2)
        return (LayoutFit){0, 0};
    return (LayoutFit){found * 100 / asked, 200 * (found + usual) / (asked + usual + titles->len)};
}

const Family *families_find_layout(const Families *families, const char *id,
                                   const GPtrArray *titles) {
    const Family *own = id == NULL ? NULL : families_find(families, id), *best = own;
    guint most = own == NULL ? 0 : layout_fit(own, titles).alike;
    for (guint i = 0; i < families->families->len; i++) {
        const Family *family = families->families->pdata[i];
        if (own != NULL && g_strcmp0(family->of, own->id) != 0)
            continue;
        LayoutFit fit = layout_fit(family, titles);
        if (fit.alike > most && fit.present >= LAYOUT_KNOWN_PERCENT) {
            most = fit.alike;
            best = family;
        }
    }
    return best;
}

/* Which characters texts begin with, hashed: most words are told by one look. */
enum { FIRSTS = 1024 };

static guint first_of(const char *text) { return g_utf8_get_char(text) % FIRSTS; }

/* Whether a text begins with the word; `bits` are the texts',
 * `wanted` the word's. */
static gboolean any_begins(const GPtrArray *texts, const WordBits *bits, const char *word,
                           WordBits wanted) {
    for (guint i = 0; i < texts->len; i++)
        if (word_bits_within(wanted, bits[i]) && g_str_has_prefix(texts->pdata[i], word))
            return TRUE;
    return FALSE;
}

const char *families_find_table(const Families *families, const GPtrArray *texts) {
    const char *best = NULL;
    guint most = 0;
    g_autofree WordBits *bits = g_new(WordBits, texts->len + 1);
    gboolean firsts[FIRSTS] = {FALSE};
    for (guint i = 0; i < texts->len; i++) {
        bits[i] = word_bits(texts->pdata[i]);
        firsts[first_of(texts->pdata[i])] = TRUE;
    }
    for (guint i = 0; i < families->layouts->len; i++) {
        const TableLayout *layout = &g_array_index(families->layouts, TableLayout, i);
        guint found = 0;
        for (guint k = 0; layout->words[k] != NULL; k++)
            found += firsts[first_of(layout->words[k])] &&
                             any_begins(texts, bits, layout->words[k], layout->bits[k])
                         ? 1
                         : 0;
        if (found >= layout->least && found > most) {
            most = found;
            best = layout->id;
        }
    }
    return best;
}

const char *families_key(const Families *families, const char *words, guint *order) {
    gpointer place;
    if (!g_hash_table_lookup_extended(families->orders, words, NULL, &place))
        return NULL;
    *order = GPOINTER_TO_UINT(place);
    return g_array_index(families->keys, Key, *order).field;
}
