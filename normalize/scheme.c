#include "normalize/scheme.h"
#include <glib/gi18n.h>
#include <string.h>

typedef struct {
    const char *name;
    GPtrArray *words;
} Region;

struct Schemes {
    GArray *regions; /* Region */
    GArray *grades;  /* GradeScale */
    GArray *weights; /* WeightScheme */
    GArray *caps;    /* CapScheme */
};

static void scope_clear(Scope *scope) { g_ptr_array_unref(scope->types); }

static void region_clear(gpointer data) { g_ptr_array_unref(((Region *)data)->words); }

static void grades_clear(gpointer data) {
    GradeScale *scale = data;
    scope_clear(&scale->scope);
    g_array_unref(scale->grades);
}

static void weights_clear(gpointer data) {
    WeightScheme *scheme = data;
    scope_clear(&scheme->scope);
    g_array_unref(scheme->weights);
}

static void caps_clear(gpointer data) {
    CapScheme *scheme = data;
    scope_clear(&scheme->scope);
    g_array_unref(scheme->caps);
}

static GArray *list_new(guint size, GDestroyNotify clear) {
    GArray *list = g_array_new(FALSE, TRUE, size);
    g_array_set_clear_func(list, clear);
    return list;
}

Schemes *schemes_new(void) {
    Schemes *schemes = g_new0(Schemes, 1);
    schemes->regions = list_new(sizeof(Region), region_clear);
    schemes->grades = list_new(sizeof(GradeScale), grades_clear);
    schemes->weights = list_new(sizeof(WeightScheme), weights_clear);
    schemes->caps = list_new(sizeof(CapScheme), caps_clear);
    return schemes;
}

void schemes_free(Schemes *schemes) {
    if (schemes == NULL)
        return;
    g_array_unref(schemes->regions);
    g_array_unref(schemes->grades);
    g_array_unref(schemes->weights);
    g_array_unref(schemes->caps);
    g_free(schemes);
}

static GPtrArray *split_words(const PatternFile *file, const char *text) {
    GPtrArray *words = g_ptr_array_new();
    g_auto(GStrv) parts = g_strsplit_set(text == NULL ? "" : text, " \t\r\n", -1);
    for (char **part = parts; *part != NULL; part++)
        if (**part != '\0')
            g_ptr_array_add(words, g_string_chunk_insert_const(file->patterns->strings, *part));
    return words;
}

static Scope read_scope(const PatternFile *file, const xmlNode *node) {
    return (Scope){.region = pattern_attribute(file, node, "region"),
                   .first = pattern_number(node, "from", 0),
                   .last = pattern_number(node, "to", 0),
                   .types = split_words(file, pattern_attribute(file, node, "types"))};
}

static gboolean read_decimal(const PatternFile *file, const xmlNode *node, const char *name,
                             Decimal *value, GError **error) {
    const char *text = pattern_attribute(file, node, name);
    return (text != NULL && decimal_parse(text, value)) ||
           pattern_fail(file, node, error, _("not a number"));
}

static gboolean read_grades(Schemes *schemes, const PatternFile *file, const xmlNode *node,
                            GError **error) {
    GradeScale scale = {read_scope(file, node), g_array_new(FALSE, TRUE, sizeof(Grade))};
    g_array_append_val(schemes->grades, scale);
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        Grade grade = {.name = pattern_text(file, child),
                       .also = pattern_attribute(file, child, "also")};
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (!read_decimal(file, child, "from", &grade.from, error))
            return FALSE;
        g_array_append_val(scale.grades, grade);
    }
    return TRUE;
}

static gboolean read_weights(Schemes *schemes, const PatternFile *file, const xmlNode *node,
                             GError **error) {
    WeightScheme scheme = {read_scope(file, node), g_array_new(FALSE, TRUE, sizeof(Weight))};
    g_array_append_val(schemes->weights, scheme);
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        Weight weight = {.name = pattern_text(file, child)};
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (!read_decimal(file, child, "points", &weight.points, error))
            return FALSE;
        g_array_append_val(scheme.weights, weight);
    }
    return TRUE;
}

static gboolean read_caps(Schemes *schemes, const PatternFile *file, const xmlNode *node,
                          GError **error) {
    CapScheme scheme = {read_scope(file, node), g_array_new(FALSE, TRUE, sizeof(Cap))};
    g_array_append_val(schemes->caps, scheme);
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        Cap cap;
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (!read_decimal(file, child, "below", &cap.below, error) ||
            !read_decimal(file, child, "most", &cap.most, error))
            return FALSE;
        g_array_append_val(scheme.caps, cap);
    }
    return TRUE;
}

gboolean schemes_read(Schemes *schemes, const PatternFile *file, const xmlNode *root,
                      GError **error) {
    for (const xmlNode *node = root->children; node != NULL; node = node->next) {
        if ((pattern_is(node, "grades") && !read_grades(schemes, file, node, error)) ||
            (pattern_is(node, "weights") && !read_weights(schemes, file, node, error)) ||
            (pattern_is(node, "caps") && !read_caps(schemes, file, node, error)))
            return FALSE;
        if (pattern_is(node, "region")) {
            Region region = {pattern_attribute(file, node, "name"),
                             split_words(file, pattern_text(file, node))};
            g_array_append_val(schemes->regions, region);
        }
    }
    return TRUE;
}

const char *schemes_region(const Schemes *schemes, const char *words) {
    for (guint i = 0; words != NULL && i < schemes->regions->len; i++) {
        const Region *region = &g_array_index(schemes->regions, Region, i);
        for (guint k = 0; k < region->words->len; k++)
            if (strstr(words, region->words->pdata[k]) != NULL)
                return region->name;
    }
    return NULL;
}

static gboolean scope_has(const Scope *scope, const char *region, int year, const char *type) {
    gboolean typed = scope->types->len == 0;
    for (guint i = 0; i < scope->types->len; i++)
        typed |= g_strcmp0(scope->types->pdata[i], type) == 0;
    return typed && g_strcmp0(scope->region, region) == 0 &&
           (scope->first == 0 || year >= scope->first) && (scope->last == 0 || year <= scope->last);
}

/* A scheme of `list`, whose elements begin with their scope. */
static gconstpointer find_scheme(const GArray *list, guint size, const char *region, int year,
                                 const char *type) {
    for (guint i = 0; i < list->len; i++) {
        const char *scheme = list->data + (gsize)i * size;
        if (scope_has((gconstpointer)scheme, region, year, type))
            return scheme;
    }
    return region == NULL ? NULL : find_scheme(list, size, NULL, year, type);
}

const GradeScale *schemes_grades(const Schemes *schemes, const char *region, int year,
                                 const char *type) {
    return find_scheme(schemes->grades, sizeof(GradeScale), region, year, type);
}

const WeightScheme *schemes_weights(const Schemes *schemes, const char *region, int year,
                                    const char *type) {
    return find_scheme(schemes->weights, sizeof(WeightScheme), region, year, type);
}

const CapScheme *schemes_caps(const Schemes *schemes, const char *region, int year,
                              const char *type) {
    return find_scheme(schemes->caps, sizeof(CapScheme), region, year, type);
}

const Grade *scale_grade(const GradeScale *scale, Decimal score) {
    for (guint i = 0; i < scale->grades->len; i++) {
        const Grade *grade = &g_array_index(scale->grades, Grade, i);
        if (decimal_compare(score, grade->from) >= 0)
            return grade;
    }
    return NULL;
}
