/* Claims in a row: as the others are, so is the one.
 *
 *   甲 1545 批次、乙 2781 批次、丙 1854 批次，占比分别为 25%、45% 和 30%      shares of one figure
 *   甲 1200 万元，乙 900 万元，丙 550 万元 … 甲支出 1182.60 万元，执行率 98.55%；乙 …
 *       rates of the parts of one list, each of the part in its own place
 *
 * Most of a row must fit; then what does not is wrong.
 */
#include "normalize/relation/fit.h"
#include "normalize/relation/text_claim.h"
#include <string.h>

/* Rates in a row that prove what the one between them is of. */
enum { PEERS_PROVE = 2, LABEL_CHARACTERS_MIN = 3 };

static Claim *claim_at(const TextReading *reading, guint i) {
    return &g_array_index(reading->claims, Claim, i);
}

static const Fact *fact_at(const TextReading *reading, guint fact) {
    return report_fact(reading->report, fact);
}

/* Shares of one paragraph that do not say of what, from `first` on: where they end. */
static guint group_end(const TextReading *reading, guint first) {
    const Claim *claim = claim_at(reading, first);
    guint end = first;
    while (end < reading->claims->len && claim_at(reading, end)->kind == CLAIM_SHARE &&
           claim_at(reading, end)->paragraph == claim->paragraph &&
           *claim_at(reading, end)->whole == '\0' && claim_at(reading, end)->above->len > 0)
        end++;
    return end;
}

/* How many shares of the group are shares of the figure. */
static guint count_fitting(TextReading *reading, guint first, guint end, guint whole) {
    guint n = 0;
    for (guint i = first; i < end; i++) {
        const Claim *claim = claim_at(reading, i);
        const Above *above = &g_array_index(claim->above, Above, 0);
        n += claim_may_be_of(reading, above, whole) &&
                     fit_ratio(reading->report, above->facts, above->n, whole, claim->rate)
                 ? 1
                 : 0;
    }
    return n;
}

/* One of the group's own parts is not their whole. */
static gboolean is_part_of_group(const TextReading *reading, guint first, guint end, guint fact) {
    for (guint i = first; i < end; i++)
        if (g_array_index(claim_at(reading, i)->above, Above, 0).facts[0] == fact)
            return TRUE;
    return FALSE;
}

/* The whole may stand far away. */
static void settle_group(TextReading *reading, guint first, guint end) {
    const Above *above = &g_array_index(claim_at(reading, first)->above, Above, 0);
    const GArray *figures = names_counted(reading->names, fact_at(reading, above->facts[0])->unit);
    guint best = REPORT_NONE, most = 1;
    for (guint i = 0; figures != NULL && i < figures->len; i++) {
        if (is_part_of_group(reading, first, end, g_array_index(figures, guint, i)))
            continue;
        guint n = count_fitting(reading, first, end, g_array_index(figures, guint, i));
        if (n > most || (n == most && best != REPORT_NONE &&
                         g_array_index(figures, guint, i) < claim_at(reading, first)->rate))
            best = g_array_index(figures, guint, i);
        most = MAX(most, n);
    }
    for (guint i = first; best != REPORT_NONE && 2 * most >= end - first && i < end; i++) {
        Claim *claim = claim_at(reading, i);
        const Above *own = &g_array_index(claim->above, Above, 0);
        if (claim_may_be_of(reading, own, best))
            claim_relate(reading, claim, own, best, TRUE);
    }
}

void claims_settle_shares(TextReading *reading) {
    for (guint i = 0; i < reading->claims->len;) {
        guint end = group_end(reading, i);
        if (end - i >= 2 && !claim_is_settled(reading, claim_at(reading, i)))
            settle_group(reading, i, end);
        i = MAX(end, i + 1);
    }
}

/* 预算执行率 and 执行率 are one rate of a row. */
static gboolean is_same_rate(const Claim *a, const Claim *b) {
    return a->kind == b->kind && a->kind != CLAIM_SHARE && a->name != NULL && b->name != NULL &&
           *a->name != '\0' && *b->name != '\0' &&
           (g_str_has_suffix(a->name, b->name) || g_str_has_suffix(b->name, a->name));
}

static guint row_end(const TextReading *reading, guint first) {
    guint end = first + 1;
    while (end < reading->claims->len &&
           claim_at(reading, end)->paragraph == claim_at(reading, first)->paragraph &&
           is_same_rate(claim_at(reading, end), claim_at(reading, end - 1)))
        end++;
    return end;
}

/* The figure right before the rate. */
static guint own_figure(const Claim *claim) {
    if (claim->placed)
        return g_array_index(claim->above, Above, 0).facts[0];
    return claim->below->len == 0 ? REPORT_NONE : g_array_index(claim->below, guint, 0);
}

static gboolean is_peer(const Claim *claim) {
    return claim->settled != REPORT_NONE && claim->numerator == own_figure(claim);
}

static guint count_peers(const TextReading *reading, guint first, guint end) {
    guint n = 0;
    for (guint i = first; i < end; i++)
        n += is_peer(claim_at(reading, i)) ? 1 : 0;
    return n;
}

/* The parts of a relation, in their order, are what the peers of the row are rates of, each in its
 * place. */
static gboolean is_list_of(const TextReading *reading, const Relation *relation, guint first,
                           guint end) {
    guint peers = 0, strangers = 0; /* 100% may be of any equal figure */
    if (relation->members->len != end - first + 1)
        return FALSE;
    for (guint i = first; i < end; i++) {
        const Member *member = &g_array_index(relation->members, Member, i - first + 1);
        const Claim *claim = claim_at(reading, i);
        if (!g_str_equal(member->role, "part") || member->fact == own_figure(claim))
            return FALSE;
        strangers += is_peer(claim) && member->fact != claim->settled ? 1 : 0;
        peers += is_peer(claim) && member->fact == claim->settled ? 1 : 0;
    }
    return peers > strangers;
}

static const Relation *find_list(const TextReading *reading, guint first, guint end) {
    const GArray *relations = reading->report->relations;
    for (guint i = 0; i < relations->len; i++)
        if (is_list_of(reading, &g_array_index(relations, Relation, i), first, end))
            return &g_array_index(relations, Relation, i);
    return NULL;
}

/* Of figures in a row the one between those that the neighbours are of; REPORT_NONE for none. */
static guint between_neighbours(const TextReading *reading, guint first, guint end, guint i) {
    const Claim *claim = claim_at(reading, i);
    if (i == first || i + 1 >= end || !is_peer(claim_at(reading, i - 1)) ||
        !is_peer(claim_at(reading, i + 1)))
        return REPORT_NONE;
    guint from = claim_at(reading, i - 1)->settled, to = claim_at(reading, i + 1)->settled;
    guint found = REPORT_NONE;
    const GArray *figures =
        names_counted(reading->names, fact_at(reading, own_figure(claim))->unit);
    for (guint k = 0; figures != NULL && k < figures->len; k++) {
        guint fact = g_array_index(figures, guint, k);
        if (fact <= from || fact >= to)
            continue;
        if (found != REPORT_NONE)
            return REPORT_NONE;
        found = fact;
    }
    return found;
}

static gboolean begins(const char *label, const char *other) {
    return label != NULL && other != NULL && g_str_has_prefix(other, label) &&
           g_utf8_strlen(label, -1) >= LABEL_CHARACTERS_MIN;
}

guint claim_below_by_label(const TextReading *reading, guint above) {
    const Fact *own = fact_at(reading, above);
    const GArray *figures = names_counted(reading->names, own->unit);
    guint found = REPORT_NONE;
    for (guint k = 0; figures != NULL && k < figures->len; k++) {
        guint fact = g_array_index(figures, guint, k);
        const char *label = fact_at(reading, fact)->label;
        if (fact == above || g_strcmp0(label, own->label) == 0 ||
            !(begins(own->label, label) || begins(label, own->label)))
            continue;
        if (!fit_one_value(reading->report, fact, &found))
            return REPORT_NONE;
    }
    return found;
}

static void settle_row(TextReading *reading, guint first, guint end) {
    guint peers = count_peers(reading, first, end);
    if (peers == 0 || 2 * peers < end - first || peers == end - first)
        return;
    const Relation *list = find_list(reading, first, end);
    if (list == NULL && end - first > 2) { /* 总体执行率 …。甲 …；乙 … */
        const Relation *later = find_list(reading, first + 1, end);
        first += later != NULL ? 1 : 0;
        list = later;
    }
    for (guint i = first; i < end; i++) {
        Claim *claim = claim_at(reading, i);
        guint own = own_figure(claim);
        if (claim->settled != REPORT_NONE || own == REPORT_NONE)
            continue;
        Above above = {.facts = {own}, .n = 1, .named = TRUE};
        guint below = list != NULL ? g_array_index(list->members, Member, i - first + 1).fact
                                   : between_neighbours(reading, first, end, i);
        if (below == REPORT_NONE)
            below = claim_below_by_label(reading, own);
        if (below != REPORT_NONE && claim_may_be_of(reading, &above, below))
            claim_relate(reading, claim, &above, below, peers >= PEERS_PROVE);
        list = find_list(reading, first, end); /* a new relation may have moved it */
    }
}

void claims_settle_rows(TextReading *reading) {
    for (guint i = 0; i < reading->claims->len;) {
        guint end = row_end(reading, i);
        if (end - i >= 2)
            settle_row(reading, i, end);
        i = end;
    }
}
