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
#include "normalize/relation/fit.h"
#include "normalize/relation/text_list.h"
#include "normalize/relation/text_relation.h"
#include "normalize/relation/text_total.h"
#include <string.h>

/* Parts of one total; lists in lists; sentences and tokens back to a total. */
enum { PARTS_MAX = 512, DEPTH_MAX = 8, SENTENCES_BACK_MAX = 2, SENTENCES_BACK_COLUMNS_MAX = 4 };
enum { TOKENS_BACK_MAX = 200, CANDIDATES_MAX = 8, FORMAL_PARTS_MIN = 3 };

typedef struct {
    Flow *flow;
    gboolean nested;
    int depth;
} Sums;

typedef struct {
    const Introducer *introducer;
    const GArray *items; /* Run */
    Split split;
    FigureKind kind;
    guint twin; /* parts of the other kind that are whole: 甲 6 个 448 万元，乙 3 个 268 万元 */
    guint first; /* where totals may begin */
    guint end;
} List;

void fact_take_role(Report *report, guint fact, const char *role) {
    if (report_fact(report, fact)->role == NULL)
        report_fact(report, fact)->role = report_string(report, role);
}

/* The parts that an item gives; whether by words of the total's own measure. */
static gboolean item_parts(const Flow *flow, Run item, guint total, int depth, GArray *parts) {
    const char *measure = flow_token(flow, total)->measure;
    gboolean all = flow_fact(flow, total)->kind == FIGURE_AMOUNT && list_has_group_head(flow, item);
    guint first = G_MAXUINT, other = 0;
    for (guint i = item.first; i < item.end && parts->len < PARTS_MAX; i++) {
        if (flow_token(flow, i)->depth != depth || !total_takes(flow, i, total))
            continue;
        const char *own = flow_token(flow, i)->measure;
        if (!all && own != NULL && own == measure) {
            g_array_append_val(parts, i);
            return TRUE;
        }
        other += own != NULL && measure != NULL ? 1 : 0;
        if (all)
            g_array_append_val(parts, i);
        first = MIN(first, i);
    }
    if (!all && first != G_MAXUINT && other == 0)
        g_array_append_val(parts, first);
    return FALSE;
}

/* A list of figures ends before words that begin something else: another total, another year, or
 * another kind of separator than the first two had. */
static void cut_figures(const Flow *flow, GArray *parts) {
    gboolean commas = FALSE;
    for (guint i = 1; i < parts->len; i++) {
        guint before = g_array_index(parts, guint, i - 1), at = g_array_index(parts, guint, i);
        g_autofree char *between = flow_gap(flow, before, at);
        gsize n;
        gboolean comma = strstr(between, "，") != NULL || strstr(between, ",") != NULL;
        if (wording_find(flow->wording, WORDS_TOTAL, between, &n) != NULL ||
            strstr(between, "：") != NULL ||
            flow_fact(flow, at)->period != flow_fact(flow, before)->period ||
            (i > 1 && comma && !commas)) {
            g_array_set_size(parts, i);
            return;
        }
        commas = comma;
    }
}

/* 甲 113 人、乙 75 人、丙 10 人，丁 5 人: another separator, but what it leads belongs to them. */
static gboolean adds_up_uncut(const Flow *flow, Candidate *candidate) {
    return candidate->parts->len > 2 &&
           candidate_sum(flow, candidate->total, candidate->parts, &candidate->sum) &&
           decimal_compare(candidate->sum, flow_fact(flow, candidate->total)->value) == 0;
}

/* 分为三类，合计 80 万元：…  — the total of the list stands in it. */
static gboolean begins_with_total(const Flow *flow, const GArray *parts) {
    if (parts->len == 0)
        return FALSE;
    const Token *token = flow_token(flow, g_array_index(parts, guint, 0));
    g_autofree char *words = flow_text(flow, token->lead, token->start);
    return wording_suffix(flow->wording, WORDS_TOTAL, words, strlen(words)) > 0;
}

/* A figure that stands in the list under its own name is no total of it. */
static gboolean stands_among(const Flow *flow, guint total, const GArray *parts) {
    const Fact *own = flow_fact(flow, total);
    for (guint i = 0; i < parts->len; i++) {
        const Fact *part = flow_fact(flow, g_array_index(parts, guint, i));
        if (own->label != NULL && g_strcmp0(own->label, part->label) == 0 &&
            strcmp(own->text, part->text) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean candidate_read(const Flow *flow, const List *list, guint total,
                               Candidate *candidate) {
    int depth = flow_token(flow, list->introducer->item)->depth;
    guint gave = 0, columns = 0;
    *candidate = (Candidate){.total = total, .parts = g_array_new(FALSE, FALSE, sizeof(guint))};
    for (guint i = 0; i < list->items->len; i++) {
        guint before = candidate->parts->len;
        if (item_parts(flow, g_array_index(list->items, Run, i), total, depth, candidate->parts))
            columns++;
        gave += candidate->parts->len > before ? 1 : 0;
    }
    if (list->split == SPLIT_FIGURES && !adds_up_uncut(flow, candidate))
        cut_figures(flow, candidate->parts);
    if (begins_with_total(flow, candidate->parts))
        g_array_set_size(candidate->parts, 0);
    candidate->complete = list->split != SPLIT_FIGURES && gave >= 2 && gave == list->items->len;
    candidate->columns = candidate->complete && columns == gave;
    return candidate->parts->len > 0 && !stands_among(flow, total, candidate->parts) &&
           candidate_sum(flow, total, candidate->parts, &candidate->sum);
}

/* Each part with its share right behind it: the share's token, or G_MAXUINT. In 甲占总数的 it is
 * one of something else, in 分别占 one of several. */
static guint share_of(const Flow *flow, guint part) {
    guint next = part + 1;
    if (next >= flow->tokens->len || !flow_is_exact(flow, next, FIGURE_PERCENT) ||
        !flow_token(flow, next)->share)
        return G_MAXUINT;
    g_autofree char *words = flow_words(flow, next);
    return clues_prefix(flow->clues, CLUE_SHARE, words) > 0 ? next : G_MAXUINT;
}

static gboolean all_have_shares(const Flow *flow, const GArray *parts) {
    for (guint i = 0; i < parts->len; i++)
        if (share_of(flow, g_array_index(parts, guint, i)) == G_MAXUINT)
            return FALSE;
    return parts->len >= 2;
}

static gboolean is_share_of(const Flow *flow, guint part, guint total, guint share) {
    guint fact = flow_token(flow, part)->fact;
    return fit_ratio(flow->report, &fact, 1, flow_token(flow, total)->fact,
                     flow_token(flow, share)->fact);
}

/* Whether a part's share is one of the total: then those of the others are. */
static gboolean are_shares_of(const Flow *flow, const Candidate *candidate) {
    for (guint i = 0; i < candidate->parts->len; i++) {
        guint part = g_array_index(candidate->parts, guint, i), share = share_of(flow, part);
        if (share != G_MAXUINT && is_share_of(flow, part, candidate->total, share))
            return TRUE;
    }
    return FALSE;
}

/* 高级职称 152 人，占 34.7%；硕士 286 人，占 65.3%；“双师型” 324 人，占 73.97%: each is a share of
 * the total, and together they are more: they overlap. */
static gboolean overlap(const Flow *flow, const Candidate *candidate) {
    if (decimal_compare(candidate->sum, flow_fact(flow, candidate->total)->value) <= 0)
        return FALSE;
    for (guint i = 0; i < candidate->parts->len; i++) {
        guint part = g_array_index(candidate->parts, guint, i), share = share_of(flow, part);
        if (share == G_MAXUINT || !is_share_of(flow, part, candidate->total, share))
            return FALSE;
    }
    return TRUE;
}

/* 占支出总额的 behind a total that is not called so: it is a share of something else. */
static gboolean names_another(const Flow *flow, const Candidate *candidate, guint part,
                              guint share) {
    g_autofree char *words = flow_words(flow, share);
    gsize n = clues_prefix(flow->clues, CLUE_SHARE, words);
    return words[n] != '\0' && !is_share_of(flow, part, candidate->total, share);
}

/* Of a list that is not whole what a share is of must show. */
static void add_shares(Sums *sums, const Candidate *candidate, gboolean whole) {
    Flow *flow = sums->flow;
    guint shares = REPORT_NONE;
    gboolean all = whole && all_have_shares(flow, candidate->parts);
    if (!whole && !are_shares_of(flow, candidate))
        return;
    for (guint i = 0; i < candidate->parts->len; i++) {
        guint part = g_array_index(candidate->parts, guint, i), share = share_of(flow, part);
        if (share == G_MAXUINT)
            continue;
        if (!names_another(flow, candidate, part, share))
            share_relate(flow, part, candidate->total, share, TRUE);
        if (all && shares == REPORT_NONE)
            shares = relation_begin(
                flow->report, "SUM-10",
                flow_span(flow, flow_token(flow, part)->start, flow_token(flow, share)->end));
        if (shares != REPORT_NONE)
            relation_add(flow->report, shares, flow_token(flow, share)->fact, "part");
    }
}

/* Groups that overlap may have more members than there are. */
static const char *some_rule(const Flow *flow, const Candidate *candidate) {
    const Fact *total = flow_fact(flow, candidate->total);
    if (total->kind != FIGURE_COUNT || decimal_compare(candidate->sum, total->value) <= 0 ||
        candidate->parts->len < 2)
        return "SUM-02";
    if (fact_is_people(total) && !candidate_has(flow, candidate, CLUE_OVERLAP))
        return "CNT-04";
    return "CNT-06";
}

/* 甲局 6 个：… ；乙中心 1 个：… */
static gboolean all_have_heads(const Flow *flow, const List *list) {
    for (guint i = 0; i < list->items->len; i++)
        if (!list_has_group_head(flow, g_array_index(list->items, Run, i)))
            return FALSE;
    return TRUE;
}

/* 其中：甲 120 万元；乙 80 万元 of 1260 万元: the main ones, however they are set out. */
static gboolean is_fragment(const Flow *flow, const List *list, const Candidate *candidate) {
    Decimal twice;
    return list->introducer->some && list->kind == FIGURE_AMOUNT &&
           decimal_multiply(candidate->sum, decimal_from_integer(2), &twice) &&
           decimal_compare(twice, flow_fact(flow, candidate->total)->value) < 0;
}

/* 应急保障用车 1 辆、其他用车 4 辆: the last of several kinds that are counted is what is left. */
static gboolean ends_in_others(const Flow *flow, const Candidate *candidate) {
    if (flow_fact(flow, candidate->total)->kind != FIGURE_COUNT ||
        candidate->parts->len < FORMAL_PARTS_MIN)
        return FALSE;
    const char *name =
        flow_fact(flow, g_array_index(candidate->parts, guint, candidate->parts->len - 1))->label;
    return name != NULL && clues_prefix(flow->clues, CLUE_OTHERS, name) > 0;
}

/* Whether the form of the list says that it is whole. */
static gboolean is_whole(const Flow *flow, const List *list, const Candidate *candidate) {
    const Introducer *introducer = list->introducer;
    if (candidate->parts->len < 2 || candidate_is_open(flow, candidate) || overlap(flow, candidate))
        return FALSE;
    if (list->twin == candidate->parts->len)
        return TRUE;
    return candidate->columns || introducer->listed ||
           (candidate->complete && !is_fragment(flow, list, candidate) &&
            (introducer->colon || list->split == SPLIT_MARKERS || !introducer->some ||
             all_have_heads(flow, list))) ||
           (!introducer->some && list->split == SPLIT_FIGURES) ||
           all_have_shares(flow, candidate->parts) || candidate_has_rest(flow, candidate) ||
           ends_in_others(flow, candidate) || candidate_whole(flow, candidate) != NULL;
}

/* 实际使用资金中：, 支出包括： take up the name of their total. */
static gboolean is_within(const Flow *flow, const Introducer *introducer, guint total) {
    static const char *const ENDS[] = {"中：", "中，", "包括", "包含", "分为", "构成", "组成"};
    g_autofree char *between = flow_gap(flow, introducer->after, introducer->item);
    const char *stop = g_strrstr(between, "。");
    g_autofree char *name = g_strdup(stop == NULL ? between : stop + strlen("。"));
    for (guint i = 0; i < G_N_ELEMENTS(ENDS); i++) {
        char *end = strstr(name, ENDS[i]);
        if (end != NULL)
            *end = '\0';
    }
    g_autofree char *words = flow_words(flow, total);
    g_strstrip(name);
    return *name != '\0' && *words != '\0' &&
           (strstr(words, name) != NULL || strstr(name, words) != NULL);
}

/* 贴息 2343.3 万元。村级项目 8 个：… — a colon in another sentence, that no word ties to the total.
 */
static gboolean is_apart(const Flow *flow, const List *list, const Candidate *candidate) {
    const Introducer *introducer = list->introducer;
    return !introducer->some && !introducer->listed && !candidate->columns &&
           flow_token(flow, candidate->total)->sentence !=
               flow_token(flow, introducer->item)->sentence;
}

/* A colon far behind its total may begin something else. */
static gboolean is_loose(const Flow *flow, const List *list, const Candidate *candidate) {
    const Introducer *introducer = list->introducer;
    if (introducer->some || introducer->listed || candidate->columns)
        return FALSE;
    g_autofree char *between = flow_gap(flow, candidate->total, introducer->item);
    return strstr(between, "，") != NULL || strstr(between, "。") != NULL;
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

/* Some of the parts: of groups that need not belong together, the first. */
static void relate_some(Sums *sums, const List *list, const Candidate *candidate) {
    const Flow *flow = sums->flow;
    Candidate some = *candidate;
    some.parts = g_array_new(FALSE, FALSE, sizeof(guint));
    guint end = list->split == SPLIT_GROUPS ? g_array_index(list->items, Run, 0).end : G_MAXUINT;
    for (guint i = 0; i < candidate->parts->len; i++)
        if (g_array_index(candidate->parts, guint, i) < end)
            g_array_append_val(some.parts, g_array_index(candidate->parts, guint, i));
    if (some.parts->len > 0 && !has_nameless(flow, &some) &&
        candidate_sum(flow, some.total, some.parts, &some.sum))
        candidate_relate(sums->flow, some_rule(flow, &some), &some, TRUE);
    candidate_clear(&some);
}

/* 其余 7 个 by itself is the rest of something else. */
static gboolean only_rest(const Flow *flow, const Candidate *candidate) {
    return candidate->parts->len == 1 && candidate_has(flow, candidate, CLUE_REST);
}

/* 其中：甲 3 万元，乙 4 万元，丙 5 万元: mostly whole, but nothing says so. */
static gboolean is_formal(const List *list, const Candidate *candidate) {
    return list->kind == FIGURE_AMOUNT && list->introducer->some && list->introducer->colon &&
           candidate->parts->len >= FORMAL_PARTS_MIN;
}

/* More than there is: whatever else the list leaves out, it is wrong. */
static gboolean exceeds(const Flow *flow, const Candidate *candidate) {
    const Fact *total = flow_fact(flow, candidate->total);
    gboolean counted = total->kind == FIGURE_COUNT &&
                       (!fact_is_people(total) || candidate_has(flow, candidate, CLUE_OVERLAP));
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
    gboolean whole = is_whole(flow, list, candidate);
    if (holds || (whole && !is_loose(flow, list, candidate)))
        candidate_relate(sums->flow, rule, candidate, TRUE);
    else if (candidate->parts->len >= 2 && !candidate_is_open(flow, candidate) &&
             !is_apart(flow, list, candidate) &&
             (candidate_is_slip(flow, candidate) ||
              (is_formal(list, candidate) && !is_fragment(flow, list, candidate))))
        candidate_relate(sums->flow, rule, candidate,
                         candidate_slip_proves(flow, candidate) || exceeds(flow, candidate));
    else if ((list->introducer->some || candidate_is_open(flow, candidate)) && !change &&
             !overlap(flow, candidate))
        relate_some(sums, list, candidate);
    else
        return;
    add_shares(sums, candidate, whole || holds);
}

/* 甲 7.8 万元，占 46%；乙 9.2 万元，占 54%。具体情况如下：  — parts of a sentence before have no
 * parts behind it. */
static gboolean is_enumerated(const Flow *flow, guint i, guint item) {
    guint sentence = flow_token(flow, i)->sentence;
    if (sentence == flow_token(flow, item)->sentence || share_of(flow, i) == G_MAXUINT)
        return FALSE;
    for (guint k = i; k > 0 && flow_token(flow, k - 1)->sentence == sentence; k--)
        if (flow_token(flow, k - 1)->kind == TOKEN_FACT && share_of(flow, k - 1) != G_MAXUINT)
            return TRUE;
    return FALSE;
}

/* 260.4 万元（其中…: what stands in the brackets is of the figure right before them. */
static gboolean opens_bracket(const Flow *flow, guint i) {
    guint end = flow_token(flow, i)->end;
    gunichar code = end < flow->codes->len ? g_array_index(flow->codes, gunichar, end) : 0;
    return code == U'（' || code == '(';
}

/* The figures before the introducer that may be a total of its list, nearest first. */
static GArray *find_candidates(const Flow *flow, const List *list) {
    GArray *candidates = g_array_new(FALSE, TRUE, sizeof(Candidate));
    guint stops = 0, after = list->introducer->after;
    guint floor = after > TOKENS_BACK_MAX ? after - TOKENS_BACK_MAX : 0;
    int depth = flow_token(flow, list->introducer->item)->depth;
    g_array_set_clear_func(candidates, candidate_clear);
    for (guint i = after + 1; i > MAX(floor, list->first); i--) {
        const Token *token = flow_token(flow, i - 1);
        stops += token->kind == TOKEN_STOP ? 1 : 0;
        if ((token->kind == TOKEN_BREAK && !token->soft) ||
            (token->kind == TOKEN_GROUP && !list->introducer->within) ||
            token->kind == TOKEN_MARKER || stops > SENTENCES_BACK_COLUMNS_MAX ||
            candidates->len == CANDIDATES_MAX)
            break;
        if (!flow_is_exact(flow, i - 1, list->kind) || token->base || token->reference ||
            token->depth > depth || is_enumerated(flow, i - 1, list->introducer->item))
            continue;
        if (list->introducer->within && !is_within(flow, list->introducer, i - 1))
            continue;
        Candidate candidate;
        gboolean read = candidate_read(flow, list, i - 1, &candidate);
        if (read && (stops <= SENTENCES_BACK_MAX || candidate.columns))
            g_array_append_val(candidates, candidate);
        else
            candidate_clear(&candidate);
        if (token->depth < depth && opens_bracket(flow, i - 1))
            break;
    }
    return candidates;
}

/* No total: one of the parts alone is more. */
static gboolean is_exceeded(const Flow *flow, const Candidate *candidate) {
    const Fact *total = flow_fact(flow, candidate->total);
    for (guint i = 0; i < candidate->parts->len; i++)
        if (decimal_compare(flow_fact(flow, g_array_index(candidate->parts, guint, i))->value,
                            total->value) > 0)
            return TRUE;
    return FALSE;
}

static const Candidate *choose(const Flow *flow, const List *list, const GArray *candidates) {
    const Candidate *chosen = NULL;
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *candidate = &g_array_index(candidates, Candidate, i);
        gboolean better = chosen != NULL && !candidate_adds_up(flow, chosen) &&
                          (candidate_adds_up(flow, candidate) ||
                           (is_exceeded(flow, chosen) && !is_exceeded(flow, candidate) &&
                            !(list->introducer->some && candidate_is_slip(flow, chosen))));
        if (chosen == NULL || better)
            chosen = candidate;
    }
    return chosen;
}

/* Parts of the list's kind that add up; 0 where they do not. */
static guint whole_parts(const Flow *flow, const List *list) {
    g_autoptr(GArray) candidates = find_candidates(flow, list);
    const Candidate *chosen = choose(flow, list, candidates);
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

/* The one that is the sum; every one whose measure the items name; else the nearest. A change is
 * the total of changes only. */
static void relate_candidates(Sums *sums, const List *list) {
    const Flow *flow = sums->flow;
    g_autoptr(GArray) candidates = find_candidates(flow, list);
    const Candidate *chosen = choose(flow, list, candidates);
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
