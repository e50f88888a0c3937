/* Concepts: canonical names (预算数, 执行率 …) of figures that reports name in many ways, from
 * concepts.xml. */
#pragma once
#include "normalize/figure.h"
#include "normalize/pattern_file.h"

typedef struct Concepts Concepts;

/* The one that was read with these patterns. */
const Concepts *patterns_concepts(const Patterns *patterns);

Concepts *concepts_new(void);
void concepts_free(Concepts *concepts);
gboolean concepts_read(Concepts *concepts, const PatternFile *file, const xmlNode *root,
                       GError **error);

/* The name of the concept that a label of this kind of figure means, or NULL. */
const char *concepts_find(const Concepts *concepts, FigureKind kind, const char *label);

/* The role of the concept's figures where no relation gives them one, or NULL. */
const char *concepts_role(const Concepts *concepts, const char *name);
