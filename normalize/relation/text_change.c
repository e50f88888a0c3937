/* Changes against another year in running text.
 *
 *   全年执行数 12306.45 万元，比上年的 11890.30 万元增加 416.15 万元，增长 3.5%
 *             └ this ┘               └ last ┘          └change┘      └rate┘
 *
 * A change may stand in the sentence behind its figure where it names it (收入总计 3
 * 万元。与上年相比， 收入总计增加 1 万元). Words of direction, a base of zero and 持平 have rules
 * of their own.
 */
#include "normalize/relation/fit.h"
#include "normalize/relation/text_relation.h"
#include <stdlib.h>
#include <string.h>

enum { TOKENS_BACK_MAX = 16, FLAT_CHARACTERS_MAX = 40 };
/* Figures before a change whose own is not beside it; those of them that a slip is looked for in.
 */
enum { PARAGRAPH_TOKENS_MAX = 40, NEARLY_MAX = 2 };

typedef struct {
    guint this, last, change, rate; /* tokens; G_MAXUINT for none */
    gboolean guessed;               /* which figure changed is only told by a slip */
} Growth;

static Fact *fact_of(const Flow *flow, guint token) { return flow_fact(flow, token); }

static gboolean is_change(const Flow *flow, guint i) {
    return flow_token(flow, i)->kind == TOKEN_FACT && flow_token(flow, i)->change != CHANGE_NONE &&
           fact_of(flow, i)->qualifier == QUALIFIER_EXACT && fact_of(flow, i)->text_high == NULL;
}

/* A figure of this year: no change, no base, no share. */
static gboolean is_level(const Flow *flow, guint i, FigureKind kind) {
    const Token *token = flow_token(flow, i);
    return flow_is_exact(flow, i, kind) && token->change == CHANGE_NONE && !token->base &&
           !token->reference && !token->share;
}

static gboolean is_deeper(const Flow *flow, guint k, guint i) {
    return flow_token(flow, k)->depth > flow_token(flow, i)->depth;
}

/* （含 2021 年结转项目 5 个） says something of its own; （8 万元） behind 比上年 does not. */
static gboolean is_aside(const Flow *flow, guint k, guint i) {
    const Token *token = flow_token(flow, k);
    g_autofree char *words = flow_text(flow, token->lead, token->start);
    gsize n;
    return is_deeper(flow, k, i) && (g_str_has_prefix(words, "含") ||
                                     wording_find(flow->wording, WORDS_PARTS, words, &n) != NULL);
}

static gboolean ends_group(const Flow *flow, guint i) {
    return flow_is_end(flow, i) || flow_token(flow, i)->kind == TOKEN_GROUP ||
           flow_token(flow, i)->kind == TOKEN_MARKER;
}

/* 由 8 万元增加到 12 万元，增长 50%; else the level before the change in its group. */
static guint find_this(const Flow *flow, guint i, FigureKind kind) {
    for (guint k = i; k > 0 && i - k < TOKENS_BACK_MAX; k--) {
        if (ends_group(flow, k - 1) || is_change(flow, k - 1))
            return G_MAXUINT;
        if (is_level(flow, k - 1, kind) && !is_deeper(flow, k - 1, i))
            return k - 1;
    }
    return G_MAXUINT;
}

/* 比上年减收: no plan beside it is what it is compared with. */
static gboolean is_against_year(const Flow *flow, guint i) {
    gsize n;
    int years = 0;
    g_autofree char *words = flow_words(flow, i);
    const char *compare = clues_find(flow->clues, CLUE_COMPARE, words, &n);
    return compare != NULL &&
           (g_str_has_prefix(compare + n, "同期") || strstr(words, "同比") != NULL ||
            wording_period(flow->wording, compare + n, &years));
}

/* The base: before the change in its group, or right behind the figure. */
static guint find_last(const Flow *flow, guint i, guint this) {
    const Fact *now = fact_of(flow, this != G_MAXUINT ? this : i);
    for (guint k = i; k > 0 && i - k < TOKENS_BACK_MAX; k--) {
        if (ends_group(flow, k - 1))
            return G_MAXUINT;
        if (k - 1 != this && flow_token(flow, k - 1)->kind == TOKEN_FACT &&
            (flow_token(flow, k - 1)->base ||
             (flow_token(flow, k - 1)->reference && !is_against_year(flow, i))) &&
            !is_aside(flow, k - 1, i) && flow_is_exact(flow, k - 1, now->kind) &&
            g_strcmp0(fact_of(flow, k - 1)->unit, now->unit) == 0)
            return k - 1;
    }
    return G_MAXUINT;
}

/* What the change is a change of, where its own clause names it: 收入总计 of 收入总计增加. */
static char *changed_name(const Flow *flow, guint i) {
    g_autofree char *words = flow_words(flow, i);
    gsize n, length = strlen(words);
    ClueSet set = flow_token(flow, i)->change == CHANGE_UP ? CLUE_UP : CLUE_DOWN;
    if ((n = clues_suffix(flow->clues, set, words, length)) > 0)
        words[length - n] = '\0';
    const char *compare = clues_find(flow->clues, CLUE_COMPARE, words, &n);
    return compare == NULL ? g_strdup(words) : g_strndup(words, (gsize)(compare - words));
}

static gboolean is_named(const Flow *flow, guint i, const char *name) {
    g_autofree char *words = flow_words(flow, i);
    return g_str_has_suffix(words, name) || g_strcmp0(fact_of(flow, i)->label, name) == 0;
}

/* The figure in the sentence before that the change names. */
static guint find_named(const Flow *flow, guint i) {
    g_autofree char *name = changed_name(flow, i);
    guint stops = 0;
    if (g_utf8_strlen(name, -1) < 2)
        return G_MAXUINT;
    for (guint k = i; k > 0 && i - k < TOKENS_BACK_MAX && stops <= 1; k--) {
        const Token *token = flow_token(flow, k - 1);
        if (token->kind == TOKEN_BREAK && !token->soft)
            return G_MAXUINT;
        stops += token->kind == TOKEN_STOP ? 1 : 0;
        if (is_level(flow, k - 1, fact_of(flow, i)->kind) && is_named(flow, k - 1, name))
            return k - 1;
    }
    return G_MAXUINT;
}

/* change ÷ (this − change) is the rate, within one unit of its last place. */
static gboolean growth_fits(const Flow *flow, guint this, guint change, guint rate) {
    enum { FIT_DECIMALS = 6 };
    const Fact *now = fact_of(flow, this), *stated = fact_of(flow, rate);
    Decimal moved = fact_of(flow, change)->value, last, value, gap,
            unit = {.coefficient = 1, .decimals = 0};
    if (flow_token(flow, change)->change == CHANGE_DOWN)
        moved = decimal_negate(moved);
    return decimal_subtract(now->value, moved, &last) && decimal_sign(last) > 0 &&
           decimal_scale(decimal_absolute(moved), 2, &value) &&
           decimal_divide(value, last, FIT_DECIMALS, &value) &&
           decimal_subtract(value, stated->value, &gap) &&
           decimal_scale(unit, -stated->decimals, &unit) &&
           decimal_compare(decimal_absolute(gap), unit) <= 0;
}

/* Both end in one word for a total: 收入、支出总计 and 收、支总计. */
static gboolean same_total(const Flow *flow, const char *a, const char *b) {
    gsize n = wording_suffix(flow->wording, WORDS_TOTAL_ROW, a, strlen(a)),
          m = wording_suffix(flow->wording, WORDS_TOTAL_ROW, b, strlen(b));
    return n > 0 && n == m && memcmp(a + strlen(a) - n, b + strlen(b) - m, n) == 0;
}

/* 2024年收入预算386.50万元，其中…。收入较上年增加21.30万元: the figure that the paragraph begins
 * with, where the change has its name or is of the same total. */
static guint find_topic(const Flow *flow, guint i, const char *name) {
    guint first = i;
    g_autofree char *bare = g_strdup(name);
    for (gsize n; (n = wording_suffix(flow->wording, WORDS_SHARE, bare, strlen(bare))) > 0;)
        bare[strlen(bare) - n] = '\0';
    while (
        first > 0 && i - first < TOKENS_BACK_MAX &&
        !(flow_token(flow, first - 1)->kind == TOKEN_BREAK && !flow_token(flow, first - 1)->soft))
        first--;
    while (first < i && !flow_is_exact(flow, first, fact_of(flow, i)->kind))
        first++;
    if (first == i || !is_level(flow, first, fact_of(flow, i)->kind))
        return G_MAXUINT;
    g_autofree char *words = flow_words(flow, first);
    return g_utf8_strlen(bare, -1) >= 2 &&
                   (strstr(words, bare) != NULL || same_total(flow, words, bare))
               ? first
               : G_MAXUINT;
}

/* Whether the first of the figures, the last in the array, is the sum of the others. */
static gboolean first_is_whole(const Flow *flow, const GArray *tokens) {
    Decimal rest = DECIMAL_ZERO;
    for (guint i = 0; i + 1 < tokens->len; i++)
        if (!decimal_add(rest, fact_of(flow, g_array_index(tokens, guint, i))->value, &rest))
            return FALSE;
    return tokens->len > 2 &&
           decimal_compare(
               rest, fact_of(flow, g_array_index(tokens, guint, tokens->len - 1))->value) == 0;
}

/* 支出合计 6703 万元，基本支出 3815 万元，项目支出 2887 万元；与上年相比，支出增加 318 万元，增长
 * 4.99%: a change that names the figure beside it by a part of its name only, or not at all, may be
 * that of an earlier figure of its sentence. Gives it where the rate says so, or where it is the
 * whole of the others; none where several have the name and nothing says which. */
static guint find_whole(const Flow *flow, guint i, guint rate, guint nearest) {
    g_autofree char *name = changed_name(flow, i);
    gboolean named = g_utf8_strlen(name, -1) >= 2;
    if (rate == G_MAXUINT || (nearest != G_MAXUINT && growth_fits(flow, nearest, i, rate)))
        return nearest;
    g_autofree char *words = nearest == G_MAXUINT ? g_strdup("") : flow_words(flow, nearest);
    g_autoptr(GArray) about = g_array_new(FALSE, FALSE, sizeof(guint));
    if (named && g_str_equal(words, name))
        return nearest;
    for (guint k = i; k > 0 && i - k < TOKENS_BACK_MAX && !flow_is_end(flow, k - 1); k--) {
        guint token = k - 1;
        if (!is_level(flow, token, fact_of(flow, i)->kind))
            continue;
        g_autofree char *own = flow_words(flow, token);
        if (named && strstr(own, name) == NULL)
            continue;
        if (growth_fits(flow, token, i, rate))
            return token;
        g_array_append_val(about, token);
    }
    if (nearest == G_MAXUINT && about->len == 0 && named)
        return find_topic(flow, i, name);
    if (!named || about->len < 2)
        return nearest;
    return first_is_whole(flow, about) ? g_array_index(about, guint, about->len - 1) : G_MAXUINT;
}

/* Whether the change and its base, or its rate, are those of the figure. */
static gboolean fits(const Flow *flow, const Growth *growth, guint at, gboolean nearly) {
    const Report *report = flow->report;
    guint this = flow_token(flow, at)->fact, changed = flow_token(flow, growth->change)->fact;
    int sign = flow_token(flow, growth->change)->change == CHANGE_DOWN ? -1 : 1;
    if (growth->last != G_MAXUINT) {
        guint last = flow_token(flow, growth->last)->fact;
        guint more = sign > 0 ? this : last, less = sign > 0 ? last : this;
        return nearly ? fit_difference_nearly(report, more, less, changed) != FIT_NONE
                      : fit_difference(report, more, less, changed);
    }
    if (growth->rate == G_MAXUINT)
        return FALSE;
    guint rate = flow_token(flow, growth->rate)->fact;
    return nearly ? fit_growth_nearly(report, this, changed, rate, sign) != FIT_NONE
                  : fit_growth(report, this, changed, rate, sign);
}

/* A figure before the change in its paragraph that the change and its rate, or its base, fit:
 * exactly, or but for a slip. */
static guint find_fitting(const Flow *flow, const Growth *growth, gboolean nearly) {
    const Fact *change = fact_of(flow, growth->change);
    guint tried = 0;
    for (guint k = growth->change; k > 0 && growth->change - k < PARAGRAPH_TOKENS_MAX; k--) {
        guint at = k - 1;
        if (flow_token(flow, at)->kind == TOKEN_BREAK && !flow_token(flow, at)->soft)
            break;
        if (!is_level(flow, at, change->kind) ||
            g_strcmp0(fact_of(flow, at)->unit, change->unit) != 0)
            continue;
        if (fits(flow, growth, at, nearly))
            return at;
        if (nearly && ++tried == NEARLY_MAX)
            break;
    }
    return G_MAXUINT;
}

static guint begin(Flow *flow, const char *rule, const Growth *growth) {
    guint from = MIN(MIN(growth->this, growth->last), MIN(growth->change, growth->rate)), to = 0;
    const guint ends[] = {growth->this, growth->last, growth->change, growth->rate};
    for (guint i = 0; i < G_N_ELEMENTS(ends); i++)
        to = ends[i] == G_MAXUINT ? to : MAX(to, ends[i]);
    guint relation =
        relation_begin(flow->report, rule,
                       flow_span(flow, flow_token(flow, from)->start, flow_token(flow, to)->end));
    report_relation(flow->report, relation)->certain = !growth->guessed;
    guint named = growth->this != G_MAXUINT ? growth->this : to;
    report_relation(flow->report, relation)->scope = fact_of(flow, named)->label;
    return relation;
}

static int sign_of(const Flow *flow, guint i) {
    return flow_token(flow, i)->change == CHANGE_DOWN ? -1 : 1;
}

static void add(Flow *flow, guint relation, guint token, const char *role) {
    if (token != G_MAXUINT)
        relation_add_signed(
            flow->report, relation, flow_token(flow, token)->fact, role,
            g_str_equal(role, "change") || g_str_equal(role, "rate") ? sign_of(flow, token) : 1);
}

/* this − last is the change but for its sign: only the word is wrong. */
static gboolean only_direction(const Flow *flow, const Growth *growth) {
    Decimal moved;
    if (!decimal_subtract(fact_of(flow, growth->this)->value, fact_of(flow, growth->last)->value,
                          &moved) ||
        decimal_sign(moved) == 0)
        return FALSE;
    gboolean fell = decimal_sign(moved) < 0;
    return fell != (sign_of(flow, growth->change) < 0) &&
           decimal_compare(decimal_absolute(moved), fact_of(flow, growth->change)->value) == 0;
}

static gboolean is_against_plan(const Flow *flow, const Growth *growth) {
    return growth->last != G_MAXUINT && flow_token(flow, growth->last)->reference;
}

/* 比预算 12 万元节约 2.14 万元; 比计划的 2700 人次多 174 人次: what is left of the plan, or beats
 * it. */
static void relate_to_plan(Flow *flow, const Growth *growth) {
    gboolean amount = flow_is_fact(flow, growth->last, FIGURE_AMOUNT);
    if (growth->change == G_MAXUINT || growth->this == G_MAXUINT)
        return;
    guint relation = begin(flow, amount ? "BAL-05" : "YOY-01", growth);
    add(flow, relation, amount ? growth->last : growth->this, "this");
    add(flow, relation, amount ? growth->this : growth->last, "last");
    relation_add_signed(flow->report, relation, flow_token(flow, growth->change)->fact, "change",
                        amount ? -sign_of(flow, growth->change) : sign_of(flow, growth->change));
    fact_take_role(flow->report, flow_token(flow, growth->change)->fact, "change");
    if (growth->rate == G_MAXUINT)
        return;
    relation = begin(flow, amount ? "PCT-04" : "CNT-09", growth);
    add(flow, relation, growth->change, "numerator");
    add(flow, relation, growth->last, "denominator");
    relation_add(flow->report, relation, flow_token(flow, growth->rate)->fact, "rate");
    fact_take_role(flow->report, flow_token(flow, growth->rate)->fact, "rate");
}

static void relate_difference(Flow *flow, const Growth *growth) {
    if (growth->change == G_MAXUINT || growth->last == G_MAXUINT || growth->this == G_MAXUINT)
        return;
    guint relation = begin(flow, only_direction(flow, growth) ? "YOY-03" : "YOY-01", growth);
    add(flow, relation, growth->this, "this");
    add(flow, relation, growth->last, "last");
    add(flow, relation, growth->change, "change");
    fact_take_role(flow->report, flow_token(flow, growth->change)->fact, "change");
}

/* The base is zero: nothing grows from it by a percentage. */
static gboolean has_zero_base(const Flow *flow, const Growth *growth) {
    Decimal base;
    if (growth->last != G_MAXUINT)
        return decimal_sign(fact_of(flow, growth->last)->value) == 0;
    if (growth->change == G_MAXUINT || growth->this == G_MAXUINT ||
        sign_of(flow, growth->change) < 0)
        return FALSE;
    return decimal_subtract(fact_of(flow, growth->this)->value,
                            fact_of(flow, growth->change)->value, &base) &&
           decimal_sign(base) == 0;
}

static void relate_growth(Flow *flow, const Growth *growth) {
    if (growth->rate == G_MAXUINT)
        return;
    if (growth->last == G_MAXUINT && (growth->change == G_MAXUINT || growth->this == G_MAXUINT)) {
        guint bare = begin(flow, "YOY-02", growth); /* without a base: not checkable */
        add(flow, bare, growth->rate, "rate");
        return;
    }
    gboolean zero = has_zero_base(flow, growth);
    if (zero && decimal_sign(fact_of(flow, growth->rate)->value) == 0)
        return;
    guint relation = begin(flow, zero ? "YOY-04" : "YOY-02", growth);
    gboolean both = growth->change != G_MAXUINT && growth->last != G_MAXUINT;
    if (!both || growth->change == G_MAXUINT)
        add(flow, relation, growth->this, "this");
    add(flow, relation, growth->last, "last");
    add(flow, relation, growth->change, "change");
    add(flow, relation, growth->rate, "rate");
    fact_take_role(flow->report, flow_token(flow, growth->rate)->fact, "rate");
}

/* 减少 0.04 万元，增长 0.01% contradict each other whatever the base. */
static void relate_direction(Flow *flow, const Growth *growth) {
    if (growth->change == G_MAXUINT || growth->rate == G_MAXUINT)
        return;
    guint relation = begin(flow, "YOY-03", growth);
    add(flow, relation, growth->change, "change");
    add(flow, relation, growth->rate, "rate");
}

static gboolean same_direction(const Flow *flow, const Growth *growth) {
    return growth->change == G_MAXUINT || growth->rate == G_MAXUINT ||
           sign_of(flow, growth->change) == sign_of(flow, growth->rate);
}

/* 比年初预算增加: no year is compared with, and the plan is not beside it. */
static gboolean is_against_budget(const Flow *flow, guint i) {
    gsize n;
    g_autofree char *words = flow_words(flow, i);
    const char *compare = clues_find(flow->clues, CLUE_COMPARE, words, &n);
    int years = 0;
    return compare != NULL && !wording_period(flow->wording, compare + n, &years) &&
           clues_plan(flow->clues, compare) != NULL;
}

static gboolean is_changed_rate(const Flow *flow, guint i) {
    return i < flow->tokens->len && flow_is_exact(flow, i, FIGURE_PERCENT) && is_change(flow, i);
}

/* 增长 15.35%，增收 25457 万元: the rate stands before its change. */
static gboolean is_behind_rate(const Flow *flow, guint i) {
    if (i == 0 || !flow_is_exact(flow, i, FIGURE_AMOUNT) || !is_change(flow, i) ||
        !is_changed_rate(flow, i - 1) || is_changed_rate(flow, i + 1) ||
        (i > 1 && flow_is_fact(flow, i - 2, FIGURE_AMOUNT) && is_change(flow, i - 2)))
        return FALSE;
    g_autofree char *between = flow_gap(flow, i - 1, i);
    g_autofree char *words = flow_words(flow, i);
    gsize n, length = strlen(words);
    ClueSet set = flow_token(flow, i)->change == CHANGE_UP ? CLUE_UP : CLUE_DOWN;
    n = clues_suffix(flow->clues, set, words, length);
    return n == length && g_str_has_suffix(between, words); /* nothing else is named */
}

static void relate_change(Flow *flow, guint i) {
    FigureKind kind = fact_of(flow, i)->kind;
    gboolean amount = kind == FIGURE_AMOUNT || kind == FIGURE_COUNT;
    gboolean points = kind == FIGURE_POINTS;
    if (!amount && !points && kind != FIGURE_PERCENT)
        return;
    if (is_against_budget(flow, i))
        return;
    Growth growth = {G_MAXUINT, G_MAXUINT, kind == FIGURE_PERCENT ? G_MAXUINT : i,
                     kind == FIGURE_PERCENT ? i : G_MAXUINT, FALSE};
    if (amount && i + 1 < flow->tokens->len && flow_is_exact(flow, i + 1, FIGURE_PERCENT) &&
        is_change(flow, i + 1))
        growth.rate = i + 1;
    else if (is_behind_rate(flow, i))
        growth.rate = i - 1;
    if (points)
        growth.this = find_this(flow, i, FIGURE_PERCENT);
    else if (amount) {
        growth.this = find_this(flow, MIN(growth.rate, i), kind);
        if (growth.this == G_MAXUINT)
            growth.this = find_named(flow, i);
        growth.this = find_whole(flow, i, growth.rate, growth.this);
    } else {
        guint sum = find_this(flow, i, FIGURE_AMOUNT), count = find_this(flow, i, FIGURE_COUNT);
        growth.this = sum == G_MAXUINT ? count : count == G_MAXUINT ? sum : MAX(sum, count);
    }
    if (growth.this != G_MAXUINT && amount &&
        g_strcmp0(fact_of(flow, growth.this)->unit, fact_of(flow, i)->unit) != 0)
        growth.this = G_MAXUINT;
    if (growth.this != G_MAXUINT || amount)
        growth.last = find_last(flow, i, growth.this);
    if (amount && growth.this == G_MAXUINT) {
        growth.this = find_fitting(flow, &growth, FALSE);
        if (growth.this == G_MAXUINT) {
            growth.this = find_fitting(flow, &growth, TRUE);
            growth.guessed = growth.this != G_MAXUINT;
        }
    }
    if (is_against_plan(flow, &growth)) {
        relate_to_plan(flow, &growth);
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
    if (flat == NULL || !g_str_has_prefix(flat, "持平") || g_str_has_suffix(after, "基本") ||
        (flat >= after + strlen("基本") &&
         strncmp(flat - strlen("基本"), "基本", strlen("基本")) == 0))
        return;
    const Fact *fact = fact_of(flow, i);
    guint other = G_MAXUINT;
    for (guint k = i; k > 0 && i - k < TOKENS_BACK_MAX && other == G_MAXUINT; k--) {
        if (ends_group(flow, k - 1))
            return;
        if (flow_is_exact(flow, k - 1, fact->kind))
            other = k - 1;
    }
    if (other == G_MAXUINT || flow_token(flow, i)->base == flow_token(flow, other)->base ||
        g_strcmp0(fact_of(flow, other)->unit, fact->unit) != 0)
        return;
    Growth growth = {other, i, G_MAXUINT, G_MAXUINT, FALSE};
    guint relation = begin(flow, "YOY-05", &growth);
    add(flow, relation, other, "same");
    add(flow, relation, i, "same");
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
            fact_of(flow, k - 1)->kind != FIGURE_YEAR)
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
    guint relation = begin(flow, "YOY-07", &growth);
    add(flow, relation, own, "this");
    add(flow, relation, base, "last");
}

void relate_changes(Flow *flow) {
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (flow_token(flow, i)->kind != TOKEN_FACT)
            continue;
        gboolean second = i > 0 && flow_is_fact(flow, i, FIGURE_PERCENT) &&
                          is_change(flow, i - 1) && !flow_is_fact(flow, i - 1, FIGURE_PERCENT);
        gboolean first =
            is_changed_rate(flow, i) && i + 1 < flow->tokens->len && is_behind_rate(flow, i + 1);
        if (is_change(flow, i) && !second && !first) {
            relate_change(flow, i);
            if (flow_is_fact(flow, i, FIGURE_AMOUNT) || flow_token(flow, i)->topic != NULL)
                relate_years(flow, i);
        } else if (flow_is_exact(flow, i, FIGURE_AMOUNT))
            relate_flat(flow, i);
    }
}
