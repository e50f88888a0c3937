/* Schemes: how reports are scored, from schemes.xml — which grades there are, which weights are
 * mandated and which score a rate of execution allows, by region, year and type of report.
 */
#pragma once
#include "normalize/decimal.h"
#include "normalize/pattern_file.h"

typedef struct {
    const char *name; /* 优 */
    const char *also; /* 优秀; or NULL */
    Decimal from;     /* the least score of it */
} Grade;

typedef struct {
    const char *region; /* NULL: everywhere else */
    int first, last;    /* years; 0: open */
    GPtrArray *types;   /* document types; empty: all */
} Scope;

typedef struct {
    Scope scope;
    GArray *grades; /* Grade, best first */
} GradeScale;

typedef struct {
    const char *name; /* 产出 */
    Decimal points;
} Weight;

typedef struct {
    Scope scope;
    GArray *weights; /* Weight */
} WeightScheme;

typedef struct {
    Decimal below; /* per cent of execution */
    Decimal most;  /* points of the total */
} Cap;

typedef struct {
    Scope scope;
    GArray *caps; /* Cap, lowest rate first */
} CapScheme;

typedef struct Schemes Schemes;

/* The one that was read with these patterns. */
const Schemes *patterns_schemes(const Patterns *patterns);

Schemes *schemes_new(void);
void schemes_free(Schemes *schemes);
gboolean schemes_read(Schemes *schemes, const PatternFile *file, const xmlNode *root,
                      GError **error);

/* The region that the words name (a department, a title); NULL for none. */
const char *schemes_region(const Schemes *schemes, const char *words);

/* The nearest scheme: of the region before one of everywhere. NULL for none. */
const GradeScale *schemes_grades(const Schemes *schemes, const char *region, int year,
                                 const char *type);
const WeightScheme *schemes_weights(const Schemes *schemes, const char *region, int year,
                                    const char *type);
const CapScheme *schemes_caps(const Schemes *schemes, const char *region, int year,
                              const char *type);

/* The grade of a score out of 100; NULL for none. */
const Grade *scale_grade(const GradeScale *scale, Decimal score);
