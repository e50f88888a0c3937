/* A sum is read off the words and the layout; whether it was read right, the lanes say: what is a
 * sum in one column is one in its neighbours, so a wrong figure fails against the others, and a
 * wrong reading fails everywhere. */
#include "normalize/relation/table_sum.h"
#include "normalize/check/slip.h"
#include "normalize/relation/text_relation.h"
#include "normalize/relation/text_total.h"
#include <string.h>

/* Rows that are tried as the parts of one total. */
enum { TAIL_MAX = 600 };

Sum *sum_new(guint total) {
    Sum *sum = g_new0(Sum, 1);
    sum->total = total;
    sum->parts = g_array_new(FALSE, FALSE, sizeof(Part));
    return sum;
}

void sum_free(Sum *sum) {
    if (sum == NULL)
        return;
    g_array_unref(sum->parts);
    g_free(sum);
}

void sum_add_part(Sum *sum, guint at, int sign) {
    Part part = {at, sign};
    g_array_append_val(sum->parts, part);
}

guint lanes_fact(const Lanes *lanes, guint lane, guint at) {
    guint line = g_array_index(lanes->lanes, guint, lane);
    guint fact =
        lanes->across ? grid_fact(lanes->grid, line, at) : grid_fact(lanes->grid, at, line);
    if (fact == REPORT_NONE)
        return REPORT_NONE;
    const Fact *own = report_fact(lanes->grid->report, fact);
    return fact_is_addend(own) && (own->kind == FIGURE_SCORE) == lanes->scores ? fact : REPORT_NONE;
}

/* A sum while it is made. */
typedef struct {
    guint total;
    Decimal sum;
    guint n;
    int exponent;    /* of the finest last place */
    gboolean broken; /* a part of another kind */
    guint moved;     /* parts that are not zero */
} Running;

static void running_start(const Lanes *lanes, guint lane, guint total, Running *running) {
    *running = (Running){.total = lanes_fact(lanes, lane, total), .sum = DECIMAL_ZERO};
    if (running->total != REPORT_NONE) {
        const Fact *fact = report_fact(lanes->grid->report, running->total);
        running->exponent = fact->unit_power - fact->decimals;
    } else
        running->exponent = G_MAXINT;
}

static void running_add(const Lanes *lanes, guint lane, const Part *part, Running *running) {
    guint index = lanes_fact(lanes, lane, part->at);
    if (index == REPORT_NONE)
        return;
    const Fact *fact = report_fact(lanes->grid->report, index);
    if (running->total != REPORT_NONE &&
        !facts_add_up(report_fact(lanes->grid->report, running->total), fact))
        running->broken = TRUE;
    Decimal value = part->sign < 0 ? decimal_negate(fact->value) : fact->value;
    running->broken |= !decimal_add(running->sum, value, &running->sum);
    running->moved += decimal_sign(value) != 0 ? 1 : 0;
    running->exponent = MIN(running->exponent, fact->unit_power - fact->decimals);
    running->n++;
}

typedef enum { LANE_EMPTY, LANE_TRIVIAL, LANE_OPEN, LANE_HOLDS, LANE_FAILS, LANE_BROKEN } LaneState;

static LaneState running_state(const Lanes *lanes, const Running *running) {
    Decimal gap, slack = {.coefficient = 5};
    if (running->total == REPORT_NONE)
        return running->n == 0 ? LANE_EMPTY : LANE_OPEN;
    if (running->n == 0)
        return LANE_OPEN;
    if (running->broken)
        return LANE_BROKEN;
    const Fact *total = report_fact(lanes->grid->report, running->total);
    if (decimal_sign(total->value) == 0 && running->moved == 0)
        return LANE_TRIVIAL;
    if (!decimal_subtract(total->value, running->sum, &gap) ||
        !decimal_scale(slack, running->exponent - 1, &slack) ||
        !decimal_multiply(slack, decimal_from_integer(running->n + 1), &slack))
        return LANE_BROKEN;
    gboolean whole = total->kind == FIGURE_COUNT || total->kind == FIGURE_NUMBER;
    if (total->kind == FIGURE_SCORE || (whole && running->exponent >= 0))
        slack = DECIMAL_ZERO;
    return decimal_compare(decimal_absolute(gap), slack) <= 0 ? LANE_HOLDS : LANE_FAILS;
}

static void vote_count(Vote *vote, LaneState state) {
    vote->holds += state == LANE_HOLDS ? 1 : 0;
    vote->fails += state == LANE_FAILS ? 1 : 0;
    vote->open += state == LANE_OPEN ? 1 : 0;
}

static LaneState lane_state(const Lanes *lanes, guint lane, const Sum *sum) {
    Running running;
    running_start(lanes, lane, sum->total, &running);
    for (guint i = 0; i < sum->parts->len; i++)
        running_add(lanes, lane, &g_array_index(sum->parts, Part, i), &running);
    return running_state(lanes, &running);
}

Vote sum_vote(const Lanes *lanes, const Sum *sum) {
    Vote vote = {0, 0, 0};
    for (guint lane = 0; lane < lanes->lanes->len; lane++)
        vote_count(&vote, lane_state(lanes, lane, sum));
    return vote;
}

static gboolean vote_is_better(const Vote *a, const Vote *b) {
    int x = (int)a->holds - (int)a->fails, y = (int)b->holds - (int)b->fails;
    return a->holds > 0 && (a->holds > b->holds || (a->holds == b->holds && x > y));
}

guint sum_best_tail(const Lanes *lanes, guint total, const GArray *open, guint usual, Vote *vote) {
    guint n = lanes->lanes->len, best = 0, deepest = MIN(open->len, MAX(TAIL_MAX, usual));
    g_autofree Running *running = g_new0(Running, n + 1);
    Vote best_vote = {0, 0, 0}, usual_vote = {0, 0, 0};
    for (guint lane = 0; lane < n; lane++)
        running_start(lanes, lane, total, &running[lane]);
    for (guint k = 1; k <= deepest; k++) {
        Vote own = {0, 0, 0};
        const Part *part = &g_array_index(open, Part, open->len - k);
        for (guint lane = 0; lane < n; lane++) {
            running_add(lanes, lane, part, &running[lane]);
            LaneState state = running_state(lanes, &running[lane]);
            /* one part alone is equal to a total by chance, or by a slip */
            if (state != LANE_HOLDS || k == usual || running[lane].moved > 1)
                vote_count(&own, state);
        }
        if (k == usual)
            usual_vote = own;
        if (vote_is_better(&own, &best_vote)) {
            best = k;
            best_vote = own;
        }
    }
    gboolean kept = usual > 0 && !vote_is_better(&best_vote, &usual_vote);
    *vote = kept ? usual_vote : best_vote;
    return kept ? 0 : best;
}

Trust vote_trust(const Vote *vote, gboolean decisive) {
    if (vote->holds > 0 && vote->fails <= (decisive ? vote->holds : vote->holds / 2))
        return TRUST_CERTAIN;
    if (vote->holds > 0 && vote->fails <= vote->holds + 1)
        return TRUST_GUESS;
    return vote->holds == 0 && vote->fails <= 1 && decisive ? TRUST_CERTAIN : TRUST_NONE;
}

guint sum_overflows(const Lanes *lanes, const Sum *sum) {
    guint n = 0;
    for (guint lane = 0; lane < lanes->lanes->len; lane++) {
        Running running;
        running_start(lanes, lane, sum->total, &running);
        for (guint i = 0; i < sum->parts->len; i++)
            running_add(lanes, lane, &g_array_index(sum->parts, Part, i), &running);
        n += running_state(lanes, &running) == LANE_FAILS &&
             decimal_compare(running.sum, report_fact(lanes->grid->report, running.total)->value) >
                 0;
    }
    return n;
}

/* Whether the one lane that fails would hold but for a slip in one of its figures. */
static gboolean lane_is_slip(const Lanes *lanes, guint lane, const Sum *sum) {
    const Report *report = lanes->grid->report;
    Running running;
    Decimal gap, meant;
    running_start(lanes, lane, sum->total, &running);
    for (guint i = 0; i < sum->parts->len; i++)
        running_add(lanes, lane, &g_array_index(sum->parts, Part, i), &running);
    if (running_state(lanes, &running) != LANE_FAILS)
        return TRUE;
    const Fact *total = report_fact(report, running.total);
    if (!decimal_subtract(running.sum, total->value, &gap))
        return FALSE;
    if (slip_of(total->value, running.sum, total->decimals - total->unit_power) != SLIP_NONE)
        return TRUE;
    for (guint i = 0; i < sum->parts->len; i++) {
        const Part *part = &g_array_index(sum->parts, Part, i);
        guint index = lanes_fact(lanes, lane, part->at);
        const Fact *fact = index == REPORT_NONE ? NULL : report_fact(report, index);
        Decimal step = part->sign < 0 ? gap : decimal_negate(gap);
        if (fact != NULL && decimal_add(fact->value, step, &meant) &&
            slip_of(fact->value, meant, fact->decimals - fact->unit_power) != SLIP_NONE)
            return TRUE;
    }
    return FALSE;
}

gboolean sum_is_slip(const Lanes *lanes, const Sum *sum) {
    for (guint lane = 0; lane < lanes->lanes->len; lane++)
        if (!lane_is_slip(lanes, lane, sum))
            return FALSE;
    return TRUE;
}

static const char *part_rule(const Lanes *lanes, const Sum *sum, const char *rule, NameOf name_of,
                             gpointer data) {
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < sum->parts->len; i++)
        g_ptr_array_add(names, (gpointer)name_of(data, g_array_index(sum->parts, Part, i).at));
    const char *whole = table_words_whole(lanes->grid->words, name_of(data, sum->total), names);
    return whole == NULL ? rule : whole;
}

static const char *fact_rule(const Lanes *lanes, const Fact *fact, const char *rule) {
    gboolean people = fact_is_people(lanes->grid->clues, fact) && g_str_has_prefix(rule, "SUM-") &&
                      !g_str_equal(rule, "SUM-02");
    gboolean grades = g_str_equal(rule, "CNT-07") && fact->kind != FIGURE_COUNT;
    return people ? "CNT-04" : grades ? "SUM-01" : rule;
}

/* A lane where nothing is printed needs no check; one with a total or parts alone gives one that
 * could not be made. */
static void add_lane(const Lanes *lanes, guint lane, const Sum *sum, gboolean certain,
                     const char *rule) {
    Report *report = lanes->grid->report;
    const char *total_role = "total", *part_role = g_str_has_prefix(rule, "WGT")   ? "weight"
                                                   : g_str_has_prefix(rule, "SCO") ? "earned"
                                                                                   : "part";
    guint total = lanes_fact(lanes, lane, sum->total), first = total;
    for (guint i = 0; i < sum->parts->len && first == REPORT_NONE; i++)
        first = lanes_fact(lanes, lane, g_array_index(sum->parts, Part, i).at);
    if (first == REPORT_NONE)
        return;
    const Fact *about = report_fact(report, first);
    guint relation = relation_begin(report, fact_rule(lanes, about, rule), about->place);
    report_relation(report, relation)->certain = certain && lanes->grid->shape->ruled;
    report_relation(report, relation)->scope = about->label;
    if (total != REPORT_NONE) {
        relation_add(report, relation, total, total_role);
        fact_take_role(report, total, total_role);
    }
    for (guint i = 0; i < sum->parts->len; i++) {
        const Part *part = &g_array_index(sum->parts, Part, i);
        guint fact = lanes_fact(lanes, lane, part->at);
        if (fact == REPORT_NONE)
            continue;
        relation_add_signed(report, relation, fact, part_role, part->sign);
        fact_take_role(report, fact, part_role);
    }
}

void sum_add(const Lanes *lanes, const Sum *sum, Trust trust, const char *rule, NameOf name_of,
             gpointer data) {
    const char *named = lanes->scores ? rule : part_rule(lanes, sum, rule, name_of, data);
    for (guint lane = 0; lane < lanes->lanes->len; lane++) {
        LaneState state = lane_state(lanes, lane, sum);
        if (state != LANE_BROKEN)
            add_lane(lanes, lane, sum, trust == TRUST_CERTAIN, named);
    }
}
