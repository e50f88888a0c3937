/* Sums that no introducer announces.
 *
 *   89.99 万元，30 万元用于甲村，59.99 万元用于乙村      each figure with its purpose behind it
 *   未支出的 22.34 万元中，16.8 万元结转，其余 5.54 万元收回
 *   甲 5 万元，乙 6 万元，共计 11 万元                   the total behind its parts
 */
#include "normalize/relation/text_relation.h"
#include "normalize/relation/text_total.h"
#include <string.h>

enum { PARTS_BEHIND_MAX = 24, SENTENCES_BACK_MAX = 3, ROW_CHARACTERS_MAX = 14 };

/* 45.2万元用于甲，38.5万元用于乙: each figure with its purpose behind it, or the rest. */
static gboolean has_purpose(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i);
    g_autofree char *after = flow_text(flow, token->end, token->end + 6);
    g_autofree char *words = flow_words(flow, i);
    return wording_prefix(flow->wording, WORDS_PURPOSE, after) > 0 ||
           clues_prefix(flow->clues, CLUE_REST, words) > 0;
}

/* 未支出的 22.34 万元中，16.8 万元结转，其余 5.54 万元收回. */
static gboolean is_divided(const Flow *flow, guint i) {
    guint end = flow_token(flow, i)->end;
    g_autofree char *after = flow_text(flow, end, end + 2);
    return clues_is(flow->clues, CLUE_AMONG, after);
}

typedef struct {
    Candidate candidate;
    gboolean divided, introduced;
} Purposes;

static void finish_purposes(Flow *flow, Purposes *purposes) {
    Candidate *candidate = &purposes->candidate;
    if (candidate->parts->len >= 2 &&
        candidate_sum(flow, candidate->total, candidate->parts, &candidate->sum) &&
        !candidate_is_open(flow, candidate)) {
        gboolean rest = candidate_has_rest(flow, candidate);
        gboolean holds =
            candidate_adds_up(flow, candidate) || candidate_nearly_adds_up(flow, candidate);
        if (!purposes->divided || rest || holds)
            candidate_relate(flow,
                             rest                ? "SUM-12"
                             : purposes->divided ? "SUM-01"
                                                 : "SUM-04",
                             candidate, TRUE);
        else if (candidate_is_slip(flow, candidate))
            candidate_relate(flow, "SUM-01", candidate, candidate_slip_proves(flow, candidate));
    }
    g_array_set_size(candidate->parts, 0);
    candidate->total = G_MAXUINT;
    purposes->divided = purposes->introduced = FALSE;
}

static void read_purpose(Flow *flow, Purposes *purposes, guint i) {
    const Token *token = flow_token(flow, i);
    guint total = purposes->candidate.total;
    purposes->introduced |=
        total != G_MAXUINT && flow_token(flow, total)->segment != token->segment;
    if (total != G_MAXUINT && !purposes->introduced &&
        (purposes->divided || has_purpose(flow, i)) && total_takes(flow, i, total)) {
        g_array_append_val(purposes->candidate.parts, i);
        return;
    }
    finish_purposes(flow, purposes);
    if (token->base || token->change != CHANGE_NONE)
        return;
    purposes->candidate.total = i;
    purposes->divided = is_divided(flow, i);
}

static void relate_purposes(Flow *flow) {
    Purposes purposes = {
        .candidate = {.total = G_MAXUINT, .parts = g_array_new(FALSE, FALSE, sizeof(guint))}};
    for (guint i = 0; i < flow->tokens->len; i++) {
        const Token *token = flow_token(flow, i);
        if (flow_is_end(flow, i) || token->kind == TOKEN_GROUP || token->kind == TOKEN_MARKER)
            finish_purposes(flow, &purposes);
        else if (flow_is_exact(flow, i, FIGURE_AMOUNT))
            read_purpose(flow, &purposes, i);
    }
    finish_purposes(flow, &purposes);
    candidate_clear(&purposes.candidate);
}

static gboolean is_related_total(const Flow *flow, guint i) {
    return g_strcmp0(flow_fact(flow, i)->role, "total") == 0;
}

/* The total of parts before it: it may be the total of others behind it too. */
static gboolean has_parts_before(const Flow *flow, guint i) {
    const Report *report = flow->report;
    guint fact = flow_token(flow, i)->fact;
    for (guint k = 0; k < report->relations->len && is_related_total(flow, i); k++) {
        const GArray *members = report_relation(report, k)->members;
        if (members->len > 1 && g_array_index(members, Member, 0).fact == fact &&
            g_str_equal(g_array_index(members, Member, 0).role, "total") &&
            g_array_index(members, Member, 1).fact < fact)
            return TRUE;
    }
    return FALSE;
}

/* 中央下达 61200 万元 … 。省级安排 25300 万元，合计 86500 万元: the other part stands in a sentence
 * before; the figures say which. */
static void add_part_before(Flow *flow, Candidate *candidate) {
    guint first = g_array_index(candidate->parts, guint, 0), stops = 0;
    for (guint k = first; k > 0 && stops <= SENTENCES_BACK_MAX; k--) {
        guint i = k - 1;
        stops += flow_is_end(flow, i) ? 1 : 0;
        if (!flow_is_fact(flow, i, flow_fact(flow, first)->kind) ||
            !total_takes(flow, i, candidate->total))
            continue;
        g_array_insert_val(candidate->parts, 0, i);
        if (candidate_sum(flow, candidate->total, candidate->parts, &candidate->sum) &&
            (candidate_adds_up(flow, candidate) || candidate_is_slip(flow, candidate)))
            return;
        g_array_remove_index(candidate->parts, 0);
    }
}

/* The parts from the nth on. */
static gboolean read_rest_of(const Flow *flow, const Candidate *candidate, guint first,
                             Candidate *rest) {
    *rest = *candidate;
    rest->parts = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_vals(rest->parts, &g_array_index(candidate->parts, guint, first),
                        candidate->parts->len - first);
    return candidate_sum(flow, rest->total, rest->parts, &rest->sum);
}

/* 甲 6.84 万件、乙 2.15 万件、丙 11.36 万件，合计 20.35 万件: names in a row that begin their
 * sentence or clause, and their total. */
static gboolean is_in_row(const Flow *flow, const Candidate *candidate) {
    const GArray *parts = candidate->parts;
    for (guint i = 1; i <= parts->len; i++) {
        guint before = g_array_index(parts, guint, i - 1);
        guint at = i == parts->len ? candidate->total : g_array_index(parts, guint, i);
        g_autofree char *gap = flow_gap(flow, before, at);
        if (at != before + 1 || strstr(gap, "。") != NULL || strstr(gap, "；") != NULL ||
            g_utf8_strlen(gap, -1) > ROW_CHARACTERS_MAX)
            return FALSE;
    }
    return candidate_covers(flow, candidate);
}

typedef enum { BEHIND_HOLDS, BEHIND_SLIPPED, BEHIND_ROW, BEHIND_WAYS } Behind;

static gboolean is_behind(const Flow *flow, const Candidate *candidate, Behind way) {
    switch (way) {
    case BEHIND_HOLDS:
        return candidate_adds_up(flow, candidate) || candidate_nearly_adds_up(flow, candidate);
    case BEHIND_SLIPPED:
        return candidate_is_slip(flow, candidate);
    default:
        return is_in_row(flow, candidate);
    }
}

/* 编制 312 名，实有民警 298 人、辅警 865 人，合计 1163 人: the parts before the total are all that
 * stand there, or the last of them. What holds is surest, then what one slip explains, then what
 * the words set in a row. */
static gboolean relate_behind(Flow *flow, const Candidate *candidate) {
    for (Behind way = BEHIND_HOLDS; way < BEHIND_WAYS; way++)
        for (guint first = 0; first + 2 <= candidate->parts->len; first++) {
            Candidate rest;
            gboolean found =
                read_rest_of(flow, candidate, first, &rest) && is_behind(flow, &rest, way);
            if (found)
                candidate_relate(flow, candidate_rule(flow, &rest, FALSE), &rest,
                                 way == BEHIND_HOLDS || candidate_slip_proves(flow, &rest));
            candidate_clear(&rest);
            if (found)
                return TRUE;
        }
    return FALSE;
}

/* 甲5万元，乙6万元，共计11万元: the total behind its parts. */
static void relate_total_behind(Flow *flow, guint at) {
    Candidate candidate = {.total = at, .parts = g_array_new(FALSE, FALSE, sizeof(guint))};
    FigureKind kind = flow_fact(flow, at)->kind;
    for (guint i = at; i > 0 && candidate.parts->len < PARTS_BEHIND_MAX; i--) {
        guint k = i - 1;
        if (flow_is_end(flow, k) || flow_token(flow, k)->kind == TOKEN_GROUP)
            break;
        if (!flow_is_fact(flow, k, kind) || flow_token(flow, k)->base)
            continue;
        if (is_related_total(flow, k) || !total_takes(flow, k, at))
            break;
        g_array_prepend_val(candidate.parts, k); /* in the order of the text */
    }
    if (candidate.parts->len > 0 && !relate_behind(flow, &candidate)) {
        guint own = candidate.parts->len;
        add_part_before(flow, &candidate);
        if (candidate.parts->len > own && candidate_sum(flow, at, candidate.parts, &candidate.sum))
            candidate_relate(flow, candidate_rule(flow, &candidate, FALSE), &candidate,
                             candidate_adds_up(flow, &candidate) ||
                                 candidate_slip_proves(flow, &candidate));
    }
    candidate_clear(&candidate);
}

static void relate_totals_behind(Flow *flow) {
    for (guint i = 1; i < flow->tokens->len; i++) {
        if (!(flow_is_exact(flow, i, FIGURE_AMOUNT) || flow_is_exact(flow, i, FIGURE_COUNT)) ||
            has_parts_before(flow, i))
            continue;
        guint from = flow_token(flow, i)->start;
        g_autofree char *before = flow_text(flow, from > 4 ? from - 4 : 0, from);
        if (wording_suffix(flow->wording, WORDS_TOTAL, before, strlen(before)) > 0)
            relate_total_behind(flow, i);
    }
}

void relate_plain_sums(Flow *flow) {
    relate_purposes(flow);
    relate_totals_behind(flow);
}
