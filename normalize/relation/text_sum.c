/* Totals and their parts in running text.
 *
 *   年初预算 120 万元，支出决算 110 万元。其中：1. 甲，年初预算 80 万元，支出决算 75 万元；2. …
 *   └ total ┘         └ total ┘                    └ part ┘          └ part ┘
 *
 * Behind an introducer (text_list.h) every item gives a figure like the total: of one unit, level
 * with level, change with change, 决算 with 决算 where the items say so. Of several figures before
 * the introducer the nearest is the total, unless another is exactly the sum.
 *
 * 其中 alone may name some parts only (SUM-02). A list is whole where its form says so: markers,
 * groups behind a colon, other introducers, a share behind every part, a remainder, words that make
 * a whole (基本支出, 项目支出). Otherwise the figures decide: it is whole where it adds up, or
 * where one slip of the hand explains that it does not.
 */
#include "normalize/relation/text_sum.h"
#include <string.h>

/* Lists in lists. */
enum { DEPTH_MAX = 8 };

typedef struct {
    Flow *flow;
    gboolean nested;
    int depth;
} Sums;

void fact_take_role(Report *report, guint fact, const char *role) {
    if (report_fact(report, fact)->role == NULL)
        report_fact(report, fact)->role = report_string(report, role);
}

/* Groups that overlap may have more members than there are. */
static const char *some_rule(const Flow *flow, const Candidate *candidate) {
    const Fact *total = flow_fact(flow, candidate->total);
    if (total->kind != FIGURE_COUNT || decimal_compare(candidate->sum, total->value) <= 0 ||
        candidate->parts->len < 2)
        return "SUM-02";
    if (fact_is_people(flow->clues, total) && !candidate_has(flow, candidate, CLUE_OVERLAP))
        return "CNT-04";
    return "CNT-06";
}

/* 甲收入 32 亿元、支出 26 亿元；乙 …: what has no name of its own is another figure of the same. */
static gboolean has_nameless(const Flow *flow, const Candidate *candidate) {
    for (guint i = 1; i < candidate->parts->len; i++) {
        g_autofree char *words = flow_words(flow, g_array_index(candidate->parts, guint, i));
        g_autofree char *own = clues_without(flow->clues, CLUE_GENERIC, words);
        if (*words != '\0' && *own == '\0')
            return TRUE;
    }
    return FALSE;
}

/* 取证 1068 人，实现就业 712 人，占取证人数的 66.67%: a part of the part before it. */
static void drop_of_parts(const Flow *flow, Candidate *candidate) {
    for (guint i = 1; i < candidate->parts->len; i++) {
        guint part = g_array_index(candidate->parts, guint, i), share = sum_share_of(flow, part);
        if (share == G_MAXUINT || !sum_is_share_of_another(flow, candidate, part, share))
            continue;
        g_array_set_size(candidate->parts, i);
        return;
    }
}

/* Some of the parts: of groups that need not belong together, the first. */
static void relate_some(Sums *sums, const List *list, const Candidate *candidate) {
    const Flow *flow = sums->flow;
    Candidate some = *candidate;
    some.parts = g_array_new(FALSE, FALSE, sizeof(guint));
    guint end = list->split == SPLIT_GROUPS ? g_array_index(list->items, Run, 0).end : G_MAXUINT;
    for (guint i = 0; i < candidate->parts->len; i++)
        if (g_array_index(candidate->parts, guint, i) < end)
            g_array_append_val(some.parts, g_array_index(candidate->parts, guint, i));
    drop_of_parts(flow, &some);
    if (some.parts->len > 0 && !has_nameless(flow, &some) &&
        candidate_sum(flow, some.total, some.parts, &some.sum))
        candidate_relate(sums->flow, some_rule(flow, &some), &some, TRUE);
    candidate_clear(&some);
}

/* 其余 7 个 by itself is the rest of something else. */
static gboolean only_rest(const Flow *flow, const Candidate *candidate) {
    return candidate->parts->len == 1 && candidate_has(flow, candidate, CLUE_REST);
}

/* More than there is: whatever else the list leaves out, it is wrong. */
static gboolean exceeds(const Flow *flow, const Candidate *candidate) {
    const Fact *total = flow_fact(flow, candidate->total);
    gboolean counted =
        total->kind == FIGURE_COUNT &&
        (!fact_is_people(flow->clues, total) || candidate_has(flow, candidate, CLUE_OVERLAP));
    return !counted && flow_token(flow, candidate->total)->change == CHANGE_NONE &&
           decimal_compare(candidate->sum, total->value) > 0;
}

static gboolean candidate_holds(const Flow *flow, const Candidate *candidate) {
    return candidate_adds_up(flow, candidate) || candidate_nearly_adds_up(flow, candidate);
}

/* 三级指标 15 个，其中一级指标 3 个，二级指标 7 个: levels of one tree are no parts of each other.
 */
static gboolean are_levels(const Flow *flow, const Candidate *candidate) {
    guint n = 0;
    for (guint i = 0; i < candidate->parts->len; i++) {
        gsize length;
        g_autofree char *words = flow_words(flow, g_array_index(candidate->parts, guint, i));
        n += wording_find(flow->wording, WORDS_INDICATOR, words, &length) != NULL ? 1 : 0;
    }
    return n >= 2 && flow_fact(flow, candidate->total)->kind == FIGURE_COUNT;
}

/* Decides what the list of parts is to its total, and says so. */
static void relate(Sums *sums, const List *list, const Candidate *candidate) {
    const Flow *flow = sums->flow;
    if (only_rest(flow, candidate) || are_levels(flow, candidate))
        return;
    const char *rule = candidate_rule(flow, candidate, sums->nested);
    gboolean change = flow_token(flow, candidate->total)->change != CHANGE_NONE;
    gboolean holds = candidate_holds(flow, candidate);
    gboolean whole = sum_is_whole(flow, list, candidate);
    if (holds || (whole && !sum_is_loose(flow, list, candidate)))
        candidate_relate(sums->flow, rule, candidate, TRUE);
    else if (candidate->parts->len >= 2 && !candidate_is_open(flow, candidate) &&
             !sum_is_apart(flow, list, candidate) &&
             (candidate_is_slip(flow, candidate) || sum_is_likely(flow, list, candidate) ||
              (sum_is_formal(list, candidate) && !sum_is_fragment(flow, list, candidate))))
        candidate_relate(sums->flow, rule, candidate,
                         candidate_slip_proves(flow, candidate) || exceeds(flow, candidate));
    else if ((list->introducer->some || candidate_is_open(flow, candidate)) && !change &&
             !sum_overlaps(flow, candidate))
        relate_some(sums, list, candidate);
    else
        return;
    sum_relate_shares(sums->flow, candidate, whole || holds);
}

/* Parts of the list's kind that add up; 0 where they do not. */
static guint whole_parts(const Flow *flow, const List *list) {
    g_autoptr(GArray) candidates = sum_find_candidates(flow, list);
    const Candidate *chosen = sum_choose(flow, list, candidates);
    return chosen != NULL && candidate_adds_up(flow, chosen) ? chosen->parts->len : 0;
}

static gboolean is_change_total(const Flow *flow, const Candidate *candidate) {
    return flow_token(flow, candidate->total)->change != CHANGE_NONE;
}

/* 甲 8103 万元，比上年增收 1284 万元；乙 …: where the levels add up, the changes may as well, and
 * the other way round. */
static void relate_beside(Sums *sums, const List *list, const GArray *candidates,
                          const Candidate *chosen) {
    const Flow *flow = sums->flow;
    if (!candidate_holds(flow, chosen))
        return;
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *candidate = &g_array_index(candidates, Candidate, i);
        if (is_change_total(flow, candidate) == is_change_total(flow, chosen) ||
            candidate->parts->len < 2)
            continue;
        gboolean alike = chosen->complete && candidate->parts->len == chosen->parts->len &&
                         flow_token(flow, candidate->total)->sentence ==
                             flow_token(flow, chosen->total)->sentence;
        if (alike || candidate_holds(flow, candidate)) {
            relate(sums, list, candidate);
            return;
        }
    }
}

/* 机构 168 家、床位 24350 张，其中公办 92 家、床位 11480 张，民办 …: where one unit adds up, so
 * does the other. */
static void relate_other_unit(Sums *sums, const List *list, const GArray *candidates,
                              const Candidate *chosen) {
    const Flow *flow = sums->flow;
    List twin = *list;
    twin.twin = candidate_holds(flow, chosen) ? chosen->parts->len : 0;
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *other = &g_array_index(candidates, Candidate, i);
        if (other->parts->len < 2 || other->parts->len != chosen->parts->len ||
            flow_token(flow, other->total)->sentence != flow_token(flow, chosen->total)->sentence ||
            facts_share_unit(flow->clues, flow_fact(flow, other->total),
                             flow_fact(flow, chosen->total)) ||
            !(twin.twin > 0 || candidate_holds(flow, other)))
            continue;
        relate(sums, &twin, other);
        return;
    }
}

/* The one that is the sum; every one whose measure the items name; else the nearest. A change is
 * the total of changes only. */
static void relate_candidates(Sums *sums, const List *list) {
    const Flow *flow = sums->flow;
    g_autoptr(GArray) candidates = sum_find_candidates(flow, list);
    const Candidate *chosen = sum_choose(flow, list, candidates);
    g_autoptr(GPtrArray) measures = g_ptr_array_new();
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *candidate = &g_array_index(candidates, Candidate, i);
        const Token *total = flow_token(flow, candidate->total);
        if (!candidate->columns || g_ptr_array_find(measures, total->measure, NULL))
            continue;
        relate(sums, list, candidate);
        g_ptr_array_add(measures, (gpointer)total->measure);
    }
    if (measures->len > 0 || chosen == NULL)
        return;
    relate(sums, list, chosen);
    relate_beside(sums, list, candidates, chosen);
    relate_other_unit(sums, list, candidates, chosen);
}

static void relate_run(Sums *sums, Run run);

/* Items have totals of their own; of a list of figures only what stands in brackets has. */
static void relate_items(Sums *sums, const GArray *items, Split split) {
    Sums inner = {sums->flow, TRUE, sums->depth + 1};
    if (inner.depth > DEPTH_MAX || items->len == 0)
        return;
    if (split != SPLIT_FIGURES) {
        for (guint i = 0; i < items->len; i++)
            relate_run(&inner, g_array_index(items, Run, i));
        return;
    }
    guint end = g_array_index(items, Run, items->len - 1).end;
    guint first = g_array_index(items, Run, 0).first;
    int depth = flow_token(sums->flow, first)->depth;
    for (guint i = first; i + 1 < end; i++) {
        Introducer introducer;
        guint to = i + 1;
        while (to < end && flow_token(sums->flow, to)->depth > depth)
            to++;
        if (to > i + 1 && flow_token(sums->flow, i)->depth == depth &&
            flow_token(sums->flow, i)->kind == TOKEN_FACT &&
            introducer_read(sums->flow, i, (Run){i, to}, &introducer))
            relate_run(&inner, (Run){i, to});
    }
}

static void relate_run(Sums *sums, Run run) {
    static const FigureKind KINDS[] = {FIGURE_COUNT, FIGURE_AMOUNT};
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(Run));
    for (guint i = run.first; i < run.end;) {
        Introducer introducer;
        if (flow_token(sums->flow, i)->kind != TOKEN_FACT ||
            !introducer_read(sums->flow, i, run, &introducer)) {
            i++;
            continue;
        }
        List list = {.introducer = &introducer, .items = items, .first = run.first, .end = i};
        guint relations = sums->flow->report->relations->len;
        guint twins[G_N_ELEMENTS(KINDS)] = {0};
        guint before = sums->flow->report->relations->len;
        for (guint k = 0; k < 2 * G_N_ELEMENTS(KINDS); k++) {
            guint kind = k % G_N_ELEMENTS(KINDS);
            g_array_set_size(items, 0);
            list.kind = KINDS[kind];
            list.twin = twins[1 - kind];
            list.split =
                list_split(sums->flow, introducer.item, run.end, list.kind, items, &list.end);
            if (k < G_N_ELEMENTS(KINDS))
                twins[kind] = whole_parts(sums->flow, &list);
            else
                relate_candidates(sums, &list);
        }
        if (list.split != SPLIT_MARKERS && sums->flow->report->relations->len == before) {
            i++; /* the words introduced something else */
            continue;
        }
        relate_items(sums, items, list.split);
        /* The list may end in a total that a next introducer follows. */
        guint end = list.end - (list.split == SPLIT_FIGURES && list.end > introducer.item ? 1 : 0);
        gboolean none = sums->flow->report->relations->len == relations;
        i = none ? i + 1 : MAX(i + 1, end);
    }
}

void relate_sums(Flow *flow) {
    Sums sums = {.flow = flow};
    relate_run(&sums, (Run){0, flow->tokens->len});
    relate_plain_sums(flow);
}
