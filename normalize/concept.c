#include "normalize/concept.h"
#include "normalize/expression.h"

typedef struct {
    const char *name, *role; /* role: or NULL */
    FigureKind kind;
    GPtrArray *labels, *nots; /* Expression */
} Concept;

struct Concepts {
    GArray *concepts;
    GHashTable *answers[FIGURE_KINDS]; /* label → name or NULL: reports repeat their labels */
};

/* Answers that are kept of a kind; beyond it all are forgotten. */
enum { ANSWERS_MAX = 65536 };

static void concept_clear(gpointer data) {
    Concept *concept = data;
    g_ptr_array_unref(concept->labels);
    g_ptr_array_unref(concept->nots);
}

Concepts *concepts_new(void) {
    Concepts *concepts = g_new0(Concepts, 1);
    concepts->concepts = g_array_new(FALSE, TRUE, sizeof(Concept));
    g_array_set_clear_func(concepts->concepts, concept_clear);
    for (guint i = 0; i < FIGURE_KINDS; i++)
        concepts->answers[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return concepts;
}

void concepts_free(Concepts *concepts) {
    if (concepts == NULL)
        return;
    g_array_unref(concepts->concepts);
    for (guint i = 0; i < FIGURE_KINDS; i++)
        g_hash_table_unref(concepts->answers[i]);
    g_free(concepts);
}

static void expression_clear(gpointer data) { expression_free(data); }

gboolean concepts_read(Concepts *concepts, const PatternFile *file, const xmlNode *root,
                       GError **error) {
    for (const xmlNode *node = root->children; node != NULL; node = node->next) {
        if (!pattern_is(node, "concept"))
            continue;
        Concept concept = {.name = pattern_attribute(file, node, "name"),
                           .role = pattern_attribute(file, node, "role"),
                           .labels = g_ptr_array_new_with_free_func(expression_clear),
                           .nots = g_ptr_array_new_with_free_func(expression_clear)};
        figure_kind_parse(pattern_attribute(file, node, "kind"), &concept.kind);
        g_array_append_val(concepts->concepts, concept);
        for (const xmlNode *child = node->children; child != NULL; child = child->next) {
            if (child->type != XML_ELEMENT_NODE)
                continue;
            Expression *expression = pattern_expression(file, child, error);
            if (expression == NULL)
                return FALSE;
            g_ptr_array_add(pattern_is(child, "not") ? concept.nots : concept.labels, expression);
        }
    }
    return TRUE;
}

typedef struct {
    const gunichar2 *units;
    glong length;
    WordBits bits;
} Label;

static gboolean any_found(const GPtrArray *expressions, const Label *label) {
    glong start, end;
    for (guint i = 0; i < expressions->len; i++)
        if (expression_may_match(expressions->pdata[i], label->bits) &&
            expression_find_utf16(expressions->pdata[i], label->units, label->length, &start, &end))
            return TRUE;
    return FALSE;
}

static const char *find(const Concepts *concepts, FigureKind kind, const Label *label) {
    for (guint i = 0; i < concepts->concepts->len; i++) {
        const Concept *concept = &g_array_index(concepts->concepts, Concept, i);
        if (concept->kind == kind && any_found(concept->labels, label) &&
            !any_found(concept->nots, label))
        return concept->name;
    }
    return NULL;
}

const char *concepts_find(const Concepts *concepts, FigureKind kind, const char *label) {
    if (label == NULL)
        return NULL;
    GHashTable *answers = concepts->answers[kind];
    gpointer answer = NULL;
    if (g_hash_table_lookup_extended(answers, label, NULL, &answer))
        return answer;
    Label read = {.length = 0};
    g_autofree gunichar2 *units = g_utf8_to_utf16(label, -1, NULL, &read.length, NULL);
    read.units = units;
    read.bits = word_bits(label);
    const char *name = units == NULL ? NULL : find(concepts, kind, &read);
    if (g_hash_table_size(answers) >= ANSWERS_MAX)
        g_hash_table_remove_all(answers);
    g_hash_table_insert(answers, g_strdup(label), (gpointer)name);
    return name;
}

const char *concepts_role(const Concepts *concepts, const char *name) {
    for (guint i = 0; name != NULL && i < concepts->concepts->len; i++) {
        const Concept *concept = &g_array_index(concepts->concepts, Concept, i);
        if (g_str_equal(concept->name, name))
        return concept->role;
    }
    return NULL;
}
