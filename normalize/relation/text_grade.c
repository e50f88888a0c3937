/* Counts of grades: 35 个项目 … 自评结果为“优”的 28 个，“良”的 6 个，“中”的 1 个.
 *
 * Their total is a count of the same unit before them: what the printed figures make it, else the
 * one right before.
 */
#include "normalize/relation/text_relation.h"
#include "normalize/relation/text_total.h"
#include <string.h>

/* Behind a count; how far back the total may stand; grades of one row. */
enum { GRADE_CHARACTERS_MAX = 10, RELATIONS_BACK_MAX = 64, TOKENS_BACK_MAX = 20, GRADES_MIN = 2 };

/* The grade that a count is said to have got, before it or behind it up to the next mark: 8
 * 个项目评为优.
 */
static gboolean has_grade(const Flow *flow, guint token) {
    gsize n;
    guint end = flow_token(flow, token)->end, to = end;
    guint next =
        token + 1 < flow->tokens->len ? flow_token(flow, token + 1)->start : flow->codes->len;
    while (to < MIN(next, end + GRADE_CHARACTERS_MAX) &&
           (!g_unichar_ispunct(g_array_index(flow->codes, gunichar, to)) ||
            g_array_index(flow->codes, gunichar, to) == U'“' ||
            g_array_index(flow->codes, gunichar, to) == U'”'))
        to++;
    g_autofree char *before = flow_words(flow, token);
    g_autofree char *after = flow_text(flow, end, to);
    return clues_find(flow->clues, CLUE_GRADE, before, &n) != NULL ||
           clues_find(flow->clues, CLUE_GRADE, after, &n) != NULL;
}

/* Whether the last relations of the rule already have this total. */
static gboolean is_related(const Flow *flow, const char *rule, guint token) {
    const GArray *relations = flow->report->relations;
    for (guint i = relations->len; i > 0 && relations->len - i < RELATIONS_BACK_MAX; i--) {
        const Relation *relation = &g_array_index(relations, Relation, i - 1);
        if (g_str_equal(relation->rule, rule) &&
            g_array_index(relation->members, Member, 0).fact == flow_token(flow, token)->fact)
            return TRUE;
    }
    return FALSE;
}

static gboolean is_graded(const Flow *flow, guint i) {
    return flow_is_exact(flow, i, FIGURE_COUNT) && has_grade(flow, i);
}

/* The row of graded counts of one unit that begins with the token, to the end of its sentence. */
static GArray *read_grades(const Flow *flow, guint token) {
    GArray *grades = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = token; i < flow->tokens->len && !flow_is_end(flow, i); i++) {
        if (!flow_is_exact(flow, i, FIGURE_COUNT) ||
            g_strcmp0(flow_fact(flow, i)->unit, flow_fact(flow, token)->unit) != 0)
            continue;
        if (!has_grade(flow, i))
            break;
        g_array_append_val(grades, i);
    }
    return grades;
}

/* No part of something else, and no less than each of the grades. */
static gboolean may_be_total(const Flow *flow, guint i, const GArray *grades) {
    const Fact *like = flow_fact(flow, g_array_index(grades, guint, 0));
    if (!flow_is_exact(flow, i, FIGURE_COUNT) || is_graded(flow, i) ||
        g_strcmp0(flow_fact(flow, i)->unit, like->unit) != 0 ||
        flow_token(flow, i)->change != CHANGE_NONE || flow_token(flow, i)->base)
        return FALSE;
    return g_strcmp0(flow_fact(flow, i)->role, "part") != 0;
}

/* What the grades add up to, else the nearest; G_MAXUINT for none. */
static guint find_total(const Flow *flow, Candidate *candidate) {
    guint first = g_array_index(candidate->parts, guint, 0), nearest = G_MAXUINT;
    for (guint k = first; k > 0 && first - k < TOKENS_BACK_MAX; k--) {
        guint i = k - 1;
        if (flow_token(flow, i)->kind == TOKEN_BREAK && !flow_token(flow, i)->soft)
            break;
        if (!may_be_total(flow, i, candidate->parts))
            continue;
        if (decimal_compare(flow_fact(flow, i)->value, candidate->sum) == 0)
            return i;
        nearest = nearest == G_MAXUINT ? i : nearest;
    }
    return nearest;
}

/* Where another count stands between them, the words alone do not say that it is the total. */
static gboolean is_beside(const Flow *flow, guint total, guint first) {
    for (guint i = total + 1; i < first; i++)
        if (flow_is_exact(flow, i, FIGURE_COUNT))
            return FALSE;
    return TRUE;
}

/* 9 个项目平均得分 95 分，8 个项目评为优，1 个项目评为良. */
void relate_grades(Flow *flow) {
    static const char RULE[] = "CNT-07";
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (!is_graded(flow, i))
            continue;
        Candidate candidate = {.parts = read_grades(flow, i)};
        guint last = g_array_index(candidate.parts, guint, candidate.parts->len - 1);
        if (candidate.parts->len >= GRADES_MIN &&
            candidate_sum(flow, i, candidate.parts, &candidate.sum) &&
            (candidate.total = find_total(flow, &candidate)) != G_MAXUINT &&
            !is_related(flow, RULE, candidate.total))
            candidate_relate(flow, RULE, &candidate,
                             candidate_adds_up(flow, &candidate) ||
                                 is_beside(flow, candidate.total, i));
        i = last;
        candidate_clear(&candidate);
    }
}
