/* Formulas: operands that must agree, sought around an anchor — in its segment, then its sentence,
 * paragraph, section, report. Nearest before the anchor goes before nearest after it. Beyond the
 * anchor's own segment an operand must be about the same topic (三公 with 三公), and beyond its
 * paragraph it must be the only value there. */
#include "normalize/check/slip.h"
#include "normalize/relation/fit.h"
#include "normalize/relation/text_relation.h"
#include <string.h>

/* Members of one formula; places that are looked at around an anchor; those of one operand that are
 * kept for the whole report. */
enum { ITEM_LEVEL_MIN = 3, SLIP_DIGITS_MIN = 4, OWN_CHARACTERS_MAX = 4 };
enum { MEMBERS_MAX = 12, PLACES_AROUND_MAX = 400, PLACES_OF_OPERAND_MAX = 64 };

/* 免费开放项目绩效自评得分 97.5 分，全年预算数 240 万元: the sentence is about a project. */
static gboolean is_of_project(const Flow *flow, guint i) {
    guint first = i;
    gsize n;
    while (first > 0 && !flow_is_end(flow, first - 1))
        first--;
    guint from = first == 0 ? 0 : flow_token(flow, first - 1)->end;
    while (first < i && flow_token(flow, first)->kind != TOKEN_FACT)
        first++;
    g_autofree char *head = flow_text(flow, from, flow_token(flow, first)->start);
    return clues_find(flow->clues, CLUE_PROJECT, head, &n) != NULL;
}

/* One project's, not the department's. */
static gboolean is_item(const Flow *flow, guint i) {
    const Fact *fact = flow_fact(flow, i);
    g_autofree char *words = flow_words(flow, i);
    g_autofree char *rest = names_own(flow, words);
    if (fact->kind == FIGURE_AMOUNT && g_utf8_strlen(rest, -1) > OWN_CHARACTERS_MAX)
        return TRUE;
    if (report_is(flow->report, TYPE_PROJECT) || report_is(flow->report, TYPE_FORM))
        return FALSE; /* the project is what the report is about */
    gsize n;
    return (clues_find(flow->clues, CLUE_SPECIAL, words, &n) != NULL &&
            clues_find(flow->clues, CLUE_ENTIRE, words, &n) == NULL &&
            clues_find(flow->clues, CLUE_ALL_ITEMS, words, &n) == NULL) ||
           (fact->kind == FIGURE_AMOUNT && (is_of_project(flow, i) || names_label_adds(flow, i))) ||
           (fact->section != REPORT_NONE &&
            report_section(flow->report, fact->section)->level >= ITEM_LEVEL_MIN);
}

/* 7 个项目，共 120 万元: what it is was said before, and its label knows. */
static gboolean is_nameless(const Flow *flow, guint i) {
    g_autofree char *words = flow_words(flow, i);
    return *words == '\0';
}

void collect_places(Flow *flow, TextReading *reading) {
    for (guint i = 0; i < flow->tokens->len; i++) {
        const Token *token = flow_token(flow, i);
        if (token->kind != TOKEN_FACT)
            continue;
        const Fact *fact = flow_fact(flow, i);
        const char *operand = token->operand;
        if (operand == NULL && token->change == CHANGE_NONE && fact->concept != NULL &&
            is_nameless(flow, i))
            operand = clues_operand(flow->clues, fact->kind, fact->concept);
        int years = 0;
        /* an operand may be a year's own: 三公上年 */
        gboolean dated = operand != NULL && token->topic != NULL &&
                         g_str_has_prefix(operand, token->topic) &&
                         wording_period(flow->wording, operand, &years);
        if (operand == NULL || (token->base && !(dated && years < 0)) ||
            fact->qualifier != QUALIFIER_EXACT || fact->text_high != NULL)
            continue;
        Place place = {.fact = token->fact,
                       .item = is_item(flow, i),
                       .fund = fact->kind == FIGURE_AMOUNT && names_lead_is_fund(flow, i),
                       .dated = dated,
                       .operand = operand,
                       .topic = token->topic,
                       .segment = token->segment,
                       .sentence = token->sentence,
                       .paragraph = token->paragraph,
                       .flow = flow->ordinal};
        g_array_append_val(reading->places, place);
    }
}

/* 实际完成值·预算和财务管理·预算调整率: a rate of the department that no other figures of its table
 * settle. */
void collect_table_places(TextReading *reading, const TableWords *words) {
    for (guint i = 0; i < reading->report->facts->len; i++) {
        const Fact *fact = report_fact(reading->report, i);
        if (fact->table == DOCUMENT_NONE || fact->kind != FIGURE_PERCENT || fact->role != NULL ||
            fact->entity != NULL || fact->qualifier != QUALIFIER_EXACT || fact->text_high != NULL ||
            fact->label == NULL)
            continue;
        g_auto(GStrv) heads = g_strsplit(fact->label, "·", -1);
        guint n = g_strv_length(heads);
        gboolean result = FALSE;
        for (guint k = 0; k + 1 < n; k++)
            result |= table_words_column(words, heads[k], NULL) == HEAD_RESULT;
        const char *operand =
            result ? clues_operand(reading->clues, fact->kind, heads[n - 1]) : NULL;
        Place place = {.fact = i,
                       .operand = operand,
                       .table = TRUE,
                       .segment = G_MAXUINT,
                       .sentence = G_MAXUINT,
                       .paragraph = G_MAXUINT,
                       .flow = G_MAXUINT};
        if (operand != NULL)
            g_array_append_val(reading->places, place);
    }
}

static const Place *place_at(const TextReading *reading, guint i) {
    return &g_array_index(reading->places, Place, i);
}

static gboolean in_scope(const Place *place, const Place *anchor, Reach scope) {
    switch (scope) {
    case REACH_SEGMENT:
        return place->segment == anchor->segment;
    case REACH_SENTENCE:
        return place->sentence == anchor->sentence;
    case REACH_PARAGRAPH:
        return place->paragraph == anchor->paragraph;
    case REACH_SECTION:
        return place->flow == anchor->flow;
    default:
        return TRUE;
    }
}

static gboolean is_department(const Report *report, const Place *place) {
    return place->topic == NULL && !place->item && !place->fund &&
           report_fact(report, place->fact)->entity == NULL;
}

static gboolean is_like(const Report *report, const Place *place, const Place *anchor,
                        Reach scope) {
    const Fact *a = report_fact(report, place->fact), *b = report_fact(report, anchor->fact);
    if (!in_scope(place, anchor, scope) || (g_strcmp0(a->period, b->period) != 0 && !place->dated &&
                                            !g_str_has_suffix(anchor->operand, "变动率")))
        return FALSE;
    if (scope == REACH_REPORT)
        return is_department(report, place) && is_department(report, anchor);
    if (scope > REACH_SENTENCE && place->fund != anchor->fund)
        return FALSE;
    /* 基本支出 is its own topic wherever it stands */
    return scope == REACH_SEGMENT || place->topic == anchor->topic ||
           g_strcmp0(place->topic, place->operand) == 0;
}

/* The search for one operand; `found` is G_MAXUINT until there is one, `several` where they differ.
 */
typedef struct {
    guint anchor, found;
    const char *operand;
    Reach scope;
    gboolean several;
} Search;

/* Whether the search goes on behind place `i`. */
static gboolean look_at(const TextReading *reading, Search *search, guint i) {
    const Place *place = place_at(reading, i), *anchor = place_at(reading, search->anchor);
    if (place->operand != search->operand || i == search->anchor ||
        !is_like(reading->report, place, anchor, search->scope))
        return TRUE;
    if (search->found == G_MAXUINT) {
        search->found = i;
        return search->scope > REACH_PARAGRAPH;
    }
    const Fact *a = report_fact(reading->report, place_at(reading, search->found)->fact);
    const Fact *b = report_fact(reading->report, place->fact);
    search->several |= decimal_compare(a->value, b->value) != 0;
    return !search->several;
}

static void look_around(const TextReading *reading, Search *search) {
    const Place *anchor = place_at(reading, search->anchor);
    for (guint i = search->anchor; i > 0 && search->anchor - i < PLACES_AROUND_MAX; i--)
        if (!in_scope(place_at(reading, i - 1), anchor, search->scope) ||
            !look_at(reading, search, i - 1))
            break;
    gboolean near = search->scope <= REACH_PARAGRAPH && search->found != G_MAXUINT;
    for (guint i = search->anchor + 1;
         !near && i < reading->places->len && i - search->anchor < PLACES_AROUND_MAX; i++)
        if (!in_scope(place_at(reading, i), anchor, search->scope) || !look_at(reading, search, i))
            break;
}

/* The operand around the anchor within a scope; G_MAXUINT where there is none, or, far from the
 * anchor, several that differ. */
static guint find_in_scope(const TextReading *reading, guint anchor, const char *operand,
                           Reach scope) {
    Search search = {.anchor = anchor, .found = G_MAXUINT, .operand = operand, .scope = scope};
    if (scope < REACH_REPORT)
        look_around(reading, &search);
    else {
        const GArray *list = g_hash_table_lookup(reading->operands, operand);
        for (guint i = 0; list != NULL && i < list->len; i++)
            if (!look_at(reading, &search, g_array_index(list, guint, i)))
                break;
    }
    return search.several ? G_MAXUINT : search.found;
}

/* Reach by scope, in each the operands by their order. */
static guint find_operand(const TextReading *reading, guint anchor, const FormulaMember *member,
                          Reach widest, Reach *reach) {
    for (guint scope = REACH_SEGMENT; scope <= (guint)widest; scope++)
        for (guint i = 0; i < member->operands->len; i++) {
            guint found = find_in_scope(reading, anchor, member->operands->pdata[i], (Reach)scope);
            if (found != G_MAXUINT && found != anchor) {
                *reach = MAX(*reach, (Reach)scope);
                return found;
            }
        }
    return G_MAXUINT;
}

typedef struct {
    guint facts[MEMBERS_MAX]; /* REPORT_NONE where the member is missing */
    guint missing, left_out;  /* required ones, optional ones */
    Reach reach;              /* how far the farthest stands */
} Filled;

static gboolean fill(const TextReading *reading, const Formula *formula, guint anchor,
                     Filled *filled) {
    *filled = (Filled){.facts = {place_at(reading, anchor)->fact}};
    for (guint i = 1; i < formula->members->len && i < MEMBERS_MAX; i++) {
        const FormulaMember *member = &g_array_index(formula->members, FormulaMember, i);
        guint found = member->fits
                          ? G_MAXUINT
                          : find_operand(reading, anchor, member, formula->scope, &filled->reach);
        filled->facts[i] = found == G_MAXUINT ? REPORT_NONE : place_at(reading, found)->fact;
        if (found == G_MAXUINT)
            *(member->optional || member->fits ? &filled->left_out : &filled->missing) += 1;
        for (guint k = 0; k < i && found != G_MAXUINT; k++)
            if (filled->facts[k] == filled->facts[i])
                return FALSE;
    }
    return TRUE;
}

/* How many of the formula's members from `first` on the relation has too. */
static guint shared_members(const Relation *relation, const Formula *formula, const Filled *filled,
                            guint first) {
    guint shared = 0;
    for (guint k = 0; k < relation->members->len; k++)
        for (guint m = first; m < formula->members->len && m < MEMBERS_MAX; m++)
            shared += g_array_index(relation->members, Member, k).fact == filled->facts[m];
    return shared;
}

/* Whether a relation of sums over the same total already says it, or its parts are another's. */
static gboolean is_said(const Report *report, const Formula *formula, const Filled *filled) {
    gboolean sum = g_str_has_prefix(formula->rule, "SUM");
    guint parts = formula->members->len - 1 - filled->left_out;
    if (!sum && !g_str_has_prefix(formula->rule, "BAL"))
        return FALSE;
    for (guint i = report->relations->len; i > 0; i--) {
        const Relation *relation = report_relation(report, i - 1);
        guint same = shared_members(relation, formula, filled, 0);
        if (same >= 3 || (same == 2 && formula->members->len == 2) ||
            (sum && g_str_has_prefix(relation->rule, "SUM") &&
             shared_members(relation, formula, filled, 1) == parts))
            return TRUE;
    }
    return FALSE;
}

static gboolean has_zero_denominator(const Report *report, const Formula *formula,
                                     const Filled *filled) {
    for (guint i = 0; i < formula->members->len && i < MEMBERS_MAX; i++)
        if (filled->facts[i] != REPORT_NONE &&
            g_str_equal(g_array_index(formula->members, FormulaMember, i).role, "denominator"))
            return decimal_sign(report_fact(report, filled->facts[i])->value) == 0;
    return FALSE;
}

static gboolean is_slip(const Fact *fact, Decimal step) {
    return slip_digits(fact->value) >= SLIP_DIGITS_MIN && fact_slips_by(fact, step);
}

/* total = Σ ± part, or this − last = change: exactly, or but for one slip of the hand. */
static Fit fit_of(const Report *report, const Formula *formula, const Filled *filled) {
    Decimal gap = DECIMAL_ZERO;
    int signs[MEMBERS_MAX] = {0};
    for (guint i = 0; i < formula->members->len && i < MEMBERS_MAX; i++) {
        const FormulaMember *member = &g_array_index(formula->members, FormulaMember, i);
        if (filled->facts[i] == REPORT_NONE)
            continue;
        Decimal value = report_fact(report, filled->facts[i])->value;
        gboolean left = g_str_equal(member->role, "total") || g_str_equal(member->role, "this");
        signs[i] = left ? 1 : -member->sign;
        if (!decimal_add(gap, signs[i] < 0 ? decimal_negate(value) : value, &gap))
            return FIT_NONE;
    }
    if (decimal_sign(gap) == 0)
        return FIT_EXACT;
    for (guint i = 0; i < formula->members->len && i < MEMBERS_MAX; i++)
        if (signs[i] != 0 && is_slip(report_fact(report, filled->facts[i]),
                                     signs[i] > 0 ? decimal_negate(gap) : gap))
            return FIT_SLIP;
    return FIT_NONE;
}

static void add_formula(TextReading *reading, const Formula *formula, const Filled *filled,
                        gboolean certain) {
    Report *report = reading->report;
    gboolean rate = g_str_equal(g_array_index(formula->members, FormulaMember, 0).role, "rate");
    const char *rule =
        rate && has_zero_denominator(report, formula, filled) ? "EXE-05" : formula->rule;
    guint relation = relation_begin(report, rule, report_fact(report, filled->facts[0])->place);
    report_relation(report, relation)->scope = report_fact(report, filled->facts[0])->label;
    report_relation(report, relation)->certain = certain;
    for (guint i = 0; i < formula->members->len && i < MEMBERS_MAX; i++) {
        const FormulaMember *member = &g_array_index(formula->members, FormulaMember, i);
        if (filled->facts[i] == REPORT_NONE)
            continue;
        relation_add_signed(report, relation, filled->facts[i], member->role, member->sign);
        fact_take_role(report, filled->facts[i], member->role);
    }
}

static guint member_by_role(const Formula *formula, const char *role) {
    for (guint i = 0; i < formula->members->len && i < MEMBERS_MAX; i++)
        if (g_str_equal(g_array_index(formula->members, FormulaMember, i).role, role))
            return i;
    return MEMBERS_MAX;
}

/* The denominators, and whether the relation holds with them. */
static gboolean holds(const TextReading *reading, const Formula *formula, const Filled *filled) {
    const Report *report = reading->report;
    guint rate = member_by_role(formula, "rate"), above = member_by_role(formula, "numerator");
    guint below[MEMBERS_MAX], n = 0;
    Decimal sum = DECIMAL_ZERO;
    for (guint i = 0; i < formula->members->len && i < MEMBERS_MAX; i++) {
        if (!g_str_equal(g_array_index(formula->members, FormulaMember, i).role, "denominator") ||
            filled->facts[i] == REPORT_NONE)
            continue;
        below[n++] = filled->facts[i];
        if (!decimal_add(sum, report_fact(report, filled->facts[i])->value, &sum))
            return FALSE;
    }
    if (n == 0)
        return FALSE;
    if (rate != MEMBERS_MAX)
        return fit_ratio_of_sum(report, filled->facts[above], below, n, filled->facts[rate]);
    return decimal_compare(report_fact(report, filled->facts[above])->value, sum) <= 0;
}

/* The first of the denominators that the formula knows with which it holds. */
static gboolean try_denominators(const TextReading *reading, const Formula *formula, guint anchor,
                                 guint below, Filled *filled) {
    const FormulaMember *member = &g_array_index(formula->members, FormulaMember, below);
    const GPtrArray *lists[] = {member->operands, member->also};
    Filled trial = *filled;
    for (guint k = 0; k < G_N_ELEMENTS(lists); k++)
        for (guint i = 0; i < lists[k]->len; i++)
            for (guint scope = REACH_SEGMENT; scope <= (guint)formula->scope; scope++) {
                guint found = find_in_scope(reading, anchor, lists[k]->pdata[i], (Reach)scope);
                if (found == G_MAXUINT)
                    continue;
                trial.facts[below] = place_at(reading, found)->fact;
                if (!holds(reading, formula, &trial))
                    continue;
                trial.missing -= filled->facts[below] == REPORT_NONE ? 1 : 0;
                *filled = trial;
                return TRUE;
            }
    return FALSE;
}

/* A comparison of one figure (its denominator follows at once) with another that does not hold
 * takes the denominator with which it does, if the formula knows another, or what may come on top
 * of it.
 */
static void fit_denominator(const TextReading *reading, const Formula *formula, guint anchor,
                            Filled *filled) {
    gboolean rate = member_by_role(formula, "rate") != MEMBERS_MAX;
    guint above = member_by_role(formula, "numerator");
    guint below = member_by_role(formula, "denominator");
    if (above == MEMBERS_MAX || below != above + 1 || filled->facts[above] == REPORT_NONE ||
        holds(reading, formula, filled) ||
        (rate && try_denominators(reading, formula, anchor, below, filled)))
        return;
    for (guint i = below + 1; i < formula->members->len && i < MEMBERS_MAX; i++) {
        const FormulaMember *member = &g_array_index(formula->members, FormulaMember, i);
        Filled trial = *filled;
        guint found = member->fits
                          ? find_operand(reading, anchor, member, formula->scope, &trial.reach)
                          : G_MAXUINT;
        if (found == G_MAXUINT)
            continue;
        trial.facts[i] = place_at(reading, found)->fact;
        if (!holds(reading, formula, &trial) &&
            !(rate && try_denominators(reading, formula, anchor, below, &trial)))
            continue;
        *filled = trial;
        return;
    }
}

/* A rate of one figure, or of several, by another. */
static gboolean formula_is_rate(const Formula *formula) {
    return member_by_role(formula, "rate") == 0 &&
           member_by_role(formula, "denominator") != MEMBERS_MAX;
}

static gboolean is_balance(const Formula *formula) {
    const char *role = g_array_index(formula->members, FormulaMember, 0).role;
    return g_str_equal(role, "total") || g_str_equal(role, "change");
}

/* Whether a rate of a table is what the figures of the text make it. */
static Fit fit_rate(const Report *report, const Formula *formula, const Filled *filled) {
    Member members[MEMBERS_MAX];
    guint n = 0;
    for (guint i = 0; i < formula->members->len && i < MEMBERS_MAX; i++) {
        const FormulaMember *member = &g_array_index(formula->members, FormulaMember, i);
        if (filled->facts[i] != REPORT_NONE)
            members[n++] = (Member){filled->facts[i], member->role, member->sign, FALSE};
    }
    return has_zero_denominator(report, formula, filled)
               ? FIT_NONE
               : fit_members(report, CHECK_RATIO, members, n);
}

static void relate_anchor(TextReading *reading, const Formula *formula, guint anchor) {
    Filled filled;
    if ((formula->unless != NULL && g_hash_table_contains(reading->operands, formula->unless)) ||
        !fill(reading, formula, anchor, &filled))
        return;
    if (g_str_equal(g_array_index(formula->members, FormulaMember, 0).role, "rate") &&
        g_strcmp0(report_fact(reading->report, filled.facts[0])->role, "rate") == 0)
        return; /* what is before it settled it */
    fit_denominator(reading, formula, anchor, &filled);
    gboolean complete = filled.missing == 0;
    if (!complete && !formula->explains)
        return;
    if (complete && is_said(reading->report, formula, &filled))
        return;
    if (place_at(reading, anchor)->table) {
        Fit fit = complete && formula_is_rate(formula) ? fit_rate(reading->report, formula, &filled)
                                                       : FIT_NONE;
        if (fit != FIT_NONE)
            add_formula(reading, formula, &filled, fit == FIT_EXACT);
        return;
    }
    Fit fit =
        is_balance(formula) && complete ? fit_of(reading->report, formula, &filled) : FIT_EXACT;
    /* What may lack members, or stands far apart, is only told by its figures. */
    gboolean doubtful = (formula->guessed && filled.left_out > 0) ||
                        (is_balance(formula) && filled.reach > REACH_PARAGRAPH);
    if (!doubtful || fit != FIT_NONE)
        add_formula(reading, formula, &filled, !doubtful || fit == FIT_EXACT);
}

/* One figure in several places is one anchor. */
static gboolean is_again(const TextReading *reading, guint anchor) {
    const Place *at = place_at(reading, anchor);
    for (guint i = anchor; i > 0 && place_at(reading, i - 1)->paragraph == at->paragraph; i--)
        if (place_at(reading, i - 1)->operand == at->operand &&
            place_at(reading, i - 1)->segment == at->segment)
            return TRUE;
    return FALSE;
}

/* The department's own figures, by operand. */
static void index_operands(TextReading *reading) {
    for (guint i = 0; i < reading->places->len; i++) {
        const Place *place = place_at(reading, i);
        if (!is_department(reading->report, place))
            continue;
        GArray *list = g_hash_table_lookup(reading->operands, place->operand);
        if (list == NULL) {
            list = g_array_new(FALSE, FALSE, sizeof(guint));
            g_hash_table_insert(reading->operands, (gpointer)place->operand, list);
        }
        if (list->len < PLACES_OF_OPERAND_MAX)
            g_array_append_val(list, i);
    }
}

void relate_formulas(TextReading *reading) {
    index_operands(reading);
    const GArray *formulas = clues_formulas(reading->clues);
    for (guint k = 0; k < reading->places->len; k++)
        for (guint i = 0; i < formulas->len; i++) {
            const Formula *formula = &g_array_index(formulas, Formula, i);
            const FormulaMember *first = &g_array_index(formula->members, FormulaMember, 0);
            if (g_ptr_array_find(first->operands, place_at(reading, k)->operand, NULL) &&
                !is_again(reading, k))
                relate_anchor(reading, formula, k);
        }
}
