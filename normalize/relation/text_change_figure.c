/* Which figures a change ties together: the words of its clause name them, or their places do, or
 * what the figures fit. */
#include "normalize/relation/fit.h"
#include "normalize/relation/text_change.h"
#include <string.h>

enum { TOKENS_BACK_MAX = 16 };
/* Figures before a change whose own is not beside it; those of them that a slip is looked for in.
 */
enum { PARAGRAPH_TOKENS_MAX = 40, NEARLY_MAX = 2 };

gboolean change_is(const Flow *flow, guint i) {
    return flow_token(flow, i)->kind == TOKEN_FACT && flow_token(flow, i)->change != CHANGE_NONE &&
           flow_fact(flow, i)->qualifier == QUALIFIER_EXACT &&
           flow_fact(flow, i)->text_high == NULL;
}

/* A figure of this year: no change, no base, no share. */
static gboolean change_is_level(const Flow *flow, guint i, FigureKind kind) {
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
    return is_deeper(flow, k, i) && (clues_prefix(flow->clues, CLUE_ASIDE, words) > 0 ||
                                     wording_find(flow->wording, WORDS_PARTS, words, &n) != NULL);
}

gboolean change_ends_group(const Flow *flow, guint i) {
    return flow_is_end(flow, i) || flow_token(flow, i)->kind == TOKEN_GROUP ||
           flow_token(flow, i)->kind == TOKEN_MARKER;
}

/* 由 8 万元增加到 12 万元，增长 50%; else the level before the change in its group. */
guint change_find_this(const Flow *flow, guint i, FigureKind kind) {
    for (guint k = i; k > 0 && i - k < TOKENS_BACK_MAX; k--) {
        if (change_ends_group(flow, k - 1) || change_is(flow, k - 1))
            return G_MAXUINT;
        if (change_is_level(flow, k - 1, kind) && !is_deeper(flow, k - 1, i))
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
    return compare != NULL && (wording_period(flow->wording, compare + n, &years) ||
                               clues_find(flow->clues, CLUE_YEARLY, words, &n) != NULL);
}

/* The base: before the change in its group, or right behind the figure. */
guint change_find_last(const Flow *flow, guint i, guint this) {
    const Fact *now = flow_fact(flow, this != G_MAXUINT ? this : i);
    for (guint k = i; k > 0 && i - k < TOKENS_BACK_MAX; k--) {
        if (change_ends_group(flow, k - 1))
            return G_MAXUINT;
        if (k - 1 != this && flow_token(flow, k - 1)->kind == TOKEN_FACT &&
            (flow_token(flow, k - 1)->base ||
             (flow_token(flow, k - 1)->reference && !is_against_year(flow, i))) &&
            !is_aside(flow, k - 1, i) && flow_is_exact(flow, k - 1, now->kind) &&
            g_strcmp0(flow_fact(flow, k - 1)->unit, now->unit) == 0)
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
    return g_str_has_suffix(words, name) || g_strcmp0(flow_fact(flow, i)->label, name) == 0;
}

/* The figure in the sentence before that the change names. */
guint change_find_named(const Flow *flow, guint i) {
    g_autofree char *name = changed_name(flow, i);
    guint stops = 0;
    if (g_utf8_strlen(name, -1) < 2)
        return G_MAXUINT;
    for (guint k = i; k > 0 && i - k < TOKENS_BACK_MAX && stops <= 1; k--) {
        const Token *token = flow_token(flow, k - 1);
        if (token->kind == TOKEN_BREAK && !token->soft)
            return G_MAXUINT;
        stops += token->kind == TOKEN_STOP ? 1 : 0;
        if (change_is_level(flow, k - 1, flow_fact(flow, i)->kind) && is_named(flow, k - 1, name))
            return k - 1;
    }
    return G_MAXUINT;
}

/* change ÷ (this − change) is the rate, within one unit of its last place. */
static gboolean growth_fits(const Flow *flow, guint this, guint change, guint rate) {
    enum { FIT_DECIMALS = 6 };
    const Fact *now = flow_fact(flow, this), *stated = flow_fact(flow, rate);
    Decimal moved = flow_fact(flow, change)->value, last, value, gap,
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
    while (first < i && !flow_is_exact(flow, first, flow_fact(flow, i)->kind))
        first++;
    if (first == i || !change_is_level(flow, first, flow_fact(flow, i)->kind))
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
        if (!decimal_add(rest, flow_fact(flow, g_array_index(tokens, guint, i))->value, &rest))
            return FALSE;
    return tokens->len > 2 &&
           decimal_compare(
               rest, flow_fact(flow, g_array_index(tokens, guint, tokens->len - 1))->value) == 0;
}

/* 支出合计 6703 万元，基本支出 3815 万元，项目支出 2887 万元；与上年相比，支出增加 318 万元，增长
 * 4.99%: a change that names the figure beside it by a part of its name only, or not at all, may be
 * that of an earlier figure of its sentence. Gives it where the rate says so, or where it is the
 * whole of the others; none where several have the name and nothing says which. */
guint change_find_whole(const Flow *flow, guint i, guint rate, guint nearest) {
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
        if (!change_is_level(flow, token, flow_fact(flow, i)->kind))
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
guint change_find_fitting(const Flow *flow, const Growth *growth, gboolean nearly) {
    const Fact *change = flow_fact(flow, growth->change);
    guint tried = 0;
    for (guint k = growth->change; k > 0 && growth->change - k < PARAGRAPH_TOKENS_MAX; k--) {
        guint at = k - 1;
        if (flow_token(flow, at)->kind == TOKEN_BREAK && !flow_token(flow, at)->soft)
            break;
        if (!change_is_level(flow, at, change->kind) ||
            g_strcmp0(flow_fact(flow, at)->unit, change->unit) != 0)
            continue;
        if (fits(flow, growth, at, nearly))
            return at;
        if (nearly && ++tried == NEARLY_MAX)
            break;
    }
    return G_MAXUINT;
}

guint change_begin(Flow *flow, const char *rule, const Growth *growth) {
    guint from = MIN(MIN(growth->this, growth->last), MIN(growth->change, growth->rate)), to = 0;
    const guint ends[] = {growth->this, growth->last, growth->change, growth->rate};
    for (guint i = 0; i < G_N_ELEMENTS(ends); i++)
        to = ends[i] == G_MAXUINT ? to : MAX(to, ends[i]);
    guint relation =
        relation_begin(flow->report, rule,
                       flow_span(flow, flow_token(flow, from)->start, flow_token(flow, to)->end));
    report_relation(flow->report, relation)->certain = !growth->guessed;
    guint named = growth->this != G_MAXUINT ? growth->this : to;
    report_relation(flow->report, relation)->scope = flow_fact(flow, named)->label;
    return relation;
}

int change_sign(const Flow *flow, guint i) {
    return flow_token(flow, i)->change == CHANGE_DOWN ? -1 : 1;
}

void change_add(Flow *flow, guint relation, guint token, const char *role) {
    if (token != G_MAXUINT)
        relation_add_signed(flow->report, relation, flow_token(flow, token)->fact, role,
                            g_str_equal(role, "change") || g_str_equal(role, "rate")
                                ? change_sign(flow, token)
                                : 1);
}
