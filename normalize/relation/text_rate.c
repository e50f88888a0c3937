/* Rates in running text whose numerator and denominator stand in the same sentence: how much of a
 * budget was used, a share of a whole, a rate of counts. Rates with a name of their own are
 * formulas (text_formula.c). */
#include "normalize/relation/text_relation.h"
#include <string.h>

enum { TOKENS_BACK_MAX = 16, STEM_CHARACTERS = 2, COUNTS_MAX = 5 };

static void add_ratio(Flow *flow, const char *rule, guint numerator, guint denominator, guint rate,
                      gboolean certain) {
    Report *report = flow->report;
    guint from = MIN(numerator, MIN(denominator, rate));
    guint to =
        denominator == G_MAXUINT ? MAX(numerator, rate) : MAX(numerator, MAX(denominator, rate));
    guint relation = relation_begin(
        report, rule, flow_span(flow, flow_token(flow, from)->start, flow_token(flow, to)->end));
    report_relation(report, relation)->scope = flow_fact(flow, rate)->label;
    report_relation(report, relation)->certain = certain;
    relation_add(report, relation, flow_token(flow, numerator)->fact, "numerator");
    if (denominator != G_MAXUINT)
        relation_add(report, relation, flow_token(flow, denominator)->fact, "denominator");
    relation_add(report, relation, flow_token(flow, rate)->fact, "rate");
    fact_take_role(report, flow_token(flow, rate)->fact, "rate");
}

void share_relate(Flow *flow, guint part, guint whole, guint rate, gboolean certain) {
    add_ratio(flow, "PCT-04", part, whole, rate, certain);
}

/* The nearest figure before `i` in its segment whose measure is one of the words. */
static guint find_measure(const Flow *flow, guint i, const char *const *measures) {
    guint segment = flow_token(flow, i)->segment;
    for (guint k = i; k > 0 && i - k < TOKENS_BACK_MAX; k--) {
        const Token *token = flow_token(flow, k - 1);
        if (token->kind != TOKEN_FACT)
            continue;
        if (token->segment != segment)
            return G_MAXUINT;
        if (flow_is_exact(flow, k - 1, FIGURE_AMOUNT) && token->measure != NULL && !token->base &&
            token->change == CHANGE_NONE && g_strv_contains(measures, token->measure))
            return k - 1;
    }
    return G_MAXUINT;
}

/* 完成年初预算的 95.45%: the denominator is named. */
static gboolean relate_completion(Flow *flow, guint i) {
    static const char *const ORIGINAL[] = {"年初预算", NULL};
    static const char *const BUDGETS[] = {"全年预算", "预算", "年初预算", NULL};
    static const char *const SPENT[] = {"决算", NULL};
    g_autofree char *words = flow_words(flow, i);
    const char *done = strstr(words, "完成");
    if (g_str_equal(words, "为预算") || g_str_equal(words, "占预算"))
        done = words;
    if (done == NULL || strstr(done, "预算") == NULL)
        return FALSE;
    gboolean original = strstr(done, "年初") != NULL;
    guint numerator = find_measure(flow, i, SPENT);
    guint denominator = find_measure(flow, i, original ? ORIGINAL : BUDGETS);
    guint other = find_measure(flow, i, BUDGETS);
    if (numerator == G_MAXUINT)
        return TRUE;
    gboolean zero =
        denominator != G_MAXUINT && decimal_sign(flow_fact(flow, denominator)->value) == 0;
    const char *rule = zero                                                           ? "EXE-05"
                       : original && other != denominator && denominator != G_MAXUINT ? "EXE-02"
                                                                                      : "EXE-01";
    add_ratio(flow, rule, numerator, denominator, i, TRUE);
    return TRUE;
}

/* 占本年支出合计的 95.99%: what the whole is called, or NULL. */
static char *whole_name(const Flow *flow, guint i) {
    gsize n;
    g_autofree char *words = flow_words(flow, i);
    const char *share = clues_find(flow->clues, CLUE_SHARE, words, &n);
    if (share == NULL || share[n] == '\0')
        return NULL;
    char *name = g_strdup(share + n);
    if (g_str_has_suffix(name, "比重") || g_str_has_suffix(name, "比例"))
        name[strlen(name) - strlen("比重")] = '\0';
    if (g_str_has_suffix(name, "的"))
        name[strlen(name) - strlen("的")] = '\0';
    return name;
}

static gboolean relate_named_share(Flow *flow, guint i, TextReading *reading) {
    if (!flow_token(flow, i)->share || i == 0 || flow_token(flow, i - 1)->kind != TOKEN_FACT)
        return FALSE;
    const Token *before = flow_token(flow, i - 1);
    const Fact *fact = flow_fact(flow, i - 1);
    if ((fact->kind != FIGURE_AMOUNT && fact->kind != FIGURE_COUNT) ||
        fact->qualifier != QUALIFIER_EXACT || before->change != CHANGE_NONE || before->base)
        return FALSE;
    char *name = whole_name(flow, i);
    if (name == NULL)
        return FALSE;
    Share share = {before->fact, flow_token(flow, i)->fact, name};
    g_array_append_val(reading->shares, share);
    return TRUE;
}

/* 开工数 is what was called 实际开工, 支出总额 what was called 支出合计. */
char *whole_core(const char *words) {
    static const char *const HEADS[] = {"实际", "全年", "本年", "累计", "共", "其中"};
    static const char *const ENDS[] = {"总数", "总量", "总额", "合计", "总计", "数", "量", "共"};
    g_autofree char *core = g_strdup(words);
    const char *from = core;
    for (guint i = 0; i < G_N_ELEMENTS(HEADS); i++)
        if (g_str_has_prefix(from, HEADS[i]) && from[strlen(HEADS[i])] != '\0')
            from += strlen(HEADS[i]);
    for (guint i = 0; i < G_N_ELEMENTS(ENDS); i++)
        if (g_str_has_suffix(from, ENDS[i]) && strlen(from) > strlen(ENDS[i]) + 3)
            return g_strndup(from, strlen(from) - strlen(ENDS[i]));
    return g_strdup(from);
}

/* The whole that stands nearest before the share, else the first that does behind it. */
static guint find_whole(const TextReading *reading, const Share *share) {
    g_autofree char *core = whole_core(share->whole);
    const GArray *list = g_hash_table_lookup(reading->named, core);
    const Fact *part = report_fact(reading->report, share->part);
    guint found = REPORT_NONE;
    for (guint i = 0; list != NULL && i < list->len; i++) {
        guint fact = g_array_index(list, guint, i);
        const Fact *whole = report_fact(reading->report, fact);
        if (fact == share->part || g_strcmp0(whole->unit, part->unit) != 0 ||
            g_strcmp0(whole->period, part->period) != 0)
            continue;
        if (fact < share->rate || found == REPORT_NONE)
            found = fact;
    }
    return found;
}

static gboolean is_rated(const Report *report, guint rate) {
    return g_strcmp0(report_fact(report, rate)->role, "rate") == 0;
}

void relate_named_shares(TextReading *reading) {
    Report *report = reading->report;
    for (guint i = 0; i < reading->shares->len; i++) {
        const Share *share = &g_array_index(reading->shares, Share, i);
        if (is_rated(report, share->rate))
            continue;
        guint whole = find_whole(reading, share);
        guint relation = relation_begin(report, "PCT-04", report_fact(report, share->part)->place);
        report_relation(report, relation)->scope = report_string(report, share->whole);
        relation_add(report, relation, share->part, "numerator");
        if (whole != REPORT_NONE)
            relation_add(report, relation, whole, "denominator");
        relation_add(report, relation, share->rate, "rate");
        fact_take_role(report, share->rate, "rate");
    }
}

/* 整改率 after 已整改 57 个: the rate's name is in what was done. */
static gboolean names_deed(const char *rate, const char *deed) {
    for (const char *p = rate; *p != '\0'; p = g_utf8_next_char(p)) {
        if (g_utf8_strlen(p, -1) <= STEM_CHARACTERS)
            break;
        const char *end = g_utf8_offset_to_pointer(p, STEM_CHARACTERS);
        g_autofree char *stem = g_strndup(p, (gsize)(end - p));
        if (strstr(deed, stem) != NULL)
            return TRUE;
    }
    return FALSE;
}

static char *deed_of(const Flow *flow, guint i) {
    g_autofree char *words = flow_words(flow, i);
    const char *label = flow_fact(flow, i)->label;
    return g_strconcat(words, label == NULL ? "" : label, NULL);
}

/* Counts of one unit before the rate in its paragraph, nearest first. */
static guint counts_before(const Flow *flow, guint rate, const char *unit, guint *counts) {
    guint n = 0;
    for (guint k = rate; k > 0 && rate - k < TOKENS_BACK_MAX && n < COUNTS_MAX; k--) {
        const Token *token = flow_token(flow, k - 1);
        if (token->kind == TOKEN_BREAK && !token->soft)
            break;
        if (flow_is_exact(flow, k - 1, FIGURE_COUNT) && token->change == CHANGE_NONE &&
            (unit == NULL || g_strcmp0(flow_fact(flow, k - 1)->unit, unit) == 0))
            counts[n++] = k - 1;
    }
    return n;
}

/* Whether the rate is what one count is of the other, within one unit of its last place. */
static gboolean is_rate_of(const Flow *flow, guint above, guint below, guint rate) {
    const Fact *printed = flow_fact(flow, rate);
    Decimal value, unit = {.coefficient = 1, .decimals = printed->decimals};
    return decimal_sign(flow_fact(flow, below)->value) > 0 &&
           decimal_scale(flow_fact(flow, above)->value, 2, &value) &&
           decimal_divide(value, flow_fact(flow, below)->value, printed->decimals, &value) &&
           decimal_subtract(value, printed->value, &value) &&
           decimal_compare(decimal_absolute(value), unit) <= 0;
}

/* 问题 58 个，已整改 57 个，整改率 98.28%: the count that the rate names over one before it — the
 * one that fits, else the nearest in its sentence. */
static void relate_count_rate(Flow *flow, guint i) {
    g_autofree char *rate = flow_words(flow, i);
    guint counts[COUNTS_MAX], n, named = 0;
    gsize m;
    if (!g_str_has_suffix(rate, "率") && !g_str_has_suffix(rate, "度"))
        return;
    n = counts_before(flow, i, NULL, counts);
    for (; named < n; named++) {
        g_autofree char *deed = deed_of(flow, counts[named]);
        if (flow_token(flow, counts[named])->segment != flow_token(flow, i)->segment)
            return;
        if (names_deed(rate, deed) ||
            (named == 0 && clues_find(flow->clues, CLUE_NARROW, deed, &m) != NULL))
            break;
    }
    if (named == n)
        return;
    guint above = counts[named], nearest = G_MAXUINT;
    n = counts_before(flow, above, flow_fact(flow, above)->unit, counts);
    for (guint k = 0; k < n; k++) {
        if (is_rate_of(flow, above, counts[k], i)) {
            add_ratio(flow, "CNT-09", above, counts[k], i, TRUE);
            return;
        }
        if (nearest == G_MAXUINT &&
            flow_token(flow, counts[k])->sentence == flow_token(flow, i)->sentence)
            nearest = counts[k];
    }
    g_autofree char *deed = deed_of(flow, above);
    if (nearest != G_MAXUINT)
        add_ratio(flow, "CNT-09", above, nearest, i, names_deed(rate, deed));
}

/* 占资助预算 1935 万元的 99.56%: the whole stands right before its share. */
static gboolean relate_share_of_figure(Flow *flow, guint i) {
    if (i < 2 || flow_token(flow, i - 1)->kind != TOKEN_FACT)
        return FALSE;
    g_autofree char *between = flow_gap(flow, i - 1, i);
    g_autofree char *words = flow_words(flow, i - 1);
    gsize n;
    gboolean of = clues_prefix(flow->clues, CLUE_SHARE, words) > 0 || g_str_has_prefix(words, "为");
    if (!g_str_equal(between, "的") || !of)
        return FALSE;
    const Fact *whole = flow_fact(flow, i - 1);
    for (guint k = i - 1; k > 0 && i - k < TOKENS_BACK_MAX && !flow_is_end(flow, k - 1); k--) {
        const Fact *part =
            flow_token(flow, k - 1)->kind == TOKEN_FACT ? flow_fact(flow, k - 1) : NULL;
        if (part == NULL || part->kind != whole->kind || g_strcmp0(part->unit, whole->unit) != 0 ||
            g_strcmp0(part->role, "part") == 0)
            continue;
        add_ratio(flow, "PCT-04", k - 1, i - 1, i,
                  clues_find(flow->clues, CLUE_SHARE, words, &n) != NULL);
        return TRUE;
    }
    return FALSE;
}

void relate_rates(Flow *flow, TextReading *reading) {
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (!flow_is_exact(flow, i, FIGURE_PERCENT) ||
            is_rated(flow->report, flow_token(flow, i)->fact) ||
            flow_token(flow, i)->change != CHANGE_NONE)
            continue;
        if (flow_token(flow, i)->operand == NULL && !relate_completion(flow, i) &&
            !relate_share_of_figure(flow, i) && !relate_named_share(flow, i, reading))
            relate_count_rate(flow, i);
    }
}
