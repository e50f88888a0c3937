/* Scores of the department over the whole report: the total against what its indicators earned and
 * lost wherever they are described, and each against itself. */
#include "normalize/check/slip.h"
#include "normalize/relation/text_relation.h"
#include <string.h>

/* Places of one score that are compared. */
enum { PLACES_MAX = 64, FULL_MARK = 100 };

typedef struct {
    TextReading *reading;
    guint total, full; /* facts; REPORT_NONE for none */
    GArray *weights;   /* guint: mentions of first-level weights, each indicator once */
    GArray *earned;    /* guint: mentions beside their weights, each indicator once */
    GArray *deducted;  /* guint: mentions */
    gboolean whole;    /* the weights beside what was earned are the full mark */
} Totals;

static const ScoreMention *mention_at(const Totals *totals, guint i) {
    return &g_array_index(totals->reading->scores, ScoreMention, i);
}

/* 即投入 and 投入 are one indicator. */
static gboolean same_stem(const char *a, const char *b) {
    return *a != '\0' && *b != '\0' && (g_str_has_suffix(a, b) || g_str_has_suffix(b, a));
}

static gboolean has_stem(const Totals *totals, const GArray *mentions, const char *stem) {
    for (guint i = 0; i < mentions->len; i++)
        if (same_stem(mention_at(totals, g_array_index(mentions, guint, i))->stem, stem))
            return TRUE;
    return FALSE;
}

/* The weights of the department's own full mark. */
static void find_weights(Totals *totals) {
    const Report *report = totals->reading->report;
    for (guint i = 0; i < report->relations->len; i++) {
        const Relation *relation = report_relation(report, i);
        if (strcmp(relation->rule, "WGT-01") != 0 ||
            g_array_index(relation->members, Member, 0).fact != totals->full)
            continue;
        for (guint m = 0; m < totals->reading->scores->len; m++)
            for (guint k = 1; k < relation->members->len; k++)
                if (g_array_index(relation->members, Member, k).fact == mention_at(totals, m)->fact)
                    g_array_append_val(totals->weights, m);
        return;
    }
}

static void collect(Totals *totals) {
    for (guint i = 0; i < totals->reading->scores->len; i++) {
        const ScoreMention *mention = mention_at(totals, i);
        if (mention->project)
            continue;
        if (mention->kind == SCORE_TOTAL && totals->total == REPORT_NONE)
            totals->total = mention->fact;
        if (mention->kind == SCORE_FULL && totals->full == REPORT_NONE)
            totals->full = mention->fact;
    }
    find_weights(totals);
    for (guint i = 0; i < totals->reading->scores->len; i++) {
        const ScoreMention *mention = mention_at(totals, i);
        if (mention->project || (mention->listed && mention->kind != SCORE_DEDUCTED))
            continue;
        if (mention->kind == SCORE_EARNED && !has_stem(totals, totals->earned, mention->stem) &&
            (totals->weights->len == 0 || has_stem(totals, totals->weights, mention->stem)))
            g_array_append_val(totals->earned, i);
        if (mention->kind == SCORE_DEDUCTED)
            g_array_append_val(totals->deducted, i);
    }
}

/* The weight that a paragraph begins with, before what was earned of it. */
static guint weight_before(const Totals *totals, guint earned) {
    const ScoreMention *own = mention_at(totals, earned);
    for (guint i = earned; i > 0 && mention_at(totals, i - 1)->paragraph == own->paragraph; i--)
        if (mention_at(totals, i - 1)->kind == SCORE_WEIGHT)
            return i - 1;
    return REPORT_NONE;
}

/* A paragraph that begins with a weight, and what was earned of it. */
typedef struct {
    guint earned; /* mention */
    Decimal weight;
    guint parent; /* index of the head whose weight its siblings and it make; HEAD_NONE */
} Head;
#define HEAD_NONE G_MAXUINT

static Head *head_at(const GArray *heads, guint i) { return &g_array_index(heads, Head, i); }

/* The heads of all paragraphs with scores; FALSE where one begins without a weight. */
static gboolean read_heads(const Totals *totals, GArray *heads) {
    guint before = REPORT_NONE;
    for (guint i = 0; i < totals->earned->len; i++) {
        guint index = g_array_index(totals->earned, guint, i);
        guint weight = weight_before(totals, index);
        if (mention_at(totals, index)->paragraph == before)
            continue;
        before = mention_at(totals, index)->paragraph;
        if (weight == REPORT_NONE)
            return FALSE;
        const Fact *fact = report_fact(totals->reading->report, mention_at(totals, weight)->fact);
        Head head = {index, fact->value, HEAD_NONE};
        g_array_append_val(heads, head);
    }
    return heads->len >= 2;
}

/* Whether the weights of the heads without a parent make the full mark. */
static gboolean makes_full_mark(const GArray *heads) {
    Decimal sum = DECIMAL_ZERO;
    for (guint i = 0; i < heads->len; i++)
        if (head_at(heads, i)->parent == HEAD_NONE &&
            !decimal_add(sum, head_at(heads, i)->weight, &sum))
            return FALSE;
    return decimal_compare(sum, decimal_from_integer(FULL_MARK)) == 0;
}

/* The end of the heads behind `i` that make its weight, two at least; `i` where none do. */
static guint parts_end(const GArray *heads, guint i) {
    Decimal sum = DECIMAL_ZERO;
    for (guint end = i + 1; end < heads->len; end++) {
        if (!decimal_add(sum, head_at(heads, end)->weight, &sum))
            return i;
        int order = decimal_compare(sum, head_at(heads, i)->weight);
        if (order >= 0)
            return order == 0 && end > i + 1 ? end + 1 : i;
    }
    return i;
}

/* （二）履职效能，50分 | 1.产出，25分 | 2.效益，25分 | （三）管理效率，50分 … */
static void nest_heads(const GArray *heads) {
    for (guint i = 0; i < heads->len;) {
        guint end = parts_end(heads, i);
        for (guint k = i + 1; k < end; k++)
            head_at(heads, k)->parent = i;
        i = MAX(end, i + 1);
    }
}

/* The end of the scores that stand in the paragraph of the one at `start`. */
static guint paragraph_end(const Totals *totals, guint start) {
    guint paragraph = mention_at(totals, g_array_index(totals->earned, guint, start))->paragraph;
    guint end = start + 1;
    while (end < totals->earned->len &&
           mention_at(totals, g_array_index(totals->earned, guint, end))->paragraph == paragraph)
        end++;
    return end;
}

/* Where the scores of one paragraph make the total, those of others are of something else: what the
 * evaluated said of itself, what another year had. */
static void keep_paragraph_that_fits(Totals *totals) {
    const Report *report = totals->reading->report;
    for (guint start = 0, end; start < totals->earned->len; start = end) {
        Decimal sum = DECIMAL_ZERO;
        gboolean added = TRUE;
        end = paragraph_end(totals, start);
        for (guint i = start; i < end && added; i++) {
            guint fact = mention_at(totals, g_array_index(totals->earned, guint, i))->fact;
            added = decimal_add(sum, report_fact(report, fact)->value, &sum);
        }
        if (!added || end - start < 2 ||
            decimal_compare(sum, report_fact(report, totals->total)->value) != 0)
            continue;
        g_array_set_size(totals->earned, end);
        g_array_remove_range(totals->earned, 0, start);
        return;
    }
}

static guint begin(Totals *totals, const char *rule) {
    Report *report = totals->reading->report;
    const Fact *total = report_fact(report, totals->total);
    guint relation = relation_begin(report, rule, total->place);
    report_relation(report, relation)->scope = total->label;
    return relation;
}

static void add_branches(Totals *totals, const GArray *heads) {
    for (guint i = 0; i < heads->len; i++) {
        guint relation = REPORT_NONE;
        for (guint k = i + 1; k < heads->len; k++) {
            if (head_at(heads, k)->parent != i)
                continue;
            if (relation == REPORT_NONE) {
                guint total = mention_at(totals, head_at(heads, i)->earned)->fact;
                const Fact *fact = report_fact(totals->reading->report, total);
                relation = relation_begin(totals->reading->report, "SCO-01", fact->place);
                report_relation(totals->reading->report, relation)->scope = fact->label;
                relation_add(totals->reading->report, relation, total, "total");
            }
            relation_add(totals->reading->report, relation,
                         mention_at(totals, head_at(heads, k)->earned)->fact, "earned");
        }
    }
}

/* 1.预算编制情况。总分20分，得20分。其中：甲4分，得4分；乙16分，得16分: where paragraphs begin with
 * weights that make the full mark, by themselves or in a tree, what follows in them is theirs. */
static void keep_first_of_paragraphs(Totals *totals) {
    g_autoptr(GArray) heads = g_array_new(FALSE, FALSE, sizeof(Head));
    if (!read_heads(totals, heads))
        return;
    if (!makes_full_mark(heads)) {
        nest_heads(heads);
        if (!makes_full_mark(heads))
            return;
    }
    g_array_set_size(totals->earned, 0);
    for (guint i = 0; i < heads->len; i++)
        if (head_at(heads, i)->parent == HEAD_NONE)
            g_array_append_vals(totals->earned, &head_at(heads, i)->earned, 1);
    add_branches(totals, heads);
    totals->whole = TRUE;
}

/* Whether the indicator's score stands anywhere, be it in the list behind the total. */
static gboolean is_scored(const Totals *totals, const char *stem) {
    for (guint i = 0; i < totals->reading->scores->len; i++) {
        const ScoreMention *mention = mention_at(totals, i);
        if (mention->kind == SCORE_EARNED && !mention->project && same_stem(mention->stem, stem))
            return TRUE;
    }
    return FALSE;
}

static gboolean all_are_earned(const Totals *totals) {
    for (guint i = 0; i < totals->weights->len; i++) {
        const char *stem = mention_at(totals, g_array_index(totals->weights, guint, i))->stem;
        if (!has_stem(totals, totals->earned, stem) && is_scored(totals, stem))
            return FALSE;
    }
    return TRUE;
}

/* An indicator with a weight and no score takes part as what is implied. */
static void add_total(Totals *totals) {
    Report *report = totals->reading->report;
    guint relation = begin(totals, "SCO-01");
    report_relation(report, relation)->certain = totals->weights->len > 0 || totals->whole;
    relation_add(report, relation, totals->total, "total");
    /* It is the total of its parts before it is what was earned of the full mark. */
    report_fact(report, totals->total)->role = report_string(report, "total");
    for (guint i = 0; i < totals->earned->len; i++)
        relation_add(report, relation,
                     mention_at(totals, g_array_index(totals->earned, guint, i))->fact, "earned");
    for (guint i = 0; i < totals->weights->len; i++) {
        const ScoreMention *weight = mention_at(totals, g_array_index(totals->weights, guint, i));
        if (!has_stem(totals, totals->earned, weight->stem))
            relation_add_inferred(report, relation, weight->fact, "earned");
    }
}

/* A list of scores behind the total that leaves out an indicator with a weight. */
static void complete_list(Totals *totals, guint relation) {
    Report *report = totals->reading->report;
    for (guint i = 0; i < totals->weights->len; i++) {
        const ScoreMention *weight = mention_at(totals, g_array_index(totals->weights, guint, i));
        gboolean there = is_scored(totals, weight->stem);
        const GArray *members = report_relation(report, relation)->members;
        for (guint k = 1; k < members->len && !there; k++) {
            g_autofree char *stem =
                score_stem(totals->reading->clues,
                           report_fact(report, g_array_index(members, Member, k).fact)->label);
            there = same_stem(stem, weight->stem);
        }
        if (!there)
            relation_add_inferred(report, relation, weight->fact, "earned");
    }
}

static void complete_lists(Totals *totals) {
    const Report *report = totals->reading->report;
    for (guint i = 0; i < report->relations->len; i++) {
        const Relation *relation = report_relation(report, i);
        if (strcmp(relation->rule, "SCO-01") == 0 &&
            g_array_index(relation->members, Member, 0).fact == totals->total)
            complete_list(totals, i);
    }
}

/* Points lost that the text does not describe. */
static gboolean points_left(const Totals *totals, Decimal *left) {
    const Report *report = totals->reading->report;
    Decimal full = totals->full == REPORT_NONE ? decimal_from_integer(FULL_MARK)
                                               : report_fact(report, totals->full)->value;
    if (!decimal_subtract(full, report_fact(report, totals->total)->value, left))
        return FALSE;
    for (guint i = 0; i < totals->deducted->len; i++) {
        const ScoreMention *lost = mention_at(totals, g_array_index(totals->deducted, guint, i));
        if (!decimal_subtract(*left, report_fact(report, lost->fact)->value, left))
            return FALSE;
    }
    return TRUE;
}

/* Who evaluates others describes what weighed most, as does, but for several losses that a slip of
 * the hand keeps from the total, who prints no full mark: fewer points than were lost say nothing.
 */
static gboolean describes_some(const Totals *totals) {
    const Report *report = totals->reading->report;
    Decimal left;
    if (!points_left(totals, &left) || decimal_sign(left) <= 0)
        return FALSE;
    return report_is(report, TYPE_EVALUATION) ||
           (totals->full == REPORT_NONE &&
            (totals->deducted->len < 2 ||
             !fact_slips_by(report_fact(report, totals->total), left)));
}

static void add_losses(Totals *totals) {
    Report *report = totals->reading->report;
    if (describes_some(totals))
        return;
    guint relation = begin(totals, "DED-02");
    if (totals->full != REPORT_NONE)
        relation_add(report, relation, totals->full, "weight");
    Decimal left;
    report_relation(report, relation)->certain =
        totals->full != REPORT_NONE || (points_left(totals, &left) && decimal_sign(left) <= 0);
    relation_add(report, relation, totals->total, "earned");
    for (guint i = 0; i < totals->deducted->len; i++)
        relation_add(report, relation,
                     mention_at(totals, g_array_index(totals->deducted, guint, i))->fact,
                     "deducted");
}

/* One score in several places. */
static void add_same(Totals *totals, const char *rule, const GArray *mentions) {
    Report *report = totals->reading->report;
    const Fact *first =
        report_fact(report, mention_at(totals, g_array_index(mentions, guint, 0))->fact);
    guint relation = relation_begin(report, rule, first->place);
    report_relation(report, relation)->scope = first->label;
    for (guint i = 0; i < mentions->len; i++)
        relation_add(report, relation, mention_at(totals, g_array_index(mentions, guint, i))->fact,
                     "same");
}

static char *same_key(const ScoreMention *mention) {
    if (mention->project || mention->kind == SCORE_DEDUCTED || mention->kind == SCORE_MEAN)
        return NULL;
    gboolean whole = mention->kind == SCORE_TOTAL || mention->kind == SCORE_FULL;
    if (!whole && *mention->stem == '\0')
        return NULL;
    return g_strdup_printf("%d %s", mention->kind, whole ? "" : mention->stem);
}

static void relate_same_scores(Totals *totals) {
    g_autoptr(GHashTable) groups = g_hash_table_new_full(
        g_str_hash, g_str_equal, g_free, (GDestroyNotify)(void (*)(void))g_array_unref);
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    for (guint i = 0; i < totals->reading->scores->len; i++) {
        char *key = same_key(mention_at(totals, i));
        if (key == NULL)
            continue;
        GArray *group = g_hash_table_lookup(groups, key);
        if (group == NULL) {
            group = g_array_new(FALSE, FALSE, sizeof(guint));
            g_ptr_array_add(order, group);
            g_hash_table_insert(groups, key, group);
        } else
            g_free(key);
        if (group->len < PLACES_MAX)
            g_array_append_val(group, i);
    }
    for (guint i = 0; i < order->len; i++) {
        const GArray *group = order->pdata[i];
        ScoreKind kind = mention_at(totals, g_array_index(group, guint, 0))->kind;
        if (group->len >= 2)
            add_same(totals, kind == SCORE_WEIGHT || kind == SCORE_FULL ? "XSC-01" : "SCO-05",
                     group);
    }
}

void relate_score_totals(TextReading *reading) {
    Totals totals = {.reading = reading,
                     .total = REPORT_NONE,
                     .full = REPORT_NONE,
                     .weights = g_array_new(FALSE, FALSE, sizeof(guint)),
                     .earned = g_array_new(FALSE, FALSE, sizeof(guint)),
                     .deducted = g_array_new(FALSE, FALSE, sizeof(guint))};
    collect(&totals);
    complete_lists(&totals);
    if (totals.weights->len == 0)
        keep_first_of_paragraphs(&totals);
    if (totals.total != REPORT_NONE)
        keep_paragraph_that_fits(&totals);
    if (totals.total != REPORT_NONE && totals.earned->len >= 2 && all_are_earned(&totals))
        add_total(&totals);
    if (totals.total != REPORT_NONE && totals.deducted->len > 0)
        add_losses(&totals);
    relate_same_scores(&totals);
    g_array_unref(totals.weights);
    g_array_unref(totals.earned);
    g_array_unref(totals.deducted);
}
