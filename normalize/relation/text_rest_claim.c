/* What is left of something, by the rate that says how much of it was done.
 *
 *   问题 34 个，已整改 31 个，整改率 91.18%，其余 2 个正在整改      of the rate's own figures
 *
 * The rate settles what is the whole and what the part; where both stand around the rest, it must
 * be their difference.
 */
#include "normalize/relation/text_claim.h"

static gboolean stands_around(const RestMention *rest, guint fact) {
    for (guint i = 0; i < rest->n; i++)
        if (rest->around[i] == fact)
            return TRUE;
    return FALSE;
}

/* 就业 215 人，超目标 15 人: what goes beyond is of the figure right before it. */
static gboolean is_of_another(const RestMention *rest, const Claim *claim) {
    return rest->beyond && rest->n > 0 && rest->around[0] != claim->numerator &&
           rest->around[0] != claim->settled;
}

/* The claim whose figures stand around the rest, the nearest to it. */
static const Claim *find_claim(const TextReading *reading, const RestMention *rest) {
    const Claim *found = NULL;
    for (guint i = 0; i < reading->claims->len; i++) {
        const Claim *claim = &g_array_index(reading->claims, Claim, i);
        if (claim->settled == REPORT_NONE || claim->kind == CLAIM_SHARE ||
            claim->numerator == rest->fact || claim->settled == rest->fact ||
            !stands_around(rest, claim->numerator) || !stands_around(rest, claim->settled) ||
            is_of_another(rest, claim))
            continue;
        if (found == NULL || claim->rate < rest->fact)
            found = claim;
    }
    return found;
}

static void relate(TextReading *reading, const RestMention *rest, const Claim *claim) {
    Report *report = reading->report;
    const Fact *own = report_fact(report, rest->fact);
    gboolean counted = !rest->beyond && own->kind == FIGURE_COUNT;
    guint relation = relation_begin(report,
                                    rest->beyond ? "YOY-01"
                                    : counted    ? "SUM-12"
                                                 : "BAL-05",
                                    own->place);
    report_relation(report, relation)->scope = own->label;
    report_relation(report, relation)->certain = FALSE;
    if (counted) {
        relation_add(report, relation, claim->settled, "total");
        relation_add(report, relation, claim->numerator, "part");
        relation_add(report, relation, rest->fact, "part");
        fact_take_role(report, rest->fact, "part");
        return;
    }
    relation_add(report, relation, rest->beyond ? claim->numerator : claim->settled, "this");
    relation_add(report, relation, rest->beyond ? claim->settled : claim->numerator, "last");
    relation_add(report, relation, rest->fact, "change");
    fact_take_role(report, rest->fact, "change");
}

void relate_claimed_rests(TextReading *reading) {
    for (guint i = 0; i < reading->rests->len; i++) {
        const RestMention *rest = &g_array_index(reading->rests, RestMention, i);
        const Claim *claim = find_claim(reading, rest);
        if (claim != NULL && report_fact(reading->report, rest->fact)->role == NULL)
            relate(reading, rest, claim);
    }
}
