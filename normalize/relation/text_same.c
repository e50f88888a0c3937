/* One figure in several places: name, period, entity and unit alike.
 *
 * The figures of the department's own accounts (预算总额, 执行数, 编制数 …) are one wherever they
 * stand. Others are by their names, if these say what they are; a name may be that of several
 * things, so where they differ it is only certain that they are one when a slip of the hand makes
 * one of the other. What is listed among parts may be budget here and spending there.
 */
#include "normalize/check/slip.h"
#include "normalize/relation/text_relation.h"
#include <string.h>

/* Places of one figure that are compared. */
enum { PLACES_MAX = 64 };
enum { NAME_CHARACTERS_MIN = 4, OWN_CHARACTERS_MIN = 2, SLIP_DIGITS_MIN = 4, ITEM_LEVEL_MIN = 3 };

typedef struct {
    guint fact;
    char *key;
    gboolean account; /* of the department's own accounts */
} SameMention;

static void same_clear(gpointer data) { g_free(((SameMention *)data)->key); }

GArray *same_mentions_new(void) {
    GArray *mentions = g_array_new(FALSE, TRUE, sizeof(SameMention));
    g_array_set_clear_func(mentions, same_clear);
    return mentions;
}

static gboolean under_item(const Report *report, const Fact *fact) {
    return fact->section != REPORT_NONE &&
           report_section(report, fact->section)->level >= ITEM_LEVEL_MIN;
}

static gboolean is_part(const Fact *fact) { return g_strcmp0(fact->role, "part") == 0; }

/* 部门预算总额, 我局预算总额: what is left of the words without those that say whose or when. */
static char *account_name(const Clues *clues, const char *words) {
    g_autoptr(GString) name = g_string_new(NULL);
    for (const char *p = words; *p != '\0'; p = g_utf8_next_char(p))
        if (!g_ascii_isdigit(*p) && *p != ' ')
            g_string_append_len(name, p, g_utf8_next_char(p) - p);
    return clues_without(clues, CLUE_WHOSE, name->str);
}

/* 县级配套资金 2592 万元，实际到位 1728 万元: the amount before it, in its sentence, has a name of
 * its own, and this one is of the same. */
static gboolean is_of_named(const Flow *flow, guint i) {
    guint sentence = flow_token(flow, i)->sentence;
    if (names_lead_is_fund(flow, i))
        return TRUE;
    for (guint k = i; k > 0 && flow_token(flow, k - 1)->sentence == sentence; k--) {
        if (!flow_is_fact(flow, k - 1, FIGURE_AMOUNT))
            continue;
        g_autofree char *words = flow_words(flow, k - 1);
        g_autofree char *name = account_name(flow->clues, words);
        g_autofree char *rest = clues_without(flow->clues, CLUE_GENERIC, name);
        return flow_token(flow, k - 1)->operand == NULL && !is_part(flow_fact(flow, k - 1)) &&
               flow_token(flow, k - 1)->change == CHANGE_NONE &&
               g_utf8_strlen(rest, -1) > OWN_CHARACTERS_MIN;
    }
    return FALSE;
}

static gboolean is_of_projects(const char *name) {
    return strstr(name, "项目") != NULL || strstr(name, "专项") != NULL;
}

/* The figure is one of the department's accounts, and nothing in its words says of what else. */
static char *account_key(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i);
    const Fact *fact = flow_fact(flow, i);
    if (token->operand == NULL || token->topic != NULL || is_part(fact) || token->depth > 0 ||
        under_item(flow->report, fact) || (fact->kind == FIGURE_AMOUNT && is_of_named(flow, i)))
        return NULL;
    g_autofree char *words = flow_words(flow, i);
    g_autofree char *name = account_name(flow->clues, words);
    g_autofree char *rest = clues_without(flow->clues, CLUE_GENERIC, name);
    if (is_of_projects(name) || (fact->label != NULL && is_of_projects(fact->label)) ||
        (g_utf8_strlen(rest, -1) > OWN_CHARACTERS_MIN && fact->kind == FIGURE_AMOUNT) ||
        (fact->kind != FIGURE_COUNT && names_label_adds(flow, i)))
        return NULL;
    return g_strdup_printf("%s %s", token->operand, name);
}

static char *name_key(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i);
    const Fact *fact = flow_fact(flow, i);
    if (fact->label == NULL || g_utf8_strlen(fact->label, -1) < NAME_CHARACTERS_MIN ||
        under_item(flow->report, fact) || (fact->kind == FIGURE_PERCENT && fact->concept == NULL))
        return NULL;
    g_autofree char *own = clues_without(flow->clues, CLUE_GENERIC, fact->label);
    if (g_utf8_strlen(own, -1) < OWN_CHARACTERS_MIN)
        return NULL;
    gboolean plan = fact->kind == FIGURE_COUNT && names_is_plan(flow, i); /* its result differs */
    return g_strdup_printf("%s|%s|%s", fact->label, token->measure == NULL ? "" : token->measure,
                           plan ? "plan" : "");
}

void collect_same(Flow *flow, TextReading *reading) {
    for (guint i = 0; i < flow->tokens->len; i++) {
        const Token *token = flow_token(flow, i);
        if (token->kind != TOKEN_FACT || token->base || token->share || token->each ||
            token->change != CHANGE_NONE)
            continue;
        const Fact *fact = flow_fact(flow, i);
        gboolean kind = fact->kind == FIGURE_AMOUNT || fact->kind == FIGURE_PERCENT ||
                        fact->kind == FIGURE_COUNT;
        if (!kind || fact->qualifier != QUALIFIER_EXACT || fact->text_high != NULL)
            continue;
        g_autofree char *account = account_key(flow, i);
        g_autofree char *name = account == NULL ? name_key(flow, i) : NULL;
        if (account == NULL && name == NULL)
            continue;
        SameMention mention = {
            .fact = token->fact,
            .account = account != NULL,
            .key = g_strdup_printf("%d|%s|%s|%s|%s", fact->kind, account ? account : name,
                                   fact->unit ? fact->unit : "", fact->period ? fact->period : "",
                                   fact->entity ? fact->entity : "")};
        g_array_append_val(reading->same, mention);
    }
}

static gboolean is_new_section(const Report *report, const GArray *facts, guint index) {
    for (guint i = 0; i < facts->len; i++)
        if (report_fact(report, g_array_index(facts, guint, i))->section ==
            report_fact(report, index)->section)
            return FALSE;
    return TRUE;
}

typedef struct {
    gboolean equal; /* or one rounded from the other */
    gboolean slip;  /* one is the other but for a slip of the hand */
    gboolean unit;  /* … of 元 and 万元 */
} Likeness;

static gboolean rounds_to(const Fact *fine, const Fact *coarse) {
    Decimal value, printed;
    return decimal_scale(fine->value, -coarse->unit_power, &value) &&
           decimal_scale(coarse->value, -coarse->unit_power, &printed) &&
           decimal_round(value, coarse->decimals, &value) && decimal_compare(value, printed) == 0;
}

static Likeness likeness(const Fact *a, const Fact *b) {
    Likeness result = {.equal = rounds_to(a, b) || rounds_to(b, a)};
    Decimal printed, meant;
    if (result.equal || !decimal_scale(a->value, -a->unit_power, &printed) ||
        !decimal_scale(b->value, -a->unit_power, &meant))
        return result;
    Slip slip = slip_of(printed, meant, MAX(a->decimals, b->decimals));
    result.unit = slip == SLIP_UNIT && a->kind == FIGURE_AMOUNT;
    result.slip = result.unit || (slip != SLIP_NONE && slip != SLIP_SIGN &&
                                  slip_digits(a->value) >= SLIP_DIGITS_MIN);
    return result;
}

static void add_same(Report *report, const char *rule, const GArray *facts, gboolean certain) {
    const Fact *first = report_fact(report, g_array_index(facts, guint, 0));
    guint relation = relation_begin(report, rule, first->place);
    report_relation(report, relation)->scope = first->label;
    report_relation(report, relation)->certain = certain;
    for (guint i = 0; i < facts->len; i++)
        relation_add(report, relation, g_array_index(facts, guint, i), "same");
}

static gboolean in_conclusion(const Report *report, const Fact *fact) {
    for (guint s = fact->section; s != REPORT_NONE; s = report_section(report, s)->parent)
        if (report_section(report, s)->title != NULL &&
            strstr(report_section(report, s)->title, "结论") != NULL)
            return TRUE;
    return FALSE;
}

/* What all of the places are to the first. */
static Likeness compare(const Report *report, const GArray *facts) {
    const Fact *first = report_fact(report, g_array_index(facts, guint, 0));
    Likeness all = {.equal = TRUE};
    for (guint i = 1; i < facts->len; i++) {
        Likeness one = likeness(first, report_fact(report, g_array_index(facts, guint, i)));
        all.slip = (all.equal || all.slip) && (one.equal || one.slip) && (all.slip || one.slip);
        all.unit |= one.unit;
        all.equal &= one.equal;
    }
    return all;
}

static void relate_group(const TextReading *reading, const GArray *facts, gboolean account) {
    Report *report = reading->report;
    gboolean part = FALSE, conclusion = FALSE;
    const Fact *first = report_fact(report, g_array_index(facts, guint, 0));
    for (guint i = 0; i < facts->len; i++) {
        const Fact *fact = report_fact(report, g_array_index(facts, guint, i));
        part |= is_part(fact);
        conclusion |= in_conclusion(report, fact);
    }
    gsize n;
    Likeness all = compare(report, facts);
    gboolean money = first->kind == FIGURE_AMOUNT && !part && first->label != NULL &&
                     clues_find(reading->clues, CLUE_MONEY, first->label, &n) != NULL;
    if (!account && !all.equal && !all.slip && !money)
        return;
    gboolean certain = account || all.equal || (all.slip && !part);
    add_same(report, all.unit ? "UNT-01" : "XSC-01", facts, certain);
    if (account && conclusion && !all.unit)
        add_same(report, "XSC-07", facts, certain);
}

typedef struct {
    GArray *facts;
    gboolean account;
} Group;

void relate_same(TextReading *reading) {
    g_autoptr(GHashTable) groups = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GArray) order = g_array_new(FALSE, TRUE, sizeof(Group));
    for (guint i = 0; i < reading->same->len; i++) {
        const SameMention *mention = &g_array_index(reading->same, SameMention, i);
        guint at = GPOINTER_TO_UINT(g_hash_table_lookup(groups, mention->key));
        if (at == 0) {
            Group group = {g_array_new(FALSE, FALSE, sizeof(guint)), mention->account};
            g_array_append_val(order, group);
            at = order->len;
            g_hash_table_insert(groups, mention->key, GUINT_TO_POINTER(at));
        }
        GArray *facts = g_array_index(order, Group, at - 1).facts;
        if (facts->len < PLACES_MAX && is_new_section(reading->report, facts, mention->fact))
            g_array_append_val(facts, mention->fact);
    }
    for (guint i = 0; i < order->len; i++) {
        Group *group = &g_array_index(order, Group, i);
        if (group->facts->len >= 2)
            relate_group(reading, group->facts, group->account);
        g_array_unref(group->facts);
    }
}
