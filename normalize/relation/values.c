#include "normalize/relation/values.h"
#include "normalize/check/slip.h"

typedef struct {
    const char *unit;
    Decimal value; /* trimmed */
} Key;

struct Values {
    GHashTable *facts; /* Key → GArray of facts */
};

static guint key_hash(gconstpointer data) {
    const Key *key = data;
    guint64 low = (guint64)key->value.coefficient;
    return (guint)(low ^ (low >> 32)) * 31 + (guint)key->value.decimals + g_str_hash(key->unit);
}

static gboolean key_equal(gconstpointer a, gconstpointer b) {
    const Key *x = a, *y = b;
    return x->value.coefficient == y->value.coefficient && x->value.decimals == y->value.decimals &&
           g_str_equal(x->unit, y->unit);
}

static gboolean is_countable(const Fact *fact) {
    return (fact->kind == FIGURE_AMOUNT || fact->kind == FIGURE_COUNT) && fact->unit != NULL &&
           fact->qualifier == QUALIFIER_EXACT && fact->text_high == NULL;
}

Values *values_new(const Report *report) {
    Values *values = g_new0(Values, 1);
    values->facts = g_hash_table_new_full(key_hash, key_equal, g_free,
                                          (GDestroyNotify)(void (*)(void))g_array_unref);
    for (guint i = 0; i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i);
        if (!is_countable(fact))
            continue;
        Key key = {fact->unit, decimal_trim(fact->value)};
        GArray *list = g_hash_table_lookup(values->facts, &key);
        if (list == NULL) {
            list = g_array_new(FALSE, FALSE, sizeof(guint));
            g_hash_table_insert(values->facts, g_memdup2(&key, sizeof key), list);
        }
        g_array_append_val(list, i);
    }
    return values;
}

void values_free(Values *values) {
    g_hash_table_unref(values->facts);
    g_free(values);
}

const GArray *values_find(const Values *values, const char *unit, Decimal value) {
    Key key = {unit, decimal_trim(value)};
    return unit == NULL ? NULL : g_hash_table_lookup(values->facts, &key);
}

GArray *fact_origins(const Fact *fact) {
    GArray *origins = g_array_new(FALSE, FALSE, sizeof(Decimal));
    Decimal printed;
    if (!decimal_scale(fact->value, -fact->unit_power, &printed))
        return origins;
    slip_append_origins(printed, fact->decimals, origins);
    guint kept = 0;
    for (guint i = 0; i < origins->len; i++)
        if (decimal_scale(g_array_index(origins, Decimal, i), fact->unit_power,
                          &g_array_index(origins, Decimal, kept)))
            kept++;
    g_array_set_size(origins, kept);
    return origins;
}
