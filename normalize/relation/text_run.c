/* Figures in a row that add up to a figure which no word ties to them.
 *
 *   全年支付 3361.68 万元 … 。其中第一季度支付 412.50 万元，第二季度支付 886.20 万元 …
 *   电话调查 1000 人，非常满意 612 人、满意 271 人、基本满意 68 人、不满意 49 人，满意度 …
 *
 * Several figures of one unit in a sentence whose sum is printed — before them, behind them, or,
 * with digits enough, anywhere — are parts of it: that is hardly chance. Where all of them but for
 * one slip of the hand make a figure, they may be.
 */
#include "normalize/check/slip.h"
#include "normalize/relation/text_relation.h"
#include "normalize/relation/text_total.h"
#include <string.h>

/* Figures of a sentence that are looked at; digits of a sum that is hardly chance: in the
 * paragraph, anywhere, and with a slip. Characters between two names in a row. */
enum { FIGURES_MAX = 16, DIGITS_NEAR = 3, DIGITS_FAR = 5, DIGITS_SLIP = 4, DIGITS_SLIP_FAR = 6 };
enum { COVERED_PERCENT_MIN = 60, PARTS_BREAKDOWN_MIN = 2, LEAD_CHARACTERS_MAX = 40 };
enum { PARTS_FAR = 3, PARTS_SLIP = 3, GAP_CHARACTERS_MAX = 12, TOKENS_BACK_MAX = 40 };

typedef struct {
    Flow *flow;
    TextReading *reading;
    guint tokens[FIGURES_MAX]; /* of one unit, in one sentence */
    guint n;
    int places; /* the last that they print, as a power of ten below the canonical unit */
} Row;

static const Fact *fact_at(const Row *row, guint i) { return flow_fact(row->flow, row->tokens[i]); }

static gboolean is_free(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i);
    return (flow_is_exact(flow, i, FIGURE_AMOUNT) || flow_is_exact(flow, i, FIGURE_COUNT)) &&
           token->change == CHANGE_NONE && !token->base && !token->each && !token->reference;
}

static gboolean is_taken(const Fact *fact) {
    return g_strcmp0(fact->role, "part") == 0 || g_strcmp0(fact->role, "change") == 0;
}

static guint digits_of(const Row *row, Decimal value) {
    Decimal scaled;
    if (!decimal_scale(decimal_absolute(value), row->places, &scaled) ||
        !decimal_round(scaled, 0, &scaled))
        return 0;
    g_autofree char *text = decimal_text(scaled);
    return (guint)strlen(text);
}

/* The figures of the unit of token `first` up to the end of its sentence. */
static void read_row(Row *row, guint first, guint end) {
    const Fact *like = flow_fact(row->flow, first);
    row->n = 0;
    row->places = G_MININT;
    for (guint i = first; i < end && row->n < FIGURES_MAX; i++) {
        if (!is_free(row->flow, i))
            continue;
        const Fact *fact = flow_fact(row->flow, i);
        if (fact->kind != like->kind || g_strcmp0(fact->unit, like->unit) != 0)
            continue;
        row->places = MAX(row->places, fact->decimals - fact->unit_power);
        row->tokens[row->n++] = i;
    }
}

/* Two operands of a formula are the formula's. */
static gboolean sum_of(const Row *row, guint from, guint to, Decimal *sum) {
    *sum = DECIMAL_ZERO;
    for (guint i = from; i < to; i++)
        if ((to - from == 2 && flow_token(row->flow, row->tokens[i])->operand != NULL) ||
            is_taken(fact_at(row, i)) || !decimal_add(*sum, fact_at(row, i)->value, sum))
            return FALSE;
    return TRUE;
}

static gboolean is_member(const Row *row, guint from, guint to, guint fact) {
    for (guint i = from; i < to; i++)
        if (flow_token(row->flow, row->tokens[i])->fact == fact)
            return TRUE;
    return FALSE;
}

/* The first fact of the paragraph, to know what stands in it. */
static guint paragraph_start(const Row *row, guint from) {
    const Flow *flow = row->flow;
    guint found = flow_token(flow, row->tokens[from])->fact;
    for (guint k = row->tokens[from]; k > 0 && row->tokens[from] - k < TOKENS_BACK_MAX; k--) {
        const Token *token = flow_token(flow, k - 1);
        if (token->kind == TOKEN_BREAK && !token->soft)
            break;
        if (token->kind == TOKEN_FACT)
            found = token->fact;
    }
    return found;
}

/* A figure worth the sum: in the paragraph before the row, right behind it, else far away. */
static guint find_total(const Row *row, guint from, guint to, Decimal sum, gboolean slipped) {
    const GArray *facts = values_find(row->reading->values, fact_at(row, from)->unit, sum);
    guint start = paragraph_start(row, from), far = REPORT_NONE, digits = digits_of(row, sum);
    guint first = flow_token(row->flow, row->tokens[from])->fact;
    guint last = flow_token(row->flow, row->tokens[to - 1])->fact;
    for (guint i = 0; facts != NULL && i < facts->len; i++) {
        guint fact = g_array_index(facts, guint, i);
        if (is_member(row, from, to, fact) ||
            fact_at(row, from)->kind != report_fact(row->flow->report, fact)->kind)
            continue;
        gboolean near = (fact >= start && fact < first) || fact == last + 1;
        if (near && digits >= (slipped ? DIGITS_SLIP : DIGITS_NEAR))
            return fact;
        if (fact < first || far == REPORT_NONE)
            far = fact;
    }
    guint least = slipped ? DIGITS_SLIP_FAR : DIGITS_FAR;
    return to - from >= PARTS_FAR && digits >= least ? far : REPORT_NONE;
}

static void relate(Row *row, guint from, guint to, guint total, gboolean certain) {
    Report *report = row->flow->report;
    gboolean people = fact_is_people(row->flow->clues, fact_at(row, from));
    Span place = flow_span(row->flow, flow_token(row->flow, row->tokens[from])->start,
                           flow_token(row->flow, row->tokens[to - 1])->end);
    guint relation = relation_begin(report, people ? "CNT-04" : "SUM-01", place);
    report_relation(report, relation)->certain = certain;
    report_relation(report, relation)->scope = report_fact(report, total)->label;
    relation_add(report, relation, total, "total");
    fact_take_role(report, total, "total");
    for (guint i = from; i < to; i++) {
        guint fact = flow_token(row->flow, row->tokens[i])->fact;
        relation_add(report, relation, fact, "part");
        fact_take_role(report, fact, "part");
    }
}

/* The longest stretch of the row whose sum is printed. */
static gboolean relate_exact(Row *row) {
    for (guint length = row->n; length >= 2; length--)
        for (guint from = 0; from + length <= row->n; from++) {
            Decimal sum;
            if (!sum_of(row, from, from + length, &sum) || decimal_sign(sum) <= 0)
                continue;
            guint total = find_total(row, from, from + length, sum, FALSE);
            if (total == REPORT_NONE)
                continue;
            relate(row, from, from + length, total, TRUE);
            return TRUE;
        }
    return FALSE;
}

/* 非常满意 612 人、满意 271 人、基本满意 68 人: names in a row, close together. */
static gboolean is_close(const Row *row, guint from, guint to) {
    for (guint i = from + 1; i < to; i++) {
        g_autofree char *gap = flow_gap(row->flow, row->tokens[i - 1], row->tokens[i]);
        gboolean mark = g_str_has_prefix(gap, "、") || g_str_has_prefix(gap, "，") ||
                        g_str_has_prefix(gap, "；");
        if (!mark || g_utf8_strlen(gap, -1) > GAP_CHARACTERS_MAX)
            return FALSE;
    }
    return TRUE;
}

/* A printed figure that the stretch would make but for a slip in one of its parts. */
static guint total_by_slip(const Row *row, guint from, guint to, Decimal sum) {
    for (guint i = from; i < to; i++) {
        g_autoptr(GArray) origins = fact_origins(fact_at(row, i));
        Decimal rest, value;
        if (!decimal_subtract(sum, fact_at(row, i)->value, &rest))
            continue;
        for (guint k = 0; k < origins->len; k++) {
            Decimal origin = g_array_index(origins, Decimal, k);
            if (decimal_sign(origin) <= 0 || !decimal_add(rest, origin, &value))
                continue;
            guint total = find_total(row, from, to, value, TRUE);
            if (total != REPORT_NONE)
                return total;
        }
    }
    return REPORT_NONE;
}

/* Whether the figure is the sum but for a slip of its own. */
static gboolean is_slipped(const Fact *total, Decimal sum) {
    g_autoptr(GArray) origins = fact_origins(total);
    for (guint k = 0; k < origins->len; k++)
        if (decimal_compare(g_array_index(origins, Decimal, k), sum) == 0)
            return TRUE;
    return FALSE;
}

/* 接种点 286 个（固定 241 个，临时 45 个）: in brackets right behind their total. */
static gboolean relate_bracket(Row *row) {
    int depth = flow_token(row->flow, row->tokens[0])->depth;
    guint end = 1;
    Decimal sum;
    while (end < row->n && flow_token(row->flow, row->tokens[end])->depth > depth)
        end++;
    if (end < 3 || row->tokens[1] != row->tokens[0] + 1 || !sum_of(row, 1, end, &sum))
        return FALSE;
    gboolean slip = is_slipped(fact_at(row, 0), sum);
    for (guint i = 1; i < end && !slip; i++) {
        g_autoptr(GArray) origins = fact_origins(fact_at(row, i));
        Decimal rest, value;
        for (guint k = 0; k < origins->len && !slip; k++)
            slip = decimal_subtract(sum, fact_at(row, i)->value, &rest) &&
                   decimal_add(rest, g_array_index(origins, Decimal, k), &value) &&
                   decimal_compare(value, fact_at(row, 0)->value) == 0;
    }
    if (slip)
        relate(row, 1, end, flow_token(row->flow, row->tokens[0])->fact, FALSE);
    return slip;
}

/* All figures of the sentence, or all but the first, which is their total. */
static void relate_nearly(Row *row) {
    for (guint from = 0; from < 2 && row->n >= from + PARTS_SLIP; from++) {
        Decimal sum;
        guint total = REPORT_NONE;
        if (!sum_of(row, from, row->n, &sum) || !is_close(row, from, row->n))
            continue;
        if (from == 1 && digits_of(row, sum) >= DIGITS_NEAR && is_slipped(fact_at(row, 0), sum))
            total = flow_token(row->flow, row->tokens[0])->fact;
        if (total == REPORT_NONE)
            total = total_by_slip(row, from, row->n, sum);
        if (total == REPORT_NONE)
            continue;
        relate(row, from, row->n, total, FALSE);
        return;
    }
}

/* The nearest figure before the row that is called so. */
static guint called_before(const Row *row, const char *name) {
    const GArray *facts = names_called(row->reading->names, name);
    guint first = flow_token(row->flow, row->tokens[0])->fact, found = REPORT_NONE;
    for (guint i = 0; facts != NULL && i < facts->len; i++) {
        guint fact = g_array_index(facts, guint, i);
        if (fact < first && report_fact(row->flow->report, fact)->kind == fact_at(row, 0)->kind &&
            g_strcmp0(report_fact(row->flow->report, fact)->unit, fact_at(row, 0)->unit) == 0)
            found = fact;
    }
    return found;
}

/* Parts that make most of what they are said to be of; the rest may have been left out. */
static gboolean covers(const Fact *total, Decimal sum) {
    Decimal most, whole;
    return decimal_multiply(total->value, (Decimal){COVERED_PERCENT_MIN, 2}, &most) &&
           decimal_multiply(total->value, (Decimal){200 - COVERED_PERCENT_MIN, 2}, &whole) &&
           decimal_compare(sum, most) >= 0 && decimal_compare(sum, whole) <= 0;
}

/* One slip makes the first figures of the row what the total is worth. */
static gboolean slips_to(const Row *row, guint to, const Fact *whole) {
    Decimal sum;
    if (!sum_of(row, 0, to, &sum) || digits_of(row, sum) < DIGITS_SLIP)
        return FALSE;
    gboolean slip = is_slipped(whole, sum);
    for (guint i = 0; i < to && !slip; i++) {
        g_autoptr(GArray) origins = fact_origins(fact_at(row, i));
        Decimal rest, value;
        for (guint k = 0; k < origins->len && !slip; k++)
            slip = decimal_subtract(sum, fact_at(row, i)->value, &rest) &&
                   decimal_add(rest, g_array_index(origins, Decimal, k), &value) &&
                   decimal_compare(value, whole->value) == 0;
    }
    return slip;
}

/* 基本支出主要包括人员经费 2186540 元和公用经费 251566 元: of a figure that another sentence gives;
 * behind its parts other figures of the sentence may stand. */
static void relate_named(Row *row) {
    g_autofree char *name = names_head(row->flow, row->tokens[0]);
    guint total = name == NULL ? REPORT_NONE : called_before(row, name);
    if (total == REPORT_NONE)
        return;
    const Fact *whole = report_fact(row->flow->report, total);
    for (guint to = row->n; to >= 2; to--)
        if (slips_to(row, to, whole)) {
            relate(row, 0, to, total, FALSE);
            return;
        }
    Decimal sum;
    for (guint to = row->n; to >= 2; to--)
        if (sum_of(row, 0, to, &sum) && covers(whole, sum)) {
            relate(row, 0, to, total, FALSE);
            return;
        }
}

/* The words before the first figure of the row, behind the figure before. */
static char *words_before(const Row *row) {
    const Flow *flow = row->flow;
    guint first = row->tokens[0], k = first, to = flow_token(flow, first)->start;
    while (k > 0 && !flow_is_end(flow, k - 1) &&
           (flow_token(flow, k - 1)->kind != TOKEN_FACT ||
            (fact_at(row, 0)->kind == FIGURE_AMOUNT && flow_is_fact(flow, k - 1, FIGURE_COUNT))))
        k--; /* 分解下达 12 个县 2958.40 万元 */
    guint from = k == 0 ? 0 : flow_token(flow, k - 1)->end;
    return flow_text(flow, MAX(from, to > LEAD_CHARACTERS_MAX ? to - LEAD_CHARACTERS_MAX : 0), to);
}

/* More than each of the parts, and nearly their sum or more than it. */
static gboolean may_be_whole(const Row *row, guint fact, Decimal sum) {
    const Fact *whole = report_fact(row->flow->report, fact);
    for (guint i = 0; i < row->n; i++)
        if (flow_token(row->flow, row->tokens[i])->fact == fact ||
            decimal_compare(fact_at(row, i)->value, whole->value) >= 0)
            return FALSE;
    return whole->kind == fact_at(row, 0)->kind && covers(whole, sum);
}

/* 满意 701 份、基本满意 52 份、不满意 15 份. */
static gboolean is_scale(const Row *row) {
    gsize n;
    g_autofree char *words = flow_words(row->flow, row->tokens[row->n - 1]);
    return row->n >= PARTS_SLIP && clues_find(row->flow->clues, CLUE_LAST_STEP, words, &n) == words;
}

/* 28.64 亿元，分两批下达，第一批 22.35 亿元，第二批 …: in its sentence, with no figure of its kind
 * between; REPORT_NONE where the words end a sentence before the row. */
static guint right_before(const Row *row) {
    const Flow *flow = row->flow;
    guint first = row->tokens[0];
    for (guint k = first; k > 0 && !flow_is_end(flow, k - 1); k--) {
        if (flow_token(flow, k - 1)->kind == TOKEN_GROUP)
            break;
        if (!flow_is_fact(flow, k - 1, flow_fact(flow, first)->kind))
            continue;
        return is_free(flow, k - 1) &&
                       g_strcmp0(flow_fact(flow, k - 1)->unit, flow_fact(flow, first)->unit) == 0
                   ? flow_token(flow, k - 1)->fact
                   : REPORT_NONE;
    }
    return REPORT_NONE;
}

/* 累计支出 3361.68 万元 … 。分季度看，第一季度 412.50 万元，…: the words say that something was
 * divided; it is the nearest figure before that can be it. */
static void relate_breakdown(Row *row) {
    g_autofree char *words = words_before(row);
    const GArray *figures = names_counted(row->reading->names, fact_at(row, 0)->unit);
    gsize n;
    Decimal sum;
    guint total = REPORT_NONE, first = flow_token(row->flow, row->tokens[0])->fact;
    if (row->n < PARTS_BREAKDOWN_MIN ||
        (clues_find(row->flow->clues, CLUE_BREAKDOWN, words, &n) == NULL && !is_scale(row)) ||
        !sum_of(row, 0, row->n, &sum))
        return;
    for (guint i = 0; figures != NULL && i < figures->len; i++) {
        guint fact = g_array_index(figures, guint, i);
        if (fact < first && may_be_whole(row, fact, sum))
            total = fact;
    }
    guint beside = right_before(row);
    if (beside != REPORT_NONE)
        total = beside;
    if (total != REPORT_NONE)
        relate(row, 0, row->n, total, FALSE);
}

static guint sentence_end(const Flow *flow, guint i) {
    while (i < flow->tokens->len && !flow_is_end(flow, i))
        i++;
    return i;
}

/* Figures at the depth of the first. */
static void keep_depth(Row *row) {
    guint n = 0;
    for (guint i = 0; i < row->n; i++)
        if (flow_token(row->flow, row->tokens[i])->depth ==
            flow_token(row->flow, row->tokens[0])->depth)
            row->tokens[n++] = row->tokens[i];
    row->n = n;
}

static void relate_breakdowns(Flow *flow, TextReading *reading) {
    guint end = 0;
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (i >= end)
            end = sentence_end(flow, i);
        if (!is_free(flow, i) || flow_fact(flow, i)->unit == NULL)
            continue;
        Row row = {.flow = flow, .reading = reading};
        read_row(&row, i, end);
        keep_depth(&row);
        relate_breakdown(&row);
    }
}

void relate_runs(Flow *flow, TextReading *reading) {
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    guint end = 0;
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (i >= end) {
            end = sentence_end(flow, i);
            g_hash_table_remove_all(seen);
        }
        if (!is_free(flow, i) || flow_fact(flow, i)->unit == NULL ||
            !g_hash_table_add(seen, (gpointer)flow_fact(flow, i)->unit))
            continue;
        Row row = {.flow = flow, .reading = reading};
        read_row(&row, i, end);
        if (row.n >= 2 && !relate_exact(&row) && !relate_bracket(&row)) {
            guint before = flow->report->relations->len;
            relate_nearly(&row);
            if (flow->report->relations->len == before)
                relate_named(&row);
        }
    }
    relate_breakdowns(flow, reading);
}
