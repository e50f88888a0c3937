/* Changes against another year in running text.
 *
 *   全年执行数 12306.45 万元，比上年的 11890.30 万元增加 416.15 万元，增长 3.5%
 *             └ this ┘               └ last ┘          └change┘      └rate┘
 *
 * A change may stand in the sentence behind its figure where it names it (收入总计 3
 * 万元。与上年相比， 收入总计增加 1 万元). Words of direction, a base of zero and 持平 have rules
 * of their own.
 */
#include "normalize/relation/text_change.h"
#include <string.h>

enum { TOKENS_BACK_MAX = 16, FLAT_CHARACTERS_MAX = 40 };

/* this − last is the change but for its sign: only the word is wrong. */
static gboolean only_direction(const Flow *flow, const Growth *growth) {
    Decimal moved;
    if (!decimal_subtract(flow_fact(flow, growth->this)->value,
                          flow_fact(flow, growth->last)->value, &moved) ||
        decimal_sign(moved) == 0)
        return FALSE;
    gboolean fell = decimal_sign(moved) < 0;
    return fell != (change_sign(flow, growth->change) < 0) &&
           decimal_compare(decimal_absolute(moved), flow_fact(flow, growth->change)->value) == 0;
}

static void relate_difference(Flow *flow, const Growth *growth) {
    if (growth->change == G_MAXUINT || growth->last == G_MAXUINT || growth->this == G_MAXUINT)
        return;
    guint relation = change_begin(flow, only_direction(flow, growth) ? "YOY-03" : "YOY-01", growth);
    change_add(flow, relation, growth->this, "this");
    change_add(flow, relation, growth->last, "last");
    change_add(flow, relation, growth->change, "change");
    fact_take_role(flow->report, flow_token(flow, growth->change)->fact, "change");
}

/* The base is zero: nothing grows from it by a percentage. */
static gboolean has_zero_base(const Flow *flow, const Growth *growth) {
    Decimal base;
    if (growth->last != G_MAXUINT)
        return decimal_sign(flow_fact(flow, growth->last)->value) == 0;
    if (growth->change == G_MAXUINT || growth->this == G_MAXUINT ||
        change_sign(flow, growth->change) < 0)
        return FALSE;
    return decimal_subtract(flow_fact(flow, growth->this)->value,
                            flow_fact(flow, growth->change)->value, &base) &&
           decimal_sign(base) == 0;
}

static void relate_growth(Flow *flow, const Growth *growth) {
    if (growth->rate == G_MAXUINT)
        return;
    if (growth->last == G_MAXUINT && (growth->change == G_MAXUINT || growth->this == G_MAXUINT)) {
        guint bare = change_begin(flow, "YOY-02", growth); /* without a base: not checkable */
        change_add(flow, bare, growth->rate, "rate");
        return;
    }
    gboolean zero = has_zero_base(flow, growth);
    if (zero && decimal_sign(flow_fact(flow, growth->rate)->value) == 0)
        return;
    guint relation = change_begin(flow, zero ? "YOY-04" : "YOY-02", growth);
    gboolean both = growth->change != G_MAXUINT && growth->last != G_MAXUINT;
    if (!both || growth->change == G_MAXUINT)
        change_add(flow, relation, growth->this, "this");
    change_add(flow, relation, growth->last, "last");
    change_add(flow, relation, growth->change, "change");
    change_add(flow, relation, growth->rate, "rate");
    fact_take_role(flow->report, flow_token(flow, growth->rate)->fact, "rate");
}

/* 减少 0.04 万元，增长 0.01% contradict each other whatever the base. */
static void relate_direction(Flow *flow, const Growth *growth) {
    if (growth->change == G_MAXUINT || growth->rate == G_MAXUINT)
        return;
    guint relation = change_begin(flow, "YOY-03", growth);
    change_add(flow, relation, growth->change, "change");
    change_add(flow, relation, growth->rate, "rate");
}

static gboolean same_direction(const Flow *flow, const Growth *growth) {
    return growth->change == G_MAXUINT || growth->rate == G_MAXUINT ||
           change_sign(flow, growth->change) == change_sign(flow, growth->rate);
}

static gboolean is_changed_rate(const Flow *flow, guint i) {
    return i < flow->tokens->len && flow_is_exact(flow, i, FIGURE_PERCENT) && change_is(flow, i);
}

/* 节约 2.66 万元，同比下降 7.47%: a comparison of its own begins with the rate. */
static gboolean begins_comparison(const Flow *flow, guint rate) {
    gsize n;
    g_autofree char *words = flow_words(flow, rate);
    return clues_find(flow->clues, CLUE_COMPARE, words, &n) != NULL;
}

/* 增长 15.35%，增收 25457 万元: the rate stands before its change. */
static gboolean is_behind_rate(const Flow *flow, guint i) {
    if (i == 0 ||
        !(flow_is_exact(flow, i, FIGURE_AMOUNT) || flow_is_exact(flow, i, FIGURE_COUNT)) ||
        !change_is(flow, i) || !is_changed_rate(flow, i - 1) || is_changed_rate(flow, i + 1) ||
        (i > 1 && flow_is_fact(flow, i - 2, flow_fact(flow, i)->kind) && change_is(flow, i - 2) &&
         !begins_comparison(flow, i - 1)))
        return FALSE;
    g_autofree char *between = flow_gap(flow, i - 1, i);
    g_autofree char *words = flow_words(flow, i);
    gsize n, length = strlen(words);
    ClueSet set = flow_token(flow, i)->change == CHANGE_UP ? CLUE_UP : CLUE_DOWN;
    n = clues_suffix(flow->clues, set, words, length);
    return n == length && g_str_has_suffix(between, words); /* nothing else is named */
}

/* The plan is beside the change, or the words say that it is one and of no year. */
static gboolean is_against_plan(const Flow *flow, const Growth *growth) {
    if (growth->last != G_MAXUINT)
        return flow_token(flow, growth->last)->reference;
    return change_is_of_plan(flow, growth->change != G_MAXUINT ? growth->change : growth->rate);
}

static void relate_change(Flow *flow, TextReading *reading, guint i) {
    FigureKind kind = flow_fact(flow, i)->kind;
    gboolean amount = kind == FIGURE_AMOUNT || kind == FIGURE_COUNT;
    gboolean points = kind == FIGURE_POINTS;
    if (!amount && !points && kind != FIGURE_PERCENT)
        return;
    Growth growth = {G_MAXUINT, G_MAXUINT, kind == FIGURE_PERCENT ? G_MAXUINT : i,
                     kind == FIGURE_PERCENT ? i : G_MAXUINT, FALSE};
    if (amount && is_changed_rate(flow, i + 1) &&
        !(i + 2 < flow->tokens->len && is_behind_rate(flow, i + 2)))
        growth.rate = i + 1;
    else if (is_behind_rate(flow, i))
        growth.rate = i - 1;
    if (points)
        growth.this = change_find_this(flow, i, FIGURE_PERCENT);
    else if (amount) {
        growth.this = change_find_this(flow, MIN(growth.rate, i), kind);
        if (growth.this == G_MAXUINT)
            growth.this = change_find_named(flow, i);
        growth.this = change_find_whole(flow, i, growth.rate, growth.this);
    } else {
        guint sum = change_find_this(flow, i, FIGURE_AMOUNT),
              count = change_find_this(flow, i, FIGURE_COUNT);
        growth.this = sum == G_MAXUINT ? count : count == G_MAXUINT ? sum : MAX(sum, count);
    }
    if (growth.this != G_MAXUINT && amount &&
        g_strcmp0(flow_fact(flow, growth.this)->unit, flow_fact(flow, i)->unit) != 0)
        growth.this = G_MAXUINT;
    if (growth.this != G_MAXUINT || amount)
        growth.last = change_find_last(flow, i, growth.this);
    if (amount && growth.this == G_MAXUINT) {
        growth.this = change_find_fitting(flow, &growth, FALSE);
        if (growth.this == G_MAXUINT) {
            growth.this = change_find_fitting(flow, &growth, TRUE);
            growth.guessed = growth.this != G_MAXUINT;
        }
    }
    if (is_against_plan(flow, &growth)) {
        if (amount)
            change_relate_to_plan(flow, reading, &growth);
        return;
    }
    relate_difference(flow, &growth);
    if (!same_direction(flow, &growth))
        relate_direction(flow, &growth);
    else
        relate_growth(flow, &growth);
}

/* 与上年持平 behind a figure and its base. */
static void relate_flat(Flow *flow, guint i) {
    gsize n;
    guint from = flow_token(flow, i)->end;
    guint to = i + 1 < flow->tokens->len ? flow_token(flow, i + 1)->start : flow->codes->len;
    g_autofree char *after = flow_text(flow, from, MIN(to, from + FLAT_CHARACTERS_MAX));
    const char *flat = clues_find(flow->clues, CLUE_FLAT, after, &n);
    if (flat == NULL || clues_suffix(flow->clues, CLUE_NEARLY, after, strlen(after)) > 0 ||
        clues_suffix(flow->clues, CLUE_NEARLY, after, (gsize)(flat - after)) > 0)
        return;
    const Fact *fact = flow_fact(flow, i);
    guint other = G_MAXUINT;
    for (guint k = i; k > 0 && i - k < TOKENS_BACK_MAX && other == G_MAXUINT; k--) {
        if (change_ends_group(flow, k - 1))
            return;
        if (flow_is_exact(flow, k - 1, fact->kind))
            other = k - 1;
    }
    if (other == G_MAXUINT || flow_token(flow, i)->base == flow_token(flow, other)->base ||
        g_strcmp0(flow_fact(flow, other)->unit, fact->unit) != 0)
        return;
    Growth growth = {other, i, G_MAXUINT, G_MAXUINT, FALSE};
    guint relation = change_begin(flow, "YOY-05", &growth);
    change_add(flow, relation, other, "same");
    change_add(flow, relation, i, "same");
}

/* 2017 年……比 2015 年增加: the year compared with is the one before. */
static void relate_years(Flow *flow, guint i) {
    guint base = G_MAXUINT, own = G_MAXUINT;
    gsize n;
    for (guint k = i; k > 0 && i - k < TOKENS_BACK_MAX; k--) {
        if (flow_token(flow, k - 1)->kind == TOKEN_BREAK ||
            (base == G_MAXUINT && flow_is_end(flow, k - 1)))
            break;
        if (flow_token(flow, k - 1)->kind != TOKEN_FACT ||
            flow_fact(flow, k - 1)->kind != FIGURE_YEAR)
            continue;
        guint at = flow_token(flow, k - 1)->start;
        g_autofree char *before = flow_text(flow, at > 2 ? at - 2 : 0, at);
        gboolean compared = clues_suffix(flow->clues, CLUE_COMPARE, before, strlen(before)) > 0;
        if (base == G_MAXUINT && compared)
            base = k - 1;
        else if (base != G_MAXUINT && !compared) {
            own = k - 1;
            break;
        }
    }
    if (own == G_MAXUINT)
        return;
    guint from = flow_token(flow, own)->end;
    g_autofree char *words = flow_text(flow, from, flow_token(flow, i)->start);
    if (clues_find(flow->clues, CLUE_MONEY, words, &n) == NULL)
        return;
    Growth growth = {own, base, G_MAXUINT, G_MAXUINT, FALSE};
    guint relation = change_begin(flow, "YOY-07", &growth);
    change_add(flow, relation, own, "this");
    change_add(flow, relation, base, "last");
}

void relate_changes(Flow *flow, TextReading *reading) {
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (flow_token(flow, i)->kind != TOKEN_FACT)
            continue;
        gboolean second = i > 0 && flow_is_fact(flow, i, FIGURE_PERCENT) &&
                          change_is(flow, i - 1) && !flow_is_fact(flow, i - 1, FIGURE_PERCENT);
        gboolean first =
            is_changed_rate(flow, i) && i + 1 < flow->tokens->len && is_behind_rate(flow, i + 1);
        if (change_is(flow, i) && !second && !first) {
            relate_change(flow, reading, i);
            if (flow_is_fact(flow, i, FIGURE_AMOUNT) || flow_token(flow, i)->topic != NULL)
                relate_years(flow, i);
        } else if (flow_is_exact(flow, i, FIGURE_AMOUNT))
            relate_flat(flow, i);
    }
}
