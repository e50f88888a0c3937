/* Which percentages claim to be how much one figure is of another, and what each may be of.
 *
 *   问题 165 个，已整改 161 个，整改率 97.58%          a rate: the deed that it names of what is
 * before 项目支出 13.07 万元，占支出总额的 34.90%           a share: what is before it of what is
 * named 实际 6180 批次，完成年度计划的 103%               a completion: what is before it of a plan
 *   一般反应 386 例，异常反应 32 例，分别占 92.34% 和 7.66%
 */
#include "normalize/relation/text_claim.h"
#include <string.h>

enum { TOKENS_BACK_MAX = 24, STEM_CHARACTERS = 2, RESPECTIVE_MAX = 8 };
enum { SPREAD_CHARACTERS_MAX = 3, BEHIND_CHARACTERS_MAX = 12 };

static void claim_clear(gpointer data) {
    Claim *claim = data;
    g_free(claim->name);
    g_free(claim->whole);
    g_array_unref(claim->above);
    g_array_unref(claim->below);
}

GArray *claims_new(void) {
    GArray *claims = g_array_new(FALSE, TRUE, sizeof(Claim));
    g_array_set_clear_func(claims, claim_clear);
    return claims;
}

static gboolean is_level(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i);
    return (flow_is_exact(flow, i, FIGURE_AMOUNT) || flow_is_exact(flow, i, FIGURE_COUNT)) &&
           token->change == CHANGE_NONE && !token->base && !token->each;
}

static gboolean is_plain_percent(const Flow *flow, guint i) {
    return flow_is_exact(flow, i, FIGURE_PERCENT) && flow_token(flow, i)->change == CHANGE_NONE &&
           !flow_token(flow, i)->base && !flow_token(flow, i)->selects &&
           g_strcmp0(flow_fact(flow, i)->role, "rate") != 0;
}

/* 16 个标段【按合同工期完工】: the words behind a figure, up to the next mark. */
static char *words_behind(const Flow *flow, guint i) {
    guint from = flow_token(flow, i)->end, to = from;
    while (to < MIN(from + BEHIND_CHARACTERS_MAX, flow->codes->len) &&
           !g_unichar_ispunct(g_array_index(flow->codes, gunichar, to)) &&
           g_array_index(flow->codes, gunichar, to) != '\n' &&
           !g_unichar_isdigit(g_array_index(flow->codes, gunichar, to)))
        to++;
    return flow_text(flow, from, to);
}

/* What the figure is called: the words around it and its label. */
static char *deed_of(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i);
    g_autofree char *words = flow_text(flow, token->lead, token->start);
    g_autofree char *behind = words_behind(flow, i);
    const char *label = flow_fact(flow, i)->label;
    return g_strconcat(words, "|", behind, "|", label == NULL ? "" : label, NULL);
}

/* The two characters close to each other in the text. */
static const char *spread_out(const char *stem, const char *text) {
    const char *second = g_utf8_next_char(stem);
    g_autofree char *first = g_strndup(stem, (gsize)(second - stem));
    const char *at = strstr(text, first), *behind = at == NULL ? NULL : strstr(at, second);
    return behind != NULL && g_utf8_pointer_to_offset(at, behind) <= SPREAD_CHARACTERS_MAX ? at
                                                                                           : NULL;
}

/* 执行率, 支付率, 支出进度 behind what was spent. */
static gboolean names_spending(const Flow *flow, const char *rate, const char *deed) {
    gsize n;
    return clues_find(flow->clues, CLUE_SPENT, rate, &n) != NULL &&
           clues_find(flow->clues, CLUE_SPENT, deed, &n) != NULL;
}

static gboolean is_negated(const char *words, const char *at) {
    gsize n = strlen("不");
    return (gsize)(at - words) >= n && strncmp(at - n, "不", n) == 0;
}

/* 整改率 after 已整改 57 个: the rate's name is in what was done; 不满意 is not 满意率's, nor 合格
 * 不合格产品处置率's. */
static gboolean names_deed(const char *rate, const char *deed) {
    for (const char *p = rate; *p != '\0'; p = g_utf8_next_char(p)) {
        if (g_utf8_strlen(p, -1) <= STEM_CHARACTERS)
            break;
        const char *end = g_utf8_offset_to_pointer(p, STEM_CHARACTERS);
        g_autofree char *stem = g_strndup(p, (gsize)(end - p));
        const char *at = strstr(deed, stem);
        if (at == NULL && g_utf8_strlen(end, -1) == 1) /* 取证率: 取得证书 */
            at = spread_out(stem, deed);
        gboolean own = at != NULL && p == rate && g_str_has_prefix(at, rate); /* 满意度调查表 */
        if (at != NULL && !own && is_negated(deed, at) == is_negated(rate, p))
            return TRUE;
    }
    return FALSE;
}

static gboolean ends_paragraph(const Flow *flow, guint i) {
    return flow_token(flow, i)->kind == TOKEN_BREAK && !flow_token(flow, i)->soft;
}

/* Amounts and counts before the percentage in its paragraph, nearest first: tokens. */
static GArray *levels_before(const Flow *flow, guint i) {
    GArray *levels = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint k = i; k > 0 && i - k < TOKENS_BACK_MAX && levels->len < CLAIM_FIGURES_MAX; k--) {
        if (ends_paragraph(flow, k - 1))
            break;
        guint at = k - 1;
        if (is_level(flow, at) && g_strcmp0(flow_fact(flow, at)->role, "change") != 0)
            g_array_append_val(levels, at);
    }
    return levels;
}

static void add_above(const Flow *flow, Claim *claim, guint token, gboolean named) {
    Above above = {.facts = {flow_token(flow, token)->fact}, .n = 1, .named = named};
    for (guint i = 0; i < claim->above->len; i++)
        if (g_array_index(claim->above, Above, i).facts[0] == above.facts[0] &&
            g_array_index(claim->above, Above, i).n == 1)
            return;
    g_array_append_val(claim->above, above);
}

/* 非常满意 612 人、满意 271 人、基本满意 68 人、不满意 49 人，满意度 95.1%: those that the rate
 * names count together. */
static void add_several(const Flow *flow, Claim *claim, guint i, const char *rate,
                        const GArray *levels) {
    Above above = {.named = TRUE};
    const char *unit = NULL;
    for (guint k = 0; k < levels->len && above.n < ABOVE_MAX; k++) {
        guint at = g_array_index(levels, guint, k);
        g_autofree char *words = flow_words(flow, at);
        const Fact *fact = flow_fact(flow, at);
        if (flow_token(flow, at)->sentence != flow_token(flow, i)->sentence)
            break;
        if (!names_deed(rate, words) || (unit != NULL && g_strcmp0(unit, fact->unit) != 0))
            continue;
        unit = fact->unit;
        above.facts[above.n++] = flow_token(flow, at)->fact;
    }
    if (above.n >= 2)
        g_array_append_val(claim->above, above);
    if (above.n < 3)
        return;
    above.n--; /* the last of them is the least, and may not count: 基本满意 */
    memmove(above.facts, above.facts + 1, above.n * sizeof above.facts[0]);
    g_array_append_val(claim->above, above);
}

static void read_completion(const Flow *flow, Claim *claim, guint i, const GArray *levels) {
    if (i > 0 && flow_token(flow, i - 1)->kind == TOKEN_FACT && flow_token(flow, i - 1)->reference)
        claim->pointed = flow_token(flow, i - 1)->fact;
    for (guint k = 0; k < levels->len; k++) {
        guint at = g_array_index(levels, guint, k);
        if (flow_token(flow, at)->sentence != flow_token(flow, i)->sentence)
            break;
        if (!flow_token(flow, at)->reference && flow_token(flow, at)->fact != claim->pointed)
            add_above(flow, claim, at, claim->above->len == 0);
    }
}

/* 节约资金 23.24 万元，资金节约率 5.63%: what was saved is no level. */
static void add_change(const Flow *flow, Claim *claim, guint i, const char *words) {
    gsize n;
    if (i == 0 || flow_token(flow, i - 1)->kind != TOKEN_FACT ||
        flow_token(flow, i - 1)->change == CHANGE_NONE ||
        flow_token(flow, i - 1)->segment != flow_token(flow, i)->segment ||
        clues_find(flow->clues, CLUE_LEFT, words, &n) == NULL ||
        !(flow_is_exact(flow, i - 1, FIGURE_AMOUNT) || flow_is_exact(flow, i - 1, FIGURE_COUNT)))
        return;
    g_autofree char *deed = deed_of(flow, i - 1);
    if (names_deed(words, deed))
        add_above(flow, claim, i - 1, TRUE);
}

/* 满意度 98.15%（满意和较满意合计 477 份）: what the rate counts, in brackets behind it. */
static void add_in_bracket(const Flow *flow, Claim *claim, guint i) {
    guint next = i + 1;
    if (next < flow->tokens->len && flow_token(flow, next)->kind == TOKEN_FACT &&
        flow_token(flow, next)->depth > flow_token(flow, i)->depth && is_level(flow, next))
        add_above(flow, claim, next, TRUE);
}

static void read_rate(const Flow *flow, Claim *claim, guint i, const char *words,
                      const GArray *levels) {
    gsize n;
    add_change(flow, claim, i, words);
    for (guint k = 0; k < levels->len; k++) {
        guint at = g_array_index(levels, guint, k);
        g_autofree char *deed = deed_of(flow, at);
        if (flow_token(flow, at)->sentence != flow_token(flow, i)->sentence)
            break;
        if (flow_token(flow, at)->reference)
            continue; /* 比预算 12 万元节约 …，预算控制率 78% */
        gboolean near = flow_token(flow, at)->segment == flow_token(flow, i)->segment;
        gboolean narrow = k == 0 && clues_find(flow->clues, CLUE_NARROW, deed, &n) != NULL &&
                          strstr(deed, "不") == NULL;
        if (near && (names_deed(words, deed) || names_spending(flow, words, deed)))
            add_above(flow, claim, at, TRUE);
        else if (near && narrow)
            add_above(flow, claim, at, FALSE);
    }
    add_in_bracket(flow, claim, i);
    add_several(flow, claim, i, words, levels);
    guint before = claim->above->len;
    if (strstr(words, "完成") != NULL)
        read_completion(flow, claim, i, levels);
    if (levels->len > 0 && flow_token(flow, g_array_index(levels, guint, 0))->sentence ==
                               flow_token(flow, i)->sentence)
        add_above(flow, claim, g_array_index(levels, guint, 0), FALSE);
    if (claim->above->len > before)
        g_array_index(claim->above, Above, claim->above->len - 1).bare =
            strstr(words, "完成") == NULL;
}

static gboolean joins_several(const Flow *flow, const char *part) {
    return strstr(part, "和") != NULL || strstr(part, "与") != NULL ||
           wording_suffix(flow->wording, WORDS_TOTAL, part, strlen(part)) > 0;
}

/* Of the sentence those whose names the part of the share joins. */
static void add_joined(const Flow *flow, Claim *claim, guint i, const char *part,
                       const GArray *levels) {
    Above above = {.named = TRUE};
    for (guint k = 0; k < levels->len && above.n < ABOVE_MAX; k++) {
        guint at = g_array_index(levels, guint, k);
        g_autofree char *words = flow_words(flow, at);
        if (flow_token(flow, at)->sentence == flow_token(flow, i)->sentence &&
            g_utf8_strlen(words, -1) >= STEM_CHARACTERS && strstr(part, words) != NULL)
            above.facts[above.n++] = flow_token(flow, at)->fact;
    }
    if (above.n >= 2)
        g_array_append_val(claim->above, above);
}

/* 奖牌总数 of 奖牌总数的. */
static char *whole_of(const Flow *flow, const char *words) {
    char *whole = g_strdup(words);
    for (gsize n; (n = clues_suffix(flow->clues, CLUE_OF_WHOLE, whole, strlen(whole))) > 0;)
        whole[strlen(whole) - n] = '\0';
    return whole;
}

/* 金牌占奖牌总数的 33.33%: what stands before 占 is the part; else the figure before it is. */
static void read_share(const Flow *flow, Claim *claim, guint i, const char *words, const char *at,
                       gsize length, const GArray *levels) {
    g_autofree char *part = g_strndup(words, (gsize)(at - words));
    g_autofree char *own = clues_without(flow->clues, CLUE_GENERIC, part);
    claim->whole = whole_of(flow, at + length);
    if (*claim->whole == '\0' && i > 0) { /* 在支出总额中，…占 34.55% */
        char *head = names_head(flow, i);
        g_free(claim->whole);
        claim->whole = head == NULL ? g_strdup("") : head;
    }
    if (joins_several(flow, part)) { /* 满意和基本满意合计占 */
        add_joined(flow, claim, i, part, levels);
        return;
    }
    for (guint k = 0; *own != '\0' && k < levels->len; k++) {
        g_autofree char *deed = deed_of(flow, g_array_index(levels, guint, k));
        if (strstr(deed, part) != NULL || names_deed(own, deed) ||
            (g_utf8_strlen(own, -1) <= STEM_CHARACTERS && strstr(deed, own) != NULL))
            add_above(flow, claim, g_array_index(levels, guint, k), TRUE);
    }
    if (i > 0 && is_level(flow, i - 1))
        add_above(flow, claim, i - 1, *own == '\0');
}

/* 占资助预算 1935 万元的 99.56%, 为目标 12 亿元的 114%: the figure that the share is of is before
 * it. */
static gboolean is_of_figure(const Flow *flow, guint i) { /* 9000 卷（件）的 */
    gsize n;
    if (i == 0 ||
        !(flow_is_exact(flow, i - 1, FIGURE_AMOUNT) || flow_is_exact(flow, i - 1, FIGURE_COUNT)))
        return FALSE;
    g_autofree char *between = flow_gap(flow, i - 1, i);
    g_autofree char *words = flow_words(flow, i - 1);
    if (g_str_has_suffix(between, "的") && clues_find(flow->clues, CLUE_SHARE, words, &n) != NULL &&
        strstr(between, "，") == NULL && strstr(between, "；") == NULL &&
        strstr(between, "。") == NULL && g_utf8_strlen(between, -1) <= BEHIND_CHARACTERS_MAX)
        return TRUE; /* 占全县 241 个行政村（社区）的 */
    gboolean bracketed = g_str_has_prefix(between, "（") && g_str_has_suffix(between, "）的") &&
                         strchr(between, ',') == NULL && strstr(between, "，") == NULL;
    return (g_str_equal(between, "的") || bracketed) &&
           (flow_token(flow, i - 1)->reference || g_str_has_prefix(words, "为") ||
            (bracketed && clues_plan(flow->clues, words) != NULL) ||
            clues_find(flow->clues, CLUE_SHARE, words, &n) != NULL);
}

static gboolean is_completion(const Flow *flow, const char *words) {
    const char *plan = clues_plan(flow->clues, words);
    gsize n;
    const char *reached = clues_find(flow->clues, CLUE_REACH, words, &n);
    return plan != NULL && reached != NULL && reached < plan;
}

/* The rule of the formula that a rate is the anchor of. */
static const char *rule_of_operand(const Flow *flow, const char *operand) {
    const GArray *formulas = clues_formulas(flow->clues);
    for (guint i = 0; i < formulas->len; i++) {
        const Formula *formula = &g_array_index(formulas, Formula, i);
        const FormulaMember *anchor = &g_array_index(formula->members, FormulaMember, 0);
        if (g_str_equal(anchor->role, "rate") && g_ptr_array_find(anchor->operands, operand, NULL))
            return formula->rule;
    }
    return NULL;
}

static gboolean read_kind(const Flow *flow, Claim *claim, guint i) {
    gsize n;
    g_autofree char *words = flow_words(flow, i);
    g_autoptr(GArray) levels = levels_before(flow, i);
    const char *share = clues_find(flow->clues, CLUE_SHARE, words, &n);
    claim->name = g_strdup(words);
    if (is_of_figure(flow, i)) {
        claim->kind = CLAIM_COMPLETION;
        read_completion(flow, claim, i, levels);
        claim->pointed = flow_token(flow, i - 1)->fact;
        if (claim->above->len > 0 && /* itself is no numerator */
            g_array_index(claim->above, Above, 0).facts[0] == claim->pointed)
            g_array_remove_index(claim->above, 0);
    } else if (share != NULL) {
        claim->kind = CLAIM_SHARE;
        claim->rule = "PCT-04";
        read_share(flow, claim, i, words, share, n, levels);
    } else if (is_completion(flow, words)) {
        claim->kind = CLAIM_COMPLETION;
        if (strstr(words, "预算") != NULL)
            claim->rule = strstr(words, "年初") != NULL ? "EXE-02" : "EXE-01";
        read_completion(flow, claim, i, levels);
    } else if (g_str_has_suffix(words, "率") || g_str_has_suffix(words, "度") ||
               g_str_has_suffix(words, "比例") || g_str_has_suffix(words, "进度")) {
        claim->kind = CLAIM_RATE;
        read_rate(flow, claim, i, words, levels);
    } else
        return FALSE;
    for (guint k = 0; k < levels->len; k++) {
        const Token *token = flow_token(flow, g_array_index(levels, guint, k));
        g_array_append_val(claim->below, token->fact);
        claim->own += token->sentence == flow_token(flow, i)->sentence ? 1 : 0;
        claim->near += token->segment == flow_token(flow, i)->segment ? 1 : 0;
    }
    if (claim->rule == NULL && flow_token(flow, i)->operand != NULL)
        claim->rule = rule_of_operand(flow, flow_token(flow, i)->operand);
    return TRUE;
}

static Claim claim_begin(const Flow *flow, guint i) {
    return (Claim){.rate = flow_token(flow, i)->fact,
                   .paragraph = flow_token(flow, i)->paragraph,
                   .pointed = REPORT_NONE,
                   .settled = REPORT_NONE,
                   .numerator = REPORT_NONE,
                   .above = g_array_new(FALSE, FALSE, sizeof(Above)),
                   .below = g_array_new(FALSE, FALSE, sizeof(guint))};
}

/* The percentages in a row from `i` on, joined by 、 or 和; their number. */
static guint row_of_percents(const Flow *flow, guint i) {
    guint n = 1;
    while (n < RESPECTIVE_MAX && i + n < flow->tokens->len && is_plain_percent(flow, i + n)) {
        g_autofree char *between = flow_gap(flow, i + n - 1, i + n);
        if (!wording_has(flow->wording, WORDS_JOIN, between))
            break;
        n++;
    }
    return n;
}

/* 病例总数 of 占病例总数的比重依次为 and of 占病例总数的; nothing of 分别占. */
static char *respective_whole(const Flow *flow, const char *behind, const char *told) {
    g_autofree char *words = told == NULL || told < behind
                                 ? g_strdup(behind)
                                 : g_strndup(behind, (gsize)(told - behind));
    return whole_of(flow, told != NULL && told < behind && *words == '\0' ? "" : words);
}

/* 分别完成计划的, 完成率分别为. */
static gboolean is_of_plans(const Flow *flow, const char *words) {
    gsize n;
    return (clues_find(flow->clues, CLUE_REACH, words, &n) != NULL &&
            clues_plan(flow->clues, words) != NULL) ||
           strstr(words, "率") != NULL;
}

/* 甲 386 例、乙 32 例，分别占 92.34% 和 7.66%: as many figures as percentages, in their order; so
 * in 分别为 386 例和 32 例，占病例总数的 92.34% 和 7.66%. How many percentages that settles. */
static guint collect_respective(Flow *flow, TextReading *reading, guint i) {
    guint n = row_of_percents(flow, i);
    gsize m;
    g_autofree char *words = flow_text(flow, flow_token(flow, i)->lead, flow_token(flow, i)->start);
    const char *share = clues_find(flow->clues, CLUE_SHARE, words, &m);
    gsize length;
    const char *told = wording_find(flow->wording, WORDS_DISTRIBUTE, words, &length);
    gboolean reached = share == NULL && told != NULL && is_of_plans(flow, words);
    if (n < 2 || (share == NULL && !reached))
        return 0;
    g_autoptr(GArray) levels = levels_before(flow, i);
    if (levels->len < n)
        return 0;
    guint first = g_array_index(levels, guint, n - 1);
    if (flow_token(flow, first)->sentence != flow_token(flow, i)->sentence)
        return n; /* fewer figures than percentages */
    g_autofree char *before =
        flow_text(flow, flow_token(flow, first)->lead, flow_token(flow, first)->start);
    if (told == NULL && wording_find(flow->wording, WORDS_DISTRIBUTE, before, &length) == NULL)
        return n; /* which is whose nobody says */
    const char *unit = flow_fact(flow, g_array_index(levels, guint, 0))->unit;
    for (guint k = 1; k < n; k++)
        if (g_strcmp0(unit, flow_fact(flow, g_array_index(levels, guint, k))->unit) != 0)
            return 0;
    for (guint k = 0; k < n; k++) {
        Claim claim = claim_begin(flow, i + k);
        claim.kind = reached ? CLAIM_RATE : CLAIM_SHARE;
        claim.rule = "PCT-04";
        claim.placed = TRUE;
        claim.name = g_strdup(words);
        claim.whole = reached ? g_strdup("") : respective_whole(flow, share + m, told);
        add_above(flow, &claim, g_array_index(levels, guint, n - 1 - k), TRUE);
        for (guint b = n; b < levels->len; b++)
            g_array_append_val(claim.below,
                               flow_token(flow, g_array_index(levels, guint, b))->fact);
        g_array_append_val(reading->claims, claim);
    }
    return n;
}

void claims_collect(Flow *flow, TextReading *reading) {
    for (guint i = 0; i < flow->tokens->len; i++) {
        if (!is_plain_percent(flow, i))
            continue;
        guint row = collect_respective(flow, reading, i);
        if (row > 0) {
            i += row - 1;
            continue;
        }
        Claim claim = claim_begin(flow, i);
        if (!read_kind(flow, &claim, i)) {
            claim_clear(&claim);
            continue;
        }
        if (claim.whole == NULL)
            claim.whole = g_strdup("");
        g_array_append_val(reading->claims, claim);
    }
}
