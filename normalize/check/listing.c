/* Listings: one unit in one list, the same things in two lists, one precision for one figure. */
#include "normalize/check/kind.h"
#include "normalize/check/likeness.h"
#include "normalize/check/match.h"
#include "normalize/check/quote.h"
#include <string.h>

/* Two lists are of the same things when so many of their items agree. */
enum {
    LIST_ITEMS_MIN = 3,
    LIST_ITEMS_MAX = 200,
    LISTS_COMPARED_MAX = 64,
    SHARED_ITEMS_MIN = 3,
    SHARED_PERCENT = 50,
    NAME_ALIKE_PERCENT = 50
};

/* The parts of a sum in the text. */
typedef struct {
    GArray *facts; /* guint */
    guint total;
} Listing;

static void listing_clear(gpointer data) { g_array_unref(((Listing *)data)->facts); }

static gboolean is_part(const Report *report, const Member *member) {
    const Fact *fact = report_fact(report, member->fact);
    return strcmp(member->role, "part") == 0 && !member->inferred && fact->table == DOCUMENT_NONE &&
           fact->kind == FIGURE_AMOUNT;
}

static GArray *listings_new(const Report *report) {
    GArray *listings = g_array_new(FALSE, FALSE, sizeof(Listing));
    g_array_set_clear_func(listings, listing_clear);
    for (guint i = 0; i < report->relations->len; i++) {
        const Relation *relation = report_relation(report, i);
        Listing listing = {g_array_new(FALSE, FALSE, sizeof(guint)), REPORT_NONE};
        for (guint k = 0; k < relation->members->len; k++) {
            const Member *member = &g_array_index(relation->members, Member, k);
            if (strcmp(member->role, "total") == 0)
                listing.total = member->fact;
            if (is_part(report, member))
                g_array_append_val(listing.facts, member->fact);
        }
        if (listing.facts->len >= LIST_ITEMS_MIN && listing.facts->len <= LIST_ITEMS_MAX)
            g_array_append_val(listings, listing);
        else
            listing_clear(&listing);
    }
    return listings;
}

static guint item(const Listing *listing, guint i) {
    return g_array_index(listing->facts, guint, i);
}

/* 万元 beside 亿元 is a matter of size, 元 beside 万元 is not: the fewer are the odd ones. */
void check_units(Examination *examination, const Rule *rule) {
    const Report *report = examination->report;
    g_autoptr(GArray) listings = listings_new(report);
    Evidence evidence = evidence_new();
    for (guint i = 0; i < listings->len; i++) {
        const Listing *listing = &g_array_index(listings, Listing, i);
        guint plain = 0, n = listing->facts->len;
        for (guint k = 0; k < n; k++)
            plain += report_fact(report, item(listing, k))->unit_power == 0;
        if (plain == 0 || plain == n)
            continue;
        for (guint k = 0; k < n; k++) {
            const Fact *fact = report_fact(report, item(listing, k));
            if ((fact->unit_power == 0) == (plain * 2 <= n))
                evidence_add(&evidence, fact->place);
        }
    }
    evidence_sort(&evidence);
    if (listings->len == 0)
        examination_leave(examination, rule, "没有列举的金额");
    else
        examination_judge(examination, rule, &evidence);
    evidence_clear(&evidence);
}

/* What a name is without its brackets. */
static char *bare_name(const Fact *fact) {
    GString *name = g_string_new(NULL);
    guint depth = 0;
    for (const char *p = fact_name(fact); *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar code = g_utf8_get_char(p);
        if (code == '(' || code == U'（')
            depth++;
        else if ((code == ')' || code == U'）') && depth > 0)
            depth--;
        else if (depth == 0)
            g_string_append_unichar(name, code);
    }
    return g_string_free(name, FALSE);
}

static gboolean names_alike(const Fact *a, const Fact *b) {
    g_autofree char *p = bare_name(a), *q = bare_name(b);
    return *p != '\0' && *q != '\0' &&
           (strstr(p, q) != NULL || strstr(q, p) != NULL ||
            words_alike_percent(p, q) >= NAME_ALIKE_PERCENT);
}

/* Equal at the coarser of the two precisions. */
static gboolean amounts_agree(const Fact *a, const Fact *b) {
    int exponent = MAX(a->unit_power - a->decimals, b->unit_power - b->decimals);
    Decimal p, q;
    return decimal_scale(a->value, -exponent, &p) && decimal_scale(b->value, -exponent, &q) &&
           decimal_round(p, 0, &p) && decimal_round(q, 0, &q) && decimal_compare(p, q) == 0;
}

/* Items of two lists, each with its own in the other: by amount and name, by amount, by name. */
typedef struct {
    const Report *report;
    const Listing *first, *second;
    guint *of_first, *of_second; /* index of the item in the other; REPORT_NONE */
    guint shared, renamed;       /* both agree; amounts agree and names do not */
} Pairing;

typedef enum { PAIR_BOTH, PAIR_AMOUNT, PAIR_NAME } PairKind;

static gboolean items_pair(const Pairing *pairing, guint i, guint k, PairKind kind) {
    const Fact *a = report_fact(pairing->report, item(pairing->first, i)),
               *b = report_fact(pairing->report, item(pairing->second, k));
    if (kind == PAIR_AMOUNT)
        return decimal_sign(a->value) != 0 && amounts_agree(a, b);
    return (kind == PAIR_NAME || amounts_agree(a, b)) && names_alike(a, b);
}

static void pair_items(Pairing *pairing, PairKind kind) {
    for (guint i = 0; i < pairing->first->facts->len; i++)
        for (guint k = 0; k < pairing->second->facts->len; k++) {
            if (pairing->of_first[i] != REPORT_NONE || pairing->of_second[k] != REPORT_NONE ||
                !items_pair(pairing, i, k, kind))
                continue;
            pairing->of_first[i] = k;
            pairing->of_second[k] = i;
            pairing->shared += kind == PAIR_BOTH;
            pairing->renamed += kind == PAIR_AMOUNT;
        }
}

static Pairing pairing_new(const Report *report, const Listing *first, const Listing *second) {
    Pairing pairing = {.report = report, .first = first, .second = second};
    pairing.of_first = g_new(guint, first->facts->len);
    pairing.of_second = g_new(guint, second->facts->len);
    memset(pairing.of_first, 0xff, first->facts->len * sizeof(guint));
    memset(pairing.of_second, 0xff, second->facts->len * sizeof(guint));
    pair_items(&pairing, PAIR_BOTH);
    if (pairing.shared < SHARED_ITEMS_MIN)
        return pairing;
    pair_items(&pairing, PAIR_AMOUNT);
    pair_items(&pairing, PAIR_NAME);
    return pairing;
}

static void pairing_clear(Pairing *pairing) {
    g_free(pairing->of_first);
    g_free(pairing->of_second);
}

static gboolean of_same_things(const Pairing *pairing) {
    guint least = MIN(pairing->first->facts->len, pairing->second->facts->len);
    return pairing->shared >= SHARED_ITEMS_MIN &&
           (pairing->shared + pairing->renamed) * 100 >= least * SHARED_PERCENT;
}

static void append_item(GString *text, const Report *report, guint fact) {
    g_string_append_printf(text, "%s“%s”", text->len > 0 ? "、" : "",
                           fact_name(report_fact(report, fact)));
    quote_fact(text, report, fact);
}

/* Items of one list that the other does not have. */
static void judge_sets(Examination *examination, const Rule *rule, const Pairing *pairing) {
    const Report *report = examination->report;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GArray) lone = g_array_new(FALSE, FALSE, sizeof(guint));
    const Listing *lists[] = {pairing->first, pairing->second};
    const guint *others[] = {pairing->of_first, pairing->of_second};
    for (guint side = 0; side < 2; side++)
        for (guint i = 0; i < lists[side]->facts->len; i++) {
            guint fact = item(lists[side], i);
            if (others[side][i] != REPORT_NONE)
                continue;
            append_item(text, report, fact);
            g_array_append_val(lone, fact);
        }
    if (lone->len == 0) {
        examination_pass(examination, rule);
        return;
    }
    g_autofree char *counts =
        g_strdup_printf("一处列出%u项、另一处列出%u项，只在一处列出：%s",
                        pairing->first->facts->len, pairing->second->facts->len, text->str);
    g_autofree char *message = examination_say(examination, rule, counts);
    guint first = g_array_index(lone, guint, 0);
    examination_fail(examination, rule, rule->certainty, report_fact(report, first)->place,
                     message);
    for (guint i = 0; i < lone->len; i++)
        examination_add(examination, g_array_index(lone, guint, i), "part");
}

/* Items whose amounts agree and whose names do not. */
static void judge_names(Examination *examination, const Rule *rule, const Pairing *pairing) {
    const Report *report = examination->report;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GArray) renamed = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < pairing->first->facts->len; i++) {
        guint a = item(pairing->first, i), b;
        if (pairing->of_first[i] == REPORT_NONE)
            continue;
        b = item(pairing->second, pairing->of_first[i]);
        if (names_alike(report_fact(report, a), report_fact(report, b)))
            continue;
        append_item(text, report, a);
        g_string_append(text, "与");
        g_string_append_printf(text, "“%s”", fact_name(report_fact(report, b)));
        quote_fact(text, report, b);
        g_array_append_val(renamed, a);
        g_array_append_val(renamed, b);
    }
    if (renamed->len == 0) {
        examination_pass(examination, rule);
        return;
    }
    g_autofree char *message = examination_say(examination, rule, text->str);
    examination_fail(examination, rule, rule->certainty,
                     report_fact(report, g_array_index(renamed, guint, 0))->place, message);
    for (guint i = 0; i < renamed->len; i++)
        examination_add(examination, g_array_index(renamed, guint, i), "same");
}

/* Every two lists of the same things in different paragraphs. */
static void compare_lists(Examination *examination, const Rule *rule,
                          void (*verdict)(Examination *, const Rule *, const Pairing *)) {
    const Report *report = examination->report;
    g_autoptr(GArray) listings = listings_new(report);
    guint n = 0;
    for (guint i = 0; i < listings->len; i++)
        for (guint k = i + 1; k < MIN(listings->len, i + LISTS_COMPARED_MAX); k++) {
            const Listing *first = &g_array_index(listings, Listing, i),
                          *second = &g_array_index(listings, Listing, k);
            if (report_fact(report, item(first, 0))->block ==
                report_fact(report, item(second, 0))->block)
                continue;
            Pairing pairing = pairing_new(report, first, second);
            if (of_same_things(&pairing)) {
                verdict(examination, rule, &pairing);
                n++;
            }
            pairing_clear(&pairing);
        }
    if (n == 0)
        examination_leave(examination, rule, "没有两处列出同样的项目");
}

void check_sets(Examination *examination, const Rule *rule) {
    compare_lists(examination, rule, judge_sets);
}

void check_names(Examination *examination, const Rule *rule) {
    compare_lists(examination, rule, judge_names);
}

/* FMT-01: figures that a relation of sameness holds for one, printed in one unit at
 * different precision. */
void check_precision(Examination *examination, const Rule *rule) {
    const Report *report = examination->report;
    guint n = 0;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GArray) facts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < report->relations->len; i++) {
        const Relation *relation = report_relation(report, i);
        guint first = REPORT_NONE;
        for (guint k = 0; k < relation->members->len; k++) {
            const Member *member = &g_array_index(relation->members, Member, k);
            if (strcmp(member->role, "same") != 0)
                break;
            n += k == 1;
            if (first == REPORT_NONE) {
                first = member->fact;
                continue;
            }
            const Fact *a = report_fact(report, first), *b = report_fact(report, member->fact);
            if (decimal_compare(a->value, b->value) == 0 || !amounts_agree(a, b) ||
                a->unit_power != b->unit_power || a->kind != b->kind || a->text_high != NULL ||
                b->text_high != NULL)
                continue;
            append_item(text, report, first);
            g_string_append(text, "与");
            quote_fact(text, report, member->fact);
            g_array_append_val(facts, first);
            g_array_append_vals(facts, &member->fact, 1);
            break;
        }
    }
    if (n == 0)
        examination_leave(examination, rule, "没有多处列出的同一数据");
    else if (facts->len == 0)
        examination_pass(examination, rule);
    else {
        g_autofree char *message = examination_say(examination, rule, text->str);
        examination_fail(examination, rule, rule->certainty,
                         report_fact(report, g_array_index(facts, guint, 0))->place, message);
        for (guint i = 0; i < facts->len; i++)
            examination_add(examination, g_array_index(facts, guint, i), "same");
    }
}

/* ACH-07: a sentence says that something is not paid yet, but its amount is all of the budget. */
typedef struct {
    Evidence evidence;
    guint n;
} Unpaid;

static void take_unpaid(Examination *examination, const RuleMatch *match, guint sentence,
                        Span place, gpointer data) {
    Unpaid *unpaid = data;
    const Report *report = examination->report;
    const Sentence *own = script_sentence(examination->script, sentence);
    Span span = script_span(examination->script, own->start, own->end);
    (void)match;
    unpaid->n++;
    for (guint i = 0; i < report->facts->len; i++) {
        const Fact *fact = report_fact(report, i);
        if (fact->place.start < span.start || fact->place.end > place.start ||
            fact->kind != FIGURE_AMOUNT || decimal_sign(fact->value) <= 0)
            continue;
        for (guint k = 0; k < report->facts->len; k++) {
            const Fact *other = report_fact(report, k);
            if (other->kind == FIGURE_AMOUNT && other->section != fact->section &&
                g_strcmp0(other->text, fact->text) == 0) {
                evidence_add(&unpaid->evidence, (Span){fact->place.start, place.end});
                return;
            }
        }
    }
}

void check_unpaid(Examination *examination, const Rule *rule) {
    Unpaid unpaid = {evidence_new(), 0};
    match_rule(examination, rule, take_unpaid, &unpaid);
    evidence_sort(&unpaid.evidence);
    if (unpaid.n == 0)
        examination_leave(examination, rule, "没有未支付的款项");
    else
        examination_judge(examination, rule, &unpaid.evidence);
    evidence_clear(&unpaid.evidence);
}
