/* One figure in several places: label, period, entity and unit alike in different sections. */
#include "normalize/relation/text_relation.h"
#include <string.h>

/* Shorter labels (支出, 项目) name different things in different places. */
enum { LABEL_CHARACTERS_MIN = 4 };

/* What two statements of one figure have in common; NULL where the fact states none. */
static char *same_key(const Fact *fact) {
    gboolean kind = fact->kind == FIGURE_AMOUNT || fact->kind == FIGURE_SCORE ||
                    fact->kind == FIGURE_PERCENT || fact->kind == FIGURE_COUNT;
    if (!kind || fact->qualifier != QUALIFIER_EXACT || fact->text_high != NULL ||
        fact->label == NULL || fact->table != DOCUMENT_NONE || fact->section == REPORT_NONE)
        return NULL;
    const char *name = fact->concept != NULL && strcmp(fact->concept, "自评总分") == 0
                           ? fact->concept
                           : fact->label;
    if (g_utf8_strlen(name, -1) < LABEL_CHARACTERS_MIN || g_str_has_suffix(name, "扣"))
        return NULL;
    return g_strdup_printf("%d|%s|%s|%s|%s", fact->kind, name, fact->unit ? fact->unit : "",
                           fact->period ? fact->period : "", fact->entity ? fact->entity : "");
}

static gboolean in_other_section(const Report *report, const GArray *facts, guint index) {
    for (guint i = 0; i < facts->len; i++)
        if (report_fact(report, g_array_index(facts, guint, i))->section ==
            report_fact(report, index)->section)
            return FALSE;
    return TRUE;
}

static void add_same(Report *report, const GArray *facts) {
    guint first = g_array_index(facts, guint, 0);
    guint relation = relation_begin(report, "XSC-01", report_fact(report, first)->place);
    report_relation(report, relation)->scope = report_fact(report, first)->label;
    for (guint i = 0; i < facts->len; i++)
        relation_add(report, relation, g_array_index(facts, guint, i), "same");
}

void relate_same(Report *report) {
    g_autoptr(GHashTable) groups = g_hash_table_new_full(
        g_str_hash, g_str_equal, g_free, (GDestroyNotify)(void (*)(void))g_array_unref);
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    for (guint i = 0; i < report->facts->len; i++) {
        char *key = same_key(report_fact(report, i));
        if (key == NULL)
            continue;
        GArray *facts = g_hash_table_lookup(groups, key);
        if (facts == NULL) {
            facts = g_array_new(FALSE, FALSE, sizeof(guint));
            g_ptr_array_add(order, facts);
            g_hash_table_insert(groups, key, facts);
        } else
            g_free(key);
        if (in_other_section(report, facts, i))
            g_array_append_val(facts, i);
    }
    for (guint i = 0; i < order->len; i++)
        if (((GArray *)order->pdata[i])->len >= 2)
            add_same(report, order->pdata[i]);
}
