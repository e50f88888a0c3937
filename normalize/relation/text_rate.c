/* Rates in running text whose numerator and denominator stand in the same sentence: how much of a
 * budget was used, a share of a whole, a rate of counts. Rates with a name of their own are
 * formulas (text_formula.c). */
#include "normalize/relation/text_relation.h"
#include <string.h>

enum { TOKENS_BACK_MAX = 12, STEM_CHARACTERS = 2 };

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

/* The whole that stands nearest before the share, else the first that does behind it. */
static guint find_whole(const TextReading *reading, const Share *share) {
    const GArray *list = g_hash_table_lookup(reading->named, share->whole);
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

/* 问题 58 个，已整改 57 个，整改率 98.28%. */
static void relate_count_rate(Flow *flow, guint i) {
    g_autofree char *rate = flow_words(flow, i);
    guint counts[2] = {G_MAXUINT, G_MAXUINT}, n = 0;
    if (!g_str_has_suffix(rate, "率") && !g_str_has_suffix(rate, "度"))
        return;
    for (guint k = i; k > 0 && n < 2; k--) {
        const Token *token = flow_token(flow, k - 1);
        if (flow_is_end(flow, k - 1) || token->kind == TOKEN_GROUP || token->kind == TOKEN_MARKER)
            return;
        if (token->kind != TOKEN_FACT)
            continue;
        if (!flow_is_exact(flow, k - 1, FIGURE_COUNT) || token->change != CHANGE_NONE ||
            (n == 1 &&
             g_strcmp0(flow_fact(flow, k - 1)->unit, flow_fact(flow, counts[0])->unit) != 0))
            return;
        counts[n++] = k - 1;
    }
    if (n < 2)
        return;
    g_autofree char *deed = deed_of(flow, counts[0]);
    gsize m;
    if (!names_deed(rate, deed) &&
        !(clues_find(flow->clues, CLUE_NARROW, deed, &m) != NULL && g_str_has_suffix(rate, "率")))
        return;
    add_ratio(flow, "CNT-09", counts[0], counts[1], i, names_deed(rate, deed));
}

void relate_rates(Flow *flow, TextReading *reading) {
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (!flow_is_exact(flow, i, FIGURE_PERCENT) ||
            is_rated(flow->report, flow_token(flow, i)->fact) ||
            flow_token(flow, i)->change != CHANGE_NONE)
            continue;
        if (flow_token(flow, i)->operand == NULL && !relate_completion(flow, i) &&
            !relate_named_share(flow, i, reading))
            relate_count_rate(flow, i);
    }
}
