/* What the words around a figure say of it.
 *
 *   全年执行数比上年的 11890.30 万元 增加 416.15 万元，占本年支出合计的 3.5%
 *   └────── base ─────┘            └change┘        └──── share ──────┘
 *
 * Only the words of its own clause are read, back to the figure, the comma or the bracket before; a
 * year belongs to the words. A topic (三公, 采购) holds until the next in the same segment.
 */
#include "normalize/relation/flow.h"
#include <string.h>

/* No clause is longer; what a figure is called stands right before it. */
enum { LEAD_CHARACTERS_MAX = 60 };
/* Between a word of increase and its figure: 比上年多【培训】1040 人次. */
enum { DEED_CHARACTERS_MAX = 4 };
/* Between a rate and the number of those that have it: 的三级指标. */
enum { SELECTED_CHARACTERS_MAX = 6 };

static gunichar code_at(const Flow *flow, guint i) {
    return g_array_index(flow->codes, gunichar, i);
}

static gboolean is_date(const Flow *flow, guint i) {
    return flow_is_fact(flow, i, FIGURE_YEAR) || flow_is_fact(flow, i, FIGURE_DATE);
}

/* Where the clause of token `i` begins: brackets that close are stepped over whole. */
static guint find_lead(const Flow *flow, guint i) {
    guint at = flow_token(flow, i)->start, k = i;
    guint floor = at > LEAD_CHARACTERS_MAX ? at - LEAD_CHARACTERS_MAX : 0;
    int depth = 0;
    for (; at > floor; at--) {
        while (k > 0 && flow_token(flow, k - 1)->end > at)
            k--;
        if (depth == 0 && k > 0 && flow_token(flow, k - 1)->end == at && !is_date(flow, k - 1))
            return at;
        gunichar code = code_at(flow, at - 1);
        if (code == U'）' || code == ')')
            depth++;
        else if ((code == U'（' || code == '(') && depth-- == 0) {
            if (at < flow_token(flow, i)->start)
                return at;
            depth = 0; /* 上年（8 万元）: named by the words before */
        } else if (depth == 0 && (code == U'，' || code == ',' || code == U'：' || code == ':' ||
                                  code == U'。' || code == U'；' || code == '\n'))
            return at;
    }
    return at;
}

/* 节约 ends in no 约 of its own. */
static void strip_copulas(const Clues *clues, char *text) {
    gsize n, length = strlen(text);
    while (clues_suffix(clues, CLUE_DOWN, text, length) == 0 &&
           (n = clues_suffix(clues, CLUE_COPULA, text, length)) > 0)
        text[length -= n] = '\0';
}

char *flow_words(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i);
    guint from = token->lead;
    while (from < token->start && code_at(flow, from) == U'、')
        from++; /* 满意 701 份【、】不满意 15 份 */
    char *text = flow_text(flow, from, token->start);
    strip_copulas(flow->clues, text);
    return text;
}

/* 下降（增长）: what was left standing in brackets says nothing. */
static void strip_bracket(char *text) {
    if (!g_str_has_suffix(text, "）"))
        return;
    char *open = g_strrstr(text, "（");
    if (open != NULL)
        *open = '\0';
}

/* 比上年多培训, 较计划少建: the word of direction stands behind what is compared with. */
static gboolean moves(const Flow *flow, ClueSet set, const char *rest) {
    gsize n;
    const char *word = clues_find(flow->clues, set, rest, &n);
    return word != NULL && g_utf8_strlen(word + n, -1) <= DEED_CHARACTERS_MAX;
}

/* What is compared with: the words behind 比, 较; NULL where nothing is. */
static const char *compared_with(const Flow *flow, const char *words) {
    gsize n;
    const char *compare = clues_find(flow->clues, CLUE_COMPARE, words, &n);
    return compare == NULL ? NULL : compare + n;
}

static Change read_change(const Flow *flow, FigureKind kind, const char *words) {
    g_autofree char *text = g_strdup(words);
    strip_bracket(text);
    gsize length = strlen(text);
    const char *rest = compared_with(flow, text);
    gboolean rate = kind == FIGURE_PERCENT || kind == FIGURE_POINTS;
    if (clues_suffix(flow->clues, CLUE_UP, text, length) > 0 ||
        ((rate || rest != NULL) && clues_suffix(flow->clues, CLUE_RAISE, text, length) > 0) ||
        (rest != NULL && moves(flow, CLUE_UP, rest)))
        return CHANGE_UP;
    return clues_suffix(flow->clues, CLUE_DOWN, text, length) > 0 ||
                   (rest != NULL && moves(flow, CLUE_DOWN, rest))
               ? CHANGE_DOWN
               : CHANGE_NONE;
}

/* 增加到 8 万元: what it is now, not by how much it grew. */
static gboolean leads_to_level(const Flow *flow, guint i) {
    guint at = flow_token(flow, i)->start;
    return at > 0 && (code_at(flow, at - 1) == U'到' || code_at(flow, at - 1) == U'至');
}

/* A year of the words that is the one before the report's. */
static gboolean has_last_year(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i);
    for (guint k = i; k > 0 && flow_token(flow, k - 1)->start >= token->lead; k--)
        if (flow_is_fact(flow, k - 1, FIGURE_YEAR) && flow->report->year != 0 &&
            decimal_compare(flow_fact(flow, k - 1)->value,
                            decimal_from_integer(flow->report->year - 1)) == 0)
            return TRUE;
    return FALSE;
}

/* 较年初的, 比实施前: nothing but when. */
static gboolean is_earlier(const Flow *flow, const char *rest) {
    g_autofree char *bare = g_strdup(rest);
    if (g_str_has_suffix(bare, "的"))
        bare[strlen(bare) - strlen("的")] = '\0';
    return clues_is(flow->clues, CLUE_EARLIER, bare);
}

/* 比上年的 8 万元, 上年 8 万元, 从 2021 年的 8 万元 — but what is carried over is this year's. */
static gboolean read_base(const Flow *flow, guint i, const char *words) {
    gsize n;
    int years = 0;
    const char *compare = clues_find(flow->clues, CLUE_COMPARE, words, &n);
    const char *rest = compare == NULL ? words : compare + n;
    if (clues_find(flow->clues, CLUE_CARRIED, words, &n) != NULL)
        return FALSE;
    if (compare != NULL && is_earlier(flow, rest))
        return TRUE;
    return (wording_period(flow->wording, rest, &years) && years == -1) || has_last_year(flow, i);
}

/* 较计划数 5200 件多 268 件; 为年度目标 5000 个的 109.2%; 完成 96 次（计划 90 次）: what is
 * compared with is a plan, a budget, a target. */
static gboolean read_reference(const Flow *flow, guint i, const char *words) {
    const Token *token = flow_token(flow, i);
    const char *plan = clues_plan(flow->clues, words);
    if (plan == NULL)
        return FALSE;
    const char *rest = compared_with(flow, words);
    if (rest != NULL && plan >= rest)
        return TRUE;
    gboolean of = token->end < flow->codes->len && code_at(flow, token->end) == U'的' &&
                  i + 1 < flow->tokens->len && flow_is_fact(flow, i + 1, FIGURE_PERCENT) &&
                  flow_token(flow, i + 1)->start == token->end + 1;
    return of || (plan == words && i > 0 && token->depth > flow_token(flow, i - 1)->depth);
}

/* 执行率100%的6项, 完成率低于60%的项目3个: things chosen by their rate, which is nobody's own. */
static gboolean selects(const Flow *flow, guint i) {
    const Token *token = flow_token(flow, i), *next = token + 1;
    return flow_fact(flow, i)->kind == FIGURE_PERCENT && i + 1 < flow->tokens->len &&
           token->end < flow->codes->len && code_at(flow, token->end) == U'的' &&
           flow_is_fact(flow, i + 1, FIGURE_COUNT) &&
           next->start - token->end <= SELECTED_CHARACTERS_MAX;
}

static void read_figure(Flow *flow, guint i) {
    Token *token = flow_token(flow, i);
    const Fact *fact = flow_fact(flow, i);
    gsize n;
    token->lead = find_lead(flow, i);
    g_autofree char *words = flow_words(flow, i);
    token->change = leads_to_level(flow, i) ? CHANGE_NONE : read_change(flow, fact->kind, words);
    token->base = token->change == CHANGE_NONE && read_base(flow, i, words);
    token->reference =
        token->change == CHANGE_NONE && !token->base && read_reference(flow, i, words);
    token->share =
        fact->kind == FIGURE_PERCENT && clues_find(flow->clues, CLUE_SHARE, words, &n) != NULL;
    token->each = clues_find(flow->clues, CLUE_EACH, words, &n) != NULL;
    token->measure = clues_measure(flow->clues, words);
    token->topic = clues_topic(flow->clues, words);
    token->selects = selects(flow, i);
    if (token->change == CHANGE_NONE && !token->selects)
        token->operand = clues_operand(flow->clues, fact->kind, words);
}

/* Whether a list of parts begins between the figure before and this one. */
static gboolean begins_list(const Flow *flow, guint i) {
    gsize n;
    if (i == 0)
        return FALSE;
    g_autofree char *between = flow_gap(flow, i - 1, i);
    return wording_find(flow->wording, WORDS_PARTS, between, &n) != NULL;
}

static void count_place(Flow *flow, guint i) {
    Token *token = flow_token(flow, i);
    gboolean end = flow_is_end(flow, i);
    if (token->kind == TOKEN_GROUP || token->kind == TOKEN_MARKER || end ||
        (token->kind == TOKEN_FACT && begins_list(flow, i)))
        flow->segments++;
    flow->sentences += end ? 1 : 0;
    flow->paragraphs += token->kind == TOKEN_BREAK && !token->soft ? 1 : 0;
    token->segment = flow->segments;
    token->sentence = flow->sentences;
    token->paragraph = flow->paragraphs;
}

/* 由 8.1 天降至 7.6 天: what it was before. */
static gboolean is_origin(const Flow *flow, guint i) {
    guint next = i + 1;
    const Token *token = flow_token(flow, i);
    if (next >= flow->tokens->len || flow_token(flow, next)->kind != TOKEN_FACT ||
        !leads_to_level(flow, next) || flow_fact(flow, next)->kind != flow_fact(flow, i)->kind ||
        g_strcmp0(flow_fact(flow, next)->unit, flow_fact(flow, i)->unit) != 0)
        return FALSE;
    gsize n;
    g_autofree char *words = flow_text(flow, token->lead, token->start);
    return clues_find(flow->clues, CLUE_FROM, words, &n) != NULL;
}

void flow_read_words(Flow *flow) {
    const Token *before = NULL;
    flow->segments++;
    flow->sentences++;
    flow->paragraphs++;
    for (guint i = 0; i < flow->tokens->len; i++) {
        Token *token = flow_token(flow, i);
        count_place(flow, i);
        if (token->kind != TOKEN_FACT)
            continue;
        read_figure(flow, i);
        token->base |= token->change == CHANGE_NONE && is_origin(flow, i);
        if (token->topic == NULL && before != NULL && before->segment == token->segment)
            token->topic = before->topic;
        before = token;
    }
}
