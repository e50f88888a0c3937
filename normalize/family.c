#include "normalize/family.h"
#include "normalize/expression.h"
#include <string.h>

typedef struct {
    const char *field;
    const char *words;
} Key;

struct Families {
    GPtrArray *families; /* Family */
    GArray *keys;        /* Key */
};

static void family_free(gpointer data) {
    Family *family = data;
    g_ptr_array_unref(family->titles);
    g_array_unref(family->sections);
    g_free(family);
}

Families *families_new(void) {
    Families *families = g_new0(Families, 1);
    families->families = g_ptr_array_new_with_free_func(family_free);
    families->keys = g_array_new(FALSE, FALSE, sizeof(Key));
    return families;
}

void families_free(Families *families) {
    if (families == NULL)
        return;
    g_ptr_array_unref(families->families);
    g_array_unref(families->keys);
    g_free(families);
}

static void expression_clear(gpointer data) { expression_free(data); }

static gboolean read_family(Families *families, const PatternFile *file, const xmlNode *node,
                            GError **error) {
    Family *family = g_new0(Family, 1);
    *family = (Family){.id = pattern_attribute(file, node, "id"),
                       .type = pattern_attribute(file, node, "type"),
                       .titles = g_ptr_array_new_with_free_func(expression_clear),
                       .sections = g_array_new(FALSE, FALSE, sizeof(FamilySection))};
    g_ptr_array_add(families->families, family);
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        if (pattern_is(child, "section")) {
            FamilySection section = {pattern_attribute(file, child, "number"),
                                     pattern_text(file, child)};
            g_array_append_val(family->sections, section);
        }
        if (!pattern_is(child, "title"))
            continue;
        g_autofree char *reason = NULL;
        Expression *title = expression_new(pattern_text(file, child), &reason);
        if (title == NULL)
            return pattern_fail(file, child, error, reason);
        g_ptr_array_add(family->titles, title);
    }
    return TRUE;
}

static void read_key(Families *families, const PatternFile *file, const xmlNode *node) {
    g_auto(GStrv) parts = g_strsplit_set(pattern_text(file, node), " \t\r\n", -1);
    for (char **part = parts; *part != NULL; part++) {
        Key key = {pattern_attribute(file, node, "field"),
                   g_string_chunk_insert_const(file->patterns->strings, *part)};
        if (**part != '\0')
            g_array_append_val(families->keys, key);
    }
}

gboolean families_read(Families *families, const PatternFile *file, const xmlNode *root,
                       GError **error) {
    for (const xmlNode *node = root->children; node != NULL; node = node->next) {
        if (pattern_is(node, "family") && !read_family(families, file, node, error))
            return FALSE;
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

const char *families_key(const Families *families, const char *words, guint *order) {
    for (guint i = 0; i < families->keys->len; i++) {
        const Key *key = &g_array_index(families->keys, Key, i);
        if (strcmp(key->words, words) != 0)
            continue;
        *order = i;
        return key->field;
    }
    return NULL;
}
