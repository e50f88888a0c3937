#include "normalize/figure.h"

static const char *const KINDS[FIGURE_KINDS] = {
    [FIGURE_AMOUNT] = "amount",   [FIGURE_COUNT] = "count",   [FIGURE_SCORE] = "score",
    [FIGURE_PERCENT] = "percent", [FIGURE_POINTS] = "points", [FIGURE_RANK] = "rank",
    [FIGURE_RATIO] = "ratio",     [FIGURE_YEAR] = "year",     [FIGURE_DATE] = "date",
    [FIGURE_NUMBER] = "number",
};

static const char *const QUALIFIER_NAMES[QUALIFIERS] = {
    [QUALIFIER_EXACT] = "exact", [QUALIFIER_ABOUT] = "about",     [QUALIFIER_AT_LEAST] = "at_least",
    [QUALIFIER_OVER] = "over",   [QUALIFIER_AT_MOST] = "at_most", [QUALIFIER_UNDER] = "under",
    [QUALIFIER_RANGE] = "range",
};

static gboolean name_find(const char *const *names, int n_names, const char *name, int *result) {
    for (int i = 0; i < n_names; i++)
        if (g_strcmp0(names[i], name) == 0) {
            *result = i;
            return TRUE;
        }
    return FALSE;
}

const char *figure_kind_name(FigureKind kind) { return KINDS[kind]; }

gboolean figure_kind_parse(const char *name, FigureKind *kind) {
    int found;
    if (!name_find(KINDS, FIGURE_KINDS, name, &found))
        return FALSE;
    *kind = (FigureKind)found;
    return TRUE;
}

const char *qualifier_name(Qualifier qualifier) { return QUALIFIER_NAMES[qualifier]; }

gboolean qualifier_parse(const char *name, Qualifier *qualifier) {
    int found;
    if (!name_find(QUALIFIER_NAMES, QUALIFIERS, name, &found))
        return FALSE;
    *qualifier = (Qualifier)found;
    return TRUE;
}
